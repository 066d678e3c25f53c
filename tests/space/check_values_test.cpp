// Published counts of the standard library's spaces (Cai et al. 2020; Dong and Yang 2020).
#include <gtest/gtest.h>

#include "space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// All blocks with one kernel and expansion, all stages with one depth.
Arch uniform(const Space& space, int k, int e, int d) {
  std::vector<std::vector<std::string>> fields{std::vector<std::string>(20, std::to_string(k)),
                                               std::vector<std::string>(20, std::to_string(e)),
                                               std::vector<std::string>(5, std::to_string(d)),
                                               {std::to_string(space.input_shape().height)}};
  auto arch = space.parse(0, fields);
  EXPECT_TRUE(arch) << arch.failure().message;
  return *arch;
}

struct Row {
  double width;
  int resolution, k, e, d;
  std::int64_t macs, params;
};

}  // namespace

TEST(OfaMobileNetV3, MacsAndParamsOfThePublishedTable) {
  const Row rows[] = {
      {1.0, 224, 7, 6, 4, 566170656, 7664760},  {1.0, 224, 5, 4, 3, 250746944, 4551792}, {1.0, 224, 3, 3, 2, 121278672, 3410792},
      {1.2, 224, 7, 6, 4, 843101040, 10701632}, {1.2, 224, 5, 4, 3, 385659168, 6245312}, {1.2, 224, 3, 3, 2, 193078200, 4602456},
      {1.0, 192, 7, 6, 4, 417292160, 7664760},  {1.0, 160, 7, 6, 4, 291318048, 7664760}, {1.2, 192, 7, 6, 4, 621268416, 10701632},
      {1.2, 160, 7, 6, 4, 433563888, 10701632}, {1.0, 192, 3, 3, 2, 89841344, 3410792},  {1.0, 160, 3, 3, 2, 63240528, 3410792},
      {1.2, 192, 3, 3, 2, 142834656, 4602456},  {1.2, 160, 3, 3, 2, 100320888, 4602456}};
  for (const Row& row : rows) {
    auto made = compile_stdlib("ofa_mobilenetv3", {{"width", row.width}, {"resolution", row.resolution}});
    ASSERT_TRUE(made->space) << made->errors();
    const Arch arch = uniform(*made->space, row.k, row.e, row.d);
    EXPECT_EQ(made->space->macs(arch.genes), row.macs) << row.width << " r" << row.resolution << " k" << row.k;
    EXPECT_EQ(made->space->params(arch.genes), row.params) << row.width << " k" << row.k;
    const Network network = made->space->network(arch);
    EXPECT_EQ(network.macs(), row.macs);
    EXPECT_EQ(network.params(), row.params);
  }
}

TEST(OfaMobileNetV3, NumberOfDistinctNetworks) {
  auto made = compile_stdlib("ofa_mobilenetv3");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 45u);
  EXPECT_EQ(made->space->networks().get_str(), "21758655492572485851");
  EXPECT_EQ(made->space->genotypes().get_str(), "2954312706550833698643");  // 3^45
}

TEST(OfaMobileNetV3, ExtremesAreTheExtremes) {
  auto made = compile_stdlib("ofa_mobilenetv3");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->macs(made->space->smallest().genes), 121278672);
  EXPECT_EQ(made->space->macs(made->space->largest().genes), 566170656);
}

TEST(OfaMobileNetV3, AListOfResolutionsIsAGene) {
  auto made = compile_stdlib("ofa_mobilenetv3", {{"resolution", List{160, 192, 224}}});
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->gene_count(), 46u);
  EXPECT_EQ(made->space->networks(), 3 * mpz_class("21758655492572485851"));
  EXPECT_EQ(made->space->role(*made->space->find_gene("r")), Space::GeneRole::resolution);
  EXPECT_EQ(made->space->macs(made->space->smallest().genes), 63240528);
}

TEST(OfaMobileNetV3, FirstMeasuredRowOfDynas) {
  auto made = compile_stdlib("ofa_mobilenetv3");
  ASSERT_TRUE(made->space);
  auto arch = made->space->parse(
      "ks=5-7-5-5-3-3-3-7-5-5-3-7-7-3-3-3-5-5-5-5,e=4-3-4-4-4-6-3-4-4-3-4-3-3-6-6-6-4-3-4-4,d=2-3-2-4-3,r=224");
  ASSERT_TRUE(arch) << arch.failure().message;
  EXPECT_EQ(made->space->macs(arch->genes), 255502624);
  EXPECT_EQ(made->space->params(arch->genes), 5029656);
}

TEST(NasBench201, CountsAndKnownNetwork) {
  auto made = compile_stdlib("nasbench201");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->networks(), 15625);
  auto arch =
      made->space->parse("|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
  ASSERT_TRUE(arch) << arch.failure().message;
  EXPECT_EQ(made->space->macs(arch->genes), 15647360);
  EXPECT_EQ(made->space->params(arch->genes), 129306);
  EXPECT_EQ(made->space->spell(*arch),
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
}
