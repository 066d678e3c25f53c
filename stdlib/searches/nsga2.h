#pragma once

#include "core/search.h"

namespace nas {

struct Nsga2Args {
  int population = 50;
  int generations = 200;
  double crossover = 0.9;
  double mutation = 0.9;
};

/// The genomes that were ever asked for, by 64-bit hash; open addressing, grows by doubling.
class SeenGenomes {
 public:
  /// False when the genome was there already.
  bool insert(std::span<const std::uint8_t> genome);
  /// The same for a hash that is known; not 0.
  bool insert_hash(std::uint64_t hash);
  /// Fetches the place of a hash that will be inserted soon.
  void expect(std::uint64_t hash) const;
  std::size_t size() const { return size_; }

 private:
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, 0);
  std::size_t size_ = 0;
};

/// NSGA-II (Deb, Pratap, Agarwal, Meyarivan, IEEE TEVC 6, 2002) on integer genomes: binary tournaments by rank and crowding
/// distance, uniform crossover, one gene redrawn per mutation, feasibility-first ranking, and no network twice in a run.
class Nsga2 : public SearchAlgorithm {
 public:
  explicit Nsga2(const Nsga2Args& args) : args_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  const Population& population() const override { return parents_; }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.population); }
  std::size_t evaluations() const override { return batch_size() * static_cast<std::size_t>(args_.generations); }

 private:
  void breed(std::span<std::uint8_t> child, int tries);
  std::size_t tournament();
  void rank_all();

  Nsga2Args args_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::size_t objectives_ = 0;
  int generation_ = 0;
  Population parents_, pool_;
  std::vector<std::uint32_t> rank_;  ///< of the parents, then of the pool
  std::vector<double> crowding_;
  std::vector<std::uint32_t> order_, sorted_, starts_, feasible_, infeasible_, members_;
  std::vector<double> points_, distances_;
  std::vector<std::uint32_t> ranks_;
  std::vector<std::uint8_t> child_;
  std::vector<std::uint64_t> hashes_;
  std::vector<Arch> first_;
  SeenGenomes seen_;
};

}  // namespace nas
