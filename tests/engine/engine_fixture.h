#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>

#include "core/component.h"
#include "core/services.h"
#include "embed/interpreter.h"
#include "run/store.h"

namespace nas::testing {

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// Changes what the store keeps of a stage.
inline void change_record(const std::string& store_folder, const std::string& script, const std::string& stage,
                          const std::function<void(nlohmann::json&)>& change) {
  const auto store = Store::open(store_folder);
  ASSERT_TRUE(store);
  const auto latest = (*store)->latest_stage(script, stage);
  ASSERT_TRUE(latest);
  auto record = (*store)->find_stage(latest->key);
  ASSERT_TRUE(record);
  change(record->result);
  ASSERT_TRUE((*store)->save_stage(script, *record));
}

/// Stands in for LibTorch: "weights" are a text that the test chooses, the accuracy of a network follows from that text and
/// the network's MACs.
class FakeRunner : public NetworkRunner {
 public:
  explicit FakeRunner(std::string text) : text_(std::move(text)) {}
  std::string version() const override { return "fake 1"; }
  Result<Weights> train(std::span<const WeightSlot>, const std::function<Network(std::int64_t, int)>&, const Dataset& dataset,
                        const TrainOptions& options, const Progress&) override {
    write_text(options.weights_path, text_);
    Weights weights;
    weights.path = options.weights_path;
    weights.dataset = dataset;
    weights.summary = "trained";
    weights.loss = {{1, 0.5}};
    return weights;
  }
  Result<void> evaluate(const Weights& weights, std::span<const WeightSlot>, std::span<const Network> networks,
                        const EvaluateOptions&, const std::function<bool()>&,
                        const std::function<void(std::size_t, const Score&)>& done) override {
    const std::string text = read_text(weights.path);
    for (std::size_t i = 0; i < networks.size(); ++i)
      done(i, {static_cast<double>(stable_hash(text + std::to_string(networks[i].macs())) % 1000) / 1000, 1, 0});
    return {};
  }
  Result<void> latency(std::span<const Network>, const Network&, const LatencyOptions&, const std::function<bool()>&,
                       const std::function<void(std::size_t, const Measurement&)>&) override {
    return Failure{"E830", "not here", ""};
  }

 private:
  std::string text_;
};

/// How one run went.
struct Outcome {
  Status status = Status::ok;
  std::map<std::string, std::string> action, reason;  ///< by stage, as decided in the end
  std::map<std::string, std::string> planned;         ///< the reasons before the run
  std::vector<std::string> reused, finished;          ///< as the progress events told
  std::vector<std::string> events;                    ///< "started first", "finished first", in their order
  std::string failure, diagnostics, printed;
};

/// Scripts in a folder of their own, run through the embedding interface.
class EngineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_engine_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    write_text(
        folder_ + "/accuracy.csv",
        "gene,option,weight\nintercept,,60\nstage[1].depth,2,3\nstage[1].depth,3,4.5\nstage[2].depth,2,4\nstage[2].depth,3,6\n"
        "stage[1].block[1].kernel,5,0.7\nstage[2].block[1].kernel,5,1.1\nstage[2].block[1].expand,4,1.7\n");
    options_ = base_options(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Runs a script in a new store, stopped at the n-th measurement, then again on two threads; the folder of its files. `Source`
  /// counts what it measures, and calls `at_each` with the count.
  template <typename Source>
  std::string stopped_and_gone_on(const std::string& text, const std::function<void(Registry&)>& extend, int stop) const {
    const std::string folder = folder_ + "/again";
    std::filesystem::create_directory(folder);
    Options options = base_options(folder);
    options.extend = extend;
    options.threads = 2;
    write_text(folder + "/script.nas", text);
    Source::measured = 0;
    {
      Interpreter interpreter(options);
      EXPECT_TRUE(interpreter.load_file(folder + "/script.nas"));
      Source::at_each = [&](int count) {
        if (count == stop) interpreter.cancel();
      };
      EXPECT_EQ(interpreter.run(), Status::interrupted);
      Source::at_each = nullptr;
    }
    EXPECT_EQ(Source::measured, stop);
    Interpreter interpreter(options);
    EXPECT_TRUE(interpreter.load_file(folder + "/script.nas"));
    EXPECT_EQ(interpreter.run(), Status::ok);
    return folder;
  }

  static Options base_options(const std::string& folder) {
    Options options;
    options.store_folder = folder + "/store";
    options.output_folder = folder;
    options.stdlib_folders = {std::string(NAS_SOURCE_DIR) + "/stdlib"};
    options.threads = 1;
    return options;
  }

  static Outcome run(const Options& options, const std::string& folder, const std::string& script) {
    Outcome outcome;
    Callbacks callbacks;
    callbacks.print = [&](const std::string& text) { outcome.printed += text; };
    callbacks.progress = [&](const ProgressEvent& e) {
      if (e.kind == ProgressEvent::Kind::started || e.kind == ProgressEvent::Kind::finished)
        outcome.events.push_back(e.what + " " + e.stage);
      if (e.kind == ProgressEvent::Kind::reused) outcome.reused.push_back(e.stage);
      if (e.kind == ProgressEvent::Kind::finished && e.what == "finished") outcome.finished.push_back(e.stage);
    };
    write_text(folder + "/script.nas", script);
    {
      Interpreter planner(options);
      EXPECT_TRUE(planner.load_file(folder + "/script.nas"));
      planner.plan();
      const auto plan = planner.plan_json();
      for (const auto& stage : plan["stages"]) outcome.planned[stage["name"]] = stage.value("reason", "");
    }
    Interpreter interpreter(options, callbacks);
    EXPECT_TRUE(interpreter.load_file(folder + "/script.nas"));
    outcome.status = interpreter.run();
    const auto plan = interpreter.plan_json();
    for (const auto& stage : plan["stages"]) {
      outcome.action[stage["name"]] = stage.value("action", "");
      outcome.reason[stage["name"]] = stage.value("reason", "");
    }
    outcome.failure = interpreter.failure_text();
    outcome.diagnostics = interpreter.render_diagnostics(false);
    return outcome;
  }
  Outcome run(const std::string& script) const { return run(options_, folder_, script); }
  std::string file(const std::string& name) const { return read_text(folder_ + "/" + name); }
  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ + "/" + name); }

  std::string folder_;
  Options options_;
};

/// A search on a linear model and MACs, with files of each kind that must not depend on the clock.
inline std::string computed_script(const std::string& more = "", int population = 20, int seed = 1) {
  return "seed " + std::to_string(seed) +
         "\nspace net = tiny_mobilenet()\n"
         "objective maximize accuracy from linear_model(\"accuracy.csv\", unit = 1%)\n"
         "objective minimize macs\n"
         "search front = nsga2(population = " +
         std::to_string(population) +
         ", generations = 10)\n"
         "export front as csv to \"out/front.csv\"\n"
         "export front as json to \"out/front.json\"\n"
         "plot pareto(front) to \"out/front.svg\"\n" +
         more;
}

}  // namespace nas::testing
