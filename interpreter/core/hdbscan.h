#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/space.h"

namespace nas {

/// Rows of bits, e.g. one-hot encodings of networks: one bit per option of every active gene.
struct BitRows {
  std::size_t words = 0;  ///< 64-bit words per row
  std::vector<std::uint64_t> bits;

  std::size_t size() const { return words == 0 ? 0 : bits.size() / words; }
};

/// The masked one-hot columns of `Space::features` as bits: n canonical genomes, row-major.
BitRows one_hot_bits(const Space& space, std::span<const std::uint8_t> genomes);

struct HdbscanOptions {
  int min_cluster_size = 50;  ///< at least 2
  int min_samples = 10;       ///< neighbours, the row itself not among them, that a dense row has; at least 1
  int threads = 1;            ///< the result is the same for any number
};

/// One cluster of the condensed tree; children stand behind their parents.
struct CondensedCluster {
  std::int32_t parent = -1;
  double birth = 0;      ///< 1 / distance at which it splits off
  double stability = 0;  ///< sum over its rows of (1 / distance at which the row leaves - birth)
  std::size_t rows = 0;
  bool selected = false;
};
struct Clusters {
  std::vector<std::int32_t> labels;  ///< 0, 1, ... by the first row of a cluster; -1 = noise
  std::int32_t count = 0;
  std::vector<CondensedCluster> tree;
  double tree_weight = 0;  ///< of the minimum spanning tree of mutual-reachability distances
};

/// HDBSCAN (Campello, Moulavi and Sander, PAKDD 2013) of rows under the Euclidean distance of their bits, exact: the distances
/// are square roots of whole numbers, so the spanning tree is one of integers. Merges at one distance happen together, so the
/// clusters do not depend on the order of the rows. Clusters are selected by excess of mass; the root never is.
/// O(n^2) time, O(n) memory. Fewer than 2 rows give noise.
Clusters hdbscan(const BitRows& rows, const HdbscanOptions& options);

}  // namespace nas
