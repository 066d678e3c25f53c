// Statistics against their definitions, written out pair by pair.
#include "core/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.h"

using namespace nas;

namespace {

/// Kendall 1945: (concordant - discordant) / sqrt(pairs untied in x * pairs untied in y).
double tau_b_by_pairs(std::span<const double> x, std::span<const double> y) {
  double difference = 0, untied_x = 0, untied_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double sx = (x[i] > x[j]) - (x[i] < x[j]), sy = (y[i] > y[j]) - (y[i] < y[j]);
      difference += sx * sy;
      untied_x += sx * sx;
      untied_y += sy * sy;
    }
  return difference / std::sqrt(untied_x * untied_y);
}

std::vector<double> draw(Stream& stream, std::size_t n, std::uint32_t levels) {
  std::vector<double> x(n);
  for (double& v : x) v = stream.below(levels);
  return x;
}

}  // namespace

TEST(KendallTau, EqualsItsDefinitionWithAndWithoutTies) {
  Stream stream(1, "tau");
  for (const std::uint32_t levels : {2u, 5u, 40u, 1000000u})
    for (const std::size_t n : {3u, 10u, 57u, 200u}) {
      const auto x = draw(stream, n, levels), y = draw(stream, n, levels);
      const double expected = tau_b_by_pairs(x, y);
      if (std::isnan(expected)) continue;
      EXPECT_NEAR(kendall_tau(x, y), expected, 1e-12) << levels << " levels, " << n << " rows";
    }
}

TEST(KendallTau, IsOneForAnyRisingMapMinusOneForAnyFallingOne) {
  const std::vector<double> x{3, 1, 4, 1.5, 9, 2.6}, up{27, 1, 64, 3, 729, 17}, down{-27, -1, -64, -3, -729, -17};
  EXPECT_DOUBLE_EQ(kendall_tau(x, up), 1);
  EXPECT_DOUBLE_EQ(kendall_tau(x, down), -1);
}

TEST(KendallTau, IsUndefinedForAConstantSide) {
  EXPECT_TRUE(std::isnan(kendall_tau(std::vector<double>{1, 2, 3}, std::vector<double>{5, 5, 5})));
}

// A value that is not a number has no rank; an order that holds one must not be asked for without end either.
TEST(Ranks, AreUndefinedWhereAValueIsNoNumber) {
  const double nan = std::nan("");
  const std::vector<double> good{3, 1, 2, 5, 4}, one{3, nan, 2, 5, 4}, all(5, nan);
  for (const auto& bad : {one, all}) {
    EXPECT_TRUE(std::isnan(spearman(good, bad)));
    EXPECT_TRUE(std::isnan(spearman(bad, good)));
    EXPECT_TRUE(std::isnan(kendall_tau(good, bad)));
    EXPECT_TRUE(std::isnan(kendall_tau(bad, good)));
    for (const double rank : average_ranks(bad)) EXPECT_TRUE(std::isnan(rank));
  }
}

TEST(Spearman, TiesShareTheirAverageRank) {
  EXPECT_EQ(average_ranks(std::vector<double>{10, 20, 20, 5}), (std::vector<double>{2, 3.5, 3.5, 1}));
  // Without ties: 1 - 6 sum d^2 / (n (n^2 - 1)), here d = 1, -1, 0, 0.
  EXPECT_NEAR(spearman(std::vector<double>{1, 2, 3, 4}, std::vector<double>{20, 10, 30, 40}), 1 - 6.0 * 2 / (4 * 15), 1e-12);
}

TEST(Errors, FollowTheirFormulas) {
  const std::vector<double> predicted{1, 2, 4}, measured{2, 2, 5};
  EXPECT_DOUBLE_EQ(rmse(predicted, measured), std::sqrt(2.0 / 3));
  EXPECT_DOUBLE_EQ(mape(predicted, measured), (0.5 + 0 + 0.2) / 3);
  // The floor keeps values near zero from deciding alone.
  EXPECT_DOUBLE_EQ(mape(std::vector<double>{1}, std::vector<double>{0.001}, 0.5), 0.999 / 0.5);
  EXPECT_DOUBLE_EQ(median({3, 1, 2}), 2);
  EXPECT_DOUBLE_EQ(median({4, 1, 2, 3}), 2.5);
  EXPECT_TRUE(std::isnan(mean({})));
}

TEST(Errors, RelativeToTheMeanAndWithinAShare) {
  const std::vector<double> predicted{1, 2, 4}, measured{2, 2, 5};
  EXPECT_DOUBLE_EQ(rmse_over_mean(predicted, measured), std::sqrt(2.0 / 3) / 3);
  EXPECT_TRUE(std::isnan(rmse_over_mean(std::vector<double>{1, 2}, std::vector<double>{-1, 1})));
  // Off by 1/2, 0 and 1/5 of what was measured; the bound itself counts, also below zero.
  EXPECT_DOUBLE_EQ(share_within(predicted, measured, 0.05), 1.0 / 3);
  EXPECT_DOUBLE_EQ(share_within(predicted, measured, 0.2), 2.0 / 3);
  EXPECT_DOUBLE_EQ(share_within(predicted, measured, 0.5), 1);
  EXPECT_DOUBLE_EQ(share_within(std::vector<double>{-9}, std::vector<double>{-10}, 0.1), 1);
  EXPECT_TRUE(std::isnan(share_within({}, {}, 0.1)));
}

TEST(TopRecall, CountsTheBestThatArePredictedAmongTheBest) {
  const std::vector<double> measured{5, 1, 4, 2, 3}, predicted{50, 20, 10, 30, 40};
  EXPECT_DOUBLE_EQ(top_recall(predicted, measured, 1, true), 1);         // row 0 leads both
  EXPECT_DOUBLE_EQ(top_recall(predicted, measured, 2, true), 1.0 / 2);   // {0, 2} and {0, 4}
  EXPECT_DOUBLE_EQ(top_recall(predicted, measured, 2, false), 1.0 / 2);  // {1, 3} and {2, 1}
  EXPECT_DOUBLE_EQ(top_recall(predicted, measured, 5, false), 1);
  EXPECT_DOUBLE_EQ(top_recall(std::vector<double>{7, 7, 7}, std::vector<double>{3, 2, 1}, 1, true),
                   1);  // the earliest of equal rows
  EXPECT_DOUBLE_EQ(top_recall(std::vector<double>{7, 7, 7}, std::vector<double>{3, 2, 1}, 1, false), 0);
  EXPECT_TRUE(std::isnan(top_recall(predicted, measured, 0, true)));
  EXPECT_TRUE(std::isnan(top_recall(predicted, measured, 6, true)));
}
