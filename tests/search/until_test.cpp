// When a search ends: what the tactics do with `until`.
#include <gtest/gtest.h>

#include "stdlib/tactics/stop_rule.h"
#include "toy.h"

using namespace nas;
using namespace nas::testing;

namespace {

Population rows(std::size_t m, const std::vector<std::vector<double>>& values, double violation = 0) {
  Population batch;
  batch.genes = 1;
  batch.objectives_per_row = m;
  for (const auto& row : values) {
    batch.genomes.push_back(0);
    batch.objectives.insert(batch.objectives.end(), row.begin(), row.end());
    batch.violations.push_back(violation);
  }
  return batch;
}

SearchTask task_until(Until until) {
  SearchTask task;
  task.until = until;
  return task;
}

TEST(StopRule, EvaluationsLeaveRoomForExactlySoMany) {
  const SearchTask task = task_until({.evaluations = 5});
  const Tactic::Progress progress;
  StopRule rule(task, progress);
  EXPECT_EQ(rule.room(3), 3u);
  rule.seen(rows(1, {{1}, {2}, {3}}));
  EXPECT_FALSE(rule.reached());
  EXPECT_EQ(rule.room(3), 2u);
  rule.seen(rows(1, {{1}, {2}}));
  EXPECT_TRUE(rule.reached());
  EXPECT_EQ(rule.room(3), 0u);
}

TEST(StopRule, ABatchThatEntersTheFrontIsNotStalled) {
  const SearchTask task = task_until({.stalled = 2});
  const Tactic::Progress progress;
  StopRule rule(task, progress);
  rule.seen(rows(2, {{1, 5}, {5, 1}}));
  rule.seen(rows(2, {{1, 5}, {6, 6}}));  // equal to a point of the front, and dominated
  EXPECT_FALSE(rule.reached());
  rule.seen(rows(2, {{3, 3}}));  // between them
  rule.seen(rows(2, {{4, 4}}));
  EXPECT_FALSE(rule.reached());
  rule.seen(rows(2, {{3, 3}}));
  EXPECT_TRUE(rule.reached());
  EXPECT_EQ(rule.evaluations(), 7);
}

// What is better does not depend on the unit of an objective.
TEST(StopRule, StallingIsTheSameInEveryUnit) {
  for (const double scale : {1.0, 1e-9, 1e12}) {
    const SearchTask task = task_until({.stalled = 1});
    const Tactic::Progress progress;
    StopRule rule(task, progress);
    rule.seen(rows(2, {{1 * scale, 5}}));
    rule.seen(rows(2, {{0.999 * scale, 5}}));
    EXPECT_FALSE(rule.reached());
    rule.seen(rows(2, {{0.999 * scale, 5.001}}));
    EXPECT_TRUE(rule.reached());
  }
}

TEST(StopRule, WhileNothingIsFeasibleComingNearerCounts) {
  const SearchTask task = task_until({.stalled = 1});
  const Tactic::Progress progress;
  StopRule rule(task, progress);
  rule.seen(rows(1, {{9}}, 0.5));
  rule.seen(rows(1, {{99}}, 0.25));
  EXPECT_FALSE(rule.reached());
  rule.seen(rows(1, {{100}}, 0));
  EXPECT_FALSE(rule.reached());
  rule.seen(rows(1, {{1}}, 0.1));  // infeasible again
  EXPECT_TRUE(rule.reached());
}

TEST(StopRule, TheClockIsThatOfTheProgress) {
  const SearchTask task = task_until({.elapsed = 10});
  Tactic::Progress progress;
  progress.elapsed = [](std::int64_t evaluations) { return 4.0 * static_cast<double>(evaluations); };
  StopRule rule(task, progress);
  rule.seen(rows(1, {{1}, {2}}));
  EXPECT_FALSE(rule.reached());
  rule.seen(rows(1, {{3}}));
  EXPECT_TRUE(rule.reached());
}

TEST(StopRule, WithoutUntilNothingEnds) {
  const SearchTask task = task_until({});
  const Tactic::Progress progress;
  StopRule rule(task, progress);
  for (int i = 0; i < 100; ++i) rule.seen(rows(1, {{1}}));
  EXPECT_FALSE(rule.reached());
  EXPECT_EQ(rule.room(7), 7u);
}

}  // namespace
