#include "run/journal.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "run/reuse.h"

namespace nas {
namespace {

constexpr std::size_t kToldNetworks = 10;
constexpr const char* kAsked = "docs/devices.md says what a program is asked and what it has to answer";

}  // namespace

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
  std::vector<Arch> unknown;
  std::vector<std::size_t> rows;
  const std::string source = metric.key(), label = task_.metrics[j].id.label();
  const bool journalled = metric.cost() == MetricSource::Cost::measured;
  Tally& tally = tallies_[source];
  const auto has_none = [&](std::size_t row, const Arch& arch, const std::string& reason) {
    out[row * m + j] = {.value = std::numeric_limits<double>::quiet_NaN()};
    unknown_.push_back(fmt::format("no {} of {}: {}", label, task_.space->spell(arch), reason));
  };
  for (std::size_t i = 0; journalled && i < archs.size(); ++i) {
    if (auto known = known_measurement(metric, archs[i])) {
      out[i * m + j] = *known;
      tally.any_value = true;
    } else if (auto reason = known_reason(metric, archs[i])) {
      has_none(i, archs[i], *reason);
    } else {
      unknown.push_back(archs[i]);
      rows.push_back(i);
    }
  }
  const std::span<const Arch> missing = journalled ? unknown : archs;
  const auto row_of = [&](std::size_t k) { return journalled ? rows[k] : k; };
  if (missing.empty()) return {};
  std::optional<Failure> broken;
  std::size_t done = 0;
  MeasureContext context;
  context.threads = options_.threads;
  context.cancelled = [&] { return options_.cancelled() || broken.has_value(); };
  const auto tell = [&] {
    options_.progress("measuring " + label, static_cast<double>(++done), static_cast<double>(missing.size()));
  };
  const auto keep = [&](std::size_t k, const Measurement& value) {
    out[row_of(k) * m + j] = value;
    tally.any_value = true;
    if (!journalled) return;
    auto saved = store_.save_measurement(options_.run, source, task_.space->key(), genes_text(missing[k]),
                                         task_.space->spell(missing[k]), label, value);
    for (const Unmeasured& none : std::exchange(tally.suspended, {}))
      if (saved) saved = store_.save_unmeasured(options_.run, none.source, task_.space->key(), none.genes, none.reason);
    if (!saved) broken = saved.failure();
    tell();
  };
  const auto* partial = dynamic_cast<const PartialSource*>(&metric);
  if (!partial) {
    auto measured = metric.measure(*task_.space, missing, context, keep);
    if (broken) return *broken;
    return measured;
  }
  std::string last;
  auto measured = partial->measure_each(*task_.space, missing, context, [&](std::size_t k, const Result<Measurement>& value) {
    if (value) return keep(k, *value);
    last = value.failure().message;
    has_none(row_of(k), missing[k], last);
    tally.suspended.push_back({source + partial->patience(), genes_text(missing[k]), last});
    tell();
  });
  if (broken) return *broken;
  if (!measured || tally.any_value) return measured;
  return Failure{"E843", fmt::format("none of {} networks has a {}: {}", archs.size(), label, last), kAsked};
}

std::vector<std::string> Journal::notes() const {
  std::vector<std::string> notes = unknown_;
  if (notes.size() > kToldNetworks) {
    notes.resize(kToldNetworks);
    notes.push_back(fmt::format("and {} more have no value", unknown_.size() - kToldNetworks));
  }
  for (const SearchMetric& metric : task_.metrics)
    if (const auto* partial = dynamic_cast<const PartialSource*>(metric.source.get()))
      for (std::string& remark : partial->remarks()) notes.push_back(std::move(remark));
  return notes;
}

std::size_t Journal::missing(std::span<const Arch> archs) const {
  std::size_t count = 0;
  for (const Arch& arch : archs)
    for (const SearchMetric& metric : task_.metrics)
      if (metric.source->cost() == MetricSource::Cost::measured && !known_measurement(*metric.source, arch) &&
          !known_reason(*metric.source, arch)) {
        ++count;
        break;
      }
  return count;
}

std::optional<Measurement> Journal::known_measurement(const MetricSource& source, const Arch& arch) const {
  return store_.find_measurement(source.key(), task_.space->key(), genes_text(arch), options_.only_this_run ? options_.run : "");
}

std::optional<std::string> Journal::known_reason(const MetricSource& source, const Arch& arch) const {
  const auto* partial = dynamic_cast<const PartialSource*>(&source);
  if (!partial) return std::nullopt;
  return store_.find_unmeasured(source.key() + partial->patience(), task_.space->key(), genes_text(arch),
                                options_.only_this_run ? options_.run : "");
}

}  // namespace nas
