#include "core/cell_graph.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "core/space.h"

namespace nas {

std::size_t CellGraph::edges() const {
  std::size_t count = 0;
  for (std::size_t node = 0; node < nodes; ++node) count += static_cast<std::size_t>(std::popcount(sources[node]));
  return count;
}

Result<std::vector<CellGraph>> graphs_of_row(std::span<const float> row) {
  std::vector<CellGraph> graphs;
  const auto number = [&](std::size_t at, std::size_t most) -> std::optional<std::size_t> {
    const float value = at < row.size() ? row[at] : -1;
    if (!(value >= 0) || value > static_cast<float>(most) || value != std::floor(value)) return std::nullopt;
    return static_cast<std::size_t>(value);
  };
  for (std::size_t at = 0; at < row.size();) {
    const auto wrong = [&](std::string what) {
      return Failure{"", fmt::format("column {} of the features is no graph: {}", at + 1, what),
                     "a graph is the number of its nodes, a label for each, then for each node the edges from those before it"};
    };
    const auto nodes = number(at, CellGraph::kNodes);
    if (!nodes || *nodes < 2) return wrong(fmt::format("it begins with the number of nodes, 2 to {}", CellGraph::kNodes));
    ++at;
    CellGraph graph;
    graph.nodes = static_cast<std::uint8_t>(*nodes);
    std::size_t free = 0;
    for (std::size_t node = 0; node < *nodes; ++node, ++at) {
      const auto label = number(at, 255);
      if (!label) return wrong("labels of nodes are 0 to 255");
      graph.label[node] = static_cast<std::uint8_t>(*label);
      free += *label == 0;
    }
    if (free > CellGraph::kFree) return wrong(fmt::format("at most {} nodes may change places", CellGraph::kFree));
    for (std::size_t to = 1; to < *nodes; ++to)
      for (std::size_t from = 0; from < to; ++from, ++at) {
        const auto op = number(at, CellGraph::kLabels - 1);
        if (!op) return wrong(fmt::format("labels of edges are 0 to {}", CellGraph::kLabels - 1));
        graph.connect(from, to, static_cast<std::uint8_t>(*op));
      }
    graphs.push_back(graph);
  }
  if (graphs.empty()) return Failure{"", "a row without columns is no graph", ""};
  return graphs;
}

Result<std::vector<CellGraph>> cell_graphs(const Space& space, const Arch& arch) {
  const auto encoding = space.find_encoding("graph");
  if (!encoding)
    return Failure{"E405", fmt::format("space {} has no features graph", space.name()),
                   "features graph { cell = [nodes, labels ..., edges ...] } says how its networks are graphs"};
  std::vector<float> row(space.encodings()[*encoding].columns.size());
  space.encode(*encoding, arch.genes, 1, row);
  return graphs_of_row(row);
}

bool has_cells(const Space& space) {
  const Arch some = space.smallest();
  for (std::size_t i = 0; i < space.encodings().size(); ++i) {
    std::vector<float> row(space.encodings()[i].columns.size());
    space.encode(i, some.genes, 1, row);
    if (graphs_of_row(row)) return true;
  }
  return false;
}

}  // namespace nas
