// Options of the tactics that search on predictions: how first networks are drawn, what a round measures, when rounds end, and
// first looks on few images.
#include "stdlib/tactics/rounds.h"

#include <fmt/format.h>

#include "tactic_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Gives the same population whatever it is asked; remembers what it was started from.
struct FixedSearch : SearchAlgorithm {
  FixedSearch(Population rows, std::size_t& firsts) : rows_(std::move(rows)), firsts_(firsts) {}
  Result<void> start(const Space&, std::size_t, std::span<const Arch> first, Stream) override {
    firsts_ = first.size();
    return {};
  }
  Result<void> ask(Population& out) override {
    out = asked_ ? Population{rows_.genes, rows_.objectives_per_row, {}, {}, {}} : rows_;
    asked_ = true;
    return {};
  }
  void tell(const Population& told) override { rows_ = told; }
  const Population& population() const override { return rows_; }
  std::size_t batch_size() const override { return rows_.size(); }

 private:
  Population rows_;
  std::size_t& firsts_;
  bool asked_ = false;
};

Population rows_of(const std::vector<Arch>& archs, std::size_t objectives) {
  Population rows;
  rows.genes = archs[0].genes.size();
  rows.objectives_per_row = objectives;
  for (const Arch& arch : archs) rows.genomes.insert(rows.genomes.end(), arch.genes.begin(), arch.genes.end());
  rows.objectives.assign(archs.size() * objectives, 0.0);
  rows.violations.assign(archs.size(), 0.0);
  return rows;
}

/// Knows a coarse value of the error: the true one, shifted and disturbed. Counts looks.
class LookingMeasurer : public CountingMeasurer {
 public:
  LookingMeasurer(const Space& space, double shift, double noise)
      : CountingMeasurer(space), space_(space), shift_(shift), noise_(noise) {}
  Result<void> measure_on(std::int64_t images, std::span<const Arch> archs, std::vector<Measurement>& out) override {
    EXPECT_EQ(images, 100);
    out.clear();
    for (const Arch& arch : archs) {
      EXPECT_FALSE(seen.count(arch)) << "looked at after it was measured";
      looked.insert(arch);
      Stream noise(arch.hash(), "coarse");
      out.push_back({.value = toy_values(space_, arch).first + shift_ + noise_ * noise.uniform()});
      out.push_back({.value = std::nan("")});
      out.push_back({.value = std::nan("")});
    }
    ++looks;
    return {};
  }
  std::set<Arch> looked;
  int looks = 0;

 private:
  const Space& space_;
  double shift_, noise_;
};

}  // namespace

TEST(Sampling, StratifiedDrawsEvenlyOverTheRangeOfMacs) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  const auto low = static_cast<double>(space.macs(space.smallest().genes)),
             high = static_cast<double>(space.macs(space.largest().genes));
  auto counts = [&](Sampling sampling) {
    Stream stream(1, "sampling");
    const std::size_t n = 400, length = space.gene_count();
    std::vector<std::uint8_t> rows(n * length);
    EXPECT_TRUE(draw_rows(space, sampling, stream, n, rows));
    std::vector<int> strata(20);
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = std::span(rows).subspan(i * length, length);
      EXPECT_TRUE(space.valid(row));
      ++strata[std::min<std::size_t>(19,
                                     static_cast<std::size_t>(20 * (static_cast<double>(space.macs(row)) - low) / (high - low)))];
    }
    return strata;
  };
  // Of the ranges that half a percent of all candidates fall into none gets more than one network more than another.
  const auto even = counts(Sampling::stratified), uniform = counts(Sampling::uniform);
  const auto [fewest, most] = std::minmax_element(even.begin() + 1, even.begin() + 17);
  EXPECT_LE(*most - *fewest, 1) << fmt::format("{}", *most);
  const auto [least, largest] = std::minmax_element(uniform.begin() + 1, uniform.begin() + 17);
  EXPECT_GT(*largest - *least, 20);
}

TEST(Sampling, FullLearnsFromTheKindOfNetworksThatWasAskedFor) {
  const auto made = toy_space();
  auto sampled = [&](const char* sampling) {
    CountingMeasurer measurer(*made->space);
    const SearchResult result =
        run("full", {{"samples", 60}, {"validate", 1}, {"sampling", sampling}}, toy_task(*made->space), measurer);
    EXPECT_EQ(result.rows.size(), 61u);
    double depth = 0;  // blocks of the space's three, on average
    for (std::size_t i = 0; i < 60; ++i)
      for (const auto& [gene, option] : made->space->gene_values(result.rows[i].arch))
        depth += gene.find("kernel") != std::string::npos ? 1.0 / 60 : 0;
    return depth;
  };
  // Of 258 networks 216 have three blocks, 36 two and 6 one: 2.81 on average; option by option it would be 2.
  EXPECT_NEAR(sampled("uniform"), 2.81, 0.15);
  EXPECT_LT(sampled("latin_hypercube"), 2.6);
  EXPECT_LT(sampled("stratified"), 2.7);
}

TEST(Concurrent, AsPublishedMeasuresTheLastPopulationAsItIs) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto all = all_networks(space);
  const std::vector<Arch> population(all.begin() + 20, all.begin() + 45);
  SearchTask task = toy_task(space);
  std::size_t firsts = 99;
  task.algorithm = [&] { return std::make_shared<FixedSearch>(rows_of(population, 2), firsts); };
  CountingMeasurer measurer(space);
  const SearchResult result = run("concurrent", {{"iter", 5}, {"evaluate", 12}, {"selection", "population"}}, task, measurer);
  EXPECT_EQ(firsts, 0u) << "its search begins at random, not at the measured front";
  std::vector<Arch> expected;
  for (const Arch& arch : population)
    if (std::none_of(result.rows.begin(), result.rows.begin() + 12, [&](const SearchRow& row) { return row.arch == arch; }))
      expected.push_back(arch);
  std::vector<Arch> measured;
  for (std::size_t i = 12; i < result.rows.size(); ++i) measured.push_back(result.rows[i].arch);
  EXPECT_EQ(measured, expected) << "12 in a round, in their order, nothing twice, and no random ones when they are used up";
}

TEST(Concurrent, EndsAfterTheFirstRoundThatGainsTooLittle) {
  const auto made = toy_space();
  const nlohmann::json plain{{"iter", 8}, {"evaluate", 10}};
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CountingMeasurer measurer(*made->space);
    const SearchResult whole = run("concurrent", plain, toy_task(*made->space, seed), measurer);
    ASSERT_EQ(whole.rows.size(), 90u);
    std::vector<double> gains;
    for (std::size_t round = 1; round <= 8; ++round)
      gains.push_back(whole.hypervolume[10 * round + 9] / whole.hypervolume[10 * round - 1] - 1);
    for (const double least : {0.5, 0.01, 0.001}) {
      const auto ended = std::find_if(gains.begin(), gains.end(), [&](double gain) { return gain < least; });
      const std::size_t rounds = ended == gains.end() ? 8 : static_cast<std::size_t>(ended - gains.begin()) + 1;
      nlohmann::json arguments = plain;
      arguments["least_gain"] = least;
      CountingMeasurer again(*made->space);
      const SearchResult cut = run("concurrent", arguments, toy_task(*made->space, seed), again);
      EXPECT_EQ(cut.rows.size(), 10 + 10 * rounds) << "seed " << seed << " least gain " << least;
      if (rounds == 8) continue;
      ASSERT_EQ(cut.notes.size(), 1u);
      EXPECT_EQ(cut.notes[0], fmt::format("concurrent: ended after round {} of 8, which enlarged the hypervolume by {:.2g} %",
                                          rounds, 100 * gains[rounds - 1]));
    }
  }
}

TEST(FirstLooks, WeighWhatIsSeenAndWhatWasPredictedByTheirErrorsSoFar) {
  const auto made = toy_space();
  const Space& space = *made->space;
  SearchTask task = toy_task(space);
  task.metrics.resize(1);
  task.objectives.resize(1);
  const auto all = all_networks(space);
  struct Coarse : Measurer {
    std::vector<double> values;
    Result<void> measure(std::span<const Arch>, std::vector<Measurement>&) override { return {}; }
    Result<void> measure_on(std::int64_t, std::span<const Arch>, std::vector<Measurement>& out) override {
      out.clear();
      for (const double value : values) out.push_back({.value = value});
      return {};
    }
    std::size_t missing(std::span<const Arch>) const override { return 0; }
  } coarse;
  FirstLook look(task, 100);
  const std::vector<Arch> candidates(all.begin(), all.begin() + 10);
  std::vector<double> predicted(10);
  std::vector<SearchRow> rows;
  double predicted_error = 0, coarse_error = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    const double full = 0.1 * static_cast<double>(i), sign = i % 2 ? 1 : -1;
    predicted[i] = full + 0.03 * sign;
    coarse.values.push_back(full - 0.2 + 0.01 * sign);  // 0.2 too low, and that is the same for all
    predicted_error += 0.03 * 0.03;
    coarse_error += 0.01 * 0.01;
    SearchRow row;
    row.arch = candidates[i];
    row.measured = {{.value = full}};
    rows.push_back(row);
  }
  // Nothing is known yet: half and half.
  const auto first = look.look(candidates, predicted, coarse);
  ASSERT_TRUE(first);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_DOUBLE_EQ(first->objective(i)[0], (predicted[i] + coarse.values[i]) / 2);
  look.learn(rows);
  // Now the offset is known, and that the look is three times as exact: nine parts of ten.
  const auto second = look.look(candidates, predicted, coarse);
  ASSERT_TRUE(second);
  const double weight = predicted_error / (predicted_error + coarse_error);
  EXPECT_NEAR(weight, 0.9, 1e-12);
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_NEAR(second->objective(i)[0], weight * (coarse.values[i] + 0.2) + (1 - weight) * predicted[i], 1e-12);
  EXPECT_EQ(look.looks(), 20);
}

TEST(FirstLooks, ConcurrentLooksAtMoreThanItMeasuresAndMeasuresNothingTwice) {
  const auto made = toy_space();
  LookingMeasurer measurer(*made->space, 0.05, 0.001);
  SearchTask task = toy_task(*made->space);
  task.metrics[0].on_images = true;
  task.algorithm = [] {
    return component<SearchAlgorithm>(ComponentKind::search, "nsga2", {{"population", 60}, {"generations", 3}});
  };
  const SearchResult result =
      run("concurrent", {{"iter", 4}, {"evaluate", 10}, {"images", 100}, {"candidates", 2}}, task, measurer);
  EXPECT_EQ(result.rows.size(), 50u);
  EXPECT_EQ(measurer.looks, 4);
  for (const SearchRow& row : result.rows)
    EXPECT_EQ(row.predicted.size(), row.round > 0 ? 3u : 0u)
        << "predictions are reported as they were, not as a look changed them";
  ASSERT_EQ(result.notes.size(), 1u);
  EXPECT_EQ(result.notes[0].find("concurrent: "), 0u) << result.notes[0];
  EXPECT_GT(measurer.looked.size(), 50u);
}

TEST(FirstLooks, NeedAMetricThatIsEvaluatedOnImages) {
  const auto made = toy_space();
  const auto tactic = component<Tactic>(ComponentKind::tactic, "concurrent", {{"images", 100}});
  const auto suits = tactic->suits(toy_task(*made->space));
  ASSERT_FALSE(suits);
  EXPECT_EQ(suits.failure().code, "E707");
  EXPECT_EQ(suits.failure().message, "concurrent looks at few images first, and nothing in this search is evaluated on images");
  EXPECT_EQ(suits.failure().hint, "leave images out; accuracy from trained weights is evaluated on images");
  EXPECT_TRUE(component<Tactic>(ComponentKind::tactic, "concurrent")->suits(toy_task(*made->space)));
}
