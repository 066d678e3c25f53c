#pragma once

#include "stdlib/searches/archive.h"
#include "stdlib/searches/genetic.h"

namespace nas {

struct EvolutionArgs : VariationArgs {
  EvolutionArgs() { mutation = {Mutation::block, 0.1}; }
  int population = 100;
  int generations = 500;
  double parents = 0.25;
  double mutants = 0.5;
  int weights = 11;
};

/// The evolutionary search of once-for-all (Cai, Gan, Wang, Zhang, Han, ICLR 2020, arXiv:1908.09791): the best quarter of the
/// networks are parents and stay; half of the children are mutants of a parent, half are crossed from two.
///
/// With two objectives f and g, both minimised, it minimises (1 - t) f + t g for t = 0, 1/(n-1), ..., 1: the sweep of One-Proxy
/// (Lu, Yang, Jiang, Shi, Ren, SIGMETRICS 2022, doi:10.1145/3489048.3522660), whose fitness (t - 1) accuracy + t latency is this
/// with f = -accuracy. Every generation serves one t in turn, and every network that is seen competes for the parents of every t.
/// f and g are measured in the ranges that the first population spans, so that t does not depend on their units. The result is
/// the front of everything seen.
class Evolution : public SearchAlgorithm {
 public:
  explicit Evolution(const EvolutionArgs& args) : args_(args), variation_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  void welcome(const Population& migrants) override {
    if (const Population fresh = unseen(migrants, seen_); fresh.size() > 0) tell(fresh);
  }
  /// Two objectives are scaled by the ranges of the first networks, those that miss a bound among them.
  bool compares_infeasible() const override { return objectives_ > 1; }
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.population); }
  std::size_t evaluations() const override { return batch_size() * static_cast<std::size_t>(args_.generations) * sweep(); }

 private:
  std::size_t sweep() const { return objectives_ == 2 ? static_cast<std::size_t>(args_.weights) : 1; }
  double fitness(std::span<const double> objectives, std::size_t weight) const;

  EvolutionArgs args_;
  Variation variation_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::size_t objectives_ = 1;
  std::int64_t generation_ = 0;
  std::vector<Arch> first_;
  ObjectiveRange range_;             ///< of the first population
  std::vector<Population> parents_;  ///< per t, the best first
  Population pool_;
  std::vector<std::uint32_t> order_;
  std::vector<double> fitness_;
  std::vector<std::uint64_t> hashes_;
  SeenGenomes seen_;
  FrontArchive archive_;
};

}  // namespace nas
