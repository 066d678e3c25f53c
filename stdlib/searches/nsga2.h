#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

/// NSGA-II (Deb, Pratap, Agarwal, Meyarivan, IEEE TEVC 6, 2002) on integer genomes: binary tournaments by rank and crowding
/// distance, feasibility-first ranking, and no network twice in a run.
class Nsga2 : public GeneticSearch {
 public:
  explicit Nsga2(const GeneticArgs& args) : GeneticSearch(args) {}

 private:
  std::size_t select() override;
  void survive() override;

  FeasibleFirst fronts_;
  std::vector<std::uint32_t> rank_;  ///< of the parents
  std::vector<double> crowding_;     ///< of the parents, of the pool while it is ranked
  std::vector<std::uint32_t> members_, by_distance_;
  std::vector<double> distances_;
};

}  // namespace nas
