// Searches for fronts: each against exhaustive enumeration, its promises, and the table of NAS-Bench-201.
#include <gtest/gtest.h>

#include <map>
#include <numbers>

#include "../predictor/nasbench_table.h"
#include "core/pareto.h"
#include "drive.h"
#include "stdlib/searches/age_moea.h"
#include "stdlib/searches/directions.h"
#include "stdlib/searches/mo_cmaes.h"
#include "stdlib/searches/nsga2.h"
#include "stdlib/searches/sms_emoa.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Case {
  const char* name;
  double ratio;                      ///< least mean hypervolume ratio on a space of 1,554 networks after 450
  double bench_ratio, bench_recall;  ///< least means of ten seeds on NAS-Bench-201, pixel 3
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

const Case cases[] = {{"nsga2", 0.985, .9985, .30},    {"nsga3", 0.985, .9980, .25},   {"unsga3", 0.985, .9985, .29},
                      {"age_moea", 0.985, .9985, .34}, {"moead", 0.985, .9965, .25},   {"ctaea", 0.985, .9965, .17},
                      {"sms_emoa", 0.985, .9985, .33}, {"mo_cmaes", 0.985, .9950, .07}};

std::shared_ptr<SearchAlgorithm> made(const std::string& name, int population, int generations,
                                      nlohmann::json more = nlohmann::json::object()) {
  more["population"] = population;
  more["generations"] = generations;
  if (name == "moead" && !more.contains("neighbours")) more["neighbours"] = std::min(20, population / 2);
  return component<SearchAlgorithm>(ComponentKind::search, name, more);
}

/// Error, cost and depth-like third value of the toy space.
void three_values(const Space& space, const Arch& arch, std::span<double> out) {
  const auto [error, cost] = toy_values(space, arch);
  Stream noise(arch.hash(), "third");
  out[0] = error;
  out[1] = cost;
  out[2] = noise.uniform();
}

class FrontSearch : public ::testing::TestWithParam<Case> {};

}  // namespace

// Half of this space is noise, and random sampling keeps all it saw, not 30 networks: its ratio is printed, not a bar.
TEST_P(FrontSearch, ComesNearTheExhaustiveFront) {
  const auto compiled = compile(R"(def space larger() {
  input = image(channels = 3, size = 8)
  repeat block in choice(1, 2, 3, 4) {
    conv(kernel = choice(1, 3, 5), out = choice(4, 8))
  }
  head = linear(10)
})");
  const Space& space = *compiled->space;
  std::vector<double> points;
  for (const Arch& arch : all_networks(space)) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  ASSERT_EQ(points.size(), 2u * 1554);
  ObjectiveRange range;
  range.reset(2);
  for (const auto i : non_dominated(points, 2)) range.add(std::span(points).subspan(2 * i, 2));
  const std::vector<double> reference{range.high[0] * 1.1, range.high[1] * 1.1};
  const double best = hypervolume(points, 2, reference);
  double ratio = 0, random = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Outcome out = drive(*made(GetParam().name, 30, 15), space, 2, seed, toy(space));
    EXPECT_LE(out.asked.size(), 450u);
    ratio += hypervolume(out.last.objectives, 2, reference) / best / 10;
    std::set<Arch> distinct;
    for (std::size_t i = 0; i < out.last.size(); ++i)
      EXPECT_TRUE(distinct.insert(out.last.arch(i)).second) << "twice in the result";
    const auto baseline = component<SearchAlgorithm>(ComponentKind::search, "random", {{"evaluations", 450}});
    random += hypervolume(drive(*baseline, space, 2, seed, toy(space)).last.objectives, 2, reference) / best / 10;
  }
  std::printf("%-9s 450 of 1,554 networks: hypervolume ratio %.4f, random %.4f\n", GetParam().name, ratio, random);
  EXPECT_GE(ratio, GetParam().ratio);
}

TEST_P(FrontSearch, TakesThreeObjectives) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  std::vector<double> points(3 * 258);
  const auto all = all_networks(space);
  for (std::size_t i = 0; i < all.size(); ++i) three_values(space, all[i], std::span(points).subspan(3 * i, 3));
  ObjectiveRange range;
  range.reset(3);
  for (std::size_t i = 0; i < all.size(); ++i) range.add(std::span(points).subspan(3 * i, 3));
  const double best = hypervolume(points, 3, range.high);
  const auto algorithm = made(GetParam().name, 40, 5);
  const Outcome out = drive(*algorithm, space, 3, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    three_values(space, arch, values);
    violation = 0;
  });
  const double ratio = hypervolume(out.last.objectives, 3, range.high) / best;
  std::printf("%-9s three objectives: hypervolume ratio %.4f\n", GetParam().name, ratio);
  EXPECT_GE(ratio, 0.93);
}

TEST_P(FrontSearch, SameSeedSameNetworksAndScalingAnObjectiveChangesNothing) {
  const auto compiled = toy_space();
  auto run = [&](std::uint64_t seed, double scale) {
    return drive(*made(GetParam().name, 16, 8), *compiled->space, 2, seed, toy(*compiled->space, 1e300, scale)).asked;
  };
  const auto once = run(3, 1);
  EXPECT_EQ(once, run(3, 1));
  EXPECT_EQ(once, run(3, 1024));  // powers of two are exact
  EXPECT_NE(once, run(4, 1));
}

TEST_P(FrontSearch, KeepsToABoundThatFewNetworksMeet) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  std::vector<double> costs;
  for (const Arch& arch : all_networks(space)) costs.push_back(toy_values(space, arch).second);
  std::sort(costs.begin(), costs.end());
  const Outcome out = drive(*made(GetParam().name, 10, 20), space, 2, 1, toy(space, costs[20]));
  std::size_t feasible = 0;
  for (std::size_t i = 0; i < out.last.size(); ++i) feasible += out.last.violations[i] <= 0;
  EXPECT_GE(feasible, 8u) << "of " << out.last.size();
}

TEST_P(FrontSearch, AnImpossibleBoundEndsWithTheNearestMiss) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  const Outcome out = drive(*made(GetParam().name, 10, 60), space, 2, 1, toy(space, -1));
  ASSERT_GT(out.last.size(), 0u);
  EXPECT_DOUBLE_EQ(*std::min_element(out.last.violations.begin(), out.last.violations.end()),
                   toy_values(space, space.smallest()).second + 1);
}

TEST_P(FrontSearch, StartsFromGivenNetworksAndEndsWhereTheSpaceEnds) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  const auto algorithm = made(GetParam().name, 30, 1000000);
  const std::vector<Arch> first{space.largest(), space.smallest()};
  ASSERT_TRUE(algorithm->start(space, 2, first, Stream(1, "search")));
  Population batch;
  std::size_t asked = 0;
  for (int generation = 0; generation < 2000; ++generation) {
    ASSERT_TRUE(algorithm->ask(batch));
    if (generation == 0) {
      EXPECT_EQ(batch.arch(0), space.largest());
      EXPECT_EQ(batch.arch(1), space.smallest());
    }
    if (batch.size() == 0) break;
    asked += batch.size();
    for (std::size_t i = 0; i < batch.size(); ++i)
      toy(space)(batch.arch(i), std::span(batch.objectives).subspan(2 * i, 2), batch.violations[i]);
    algorithm->tell(batch);
  }
  EXPECT_EQ(batch.size(), 0u);
  EXPECT_GE(asked, 200u);
  EXPECT_LE(asked, 258u);
}

// Ten seeds, 1,000 unique queries of the table; every bound is the measured mean less a margin of about two standard errors.
TEST_P(FrontSearch, ThousandQueriesOfNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  std::map<Arch, std::size_t> row_of;
  for (std::size_t i = 0; i < table->archs.size(); ++i) row_of[table->archs[i]] = i;
  const auto &accuracy = table->columns.at("acc_cifar10"), &latency = table->columns.at("lat_pixel3");
  std::vector<double> points;
  for (std::size_t i = 0; i < accuracy.size(); ++i) points.insert(points.end(), {-accuracy[i], latency[i]});
  const std::vector<double> reference{0, *std::max_element(latency.begin(), latency.end())};
  const auto front = non_dominated(points, 2);
  const double best = hypervolume(points, 2, reference);
  double ratio = 0, recall = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Outcome out = drive(
        *made(GetParam().name, 50, 1000000), table->space(), 2, seed,
        [&](const Arch& arch, std::span<double> values, double& violation) {
          const std::size_t i = row_of.at(arch);
          values[0] = -accuracy[i];
          values[1] = latency[i];
          violation = 0;
        },
        1000);
    std::set<std::size_t> asked;
    std::vector<double> seen;
    for (std::size_t k = 0; k < 1000 && k < out.asked.size(); ++k) {
      const std::size_t i = row_of.at(out.asked[k]);
      asked.insert(i);
      seen.insert(seen.end(), {-accuracy[i], latency[i]});
    }
    ratio += hypervolume(seen, 2, reference) / best / 10;
    recall += static_cast<double>(std::count_if(front.begin(), front.end(), [&](auto i) { return asked.count(i) > 0; })) /
              static_cast<double>(front.size()) / 10;
  }
  std::printf("%-9s NAS-Bench-201, pixel 3, 1,000 queries: hypervolume ratio %.4f, recall %.2f\n", GetParam().name, ratio,
              recall);
  EXPECT_GE(ratio, GetParam().bench_ratio);
  EXPECT_GE(recall, GetParam().bench_recall);
}

INSTANTIATE_TEST_SUITE_P(Every, FrontSearch, ::testing::ValuesIn(cases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Directions, AreCountedAndEvenlySpread) {
  EXPECT_EQ(das_dennis_count(3, 12), 91u);  // Deb and Jain 2014, table I
  EXPECT_EQ(das_dennis_count(5, 6), 210u);
  EXPECT_EQ(das_dennis_count(8, 3), 120u);
  EXPECT_EQ(das_dennis_count(1, 5), 1u);
  EXPECT_EQ(das_dennis_partitions(3, 91), 12);
  EXPECT_EQ(das_dennis_partitions(3, 90), 11);
  EXPECT_EQ(das_dennis_partitions(2, 50), 49);
  for (const auto& [m, partitions] : {std::pair<std::size_t, int>{2, 7}, {3, 12}, {5, 6}}) {
    const auto rows = das_dennis(m, partitions);
    EXPECT_EQ(rows.size(), m * das_dennis_count(m, partitions));
    std::set<std::vector<double>> distinct;
    for (std::size_t i = 0; i < rows.size(); i += m) {
      const std::vector<double> row(rows.begin() + static_cast<std::ptrdiff_t>(i),
                                    rows.begin() + static_cast<std::ptrdiff_t>(i + m));
      double sum = 0;
      for (const double v : row) sum += v;
      EXPECT_NEAR(sum, 1, 1e-12);
      EXPECT_TRUE(distinct.insert(row).second);
    }
  }
}

TEST(RNsga2, GathersAroundItsReferencePoints) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  std::vector<double> points;
  const auto all = all_networks(space);
  for (const Arch& arch : all) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  const auto front = non_dominated(points, 2);
  ObjectiveRange range;
  range.reset(2);
  for (const auto i : front) range.add(std::span(points).subspan(2 * i, 2));
  // A point that no network reaches, better than the middle of the front in both.
  const double* middle = &points[2 * front[front.size() / 2]];
  const std::vector<double> wish{middle[0] - 0.1 * (range.high[0] - range.low[0]),
                                 middle[1] - 0.1 * (range.high[1] - range.low[1])};
  auto off = [&](std::span<const double> f) {
    return std::hypot(range.scaled(0, f[0]) - range.scaled(0, wish[0]), range.scaled(1, f[1]) - range.scaled(1, wish[1]));
  };
  std::size_t nearest = front.front();
  for (const auto i : front)
    if (off(std::span(points).subspan(2 * i, 2)) < off(std::span(points).subspan(2 * nearest, 2))) nearest = i;
  const nlohmann::json reference = {wish[0], wish[1]};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto average = [&](const Population& rows) {
      double sum = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) sum += off(rows.objective(i));
      return sum / static_cast<double>(rows.size());
    };
    const Outcome near =
        drive(*made("rnsga2", 10, 15, {{"reference", reference}, {"epsilon", 0.001}}), space, 2, seed, toy(space));
    const Outcome wide = drive(*made("nsga2", 10, 15), space, 2, seed, toy(space));
    double closest = 1e300;
    for (std::size_t i = 0; i < near.last.size(); ++i) closest = std::min(closest, off(near.last.objective(i)));
    EXPECT_LE(closest, off(std::span(points).subspan(2 * nearest, 2)) + 0.03) << "seed " << seed;
    EXPECT_LT(average(near.last), 0.8 * average(wide.last)) << "seed " << seed;
  }
  auto run = [&](double scale) {
    auto scaled = reference;
    scaled[0] = wish[0] * scale;
    return drive(*made("rnsga2", 16, 8, {{"reference", scaled}}), space, 2, 3, toy(space, 1e300, scale)).asked;
  };
  EXPECT_EQ(run(1), run(1024));
}

// 40 points on one straight front, of which 20 survive: by their place among the distances to the wish, and those within epsilon
// of a nearer one half the front further back. The ends of the front are not among them.
TEST(RNsga2, ClearsTheNeighbourhoodOfThePreferredWithoutPreferringTheEnds) {
  const auto compiled = compile_stdlib("tiny_mobilenet");
  const Space& space = *compiled->space;
  const double epsilon = 0.1;
  const std::vector<double> wish{0.3, 0.5};
  const auto algorithm = made("rnsga2", 20, 2, {{"reference", {0.3, 0.5}}, {"epsilon", epsilon}});
  ASSERT_TRUE(algorithm->start(space, 2, {}, Stream(1, "search")));
  std::vector<std::pair<double, Arch>> points;  // along the front
  Population batch;
  while (algorithm->ask(batch) && batch.size() > 0) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const double along = Stream(batch.arch(i).hash(), "along").uniform();
      points.emplace_back(along, batch.arch(i));
      batch.objectives[2 * i] = along;
      batch.objectives[2 * i + 1] = 1 - along;
    }
    algorithm->tell(batch);
  }
  ASSERT_EQ(points.size(), 40u);
  const auto [low, high] = std::minmax_element(points.begin(), points.end());
  const double width = high->first - low->first;
  const Arch end = high->second;
  std::sort(points.begin(), points.end(), [&](const auto& a, const auto& b) {
    return std::hypot(a.first - wish[0], 1 - a.first - wish[1]) < std::hypot(b.first - wish[0], 1 - b.first - wish[1]);
  });
  std::vector<double> kept;
  std::vector<std::pair<std::size_t, Arch>> standing;
  for (std::size_t place = 0; place < points.size(); ++place) {
    const double x = points[place].first;
    // On this front a difference counts in both objectives.
    const bool cleared = std::any_of(kept.begin(), kept.end(), [&](double k) { return 2 * std::fabs(k - x) / width <= epsilon; });
    if (!cleared) kept.push_back(x);
    standing.emplace_back(2 * place + (cleared ? points.size() + 1 : 0), points[place].second);
  }
  std::sort(standing.begin(), standing.end());
  std::set<Arch> expected, survived;
  for (std::size_t i = 0; i < 20; ++i) expected.insert(standing[i].second);
  for (std::size_t i = 0; i < 20; ++i) survived.insert(algorithm->population().arch(i));
  EXPECT_EQ(survived, expected);
  EXPECT_LT(kept.size(), 20u) << "there must be fewer cells than survivors, or nothing is shown";
  EXPECT_FALSE(survived.count(end));
}

TEST(AgeMoea, EstimatesTheCurvatureOfAFront) {
  const auto compiled = toy_space();
  const Space& space = *compiled->space;
  for (const double p : {0.5, 1.0, 2.0}) {
    GeneticArgs args;
    args.population = 100;
    args.generations = 1;
    AgeMoea algorithm(args);
    double count = 0;
    drive(algorithm, space, 2, 1, [&](const Arch&, std::span<double> out, double& violation) {
      // Points of f1^p + f2^p = 1, evenly by angle, both ends included.
      const double angle = count++ / 99 * std::numbers::pi / 2;
      out[0] = std::pow(std::cos(angle), 2 / p);
      out[1] = std::pow(std::sin(angle), 2 / p);
      violation = 0;
    });
    EXPECT_NEAR(algorithm.curvature(), p, 0.02 * p);
  }
}

TEST(SmsEmoa, RemovesTheLeastContributionAfterEveryRemovalAnew) {
  for (const std::size_t m : {2u, 3u})
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Population rows;
      clear(rows, 1, m);
      Stream stream(seed, "front");
      std::vector<double> candidates(m * 60);
      for (double& v : candidates) v = stream.uniform();
      std::vector<std::uint32_t> order;
      for (const auto i : non_dominated(candidates, m)) {
        rows.genomes.push_back(static_cast<std::uint8_t>(order.size()));
        rows.violations.push_back(0);
        for (std::size_t j = 0; j < m; ++j) rows.objectives.push_back(candidates[i * m + j]);
        order.push_back(static_cast<std::uint32_t>(order.size()));
      }
      const std::size_t n = order.size(), picks = n / 2;
      ObjectiveRange range;
      range.reset(m);
      for (std::size_t i = 0; i < n; ++i) range.add(rows.objective(i));
      std::vector<double> reference;
      for (std::size_t j = 0; j < m; ++j) reference.push_back(2 * range.high[j] - range.low[j]);
      std::vector<std::uint32_t> left = order;
      while (left.size() > picks) {
        auto without = [&](std::size_t gone) {
          std::vector<double> points;
          for (std::size_t k = 0; k < left.size(); ++k)
            if (k != gone) points.insert(points.end(), rows.objective(left[k]).begin(), rows.objective(left[k]).end());
          return hypervolume(points, m, reference);
        };
        std::size_t least = 0;
        for (std::size_t k = 1; k < left.size(); ++k)
          if (without(k) > without(least)) least = k;
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(least));
      }
      const auto adds = keep_largest_contributions(rows, order, picks);
      EXPECT_EQ(std::set<std::uint32_t>(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(picks)),
                std::set<std::uint32_t>(left.begin(), left.end()));
      EXPECT_EQ(adds.size(), picks);
    }
}

TEST(MoCmaes, RankOneUpdatesTheFactorOfTheCovariance) {
  constexpr std::size_t n = 7;
  Stream stream(1, "matrix");
  std::vector<double> factor;
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = j; i < n; ++i) factor.push_back(i == j ? 1 + stream.uniform() : stream.normal());
  auto covariance = [&](const std::vector<double>& f) {
    std::vector<double> full(n * n), c(n * n);
    for (std::size_t j = 0, at = 0; j < n; ++j)
      for (std::size_t i = j; i < n; ++i) full[i * n + j] = f[at++];
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t j = 0; j < n; ++j) c[i * n + k] += full[i * n + j] * full[k * n + j];
    return c;
  };
  std::vector<double> v(n);
  for (double& value : v) value = stream.normal();
  const auto before = covariance(factor);
  auto used = v;
  rank_one(factor, used, 0.9, 0.3);
  const auto after = covariance(factor);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k) EXPECT_NEAR(after[i * n + k], 0.9 * before[i * n + k] + 0.3 * v[i] * v[k], 1e-12);
}
