#include "core/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/pareto.h"
#include "core/rng.h"
#include "core/statistics.h"

namespace nas {
namespace {

/// Two-sided p by going through every way to share the pooled values out.
double by_enumeration(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> all = x;
  all.insert(all.end(), y.begin(), y.end());
  auto distance = [&](const std::vector<bool>& mine) {
    double u = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < all.size(); ++j)
        if (mine[i] && !mine[j]) u += all[i] > all[j] ? 1 : all[i] == all[j] ? 0.5 : 0;
    return std::fabs(u - static_cast<double>(x.size() * y.size()) / 2);
  };
  std::vector<bool> mine(all.size(), false);
  std::fill(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(x.size()), true);
  const double seen = distance(mine);
  std::sort(mine.begin(), mine.end());
  double extreme = 0, total = 0;
  do {
    ++total;
    extreme += distance(mine) >= seen - 1e-9;
  } while (std::next_permutation(mine.begin(), mine.end()));
  return extreme / total;
}

TEST(MannWhitney, IsExactForSmallSamples) {
  Stream random(1, "mann_whitney");
  for (int round = 0; round < 50; ++round) {
    std::vector<double> x(1 + random.below(6)), y(1 + random.below(6));
    for (double& v : x) v = random.uniform();
    for (double& v : y) v = random.uniform() + 0.3;
    EXPECT_NEAR(mann_whitney(x, y), by_enumeration(x, y), 1e-12);
    EXPECT_DOUBLE_EQ(mann_whitney(x, y), mann_whitney(y, x));
  }
}

TEST(MannWhitney, IsExactWithTies) {
  Stream random(4, "mann_whitney");
  for (int round = 0; round < 50; ++round) {
    std::vector<double> x(1 + random.below(6)), y(1 + random.below(6));
    for (double& v : x) v = random.below(4);
    for (double& v : y) v = random.below(4) + (round % 2);
    EXPECT_NEAR(mann_whitney(x, y), by_enumeration(x, y), 1e-12);
    EXPECT_DOUBLE_EQ(mann_whitney(x, y), mann_whitney(y, x));
  }
}

TEST(MannWhitney, OfFiveBelowFiveIsTwoIn252) {
  EXPECT_NEAR(mann_whitney(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{6, 7, 8, 9, 10}), 2.0 / 252, 1e-15);
  EXPECT_EQ(mann_whitney(std::vector<double>{1}, std::vector<double>{2}), 1.0);
}

TEST(MannWhitney, TheNormalApproximationMeetsTheExactOne) {
  Stream random(2, "mann_whitney");
  std::vector<double> x(20), y(20);
  for (double& v : x) v = random.uniform();
  for (double& v : y) v = random.uniform() + 0.2;
  const double exact = mann_whitney(x, y);
  // A 21st value makes the approximation take over; in the middle of y it moves the distribution little.
  x.push_back(0.6);
  EXPECT_NEAR(mann_whitney(x, y), exact, 0.02);
  EXPECT_EQ(mann_whitney(std::vector<double>(4, 1.0), std::vector<double>(4, 1.0)), 1.0);
  EXPECT_EQ(mann_whitney(std::vector<double>(30, 1.0), std::vector<double>(30, 1.0)), 1.0);
}

TEST(ProbabilityLarger, CountsTiesHalf) {
  EXPECT_EQ(probability_larger(std::vector<double>{1, 2}, std::vector<double>{1, 0}), (0.5 + 1 + 1 + 1) / 4);
}

TEST(HypervolumeCurve, IsTheHypervolumeOfEveryPrefix) {
  Stream random(3, "curve");
  for (const std::size_t m : {2u, 3u}) {
    const std::vector<double> reference(m, 1.0);
    HypervolumeCurve curve(reference);
    std::vector<double> feasible;
    for (int i = 0; i < 60; ++i) {
      std::vector<double> point(m);
      for (double& v : point) v = std::round(random.uniform() * 20) / 20;
      const bool counts = random.below(4) > 0;
      curve.add(point, counts);
      if (counts) feasible.insert(feasible.end(), point.begin(), point.end());
      EXPECT_NEAR(curve.values().back(), feasible.empty() ? 0 : hypervolume(feasible, m, reference), 1e-12);
    }
  }
}

// Beyond four objectives: the estimate that every prefix alone gets from the same samples, which one more point must not change
// but where it dominates them; an estimate that falls is not taken.
TEST(HypervolumeCurve, OfManyObjectivesIsTheEstimateOfEveryPrefix) {
  Stream random(5, "curve");
  for (const std::size_t m : {5u, 7u}) {
    const std::vector<double> reference(m, 1.0);
    HypervolumeCurve curve(reference), now_and_then(reference);
    std::vector<double> feasible;
    double most = 0, growths = 0;
    for (int i = 0; i < 60; ++i) {
      std::vector<double> point(m);
      for (double& v : point) v = std::round(random.uniform() * 22) / 20;  // some lie beyond the reference
      const bool counts = random.below(4) > 0;
      curve.add(point, counts);
      now_and_then.add(point, counts, i % 7 == 6 || i == 59);
      if (counts) feasible.insert(feasible.end(), point.begin(), point.end());
      const double estimate = feasible.empty() ? 0 : estimated_hypervolume(feasible, m, reference).volume;
      growths += estimate > most;
      most = std::max(most, estimate);
      EXPECT_EQ(curve.values().back(), most) << i;
    }
    EXPECT_GT(growths, 5);
    EXPECT_EQ(now_and_then.values().back(), estimated_hypervolume(feasible, m, reference).volume);
  }
}

SearchResult result_with(std::vector<std::pair<double, double>> points, std::vector<double> reference) {
  SearchResult result;
  result.metrics = {{"accuracy", ""}, {"macs", ""}};
  Objective accuracy{{}, true, "accuracy"}, macs{{}, false, "macs"};
  accuracy.expression.steps = {{MetricExpr::Op::metric, 0, 0}};
  macs.expression.steps = {{MetricExpr::Op::metric, 1, 0}};
  result.objectives = {accuracy, macs};
  for (const auto& [a, c] : points) {
    SearchRow row;
    row.measured = {{a}, {c}};
    row.order = static_cast<std::int64_t>(result.rows.size()) + 1;
    result.front.push_back(result.rows.size());
    result.rows.push_back(row);
  }
  result.reference_point = std::move(reference);
  return result;
}

TEST(Compare, MeasuresAllRunsAgainstOneReference) {
  // Accuracy is maximised: minimised it is -accuracy. The common reference is (0, 10).
  const SearchResult a = result_with({{1, 5}}, {0, 8}), b = result_with({{0.5, 5}}, {-0.1, 10});
  const std::vector<const SearchResult*> first{&a}, second{&b};
  const Comparison found = compare(first, second);
  EXPECT_EQ(found.first, std::vector<double>{1.0});   // 1 * 5 of the whole 5
  EXPECT_EQ(found.second, std::vector<double>{0.5});  // 0.5 * 5
  EXPECT_EQ(found.effect, 1.0);
  EXPECT_EQ(found.p, 1.0);  // one run each proves nothing
}

TEST(Compare, SaysHowManyEvaluationsEachNeedsForEqualVolumes) {
  // Volumes against (0, 10): a grows 2, 4, 6; b grows 1, 1, 5; together 6. The smaller end is 5: a has more with its third, b
  // with its third; the worse of two seeds of b never gets there, so that half of its runs do not.
  const SearchResult a = result_with({{0.2, 0}, {0.4, 0}, {0.6, 0}}, {0, 10}),
                     b = result_with({{0.1, 0}, {0.05, 0}, {0.5, 0}}, {0, 10});
  const std::vector<const SearchResult*> first{&a}, second{&b};
  const Comparison found = compare(first, second);
  EXPECT_NEAR(found.target, 5.0 / 6, 1e-12);
  EXPECT_EQ(found.first_needs, 3);
  EXPECT_EQ(found.second_needs, 3);
  EXPECT_EQ(found.text("a", "b"),
            "a: 1 run, median 100.00 % of the hypervolume of all fronts (100.00 to 100.00), 0 evaluations\n"
            "b: 1 run, median 83.33 % of the hypervolume of all fronts (83.33 to 83.33), 0 evaluations\n"
            "83.33 % take a 3 evaluations, and b 3 evaluations\n"
            "a run of a is the better one with probability 1.00; p = 1 (Mann-Whitney, two-sided); so few runs give no p below 1");
  const SearchResult worse = result_with({{0.3, 0}}, {0, 10});
  const std::vector<const SearchResult*> family{&b, &worse, &worse};
  const Comparison third = compare(first, family);
  EXPECT_EQ(third.first_needs, 2);   // the median of the family is 3
  EXPECT_EQ(third.second_needs, 1);  // three, one and one
}

}  // namespace
}  // namespace nas
