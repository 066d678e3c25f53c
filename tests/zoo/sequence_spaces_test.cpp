// HAT's transformers, BERT, ViT and FBNet against what was published: parameters, MACs, numbers of networks.
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cmath>

#include "../space/csv_rows.h"

using namespace nas;
using namespace nas::testing;

namespace {

using Fields = std::vector<std::vector<std::string>>;

std::size_t spelling_named(const Space& space, const std::string& name) {
  const auto spellings = space.spellings();
  for (std::size_t i = 0; i < spellings.size(); ++i)
    if (spellings[i].name == name) return i;
  ADD_FAILURE() << "no spelling " << name;
  return 0;
}

/// The columns of one row, each split as a table splits its lists.
Fields columns(const CsvRow& row, const Spelling& spelling) {
  Fields fields;
  for (const auto& field : spelling.fields) fields.push_back(split_values(row.at(field)));
  return fields;
}

}  // namespace

/// HAT's README leaves embeddings and output layer out and counts two FLOPs a MAC.
TEST(HatTransformer, PublishedSubTransformers) {
  const auto rows = csv_rows("hat_subtransformers.csv");
  if (rows.empty()) GTEST_SKIP() << "hat_subtransformers.csv is not beside this checkout";
  auto wmt = compile_stdlib("hat_transformer"), iwslt = compile_stdlib("hat_transformer", {{"task", "iwslt"}});
  ASSERT_TRUE(wmt->space && iwslt->space) << wmt->errors() << iwslt->errors();
  auto with_output = compile_stdlib("hat_transformer", {{"output", 32768}});
  ASSERT_TRUE(with_output->space) << with_output->errors();
  int checked = 0;
  for (const auto& row : rows) {
    const bool is_iwslt = row.at("name").find("iwslt") != std::string::npos;
    const Space& space = is_iwslt ? *iwslt->space : *wmt->space;
    const std::size_t hat = spelling_named(space, "hat");
    auto arch = space.parse(hat, columns(row, space.spellings()[hat]));  // lists hold only the layers in use
    ASSERT_TRUE(arch) << row.at("name") << ": " << arch.failure().message;
    EXPECT_EQ(space.params(arch->genes), std::stoll(row.at("params_no_embed"))) << row.at("name");
    EXPECT_EQ(space.macs(arch->genes), std::stoll(row.at("macs_no_last_layer"))) << row.at("name");
    EXPECT_NEAR(static_cast<double>(space.params(arch->genes)) / 1e6, std::stod(row.at("readme_params_M")), 0.0051)
        << row.at("name");
    EXPECT_NEAR(2e-9 * static_cast<double>(space.macs(arch->genes)), std::stod(row.at("readme_flops_G")), 0.006)
        << row.at("name");
    if (!is_iwslt) {
      const std::int64_t width = std::stoll(row.at("dec_embed"));
      EXPECT_EQ(with_output->space->macs(arch->genes), space.macs(arch->genes) + width * 30 * 32768);
      EXPECT_EQ(with_output->space->params(arch->genes), space.params(arch->genes) + width * 32768);
    }
    ++checked;
  }
  EXPECT_EQ(checked, 22);
}

// Four more from HAT's README, by hand (supernets.md 2.9 has their numbers).
TEST(HatTransformer, CheckValues) {
  auto made = compile_stdlib("hat_transformer");
  ASSERT_TRUE(made->space) << made->errors();
  const std::vector<std::string> widest(6, "3072"), heads(6, "8");
  auto arch =
      made->space->parse(0, {{"512"}, widest, heads, {"512"}, {"2"}, {"3072", "3072"}, {"8", "8"}, {"8", "8"}, {"-1", "1"}});
  ASSERT_TRUE(arch) << arch.failure().message;
  EXPECT_NEAR(static_cast<double>(made->space->params(arch->genes)) / 1e6, 35.719, 0.0005);
  EXPECT_NEAR(2e-9 * static_cast<double>(made->space->macs(arch->genes)), 2.1908, 0.00005);
}

// Parameters that DyNAS-T's test table holds for its transformer_lt space (two of its rows).
TEST(HatTransformer, DyNasRows) {
  auto made = compile_stdlib("hat_transformer");
  ASSERT_TRUE(made->space) << made->errors();
  const std::size_t dynas = spelling_named(*made->space, "dynas");
  const auto list = [](const char* text) { return split_values(text); };
  auto first = made->space->parse(dynas, {list("[640]"), list("[640]"), list("[1024, 2048, 3072, 3072, 3072, 1024]"),
                                          list("[3072, 1024, 1024, 1024, 3072, 1024]"), list("[3]"), list("[8, 8, 8, 8, 8, 8]"),
                                          list("[8, 4, 8, 4, 4, 8]"), list("[8, 4, 4, 4, 8, 8]"), list("[1, -1, -1, 1, -1, 1]")});
  ASSERT_TRUE(first) << first.failure().message;
  EXPECT_EQ(made->space->params(first->genes), 39398784);
  auto second =
      made->space->parse(dynas, {list("[640]"), list("[512]"), list("[2048, 2048, 1024, 1024, 1024, 3072]"),
                                 list("[1024, 2048, 3072, 3072, 3072, 2048]"), list("[3]"), list("[4, 8, 8, 4, 8, 4]"),
                                 list("[4, 4, 8, 4, 8, 8]"), list("[4, 4, 4, 4, 8, 8]"), list("[2, 1, -1, -1, -1, -1]")});
  ASSERT_TRUE(second) << second.failure().message;
  EXPECT_EQ(made->space->params(second->genes), 34019328);
}

TEST(HatTransformer, Sizes) {
  for (const char* task : {"wmt", "iwslt"}) {
    auto made = compile_stdlib("hat_transformer", {{"task", task}});
    ASSERT_TRUE(made->space) << made->errors();
    EXPECT_EQ(made->space->gene_count(), 39u);
    // 2 x 2 widths; 6 encoder layers of 2 heads x 3 widths; 1 to 6 decoder layers of 2 x 2 x 3 x 3.
    mpz_class decoder = 0, ways = 1;
    for (int layers = 1; layers <= 6; ++layers) decoder += ways *= 36;
    EXPECT_EQ(made->space->networks(), 4 * 46656 * decoder);
    EXPECT_NEAR(made->space->networks().get_d(), 4.2e14, 0.05e14);
    EXPECT_NEAR(made->space->genotypes().get_d(), 2.4e15, 0.05e15);
  }
}

TEST(HatTransformer, ListsOfTheWrongLength) {
  auto made = compile_stdlib("hat_transformer");
  ASSERT_TRUE(made->space) << made->errors();
  const std::vector<std::string> widest(6, "3072"), heads(6, "8");
  auto arch = made->space->parse(
      0, {{"512"}, widest, heads, {"512"}, {"2"}, {"3072", "3072", "3072"}, {"8", "8"}, {"8", "8"}, {"-1", "1"}});
  ASSERT_FALSE(arch);
  EXPECT_EQ(arch.failure().message, "dec_ffn needs 6 values, 3 are given");
  EXPECT_EQ(arch.failure().hint, "the network uses 2 of them");
  auto unknown = made->space->parse(0, {{"512"}, widest, heads, {"512"}, {"1"}, {"512"}, {"8"}, {"8"}, {"-1"}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.failure().message, "512 is not a value of dec_ffn[1]");
  EXPECT_EQ(unknown.failure().hint, "it can be 3072, 2048, 1024");
}

TEST(HatTransformer, UnknownTask) {
  auto made = compile_stdlib("hat_transformer", {{"task", "wmt19"}});
  EXPECT_FALSE(made->space);
  EXPECT_NE(made->errors().find("task is \"wmt\" or \"iwslt\""), std::string::npos) << made->errors();
}

TEST(SplitValues, MinusSigns) {
  using List = std::vector<std::string>;
  EXPECT_EQ(split_values("2 -1 -1"), (List{"2", "-1", "-1"}));
  EXPECT_EQ(split_values("-1"), (List{"-1"}));
  EXPECT_EQ(split_values("7-5-3"), (List{"7", "5", "3"}));
  EXPECT_EQ(split_values("1--1-2"), (List{"1", "-1", "2"}));
  EXPECT_EQ(split_values("[1, -1]"), (List{"1", "-1"}));
  EXPECT_EQ(split_values("7 - 5"), (List{"7", "5"}));
}

// BERT base with a two-class head: 109,482,240 parameters of the published model and 768 * 2 + 2 of the head.
TEST(Bert, TheLargestIsBertBase) {
  auto made = compile_stdlib("bert");
  ASSERT_TRUE(made->space) << made->errors();
  const Arch largest = made->space->largest();
  EXPECT_EQ(made->space->params(largest.genes), 109482240 + 1538);
  const std::int64_t tokens = 128, width = 768, hidden = 3072;
  const std::int64_t layer = tokens * (4 * width * width + 2 * width * hidden) + 2 * tokens * tokens * width;
  EXPECT_EQ(made->space->macs(largest.genes), 12 * layer + width * width + width * 2);
}

TEST(Bert, HeadsAreSixtyFourWide) {
  auto made = compile_stdlib("bert");
  ASSERT_TRUE(made->space) << made->errors();
  const std::vector<std::string> twelve(12, "12"), six(12, "6"), wide(12, "3072");
  const auto of = [&](const char* layers, const std::vector<std::string>& heads) {
    return *made->space->parse(0, {{layers}, heads, wide});
  };
  const Arch full = of("12", twelve), half = of("12", six), fewer = of("11", twelve);
  // Half the heads: 384 of 768 channels less in three projections with bias and in the output projection.
  EXPECT_EQ(made->space->params(full.genes) - made->space->params(half.genes), 12 * (3 * (768 * 384 + 384) + 384 * 768));
  EXPECT_EQ(made->space->params(full.genes) - made->space->params(fewer.genes),
            4 * (768 * 768 + 768) + 2 * 768 * 3072 + 3072 + 768 + 4 * 768);
}

TEST(Bert, Sizes) {
  auto made = compile_stdlib("bert");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 25u);
  mpz_class total = 0, ways = 1;
  for (int layers = 1; layers <= 12; ++layers) {
    ways *= 12;
    if (layers >= 6) total += ways;
  }
  EXPECT_EQ(made->space->networks(), total);
}

// ViT-B/16 at 224: torchvision prints 86,567,656 parameters and 17.564 G operations.
TEST(Vit, TheLargestIsVitB16) {
  auto made = compile_stdlib("vit");
  ASSERT_TRUE(made->space) << made->errors();
  const Arch largest = made->space->largest();
  EXPECT_EQ(made->space->params(largest.genes), 86567656);
  EXPECT_NEAR(1e-9 * static_cast<double>(made->space->macs(largest.genes)), 17.564, 0.0005);
  EXPECT_EQ(made->space->gene_count(), 25u);
  EXPECT_EQ(made->space->networks().get_str(), "9721026183168");  // 12^10 + 12^11 + 12^12
  auto large_patches = compile_stdlib("vit", {{"patch", 32}});
  ASSERT_TRUE(large_patches->space) << large_patches->errors();
  EXPECT_EQ(large_patches->space->params(large_patches->space->largest().genes), 88224232);  // ViT-B/32 of torchvision
}

TEST(Vit, PatchesThatDoNotFit) {
  auto made = compile_stdlib("vit", {{"size", 225}});
  EXPECT_FALSE(made->space);
  EXPECT_NE(made->errors().find("the image is not a whole number of patches wide"), std::string::npos) << made->errors();
}

TEST(FbNet, Sizes) {
  for (const int size : {32, 224}) {
    auto made = compile_stdlib("fbnet", {{"size", size}});
    ASSERT_TRUE(made->space) << made->errors();
    EXPECT_EQ(made->space->gene_count(), 22u);
    EXPECT_EQ(made->space->networks().get_str(), "984770902183611232881");
    EXPECT_EQ(made->space->network(made->space->largest()).output_shape(), (Shape{100, 1, 1}));
  }
}

TEST(FbNet, RowsOfHwNasBench) {
  const auto rows = csv_rows("fbnet_latency.csv.gz");
  if (rows.empty()) GTEST_SKIP() << "fbnet_latency.csv.gz is not beside this checkout";
  auto made = compile_stdlib("fbnet");
  ASSERT_TRUE(made->space) << made->errors();
  int wrong_macs = 0, wrong_params = 0;
  for (const auto& row : rows) {
    auto arch = made->space->parse(0, {split_values(row.at("arch"))});
    ASSERT_TRUE(arch) << row.at("arch") << ": " << arch.failure().message;
    EXPECT_EQ(fmt::format("{}", fmt::join(made->space->spell(*arch, 0)[0], "_")), row.at("arch"));
    // The table's counter adds 2 a value of batch norm, 1 a value of the last ReLU of a block and 1 a value of the pool's input.
    std::int64_t counted = made->space->macs(arch->genes);
    for (const Layer& layer : made->space->network(*arch).layers) {
      if (layer.kind == LayerKind::global_avg_pool) counted += layer.in.elements();
      if (layer.kind == LayerKind::batch_norm) counted += 2 * layer.out.elements();
      if (layer.kind == LayerKind::activation && !layer.path.ends_with("expand_act")) counted += layer.out.elements();
    }
    wrong_macs += std::fabs(static_cast<double>(counted) * 1e-6 - std::stod(row.at("flops_m"))) > 1e-5;
    wrong_params +=
        std::fabs(static_cast<double>(made->space->params(arch->genes)) * 1e-6 - std::stod(row.at("params_m"))) > 1e-6;
  }
  EXPECT_EQ(wrong_macs, 0);
  EXPECT_EQ(wrong_params, 0);
}
