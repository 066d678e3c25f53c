#pragma once

#include <optional>
#include <unordered_map>
#include <utility>

#include "stdlib/searches/archive.h"

namespace nas {

struct CmaesArgs {
  int population = 0;
  double sigma = 0.3;
  int generations = 200;
  int restarts = 10;
};

/// The search distribution N(mean, sigma^2 A A') of CMA-ES with a triangular A: (mu/mu_w, lambda) selection with positive
/// weights, cumulative step-size adaptation, rank-one and rank-mu updates (Hansen and Ostermeier 2001; default parameters of
/// Hansen, arXiv:1604.00772, table 1). A is updated by rank-one changes in O(n^2) each, and A^-1 stands for C^-1/2 in the
/// step-size path (Krause, Arbones, Igel, NIPS 2016, algorithm 2).
class SearchDistribution {
 public:
  SearchDistribution(std::vector<double> mean, double sigma, std::size_t lambda);

  std::size_t lambda() const { return lambda_; }
  /// The largest standard deviation of a variable.
  double spread() const;
  void sample(Stream& stream, std::span<double> x);
  /// Learns from at least lambda/2 samples (x row-major), the best first.
  void update(std::span<const double> x);

 private:
  /// A A' <- scale A A' + weight v v'.
  void change(double scale, double weight, std::span<const double> v);

  std::size_t n_, lambda_, mu_;
  std::vector<double> weights_, mean_, factor_, path_, step_path_, work_;
  double sigma_, mu_effective_, c_sigma_, damping_, c_path_, c_one_, c_mu_, expected_;
  int updates_ = 0;
};

/// CMA-ES on a continuous relaxation of the genes, with restarts that double the samples (Auger and Hansen, CEC 2005).
class Cmaes : public SearchAlgorithm {
 public:
  explicit Cmaes(const CmaesArgs& args) : args_(args) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  void welcome(const Population& migrants) override;
  const Population& population() const override { return archive_.front(); }
  std::size_t batch_size() const override;
  std::size_t evaluations() const override { return batch_size() * static_cast<std::size_t>(args_.generations); }

 private:
  using Value = std::pair<double, double>;  ///< violation, objective
  /// Where the variables of a gene lie; a gene of one option has none.
  struct Variables {
    std::size_t first = 0, count = 0;
    std::vector<std::uint8_t> by_number;  ///< options in the order of their numbers; empty: one variable per option
  };
  std::vector<double> encode(std::span<const std::uint8_t> genome) const;
  void decode(std::span<double> x, std::span<std::uint8_t> genome) const;
  Result<void> draw(std::span<double> x, std::span<std::uint8_t> genome);
  Result<bool> restart();
  void learn();

  CmaesArgs args_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::vector<Variables> variables_;
  std::size_t dimensions_ = 0;
  std::vector<Arch> first_;
  std::optional<SearchDistribution> distribution_;
  int generation_ = 0, restarts_ = 0, barren_ = 0;
  std::vector<double> samples_;                     ///< of this generation, lambda x dimensions
  std::vector<std::uint64_t> hashes_;               ///< of their networks
  std::unordered_map<std::uint64_t, Value> known_;  ///< by SeenGenomes::hash_of
  FrontArchive archive_;
};

}  // namespace nas
