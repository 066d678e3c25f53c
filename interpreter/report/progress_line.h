#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "embed/interpreter.h"

namespace nas {

/// Turns progress events into what a person reads: one bar with rate and remaining time on a terminal, a line per stage
/// and per tenth elsewhere. `write` gets finished bytes; may be called from several threads.
class ProgressLine {
 public:
  ProgressLine(bool terminal, std::function<void(const std::string&)> write) : terminal_(terminal), write_(std::move(write)) {}

  void on(const ProgressEvent& event);
  /// Takes the bar away, so that other text can be printed.
  void clear();

 private:
  bool terminal_;
  bool bar_shown_ = false;
  std::function<void(const std::string&)> write_;
  std::mutex mutex_;
  std::map<std::string, int> tenths_;
};

/// "4 s", "2 min 05 s", "1 h 10 min".
std::string duration_text(double seconds);

/// The line for one step: "front  measuring  [#####-----]  12/40  3.1/s  9 s left  detail".
std::string progress_text(const ProgressEvent& event, bool bar);

}  // namespace nas
