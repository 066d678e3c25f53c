// Profiles of layers: every different layer of a space is measured once, alone; sums are compared with whole networks; the table
// comes back as a device.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "../models/model_fixture.h"
#include "bench_device.h"
#include "stdlib/devices/keyed_units.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/devices/lut_yaml.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

// Every network of a space is cut into units, and none of them is missing from the list of the space.
TEST(LayerUnits, OfASpaceAreThoseOfItsNetworks) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3", "mobilenet_v2", "fbnet", "vit"}) {
    const auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    const auto listed = units_of_space(*made->space);
    ASSERT_TRUE(listed) << name << ": " << listed.failure().message;
    std::set<std::string> keys;
    for (const LayerUnit& unit : *listed) EXPECT_TRUE(keys.insert(unit.key).second) << unit.key;
    Stream stream(5, name);
    std::vector<Arch> networks{made->space->smallest(), made->space->largest()};
    for (int i = 0; i < 200; ++i) networks.push_back(*made->space->sample(stream));
    for (const Arch& arch : networks) {
      const Network network = made->space->network(arch);
      std::int64_t macs = 0, params = 0;
      for (const LayerUnit& unit : units_of(network)) {
        EXPECT_TRUE(keys.count(unit.key)) << name << ": " << unit.key;
        macs += unit.network.macs();
        params += unit.network.params();
      }
      EXPECT_EQ(macs, network.macs()) << name;
      // A learnt table that is only read costs no time.
      const auto learnt = std::count_if(network.layers.begin(), network.layers.end(),
                                        [](const Layer& layer) { return layer.kind == LayerKind::learned; });
      if (learnt == 0) {
        EXPECT_EQ(params, network.params()) << name;
      }
    }
  }
}

TEST(LayerUnits, AKeyNamesTheComputation) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const auto units = units_of(made->space->network(made->space->smallest()));
  ASSERT_GE(units.size(), 3u);
  EXPECT_EQ(units.front().key, "conv 1x28x28>16x14x14 k3 s2 p1; batch_norm; activation relu");
  EXPECT_EQ(units.front().network.layers.size(), 4u);
  EXPECT_EQ(units.back().network.output_shape(), (Shape{10, 1, 1}));
}

TEST_F(PerOperator, EveryLayerIsMeasuredOnceAndASumNeedsNoCorrection) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const auto units = units_of_space(*made->space);
  ASSERT_TRUE(units);
  const Outcome outcome =
      run(script("bench()", "show base\nexport base as lut to \"layers.csv\"\nexport base as csv to \"base.csv\""));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(Bench::measured, static_cast<int>(units->size()) + 20);
  EXPECT_NE(outcome.printed.find(fmt::format("\n  {} different layers measured\n", units->size())), std::string::npos)
      << outcome.printed;
  EXPECT_NE(outcome.printed.find("whole networks take 1 times the sum of their layers"), std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find("error over 20 networks 0.0 % before this correction, 0.0 % after"), std::string::npos)
      << outcome.printed;
  const std::string table = file("layers.csv");
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')), units->size() + 2);
  EXPECT_TRUE(table.starts_with("layer,mean_ms,corrected_ms,spread_ms,count\nnetwork,0,")) << table.substr(0, 80);
  // Again: from the store, and the table is not written anew.
  EXPECT_EQ(run(script("bench()", "show base\nexport base as lut to \"layers.csv\"\nexport base as csv to \"base.csv\"")).reused,
            (std::vector<std::string>{"base", "export lut", "export csv"}));
  EXPECT_EQ(Bench::measured, static_cast<int>(units->size()) + 20);
}

// The table of layers as a device gives what the device gave: the sum, and with the correction the whole networks.
TEST_F(PerOperator, TheTableComesBackAsADevice) {
  const std::string begin = "seed 4\n" + std::string(kSmallSpace) + "device board = bench(factor = 0.8, whole = 0.25)\n";
  ASSERT_EQ(run(begin + "profile base = latency over net on board { samples = 8, strategy = per_operator }\n"
                        "export base as lut to \"layers.csv\"\n")
                .status,
            Status::ok);
  const Outcome outcome = run(
      begin +
      "device sums = lut(\"layers.csv\", unit = 1ms)\ndevice whole = lut(\"layers.csv\", value = \"corrected_ms\", unit = 1ms)\n"
      "search slow = exhaustive() of maximize latency@sums\nsearch slowest = exhaustive() of maximize latency@whole\n"
      "search truth = exhaustive() with direct() of maximize latency@board\n"
      "show slow.best.latency, slowest.best.latency, truth.best.latency\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  double slow = 0, slowest = 0, truth = 0;
  ASSERT_EQ(std::sscanf(outcome.printed.c_str(), "%lf us %lf us %lf us", &slow, &slowest, &truth), 3) << outcome.printed;
  EXPECT_NEAR(slowest, truth, 2e-5 * truth);
  EXPECT_NEAR(0.8 * slow + 250, truth, 2e-5 * truth);
}

// What the profile holds predicts networks that it has not measured: the sum and its line, and kernels fused from its layers.
TEST_F(PerOperator, APredictorIsTheTableAndItsLine) {
  const std::string begin = "seed 4\nspace net = tiny_mobilenet()\ndevice board = bench(factor = 0.8, whole = 0.25)\n";
  const std::string ask =
      "search front = nsga2(population = 20, generations = 10) using known\n"
      "  of minimize latency@board, maximize params\nexport front as csv to \"";
  const Outcome outcome = run(begin +
                              "profile base = latency over net on board { samples = 20, strategy = per_operator }\n"
                              "profile unseen = latency over net on board { samples = 30 }\n"
                              "predictor known = lut() from base\npredictor kernels = kernel(trees = 20) from base\n"
                              "show rmse_share(known, unseen) < 1e-9, rmse_share(kernels, unseen) < 0.02\n"
                              "export known as predictor to \"known.predictor\"\nplot learning(known, sizes = [5, 10], repeats = "
                              "2) to \"learning.svg\"\n" +
                              ask + "front.csv\"\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "true  true\n");
  // The layers go along with what is saved.
  ASSERT_EQ(
      run(begin + "predictor known = saved(\"known.predictor\") of latency@board over net\n" + ask + "again.csv\"\n").status,
      Status::ok);
  EXPECT_EQ(file("again.csv"), file("front.csv"));
}

TEST_F(PerOperator, TheCorrectionIsTheLineOfTheDevice) {
  const Outcome outcome = run(script("bench(factor = 0.8, whole = 0.25)", "show base"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_NE(outcome.printed.find("whole networks take 0.8 times the sum of their layers + 0.25 ms; error over 20 networks "),
            std::string::npos)
      << outcome.printed;
  EXPECT_NE(outcome.printed.find(" % before this correction, 0.0 % after"), std::string::npos) << outcome.printed;
  const Outcome few = run(script("bench(factor = 0.8)", "show base", 2));
  EXPECT_NE(few.printed.find("the sum of layers is compared with 2 networks: too few for a correction, give samples = 20"),
            std::string::npos)
      << few.printed;
}

TEST_F(PerOperator, GoesOnWhereItWasInterruptedAndMeasuresNothingTwice) {
  const std::string text = script("bench()", "export base as lut to \"layers.csv\"\nexport base as csv to \"base.csv\"");
  ASSERT_EQ(run(text).status, Status::ok);
  const int all = Bench::measured;
  const std::string layers = file("layers.csv"), networks = file("base.csv");
  for (const int stop : {7, all - 5}) {  // among the layers, and among the networks
    const std::string folder = stopped_and_gone_on<Bench>(text, add_bench, stop);
    EXPECT_EQ(Bench::measured, all);
    EXPECT_EQ(read_text(folder + "/layers.csv"), layers);
    EXPECT_EQ(read_text(folder + "/base.csv"), networks);
    std::filesystem::remove_all(folder);
  }
}

TEST_F(PerOperator, WhatItCannotBeIsSaid) {
  const auto first = [](const Outcome& outcome) { return outcome.diagnostics.substr(0, outcome.diagnostics.find('\n')); };
  const Outcome whole = run(script("bench(layers = false)", "show base"));
  EXPECT_EQ(whole.status, Status::stage_failed);
  EXPECT_EQ(first(whole), "error[E703]: board cannot measure single layers");
  const Outcome plain =
      run("space net = tiny_mobilenet()\ndevice board = bench()\nprofile base = latency over net on board { samples = 3 }\n"
          "export base as lut to \"layers.csv\"\n");
  EXPECT_EQ(first(plain), "error[E818]: base is no profile of layers");
  // A table of another space: which layer is missing, and the nearest one that is there.
  ASSERT_EQ(run(script("bench()", "export base as lut to \"layers.csv\"")).status, Status::ok);
  const Outcome other =
      run("space net = tiny_mobilenet(classes = 7)\ndevice board = lut(\"layers.csv\", unit = 1ms)\n"
          "search s = random() of minimize latency@board\n");
  EXPECT_TRUE(first(other).starts_with("error[E832]: layers.csv has no row for the layer global_avg_pool ")) << other.diagnostics;
  EXPECT_NE(other.diagnostics.find("the nearest of its "), std::string::npos) << other.diagnostics;
  // A row twice, and a field that is no number.
  write_text(folder_ + "/twice.csv", "layer,mean_ms\nconv,1\nconv,2\n");
  EXPECT_EQ(first(run("space net = tiny_mobilenet()\ndevice board = lut(\"twice.csv\", unit = 1ms)\n"
                      "search s = random() of minimize latency@board\n")),
            "error[E812]: line 3 of twice.csv is a layer that the table has before: conv");
  write_text(folder_ + "/text.csv", "layer,mean_ms\nconv,fast\n");
  EXPECT_EQ(first(run("space net = tiny_mobilenet()\ndevice board = lut(\"text.csv\", unit = 1ms)\n"
                      "search s = random() of minimize latency@board\n"))
                .substr(0, 12),
            "error[E810]:");
}

// once-for-all's keys for every layer call of a space: each is read back as it was written, and none stands for two.
TEST(KeyedUnits, OfASpaceAreItsLayerCalls) {
  for (const char* name : {"tiny_mobilenet", "ofa_mobilenetv3", "ofa_proxyless", "mobilenet_v2", "proxylessnas"}) {
    const auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    const auto units = units_of_space(*made->space);
    const auto keyed = keyed_units(*made->space);
    ASSERT_TRUE(units && keyed) << name << ": " << keyed.failure().message;
    ASSERT_EQ(keyed->size(), units->size()) << name;
    std::vector<LayerKey> layers;
    for (const KeyedUnit& unit : *keyed) layers.push_back(unit.layer);
    const auto keys = yaml_keys(layers);
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size()) << name;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      EXPECT_EQ((*keyed)[i].unit, (*units)[i].key);
      const auto read = layer_of_key(keys[i]);
      ASSERT_TRUE(read) << keys[i];
      EXPECT_EQ(read->text(), layers[i].text());
    }
  }
}

TEST(KeyedUnits, AreNamedAsOnceForAllNamesThem) {
  const auto made = compile_stdlib("ofa_mobilenetv3", {{"width", 1.2}, {"resolution", std::int64_t{160}}});
  ASSERT_TRUE(made->space) << made->errors();
  const auto keyed = keyed_units(*made->space);
  ASSERT_TRUE(keyed) << keyed.failure().message;
  std::vector<LayerKey> layers;
  for (const KeyedUnit& unit : *keyed) layers.push_back(unit.layer);
  const auto keys = yaml_keys(layers);
  std::vector<std::string> others;
  for (const std::string& key : keys)
    if (!key.starts_with("expanded_conv")) others.push_back(key);
  EXPECT_EQ(others, (std::vector<std::string>{"Conv-input:160x160x3-output:80x80x24", "Conv_1-input:5x5x192-output:5x5x1152",
                                              "AvgPool2D-input:5x5x1152-output:1x1x1152", "Conv_2-input:1x1x1152-output:1x1x1536",
                                              "Logits-input:1x1x1536-output:1000"}));
  EXPECT_EQ(keys.size(), 96u);  // so many has once-for-all's table of a phone for one resolution
}

// The table as once-for-all writes it gives the sums that the flat table gives, a classifier with its pool among them.
TEST_F(PerOperator, TheYamlComesBackAsADevice) {
  const std::string begin = "seed 4\n" + std::string(kSmallSpace) + "device board = bench(factor = 0.8, whole = 0.25)\n";
  ASSERT_EQ(run(begin + "profile base = latency over net on board { samples = 8, strategy = per_operator }\n"
                        "export base as lut to \"layers.csv\"\nexport base as yaml to \"layers.yaml\"\n")
                .status,
            Status::ok);
  const std::string yaml = file("layers.yaml");
  EXPECT_TRUE(yaml.starts_with("# The layers of base, means in ms.\nConv-input:16x16x3-output:8x8x8:\n  count: 1\n  mean: 0."))
      << yaml;
  EXPECT_NE(yaml.find("\nLogits-input:8x8x8-output:4:\n"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("\nexpanded_conv-input:16x16x8-output:16x16x8-expand:24-kernel:5-stride:1-idskip:1-se:1-hs:1:\n"),
            std::string::npos)
      << yaml;
  const Outcome outcome = run(begin +
                              "device flat = lut(\"layers.csv\", unit = 1ms)\ndevice phone = lut(\"layers.yaml\", unit = 1ms)\n"
                              "search one = exhaustive() of minimize latency@flat, maximize latency@phone\n"
                              "export one.archive as csv to \"both.csv\"\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  std::istringstream lines(file("both.csv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line.substr(0, line.find(",macs")), "r,k,d,e,latency_flat_ms,latency_phone_ms");
  int networks = 0;
  for (; std::getline(lines, line); ++networks) {
    std::vector<std::string> cells;
    std::istringstream cell(line);
    for (std::string text; std::getline(cell, text, ',');) cells.push_back(text);
    EXPECT_NEAR(std::stod(cells[4]), std::stod(cells[5]), 1e-9 * std::stod(cells[4])) << line;
  }
  EXPECT_EQ(networks, 20);
}

// What once-for-all's tables cannot name is said before anything is measured or written.
TEST_F(PerOperator, AYamlThatCannotBeIsSaid) {
  const std::string place = folder_ + "/";
  const auto without_place = [&](std::string text) {
    for (std::size_t at; (at = text.find(place)) != std::string::npos;) text.erase(at, place.size());
    return text;
  };
  const auto told = [&](const std::string& space) {
    return without_place(run("seed 3\n" + space +
                             "device board = bench()\nprofile base = latency over net on board { strategy = per_operator }\n" +
                             "export base as yaml to \"layers.yaml\"\n")
                             .diagnostics);
  };
  EXPECT_EQ(told("space net = nasbench201()\n"),
            "error[E850]: once-for-all's tables have no key for the layer zero 16x32x32>16x32x32 (stage[1].cell[1].zero)\n"
            " --> script.nas:5:16\n"
            "5 | export base as yaml to \"layers.yaml\"\n"
            "  |                ^^^^ export it as lut: that table has a row for every layer of this space\n"
            "  = More: nas explain E850\n");
  const auto first = [&](const std::string& space) {
    const std::string text = told(space);
    return text.substr(0, text.find('\n'));
  };
  // Grouped convolutions in a bottleneck are no part of its name there.
  EXPECT_EQ(first("def space s() {\n  input = image(channels = 8, size = 8)\n  mbconv(groups = choice(1, 2))\n  linear(4)\n}\n"
                  "space net = s()\n"),
            "error[E850]: once-for-all's tables have one key for two different layers, conv 8x8x8>32x8x8; batch_norm; activation "
            "relu; conv "
            "32x8x8>32x8x8 k3 p1 g32; batch_norm; activation relu; conv 32x8x8>8x8x8; batch_norm; add 8x8x8>8x8x8 @8 in1 "
            "(mbconv.expand) and "
            "conv 8x8x8>32x8x8 g2; batch_norm; activation relu; conv 32x8x8>32x8x8 k3 p1 g32; batch_norm; activation relu; conv "
            "32x8x8>8x8x8 g2; batch_norm; add 8x8x8>8x8x8 @8 in1 (mbconv.expand): "
            "expanded_conv-input:8x8x8-output:8x8x8-expand:32-kernel:3-stride:1-idskip:1-se:0-hs:0");
  EXPECT_EQ(
      first("def space s() {\n  input = image(channels = 3, size = 8)\n  squeeze_excite()\n  linear(4)\n}\nspace net = s()\n"),
      "error[E850]: once-for-all's tables have 3 keys for the layer global_avg_pool 3x8x8>3x1x1; conv 3x1x1>8x1x1 bias; "
      "activation "
      "relu; conv 8x1x1>3x1x1 bias; activation h_sigmoid; multiply 3x8x8>3x8x8 in1 @5 (squeeze_excite.se_pool), which was "
      "measured "
      "whole");
  EXPECT_EQ(Bench::measured, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/layers.yaml"));
  const Outcome plain =
      run("space net = tiny_mobilenet()\ndevice board = bench()\nprofile base = latency over net on board { samples = 3 }\n"
          "export base as yaml to \"layers.yaml\"\n");
  EXPECT_EQ(without_place(plain.diagnostics),
            "error[E818]: base is no profile of layers\n"
            " --> script.nas:4:1\n"
            "4 | export base as yaml to \"layers.yaml\"\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a profile is one with { strategy = per_operator }\n"
            "  = More: nas explain E818\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/layers.yaml"));
}
