// FBNet's 9^22 networks: the table of operators of four devices against the 5,000 published latencies, and searches on it.
#include <cmath>

#include "run_example.h"
#include "stdlib/devices/lut.h"

using namespace nas;
using namespace nas::testing;

namespace {

const char* const kNoTables = "the published tables are not beside this checkout (set NAS_SHARED_DATA)";

}  // namespace

TEST(FBNet, TheTableOfOperatorsGivesEveryPublishedLatencyOfFourDevices) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << kNoTables;
  const auto made = compile_stdlib("fbnet");
  ASSERT_TRUE(made->space) << made->errors();
  const auto space = std::make_shared<Space>(*made->space);
  const auto rows = csv_rows("fbnet_latency.csv.gz");
  ASSERT_EQ(rows.size(), 5000u);
  std::vector<std::uint8_t> genomes;
  for (const CsvRow& row : rows) {
    const auto arch = space->parse(0, {split_values(row.at("arch"))});
    ASSERT_TRUE(arch) << arch.failure().message;
    genomes.insert(genomes.end(), arch->genes.begin(), arch->genes.end());
  }
  FilesByPath files;
  std::vector<double> values(rows.size());
  for (const char* device : {"pixel3", "raspi4", "fpga", "eyeriss"}) {
    LutArgs args;
    args.file = *data / "fbnet_lut.csv";
    args.value = "ms";
    args.unit = 1e-3;
    args.device = device;
    const auto table = open_lut(args, files);
    ASSERT_TRUE(table) << table.failure().message;
    ASSERT_TRUE((*table)->ready(*space, *find_metric("latency")));
    EXPECT_TRUE((*table)->predicts());
    const auto batch = (*table)->batch(space);
    ASSERT_TRUE(batch);
    (*batch)->values(genomes, rows.size(), values);
    double worst = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      worst = std::max(worst, std::fabs(1e3 * values[i] - std::stod(rows[i].at(std::string("lat_") + device))));
    EXPECT_LT(worst, 1e-4) << device;
    std::printf("FBNet on %s: 5,000 latencies within %.1e ms\n", device, worst);
  }
}

TEST(FBNet, SearchesKeepTheirBounds) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << kNoTables;
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/fbnet_table.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  double before = 0;
  for (const int bound : {8, 12, 16}) {
    const std::string name = "best[" + std::to_string(bound) + " ms]";
    EXPECT_LE(run.numbers(name, "latency")[0], bound);
    const double macs = run.numbers(name, "macs")[0];
    EXPECT_GT(macs, before);  // more time, more operations
    before = macs;
    std::printf("FBNet within %d ms on a Pixel 3: %.2f M operations\n", bound, macs);
  }
  for (const char* device : {"pixel3", "raspi4", "fpga", "eyeriss"})
    EXPECT_GT(slurp(folder.path() / (std::string("out/fbnet_") + device + ".csv")).size(), 2000u) << device;
}
