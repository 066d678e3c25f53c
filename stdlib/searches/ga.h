#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

/// A genetic algorithm for one objective: parents win binary tournaments, children are crossed and mutated, the best of parents
/// and children together survive. Feasible networks come before infeasible ones, which are ordered by how far they miss the
/// conditions (Deb, Computer Methods in Applied Mechanics and Engineering 186, 2000, doi:10.1016/S0045-7825(99)00389-8).
/// Goldberg, Genetic Algorithms in Search, Optimization and Machine Learning, Addison-Wesley 1989; (mu + lambda) survival.
class Ga : public GeneticSearch {
 public:
  explicit Ga(const GeneticArgs& args) : GeneticSearch(args) {}

 private:
  std::size_t select() override;
  void survive() override;
};

}  // namespace nas
