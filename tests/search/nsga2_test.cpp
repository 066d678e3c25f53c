// NSGA-II against exhaustive enumeration, and the promises of SearchAlgorithm.
#include "stdlib/searches/nsga2.h"

#include <gtest/gtest.h>

#include <set>

#include "../predictor/nasbench_table.h"
#include "drive.h"

using namespace nas;
using namespace nas::testing;

namespace {

GeneticArgs genetic(int population, int generations) {
  GeneticArgs args;
  args.population = population;
  args.generations = generations;
  return args;
}

}  // namespace

TEST(Nsga2, FindsTheExactFrontOfAnEnumerableSpace) {
  const auto made = toy_space();
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  const auto all = all_networks(space);
  ASSERT_EQ(all.size(), 258u);
  std::vector<double> points;
  for (const Arch& arch : all) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  std::set<Arch> front;
  for (const auto i : non_dominated(points, 2)) front.insert(all[i]);
  ASSERT_GE(front.size(), 5u);
  ASSERT_LE(front.size(), 40u);  // it has to fit into the population
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Nsga2 algorithm(genetic(40, 100));
    const Outcome out = drive(algorithm, space, 2, seed, toy(space));
    std::set<Arch> kept;
    for (std::size_t i = 0; i < out.last.size(); ++i) kept.insert(out.last.arch(i));
    for (const Arch& arch : front) EXPECT_TRUE(kept.count(arch)) << "seed " << seed << " lost " << space.spell(arch);
  }
}

TEST(Nsga2, EndsWhenTheSpaceIsExhausted) {
  const auto made = toy_space();
  Nsga2 algorithm(genetic(50, 1000000));
  const Outcome out = drive(algorithm, *made->space, 2, 1, toy(*made->space));
  EXPECT_LE(out.asked.size(), 258u);
  EXPECT_GE(out.asked.size(), 200u);
}

TEST(Nsga2, SameSeedSameNetworksOtherSeedOthers) {
  const auto made = compile_stdlib("nasbench201");
  const Values values = [&](const Arch& arch, std::span<double> out, double& violation) {
    out[0] = static_cast<double>(arch.hash() % 1000);
    out[1] = static_cast<double>(made->space->macs(arch.genes));
    violation = 0;
  };
  auto run = [&](std::uint64_t seed) {
    Nsga2 algorithm(genetic(30, 20));
    return drive(algorithm, *made->space, 2, seed, values).asked;
  };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1), run(2));
}

TEST(Nsga2, ScalingAnObjectiveChangesNothing) {
  const auto made = toy_space();
  auto run = [&](double scale) {
    Nsga2 algorithm(genetic(16, 12));
    return drive(algorithm, *made->space, 2, 3, toy(*made->space, 1e300, scale)).asked;
  };
  EXPECT_EQ(run(1), run(1024));  // powers of two are exact
}

TEST(Nsga2, SurvivorsMeetABoundThatFewNetworksMeet) {
  const auto made = toy_space();
  const Space& space = *made->space;
  std::vector<double> costs;
  for (const Arch& arch : all_networks(space)) costs.push_back(toy_values(space, arch).second);
  std::sort(costs.begin(), costs.end());
  Nsga2 algorithm(genetic(10, 40));
  const Outcome out = drive(algorithm, space, 2, 1, toy(space, costs[15]));
  for (std::size_t i = 0; i < out.last.size(); ++i) EXPECT_EQ(out.last.violations[i], 0);
}

TEST(Nsga2, AnImpossibleBoundEndsWithTheNearestMisses) {
  const auto made = toy_space();
  const Space& space = *made->space;
  Nsga2 algorithm(genetic(10, 60));
  const Outcome out = drive(algorithm, space, 2, 1, toy(space, -1));
  ASSERT_EQ(out.last.size(), 10u);
  for (std::size_t i = 0; i < out.last.size(); ++i) EXPECT_GT(out.last.violations[i], 0);
  const auto smallest = toy_values(space, space.smallest()).second;
  EXPECT_DOUBLE_EQ(*std::min_element(out.last.violations.begin(), out.last.violations.end()), smallest + 1);
}

// Published results on the table (10 seeds, 1,000 unique queries): hypervolume ratio and recall of the exhaustive front.
TEST(Nsga2, ThousandQueriesOfNasBench201ReachThePublishedQuality) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  std::map<Arch, std::size_t> row_of;
  for (std::size_t i = 0; i < table->archs.size(); ++i) row_of[table->archs[i]] = i;
  struct Row {
    const char* latency;
    double ratio, recall;
  };
  // The published means, less about two standard errors of ten seeds.
  for (const Row& row : {Row{"lat_pixel3", .9985, .30}, Row{"lat_fpga", .9985, .30}}) {
    const auto& accuracy = table->columns.at("acc_cifar10");
    const auto& latency = table->columns.at(row.latency);
    std::vector<double> points;
    for (std::size_t i = 0; i < accuracy.size(); ++i) points.insert(points.end(), {-accuracy[i], latency[i]});
    const std::vector<double> reference{0, *std::max_element(latency.begin(), latency.end())};
    const auto front = non_dominated(points, 2);
    const double best = hypervolume(points, 2, reference);
    double ratio = 0, recall = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Nsga2 algorithm(genetic(50, 1000000));
      const Outcome out = drive(
          algorithm, table->space(), 2, seed,
          [&](const Arch& arch, std::span<double> values, double& violation) {
            const std::size_t i = row_of.at(arch);
            values[0] = -accuracy[i];
            values[1] = latency[i];
            violation = 0;
          },
          1000);
      std::set<std::size_t> asked;
      std::vector<double> seen;
      for (const Arch& arch : out.asked) {
        const std::size_t i = row_of.at(arch);
        asked.insert(i);
        seen.insert(seen.end(), {-accuracy[i], latency[i]});
      }
      ratio += hypervolume(seen, 2, reference) / best / 10;
      recall += static_cast<double>(std::count_if(front.begin(), front.end(), [&](auto i) { return asked.count(i) > 0; })) /
                static_cast<double>(front.size()) / 10;
    }
    RecordProperty(std::string(row.latency) + "_ratio", std::to_string(ratio));
    std::printf("%s: hypervolume ratio %.4f, recall %.2f after 1,000 queries\n", row.latency, ratio, recall);
    EXPECT_GE(ratio, row.ratio) << row.latency;
    EXPECT_GE(recall, row.recall) << row.latency;
  }
}

TEST(NasBench201Fronts, ExhaustiveFrontsHaveThePublishedSizesAndVolumes) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  struct Row {
    const char *accuracy, *latency;
    std::size_t size;
    double volume;
  };
  const Row rows[] = {{"acc_cifar10", "lat_pixel3", 43, 3353.1958},      {"acc_cifar10", "lat_raspi4", 43, 9039.4712},
                      {"acc_cifar10", "lat_eyeriss", 16, 826.9099},      {"acc_cifar10", "lat_fpga", 13, 702.7346},
                      {"acc_cifar10", "lat_gold_6226", 36, 1638.6546},   {"acc_cifar10", "lat_titan_rtx_256", 43, 3875.3152},
                      {"acc_cifar100", "lat_raspi4", 40, 6903.5271},     {"acc_cifar100", "lat_eyeriss", 13, 632.3929},
                      {"acc_cifar100", "lat_fpga", 15, 532.4213},        {"acc_cifar100", "lat_gold_6226", 50, 1229.1712},
                      {"acc_cifar100", "lat_titan_rtx_1", 34, 663.9635}, {"acc_in16_120", "lat_eyeriss", 14, 397.3733},
                      {"acc_in16_120", "lat_fpga", 16, 329.8409},        {"acc_in16_120", "lat_titan_rtx_1", 29, 410.5070}};
  for (const Row& row : rows) {
    const auto& accuracy = table->columns.at(row.accuracy);
    const auto& latency = table->columns.at(row.latency);
    std::vector<double> points;
    for (std::size_t i = 0; i < accuracy.size(); ++i) points.insert(points.end(), {-accuracy[i], latency[i]});
    EXPECT_EQ(non_dominated(points, 2).size(), row.size) << row.accuracy << " " << row.latency;
    EXPECT_NEAR(hypervolume(points, 2, std::vector<double>{0, *std::max_element(latency.begin(), latency.end())}), row.volume,
                5.1e-5)
        << row.accuracy << " " << row.latency;
  }
}
