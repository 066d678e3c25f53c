#pragma once

#include "stdlib/searches/archive.h"

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
  void tell(const Population& evaluated) override { archive_.add(evaluated); }
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override { return 100; }
  std::size_t evaluations() const override { return static_cast<std::size_t>(args_.evaluations); }

 private:
  RandomArgs args_;
  const Space* space_ = nullptr;
  std::size_t objectives_ = 0, asked_ = 0;
  Stream stream_{0, ""};
  std::vector<Arch> first_;
  FrontArchive archive_;
  SeenGenomes seen_;
};

}  // namespace nas
