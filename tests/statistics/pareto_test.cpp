// Domination, crowding and hypervolume against brute force and closed forms.
#include "core/pareto.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/rng.h"

using namespace nas;

namespace {

std::vector<double> cloud(Stream& stream, std::size_t n, std::size_t m, std::uint32_t levels) {
  std::vector<double> points(n * m);
  for (double& v : points) v = stream.below(levels);
  return points;
}

/// Peels fronts off one after another, by definition.
std::vector<std::uint32_t> ranks_by_peeling(const std::vector<double>& points, std::size_t m) {
  const std::size_t n = points.size() / m;
  auto row = [&](std::size_t i) { return std::span<const double>(points).subspan(i * m, m); };
  std::vector<std::uint32_t> ranks(n, ~0u);
  for (std::uint32_t front = 0;; ++front) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < n; ++i) {
      bool dominated = ranks[i] != ~0u;
      for (std::size_t j = 0; j < n && !dominated; ++j) dominated = ranks[j] == ~0u && dominates(row(j), row(i));
      if (!dominated) members.push_back(i);
    }
    if (members.empty()) return ranks;
    for (const auto i : members) ranks[i] = front;
  }
}

/// Counts unit cells of an integer grid below the reference that some point dominates.
double volume_by_counting(const std::vector<double>& points, std::size_t m, int reference) {
  std::vector<int> cell(m, 0);
  double count = 0;
  while (true) {
    bool covered = false;
    for (std::size_t i = 0; i < points.size() / m && !covered; ++i) {
      covered = true;
      for (std::size_t j = 0; j < m; ++j) covered = covered && points[i * m + j] <= cell[j];
    }
    count += covered;
    std::size_t j = 0;
    while (j < m && ++cell[j] == reference) cell[j++] = 0;
    if (j == m) return count;
  }
}

}  // namespace

TEST(NonDominatedRanks, EqualPeelingForOneToFourObjectives) {
  Stream stream(2, "ranks");
  for (std::size_t m = 1; m <= 4; ++m)
    for (const std::uint32_t levels : {3u, 10u, 1000000u})
      for (const std::size_t n : {1u, 2u, 30u, 120u}) {
        const auto points = cloud(stream, n, m, levels);
        std::vector<std::uint32_t> ranks(n);
        non_dominated_ranks(points, m, ranks);
        EXPECT_EQ(ranks, ranks_by_peeling(points, m)) << m << " objectives, " << n << " points, " << levels << " levels";
      }
}

TEST(NonDominated, KeepsOneOfEqualPointsInOrderOfTheFirstObjective) {
  const std::vector<double> points{3, 1, 1, 3, 2, 2, 1, 3, 3, 3};
  EXPECT_EQ(non_dominated(points, 2), (std::vector<std::size_t>{1, 2, 0}));
}

TEST(Crowding, IsTheSideSumOfTheEmptyBox) {
  // Deb et al. 2002: ends are infinite; inside, the gap between the neighbours over the range, per objective.
  const std::vector<double> points{0, 10, 1, 6, 4, 2, 10, 0};
  const std::vector<std::uint32_t> rows{0, 1, 2, 3};
  std::vector<double> distance(4);
  crowding_distances(points, 2, rows, distance);
  EXPECT_TRUE(std::isinf(distance[0]));
  EXPECT_TRUE(std::isinf(distance[3]));
  EXPECT_DOUBLE_EQ(distance[1], 4.0 / 10 + 8.0 / 10);
  EXPECT_DOUBLE_EQ(distance[2], 9.0 / 10 + 6.0 / 10);
}

TEST(Hypervolume, EqualsCountingCellsForOneToFourObjectives) {
  Stream stream(3, "volume");
  for (std::size_t m = 1; m <= 4; ++m)
    for (int repeat = 0; repeat < 10; ++repeat) {
      const auto points = cloud(stream, 12, m, 9);  // 8 lies on the reference and adds nothing
      EXPECT_DOUBLE_EQ(hypervolume(points, m, std::vector<double>(m, 8)), volume_by_counting(points, m, 8)) << m << " objectives";
    }
}

TEST(Hypervolume, TendsToTheAreaOutsideTheQuarterCircle) {
  std::vector<double> points;
  constexpr int n = 100000;
  for (int i = 0; i <= n; ++i) {
    const double angle = std::numbers::pi / 2 * i / n;
    points.push_back(1 - std::cos(angle));
    points.push_back(1 - std::sin(angle));
  }
  // A quarter disc inside the unit square, then a rim of 0.1 on two sides.
  EXPECT_NEAR(hypervolume(points, 2, std::vector<double>{1.1, 1.1}), std::numbers::pi / 4 + 0.2 * 1.0 + 0.01, 1e-4);
}

TEST(Hypervolume, IsZeroWithoutPointsInside) {
  EXPECT_EQ(hypervolume({}, 2, std::vector<double>{1, 1}), 0);
  EXPECT_EQ(hypervolume(std::vector<double>{1, 0.5}, 2, std::vector<double>{1, 1}), 0);
}
