// Tuning methods alone, on scores that the test makes up: counts in closed form, and the rule by which a trial goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/services.h"
#include "stdlib/register.h"
#include "stdlib/tunings/tunings.h"

namespace nas::testing {
namespace {

class NoServices : public Services {
 public:
  Result<std::string> read_file(const std::string&) override { return Failure{}; }
  Result<std::string> input_path(const std::string&) override { return Failure{}; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

std::shared_ptr<Tuning> method(const std::string& name, const nlohmann::json& arguments) {
  static Registry* registry = [] {
    auto* made = new Registry;
    add_tunings(*made);
    return made;
  }();
  NoServices services;
  return std::static_pointer_cast<Tuning>(*registry->find(ComponentKind::tuning, name)->build(arguments, services));
}

TuningTask task(std::size_t configurations, std::int64_t whole = 200, std::uint64_t seed = 1) {
  return {.configurations = configurations, .epochs = true, .whole = whole, .least = 1, .stream = Stream(seed, "tune")};
}

/// A score that depends on the configuration and, a little, on the budget.
double score_of(const Trial& trial) {
  Stream stream = Stream(7, "scores").split(trial.configuration);
  const double final = stream.uniform(), noise = stream.uniform();
  return final + noise / std::sqrt(static_cast<double>(std::max<std::int64_t>(1, trial.budget)));
}

/// All trials; `groups` receives those that were run side by side.
std::vector<Trial> run(const Tuning& method, const TuningTask& task, std::vector<std::vector<Trial>>* groups = nullptr) {
  const auto trials = method.run(task, [&](std::span<Trial> some) -> Result<void> {
    for (Trial& trial : some) trial.score = score_of(trial);
    if (groups) groups->push_back({some.begin(), some.end()});
    return {};
  });
  EXPECT_TRUE(trials);
  return *trials;
}

using Counts = std::map<std::pair<int, std::int64_t>, std::size_t>;  // by bracket and budget

Counts counts_of(const std::vector<Trial>& trials) {
  Counts counts;
  for (const Trial& trial : trials) ++counts[{trial.bracket, trial.budget}];
  return counts;
}

// The table of Hyperband (Li et al., JMLR 18 (2018), table 1): budget 81, eta 3, all five brackets.
TEST(Halving, HasTheCountsThatArePublishedForHyperband) {
  const auto asha = method("asha", {{"budget", 81}, {"brackets", 5}});
  const Counts wanted{{{1, 1}, 81}, {{1, 3}, 27}, {{1, 9}, 9},  {{1, 27}, 3}, {{1, 81}, 1},
                      {{2, 3}, 34}, {{2, 9}, 11}, {{2, 27}, 3}, {{2, 81}, 1}, {{3, 9}, 15},
                      {{3, 27}, 5}, {{3, 81}, 1}, {{4, 27}, 8}, {{4, 81}, 2}, {{5, 81}, 5}};
  const auto trials = run(*asha, task(1000));
  EXPECT_EQ(counts_of(trials), wanted);
  EXPECT_EQ(asha->trials(task(1000)), trials.size());
}

// n on the first rung, floor(n / eta^k) on the k-th above it and one at least, whatever the number of workers.
TEST(Halving, CountsAreThoseOfTheClosedForm) {
  Stream stream(5, "settings");
  for (int round = 0; round < 60; ++round) {
    const int eta = 2 + static_cast<int>(stream.below(4)), budget = 1 + static_cast<int>(stream.below(300));
    const int workers = 1 + static_cast<int>(stream.below(20)), least = 1 + static_cast<int>(stream.below(std::min(budget, 12)));
    const std::size_t n = 1 + stream.below(120), configurations = n + stream.below(50);
    const auto asha =
        method("asha", {{"budget", budget}, {"eta", eta}, {"min_budget", least}, {"trials", n}, {"workers", workers}});
    Counts wanted;
    int rungs = 1;
    while (budget / static_cast<int>(std::pow(eta, rungs)) >= least) ++rungs;
    for (int k = 0; k < rungs; ++k)
      wanted[{1, budget / static_cast<int>(std::pow(eta, rungs - 1 - k))}] =
          std::max<std::size_t>(1, n / static_cast<std::size_t>(std::pow(eta, k)));
    EXPECT_EQ(counts_of(run(*asha, task(configurations))), wanted) << budget << " " << eta << " " << least << " " << n;
  }
}

// Algorithm 2 of the paper: what goes on is among the best 1 / eta of what had ended on its rung by then. And successive halving:
// the best of a rung always goes on.
TEST(Halving, WhatGoesOnIsAmongTheBestThatHadEnded) {
  for (const int workers : {1, 3, 8, 40}) {
    const auto asha = method("asha", {{"budget", 81}, {"trials", 60}, {"workers", workers}});
    const auto trials = run(*asha, task(500));
    std::map<int, std::vector<std::pair<double, std::size_t>>> rungs;
    for (const Trial& trial : trials) rungs[trial.rung].push_back({trial.score, trial.configuration});
    for (int k = 0; k < 4; ++k) {
      const auto best = std::min_element(rungs[k].begin(), rungs[k].end())->second;
      EXPECT_TRUE(std::any_of(rungs[k + 1].begin(), rungs[k + 1].end(), [&](const auto& one) { return one.second == best; }))
          << k;
    }
    // With one worker the order in which trials end is the order in which they were begun.
    if (workers != 1) continue;
    std::map<int, std::vector<std::pair<double, std::size_t>>> ended;
    for (const Trial& trial : trials) {
      if (trial.rung > 0) {
        auto below = ended[trial.rung - 1];
        std::sort(below.begin(), below.end());
        const std::size_t best = std::max<std::size_t>(1, below.size() / 3);  // of the two on the fourth rung one goes on
        EXPECT_TRUE(std::any_of(below.begin(), below.begin() + static_cast<std::ptrdiff_t>(best),
                                [&](const auto& one) { return one.second == trial.configuration; }))
            << trial.rung << " of " << below.size();
      }
      ended[trial.rung].push_back({trial.score, trial.configuration});
    }
    // Not synchronous: something goes on before the first rung is full.
    const auto first_up = std::find_if(trials.begin(), trials.end(), [](const Trial& t) { return t.rung == 1; });
    EXPECT_LT(first_up - trials.begin(), 10);
  }
}

TEST(Halving, TrialsThatRunSideBySideAreThoseOfTheWorkers) {
  std::vector<std::vector<Trial>> groups;
  const auto asha = method("asha", {{"budget", 27}, {"trials", 27}, {"workers", 8}});
  const auto trials = run(*asha, task(27), &groups);
  std::size_t all = 0;
  for (const auto& group : groups) {
    EXPECT_LE(group.size(), 8u);
    all += group.size();
  }
  EXPECT_EQ(all, trials.size());
  EXPECT_EQ(groups.front().size(), 8u);
}

TEST(Halving, TheSameSeedGivesTheSameTrialsAndAnotherOneOthers) {
  const auto asha = method("asha", {{"budget", 81}, {"brackets", 3}});
  const auto configurations = [&](std::uint64_t seed) {
    std::vector<std::size_t> all;
    for (const Trial& trial : run(*asha, task(200, 200, seed))) all.push_back(trial.configuration);
    return all;
  };
  EXPECT_EQ(configurations(1), configurations(1));
  EXPECT_NE(configurations(1), configurations(2));
}

TEST(Halving, NoConfigurationIsTriedTwiceOnARung) {
  const auto trials = run(*method("asha", {{"budget", 81}, {"brackets", 5}}), task(40));
  std::set<std::tuple<int, int, std::size_t>> seen;
  for (const Trial& trial : trials) EXPECT_TRUE(seen.insert({trial.bracket, trial.rung, trial.configuration}).second);
  EXPECT_EQ(counts_of(trials).at({1, 1}), 40u);  // as many as there are
}

// With all configurations at the whole budget there is nothing left to halve: the best is that of the grid.
TEST(Halving, WithAWholeBudgetTheWinnerIsTheGrids) {
  const auto best_of = [](const std::vector<Trial>& trials, std::int64_t budget) {
    std::pair<double, std::size_t> best{INFINITY, 0};
    for (const Trial& trial : trials)
      if (trial.budget == budget) best = std::min(best, {score_of({trial.configuration, 50}), trial.configuration});
    return best.second;
  };
  const auto grid = run(*method("grid", nlohmann::json::object()), task(30));
  ASSERT_EQ(grid.size(), 30u);
  const std::size_t wanted = best_of(grid, 0);
  EXPECT_EQ(best_of(run(*method("asha", {{"budget", 50}, {"min_budget", 50}, {"trials", 30}}), task(30)), 50), wanted);
  // The last bracket begins with the whole budget.
  EXPECT_EQ(best_of(run(*method("asha", {{"budget", 50}, {"eta", 2}, {"brackets", 6}, {"trials", 30}}), task(5)), 50),
            best_of(run(*method("grid", nlohmann::json::object()), task(5)), 0));
}

TEST(Halving, RandomTriesEachConfigurationAtMostOnceAndMoreTrialsHoldFewer) {
  const auto tried = [](int trials) {
    std::vector<std::size_t> all;
    for (const Trial& trial : run(*method("random", {{"trials", trials}}), task(50))) all.push_back(trial.configuration);
    return all;
  };
  const auto few = tried(7), many = tried(50);
  EXPECT_EQ(few.size(), 7u);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_EQ(std::set<std::size_t>(many.begin(), many.end()).size(), 50u);
  EXPECT_EQ(tried(0).size(), 20u);
  EXPECT_EQ(run(*method("random", {{"trials", 0}}), task(6)).size(), 6u);
}

TEST(Halving, BudgetsThatDoNotGoTogetherAreSaid) {
  const auto said = [](const nlohmann::json& arguments, bool epochs, std::int64_t whole, std::int64_t least) {
    TuningTask one = task(9, whole);
    one.epochs = epochs;
    one.least = least;
    const auto suits = method("asha", arguments)->suits(one);
    return suits ? std::string() : suits.failure().message;
  };
  EXPECT_EQ(said({{"budget", 0}}, true, 200, 1), "");
  EXPECT_EQ(said({{"budget", 81}, {"brackets", 5}}, true, 200, 1), "");
  EXPECT_EQ(said({{"budget", 81}, {"brackets", 6}}, true, 200, 1), "asha has 6 brackets, and 1 to 81 epochs by eta = 3 allow 5");
  EXPECT_EQ(said({{"budget", 41}}, false, 40, 10), "asha has a budget of 41 rows, and a trial may learn from 40");
  EXPECT_EQ(said({{"budget", 9}}, false, 40, 10), "asha has a budget of 9 rows, and a trial takes 10 at least");
  EXPECT_EQ(said({{"budget", 0}, {"min_budget", 41}}, false, 40, 10),
            "asha has a budget of 40 rows, and a trial takes 41 at least");
}

}  // namespace
}  // namespace nas::testing
