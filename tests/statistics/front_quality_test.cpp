// A front beside a known one: closed forms, other scales, published shares.
#include "core/front_quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../predictor/nasbench_table.h"
#include "core/comparison.h"

namespace nas {
namespace {

FrontPoints points(std::size_t m, std::vector<double> values) {
  FrontPoints front{m, std::move(values), {}};
  for (std::size_t i = 0; i < front.values.size() / m; ++i) front.networks.push_back(Arch{{static_cast<std::uint8_t>(i)}});
  return front;
}

/// A cost and a gain, both read off the row; the front by its definition.
SearchResult result_of(const std::vector<Arch>& archs, const std::vector<double>& gain, const std::vector<double>& cost) {
  SearchResult result;
  result.metrics = {{"accuracy", ""}, {"latency", "d"}};
  result.objectives = {{{{{MetricExpr::Op::metric, 0, 0}}, "accuracy", ""}, true, "accuracy"},
                       {{{{MetricExpr::Op::metric, 1, 0}}, "latency@d", "time"}, false, "latency@d"}};
  std::vector<double> values;
  for (std::size_t i = 0; i < archs.size(); ++i) {
    SearchRow row;
    row.arch = archs[i];
    row.measured = {{.value = gain[i]}, {.value = cost[i]}};
    result.rows.push_back(row);
    values.insert(values.end(), {-gain[i], cost[i]});
  }
  result.front = non_dominated(values, 2);
  return result;
}

TEST(FrontQuality, IsMeasuredInRangesOfTheKnownFront) {
  // The known front goes from 0 to 10 and from 0 to 0.4; in its ranges it is (0,1), (0.5,0.25), (1,0).
  const FrontPoints known = points(2, {0, 0.4, 5, 0.1, 10, 0}), front = points(2, {1, 0.4, 6, 0.2, 10, 0});
  // (1,0.4) is 0.1 short of the first, (6,0.2) is 0.1 and 0.25 short of the second, the third is reached.
  EXPECT_NEAR(igd_plus(front, known), (0.1 + std::hypot(0.1, 0.25) + 0) / 3, 1e-15);
  EXPECT_NEAR(additive_epsilon(front, known), 0.25, 1e-15);
  EXPECT_EQ(igd_plus(known, known), 0);
  EXPECT_EQ(additive_epsilon(known, known), 0);
  EXPECT_LT(additive_epsilon(known, front), 0.3);
}

TEST(FrontQuality, DoesNotDependOnTheUnits) {
  Stream stream(5, "units");
  for (const std::size_t m : {1u, 2u, 3u}) {
    std::vector<double> a, b;
    for (std::size_t i = 0; i < 12 * m; ++i) {
      a.push_back(stream.uniform());
      b.push_back(stream.uniform());
    }
    auto in_other_units = [&](std::vector<double> values) {
      for (std::size_t i = 0; i < values.size(); ++i) values[i] *= i % m == 0 ? 1e-3 : i % m == 1 ? 1e6 : 8;
      return points(m, values);
    };
    EXPECT_NEAR(igd_plus(points(m, a), points(m, b)), igd_plus(in_other_units(a), in_other_units(b)), 1e-12);
    EXPECT_NEAR(additive_epsilon(points(m, a), points(m, b)), additive_epsilon(in_other_units(a), in_other_units(b)), 1e-12);
    EXPECT_EQ(coverage(points(m, a), points(m, b), {}), coverage(in_other_units(a), in_other_units(b), {}));
  }
}

TEST(FrontQuality, OfOneKnownPointIsMeasuredInItsOwnSize) {
  EXPECT_NEAR(additive_epsilon(points(2, {-80, 3}), points(2, {-90, 2})), 0.5, 1e-15);  // 10/90 and 1/2
  EXPECT_NEAR(igd_plus(points(1, {7}), points(1, {0})), 7, 1e-15);                      // zero has no size: in ones
}

TEST(FrontQuality, SlackIsAnAmountOrAShareOfTheKnownValue) {
  const FrontPoints known = points(2, {-90, 10, -94, 20});
  const FrontPoints front = points(2, {-89.9, 10.4, -93.7, 20.9});
  auto covered = [&](std::vector<Slack> slack) { return coverage(front, known, slack); };
  EXPECT_EQ(covered({}), 0);
  EXPECT_EQ(covered({{0.2, false}, {0.05, true}}), 0.5);  // the second misses 0.3
  EXPECT_EQ(covered({{0.4, false}, {0.05, true}}), 1);
  EXPECT_EQ(covered({{0.4, false}, {0.5, false}}), 0.5);
}

TEST(FrontQuality, ANetworkIsFoundByItselfOrByItsValues) {
  FrontPoints known = points(2, {1, 3, 2, 2, 3, 1}), front = points(2, {1.1, 3, 2, 2, 9, 9});
  EXPECT_EQ(recall(front, known, true), 1);  // same numbers of networks
  EXPECT_NEAR(recall(front, known, false), 1.0 / 3, 1e-15);
  front.networks = {Arch{{7}}, Arch{{8}}, Arch{{9}}};
  EXPECT_NEAR(recall(front, known, true), 1.0 / 3, 1e-15);
}

TEST(FrontQuality, SeveralResultsAreOneFront) {
  const SearchResult a = result_of({Arch{{0}}, Arch{{1}}}, {1, 2}, {1, 5}), b = result_of({Arch{{2}}, Arch{{3}}}, {2, 3}, {4, 6});
  const std::vector<const SearchResult*> both{&a, &b};
  const FrontPoints front = front_points(both);
  EXPECT_EQ(front.networks, (std::vector<Arch>{Arch{{3}}, Arch{{2}}, Arch{{0}}}));  // 2 for 5 is beaten by 2 for 4
  EXPECT_EQ(front.values, (std::vector<double>{-3, 6, -2, 4, -1, 1}));
}

// The front that is found with the latencies of a Pixel 3, on the latencies of other devices. Sizes, recall, coverage within
// 5 % latency and 0.2 points of accuracy, ratios of hypervolumes from (0, the largest latency).
TEST(FrontQuality, OfAProxyDeviceOnNasBench201) {
  const auto table = testing::nasbench_table();
  if (!table) GTEST_SKIP() << "no shared data";
  struct Published {
    const char *accuracy, *device;
    std::size_t front;
    double volume, recall, ratio, coverage;
  };
  for (const Published& p : {Published{"acc_cifar10", "lat_raspi4", 43, 9039.4712, .302, .9970, .837},
                             {"acc_cifar10", "lat_eyeriss", 16, 826.9099, .438, .9994, .625},
                             {"acc_cifar10", "lat_fpga", 13, 702.7346, .308, .9988, .462},
                             {"acc_cifar10", "lat_gold_6226", 36, 1638.6546, .056, .9696, .361},
                             {"acc_cifar10", "lat_titan_rtx_256", 43, 3875.3152, .279, .9662, .628},
                             {"acc_cifar100", "lat_raspi4", 40, 6903.5271, .225, .9963, .675},
                             {"acc_cifar100", "lat_titan_rtx_1", 34, 663.9635, .088, .9361, .118},
                             {"acc_in16_120", "lat_eyeriss", 14, 397.3733, .714, .9989, .929},
                             {"acc_in16_120", "lat_titan_rtx_1", 29, 410.5070, .034, .9150, .138}}) {
    const auto &gain = table->columns.at(p.accuracy), &cost = table->columns.at(p.device);
    const SearchResult truth = result_of(table->archs, gain, cost);
    const SearchResult proxy = result_of(table->archs, gain, table->columns.at("lat_pixel3"));
    std::vector<Arch> archs;
    std::vector<double> gains, costs;
    for (const std::size_t i : proxy.front) {
      archs.push_back(table->archs[i]);
      gains.push_back(gain[i]);
      costs.push_back(cost[i]);
    }
    const SearchResult moved = result_of(archs, gains, costs);
    const SearchResult *known_result = &truth, *front_result = &moved;
    const FrontPoints known = front_points({&known_result, 1}), front = front_points({&front_result, 1});
    const std::vector<double> reference{0, *std::max_element(cost.begin(), cost.end())};
    const double whole = hypervolume(known.values, 2, reference);
    EXPECT_EQ(known.size(), p.front) << p.accuracy << " " << p.device;
    EXPECT_NEAR(whole, p.volume, 5e-5) << p.accuracy << " " << p.device;
    EXPECT_NEAR(recall(front, known, true), p.recall, 5.1e-4) << p.accuracy << " " << p.device;
    EXPECT_NEAR(hypervolume(front.values, 2, reference) / whole, p.ratio, 5.1e-5) << p.accuracy << " " << p.device;
    const std::vector<Slack> slack{{0.2, false}, {0.05, true}};
    EXPECT_NEAR(coverage(front, known, slack), p.coverage, 5.1e-4) << p.accuracy << " " << p.device;
  }
}

}  // namespace
}  // namespace nas
