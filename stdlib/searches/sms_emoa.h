#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

/// Moves `picks` rows to the front of `rows`, an array of non-dominated rows of a population: always the row that adds least to
/// the hypervolume goes, and volumes are exact after every removal. The reference lies one range of the rows behind their worst
/// values. Two or three objectives; O(n^2) and O(n^2 log n). Gives the volume each kept row adds, in their order.
std::vector<double> keep_largest_contributions(const Population& population, std::span<std::uint32_t> rows, std::size_t picks);

/// The first `kept` rows of `fronts.order()` survive: whole fronts, and of the feasible front that does not fit whole those that
/// keep_largest_contributions keeps. `fronts` has ranked the population.
void order_by_contribution(const Population& population, FeasibleFirst& fronts, std::size_t kept);

/// SMS-EMOA (Beume, Naujoks, Emmerich, European Journal of Operational Research 181, 2007): the network whose loss costs the
/// least hypervolume goes. Children come in batches of one population, where the paper makes one at a time.
class SmsEmoa : public GeneticSearch {
 public:
  explicit SmsEmoa(const GeneticArgs& args) : GeneticSearch(args) {}

 private:
  std::size_t select() override;
  void survive() override;

  FeasibleFirst fronts_;
  std::vector<std::uint32_t> rank_;  ///< of the parents, of the pool while it is ranked
};

}  // namespace nas
