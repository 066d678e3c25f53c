#pragma once

#include "stdlib/searches/variation.h"

namespace nas {

struct GeneticArgs : VariationArgs {
  int population = 50;
  int generations = 200;
};

/// What generational searches share: a random first population, children of selected parents that nobody asked for before,
/// and survivors of parents and children together. A search says whom it selects and who survives.
class GeneticSearch : public SearchAlgorithm {
 public:
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  void welcome(const Population& migrants) override;
  const Population& population() const override { return parents_; }
  std::size_t batch_size() const override { return wanted_; }
  std::size_t evaluations() const override { return batch_size() * static_cast<std::size_t>(generations_); }

 protected:
  explicit GeneticSearch(const GeneticArgs& args)
      : wanted_(static_cast<std::size_t>(args.population)), variation_(args), generations_(args.generations) {}
  /// A row of the parents to breed from.
  virtual std::size_t select() { return stream_.below(static_cast<std::uint32_t>(parents_.size())); }
  /// Writes the n-th child of a generation: of two selected parents where a search says nothing else.
  virtual void breed(std::size_t n, std::span<std::uint8_t> child, int tries);
  /// Fills `survivors_` with distinct rows of `pool_`, which holds parents and then children.
  virtual void survive() = 0;
  /// A value per row of the pool becomes one per survivor.
  template <typename T>
  void keep_survivors(std::vector<T>& values) const {
    std::vector<T> kept;
    kept.reserve(survivors_.size());
    for (const std::uint32_t i : survivors_) kept.push_back(values[i]);
    values.swap(kept);
  }

  std::size_t wanted_, objectives_ = 0;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  Population parents_, pool_;
  std::vector<std::uint32_t> survivors_;
  Variation variation_;

 private:
  int generations_, generation_ = 0;
  std::vector<std::uint64_t> hashes_;
  std::vector<Arch> first_;
  SeenGenomes seen_;
};

/// Feasibility first (Deb 2000, Computer Methods in Applied Mechanics and Engineering 186): feasible rows by non-dominated rank,
/// behind them infeasible rows by how far they miss the bounds. Keeps its memory between calls.
class FeasibleFirst {
 public:
  void rank(const Population& rows);
  std::span<const std::uint32_t> ranks() const { return rank_; }  ///< per row
  std::vector<std::uint32_t>& order() { return order_; }          ///< rows by rank; inside a front by the first objective
  std::size_t feasible() const { return feasible_.size(); }
  /// The rank of the row `order()[begin]` ends before this position of `order()`.
  std::size_t end_of_front(std::size_t begin) const;

 private:
  std::vector<std::uint32_t> rank_, order_, sorted_, starts_, feasible_, infeasible_, ranks_;
  std::vector<double> points_;
};

/// The smallest and largest value of each objective among some rows.
struct ObjectiveRange {
  std::vector<double> low, high;

  void reset(std::size_t objectives);
  void add(std::span<const double> row);
  /// The ranges of the feasible rows, or of all where none is feasible.
  void measure(const Population& rows);
  /// (value - low) / (high - low); an objective that does not vary gives 0.
  double scaled(std::size_t objective, double value) const {
    return high[objective] > low[objective] ? (value - low[objective]) / (high[objective] - low[objective]) : 0;
  }
};

/// Declares the arguments of GeneticArgs, which `Args` derives from.
template <typename Args>
Declare<Args>& genetic_arguments(Declare<Args>& declaration) {
  declaration
      .arg("population", static_cast<int Args::*>(&GeneticArgs::population),
           "networks that survive a generation, and new ones in each", between(4, 100000))
      .arg("generations", static_cast<int Args::*>(&GeneticArgs::generations), "generations, the random first one included",
           between(1, 1000000))
      .length();
  return variation_arguments(declaration);
}

}  // namespace nas
