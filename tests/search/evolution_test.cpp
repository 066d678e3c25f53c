// Evolutionary searches for one objective: the exact optimum of a small space, and what their papers say of them.
#include "stdlib/searches/evolution.h"

#include <gtest/gtest.h>

#include "oracle.h"
#include "stdlib/searches/cmaes.h"
#include "stdlib/searches/ga.h"
#include "stdlib/searches/regularized_evolution.h"
#include "stdlib/tactics/search_state.h"
#include "toy.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Case {
  const char* name;
  std::function<std::shared_ptr<SearchAlgorithm>()> make;
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

Case ga() {
  return {"ga", [] {
            GeneticArgs args;
            args.population = 20;
            args.generations = 30;
            return std::make_shared<Ga>(args);
          }};
}
Case evolution() {
  return {"evolution", [] {
            EvolutionArgs args;
            args.population = 20;
            args.generations = 30;
            return std::make_shared<Evolution>(args);
          }};
}
Case ageing() {
  return {"regularized_evolution", [] {
            RegularizedEvolutionArgs args;
            args.population = 20;
            args.sample = 5;
            args.evaluations = 250;
            return std::make_shared<RegularizedEvolution>(args);
          }};
}
Case cmaes() {
  return {"cmaes", [] { return std::make_shared<Cmaes>(CmaesArgs{.generations = 1000, .restarts = 100}); }};
}

class SingleObjective : public ::testing::TestWithParam<Case> {};

}  // namespace

// Twelve of the toy's 258 networks are enough to miss it by chance; these searches may look at about all of them.
TEST_P(SingleObjective, FindsTheOptimumOfAnEnumerableSpace) {
  const auto made = toy_space();
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Outcome out = drive(*GetParam().make(), *made->space, 1, seed, toy_of(*made->space));
    ASSERT_GE(out.last.size(), 1u);
    EXPECT_EQ(*std::min_element(out.last.objectives.begin(), out.last.objectives.end()), best_error(*made->space))
        << "seed " << seed;
  }
}

TEST_P(SingleObjective, FindsTheOptimumAmongTheFewNetworksThatMeetACondition) {
  const auto made = toy_space();
  const double limit = cost_of_the_cheapest(*made->space, 12);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Outcome out = drive(*GetParam().make(), *made->space, 1, seed, toy_of(*made->space, 1, limit));
    ASSERT_GE(out.last.size(), 1u);
    double best = 1e300;
    for (std::size_t i = 0; i < out.last.size(); ++i)
      if (out.last.violations[i] <= 0) best = std::min(best, out.last.objectives[i]);
    EXPECT_EQ(best, best_error(*made->space, limit)) << "seed " << seed;
  }
}

TEST_P(SingleObjective, AnImpossibleConditionEndsWithTheNearestMiss) {
  const auto made = toy_space();
  const Outcome out = drive(*GetParam().make(), *made->space, 1, 1, toy_of(*made->space, 1, -1));
  ASSERT_GE(out.last.size(), 1u);
  EXPECT_DOUBLE_EQ(*std::min_element(out.last.violations.begin(), out.last.violations.end()),
                   toy_values(*made->space, made->space->smallest()).second + 1);
}

TEST_P(SingleObjective, SameSeedSameNetworksOtherSeedOthersAndUnitsDoNotMatter) {
  const auto made = toy_space();
  auto run = [&](std::uint64_t seed, double scale) {
    return drive(*GetParam().make(), *made->space, 1, seed, toy_of(*made->space, scale), 150).asked;
  };
  EXPECT_EQ(run(1, 1), run(1, 1));
  EXPECT_EQ(run(1, 1), run(1, 1e6));
  EXPECT_NE(run(1, 1), run(2, 1));
}

// The published table: mean best accuracy of ten seeds after 1,000 unique queries, beside that of random networks.
TEST_P(SingleObjective, ThousandQueriesOfNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  const Oracle oracle(*table);
  double found = 0, random = 0;
  int optimum = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::shared_ptr<SearchAlgorithm> algorithm;
    const std::string name = GetParam().name;
    if (name == "ga") {
      GeneticArgs args;
      args.generations = 1000000;
      algorithm = std::make_shared<Ga>(args);
    } else if (name == "evolution") {
      algorithm = std::make_shared<Evolution>(EvolutionArgs{});
    } else if (name == "regularized_evolution") {
      algorithm = std::make_shared<RegularizedEvolution>(RegularizedEvolutionArgs{});
    } else {
      algorithm = std::make_shared<Cmaes>(CmaesArgs{.generations = 1000000, .restarts = 1000});
    }
    const Outcome out = drive(*algorithm, table->space(), 1, seed, oracle.values(), 1000);
    EXPECT_EQ(out.asked.size(), 1000u);
    found += oracle.best(out.asked) / 10;
    optimum += oracle.best(out.asked) == oracle.best();
    Stream stream(seed, "random");
    std::set<Arch> drawn;
    while (drawn.size() < 1000) drawn.insert(*table->space().sample(stream));
    random += oracle.best(std::vector<Arch>(drawn.begin(), drawn.end())) / 10;
  }
  std::printf("%s: %.3f %% after 1,000 queries, the optimum (%.3f %%) in %d of 10 runs; random %.3f %%\n", GetParam().name, found,
              oracle.best(), optimum, random);
  RecordProperty("accuracy", std::to_string(found));
  EXPECT_GE(found, random + 0.05);
  EXPECT_GE(found, oracle.best() - 0.15);
}

INSTANTIATE_TEST_SUITE_P(Searches, SingleObjective, ::testing::Values(ga(), evolution(), ageing(), cmaes()),
                         [](const auto& info) { return std::string(info.param.name); });

// ---- evolution

TEST(Evolution, TwoObjectivesGiveTheUnionFrontOfTheSweep) {
  const auto made = toy_space();
  const Space& space = *made->space;
  EvolutionArgs args;
  args.population = 20;
  args.generations = 4;
  args.weights = 5;
  Evolution algorithm(args);
  const Outcome out = drive(algorithm, space, 2, 1, toy_of(space));
  std::vector<double> points;
  for (const Arch& arch : out.asked) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  std::set<Arch> front, kept;
  for (const auto i : non_dominated(points, 2)) front.insert(out.asked[i]);
  for (std::size_t i = 0; i < out.last.size(); ++i) kept.insert(out.last.arch(i));
  EXPECT_EQ(kept, front);  // of everything it has looked at
  // Both ends of the sweep: the best of each objective alone.
  EXPECT_EQ(out.last.objective(0)[0], best_error(space));
  EXPECT_EQ(out.last.objective(out.last.size() - 1)[1], toy_values(space, space.smallest()).second);
}

TEST(Evolution, TheSweepDoesNotDependOnUnits) {
  const auto made = toy_space();
  auto run = [&](double first, double second) {
    EvolutionArgs args;
    args.population = 20;
    args.generations = 3;
    args.weights = 3;
    Evolution algorithm(args);
    return drive(algorithm, *made->space, 2, 1,
                 [&](const Arch& arch, std::span<double> out, double& violation) {
                   const auto [error, cost] = toy_values(*made->space, arch);
                   out[0] = error * first;
                   out[1] = cost * second;
                   violation = 0;
                 })
        .asked;
  };
  EXPECT_EQ(run(1, 1), run(1024, 1.0 / 4096));
}

// Every generation is as large as the population, and the parents of the reference stay without being evaluated again.
TEST(Evolution, GenerationsAreOfTheReferencesSize) {
  const auto made = compile_stdlib("ofa_mobilenetv3");
  EvolutionArgs args;
  args.generations = 5;
  Evolution algorithm(args);
  const Outcome out = drive(algorithm, *made->space, 1, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    values[0] = -static_cast<double>(made->space->macs(arch.genes));
    violation = 0;
  });
  EXPECT_EQ(out.asked.size(), 500u);
  EXPECT_EQ(algorithm.evaluations(), 500u);
}

TEST(Evolution, SweepOfNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  for (const char* latency : {"lat_pixel3", "lat_fpga"}) {
    const Oracle oracle(*table, latency);
    double ratio = 0, recall = 0, random = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      EvolutionArgs args;
      args.population = 50;
      Evolution algorithm(args);
      const Outcome out = drive(algorithm, table->space(), 2, seed, oracle.values(), 1000);
      ratio += oracle.volume_ratio(out.asked) / 10;
      recall += oracle.recall(out.asked) / 10;
      Stream stream(seed, "random");
      std::set<Arch> drawn;
      while (drawn.size() < 1000) drawn.insert(*table->space().sample(stream));
      random += oracle.volume_ratio(std::vector<Arch>(drawn.begin(), drawn.end())) / 10;
    }
    std::printf("evolution, weights swept, %s: hypervolume ratio %.4f (random %.4f), recall %.2f after 1,000 queries\n", latency,
                ratio, random, recall);
    EXPECT_GT(ratio, random);
    EXPECT_GE(ratio, .995);
  }
}

// ---- regularized evolution

// The oldest network dies, however good: a single perfect network at the start is forgotten by the population, not by the result.
TEST(RegularizedEvolution, TheResultRemembersWhatThePopulationForgot) {
  const auto made = toy_space();
  RegularizedEvolutionArgs args;
  args.population = 5;
  args.sample = 2;
  args.evaluations = 60;
  RegularizedEvolution algorithm(args);
  std::optional<Arch> perfect;
  const Outcome out = drive(algorithm, *made->space, 1, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    if (!perfect) perfect = arch;
    values[0] = arch == *perfect ? -1 : 1;
    violation = 0;
  });
  EXPECT_EQ(out.asked.size(), 60u);
  ASSERT_EQ(out.last.size(), 1u);
  EXPECT_EQ(out.last.arch(0), *perfect);
}

// With a sample of the whole population the parent is its best; a population of two keeps a child and its parent's successor.
TEST(RegularizedEvolution, ChildrenDifferFromALivingParentInOneGene) {
  const auto made = compile_stdlib("nasbench201");
  const Space& space = *made->space;
  RegularizedEvolutionArgs args;
  args.population = 10;
  args.sample = 3;
  args.evaluations = 200;
  RegularizedEvolution algorithm(args);
  const Outcome out = drive(algorithm, space, 1, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    values[0] = static_cast<double>(arch.hash() % 1000);
    violation = 0;
  });
  for (std::size_t i = 10; i < out.asked.size(); ++i) {
    int nearest = 1000;
    for (std::size_t j = i - 10; j < i; ++j) nearest = std::min(nearest, space.distance(out.asked[i].genes, out.asked[j].genes));
    EXPECT_EQ(nearest, 1) << i;
  }
}

// ---- CMA-ES

namespace {

/// Generations that the distribution takes to bring a function below 1e-9, and the value then.
std::pair<int, double> minimise(const std::function<double(std::span<const double>)>& f, std::size_t n, std::uint64_t seed) {
  SearchDistribution distribution(std::vector<double>(n, 3.0), 1.0,
                                  4 + static_cast<std::size_t>(3 * std::log(static_cast<double>(n))));
  Stream stream(seed, "cma");
  const std::size_t lambda = distribution.lambda();
  double best = 1e300;
  int generation = 0;
  for (; generation < 5000 && best > 1e-9; ++generation) {
    std::vector<std::pair<double, std::vector<double>>> rows;
    for (std::size_t k = 0; k < lambda; ++k) {
      std::vector<double> x(n);
      distribution.sample(stream, x);
      rows.emplace_back(f(x), x);
    }
    std::sort(rows.begin(), rows.end());
    best = std::min(best, rows.front().first);
    std::vector<double> sorted;
    for (const auto& [value, x] : rows) sorted.insert(sorted.end(), x.begin(), x.end());
    distribution.update(sorted);
  }
  return {generation, best};
}

}  // namespace

// Hansen's tutorial and the published figures: about 10 n to 20 n generations on the sphere, a few times that on an ellipsoid of
// condition 1e6 once its axes are learnt, in any rotation.
TEST(Cmaes, TheDistributionLearnsScalesAndRotations) {
  constexpr std::size_t n = 10;
  auto sphere = [](std::span<const double> x) {
    double sum = 0;
    for (const double v : x) sum += v * v;
    return sum;
  };
  auto ellipsoid = [](std::span<const double> x) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += std::pow(1e6, static_cast<double>(i) / (n - 1)) * x[i] * x[i];
    return sum;
  };
  auto rotated = [&](std::span<const double> x) {
    // A Householder reflection mixes all axes.
    std::vector<double> y(x.begin(), x.end());
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += x[i] * static_cast<double>(i + 1);
    for (std::size_t i = 0; i < n; ++i) y[i] -= 2 * sum * static_cast<double>(i + 1) / 385;
    return ellipsoid(y);
  };
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto [sphere_steps, sphere_best] = minimise(sphere, n, seed);
    const auto [scaled_steps, scaled_best] = minimise(ellipsoid, n, seed);
    const auto [rotated_steps, rotated_best] = minimise(rotated, n, seed);
    EXPECT_LE(sphere_best, 1e-9);
    EXPECT_LE(scaled_best, 1e-9);
    EXPECT_LE(rotated_best, 1e-9);
    EXPECT_LE(sphere_steps, 300);
    EXPECT_LE(scaled_steps, 1000);
    EXPECT_LE(rotated_steps, 1000);
  }
}

// The order in which a gene's numbers are written must not matter: two spaces, one listed backwards, give mirrored searches.
TEST(Cmaes, TheOrderOfAGenesNumbersDoesNotMatter) {
  const auto up = compile(
      "def space s() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(1, 3, 5), out = choice(4, 8, 16))\n  "
      "conv(kernel = choice(1, 3, 5), out = choice(4, 8, 16))\n  linear(10)\n}");
  const auto down = compile(
      "def space s() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(5, 3, 1), out = choice(16, 8, 4))\n  "
      "conv(kernel = choice(5, 3, 1), out = choice(16, 8, 4))\n  linear(10)\n}");
  ASSERT_TRUE(up->space) << up->errors();
  ASSERT_TRUE(down->space) << down->errors();
  auto costs = [](const Space& space) {
    // Begun at the largest network in both, since a random one is another in each.
    std::vector<std::int64_t> list;
    Cmaes algorithm(CmaesArgs{.generations = 10, .restarts = 0});
    const std::vector<Arch> first{space.largest()};
    EXPECT_TRUE(algorithm.start(space, 1, first, Stream(1, "search")));
    Population batch;
    while (algorithm.ask(batch) && batch.size() > 0) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch.objectives[i] = static_cast<double>(space.macs(batch.genome(i)));
        list.push_back(space.macs(batch.genome(i)));
      }
      algorithm.tell(batch);
    }
    return list;
  };
  EXPECT_EQ(costs(*up->space), costs(*down->space));
  EXPECT_FALSE(costs(*up->space).empty());
}

namespace {

/// Counts the networks that it is asked for; the value is the number of the first gene's option, or so.
class Counted : public BatchMetric {
 public:
  Counted(const Space& space, double weight) : space_(space), weight_(weight) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    asked += n;
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * space_.gene_count(), space_.gene_count());
      out[i] = weight_ * static_cast<double>(space_.macs(genome)) + 1e-3 * static_cast<double>(space_.params(genome));
    }
  }
  mutable std::size_t asked = 0;

 private:
  const Space& space_;
  double weight_;
};

}  // namespace

// A network that misses a bound on one metric is not asked for another one, and neither its place nor the search's course
// changes.
TEST(Evolution, AsksNetworksThatMissABoundForNothingElse) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto mean = static_cast<double>(space.macs(space.smallest().genes) + space.macs(space.largest().genes)) / 2;
  std::vector<std::string> found[2];
  for (const bool infeasible_too : {true, false}) {
    const auto bounded = std::make_shared<Counted>(space, 1), other = std::make_shared<Counted>(space, -1);
    SearchTask task;
    task.space = &space;
    task.metrics.resize(2);
    task.metrics[0].batch = other;
    task.metrics[1].batch = bounded;
    task.objectives = {{{{{MetricExpr::Op::metric, 0, 0}}, "other", ""}, false, "other"}};
    task.constraints = {{{{{MetricExpr::Op::metric, 1, 0}}, "bounded", ""}, -INFINITY, mean, "bounded < mean"}};
    BatchEvaluator evaluator(task, {});
    EvolutionArgs args;
    args.population = 20;
    args.generations = 6;
    Evolution algorithm(args);
    ASSERT_TRUE(algorithm.start(space, 1, {}, Stream(3, "search")));
    EXPECT_FALSE(algorithm.compares_infeasible());
    std::size_t rows = 0, met = 0;
    Population batch;
    while (algorithm.ask(batch) && batch.size() > 0) {
      evaluator.evaluate(batch, infeasible_too);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        double value = 0, bound = 0;
        Counted(space, -1).values(batch.genome(i), 1, {&value, 1});
        Counted(space, 1).values(batch.genome(i), 1, {&bound, 1});
        EXPECT_EQ(batch.violations[i], std::max(0.0, (bound - mean) / mean));
        if (bound <= mean || infeasible_too) EXPECT_EQ(batch.objective(i)[0], value);
        if (bound > mean && !infeasible_too) EXPECT_GT(batch.objective(i)[0], 1e200);
        met += bound <= mean;
        found[infeasible_too].push_back(space.spell(batch.arch(i)));
      }
      rows += batch.size();
      algorithm.tell(batch);
    }
    EXPECT_EQ(bounded->asked, rows);
    EXPECT_EQ(other->asked, infeasible_too ? rows : met);
    EXPECT_GT(met, 0u);
    EXPECT_LT(met, rows);
  }
  EXPECT_EQ(found[0], found[1]);
}
