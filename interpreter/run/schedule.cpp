#include "run/schedule.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

namespace nas {

std::optional<FailedTask> run_schedule(std::span<const Task> tasks, int cores, const TaskCalls& calls,
                                       std::atomic<std::size_t>& last) {
  enum class State { waiting, running, ended };
  std::vector<State> states(tasks.size(), State::waiting);
  std::optional<FailedTask> failed;
  last = std::numeric_limits<std::size_t>::max();
  int free_cores = std::max(1, cores);
  const int all_cores = free_cores;

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::pair<std::size_t, Result<void>>> finished;
  std::exception_ptr bug;
  std::vector<std::jthread> threads(tasks.size());
  // When an exception leaves this function, work that still runs gives up before its thread is joined.
  struct GiveUp {
    std::atomic<std::size_t>& last;
    int exceptions = std::uncaught_exceptions();
    ~GiveUp() {
      if (std::uncaught_exceptions() > exceptions) last = 0;
    }
  } give_up{last};

  auto fail = [&](std::size_t i, Failure failure) {
    if (failed && failed->task < i) return;
    failed = FailedTask{i, std::move(failure)};
    last = i;
  };
  auto run = [&](std::size_t i, const TaskCalls::Work& work) {
    Result<void> result;
    std::exception_ptr thrown;
    try {
      result = work();
    } catch (...) {
      thrown = std::current_exception();
    }
    const std::scoped_lock lock(mutex);
    if (thrown) bug = thrown;
    finished.emplace_back(i, std::move(result));
    changed.notify_one();
  };
  std::vector<std::pair<std::size_t, TaskCalls::Work>> begun;
  auto cores_of = [&](std::size_t i) { return tasks[i].alone ? all_cores : 1; };
  /// Begins what can begin; true when a task ended at once, so that others may have become ready.
  auto begin_ready = [&] {
    for (std::size_t i = 0; i < tasks.size() && i < last; ++i) {
      if (states[i] != State::waiting) continue;
      const auto& after = tasks[i].after;
      if (!std::all_of(after.begin(), after.end(), [&](std::size_t before) { return states[before] == State::ended; })) continue;
      // An earlier task that waits for cores is not overtaken.
      if (cores_of(i) > free_cores) return false;
      auto work = calls.begin(i);
      if (!work || !*work) {
        states[i] = State::ended;
        if (!work) fail(i, work.failure());
        return true;
      }
      states[i] = State::running;
      free_cores -= cores_of(i);
      begun.emplace_back(i, std::move(*work));
    }
    return false;
  };

  for (;;) {
    while (begin_ready()) {}
    const auto running = std::count(states.begin(), states.end(), State::running);
    if (running == 0) return failed;
    // A task that runs alone needs no thread of its own.
    if (running == 1 && begun.size() == 1)
      run(begun[0].first, begun[0].second);
    else
      for (auto& [i, work] : begun) threads[i] = std::jthread(run, i, std::move(work));
    begun.clear();
    std::vector<std::pair<std::size_t, Result<void>>> now;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return !finished.empty(); });
      now.swap(finished);
      if (bug) std::rethrow_exception(bug);
    }
    for (auto& [i, result] : now) {
      if (threads[i].joinable()) threads[i].join();
      states[i] = State::ended;
      free_cores += cores_of(i);
      if (result && i < last) result = calls.end(i);
      if (!result) fail(i, result.failure());
    }
  }
}

}  // namespace nas
