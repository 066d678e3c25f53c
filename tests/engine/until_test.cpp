// Searches that `until` ends, from the script to the result, interrupted ones too.
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Accuracy from a sleep: a source that takes its time, is journalled, and counts what it measured.
class Slow : public MetricSource {
 public:
  static inline std::atomic<int> measured{0};
  std::string key() const override { return "slow"; }
  std::string provenance() const override { return "slept for"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space&, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      ++measured;
      done(i, {.value = static_cast<double>(archs[i].hash() % 1000) / 1000});
    }
    return {};
  }
};

class UntilTest : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = [](Registry& registry) {
      struct None {};
      registry.add(Declare<None>(ComponentKind::source, "slow", "Sleeps.").gives({"accuracy"}).builds([](const None&, Services&) {
        return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<Slow>()));
      }));
    };
    Slow::measured = 0;
  }
  static std::string measured_script(const std::string& search) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\nsearch front "
           "= " +
           search + "\nshow front.evaluations\n";
  }
};

TEST_F(UntilTest, EvaluationsCountUniqueNetworksExactly) {
  const Outcome outcome = run(measured_script("nsga2(population = 20) until evaluations >= 70"));
  EXPECT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "70\n");
  EXPECT_EQ(Slow::measured, 70);
  // Rounds of a tactic that predicts count what they measure, and are not limited by its own number of rounds.
  const Outcome predicted =
      run("predictor ridge() of accuracy\n" +
          measured_script("nsga2(population = 20, generations = 5) with concurrent(evaluate = 10) until evaluations >= 95"));
  EXPECT_EQ(predicted.status, Status::ok) << predicted.diagnostics << predicted.failure;
  EXPECT_EQ(predicted.printed, "95\n");
}

TEST_F(UntilTest, ThePlanCountsThemAndAnotherEndIsAnotherResult) {
  write_text(folder_ + "/script.nas", measured_script("random() until evaluations >= 40"));
  Interpreter planner(options_);
  ASSERT_TRUE(planner.load_file(folder_ + "/script.nas"));
  ASSERT_EQ(planner.plan(), Status::ok);
  EXPECT_NE(planner.plan_text(false).find("random(evaluations = 1000) over net with"), 0u);
  EXPECT_NE(planner.plan_text(false).find(" until evaluations >= 40\n"), std::string::npos) << planner.plan_text(false);
  EXPECT_NE(planner.plan_text(false).find("at most 40 networks measured\n"), std::string::npos) << planner.plan_text(false);
  ASSERT_EQ(run(measured_script("random() until evaluations >= 40")).status, Status::ok);
  EXPECT_EQ(run(measured_script("random() until evaluations >= 40")).action.at("front"), "reuse");
  EXPECT_EQ(run(measured_script("random() until evaluations >= 50")).reason.at("front"),
            "until is \"evaluations >= 50\", was \"evaluations >= 40\"");
  EXPECT_EQ(Slow::measured, 50);  // the first forty came from the journal
}

// A search that was interrupted does not begin its hour anew. The hour is not waited for: the time that the first run noted down
// is moved beyond it.
TEST_F(UntilTest, ElapsedCountsTheTimeOfInterruptedRuns) {
  const std::string script = measured_script("random() until elapsed > 1h");
  write_text(folder_ + "/script.nas", script);
  sqlite3* database = nullptr;
  const auto noted = [&] {
    sqlite3_stmt* query = nullptr;
    int evaluations = 0;
    if (sqlite3_prepare_v2(database, "SELECT evaluations FROM elapsed ORDER BY evaluations DESC LIMIT 1", -1, &query, nullptr) ==
            SQLITE_OK &&
        sqlite3_step(query) == SQLITE_ROW)
      evaluations = sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    return evaluations;
  };
  {
    Interpreter interpreter(options_);
    ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
    std::thread stop([&] {
      const std::string path = folder_ + "/store/store.sqlite";
      while (Slow::measured == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
      EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
      while (noted() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
      interpreter.cancel();
    });
    EXPECT_EQ(interpreter.run(), Status::interrupted);
    stop.join();
  }
  EXPECT_EQ(sqlite3_exec(database, "UPDATE elapsed SET seconds = 4000", nullptr, nullptr, nullptr), SQLITE_OK);
  const int evaluations = noted(), before = Slow::measured;
  sqlite3_close(database);
  const Outcome outcome = run(script);
  EXPECT_EQ(outcome.status, Status::ok) << outcome.failure;
  EXPECT_EQ(outcome.printed, std::to_string(evaluations) + "\n");
  EXPECT_EQ(Slow::measured, before);
  EXPECT_EQ(run(script).action.at("front"), "reuse");
}

}  // namespace
