// Searches for one objective, and those that look at everything, against exhaustive enumeration.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/space_program.h"
#include "oracle.h"
#include "stdlib/searches/exhaustive.h"
#include "stdlib/searches/local.h"

using namespace nas;
using namespace nas::testing;

TEST(NextNetwork, GivesEveryNetworkOnceAndNoOther) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto all = all_networks(space);
  std::set<Arch> found;
  Arch arch{std::vector<std::uint8_t>(space.gene_count())};
  for (bool more = space.first_network(arch.genes); more; more = space.next_network(arch.genes))
    EXPECT_TRUE(found.insert(arch).second);
  EXPECT_EQ(found, std::set<Arch>(all.begin(), all.end()));

  // In a pool: its networks, and in a space with a requirement: those that meet it.
  const Space pool = space.restricted_to({all[3], all[100], all[17]});
  found.clear();
  for (bool more = pool.first_network(arch.genes); more; more = pool.next_network(arch.genes)) found.insert(arch);
  EXPECT_EQ(found, (std::set<Arch>{all[3], all[17], all[100]}));
  const auto bounded = compile(R"(def space toy() {
  input = image(channels = 3, size = 8)
  repeat block in choice(1, 2, 3) { conv(kernel = choice(1, 3, 5), out = choice(4, 8)) }
  head = linear(10)
  require macs < 30k
})");
  ASSERT_TRUE(bounded->space) << bounded->errors();
  const auto few = all_networks(*bounded->space);
  ASSERT_GT(few.size(), 2u);
  ASSERT_LT(few.size(), all.size());
  found.clear();
  for (bool more = bounded->space->first_network(arch.genes); more; more = bounded->space->next_network(arch.genes))
    found.insert(arch);
  EXPECT_EQ(found, std::set<Arch>(few.begin(), few.end()));
}

TEST(Extreme, IsTheLeastAndTheMostOfEverything) {
  const auto toy = toy_space(), tiny = compile_stdlib("tiny_mobilenet");
  for (const auto* made : {toy.get(), tiny.get()}) {
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    std::vector<std::int64_t> macs, params;
    Arch arch{std::vector<std::uint8_t>(space.gene_count())};
    for (bool more = space.first_network(arch.genes); more; more = space.next_network(arch.genes)) {
      macs.push_back(space.macs(arch.genes));
      params.push_back(space.params(arch.genes));
    }
    for (const std::int64_t u : {-7, -1, 0, 1, 3})
      for (const std::int64_t v : {-100, -1, 0, 1, 20}) {
        const auto found = space.program().least({u, v});
        ASSERT_TRUE(found);
        std::int64_t least = INT64_MAX;
        for (std::size_t i = 0; i < macs.size(); ++i) least = std::min(least, u * macs[i] + v * params[i]);
        EXPECT_EQ(u * space.macs(found->genes) + v * space.params(found->genes), least) << u << " " << v;
      }
  }
}

TEST(Exhaustive, KeepsExactlyTheFrontOfEverything) {
  const auto made = toy_space();
  const Space& space = *made->space;
  Exhaustive algorithm({.batch = 7});
  const Outcome out = drive(algorithm, space, 2, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    std::tie(values[0], values[1]) = toy_values(space, arch);
    violation = 0;
  });
  EXPECT_EQ(out.asked.size(), 258u);
  const auto all = all_networks(space);
  std::vector<double> points;
  for (const Arch& arch : all) {
    const auto [error, cost] = toy_values(space, arch);
    points.insert(points.end(), {error, cost});
  }
  std::set<Arch> front, kept;
  for (const auto i : non_dominated(points, 2)) front.insert(all[i]);
  for (std::size_t i = 0; i < out.last.size(); ++i) kept.insert(out.last.arch(i));
  EXPECT_EQ(kept, front);
}

TEST(Exhaustive, AnImpossibleConditionLeavesTheNearestMiss) {
  const auto made = toy_space();
  const Space& space = *made->space;
  Exhaustive algorithm({});
  const Outcome out = drive(algorithm, space, 1, 1, [&](const Arch& arch, std::span<double> values, double& violation) {
    values[0] = toy_values(space, arch).first;
    violation = toy_values(space, arch).second + 1;
  });
  ASSERT_EQ(out.last.size(), 1u);
  EXPECT_EQ(out.last.arch(0), space.smallest());
}

TEST(Exhaustive, RefusesSpacesThatAreTooLargeWithTheirSize) {
  const auto made = compile_stdlib("ofa_mobilenetv3");
  Exhaustive algorithm({});
  const auto suits = algorithm.suits(*made->space, 2);
  ASSERT_FALSE(suits);
  EXPECT_EQ(suits.failure().code, "E707");
  EXPECT_EQ(
      suits.failure().message,
      "exhaustive looks at every network, and space ofa_mobilenetv3 has 21,758,655,492,572,485,851; it goes up to 10,000,000");
  EXPECT_EQ(suits.failure().hint,
            "take a search that samples, or a smaller space: pool(net, table(...)) keeps the rows of a table");
  EXPECT_FALSE(algorithm.start(*made->space, 2, {}, Stream(1, "search")));
}

TEST(Exhaustive, FindsThePublishedOptimaUnderLatencyBounds) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  struct Row {
    const char* latency;
    double limit;
    std::size_t best;
  };
  for (const Row& row :
       {Row{"lat_pixel3", 5, 6434}, Row{"lat_pixel3", 10, 13171}, Row{"lat_pixel3", 15, 2018}, Row{"lat_fpga", 4, 11472},
        Row{"lat_fpga", 6, 3731}, Row{"lat_eyeriss", 5, 6584}, Row{"lat_raspi4", 25, 7407}}) {
    Exhaustive algorithm({});
    const Oracle oracle(*table, row.latency, row.limit);
    const Outcome out = drive(algorithm, table->space(), 1, 1, oracle.values());
    EXPECT_EQ(out.asked.size(), 15625u);
    ASSERT_EQ(out.last.size(), 1u);
    EXPECT_EQ(oracle.row(out.last.arch(0)), row.best) << row.latency;
  }
}

namespace {

/// The end of a steepest descent from `arch`, by definition.
Arch descended(const Space& space, Arch arch) {
  while (true) {
    Arch best = arch;
    for (const Arch& other : space.neighbours(arch))
      if (toy_values(space, other).first < toy_values(space, best).first) best = other;
    if (best == arch) return arch;
    arch = best;
  }
}

}  // namespace

TEST(LocalSearch, OneClimbEndsInTheOptimumOfItsBasin) {
  const auto made = toy_space();
  const Space& space = *made->space;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    LocalSearch algorithm({.restarts = 0});
    const Outcome out = drive(algorithm, space, 1, seed, toy_of(space));
    ASSERT_EQ(out.last.size(), 1u);
    EXPECT_EQ(out.last.arch(0), descended(space, out.asked.front()));
  }
}

TEST(LocalSearch, RestartsUntilTheSpaceIsUsedUp) {
  const auto made = toy_space();
  const Space& space = *made->space;
  LocalSearch algorithm({.restarts = 1000000});
  const Outcome out = drive(algorithm, space, 1, 1, toy_of(space));
  EXPECT_GE(out.asked.size(), 250u);
  EXPECT_EQ(out.last.objectives[0], best_error(space));
}

// Each network has the other one as its only neighbour.
TEST(LocalSearch, EndsWhereThereIsOneNeighbour) {
  const auto made =
      nas::testing::compile("def space two() {\n  input = image(channels = 1, size = 4)\n  conv(out = choice(3, 5))\n}");
  ASSERT_TRUE(made->space) << made->errors();
  LocalSearch algorithm({.restarts = 5});
  const auto size = [&](const Arch& arch, std::span<double> out, double& violation) {
    out[0] = static_cast<double>(made->space->params(arch.genes));
    violation = 0;
  };
  const Outcome out = drive(algorithm, *made->space, 1, 1, size);
  EXPECT_EQ(out.asked.size(), 2u);
  EXPECT_EQ(out.last.arch(0), made->space->smallest());
}

TEST(LocalSearch, SameSeedSameNetworksAndUnitsChangeNothing) {
  const auto made = toy_space();
  auto run = [&](std::uint64_t seed, double scale) {
    LocalSearch algorithm({.restarts = 3});
    return drive(algorithm, *made->space, 1, seed, toy_of(*made->space, scale)).asked;
  };
  EXPECT_EQ(run(1, 1), run(1, 1));
  EXPECT_EQ(run(1, 1), run(1, 1e6));
  EXPECT_NE(run(1, 1), run(2, 1));
}

TEST(LocalSearch, AConditionComesBeforeTheObjective) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const double limit = cost_of_the_cheapest(space, 10);
  LocalSearch algorithm({.restarts = 20});
  const Outcome out = drive(algorithm, space, 1, 1, toy_of(space, 1, limit));
  EXPECT_EQ(out.last.violations[0], 0);
}
