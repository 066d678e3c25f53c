#pragma once

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

/// Where a process and what waits for it are on two cores, the wait ends with a tick of the clock: up to 4 ms of nothing.
inline void stay_on_one_core() {
  cpu_set_t allowed, one;
  sched_getaffinity(0, sizeof allowed, &allowed);
  CPU_ZERO(&one);
  for (int core = 0; core < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++core)
    if (CPU_ISSET(core, &allowed)) CPU_SET(core, &one);
  sched_setaffinity(0, sizeof one, &one);
}

/// Runs a program to its end, its output thrown away; its status as `waitpid` has it.
inline int run_silently(std::vector<std::string> arguments) {
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&silent, 2, "/dev/null", O_WRONLY, 0);
  pid_t tool;
  if (posix_spawn(&tool, words[0], &silent, nullptr, words.data(), environ) != 0) std::abort();
  posix_spawn_file_actions_destroy(&silent);
  int status;
  waitpid(tool, &status, 0);
  return status;
}
