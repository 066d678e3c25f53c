// Predictors that look at the networks themselves, in scripts: searches ask them, transfers adapt them, files bring them back,
// and nothing depends on threads.
#include "device_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Statements that declare the predictor `known`, and devices and profiles before them.
struct Known {
  const char* name;
  const char* statement;
};
void PrintTo(const Known& known, std::ostream* out) {
  *out << known.name;
}

class NetworkPredictors : public DeviceTest, public ::testing::WithParamInterface<Known> {
 protected:
  static std::string begin() {
    return "seed 3\nspace net = tiny_mobilenet()\ndevice board = sim(peak = 2GHz, bandwidth = 1GB / 1s, launch = 3us)\n"
           "device other = sim(peak = 1GHz, bandwidth = 2GB / 1s, launch = 9us)\n"
           "profile base = latency over net on board { samples = 60 }\nprofile unseen = latency over net on board { samples = 40 "
           "}\n";
  }
  double number(const std::string& text, const std::string& behind) {
    const auto at = text.find(behind);
    return at == std::string::npos ? std::nan("") : std::strtod(text.c_str() + at + behind.size(), nullptr);
  }
};

TEST_P(NetworkPredictors, AreAskedAdaptedDrawnAndSavedAndDoNotDependOnThreads) {
  const std::string text = begin() + GetParam().statement +
                           "\nprofile probe = latency over net on other { samples = 30 }\n"
                           "transfer fit = scale() of known from probe on other\n"
                           "search front = nsga2(population = 20, generations = 10) using known\n"
                           "  of minimize latency@board, maximize params\n"
                           "search there = nsga2(population = 20, generations = 10) using fit\n"
                           "  of minimize latency@other, maximize params\n"
                           "show fit, spearman(known, unseen)\n"
                           "export front as csv to \"front.csv\"\nexport there as csv to \"there.csv\"\n"
                           "plot predicted_vs_measured(known, unseen) to \"seen.svg\"\n"
                           "plot residuals(known, unseen) to \"genes.svg\"\n"
                           "export known as predictor to \"known.predictor\"\n";
  options_.threads = 1;
  const Outcome one = run(text);
  ASSERT_EQ(one.status, Status::ok) << one.text;
  EXPECT_NE(read("front.csv").find("false"), std::string::npos) << "predicted values are marked";
  const std::string files[] = {"front.csv", "there.csv", "seen.svg", "genes.svg", "known.predictor"};
  std::map<std::string, std::string> bytes;
  for (const std::string& file : files) bytes[file] = read(file);
  std::filesystem::remove_all(folder_.path() / "store");
  options_.threads = 2;
  const Outcome two = run(text);
  ASSERT_EQ(two.status, Status::ok) << two.text;
  EXPECT_EQ(two.printed, one.printed);
  for (const std::string& file : files) EXPECT_TRUE(read(file) == bytes[file]) << file;
  // Read back it searches to the same front.
  const Outcome again = run(begin() +
                            "predictor known = saved(\"known.predictor\") of latency@board over net\n"
                            "search front = nsga2(population = 20, generations = 10) using known\n"
                            "  of minimize latency@board, maximize params\nexport front as csv to \"again.csv\"\n");
  ASSERT_EQ(again.status, Status::ok) << again.text;
  EXPECT_EQ(read("again.csv"), bytes["front.csv"]);
}

INSTANTIATE_TEST_SUITE_P(All, NetworkPredictors, ::testing::Values(Known{"roofline", "predictor known = roofline() from base"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(DeviceTest, ARooflineLearnsInsideSearches) {
  const Outcome outcome =
      run("seed 3\nspace net = tiny_mobilenet()\ndevice board = sim(peak = 2GHz, bandwidth = 1GB / 1s, launch = 3us)\n"
          "predictor roofline() of latency@board\n"
          "search front = nsga2(population = 20, generations = 10) with full(samples = 20, validate = 10)\n"
          "  of minimize latency@board, maximize params\nexport front as csv to \"front.csv\"\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
}

TEST_F(DeviceTest, WhatARooflineCannotLearnFromEndsTheStage) {
  const auto failure = [&](const std::string& device, int samples) {
    return run(fmt::format("seed 3\nspace net = tiny_mobilenet()\ndevice board = {}\nprofile base = latency over net on board {{ "
                           "samples = {} }}\npredictor known = roofline() from base\nshow known\n",
                           device, samples))
        .text;
  };
  EXPECT_EQ(failure("sim(peak = 2GHz, bandwidth = 1GB / 1s)", 3),
            R"~(error[E840]: known cannot learn from base: roofline needs at least 4 measured networks, there are 3
 --> s.nas:5:1
5 | predictor known = roofline() from base
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ measure more
  = More: nas explain E840
)~");
  EXPECT_EQ(failure("sim(peak = 1000000GHz, bandwidth = 1000000GB / 1s, launch = 1s)", 10),
            R"~(error[E840]: known cannot learn from base: the values do not grow with the operations or the bytes of the networks
 --> s.nas:5:1
5 | predictor known = roofline() from base
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a roofline cannot tell them
  = More: nas explain E840
)~");
}

}  // namespace
