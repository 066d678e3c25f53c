// The convolutional spaces of the standard library against what their authors published: MACs, parameters, numbers of networks.
#include <gtest/gtest.h>

#include "../space/csv_rows.h"

using namespace nas;
using namespace nas::testing;

namespace {

using Fields = std::vector<std::vector<std::string>>;

Arch parsed(const Space& space, const Fields& fields) {
  auto arch = space.parse(0, fields);
  EXPECT_TRUE(arch) << arch.failure().message;
  return arch ? *arch : space.smallest();
}

std::vector<std::string> times(std::size_t n, const std::string& value) {
  return std::vector<std::string>(n, value);
}

void expect_costs(const Space& space, const Arch& arch, std::int64_t macs, std::int64_t params) {
  EXPECT_EQ(space.macs(arch.genes), macs) << space.spell(arch);
  EXPECT_EQ(space.params(arch.genes), params) << space.spell(arch);
  const Network network = space.network(arch);
  EXPECT_EQ(network.macs(), macs);
  EXPECT_EQ(network.params(), params);
}

}  // namespace

// supernets.md 2.4 gives these five for the reference's code; the counting convention is once-for-all's.
TEST(OfaResnet50, CheckValues) {
  auto made = compile_stdlib("ofa_resnet50");
  ASSERT_TRUE(made->space) << made->errors();
  const auto check = [&](std::vector<std::string> d, const char* e, const char* w, std::int64_t macs, std::int64_t params) {
    expect_costs(*made->space, parsed(*made->space, {std::move(d), times(18, e), times(6, w), {"224"}}), macs, params);
  };
  check({"2", "2", "2", "2", "2"}, "0.35", "2", 7491643904, 48105992);
  check({"0", "2", "2", "2", "2"}, "0.35", "2", 7376038400, 48096712);
  check({"0", "0", "0", "0", "0"}, "0.2", "0", 962192128, 6539280);
  check({"2", "1", "1", "1", "1"}, "0.25", "1", 2550191936, 15866000);
  check({"0", "1", "2", "2", "1"}, "0.25", "2", 4213219328, 25566984);
}

TEST(OfaResnet50, Sizes) {
  auto made = compile_stdlib("ofa_resnet50");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 29u);
  // Stem 2 x 3 x 3; a stage of n blocks has 3 widths and 3^n ways to expand them, n = base, base + 1, base + 2.
  const mpz_class shallow = 9 + 27 + 81, deep = 81 + 243 + 729;
  EXPECT_EQ(made->space->networks(), 2 * 3 * 3 * shallow * shallow * shallow * deep * 81);
  EXPECT_EQ(made->space->networks().get_str(), "2458914796962");
  EXPECT_EQ(made->space->macs(made->space->smallest().genes), 962192128);
  EXPECT_EQ(made->space->macs(made->space->largest().genes), 7491643904);
}

TEST(OfaResnet50, EveryResolutionOfTheAccuracyPredictorFits) {
  for (const int r : {128, 144, 160, 176, 192, 224, 240, 256}) {
    auto made = compile_stdlib("ofa_resnet50", {{"resolution", r}});
    ASSERT_TRUE(made->space) << made->errors();
    const Network network = made->space->network(made->space->largest());
    EXPECT_EQ(network.output_shape(), (Shape{1000, 1, 1}));
  }
}

TEST(OfaProxyless, PublishedSpecialisedNetworks) {
  const auto rows = csv_rows("ofa_specialized_nets.csv");
  if (rows.empty()) GTEST_SKIP() << "ofa_specialized_nets.csv is not beside this checkout";
  int checked = 0;
  for (const auto& row : rows) {
    if (row.at("family") != "proxyless") continue;
    auto made = compile_stdlib(
        "ofa_proxyless",
        {{"width", std::stod(row.at("width_mult"))}, {"resolution", std::stoi(row.at("resolution"))}, {"last", true}});
    ASSERT_TRUE(made->space) << made->errors();
    auto depths = split(row.at("depths"), ' ');
    ASSERT_EQ(depths.back(), "1");  // the last block
    depths.pop_back();
    Fields fields{{}, {}, depths, {row.at("resolution")}, {}, {}};
    const auto stages = split(row.at("stages(k:e per block)"), '|');
    ASSERT_EQ(stages.size(), 6u);
    for (std::size_t s = 0; s < stages.size(); ++s) {
      const bool last = s == 5;
      auto &ks = fields[last ? 4 : 0], &e = fields[last ? 5 : 1];
      for (const auto& block : split(stages[s], ' ')) {
        if (block.empty()) continue;
        ks.push_back(block.substr(0, 1));
        e.push_back(block.substr(2));
      }
      while (!last && ks.size() % 4 != 0) {
        ks.emplace_back("3");
        e.emplace_back("3");
      }
    }
    expect_costs(*made->space, parsed(*made->space, fields), std::stoll(row.at("macs")), std::stoll(row.at("params")));
    ++checked;
  }
  EXPECT_EQ(checked, 8);
}

TEST(OfaProxyless, Sizes) {
  auto made = compile_stdlib("ofa_proxyless");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 45u);
  EXPECT_EQ(made->space->networks().get_str(), "21758655492572485851");
  auto searched = compile_stdlib("ofa_proxyless", {{"last", true}});
  ASSERT_TRUE(searched->space) << searched->errors();
  EXPECT_EQ(searched->space->gene_count(), 47u);
  EXPECT_EQ(searched->space->networks(), 9 * made->space->networks());
}

// CompOFA is a part of once-for-all's MobileNetV3: the same blocks cost the same there.
TEST(CompOfa, EveryFixedKernelNetworkIsOneOfOnceForAll) {
  auto made = compile_stdlib("compofa"), whole = compile_stdlib("ofa_mobilenetv3");
  ASSERT_TRUE(made->space && whole->space) << made->errors() << whole->errors();
  EXPECT_EQ(made->space->networks(), 243);
  Arch arch{std::vector<std::uint8_t>(made->space->gene_count(), 0)};
  ASSERT_EQ(arch.genes.size(), 5u);
  for (int n = 0; n < 243; ++n) {
    for (int i = 0, rest = n; i < 5; ++i, rest /= 3)
      arch.genes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(rest % 3);
    const auto fields = made->space->spell(arch, 0);
    for (std::size_t s = 0; s < 5; ++s) {
      const std::string e = fields[2][s] == "2" ? "3" : fields[2][s] == "3" ? "4" : "6";
      EXPECT_EQ(fields[1][4 * s], e);
      EXPECT_EQ(fields[0][4 * s], s == 1 || s == 4 ? "5" : "3");
    }
    const Arch same = parsed(*whole->space, fields);
    ASSERT_EQ(made->space->macs(arch.genes), whole->space->macs(same.genes));
    ASSERT_EQ(made->space->params(arch.genes), whole->space->params(same.genes));
  }
}

TEST(CompOfa, ElasticKernels) {
  auto made = compile_stdlib("compofa", {{"elastic_kernel", true}});
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->networks().get_str(), "21924480357");  // (3^2 + 3^3 + 3^4)^5
  EXPECT_EQ(made->space->gene_count(), 25u);
  expect_costs(*made->space, made->space->largest(), 566170656, 7664760);  // k7 e6 d4 of once-for-all
  expect_costs(*made->space, made->space->smallest(), 121278672, 3410792);
}

TEST(MobileNetV2, ThePublishedNetwork) {
  auto made = compile_stdlib("mobilenet_v2");
  ASSERT_TRUE(made->space) << made->errors();
  const Arch published = parsed(*made->space, {times(16, "3"), times(16, "6"), {"2", "3", "4", "3", "3", "1"}, {"224"}});
  expect_costs(*made->space, published, 300774272, 3504872);
}

TEST(MobileNetV2, Sizes) {
  auto made = compile_stdlib("mobilenet_v2");
  ASSERT_TRUE(made->space) << made->errors();
  mpz_class total = 1;
  for (const int most : {2, 3, 4, 3, 3, 1}) {
    mpz_class stage = 0, ways = 1;
    for (int depth = 1; depth <= most; ++depth) stage += ways *= 9;
    total *= stage;
  }
  EXPECT_EQ(made->space->networks(), total);
  auto fixed = compile_stdlib("mobilenet_v2", {{"kernels", Value(List{3})}, {"expands", Value(List{6})}});
  ASSERT_TRUE(fixed->space) << fixed->errors();
  EXPECT_EQ(fixed->space->networks(), 2 * 3 * 4 * 3 * 3);
}

TEST(ProxylessNas, Sizes) {
  auto made = compile_stdlib("proxylessnas");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 21u);
  mpz_class first, rest;
  mpz_ui_pow_ui(first.get_mpz_t(), 6, 6);
  mpz_ui_pow_ui(rest.get_mpz_t(), 7, 15);
  EXPECT_EQ(made->space->networks(), first * rest);
}
