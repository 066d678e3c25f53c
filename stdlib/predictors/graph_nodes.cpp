#include "stdlib/predictors/graph_nodes.h"

#include <algorithm>
#include <cmath>

namespace nas {

NodeKinds NodeKinds::of(std::span<const CellGraph> cells) {
  NodeKinds kinds{cells.size(), {}};
  for (const CellGraph& cell : cells)
    for (std::size_t node = 0; node < cell.nodes; ++node)
      if (cell.label[node] != 0) kinds.anchors.push_back(cell.label[node]);
  std::sort(kinds.anchors.begin(), kinds.anchors.end());
  kinds.anchors.erase(std::unique(kinds.anchors.begin(), kinds.anchors.end()), kinds.anchors.end());
  return kinds;
}

void append_operators(std::span<const CellGraph> cells, const NodeKinds& kinds, GraphBatch& out) {
  constexpr std::size_t kOperators = CellGraph::kLabels - 1;
  const std::uint32_t low = out.first.back();
  std::vector<std::vector<std::uint32_t>> hears;  // of each new node, counted from `low`
  const auto add = [&](std::uint32_t kind) {
    out.kind.push_back(kind);
    hears.push_back({static_cast<std::uint32_t>(hears.size())});
    return hears.back().front();
  };
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const CellGraph& cell = cells[c];
    const std::size_t base = 1 + c * (kOperators + kinds.anchors.size());
    std::array<std::vector<std::uint32_t>, CellGraph::kNodes> gives;  // what an edge from a node hears from
    for (std::size_t node = 0; node < cell.nodes; ++node) {
      std::vector<std::uint32_t> into;
      for (std::size_t from = 0; from < node; ++from) {
        const std::uint8_t op = cell.operators[node][from];
        if (op == 0) continue;
        const std::uint32_t edge = add(static_cast<std::uint32_t>(base + op - 1));
        hears[edge].insert(hears[edge].end(), gives[from].begin(), gives[from].end());
        into.push_back(edge);
      }
      gives[node] = into;
      if (cell.label[node] == 0) continue;
      const auto known = std::lower_bound(kinds.anchors.begin(), kinds.anchors.end(), cell.label[node]);
      const bool there = known != kinds.anchors.end() && *known == cell.label[node];
      const auto kind = static_cast<std::uint32_t>(base + kOperators + static_cast<std::size_t>(known - kinds.anchors.begin()));
      const std::uint32_t anchor = add(there ? kind : GraphBatch::kNoKind);
      hears[anchor].insert(hears[anchor].end(), into.begin(), into.end());
      gives[node] = {anchor};
    }
  }
  std::vector<std::vector<std::uint32_t>> back(hears.size());
  for (std::uint32_t node = 0; node < hears.size(); ++node)
    for (std::size_t k = 1; k < hears[node].size(); ++k) back[hears[node][k]].push_back(node);
  for (std::size_t node = 0; node < back.size(); ++node)
    hears[node].insert(hears[node].end(), back[node].begin(), back[node].end());
  const std::uint32_t global = add(0);
  for (std::uint32_t node = 0; node < global; ++node) hears[global].push_back(node);
  for (const auto& heard : hears) {
    for (const std::uint32_t node : heard) {
      out.from.push_back(low + node);
      out.share.push_back(
          static_cast<float>(1 / std::sqrt(static_cast<double>(heard.size()) * static_cast<double>(hears[node].size()))));
    }
    out.begin.push_back(static_cast<std::uint32_t>(out.from.size()));
  }
  out.first.push_back(low + global + 1);
}

}  // namespace nas
