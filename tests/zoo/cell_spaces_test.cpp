// DARTS's and ColocNAS's cells against published genotypes, parameter counts and numbers of networks.
#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "../space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

const std::map<std::string, std::string> kShort = {{"mp", "max_pool_3x3"}, {"ap", "avg_pool_3x3"}, {"sk", "skip_connect"},
                                                   {"s3", "sep_conv_3x3"}, {"s5", "sep_conv_5x5"}, {"d3", "dil_conv_3x3"},
                                                   {"d5", "dil_conv_5x5"}};

/// "s3 1 s3 0; sk 0 s3 1; ..." as papers list a cell, in the order of the spelling: by source.
std::string cell_text(const std::string& published) {
  std::istringstream in(published);
  std::string text, node, op;
  while (std::getline(in, node, ';')) {
    std::istringstream edges(node);
    std::vector<std::pair<int, std::string>> list;
    for (int source = 0; edges >> op >> source;) list.push_back({source, kShort.at(op)});
    std::sort(list.begin(), list.end());
    text += text.empty() ? "" : "+|";
    for (const auto& [source, name] : list) text += (text.empty() ? "|" : "") + name + "~" + std::to_string(source) + "|";
  }
  return text;
}

struct Published {
  const char *name, *normal, *reduce;
  std::int64_t small_params, small_macs, cifar_params, imagenet_params;
  double cifar_macs, imagenet_macs;  ///< millions, one digit
};

// The genotypes as their authors' repositories list them; the counts are those of an independent counter.
const Published kGenotypes[] = {{"DARTS_V1", "s3 1 s3 0; sk 0 s3 1; sk 0 s3 1; s3 0 sk 2",
                                 "mp 0 mp 1; sk 2 mp 0; mp 0 sk 2; sk 2 ap 0", 232890, 41355776, 3169414, 4510432, 501.0, 505.9},
                                {"DARTS_V2", "s3 0 s3 1; s3 0 s3 1; s3 1 sk 0; sk 0 d3 2",
                                 "mp 0 mp 1; sk 2 mp 1; mp 0 sk 2; sk 2 mp 1", 246106, 43444736, 3349342, 4718752, 528.4, 529.9},
                                {"PC_DARTS_CIFAR", "s3 1 sk 0; s3 0 d3 1; s5 0 s3 1; ap 0 d3 1",
                                 "s5 1 mp 0; s5 1 s5 2; s3 0 s3 3; s3 1 s3 2", 335738, 53258752, 3634678, 5270560, 556.7, 571.1},
                                {"PC_DARTS_IMAGENET", "sk 1 s3 0; s3 0 sk 1; s3 1 s3 3; s3 1 d5 4",
                                 "s3 0 sk 1; d5 2 mp 1; s3 2 s3 1; s5 0 s3 3", 0, 0, 3721510, 5342464, 570.5, 581.6}};

Arch genotype(const Space& space, const Published& published) {
  auto arch = space.parse(cell_text(published.normal) + "/" + cell_text(published.reduce));
  EXPECT_TRUE(arch) << published.name << ": " << arch.failure().message;
  return arch ? *arch : space.smallest();
}

std::unique_ptr<CompiledSpace> compiled(const std::string& name, std::vector<std::pair<std::string, Value>> arguments) {
  auto made = compile_stdlib(name, std::move(arguments));
  EXPECT_TRUE(made->space) << made->errors();
  return made;
}

mpz_class power(int base, int exponent) {
  mpz_class product = 1;
  for (int i = 0; i < exponent; ++i) product *= base;
  return product;
}

}  // namespace

TEST(DartsCell, CountsThePublishedGenotypes) {
  const auto small = compiled("darts_cell", {}), cifar = compiled("darts_cell", {{"cells", 20}, {"width", 36}}),
             imagenet = compiled("darts_cell", {{"cells", 14}, {"width", 48}, {"classes", 1000}, {"size", 224}});
  for (const Published& p : kGenotypes) {
    const Arch s = genotype(*small->space, p), c = genotype(*cifar->space, p), i = genotype(*imagenet->space, p);
    if (p.small_params != 0) {
      EXPECT_EQ(small->space->params(s.genes), p.small_params) << p.name;
      EXPECT_EQ(small->space->macs(s.genes), p.small_macs) << p.name;
    }
    EXPECT_EQ(cifar->space->params(c.genes), p.cifar_params) << p.name;
    EXPECT_NEAR(static_cast<double>(cifar->space->macs(c.genes)) / 1e6, p.cifar_macs, .05) << p.name;
    EXPECT_EQ(imagenet->space->params(i.genes), p.imagenet_params) << p.name;
    EXPECT_NEAR(static_cast<double>(imagenet->space->macs(i.genes)) / 1e6, p.imagenet_macs, .05) << p.name;
    const Network network = imagenet->space->network(i);
    EXPECT_EQ(network.params(), p.imagenet_params);
    EXPECT_EQ(network.output_shape(), (Shape{1000, 1, 1}));
  }
}

TEST(DartsCell, AHundredClassesAddTheirRows) {
  const auto made = compiled("darts_cell", {{"cells", 20}, {"width", 36}, {"classes", 100}});
  EXPECT_EQ(made->space->params(genotype(*made->space, kGenotypes[1]).genes), 3401272);
}

TEST(DartsCell, SuperNetworkHasTheWeightsOfThePublishedOne) {
  // DARTS's search network: batch norms of cells are not learnt, the stem's is (2 x 48).
  const auto made = compiled("darts_cell", {});
  std::int64_t weights = 96;
  for (const WeightSlot& slot : made->space->weight_slots()) {
    if (slot.kind == LayerKind::conv)
      weights += slot.out_channels * (slot.depthwise ? 1 : slot.in_channels) * slot.kernel * slot.kernel;
    if (slot.kind == LayerKind::linear) weights += slot.out_channels * (slot.in_channels + 1);
  }
  EXPECT_EQ(weights, 1930618);
}

TEST(DartsCell, NumbersOfNetworks) {
  const auto made = compiled("darts_cell", {});
  const mpz_class cell = 180 * power(7, 8);
  EXPECT_EQ(cell.get_str(), "1037664180");
  EXPECT_EQ(made->space->networks(), cell * cell);
  EXPECT_EQ(made->space->gene_count(), 34u);
  // One cell is a reduction cell: the other kind decides nothing.
  EXPECT_EQ(compiled("darts_cell", {{"cells", 1}})->space->networks(), cell);
}

TEST(DartsCell, ReadsAndWritesGenotypes) {
  const auto made = compiled("darts_cell", {});
  const Space& space = *made->space;
  const Arch arch = genotype(space, kGenotypes[1]);
  EXPECT_EQ(space.spell(arch),
            "|sep_conv_3x3~0|sep_conv_3x3~1|+|sep_conv_3x3~0|sep_conv_3x3~1|+|skip_connect~0|sep_conv_3x3~1|+|skip_connect~0|"
            "dil_conv_3x3~2|/|max_pool_3x3~0|max_pool_3x3~1|+|max_pool_3x3~1|skip_connect~2|+|max_pool_3x3~0|skip_connect~2|+|"
            "max_pool_3x3~1|skip_connect~2|");
  EXPECT_EQ(space.gene_values(arch)[2], (std::pair<std::string, std::string>{"normal[3].inputs", "0+1"}));
  EXPECT_FALSE(space.parse("|sep_conv_3x3~1|sep_conv_3x3~0|"));
  // Both edges of a node from one source.
  std::string twice = space.spell(arch);
  twice.replace(twice.find("dil_conv_3x3~2"), 14, "dil_conv_3x3~0");
  const auto wrong = space.parse(twice);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.failure().code, "E405");
}

TEST(DartsCell, LatencyPredictorSeesEightOfItsBits) {
  const auto made = compiled("darts_cell", {});
  const Space& space = *made->space;
  const auto encoding = space.find_encoding("lpm_112");
  ASSERT_TRUE(encoding);
  ASSERT_EQ(space.encodings()[*encoding].columns.size(), 112u);
  std::vector<float> row(112);
  Stream stream(2, "lpm");
  for (int i = 0; i < 200; ++i) {
    space.encode(*encoding, space.sample(stream)->genes, 1, row);
    EXPECT_EQ(std::accumulate(row.begin(), row.end(), 0.0f), 8);
    for (std::size_t edge = 0; edge < 14; ++edge) EXPECT_EQ(row[8 * edge], 0) << "none is never chosen";
    // Two edges a node.
    std::size_t edge = 0;
    for (std::size_t node = 2; node < 6; ++node) {
      float ones = 0;
      for (std::size_t source = 0; source < node; ++source, ++edge)
        ones = std::accumulate(row.begin() + static_cast<std::ptrdiff_t>(8 * edge),
                               row.begin() + static_cast<std::ptrdiff_t>(8 * edge + 8), ones);
      EXPECT_EQ(ones, 2);
    }
  }
  // Edge 0 -> 2 comes first, sep_conv_3x3 is the fifth of the eight operators.
  space.encode(*encoding, genotype(space, kGenotypes[1]).genes, 1, row);
  EXPECT_EQ(row[4], 1);
}

TEST(Colocnas, NumbersOfNetworks) {
  // Block n chooses two of 1 + n inputs, one of c concats where it reads a cell before; seven operators on each.
  for (const auto& [c, blocks] : {std::pair(1, 4), {2, 4}, {3, 6}, {4, 4}, {2, 2}, {5, 5}}) {
    const auto made = compiled("colocnas", {{"c", c}, {"blocks", blocks}});
    mpz_class cell = power(7, 2 * blocks);
    for (int n = 1; n <= blocks; ++n) cell *= c * c + 2 * c * (n - 1) + (n - 1) * (n - 2) / 2;
    EXPECT_EQ(made->space->networks(), cell * cell) << c << " " << blocks;
  }
  EXPECT_EQ(compiled("colocnas", {})->space->networks().get_str(), "9867244276873744096444416");
  // As many blocks as the paper's variants where they are not given: b4c2, b6c3, b4c4.
  for (const auto& [c, blocks] : {std::pair(2, 4), {3, 6}, {4, 4}})
    EXPECT_EQ(compiled("colocnas", {{"c", c}})->space->key(), compiled("colocnas", {{"c", c}, {"blocks", blocks}})->space->key());
}

TEST(Colocnas, OneConcatGivesDartsNetworks) {
  const auto darts = compiled("darts_cell", {{"cells", 5}}), one = compiled("colocnas", {{"c", 1}, {"cells", 5}});
  Stream stream(4, "same");
  for (int i = 0; i < 60; ++i) {
    const Arch arch = *one->space->sample(stream);
    // The same cell in the other space, by the names of its genes.
    std::map<std::string, std::string> genes;
    for (const auto& [name, option] : one->space->gene_values(arch)) genes[name] = option;
    std::vector<std::pair<std::string, std::string>> values;
    for (const std::string kind : {"normal", "reduce"})
      for (int node = 2; node <= 5; ++node) {
        const std::string block = kind + "[" + std::to_string(node - 1) + "]", there = kind + "[" + std::to_string(node) + "]";
        std::vector<int> sources;
        const auto reads = [&](int source, const std::string& op) {
          sources.push_back(source);
          values.push_back({there + ".source[" + std::to_string(source) + "].op", genes.at(op)});
        };
        const bool first = node == 2;
        if (first || genes.at(block + ".older") == "1") reads(0, block + ".older_op");
        if (first || genes.at(block + ".newer") == "1") reads(1, block + ".newer_op");
        const std::size_t left = 2 - sources.size();
        std::string own = left == 0   ? ""
                          : left == 1 ? (genes.count(block + ".one") ? genes.at(block + ".one") : "1")
                                      : (genes.count(block + ".two") ? genes.at(block + ".two") : "1+2");
        std::replace(own.begin(), own.end(), '+', ' ');
        std::istringstream in(own);
        for (int b = 0; in >> b;) reads(b + 1, block + ".source[" + std::to_string(b) + "].op");
        ASSERT_EQ(sources.size(), 2u);
        if (!first) values.push_back({there + ".inputs", std::to_string(sources[0]) + "+" + std::to_string(sources[1])});
      }
    const auto same = darts->space->parse_genes(values);
    ASSERT_TRUE(same) << same.failure().message;
    EXPECT_EQ(one->space->macs(arch.genes), darts->space->macs(same->genes));
    EXPECT_EQ(one->space->params(arch.genes), darts->space->params(same->genes));
  }
}

TEST(Colocnas, EveryConcatThatIsReadIsProjectedOnce) {
  // Parameters of the projections where every concat is read, CIFAR at width 36 and 20 cells, as counted by hand in millions.
  const auto projected = [](const Space& space, const Arch& arch) {
    std::int64_t params = 0;
    for (const Layer& layer : space.network(arch).layers)
      if (layer.path.find(".older[") != std::string::npos || layer.path.find(".newer[") != std::string::npos)
        params += layer_params(layer);
    return params;
  };
  for (const auto& [c, millions] : {std::pair(1, 1.361), {2, 1.380}, {3, 2.070}, {4, 1.417}}) {
    const auto made = compiled("colocnas", {{"c", c}, {"cells", 20}, {"width", 36}});
    const Space& space = *made->space;
    Stream stream(1, "all");
    std::int64_t most = 0, least = std::numeric_limits<std::int64_t>::max();
    for (int i = 0; i < 300; ++i) {
      const std::int64_t params = projected(space, *space.sample(stream));
      most = std::max(most, params);
      least = std::min(least, params);
    }
    // The count gives the stem's three projections to each concat; there is one stem, so there is one of each (108 to 36
    // channels).
    const auto counted = static_cast<double>(std::max(most, projected(space, space.largest())) + 3 * (c - 1) * (108 * 36 + 72));
    EXPECT_NEAR(counted / 1e6, millions, 6e-4) << c;
    if (c == 1) {
      EXPECT_EQ(least, most);
    } else {
      EXPECT_LT(least, most) << "concats that no block reads are not projected";
    }
  }
}

TEST(Colocnas, HasNetworksForAsManyBlocksAsFit) {
  for (const auto& [c, blocks] : {std::pair(2, 5), {4, 6}, {1, 1}, {3, 0}, {7, 7}, {0, 4}}) {
    auto made = compile_stdlib("colocnas", {{"c", c}, {"blocks", blocks}});
    EXPECT_FALSE(made->space);
    ASSERT_EQ(made->diagnostics.all().size(), 1u) << made->errors();
    EXPECT_EQ(made->diagnostics.all()[0].message,
              c == 7 || c == 0 ? "a cell has 1 to 6 concats: c is 1 to 6"
                               : "blocks is a multiple of c, at least 2: each concat joins as many blocks");
  }
}

namespace {
std::vector<float> encoded_row(const Space& space, const Arch& arch, const std::string& name) {
  const auto encoding = space.find_encoding(name);
  EXPECT_TRUE(encoding) << name;
  std::vector<float> row(space.encodings()[*encoding].columns.size());
  space.encode(*encoding, arch.genes, 1, row);
  return row;
}
}  // namespace

TEST(CellEncodings, AdjacencyAndOperatorsOfDarts) {
  const auto made = compiled("darts_cell", {});
  const auto row = encoded_row(*made->space, genotype(*made->space, kGenotypes[1]), "adjacency");
  EXPECT_EQ(row, (std::vector<float>{1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 4, 4, 4, 4, 0, 3, 4, 0, 0, 3, 0, 6, 0, 0,
                                     1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 3, 1, 0, 3, 0, 0, 1, 3, 0, 0}));
}

TEST(CellEncodings, PathsOfNasbench201) {
  const auto made = compiled("nasbench201", {});
  const Space& space = *made->space;
  // Operators 4,2,1 on the way over both inner nodes; none on 0 -> 2 cuts its path, 0 -> 1 -> 3 is 4,3; 0 -> 3 is 1.
  const auto arch = space.parse("|avg_pool_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|");
  ASSERT_TRUE(arch);
  const auto row = encoded_row(space, *arch, "path_84");
  ASSERT_EQ(row.size(), 84u);
  std::vector<std::size_t> ones;
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row[i] != 0) ones.push_back(i);
  EXPECT_EQ(ones, (std::vector<std::size_t>{0, 4 + 4 * 3 + 2, 20 + 16 * 3 + 4 * 1 + 0}));
  EXPECT_EQ(encoded_row(space, *arch, "cell"), (std::vector<float>{4, 1, 0, 0, 2, 4, 0, 2, 1, 3, 1}));
}

TEST(CellEncodings, TokensOfOnceForAll) {
  const auto made = compiled("ofa_mobilenetv3", {{"resolution", 192}});
  const Space& space = *made->space;
  const auto arch = space.largest();
  const auto row = encoded_row(space, arch, "tokens");
  ASSERT_EQ(row.size(), 100u);
  // Against the network: each block's depthwise convolution has the kernel, the stride and the size that flows in.
  std::size_t block = 0;
  for (const Layer& layer : space.network(arch).layers) {
    if (layer.path.find("stage[") == std::string::npos || layer.path.find("mbconv.depthwise") == std::string::npos ||
        layer.kind != LayerKind::conv)
      continue;
    EXPECT_EQ(row[block], layer.kernel);
    EXPECT_EQ(row[60 + block], layer.in.height) << block;
    EXPECT_EQ(row[80 + block], layer.stride);
    EXPECT_EQ(row[20 + block], 6);
    ++block;
  }
  EXPECT_EQ(block, 20u);
  // Blocks that are not there are zeros.
  const auto least = encoded_row(space, space.smallest(), "tokens");
  for (const std::size_t at : {2u, 22u, 42u, 62u, 82u}) EXPECT_EQ(least[at], 0) << at;
}
