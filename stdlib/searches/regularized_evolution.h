#pragma once

#include "stdlib/searches/archive.h"

namespace nas {

struct RegularizedEvolutionArgs : VariationArgs {
  int population = 100;
  int sample = 25;
  int evaluations = 1000;
  int children = 1;
};

/// Ageing evolution (Real, Aggarwal, Huang, Le, Regularized Evolution for Image Classifier Architecture Search, AAAI 2019,
/// doi:10.1609/aaai.v33i01.33014780, algorithm 1): the best of a random sample of the population gets a mutated child, and the
/// oldest network dies, however good it is. The result is the best network of everything seen.
class RegularizedEvolution : public SearchAlgorithm {
 public:
  explicit RegularizedEvolution(const RegularizedEvolutionArgs& args) : args_(args), variation_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  void welcome(const Population& migrants) override {
    if (const Population fresh = unseen(migrants, seen_); fresh.size() > 0) tell(fresh);
  }
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.population); }
  std::size_t evaluations() const override { return static_cast<std::size_t>(args_.evaluations); }

 private:
  RegularizedEvolutionArgs args_;
  Variation variation_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::size_t asked_ = 0;
  std::vector<Arch> first_;
  Population alive_;  ///< a ring: the oldest one is overwritten
  std::size_t oldest_ = 0;
  std::vector<std::uint64_t> hashes_;
  SeenGenomes seen_;
  FrontArchive archive_;
};

}  // namespace nas
