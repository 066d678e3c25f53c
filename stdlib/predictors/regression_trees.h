#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/predictor.h"
#include "core/result.h"

namespace nas {

/// Binary trees one after the other. A row goes right where its value in the node's column is above the node's threshold.
class RegressionTrees {
 public:
  struct Node {
    std::uint32_t column;
    std::uint32_t left;  ///< the right child lies behind it; a leaf is its own left child
  };

  RegressionTrees() = default;
  /// `bits`: every threshold is going to be a half, so that rows are read as bits.
  RegressionTrees(std::size_t columns, bool bits) : columns_(columns), bits_(bits) {}

  std::size_t size() const { return roots_.size(); }
  std::size_t columns() const { return columns_; }
  std::size_t node_count() const { return nodes_.size(); }

  /// A new tree of one leaf; the root.
  std::uint32_t plant();
  /// The leaf becomes a node with two leaves; the left one.
  std::uint32_t split(std::uint32_t leaf, std::uint32_t column, float threshold);
  void set_value(std::uint32_t node, double value) { value_[node] = value; }

  /// What one tree says of one row.
  double value(std::size_t tree, const float* row) const;
  /// out[i] = the sum of what the trees say of row i. Where `spread` is not empty, it gets the standard deviation over the trees.
  void sum(std::span<const float> features, std::size_t n, std::span<double> out, std::span<double> spread = {}) const;

  void save(PredictorState& state) const;
  /// `name` is the predictor's, for the sentence.
  Result<void> restore(const PredictorState& state, const std::string& name);

 private:
  void make_leaf(std::uint32_t node);

  std::size_t columns_ = 0;
  bool bits_ = false;
  std::vector<std::uint32_t> roots_;
  std::vector<Node> nodes_;
  std::vector<float> threshold_;  ///< of each node; nothing is above a leaf's
  std::vector<double> value_;     ///< of each node; a leaf's is what the tree says
};

}  // namespace nas
