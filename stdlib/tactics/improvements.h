#pragma once

#include <cstdint>
#include <vector>

#include "core/pareto.h"
#include "core/search.h"
#include "stdlib/tactics/search_state.h"

namespace nas {

/// What a search whose values are computed in batches leaves of its course: the networks that entered its front when they were
/// evaluated, in order. The front of what is kept is that of all networks seen, and so is its hypervolume after any of them.
/// From three objectives on the front holds at most kLargestFront networks; then others enter only in the place of one.
class Improvements {
 public:
  static constexpr std::size_t kLargestFront = 1000;

  void add(const Population& batch);
  const std::vector<Arch>& networks() const { return networks_; }
  std::vector<Arch> take_networks() { return std::move(networks_); }
  const std::vector<std::int64_t>& orders() const { return orders_; }  ///< evaluations when the network was among them, from 1
  std::int64_t evaluations() const { return evaluations_; }
  /// Bounds the hypervolume: see `WorstValues`, over the first batches that have kFirst networks together.
  std::vector<double> reference() const { return worst_.reference(); }

 private:
  static constexpr std::int64_t kFirst = 50;
  bool enters(std::span<const double> point);
  bool enters_front(std::span<const double> point);

  std::vector<Arch> networks_;
  std::vector<std::int64_t> orders_;
  std::int64_t evaluations_ = 0;
  Staircase staircase_;        ///< of two objectives
  std::vector<double> front_;  ///< of any other number, row-major
  WorstValues worst_;
  std::size_t last_ = 0;  ///< the row that dominated the last newcomer: it often dominates the next
};

}  // namespace nas
