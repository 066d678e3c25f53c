#include "stdlib/tactics/stop_rule.h"

#include <algorithm>

#include "core/pareto.h"

namespace nas {

std::size_t StopRule::room(std::size_t wanted) const {
  if (reached_) return 0;
  if (until_.evaluations == 0) return wanted;
  const std::int64_t left = until_.evaluations - evaluations_;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(left, 0, static_cast<std::int64_t>(wanted)));
}

bool StopRule::improves(const Population& batch) {
  const std::size_t m = batch.objectives_per_row;
  bool better = false;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.violations[i] > 0) {
      if (feasible_ || (any_ && batch.violations[i] >= violation_)) continue;
      violation_ = batch.violations[i];
      any_ = better = true;
      continue;
    }
    const auto row = batch.objective(i);
    bool covered = false;
    for (std::size_t k = 0; k + m <= front_.size() && !covered; k += m) {
      covered = true;
      for (std::size_t j = 0; j < m; ++j) covered = covered && front_[k + j] <= row[j];
    }
    if (covered) continue;
    feasible_ = better = true;
    std::size_t kept = 0;
    for (std::size_t k = 0; k + m <= front_.size(); k += m) {
      if (dominates(row, std::span(front_).subspan(k, m))) continue;
      std::copy_n(front_.begin() + static_cast<std::ptrdiff_t>(k), m, front_.begin() + static_cast<std::ptrdiff_t>(kept));
      kept += m;
    }
    front_.resize(kept);
    front_.insert(front_.end(), row.begin(), row.end());
  }
  return better;
}

void StopRule::seen(const Population& batch) {
  evaluations_ += static_cast<std::int64_t>(batch.size());
  if (!until_.any()) return;
  if (until_.stalled > 0) {
    stalled_ = improves(batch) ? 0 : stalled_ + 1;
    reached_ = reached_ || stalled_ >= until_.stalled;
  }
  if (until_.evaluations > 0) reached_ = reached_ || evaluations_ >= until_.evaluations;
  if (until_.elapsed > 0) reached_ = reached_ || progress_.elapsed(evaluations_) > until_.elapsed;
}

}  // namespace nas
