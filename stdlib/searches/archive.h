#pragma once

#include "stdlib/searches/variation.h"

namespace nas {

/// Feasibility first, for one objective: row i of `a` misses the conditions less than row j of `b`, or as much and is smaller.
inline bool better(const Population& a, std::size_t i, const Population& b, std::size_t j) {
  if (a.violations[i] != b.violations[j]) return a.violations[i] < b.violations[j];
  return a.objective(i)[0] < b.objective(j)[0];
}

/// The front of every network that it is told: feasible and not dominated, ascending in the first objective, of equal points the
/// first. While nothing is feasible it holds the network that misses the conditions least.
class FrontArchive {
 public:
  void start(std::size_t genes, std::size_t objectives) { clear(front_, genes, objectives); }
  /// Whether one of them entered: the front, or as a nearer miss.
  bool add(const Population& evaluated);
  const Population& front() const { return front_; }

 private:
  Population front_, kept_;
};

}  // namespace nas
