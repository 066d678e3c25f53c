#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "embed/interpreter.h"

namespace nas {

/// Turns progress events into what a person reads: one bar with rate and remaining time on a terminal, a line per stage
/// and per tenth of its steps elsewhere, a second apart at least. `write` gets finished bytes; may be called from several
/// threads.
class ProgressLine {
 public:
  ProgressLine(bool terminal, std::function<void(const std::string&)> write) : terminal_(terminal), write_(std::move(write)) {}

  void on(const ProgressEvent& event);
  /// Takes the bar away, so that other text can be printed.
  void clear();

 private:
  void step(const ProgressEvent& event);

  bool terminal_;
  bool bar_shown_ = false;
  std::function<void(const std::string&)> write_;
  std::mutex mutex_;
  /// What a stage is at: a round of measuring is counted from its own first step.
  struct Steps {
    std::string what;
    double from = 0, since = 0;  ///< steps done and seconds, when the first of them was told
    double done = 0;
    int tenth = 0;
    double shown = 0;  ///< seconds, of the last line
  };
  std::map<std::string, Steps> steps_;  ///< by stage
};

/// "4 s", "2 min 05 s", "1 h 10 min".
std::string duration_text(double seconds);

/// The line for one step: "front  measuring  [#####-----]  12/40  3.1/s  9 s left  detail"; no rate is known at 0.
std::string progress_text(const ProgressEvent& event, double per_second, bool bar);

}  // namespace nas
