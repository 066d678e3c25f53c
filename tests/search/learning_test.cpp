// Searches that learn: what they measure next follows from what their predictors say.
#include <gtest/gtest.h>

#include "oracle.h"
#include "stdlib/searches/bananas.h"
#include "stdlib/searches/weaknas.h"

using namespace nas;
using namespace nas::testing;

namespace {

WeakNasArgs weak(int initial, int evaluate, int rounds, int top) {
  WeakNasArgs args;
  args.initial = initial;
  args.evaluate = evaluate;
  args.rounds = rounds;
  args.top = top;
  return args;
}

/// Knows the truth.
FakeLearner::Estimate truth(const Space& space) {
  return [&space](const Arch& arch, std::span<double> out, double& violation, std::size_t) {
    const auto [error, cost] = toy_values(space, arch);
    out[0] = error;
    if (out.size() > 1) out[1] = cost;
    violation = 0;
  };
}

}  // namespace

// A predictor that is right: the best networks that were not measured yet, exactly, round by round.
TEST(WeakNas, MeasuresThePredictedBest) {
  const auto made = toy_space();
  const Space& space = *made->space;
  FakeLearner learner(truth(space));
  WeakNas algorithm(weak(10, 5, 3, 5));
  algorithm.lend(learner);
  const Outcome out = drive(algorithm, space, 1, 1, toy_of(space));
  ASSERT_EQ(out.asked.size(), 25u);
  EXPECT_EQ(learner.learnt, 3u);
  EXPECT_EQ(learner.resampled, 0u);
  std::set<Arch> first(out.asked.begin(), out.asked.begin() + 10);
  std::vector<std::pair<double, Arch>> others;
  for (const Arch& arch : all_networks(space))
    if (!first.count(arch)) others.emplace_back(toy_values(space, arch).first, arch);
  std::sort(others.begin(), others.end());
  for (std::size_t i = 0; i < 15; ++i) EXPECT_EQ(out.asked[10 + i], others[i].second) << i;
}

// From the 50 predicted best, uniformly: none from outside, and over many rounds each about as often.
TEST(WeakNas, DrawsUniformlyFromThePredictedBest) {
  const auto made = toy_space();
  const Space& space = *made->space;
  std::map<Arch, int> drawn;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    FakeLearner learner([&](const Arch& arch, std::span<double> out, double& violation, std::size_t) {
      out[0] = static_cast<double>(space.macs(arch.genes));
      violation = 0;
    });
    WeakNas algorithm(weak(2, 10, 1, 50));
    algorithm.lend(learner);
    const Outcome out = drive(algorithm, space, 1, seed, toy_of(space));
    for (std::size_t i = 2; i < out.asked.size(); ++i) ++drawn[out.asked[i]];
  }
  EXPECT_LE(drawn.size(), 54u);  // 50, moved by at most the two random networks and ties
  int often = 0;
  for (const auto& [arch, count] : drawn) often += count >= 20 && count <= 65;  // expected 40, five deviations
  EXPECT_GE(often, 46);
}

TEST(WeakNas, SeveralObjectivesMeasureThePredictedFrontFirst) {
  const auto made = toy_space();
  const Space& space = *made->space;
  FakeLearner learner(truth(space));
  WeakNas algorithm(weak(10, 60, 1, 60));
  algorithm.lend(learner);
  const Outcome out = drive(algorithm, space, 2, 1, toy_of(space));
  const auto all = all_networks(space);
  std::vector<double> points;
  for (const Arch& arch : all) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  const std::set<Arch> asked(out.asked.begin(), out.asked.end());
  for (const auto i : non_dominated(points, 2)) EXPECT_TRUE(asked.count(all[i])) << space.spell(all[i]);
}

TEST(WeakNas, MeasuresAWholeSmallSpaceAndEnds) {
  const auto made = toy_space();
  FakeLearner learner(truth(*made->space));
  WeakNas algorithm(weak(50, 50, 1000, 100));
  algorithm.lend(learner);
  EXPECT_EQ(drive(algorithm, *made->space, 1, 1, toy_of(*made->space)).asked.size(), 258u);
}

TEST(Learning, SameSeedSameNetworksOtherSeedOthers) {
  const auto made = compile_stdlib("ofa_mobilenetv3");
  auto run = [&](std::uint64_t seed) {
    FakeLearner learner([&](const Arch& arch, std::span<double> out, double& violation, std::size_t) {
      out[0] = static_cast<double>(made->space->macs(arch.genes));
      violation = 0;
    });
    BananasArgs args;
    args.rounds = 3;
    Bananas algorithm(args);
    algorithm.lend(learner);
    return drive(algorithm, *made->space, 1, seed,
                 [&](const Arch& arch, std::span<double> out, double& violation) {
                   out[0] = static_cast<double>(made->space->macs(arch.genes));
                   violation = 0;
                 })
        .asked;
  };
  const auto first = run(1);
  EXPECT_EQ(first.size(), 50u);
  EXPECT_EQ(first, run(1));
  EXPECT_NE(first, run(2));
}

TEST(Bananas, AcquisitionsAreThePapers) {
  const std::vector<double> estimates{1, 2, 3, 4, 5};
  const double deviation = std::sqrt(2.5);
  EXPECT_DOUBLE_EQ(acquired(Acquisition::mean, estimates, 9), 3);
  EXPECT_DOUBLE_EQ(acquired(Acquisition::ucb, estimates, 9), 3 - deviation / 2);
  EXPECT_DOUBLE_EQ(acquired(Acquisition::its, estimates, -2), 3 - 2 * deviation);
  EXPECT_DOUBLE_EQ(acquired(Acquisition::ucb, std::vector<double>{7}, 0), 7);
}

// Of two halves that are equally good in the mean, the optimistic end prefers the one that the ensemble is not sure of.
TEST(Bananas, TheEnsembleResamplesAndItsDoubtCounts) {
  const auto made = toy_space();
  const Space& space = *made->space;
  auto doubtful = [&](const Arch& arch) { return arch.hash() % 2 == 0; };
  FakeLearner learner([&](const Arch& arch, std::span<double> out, double& violation, std::size_t model) {
    out[0] = doubtful(arch) ? (model % 5 < 3 ? 2.0 : -3.0) : 0.0;  // mean 0 in both halves
    violation = 0;
  });
  BananasArgs args;
  args.initial = 10;
  args.evaluate = 20;
  args.rounds = 1;
  args.acquisition = Acquisition::ucb;
  Bananas algorithm(args);
  algorithm.lend(learner);
  const Outcome out = drive(algorithm, space, 1, 1, toy_of(space));
  EXPECT_EQ(learner.learnt, 5u);
  EXPECT_EQ(learner.resampled, 5u);
  for (std::size_t i = 10; i < out.asked.size(); ++i) EXPECT_TRUE(doubtful(out.asked[i]));
}

// ---- through the tactic that measures: the script's ridge on the published table

namespace {

class TableMeasurer : public Measurer {
 public:
  TableMeasurer(const NasBenchTable& table, const std::string& latency)
      : accuracy_(table.columns.at("acc_cifar10")), latency_(table.columns.at(latency)) {
    for (std::size_t i = 0; i < table.archs.size(); ++i) row_of_[table.archs[i]] = i;
  }
  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
    out.clear();
    for (const Arch& arch : archs) {
      const std::size_t i = row_of_.at(arch);
      out.push_back({.value = accuracy_[i]});
      out.push_back({.value = latency_[i]});
    }
    return {};
  }
  std::size_t missing(std::span<const Arch> archs) const override { return archs.size(); }

 private:
  const std::vector<double>&accuracy_, &latency_;
  std::map<Arch, std::size_t> row_of_;
};

SearchTask table_task(const NasBenchTable& table, std::size_t objectives, std::uint64_t seed, const std::string& algorithm,
                      const nlohmann::json& arguments) {
  SearchTask task;
  task.space = &table.space();
  const MakePredictor ridge = [] { return component<Predictor>(ComponentKind::predictor, "ridge"); };
  task.metrics = {{{"accuracy", ""}, *find_metric("accuracy"), nullptr, nullptr, ridge},
                  {{"latency", "pixel3"}, *find_metric("latency"), nullptr, nullptr, ridge}};
  auto metric = [](int index, const char* text) { return MetricExpr{{{MetricExpr::Op::metric, index, 0}}, text, ""}; };
  task.objectives = {{metric(0, "accuracy"), true, "accuracy"}};
  if (objectives > 1) task.objectives.push_back({metric(1, "latency@pixel3"), false, "latency@pixel3"});
  task.algorithm = [algorithm, arguments] { return component<SearchAlgorithm>(ComponentKind::search, algorithm, arguments); };
  task.stream = Stream(seed, "front");
  return task;
}

}  // namespace

TEST(Learning, ThousandQueriesOfNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  const Oracle oracle(*table);
  struct Row {
    const char* name;
    nlohmann::json arguments;
  };
  for (const Row& row : {Row{"weaknas", {{"initial", 100}, {"evaluate", 50}, {"rounds", 18}}},
                         Row{"bananas", {{"initial", 100}, {"evaluate", 50}, {"rounds", 18}, {"candidates", 20000}}}}) {
    double best = 0, ratio = 0, recall = 0, random = 0, random_ratio = 0;
    constexpr int kSeeds = 5;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      for (const std::size_t objectives : {1u, 2u}) {
        TableMeasurer measurer(*table, "lat_pixel3");
        const SearchTask task = table_task(*table, objectives, seed, row.name, row.arguments);
        auto result = component<Tactic>(ComponentKind::tactic, "direct")->run(task, measurer, {});
        ASSERT_TRUE(result) << result.failure().message;
        ASSERT_EQ(result->rows.size(), 1000u);
        std::vector<Arch> asked;
        for (const SearchRow& r : result->rows) asked.push_back(r.arch);
        EXPECT_EQ(std::set<Arch>(asked.begin(), asked.end()).size(), 1000u);
        if (objectives == 1)
          best += oracle.best(asked) / kSeeds;
        else {
          ratio += oracle.volume_ratio(asked) / kSeeds;
          recall += oracle.recall(asked) / kSeeds;
        }
      }
      Stream stream(seed, "random");
      std::set<Arch> drawn;
      while (drawn.size() < 1000) drawn.insert(*table->space().sample(stream));
      const std::vector<Arch> list(drawn.begin(), drawn.end());
      random += oracle.best(list) / kSeeds;
      random_ratio += oracle.volume_ratio(list) / kSeeds;
    }
    std::printf("%s with ridge: %.3f %% of %.3f %% (random %.3f %%); two objectives: ratio %.4f (random %.4f), recall %.2f\n",
                row.name, best, oracle.best(), random, ratio, random_ratio, recall);
    EXPECT_GE(best, random);
    EXPECT_GE(ratio, random_ratio);
  }
}

TEST(Learning, SaysWhichMetricHasNoPredictor) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  TableMeasurer measurer(*table, "lat_pixel3");
  SearchTask task = table_task(*table, 1, 1, "weaknas", nlohmann::json::object());
  task.metrics[0].predictor = {};
  const auto result = component<Tactic>(ComponentKind::tactic, "direct")->run(task, measurer, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.failure().code, "E602");
  EXPECT_EQ(result.failure().message, "accuracy has no predictor");
}
