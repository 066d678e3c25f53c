// How runs end, and that the same script gives the same bytes.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <map>
#include <sstream>
#include <thread>

#include "engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Ending : public EngineTest {};

TEST_F(Ending, ARequirementThatIsNotMetEndsWithFour) {
  const Outcome outcome = run(computed_script("require front.evaluations > 100000, \"too few networks\"\n"));
  EXPECT_EQ(outcome.status, Status::requirement_not_met);
  EXPECT_EQ(outcome.failure, "too few networks\n  front.evaluations > 100000");
  EXPECT_TRUE(exists("out/front.csv"));  // what came before it was made
  EXPECT_EQ(run(computed_script("require front.evaluations > 5, \"too few networks\"\n")).status, Status::ok);
}

TEST_F(Ending, NothingFeasibleEndsWithFiveAndTheNearestValue) {
  const auto script = [](const std::string& algorithm) {
    return "seed 3\nspace net = tiny_mobilenet()\nobjective maximize params\nobjective minimize macs\nsearch front = " +
           algorithm + " where macs < 300k and 1 * params > 60k\n";
  };
  // Either can be met, so that only the search finds that both cannot (of plain MACs and parameters it would be proven before).
  // NSGA-II drives the violation down to that of the smallest network, which misses one condition by much and the other not at
  // all.
  const Outcome driven = run(script("nsga2(population = 40, generations = 60)"));
  EXPECT_EQ(driven.status, Status::empty_result) << driven.diagnostics;
  EXPECT_TRUE(
      driven.failure.starts_with("no network of net met the conditions of front\n"
                                 "  macs < 300000: the smallest value seen is 274800; "
                                 "1 * params > 60000: the largest value seen is "))
      << driven.failure;
  const Outcome drawn = run(script("random(evaluations = 50)"));
  EXPECT_EQ(drawn.status, Status::empty_result) << drawn.diagnostics;
  EXPECT_TRUE(
      drawn.failure.starts_with("no network of net met the conditions of front\n  macs < 300000: the smallest value seen is "))
      << drawn.failure;
}

// The objectives of the computed script are known of the best network too, with their dimensions.
TEST_F(Ending, TheBestNetworkHasItsMetrics) {
  EXPECT_EQ(run(computed_script("require front.best.macs > 1k and front.best.params > 1k\n")).status, Status::ok);
  const Outcome missed = run(computed_script("require front.best.macs < 1k, \"too many\"\n"));
  EXPECT_EQ(missed.status, Status::requirement_not_met);
  EXPECT_EQ(missed.failure, "too many\n  front.best.macs < 1k");
}

// A device of half the rates takes twice as long.
TEST_F(Ending, OfSeveralDevicesThePartOfEachIsToldByItsName) {
  const Outcome outcome = run(
      "space net = tiny_mobilenet()\ndevice fast = sim(peak = 200GHz, bandwidth = 20GB / 1s, launch = 0s)\n"
      "device slow = sim(peak = 100GHz, bandwidth = 10GB / 1s, launch = 0s)\n"
      "search front = random(evaluations = 20) of minimize latency@fast, minimize latency@slow, maximize params\n"
      "search runs = random(evaluations = 20) of minimize latency@fast, minimize latency@slow { seeds = 1..2 }\n"
      "show front.best.latency@slow / front.best.latency@fast, mean(runs.best.latency@slow) / mean(runs.best.latency@fast)\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "2  2\n");
}

TEST_F(Ending, TextsAreFilledInWithResultsAfterTheRun) {
  const Outcome outcome =
      run(computed_script("let what = \"best\"\nshow \"the ${what}: ${front.best.macs}, ${1 + 1}\", front.best.macs\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.failure;
  const auto at = outcome.printed.find("the best: ");
  ASSERT_NE(at, std::string::npos) << outcome.printed;
  const std::string macs = outcome.printed.substr(at + 10, outcome.printed.find(',', at) - at - 10);
  EXPECT_GT(std::stod(macs), 1000);
  EXPECT_NE(outcome.printed.find("the best: " + macs + ", 2  " + macs), std::string::npos) << outcome.printed;
}

TEST_F(Ending, WhenAndOtherwiseTakeOneBranch) {
  const auto script = [](int least) {
    return computed_script("when front.evaluations >= " + std::to_string(least) +
                           " { export front as csv to \"many.csv\" }\notherwise { export front as csv to \"few.csv\" }\n");
  };
  ASSERT_EQ(run(script(1)).status, Status::ok);
  EXPECT_TRUE(exists("many.csv"));
  EXPECT_FALSE(exists("few.csv"));
  std::filesystem::remove(folder_ + "/many.csv");
  ASSERT_EQ(run(script(100000)).status, Status::ok);
  EXPECT_FALSE(exists("many.csv"));
  EXPECT_TRUE(exists("few.csv"));
}

TEST_F(Ending, AFileThatIsMissingStopsBeforeAnythingRuns) {
  std::filesystem::remove(folder_ + "/accuracy.csv");
  const Outcome outcome = run(computed_script());
  EXPECT_EQ(outcome.status, Status::script_error);
  EXPECT_NE(outcome.diagnostics.find("error[E801]: there is no file " + folder_ + "/accuracy.csv"), std::string::npos)
      << outcome.diagnostics;
  EXPECT_TRUE(outcome.finished.empty());
}

TEST_F(Ending, AnOutputThatCannotBeWrittenStopsBeforeAnythingRuns) {
  write_text(folder_ + "/out", "a file where a folder is wanted");
  const Outcome outcome = run(computed_script());
  EXPECT_EQ(outcome.status, Status::script_error);
  EXPECT_NE(
      outcome.diagnostics.find("error[E803]: out/front.csv cannot be written: the folder " + folder_ + "/out is not writable"),
      std::string::npos)
      << outcome.diagnostics;
  EXPECT_TRUE(outcome.finished.empty());
}

std::string files_of(const std::string& folder) {
  return read_text(folder + "/out/front.csv") + read_text(folder + "/out/front.json") + read_text(folder + "/out/front.svg");
}

TEST_F(Ending, TheSameSeedGivesTheSameBytesOnOneThreadOnTwoAndInAFreshRun) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  const std::string bytes = files_of(folder_);
  EXPECT_GT(bytes.size(), 1000u);
  options_.fresh = true;
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  EXPECT_EQ(files_of(folder_), bytes);
  options_.threads = 2;
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  EXPECT_EQ(files_of(folder_), bytes);
  ASSERT_EQ(run(computed_script("", 20, 2)).status, Status::ok);
  EXPECT_NE(files_of(folder_), bytes);
}

constexpr const char* kTwoSearches =
    "seed 3\nspace net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"accuracy.csv\", unit = 1%)\nobjective "
    "minimize macs\n"
    "search first = nsga2(population = 20, generations = 10)\n"
    "search second = random(evaluations = 200)\n"
    "show first.best.macs\n"
    "plot pareto(first, second) to \"out/front.svg\"\n"
    "export second as csv to \"out/front.csv\"\n"
    "export first as json to \"out/front.json\"\n";

TEST_F(Ending, AFullDiskFailsTheOutputAndLeavesTheOldFileWhole) {
  const auto script = [](int seed) {
    return "seed " + std::to_string(seed) +
           "\nspace net = tiny_mobilenet()\nobjective minimize macs\nobjective maximize params\n"
           "search front = random(evaluations = 300) { seeds = " +
           std::to_string(seed) + ".." + std::to_string(seed + 7) + " }\nreport front to \"out/report.html\"\n";
  };
  ASSERT_EQ(run(script(1)).status, Status::ok);
  const std::string before = file("out/report.html");
  ASSERT_GT(before.size(), 310u * 1024);
  std::filesystem::remove_all(options_.store_folder);  // its log would grow beyond the limit first
  const pid_t child = fork();
  if (child == 0) {
    // A file cannot grow beyond this, as on a full disk; the store is smaller.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{300 * 1024, 300 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    const Outcome outcome = run(script(100));
    const bool told =
        outcome.diagnostics.find("error[E806]: no room on the disk for " + folder_ + "/out/report.html\n") != std::string::npos &&
        outcome.diagnostics.find("free some space and run again: nothing is lost") != std::string::npos;
    _exit(told ? static_cast<int>(outcome.status) : 99);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(Status::stage_failed));
  EXPECT_EQ(file("out/report.html"), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ + "/out"), {}), 1);  // nothing half-written beside it
  // With room again the searches are there already.
  const Outcome again = run(script(100));
  ASSERT_EQ(again.status, Status::ok);
  EXPECT_EQ(again.reused.size(), 8u);
}

TEST_F(Ending, IndependentStagesRunSideBySideAndGiveTheSameBytes) {
  const Outcome one = run(kTwoSearches);
  ASSERT_EQ(one.status, Status::ok) << one.diagnostics;
  EXPECT_EQ(one.events[0], "started first");
  EXPECT_EQ(one.events[1], "finished first");
  const std::string bytes = files_of(folder_);
  EXPECT_GT(bytes.size(), 1000u);
  options_.fresh = true;
  options_.threads = 2;
  const Outcome two = run(kTwoSearches);
  ASSERT_EQ(two.status, Status::ok);
  EXPECT_EQ(two.events[0], "started first");
  EXPECT_EQ(two.events[1], "started second");
  EXPECT_EQ(files_of(folder_), bytes);
  EXPECT_EQ(two.printed, one.printed);
}

TEST_F(Ending, StagesOfEqualWordsHaveStreamsOfTheirOwn) {
  const std::string head = "seed 1\nspace net = tiny_mobilenet()\nobjective minimize macs\nobjective minimize params\n";
  const std::string script = head +
                             "search a = random(evaluations = 30)\nsearch b = random(evaluations = 30)\n"
                             "export a.archive as csv to \"out/a.csv\"\nexport b.archive as csv to \"out/b.csv\"\n";
  ASSERT_EQ(run(script).status, Status::ok);
  const std::string a = file("out/a.csv"), b = file("out/b.csv");
  EXPECT_NE(a, b);
  std::filesystem::remove_all(folder_ + "/out");
  ASSERT_EQ(run(script).status, Status::ok);  // from the store: neither stands in for the other
  EXPECT_EQ(file("out/a.csv"), a);
  EXPECT_EQ(file("out/b.csv"), b);
}

TEST_F(Ending, ARunOfAFamilyIsTheRunOfItsSeed) {
  const std::string head =
      "space net = tiny_mobilenet()\nobjective minimize macs\nobjective maximize accuracy from linear_model(\"accuracy.csv\", "
      "unit = 1%)\n";
  const std::string tail = "search front = nsga2(population = 20, generations = 5)";
  const Outcome family = run(head + tail +
                             " { seeds = 4..6 }\nexport front[2] as csv to \"out/front.csv\"\nshow compare(front, front[1]), "
                             "compare(front, front).effect\n");
  ASSERT_EQ(family.status, Status::ok) << family.diagnostics << family.failure;
  const std::string bytes = file("out/front.csv");
  EXPECT_NE(family.printed.find("front: 3 runs, median "), std::string::npos) << family.printed;
  EXPECT_NE(family.printed.find("front[1]: 1 run, median "), std::string::npos) << family.printed;
  EXPECT_NE(family.printed.find("\n0.5\n"), std::string::npos) << family.printed;
  // The script with that seed needs no new search, and a fresh one gives the same bytes.
  const Outcome alone = run("seed 5\n" + head + tail + "\nexport front as csv to \"out/front.csv\"\n");
  ASSERT_EQ(alone.status, Status::ok);
  EXPECT_EQ(alone.reused[0], "front");
  options_.fresh = true;
  ASSERT_EQ(run("seed 5\n" + head + tail + "\nexport front as csv to \"out/front.csv\"\n").status, Status::ok);
  EXPECT_EQ(file("out/front.csv"), bytes);
}

TEST_F(Ending, TwoInterpretersInTwoThreadsDoNotDisturbEachOther) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  const std::string bytes = files_of(folder_);
  std::vector<std::thread> threads;
  for (const char* name : {"/a", "/b"}) {
    const std::string folder = folder_ + name;
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(folder_ + "/accuracy.csv", folder + "/accuracy.csv");
    threads.emplace_back(
        [folder] { EXPECT_EQ(EngineTest::run(base_options(folder), folder, computed_script()).status, Status::ok); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(files_of(folder_ + "/a"), bytes);
  EXPECT_EQ(files_of(folder_ + "/b"), bytes);
}

struct SlowArgs {
  std::string log;
  int milliseconds = 5;
  int fail_after = -1;
};

/// Takes its time, and writes down what it measures before it tells.
class SlowSource : public MetricSource {
 public:
  explicit SlowSource(const SlowArgs& args) : args_(args) {}
  std::string key() const override { return "slow"; }
  std::string provenance() const override { return "slow"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
      if (args_.fail_after >= 0 && static_cast<int>(i) >= args_.fail_after)
        return Failure{"E830", "the instrument went away", "plug it in"};
      std::this_thread::sleep_for(std::chrono::milliseconds(args_.milliseconds));
      const std::string line = space.spell(archs[i]) + "\n";
      const int log = open(args_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
      const bool written = write(log, line.data(), line.size()) == static_cast<ssize_t>(line.size());
      close(log);
      if (!written) return Failure{"E803", "the log cannot be written", ""};
      Measurement m;
      m.value = static_cast<double>(stable_hash(space.spell(archs[i])) % 1000) / 1000;
      done(i, m);
    }
    return {};
  }

 private:
  SlowArgs args_;
};

class Slow : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = [](Registry& registry) {
      registry.add(Declare<SlowArgs>(ComponentKind::source, "slow", "Takes its time.")
                       .arg("log", &SlowArgs::log, "where it writes down what it does")
                       .arg("milliseconds", &SlowArgs::milliseconds, "per network")
                       .arg("fail_after", &SlowArgs::fail_after, "networks of a batch")
                       .gives({"accuracy"})
                       .builds([](const SlowArgs& a, Services&) {
                         return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<SlowSource>(a)));
                       }));
    };
  }
  std::string script(const std::string& arguments) const {
    return "seed 5\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow(log = \"" + folder_ + "/log\"" +
           arguments +
           ")\nobjective minimize macs\npredictor ridge() of accuracy\n"
           "search front = nsga2(population = 10, generations = 5) with concurrent(iter = 3, evaluate = 20)\n"
           "export front as csv to \"out/front.csv\"\n";
  }
};

TEST_F(Slow, AStageThatFailsEndsWithThreeAndItsSentence) {
  const Outcome outcome = run(script(", milliseconds = 0, fail_after = 7"));
  EXPECT_EQ(outcome.status, Status::stage_failed);
  EXPECT_NE(outcome.diagnostics.find("error[E830]: the instrument went away"), std::string::npos) << outcome.diagnostics;
  EXPECT_FALSE(exists("out/front.csv"));
  // What was measured before is known to the next run.
  write_text(folder_ + "/log", "");
  ASSERT_EQ(run(script(", milliseconds = 0")).status, Status::ok);
  const std::string log = file("log");
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 80 - 7);
}

// A process that dies may have measured one network that it could not write down; nothing else is measured twice.
TEST_F(Slow, KilledTenTimesTheResultIsThatOfAnUndisturbedRunAndNothingIsMeasuredTwice) {
  std::vector<std::size_t> ends;  // length of the log at each death
  auto lines = [&] {
    std::vector<std::string> list;
    std::istringstream stream(file("log"));
    for (std::string line; std::getline(stream, line);) list.push_back(line);
    return list;
  };
  int kills = 0;
  for (int life = 0; kills < 10; ++life) {
    ASSERT_LT(life, 40);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Interpreter interpreter(options_);
      interpreter.load_text(folder_ + "/script.nas", script(""));
      _exit(static_cast<int>(interpreter.run()));
    }
    // Killed after the third measurement of this life, at a different moment each time.
    const std::size_t before = lines().size();
    while (lines().size() < before + 3) {
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, WNOHANG), 0) << "ended by itself";
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(700 * life));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ++kills;
    ends.push_back(lines().size());
  }
  EXPECT_LT(lines().size(), 80u);
  ASSERT_EQ(run(script("")).status, Status::ok);
  const auto measured = lines();
  std::map<std::string, int> times;
  for (const auto& network : measured) ++times[network];
  EXPECT_EQ(times.size(), 80u);
  for (const auto& [network, count] : times) {
    bool ended_a_life = false;
    for (const auto end : ends) ended_a_life = ended_a_life || (end > 0 && measured[end - 1] == network);
    EXPECT_LE(count, ended_a_life ? 2 : 1) << network;
  }
  const std::string csv = file("out/front.csv");

  std::filesystem::remove_all(folder_ + "/store");
  std::filesystem::remove_all(folder_ + "/out");
  std::filesystem::remove(folder_ + "/log");
  ASSERT_EQ(run(script("")).status, Status::ok);
  EXPECT_EQ(file("out/front.csv"), csv);
  EXPECT_EQ(lines().size(), 80u);
}

TEST_F(Slow, ThePlanSaysWhatTheStoreKnowsAndWhatTheLastRunTook) {
  ASSERT_EQ(run(script(", milliseconds = 0, fail_after = 7")).status, Status::stage_failed);
  auto planned = [&](const std::string& text) {
    Interpreter interpreter(options_);
    interpreter.load_text(folder_ + "/script.nas", text);
    EXPECT_EQ(interpreter.plan(), Status::ok);
    return std::pair(interpreter.plan_json()["stages"], interpreter.plan_text(false));
  };
  const auto [stages, text] = planned(script(", milliseconds = 0"));
  EXPECT_NE(text.find("at most 80 networks measured; the store knows 7 already\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("last time"), std::string::npos) << text;
  ASSERT_EQ(run(script(", milliseconds = 0")).status, Status::ok);
  const auto [again, more] = planned(script(", milliseconds = 0") + "export front as json to \"out/front.json\"\n");
  for (const auto& stage : again)
    if (stage["name"] == "front") EXPECT_TRUE(stage["action"] == "reuse" && stage["seconds_saved"] > 0);
  const auto [other, seconds] = planned("seed 6\n" + script(", milliseconds = 0").substr(7));
  EXPECT_NE(seconds.find(" s last time)\n"), std::string::npos) << seconds;
  EXPECT_NE(seconds.find(" s, by what 2 stages took last time\n"), std::string::npos) << seconds;
}

TEST_F(Slow, ThePlanBoundsTheMeasurementsOfASearchWithoutATactic) {
  Interpreter interpreter(options_);
  interpreter.load_text("script.nas",
                        "space net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\n"
                        "search front = nsga2(population = 10, generations = 5)\nsearch other = random(evaluations = 30)\n");
  ASSERT_EQ(interpreter.plan(), Status::ok) << interpreter.render_diagnostics(false);
  const auto plan = interpreter.plan_json();
  for (const auto& stage : plan["stages"]) {
    if (stage["name"] == "front") EXPECT_EQ(stage["measurements_at_most"], 50);
    if (stage["name"] == "other") EXPECT_EQ(stage["measurements_at_most"], 30);
  }
}

TEST(Kinds, AreSpelledInThePlural) {
  const auto kinds = Interpreter().component_names("");
  EXPECT_NE(std::find(kinds.begin(), kinds.end(), "searches"), kinds.end());
  EXPECT_NE(std::find(kinds.begin(), kinds.end(), "predictors"), kinds.end());
  EXPECT_EQ(Interpreter().component_names("searches"), Interpreter().component_names("search"));
}

}  // namespace
