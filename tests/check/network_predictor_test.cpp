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
        {"LutOfNothing", behind_a_profile("predictor p = lut() of latency@host"), R"~(error[E403]: lut needs a table of layers
 --> b.nas:7:15
7 | predictor p = lut() of latency@host
  |               ^^^^^ name its file, or a profile of layers with from
  = More: nas explain E403
)~"},
        {"LutFromWholeNetworks", behind_a_profile("predictor p = lut() from base"),
         R"~(error[E403]: base holds no single layers, and lut adds them up
 --> b.nas:7:26
7 | predictor p = lut() from base
  |                          ^^^^ profile it with { strategy = per_operator }, or name the file of a table
  = More: nas explain E403
)~"},
        {"LutWithoutAUnit", behind_a_profile("predictor p = lut(\"a.csv\") from base"),
         R"~(error[E302]: the table says no unit for latency
 --> b.nas:7:15
7 | predictor p = lut("a.csv") from base
  |               ^^^^^^^^^^^^ add unit = 1ms
  = latency is a time (ns, us, ms, s, min, h).  More: nas explain E302
)~"},
        {"LutWithAnotherUnit", behind_a_profile("predictor p = lut(\"a.csv\", unit = 1MB) of latency@host over net"),
         R"~(error[E303]: the unit of the table is a memory size, and latency is a time
 --> b.nas:7:15
7 | predictor p = lut("a.csv", unit = 1MB) of latency@host over net
  |               ^^^^^^^^^^^^^^^^^^^^^^^^ write unit = 1ms
  = More: nas explain E303
)~"},
        {"LutWithoutAMetric", behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) over net"),
         R"~(error[E403]: lut needs a metric
 --> b.nas:7:1
7 | predictor p = lut("a.csv", unit = 1ms) over net
  | ^^^^^^^^^ say which one it predicts here with of
  = More: nas explain E403
)~"},
        {"LutOfWhichSpace", behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) of latency@host"),
         R"~(error[E204]: 2 spaces are in scope: net, other
 --> b.nas:7:1
7 | predictor p = lut("a.csv", unit = 1ms) of latency@host
  | ^^^^^^^^^ say which one with over
  = More: nas explain E204
)~"},
        {"LutFromAProfileAndOverASpace",
         behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) of latency@host over net from base"),
         R"~(error[E406]: predictor has no clause over
 --> b.nas:7:56
7 | predictor p = lut("a.csv", unit = 1ms) of latency@host over net from base
  |                                                        ^^^^ its clauses are of, from
  = More: nas explain E406
)~"},
        {"LutOfAccuracy", behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) of accuracy over net"),
         R"~(error[E703]: lut cannot predict accuracy
 --> b.nas:7:43
7 | predictor p = lut("a.csv", unit = 1ms) of accuracy over net
  |                                           ^^^^^^^^ it predicts latency, energy
  = More: nas explain E703
)~"},
        {"LutOfAnotherDevice", behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) of latency@both from base"),
         R"~(error[E607]: base holds latency@host, and not latency@both
 --> b.nas:7:43
7 | predictor p = lut("a.csv", unit = 1ms) of latency@both from base
  |                                           ^^^^^^^^^^^^
  = More: nas explain E607
)~"},
        {"LutOfAnotherSpace",
         behind_a_profile("predictor p = lut(\"a.csv\", unit = 1ms) of latency@host over net\nsearch s = nsga2() over other "
                          "using p of minimize latency@host, maximize params"),
         R"~(error[E603]: p has learnt networks of net, and the search is over other
 --> b.nas:8:37
8 | search s = nsga2() over other using p of minimize latency@host, maximize params
  |                                     ^
  = More: nas explain E603
)~"},
        {"KernelOfAccuracy", behind_a_profile("predictor p = kernel() of accuracy"),
         R"~(error[E703]: kernel cannot predict accuracy
 --> b.nas:7:27
7 | predictor p = kernel() of accuracy
  |                           ^^^^^^^^ it predicts latency, energy
  = More: nas explain E703
)~"},
        {"KernelFromAnotherProfile",
         behind_a_profile("profile rate = throughput over net on host\npredictor p = kernel() from rate"),
         R"~(error[E703]: kernel cannot predict throughput
 --> b.nas:8:15
8 | predictor p = kernel() from rate
  |               ^^^^^^^^ it predicts latency, energy
  = More: nas explain E703
)~"},
        {"KernelOfAnotherDevice", behind_a_profile("predictor p = kernel() of latency@both from base"),
         R"~(error[E607]: base holds latency@host, and not latency@both
 --> b.nas:7:27
7 | predictor p = kernel() of latency@both from base
  |                           ^^^^^^^^^^^^
  = More: nas explain E607
)~"},
        {"KernelWithoutTrees", behind_a_profile("predictor p = kernel(trees = 0) from base"),
         R"~(error[E405]: trees of kernel is 0
 --> b.nas:7:30
7 | predictor p = kernel(trees = 0) from base
  |                              ^ it must be between 1 and 100000
  = More: nas explain E405
)~"},
        {"KernelWithFewerPassesThanNone", behind_a_profile("predictor p = kernel(passes = -1) from base"),
         R"~(error[E405]: passes of kernel is -1
 --> b.nas:7:31
7 | predictor p = kernel(passes = -1) from base
  |                               ^^ it must be between 0 and 1000000
  = More: nas explain E405
)~"},
        {"KernelWithFeatures", behind_a_profile("predictor p = kernel(features = graph) from base"),
         R"~(error[E401]: kernel has no argument features
 --> b.nas:7:22
7 | predictor p = kernel(features = graph) from base
  |                      ^^^^^^^^
  = kernel takes trees, passes.  More: nas explain E401
)~"},
        {"KernelWithARooflinesArgument", behind_a_profile("predictor p = kernel(batch = 8) from base"),
         R"~(error[E401]: kernel has no argument batch
 --> b.nas:7:22
7 | predictor p = kernel(batch = 8) from base
  |                      ^^^^^
  = kernel takes trees, passes.  More: nas explain E401
)~"},
    }),
    mistake_name);

}  // namespace
}  // namespace nas::testing
