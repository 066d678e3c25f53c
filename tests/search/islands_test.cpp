// Islands: independent searches until networks migrate, and every search that has a population takes migrants up.
#include "stdlib/tactics/islands.h"

#include <gtest/gtest.h>

#include <map>

#include "drive.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::shared_ptr<SearchAlgorithm> search(const std::string& name, int population, int generations) {
  nlohmann::json arguments{{"population", population}};
  Registry registry;
  add_searches(registry);
  const Component& component_of = *registry.find(ComponentKind::search, name);
  if (component_of.find_arg("generations")) arguments["generations"] = generations;
  if (component_of.find_arg("evaluations")) arguments["evaluations"] = population * generations;
  if (component_of.find_arg("reference")) arguments["reference"] = {0.01, 1e-4};
  return component<SearchAlgorithm>(ComponentKind::search, name, arguments);
}

std::vector<const Component*> with_population() {
  static const Registry all = [] {
    Registry registry;
    add_searches(registry);
    return registry;
  }();
  std::vector<const Component*> found;
  for (const Component* each : all.of_kind(ComponentKind::search))
    if (each->find_arg("population")) found.push_back(each);
  return found;
}

Islands islands_of(const std::string& name, int count, int population, int generations, IslandsArgs args, int threads = 1) {
  std::vector<std::shared_ptr<SearchAlgorithm>> islands;
  for (int i = 0; i < count; ++i) islands.push_back(search(name, population, generations));
  return Islands(std::move(islands), args, threads);
}

std::set<Arch> networks(const Population& rows) {
  std::set<Arch> found;
  for (std::size_t i = 0; i < rows.size(); ++i) found.insert(rows.arch(i));
  return found;
}

/// Asks for a fixed list of networks, a few at a time; remembers what it was told and who came.
class Scripted : public SearchAlgorithm {
 public:
  Scripted(std::vector<Arch> list, std::size_t batch) : list_(std::move(list)), batch_(batch) {}
  Result<void> start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream) override {
    clear(told, space.gene_count(), objectives);
    firsts.assign(first.begin(), first.end());
    return {};
  }
  Result<void> ask(Population& out) override {
    clear(out, told.genes, told.objectives_per_row);
    for (std::size_t i = 0; i < batch_ && next_ < list_.size(); ++i, ++next_)
      out.genomes.insert(out.genomes.end(), list_[next_].genes.begin(), list_[next_].genes.end());
    make_room_for_values(out);
    return {};
  }
  void tell(const Population& evaluated) override {
    for (std::size_t i = 0; i < evaluated.size(); ++i) append(told, evaluated, i);
  }
  void welcome(const Population& migrants) override {
    came_after.push_back(told.size());
    for (std::size_t i = 0; i < migrants.size(); ++i) came.insert(migrants.arch(i));
  }
  const Population& population() const override { return told; }
  std::size_t batch_size() const override { return batch_; }

  Population told;
  std::vector<Arch> firsts;
  std::set<Arch> came;
  std::vector<std::size_t> came_after;

 private:
  std::vector<Arch> list_;
  std::size_t batch_, next_ = 0;
};

TEST(Islands, WithoutMigrationAreTheSearchesThatTheyAreMadeOf) {
  const auto made = toy_space();
  const Space& space = *made->space;
  IslandsArgs apart;
  apart.interval = 1000000;
  Islands together = islands_of("nsga2", 3, 12, 6, apart);
  const Outcome all = drive(together, space, 2, 7, toy(space));
  std::set<Arch> asked, last;
  for (std::uint64_t i = 0; i < 3; ++i) {
    const auto alone = search("nsga2", 12, 6);
    ASSERT_TRUE(alone->start(space, 2, {}, Stream(7, "search").split("island").split(i)));
    Population batch;
    const Values values = toy(space);
    while (alone->ask(batch) && batch.size() > 0) {
      for (std::size_t row = 0; row < batch.size(); ++row) {
        asked.insert(batch.arch(row));
        values(batch.arch(row), std::span(batch.objectives).subspan(2 * row, 2), batch.violations[row]);
      }
      alone->tell(batch);
    }
    for (const Arch& arch : networks(alone->population())) last.insert(arch);
  }
  EXPECT_EQ(std::set<Arch>(all.asked.begin(), all.asked.end()), asked);
  EXPECT_LT(asked.size(), 3u * 12 * 6) << "some network should have been found by two islands, and was asked for once";
  EXPECT_EQ(networks(all.last), last);
}

TEST(Islands, SendTheirBestToTheNextOneAfterEveryInterval) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto all = all_networks(space);
  for (const Topology topology : {Topology::ring, Topology::complete}) {
    std::vector<std::shared_ptr<Scripted>> scripts;
    std::vector<std::shared_ptr<SearchAlgorithm>> islands;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(40 * i);
      scripts.push_back(std::make_shared<Scripted>(std::vector<Arch>(begin, begin + 40), 5));
      islands.push_back(scripts.back());
    }
    IslandsArgs args;
    args.interval = 8;
    args.migrants = 1;
    args.topology = topology;
    Islands together(islands, args, 1);
    // One objective: the best network of an island is the one with the fewest MACs.
    const Values fewest = [&](const Arch& arch, std::span<double> out, double& violation) {
      out[0] = static_cast<double>(space.macs(arch.genes));
      violation = 0;
    };
    drive(together, space, 1, 1, fewest);
    std::vector<Arch> best;
    for (std::size_t i = 0; i < 3; ++i)
      best.push_back(*std::min_element(all.begin() + static_cast<std::ptrdiff_t>(40 * i),
                                       all.begin() + static_cast<std::ptrdiff_t>(40 * i + 40),
                                       [&](const Arch& a, const Arch& b) { return space.macs(a.genes) < space.macs(b.genes); }));
    for (std::size_t i = 0; i < 3; ++i) {
      const bool ring = topology == Topology::ring;
      ASSERT_EQ(scripts[i]->came.size(), ring ? 1u : 2u);
      auto macs = [&](const Arch& arch) { return space.macs(arch.genes); };
      std::multiset<std::int64_t> came, wanted{macs(best[(i + 2) % 3])};
      for (const Arch& arch : scripts[i]->came) came.insert(macs(arch));
      if (!ring) wanted.insert(macs(best[(i + 1) % 3]));
      EXPECT_EQ(came, wanted);
      EXPECT_EQ(scripts[i]->came_after, std::vector<std::size_t>(ring ? 1 : 2, 40)) << "8 generations of 5";
    }
  }
}

TEST(Islands, ShareTheNetworksToStartFromAndAskOnceForWhatTwoWant) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto all = all_networks(space);
  const std::vector<Arch> same(all.begin(), all.begin() + 10);
  const auto a = std::make_shared<Scripted>(same, 4), b = std::make_shared<Scripted>(same, 3);
  Islands together({a, b}, {}, 1);
  ASSERT_TRUE(together.start(space, 2, std::vector<Arch>(all.begin(), all.begin() + 5), Stream(1, "search")));
  EXPECT_EQ(a->firsts, (std::vector<Arch>{all[0], all[2], all[4]}));
  EXPECT_EQ(b->firsts, (std::vector<Arch>{all[1], all[3]}));
  std::size_t asked = 0;
  Population batch;
  while (together.ask(batch) && batch.size() > 0) {
    asked += batch.size();
    for (std::size_t i = 0; i < batch.size(); ++i)
      toy(space)(batch.arch(i), std::span(batch.objectives).subspan(2 * i, 2), batch.violations[i]);
    together.tell(batch);
  }
  EXPECT_EQ(asked, 10u);
  for (const auto& island : {a, b}) {
    ASSERT_EQ(island->told.size(), 10u) << "each is told everything that it asked for";
    for (std::size_t i = 0; i < 10; ++i) {
      EXPECT_EQ(island->told.arch(i), same[i]);
      const auto [error, cost] = toy_values(space, same[i]);
      EXPECT_EQ(island->told.objective(i)[0], error);
      EXPECT_EQ(island->told.objective(i)[1], cost);
    }
  }
}

TEST(Islands, GiveTheSameOnOneAndOnTwoThreads) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  auto asked = [&](int threads) {
    IslandsArgs args;
    args.interval = 2;
    Islands together = islands_of("nsga2", 3, 1500, 4, args, threads);
    return drive(together, space, 2, 3, toy(space)).asked;
  };
  EXPECT_EQ(asked(1), asked(2));
}

TEST(Islands, EverySearchWithAPopulationRunsOnThemAndAsksNothingTwice) {
  const auto made = toy_space();
  const Space& space = *made->space;
  for (const Component* each : with_population()) {
    IslandsArgs args;
    args.interval = 2;
    Islands together = islands_of(each->name, 3, 8, 5, args);
    const std::size_t m = std::min<std::size_t>(2, each->max_objectives);
    const Outcome outcome = drive(together, space, m, 3, [&](const Arch& arch, std::span<double> out, double& violation) {
      const auto [error, cost] = toy_values(space, arch);
      out[0] = error;
      if (m > 1) out[1] = cost;
      violation = 0;
    });
    EXPECT_GT(outcome.asked.size(), 60u) << each->name;
    EXPECT_GT(outcome.last.size(), 0u) << each->name;
  }
}

// A migrant that beats everything must be in the population afterwards, and must never be asked for.
TEST(Islands, EverySearchWithAPopulationTakesUpAMigrant) {
  const auto made = toy_space();
  const Space& space = *made->space;
  for (const Component* each : with_population()) {
    const std::size_t m = std::min<std::size_t>(2, each->max_objectives);
    const auto algorithm = search(each->name, 8, 12);
    ASSERT_TRUE(algorithm->start(space, m, {}, Stream(5, "search")));
    std::set<Arch> asked;
    Population batch;
    std::optional<Arch> migrant;
    for (int generation = 0; algorithm->ask(batch) && batch.size() > 0; ++generation) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        EXPECT_TRUE(asked.insert(batch.arch(i)).second) << each->name;
        EXPECT_NE(migrant, batch.arch(i)) << each->name;
        const auto [error, cost] = toy_values(space, batch.arch(i));
        batch.objectives[m * i] = error;
        if (m > 1) batch.objectives[m * i + 1] = cost;
      }
      algorithm->tell(batch);
      if (generation != 2) continue;
      for (const Arch& arch : all_networks(space))
        if (!asked.count(arch)) migrant = arch;
      Population visitors;
      clear(visitors, space.gene_count(), m);
      visitors.genomes = migrant->genes;
      visitors.objectives.assign(m, -1.0);
      visitors.violations.assign(1, 0.0);
      algorithm->welcome(visitors);
      EXPECT_TRUE(networks(algorithm->population()).count(*migrant)) << each->name;
      // The second visit of the same network changes nothing.
      const auto before = networks(algorithm->population());
      algorithm->welcome(visitors);
      EXPECT_EQ(networks(algorithm->population()), before) << each->name;
      EXPECT_EQ(algorithm->population().size(), before.size()) << each->name;
    }
    EXPECT_TRUE(migrant) << each->name;
  }
}

}  // namespace
