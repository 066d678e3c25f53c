#include "stdlib/devices/timed_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/memory_runner.h"
#include "stdlib/devices/energy_counter.h"

namespace nas {
namespace {

/// The counters move in steps of about a millisecond: a series this long keeps that below one percent.
constexpr double kEnergySeries = 0.25;

}  // namespace

std::string TimedSeries::provenance() const {
  return fmt::format("measured on {}, batch {}", machine_, options_.batch);
}

Result<void> TimedSeries::measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                                  const std::function<void(std::size_t, const Measurement&)>& done) const {
  std::vector<Network> networks;
  for (const Arch& arch : archs) networks.push_back(space.network(arch));
  return measure_networks(networks, space.network(space.smallest()), context,
                          [&](std::size_t i, const Result<Measurement>& value) { done(i, *value); });
}

Result<void> TimedSeries::measure_networks(std::span<const Network> networks, const Network& reference,
                                           const MeasureContext& context,
                                           const std::function<void(std::size_t, const Result<Measurement>&)>& done) const {
  auto runner = services_.runner();
  if (!runner) return runner.failure();
  if (metric_ == "memory") {
    auto* counts = dynamic_cast<MemoryRunner*>(*runner);
    if (!counts) return Failure{"E703", fmt::format("{} does not tell what it allocates", (*runner)->version()), ""};
    return counts->memory(networks, options_, context.cancelled,
                          [&](std::size_t i, const Measurement& bytes) { done(i, Result<Measurement>(bytes)); });
  }
  NetworkRunner::LatencyOptions options = options_;
  std::optional<EnergyCounter> counter;
  std::optional<Failure> broken;
  double before = 0, used = 0;
  if (metric_ == "energy") {
    auto opened = EnergyCounter::open(counters_);
    if (!opened) return opened.failure();
    counter = std::move(*opened);
    options.least_s = kEnergySeries;
    options.time_cap_s = std::max(options.time_cap_s, kEnergySeries);
    options.series = [&](bool begins) {
      auto now = counter->joules();
      if (!now)
        broken = now.failure();
      else if (begins)
        before = *now;
      else
        used = *now - before;
    };
  }
  auto timed = (*runner)->latency(
      networks, reference, options, [&] { return broken || context.cancelled(); },
      [&](std::size_t i, const Measurement& pass) {
        if (!broken) done(i, Result<Measurement>(told(pass, used)));
      });
  if (broken) return *broken;
  return timed;
}

Measurement TimedSeries::told(const Measurement& pass, double joules) const {
  Measurement m = pass;
  if (metric_ == "throughput") {
    m.value = options_.batch / pass.value;
    m.spread = m.value * pass.spread / pass.value;
  } else if (metric_ == "energy") {
    m.value = joules / (static_cast<double>(pass.count) * options_.batch);
    m.spread = 0;
  }
  return m;
}

}  // namespace nas
