// The door for programs: threads, cancelling, callbacks, typed results, what is forgotten and what is kept.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "../engine/engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct NoArgs {};

/// Accuracy that has to be measured: a function of the genes, a moment a network.
class Slow : public MetricSource {
 public:
  explicit Slow(std::atomic<int>& count) : count_(count) {}
  std::string key() const override { return "slow"; }
  std::string provenance() const override { return "measured by the test"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      ++count_;
      done(i, {static_cast<double>(stable_hash(space.spell(archs[i])) % 1000) / 1000, 0.001, 3});
    }
    return {};
  }

 private:
  std::atomic<int>& count_;
};

std::function<void(Registry&)> with_slow(std::atomic<int>& count) {
  return [&count](Registry& registry) {
    registry.add(Declare<NoArgs>(ComponentKind::source, "slow", "Takes its time.")
                     .gives({"accuracy"})
                     .builds([&count](const NoArgs&, Services&) {
                       return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<Slow>(count)));
                     }));
  };
}

const std::string kSlow =
    "seed 4\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\n"
    "search front = random(evaluations = 300) with direct()\nexport front as csv to \"front.csv\"\n";

class Embedded : public EngineTest {};

TEST_F(Embedded, NothingLoadedIsABadCallAndNotACrash) {
  Interpreter interpreter(options_);
  EXPECT_EQ(interpreter.check(), Status::bad_usage);
  EXPECT_EQ(interpreter.run(), Status::bad_usage);
  EXPECT_EQ(interpreter.failure_text(), "no script is loaded");
  EXPECT_TRUE(interpreter.plan_json().is_null());
  EXPECT_TRUE(interpreter.result_json("front").is_null());
  EXPECT_FALSE(interpreter.front("front"));
  EXPECT_TRUE(interpreter.result_names().empty());
  EXPECT_EQ(interpreter.run_id(), "");
  EXPECT_FALSE(interpreter.formatted());
}

TEST_F(Embedded, AFileThatCannotBeReadSaysWhy) {
  write_text(folder_ + "/quickstart.nas", "seed 1\n");
  Interpreter interpreter(options_);
  EXPECT_FALSE(interpreter.load_file(folder_ + "/quikstart.nas"));
  EXPECT_EQ(interpreter.failure_text(),
            "there is no file " + folder_ + "/quikstart.nas\n  did you mean " + folder_ + "/quickstart.nas?");
  EXPECT_FALSE(interpreter.load_file(folder_));
  EXPECT_EQ(interpreter.failure_text(), folder_ + " is a folder, not a file");
  EXPECT_TRUE(interpreter.load_file(folder_ + "/quickstart.nas"));
  EXPECT_EQ(interpreter.failure_text(), "");
}

TEST_F(Embedded, AFrontIsTheSameTypedAndAsJson) {
  Interpreter interpreter(options_);
  interpreter.load_text("computed",
                        "seed 1\nspace net = tiny_mobilenet()\nsearch front = nsga2(population = 12, generations = 5) with "
                        "direct()\n  of maximize params, minimize macs\n");
  ASSERT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false);
  EXPECT_EQ(interpreter.result_names(), std::vector<std::string>{"front"});
  const auto front = interpreter.front("front");
  ASSERT_TRUE(front);
  const auto json = interpreter.result_json("front");
  EXPECT_EQ(front->evaluations, json["evaluations"].get<std::int64_t>());
  EXPECT_EQ(front->hypervolume, json["hypervolume"].get<double>());
  ASSERT_EQ(front->columns.size(), json["front"].size());
  const FrontColumn *architecture = front->find("architecture"), *params = front->find("params");
  ASSERT_TRUE(architecture && params);
  EXPECT_EQ(front->find("weight"), nullptr);
  EXPECT_EQ(architecture->texts, json["front"][0]["values"].get<std::vector<std::string>>());
  EXPECT_TRUE(architecture->numbers.empty());
  EXPECT_EQ(params->numbers.size(), front->size());
  EXPECT_EQ(params->unit, "M");
  EXPECT_TRUE(params->measured);
  // The best by the first objective comes first, and the front falls from there.
  for (std::size_t i = 1; i < front->size(); ++i) EXPECT_LT(params->numbers[i], params->numbers[i - 1]);
  EXPECT_FALSE(interpreter.front("net"));
}

TEST_F(Embedded, LoadingForgetsTheScriptBefore) {
  std::filesystem::create_directories(folder_ + "/sub");
  write_text(folder_ + "/sub/a.nas", "space net = tiny_mobilnet()\n");
  Interpreter interpreter(options_);
  ASSERT_TRUE(interpreter.load_file(folder_ + "/sub/a.nas"));
  EXPECT_EQ(interpreter.check(), Status::script_error);
  EXPECT_EQ(interpreter.diagnostics().error_count(), 1u);
  interpreter.cancel();
  interpreter.load_text("b", "show 1 + 1\n");
  EXPECT_TRUE(interpreter.diagnostics().all().empty());
  EXPECT_EQ(interpreter.render_diagnostics(false), "");
  EXPECT_TRUE(interpreter.plan_json().is_null());
  EXPECT_EQ(interpreter.run(), Status::ok);  // not cancelled any more
  // Files of a text are relative to the current folder, not to the folder of the file before.
  write_text(folder_ + "/sub/weights.csv", "gene,option,weight\nintercept,,60\n");
  interpreter.load_text("c",
                        "space net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"weights.csv\")\nsearch "
                        "front = random(evaluations = 2)\n");
  EXPECT_EQ(interpreter.plan(), Status::script_error);
  ASSERT_FALSE(interpreter.diagnostics().all().empty());
  EXPECT_EQ(interpreter.diagnostics().all()[0].message, "there is no file weights.csv");
}

TEST_F(Embedded, CancellingLosesNothingAndARunThatFollowsGoesOn) {
  std::atomic<int> count{0};
  options_.extend = with_slow(count);
  std::string text;
  {
    Interpreter interpreter(options_);
    interpreter.load_text("slow.nas", kSlow);
    std::thread other([&] {
      while (count < 20) std::this_thread::yield();
      interpreter.cancel();
    });
    EXPECT_EQ(interpreter.run(), Status::interrupted);
    other.join();
    EXPECT_FALSE(exists("front.csv"));
    EXPECT_EQ(interpreter.run(), Status::interrupted);  // it stays cancelled
    EXPECT_LT(count, 300);
    interpreter.load_text("slow.nas", kSlow);
    EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.failure_text() << interpreter.render_diagnostics(false);
    EXPECT_EQ(count, 300);  // no network was measured twice
    text = file("front.csv");
  }
  Options fresh = options_;
  fresh.store_folder = folder_ + "/undisturbed";
  Interpreter interpreter(fresh);
  interpreter.load_text("slow.nas", kSlow);
  ASSERT_EQ(interpreter.run(), Status::ok);
  EXPECT_EQ(file("front.csv"), text);
}

TEST_F(Embedded, ACallbackMayCancel) {
  std::atomic<int> count{0};
  options_.extend = with_slow(count);
  Interpreter* self = nullptr;
  Callbacks callbacks;
  callbacks.progress = [&](const ProgressEvent& event) {
    if (event.what == "measuring accuracy" && event.done >= 7) self->cancel();
  };
  Interpreter interpreter(options_, callbacks);
  self = &interpreter;
  interpreter.load_text("slow.nas", kSlow);
  EXPECT_EQ(interpreter.run(), Status::interrupted);
  EXPECT_GE(count, 7);
  EXPECT_LE(count, 9);
}

TEST_F(Embedded, CallbacksComeOneAtATimeAndTellWhatBecameOfEachStage) {
  std::atomic<int> inside{0}, overlaps{0};
  std::vector<std::string> told;
  Callbacks callbacks;
  const auto enter = [&] { overlaps += inside++ != 0; };
  callbacks.print = [&](const std::string&) {
    enter();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --inside;
  };
  callbacks.progress = [&](const ProgressEvent& event) {
    enter();
    static const char* words[] = {"started", "", "finished", "reused", "skipped", "failed"};
    if (event.kind != ProgressEvent::Kind::step) told.push_back(event.stage + " " + words[static_cast<int>(event.kind)]);
    --inside;
  };
  options_.threads = 4;
  const std::string script =
      "space net = tiny_mobilenet()\nshow 1\nsearch a = random(evaluations = 5) of minimize macs\n"
      "when a.evaluations > 100 { search b = random(evaluations = 5) of minimize params }\n"
      "otherwise { search c = random(evaluations = 5) of minimize params where macs < 300k and 1 * params > 60k }\n";
  Interpreter interpreter(options_, callbacks);
  interpreter.load_text("stages", script);
  EXPECT_EQ(interpreter.run(), Status::empty_result);
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::string>{"a finished", "a started", "b skipped", "c failed", "c started"}));
  told.clear();
  EXPECT_EQ(interpreter.run(), Status::empty_result);
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::string>{"a reused", "b skipped", "c failed", "c started"}));
  EXPECT_EQ(overlaps, 0);
}

// Run under the thread sanitizer too: tests/embed is part of that preset.
TEST_F(Embedded, InterpretersInSeveralThreadsDoNotMeet) {
  std::atomic<int> count{0};
  options_.extend = with_slow(count);
  options_.threads = 2;
  const std::string script =
      "seed 9\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\npredictor ridge() "
      "of accuracy\n"
      "search front = nsga2(population = 16, generations = 6) with concurrent(iter = 2, evaluate = 10)\nexport front as csv to "
      "\"front.csv\"\n";
  auto run_in = [&](const std::string& output, const std::string& store) {
    Options options = options_;
    options.output_folder = folder_ + "/" + output;
    options.store_folder = folder_ + "/" + store;
    Interpreter interpreter(options);
    interpreter.load_text("shared.nas", script);
    const Status status = interpreter.run();
    return status == Status::ok ? file(output + "/front.csv")
                                : interpreter.failure_text() + interpreter.render_diagnostics(false);
  };
  const std::string alone = run_in("alone", "store_alone");
  ASSERT_TRUE(alone.starts_with("ks,e,d,accuracy")) << alone;
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      // Two with stores of their own, two that share one.
      found[static_cast<std::size_t>(i)] = run_in(fmt::format("o{}", i), fmt::format("s{}", std::min(i, 2)));
    });
  // Meanwhile a fifth checks, explains and documents.
  for (int i = 0; i < 5; ++i) {
    Interpreter other(options_);
    other.load_text("other", "space net = tiny_mobilnet()\nshow net.macs\n");
    EXPECT_EQ(other.check(), Status::script_error);
    EXPECT_TRUE(other.explain_text("E302"));
    EXPECT_TRUE(other.doc_text("nsga2"));
  }
  for (auto& thread : threads) thread.join();
  for (const auto& text : found) EXPECT_EQ(text, alone);
}

TEST_F(Embedded, SearchesOfTheStoreCompareUnlessTheirRecordsDoNotFit) {
  const auto searched = [&](int seed) {
    Interpreter interpreter(options_);
    interpreter.load_text(
        "search", fmt::format("seed {}\nspace net = tiny_mobilenet()\nsearch front = random(evaluations = 40) of minimize "
                              "macs, maximize params\n",
                              seed));
    return interpreter.run();
  };
  Interpreter interpreter(options_);
  EXPECT_TRUE(interpreter.compare_json("r1", "r2").is_null());
  EXPECT_EQ(interpreter.failure_text(), "there is no run store in " + options_.store_folder);
  for (int seed = 1; seed <= 2; ++seed) ASSERT_EQ(searched(seed), Status::ok);
  const nlohmann::json found = interpreter.compare_json("r1", "r2.front");
  EXPECT_EQ(found["a"]["name"], "r1.front");
  EXPECT_EQ(found["a"]["evaluations"], 40.0);
  EXPECT_EQ(found["b"]["shares"].size(), 1u);
  EXPECT_EQ(found["least_p"], 1.0);
  const auto changed = [&](const std::function<void(nlohmann::json&)>& change) {
    change_record(options_.store_folder, "search", "front", change);
    EXPECT_TRUE(interpreter.compare_json("r1", "r2").is_null());
    return interpreter.failure_text();
  };
  EXPECT_EQ(changed([](auto& record) { record["objectives"][0]["expression"]["dimension"] = "time"; }),
            "r1.front and r2.front have different units in their objectives\n"
            "  r1.front: minimize macs (a plain number), maximize params (a plain number); "
            "r2.front: minimize macs (a time), maximize params (a plain number)");
  EXPECT_EQ(changed([](auto& record) { record = {{"rows", 3}}; }), "the record of r2.front is damaged\n  run its script again");
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((options_.store_folder + "/store.sqlite").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "DELETE FROM stages WHERE run = 'r2'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  EXPECT_TRUE(interpreter.compare_json("r1", "r2").is_null());
  EXPECT_EQ(interpreter.failure_text(), "the result of r2.front is gone from the run store\n  run its script again");
}

TEST_F(Embedded, TheStoreTellsOfItsRuns) {
  Interpreter interpreter(options_);
  EXPECT_TRUE(interpreter.runs_json().empty());
  EXPECT_EQ(interpreter.failure_text(), "there is no run store in " + options_.store_folder);
  interpreter.load_text("one", "show 1\n");
  ASSERT_EQ(interpreter.run(), Status::ok);
  EXPECT_EQ(interpreter.run_id(), "r1");
  EXPECT_EQ(interpreter.runs_json().size(), 1u);
  EXPECT_EQ(interpreter.failure_text(), "");
  EXPECT_TRUE(interpreter.run_record_json("r7").is_null());
  EXPECT_EQ(interpreter.failure_text(), "there is no run r7");
  EXPECT_EQ(interpreter.run_record_json("r1")["script"], "one");
  EXPECT_TRUE(interpreter.diff_runs_json("r1", "r1").empty());
  EXPECT_TRUE(interpreter.diff_runs_json("r1", "r7").is_null());
}

}  // namespace
