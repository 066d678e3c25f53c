// The drawing of one network says what the network is: every layer, shape and count, every edge, every pass of a repeat.
#include "stdlib/outputs/network_graph.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "../space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::size_t count(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), expression), {}));
}

}  // namespace

TEST(NetworkGraph, SaysEveryLayerOfASmallNetwork) {
  auto made = compile(R"(def space s() {
  input = image(channels = 3, size = 8)
  stem = conv(k = 3, out = 4, stride = 2)
  repeat block in 1 { mbconv(k = 5, expand = 2) }
  head = linear(10)
})");
  ASSERT_TRUE(made->space) << made->errors();
  const std::string graph = network_graph(made->space->network(made->space->smallest()), "a < b & \"c\"");
  EXPECT_NE(graph.find("<B>a &lt; b &amp; &quot;c&quot;</B><BR/>5992 MACs · 470 parameters · 1.28 KB peak memory"),
            std::string::npos)
      << graph;
  for (const char* box :
       {"<B>input</B><BR/>3×8×8>",
        "<B>conv 3×3, stride 2</B>, batch norm, relu<BR/><FONT COLOR=\"#57606a\">stem.conv.conv</FONT><BR/>4×4×4 · 1728 MACs>",
        "<B>depthwise 5×5</B>, batch norm, relu<BR/><FONT COLOR=\"#57606a\">mbconv.depthwise</FONT><BR/>8×4×4 · 3200 MACs>",
        "<B>add</B><BR/><FONT COLOR=\"#57606a\">mbconv.residual</FONT><BR/>4×4×4>", "<B>linear</B>", "cluster_",
        "<B>block[1]</B>"})
    EXPECT_NE(graph.find(box), std::string::npos) << box << "\n" << graph;
  // input, stem, expansion, depthwise, projection, sum, average, linear; one edge each but for the input, and the residual's.
  EXPECT_EQ(count(graph, R"(n\d+ \[label)"), 8u);
  EXPECT_EQ(count(graph, R"(n\d+ -> n\d+;)"), 8u);
}

/// Operations of the boxes add up to the network's; braces close; every edge joins two boxes.
TEST(NetworkGraph, AddsUpOnEverySpace) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3"}) {
    auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    Stream stream(5, name);
    for (int i = 0; i < 5; ++i) {
      const Network network = made->space->network(*made->space->sample(stream));
      const std::string graph = network_graph(network, name);
      std::int64_t macs = 0, params = 0;
      std::set<std::string> boxes;
      const std::regex tooltip(R"re(  (n\d+) \[.*tooltip="[^"]*: (\d+) MACs, (\d+) parameters"\];)re");
      for (std::sregex_iterator it(graph.begin(), graph.end(), tooltip), end; it != end; ++it) {
        boxes.insert((*it)[1]);
        macs += std::stoll((*it)[2]);
        params += std::stoll((*it)[3]);
      }
      EXPECT_EQ(macs, network.macs());
      EXPECT_EQ(params, network.params());
      const std::regex edge(R"((n\d+) -> (n\d+);)");
      for (std::sregex_iterator it(graph.begin(), graph.end(), edge), end; it != end; ++it)
        EXPECT_TRUE(boxes.contains((*it)[1]) && boxes.contains((*it)[2]));
      EXPECT_EQ(std::count(graph.begin(), graph.end(), '{'), std::count(graph.begin(), graph.end(), '}'));
    }
  }
}
