#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/child_process.h"
#include "core/metric.h"
#include "core/result.h"

namespace nas {

/// Another program that gives values of networks: one line of JSON in for each, one line out (docs/devices.md). It is started
/// when it is first asked, and again after every answer that was none. May be called from several threads; one network at a time.
class AskedProgram {
 public:
  struct Options {
    std::string shown;               ///< what messages call it
    std::vector<std::string> words;  ///< the program and its arguments
    std::string folder;              ///< where it starts, "" = the current folder
    double unit = 1;                 ///< SI value of one unit of its values
    double time_out = 60;            ///< seconds for one answer, the start of the program included
    int retries = 2;                 ///< times that a network is asked for again, each of a program started anew
    int failures = 5;                ///< networks in a row without a value after which nothing more is asked
  };
  explicit AskedProgram(Options options) : options_(std::move(options)) {}

  /// The value of one network, in SI units. `request` has everything but the id; `on_start` is merged into the first request of
  /// every start. Without a value: a failure with the code "" and the reason, or E843 where nothing more is to be expected.
  Result<Measurement> ask(const nlohmann::json& request, const nlohmann::json& on_start, const std::function<bool()>& cancelled);
  /// "python3 board.py was started 3 times more: it ended with exit code 1 (twice); ..."; empty where it was started once.
  std::vector<std::string> remarks() const;
  void stop();

 private:
  Result<Measurement> ask_once(const nlohmann::json& request, const nlohmann::json& on_start,
                               const std::function<bool()>& cancelled);
  Result<Measurement> value_in(const std::string& line) const;
  Failure gone_silent() const;

  Options options_;
  mutable std::mutex mutex_;
  std::unique_ptr<ChildProcess> process_;
  std::int64_t id_ = 0;
  std::int64_t answered_ = 0, restarts_ = 0;
  int in_a_row_ = 0;  ///< networks without a value
  std::string last_reason_;
  std::map<std::string, int> reasons_;  ///< of the starts after the first
};

/// The words of a command line: blanks separate them, '...' and "..." keep them together. E844 for a quote without its partner,
/// and where there is no word.
Result<std::vector<std::string>> words_of(const std::string& command);

}  // namespace nas
