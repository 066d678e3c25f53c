#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "backends/eigen/graph_network.h"
#include "core/cell_graph.h"

namespace nas {

/// The kinds of nodes that networks of a space have, as graphs whose nodes are operators.
struct NodeKinds {
  std::size_t cells = 0;              ///< graphs of a network
  std::vector<std::uint8_t> anchors;  ///< labels of nodes that stand for themselves, ascending

  /// Those of the networks of a space, told from one of them.
  static NodeKinds of(std::span<const CellGraph> cells);
  std::size_t size() const { return 1 + cells * (CellGraph::kLabels - 1 + anchors.size()); }
};

/// Turns the graphs of a network round: every edge with an operator becomes a node, every node that stands for itself remains
/// one; a node hears from itself, from those that its data come from and from those that they go to, with share 1 / sqrt(d_i
/// d_j), d the number that a node hears from; the global node hears from all, and none from it (Dudziak et al., BRP-NAS, NeurIPS
/// 2020, section 3.1).
void append_operators(std::span<const CellGraph> cells, const NodeKinds& kinds, GraphBatch& out);

}  // namespace nas
