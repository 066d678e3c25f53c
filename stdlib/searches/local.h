#pragma once

#include <unordered_map>
#include <utility>

#include "stdlib/searches/archive.h"

namespace nas {

struct LocalArgs {
  int restarts = 100;
};

/// Steepest descent over networks that differ in one gene: all neighbours of the present network are evaluated, the best of them
/// that is better becomes the present one; where none is, the climb ends and another begins at a random network.
/// a is better than b when its violation is smaller, or equal and its objective smaller.
/// White, Nolen, Savani, Exploring the Loss Landscape in Neural Architecture Search, UAI 2021 (PMLR 161:654-664), algorithm 1.
class LocalSearch : public SearchAlgorithm {
 public:
  explicit LocalSearch(const LocalArgs& args) : args_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  const Population& population() const override { return archive_.front(); }
  /// Of the first climb's neighbourhood; others may be a little larger or smaller.
  std::size_t batch_size() const override { return neighbours_; }

 private:
  using Value = std::pair<double, double>;  ///< violation, objective
  Result<bool> begin_climb();

  LocalArgs args_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::vector<Arch> first_;
  int climbs_ = 0;
  std::size_t neighbours_ = 1;
  bool climbing_ = false;
  bool starting_ = false;  ///< nothing but the start of this climb has been asked for
  Arch at_;
  std::vector<Arch> around_;                        ///< candidates for the next step, known ones too
  std::unordered_map<std::uint64_t, Value> known_;  ///< by Arch::hash
  FrontArchive archive_;
};

}  // namespace nas
