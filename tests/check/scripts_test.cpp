#include <gtest/gtest.h>

#include <cmath>

#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

std::string sample(const std::string& name) {
  return slurp(std::filesystem::path(NAS_SOURCE_DIR) / "tests/syntax/samples" / (name + ".nas"));
}

struct NoArguments {};

/// The words behind "error[...]: ", one a line.
std::vector<std::string> sentences(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.rfind("error[", 0) == 0) lines.push_back(line);
  return lines;
}

// ---- the contract's samples

TEST(Samples, TheQuickStartAndTheOwnSpacesHaveNoMistake) {
  for (const char* name : {"quick_start", "own_space"}) EXPECT_EQ(check_text(sample(name)).text, "") << name;
}

// The contract shortens hat_transformer: the input that it leaves out is the only thing that is missed.
TEST(Samples, TheSpacesAreChecked) {
  EXPECT_EQ(check_text(sample("spaces")).text,
            "error[E501]: shapes do not fit at encoder[1].attention.attention: attention is over tokens, and this is an image of "
            "32x32\n"
            "  --> b.nas:48:5\n"
            "48 |     attention(heads = choice(8, 4), qkv = 512)\n"
            "   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when encoder[1].heads = 8\n"
            "   = the space says no input, so an image of 3x32x32 is assumed.  More: nas explain E501\n");
}

TEST(Samples, TheOwnSpaceCompiles) {
  const Checked checked = check_text(sample("own_space") + "\nspace net = tiny(width = 8)\nshow net.genes\n");
  EXPECT_EQ(checked.text, "");
  ASSERT_NE(checked.stage("net"), nullptr);
  EXPECT_EQ(checked.stage("net")->space->name(), "tiny");
}

// What does not exist yet is named, and nothing else is said.
TEST(Samples, OthersMissOnlyWhatDoesNotExistYet) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(sentences(check_text(sample("concurrent")).text), Lines{});
  EXPECT_EQ(sentences(check_text(sample("one_proxy")).text),
            (Lines{"error[E206]: there is no file devices/hwnasbench.nas to import", "error[E601]: accuracy has no source"}));
  EXPECT_EQ(
      sentences(check_text(sample("colocnas")).text),
      (Lines{"error[E205]: there is no device component multi", "error[E205]: there is no dataset component cifar10",
             "error[E401]: profile has no argument placement", "error[E205]: there is no search component darts",
             "error[E205]: there is no placement component reinforce", "error[E205]: there is no training component from_scratch",
             "error[E205]: there is no plot component timeline"}));
}

// ---- what a script is understood to mean

TEST(Understood, TheQuickStart) {
  const Checked checked = check_text(slurp(std::filesystem::path(NAS_SOURCE_DIR) / "examples/quickstart.nas"));
  ASSERT_EQ(checked.text, "");
  std::string lines;
  for (const auto& stage : checked.script().stages) {
    lines += stage.word + " | " + stage.name + " | " + (stage.call.component ? stage.call.component->name : "-") + " |";
    for (const auto& need : stage.needs) lines += " " + need;
    lines += stage.file.empty() ? "\n" : " -> " + stage.file + "\n";
  }
  EXPECT_EQ(lines,
            "dataset | fashion | fashion_mnist |\n"
            "space | net | - |\n"
            "device | host | cpu |\n"
            "train | weights | supernet | host net fashion\n"
            "search | front | nsga2 | net weights host\n"
            "plot | pareto | pareto | front -> out/front.svg\n"
            "plot | convergence | convergence | front -> out/convergence.svg\n"
            "export | export csv | csv | front -> out/front.csv\n"
            "export | export nas | nas | front -> out/best.nas\n"
            "report | report | report | front -> out/report.html\n");
  EXPECT_EQ(checked.script().seed, 1u);
  const CheckedSearch& search = *checked.stage("front")->search;
  EXPECT_EQ(search.space, "net");
  ASSERT_EQ(search.objectives.size(), 2u);
  EXPECT_TRUE(search.objectives[0].maximise);
  EXPECT_FALSE(search.objectives[1].maximise);
  ASSERT_EQ(search.metrics.size(), 2u);
  EXPECT_EQ(search.metrics[0].id.label(), "accuracy");
  EXPECT_EQ(search.metrics[0].from, CheckedMetric::From::weights);
  EXPECT_EQ(search.metrics[0].predictor->component->name, "ridge");
  EXPECT_EQ(search.metrics[1].id.label(), "latency@host");
  EXPECT_EQ(search.metrics[1].from, CheckedMetric::From::device);
  ASSERT_EQ(search.tactics.size(), 1u);
  EXPECT_EQ(search.tactics[0].arguments["iter"], 4);
}

TEST(Params, DefaultsAndOverridesReachTheArguments) {
  const std::string script =
      "param rounds : int = 4 in 1..20 \"rounds of search\"\nparam cap : quantity = 100ms in 10ms..1s\nparam fast : bool = "
      "false\n"
      "param label : string = \"a\"\nparam share : float = 0.5\n"
      "device host = cpu(time_cap = cap, threads = if fast then 2 else 1, interval = share / 2)\n"
      "space net = tiny_mobilenet()\nsearch front = nsga2(generations = rounds) of minimize macs, minimize latency\n"
      "plot pareto(front) to \"out/${label}.svg\"\n";
  const Checked plain = check_text(script);
  ASSERT_EQ(plain.text, "");
  EXPECT_EQ(plain.stage("front")->call.arguments["generations"], 4);
  EXPECT_EQ(plain.stage("pareto")->file, "out/a.svg");
  ASSERT_EQ(plain.script().params.size(), 5u);
  EXPECT_EQ(plain.script().params[0].help, "rounds of search");
  EXPECT_EQ(plain.script().params[0].low, Value(1));
  EXPECT_EQ(plain.script().params[0].high, Value(20));
  EXPECT_EQ(plain.script().params[1].high, Value(Quantity{1, dimension_named("time")}));

  const Checked given = check_text(
      script,
      {.params = {
           {"rounds", "7"}, {"cap", "0.2s"}, {"fast", "true"}, {"label", "my run"}, {"share", "0.25"}, {"rounds", "2 * 4"}}});
  ASSERT_EQ(given.text, "");
  EXPECT_EQ(given.stage("front")->call.arguments["generations"], 8) << "the last -p of a name counts";
  EXPECT_DOUBLE_EQ(given.stage("host")->call.arguments["time_cap"].get<double>(), 0.2);
  EXPECT_EQ(given.stage("host")->call.arguments["threads"], 2);
  EXPECT_DOUBLE_EQ(given.stage("host")->call.arguments["interval"].get<double>(), 0.125);
  EXPECT_EQ(given.stage("pareto")->file, "out/my run.svg");
}

TEST(Unrolling, ForeachNamesItsStagesByThePass) {
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nforeach n in [10, 20] {\n  search front = nsga2(population = n) of minimize macs, minimize "
      "params\n"
      "  plot pareto(front) to \"out/${n}.svg\"\n  foreach k in 1..2 { search deep = random(evaluations = 10 * k + n) of "
      "minimize macs }\n}\n");
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "search"),
            (std::vector<std::string>{"front[10]", "deep[10][1]", "deep[10][2]", "front[20]", "deep[20][1]", "deep[20][2]"}));
  EXPECT_EQ(checked.stage("front[20]")->call.arguments["population"], 20);
  EXPECT_EQ(checked.stage("deep[20][2]")->call.arguments["evaluations"], 40);
  EXPECT_EQ(checked.stage("pareto[10]")->needs, std::vector<std::string>{"front[10]"});
}

TEST(Unrolling, RangesRunUpAndDown) {
  const Checked checked =
      check_text("foreach n in 1..3 { show n }\nforeach n in 12..8 step -2 { show n }\nforeach n in 3..1 { show n }\n");
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "show"),
            (std::vector<std::string>{"show[1]", "show[2]", "show[3]", "show[12]", "show[10]", "show[8]"}));
}

TEST(Unrolling, IfKeepsOneBranchAndItsNamesStayInside) {
  const std::string script =
      "param big : bool = false\nspace net = tiny_mobilenet()\nif big {\n  search a = nsga2() of minimize macs, minimize "
      "params\n} else {\n"
      "  search b = nsga2() of minimize macs, minimize params\n}\n";
  EXPECT_EQ(names_of(check_text(script), "search"), std::vector<std::string>{"b"});
  EXPECT_EQ(names_of(check_text(script, {.params = {{"big", "true"}}}), "search"), std::vector<std::string>{"a"});
  EXPECT_EQ(check_text(script + "show b\n").codes, std::set<std::string>{"E201"});
}

TEST(Branches, WhenKeepsBothAndTheirNamesAreKnownBehind) {
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nsearch first = nsga2() of minimize macs, minimize params\n"
      "when first.hypervolume > 3 { search next = nsga2(generations = 10) of minimize macs, minimize params }\n"
      "otherwise { search next = nsga2(generations = 20) of minimize macs, minimize params }\nshow next.hypervolume\n");
  ASSERT_EQ(checked.text, "");
  ASSERT_EQ(checked.script().conditions.size(), 1u);
  EXPECT_EQ(checked.script().conditions[0].text, "first.hypervolume > 3");
  std::vector<std::pair<int, bool>> branches;
  for (const auto& stage : checked.script().stages)
    if (stage.call.component && !stage.when.empty()) {
      EXPECT_EQ(stage.needs.front(), "first") << "a branch waits for what decides it";
      branches.emplace_back(stage.call.arguments["generations"].get<int>(), stage.when[0].second);
    }
  EXPECT_EQ(branches, (std::vector<std::pair<int, bool>>{{10, true}, {20, false}}));
}

TEST(Imports, AnAliasHoldsTheNamesAndNoneSpreadsThem) {
  const World world{.files = {{"devices.nas", "import \"base.nas\"\ndevice phone = cpu(threads = cores)\nlet half = cores / 2\n"},
                              {"base.nas", "let cores = 4\n"}}};
  const Checked alias = check_text(
      "import \"devices.nas\" as hw\nspace net = tiny_mobilenet()\nsearch s = nsga2() of minimize macs, minimize "
      "latency@hw.phone\nlet n = hw.half + hw.cores\nsearch t = nsga2(generations = n) of minimize macs, minimize params\n",
      world);
  ASSERT_EQ(alias.text, "");
  EXPECT_EQ(alias.stage("phone")->call.arguments["threads"], 4);
  EXPECT_EQ(alias.stage("t")->call.arguments["generations"], 6);
  EXPECT_EQ(check_text("import \"devices.nas\" as hw\nshow cores\n", world).codes, std::set<std::string>{"E201"});
  EXPECT_EQ(check_text("import \"devices.nas\"\nshow cores, half, phone\n", world).text, "");
}

// One slip is one message: what stands behind it looks for a space, a data set and an objective that are half declared.
TEST(Recovery, ALineThatCannotBeReadMayHaveDeclaredWhatIsMissing) {
  const Checked space = check_text("space net = tiny_mobilenet(\nsearch front = nsga2() of maximize params, minimize macs\n");
  EXPECT_EQ(space.codes, std::set<std::string>{"E101"}) << space.text;
  const Checked dataset =
      check_text("space net = tiny_mobilenet()\ndataset images = = fashion_mnist()\ntrain weights = supernet() of net\n");
  EXPECT_EQ(dataset.codes, std::set<std::string>{"E104"}) << dataset.text;
  const Checked objective = check_text("space net = tiny_mobilenet()\nobjective minimize macs,\nsearch front = nsga2()\n");
  EXPECT_EQ(objective.codes, std::set<std::string>{"E107"}) << objective.text;
  // Of what no line speaks it is still said.
  const Checked absent =
      check_text("space net = tiny_mobilenet()\nlet x =\ntrain weights = supernet() of net\nsearch front = nsga2()\n");
  EXPECT_EQ(absent.codes, (std::set<std::string>{"E107", "E204", "E601"})) << absent.text;
}

TEST(Values, RequireAndShowKeepTheirWords) {
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nsearch s = nsga2() of minimize macs, minimize params\nrequire s.hypervolume > 2 + 1, \"too "
      "small\"\n"
      "require 1 < 2\nshow net, s.best, 3ms + 1s, net.largest.macs\n");
  ASSERT_EQ(checked.text, "");
  const CheckedStage* require = checked.stage("require");
  ASSERT_NE(require, nullptr);
  EXPECT_EQ(require->message, "too small");
  EXPECT_EQ(require->values[0].text, "s.hypervolume > 2 + 1");
  EXPECT_EQ(require->needs, std::vector<std::string>{"s"});
  const CheckedStage* show = checked.stage("show");
  ASSERT_EQ(show->values.size(), 4u);
  EXPECT_EQ(show->values[2].value.print(), "1.003 s");
  EXPECT_EQ(show->values[3].value, Value(checked.stage("net")->space->macs(checked.stage("net")->space->largest().genes)));
  EXPECT_EQ(show->needs, std::vector<std::string>{"s"});
}

TEST(Architectures, AreSpelledOrGivenByFields) {
  const Checked checked = check_text(
      "space nb = nasbench201()\n"
      "let a = nb.arch(\"|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|\")\n"
      "space ofa = ofa_mobilenetv3()\n"
      "let b = ofa.arch(ks = [3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3], e = \"3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3-3\", d = "
      "[2,2,2,2,2])\n"
      "show a, a.macs, b.macs == ofa.smallest.macs, b.params\n");
  ASSERT_EQ(checked.text, "");
  const auto& shown = checked.stage("show")->values;
  EXPECT_EQ(shown[0].value.print(),
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|");
  EXPECT_EQ(shown[2].value, Value(true));
}

TEST(Conditions, KeepTheirBoundsInBaseUnits) {
  const Checked checked = check_text(
      "device host = cpu()\nspace net = tiny_mobilenet()\nsearch s = nsga2() of minimize macs, minimize latency\n"
      "  where 1ms < latency <= 25ms and macs < 600M and params == 5\n");
  ASSERT_EQ(checked.text, "");
  const auto& c = checked.stage("s")->search->constraints;
  ASSERT_EQ(c.size(), 4u);
  EXPECT_EQ(c[0].lower, std::nextafter(0.001, 1.0)) << "an open bound is the next number inside";
  EXPECT_EQ(c[1].upper, 0.025);
  EXPECT_EQ(c[2].upper, std::nextafter(600e6, 0.0));
  EXPECT_EQ(c[3].lower, 5);
  EXPECT_EQ(c[3].upper, 5);
}

// ---- operators chosen from a list

/// The space of a script, its MACs from smallest to largest by brute force.
std::set<std::int64_t> all_macs(const std::string& body) {
  const Checked checked =
      check_text("def space s() {\n  input = image(channels = 3, size = 8)\n" + body + "  linear(10)\n}\nspace net = s()\n");
  EXPECT_EQ(checked.text, "");
  const auto& space = *checked.stage("net")->space;
  std::set<std::int64_t> found;
  Stream stream(1, "macs");
  for (int i = 0; i < 200; ++i) found.insert(space.macs(space.sample(stream)->genes));
  return found;
}

// 8x8 pixels, 3 channels to 4: a convolution of kernel k has 64 * 3 * 4 * k^2 MACs; the head is 4 * 10.
TEST(ChosenOperators, AreAppliedInWhicheverWayTheyAreWritten) {
  const std::int64_t k1 = 64 * 12, k3 = k1 * 9, k5 = k1 * 25, head = 40;
  const std::set<std::int64_t> pairs = {k1 + k3 + head, k1 + k5 + head, k3 + k5 + head};
  const std::string ops = "[conv(k = 1, out = 4), conv(k = 3, out = 4), conv(k = 5, out = 4)]";
  EXPECT_EQ(all_macs("  add(pick(2, of = " + ops + "))\n"), pairs);
  EXPECT_EQ(all_macs("  add(pick(2, of = " + ops + ")(x))\n"), pairs);
  EXPECT_EQ(all_macs("  two = pick(2, of = " + ops + ")\n  add(two[1](x), two[2](x))\n"), pairs);
  EXPECT_EQ(all_macs("  add(pick(1, of = " + ops + "))\n"), (std::set<std::int64_t>{k1 + head, k3 + head, k5 + head}));
}

TEST(ChosenOperators, HaveOneSetOfWeightsInHoweverManyListsTheyStand) {
  const Checked checked = check_text(
      "def space s() {\n  input = image(channels = 3, size = 8)\n  add(pick(2, of = [conv(k = 1, out = 4), conv(k = 3, out = 4), "
      "conv(k = 5, out = 4)]))\n  linear(10)\n}\nspace net = s()\n");
  ASSERT_EQ(checked.text, "");
  const auto& space = *checked.stage("net")->space;
  std::set<std::int32_t> slots;
  Stream stream(1, "networks");
  for (int i = 0; i < 100; ++i)
    for (const Layer& layer : space.network(*space.sample(stream)).layers)
      if (layer.kind == LayerKind::conv) slots.insert(layer.slot);
  EXPECT_EQ(slots.size(), 3u);
}

// ---- words as arguments

TEST(Words, MayBeWrittenWithoutQuotes) {
  const std::string quoted = "conv(k = 3, out = 8, act = choice(\"relu\", \"h_swish\"), order = \"relu_conv_bn\")";
  const std::string bare = "conv(k = 3, out = 8, act = choice(relu, h_swish), order = relu_conv_bn)";
  auto key = [](const std::string& layer) {
    const Checked checked = check_text("def space s() {\n  " + layer + "\n  linear(10)\n}\nspace net = s()\n");
    EXPECT_EQ(checked.text, "");
    return checked.stage("net")->space->key();
  };
  EXPECT_EQ(key(bare), key(quoted));
  const Checked part = check_text(
      "space net = tiny_mobilenet()\nsearch f = nsga2() of minimize macs, minimize params\nexport f as csv to \"out/a.csv\" { "
      "part = archive }\nlet front = \"best\"\nexport f as csv to \"out/b.csv\" { part = front }\n"
      "plot pareto(f) to \"out/c.svg\" { x = macs, y = \"params\" }\n");
  EXPECT_EQ(part.text, "");
  EXPECT_EQ(part.stage("export csv")->call.arguments["part"], "archive");
  EXPECT_EQ(part.stage("export csv 2")->call.arguments["part"], "best") << "a name in scope comes first";
  EXPECT_EQ(part.stage("pareto")->call.arguments["x"], "macs");
}

// ---- objectives and predictors inside bodies

TEST(Bodies, ObjectivesAndPredictorsOfAPassHoldInItAlone) {
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nobjective maximize params\n"
      "foreach set in [\"a\", \"b\"] {\n"
      "  objective maximize accuracy from table(\"${set}.csv\", value = \"top1\")\n"
      "  predictor ridge(alpha = if set == \"a\" then 1 else 2) of accuracy\n"
      "  search s = nsga2() with full() { seeds = 1..1 }\n"
      "}\n"
      "search outside = nsga2() of maximize params, minimize macs\nshow s, outside\n");
  EXPECT_EQ(checked.codes, (std::set<std::string>{"E201"})) << checked.text;  // `s` is a name of the loop
  for (const char* set : {"a", "b"}) {
    const CheckedStage* stage = checked.stage(std::string("s[") + set + "][seed 1]");
    ASSERT_NE(stage, nullptr);
    ASSERT_EQ(stage->search->objectives.size(), 2u);
    EXPECT_EQ(stage->search->objectives[0].label, "params");
    EXPECT_EQ(stage->search->objectives[1].label, "accuracy");
    const CheckedMetric& accuracy = stage->search->metrics[1];
    EXPECT_EQ(accuracy.source.arguments["file"], std::string(set) + ".csv");
    EXPECT_EQ(accuracy.predictor->arguments["alpha"], set == std::string("a") ? 1.0 : 2.0);
  }
}

TEST(Bodies, EachBranchOfWhenHasItsOwnObjectivesAndIfTellsTheScriptsOnes) {
  EXPECT_EQ(check_text("space net = tiny_mobilenet()\nobjective maximize params\nsearch first = random() of minimize macs\n"
                       "when first.evaluations > 10 { objective minimize macs\n search s = nsga2() }\n"
                       "otherwise { objective minimize macs\n search t = nsga2() }\n"
                       "let small = true\nif small { objective minimize memory }\nsearch u = nsga2()\nshow u, first\n")
                .text,
            "");
  EXPECT_EQ(
      check_text("space net = tiny_mobilenet()\nforeach n in [1, 2] { objective minimize macs }\nsearch s = random()\n").text,
      "error[E601]: the search has no objective\n"
      " --> b.nas:3:1\n"
      "3 | search s = random()\n"
      "  | ^^^^^^ declare one: objective maximize accuracy from weights\n"
      "  = or write it here with of maximize accuracy, minimize latency@host.  More: nas explain E601\n");
}

// ---- capabilities

TEST(Capabilities, ASearchThatOnlyWeighsRefusesConditions) {
  Registry registry;
  for (const char* name : {"keeping", "weighing"}) {
    Component search =
        Declare<NoArguments>(ComponentKind::search, name, "A search.").objectives(1, 8).builds([](const NoArguments&, Services&) {
          return std::shared_ptr<void>();
        });
    search.hard_constraints = name == std::string("keeping");
    registry.add(std::move(search));
  }
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nsearch s = weighing() of minimize macs, minimize params where macs < 5M\n", {}, &registry);
  EXPECT_EQ(checked.text,
            "error[E702]: weighing weighs its objectives and keeps no conditions\n"
            " --> b.nas:2:57\n"
            "2 | search s = weighing() of minimize macs, minimize params where macs < 5M\n"
            "  |                                                         ^^^^^ make it an objective, or take a search that keeps "
            "conditions\n"
            "  = these do: keeping.  More: nas explain E702\n");
}

}  // namespace
}  // namespace nas::testing
