#include "core/rank_matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/statistics.h"

namespace nas {
namespace {

SearchResult profile(std::vector<std::pair<std::uint8_t, double>> rows) {
  SearchResult result;
  result.metrics = {{"latency", "d"}};
  for (const auto& [gene, value] : rows) {
    SearchRow row;
    row.arch.genes = {gene};
    row.measured = {{.value = value}};
    result.rows.push_back(row);
  }
  return result;
}

// Only networks that all profiles hold count, in the order of the first; a value that is not a number was never measured.
TEST(CommonRows, AreTheNetworksThatAllProfilesHold) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const SearchResult a = profile({{3, 30}, {1, 10}, {2, 20}, {4, 40}}), b = profile({{1, 1}, {2, nan}, {3, 3}, {5, 5}});
  const SearchResult* both[] = {&a, &b};
  const CommonRows rows = common_rows(both);
  ASSERT_EQ(rows.networks.size(), 2u);
  EXPECT_EQ(rows.networks[0].genes[0], 3);
  EXPECT_EQ(rows.values[0], (std::vector<double>{30, 10}));
  EXPECT_EQ(rows.values[1], (std::vector<double>{3, 1}));
}

// Two pairs of alike devices, listed crosswise: each pair stands together, and the matrix is symmetric with ones.
TEST(RankMatrix, PutsAlikeDevicesBesideOneAnother) {
  const std::vector<std::vector<double>> columns = {{1, 2, 3, 4, 5}, {5, 4, 3, 1, 2}, {1, 2, 3, 5, 4}, {5, 4, 3, 2, 1}};
  const RankMatrix matrix = rank_matrix("spearman", {"a", "x", "b", "y"}, columns, spearman);
  EXPECT_EQ(matrix.order, (std::vector<std::size_t>{0, 2, 1, 3}));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(matrix.at(i, i), 1);
    for (std::size_t j = 0; j < 4; ++j) EXPECT_EQ(matrix.at(i, j), matrix.at(j, i));
  }
  EXPECT_DOUBLE_EQ(matrix.at(0, 2), 0.9);  // 1 - 6 * 2 / (5 * 24)
  EXPECT_DOUBLE_EQ(matrix.at(0, 3), -1);
}

TEST(RankMatrix, NamesTheDeviceThatAgreesBestWithTheOthers) {
  const std::vector<std::vector<double>> columns = {{1, 2, 3, 4, 5}, {2, 1, 3, 4, 5}, {2, 1, 3, 5, 4}};
  const RankMatrix matrix = rank_matrix("spearman", {"a", "between", "c"}, columns, spearman);
  EXPECT_EQ(matrix.best_proxy(), 1u);
  EXPECT_DOUBLE_EQ(matrix.average(1), 0.9);
  EXPECT_DOUBLE_EQ(matrix.least(0), 0.8);
  EXPECT_EQ(matrix.text(),
            "spearman of 5 networks\n"
            "            (1)     (2)     (3)  average\n"
            "a           (1)   0.900   0.800    0.850\n"
            "between   0.900     (2)   0.900    0.900\n"
            "c         0.800   0.900     (3)    0.850\n"
            "best proxy for the others: between, 0.900 on average, at least 0.900");
}

TEST(RankMatrix, AdvisesNoProxyWhereValuesAreAllEqual) {
  const std::vector<std::vector<double>> columns = {{1, 2, 3, 4, 5}, {2, 2, 2, 2, 2}};
  EXPECT_EQ(rank_matrix("spearman", {"a", "flat"}, columns, spearman).advice("a"),
            "no best proxy: values that are all equal have no order");
}

// Bonett and Wright (2000): z = atanh(rho), variance (1 + rho^2 / 2) / (n - 3).
TEST(RankMatrix, IntervalsFollowTheClosedForm) {
  const auto [low, high] = spearman_interval(0.8, 103);
  const double half = 1.959963984540054 * std::sqrt(1.32 / 100);
  EXPECT_NEAR(std::atanh(low), std::atanh(0.8) - half, 1e-12);
  EXPECT_NEAR(std::atanh(high), std::atanh(0.8) + half, 1e-12);
  EXPECT_EQ(spearman_interval(0.8, 3), (std::pair<double, double>{-1, 1}));
}

}  // namespace
}  // namespace nas
