// Named encodings of the library's spaces against the layouts of their authors, and against a published predictor.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>

#include "../space/csv_rows.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::vector<float> encoded(const Space& space, const Arch& arch, const std::string& name) {
  const auto encoding = space.find_encoding(name);
  EXPECT_TRUE(encoding) << name;
  std::vector<float> row(space.encodings()[*encoding].columns.size());
  space.encode(*encoding, arch.genes, 1, row);
  return row;
}

/// The positions of the ones of a row of zeros and ones.
std::vector<std::size_t> ones(const std::vector<float>& row) {
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < row.size(); ++i) {
    EXPECT_TRUE(row[i] == 0 || row[i] == 1);
    if (row[i] == 1) at.push_back(i);
  }
  return at;
}

/// Once-for-all's accuracy predictor for MobileNetV3 at width 1.2: 128-400-400-400-1, ReLU; its weights lie as raw floats.
struct AccuracyPredictor {
  std::vector<float> weights;

  static AccuracyPredictor read() {
    AccuracyPredictor p;
    const auto folder = shared_data();
    if (!folder) return p;
    std::ifstream file(*folder / "ofa_mobilenetv3_w12_accuracy_mlp.f32", std::ios::binary);
    p.weights.resize(372801);
    file.read(reinterpret_cast<char*>(p.weights.data()), static_cast<std::streamsize>(p.weights.size() * sizeof(float)));
    if (!file) p.weights.clear();
    return p;
  }
  double operator()(std::vector<float> x) const {
    const std::size_t widths[] = {128, 400, 400, 400, 1};
    const float* at = weights.data();
    for (int layer = 0; layer < 4; ++layer) {
      const std::size_t in = widths[layer], out = widths[layer + 1];
      std::vector<float> y(out);
      for (std::size_t o = 0; o < out; ++o) {
        double sum = at[in * out + o];
        for (std::size_t i = 0; i < in; ++i) sum += static_cast<double>(at[o * in + i]) * static_cast<double>(x[i]);
        y[o] = static_cast<float>(layer < 3 ? std::max(0.0, sum) : sum);
      }
      at += in * out + out;
      x = std::move(y);
    }
    return static_cast<double>(x[0]);
  }
};

}  // namespace

TEST(Encodings, Ofa128FeedsThePublishedAccuracyPredictor) {
  const auto rows = csv_rows("ofa_w12_golden.csv");
  const AccuracyPredictor predictor = AccuracyPredictor::read();
  if (rows.empty() || predictor.weights.empty()) GTEST_SKIP() << "the predictor's weights are not beside this checkout";
  std::map<std::string, std::unique_ptr<CompiledSpace>> spaces;
  for (const auto& row : rows) {
    auto& made = spaces[row.at("resolution")];
    if (!made) made = compile_stdlib("ofa_mobilenetv3", {{"width", 1.2}, {"resolution", std::stoi(row.at("resolution"))}});
    ASSERT_TRUE(made->space) << made->errors();
    auto arch = made->space->parse(
        0, {split_values(row.at("ks")), split_values(row.at("e")), split_values(row.at("d")), {row.at("resolution")}});
    ASSERT_TRUE(arch) << arch.failure().message;
    EXPECT_NEAR(predictor(encoded(*made->space, *arch, "ofa_128")), std::stod(row.at("predicted_acc")), 2e-6);
    EXPECT_EQ(made->space->macs(arch->genes), std::stoll(row.at("macs")));
    EXPECT_EQ(made->space->params(arch->genes), std::stoll(row.at("params")));
  }
  // The tutorial's network at 192 among several resolutions: it prints 81.71 %.
  auto made = compile_stdlib("ofa_mobilenetv3", {{"width", 1.2}, {"resolution", Value(List{160, 176, 192, 208, 224})}});
  ASSERT_TRUE(made->space) << made->errors();
  auto arch = made->space->parse("ks=5-3-5-3-7-7-3-5-5-7-3-3-3-5,e=3-3-4-4-6-3-4-4-4-4-3-6-6-6,d=2-2-3-4-3,r=192");
  ASSERT_TRUE(arch) << arch.failure().message;
  EXPECT_NEAR(predictor(encoded(*made->space, *arch, "ofa_128")), 0.81713, 5e-6);
  EXPECT_EQ(made->space->macs(arch->genes), 264008640);
  EXPECT_EQ(made->space->params(arch->genes), 7711880);
}

TEST(Encodings, MobileNetLayouts) {
  auto made = compile_stdlib("ofa_mobilenetv3", {{"resolution", Value(List{128, 160, 192, 224})}});
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  const std::vector<std::string> k(20, "5"), e(20, "6");
  auto arch = space.parse(0, {k, e, {"2", "3", "4", "2", "3"}, {"160"}});
  ASSERT_TRUE(arch) << arch.failure().message;
  std::vector<std::size_t> blocks;  // in use
  const int depths[] = {2, 3, 4, 2, 3};
  for (std::size_t stage = 0; stage < 5; ++stage)
    for (int block = 0; block < depths[stage]; ++block) blocks.push_back(4 * stage + static_cast<std::size_t>(block));
  std::vector<std::size_t> ofa, arch_encoder{1}, dynas;
  for (const auto b : blocks) ofa.push_back(3 * b + 1), arch_encoder.push_back(4 + 3 * b + 1);
  for (const auto b : blocks) ofa.push_back(60 + 3 * b + 2), arch_encoder.push_back(64 + 3 * b + 2);
  ofa.push_back(120 + 3);  // (160 - 112) / 16
  EXPECT_EQ(ones(encoded(space, *arch, "ofa_128")), ofa);
  EXPECT_EQ(ones(encoded(space, *arch, "ofa_arch")), arch_encoder);
  EXPECT_EQ(encoded(space, *arch, "ofa_arch").size(), 124u);
  // DyNAS-T writes unused genes as well; of a canonical network they are the first option.
  const std::set<std::size_t> used(blocks.begin(), blocks.end());
  for (std::size_t b = 0; b < 20; ++b) dynas.push_back(3 * b + (used.count(b) ? 1 : 0));
  for (std::size_t b = 0; b < 20; ++b) dynas.push_back(60 + 3 * b + (used.count(b) ? 2 : 0));
  for (std::size_t s = 0; s < 5; ++s) dynas.push_back(120 + 3 * s + static_cast<std::size_t>(depths[s] - 2));
  EXPECT_EQ(ones(encoded(space, *arch, "dynas_135")), dynas);
  EXPECT_EQ(encoded(space, *arch, "dynas_135").size(), 135u);
}

TEST(Encodings, ResnetLayouts) {
  auto made = compile_stdlib("ofa_resnet50", {{"resolution", 192}});
  ASSERT_TRUE(made->space) << made->errors();
  const std::vector<std::string> e(18, "0.25");
  auto arch = made->space->parse(0, {{"2", "0", "1", "2", "0"}, e, {"0", "1", "2", "0", "1", "2"}, {"192"}});
  ASSERT_TRUE(arch) << arch.failure().message;
  std::vector<std::size_t> wanted{4, 8 + 1, 10 + 0, 13 + 1, 16 + 2, 19 + 0, 22 + 1, 25 + 2};
  const std::size_t first[] = {0, 4, 8, 14}, used[] = {2, 3, 6, 2};
  for (int s = 0; s < 4; ++s)
    for (std::size_t b = 0; b < used[s]; ++b) wanted.push_back(28 + 3 * (first[s] + b) + 1);
  const auto row = encoded(*made->space, *arch, "ofa_82");
  EXPECT_EQ(row.size(), 82u);
  EXPECT_EQ(ones(row), wanted);
  const auto dynas = encoded(*made->space, *arch, "dynas_87");
  EXPECT_EQ(dynas.size(), 87u);
  EXPECT_EQ(ones(dynas).size(), 29u);  // one a gene
}

TEST(Encodings, CompOfaMasksBlocksThatAreNotThere) {
  auto made = compile_stdlib("compofa");
  ASSERT_TRUE(made->space) << made->errors();
  const auto row = encoded(*made->space, made->space->smallest(), "ofa_128");
  EXPECT_EQ(row.size(), 128u);
  EXPECT_EQ(ones(row),
            (std::vector<std::size_t>{0, 3, 13, 16, 24, 27, 36, 39, 49, 52, 60, 63, 72, 75, 84, 87, 96, 99, 108, 111, 127}));
}

TEST(Encodings, HatLatencyFeatures) {
  auto made = compile_stdlib("hat_transformer");
  ASSERT_TRUE(made->space) << made->errors();
  auto arch = made->space->parse(0, {{"640"},
                                     {"3072", "2048", "1024", "1024", "2048", "3072"},
                                     {"8", "8", "8", "4", "4", "4"},
                                     {"512"},
                                     {"3"},
                                     {"3072", "1024", "1024"},
                                     {"8", "4", "4"},
                                     {"8", "8", "4"},
                                     {"-1", "1", "2"}});
  ASSERT_TRUE(arch) << arch.failure().message;
  const auto row = encoded(*made->space, *arch, "hat_10");
  const double wanted[] = {1, 1, 1, 1, 0.8, 0.5, 5120.0 / 3 / 2048, 16.0 / 3 / 6, 20.0 / 3 / 6, 1};
  ASSERT_EQ(row.size(), 10u);
  for (int i = 0; i < 10; ++i) EXPECT_FLOAT_EQ(row[static_cast<std::size_t>(i)], static_cast<float>(wanted[i])) << i;
  const auto gene = encoded(*made->space, *arch, "hat_40");
  EXPECT_EQ(gene,
            (std::vector<float>{640, 6, 3072, 2048, 1024, 1024, 2048, 3072, 8, 8, 8, 4, 4, 4, 512, 3, 3072, 1024, 1024, 0,
                                0,   0, 8,    4,    4,    0,    0,    0,    8, 8, 4, 0, 0, 0, -1,  1, 2,    0,    0,    0}));
}

// A gene inside a chosen operator counts only where that operator is chosen.
TEST(Encodings, GenesOfOperatorsThatAreNotChosenAreZero) {
  auto made = compile(
      "def space own() {\n"
      "  input = image(channels = 8, size = 8)\n"
      "  kernel = choice(3, 5)\n"
      "  op = choice { conv(k = kernel), skip() }\n"
      "  features mine { k = onehot(kernel, [3, 5]), op = onehot(index(op), 0..1), k_value = kernel }\n"
      "}\n");
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  const auto of = [&](std::uint8_t kernel, std::uint8_t op) {
    Arch arch{{kernel, op}};
    space.canonicalise(arch.genes);
    return encoded(space, arch, "mine");
  };
  EXPECT_EQ(of(0, 0), (std::vector<float>{1, 0, 1, 0, 3}));
  EXPECT_EQ(of(1, 0), (std::vector<float>{0, 1, 1, 0, 5}));
  EXPECT_EQ(of(1, 1), (std::vector<float>{0, 0, 0, 1, 0}));
  EXPECT_EQ(space.encodings()[0].columns, (std::vector<std::string>{"k[1]", "k[2]", "op[1]", "op[2]", "k_value"}));
}

TEST(Encodings, Mistakes) {
  const auto errors = [](const std::string& features) {
    return compile(
               "def space own() {\n  input = image(channels = 8, size = 8)\n  kernel = choice(3, 5)\n"
               "  op = choice { conv(k = kernel), skip() }\n" +
               features + "\n}\n")
        ->errors();
  };
  EXPECT_EQ(errors("  features mine { op = op }"),
            "error[E301]: features are plain numbers, and op is not\n"
            " --> space.nas:5:24\n"
            "5 |   features mine { op = op }\n"
            "  |                        ^^ onehot(choices, [...]) makes numbers of names\n"
            "  = More: nas explain E301\n");
  EXPECT_EQ(errors("  features mine { k = onehot(kernel) }"),
            "error[E404]: onehot is written onehot(choices, [3, 5, 7]) or onehot(choices, [3, 5, 7], raw = true)\n"
            " --> space.nas:5:23\n"
            "5 |   features mine { k = onehot(kernel) }\n"
            "  |                       ^^^^^^^^^^^^^^\n"
            "  = More: nas explain E404\n");
  EXPECT_EQ(errors("  features mine { k = mean(kernel, op) }"),
            "error[E404]: mean takes one list of choices\n"
            " --> space.nas:5:23\n"
            "5 |   features mine { k = mean(kernel, op) }\n"
            "  |                       ^^^^^^^^^^^^^^^^\n"
            "  = More: nas explain E404\n");
}
