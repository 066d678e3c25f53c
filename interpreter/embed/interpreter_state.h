#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/check_script.h"
#include "core/files.h"
#include "embed/host_metric.h"
#include "embed/interpreter.h"
#include "plan/print.h"
#include "run/engine.h"

namespace nas {

/// Where `spaces/*.nas` are looked for, in this order.
std::vector<std::string> stdlib_folders(const Options& options);

/// Bytes of a file, from the embedder or from the disk.
Result<std::string> read_file(const Options& options, const std::string& path);

/// "b.nas:15:24: error[E302]: latency is compared with a plain number".
std::string one_line(const Diagnostic& diagnostic, const SourceMap& sources);

/// What an interpreter holds; private to the room.
struct Interpreter::State {
  Options options;
  Callbacks callbacks;
  Registry registry;
  LayerVocabulary layers;
  SourceMap sources;
  Diagnostics diagnostics;
  std::optional<std::uint32_t> source;
  std::string folder;
  std::optional<CheckResult> checked;
  std::unique_ptr<Engine> engine;
  std::atomic<bool> cancelled{false};
  std::string failure;
  std::mutex calling;  ///< callbacks come one at a time
  std::map<std::string, std::chrono::steady_clock::time_point> stage_start;
  std::vector<HostMetric> host_metrics;
  std::size_t logged = 0;  ///< diagnostics

  /// Logs the diagnostics that have not been logged yet.
  void log_diagnostics();

  /// A part of the script, where it lies in the whole and in the text that it was cut from.
  struct Placed {
    std::uint32_t begin = 0, end = 0;
    ScriptPart part;
    std::optional<std::uint32_t> source;  ///< of its text, once a diagnostic has needed it
  };
  std::vector<Placed> parts;

  /// Diagnostics point into the parts of a script that has some.
  void place_diagnostics();
  /// Leaves the stages that `wanted` need, themselves included.
  void keep_only(const std::vector<std::string>& wanted);
  const CheckedStage* find_stage(const std::string& name) const;

  std::vector<plan::StageView> views() const;
  std::optional<std::string> stdlib_space(const std::string& name) const;
  std::vector<std::string> stdlib_spaces() const;

 private:
  Span placed(Span span);
};

}  // namespace nas
