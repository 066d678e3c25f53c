#pragma once

#include "core/search.h"
#include "stdlib/searches/variation.h"

namespace nas {

struct RandomArgs {
  int evaluations = 1000;
};

/// Uniform sampling without repetition over the distinct networks: the baseline that every search is compared with.
class RandomSearch : public SearchAlgorithm {
 public:
  explicit RandomSearch(const RandomArgs& args) : args_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  const Population& population() const override { return best_; }
  std::size_t batch_size() const override { return 100; }
  std::size_t evaluations() const override { return static_cast<std::size_t>(args_.evaluations); }

 private:
  RandomArgs args_;
  const Space* space_ = nullptr;
  std::size_t objectives_ = 0, asked_ = 0;
  Stream stream_{0, ""};
  std::vector<Arch> first_;
  Population best_;
  SeenGenomes seen_;
};

}  // namespace nas
