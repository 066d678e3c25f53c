#include "core/hdbscan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "core/rng.h"
#include "tests/space/space_fixture.h"

namespace nas {
namespace {

/// Genes of three options as one-hot bits: `centres` groups around random centres, a share of each row redrawn, then noise rows.
BitRows planted(std::size_t n, std::size_t centres, double redrawn, double noise, std::uint64_t seed,
                std::vector<int>* truth = nullptr) {
  constexpr std::size_t kGenes = 40;
  Stream random(seed, "planted");
  std::vector<std::vector<unsigned>> centre(centres, std::vector<unsigned>(kGenes));
  for (auto& c : centre)
    for (auto& gene : c) gene = random.below(3);
  BitRows rows{2, std::vector<std::uint64_t>(2 * n, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    const bool stray = random.uniform() < noise;
    const std::size_t mine = random.below(static_cast<std::uint32_t>(centres));
    for (std::size_t g = 0; g < kGenes; ++g) {
      const bool fresh = stray || random.uniform() < redrawn;
      const std::size_t bit = 3 * g + (fresh ? random.below(3) : centre[mine][g]);
      rows.bits[2 * i + bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
    if (truth) truth->push_back(stray ? -1 : static_cast<int>(mine));
  }
  return rows;
}

int squared(const BitRows& rows, std::size_t a, std::size_t b) {
  int d = 0;
  for (std::size_t w = 0; w < rows.words; ++w) d += std::popcount(rows.bits[a * rows.words + w] ^ rows.bits[b * rows.words + w]);
  return d;
}

/// Weight of the minimum spanning tree by sorting every pair (Kruskal).
double weight_by_kruskal(const BitRows& rows, int min_samples) {
  const std::size_t n = rows.size();
  std::vector<int> core;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<int> d;
    for (std::size_t j = 0; j < n; ++j)
      if (j != i) d.push_back(squared(rows, i, j));
    std::sort(d.begin(), d.end());
    core.push_back(d[std::min<std::size_t>(static_cast<std::size_t>(min_samples), d.size()) - 1]);
  }
  std::vector<std::tuple<int, std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) pairs.emplace_back(std::max({squared(rows, i, j), core[i], core[j]}), i, j);
  std::sort(pairs.begin(), pairs.end());
  std::vector<std::size_t> leader(n);
  std::iota(leader.begin(), leader.end(), 0u);
  const std::function<std::size_t(std::size_t)> find = [&](std::size_t i) {
    return leader[i] == i ? i : leader[i] = find(leader[i]);
  };
  double weight = 0;
  for (const auto& [d, a, b] : pairs)
    if (find(a) != find(b)) {
      leader[find(a)] = find(b);
      weight += std::sqrt(d);
    }
  return weight;
}

TEST(Hdbscan, SpanningTreeIsMinimal) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const BitRows rows = planted(250, 4, 0.3, 0.1, seed);
    for (const int min_samples : {1, 5, 10, 400})
      EXPECT_NEAR(hdbscan(rows, {20, min_samples}).tree_weight, weight_by_kruskal(rows, min_samples), 1e-9);
  }
}

TEST(Hdbscan, WideRowsGiveWhatNarrowOnesGive) {
  const BitRows narrow = planted(300, 4, 0.2, 0.1, 5);
  const Clusters expected = hdbscan(narrow, {20, 5});
  for (const std::size_t words : {3u, 4u, 7u, 20u}) {
    BitRows wide{words, std::vector<std::uint64_t>(words * narrow.size(), 0)};
    for (std::size_t i = 0; i < narrow.size(); ++i)
      for (std::size_t w = 0; w < 2; ++w) wide.bits[i * words + words - 1 - w] = narrow.bits[2 * i + w];
    const Clusters found = hdbscan(wide, {20, 5});
    EXPECT_EQ(found.labels, expected.labels);
    EXPECT_EQ(found.tree_weight, expected.tree_weight);
  }
}

TEST(Hdbscan, FindsWhatWasPlanted) {
  std::vector<int> truth;
  const BitRows rows = planted(1500, 5, 0.15, 0.1, 7, &truth);
  const Clusters found = hdbscan(rows, {50, 10});
  EXPECT_EQ(found.count, 5);
  // Every cluster is one centre, and nearly every row of a centre is in its cluster.
  std::map<int, std::set<int>> centres;
  std::size_t right = 0, planted_rows = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (truth[i] < 0) continue;
    ++planted_rows;
    if (found.labels[i] < 0) continue;
    ++right;
    centres[found.labels[i]].insert(truth[i]);
  }
  for (const auto& [label, of] : centres) EXPECT_EQ(of.size(), 1u) << label;
  EXPECT_GT(static_cast<double>(right) / static_cast<double>(planted_rows), 0.9);
}

/// Labels by what they group, whatever they are called.
std::set<std::set<std::size_t>> partition(const std::vector<std::int32_t>& labels, const std::vector<std::size_t>& names) {
  std::map<std::int32_t, std::set<std::size_t>> groups;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] >= 0) groups[labels[i]].insert(names[i]);
  std::set<std::set<std::size_t>> out;
  for (const auto& [label, rows] : groups) out.insert(rows);
  return out;
}

TEST(Hdbscan, TheOrderOfTheRowsAndTheThreadsDoNotMatter) {
  const BitRows rows = planted(600, 6, 0.25, 0.1, 11);
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0u);
  const Clusters expected = hdbscan(rows, {20, 5});
  ASSERT_GT(expected.count, 1);
  Stream random(4, "shuffle");
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
    BitRows shuffled{2, {}};
    for (const std::size_t i : order) shuffled.bits.insert(shuffled.bits.end(), {rows.bits[2 * i], rows.bits[2 * i + 1]});
    const Clusters found = hdbscan(shuffled, {20, 5, 3});
    std::vector<std::size_t> identity(order.size());
    std::iota(identity.begin(), identity.end(), 0u);
    EXPECT_EQ(partition(found.labels, order), partition(expected.labels, identity));
    EXPECT_NEAR(found.tree_weight, expected.tree_weight, 1e-9);
  }
}

// So many rows that the growing tree is shared out, and odd numbers, so that no part is a whole number of blocks.
TEST(Hdbscan, ATreeGrownOnSeveralThreadsIsTheSame) {
  const BitRows rows = planted(4639, 6, 0.3, 0.2, 13);
  const Clusters expected = hdbscan(rows, {20, 5, 1});
  EXPECT_NEAR(expected.tree_weight, weight_by_kruskal(rows, 5), 1e-6);
  for (const int threads : {2, 3, 4}) {
    const Clusters found = hdbscan(rows, {20, 5, threads});
    EXPECT_EQ(found.labels, expected.labels) << threads;
    EXPECT_EQ(found.tree_weight, expected.tree_weight) << threads;
  }
}

TEST(Hdbscan, SelectsTheMostStableClustersThatDoNotOverlap) {
  int trees = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Clusters found = hdbscan(planted(200, 5, 0.35, 0.2, seed), {6, 3});
    const std::size_t n = found.tree.size();
    if (n < 3 || n > 16) continue;
    ++trees;
    double selected = 0, best = 0;
    for (const auto& cluster : found.tree) selected += cluster.selected ? cluster.stability : 0;
    EXPECT_FALSE(found.tree[0].selected);
    for (std::uint32_t subset = 0; subset < (1u << n); subset += 2) {  // never the root
      double sum = 0;
      bool apart = true;
      for (std::size_t c = 1; c < n && apart; ++c) {
        if (!(subset >> c & 1)) continue;
        sum += found.tree[c].stability;
        for (auto above = found.tree[c].parent; above > 0; above = found.tree[static_cast<std::size_t>(above)].parent)
          apart = apart && !(subset >> above & 1);
      }
      if (apart) best = std::max(best, sum);
    }
    EXPECT_NEAR(selected, best, 1e-9) << seed;
  }
  EXPECT_GT(trees, 5);
}

TEST(OneHotBits, AreTheFeaturesOfTheSpace) {
  const auto made = testing::compile_stdlib("ofa_mobilenetv3");
  const auto& space = made->space;
  Stream random(1, "bits");
  std::vector<std::uint8_t> genomes(50 * space->gene_count());
  ASSERT_TRUE(space->sample(random, 50, genomes));
  const BitRows rows = one_hot_bits(*space, genomes);
  std::vector<float> features(50 * space->feature_count());
  space->features(genomes, 50, features);
  ASSERT_EQ(rows.size(), 50u);
  for (std::size_t i = 0; i < 50; ++i)
    for (std::size_t c = 0; c < 64 * rows.words; ++c)
      EXPECT_EQ(rows.bits[i * rows.words + c / 64] >> (c % 64) & 1,
                c < space->feature_count() ? static_cast<std::uint64_t>(features[i * space->feature_count() + c]) : 0u);
}

TEST(Hdbscan, TooFewRowsAndEqualRowsAreNoTrouble) {
  EXPECT_TRUE(hdbscan({2, {}}, {}).labels.empty());
  EXPECT_EQ(hdbscan({1, {5}}, {}).labels, std::vector<std::int32_t>{-1});
  const Clusters equal = hdbscan({1, std::vector<std::uint64_t>(30, 9)}, {5, 3});
  EXPECT_EQ(equal.tree_weight, 0);
  EXPECT_EQ(equal.count, 0);  // one group is no split
  std::vector<std::uint64_t> two(60, 0);
  std::fill(two.begin() + 30, two.end(), 0xff);
  const Clusters pair = hdbscan({1, two}, {5, 3});
  EXPECT_EQ(pair.count, 2);
  EXPECT_EQ(pair.labels[0], 0);
  EXPECT_EQ(pair.labels[59], 1);
}

}  // namespace
}  // namespace nas
