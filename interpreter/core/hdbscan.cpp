#include "core/hdbscan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/check.h"
#include "core/clones.h"
#include "core/parallel.h"

namespace nas {
namespace {

/// Rows of which distances are asked for together.
constexpr std::size_t kBlock = 128;
/// Rows of a spanning tree that are worth a thread: some microseconds.
constexpr std::size_t kRowsPerThread = 1024;

template <std::size_t Words>
using Row = std::array<std::uint64_t, Words>;

/// Bits word by word, so that a word of several rows is read at once.
template <std::size_t Words>
struct Columns {
  std::array<std::vector<std::uint64_t>, Words> word;

  Row<Words> row(std::size_t i) const {
    Row<Words> row;
    for (std::size_t w = 0; w < Words; ++w) row[w] = word[w][i];
    return row;
  }
};

template <std::size_t Words>
[[gnu::always_inline]] inline void count_differences(const Columns<Words>& rows, const Row<Words>& row, std::size_t begin,
                                                     std::size_t count, std::uint16_t* __restrict out) {
  std::array<const std::uint64_t*, Words> word;
  for (std::size_t w = 0; w < Words; ++w) word[w] = rows.word[w].data() + begin;
  for (std::size_t j = 0; j < count; ++j) {
    std::uint64_t d = 0;
#pragma GCC unroll 16
    for (std::size_t w = 0; w < Words; ++w) d += static_cast<std::uint64_t>(__builtin_popcountll(row[w] ^ word[w][j]));
    out[j] = static_cast<std::uint16_t>(d);
  }
}

template <std::size_t Words>
NAS_CLONES void count_one_by_one(const Columns<Words>& rows, const Row<Words>& row, std::size_t begin, std::size_t count,
                                 std::uint16_t* out) {
  count_differences(rows, row, begin, count, out);
}

#ifdef NAS_WIDE_BITS
template <std::size_t Words>
NAS_WIDE_BITS void count_eight_at_once(const Columns<Words>& rows, const Row<Words>& row, std::size_t begin, std::size_t count,
                                       std::uint16_t* out) {
  count_differences(rows, row, begin, count, out);
}
#endif

/// Squared distances between a row and the `count` rows from `begin` on.
template <std::size_t Words>
void distances(const Columns<Words>& rows, const Row<Words>& row, std::size_t begin, std::size_t count, std::uint16_t* out) {
#ifdef NAS_WIDE_BITS
  static const bool wide = __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vpopcntdq");
  if (wide) return count_eight_at_once(rows, row, begin, count, out);
#endif
  count_one_by_one(rows, row, begin, count, out);
}

/// The k-th smallest squared distance from every row in [begin, end) to the others.
template <std::size_t Words>
NAS_CLONES void core_distances(const Columns<Words>& rows, std::size_t n, std::size_t k, std::size_t begin, std::size_t end,
                               std::uint16_t* core) {
  constexpr std::size_t kTogether = 16;  // rows that read a block while it is near
  struct Nearest {
    std::array<std::uint32_t, 64 * Words + 1> counts{};
    // Only distances below the k-th smallest so far are counted: soon that is rarely any.
    std::uint16_t limit = 64 * Words + 1;
    std::size_t below = 0;
  };
  std::array<std::uint16_t, kBlock> d;
  for (std::size_t first = begin; first < end; first += kTogether) {
    std::array<Nearest, kTogether> nearest{};
    const std::size_t last = std::min(first + kTogether, end);
    for (std::size_t block = 0; block < n; block += kBlock) {
      const std::size_t count = std::min(kBlock, n - block);
      for (std::size_t i = first; i < last; ++i) {
        auto& [counts, limit, below] = nearest[i - first];
        distances(rows, rows.row(i), block, count, d.data());
        if (i >= block && i < block + count) d[i - block] = std::numeric_limits<std::uint16_t>::max();
        std::uint16_t least = std::numeric_limits<std::uint16_t>::max();
        for (std::size_t j = 0; j < count; ++j) least = std::min(least, d[j]);
        if (least >= limit) continue;
        for (std::size_t j = 0; j < count; ++j) {
          if (d[j] >= limit) continue;
          ++counts[d[j]];
          ++below;
          while (below - counts[limit - 1u] >= k) below -= counts[--limit];
        }
      }
    }
    for (std::size_t i = first; i < last; ++i) core[i] = static_cast<std::uint16_t>(nearest[i - first].limit - 1);
  }
}

struct Edge {
  std::uint32_t a, b;
  std::uint16_t weight;  ///< squared mutual-reachability distance
};

/// A tree that grows by its nearest row: the rows that are not in it yet lie packed at the front.
template <std::size_t Words>
struct GrowingTree {
  Columns<Words> rows;
  std::vector<std::uint16_t> core;
  std::vector<std::uint32_t> id, parent;
  std::vector<std::uint16_t> nearest;  ///< weight of the edge to the parent

  GrowingTree(Columns<Words> bits, std::vector<std::uint16_t> core_distances)
      : rows(std::move(bits)),
        core(std::move(core_distances)),
        id(core.size()),
        parent(core.size(), 0),
        nearest(core.size(), std::numeric_limits<std::uint16_t>::max()) {
    std::iota(id.begin(), id.end(), 0u);
  }
  /// Row `to` becomes row `from`.
  void move(std::size_t from, std::size_t to) {
    for (auto& word : rows.word) word[to] = word[from];
    core[to] = core[from];
    id[to] = id[from];
    parent[to] = parent[from];
    nearest[to] = nearest[from];
  }
};

struct Candidate {
  std::uint16_t weight = std::numeric_limits<std::uint16_t>::max();
  std::size_t row = 0;
};

/// The nearest of the rows in [begin, end), the first of equals, when `row` has just joined the tree.
template <std::size_t Words>
NAS_CLONES Candidate nearest_after(GrowingTree<Words>& tree, const Row<Words>& row, std::uint16_t row_core, std::uint32_t row_id,
                                   std::size_t begin, std::size_t end) {
  Candidate best{std::numeric_limits<std::uint16_t>::max(), begin};
  std::array<std::uint16_t, kBlock> weight;
  for (std::size_t block = begin; block < end; block += kBlock) {
    const std::size_t count = std::min(kBlock, end - block);
    const std::uint16_t* __restrict core = tree.core.data() + block;
    std::uint16_t* __restrict nearest = tree.nearest.data() + block;
    distances(tree.rows, row, block, count, weight.data());
    for (std::size_t j = 0; j < count; ++j) weight[j] = std::max({weight[j], core[j], row_core});
    std::uint16_t least = std::numeric_limits<std::uint16_t>::max(), nearer = 0;
    for (std::size_t j = 0; j < count; ++j) {
      least = std::min({least, weight[j], nearest[j]});
      nearer |= static_cast<std::uint16_t>(weight[j] < nearest[j]);
    }
    if (nearer != 0)
      for (std::size_t j = 0; j < count; ++j)
        if (weight[j] < nearest[j]) {
          nearest[j] = weight[j];
          tree.parent[block + j] = row_id;
        }
    if (least < best.weight)
      best = {least, block + static_cast<std::size_t>(std::find(nearest, nearest + count, least) - nearest)};
  }
  return best;
}

/// Prim's algorithm on the complete graph of mutual-reachability distances.
template <std::size_t Words>
std::vector<Edge> spanning_tree(GrowingTree<Words> tree, ThreadPool& threads) {
  std::size_t left = tree.id.size(), current = 0;
  std::vector<Edge> edges;
  edges.reserve(left - 1);
  std::vector<Candidate> nearest(threads.size());
  while (true) {
    const Row<Words> row = tree.rows.row(current);
    const std::uint16_t row_core = tree.core[current];
    const std::uint32_t row_id = tree.id[current];
    tree.move(--left, current);
    if (left == 0) return edges;
    std::fill(nearest.begin(), nearest.end(), Candidate{});
    threads.in_parts(left, left / kRowsPerThread, [&](std::size_t part, std::size_t begin, std::size_t end) {
      nearest[part] = nearest_after(tree, row, row_core, row_id, begin, end);
    });
    const Candidate best =
        *std::min_element(nearest.begin(), nearest.end(), [](const auto& a, const auto& b) { return a.weight < b.weight; });
    edges.push_back({tree.parent[best.row], tree.id[best.row], best.weight});
    current = best.row;
  }
}

/// Edges of the minimum spanning tree of mutual-reachability distances, lightest first.
template <std::size_t Words>
std::vector<Edge> tree_of(const BitRows& bits, const HdbscanOptions& options) {
  const std::size_t n = bits.size();
  Columns<Words> rows;
  for (std::size_t w = 0; w < Words; ++w) {
    rows.word[w].assign(n, 0);
    for (std::size_t i = 0; i < n && w < bits.words; ++i) rows.word[w][i] = bits.bits[i * bits.words + w];
  }
  const std::size_t k = std::min(static_cast<std::size_t>(options.min_samples), n - 1);
  std::vector<std::uint16_t> core(n);
  ThreadPool threads(static_cast<std::size_t>(options.threads));
  threads.in_parts(n, threads.size(), [&](std::size_t, std::size_t begin, std::size_t end) {
    core_distances<Words>(rows, n, k, begin, end, core.data());
  });
  auto edges = spanning_tree<Words>({std::move(rows), std::move(core)}, threads);
  std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.weight < b.weight; });
  return edges;
}

std::vector<Edge> tree_of(const BitRows& bits, const HdbscanOptions& options) {
  switch (bits.words) {
    case 1:
      return tree_of<1>(bits, options);
    case 2:
      return tree_of<2>(bits, options);
    case 3:
      return tree_of<3>(bits, options);
    case 4:
      return tree_of<4>(bits, options);
    default:
      break;
  }
  NAS_CHECK(bits.words <= 64);
  return bits.words <= 16 ? tree_of<16>(bits, options) : tree_of<64>(bits, options);
}

/// Which rows belong together at which distance. Nodes below n are the rows; every other node joins its children at one weight.
struct Dendrogram {
  std::vector<std::uint32_t> first_child, children;  ///< of node n + i: children[first_child[i] .. first_child[i + 1])
  std::vector<std::uint16_t> weight;
  std::vector<std::uint32_t> size;  ///< rows below, by node
};

Dendrogram dendrogram_of(std::size_t n, const std::vector<Edge>& edges) {
  Dendrogram tree;
  tree.first_child = {0};
  tree.size.assign(n, 1);
  std::vector<std::uint32_t> leader(n), node(n);
  std::iota(leader.begin(), leader.end(), 0u);
  std::iota(node.begin(), node.end(), 0u);
  auto find = [&](std::uint32_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  std::vector<std::uint32_t> touched;
  for (std::size_t begin = 0; begin < edges.size();) {
    std::size_t end = begin;
    touched.clear();
    for (; end < edges.size() && edges[end].weight == edges[begin].weight; ++end)
      for (const std::uint32_t side : {find(edges[end].a), find(edges[end].b)}) touched.push_back(side);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (std::size_t e = begin; e < end; ++e) {
      const std::uint32_t a = find(edges[e].a), b = find(edges[e].b);
      leader[std::max(a, b)] = std::min(a, b);
    }
    std::sort(touched.begin(), touched.end(),
              [&](std::uint32_t a, std::uint32_t b) { return std::pair(find(a), a) < std::pair(find(b), b); });
    for (std::size_t i = 0; i < touched.size();) {
      const std::uint32_t root = find(touched[i]);
      std::uint32_t rows = 0;
      for (; i < touched.size() && find(touched[i]) == root; ++i) {
        tree.children.push_back(node[touched[i]]);
        rows += tree.size[node[touched[i]]];
      }
      tree.first_child.push_back(static_cast<std::uint32_t>(tree.children.size()));
      tree.weight.push_back(edges[begin].weight);
      node[root] = static_cast<std::uint32_t>(tree.size.size());
      tree.size.push_back(rows);
    }
    begin = end;
  }
  return tree;
}

/// 1 / distance; rows without any distance count as half a bit apart.
double density(std::uint16_t weight) {
  return 1 / std::sqrt(weight == 0 ? 0.5 : static_cast<double>(weight));
}

/// The cluster that each row belongs to last, going up in density.
std::vector<std::int32_t> condense(std::size_t n, const Dendrogram& tree, std::size_t min_cluster_size,
                                   std::vector<CondensedCluster>& clusters) {
  std::vector<std::int32_t> last(n, 0);
  clusters.push_back({-1, 0, 0, n, false});
  std::vector<std::pair<std::uint32_t, std::int32_t>> open{{static_cast<std::uint32_t>(tree.size.size() - 1), 0}};
  std::vector<std::uint32_t> below, big;
  while (!open.empty()) {
    const auto [node, cluster] = open.back();
    open.pop_back();
    const double lambda = density(tree.weight[node - n]);
    big.clear();
    for (std::uint32_t c = tree.first_child[node - n]; c < tree.first_child[node - n + 1]; ++c) {
      const std::uint32_t child = tree.children[c];
      if (tree.size[child] >= min_cluster_size) {
        big.push_back(child);
        continue;
      }
      clusters[static_cast<std::size_t>(cluster)].stability +=
          tree.size[child] * (lambda - clusters[static_cast<std::size_t>(cluster)].birth);
      below.assign(1, child);
      while (!below.empty()) {
        const std::uint32_t at = below.back();
        below.pop_back();
        if (at < n)
          last[at] = cluster;
        else
          below.insert(below.end(), tree.children.begin() + tree.first_child[at - n],
                       tree.children.begin() + tree.first_child[at - n + 1]);
      }
    }
    for (const std::uint32_t child : big) {
      if (big.size() == 1) {
        open.emplace_back(child, cluster);
        continue;
      }
      clusters[static_cast<std::size_t>(cluster)].stability +=
          tree.size[child] * (lambda - clusters[static_cast<std::size_t>(cluster)].birth);
      open.emplace_back(child, static_cast<std::int32_t>(clusters.size()));
      clusters.push_back({cluster, lambda, 0, tree.size[child], false});
    }
  }
  return last;
}

/// The clusters without one inside another whose stabilities sum to the most.
void select(std::vector<CondensedCluster>& clusters) {
  std::vector<double> inside(clusters.size(), 0);
  for (std::size_t c = clusters.size(); c-- > 1;) {
    clusters[c].selected = clusters[c].stability >= inside[c];
    inside[static_cast<std::size_t>(clusters[c].parent)] += std::max(clusters[c].stability, inside[c]);
  }
  for (std::size_t c = 1; c < clusters.size(); ++c)
    for (std::int32_t above = clusters[c].parent; above > 0 && clusters[c].selected;
         above = clusters[static_cast<std::size_t>(above)].parent)
      if (clusters[static_cast<std::size_t>(above)].selected) clusters[c].selected = false;
}

}  // namespace

BitRows one_hot_bits(const Space& space, std::span<const std::uint8_t> genomes) {
  const std::size_t genes = space.gene_count(), n = genes == 0 ? 0 : genomes.size() / genes;
  BitRows rows{(space.feature_count() + 63) / 64, {}};
  rows.bits.assign(n * rows.words, 0);
  std::vector<std::uint8_t> active(genes);
  for (std::size_t i = 0; i < n; ++i) {
    const auto genome = genomes.subspan(i * genes, genes);
    space.active(genome, active);
    std::size_t column = 0;
    for (std::size_t g = 0; g < genes; ++g) {
      const std::size_t bit = column + genome[g];
      if (active[g]) rows.bits[i * rows.words + bit / 64] |= std::uint64_t{1} << (bit % 64);
      column += space.genes()[g].options.size();
    }
  }
  return rows;
}

Clusters hdbscan(const BitRows& rows, const HdbscanOptions& options) {
  NAS_CHECK(options.min_cluster_size >= 2 && options.min_samples >= 1);
  const std::size_t n = rows.size();
  Clusters out;
  out.labels.assign(n, -1);
  if (n < 2) return out;
  const auto edges = tree_of(rows, options);
  for (const Edge& edge : edges) out.tree_weight += std::sqrt(static_cast<double>(edge.weight));
  const Dendrogram tree = dendrogram_of(n, edges);
  const auto last = condense(n, tree, static_cast<std::size_t>(options.min_cluster_size), out.tree);
  select(out.tree);
  std::vector<std::int32_t> label(out.tree.size(), -1);
  for (std::size_t i = 0; i < n; ++i) {
    std::int32_t cluster = last[i];
    while (cluster >= 0 && !out.tree[static_cast<std::size_t>(cluster)].selected)
      cluster = out.tree[static_cast<std::size_t>(cluster)].parent;
    if (cluster < 0) continue;
    std::int32_t& name = label[static_cast<std::size_t>(cluster)];
    if (name < 0) name = out.count++;
    out.labels[i] = name;
  }
  return out;
}

}  // namespace nas
