// Ranks, volumes and indicators against their definitions, closed forms and published values.
#include "core/pareto.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

using namespace nas;

namespace {

std::vector<double> cloud(std::size_t n, std::size_t m, std::uint64_t seed, int grid = 0) {
  Stream stream(seed, "cloud");
  std::vector<double> points(n * m);
  for (double& v : points) v = grid ? stream.below(static_cast<std::uint32_t>(grid)) : stream.uniform();
  return points;
}

/// Points of the unit sphere's positive octant, seen from its outside: all are non-dominated.
std::vector<double> sphere(std::size_t n, std::size_t m, std::uint64_t seed) {
  Stream stream(seed, "sphere");
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> p(m);
    double norm = 0;
    for (double& v : p) {
      v = std::fabs(stream.normal());
      norm += v * v;
    }
    for (double v : p) points.push_back(1 - v / std::sqrt(norm));
  }
  return points;
}

/// Peels fronts off by the definition of domination.
std::vector<std::uint32_t> peeled(const std::vector<double>& points, std::size_t m) {
  const std::size_t n = points.size() / m;
  std::vector<std::uint32_t> ranks(n, ~0u);
  auto row = [&](std::size_t i) { return std::span(points).subspan(i * m, m); };
  for (std::uint32_t rank = 0; std::count(ranks.begin(), ranks.end(), ~0u) > 0; ++rank) {
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < n; ++i) {
      bool best = ranks[i] == ~0u;
      for (std::size_t k = 0; k < n && best; ++k) best = ranks[k] != ~0u || !dominates(row(k), row(i));
      if (best) front.push_back(i);
    }
    for (const auto i : front) ranks[i] = rank;
  }
  return ranks;
}

/// The volume by inclusion and exclusion over all subsets: exact for any number of objectives, exponential in n.
double by_inclusion_exclusion(const std::vector<double>& points, std::size_t m, const std::vector<double>& reference) {
  const std::size_t n = points.size() / m;
  double volume = 0;
  for (std::size_t subset = 1; subset < (std::size_t{1} << n); ++subset) {
    double box = 1;
    int size = 0;
    for (std::size_t j = 0; j < m; ++j) {
      double corner = -1e300;
      for (std::size_t i = 0; i < n; ++i)
        if (subset >> i & 1) corner = std::max(corner, points[i * m + j]);
      box *= std::max(0.0, reference[j] - corner);
    }
    for (std::size_t i = 0; i < n; ++i) size += subset >> i & 1;
    volume += size % 2 ? box : -box;
  }
  return volume;
}

}  // namespace

TEST(Ranks, AreThoseOfPeelingFrontsOff) {
  for (std::size_t m = 1; m <= 5; ++m)
    for (std::uint64_t seed = 1; seed <= 6; ++seed)
      for (const int grid : {0, 4}) {  // a grid has ties and doubled points
        const auto points = cloud(120, m, seed, grid);
        std::vector<std::uint32_t> ranks(120), order(120);
        non_dominated_ranks(points, m, ranks, order);
        EXPECT_EQ(ranks, peeled(points, m)) << m << " objectives, seed " << seed;
        for (std::size_t i = 1; i < order.size(); ++i)
          EXPECT_FALSE(std::lexicographical_compare(points.begin() + order[i] * m, points.begin() + (order[i] + 1) * m,
                                                    points.begin() + order[i - 1] * m, points.begin() + (order[i - 1] + 1) * m));
      }
}

TEST(Ranks, OfManyPointsAreThoseOfTheGeneralMethod) {
  for (const int grid : {0, 30}) {
    // A constant further objective changes no rank and takes the O(n^2) way.
    for (std::size_t m : {2u, 3u}) {
      const auto points = cloud(3000, m, 9, grid);
      std::vector<double> padded;
      for (std::size_t i = 0; i < 3000; ++i) {
        padded.insert(padded.end(), points.begin() + i * m, points.begin() + (i + 1) * m);
        for (std::size_t j = m; j < 4; ++j) padded.push_back(0);
      }
      std::vector<std::uint32_t> fast(3000), slow(3000);
      non_dominated_ranks(points, m, fast);
      non_dominated_ranks(padded, 4, slow);
      EXPECT_EQ(fast, slow);
    }
  }
}

TEST(Ranks, NegativeAndVeryCloseNumbersKeepTheirOrder) {
  std::vector<double> points;
  for (int i = 0; i < 1000; ++i) points.insert(points.end(), {-1e-9 - 1e-15 * i, 1e6 + i % 10});
  points.insert(points.end(), {0.0, 5.0, -0.0, 5.0, -1e300, 1e300});
  std::vector<std::uint32_t> ranks(points.size() / 2);
  non_dominated_ranks(points, 2, ranks);
  EXPECT_EQ(ranks, peeled(points, 2));
}

TEST(Hypervolume, IsTheSumOverSubsetsInAnyDimension) {
  for (std::size_t m = 1; m <= 6; ++m)
    for (std::uint64_t seed = 1; seed <= 5; ++seed)
      for (const int grid : {0, 5}) {
        const auto points = cloud(11, m, seed, grid);
        const std::vector<double> reference(m, grid ? 4.0 : 0.9);  // some points lie outside
        EXPECT_NEAR(hypervolume(points, m, reference), by_inclusion_exclusion(points, m, reference), 1e-9)
            << m << " objectives, seed " << seed;
      }
}

TEST(Hypervolume, OfASphereIsItsClosedForm) {
  // Dense points of the octant leave the reference box less the ball's share.
  for (std::size_t n : {2000u, 40000u}) {
    const double tolerance = n == 2000 ? 0.02 : 0.004;
    EXPECT_NEAR(hypervolume(sphere(n, 2, 1), 2, std::vector<double>{1, 1}), std::numbers::pi / 4, tolerance);
    EXPECT_NEAR(hypervolume(sphere(n, 3, 1), 3, std::vector<double>{1, 1, 1}), std::numbers::pi / 6, 4 * tolerance);
  }
}

TEST(Hypervolume, ManyPointsInThreeObjectivesAreSlicesOfTwo) {
  for (const int grid : {0, 20}) {
    const auto points = cloud(1500, 3, 4, grid);
    const std::vector<double> reference(3, grid ? 20.0 : 1.0);
    std::map<double, std::vector<double>> levels;
    for (std::size_t i = 0; i < points.size(); i += 3) {
      auto& level = levels[points[i + 2]];
      level.insert(level.end(), {points[i], points[i + 1]});
    }
    double slices = 0;
    std::vector<double> below;
    for (auto at = levels.begin(); at != levels.end(); ++at) {
      below.insert(below.end(), at->second.begin(), at->second.end());
      const double next = std::next(at) == levels.end() ? reference[2] : std::next(at)->first;
      slices += (next - at->first) * hypervolume(below, 2, std::vector<double>{reference[0], reference[1]});
    }
    EXPECT_NEAR(hypervolume(points, 3, reference), slices, 1e-9 * slices);
  }
}

TEST(Hypervolume, EstimatesBeyondFourObjectivesHoldTheirError) {
  const auto points = cloud(14, 5, 2);
  const std::vector<double> reference(5, 1.0);
  const double exact = hypervolume(points, 5, reference);
  int inside = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const auto estimate = estimated_hypervolume(points, 5, reference, Stream(seed, "volume"), 4000);
    EXPECT_GT(estimate.error, 0);
    inside += std::fabs(estimate.volume - exact) <= 2 * estimate.error;
  }
  EXPECT_GE(inside, 34);  // 95 % of 40 less two standard deviations
  const auto small = cloud(14, 3, 2);
  EXPECT_EQ(estimated_hypervolume(small, 3, std::vector<double>(3, 1.0)).error, 0);
  const auto once = estimated_hypervolume(points, 5, reference), again = estimated_hypervolume(points, 5, reference);
  EXPECT_EQ(once.volume, again.volume);
}

TEST(Contributions, AreVolumesWithAndWithoutAPoint) {
  for (std::size_t m : {2u, 3u})
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
      for (const int kind : {0, 1, 2}) {
        const auto points = kind == 0 ? cloud(40, m, seed) : kind == 1 ? cloud(30, m, seed, 6) : sphere(40, m, seed);
        const std::vector<double> reference(m, kind == 1 ? 5.0 : 0.95);
        std::vector<double> lost(points.size() / m);
        hypervolume_contributions(points, m, reference, lost);
        const double all = hypervolume(points, m, reference);
        for (std::size_t i = 0; i < lost.size(); ++i) {
          auto others = points;
          others.erase(others.begin() + static_cast<std::ptrdiff_t>(i * m),
                       others.begin() + static_cast<std::ptrdiff_t>(i * m + m));
          EXPECT_NEAR(lost[i], all - hypervolume(others, m, reference), 1e-9)
              << m << " objectives, seed " << seed << ", point " << i;
        }
      }
}

TEST(Indicators, OfThreePointsAreTheirHandComputedValues) {
  const std::vector<double> front{0, 4, 1, 1, 4, 0}, points{1, 4, 2, 2, 4, 0};
  // To (0,4): (1,4) is 1 worse. To (1,1): (2,2) is sqrt 2 worse, (1,4) 3. (4,0) is reached.
  EXPECT_DOUBLE_EQ(igd_plus(points, front, 2), (1 + std::sqrt(2.0) + 0) / 3);
  EXPECT_DOUBLE_EQ(additive_epsilon(points, front, 2), 1);
  EXPECT_DOUBLE_EQ(coverage(points, front, 2), 1.0 / 3);
  EXPECT_DOUBLE_EQ(coverage(front, points, 2), 1);
  EXPECT_DOUBLE_EQ(igd_plus(front, front, 2), 0);
  EXPECT_DOUBLE_EQ(additive_epsilon(front, front, 2), 0);
  EXPECT_DOUBLE_EQ(additive_epsilon(std::vector<double>{-1, -1}, front, 2), -1);
}
