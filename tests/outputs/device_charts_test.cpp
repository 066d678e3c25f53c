#include "stdlib/outputs/device_charts.h"

#include <gtest/gtest.h>

#include "core/learnt.h"
#include "shown.h"

namespace nas::testing {
namespace {

/// Says the same of every network.
class Same : public Predictor {
 public:
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
  void predict(std::span<const float>, std::size_t, std::span<double> out) const override {
    std::fill(out.begin(), out.end(), 2e-3);
  }
  std::string summary() const override { return "same"; }
};

/// Latencies of the same networks on one device: the smaller the factor, the more of the order is turned round.
OutputInput profile(const CompiledSpace& made, const std::string& device, std::size_t reversed, std::size_t n = 6) {
  auto result = std::make_shared<SearchResult>();
  result->metrics = {{"latency", device}};
  Stream stream(1, "profile");
  for (std::size_t i = 0; i < n; ++i) {
    SearchRow row;
    row.arch = *made.space->sample(stream);
    const std::size_t place = i < reversed ? reversed - 1 - i : i;
    row.measured = {{.value = 1e-3 * static_cast<double>(place + 1)}};
    result->rows.push_back(std::move(row));
  }
  OutputInput input;
  input.name = "all[" + device + "]";
  input.space = std::make_shared<Space>(*made.space);
  input.result = std::move(result);
  return input;
}

TEST(DeviceCharts, AHeatMapNamesDevicesAndTheirCorrelations) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const auto svg = heatmap_svg({profile(*made, "a", 0), profile(*made, "b", 2), profile(*made, "c", 6)});
  ASSERT_TRUE(svg);
  // Two neighbours swapped: 1 - 6 * 2 / (6 * 35). All turned round: -1.
  EXPECT_NE(svg->find("<title>a: b: 0.943, 95 % interval "), std::string::npos);
  EXPECT_NE(svg->find("<title>c: a: -1.000, "), std::string::npos);
  EXPECT_NE(svg->find("latency of 6 networks"), std::string::npos);
  EXPECT_NE(svg->find("best proxy for the others: "), std::string::npos);
}

// Profiles of one device are told apart by their own names.
TEST(DeviceCharts, ProfilesOfOneDeviceKeepTheirNames) {
  const auto made = compile_stdlib("tiny_mobilenet");
  OutputInput first = profile(*made, "a", 0), second = profile(*made, "a", 2);
  first.name = "monday", second.name = "friday";
  const auto svg = heatmap_svg({first, second});
  ASSERT_TRUE(svg);
  EXPECT_NE(svg->find("<title>monday: friday: 0.943"), std::string::npos);
}

TEST(DeviceCharts, TooFewCommonNetworksAreAFailure) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const OutputInput few = profile(*made, "a", 0, 2), many = profile(*made, "b", 0);
  for (const Failure& failure : {heatmap_svg({few, many}).failure(), latency_scatter(few, many).failure()}) {
    EXPECT_EQ(failure.code, "E841");
    EXPECT_EQ(failure.message, "the picture needs at least 3 networks that all profiles know, there are 2");
    EXPECT_EQ(failure.hint, "give the profiles more samples");
  }
}

TEST(DeviceCharts, ScattersHaveOneAxisPerDevice) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const auto chart = latency_scatter(profile(*made, "a", 0), profile(*made, "b", 2));
  ASSERT_TRUE(chart);
  EXPECT_EQ(chart->title, "latency@a and latency@b: Spearman 0.943");
  EXPECT_EQ(chart->x_title, "latency@a [ms]");
  ASSERT_EQ(chart->series[0].points.size(), 6u);
  EXPECT_DOUBLE_EQ(chart->series[0].points[0].x, 1);
  EXPECT_DOUBLE_EQ(chart->series[0].points[0].y, 2);
}

TEST(DeviceCharts, PredictionsStandBesideMeasurements) {
  const auto made = compile_stdlib("tiny_mobilenet");
  auto learnt = std::make_shared<Learnt>();
  learnt->space = std::make_shared<Space>(*made->space);
  learnt->predictor = std::make_shared<Same>();
  OutputInput predictor;
  predictor.name = "known";
  predictor.learnt = learnt;
  const auto chart = predicted_vs_measured(predictor, profile(*made, "a", 0));
  ASSERT_TRUE(chart);
  EXPECT_TRUE(chart->diagonal);
  EXPECT_EQ(chart->x_title, "predicted latency@a [ms]");
  EXPECT_DOUBLE_EQ(chart->series[0].points[3].x, 2);
  EXPECT_DOUBLE_EQ(chart->series[0].points[3].y, 4);
}

}  // namespace
}  // namespace nas::testing
