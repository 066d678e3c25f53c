#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "core/result.h"

namespace nas {

class Registry;
class NetworkRunner;

/// How a run ended; the values are the exit codes of the tool.
enum class Status : int {
  ok = 0,
  script_error = 1,
  bad_usage = 2,
  stage_failed = 3,
  requirement_not_met = 4,
  empty_result = 5,
  internal_error = 70,
  interrupted = 130,
};

/// One line of progress, for bars and logs.
struct ProgressEvent {
  std::string stage;
  std::string what;       ///< "training", "measuring latency@host"
  double done = 0, total = 0;
  double seconds = 0;     ///< since the stage began
  std::string detail;     ///< "loss 0.61"
  enum class Kind { started, step, finished, reused, failed } kind = Kind::step;
};

struct Options {
  std::string store_folder = ".nas";
  std::string output_folder;                 ///< files are written below it; "" = the current folder
  std::vector<std::string> stdlib_folders;   ///< where `spaces/*.nas` lie; empty = beside the executable or NAS_STDLIB
  std::vector<std::pair<std::string, std::string>> params;  ///< -p name=value
  std::optional<std::uint64_t> seed;
  int threads = 0;                           ///< 0 = all cores
  bool fresh = false;                        ///< ignore earlier results (measurements are made again)
  bool allow_run = false;
  std::function<void(Registry&)> extend;     ///< adds the embedder's own components to the standard library's
  /// What trains, evaluates and times networks in place of the LibTorch module.
  std::function<Result<std::unique_ptr<NetworkRunner>>()> open_runner;
};

struct Callbacks {
  std::function<void(const std::string& text)> print = [](const std::string&) {};
  std::function<void(const ProgressEvent&)> progress = [](const ProgressEvent&) {};
};

/// One interpreter: no global state, no exit, no output except through callbacks. Use each object from one thread at a
/// time; `cancel` may be called from any thread or signal handler.
class Interpreter {
 public:
  explicit Interpreter(Options options = {}, Callbacks callbacks = {});
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// Reads a script; false with diagnostics when the file cannot be read.
  bool load_file(const std::string& path);
  bool load_text(std::string name, std::string text);

  const Diagnostics& diagnostics() const;
  std::string render_diagnostics(bool colour) const;
  nlohmann::json diagnostics_json() const;

  /// Syntax, names, types, units, arguments, spaces, graph, capabilities. Needs no file of the world.
  Status check();
  /// `check`, then what would run, what would be reused and why not, sizes, measurements, time (E8 checks included).
  Status plan();
  nlohmann::json plan_json() const;
  std::string plan_text(bool colour) const;
  std::string plan_dot() const;
  std::string plan_mermaid() const;
  Status run();
  void cancel();

  /// The script's own parameters: name, type, default, bounds, help.
  nlohmann::json params_json() const;
  /// Result of a stage after `run`: columns with units for a front, see docs.
  nlohmann::json result_json(const std::string& stage) const;
  std::string failure_text() const;   ///< after a Status other than ok: one sentence and a hint
  std::string run_id() const;

  /// The text in canonical layout.
  std::optional<std::string> formatted();

  // What the tool shows without a script.
  nlohmann::json components_json() const;                                 ///< all schemas
  std::optional<std::string> doc_text(const std::string& component) const;  ///< `nas doc knn`; layers and spaces too
  std::vector<std::string> component_names(const std::string& kind) const;  ///< `nas list predictors`; empty kind = kinds
  std::optional<std::string> explain_text(const std::string& code) const;   ///< `nas explain E302`
  nlohmann::json runs_json();                                             ///< `nas runs`
  nlohmann::json run_record_json(const std::string& run_id);              ///< `nas show RUN`
  nlohmann::json diff_runs_json(const std::string& a, const std::string& b);
  static std::string version_text();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nas
