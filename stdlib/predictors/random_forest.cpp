#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/statistics.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/predictors/tree_growth.h"

namespace nas {

/// Columns that a split chooses from.
enum class ColumnsTried { all, sqrt, third };

template <>
struct Labels<ColumnsTried> {
  static constexpr std::string_view names[] = {"all", "sqrt", "third"};
};

namespace {

struct ForestArgs {
  int trees = 200;
  ColumnsTried columns = ColumnsTried::third;
  int depth = 0;
  int leaf = 1;
  bool bootstrap = true;
};

class RandomForest : public Predictor {
 public:
  explicit RandomForest(const ForestArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("random_forest", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    const CutRows rows(features, n);
    mean_ = mean(targets);
    std::vector<double> centred(n), fitted(n), held_out(n, 0), times(n, 0), gains(d, 0);
    for (std::size_t i = 0; i < n; ++i) centred[i] = targets[i] - mean_;
    TreeGrower grower(rows, {static_cast<std::size_t>(args_.depth), static_cast<std::size_t>(args_.leaf), tried(d)});
    trees_ = RegressionTrees(d, rows.only_bits());
    std::vector<std::uint32_t> counts(n, 1);
    for (std::size_t tree = 0; tree < static_cast<std::size_t>(args_.trees); ++tree) {
      Stream own = stream.split(tree);
      if (args_.bootstrap) {
        std::fill(counts.begin(), counts.end(), 0u);
        for (std::size_t draw = 0; draw < n; ++draw) ++counts[own.below(static_cast<std::uint32_t>(n))];
      }
      grower.grow(trees_, centred, counts, 1, own, fitted, gains);
      for (std::size_t i = 0; i < n; ++i)
        if (counts[i] == 0) {
          held_out[i] += trees_.value(tree, features.data() + i * d);
          ++times[i];
        }
    }
    const double all = std::accumulate(gains.begin(), gains.end(), 0.0);
    importance_ = gains;
    if (all > 0)
      for (double& share : importance_) share /= all;
    std::vector<double> said, measured;
    for (std::size_t i = 0; i < n; ++i)
      if (times[i] > 0) {
        said.push_back(mean_ + held_out[i] / times[i]);
        measured.push_back(targets[i]);
      }
    held_out_mape_ = said.empty() ? 0 : mape(said, measured, std::numeric_limits<double>::min());
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    trees_.sum(features, n, out);
    finish(n, out);
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    trees_.sum(features, n, out, deviation);
    finish(n, out);
    return true;
  }
  std::vector<double> importance() const override { return importance_; }

  Result<PredictorState> state() const override {
    PredictorState state;
    trees_.save(state);
    state.arrays.emplace_back("importance", importance_);
    state.arrays.emplace_back("mean_and_error", std::vector<double>{mean_, held_out_mape_});
    return state;
  }
  Result<void> restore(const PredictorState& state) override {
    RegressionTrees trees;
    if (auto good = trees.restore(state, "random_forest"); !good) return good;
    const auto told = saved_array(state, "random_forest", "mean_and_error", 2);
    if (!told) return told.failure();
    const auto importance = saved_array(state, "random_forest", "importance", trees.columns());
    if (!importance) return importance.failure();
    trees_ = std::move(trees);
    mean_ = (*told)[0];
    held_out_mape_ = (*told)[1];
    importance_ = *importance;
    return {};
  }

  std::string summary() const override {
    std::string text = fmt::format("random forest, {} trees", trees_.size());
    if (args_.bootstrap) text += fmt::format(", out-of-bag MAPE {:.2f} %", 100 * held_out_mape_);
    return text;
  }
  std::size_t rows_needed() const override { return 2; }

 private:
  std::size_t tried(std::size_t d) const {
    if (args_.columns == ColumnsTried::sqrt)
      return std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(static_cast<double>(d))));
    if (args_.columns == ColumnsTried::third) return std::max<std::size_t>(1, d / 3);
    return 0;
  }
  void finish(std::size_t n, std::span<double> out) const {
    const auto trees = static_cast<double>(trees_.size());
    for (std::size_t i = 0; i < n; ++i) out[i] = mean_ + out[i] / trees;
  }

  ForestArgs args_;
  RegressionTrees trees_;
  double mean_ = 0, held_out_mape_ = 0;
  std::vector<double> importance_;
};

}  // namespace

Component random_forest_predictor() {
  return Declare<ForestArgs>(ComponentKind::predictor, "random_forest",
                             "Mean of regression trees, each grown on a draw of the rows.")
      .arg("trees", &ForestArgs::trees, "how many", between(1, 100000))
      .arg("columns", &ForestArgs::columns, "features that each split chooses from: all, or a draw of their square root or third")
      .arg("depth", &ForestArgs::depth, "splits above a leaf at most; 0 = no limit", between(0, 1000))
      .arg("leaf", &ForestArgs::leaf, "rows in a leaf at least", between(1, 1000000))
      .arg("bootstrap", &ForestArgs::bootstrap,
           "each tree sees as many rows as there are, drawn with replacement; else all of them")
      .details(
          "Assumes nothing about the form of the metric; cannot predict beyond the range of what it has seen. A tree splits "
          "where the sum\n"
          "of squares falls most (CART). Choosing from a third of the features, as Breiman does, makes trees differ and their "
          "mean better\n"
          "than `all`. The deviation is that of the trees' predictions. The out-of-bag error is that of each row on the trees "
          "that did not\n"
          "see it. Features with more than 256 different values are cut at quantiles.")
      .paper("Breiman, Random Forests, Machine Learning 45 (2001)")
      .example("predictor random_forest(trees = 100) of accuracy")
      .builds(makes_predictor<RandomForest>());
}

}  // namespace nas
