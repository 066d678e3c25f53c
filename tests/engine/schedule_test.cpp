#include "run/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace nas {
namespace {

/// Records the order in which tasks begin and end, and how many ran at once.
struct Log {
  std::mutex mutex;
  std::vector<std::string> lines;
  int running = 0, most = 0;

  void begin(std::size_t i) {
    const std::scoped_lock lock(mutex);
    lines.push_back("begin " + std::to_string(i));
    most = std::max(most, ++running);
  }
  void end(std::size_t i) {
    const std::scoped_lock lock(mutex);
    lines.push_back("end " + std::to_string(i));
    --running;
  }
};

TaskCalls logged(Log& log, std::function<Result<void>(std::size_t)> work = {}) {
  TaskCalls calls;
  calls.begin = [&log, work](std::size_t i) -> Result<TaskCalls::Work> {
    return TaskCalls::Work([&log, work, i]() -> Result<void> {
      log.begin(i);
      auto result = work ? work(i) : Result<void>();
      log.end(i);
      return result;
    });
  };
  calls.end = [](std::size_t) { return Result<void>(); };
  return calls;
}

TEST(Schedule, OneCoreRunsTheTasksInTheirOrder) {
  Log log;
  std::atomic<std::size_t> last;
  const std::vector<Task> tasks = {{}, {{0}}, {}, {{1}, true}, {{0, 2}}};
  EXPECT_FALSE(run_schedule(tasks, 1, logged(log), last));
  EXPECT_EQ(log.lines, (std::vector<std::string>{"begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3",
                                                 "begin 4", "end 4"}));
}

TEST(Schedule, IndependentTasksRunSideBySide) {
  Log log;
  std::atomic<std::size_t> last;
  std::latch both(2);
  // Each of the two waits for the other: one after the other they would never end.
  const auto calls = logged(log, [&](std::size_t) {
    both.arrive_and_wait();
    return Result<void>();
  });
  EXPECT_FALSE(run_schedule(std::vector<Task>(2), 2, calls, last));
  EXPECT_EQ(log.most, 2);
}

TEST(Schedule, NoMoreRunAtOnceThanThereAreCores) {
  Log log;
  std::atomic<std::size_t> last;
  const auto calls = logged(log, [](std::size_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return Result<void>();
  });
  EXPECT_FALSE(run_schedule(std::vector<Task>(20), 3, calls, last));
  EXPECT_LE(log.most, 3);
  EXPECT_EQ(log.lines.size(), 40u);
}

TEST(Schedule, WhatRunsAloneHasNoCompanyAndIsNotOvertaken) {
  Log log;
  std::atomic<std::size_t> last;
  const auto calls = logged(log, [](std::size_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return Result<void>();
  });
  std::vector<Task> tasks(6);
  tasks[2].alone = true;
  EXPECT_FALSE(run_schedule(tasks, 4, calls, last));
  const auto at = [&](const std::string& line) {
    return std::find(log.lines.begin(), log.lines.end(), line) - log.lines.begin();
  };
  EXPECT_EQ(at("end 2"), at("begin 2") + 1);
  for (const char* earlier : {"end 0", "end 1"}) EXPECT_LT(at(earlier), at("begin 2"));
  for (const char* later : {"begin 3", "begin 4", "begin 5"}) EXPECT_GT(at(later), at("end 2"));
}

TEST(Schedule, ATaskComesAfterWhatItNeeds) {
  for (int round = 0; round < 20; ++round) {
    Log log;
    std::atomic<std::size_t> last;
    std::vector<Task> tasks(8);
    for (std::size_t i = 1; i < tasks.size(); ++i) tasks[i].after = {i / 2};
    EXPECT_FALSE(run_schedule(tasks, 3, logged(log), last));
    const auto at = [&](const std::string& line) {
      return std::find(log.lines.begin(), log.lines.end(), line) - log.lines.begin();
    };
    for (std::size_t i = 1; i < tasks.size(); ++i)
      EXPECT_LT(at("end " + std::to_string(i / 2)), at("begin " + std::to_string(i)));
  }
}

TEST(Schedule, TheEarliestFailureCountsAndLaterWorkGivesUp) {
  for (const int cores : {1, 2, 4}) {
    std::atomic<std::size_t> last;
    Log log;
    const auto calls = logged(log, [&](std::size_t i) -> Result<void> {
      if (i == 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (i == 1 || i == 2) return Failure{"E830", "task " + std::to_string(i), ""};
      if (i == 3)
        while (last >= 3) std::this_thread::yield();  // ends only when it is told to give up
      return {};
    });
    const auto failed = run_schedule(std::vector<Task>(5), cores, calls, last);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->task, 1u) << cores;
    EXPECT_EQ(failed->failure.message, "task 1");
    EXPECT_TRUE(std::find(log.lines.begin(), log.lines.end(), "end 0") != log.lines.end());
  }
}

TEST(Schedule, WhatHasNoWorkEndsAtOnceAndAFailureToBeginEndsTheSchedule) {
  Log log;
  std::atomic<std::size_t> last;
  TaskCalls calls = logged(log);
  const auto begin = calls.begin;
  calls.begin = [&](std::size_t i) -> Result<TaskCalls::Work> {
    if (i == 0) return TaskCalls::Work();
    if (i == 2) return Failure{"cancelled", "interrupted", ""};
    return begin(i);
  };
  const auto failed = run_schedule(std::vector<Task>{{}, {{0}}, {{1}}, {{2}}}, 2, calls, last);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->task, 2u);
  EXPECT_EQ(log.lines, (std::vector<std::string>{"begin 1", "end 1"}));
}

TEST(Schedule, AFailureToEndIsAFailureOfItsTask) {
  Log log;
  std::atomic<std::size_t> last;
  TaskCalls calls = logged(log);
  calls.end = [](std::size_t i) -> Result<void> {
    if (i == 0) return Failure{"E806", "the disk is full", ""};
    return {};
  };
  const auto failed = run_schedule(std::vector<Task>{{}, {{0}}}, 2, calls, last);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->failure.code, "E806");
  EXPECT_EQ(log.lines.size(), 2u);
}

TEST(Schedule, AnExceptionReachesTheCallerWhenTheOthersHaveEnded) {
  std::atomic<std::size_t> last;
  Log log;
  const auto calls = logged(log, [&](std::size_t i) -> Result<void> {
    if (i == 0) throw std::logic_error("a bug");
    while (last >= 1) std::this_thread::yield();
    return {};
  });
  EXPECT_THROW((void)run_schedule(std::vector<Task>(2), 2, calls, last), std::logic_error);
}

}  // namespace
}  // namespace nas
