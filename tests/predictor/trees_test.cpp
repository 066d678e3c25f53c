// Regression trees, forests and boosting against exhaustive searches for splits, and closed forms.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/statistics.h"
#include "learning.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// CART as it is defined: every threshold halfway between two values of every column is tried on the rows of the node.
class BruteForceTree {
 public:
  BruteForceTree(const Rows& rows, std::vector<double> y, int depth) : rows_(rows), y_(std::move(y)) {
    std::vector<std::size_t> all(rows.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    root_ = grow(all, depth);
  }
  double operator()(const float* row) const {
    const Node* node = root_.get();
    while (node->left) node = (static_cast<double>(row[node->column]) <= node->threshold ? node->left : node->right).get();
    return node->mean;
  }

 private:
  struct Node {
    double mean = 0, threshold = 0;
    std::size_t column = 0;
    std::unique_ptr<Node> left, right;
  };
  double squares(const std::vector<std::size_t>& part) const {
    double sum = 0, around = 0;
    for (const auto i : part) sum += y_[i];
    for (const auto i : part) around += std::pow(y_[i] - sum / static_cast<double>(part.size()), 2);
    return around;
  }
  std::unique_ptr<Node> grow(const std::vector<std::size_t>& part, int depth) const {
    auto node = std::make_unique<Node>();
    for (const auto i : part) node->mean += y_[i] / static_cast<double>(part.size());
    if (depth == 0) return node;
    double best = std::numeric_limits<double>::infinity();
    std::vector<std::size_t> best_left, best_right;
    for (std::size_t j = 0; j < rows_.d; ++j) {
      std::set<double> values;
      for (const auto i : part) values.insert(static_cast<double>(rows_.x[i * rows_.d + j]));
      for (auto value = values.begin(); value != values.end() && std::next(value) != values.end(); ++value) {
        const double threshold = (*value + *std::next(value)) / 2;
        std::vector<std::size_t> left, right;
        for (const auto i : part) (static_cast<double>(rows_.x[i * rows_.d + j]) <= threshold ? left : right).push_back(i);
        const double remains = squares(left) + squares(right);
        if (remains >= best - 1e-12) continue;
        best = remains;
        node->column = j;
        node->threshold = threshold;
        best_left = left;
        best_right = right;
      }
    }
    if (best_left.empty()) return node;
    node->left = grow(best_left, depth - 1);
    node->right = grow(best_right, depth - 1);
    return node;
  }

  const Rows& rows_;
  std::vector<double> y_;
  std::unique_ptr<Node> root_;
};

/// Columns of few whole numbers and of many real ones.
Rows mixed_rows(std::size_t n, std::uint64_t seed) {
  Rows rows = real_rows(n, 4, 1, seed);
  for (std::size_t i = 0; i < n; ++i) {
    rows.x[i * 4 + 1] = std::floor(rows.x[i * 4 + 1] / 5);
    rows.x[i * 4 + 2] = rows.x[i * 4 + 2] > 0 ? 1 : 0;
  }
  return rows;
}

const nlohmann::json kOneTree = {{"trees", 1}, {"columns", "all"}, {"bootstrap", false}};

nlohmann::json with(nlohmann::json arguments, const nlohmann::json& more) {
  arguments.update(more);
  return arguments;
}

Rows exclusive_or() {
  Rows rows;
  rows.d = 2;
  for (int repeat = 0; repeat < 10; ++repeat)
    for (const auto& [a, b] : {std::pair{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
      rows.x.insert(rows.x.end(), {static_cast<float>(a), static_cast<float>(b)});
      rows.y.push_back(a ^ b);
    }
  return rows;
}

}  // namespace

TEST(Trees, OneTreeIsTheOneThatTriesEverySplit) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (const int depth : {1, 2, 4})
      for (const Rows& rows : {one_hot_rows(60, 5, 1, seed), mixed_rows(60, seed)}) {
        const BruteForceTree expected(rows, rows.y, depth);
        const auto tree = make_predictor("random_forest", with(kOneTree, {{"depth", depth}}));
        ASSERT_TRUE(tree->fit(rows.x, rows.y, Stream(1, "tree")));
        // Its own rows: where two columns part the rows of a node alike, either may be taken.
        const auto got = predictions(*tree, rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
          ASSERT_NEAR(got[i], expected(rows.x.data() + i * rows.d), 1e-9) << seed << " " << depth << " " << i;
      }
}

TEST(Trees, AFullTreeRemembersItsRowsAndALeafKeepsItsSize) {
  const Rows rows = real_rows(300, 5);  // more than 256 values a column
  const auto full = make_predictor("random_forest", kOneTree);
  ASSERT_TRUE(full->fit(rows.x, rows.y, Stream(1, "tree")));
  const auto got = predictions(*full, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(got[i], rows.y[i], 1e-12);
  const auto coarse = make_predictor("random_forest", with(kOneTree, {{"leaf", 40}}));
  ASSERT_TRUE(coarse->fit(rows.x, rows.y, Stream(1, "tree")));
  std::map<double, int> members;
  for (const double value : predictions(*coarse, rows)) ++members[value];
  EXPECT_GE(members.size(), 3u);
  for (const auto& [value, count] : members) EXPECT_GE(count, 40) << value;
}

TEST(Trees, BoostingAddsTreesOnWhatIsLeft) {
  for (const Rows& rows : {one_hot_rows(60, 5, 1, 7), mixed_rows(60, 7)}) {
    const auto predictor = make_predictor("gbdt", {{"trees", 3}, {"depth", 2}, {"rate", 0.3}});
    ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(1, "boost")));
    // Friedman 2001, algorithm 2, with the shrinkage of equation 36.
    std::vector<double> expected(rows.size(), mean(rows.y)), rest(rows.size());
    for (int tree = 0; tree < 3; ++tree) {
      for (std::size_t i = 0; i < rows.size(); ++i) rest[i] = rows.y[i] - expected[i];
      const BruteForceTree grown(rows, rest, 2);
      for (std::size_t i = 0; i < rows.size(); ++i) expected[i] += 0.3 * grown(rows.x.data() + i * rows.d);
    }
    const auto got = predictions(*predictor, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-9);
  }
}

TEST(Trees, LearnTheExclusiveOr) {
  const Rows rows = exclusive_or();
  for (const auto& [name, arguments] : {std::pair<std::string, nlohmann::json>{"random_forest", {{"trees", 50}}},
                                        {"gbdt", {{"rate", 0.5}}},
                                        {"gbdt", {{"rate", 0.2}, {"subsample", 0.5}}}}) {
    const auto predictor = make_predictor(name, arguments);
    ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(2, "xor")));
    const auto got = predictions(*predictor, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(got[i], rows.y[i], 0.05) << name;
  }
}

TEST(Trees, ADeviationIsThatOfTheTrees) {
  const Rows rows = one_hot_rows(80, 6, 0.5), unseen = one_hot_rows(50, 6, 0.5, 2);
  // The trees of a forest one by one: the first k of a larger forest are those of one of k trees.
  constexpr int kTrees = 12;
  std::vector<std::vector<double>> sums{std::vector<double>(unseen.size(), 0)};
  std::vector<double> out(unseen.size()), deviation(unseen.size());
  for (int trees = 1; trees <= kTrees; ++trees) {
    const auto forest = make_predictor("random_forest", {{"trees", trees}});
    ASSERT_TRUE(forest->fit(rows.x, rows.y, Stream(1, "forest")));
    ASSERT_TRUE(forest->predict_with_deviation(unseen.x, unseen.size(), out, deviation));
    EXPECT_TRUE(same_bits(out, predictions(*forest, unseen)));
    for (double& value : out) value *= trees;
    sums.push_back(out);
  }
  for (std::size_t i = 0; i < unseen.size(); ++i) {
    double squares = 0;
    for (int tree = 1; tree <= kTrees; ++tree)
      squares += std::pow(sums[tree][i] - sums[tree - 1][i] - sums[kTrees][i] / kTrees, 2);
    EXPECT_NEAR(deviation[i], std::sqrt(squares / kTrees), 1e-9);
  }
}

TEST(Trees, TheOutOfBagErrorIsNearThatOnUnseenRows) {
  const Rows rows = one_hot_rows(400, 6, 0.5), unseen = one_hot_rows(2000, 6, 0.5, 2);
  const auto forest = make_predictor("random_forest");
  ASSERT_TRUE(forest->fit(rows.x, rows.y, Stream(1, "forest")));
  const double unseen_error = 100 * mape(predictions(*forest, unseen), unseen.y);
  double told = 0;
  ASSERT_EQ(std::sscanf(forest->summary().c_str(), "random forest, 200 trees, out-of-bag MAPE %lf %%", &told), 1)
      << forest->summary();
  EXPECT_NEAR(told, unseen_error, 0.15 * unseen_error);
}

TEST(Trees, ImportanceIsTheShareOfSquaresThatSplitsTakeOff) {
  // One split on column 1 takes 16 of 18 squares, the splits below on column 0 take one each.
  Rows rows;
  rows.d = 2;
  rows.x = {0, 0, 1, 0, 0, 1, 1, 1};
  rows.y = {0, std::sqrt(2.0), 4, 4 + std::sqrt(2.0)};
  for (const auto& name : {"random_forest", "gbdt"}) {
    const auto predictor =
        make_predictor(name, std::string(name) == "gbdt" ? nlohmann::json{{"trees", 1}, {"rate", 1}} : kOneTree);
    ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(1, "importance")));
    const auto shares = predictor->importance();
    ASSERT_EQ(shares.size(), 2u);
    EXPECT_NEAR(shares[0], 2.0 / 18, 1e-12);
    EXPECT_NEAR(shares[1], 16.0 / 18, 1e-12);
  }
}

TEST(Trees, FewerColumnsASplitMakeTreesDiffer) {
  const Rows rows = one_hot_rows(300, 8, 0.5), unseen = one_hot_rows(300, 8, 0.5, 2);
  double last = 0;
  for (const auto& columns : {"all", "third", "sqrt"}) {
    const auto forest = make_predictor("random_forest", {{"columns", columns}});
    ASSERT_TRUE(forest->fit(rows.x, rows.y, Stream(1, "forest")));
    std::vector<double> out(unseen.size()), deviation(unseen.size());
    ASSERT_TRUE(forest->predict_with_deviation(unseen.x, unseen.size(), out, deviation));
    EXPECT_GT(mean(deviation), last) << columns;
    EXPECT_GT(kendall_tau(out, unseen.y), 0.7) << columns;
    last = mean(deviation);
  }
}

TEST(Trees, AreExactWhateverTheArguments) {
  for (const auto& [name, arguments] : {std::pair<std::string, nlohmann::json>{"random_forest", {{"trees", 20}}},
                                        {"random_forest", {{"trees", 20}, {"columns", "sqrt"}, {"depth", 4}, {"leaf", 3}}},
                                        {"gbdt", {{"trees", 50}}},
                                        {"gbdt", {{"trees", 50}, {"subsample", 0.5}}}}) {
    expect_exact(name, arguments, one_hot_rows(120, 5), one_hot_rows(531, 5, 0.1, 2));
    expect_exact(name, arguments, real_rows(300, 5), real_rows(531, 5, 0.1, 2));
  }
}

TEST(Trees, ASavedTreeThatLeadsNowhereIsRefused) {
  const Rows rows = one_hot_rows(40, 4);
  const auto forest = make_predictor("random_forest", kOneTree);
  ASSERT_TRUE(forest->fit(rows.x, rows.y, Stream(1, "tree")));
  const auto saved = forest->state();
  ASSERT_TRUE(saved);
  const auto refused = [&](const std::string& array, std::size_t index, double value) {
    PredictorState damaged = *saved;
    for (auto& [name, numbers] : damaged.arrays)
      if (name == array) numbers[index] = value;
    const auto result = forest->restore(damaged);
    return result ? std::string("taken") : result.failure().message;
  };
  const std::string first = "node 1 of the saved random_forest does not belong to a tree";
  EXPECT_EQ(refused("node_left", 0, 1e9), first);
  EXPECT_EQ(refused("node_left", 0, -1), first);
  EXPECT_EQ(refused("node_columns", 0, 12), first);
  EXPECT_EQ(refused("node_columns", 0, std::nan("")), first);
  EXPECT_EQ(refused("tree_roots", 0, -3), first);
  EXPECT_EQ(refused("node_left", 0, 1), "taken");
}
