#pragma once

#include "core/search.h"
#include "stdlib/searches/archive.h"

namespace nas {

/// The `until` of a search while it runs. It counts what it is shown and reads no clock: seconds come from the progress.
class StopRule {
 public:
  StopRule(const SearchTask& task, const Tactic::Progress& progress) : until_(task.until), progress_(progress) {}

  /// How many of `wanted` further networks may still be evaluated.
  std::size_t room(std::size_t wanted) const;
  /// A batch (or a round) with its values. A batch is better when one of its networks enters the front of everything seen so far,
  /// or, while nothing is feasible, comes nearer to the conditions.
  void seen(const Population& batch);
  /// Whether a condition holds: nothing further is evaluated then.
  bool reached() const { return reached_; }
  std::int64_t evaluations() const { return evaluations_; }

 private:
  const Until until_;
  const Tactic::Progress& progress_;
  std::int64_t evaluations_ = 0;
  int stalled_ = 0;
  bool reached_ = false;
  FrontArchive best_;
};

}  // namespace nas
