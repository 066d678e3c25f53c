// `plot network(...)`: the best network of a search and architectures that come from no search, and a machine without Graphviz.
#include <cstdlib>
#include <regex>

#include "core/child_process.h"
#include "engine_fixture.h"
#include "run/graphviz.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Drawing : public EngineTest {
 protected:
  /// PATH as the test wants it, for as long as it lives.
  struct Path {
    explicit Path(const std::string& value) : before(std::getenv("PATH")) { setenv("PATH", value.c_str(), 1); }
    ~Path() { setenv("PATH", before.c_str(), 1); }
    std::string before;
  };
  /// A drawing with its hyphens as they read.
  std::string drawing(const std::string& path) const { return std::regex_replace(file(path), std::regex("&#45;"), "-"); }
};

TEST_F(Drawing, ArchitecturesThatComeFromNoSearch) {
  if (!program_present("dot")) GTEST_SKIP() << "Graphviz is not installed";
  const std::string script =
      "space net = tiny_mobilenet()\nlet a = net.arch(ks = [3, 5, 3, 3, 5, 3], e = [2, 2, 2, 2, 3, 2], d = [1, 2])\n"
      "plot network(a) to \"out/a.svg\"\nplot network(net.largest) to \"out/largest.svg\"\n";
  const Outcome outcome = run(script);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::string a = drawing("out/a.svg"), largest = drawing("out/largest.svg");
  EXPECT_NE(a.find("ks=3-3-3-3-5-3,e=2-2-2-2-3-2,d=1-2"), std::string::npos) << a.substr(0, 1000);
  EXPECT_NE(a.find("stage[2]"), std::string::npos);
  EXPECT_NE(a.find("depthwise 5\xC3\x97"
                   "5"),
            std::string::npos);
  EXPECT_NE(a.find("</svg>"), std::string::npos);
  EXPECT_NE(largest.find("d=3-3"), std::string::npos);
  // Nothing is drawn again; another architecture is another drawing.
  EXPECT_EQ(run(script).reused.size(), 2u);
  std::string other = script;
  other.replace(other.find("d = [1, 2]"), 10, "d = [2, 2]");
  EXPECT_EQ(run(other).reused.size(), 1u);
}

TEST_F(Drawing, TheBestNetworkOfASearch) {
  if (!program_present("dot")) GTEST_SKIP() << "Graphviz is not installed";
  const Outcome outcome =
      run(computed_script("plot network(front.best) to \"out/best.svg\"\nexport front.best as csv to \"out/best.csv\"\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  // The title spells the network that the table of the best network holds.
  const std::string csv = file("out/best.csv"), svg = drawing("out/best.svg");
  std::string kernels = csv.substr(csv.find('\n') + 1);
  kernels = kernels.substr(0, kernels.find(','));
  EXPECT_NE(svg.find("ks=" + kernels), std::string::npos) << kernels;
}

TEST_F(Drawing, WithoutGraphvizNothingStarts) {
  const Path empty(folder_);
  const Outcome outcome = run("space net = tiny_mobilenet()\nshow net.networks\nplot network(net.smallest) to \"out/a.svg\"\n");
  EXPECT_EQ(outcome.status, Status::script_error);
  EXPECT_EQ(outcome.printed, "");
  EXPECT_EQ(outcome.diagnostics, "error[E819]: the program dot is not installed: out/a.svg cannot be drawn\n --> " + folder_ +
                                     R"(/script.nas:3:1
3 | plot network(net.smallest) to "out/a.svg"
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ apt-get install graphviz
  = More: nas explain E819
)");
  EXPECT_FALSE(exists("out/a.svg"));
}

}  // namespace
