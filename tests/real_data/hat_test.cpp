// HAT's transformers: latency learnt from 2,000 published measurements, and the published networks beside the front that is
// found.
#include <fmt/format.h>

#include "run_example.h"

using namespace nas;
using namespace nas::testing;

TEST(Hat, TheFrontOfParametersAgainstLatencyHoldsThePublishedNetworksBelowIt) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the published tables are not beside this checkout (set NAS_SHARED_DATA)";
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/hat_translation.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  const auto points_of = [&](const std::string& search) {
    Trade points;
    const auto &params = run.numbers(search, "params"), &encoder = run.numbers(search, "latency@encoder"),
               &decoder = run.numbers(search, "latency@decoder");
    for (std::size_t i = 0; i < params.size(); ++i) points.emplace_back(params[i], encoder[i] + decoder[i]);
    return points;
  };
  const Trade front = points_of("front"), known = points_of("known");
  EXPECT_GE(front.size(), 15u);
  for (const auto& point : front) EXPECT_LE(point.second, 7000);
  // Equal networks are published for several tasks and devices; those with the same layers are one.
  EXPECT_GT(run.fronts.at("known").evaluations, 15);
  EXPECT_LE(run.fronts.at("known").evaluations, 22);
  // Of published networks that keep the bound, some network of the front is at least as large and at least as fast.
  std::size_t within = 0, covered = 0;
  for (const auto& point : known) {
    if (point.second > 7000) continue;
    ++within;
    covered += std::any_of(front.begin(), front.end(),
                           [&](const auto& f) { return f.first >= point.first && f.second <= point.second; });
  }
  EXPECT_GE(within, 2u);
  EXPECT_EQ(covered, within);
  // What HAT measured on the Raspberry Pi for its largest published network there (48.33 M, 6.9 s) is near the learnt latency of
  // networks of that size on the front, which are faster.
  const auto largest = std::max_element(front.begin(), front.end());
  EXPECT_GT(largest->first, 48.33);
}
