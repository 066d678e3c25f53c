// 1,819 networks of once-for-all's MobileNetV3 measured on ImageNet, as the only ones that a search may look up.
#include <fmt/format.h>

#include "run_example.h"

using namespace nas;
using namespace nas::testing;

TEST(ImagenetPool, SearchesThatLearnFindTheMeasuredFrontWithFewerLookUps) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the published tables are not beside this checkout (set NAS_SHARED_DATA)";
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/imagenet_pool.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  // One point a network: repeated measurements are averaged, as the script says.
  std::map<std::string, std::vector<double>> accuracy;
  std::map<std::string, double> macs;
  for (const CsvRow& row : csv_rows("ofa_mobilenetv3_w10_accuracy.csv.gz")) {
    // Blocks beyond the depth have no effect: two rows that differ there alone are one network.
    std::string name;
    for (int stage = 0; stage < 5; ++stage) {
      const int depth = std::stoi(row.at(fmt::format("d{}", stage)));
      name += fmt::format("|{}", depth);
      for (int block = 4 * stage; block < 4 * stage + depth; ++block)
        name += fmt::format(" {}:{}", row.at(fmt::format("ks{}", block)), row.at(fmt::format("e{}", block)));
    }
    accuracy[name].push_back(std::stod(row.at("top1")));
    macs[name] = std::stod(row.at("macs")) / 1e6;
  }
  Trade all;
  double most = 0;
  for (const auto& [name, values] : accuracy) {
    double sum = 0;
    for (const double v : values) sum += v;
    all.emplace_back(sum / static_cast<double>(values.size()), macs[name]);
    most = std::max(most, macs[name]);
  }
  const auto found = [&](const std::string& search) {
    Trade points;
    const auto &top1 = run.numbers(search, "accuracy"), &cost = run.numbers(search, "macs");
    for (std::size_t i = 0; i < top1.size(); ++i) points.emplace_back(top1[i], cost[i]);
    return points;
  };
  EXPECT_EQ(run.fronts.at("truth").evaluations, static_cast<std::int64_t>(all.size()));
  EXPECT_EQ(found("truth").size(), front_of(all).size());
  // Above 70 %, where all of these networks lie: volumes from 0 % would all look alike.
  const auto volume = [&](Trade points) {
    for (auto& point : points) point.first -= 70;
    return volume_of(points, most);
  };
  EXPECT_NEAR(volume(found("truth")), volume(all), 1e-6 * volume(all));
  std::map<std::string, double> ratio;
  for (const char* search : {"blind", "genetic", "learning", "rounds"})
    for (int seed = 1; seed <= 5; ++seed) {
      const std::string name = fmt::format("{}[seed {}]", search, seed);
      EXPECT_EQ(run.fronts.at(name).evaluations, 400) << name;
      ratio[search] += volume(found(name)) / volume(all) / 5;
    }
  std::printf("1,819 measured networks, 400 looked up: random %.4f, NSGA-II %.4f, WeakNAS %.4f, concurrent %.4f of the volume\n",
              ratio["blind"], ratio["genetic"], ratio["learning"], ratio["rounds"]);
  EXPECT_GT(ratio["genetic"], ratio["blind"]);
  EXPECT_GT(ratio["rounds"], ratio["blind"]);
  EXPECT_GT(ratio["learning"], ratio["genetic"]);
  EXPECT_GT(slurp(folder.path() / "out/imagenet_pool.svg").size(), 5000u);
}
