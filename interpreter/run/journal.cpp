#include "run/journal.h"

#include <limits>

#include "run/reuse.h"

namespace nas {

Result<void> Journal::measure(std::span<const Arch> archs, std::vector<Measurement>& out) {
  out.assign(archs.size() * task_.metrics.size(), {});
  for (std::size_t j = 0; j < task_.metrics.size(); ++j)
    if (auto measured = measure_metric(j, *task_.metrics[j].source, archs, out); !measured) return measured;
  return {};
}

Result<void> Journal::measure_on(std::int64_t images, std::span<const Arch> archs, std::vector<Measurement>& out) {
  out.assign(archs.size() * task_.metrics.size(), {.value = std::numeric_limits<double>::quiet_NaN()});
  for (std::size_t j = 0; j < task_.metrics.size(); ++j)
    if (const auto coarse = task_.metrics[j].source->on_images(images))
      if (auto measured = measure_metric(j, *coarse, archs, out); !measured) return measured;
  return {};
}

Result<void> Journal::measure_metric(std::size_t j, const MetricSource& metric, std::span<const Arch> archs,
                                     std::vector<Measurement>& out) {
  const std::size_t m = task_.metrics.size();
  std::vector<Arch> missing;
  std::vector<std::size_t> rows;
  const std::string source = metric.key();
  const bool journalled = metric.cost() == MetricSource::Cost::measured;
  for (std::size_t i = 0; i < archs.size(); ++i) {
    if (journalled)
      if (auto known = known_measurement(source, archs[i])) {
        out[i * m + j] = *known;
        continue;
      }
    missing.push_back(archs[i]);
    rows.push_back(i);
  }
  if (missing.empty()) return {};
  std::optional<Failure> broken;
  std::size_t done = 0;
  const std::string label = task_.metrics[j].id.label();
  MeasureContext context;
  context.threads = options_.threads;
  context.cancelled = [&] { return options_.cancelled() || broken.has_value(); };
  auto measured = metric.measure(*task_.space, missing, context, [&](std::size_t k, const Measurement& value) {
    out[rows[k] * m + j] = value;
    if (journalled) {
      auto saved = store_.save_measurement(options_.run, source, task_.space->key(), genes_text(missing[k]),
                                           task_.space->spell(missing[k]), label, value);
      if (!saved) broken = saved.failure();
      options_.progress("measuring " + label, static_cast<double>(++done), static_cast<double>(missing.size()));
    }
  });
  if (broken) return *broken;
  return measured;
}

std::size_t Journal::missing(std::span<const Arch> archs) const {
  std::size_t count = 0;
  for (const Arch& arch : archs)
    for (const SearchMetric& metric : task_.metrics)
      if (metric.source->cost() == MetricSource::Cost::measured && !known_measurement(metric.source->key(), arch)) {
        ++count;
        break;
      }
  return count;
}

std::optional<Measurement> Journal::known_measurement(const std::string& source, const Arch& arch) const {
  return store_.find_measurement(source, task_.space->key(), genes_text(arch), options_.only_this_run ? options_.run : "");
}

}  // namespace nas
