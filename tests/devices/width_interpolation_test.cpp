// Layers that differ in their channels alone: some widths are measured, the others are interpolated, and layers held out tell the
// error.
#include "stdlib/devices/width_interpolation.h"

#include <map>
#include <set>

#include "bench_device.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Two convolutions of chosen widths: 5 first ones, 20 second ones, 4 classifiers.
const char* const kWidths = R"(def space widths() {
  input = image(channels = 3, size = 8)
  a = choice(8, 16, 24, 32, 40)
  b = choice(16, 32, 48, 64)
  conv(kernel = 3, out = a)
  conv(kernel = 1, out = b)
  linear(4)
}
)";

class Widths : public PerOperator {
 protected:
  static std::string with(const std::string& device, const std::string& widths, const std::string& rest) {
    return "seed 3\n" + std::string(kWidths) + "space net = widths()\ndevice board = " + device +
           "\nprofile base = latency over net on board { samples = 10, strategy = per_operator" + widths + " }\n" + rest;
  }
  /// The column mean_ms of an exported table by layer, and the layers that are interpolated.
  static std::map<std::string, double> table(const std::string& text, std::set<std::string>* interpolated = nullptr) {
    std::map<std::string, double> of;
    std::istringstream lines(text);
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);) {
      const auto comma = line.find(',');
      of[line.substr(0, comma)] = std::stod(line.substr(comma + 1));
      if (interpolated && line.ends_with(",true")) interpolated->insert(line.substr(0, comma));
    }
    return of;
  }
};

std::vector<LayerUnit> units_of_widths() {
  const auto made = compile(kWidths);
  return *units_of_space(*made->space);
}

/// Channels of the unit's first layer with weights.
std::pair<double, double> channels_of(const LayerUnit& unit) {
  for (const Layer& layer : unit.network.layers)
    if (layer.kind == LayerKind::conv || layer.kind == LayerKind::linear)
      return {static_cast<double>(layer.in.channels), static_cast<double>(layer.out.channels)};
  return {0, 0};
}

}  // namespace

// Values that are linear in each count are found again whatever the widths; every layer of every space has one.
TEST(WidthPlan, WhatIsLinearInEachCountIsFoundAgain) {
  const auto units = units_of_widths();
  ASSERT_EQ(units.size(), 29u);
  std::vector<double> truth;
  for (const LayerUnit& unit : units) {
    const auto [in, out] = channels_of(unit);
    truth.push_back(3 + 0.5 * in + 0.25 * out + 0.125 * in * out);
  }
  for (const int widths : {2, 3, 4, 5, 9}) {
    const WidthPlan plan(units, widths, Stream(7, "held out"));
    std::vector<double> measured(units.size(), std::nan(""));
    std::size_t count = 0;
    for (std::size_t i = 0; i < units.size(); ++i)
      if (plan.measures(i)) {
        measured[i] = truth[i];
        ++count;
      }
    const auto values = plan.interpolated(measured);
    for (std::size_t i = 0; i < units.size(); ++i) EXPECT_NEAR(values.values[i], truth[i], 1e-12 * truth[i]) << units[i].key;
    EXPECT_EQ(values.interpolated, units.size() - count) << widths;
    EXPECT_LT(values.largest_error, 1e-12);
    const auto of = [&](int all) { return std::min(widths, all); };
    const int nodes = of(5) + of(5) * of(4) + of(4);
    EXPECT_EQ(static_cast<int>(count), nodes + std::min(29 - nodes, 3)) << widths;
  }
}

// A square between two nodes is off by (w - below) (above - w).
TEST(WidthPlan, TheErrorIsThatOfTheLayersHeldOut) {
  const auto units = units_of_widths();
  const WidthPlan plan(units, 2, Stream(7, "held out"));
  std::vector<double> measured(units.size(), std::nan(""));
  const auto square = [](const LayerUnit& unit) {
    const auto [in, out] = channels_of(unit);
    return in * in + out * out;
  };
  for (std::size_t i = 0; i < units.size(); ++i)
    if (plan.measures(i)) measured[i] = square(units[i]);
  const auto values = plan.interpolated(measured);
  double sum = 0, largest = 0;
  std::size_t held = 0, interpolated = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto [in, out] = channels_of(units[i]);
    const bool first = in == 3, last = out == 4;
    // What is between the ends of each count that varies.
    const double a = first  ? (out - 8) * (40 - out)
                     : last ? (in - 16) * (64 - in)
                            : (in - 8) * (40 - in) + (out - 16) * (64 - out);
    if (plan.measures(i)) {
      EXPECT_DOUBLE_EQ(values.values[i], square(units[i]));
      if (a == 0) continue;
      ++held;
      sum += a / square(units[i]);
      largest = std::max(largest, a / square(units[i]));
    } else {
      ++interpolated;
      EXPECT_GT(a, 0) << units[i].key;
      EXPECT_NEAR(values.values[i], square(units[i]) + a, 1e-9) << units[i].key;
    }
  }
  EXPECT_EQ(held, 3u);
  EXPECT_EQ(values.held_out, held);
  EXPECT_EQ(values.interpolated, interpolated);
  EXPECT_NEAR(values.mean_error, sum / static_cast<double>(held), 1e-12);
  EXPECT_NEAR(values.largest_error, largest, 1e-12);
}

// A layer without a value leaves those open that follow from it, and tells no error.
TEST(WidthPlan, WhatFollowsFromNoValueHasNone) {
  const auto units = units_of_widths();
  const WidthPlan plan(units, 2, Stream(7, "held out"));
  std::vector<double> measured(units.size(), std::nan(""));
  for (std::size_t i = 0; i < units.size(); ++i)
    if (plan.measures(i) && channels_of(units[i]) != std::pair(3.0, 40.0)) measured[i] = 1;
  const auto values = plan.interpolated(measured);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto [in, out] = channels_of(units[i]);
    const bool follows = in == 3 && out > 8 && (out == 40 || !plan.measures(i));
    EXPECT_EQ(std::isnan(values.values[i]), follows) << units[i].key;
  }
}

TEST(WidthPlan, EveryLayerOfEverySpaceIsMeasuredOrFollows) {
  for (const char* name :
       {"tiny_mobilenet", "ofa_mobilenetv3", "ofa_resnet50", "nasbench201", "vit", "fbnet", "hat_transformer"}) {
    const auto made = compile_stdlib(name);
    const auto units = units_of_space(*made->space);
    ASSERT_TRUE(units) << name;
    for (const int widths : {2, 3}) {
      const WidthPlan plan(*units, widths, Stream(1, name));
      std::vector<double> measured;
      for (std::size_t i = 0; i < units->size(); ++i) measured.push_back(plan.measures(i) ? 2 : std::nan(""));
      const auto values = plan.interpolated(measured);
      for (std::size_t i = 0; i < units->size(); ++i) {
        if ((*units)[i].network.layers.empty())
          EXPECT_FALSE(plan.measures(i)) << (*units)[i].key;
        else
          EXPECT_EQ(values.values[i], 2) << name << ": " << (*units)[i].key;
      }
    }
  }
}

TEST_F(Widths, FewLayersAreMeasuredAndTheTableSaysWhich) {
  const std::string flat = "bench(root = 0)";
  ASSERT_EQ(run(with(flat, "", "export base as lut to \"all.csv\"\n")).status, Status::ok);
  EXPECT_EQ(Bench::measured, 29 + 10);
  EXPECT_EQ(file("all.csv").substr(0, file("all.csv").find('\n')), "layer,mean_ms,corrected_ms,spread_ms,count");
  const auto all = table(file("all.csv"));
  Bench::measured = 0;
  const Outcome outcome =
      run(with(flat, ", widths = 2", "show base\nexport base as lut to \"few.csv\"\nexport base as yaml to \"few.yaml\"\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(Bench::measured, 0);  // the same device and layers: what the first profile measured is known
  EXPECT_NE(
      outcome.printed.find("\n  11 different layers measured, 18 interpolated over width; error of that over 3 measured layers "
                           "held out 0.0 % in the mean, 0.0 % at most\n"),
      std::string::npos)
      << outcome.printed;
  std::set<std::string> interpolated;
  const auto few = table(file("few.csv"), &interpolated);
  EXPECT_EQ(file("few.csv").substr(0, file("few.csv").find('\n')), "layer,mean_ms,corrected_ms,spread_ms,count,interpolated");
  EXPECT_EQ(interpolated.size(), 18u);
  ASSERT_EQ(few.size(), all.size());
  for (const auto& [layer, ms] : all) EXPECT_NEAR(few.at(layer), ms, 1e-9 * ms) << layer;
  const std::string yaml = file("few.yaml");
  std::size_t marked = 0;
  for (std::size_t at = 0; (at = yaml.find("  count: 0\n", at)) != std::string::npos; ++at) ++marked;
  EXPECT_EQ(marked, 18u);
  marked = 0;
  for (std::size_t at = 0; (at = yaml.find("  interpolated: true\n", at)) != std::string::npos; ++at) ++marked;
  EXPECT_EQ(marked, 18u);
}

TEST_F(Widths, AnErrorIsShown) {
  const Outcome outcome =
      run(with("bench(root = 0.1)", ", widths = 2", "show base\npredictor known = lut() from base\nshow known\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(Bench::measured, 11 + 10);
  EXPECT_NE(outcome.printed.find(
                "\n  11 different layers measured, 18 interpolated over width; error of that over 3 measured layers held out "),
            std::string::npos)
      << outcome.printed;
  EXPECT_EQ(outcome.printed.find("held out 0.0 %"), std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find("the sum over 29 different layers, 18 of them interpolated over width"), std::string::npos)
      << outcome.printed;
}

TEST_F(Widths, GoesOnWhereItWasInterrupted) {
  const std::string text =
      with("bench(root = 0.1)", ", widths = 3", "export base as lut to \"layers.csv\"\nexport base as csv to \"base.csv\"\n");
  ASSERT_EQ(run(text).status, Status::ok);
  const int all = Bench::measured;
  const std::string layers = file("layers.csv"), networks = file("base.csv");
  for (const int stop : {4, all - 3}) {
    const std::string folder = stopped_and_gone_on<Bench>(text, add_bench, stop);
    EXPECT_EQ(Bench::measured, all);
    EXPECT_EQ(read_text(folder + "/layers.csv"), layers);
    EXPECT_EQ(read_text(folder + "/base.csv"), networks);
    std::filesystem::remove_all(folder);
  }
}
