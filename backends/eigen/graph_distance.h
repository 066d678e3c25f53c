#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/cell_graph.h"

namespace nas {

/// What a change of a graph costs, in whole steps: an edge's operator for another (0 = no edge, so the first row are insertions),
/// a node put in or left out. A metric wherever `operators` is one.
struct EditCosts {
  /// Every change costs 1.
  EditCosts();
  /// An operator costs its weight (the first belongs to label 1), one for another the difference; steps are 4096ths of the
  /// largest.
  explicit EditCosts(std::span<const double> weights);

  std::array<std::array<std::uint16_t, CellGraph::kLabels>, CellGraph::kLabels> operators{};
  std::uint16_t node = 1;   ///< a node more or less
  std::uint16_t least = 1;  ///< of two different labels
  double step = 1;          ///< what one step is worth
  bool unit = true;
  /// Nodes of different labels never stand for each other; else that costs `node`.
  bool anchored = true;
};

/// A graph as distances need it: nodes that may change places apart from those that stand for themselves.
struct PackedGraph {
  static constexpr std::size_t kFree = CellGraph::kFree, kLane = 16;
  std::uint8_t free = 0;                                            ///< nodes that may change places
  std::array<std::array<std::uint8_t, kLane>, kFree> out{}, in{};   ///< operators between them, by row
  std::array<std::array<std::uint8_t, 2 * kLane>, kFree> counts{};  ///< of a node's operators out and in, by label
  std::array<std::uint8_t, kFree> label{};
  std::vector<std::uint8_t> around;  ///< for each of them the operators from and to the nodes that stand for themselves
  std::vector<std::uint8_t> fixed;   ///< labels and operators among those
};

/// The nodes that stand for themselves are those with a label, in the order of labels; graphs whose labels are not the same
/// cannot be compared. Without anchors every node may change places.
PackedGraph packed_graph(const CellGraph& graph, bool anchored);

/// The graph edit distance, exact: the least cost over all ways to match the nodes. Depth-first branch and bound; the bound adds,
/// for each node, the cheapest partner by the edges to matched nodes and half of what its other edges differ in. No allocation.
/// Steps; where it is `cap` or more, some number from `cap` up.
int graph_distance(const PackedGraph& a, const PackedGraph& b, const EditCosts& costs,
                   int cap = std::numeric_limits<int>::max() / 4);

/// The same from whole graphs, in the worth of steps.
double graph_edit_distance(const CellGraph& a, const CellGraph& b, const EditCosts& costs = {});

}  // namespace nas
