// The operators that all genetic searches share: what they change, and that children stay inside the space.
#include "stdlib/searches/variation.h"

#include <gtest/gtest.h>

#include <set>

#include "toy.h"

using namespace nas;
using namespace nas::testing;

namespace {

const char* stages = R"(def space staged() {
  input = image(channels = 3, size = 16)
  repeat stage in 3 {
    repeat block in choice(1, 2, 3) {
      conv(kernel = choice(1, 3, 5), out = choice(4, 6, 8, 10))
    }
  }
  head = linear(10)
})";

std::string stage_of(const Gene& gene) {
  return gene.name.substr(0, gene.name.find('.'));
}
std::string block_of(const Gene& gene) {
  return gene.name.substr(0, gene.name.rfind('.'));
}

/// Parents without a common option: every gene of the one is 0, of the other its last option.
std::pair<Arch, Arch> opposite(const Space& space) {
  Arch low{std::vector<std::uint8_t>(space.gene_count(), 0)}, high = low;
  for (std::size_t g = 0; g < space.gene_count(); ++g)
    high.genes[g] = static_cast<std::uint8_t>(space.genes()[g].options.size() - 1);
  space.canonicalise(low.genes);
  space.canonicalise(high.genes);
  return {low, high};
}

Variation made(const Space& space, Crossover crossover, Rated<Mutation> mutation) {
  VariationArgs args;
  args.crossover = crossover;
  args.mutation = mutation;
  Variation variation(args);
  variation.start(space);
  return variation;
}

}  // namespace

TEST(Variation, EveryOperatorGivesCanonicalValidChildrenThatChange) {
  const auto compiled = compile(stages);
  ASSERT_TRUE(compiled->space) << compiled->errors();
  const Space& space = *compiled->space;
  Stream stream(1, "test");
  for (const Crossover crossover : {Crossover::uniform, Crossover::one_point, Crossover::per_stage})
    for (const Rated<Mutation> mutation :
         {Rated<Mutation>{Mutation::reset, {}}, Rated<Mutation>{Mutation::reset, 0.2}, Rated<Mutation>{Mutation::step, {}},
          Rated<Mutation>{Mutation::step, 0.2}, Rated<Mutation>{Mutation::block, {}}, Rated<Mutation>{Mutation::block, 0.1}}) {
      Variation variation = made(space, crossover, mutation);
      for (int n = 0; n < 200; ++n) {
        const Arch a = *space.sample(stream), b = *space.sample(stream);
        Arch child = a;
        variation.cross(a.genes, b.genes, child.genes, stream);
        const Arch crossed = child;
        variation.mutate(child.genes, stream);
        EXPECT_NE(child, crossed);
        for (const Arch& made : {crossed, child}) {
          Arch canonical = made;
          space.canonicalise(canonical.genes);
          EXPECT_EQ(canonical, made);
          EXPECT_TRUE(space.valid(made.genes));
        }
      }
    }
}

TEST(Variation, OnePointCutsOnceAndPerStageKeepsStagesWhole) {
  const auto compiled = compile(stages);
  const Space& space = *compiled->space;
  const auto [low, high] = opposite(space);
  Stream stream(2, "test");
  Variation one_point = made(space, Crossover::one_point, {}), per_stage = made(space, Crossover::per_stage, {});
  std::set<Arch> mixes;
  for (int n = 0; n < 100; ++n) {
    Arch child = low;
    std::vector<std::uint8_t> mask(space.gene_count());
    one_point.cross(low.genes, high.genes, child.genes, stream);
    space.active(child.genes, mask);
    int switches = 0;
    bool was_high = false;
    for (std::size_t g = 0; g < space.gene_count(); ++g) {
      if (!mask[g]) continue;
      const bool is_high = child.genes[g] != 0;
      switches += is_high != was_high;
      was_high = is_high;
    }
    EXPECT_LE(switches, 1);
    per_stage.cross(low.genes, high.genes, child.genes, stream);
    space.active(child.genes, mask);
    std::map<std::string, std::set<bool>> sides;
    for (std::size_t g = 0; g < space.gene_count(); ++g)
      if (mask[g]) sides[stage_of(space.genes()[g])].insert(child.genes[g] != 0);
    EXPECT_EQ(sides.size(), 3u);
    for (const auto& [stage, from] : sides) EXPECT_EQ(from.size(), 1u) << stage;
    mixes.insert(child);
  }
  EXPECT_EQ(mixes.size(), 8u);  // two parents, three stages
}

TEST(Variation, StepMovesOneGeneToANeighbourOption) {
  const auto compiled = compile(stages);
  const Space& space = *compiled->space;
  Variation variation = made(space, Crossover::uniform, {Mutation::step, {}});
  Stream stream(3, "test");
  for (int n = 0; n < 300; ++n) {
    const Arch before = *space.sample(stream);
    Arch after = before;
    variation.mutate(after.genes, stream);
    std::vector<std::uint8_t> mask(space.gene_count()), now = mask;
    space.active(before.genes, mask);
    space.active(after.genes, now);
    int moved = 0;
    for (std::size_t g = 0; g < space.gene_count(); ++g) {
      if (!mask[g] || !now[g] || before.genes[g] == after.genes[g]) continue;
      EXPECT_EQ(std::abs(int(before.genes[g]) - int(after.genes[g])), 1);
      ++moved;
    }
    EXPECT_EQ(moved, 1);
  }
}

TEST(Variation, BlockChangesOneBlockAndARateThatShareOfBlocks) {
  const auto compiled = compile(stages);
  const Space& space = *compiled->space;
  const Arch start = opposite(space).second;  // everything is active
  Variation one = made(space, Crossover::uniform, {Mutation::block, {}}),
            rated = made(space, Crossover::uniform, {Mutation::block, 0.5});
  Stream stream(4, "test");
  std::set<std::string> blocks;
  for (const Gene& gene : space.genes()) blocks.insert(block_of(gene));
  double changed = 0;
  for (int n = 0; n < 2000; ++n) {
    auto count = [&](const Arch& after) {
      std::set<std::string> touched;
      for (std::size_t g = 0; g < space.gene_count(); ++g)
        if (start.genes[g] != after.genes[g]) touched.insert(block_of(space.genes()[g]));
      return touched.size();
    };
    Arch after = start;
    one.mutate(after.genes, stream);
    // A shallower stage also switches off the blocks behind it.
    bool depth_stays = true;
    for (std::size_t g = 0; g < space.gene_count(); ++g)
      if (space.role(g) == Space::GeneRole::depth) depth_stays = depth_stays && start.genes[g] == after.genes[g];
    if (depth_stays) EXPECT_EQ(count(after), 1u);
    Arch many = start;
    rated.mutate(many.genes, stream);
    changed += static_cast<double>(count(many)) / static_cast<double>(blocks.size()) / 2000;
  }
  // Half of the blocks are drawn; 1 of 12 draws of kernel and width repeats what was there; shallower stages add some.
  EXPECT_GT(changed, 0.42);
  EXPECT_LT(changed, 0.75);
}

TEST(Variation, GenomesThatWereSeenAreFoundAmongMany) {
  SeenGenomes seen;
  std::vector<std::uint8_t> genome(13);
  std::set<std::vector<std::uint8_t>> known;
  Stream stream(5, "test");
  for (int n = 0; n < 20000; ++n) {
    for (auto& gene : genome) gene = static_cast<std::uint8_t>(stream.below(2));
    EXPECT_EQ(seen.contains(genome), known.contains(genome));
    EXPECT_EQ(seen.insert(genome), known.insert(genome).second);
  }
  EXPECT_EQ(seen.size(), known.size());
}

TEST(Variation, AFirstPopulationHoldsTheGivenNetworksOnceAndEndsWhereTheSpaceEnds) {
  const auto toy = toy_space();
  const Space& space = *toy->space;
  Stream stream(6, "test");
  const std::vector<Arch> first{space.smallest(), space.largest(), space.smallest()};
  SeenGenomes seen;
  Population rows;
  clear(rows, space.gene_count(), 2);
  ASSERT_TRUE(sample_fresh(space, first, 1000, seen, stream, rows));
  EXPECT_EQ(rows.arch(0), space.smallest());
  EXPECT_EQ(rows.arch(1), space.largest());
  std::set<Arch> distinct;
  for (std::size_t i = 0; i < rows.size(); ++i) distinct.insert(rows.arch(i));
  EXPECT_EQ(distinct.size(), rows.size());
  EXPECT_EQ(rows.size(), 258u);
}
