#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

struct MoCmaesArgs {
  int population = 50;
  int generations = 200;
  double step = 0.2;
};

/// C <- keep C + weight v v^T on the Cholesky factor of C, lower triangular, column by column; O(n^2). Destroys v.
void rank_one(std::vector<double>& factor, std::span<double> v, double keep, double weight);

/// MO-CMA-ES (Igel, Hansen, Roth, Evolutionary Computation 15, 2007; success by survival: Voss, Hansen, Igel, GECCO 2010) on a
/// continuous relaxation: every gene is a number in [0, 1), cut into as many equal parts as the gene has options, and rounded
/// down to one. Each network carries its own step length and covariance, learnt from the moves that survived.
class MoCmaes : public SearchAlgorithm {
 public:
  explicit MoCmaes(const MoCmaesArgs& args) : args_(args), variation_(VariationArgs{}) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) override;
  Result<void> ask(Population& out) override;
  void tell(const Population& evaluated) override;
  void welcome(const Population& migrants) override;
  const Population& population() const override { return parents_; }
  std::size_t batch_size() const override { return static_cast<std::size_t>(args_.population); }
  std::size_t evaluations() const override { return batch_size() * static_cast<std::size_t>(args_.generations); }

 private:
  /// A network's own search distribution. Matrices are lower triangular, column by column.
  struct Distribution {
    std::vector<double> mean, factor, path;
    double step = 0, success = 0;
  };
  void draw(const Distribution& from, std::span<double> x);
  bool round(std::span<double> x, std::span<std::uint8_t> genome, const Distribution& from, std::span<const std::uint8_t> parent,
             int tries);
  void follow(std::span<double> x, std::span<const std::uint8_t> genome);
  void adapt(Distribution& d, std::span<const double> move) const;
  void lengthen(Distribution& d, bool succeeded) const;
  double normal();

  MoCmaesArgs args_;
  Variation variation_;
  const Space* space_ = nullptr;
  Stream stream_{0, ""};
  std::size_t objectives_ = 0, genes_ = 0;
  int generation_ = 0;
  Population parents_, pool_;
  std::vector<Distribution> distributions_, spare_;  ///< of the parents
  std::vector<double> child_x_, z_;
  std::vector<std::uint32_t> child_parent_;
  std::vector<std::uint8_t> active_;
  FeasibleFirst fronts_;
  std::vector<Arch> first_;
  SeenGenomes seen_;
  double spare_normal_ = 0;
  bool has_spare_normal_ = false;
};

}  // namespace nas
