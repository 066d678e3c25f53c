#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/statistics.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/predictors/tree_growth.h"

namespace nas {
namespace {

struct BoostingArgs {
  int trees = 200;
  int depth = 3;
  double rate = 0.1;
  double subsample = 1;
  int leaf = 1;
};

class BoostedTrees : public Predictor {
 public:
  explicit BoostedTrees(const BoostingArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("gbdt", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    const CutRows rows(features, n);
    mean_ = mean(targets);
    std::vector<double> rest(n), fitted(n), gains(d, 0);
    for (std::size_t i = 0; i < n; ++i) rest[i] = targets[i] - mean_;
    TreeGrower grower(rows, {static_cast<std::size_t>(args_.depth), static_cast<std::size_t>(args_.leaf), 0});
    trees_ = RegressionTrees(d, rows.only_bits());
    std::vector<std::uint32_t> counts(n, 1), order(n);
    std::iota(order.begin(), order.end(), 0u);
    const std::size_t part = std::max<std::size_t>(1, static_cast<std::size_t>(args_.subsample * static_cast<double>(n) + 0.5));
    for (std::size_t tree = 0; tree < static_cast<std::size_t>(args_.trees); ++tree) {
      Stream own = stream.split(tree);
      if (part < n) {
        std::fill(counts.begin(), counts.end(), 0u);
        for (std::size_t k = 0; k < part; ++k) {
          std::swap(order[k], order[k + own.below(static_cast<std::uint32_t>(n - k))]);
          counts[order[k]] = 1;
        }
      }
      grower.grow(trees_, rest, counts, args_.rate, own, fitted, gains);
      for (std::size_t i = 0; i < n; ++i) rest[i] -= counts[i] > 0 ? fitted[i] : trees_.value(tree, features.data() + i * d);
    }
    const double all = std::accumulate(gains.begin(), gains.end(), 0.0);
    importance_ = gains;
    if (all > 0)
      for (double& share : importance_) share /= all;
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    trees_.sum(features, n, out);
    for (std::size_t i = 0; i < n; ++i) out[i] += mean_;
  }
  std::vector<double> importance() const override { return importance_; }

  Result<PredictorState> state() const override {
    PredictorState state;
    trees_.save(state);
    state.arrays.emplace_back("importance", importance_);
    state.arrays.emplace_back("mean", std::vector<double>{mean_});
    return state;
  }
  Result<void> restore(const PredictorState& state) override {
    RegressionTrees trees;
    if (auto good = trees.restore(state, "gbdt"); !good) return good;
    const auto mean = saved_array(state, "gbdt", "mean", 1);
    if (!mean) return mean.failure();
    const auto importance = saved_array(state, "gbdt", "importance", trees.columns());
    if (!importance) return importance.failure();
    trees_ = std::move(trees);
    mean_ = mean->front();
    importance_ = *importance;
    return {};
  }

  std::string summary() const override {
    return fmt::format("gradient boosting, {} trees of depth {}, rate {:g}", trees_.size(), args_.depth, args_.rate);
  }
  std::size_t rows_needed() const override { return 2; }

 private:
  BoostingArgs args_;
  RegressionTrees trees_;
  double mean_ = 0;
  std::vector<double> importance_;
};

}  // namespace

Component gbdt_predictor() {
  return Declare<BoostingArgs>(ComponentKind::predictor, "gbdt",
                               "Gradient boosting: small regression trees, each on what is left of the error.")
      .arg("trees", &BoostingArgs::trees, "how many", between(1, 100000))
      .arg("depth", &BoostingArgs::depth, "splits above a leaf at most: how many features interact", between(1, 64))
      .arg("rate", &BoostingArgs::rate, "the share of each tree that is added", between(1e-6, 1))
      .arg("subsample", &BoostingArgs::subsample, "the share of the rows that each tree sees, drawn anew", between(0.01, 1))
      .arg("leaf", &BoostingArgs::leaf, "rows in a leaf at least", between(1, 1000000))
      .details(
          "Least squares: begins with the mean; each tree is fitted to the residuals (Algorithm 2 of the paper). With "
          "`subsample` below 1 it\n"
          "sees a draw of the rows (Friedman, Stochastic Gradient Boosting, 2002). Assumes nothing about the form of the metric; "
          "sums of few\n"
          "features suit it best. Features with more than 256 different values are cut at quantiles.")
      .paper("Friedman, Greedy Function Approximation: A Gradient Boosting Machine, Annals of Statistics 29 (2001)")
      .example("predictor gbdt(trees = 300, depth = 4) of accuracy")
      .builds(makes_predictor<BoostedTrees>());
}

}  // namespace nas
