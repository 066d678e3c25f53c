// Metrics that the language does not have: a program brings them, and scripts use them like any other.
#include <fmt/format.h>

#include <thread>

#include "../engine/engine_fixture.h"
#include "core/metric.h"
#include "embed/host_metric.h"
#include "embed/session.h"

using namespace nas;
using namespace nas::testing;

namespace {

const std::string kSpace = "seed 4\nspace net = tiny_mobilenet()\n";
const std::string kSearch = kSpace +
                            "objective maximize robustness from attacked(steps = 2)\nobjective minimize macs\n"
                            "predictor ridge() of robustness\n";

/// A share that grows with the parameters, and falls with the steps of an attack.
HostMetric attacked() {
  HostMetric metric;
  metric.name = "attacked";
  metric.metric = "robustness";
  metric.version = "1";
  metric.unit = "%";
  metric.maximise = true;
  metric.args = *arguments_from_schema({{{"name", "steps"}, {"type", "whole number"}, {"default", 1}, {"at_least", 1}}});
  metric.evaluate = [](const HostBatch& batch, std::span<double> values) -> Result<void> {
    const double steps = batch.arguments["steps"];
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = 0.9 - steps * 1e4 / static_cast<double>(50000 + batch.space->params(batch.archs[i].genes));
    return {};
  };
  return metric;
}

/// An energy that a board needs for a network.
HostMetric carbon() {
  HostMetric metric = attacked();
  metric.name = "meter";
  metric.metric = "carbon";
  metric.unit = "mJ";
  metric.maximise = false;
  metric.args = {};
  metric.evaluate = [](const HostBatch& batch, std::span<double> values) -> Result<void> {
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = 1e-9 * static_cast<double>(batch.space->macs(batch.archs[i].genes));
    return {};
  };
  return metric;
}

/// Without a unit, and of a device.
HostMetric flicker() {
  HostMetric metric = carbon();
  metric.name = "camera";
  metric.metric = "flicker";
  metric.unit = "";
  metric.on_device = true;
  return metric;
}

class OwnMetric : public EngineTest {
 protected:
  /// Runs a script with all three metrics, on so many threads; the results of its stages.
  nlohmann::json ran(const std::string& text, int threads = 1, bool fresh = true) {
    Options options = options_;
    options.fresh = fresh;
    options.threads = threads;
    Callbacks callbacks;
    printed_.clear();
    reused_.clear();
    callbacks.print = [&](const std::string& line) { printed_ += line; };
    callbacks.progress = [&](const ProgressEvent& event) {
      if (event.kind == ProgressEvent::Kind::reused) reused_.push_back(event.stage);
    };
    Interpreter interpreter(options, callbacks);
    add_all(interpreter);
    interpreter.load_text("own", text);
    EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false) << interpreter.failure_text();
    nlohmann::json results;
    for (const std::string& name : interpreter.result_names()) results[name] = interpreter.result_json(name);
    return results;
  }
  static void add_all(Interpreter& interpreter) {
    for (const HostMetric& metric : {attacked(), carbon(), flicker()}) {
      const auto added = interpreter.add(metric);
      EXPECT_TRUE(added) << added.failure().message;
    }
  }
  /// The first mistake: "E201: x is not known here; hint".
  std::string mistake(const std::string& text) {
    Interpreter interpreter(options_);
    add_all(interpreter);
    interpreter.load_text("own", text);
    interpreter.check();
    nlohmann::json d;
    for (const auto& each : interpreter.diagnostics_json())
      if (d.is_null() && each["severity"] == "error") d = each;
    if (d.is_null()) return "";
    const auto field = [&](const char* name) { return d.value(name, ""); };
    const std::string hint = field("label").empty() ? field("note") : field("label");
    return fmt::format("{}:{} {}: {}{}", d["line"].get<int>(), d["column"].get<int>(), field("code"), field("message"),
                       hint.empty() ? "" : "; " + hint);
  }
  /// What an interpreter says to one more metric.
  static std::string refusal(Interpreter& interpreter, const std::function<void(HostMetric&)>& change) {
    HostMetric metric = attacked();
    metric.name = "other";
    change(metric);
    const auto added = interpreter.add(metric);
    return added ? "" : fmt::format("{}: {}; {}", added.failure().code, added.failure().message, added.failure().hint);
  }
  std::string printed_;
  std::vector<std::string> reused_;
};

TEST_F(OwnMetric, IsAnObjectiveAndAConditionOfEveryTactic) {
  for (const char* tactic : {"direct()", "concurrent(iter = 2, evaluate = 10)", "full(samples = 12, validate = 4)"}) {
    const std::string text = kSearch + "search front = nsga2(population = 12, generations = 4) with " + tactic +
                             "\n  where robustness > 65%\n"
                             "export front as csv to \"front.csv\"\nplot pareto(front, y = robustness) to \"front.svg\"\n"
                             "report front to \"front.html\"\nshow front.best.robustness > 65%\n";
    const auto one = ran(text, 1);
    const std::string csv = read_text(folder_ + "/front.csv"), svg = read_text(folder_ + "/front.svg");
    const auto two = ran(text, 2);
    EXPECT_EQ(one.dump(), two.dump()) << tactic;
    EXPECT_EQ(read_text(folder_ + "/front.csv"), csv);
    EXPECT_EQ(read_text(folder_ + "/front.svg"), svg);
    EXPECT_NE(svg.find("robustness [%]"), std::string::npos);
    EXPECT_NE(csv.find("robustness_percent"), std::string::npos) << csv;
    const auto& column = one["front"]["front"][1];
    EXPECT_EQ(column["name"], "robustness");
    EXPECT_EQ(column["unit"], "%");
    EXPECT_EQ(column["measured"], true);
    for (const double value : column["values"]) EXPECT_GT(value, 65);
    EXPECT_EQ(one["front"]["objectives"][0]["unit"], "%");
    EXPECT_EQ(printed_, "true\n");
  }
}

// Without a word before it, the direction is the one that the program said.
TEST_F(OwnMetric, HasADirectionAndADimension) {
  const auto of = [&](const char* objective) {
    return ran(kSpace +
               "objective robustness from attacked()\nobjective carbon from meter()\n"
               "search front = nsga2(population = 12, generations = 3) with direct() of " +
               objective + "\nshow front.best.carbon < 1J\n")["front"];
  };
  const auto found = of("robustness, carbon");
  EXPECT_EQ(found["objectives"][0]["maximise"], true);
  EXPECT_EQ(found["objectives"][1]["maximise"], false);
  EXPECT_EQ(found["objectives"][1]["unit"], "mJ");
  EXPECT_EQ(printed_, "true\n");
  EXPECT_EQ(of("minimize carbon + 2 * carbon, robustness")["objectives"][0]["unit"], "mJ");
}

TEST_F(OwnMetric, IsProfiledPredictedAndDrawn) {
  const auto found = ran(kSpace +
                         "device phone = camera()\nobjective maximize robustness from attacked()\n"
                         "profile r = robustness over net { samples = 30 }\nprofile f = flicker on phone { samples = 30 }\n"
                         "profile other = flicker@phone { like = f }\npredictor known = ridge() of robustness from r\n"
                         "predictor of_flicker = ridge() of flicker@phone from f\nshow spearman(known, r) > 0.5\n"
                         "show of_flicker.predicted(net.largest), spearman(of_flicker, other) > 0\n"
                         "plot latency_scatter(f, other) to \"scatter.svg\"\nplot predicted_vs_measured(known, r) to \"r.svg\"\n"
                         "search front = nsga2(population = 12, generations = 3) with direct() using known\n"
                         "  of robustness, minimize flicker@phone\n");
  EXPECT_EQ(found["r"]["metric"], "robustness");
  EXPECT_EQ(found["r"]["unit"], "%");
  EXPECT_EQ(found["f"]["metric"], "flicker@phone");
  EXPECT_EQ(found["f"]["unit"], "");
  EXPECT_NE(read_text(folder_ + "/r.svg").find("measured robustness [%]"), std::string::npos);
  EXPECT_EQ(found["front"]["front"][1]["measured"], false);  // learnt, and shown as predicted
  EXPECT_EQ(found["front"]["front"][2]["name"], "flicker@phone");
}

// What is known about the metric is in the store with its result, and part of what that is kept under.
TEST_F(OwnMetric, IsReusedAsLongAsItIsTheSame) {
  const std::string text = kSearch + "search front = nsga2(population = 8, generations = 2) with direct()\nshow front\n";
  const auto run_with = [&](const std::function<void(HostMetric&)>& change) {
    int count = 0;
    HostMetric metric = attacked();
    change(metric);
    metric.evaluate = [&count, evaluate = metric.evaluate](const HostBatch& batch, std::span<double> values) {
      count += static_cast<int>(values.size());
      return evaluate(batch, values);
    };
    Interpreter interpreter(options_);
    EXPECT_TRUE(interpreter.add(metric));
    interpreter.load_text("own", text);
    EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false) << interpreter.failure_text();
    return std::pair(count, interpreter.result_json("front"));
  };
  const auto [all, first] = run_with([](HostMetric&) {});
  EXPECT_GT(all, 0);
  const auto [none, again] = run_with([](HostMetric&) {});
  EXPECT_EQ(none, 0);
  EXPECT_EQ(again, first);
  const auto [unitless, other] = run_with([](HostMetric& metric) { metric.unit = ""; });
  EXPECT_EQ(unitless, 0);  // values are in SI units
  EXPECT_EQ(other["front"][1]["unit"], "");
  EXPECT_EQ(run_with([](HostMetric& metric) { metric.version = "2"; }).first, all);
  // A store is read where nobody brings the metric.
  Interpreter reader(options_);
  EXPECT_EQ(reader.compare_json("r1.front", "r2.front")["a"]["name"], "r1.front") << reader.failure_text();
}

// A table or a model in a file holds values of any metric that is measured.
TEST_F(OwnMetric, ComesFromAFileToo) {
  const auto found = ran(kSpace + "objective maximize robustness from linear_model(\"" + folder_ +
                         "/accuracy.csv\")\nobjective minimize macs\n"
                         "search front = nsga2(population = 12, generations = 3) with direct()\nshow front\n");
  const auto& column = found["front"]["front"][1];
  EXPECT_EQ(column["unit"], "%");
  EXPECT_GT(column["values"][0].get<double>(), 60);
  EXPECT_LT(column["values"][0].get<double>(), 100);
}

TEST_F(OwnMetric, TwoInterpretersHaveTheirOwn) {
  std::vector<std::string> units(2);
  std::vector<std::thread> threads;
  for (std::size_t k = 0; k < 2; ++k)
    threads.emplace_back([&, k] {
      Options options = options_;
      options.store_folder += std::to_string(k);
      options.output_folder += std::to_string(k);
      HostMetric metric = attacked();
      metric.unit = k == 0 ? "%" : "ms";
      Interpreter interpreter(options);
      EXPECT_TRUE(interpreter.add(metric));
      interpreter.load_text("own", kSearch + "search front = nsga2(population = 8, generations = 2) with direct()\nshow front\n");
      EXPECT_EQ(interpreter.run(), Status::ok);
      units[k] = interpreter.result_json("front")["front"][1]["unit"];
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(units, (std::vector<std::string>{"%", "ms"}));
}

TEST_F(OwnMetric, SeveralFunctionsGiveIt) {
  Interpreter interpreter(options_);
  add_all(interpreter);
  HostMetric second = attacked();
  second.name = "defended";
  EXPECT_TRUE(interpreter.add(second));
  HostMetric third = second;  // says nothing new
  third.name = "hardened";
  third.unit = "";
  third.maximise.reset();
  EXPECT_TRUE(interpreter.add(third));
  std::vector<std::string> own;
  for (const auto& metric : interpreter.metrics_json())
    if (metric["own"]) own.push_back(metric.dump());
  EXPECT_EQ(
      own,
      (std::vector<std::string>{
          R"({"device":"never","dimension":"share","exact":false,"maximise":true,"name":"robustness","own":true,"unit":"%"})",
          R"({"device":"never","dimension":"energy","exact":false,"maximise":false,"name":"carbon","own":true,"unit":"mJ"})",
          R"({"device":"must","dimension":"","exact":false,"maximise":false,"name":"flicker","own":true,"unit":""})"}));
  EXPECT_EQ(interpreter.metrics_json().size(), 8 + own.size());
}

// What a plug-in brings comes with its components.
TEST(MetricsOfARegistry, AreThoseOfTheLanguageAndItsOwn) {
  Registry registry, plugin;
  const MetricKind psnr{"psnr", "", true, false, false, "", 1};
  plugin.add_metric(psnr);
  plugin.add_metric(psnr);
  EXPECT_EQ(plugin.metrics().size(), 9u);
  EXPECT_FALSE(registry.metric("psnr"));
  registry.take(std::move(plugin), "a plug-in");
  ASSERT_TRUE(registry.metric("psnr"));
  EXPECT_EQ(*find_metric(*registry.metric("psnr")), psnr);
  EXPECT_EQ(find_metric(*registry.metric("latency")), find_metric("latency"));
  EXPECT_EQ(find_metric("psnr"), nullptr);  // the language itself has none
  EXPECT_FALSE(registry.metric(""));
}

// A metric may come after a run: the script is checked again.
TEST_F(OwnMetric, ComesAfterARunToo) {
  const std::string text = kSearch + "search front = nsga2(population = 8, generations = 2) with direct()\nshow front\n";
  Interpreter interpreter(options_);
  interpreter.load_text("own", text);
  EXPECT_EQ(interpreter.run(), Status::script_error);
  EXPECT_EQ(interpreter.diagnostics().all()[0].message, "robustness is not known here");
  EXPECT_TRUE(interpreter.add(attacked()));
  EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false);
}

TEST_F(OwnMetric, IsCompletedAndHasAType) {
  Session session(options_);
  add_all(session.interpreter());
  ASSERT_EQ(session.enter("space net = tiny_mobilenet()"), Status::ok);
  const auto completed = [&](const std::string& entry) {
    std::string all;
    for (const auto& candidate : session.complete(entry, entry.size()).candidates)
      all += candidate.text + " (" + candidate.hint + ")\n";
    return all;
  };
  EXPECT_EQ(completed("objective maximize rob"), "robustness (metric, %)\n");
  EXPECT_EQ(completed("objective minimize fl"), "flicker@ (metric)\n");
  EXPECT_EQ(session.type_of("robustness").text, session.type_of("accuracy").text);
  EXPECT_EQ(session.type_of("robustness").status, Status::ok);
}

TEST_F(OwnMetric, MistakesOfScriptsAreThoseOfAnyMetric) {
  const auto search = [](const std::string& tail) {
    return kSpace + "device phone = camera()\nobjective maximize robustness from attacked()\nobjective minimize macs\n" +
           "search front = nsga2(population = 12, generations = 3) with direct()\n  " + tail + "\nshow front\n";
  };
  const std::vector<std::pair<std::string, std::string>> expected = {
      {search("where robustness > 50%"), ""},
      {search("where robustness > 50ms"), "7:22 E303: robustness is compared with a time; write a plain number"},
      {search("where robustness > 5mJ and macs < 1G"), "7:22 E303: robustness is compared with an energy; write a plain number"},
      {search("of robustness, carbon > 5mJ"),
       "7:18 E301: an objective is a metric, and this is a condition on metrics; e.g. accuracy, latency@host, macs"},
      {search("where robustnes > 50%"), "7:9 E201: robustnes is not known here; did you mean robustness?"},
      {search("where psnr > 30"), "7:9 E201: psnr is not known here"},
      {search("of robustness@phone, minimize macs"), "7:6 E703: robustness does not depend on a device; write robustness alone"},
      {search("of robustness, carbon"),
       "7:18 E601: carbon has no source; say where it comes from: objective minimize carbon from meter()"},
      {search("of robustness, flicker@phone"), ""},
      {search("of robustness, minimize latency@phone"), "7:18 E703: phone (camera) cannot give latency; it gives flicker"},
      {search("where carbon < 3"), "7:18 E302: carbon is compared with a plain number; write a unit, e.g. 3mJ"},
      {search("where carbon < 3ms"), "7:18 E303: carbon is compared with a time; this is a time"},
      {search("of robustness + carbon, minimize macs"),
       "7:6 E302: carbon and robustness cannot be added; this is a plain number"},
      {kSpace + "let robustness = 3\nshow robustness\n", "3:5 E202: robustness is the name of a metric; choose another name"},
      {kSpace + "param carbon : int = 3\nshow carbon\n", "3:7 E202: carbon is the name of a metric; choose another name"},
      {kSpace +
           "device camera()\nobjective maximize robustness from camera()\nsearch front = random() with direct()\nshow front\n",
       "4:11 E703: camera cannot give robustness; it gives flicker"},
      {kSpace + "objective maximize accuracy from attacked()\nsearch front = random() with direct()\nshow front\n",
       "3:11 E703: attacked cannot give accuracy; it gives robustness"},
      {kSpace + "objective minimize carbon from table(\"r.csv\")\nsearch front = random() with direct()\nshow front\n",
       "3:32 E302: the table says no unit for carbon; add unit = 1mJ"},
      {kSpace +
           "objective minimize carbon from table(\"r.csv\", unit = 1ms)\nsearch front = random() with direct()\nshow front\n",
       "3:32 E303: the unit of the table is a time, and carbon is an energy; write unit = 1mJ"},
      {kSpace + "device phone = cpu()\nsearch front = random() with direct() of flicker@phone\nshow front\n",
       "4:42 E703: phone (cpu) cannot give flicker; it gives latency, throughput, energy, memory"},
      {kSpace + "predictor lut(file = \"a.csv\", unit = 1ms) of robustness\nshow 1\n",
       "3:46 E703: lut cannot predict robustness; it predicts latency, energy"},
      {kSpace + "profile r = flicker over net { samples = 20 }\nshow r\n",
       "3:13 E204: there is no device in scope; declare one, or name it with flicker@device"},
      {kSpace + "device phone = camera()\nprofile r = flicker over net on phone { strategy = per_operator }\nshow r\n",
       "4:52 E703: flicker of layers does not add up to that of a network; leave the strategy out: whole networks are measured"},
      {kSpace + "device phone = camera()\nprofile r = carbon over net on phone { samples = 20 }\nshow r\n",
       "4:29 E703: carbon does not depend on a device; leave the clause out"},
      {"def space s() {\n  input = image(channels = 1, size = 8)\n  conv(out = choice(4, 8))\n  head = linear(2)\n  require "
       "robustness > "
       "50%\n}\nspace net = s()\nshow net\n",
       "5:11 E201: robustness is not known here"},
  };
  for (const auto& [text, said] : expected) EXPECT_EQ(mistake(text), said) << text;
}

TEST_F(OwnMetric, DeclarationsThatAreWrong) {
  Interpreter interpreter(options_);
  add_all(interpreter);
  const auto refused = [&](const std::function<void(HostMetric&)>& change) { return refusal(interpreter, change); };
  const auto named = [&](const char* name) { return refused([=](HostMetric& m) { m.metric = name; }); };
  const std::string before = interpreter.metrics_json().dump();
  EXPECT_EQ(named("my metric"), "E851: \"my metric\" is no name for a metric; letters, digits and _, and no digit first");
  EXPECT_EQ(named("3d"), "E851: \"3d\" is no name for a metric; letters, digits and _, and no digit first");
  EXPECT_EQ(named(""), "E851: \"\" is no name for a metric; letters, digits and _, and no digit first");
  EXPECT_EQ(named("härte"), "E851: \"härte\" is no name for a metric; letters, digits and _, and no digit first");
  EXPECT_EQ(named("latency@phone"), "E851: \"latency@phone\" is no name for a metric; letters, digits and _, and no digit first");
  for (const char* name : {"where", "of", "search", "let", "maximize", "if", "true", "and", "max", "sqrt", "hypervolume",
                           "spearman", "architecture", "kind", "choice", "repeat", "def", "in", "features"})
    EXPECT_EQ(named(name), fmt::format("E851: {} means something else in the language; give the metric another name", name));
  EXPECT_EQ(
      named("macs"),
      "E851: macs is computed from the network itself; a function gives one of accuracy, loss, latency, energy, throughput");
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "beauty", m.unit = "g"; }),
            "E851: there is no unit \"g\"; units: ns, us, ms, s, min, h, B, KB, MB, GB, KiB, MiB, GiB, uJ, mJ, J, mW, W, Hz, "
            "kHz, MHz, GHz, k, M, G, %, or none");
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "beauty", m.unit = "percent"; }),
            "E851: there is no unit \"percent\"; units: ns, us, ms, s, min, h, B, KB, MB, GB, KiB, MiB, GiB, uJ, mJ, J, mW, W, "
            "Hz, kHz, MHz, GHz, k, M, G, %, or none");
  EXPECT_EQ(
      refused([](HostMetric& m) { m.metric = "beauty", m.unit = "", m.maximise.reset(); }),
      "E851: there is no metric \"beauty\"; a function gives one of accuracy, loss, latency, energy, throughput, or one of its "
      "own, of which it says whether more is better");
  EXPECT_EQ(
      refused([](HostMetric& m) { m.metric = "beauty", m.maximise.reset(); }),
      "E851: it is not said whether more or less beauty is better; of a metric that the language does not have this must be "
      "said");
  // Those of the language are what they are.
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "latency", m.unit = "s", m.maximise.reset(); }),
            "E851: the unit of latency is ms, and s is given; leave the unit out, or give the metric a name of its own");
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "loss", m.maximise.reset(); }),
            "E851: loss has no unit, and % is given; leave the unit out, or give the metric a name of its own");
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "accuracy", m.maximise = false; }),
            "E851: more accuracy is better, and less is given; leave the direction out: a script may write maximize or minimize");
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "accuracy", m.on_device = true; }),
            "E851: accuracy does not depend on a device; give the metric a name of its own");
  // Once it is known, it is the same everywhere.
  EXPECT_EQ(
      refused([](HostMetric& m) { m.unit = ""; }),
      "E851: there is a metric robustness already: printed in %, more is better; this one is without a unit, more is better; "
      "declare them alike, or give it another name");
  EXPECT_EQ(refused([](HostMetric& m) { m.maximise = false; }),
            "E851: there is a metric robustness already: printed in %, more is better; this one is printed in %, less is better; "
            "declare them alike, or give it another name");
  EXPECT_EQ(
      refused([](HostMetric& m) { m.metric = "flicker", m.unit = "", m.maximise = false; }),
      "E851: there is a metric flicker already: without a unit, less is better, of a device; this one is without a unit, less "
      "is better; declare them alike, or give it another name");
  EXPECT_EQ(refused([](HostMetric& m) { m.name = "attacked"; }),
            "E851: there is a source attacked already; give it another name");
  EXPECT_EQ(refused([](HostMetric& m) { m.name = "cpu", m.metric = "jitter", m.on_device = true; }),
            "E851: there is a device cpu already; give it another name");
  EXPECT_EQ(interpreter.metrics_json().dump(), before);  // what was refused has left nothing behind
  EXPECT_EQ(refused([](HostMetric& m) { m.metric = "accuracy"; }), "");
}

TEST_F(OwnMetric, ValuesThatAreNoNumbersAreTold) {
  Interpreter interpreter(options_);
  HostMetric metric = attacked();
  metric.evaluate = [](const HostBatch&, std::span<double> values) -> Result<void> {
    std::fill(values.begin(), values.end(), INFINITY);
    return {};
  };
  ASSERT_TRUE(interpreter.add(metric));
  interpreter.load_text("own", kSearch + "search front = random(evaluations = 3) with direct()\nshow front\n");
  EXPECT_EQ(interpreter.run(), Status::stage_failed);
  const auto& said = interpreter.diagnostics().all().back();
  EXPECT_EQ(said.code, "E845");
  EXPECT_TRUE(said.message.starts_with("attacked gave an infinite value for ")) << said.message;
}

}  // namespace
