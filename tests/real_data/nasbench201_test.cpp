// NAS-Bench-201's published tables, searched by the example scripts: fronts, volumes and optima to the digits that were computed
// from the tables elsewhere (strict sweep over all rows), and searches of a thousand look-ups beside a reference implementation.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "run_example.h"

using namespace nas;
using namespace nas::testing;

namespace {

const char* const kAbsent = "the published tables are not beside this checkout (set NAS_SHARED_DATA)";

Trade rows_of(const std::vector<CsvRow>& table, const std::string& accuracy, const std::string& latency) {
  Trade points;
  for (const CsvRow& row : table)
    if (row.at(latency) != "-1") points.emplace_back(std::stod(row.at(accuracy)), std::stod(row.at(latency)));
  return points;
}

double slowest(const Trade& points) {
  double most = 0;
  for (const auto& point : points) most = std::max(most, point.second);
  return most;
}

}  // namespace

TEST(NasBench201, ExhaustiveFrontsAndConstrainedOptimaAreThePublishedOnes) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << kAbsent;
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/nasbench201_fronts.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  struct Row {
    const char *set, *device;
    std::size_t size;
    double volume, slowest;
  };
  const Row rows[] = {
      {"cifar10", "pixel3", 43, 3353.1958, 36.7665},      {"cifar10", "raspi4", 43, 9039.4712, 98.8875},
      {"cifar10", "eyeriss", 16, 826.9099, 10.5269},      {"cifar10", "fpga", 13, 702.7346, 8.6786},
      {"cifar10", "gold_6226", 36, 1638.6546, 20.3731},   {"cifar10", "titan_rtx_256", 43, 3875.3152, 47.7211},
      {"cifar100", "raspi4", 40, 6903.5271, 98.8875},     {"cifar100", "eyeriss", 13, 632.3929, 10.5269},
      {"cifar100", "fpga", 15, 532.4213, 8.6786},         {"cifar100", "gold_6226", 50, 1229.1712, 20.3731},
      {"cifar100", "titan_rtx_1", 34, 663.9635, 12.1831}, {"in16_120", "eyeriss", 14, 397.3733, 10.5269},
      {"in16_120", "fpga", 16, 329.8409, 8.6786},         {"in16_120", "titan_rtx_1", 29, 410.5070, 12.1831},
      {"cifar10", "edgegpu", 16, 707.1735, 10.8122},      {"cifar10", "edgetpu", 18, 124.3918, 1.9483},
      {"cifar100", "edgegpu", 15, 546.2506, 10.8122},     {"cifar100", "edgetpu", 21, 96.0769, 1.9483},
  };
  const auto table = csv_rows("nasbench201.csv.gz"), subset = csv_rows("nasbench201_subset18.csv.gz");
  for (const Row& row : rows) {
    const bool small = std::string(row.device).rfind("edge", 0) == 0;
    const std::string search = fmt::format("front[{}][{}]", row.set, row.device);
    const Trade all = rows_of(small ? subset : table, fmt::format("acc_{}", row.set),
                              fmt::format("lat_{}{}", small ? "hwnas_" : "", row.device));
    const Trade front = trade_of(run, search);
    EXPECT_EQ(front.size(), row.size) << search;
    EXPECT_NEAR(slowest(all), row.slowest, 5.1e-5) << search;
    EXPECT_NEAR(volume_of(front, slowest(all)), row.volume, 5.1e-5) << search;
    EXPECT_EQ(run.fronts.at(search).evaluations, static_cast<std::int64_t>(all.size())) << search;
  }
  // The whole of the shortest front, from the reference.
  const Trade fpga = front_of(trade_of(run, "front[cifar10][fpga]"));
  const Trade wanted = {{86.7967, 1.13296}, {89.8750, 1.64816}, {89.9867, 2.05776}, {90.8300, 2.16336}, {92.3667, 2.39056},
                        {93.3967, 2.90576}, {93.5967, 3.42096}, {93.9100, 3.64816}, {94.0150, 4.16336}, {94.0900, 4.67856},
                        {94.3067, 5.19376}, {94.3433, 5.93616}, {94.3733, 6.67856}};
  ASSERT_EQ(fpga.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(fpga[i].first, wanted[i].first, 1e-9);
    EXPECT_NEAR(fpga[i].second, wanted[i].second, 1e-9);
  }
  struct Optimum {
    const char *device, *bound, *index10;
    double accuracy10, ms10;
    const char* index100;
    double accuracy100, ms100;
  };
  for (const Optimum& o : {Optimum{"pixel3", "5 ms", "6434", 91.0800, 4.8111, "12639", 68.4800, 4.7490},
                           Optimum{"pixel3", "10 ms", "13171", 93.6250, 7.7172, "6787", 70.8700, 9.3917},
                           Optimum{"pixel3", "15 ms", "2018", 94.0633, 14.9605, "2018", 72.3600, 14.9605},
                           Optimum{"fpga", "4 ms", "11472", 93.9100, 3.6482, "6925", 71.6300, 3.9362},
                           Optimum{"fpga", "6 ms", "3731", 94.3433, 5.9362, "3888", 73.4800, 5.9362},
                           Optimum{"eyeriss", "5 ms", "6584", 94.0150, 4.8744, "6925", 71.6300, 3.8914},
                           Optimum{"raspi4", "25 ms", "7407", 93.5100, 24.8554, "6925", 71.6300, 24.3723}})
    for (const bool first : {true, false}) {
      const std::string search = fmt::format("best[[{}, {}]][{}]", o.device, o.bound, first ? "cifar10" : "cifar100");
      ASSERT_TRUE(run.fronts.count(search)) << search << run.results.rbegin()->first;
      const Front& front = run.fronts.at(search);
      ASSERT_EQ(front.size(), 1u) << search;
      EXPECT_NEAR(front.find("accuracy")->numbers[0], first ? o.accuracy10 : o.accuracy100, 5.1e-5) << search;
      const CsvRow& row = table.at(std::stoul(first ? o.index10 : o.index100));
      EXPECT_EQ(row.at("idx"), first ? o.index10 : o.index100);
      EXPECT_EQ(front.find("architecture")->texts[0], row.at("arch")) << search;
      EXPECT_NEAR(std::stod(row.at(fmt::format("lat_{}", o.device))), first ? o.ms10 : o.ms100, 5.1e-5) << search;
      EXPECT_NE(run.printed.find(fmt::format("{} within {}: {}", o.device, o.bound, row.at("arch"))), std::string::npos)
          << run.printed;
    }
}

// Ten seeds. The bars are what a reference implementation reached (population 50, tournament, uniform crossover, a sixth of the
// edges mutated): hypervolume ratio and the share of the true front that was found.
TEST(NasBench201, AThousandLookUpsReachTheReferencesVolumeAndRecall) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << kAbsent;
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/nasbench201_search.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  struct Row {
    const char *set, *device;
    double ratio, recall;
  };
  const auto table = csv_rows("nasbench201.csv.gz");
  for (const Row& row :
       {Row{"cifar10", "pixel3", .9993, .37}, Row{"cifar100", "pixel3", .9985, .54}, Row{"cifar10", "fpga", .9996, .39},
        Row{"cifar100", "fpga", .9988, .45}, Row{"cifar10", "titan_rtx_1", .9997, .68}}) {
    const Trade all = rows_of(table, fmt::format("acc_{}", row.set), fmt::format("lat_{}", row.device));
    const Trade best = front_of(all);
    std::map<std::string, std::pair<double, double>> mean;
    for (const char* search : {"genetic", "blind"})
      for (int seed = 1; seed <= 10; ++seed) {
        const std::string name = fmt::format("{}[[{}, {}]][seed {}]", search, row.set, row.device, seed);
        ASSERT_TRUE(run.fronts.count(name)) << name;
        EXPECT_EQ(run.fronts.at(name).evaluations, 1000) << name;
        const Trade front = trade_of(run, name);
        const std::set<std::pair<double, double>> found(front.begin(), front.end());
        // The values that the tool prints went through units: compared within rounding.
        const auto hits = std::count_if(best.begin(), best.end(), [&](const auto& p) {
          return std::any_of(found.begin(), found.end(), [&](const auto& q) {
            return std::abs(p.first - q.first) < 1e-9 && std::abs(p.second - q.second) < 1e-9;
          });
        });
        mean[search].first += volume_of(front, slowest(all)) / volume_of(best, slowest(all)) / 10;
        mean[search].second += static_cast<double>(hits) / static_cast<double>(best.size()) / 10;
      }
    const auto [ratio, recall] = mean["genetic"];
    std::printf("%s %s: NSGA-II %.4f (recall %.2f), random %.4f (%.2f), reference %.4f (%.2f)\n", row.set, row.device, ratio,
                recall, mean["blind"].first, mean["blind"].second, row.ratio, row.recall);
    EXPECT_GE(ratio, row.ratio - 5e-5) << row.set << row.device;  // to the reference's printed digits
    EXPECT_GE(recall, row.recall - 5e-3) << row.set << row.device;
    EXPECT_GT(ratio, mean["blind"].first);
    EXPECT_GT(recall, mean["blind"].second);
  }
}
