// Monotonicity of 17 devices on NAS-Bench-201: the picture shows the published rank correlations.
#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "run_example.h"

using namespace nas;
using namespace nas::testing;

TEST(MonotonicityExample, TheHeatMapShowsThePublishedCorrelations) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the published tables are not beside this checkout (set NAS_SHARED_DATA)";
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/monotonicity.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;

  std::ifstream file(folder.path() / "out/monotonicity.svg");
  const std::string svg((std::istreambuf_iterator<char>(file)), {});
  std::map<std::pair<std::string, std::string>, double> shown;
  const std::regex cell("<title>([a-z0-9_]+): ([a-z0-9_]+): (-?[0-9.]+)");
  for (std::sregex_iterator it(svg.begin(), svg.end(), cell), end; it != end; ++it)
    shown[{(*it)[1], (*it)[2]}] = std::stod((*it)[3]);
  ASSERT_EQ(shown.size(), 17u * 17u);
  const std::vector<std::string> devices = {"pixel3",    "raspi4",      "eyeriss",       "fpga",
                                            "gold_6226", "titan_rtx_1", "titan_rtx_256", "pixel2"};
  const double published[] = {.967, .723, .872, .711, .547, .878, .761, .680, .890, .763, .609, .893, .787, .754,
                              .504, .362, .696, .609, .912, .789, .974, .898, .936, .872, .869, .740, .775, .878};
  std::size_t at = 0;
  for (std::size_t i = 0; i < devices.size(); ++i)
    for (std::size_t j = i + 1; j < devices.size(); ++j, ++at) {
      EXPECT_NEAR((shown.at({devices[i], devices[j]})), published[at], 1.01e-3) << devices[i] << " " << devices[j];
      EXPECT_EQ((shown.at({devices[i], devices[j]})), (shown.at({devices[j], devices[i]})));
    }
  EXPECT_NE(run.printed.find("spearman of 15625 networks\n"), std::string::npos) << run.printed;
  EXPECT_NE(run.printed.find("best proxy for the others: "), std::string::npos);
}
