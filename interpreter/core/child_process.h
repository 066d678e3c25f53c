#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace nas {

/// Whether a program can be started: a name is looked for in PATH, a path is relative to `folder` ("" = the current one).
bool program_present(const std::string& name, const std::string& folder = "");

/// A foreign text as one short line of a message.
std::string shortened(std::string text);

/// Another program, with pipes to its standard input, output and error; it leads a process group of its own, so that a Ctrl-C in
/// the terminal is not for it and nothing that it starts outlives it. Used by one thread at a time.
class ChildProcess {
 public:
  /// Starts words[0] with the other words as its arguments, in `folder`; no shell looks at them. E819 where that is impossible.
  static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& words, const std::string& folder);
  /// Closes its input and gives it two seconds to end; then it is killed.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  enum class Heard {
    line,       ///< a line came, without its line end
    ended,      ///< it closed its output or ended; `ending` says how
    late,       ///< nothing within the time
    flood,      ///< a line longer than `kLongestLine`
    cancelled,  ///< asked to stop waiting
  };
  static constexpr std::size_t kLongestLine = 1 << 20;

  /// Sends a text and waits for one line, at most so long.
  Heard ask(std::string_view text, std::string& line, double seconds, const std::function<bool()>& cancelled);
  /// Whether it has written something since the last line that was heard.
  bool spoke();
  /// After `ended`: "it ended with exit code 1", "it was ended by signal 11 (Segmentation fault)".
  std::string ending();
  /// The last line that it wrote to its standard error, shortened; "" where there is none.
  std::string last_words();
  void kill();
  pid_t id() const { return id_; }

 private:
  ChildProcess() = default;
  /// Waits for input or output for at most so many milliseconds, and takes what is there; false where there was nothing.
  bool exchange(std::string_view& unsent, int milliseconds);
  /// Takes what can be read; false at the end of the stream.
  static bool take(int& from, std::string& into, std::size_t keep);
  bool has_ended() const;
  void reap();

  pid_t id_ = -1;
  int input_ = -1, output_ = -1, error_ = -1;
  std::string heard_, said_;  ///< of its standard output and its standard error
  int status_ = 0;
  bool reaped_ = false, input_broken_ = false;
};

}  // namespace nas
