// Promises of the tactics: nothing twice, honest predictions, a front of measured networks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "tactic_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// The front by definition, from the rows alone.
std::set<Arch> front_of(const SearchResult& result) {
  std::set<Arch> front;
  for (const SearchRow& a : result.rows) {
    bool best = a.feasible;
    for (const SearchRow& b : result.rows)
      best = best && !(b.feasible && dominates(std::vector<double>{b.measured[0].value, b.measured[1].value},
                                               std::vector<double>{a.measured[0].value, a.measured[1].value}));
    if (best) front.insert(a.arch);
  }
  return front;
}

std::set<Arch> networks(const SearchResult& result) {
  std::set<Arch> found;
  for (const auto i : result.front) found.insert(result.rows.at(i).arch);
  return found;
}

}  // namespace

TEST(Concurrent, MeasuresNothingTwiceAndItsFrontIsMeasured) {
  const auto made = toy_space();
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CountingMeasurer measurer(*made->space);
    const SearchResult result = run("concurrent", {{"iter", 4}, {"evaluate", 15}}, toy_task(*made->space, seed), measurer);
    EXPECT_EQ(result.rows.size(), 75u);
    EXPECT_EQ(measurer.seen.size(), 75u);
    EXPECT_EQ(networks(result), front_of(result));
    EXPECT_EQ(result.hypervolume.size(), result.rows.size());
    EXPECT_TRUE(std::is_sorted(result.hypervolume.begin(), result.hypervolume.end()));
    for (const auto i : result.front) EXPECT_EQ(result.rows[i].measured.size(), 3u);
  }
}

TEST(Concurrent, PredictionsAreMadeBeforeMeasuringAndReportedPerRound) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  const SearchResult result = run("concurrent", {{"iter", 3}, {"evaluate", 12}}, toy_task(*made->space), measurer);
  for (const SearchRow& row : result.rows) {
    if (row.round == 0) {
      EXPECT_TRUE(row.predicted.empty());
      continue;
    }
    ASSERT_EQ(row.predicted.size(), 3u);
    EXPECT_TRUE(std::isfinite(row.predicted[0]) && std::isfinite(row.predicted[1]));
    EXPECT_TRUE(std::isnan(row.predicted[2])) << "macs are computed, not predicted";
    EXPECT_NE(row.predicted[0], row.measured[0].value);
  }
  ASSERT_EQ(result.rounds.size(), 6u);  // three rounds, two predicted metrics
  for (const RoundReport& report : result.rounds) {
    EXPECT_EQ(report.rows, 12u);
    double share = 0;
    const std::size_t j = report.metric == "loss" ? 0 : 1;
    for (const SearchRow& row : result.rows)
      if (row.round == report.round) share += std::fabs(row.predicted[j] - row.measured[j].value) / row.measured[j].value / 12;
    EXPECT_NEAR(report.mape, share, 1e-12);
  }
}

/// Every block prefers a kernel of its own, whatever it costs: most networks are far from the front.
std::pair<double, double> picky_values(const Space& space, const Arch& arch) {
  double error = 0.5;
  for (const auto& [gene, option] : space.gene_values(arch))
    for (int block = 1; block <= 6; ++block)
      if (gene == fmt::format("block[{}].kernel", block)) error -= option == std::to_string(1 + 2 * (block % 3)) ? 0.03 : 0.005;
  Stream noise(arch.hash(), "picky");
  return {error + 0.004 * noise.uniform(), static_cast<double>(space.macs(arch.genes)) * 1e-9};
}

TEST(Concurrent, BeatsRandomMeasurementsOfTheSameNumber) {
  const auto made = compile(R"(def space picky() {
  input = image(channels = 3, size = 8)
  repeat block in choice(1, 2, 3, 4, 5, 6) {
    conv(kernel = choice(1, 3, 5), out = choice(4, 8))
  }
  head = linear(10)
})");
  int better = 0;
  double gain = 0;
  constexpr int kSeeds = 180;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    CountingMeasurer guided(*made->space, picky_values), blind(*made->space, picky_values);
    const SearchResult a = run("concurrent", {{"iter", 4}, {"evaluate", 10}}, toy_task(*made->space, seed), guided);
    const SearchResult b = run("full", {{"samples", 49}, {"validate", 1}}, toy_task(*made->space, seed), blind);
    auto volume = [](const SearchResult& r) {
      std::vector<double> points;
      for (const auto i : r.front) points.insert(points.end(), {r.rows[i].measured[0].value, r.rows[i].measured[1].value});
      return hypervolume(points, 2, std::vector<double>{0.5, 6e-4});
    };
    better += volume(a) > volume(b);
    gain += (volume(a) / volume(b) - 1) / kSeeds;
  }
  EXPECT_GE(better, 110);  // a coin: 90, and a deviation of 7
  EXPECT_GE(gain, 0.03);
}

TEST(Concurrent, MeasuresAWholeSmallSpaceAndStops) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  const SearchResult result = run("concurrent", {{"iter", 40}, {"evaluate", 30}}, toy_task(*made->space), measurer);
  EXPECT_LE(result.rows.size(), 258u);
  EXPECT_GE(result.rows.size(), 250u);
}

TEST(Concurrent, AnImpossibleBoundGivesAnEmptyFront) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  SearchTask task = toy_task(*made->space);
  task.constraints = {{metric(2, "macs"), -std::numeric_limits<double>::infinity(), 1, "macs < 1"}};
  const SearchResult result = run("concurrent", {{"iter", 2}, {"evaluate", 12}}, task, measurer);
  EXPECT_EQ(result.rows.size(), 36u);
  EXPECT_TRUE(result.front.empty());
  EXPECT_EQ(result.hypervolume.back(), 0);
}

TEST(Concurrent, BoundsOnComputedMetricsHoldOnTheFront) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  SearchTask task = toy_task(*made->space);
  const double bound = 0.3 * static_cast<double>(made->space->macs(made->space->largest().genes));
  task.constraints = {{metric(2, "macs"), -std::numeric_limits<double>::infinity(), bound, "macs < bound"}};
  const SearchResult result = run("concurrent", {{"iter", 3}, {"evaluate", 12}}, task, measurer);
  ASSERT_FALSE(result.front.empty());
  for (const auto i : result.front) EXPECT_LE(result.rows[i].measured[2].value, bound);
}

TEST(Concurrent, SameSeedSameRows) {
  const auto made = toy_space();
  auto archs = [&](std::uint64_t seed) {
    CountingMeasurer measurer(*made->space);
    std::vector<Arch> list;
    for (const SearchRow& row : run("concurrent", {{"iter", 2}, {"evaluate", 12}}, toy_task(*made->space, seed), measurer).rows)
      list.push_back(row.arch);
    return list;
  };
  EXPECT_EQ(archs(5), archs(5));
  EXPECT_NE(archs(5), archs(6));
}

TEST(Concurrent, WarmStartNetworksAreMeasuredFirst) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  SearchTask task = toy_task(*made->space);
  task.first = {made->space->largest(), made->space->smallest()};
  const SearchResult result = run("concurrent", {{"iter", 1}, {"evaluate", 10}}, task, measurer);
  for (const Arch& arch : task.first) {
    const bool first =
        std::any_of(result.rows.begin(), result.rows.begin() + 10, [&](const SearchRow& row) { return row.arch == arch; });
    EXPECT_TRUE(first) << made->space->spell(arch);
  }
}

TEST(Concurrent, SaysWhichMetricHasNoPredictor) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  SearchTask task = toy_task(*made->space);
  task.metrics[1].predictor = {};
  const auto result =
      component<Tactic>(ComponentKind::tactic, "concurrent", {{"iter", 1}, {"evaluate", 10}})->run(task, measurer, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.failure().message, "latency@host has no predictor");
  EXPECT_EQ(result.failure().hint, "write predictor ridge() of latency@host");
}

TEST(Concurrent, CancelledBetweenGenerationsStops) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  Tactic::Progress progress;
  int polls = 0;
  progress.cancelled = [&] { return ++polls > 3; };
  const auto result = component<Tactic>(ComponentKind::tactic, "concurrent", {{"iter", 5}, {"evaluate", 10}})
                          ->run(toy_task(*made->space), measurer, progress);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.failure().code, "cancelled");
}

TEST(Full, LearnsOnceThenValidatesItsFront) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  const auto tactic = component<Tactic>(ComponentKind::tactic, "full", {{"samples", 40}, {"validate", 15}});
  const SearchTask task = toy_task(*made->space);
  EXPECT_EQ(tactic->measurements(task), 55u);
  const auto result = tactic->run(task, measurer, {});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->rows.size(), 55u);
  EXPECT_EQ(networks(*result), front_of(*result));
  EXPECT_EQ(result->rounds.size(), 2u);
}

TEST(Direct, MeasuresEveryGenerationOnce) {
  const auto made = toy_space();
  CountingMeasurer measurer(*made->space);
  const SearchResult result = run("direct", {}, toy_task(*made->space), measurer);
  EXPECT_EQ(result.rows.size(), measurer.seen.size());
  EXPECT_LE(result.rows.size(), 258u);
  EXPECT_GE(result.rows.size(), 200u);
  EXPECT_EQ(networks(result), front_of(result));
}

TEST(AllTactics, OneObjectiveEndsWithItsBestNetwork) {
  const auto made = toy_space();
  for (const char* tactic : {"direct", "concurrent"}) {
    CountingMeasurer measurer(*made->space);
    SearchTask task = toy_task(*made->space);
    task.objectives.resize(1);
    const SearchResult result =
        run(tactic, std::string(tactic) == "direct" ? nlohmann::json::object() : nlohmann::json{{"iter", 3}, {"evaluate", 12}},
            task, measurer);
    ASSERT_EQ(result.front.size(), 1u) << tactic;
    for (const SearchRow& row : result.rows) EXPECT_LE(result.rows[result.front[0]].measured[0].value, row.measured[0].value);
  }
}

TEST(AllTactics, AValueThatIsNotANumberNeverReachesTheFront) {
  const auto made = toy_space();
  struct Broken : CountingMeasurer {
    using CountingMeasurer::CountingMeasurer;
    Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
      auto done = CountingMeasurer::measure(archs, out);
      for (std::size_t i = 0; i < archs.size(); i += 3) out[i * 3].value = std::nan("");
      return done;
    }
  } measurer(*made->space);
  const SearchResult result = run("direct", {}, toy_task(*made->space), measurer);
  ASSERT_FALSE(result.front.empty());
  for (const auto i : result.front) EXPECT_TRUE(std::isfinite(result.rows[i].measured[0].value));
  for (const double volume : result.hypervolume) EXPECT_TRUE(std::isfinite(volume));
}
