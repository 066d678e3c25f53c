#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "run/store.h"

namespace nas {

/// How long a search has taken, by its evaluations: what interrupted runs of it noted down, then this run's clock. A run that
/// continues an interrupted one repeats its evaluations in no time, and gets the times that they took then.
class SearchTime {
 public:
  /// `fresh` forgets what was noted. The store must outlive it.
  SearchTime(Store& store, std::string stage_key, bool fresh);
  /// Seconds; asked with growing numbers of evaluations.
  double elapsed(std::int64_t evaluations);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr double kSecondsBetweenNotes = 1.0;

  Store& store_;
  std::string key_;
  std::vector<std::pair<std::int64_t, double>> notes_;  ///< of earlier runs, ascending
  Clock::time_point begin_ = Clock::now();
  double noted_ = 0;
};

}  // namespace nas
