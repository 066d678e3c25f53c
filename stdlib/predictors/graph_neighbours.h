#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "backends/eigen/graph_distance.h"
#include "core/result.h"

namespace nas {

/// Rows of graphs that the nearest ones are asked of, by exact graph edit distance. Every row gets a lower bound first, and rows
/// are compared in its order until it passes the k-th distance found: what anchored nodes have around them is looked up by kind
/// of node, so a bound costs a few additions, and what edges between the other nodes differ in is counted by operator.
class GraphNeighbours {
 public:
  /// n rows of features that are graphs with the same nodes; a Failure names the row that is not. No operator weights: every
  /// change costs 1.
  Result<void> learn(std::span<const float> features, std::size_t n, std::span<const double> weights);

  /// The rows nearest to `row`, nearest first: k of them and all that are as far as the k-th, each with its distance in steps.
  /// `skip` leaves out rows where it is not zero. Rows compared in full are counted in `compared`.
  std::vector<std::pair<int, std::uint32_t>> nearest(std::span<const float> row, std::size_t k,
                                                     std::span<const std::uint8_t> skip = {},
                                                     std::size_t* compared = nullptr) const;

  double step() const { return costs_.step; }

 private:
  int bound(std::size_t row, const std::vector<PackedGraph>& asked, const std::vector<std::vector<std::uint16_t>>& around) const;

  EditCosts costs_;
  std::size_t columns_ = 0, graphs_ = 0;
  std::vector<PackedGraph> packed_;                                  ///< rows x graphs
  std::vector<std::vector<std::vector<std::uint8_t>>> kinds_;        ///< by graph: what different nodes have around them
  std::vector<std::array<std::uint16_t, PackedGraph::kFree>> kind_;  ///< rows x graphs: the kind of each node
  std::vector<std::array<std::uint8_t, CellGraph::kLabels>> inner_;  ///< rows x graphs: edges between free nodes, by operator
};

}  // namespace nas
