#include "core/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <sstream>
#include <utility>

extern char** environ;

namespace nas {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kKeptWords = 1 << 12;
constexpr std::chrono::seconds kPatience{2};

void close_end(int& end) {
  if (end >= 0) ::close(end);
  end = -1;
}

/// Two ends of a pipe that other programs do not inherit.
struct Pipe {
  std::array<int, 2> ends{-1, -1};
  bool made = ::pipe2(ends.data(), O_CLOEXEC) == 0;
  ~Pipe() {
    close_end(ends[0]);
    close_end(ends[1]);
  }
  /// The end that we keep; it never blocks.
  int keep(int which) {
    ::fcntl(ends[which], F_SETFL, ::fcntl(ends[which], F_GETFL) | O_NONBLOCK);
    return std::exchange(ends[which], -1);
  }
};

/// A write to a program that has gone fails; it does not end ours.
ssize_t quiet_write(int end, std::string_view text) {
  sigset_t pipe_broken, before, waiting;
  sigemptyset(&pipe_broken);
  sigaddset(&pipe_broken, SIGPIPE);
  sigpending(&waiting);
  const bool was_waiting = sigismember(&waiting, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_broken, &before);
  const ssize_t written = ::write(end, text.data(), text.size());
  const int error = errno;
  if (written < 0 && error == EPIPE && !was_waiting) {
    const timespec now{};
    while (sigtimedwait(&pipe_broken, nullptr, &now) < 0 && errno == EINTR) {}
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return written;
}

}  // namespace

bool program_present(const std::string& name, const std::string& folder) {
  const auto runs = [](const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) && ::access(file.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string::npos) return runs(std::filesystem::path(folder) / name);
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string place; std::getline(folders, place, ':');)
    if (!place.empty() && runs(std::filesystem::path(place) / name)) return true;
  return false;
}

std::string shortened(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  std::size_t length = 120;
  if (text.size() <= length) return text;
  while ((text[length] & 0xC0) == 0x80) --length;  // not in the middle of a character
  return text.substr(0, length) + "...";
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& words, const std::string& folder) {
  const auto impossible = [&](int error) {
    return Failure{"E819", fmt::format("the program {} cannot be started: {}", words.front(), std::strerror(error)), ""};
  };
  Pipe input, output, error;
  if (!input.made || !output.made || !error.made) return impossible(errno);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_adddup2(&actions, input.ends[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error.ends[1], STDERR_FILENO);
  // What this process ignores or blocks is no business of the other one.
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT}) sigaddset(&usual, signal);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::unique_ptr<ChildProcess> child(new ChildProcess);
  const int failed = posix_spawnp(&child->id_, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    child->reaped_ = true;
    return impossible(failed);
  }
  child->input_ = input.keep(1);
  child->output_ = output.keep(0);
  child->error_ = error.keep(0);
  return child;
}

ChildProcess::~ChildProcess() {
  if (!reaped_) {
    close_end(input_);
    const auto until = Clock::now() + kPatience;
    std::string_view nothing;
    while (!has_ended() && Clock::now() < until) {
      exchange(nothing, 10);
      heard_.clear();
    }
    kill();
  }
  close_end(input_);
  close_end(output_);
  close_end(error_);
}

bool ChildProcess::has_ended() const {
  siginfo_t info{};
  return reaped_ || (waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == id_);
}

/// Ends the whole group before the leader is gone for good: until then its number is nobody else's.
void ChildProcess::reap() {
  if (reaped_) return;
  ::kill(-id_, SIGKILL);
  while (waitpid(id_, &status_, 0) < 0 && errno == EINTR) {}
  reaped_ = true;
}

void ChildProcess::kill() {
  reap();
}

bool ChildProcess::take(int& from, std::string& into, std::size_t keep) {
  std::array<char, 1 << 16> part;
  const ssize_t n = ::read(from, part.data(), part.size());
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  if (n == 0) return false;
  into.append(part.data(), static_cast<std::size_t>(n));
  if (keep > 0 && into.size() > keep) into.erase(0, into.size() - keep);
  return true;
}

bool ChildProcess::exchange(std::string_view& unsent, int milliseconds) {
  std::array<pollfd, 3> ends{{{output_, POLLIN, 0}, {error_, POLLIN, 0}, {-1, POLLOUT, 0}}};
  if (!unsent.empty() && !input_broken_) ends[2].fd = input_;
  if (output_ < 0 && error_ < 0 && ends[2].fd < 0) milliseconds = std::min(milliseconds, 10);
  if (::poll(ends.data(), ends.size(), milliseconds) <= 0) return false;
  if (ends[0].revents != 0 && !take(output_, heard_, 0)) close_end(output_);
  if (ends[1].revents != 0 && !take(error_, said_, kKeptWords)) close_end(error_);
  if (ends[2].revents != 0) {
    const ssize_t n = quiet_write(input_, unsent);
    if (n >= 0)
      unsent.remove_prefix(static_cast<std::size_t>(n));
    else if (errno != EAGAIN && errno != EINTR)
      input_broken_ = true;
  }
  return true;
}

ChildProcess::Heard ChildProcess::ask(std::string_view text, std::string& line, double seconds,
                                      const std::function<bool()>& cancelled) {
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::string_view unsent = text;
  while (true) {
    if (const auto end = heard_.find('\n'); end != std::string::npos) {
      line = heard_.substr(0, end);
      if (line.ends_with('\r')) line.pop_back();
      heard_.erase(0, end + 1);
      return Heard::line;
    }
    if (heard_.size() > kLongestLine) return Heard::flood;
    if (output_ < 0) return Heard::ended;
    if (cancelled()) return Heard::cancelled;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return Heard::late;
    exchange(unsent, static_cast<int>(std::min<std::int64_t>(left, 50)));
  }
}

bool ChildProcess::spoke() {
  std::string_view nothing;
  if (output_ >= 0) exchange(nothing, 0);
  return heard_.find_first_not_of(" \t\r\n") != std::string::npos;
}

std::string ChildProcess::ending() {
  const auto until = Clock::now() + kPatience;
  std::string_view nothing;
  while (!has_ended() && Clock::now() < until) exchange(nothing, 10);
  if (!has_ended()) return "it closed its output";
  // What it said last may still be in the pipe; a flood of it is not waited for.
  for (int i = 0; i < 64 && exchange(nothing, 0); ++i) {}
  reap();
  if (WIFSIGNALED(status_)) return fmt::format("it was ended by signal {} ({})", WTERMSIG(status_), strsignal(WTERMSIG(status_)));
  return fmt::format("it ended with exit code {}", WEXITSTATUS(status_));
}

std::string ChildProcess::last_words() {
  const auto end = said_.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const auto begin = said_.find_last_of('\n', end);
  const std::size_t first = begin == std::string::npos ? 0 : begin + 1;
  return shortened(said_.substr(first, end - first + 1));
}

}  // namespace nas
