#pragma once

#include "stdlib/searches/archive.h"

namespace nas {

struct ExhaustiveArgs {
  int batch = 1000;
};

/// Every network of a space, each once, in the fixed order of Space::next_network: the exact front. Nothing but the front is
/// held. Spaces of more than 10,000,000 networks are refused.
class Exhaustive : public SearchAlgorithm {
 public:
  static constexpr unsigned long kLargest = 10'000'000;

  explicit Exhaustive(const ExhaustiveArgs& args) : args_(args) {}
  Result<void> suits(const Space& space, std::size_t objectives) const override;
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override { archive_.add(evaluated); }
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.batch); }
  std::size_t evaluations() const override { return kLargest; }

 private:
  ExhaustiveArgs args_;
  const Space* space_ = nullptr;
  std::size_t objectives_ = 0;
  std::vector<std::uint8_t> next_;
  bool more_ = false;
  FrontArchive archive_;
};

}  // namespace nas
