// Which choices a super-network can share by slicing: kernels, widths and depths; operators have weights of their own.
#include <gtest/gtest.h>

#include <map>

#include "space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

using Role = Space::GeneRole;

const char* name_of(Role role) {
  constexpr const char* names[] = {"kernel", "width", "depth", "operation", "wiring", "resolution"};
  return names[static_cast<std::size_t>(role)];
}

/// "gene role" for every gene, in order.
std::string roles_of(const Space& space) {
  std::string text;
  for (std::size_t gene = 0; gene < space.gene_count(); ++gene)
    text += space.genes()[gene].name + " " + name_of(space.role(gene)) + "\n";
  return text;
}

std::string roles_of(const std::string& statements) {
  auto made = compile("def space s() {\n  input = image(channels = 4, size = 8)\n  " + statements + "\n}\n");
  EXPECT_TRUE(made->space) << made->errors();
  return made->space ? roles_of(*made->space) : "";
}

/// Every gene by the last part of its name.
void expect_by_name(const Space& space, const std::map<std::string, Role>& expected) {
  for (std::size_t gene = 0; gene < space.gene_count(); ++gene) {
    const std::string& name = space.genes()[gene].name;
    EXPECT_EQ(name_of(space.role(gene)), std::string(name_of(expected.at(name.substr(name.rfind('.') + 1))))) << name;
  }
}

}  // namespace

TEST(Roles, MobileNetsAreElasticThroughout) {
  for (const char* name : {"tiny_mobilenet", "ofa_mobilenetv3"}) {
    auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    EXPECT_GT(made->space->gene_count(), 10u);
    expect_by_name(*made->space, {{"kernel", Role::kernel}, {"expand", Role::width}, {"depth", Role::depth}});
  }
}

TEST(Roles, CellEdgesChooseOperators) {
  auto made = compile_stdlib("nasbench201");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(roles_of(*made->space), "e01 operation\ne02 operation\ne12 operation\ne03 operation\ne13 operation\ne23 operation\n");
}

TEST(Roles, OneChoiceForKernelAndWidth) {
  // What changes a kernel is a kernel, whatever else follows from it: slicing serves both.
  EXPECT_EQ(roles_of("k = choice(3, 5)\n  conv(k = k, out = 8 * k)"), "k kernel\n");
  EXPECT_EQ(roles_of("w = choice(8, 16)\n  conv(k = if w == 8 then 3 else 5, out = w)"), "w kernel\n");
}

TEST(Roles, ADepthThatIsAlsoAWidth) {
  EXPECT_EQ(roles_of("d = choice(1, 2)\n  repeat d { conv(k = 3, out = 8 * d) }"), "d depth\n");
}

TEST(Roles, WhatSplitsALayerChoosesOperators) {
  EXPECT_EQ(roles_of("conv(k = 3, act = choice(\"relu\", \"h_swish\"))"), "act operation\n");
  EXPECT_EQ(roles_of("mbconv(k = 3, se = choice(true, false))"), "se operation\n");
  EXPECT_EQ(roles_of("mbconv(k = 3, expand = choice(1, 4))"), "expand operation\n");  // one has no expansion layer
  EXPECT_EQ(roles_of("mbconv(k = 3, expand = choice(2, 4))"), "expand width\n");
  EXPECT_EQ(roles_of("conv(k = 3, out = 8, groups = choice(1, 2))"), "groups operation\n");  // weights of another shape
  EXPECT_EQ(roles_of("op = choice { skip(), max_pool(k = 3), conv(k = choice(3, 5)) }"), "op operation\nkernel kernel\n");
}

TEST(Roles, WhatChangesOnlyTheImageIsResolution) {
  EXPECT_EQ(roles_of("conv(k = 3, out = 8, stride = choice(1, 2))"), "stride resolution\n");
  auto made = compile(
      "def space s() {\n  r = choice(8, 16)\n  input = image(channels = 3, size = r)\n  conv(k = 3, out = choice(4, 8))\n}\n");
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(roles_of(*made->space), "r resolution\nout width\n");
}

TEST(Roles, WhereTensorsGoIsWiring) {
  const std::string branches = "a = conv(k = 1)(x)\n  b = conv(k = 3)(x)\n  c = max_pool(k = 3)(x)\n  ";
  EXPECT_EQ(roles_of(branches + "p = pick(2, of = [a, b, c])\n  add(p)"), "p wiring\n");
  EXPECT_EQ(roles_of(branches + "t = choice(a, b, c)\n  conv(k = 3)(t)"), "t wiring\n");
}

TEST(Roles, HeadsAndAttendedLayers) {
  auto made = compile_stdlib("hat_transformer");
  ASSERT_TRUE(made->space) << made->errors();
  expect_by_name(*made->space, {{"enc_embed", Role::width},
                                {"dec_embed", Role::width},
                                {"heads", Role::operation},
                                {"self_heads", Role::operation},
                                {"cross_heads", Role::operation},
                                {"hidden", Role::width},
                                {"layers", Role::depth},
                                {"arbitrary", Role::wiring}});
}
