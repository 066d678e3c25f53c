#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

struct RNsga2Args : GeneticArgs {
  std::vector<double> reference;  ///< points one after another, values to be minimised
  double epsilon = 0.01;
};

/// R-NSGA-II (Deb and Sundar, GECCO 2006): inside a front the networks nearest to any reference point come first, in normalised
/// objectives, and of those closer together than epsilon one stands for the others. The most preferred one stands for its
/// neighbours, where the paper draws one, so that a result depends on fewer random numbers. The others fall back by half the
/// front (as pymoo has it) and only where a front is cut; the paper puts them behind everybody, and where a front has more
/// networks than an epsilon leaves room for, its far ends would then come before the neighbours of the point, and be bred from.
class RNsga2 : public GeneticSearch {
 public:
  explicit RNsga2(const RNsga2Args& args) : GeneticSearch(args), reference_(args.reference), epsilon_(args.epsilon) {}

 private:
  std::size_t select() override;
  void survive() override;
  void prefer(std::size_t begin, std::size_t end);

  std::vector<double> reference_;
  double epsilon_;
  FeasibleFirst fronts_;
  ObjectiveRange range_;
  std::vector<std::uint32_t> rank_, preference_;  ///< of the parents, of the pool while it is ranked
  std::vector<std::uint32_t> members_, sorted_;
  std::vector<std::uint8_t> cleared_;
  std::vector<double> scaled_, distance_;
};

}  // namespace nas
