// `lut(file)`: the latency of a network is the sum over its layers, which are found in a table by their shapes.
#include "stdlib/devices/lut.h"

#include <fmt/format.h>

#include <numeric>

#include "../space/space_fixture.h"
#include "model_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// A table of every layer of the small space with a time of its own for each: 1, 2, 4 ... ms tell which ones were added.
std::string table_of_all(const std::string& without = "") {
  std::string csv = "resolution,op,in_h,in_w,in_c,out_h,out_w,out_c,mid,kernel,stride,idskip,se,hswish,mean_ms\n";
  for (const int r : {16, 32}) {
    std::vector<std::string> rows = {fmt::format("{},Conv,{},{},3,{},{},8,,,,,,,{}", r, r, r, r / 2, r / 2, r == 16 ? 1 : 2),
                                     fmt::format("{},AvgPool2D,{},{},8,1,1,8,,,,,,,4", r, r / 2, r / 2),
                                     fmt::format("{},Logits,1,1,8,1,1,4,,,,,,,8", r)};
    int ms = 16;
    for (const int kernel : {3, 5})
      for (const int expand : {2, 3}) {
        rows.push_back(fmt::format("{},expanded_conv,{},{},8,{},{},8,{},{},1,1,1,1,{}", r, r / 2, r / 2, r / 2, r / 2, 8 * expand,
                                   kernel, ms));
        ms *= 2;
      }
    for (const std::string& row : rows)
      if (without.empty() || row.find(without) == std::string::npos) csv += row + "\n";
  }
  return csv;
}

class Lut : public ModelTest {};

}  // namespace

TEST_F(Lut, ANetworkTakesTheSumOfItsLayers) {
  write("t.csv", table_of_all());
  const Outcome outcome =
      run("device phone = lut(\"t.csv\", unit = 1ms)\nsearch fastest = exhaustive() of minimize latency@phone\n"
          "search slowest = exhaustive() of maximize latency@phone\nshow fastest.best.latency, slowest.best.latency\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  // Stem 1, block (kernel 3, expand 2) 16, pool 4, classifier 8; and stem 2, two blocks (kernel 5, expand 3) of 128, 4, 8.
  EXPECT_EQ(outcome.printed, "29 ms  270 ms\n");
}

TEST_F(Lut, AMissingLayerIsSaidBeforeAnythingRunsWithTheNearestOne) {
  write("t.csv", table_of_all(",24,5,"));
  EXPECT_EQ(run("device phone = lut(\"t.csv\", unit = 1ms)\nsearch s = random(evaluations = 5) of minimize latency@phone\n").text,
            "error[E832]: t.csv has no row for the layer "
            "expanded_conv-input:8x8x8-output:8x8x8-expand:24-kernel:5-stride:1-idskip:1-se:1-"
            "hs:1 at 16 (block[1].mbconv.expand)\n"
            "  --> s.nas:22:39\n"
            "22 | search s = random(evaluations = 5) of minimize latency@phone\n"
            "   |                                       ^^^^^^^^^^^^^^^^^^^^^^ the nearest of its 12 layers is "
            "expanded_conv-input:8x8x8-output:8x8x8-expand:24-kernel:3-stride:1-idskip:1-se:1-hs:1 at 16\n"
            "   = More: nas explain E832\n");
}

TEST_F(Lut, MistakesOfTheFile) {
  write("t.csv", "op,in_h\nConv,3\n");
  EXPECT_NE(run("device p = lut(\"t.csv\", unit = 1ms)\nsearch s = random() of minimize latency@p\n").text.find("error[E809]"),
            std::string::npos);
  write("t.csv", table_of_all() + table_of_all().substr(table_of_all().find('\n') + 1));
  EXPECT_NE(run("device p = lut(\"t.csv\", unit = 1ms)\nsearch s = random() of minimize latency@p\n").text.find("error[E812]"),
            std::string::npos);
  EXPECT_NE(run("device p = lut(\"t.csv\")\nsearch s = random() of minimize latency@p\n").text.find("error[E302]"),
            std::string::npos);
}

// Two ways to the same layers: those of a network, and those of the space by its choices.
TEST(LayerKeys, OfANetworkAreThoseOfItsBlocks) {
  const auto made = compile_stdlib("ofa_mobilenetv3", {{"width", 1.2}});
  ASSERT_TRUE(made->space) << made->errors();
  const auto keys = layer_keys(made->space->network(made->space->largest()));
  ASSERT_EQ(keys.size(), 1u + 1 + 20 + 1 + 1 + 1 + 1);  // stem, first block, blocks, final expand, pool, feature mix, classifier
  EXPECT_EQ(keys[0].text(), "conv-input:224x224x3-output:112x112x24 at 224");
  EXPECT_EQ(keys[1].text(),
            "expanded_conv-input:112x112x24-output:112x112x24-expand:24-kernel:3-stride:1-idskip:1-se:0-hs:0 at 224");
  EXPECT_EQ(keys[2].text(),
            "expanded_conv-input:112x112x24-output:56x56x32-expand:144-kernel:7-stride:2-idskip:0-se:0-hs:0 at 224");
  EXPECT_EQ(keys[14].text(),
            "expanded_conv-input:14x14x96-output:14x14x136-expand:576-kernel:7-stride:1-idskip:0-se:1-hs:1 at 224");
  EXPECT_EQ(keys.back().op, "linear");
}
