#include "stdlib/predictors/regression_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

/// So many rows pass a tree together: the tree stays in the first cache, and so do their bits.
constexpr std::size_t kBlock = 128;
/// So many rows walk side by side, so that the steps of one hide the waiting of another.
constexpr std::size_t kWalkers = 8;

/// Zeros and ones, column by column, and one column of zeros more: leaves ask for it.
class BitBlock {
 public:
  explicit BitBlock(std::size_t columns) : columns_(columns), bits_((columns + 1) * kBlock) {}
  void read(const float* rows, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t c = 0; c < columns_; ++c) bits_[c * kBlock + i] = rows[i * columns_ + c] > 0.5f;
  }
  std::uint32_t right(std::size_t row, std::uint32_t column, const float*) const { return bits_[column * kBlock + row]; }

 private:
  std::size_t columns_;
  std::vector<std::uint8_t> bits_;
};

/// Rows as they are.
class ValueBlock {
 public:
  explicit ValueBlock(std::size_t columns) : columns_(columns) {}
  void read(const float* rows, std::size_t) { rows_ = rows; }
  std::uint32_t right(std::size_t row, std::uint32_t column, const float* threshold) const {
    return rows_[row * columns_ + column] > *threshold;
  }

 private:
  std::size_t columns_;
  const float* rows_ = nullptr;
};

/// The leaves of kCount rows in the tree at `root`.
template <std::size_t kCount, typename Block>
void walk(const Block& block, std::size_t row, std::uint32_t root, const RegressionTrees::Node* nodes, const float* thresholds,
          std::uint32_t* leaves) {
  std::uint32_t at[kCount];
  for (std::size_t k = 0; k < kCount; ++k) at[k] = root;
  const auto next = [&](std::size_t k) {
    return nodes[at[k]].left + block.right(row + k, nodes[at[k]].column, thresholds + at[k]);
  };
  for (std::uint32_t moved = 1; moved;) {  // looked at after every second step
    moved = 0;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kCount; ++k) at[k] = next(k);
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kCount; ++k) {
      const std::uint32_t then = next(k);
      moved |= then ^ at[k];
      at[k] = then;
    }
  }
  for (std::size_t k = 0; k < kCount; ++k) leaves[k] = at[k];
}

/// Calls `each(first row of the block, rows of it, tree, leaves)` block by block, tree by tree.
template <typename Block, typename Each>
void walk_all(Block block, std::span<const float> features, std::size_t n, std::size_t columns,
              std::span<const std::uint32_t> roots, const RegressionTrees::Node* nodes, const float* thresholds,
              const Each& each) {
  std::vector<std::uint32_t> leaves(kBlock);
  for (std::size_t begin = 0; begin < n; begin += kBlock) {
    const std::size_t count = std::min(kBlock, n - begin);
    block.read(features.data() + begin * columns, count);
    for (std::size_t tree = 0; tree < roots.size(); ++tree) {
      std::size_t i = 0;
      for (; i + kWalkers <= count; i += kWalkers) walk<kWalkers>(block, i, roots[tree], nodes, thresholds, leaves.data() + i);
      for (; i < count; ++i) walk<1>(block, i, roots[tree], nodes, thresholds, leaves.data() + i);
      each(begin, count, tree, leaves.data());
    }
  }
}

}  // namespace

std::uint32_t RegressionTrees::plant() {
  const auto root = static_cast<std::uint32_t>(nodes_.size());
  roots_.push_back(root);
  make_leaf(root);
  return root;
}

std::uint32_t RegressionTrees::split(std::uint32_t leaf, std::uint32_t column, float threshold) {
  const auto left = static_cast<std::uint32_t>(nodes_.size());
  nodes_[leaf] = {column, left};
  threshold_[leaf] = threshold;
  make_leaf(left);
  make_leaf(left + 1);
  return left;
}

void RegressionTrees::make_leaf(std::uint32_t node) {
  if (node >= nodes_.size()) {
    nodes_.resize(node + 1);
    threshold_.resize(node + 1);
    value_.resize(node + 1);
  }
  nodes_[node] = {bits_ ? static_cast<std::uint32_t>(columns_) : 0u, node};
  threshold_[node] = std::numeric_limits<float>::infinity();
}

double RegressionTrees::value(std::size_t tree, const float* row) const {
  std::uint32_t at = roots_[tree];
  while (nodes_[at].left != at) at = nodes_[at].left + (row[nodes_[at].column] > threshold_[at]);
  return value_[at];
}

void RegressionTrees::sum(std::span<const float> features, std::size_t n, std::span<double> out, std::span<double> spread) const {
  std::fill_n(out.begin(), n, 0.0);
  std::vector<double> means(spread.empty() ? 0 : kBlock), squares(means.size());
  const auto each = [&](std::size_t begin, std::size_t count, std::size_t tree, const std::uint32_t* leaves) {
    for (std::size_t i = 0; i < count; ++i) out[begin + i] += value_[leaves[i]];
    if (spread.empty()) return;
    // Welford 1962: trees that agree have no spread at all.
    if (tree == 0) {
      std::fill(means.begin(), means.end(), 0.0);
      std::fill(squares.begin(), squares.end(), 0.0);
    }
    const double share = 1.0 / static_cast<double>(tree + 1);
    for (std::size_t i = 0; i < count; ++i) {
      const double apart = value_[leaves[i]] - means[i];
      means[i] += apart * share;
      squares[i] += apart * (value_[leaves[i]] - means[i]);
    }
    if (tree + 1 == size())
      for (std::size_t i = 0; i < count; ++i) spread[begin + i] = std::sqrt(squares[i] * share);
  };
  if (bits_)
    walk_all(BitBlock(columns_), features, n, columns_, roots_, nodes_.data(), threshold_.data(), each);
  else
    walk_all(ValueBlock(columns_), features, n, columns_, roots_, nodes_.data(), threshold_.data(), each);
}

void RegressionTrees::save(PredictorState& state) const {
  state.facts["columns"] = columns_;
  state.facts["bits"] = bits_;
  std::vector<double> columns, left, thresholds;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const bool leaf = nodes_[i].left == i;
    columns.push_back(leaf ? 0 : nodes_[i].column);
    left.push_back(nodes_[i].left);
    thresholds.push_back(leaf ? 0 : static_cast<double>(threshold_[i]));
  }
  state.arrays.emplace_back("tree_roots", std::vector<double>(roots_.begin(), roots_.end()));
  state.arrays.emplace_back("node_columns", std::move(columns));
  state.arrays.emplace_back("node_left", std::move(left));
  state.arrays.emplace_back("node_thresholds", std::move(thresholds));
  state.arrays.emplace_back("node_values", value_);
}

Result<void> RegressionTrees::restore(const PredictorState& state, const std::string& name) {
  const auto roots = saved_array(state, name, "tree_roots");
  if (!roots) return roots.failure();
  const auto left = saved_array(state, name, "node_left");
  if (!left) return left.failure();
  const std::size_t count = left->size();
  const auto columns = saved_array(state, name, "node_columns", count);
  if (!columns) return columns.failure();
  const auto thresholds = saved_array(state, name, "node_thresholds", count);
  if (!thresholds) return thresholds.failure();
  const auto values = saved_array(state, name, "node_values", count);
  if (!values) return values.failure();
  RegressionTrees made(state.facts.value("columns", std::size_t{0}), state.facts.value("bits", false));
  if (count > 0) made.make_leaf(static_cast<std::uint32_t>(count - 1));
  made.value_ = *values;
  const auto broken = [&](std::size_t node) {
    return Failure{"", fmt::format("node {} of the saved {} does not belong to a tree", node + 1, name), ""};
  };
  for (std::size_t i = 0; i < count; ++i) {
    const double child = (*left)[i], column = (*columns)[i];
    if (child == static_cast<double>(i)) {
      made.make_leaf(static_cast<std::uint32_t>(i));
      continue;
    }
    // Children lie behind their parent, so every walk ends.
    if (!(child > static_cast<double>(i) && child + 1 < static_cast<double>(count)) ||
        !(column >= 0 && column < static_cast<double>(made.columns_)))
      return broken(i);
    made.nodes_[i] = {static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(child)};
    made.threshold_[i] = static_cast<float>((*thresholds)[i]);
  }
  for (const double root : *roots) {
    if (!(root >= 0 && root < static_cast<double>(count))) return broken(static_cast<std::size_t>(std::max(0.0, root)));
    made.roots_.push_back(static_cast<std::uint32_t>(root));
  }
  *this = std::move(made);
  return {};
}

}  // namespace nas
