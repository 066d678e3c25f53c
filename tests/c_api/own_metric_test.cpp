// Metrics that the language does not have, as a C program declares them.
#include <cstddef>
#include <limits>
#include <nas/nas.hpp>

#include "c_fixture.h"

namespace {

using namespace c_api;

const std::string kRobust = kSpace +
                            "objective maximize robustness from own()\nobjective minimize macs\npredictor ridge() of robustness\n"
                            "search front = nsga2(population = 8, generations = 3) with ";

class Brought : public CApi {
 protected:
  nas_metric robustness() {
    nas_metric metric = new_own().metric();
    metric.metric = "robustness";
    metric.unit = "%";
    metric.better = NAS_MORE_IS_BETTER;
    return metric;
  }
  Said added(nas_interpreter* i, const std::function<void(nas_metric&)>& change) {
    nas_metric metric = robustness();
    change(metric);
    return say(nas_interpreter_add_metric, i, static_cast<const nas_metric*>(&metric));
  }
};

TEST_F(Brought, IsMeasuredPredictedAndAColumn) {
  for (const char* tactic : {"direct()", "concurrent(iter = 1, evaluate = 12)"}) {
    std::vector<std::string> results;
    for (const int threads : {1, 2}) {
      options_.threads = threads;
      options_.fresh = 1;
      nas_interpreter* i = interpreter();
      ASSERT_EQ(added(i, [](nas_metric&) {}), Said{});
      ASSERT_EQ(
          run(i, kRobust + tactic + "\n  of robustness, minimize macs where robustness > 50%\nshow front.best.robustness\n"),
          Said{});
      nas_column column{};
      ASSERT_EQ(say(nas_result_find_column, result(i), "robustness", &column), Said{});
      EXPECT_STREQ(column.unit, "%");
      EXPECT_EQ(column.measured, 1);
      ASSERT_GT(column.size, 0u);
      for (std::size_t row = 0; row < column.size; ++row) EXPECT_GT(column.numbers[row], 50);
      results.push_back(json(i, NAS_JSON_RESULT, "front").dump());
    }
    EXPECT_EQ(results[0], results[1]) << tactic;
  }
}

TEST_F(Brought, IsListedAndTold) {
  nas_interpreter* i = interpreter();
  const auto listed = json(i, NAS_JSON_METRICS).size();
  ASSERT_EQ(added(i, [](nas_metric& m) { m.unit = nullptr, m.on_device = 1, m.better = NAS_LESS_IS_BETTER; }), Said{});
  const auto metrics = json(i, NAS_JSON_METRICS);
  ASSERT_EQ(metrics.size(), listed + 1);
  EXPECT_EQ(metrics.back(), nlohmann::json({{"name", "robustness"},
                                            {"unit", ""},
                                            {"dimension", ""},
                                            {"maximise", false},
                                            {"exact", false},
                                            {"device", "must"},
                                            {"own", true}}));
  ASSERT_EQ(load(i, kSpace + "device phone = own()\nsearch front = random(evaluations = 4) of robustness@phone\n"), Said{});
  nas_search* search = nullptr;
  ASSERT_EQ(say(nas_interpreter_search, i, "front", &search), Said{});
  nas_search_metric metric{};
  ASSERT_EQ(say(nas_search_metric_at, search, std::size_t{0}, &metric), Said{});
  EXPECT_STREQ(metric.label, "robustness@phone");
  EXPECT_EQ(metric.computed, 0);
}

TEST_F(Brought, WhatIsDeclaredWronglyIsRefused) {
  nas_interpreter* i = interpreter();
  const auto bad = [](const std::string& sentence) { return Said{NAS_BAD_VALUE, "nas_interpreter_add_metric: " + sentence}; };
  const auto listed = json(i, NAS_JSON_METRICS);
  EXPECT_EQ(added(i, [](nas_metric& m) { m.better = 2; }), bad("metric->better is 2, and a nas_better is -1, 0 or 1"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.better = std::numeric_limits<std::int32_t>::min(); }),
            bad("metric->better is -2147483648, and a nas_better is -1, 0 or 1"));
  EXPECT_EQ(
      added(i, [](nas_metric& m) { m.better = NAS_AS_KNOWN; }),
      bad("it is not said whether more or less robustness is better\n  of a metric that the language does not have this must "
          "be said"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.metric = "robust ness"; }),
            bad("\"robust ness\" is no name for a metric\n  letters, digits and _, and no digit first"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.metric = "minimize"; }),
            bad("minimize means something else in the language\n  give the metric another name"));
  EXPECT_EQ(
      added(i, [](nas_metric& m) { m.unit = "db"; }),
      bad("there is no unit \"db\"\n  units: ns, us, ms, s, min, h, B, KB, MB, GB, KiB, MiB, GiB, uJ, mJ, J, mW, W, Hz, kHz, "
          "MHz, GHz, k, M, G, %, or none"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.metric = "energy", m.better = NAS_LESS_IS_BETTER; }),
            bad("the unit of energy is mJ, and % is given\n  leave the unit out, or give the metric a name of its own"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.metric = "energy", m.unit = nullptr; }),
            bad("less energy is better, and more is given\n  leave the direction out: a script may write maximize or minimize"));
  EXPECT_EQ(json(i, NAS_JSON_METRICS), listed);
  EXPECT_EQ(added(i, [](nas_metric&) {}), Said{});
  EXPECT_EQ(added(i, [](nas_metric& m) { m.name = "second", m.unit = "J"; }),
            bad("there is a metric robustness already: printed in %, more is better\n  this one is printed in J, more is better; "
                "declare them alike, or give it another name"));
  EXPECT_EQ(added(i, [](nas_metric& m) { m.name = "second"; }), Said{});
}

TEST_F(Brought, IsNotKnownWhereNobodyBringsIt) {
  Own& own = new_own();
  EXPECT_EQ(run(with_own(own), kRobust + "direct()\n"),
            (Said{NAS_SCRIPT_ERROR, "own.nas:13:20: error[E201]: robustness is not known here"}));
}

// A program that was built before there were such metrics gives a shorter struct.
TEST_F(Brought, AnEarlierStructIsRead) {
  Own& own = new_own();
  nas_metric metric = own.metric();
  metric.size = offsetof(nas_metric, unit);
  metric.unit = "no text is read here";
  metric.better = 77;
  nas_interpreter* i = interpreter();
  ASSERT_EQ(say(nas_interpreter_add_metric, i, static_cast<const nas_metric*>(&metric)), Said{});
  EXPECT_EQ(run(i, kMeasured), Said{});
  metric.size -= 1;
  metric.name = "other";
  EXPECT_EQ(say(nas_interpreter_add_metric, i, static_cast<const nas_metric*>(&metric)).status, NAS_BAD_VALUE);
}

TEST_F(Brought, TheWrapperOfCppDeclaresIt) {
  nas::abi::Options options;
  options.store_folder = store_;
  options.output_folder = folder_;
  options.stdlib_folder = stdlib_;
  nas::abi::Interpreter interpreter = nas::abi::Interpreter::create(std::move(options)).value();
  nas::abi::Metric metric;
  metric.name = "own";
  metric.metric = "robustness";
  metric.unit = "%";
  metric.evaluate = [](const nas_batch& batch, std::span<double> values) { Own::by_parameters(batch, values.data(), nullptr); };
  EXPECT_FALSE(interpreter.add(metric));
  metric.better = NAS_MORE_IS_BETTER;
  interpreter.add(metric).value();
  interpreter.load_text("own.nas", kRobust + "direct()\n").value();
  interpreter.run().value();
  auto found = interpreter.result("front").value();
  EXPECT_EQ(found.column("robustness").value().unit, "%");
}

}  // namespace
