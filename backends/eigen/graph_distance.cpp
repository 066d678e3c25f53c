#include "backends/eigen/graph_distance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "core/check.h"

namespace nas {
namespace {

constexpr std::size_t kMost = PackedGraph::kFree, kRow = PackedGraph::kLane;

/// How many operators of one node (out and in, by label) find no equal one at the other; 32 counts each.
int unmatched(const std::uint8_t* a, const std::uint8_t* b) {
#ifdef __SSE2__
  int total = 0;
  for (int side = 0; side < 2; ++side) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a) + side);
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b) + side);
    const __m128i zero = _mm_setzero_si128();
    const auto sum = [](const __m128i v) { return _mm_cvtsi128_si32(v) + _mm_cvtsi128_si32(_mm_srli_si128(v, 8)); };
    const int p = sum(_mm_sad_epu8(x, zero)), q = sum(_mm_sad_epu8(y, zero)), same = sum(_mm_sad_epu8(_mm_min_epu8(x, y), zero));
    total += std::max(p, q) - same;
  }
  return total;
#else
  int total = 0;
  for (int side = 0; side < 2; ++side) {
    int p = 0, q = 0, same = 0;
    for (int i = 16 * side; i < 16 * side + 16; ++i) p += a[i], q += b[i], same += std::min(a[i], b[i]);
    total += std::max(p, q) - same;
  }
  return total;
#endif
}

/// Matches the nodes of a, most edges first, with those of b. Costs are doubled, so that an edge can count half at each end;
/// whole matchings cost even numbers, so a bound one below the best is as good as the best.
class Matching {
 public:
  Matching(const PackedGraph& a, const PackedGraph& b, const EditCosts& costs, int cap)
      : a_(a), b_(b), costs_(costs), n_(std::max(a.free, b.free)), best_(2 * cap) {}

  int least() {
    const std::size_t around = a_.free > 0 ? a_.around.size() / a_.free : b_.free > 0 ? b_.around.size() / b_.free : 0;
    Level& first = levels_[0];
    first.left = n_;
    std::array<int, kMost> edges{};
    for (std::size_t u = 0; u < n_; ++u) {
      first.u[u] = first.v[u] = static_cast<std::uint8_t>(u);
      first.a_counts[u] = u < a_.free ? a_.counts[u] : Counts{};
      first.b_counts[u] = u < b_.free ? b_.counts[u] : Counts{};
      edges[u] = std::accumulate(first.a_counts[u].begin(), first.a_counts[u].end(), 0);
    }
    std::sort(first.u.begin(), first.u.begin() + static_cast<std::ptrdiff_t>(n_),
              [&](std::uint8_t p, std::uint8_t q) { return edges[p] != edges[q] ? edges[p] > edges[q] : p < q; });
    std::array<Counts, kMost> ordered;
    for (std::size_t i = 0; i < n_; ++i) ordered[i] = first.a_counts[first.u[i]];
    std::copy_n(ordered.begin(), n_, first.a_counts.begin());
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t v = 0; v < n_; ++v) {
        const std::size_t u = first.u[i];
        int cost = 0;
        if (u >= a_.free || v >= b_.free)
          cost = costs_.node;
        else if (a_.label[u] != b_.label[v])
          cost = costs_.node;
        for (std::size_t k = 0; k < around; ++k) {
          const std::uint8_t p = u < a_.free ? a_.around[u * around + k] : 0, q = v < b_.free ? b_.around[v * around + k] : 0;
          if (p != q) cost += costs_.operators[p][q];
        }
        first.cost[i][v] = 2 * cost;
      }
    descend(0, 0);
    return best_ / 2;
  }

 private:
  using Counts = std::array<std::uint8_t, 2 * kRow>;
  /// Nodes that are left after so many were matched; cost[i][j] is that of u[i] for v[j] by the edges to matched ones.
  struct Level {
    std::size_t left;
    std::array<std::uint8_t, kMost> u, v;
    std::array<std::array<int, kMost>, kMost> cost;
    std::array<Counts, kMost> a_counts, b_counts;
  };

  static std::uint8_t edge(const PackedGraph& graph, std::size_t from, std::size_t to) {
    return from < graph.free && to < graph.free ? graph.out[from][to] : 0;
  }

  void descend(std::size_t depth, int spent) {
    Level& level = levels_[depth];
    const std::size_t left = level.left;
    if (left == 0) {
      best_ = std::min(best_, spent);
      return;
    }
    if (left == 1) {
      best_ = std::min(best_, spent + level.cost[0][0]);
      return;
    }
    // What each pair costs at least; a row's cheapest partners add up, and so do a column's.
    std::array<std::array<int, kMost>, kMost> bound;
    std::array<int, kMost> columns;
    columns.fill(std::numeric_limits<int>::max());
    int rows = 0, first_row = 0;
    for (std::size_t i = 0; i < left; ++i) {
      int row = std::numeric_limits<int>::max();
      for (std::size_t j = 0; j < left; ++j) {
        const int b = level.cost[i][j] + costs_.least * unmatched(level.a_counts[i].data(), level.b_counts[j].data());
        bound[i][j] = b;
        row = std::min(row, b);
        columns[j] = std::min(columns[j], b);
      }
      rows += row;
      if (i == 0) first_row = row;
    }
    if (spent + rows + 1 >= best_) return;
    if (spent + std::accumulate(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(left), 1) >= best_) return;
    // Partners of the first node, cheapest first.
    std::array<std::uint8_t, kMost> order;
    for (std::size_t j = 0; j < left; ++j) {
      std::size_t at = j;
      for (; at > 0 && bound[0][order[at - 1]] > bound[0][j]; --at) order[at] = order[at - 1];
      order[at] = static_cast<std::uint8_t>(j);
    }
    for (std::size_t k = 0; k < left; ++k) {
      const std::size_t j = order[k];
      if (spent + rows - first_row + bound[0][j] + 1 >= best_) return;
      match(depth, j);
      descend(depth + 1, spent + level.cost[0][j]);
    }
  }

  void match(std::size_t depth, std::size_t partner) {
    const Level& from = levels_[depth];
    Level& to = levels_[depth + 1];
    to.left = from.left - 1;
    const std::size_t u = from.u[0], v = from.v[partner];
    for (std::size_t i = 1; i < from.left; ++i) {
      to.u[i - 1] = from.u[i];
      to.a_counts[i - 1] = from.a_counts[i];
      if (const std::uint8_t op = edge(a_, from.u[i], u)) --to.a_counts[i - 1][op];
      if (const std::uint8_t op = edge(a_, u, from.u[i])) --to.a_counts[i - 1][kRow + op];
    }
    for (std::size_t j = 0, out = 0; j < from.left; ++j) {
      if (j == partner) continue;
      to.v[out] = from.v[j];
      to.b_counts[out] = from.b_counts[j];
      if (const std::uint8_t op = edge(b_, from.v[j], v)) --to.b_counts[out][op];
      if (const std::uint8_t op = edge(b_, v, from.v[j])) --to.b_counts[out][kRow + op];
      ++out;
    }
    for (std::size_t i = 0; i < to.left; ++i) {
      const std::uint8_t out = edge(a_, u, to.u[i]), in = edge(a_, to.u[i], u);
      for (std::size_t j = 0; j < to.left; ++j)
        to.cost[i][j] = from.cost[i + 1][j < partner ? j : j + 1] +
                        2 * (costs_.operators[out][edge(b_, v, to.v[j])] + costs_.operators[in][edge(b_, to.v[j], v)]);
    }
  }

  const PackedGraph &a_, &b_;
  const EditCosts& costs_;
  std::size_t n_;
  int best_;
  std::array<Level, kMost + 1> levels_;
};

#ifdef __SSE2__

/// The same for unit costs: one register holds a row of 16 partners, one byte each. Costs are doubled as well and stay below 255
/// (twice the edges and the label that a node can differ in).
class UnitMatching {
 public:
  UnitMatching(const PackedGraph& a, const PackedGraph& b, int cap)
      : a_(a), b_(b), n_(std::max(a.free, b.free)), best_(2 * cap) {}

  int least() {
    if (n_ == 0) return 0;
    order_nodes();
    const std::size_t around = a_.free > 0 ? a_.around.size() / a_.free : b_.free > 0 ? b_.around.size() / b_.free : 0;
    alignas(16) std::array<std::uint8_t, kRow> row{};
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t u = u_[i];
      for (std::size_t v = 0; v < n_; ++v) {
        int differ = u >= a_.free || v >= b_.free || a_.label[u] != b_.label[v];
        if (u < a_.free && v < b_.free)
          for (std::size_t k = 0; k < around; ++k) differ += a_.around[u * around + k] != b_.around[v * around + k];
        else if (around > 0)
          for (std::size_t k = 0; k < around; ++k)
            differ += (u < a_.free ? a_.around[u * around + k] : b_.around[v * around + k]) != 0;
        row[v] = static_cast<std::uint8_t>(2 * differ);
      }
      cost_[0][i] = load(row.data());
    }
    // Partners of b by label of their edges: how many each has.
    for (auto& side : lanes_) std::fill(std::begin(side), std::end(side), _mm_setzero_si128());
    degrees_[0] = degrees_[1] = _mm_setzero_si128();
    const __m128i none = _mm_setzero_si128();
    for (std::size_t v = 0; v < n_; ++v) {
      b_out_[v] = v < b_.free ? load(b_.out[v].data()) : none;
      b_in_[v] = v < b_.free ? load(b_.in[v].data()) : none;
      add_edges(v, 1);
    }
    row.fill(0xff);
    std::fill_n(row.begin(), n_, std::uint8_t{0});
    descend(0, 0, load(row.data()));
    return best_ / 2;
  }

 private:
  struct Kind {
    std::uint8_t side, label, count;
  };

  static __m128i load(const std::uint8_t* bytes) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)); }
  static __m128i each(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
  static int smallest(__m128i v) {
    v = _mm_min_epu8(v, _mm_srli_si128(v, 8));
    v = _mm_min_epu8(v, _mm_srli_si128(v, 4));
    v = _mm_min_epu8(v, _mm_srli_si128(v, 2));
    v = _mm_min_epu8(v, _mm_srli_si128(v, 1));
    return _mm_cvtsi128_si32(v) & 0xff;
  }

  /// Most edges first; what edges each node has to those behind it and itself, for every depth.
  void order_nodes() {
    std::array<int, kMost> edges{};
    for (std::size_t u = 0; u < n_; ++u) {
      u_[u] = static_cast<std::uint8_t>(u);
      if (u < a_.free)
        for (std::size_t w = 0; w < a_.free; ++w) edges[u] += (a_.out[u][w] != 0) + (a_.in[u][w] != 0);
    }
    for (std::size_t i = 1; i < n_; ++i)
      for (std::size_t k = i; k > 0 && edges[u_[k]] > edges[u_[k - 1]]; --k) std::swap(u_[k], u_[k - 1]);
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t u = u_[i];
      std::array<std::uint8_t, 2 * kRow> counts{};
      std::uint8_t* degree = degree_[i].data();
      degree[0] = degree[1] = 0;
      for (std::size_t k = 0; k < n_; ++k) {
        const std::size_t w = u_[k];
        const bool there = u < a_.free && w < a_.free;
        a_out_[i][k] = there ? a_.out[u][w] : 0;
        a_in_[i][k] = there ? a_.in[u][w] : 0;
      }
      // From the last depth at which the node is left to the first: every step brings one more neighbour.
      std::size_t kinds = 0;
      for (std::size_t k = i + 1; k < n_; ++k) count_edges(i, k, counts, degree);
      for (std::size_t depth = i + 1; depth-- > 0;) {
        if (depth < i) count_edges(i, depth, counts, degree);
        kinds = 0;
        for (std::uint32_t left = seen_; left != 0; left &= left - 1) {
          const auto at = static_cast<std::size_t>(std::countr_zero(left));
          kinds_[depth][i][kinds++] = {static_cast<std::uint8_t>(at >= kRow), static_cast<std::uint8_t>(at % kRow), counts[at]};
        }
        kind_count_[depth][i] = static_cast<std::uint8_t>(kinds);
        a_degrees_[depth][i] = {degree[0], degree[1]};
      }
      seen_ = 0;
    }
  }
  void count_edges(std::size_t i, std::size_t k, std::array<std::uint8_t, 2 * kRow>& counts, std::uint8_t* degree) {
    if (const std::uint8_t op = a_out_[i][k]) ++counts[op], ++degree[0], seen_ |= 1u << op;
    if (const std::uint8_t op = a_in_[i][k]) ++counts[kRow + op], ++degree[1], seen_ |= 1u << (kRow + op);
  }

  /// Node v's edges count (sign 1) or no longer count (-1) at its neighbours.
  void add_edges(std::size_t v, int sign) {
    if (v >= b_.free) return;
    for (std::size_t x = 0; x < b_.free; ++x) {
      // An edge from x to v is one out of x.
      if (const std::uint8_t op = b_.in[v][x]) add_at(0, op, x, sign);
      if (const std::uint8_t op = b_.out[v][x]) add_at(1, op, x, sign);
    }
  }
  void add_at(std::size_t side, std::uint8_t op, std::size_t x, int sign) {
    const __m128i one = load(kOneAt + (kRow - x));
    lanes_[side][op] = sign > 0 ? _mm_add_epi8(lanes_[side][op], one) : _mm_sub_epi8(lanes_[side][op], one);
    degrees_[side] = sign > 0 ? _mm_add_epi8(degrees_[side], one) : _mm_sub_epi8(degrees_[side], one);
  }

  /// `used` is 255 where a partner is taken.
  void descend(std::size_t depth, int spent, __m128i used) {
    const auto& cost = cost_[depth];
    if (depth + 1 == n_) {
      best_ = std::min(best_, spent + smallest(_mm_or_si128(cost[depth], used)));
      return;
    }
    __m128i columns = each(255), first = columns;
    int rows = 0, first_row = 0;
    for (std::size_t i = depth; i < n_; ++i) {
      __m128i same = _mm_setzero_si128();
      for (std::size_t k = 0; k < kind_count_[depth][i]; ++k) {
        const Kind kind = kinds_[depth][i][k];
        same = _mm_add_epi8(same, _mm_min_epu8(each(kind.count), lanes_[kind.side][kind.label]));
      }
      const auto [out, in] = a_degrees_[depth][i];
      const __m128i most = _mm_add_epi8(_mm_max_epu8(each(out), degrees_[0]), _mm_max_epu8(each(in), degrees_[1]));
      const __m128i bound = _mm_or_si128(_mm_add_epi8(cost[i], _mm_sub_epi8(most, same)), used);
      columns = _mm_min_epu8(columns, bound);
      const int row = smallest(bound);
      rows += row;
      if (i == depth) {
        first = bound;
        first_row = row;
      }
    }
    if (spent + rows + 1 >= best_) return;
    // Taken columns count nothing: their minimum is 255.
    const __m128i sums = _mm_sad_epu8(_mm_andnot_si128(used, columns), _mm_setzero_si128());
    if (spent + _mm_cvtsi128_si32(sums) + _mm_cvtsi128_si32(_mm_srli_si128(sums, 8)) + 1 >= best_) return;
    alignas(16) std::array<std::uint8_t, kRow> bounds, costs;
    _mm_store_si128(reinterpret_cast<__m128i*>(bounds.data()), first);
    _mm_store_si128(reinterpret_cast<__m128i*>(costs.data()), cost[depth]);
    for (;;) {
      // The cheapest partner that is left.
      std::size_t v = 0;
      for (std::size_t j = 1; j < n_; ++j)
        if (bounds[j] < bounds[v]) v = j;
      if (bounds[v] == 255 || spent + rows - first_row + bounds[v] + 1 >= best_) return;
      bounds[v] = 255;
      auto& next = cost_[depth + 1];
      const __m128i out = b_out_[v], in = b_in_[v], four = each(4);
      for (std::size_t i = depth + 1; i < n_; ++i) {
        // Equal bytes give -1, twice each.
        const __m128i equal =
            _mm_add_epi8(_mm_cmpeq_epi8(each(a_out_[depth][i]), out), _mm_cmpeq_epi8(each(a_in_[depth][i]), in));
        next[i] = _mm_add_epi8(cost[i], _mm_add_epi8(four, _mm_add_epi8(equal, equal)));
      }
      add_edges(v, -1);
      descend(depth + 1, spent + costs[v], _mm_or_si128(used, load(kAllAt + (kRow - v))));
      add_edges(v, 1);
    }
  }

  static constexpr std::uint8_t kOneAt[2 * kRow] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  static constexpr std::uint8_t kAllAt[2 * kRow] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255};

  const PackedGraph &a_, &b_;
  std::size_t n_;
  int best_;
  std::uint32_t seen_ = 0;
  std::array<std::uint8_t, kMost> u_;
  std::array<std::array<std::uint8_t, kMost>, kMost> a_out_, a_in_;
  std::array<std::array<std::uint8_t, 2>, kMost> degree_;
  std::array<std::array<std::array<Kind, 2 * kMost>, kMost>, kMost> kinds_;
  std::array<std::array<std::uint8_t, kMost>, kMost> kind_count_;
  std::array<std::array<std::pair<std::uint8_t, std::uint8_t>, kMost>, kMost> a_degrees_;
  __m128i cost_[kMost][kMost], lanes_[2][kRow], b_out_[kMost], b_in_[kMost], degrees_[2];
};
#endif

}  // namespace

EditCosts::EditCosts() {
  for (std::size_t a = 0; a < CellGraph::kLabels; ++a)
    for (std::size_t b = 0; b < CellGraph::kLabels; ++b) operators[a][b] = a != b;
}

EditCosts::EditCosts(std::span<const double> weights) : unit(false) {
  std::array<int, CellGraph::kLabels> steps{};
  double largest = 0;
  for (const double weight : weights) largest = std::max(largest, weight);
  step = largest > 0 ? largest / 4096 : 1;
  for (std::size_t i = 0; i < weights.size() && i + 1 < steps.size(); ++i)
    steps[i + 1] = static_cast<int>(std::lround(weights[i] / step));
  least = 0xffff;
  for (std::size_t a = 0; a < CellGraph::kLabels; ++a)
    for (std::size_t b = 0; b < CellGraph::kLabels; ++b) {
      operators[a][b] = static_cast<std::uint16_t>(std::abs(steps[a] - steps[b]));
      if (a != b && a <= weights.size() && b <= weights.size()) least = std::min(least, operators[a][b]);
    }
  node = 4096;
}

PackedGraph packed_graph(const CellGraph& graph, bool anchored) {
  PackedGraph packed;
  std::vector<std::size_t> free, fixed;
  for (std::size_t node = 0; node < graph.nodes; ++node) (anchored && graph.label[node] != 0 ? fixed : free).push_back(node);
  NAS_CHECK(free.size() <= PackedGraph::kFree);
  std::stable_sort(fixed.begin(), fixed.end(), [&](std::size_t a, std::size_t b) { return graph.label[a] < graph.label[b]; });
  packed.free = static_cast<std::uint8_t>(free.size());
  for (std::size_t i = 0; i < free.size(); ++i) {
    packed.label[i] = graph.label[free[i]];
    for (std::size_t j = 0; j < free.size(); ++j) {
      packed.out[i][j] = graph.operators[free[j]][free[i]];
      packed.in[i][j] = graph.operators[free[i]][free[j]];
      if (packed.out[i][j] != 0) ++packed.counts[i][packed.out[i][j]];
      if (packed.in[i][j] != 0) ++packed.counts[i][PackedGraph::kLane + packed.in[i][j]];
    }
    for (const std::size_t node : fixed) {
      packed.around.push_back(graph.operators[free[i]][node]);
      packed.around.push_back(graph.operators[node][free[i]]);
    }
  }
  for (const std::size_t node : fixed) packed.fixed.push_back(graph.label[node]);
  for (const std::size_t to : fixed)
    for (const std::size_t from : fixed) packed.fixed.push_back(graph.operators[to][from]);
  return packed;
}

int graph_distance(const PackedGraph& a, const PackedGraph& b, const EditCosts& costs, int cap) {
  int apart = 0;
  NAS_CHECK(a.fixed.size() == b.fixed.size());
  const auto labels = static_cast<std::size_t>((std::sqrt(1 + 4 * static_cast<double>(a.fixed.size())) - 1) / 2 + 0.5);
  for (std::size_t i = labels; i < a.fixed.size(); ++i) apart += costs.operators[a.fixed[i]][b.fixed[i]];
  if (apart >= cap) return apart;
#ifdef __SSE2__
  if (costs.unit) return apart + UnitMatching(a, b, cap - apart).least();
#endif
  return apart + Matching(a, b, costs, cap - apart).least();
}

double graph_edit_distance(const CellGraph& a, const CellGraph& b, const EditCosts& costs) {
  return costs.step * graph_distance(packed_graph(a, costs.anchored), packed_graph(b, costs.anchored), costs);
}

}  // namespace nas
