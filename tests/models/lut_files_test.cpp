// What else a `lut` device reads: once-for-all's YAML, and tables of operators by their place.
#include <fmt/format.h>

#include "model_fixture.h"
#include "stdlib/devices/lut_yaml.h"

using namespace nas;
using namespace nas::testing;

namespace {

class LutFiles : public ModelTest {
 protected:
  /// What a script over the space of two choices says, with this table of operators.
  std::string with_operators(const std::string& csv, const std::string& arguments = "") {
    write("ops.csv", csv);
    write(
        "t.nas",
        "def space two() {\n  input = image(channels = 3, size = 8)\n  a = choice([conv(k = 3, out = 4), conv(k = 5, out = 4)], "
        "labels "
        "= [\"small\", \"large\"])\n  b = choice([conv(k = 3, out = 4), skip()], labels = [\"conv\", \"skip\"])\n  linear(4)\n}\n"
        "space net = two()\ndevice phone = lut(\"ops.csv\", value = \"ms\", unit = 1ms" +
            arguments +
            ")\nsearch fast = exhaustive() of minimize latency@phone\nsearch slow = exhaustive() of maximize latency@phone\n"
            "show fast.best.latency, slow.best.latency\n");
    std::string text;
    Callbacks callbacks;
    callbacks.print = [&](const std::string& printed) { text += printed; };
    Interpreter interpreter(options_in(folder_.path()), callbacks);
    EXPECT_TRUE(interpreter.load_file((folder_.path() / "t.nas").string()));
    interpreter.run();
    const std::string wrong = interpreter.render_diagnostics(false);
    return wrong.empty() ? text : wrong.substr(0, wrong.find('\n'));
  }
};

std::string yaml_mistake(const std::string& text, const std::string& field = "mean") {
  const auto rows = layers_of_yaml("t.yaml", text, field);
  return rows ? "none" : rows.failure().code + ": " + rows.failure().message;
}

const char* const kKey = "expanded_conv-input:14x14x96-output:14x14x136-expand:288-kernel:3-stride:1-idskip:0-se:1-hs:1";

}  // namespace

TEST(LutYaml, AKeyIsItsLayerAndBack) {
  const auto layer = layer_of_key(kKey);
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->text(), kKey);
  EXPECT_EQ(layer->in, (Shape{96, 14, 14}));
  EXPECT_EQ(layer->mid, 288);
  EXPECT_EQ(layer_of_key("Conv_1-input:7x7x192-output:7x7x1152")->text(), "conv-input:7x7x192-output:7x7x1152");
  EXPECT_EQ(layer_of_key("AvgPool2D-input:7x7x1152-output:1x1x1152")->op, "pool");
  EXPECT_EQ(layer_of_key("Logits-input:1x1x1536-output:1x1x1000")->op, "linear");
  EXPECT_EQ(layer_of_key("Logits-input:1x1x1536-output:1000")->text(), "linear-input:1x1x1536-output:1x1x1000");
  for (const char* none : {"", "Conv", "Conv-input:7x7-output:7x7x2", "Conv-input:7x7x2", "Conv-input:7x7x2-output:7x7x2x2",
                           "Conv-input:7x7x2-output:7x7x2-magic:3", "Conv-input:7x7x2-output:7", "Logits-input:9-output:7",
                           "Logits-input:1x1x9-output:7x", "Conv-input:7x7x2-output:7x7x2-kernel:three"})
    EXPECT_FALSE(layer_of_key(none)) << none;
}

TEST(LutYaml, BothWaysToWriteALayerAreRead) {
  const auto rows = layers_of_yaml("t.yaml",
                                   "# a phone\n---\nConv-input:8x8x3-output:4x4x8:\n  count: 10\n  mean: 0.25\n  std: 1e-3\n\n'" +
                                       std::string(kKey) +
                                       "': {count: 3, mean: 1.5, std: 0}\r\n\"Logits-input:1x1x8-output:1x1x4\":\n"
                                       "\tmean: 2\n",
                                   "mean");
  ASSERT_TRUE(rows) << rows.failure().message;
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].first.text(), "conv-input:8x8x3-output:4x4x8");
  EXPECT_EQ((*rows)[0].second, 0.25);
  EXPECT_EQ((*rows)[1].first.text(), kKey);
  EXPECT_EQ((*rows)[1].second, 1.5);
  EXPECT_EQ((*rows)[2].second, 2);
}

TEST(LutYaml, MistakesNameTheirLine) {
  const std::string good = "Conv-input:8x8x3-output:4x4x8:\n  mean: 0.25\n";
  EXPECT_EQ(yaml_mistake(good), "none");
  EXPECT_EQ(yaml_mistake(""), "E808: t.yaml has no layers");
  EXPECT_EQ(yaml_mistake("# nothing\n"), "E808: t.yaml has no layers");
  EXPECT_EQ(yaml_mistake("  mean: 1\n"), "E808: line 1 of t.yaml stands below no layer");
  EXPECT_EQ(yaml_mistake(good + "hello\n"), "E808: line 3 of t.yaml is no layer");
  EXPECT_EQ(yaml_mistake(good + "hello:\n"), "E808: line 3 of t.yaml names no layer: hello");
  EXPECT_EQ(yaml_mistake(good + "Conv-input:8x8-output:4x4x8:\n"),
            "E808: line 3 of t.yaml names no layer: Conv-input:8x8-output:4x4x8");
  EXPECT_EQ(yaml_mistake(good + "Logits-input:1x1x8-output:1x1x4:\n  count: 3\n"),
            "E809: the layer on line 3 of t.yaml has no mean");
  EXPECT_EQ(yaml_mistake("Conv-input:8x8x3-output:4x4x8:\n  mean: fast\n"),
            "E810: line 2 of t.yaml: mean is fast, and no number");
  EXPECT_EQ(yaml_mistake("Conv-input:8x8x3-output:4x4x8:\n  mean: .nan\n"),
            "E810: line 2 of t.yaml: mean is .nan, and no number");
  EXPECT_EQ(yaml_mistake("Conv-input:8x8x3-output:4x4x8:\n  mean\n"), "E808: line 2 of t.yaml is no name with a value");
  EXPECT_EQ(yaml_mistake("Conv-input:8x8x3-output:4x4x8: {mean: 1\n"), "E808: line 1 of t.yaml has a { without its }");
}

// A row that is a classifier with the pool before it counts for both; rows for each count where there is none.
TEST_F(LutFiles, AClassifierWithItsPoolIsOneRow) {
  std::string apart = "Conv-input:8x8x3-output:4x4x8:\n  mean: 1\n", whole = apart;
  apart += "AvgPool2D-input:4x4x8-output:1x1x8:\n  mean: 2\nLogits-input:1x1x8-output:4:\n  mean: 4\n";
  whole += "Logits-input:4x4x8-output:4:\n  mean: 8\n";
  write("apart.yaml", apart);
  write("whole.yaml", whole);
  write("none.yaml", apart.substr(0, apart.find("AvgPool")));
  const std::string space =
      "def space tiny() {\n  input = image(channels = 3, size = 8)\n  conv(kernel = choice(3, 5), out = 8, stride = 2)\n  "
      "linear(4)\n}\n"
      "space one = tiny()\n";
  const auto said = [&](const std::string& file) {
    const Outcome outcome =
        run("let _other = net.largest\n" + space + "device phone = lut(\"" + file +
            ".yaml\", unit = 1ms)\nsearch s = exhaustive() over one of minimize latency@phone\n" + "show s.best.latency\n");
    return outcome.status == Status::ok ? outcome.printed : outcome.text.substr(0, outcome.text.find('\n'));
  };
  EXPECT_EQ(said("apart"), "7 ms\n");
  EXPECT_EQ(said("whole"), "9 ms\n");
  EXPECT_EQ(said("none"), "error[E832]: none.yaml has no row for the layer pool-input:4x4x8-output:1x1x8 (linear.pool)");
}

// The same table as CSV and as YAML gives the same latencies.
TEST_F(LutFiles, YamlGivesWhatTheFlatTableGives) {
  std::string csv = "op,in_h,in_w,in_c,out_h,out_w,out_c,mid,kernel,stride,idskip,se,hswish,mean_ms\n", yaml;
  int ms = 1;
  const auto row = [&](const std::string& op, int h, int c, int to_h, int to_c, int mid, int kernel) {
    csv += fmt::format("{},{},{},{},{},{},{},", op, h, h, c, to_h, to_h, to_c) +
           (mid ? fmt::format("{},{},1,1,1,1,{}\n", mid, kernel, ms) : fmt::format(",,,,,,{}\n", ms));
    yaml += fmt::format("{}-input:{}x{}x{}-output:{}x{}x{}", op, h, h, c, to_h, to_h, to_c) +
            (mid ? fmt::format("-expand:{}-kernel:{}-stride:1-idskip:1-se:1-hs:1", mid, kernel) : "") +
            fmt::format(":\n  count: 10\n  mean: {}\n  std: 0.1\n", ms);
    ms *= 2;
  };
  for (const int r : {16, 32}) {
    row("Conv", r, 3, r / 2, 8, 0, 0);
    row("AvgPool2D", r / 2, 8, 1, 8, 0, 0);
    for (const int kernel : {3, 5})
      for (const int expand : {2, 3}) row("expanded_conv", r / 2, 8, r / 2, 8, 8 * expand, kernel);
  }
  row("Logits", 1, 8, 1, 4, 0, 0);
  write("t.csv", csv);
  write("t.yaml", yaml);
  const Outcome outcome =
      run("device flat = lut(\"t.csv\", unit = 1ms)\ndevice phone = lut(\"t.yaml\", unit = 1ms)\n"
          "foreach board in [flat, phone] {\n  search fast = exhaustive() of minimize latency@board\n"
          "  search slow = exhaustive() of maximize latency@board\n  show fast.best.latency, slow.best.latency\n}\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  const std::size_t line = outcome.printed.find('\n') + 1;
  EXPECT_EQ(outcome.printed.substr(0, line), outcome.printed.substr(line));
  // Stem 1, bottleneck 4, pool 2, classifier 4096; and 64, two of 2048, 128, 4096.
  EXPECT_EQ(outcome.printed.substr(0, line), "4.103 s  8.384 s\n");
}

// -1 stands for a layer that could not be run in many tables: it must not make networks faster.
TEST_F(LutFiles, NoLayerTakesLessThanNoTime) {
  const auto says = [&](const std::string& file, const std::string& text, const std::string& value = "ms") {
    write(file, text);
    write("t.nas", "space net = tiny_mobilenet()\ndevice phone = lut(\"" + file + "\", value = \"" + value +
                       "\", unit = 1ms)\nsearch fast = random(evaluations = 2) with direct() of minimize latency@phone\n");
    Interpreter interpreter(options_in(folder_.path()), Callbacks());
    EXPECT_TRUE(interpreter.load_file((folder_.path() / "t.nas").string()));
    interpreter.run();
    const std::string wrong = interpreter.render_diagnostics(false);
    return wrong.substr(0, wrong.find('\n'));
  };
  EXPECT_EQ(says("units.csv", "layer,ms\nnetwork,-0.5\nconv a,0.2\nconv b,-1\n"),
            "error[E823]: line 4 of units.csv has -1, and no layer takes less than no time");
  EXPECT_EQ(
      says("flat.csv",
           "op,in_h,in_w,in_c,out_h,out_w,out_c,mid,kernel,stride,idskip,se,hswish,ms\nConv,224,224,3,112,112,24,,,,,,,-1\n"),
      "error[E823]: line 2 of flat.csv has -1, and no layer takes less than no time");
  EXPECT_EQ(
      says("once.yaml", "Conv_1-input:7x7x192-output:7x7x1152:\n  mean: -1\n", "mean"),
      "error[E823]: the layer conv-input:7x7x192-output:7x7x1152 of once.yaml has -1, and no layer takes less than no time");
}

TEST_F(LutFiles, OperatorsAreSummedOverTheirPlaces) {
  const std::string named = "layer,op,ms\nbase,all,1\na,small,2\na,large,4\nb,conv,8\nb,skip,0\n";
  EXPECT_EQ(with_operators(named), "3 ms  13 ms\n");
  const std::string counted =
      "device,layer,op,ms\np,base,all,1\np,0,small,2\np,0,large,4\np,1,conv,8\np,1,skip,0\nq,base,all,5\n";
  EXPECT_EQ(with_operators(counted, ", device = \"p\""), "3 ms  13 ms\n");
  EXPECT_EQ(with_operators("layer,op,ms\n0,small,2\n0,large,4\n1,conv,8\n1,skip,0\n"), "2 ms  12 ms\n");  // without a base
}

TEST_F(LutFiles, MistakesOfATableOfOperators) {
  const std::string good = "device,layer,op,ms\np,0,small,2\np,0,large,4\np,1,conv,8\np,1,skip,0\nq,base,all,5\n";
  EXPECT_EQ(with_operators(good), "error[E814]: ops.csv holds 2 devices: p, q");
  EXPECT_EQ(with_operators(good, ", device = \"r\""), "error[E814]: ops.csv has no row of the device r");
  EXPECT_EQ(with_operators(good, ", device = \"q\""), "error[E832]: ops.csv has no rows for the choice a (1 of 2)");
  EXPECT_EQ(with_operators("layer,op,ms\n0,small,2\n1,conv,8\n1,skip,0\n"), "error[E832]: ops.csv has no row for a = large");
  EXPECT_EQ(with_operators("layer,op,ms\n0,small,2\n0,small,3\n"),
            "error[E812]: line 3 of ops.csv is a row that the table has before: 0 small");
  EXPECT_EQ(with_operators("layer,op,ms\n0,small,quick\n").substr(0, 12), "error[E810]:");
  EXPECT_EQ(with_operators("layer,op,us\n0,small,1\n").substr(0, 12), "error[E809]:");
  EXPECT_EQ(with_operators("layer,op,ms\n0,small,1\n", ", device = \"p\"").substr(0, 12), "error[E809]:");
}
