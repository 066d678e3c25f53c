#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"

namespace nas {

/// A small directed graph with labels, such as a cell. Labels of nodes: 0 = nodes that may change places, any other stands for
/// itself. Labels of edges are 1..15, operators in the order of their choice.
struct CellGraph {
  static constexpr std::size_t kNodes = 48, kFree = 12, kLabels = 16;
  std::uint8_t nodes = 0;
  std::array<std::uint8_t, kNodes> label{};
  std::array<std::uint64_t, kNodes> sources{};                       ///< bit i: an edge from node i
  std::array<std::array<std::uint8_t, kNodes>, kNodes> operators{};  ///< [to][from], 0 = no edge

  void connect(std::size_t from, std::size_t to, std::uint8_t op) {
    operators[to][from] = op;
    if (op != 0) sources[to] |= std::uint64_t{1} << from;
  }
  std::size_t edges() const;
};

/// The graphs of one row of features called `graph`, one behind the other: the number of nodes n, n labels, then for every node
/// from the second the labels of the edges from each node before it. A Failure where a row is none.
Result<std::vector<CellGraph>> graphs_of_row(std::span<const float> row);

class Space;
struct Arch;
/// The graphs of a network, from the features `graph` of its space. E405 where it has none.
Result<std::vector<CellGraph>> cell_graphs(const Space& space, const Arch& arch);

/// True where some features of the space, whatever their name, are graphs of its networks.
bool has_cells(const Space& space);

}  // namespace nas
