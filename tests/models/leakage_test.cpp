// Networks that judge a predictor and are graphs that it has learnt from under another spelling (W905).
#include <fmt/format.h>

#include <map>
#include <set>
#include <sstream>

#include "../space/space_fixture.h"
#include "core/cell_graph.h"
#include "core/network_structure.h"
#include "model_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Leakage : public ModelTest {
 protected:
  static std::string script(const std::string& space, int learnt, int judging, const std::string& rest) {
    return fmt::format(
        "let _other = net.largest\nspace cells = {}\ndevice board = sim(peak = 1GHz, bandwidth = 1GB / 1s)\n"
        "profile base = latency over cells on board {{ samples = {} }}\nprofile probe = latency over cells on board {{ samples = "
        "{} }}\n"
        "predictor known = ridge() of latency@board from base\n{}\n",
        space, learnt, judging, rest);
  }
  /// Structures of the networks that a run has exported, by spelling.
  std::vector<std::pair<std::string, std::uint64_t>> exported(const std::string& file, const Space& space) const {
    std::vector<std::pair<std::string, std::uint64_t>> list;
    std::istringstream lines(slurp(folder_.path() / file));
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);) {
      const std::string spelling = line.substr(0, line.find(','));
      const auto arch = space.parse(0, {{spelling}});
      EXPECT_TRUE(arch) << spelling;
      if (arch) list.emplace_back(spelling, structure_key(space.network(*arch)));
    }
    return list;
  }
};

const char* const kExports =
    "export base as csv to \"base.csv\"\nexport probe as csv to \"probe.csv\"\nshow rmse_share(known, probe) < 9, "
    "kendall(known, probe) < 9";

}  // namespace

TEST_F(Leakage, CellsThatWereLearntUnderAnotherSpellingAreCounted) {
  const Outcome outcome = run(script("nasbench201(cells = 1)", 500, 300, kExports));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(outcome.printed, "true  true\n");
  const auto made = compile_stdlib("nasbench201", {{"cells", std::int64_t{1}}});
  std::set<std::string> learnt;
  std::set<std::uint64_t> structures;
  for (const auto& [spelling, key] : exported("base.csv", *made->space)) {
    learnt.insert(spelling);
    structures.insert(key);
  }
  std::size_t twins = 0, others = 0;
  for (const auto& [spelling, key] : exported("probe.csv", *made->space)) {
    if (learnt.count(spelling)) continue;
    ++others;
    twins += structures.count(key);
  }
  ASSERT_GT(twins, 0u);
  ASSERT_LT(twins, others);
  // Once, although two functions judge; the rest of the text is fixed.
  EXPECT_EQ(outcome.text,
            fmt::format("warning[W905]: {} of {} networks of probe are graphs that known has learnt from, spelled otherwise\n"
                        "  --> s.nas:29:24\n"
                        "29 | show rmse_share(known, probe) < 9, kendall(known, probe) < 9\n"
                        "   |                        ^^^^^ how well it agrees with these says little\n"
                        "   = More: nas explain W905\n",
                        twins, others));
}

TEST_F(Leakage, RowsThatATuningHoldsOutMayBeTwinsOfOthers) {
  const auto tuned = [&](const std::string& space, int samples) {
    return run(fmt::format("let _other = net.largest\nspace cells = {}\ndevice board = sim(peak = 1GHz, bandwidth = 1GB / 1s)\n"
                           "profile base = latency over cells on board {{ samples = {} }}\n"
                           "tune best = ridge(alpha = choice(0.1, 1)) of latency@board from base by grid()\nshow best\n"
                           "export base as csv to \"base.csv\"\n",
                           space, samples))
        .text;
  };
  const std::string text = tuned("nasbench201(cells = 1)", 300);
  const auto made = compile_stdlib("nasbench201", {{"cells", std::int64_t{1}}});
  std::map<std::uint64_t, int> times;
  for (const auto& [spelling, key] : exported("base.csv", *made->space)) ++times[key];
  int twins = 0;
  for (const auto& [key, many] : times) twins += many > 1 ? many : 0;
  ASSERT_GT(twins, 1);
  EXPECT_EQ(
      text,
      fmt::format(
          "warning[W905]: {} of 300 networks of base are graphs that it holds more than once, spelled otherwise\n"
          "  --> s.nas:25:13\n"
          "25 | tune best = ridge(alpha = choice(0.1, 1)) of latency@board from base by grid()\n"
          "   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ those that best holds out to tell how good it is may be among them\n"
          "   = More: nas explain W905\n",
          twins));
  EXPECT_EQ(tuned("tiny_mobilenet()", 100), "");
}

// Every run of a family holds twins, at one place of the script.
TEST_F(Leakage, OnePlaceIsToldOnce) {
  const Outcome outcome = run(
      "let _other = net.largest\nspace cells = nasbench201(cells = 1)\ndevice board = sim(peak = 1GHz, bandwidth = 1GB / 1s)\n"
      "profile base = latency over cells on board { samples = 300, seeds = 1..3 }\n"
      "tune best = ridge(alpha = choice(0.1, 1)) of latency@board from base by grid()\nshow best\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_NE(outcome.text.find("spelled otherwise; and so 2 more times\n"), std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("W905"), outcome.text.rfind("[W905]") + 1) << outcome.text;
}

TEST_F(Leakage, SpacesWithoutCellsAndNetworksWithoutTwinsDrawNoWarning) {
  EXPECT_EQ(run(script("tiny_mobilenet()", 60, 60, "show rmse_share(known, probe) < 9")).text, "");
  // A few of 10^18 networks.
  EXPECT_EQ(run(script("darts_cell()", 20, 20, "show rmse_share(known, probe) < 9")).text, "");
  // Another device's values were not learnt.
  const Outcome other = run(script(
      "nasbench201(cells = 1)", 500, 300,
      "device second = sim(peak = 2GHz, bandwidth = 1GB / 1s)\nprofile there = latency over cells on second { samples = 300 }\n"
      "show spearman(known, there) < 9"));
  EXPECT_EQ(other.status, Status::ok);
  EXPECT_EQ(other.text, "");
}

TEST(CellSpaces, AreThoseWhoseFeaturesAreGraphs) {
  for (const char* name : {"nasbench201", "darts_cell", "colocnas"}) EXPECT_TRUE(has_cells(*compile_stdlib(name)->space)) << name;
  for (const char* name : {"tiny_mobilenet", "ofa_mobilenetv3", "fbnet", "hat_transformer", "mobilenet_v2", "ofa_resnet50"})
    EXPECT_FALSE(has_cells(*compile_stdlib(name)->space)) << name;
}
