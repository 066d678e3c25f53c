#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

/// How MOEA/D makes one number of several objectives.
enum class Decomposition { tchebycheff, pbi };
template <>
struct Labels<Decomposition> {
  static constexpr std::string_view names[] = {"tchebycheff", "pbi"};
};

struct MoeadArgs : GeneticArgs {
  int partitions = 0;
  int neighbours = 20;
  Decomposition decomposition = Decomposition::tchebycheff;
  double theta = 5;
  double local = 0.9;
  int replace = 2;
};

/// MOEA/D (Zhang and Li, IEEE TEVC 11, 2007), with mating outside the neighbourhood and bounded replacement (Li and Zhang, IEEE
/// TEVC 13, 2009): one subproblem per reference direction, children for all of them in a batch, told in order. Its result is an
/// archive of the best networks that any subproblem saw, ranked and thinned as NSGA-II does.
class Moead : public GeneticSearch {
 public:
  explicit Moead(const MoeadArgs& args) : GeneticSearch(args), args_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  void welcome(const Population& migrants) override;
  const Population& population() const override { return archive_; }

 private:
  void breed(std::size_t n, std::span<std::uint8_t> child, int tries) override;
  void survive() override;
  double value(std::size_t subproblem, std::size_t row) const;
  void update(std::size_t subproblem, std::size_t row, bool everywhere);
  void keep_archive();

  MoeadArgs args_;
  std::size_t subproblems_ = 0;
  std::vector<double> weights_;
  std::vector<std::uint32_t> near_;                 ///< subproblems x neighbours, nearest first
  std::vector<std::uint32_t> solution_, archived_;  ///< rows of the parents, of the pool while it is updated
  std::vector<std::uint32_t> places_;
  std::vector<bool> local_;  ///< whether a child came from its neighbourhood
  ObjectiveRange range_;
  FeasibleFirst fronts_;
  Population archive_;
};

}  // namespace nas
