// Predictors that look at the networks themselves: what they do not take, in exact words.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

class OfNetworks : public Mistaken {};

TEST_P(OfNetworks, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, OfNetworks,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"RooflineOfAnotherMetric", behind_a_profile("predictor p = roofline() of accuracy"),
         R"~(error[E703]: roofline cannot predict accuracy
 --> b.nas:7:29
7 | predictor p = roofline() of accuracy
  |                             ^^^^^^^^ it predicts latency
  = More: nas explain E703
)~"},
        {"RooflineFromAnotherProfile",
         behind_a_profile("profile rate = throughput over net on host\npredictor p = roofline() from rate"),
         R"~(error[E703]: roofline cannot predict throughput
 --> b.nas:8:15
8 | predictor p = roofline() from rate
  |               ^^^^^^^^^^ it predicts latency
  = More: nas explain E703
)~"},
        {"RooflineForAllMetrics",
         behind_a_profile("predictor roofline()\nobjective maximize accuracy from table(\"a.csv\")\nsearch s = nsga2() with "
                          "concurrent() over net of maximize accuracy, minimize latency@host"),
         R"~(error[E703]: roofline cannot predict accuracy
 --> b.nas:7:11
7 | predictor roofline()
  |           ^^^^^^^^^^ it predicts latency
  = More: nas explain E703
)~"},
        {"RooflineWithFeatures", behind_a_profile("predictor p = roofline(features = graph) from base"),
         R"~(error[E401]: roofline has no argument features
 --> b.nas:7:24
7 | predictor p = roofline(features = graph) from base
  |                        ^^^^^^^^
  = roofline takes word, batch.  More: nas explain E401
)~"},
        {"RooflineWithoutAWord", behind_a_profile("predictor p = roofline(word = 0B) from base"),
         R"~(error[E405]: word of roofline is 0 B
 --> b.nas:7:31
7 | predictor p = roofline(word = 0B) from base
  |                               ^^ it must be between 0.125 B and 16 B
  = More: nas explain E405
)~"},
        {"RooflineWithABareWord", behind_a_profile("predictor p = roofline(word = 4) from base"),
         R"~(error[E302]: word of roofline is a memory size, and this is a plain number
 --> b.nas:7:31
7 | predictor p = roofline(word = 4) from base
  |                               ^ write a unit, one of B, KB, MB, GB, KiB, MiB, GiB
  = More: nas explain E302
)~"},
        {"RooflineOfNoImages", behind_a_profile("predictor p = roofline(batch = 0) from base"),
         R"~(error[E405]: batch of roofline is 0
 --> b.nas:7:32
7 | predictor p = roofline(batch = 0) from base
  |                                ^ it must be between 1 and 65536
  = More: nas explain E405
)~"},
    }),
    mistake_name);

}  // namespace
}  // namespace nas::testing
