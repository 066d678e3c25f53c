// `regression(file)`: latency learnt from a table of features in which networks have no name.
#include <fmt/format.h>

#include "model_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class RegressionModel : public ModelTest {};

/// Latencies that are a product of kernel and depth.
std::string products() {
  std::string csv = "kernel,depth,ms\n";
  for (int i = 0; i < 60; ++i) csv += fmt::format("{},{},{}\n", 3 + i % 5, 1 + i % 7, 2.0 * (3 + i % 5) * (1 + i % 7) + 1);
  return csv;
}

}  // namespace

// Latency is a product of depth and kernel, which lies among the regression's terms: it is learnt to the last digit that counts.
TEST_F(RegressionModel, LearnsProductsOfFeatures) {
  write("t.csv", products());
  const Outcome outcome =
      run("device pi = regression(\"t.csv\", value = \"ms\", unit = 1ms)\nsearch s = exhaustive() of maximize latency@pi\n"
          "show s.best.latency / 1ms\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_NEAR(std::stod(outcome.printed), 2 * 5 * 2 + 1, 0.01) << outcome.printed;
}

// What a model says is never shown as measured, beside what is computed exactly.
TEST_F(RegressionModel, ItsValuesAreShownAsPredicted) {
  write("t.csv", products());
  const Outcome outcome =
      run("device pi = regression(\"t.csv\", value = \"ms\", unit = 1ms)\n"
          "search s = exhaustive() of minimize latency@pi, maximize params\nshow s\nexport s as csv to \"s.csv\"\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_NE(outcome.printed.find("on the front, ~ marks what is only predicted\n  latency@pi (ms)  params (M)"),
            std::string::npos)
      << outcome.printed;
  EXPECT_NE(outcome.printed.find("           ~7.0"), std::string::npos) << outcome.printed;
  EXPECT_EQ(slurp(folder_.path() / "s.csv").find(",true\n"), std::string::npos) << slurp(folder_.path() / "s.csv");
  EXPECT_NE(slurp(folder_.path() / "s.csv").find(",false\n"), std::string::npos);
}

TEST_F(RegressionModel, ATableOfOtherFeaturesIsAMistake) {
  write("t.csv", "kernel,depht,ms\n3,1,2\n5,2,3\n");
  EXPECT_EQ(
      run("device pi = regression(\"t.csv\", value = \"ms\", unit = 1ms)\nsearch s = exhaustive() of minimize latency@pi\n").text,
      "error[E813]: the columns of t.csv match no features of space small\n"
      "  --> s.nas:22:28\n"
      "22 | search s = exhaustive() of minimize latency@pi\n"
      "   |                            ^^^^^^^^^^^^^^^^^^^ it needs all columns of plain\n"
      "   = More: nas explain E813\n");
}
