// Spaces written by users: counts against enumeration, operators that stay inside the space, published spaces as text.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::string text_of(const Network& network) {
  std::string text;
  for (const Layer& layer : network.layers) {
    text += layer.path + ":" + std::to_string(static_cast<int>(layer.kind));
    for (const auto n : {layer.kernel, layer.stride, layer.groups, layer.heads, static_cast<std::int32_t>(layer.act)})
      text += "," + std::to_string(n);
    for (const auto n : {layer.out.channels, layer.out.height, layer.out.width}) text += "x" + std::to_string(n);
    for (const auto n : layer.inputs) text += "<" + std::to_string(n);
    text += "\n";
  }
  return text;
}

/// Every genome, canonical or not.
std::vector<std::vector<std::uint8_t>> all_genomes(const Space& space) {
  std::vector<std::vector<std::uint8_t>> genomes;
  std::vector<std::uint8_t> genome(space.gene_count(), 0);
  while (true) {
    genomes.push_back(genome);
    std::size_t i = genome.size();
    while (i > 0 && ++genome[i - 1] == space.genes()[i - 1].options.size()) genome[--i] = 0;
    if (i == 0) return genomes;
  }
}

const char* const small_spaces[] = {
    "def space depths() {\n"
    "  input = image(channels = 8, size = 8)\n"
    "  repeat stage in 1..2 { repeat choice(1, 2) { mbconv(kernel = choice(3, 5), expand = choice(2, 3), out = 8 * stage) } }\n"
    "}\n",
    "def space shared() {\n"
    "  input = image(channels = 8, size = 8)\n"
    "  kernel = choice(3, 5, 7)\n"
    "  repeat 2 { choice { mbconv(k = kernel, expand = choice(2, 4)), fused(k = kernel), conv(k = 1) } }\n"
    "}\n",
    "def space guarded() {\n"
    "  input = image(channels = 8, size = 8)\n"
    "  kernel = choice(3, 5)\n"
    "  repeat choice(1, 2, 3) { choice { conv(k = kernel), mbconv(k = kernel, expand = 2) if kernel == 3 } }\n"
    "}\n",
};

}  // namespace

TEST(SmallSpaces, CountsEqualEnumeration) {
  for (const char* text : small_spaces) {
    auto made = compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    std::set<std::vector<std::uint8_t>> canonical;
    std::set<std::string> networks;
    for (const auto& genome : all_genomes(space)) {
      auto row = genome;
      space.canonicalise(row);
      auto again = row;
      space.canonicalise(again);
      ASSERT_EQ(again, row) << "canonical form is a fixed point";
      ASSERT_EQ(space.valid(genome), space.valid(row)) << space.name();
      if (!space.valid(row)) continue;
      ASSERT_EQ(text_of(space.network({genome})), text_of(space.network({row}))) << "masking changes no network";
      const Network network = space.network({row});
      EXPECT_EQ(space.macs(row), network.macs());
      EXPECT_EQ(space.params(row), network.params());
      canonical.insert(row);
      networks.insert(text_of(network));
    }
    EXPECT_EQ(space.networks(), static_cast<unsigned long>(canonical.size())) << space.name();
    EXPECT_EQ(networks.size(), canonical.size()) << space.name();
  }
}

TEST(SmallSpaces, CountsByHand) {
  EXPECT_EQ(compile(small_spaces[0])->space->networks(), 400);  // (4 + 16)^2
  EXPECT_EQ(compile(small_spaces[1])->space->networks(),
            46);  // 3 kernels x (2+1+1)^2, less 2 where two 1x1 leave the kernel unused
  EXPECT_EQ(compile(small_spaces[2])->space->networks(), 17);  // kernel 3: 2 + 4 + 8; kernel 5: one of each depth
}

TEST(SmallSpaces, SamplingIsUniform) {
  for (const char* text : small_spaces) {
    auto made = compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    const double n = space.networks().get_d();
    constexpr double kPerNetwork = 500;
    Stream stream(7, "uniform");
    std::map<Arch, int> seen;
    for (int i = 0; i < n * kPerNetwork; ++i) {
      auto arch = space.sample(stream);
      ASSERT_TRUE(arch);
      ++seen[*arch];
    }
    EXPECT_EQ(static_cast<double>(seen.size()), n);
    double chi2 = 0;
    for (const auto& [arch, count] : seen) chi2 += (count - kPerNetwork) * (count - kPerNetwork) / kPerNetwork;
    EXPECT_LT(chi2, n - 1 + 4 * std::sqrt(2 * (n - 1))) << space.name();  // four standard deviations of chi-square
  }
}

TEST(SmallSpaces, EvenDrawsHoldEveryOptionOfAGeneEquallyOften) {
  // Depth 1 is 6 of 258 networks; drawn evenly it is every third.
  auto made = compile(R"(def space deep() {
  input = image(channels = 3, size = 8)
  repeat block in choice(1, 2, 3) { conv(kernel = choice(1, 3, 5), out = choice(4, 8)) }
  head = linear(10)
})");
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  const std::size_t length = space.gene_count(), n = 30;
  const auto depth = space.find_gene("depth");
  const auto kernel = space.find_gene("block[1].kernel");
  ASSERT_TRUE(depth && kernel);
  Stream stream(3, "even");
  std::vector<std::uint8_t> rows(n * length);
  ASSERT_TRUE(space.sample_evenly(stream, n, rows));
  std::map<int, int> depths, kernels;
  for (std::size_t i = 0; i < n; ++i) {
    ++depths[rows[i * length + *depth]];
    ++kernels[rows[i * length + *kernel]];
  }
  EXPECT_EQ(depths, (std::map<int, int>{{0, 10}, {1, 10}, {2, 10}}));
  EXPECT_EQ(kernels, depths);  // the first block is never masked
}

TEST(SmallSpaces, EvenDrawsStayInside) {
  for (const char* text : small_spaces) {
    auto made = compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    Stream stream(5, "even");
    std::vector<std::uint8_t> rows(200 * space.gene_count());
    ASSERT_TRUE(space.sample_evenly(stream, 200, rows));
    for (std::size_t i = 0; i < 200; ++i) {
      const auto row = std::span(rows).subspan(i * space.gene_count(), space.gene_count());
      std::vector<std::uint8_t> canonical(row.begin(), row.end());
      space.canonicalise(canonical);
      EXPECT_TRUE(std::equal(row.begin(), row.end(), canonical.begin()) && space.valid(row)) << space.name();
    }
  }
}

TEST(SmallSpaces, OperatorsStayInside) {
  for (const char* text : small_spaces) {
    auto made = compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    Stream stream(11, "closed");
    auto inside = [&](const std::vector<std::uint8_t>& genes) {
      auto row = genes;
      space.canonicalise(row);
      return row == genes && space.valid(genes);
    };
    for (int i = 0; i < 500; ++i) {
      const Arch a = *space.sample(stream), b = *space.sample(stream);
      auto child = a.genes;
      space.mutate(child, stream);
      ASSERT_TRUE(inside(child)) << space.name();
      space.crossover(a.genes, b.genes, child, stream);
      ASSERT_TRUE(inside(child)) << space.name() << ": crossover";
      auto parsed = space.parse_genes(space.gene_values(a));
      ASSERT_TRUE(parsed) << parsed.failure().message;
      ASSERT_EQ(*parsed, a);
      auto line = space.parse(space.spell(a));
      ASSERT_TRUE(line) << line.failure().message;
      ASSERT_EQ(*line, a);
      std::set<Arch> near;
      for (const Arch& neighbour : space.neighbours(a)) {
        ASSERT_TRUE(inside(neighbour.genes));
        ASSERT_NE(neighbour, a);
        ASSERT_TRUE(near.insert(neighbour).second);
      }
    }
  }
}

TEST(OwnSpaces, SampleFiveOfTheContract) {
  auto made = compile(slurp(std::filesystem::path(NAS_SOURCE_DIR) / "tests/syntax/samples/own_space.nas"));
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_TRUE(made->space->find_gene("stage[1].kernel"));
  // Stage 1 and 2: a block has 3 mbconv, fused or skip; stage 3 and 4: 3 mbconv or skip. A kernel that only skips see is unused.
  const auto stage = [](int mbconv_and_fused) {
    mpz_class total = 0;
    for (int depth = 2; depth <= 4; ++depth) {
      mpz_class all = 1;
      for (int i = 0; i < depth; ++i) all *= mbconv_and_fused + 1;
      total += 3 * (all - 1) + 1;
    }
    return total;
  };
  EXPECT_EQ(made->space->networks(), stage(4) * stage(4) * stage(3) * stage(3));
}
