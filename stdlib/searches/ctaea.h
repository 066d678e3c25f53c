#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

struct CtaeaArgs : GeneticArgs {
  int partitions = 0;
};

/// C-TAEA (Li, Chen, Fu, Yao, IEEE TEVC 23, 2019): a convergence archive drives towards feasible, good networks, a diversity
/// archive keeps what the first one leaves out, infeasible networks too; both are spread over reference directions.
class Ctaea : public GeneticSearch {
 public:
  explicit Ctaea(const CtaeaArgs& args) : GeneticSearch(args), partitions_(args.partitions) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  /// The convergence archive.
  const Population& population() const override { return result_; }

 private:
  void breed(std::size_t n, std::span<std::uint8_t> child, int tries) override;
  void survive() override;
  std::size_t from(const std::vector<std::uint32_t>& archive);
  void associate();
  std::vector<std::uint32_t> converge(const std::vector<std::uint32_t>& rows);
  std::vector<std::uint32_t> diversify(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& converged);
  std::vector<std::uint32_t> thin(std::vector<std::uint32_t> rows);

  int partitions_;
  std::vector<double> directions_;                      ///< unit vectors
  std::vector<double> weights_;                         ///< as they sum to 1, none below 1e-6
  std::vector<std::uint32_t> convergence_, diversity_;  ///< rows of the parents, of the pool while it is updated
  double convergent_ = 0.5;                             ///< chance that a parent comes from the convergence archive
  bool convergence_first_ = true;
  ObjectiveRange range_;
  std::vector<std::uint32_t> niche_;
  std::vector<double> tchebycheff_, scaled_;
  Population result_;
};

}  // namespace nas
