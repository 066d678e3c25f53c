// Predictors that look at the networks themselves, in scripts: searches ask them, transfers adapt them, files bring them back,
// and nothing depends on threads.
#include "device_fixture.h"
#include "tests/predictor/network_fixture.h"

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
           "profile base = latency over net on board { samples = 60 }\nprofile unseen = latency over net on board { samples = 40 "
           "}\n";
  }
  void SetUp() override { write_layers(); }
  /// What every layer of the space takes alone on `board`, in ms.
  void write_layers(double factor = 1, std::size_t left_out = 0) {
    const auto space = space_named("tiny_mobilenet");
    std::string table = "layer,mean_ms\n";
    const auto layers = layers_alone(*space, {2e9, 1e9, 3e-6, 4, 1});
    for (std::size_t i = left_out; i < layers->rows.size(); ++i)
      table += fmt::format("{},{:.17g}\n", layers->rows[i].layer, 1e3 * factor * layers->rows[i].value);
    write("layers.csv", table);
  }
};

TEST_P(NetworkPredictors, AreAskedAdaptedDrawnAndSavedAndDoNotDependOnThreads) {
  const std::string text = begin() + GetParam().statement +
                           "\ndevice other = sim(peak = 1GHz, bandwidth = 2GB / 1s, launch = 9us)\n"
                           "profile probe = latency over net on other { samples = 30 }\n"
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

INSTANTIATE_TEST_SUITE_P(
    All, NetworkPredictors,
    ::testing::Values(Known{"roofline", "predictor known = roofline() from base"},
                      Known{"kernel", "predictor known = kernel(trees = 20) from base"},
                      Known{"table", "predictor known = lut(\"layers.csv\", unit = 1ms) of latency@board over net"},
                      Known{"corrected_table", "predictor known = lut(\"layers.csv\", unit = 1ms) from base"}),
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

class Tables : public NetworkPredictors {
 protected:
  std::string failure(const std::string& statement) {
    const Outcome outcome = run(begin() + statement + "\nshow known\n");
    return outcome.text;
  }
};

TEST_F(Tables, AreComparedWithTheSpaceBeforeAnythingRuns) {
  const std::string statement = "predictor known = lut(\"layers.csv\", unit = 1ms) from base";
  write_layers(1, 1);
  EXPECT_EQ(
      failure(statement),
      R"~(error[E832]: layers.csv has no row for the layer conv 1x28x28>16x14x14 k3 s2 p1; batch_norm; activation relu (stem.conv.conv)
 --> s.nas:6:19
6 | predictor known = lut("layers.csv", unit = 1ms) from base
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the nearest of its 25 layers is conv 16x14x14>32x14x14; batch_norm; activation relu; conv 32x14x14>32x7x7 k3 s2 p1 g32; batch_norm; activation relu; conv 32x7x7>24x7x7; batch_norm
  = More: nas explain E832
)~");
  std::filesystem::remove(folder_.path() / "layers.csv");
  EXPECT_EQ(failure(statement), R"~(error[E801]: there is no file layers.csv
 --> s.nas:6:19
6 | predictor known = lut("layers.csv", unit = 1ms) from base
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ paths are relative to the script
  = More: nas explain E801
)~");
  write("layers.csv", "layer,mean_ms\nconv,fast\n");
  EXPECT_EQ(failure(statement), R"~(error[E810]: line 2 of layers.csv has "fast" in column mean_ms, which is not a number
 --> s.nas:6:19
6 | predictor known = lut("layers.csv", unit = 1ms) from base
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E810
)~");
  write_layers();
  EXPECT_EQ(failure("predictor known = lut(\"layers.csv\", value = \"worst_ms\", unit = 1ms) from base"),
            R"~(error[E809]: layers.csv has no column worst_ms
 --> s.nas:6:19
6 | predictor known = lut("layers.csv", value = "worst_ms", unit = 1ms) from base
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ its columns are layer, mean_ms
  = More: nas explain E809
)~");
}

TEST_F(Tables, ASavedSumIsOfTheTableThatItWasMadeOf) {
  const std::string read = "predictor known = saved(\"known.predictor\") of latency@board over net\nshow known\n";
  ASSERT_EQ(run(begin() + "predictor known = lut(\"layers.csv\", unit = 1ms) from base\n"
                          "export known as predictor to \"known.predictor\"\n")
                .status,
            Status::ok);
  ASSERT_EQ(run(begin() + read).status, Status::ok);
  write_layers(2);
  EXPECT_EQ(run(begin() + read).text,
            R"~(error[E849]: known.predictor cannot be read back: layers.csv is not the table that the saved lut was made of
 --> s.nas:6:1
6 | predictor known = saved("known.predictor") of latency@board over net
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E849
)~");
}

TEST_F(Tables, ATableIsTakenTogetherWithTheNetworksThatCorrectIt) {
  write_layers(2);  // the table says twice what networks take
  const Outcome outcome = run(begin() +
                              "predictor known = lut(\"layers.csv\", unit = 1ms) from base\n"
                              "predictor sums = lut(\"layers.csv\", unit = 1ms, corrected = false) from base\n"
                              "show rmse_share(known, unseen) < 1e-9, abs(rmse_share(sums, unseen) - 1) < 0.1\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(outcome.printed, "true  true\n");
}

TEST_F(Tables, AKernelPredictorSaysHowManyNetworksItNeeds) {
  EXPECT_EQ(failure("profile few = latency over net on board { samples = 9 }\npredictor known = kernel() from few"),
            R"~(error[E840]: known cannot learn from few: kernel needs at least 10 measured networks, there are 9
 --> s.nas:7:1
7 | predictor known = kernel() from few
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ measure more
  = More: nas explain E840
)~");
}

}  // namespace
