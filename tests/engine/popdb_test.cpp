#include <gmpxx.h>

#include <algorithm>
#include <set>

#include "tests/engine/engine_fixture.h"
#include "tests/space/space_fixture.h"

namespace nas::testing {
namespace {

constexpr const char* kBlocks =
    "def space blocks() {\n  input = image(channels = 3, size = 8)\n  repeat stage in 1..2 {\n    depth = choice(1, 2)\n    "
    "repeat block in depth {\n"
    "      mbconv(kernel = choice(3, 5, 7), expand = choice(2, 4), out = 8)\n    }\n  }\n  head = linear(10)\n}\n";

/// Canonical genomes of all networks whose active genes keep to the options.
std::set<std::vector<std::uint8_t>> kept_networks(const Space& space, const std::vector<std::vector<bool>>& keep) {
  std::set<std::vector<std::uint8_t>> networks;
  std::vector<std::uint8_t> genome(space.gene_count(), 0);
  for (;;) {
    auto canonical = genome;
    space.canonicalise(canonical);
    std::vector<std::uint8_t> active(genome.size());
    space.active(canonical, active);
    bool kept = true;
    for (std::size_t g = 0; g < genome.size(); ++g) kept = kept && (!active[g] || keep[g][canonical[g]]);
    if (kept) networks.insert(canonical);
    std::size_t g = 0;
    while (g < genome.size() && ++genome[g] == space.genes()[g].options.size()) genome[g++] = 0;
    if (g == genome.size()) return networks;
  }
}

TEST(ReducedSpace, HoldsExactlyTheNetworksOfTheOptionsThatAreLeft) {
  const auto made = compile(kBlocks);
  const Space& space = *made->space;
  Stream random(1, "reduced");
  for (int round = 0; round < 10; ++round) {
    std::vector<std::vector<bool>> keep;
    for (const Gene& gene : space.genes()) {
      std::vector<bool> kept(gene.options.size());
      for (std::size_t o = 0; o < kept.size(); ++o) kept[o] = random.below(2) == 0;
      kept[random.below(static_cast<std::uint32_t>(kept.size()))] = true;
      keep.push_back(kept);
    }
    const auto networks = kept_networks(space, keep);
    const auto reduced = space.reduced_to(keep);
    ASSERT_TRUE(reduced);
    EXPECT_EQ(reduced->networks(), mpz_class(static_cast<unsigned long>(networks.size())));
    EXPECT_EQ(reduced->key(), space.key());
    std::set<std::vector<std::uint8_t>> drawn;
    std::int64_t fewest = INT64_MAX;
    for (const auto& genome : networks) fewest = std::min(fewest, space.macs(genome));
    EXPECT_EQ(space.macs(reduced->smallest().genes), fewest);
    for (int i = 0; i < 200; ++i) {
      auto arch = *reduced->sample(random);
      ASSERT_TRUE(networks.count(arch.genes));
      drawn.insert(arch.genes);
      auto child = arch.genes;
      reduced->mutate(child, random);
      ASSERT_TRUE(networks.count(child));
      const auto other = *reduced->sample(random);
      reduced->crossover(arch.genes, other.genes, child, random);
      ASSERT_TRUE(networks.count(child));
      for (const Arch& neighbour : reduced->neighbours(arch)) ASSERT_TRUE(networks.count(neighbour.genes));
    }
    if (networks.size() <= 8) EXPECT_EQ(drawn.size(), networks.size());
  }
}

TEST(ReducedSpace, WithoutAnyOptionOfAGeneIsEmpty) {
  const auto made = compile(kBlocks);
  std::vector<std::vector<bool>> keep;
  for (const Gene& gene : made->space->genes()) keep.emplace_back(gene.options.size(), true);
  keep[0].assign(keep[0].size(), false);
  EXPECT_FALSE(made->space->reduced_to(keep));
}

class PopDb : public EngineTest {
 protected:
  /// Kernels of 3 are better and cheaper than those of 5: good regions do without 5.
  static std::string script(const std::string& second) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\n"
           "search first = nsga2(population = 50, generations = 20) with direct()\n" +
           second;
  }
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = [](Registry& registry) {
      registry.add(Declare<NoArgs>(ComponentKind::source, "slow", "Looked up one by one.")
                       .gives({"accuracy"})
                       .builds([](const NoArgs&, Services&) {
                         return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<KernelsOfThree>()));
                       }));
    };
  }

 private:
  struct NoArgs {};
  class KernelsOfThree : public MetricSource {
   public:
    std::string key() const override { return "kernels of three"; }
    std::string provenance() const override { return "made up"; }
    Cost cost() const override { return Cost::looked_up; }
    Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                         const std::function<void(std::size_t, const Measurement&)>& done) const override {
      for (std::size_t i = 0; i < archs.size(); ++i) {
        double value = 0.5;
        for (const auto& [gene, option] : space.gene_values(archs[i]))
          if (gene.find("kernel") != std::string::npos) value += option == "3" ? 0.02 : -0.05;
        done(i, {value});
      }
      return {};
    }
  };
};

TEST_F(PopDb, TheSecondSearchKeepsToWhatTheClustersUse) {
  const Outcome outcome =
      run(script("search second = random(evaluations = 100) with direct(), popdb(first, min_cluster_size = 15, min_samples = 3, "
                 "drop_below = 20%)\n"
                 "export second.archive as csv to \"out/second.csv\"\nshow second\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::size_t at = outcome.printed.find("popdb: ");
  ASSERT_NE(at, std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find(" of 14 genes lose options; ", at), std::string::npos) << outcome.printed.substr(at);
  EXPECT_NE(outcome.printed.find(" networks are left of 66564\n", at), std::string::npos) << outcome.printed.substr(at);
  const std::size_t left = outcome.printed.find("; ", outcome.printed.find("lose options", at)) + 2;
  const long networks = std::strtol(outcome.printed.c_str() + left, nullptr, 10);
  EXPECT_GT(networks, 0);
  EXPECT_LT(networks, 66564 / 2);
}

TEST_F(PopDb, AHistoryThatTeachesNothingIsAFailureInWords) {
  const Outcome few =
      run(script("search second = random(evaluations = 100) with direct(), popdb(first, min_cluster_size = 5000)\n"));
  EXPECT_EQ(few.status, Status::stage_failed);
  EXPECT_NE(few.diagnostics.find("error[E826]: popdb finds no cluster of 5000 networks among the "), std::string::npos)
      << few.diagnostics;
  EXPECT_NE(few.diagnostics.find("a longer search, or a smaller min_cluster_size"), std::string::npos);
  const Outcome other =
      run(script("space big = ofa_mobilenetv3()\nsearch second = random(evaluations = 10) over big with direct(), popdb(first) "
                 "of minimize macs, minimize params\n"));
  EXPECT_NE((other.diagnostics + other.failure).find("popdb learns from first, which searched another space"), std::string::npos)
      << other.diagnostics << other.failure;
}

}  // namespace
}  // namespace nas::testing
