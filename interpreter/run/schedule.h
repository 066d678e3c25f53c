#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"

namespace nas {

/// One task of a schedule. Tasks stand in an order in which they could run one after another.
struct Task {
  std::vector<std::size_t> after;  ///< earlier tasks that must have ended before it begins
  bool alone = false;              ///< takes every core while it runs: it computes on all of them, or measures time
};

/// What a schedule calls. `begin` and `end` run on the calling thread, one at a time; the work between them has a thread of its
/// own where work of other tasks runs beside it.
struct TaskCalls {
  using Work = std::function<Result<void>()>;
  /// Everything that task i comes after has ended. Gives its work; empty where there is none, then `end` is not called.
  std::function<Result<Work>(std::size_t i)> begin;
  /// Its work has succeeded.
  std::function<Result<void>(std::size_t i)> end;
};

struct FailedTask {
  std::size_t task;
  Failure failure;
};

/// Runs the tasks on so many cores; with one core exactly in their order. A task that fails ends the schedule as if the tasks
/// ran one after another: earlier ones still run, later ones do not begin. `last` is the last task that may still count:
/// running work of a later one should give up. Gives the earliest failure.
std::optional<FailedTask> run_schedule(std::span<const Task> tasks, int cores, const TaskCalls& calls,
                                       std::atomic<std::size_t>& last);

}  // namespace nas
