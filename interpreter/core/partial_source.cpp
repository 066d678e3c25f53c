#include "core/partial_source.h"

#include <fmt/format.h>

#include <optional>

#include "core/space.h"

namespace nas {

Result<void> PartialSource::measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                                    const std::function<void(std::size_t, const Measurement&)>& done) const {
  std::optional<Failure> broken;
  MeasureContext until_broken = context;
  until_broken.cancelled = [&] { return broken || context.cancelled(); };
  auto measured = measure_each(space, archs, until_broken, [&](std::size_t i, const Result<Measurement>& value) {
    if (broken) return;
    if (value)
      done(i, *value);
    else
      broken = Failure{"E843", fmt::format("{} has no value: {}", space.spell(archs[i]), value.failure().message), ""};
  });
  if (broken) return *broken;
  return measured;
}

}  // namespace nas
