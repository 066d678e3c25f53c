#include "stdlib/outputs/predictor_charts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/learnt.h"
#include "core/services.h"
#include "core/statistics.h"
#include "shown.h"
#include "stdlib/outputs/predictor_export.h"

namespace nas::testing {
namespace {

/// Says one value of every network.
class Constant : public Predictor {
 public:
  explicit Constant(double value) : value_(value) {}
  Result<void> fit(std::span<const float>, std::span<const double> targets, Stream) override {
    value_ = mean(targets);
    return {};
  }
  void predict(std::span<const float>, std::size_t n, std::span<double> out) const override {
    std::fill_n(out.begin(), n, value_);
  }
  std::string summary() const override { return "constant"; }

 private:
  double value_;
};

struct Drawn {
  std::unique_ptr<CompiledSpace> made = compile_stdlib("tiny_mobilenet");
  std::shared_ptr<const Space> space;
  DeviceRows rows{"host", {}, {}};
  OutputInput profile, predictor;

  explicit Drawn(std::size_t n) {
    space = std::make_shared<Space>(*made->space);
    auto result = std::make_shared<SearchResult>();
    result->metrics = {{"latency", "host"}};
    Stream stream(1, "profile");
    while (rows.networks.size() < n) {
      SearchRow row;
      row.arch = *space->sample(stream);
      if (std::find(rows.networks.begin(), rows.networks.end(), row.arch) != rows.networks.end()) continue;
      // The first gene decides: 1, 2 or 3 ms.
      row.measured = {{.value = 1e-3 * static_cast<double>(1 + row.arch.genes[0])}};
      rows.networks.push_back(row.arch);
      rows.values.push_back(row.measured[0].value);
      result->rows.push_back(std::move(row));
    }
    profile.name = "test";
    profile.space = predictor.space = space;
    profile.result = result;
    auto learnt = std::make_shared<Learnt>();
    learnt->metric = {"latency", "host"};
    learnt->space = space;
    learnt->predictor = std::make_shared<Constant>(2e-3);
    learnt->from = rows;
    learnt->relearn = [](const DeviceRows& some, Stream) -> Result<std::shared_ptr<const Predictor>> {
      if (some.values.size() < 3) return Failure{"", "too few", ""};
      return std::shared_ptr<const Predictor>(std::make_shared<Constant>(mean(some.values)));
    };
    predictor.name = "known";
    predictor.learnt = learnt;
  }
};

TEST(PredictorFile, WhatHasNothingToSaveIsRefused) {
  const Drawn drawn(10);
  struct NoServices : Services {
    Result<std::string> read_file(const std::string&) override { return Failure{}; }
    Result<std::string> input_path(const std::string&) override { return Failure{}; }
    Result<NetworkRunner*> runner() override { return Failure{}; }
    int threads() const override { return 1; }
  } services;
  const auto file = std::static_pointer_cast<Output>(*predictor_export().build(nlohmann::json::object(), services));
  const auto written = file->render({drawn.predictor}, {});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.failure().code, "E849");
  EXPECT_EQ(written.failure().message, "known cannot be saved: this predictor cannot be saved");
  EXPECT_EQ(written.failure().hint, "save the predictor that it was made of");
  OutputInput nothing = drawn.predictor;
  nothing.learnt = nullptr;
  EXPECT_EQ(file->render({nothing}, {}).failure().code, "E818");
}

TEST(PredictorCharts, ResidualsAreMeansByOption) {
  const Drawn drawn(60);
  const auto svg = residuals_svg(drawn.predictor, drawn.profile, 3);
  ASSERT_TRUE(svg) << svg.failure().message;
  const double average = mean(drawn.rows.values);
  const Gene& gene = drawn.space->genes()[0];
  double squares = 0;
  for (std::size_t option = 0; option < gene.options.size(); ++option) {
    const auto count = std::count_if(drawn.rows.networks.begin(), drawn.rows.networks.end(),
                                     [&](const Arch& arch) { return arch.genes[0] == option; });
    const double residual = 100 * (2e-3 - 1e-3 * static_cast<double>(option + 1)) / average;
    squares += static_cast<double>(count) * residual * residual;
    EXPECT_NE(svg->find(fmt::format("{} = {}: {:+.2f} % of the mean, standard error 0.00, {} networks", gene.name,
                                    gene.options[option], residual, count)),
              std::string::npos)
        << *svg;
  }
  EXPECT_NE(
      svg->find(fmt::format("Where known is wrong on test: 60 networks, RMSE {:.1f} % of the mean", std::sqrt(squares / 60))),
      std::string::npos);
  EXPECT_NE(svg->find(">100</text>"), std::string::npos);  // the first gene explains all that differs
  // So many genes and no more.
  std::size_t rows = 0;
  for (std::size_t at = svg->find("text-anchor=\"end\">"); at != std::string::npos;
       at = svg->find("text-anchor=\"end\">", at + 1))
    ++rows;
  EXPECT_EQ(rows, 3u);
  const Drawn few(2);
  const auto refused = residuals_svg(few.predictor, few.profile, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().message, "the picture needs at least 3 networks, test has 2");
}

// A constant that is the mean of what it has seen: its error is at least the deviation of what is held out.
TEST(PredictorCharts, LearningCurvesAreOfNetworksHeldOut) {
  const Drawn drawn(100);
  const auto chart = learning_chart(drawn.predictor, {80, 5, 20}, 40, 1);
  ASSERT_TRUE(chart) << chart.failure().message;
  ASSERT_EQ(chart->series.size(), 1u);
  const ChartSeries& series = chart->series[0];
  ASSERT_EQ(series.points.size(), 3u);
  double squares = 0;
  const double average = mean(drawn.rows.values);
  for (const double v : drawn.rows.values) squares += (v - average) * (v - average) / 100;
  const double deviation = 100 * std::sqrt(squares) / average;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(series.points[i].x, (std::vector<double>{5, 20, 80})[i]);
    EXPECT_LE(series.band[i].low, series.points[i].y);
    EXPECT_GE(series.band[i].high, series.points[i].y);
    EXPECT_NEAR(series.points[i].y, deviation, 0.35 * deviation);
  }
  EXPECT_GT(series.points[0].y, series.points[2].y);
  // Another seed draws others; the same seed the same.
  EXPECT_EQ(learning_chart(drawn.predictor, {80, 5, 20}, 40, 1)->svg(), chart->svg());
  EXPECT_NE(learning_chart(drawn.predictor, {80, 5, 20}, 40, 2)->svg(), chart->svg());
  // Left out: doubling from ten, and all.
  const auto doubled = learning_chart(drawn.predictor, {}, 2, 1);
  std::vector<double> sizes;
  for (const ChartPoint& point : doubled->series[0].points) sizes.push_back(point.x);
  EXPECT_EQ(sizes, (std::vector<double>{10, 20, 40, 80}));
  EXPECT_EQ(learning_chart(drawn.predictor, {81}, 2, 1).failure().message,
            "learning asks for 81 networks, 80 of the 100 may be learnt from");
  EXPECT_EQ(learning_chart(drawn.predictor, {2}, 2, 1).failure().message, "known cannot learn from 2 networks: too few");
  const Drawn few(4);
  EXPECT_EQ(learning_chart(few.predictor, {}, 2, 1).failure().message,
            "known has learnt from 4 networks: too few for a learning curve");
}

}  // namespace
}  // namespace nas::testing
