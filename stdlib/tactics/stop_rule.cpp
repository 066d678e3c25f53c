#include "stdlib/tactics/stop_rule.h"

#include <algorithm>

namespace nas {

std::size_t StopRule::room(std::size_t wanted) const {
  if (reached_) return 0;
  if (until_.evaluations == 0) return wanted;
  const std::int64_t left = until_.evaluations - evaluations_;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(left, 0, static_cast<std::int64_t>(wanted)));
}

void StopRule::seen(const Population& batch) {
  if (evaluations_ == 0) best_.start(batch.genes, batch.objectives_per_row);
  evaluations_ += static_cast<std::int64_t>(batch.size());
  if (!until_.any()) return;
  if (until_.stalled > 0) {
    stalled_ = best_.add(batch) ? 0 : stalled_ + 1;
    reached_ = reached_ || stalled_ >= until_.stalled;
  }
  if (until_.evaluations > 0) reached_ = reached_ || evaluations_ >= until_.evaluations;
  if (until_.elapsed > 0) reached_ = reached_ || progress_.elapsed(evaluations_) > until_.elapsed;
}

}  // namespace nas
