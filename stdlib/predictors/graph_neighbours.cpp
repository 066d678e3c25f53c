#include "stdlib/predictors/graph_neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <queue>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "core/check.h"

namespace nas {
namespace {

std::array<std::uint8_t, CellGraph::kLabels> inner_edges(const PackedGraph& graph) {
  std::array<std::uint8_t, CellGraph::kLabels> counts{};
  for (std::size_t u = 0; u < graph.free; ++u)
    for (std::size_t op = 1; op < counts.size(); ++op) counts[op] = static_cast<std::uint8_t>(counts[op] + graph.counts[u][op]);
  return counts;
}

/// The edges of one graph that find no equal one in the other.
int without_partner(const std::array<std::uint8_t, CellGraph::kLabels>& a,
                    const std::array<std::uint8_t, CellGraph::kLabels>& b) {
#ifdef __SSE2__
  const auto sum = [](__m128i v) {
    v = _mm_sad_epu8(v, _mm_setzero_si128());
    return _mm_cvtsi128_si32(v) + _mm_cvtsi128_si32(_mm_srli_si128(v, 8));
  };
  const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a.data()));
  const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.data()));
  return std::max(sum(x), sum(y)) - sum(_mm_min_epu8(x, y));
#else
  int in_a = 0, in_b = 0, same = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    in_a += a[i];
    in_b += b[i];
    same += std::min(a[i], b[i]);
  }
  return std::max(in_a, in_b) - same;
#endif
}

}  // namespace

Result<void> GraphNeighbours::learn(std::span<const float> features, std::size_t n, std::span<const double> weights) {
  NAS_CHECK(n > 0);
  costs_ = weights.empty() ? EditCosts() : EditCosts(weights);
  columns_ = features.size() / n;
  packed_.clear();
  kind_.clear();
  inner_.clear();
  kinds_.clear();
  std::vector<std::map<std::vector<std::uint8_t>, std::uint16_t>> known;
  std::vector<CellGraph> first;
  for (std::size_t row = 0; row < n; ++row) {
    auto graphs = graphs_of_row(features.subspan(row * columns_, columns_));
    if (!graphs) return Failure{"", fmt::format("row {} of the features is no graph", row + 1), graphs.failure().message};
    if (row == 0) {
      first = *graphs;
      graphs_ = first.size();
      known.resize(graphs_);
      kinds_.resize(graphs_);
    }
    const bool alike = graphs->size() == graphs_ &&
                       std::equal(graphs->begin(), graphs->end(), first.begin(),
                                  [](const auto& a, const auto& b) { return a.nodes == b.nodes && a.label == b.label; });
    if (!alike) return Failure{"", fmt::format("the graph of row {} has other nodes than that of row 1", row + 1), ""};
    for (std::size_t g = 0; g < graphs_; ++g) {
      for (const auto& edges : (*graphs)[g].operators)
        for (const std::uint8_t op : edges)
          if (!weights.empty() && op > weights.size())
            return Failure{"", fmt::format("operator_costs has {} numbers, and there is an operator {}", weights.size(), op),
                           "one number for each operator, in their order"};
      PackedGraph packed = packed_graph((*graphs)[g], true);
      const std::size_t around = packed.free == 0 ? 0 : packed.around.size() / packed.free;
      auto& kinds = kind_.emplace_back();
      kinds.fill(0);
      for (std::size_t u = 0; u < packed.free; ++u) {
        const auto begin = packed.around.begin() + static_cast<std::ptrdiff_t>(u * around);
        std::vector<std::uint8_t> own(begin, begin + static_cast<std::ptrdiff_t>(around));
        const auto [it, fresh] = known[g].try_emplace(own, static_cast<std::uint16_t>(kinds_[g].size()));
        if (fresh) kinds_[g].push_back(std::move(own));
        kinds[u] = it->second;
      }
      inner_.push_back(inner_edges(packed));
      packed_.push_back(std::move(packed));
    }
  }
  return {};
}

int GraphNeighbours::bound(std::size_t row, const std::vector<PackedGraph>& asked,
                           const std::vector<std::vector<std::uint16_t>>& around) const {
  int total = 0;
  for (std::size_t g = 0; g < graphs_; ++g) {
    const std::size_t at = row * graphs_ + g, free = asked[g].free, kinds = kinds_[g].size();
    const auto& kind = kind_[at];
    for (std::size_t u = 0; u < free; ++u) {
      const std::uint16_t* cost = around[g].data() + u * kinds;
      int least = cost[kind[0]];
      for (std::size_t v = 1; v < free; ++v) least = std::min<int>(least, cost[kind[v]]);
      total += least;
    }
  }
  return total;
}

std::vector<std::pair<int, std::uint32_t>> GraphNeighbours::nearest(std::span<const float> row, std::size_t k,
                                                                    std::span<const std::uint8_t> skip,
                                                                    std::size_t* compared) const {
  NAS_CHECK_EQ(row.size(), columns_);
  const auto graphs = graphs_of_row(row);
  NAS_CHECK(graphs && graphs->size() == graphs_);
  std::vector<PackedGraph> asked;
  std::vector<std::vector<std::uint16_t>> around(graphs_);
  std::vector<std::array<std::uint8_t, CellGraph::kLabels>> inner;
  for (std::size_t g = 0; g < graphs_; ++g) {
    asked.push_back(packed_graph((*graphs)[g], true));
    NAS_CHECK_EQ(asked[g].free, packed_[g].free);
    inner.push_back(inner_edges(asked[g]));
    const std::size_t width = asked[g].free == 0 ? 0 : asked[g].around.size() / asked[g].free;
    for (std::size_t u = 0; u < asked[g].free; ++u)
      for (const auto& kind : kinds_[g]) {
        int cost = 0;
        for (std::size_t i = 0; i < width; ++i) cost += costs_.operators[asked[g].around[u * width + i]][kind[i]];
        around[g].push_back(static_cast<std::uint16_t>(std::min(cost, 0xffff)));
      }
  }
  // Rows in the order of their bounds.
  const std::size_t n = packed_.size() / graphs_;
  std::vector<std::uint64_t> order;
  order.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!skip.empty() && skip[i]) continue;
    int least = bound(i, asked, around);
    for (std::size_t g = 0; g < graphs_; ++g) least += costs_.least * without_partner(inner[g], inner_[i * graphs_ + g]);
    order.push_back(static_cast<std::uint64_t>(least) << 32 | i);
  }
  // Small numbers are sorted by counting them; equal ones stay in the order of the rows.
  std::uint64_t largest = 0;
  for (const std::uint64_t entry : order) largest = std::max(largest, entry >> 32);
  if (largest < 1024) {
    std::vector<std::uint32_t> begin(largest + 2, 0);
    for (const std::uint64_t entry : order) ++begin[(entry >> 32) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    std::vector<std::uint64_t> sorted(order.size());
    for (const std::uint64_t entry : order) sorted[begin[entry >> 32]++] = entry;
    order.swap(sorted);
  } else {
    std::sort(order.begin(), order.end());
  }
  std::vector<std::pair<int, std::uint32_t>> found;
  std::priority_queue<int> best;  // the k smallest distances
  std::size_t count = 0;
  for (const std::uint64_t entry : order) {
    const int least = static_cast<int>(entry >> 32),
              farthest = best.size() < k ? std::numeric_limits<int>::max() / 4 : best.top();
    if (least > farthest) break;
    const auto i = static_cast<std::uint32_t>(entry);
    int apart = 0;
    for (std::size_t g = 0; g < graphs_ && apart <= farthest; ++g)
      apart += graph_distance(asked[g], packed_[i * graphs_ + g], costs_, farthest + 1 - apart);
    ++count;
    if (apart > farthest) continue;
    found.emplace_back(apart, i);
    best.push(apart);
    if (best.size() > k) best.pop();
  }
  if (compared) *compared = count;
  if (best.size() == k) std::erase_if(found, [&](const auto& near) { return near.first > best.top(); });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace nas
