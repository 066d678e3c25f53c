// Metrics of the program take part as what is measured; what their functions do wrong is told.
#include <cmath>
#include <regex>
#include <stdexcept>

#include "c_fixture.h"

namespace {

using namespace c_api;

class OwnMetric : public CApi {
 protected:
  /// The run of a script whose metric behaves so.
  Said run_with(decltype(Own::function) function) {
    Own& own = new_own();
    own.function = std::move(function);
    return run(with_own(own), kMeasured);
  }
};

TEST_F(OwnMetric, ItsValuesAreMeasuredEachOnce) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  ASSERT_EQ(run(i, kMeasured), Said{});
  const auto front = json(i, NAS_JSON_RESULT, "front");
  EXPECT_EQ(own.networks, front["evaluations"].get<int>());
  EXPECT_LE(own.networks, 24);
  // The exhaustive front of 24 networks is a check that needs no search: accuracy falls with params, macs rises.
  nas_space* net = space(i);
  nas_column accuracy{}, architecture{};
  nas_result* result_of_run = result(i);
  ASSERT_EQ(say(nas_result_find_column, result_of_run, "accuracy", &accuracy), Said{});
  ASSERT_EQ(say(nas_result_find_column, result_of_run, "architecture", &architecture), Said{});
  ASSERT_GT(accuracy.size, 0u);
  EXPECT_STREQ(accuracy.unit, "%");
  EXPECT_EQ(accuracy.measured, 1);
  for (std::size_t row = 0; row < accuracy.size; ++row) {
    std::uint8_t genome[3];
    double params = 0;
    ASSERT_EQ(say(nas_space_parse, net, architecture.texts[row], genome), Said{});
    ASSERT_EQ(say(nas_space_params, net, std::size_t{1}, genome, &params), Said{});
    EXPECT_DOUBLE_EQ(accuracy.numbers[row], 100 * (0.9 - 10 / (20 + params)));
  }
}

TEST_F(OwnMetric, TheStoreReusesValuesOfTheSameVersionAndArguments) {
  const auto evaluated = [&](const char* version, const char* call) {
    Own& own = new_own();
    nas_metric metric = own.metric();
    metric.version = version;
    metric.arguments = R"([{"name": "images", "type": "whole number", "default": 500, "at_least": 1, "help": "how many"}])";
    nas_interpreter* i = interpreter();
    EXPECT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
    std::string text = kMeasured;
    text.replace(text.find("own()"), 5, call);
    EXPECT_EQ(run(i, text), Said{});
    EXPECT_EQ(say(nas_interpreter_destroy, i), Said{});
    EXPECT_EQ(own.released, 1);
    return own.networks;
  };
  const int all = evaluated("1", "own()");
  EXPECT_GT(all, 0);
  EXPECT_EQ(evaluated("1", "own()"), 0);
  EXPECT_EQ(evaluated("1", "own(images = 500)"), 0);
  EXPECT_EQ(evaluated("2", "own()"), all);
  EXPECT_EQ(evaluated("2", "own(images = 9)"), all);
  EXPECT_EQ(evaluated("2", "own()"), 0);
  for (int again = 0; again < 2; ++again) EXPECT_EQ(evaluated("", "own()"), all);  // no version: never reused
  EXPECT_EQ(evaluated(nullptr, "own()"), all);
}

TEST_F(OwnMetric, ItSeesTheArgumentsAndWhatANetworkCosts) {
  Own& own = new_own();
  bool looked = false;
  own.function = [&](const nas_batch& batch, double* values, nas_error* error) {
    looked = true;
    EXPECT_EQ(batch.size, sizeof(nas_batch));
    EXPECT_EQ(batch.gene_count, 3u);
    EXPECT_EQ(nlohmann::json::parse(batch.arguments), nlohmann::json::parse(R"({"images": 9, "kind": "fast", "rate": 0.5})"));
    EXPECT_EQ(batch.cancelled(batch.run), 0);
    EXPECT_EQ(batch.threads, 1);
    std::vector<double> macs(batch.count);
    EXPECT_EQ(say(nas_space_macs, batch.space, batch.count, batch.genomes, macs.data()), Said{});
    for (std::size_t i = 0; i < batch.count; ++i) EXPECT_EQ(macs[i], batch.macs[i]);
    return Own::by_parameters(batch, values, error);
  };
  nas_metric metric = own.metric();
  metric.arguments =
      R"([{"name": "images", "type": "whole number"}, {"name": "kind", "type": "one of slow, fast", "default": "slow"},
                         {"name": "rate", "type": "number", "default": 0.5}])";
  nas_interpreter* i = interpreter();
  ASSERT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
  std::string text = kMeasured;
  text.replace(text.find("own()"), 5, "own(9, kind = \"fast\")");
  EXPECT_EQ(run(i, text), Said{});
  EXPECT_TRUE(looked);
  EXPECT_EQ(run(i, kMeasured), (Said{NAS_SCRIPT_ERROR, "own.nas:13:34: error[E403]: own needs images"}));
}

// What a metric of the program is to searches and tactics, any other measured metric is too.
TEST_F(OwnMetric, TakesPartInEverySearchAndTactic) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  int searches = 0, tactics = 0;
  for (const auto& component : json(i, NAS_JSON_COMPONENTS)) {
    const std::string kind = component["kind"], name = component["name"];
    const auto has = [&](const char* argument) {
      return std::any_of(component["args"].begin(), component["args"].end(),
                         [&](const auto& a) { return a["name"] == argument; });
    };
    std::string text = kSpace + "objective maximize accuracy from own()\n";
    if (kind == "search") {
      std::string arguments;
      for (const auto& [argument, value] :
           {std::pair{"population", "12"}, {"initial", "12"}, {"evaluate", "4"}, {"children", "2"}})
        if (has(argument)) arguments += (arguments.empty() ? "" : ", ") + std::string(argument) + " = " + value;
      if (has("reference")) arguments += ", reference = [90%, 1M]";
      if (component["max_objectives"] > 1) text += "objective minimize macs\n";
      if (has("candidates")) text += "predictor ridge() of accuracy\n";
      text += "search front = " + name + "(" + arguments + ") until evaluations >= 20\n";
      ++searches;
    } else if (kind == "tactic" && name != "warm_start" && name != "popdb") {
      text +=
          "objective minimize macs\npredictor ridge() of accuracy\nsearch front = nsga2(population = 12, generations = 2) with " +
          name + "(" +
          (name == "full"         ? "samples = 12, validate = 4"
           : name == "concurrent" ? "iter = 1, evaluate = 12"
           : name == "islands"    ? "count = 2"
                                  : "") +
          ")\n";
      ++tactics;
    } else {
      continue;
    }
    own.networks = 0;
    ASSERT_EQ(load(i, text), Said{});
    EXPECT_EQ(say(nas_interpreter_run, i), Said{}) << name << "\n" << text;
    EXPECT_GT(json(i, NAS_JSON_RESULT, "front")["evaluations"].get<int>(), 3) << name;
  }
  EXPECT_GE(searches, 15);
  EXPECT_GE(tactics, 3);
}

TEST_F(OwnMetric, AProfileAndAPredictorLearnFromIt) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  EXPECT_EQ(run(i, kSpace + "objective maximize accuracy from own()\npredictor ridge() of accuracy\nobjective minimize macs\n"
                            "search front = nsga2(population = 8, generations = 5) with full(samples = 10, validate = 4)\n"),
            Said{});
  EXPECT_LE(own.networks, 14);
  EXPECT_GT(own.networks, 9);
}

// latency is of a device: the metric is one.
TEST_F(OwnMetric, ALatencyIsADevice) {
  Own& own = new_own();
  own.function = [](const nas_batch& batch, double* values, nas_error*) {
    for (std::size_t i = 0; i < batch.count; ++i) values[i] = batch.macs[i] * 1e-9;
    return static_cast<std::int64_t>(batch.count);
  };
  nas_metric metric = own.metric();
  metric.name = "board";
  metric.metric = "latency";
  nas_interpreter* i = interpreter();
  ASSERT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
  ASSERT_EQ(run(i, kSpace + "device b = board()\nsearch front = nsga2(population = 8, generations = 3) with direct()\n"
                            "  of minimize latency@b, maximize params\n  where latency@b < 1ms\n"),
            Said{});
  nas_column latency{};
  ASSERT_EQ(say(nas_result_find_column, result(i), "latency@b", &latency), Said{});
  EXPECT_STREQ(latency.unit, "ms");
  EXPECT_EQ(run(i, kSpace + "objective maximize accuracy from board()\nsearch front = random(evaluations = 3)\n"),
            (Said{NAS_SCRIPT_ERROR, "own.nas:13:11: error[E703]: board cannot give accuracy"}));
}

TEST_F(OwnMetric, WhatItsFunctionDoesWrongIsTold) {
  const auto failed = [](const std::string& sentence) {
    return Said{NAS_STAGE_FAILED, "own.nas:15:1: error[E845]: " + sentence};
  };
  EXPECT_EQ(run_with([](const nas_batch&, double*, nas_error*) -> std::int64_t { throw std::runtime_error("no GPU is free"); }),
            failed("own failed: no GPU is free"));
  EXPECT_EQ(run_with([](const nas_batch&, double*, nas_error*) -> std::int64_t { throw 7; }),
            failed("own failed: it threw something that is no std::exception"));
  EXPECT_EQ(run_with([](const nas_batch&, double*, nas_error* error) -> std::int64_t {
              std::snprintf(error->text, sizeof error->text, "the weights are gone");
              return -1;
            }),
            failed("own failed: the weights are gone"));
  EXPECT_EQ(run_with([](const nas_batch&, double*, nas_error*) -> std::int64_t { return -5; }),
            failed("own failed: it gave no reason"));
  EXPECT_EQ(run_with([](const nas_batch& batch, double* values, nas_error* error) {
              return Own::by_parameters(batch, values, error) - 1;
            }),
            failed("own failed: it gave 7 values for 8 networks"));
  EXPECT_EQ(run_with([](const nas_batch&, double*, nas_error*) -> std::int64_t { return 0; }),
            failed("own failed: it gave 0 values for 8 networks"));
  const auto with_last = [&](double value) {
    std::string last;
    const Said said = run_with([&](const nas_batch& batch, double* values, nas_error* error) {
      const auto n = Own::by_parameters(batch, values, error);
      values[n - 1] = value;
      last = batch.spellings[n - 1];
      return n;
    });
    EXPECT_TRUE(said.text.ends_with(" for " + last)) << said.text;
    return Said{said.status, said.text.substr(0, said.text.size() - last.size() - 5)};
  };
  EXPECT_EQ(with_last(std::nan("")), failed("own gave no number"));
  EXPECT_EQ(with_last(INFINITY), failed("own gave an infinite value"));
  EXPECT_EQ(with_last(73.5), failed("own gave an accuracy of 73.5"));
  EXPECT_EQ(with_last(-0.1), failed("own gave an accuracy of -0.1"));
  // Nothing of a batch with a fault is in the store: a function that is right again is asked for all of it.
  Own& own = new_own();
  EXPECT_EQ(run(with_own(own), kMeasured), Said{});
  EXPECT_GE(own.networks, 8);
}

TEST_F(OwnMetric, DeclarationsThatAreWrong) {
  nas_interpreter* i = interpreter();
  Own& own = new_own();
  const auto added = [&](const std::function<void(nas_metric&)>& change) {
    nas_metric metric = own.metric();
    change(metric);
    return say(nas_interpreter_add_metric, i, static_cast<const nas_metric*>(&metric));
  };
  const auto bad = [](const std::string& sentence) { return Said{NAS_BAD_VALUE, "nas_interpreter_add_metric: " + sentence}; };
  const auto schema = [&](const char* text) { return added([=](nas_metric& m) { m.arguments = text; }); };
  EXPECT_EQ(added([](nas_metric& m) { m.size = 1; }),
            bad("metric->size is 1, and sizeof(nas_metric) is " + std::to_string(sizeof(nas_metric))));
  EXPECT_EQ(added([](nas_metric& m) { m.name = nullptr; }),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_add_metric: metric->name is NULL"}));
  EXPECT_EQ(added([](nas_metric& m) { m.name = "my metric"; }),
            bad("\"my metric\" is no name for a metric\n  letters, digits and _, and no digit first"));
  EXPECT_EQ(added([](nas_metric& m) { m.name = "table"; }), bad("there is a source table already\n  give it another name"));
  EXPECT_EQ(added([](nas_metric& m) { m.name = "cpu", m.metric = "latency"; }),
            bad("there is a device cpu already\n  give it another name"));
  EXPECT_EQ(added([](nas_metric& m) { m.metric = "beauty"; }),
            bad("there is no metric \"beauty\"\n  a function gives one of accuracy, loss, latency, energy, throughput, or one of "
                "its own, "
                "of which it says whether more is better"));
  EXPECT_EQ(
      added([](nas_metric& m) { m.metric = "macs"; }),
      bad("macs is computed from the network itself\n  a function gives one of accuracy, loss, latency, energy, throughput"));
  EXPECT_EQ(schema("[}"), bad("metric->arguments is no JSON"));
  EXPECT_EQ(schema("{}"), bad("a schema of arguments is a list of objects"));
  EXPECT_EQ(schema("[3]"), bad("an argument needs a name and a type\n  e.g. {\"name\": \"images\", \"type\": \"whole number\", "
                               "\"default\": 500}"));
  EXPECT_EQ(
      schema(R"([{"name": "a", "type": "date"}])"),
      bad("argument a has the type \"date\", which there is none of\n  types: true or false, whole number, number, text, one of "
          "a, b, one or more of a, b, list of whole numbers, list of numbers, list of texts, time, memory, energy, power, "
          "frequency, quantity"));
  EXPECT_EQ(schema(R"([{"name": "a", "type": "whole number", "default": 1.5}])"),
            bad("the default of argument a is no whole number"));
  EXPECT_EQ(schema(R"([{"name": "a", "type": "one or more of x, y", "default": ["z"]}])"),
            bad("the default of argument a is no one or more of x, y"));
  EXPECT_EQ(schema(R"([{"name": "a", "type": "number", "default": 1, "at_least": 2}])"),
            bad("the default of argument a lies outside its bounds"));
  EXPECT_EQ(schema(R"([{"name": "a", "type": "number", "at_least": "two"}])"), bad("at_least of argument a is no number"));
  EXPECT_EQ(schema(R"([{"name": "a b", "type": "text"}])"),
            bad("\"a b\" is no name for an argument of own, or another one has it"));
  EXPECT_EQ(schema(R"([{"name": "a", "type": "text"}, {"name": "a", "type": "text"}])"),
            bad("\"a\" is no name for an argument of own, or another one has it"));
  EXPECT_EQ(own.released, 0);  // what was not taken is not given back
  EXPECT_EQ(added([](nas_metric&) {}), Said{});
  EXPECT_EQ(added([](nas_metric&) {}), bad("there is a source own already\n  give it another name"));
}

// A schema as the library writes its own is read back as what it was.
TEST_F(OwnMetric, SchemasAreThoseOfTheLibrary) {
  nas_interpreter* i = interpreter();
  int taken = 0;
  for (const auto& component : json(i, NAS_JSON_COMPONENTS)) {
    if (component["kind"] != "search" && component["kind"] != "tactic" && component["kind"] != "predictor") continue;
    Own& own = new_own();
    nas_metric metric = own.metric();
    const std::string name = "own_" + component["name"].get<std::string>(), schema = component["args"].dump();
    metric.name = name.c_str();
    metric.arguments = schema.c_str();
    // Stages and labels with a probability are arguments that functions of a program do not take.
    if (std::regex_search(schema, std::regex("\"results?\"|\"block\\(0"))) continue;
    ASSERT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{}) << schema;
    for (const auto& other : json(i, NAS_JSON_COMPONENTS))
      if (other["name"] == name && other["kind"] == "source") {
        EXPECT_EQ(other["args"], component["args"]);
        ++taken;
      }
  }
  EXPECT_GE(taken, 25);
}

TEST_F(OwnMetric, WithoutAFunctionItsValuesAreToldOnly) {
  Own& own = new_own();
  nas_metric metric = own.metric();
  metric.evaluate = nullptr;
  nas_interpreter* i = interpreter();
  ASSERT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
  EXPECT_EQ(run(i, kMeasured),
            (Said{NAS_STAGE_FAILED, "own.nas:15:1: error[E845]: own has no function: its values can be told only"}));
}

}  // namespace
