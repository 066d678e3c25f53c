#include "stdlib/tactics/first_look.h"

#include <algorithm>
#include <cmath>

#include "stdlib/searches/variation.h"

namespace nas {
namespace {

constexpr std::size_t kEnough = 8;
/// Stands for an error of 0, which would give all the weight to one side and none to the other.
constexpr double kTiny = 1e-300;

}  // namespace

double FirstLook::estimate(std::size_t metric, double predicted, double coarse) const {
  const auto& known = known_[metric];
  if (known.size() < kEnough) return (predicted + coarse) / 2;
  double offset = 0;  // few images may all be easy ones
  for (const Triple& t : known) offset += (t.full - t.coarse) / static_cast<double>(known.size());
  double predicted_error = 0, coarse_error = 0;
  for (const Triple& t : known) {
    predicted_error += (t.full - t.predicted) * (t.full - t.predicted);
    coarse_error += (t.full - t.coarse - offset) * (t.full - t.coarse - offset);
  }
  const double weight = (predicted_error + kTiny) / (predicted_error + coarse_error + 2 * kTiny);
  return weight * (coarse + offset) + (1 - weight) * predicted;
}

Result<Population> FirstLook::look(std::span<const Arch> candidates, std::span<const double> metrics, Measurer& measurer) {
  const std::size_t m = task_.metrics.size(), k = task_.objectives.size();
  std::vector<Measurement> seen;
  if (auto measured = measurer.measure_on(images_, candidates, seen); !measured) return measured.failure();
  candidates_.assign(candidates.begin(), candidates.end());
  metrics_.assign(metrics.begin(), metrics.end());
  coarse_.clear();
  for (const Measurement& value : seen) coarse_.push_back(value.value);
  looks_ += static_cast<std::int64_t>(candidates.size());
  Population looked;
  clear(looked, task_.space->gene_count(), k);
  for (const Arch& arch : candidates) looked.genomes.insert(looked.genomes.end(), arch.genes.begin(), arch.genes.end());
  make_room_for_values(looked);
  std::vector<double> values(candidates.size() * m);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = std::isnan(coarse_[i]) ? metrics_[i] : estimate(i % m, metrics_[i], coarse_[i]);
  judge(task_, values, looked.objectives, looked.violations);
  return looked;
}

void FirstLook::learn(std::span<const SearchRow> measured) {
  const std::size_t m = task_.metrics.size();
  for (const SearchRow& row : measured) {
    const auto at = std::find(candidates_.begin(), candidates_.end(), row.arch);
    if (at == candidates_.end()) continue;
    const auto i = static_cast<std::size_t>(at - candidates_.begin());
    for (std::size_t j = 0; j < m; ++j)
      if (!std::isnan(coarse_[i * m + j])) known_[j].push_back({metrics_[i * m + j], coarse_[i * m + j], row.measured[j].value});
  }
}

}  // namespace nas
