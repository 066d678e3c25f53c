#include "core/hdbscan.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/check.h"
#include "core/parallel.h"

// The distances are the inner loop: where the processor counts bits itself, it does so. Not under the thread sanitizer, whose
// functions cannot be called yet when the loader chooses between the clones.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_COUNTS_BITS __attribute__((target_clones("default", "popcnt")))
#else
#define NAS_COUNTS_BITS
#endif

namespace nas {
namespace {

template <std::size_t Words>
struct Row {
  std::uint64_t word[Words];
};

/// The k-th smallest distance from every row in [begin, end) to the others.
template <std::size_t Words>
NAS_COUNTS_BITS void core_distances(const Row<Words>* rows, std::size_t n, std::size_t k, std::size_t begin, std::size_t end,
                                    std::uint16_t* core) {
  std::uint32_t counts[64 * Words + 1];
  for (std::size_t i = begin; i < end; ++i) {
    std::fill(std::begin(counts), std::end(counts), 0u);
    // Only distances below the k-th smallest so far are counted: soon that is rarely any.
    std::uint32_t limit = 64 * Words + 1;
    std::size_t below = 0;
    for (std::size_t j = 0; j < n; ++j) {
      std::uint32_t d = 0;
      for (std::size_t w = 0; w < Words; ++w)
        d += static_cast<std::uint32_t>(__builtin_popcountll(rows[i].word[w] ^ rows[j].word[w]));
      if (d >= limit || j == i) continue;
      ++counts[d];
      ++below;
      while (below - counts[limit - 1] >= k) below -= counts[--limit];
    }
    core[i] = static_cast<std::uint16_t>(limit - 1);
  }
}

struct Edge {
  std::uint32_t a, b;
  std::uint16_t weight;  ///< squared mutual-reachability distance
};

/// Prim's algorithm on the complete graph; what is not in the tree yet lies packed at the front.
template <std::size_t Words>
NAS_COUNTS_BITS std::vector<Edge> spanning_tree(std::vector<Row<Words>> rows, std::vector<std::uint16_t> core) {
  const std::size_t n = rows.size();
  std::vector<std::uint32_t> id(n), parent(n, 0);
  std::iota(id.begin(), id.end(), 0u);
  std::vector<std::uint16_t> nearest(n, std::numeric_limits<std::uint16_t>::max());
  std::vector<Edge> edges;
  edges.reserve(n - 1);
  std::size_t left = n, current = 0;
  while (true) {
    const Row<Words> row = rows[current];
    const std::uint16_t row_core = core[current];
    const std::uint32_t row_id = id[current];
    --left;
    rows[current] = rows[left];
    core[current] = core[left];
    id[current] = id[left];
    parent[current] = parent[left];
    nearest[current] = nearest[left];
    if (left == 0) return edges;
    std::size_t best = 0;
    std::uint16_t best_weight = std::numeric_limits<std::uint16_t>::max();
    for (std::size_t j = 0; j < left; ++j) {
      std::uint32_t d = 0;
      for (std::size_t w = 0; w < Words; ++w)
        d += static_cast<std::uint32_t>(__builtin_popcountll(row.word[w] ^ rows[j].word[w]));
      const auto weight = std::max({static_cast<std::uint16_t>(d), core[j], row_core});
      if (weight < nearest[j]) {
        nearest[j] = weight;
        parent[j] = row_id;
      }
      if (nearest[j] < best_weight) {
        best_weight = nearest[j];
        best = j;
      }
    }
    edges.push_back({parent[best], id[best], best_weight});
    current = best;
  }
}

/// Edges of the minimum spanning tree of mutual-reachability distances, lightest first.
template <std::size_t Words>
std::vector<Edge> tree_of(const BitRows& bits, const HdbscanOptions& options) {
  const std::size_t n = bits.size();
  std::vector<Row<Words>> rows(n, Row<Words>{});
  for (std::size_t i = 0; i < n; ++i)
    std::copy_n(bits.bits.begin() + static_cast<std::ptrdiff_t>(i * bits.words), bits.words, rows[i].word);
  const std::size_t k = std::min(static_cast<std::size_t>(options.min_samples), n - 1);
  std::vector<std::uint16_t> core(n);
  in_parts(n, static_cast<std::size_t>(options.threads), [&](std::size_t, std::size_t begin, std::size_t end) {
    core_distances<Words>(rows.data(), n, k, begin, end, core.data());
  });
  auto edges = spanning_tree<Words>(std::move(rows), std::move(core));
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
