#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostic.h"
#include "core/result.h"
#include "core/text_table.h"

namespace nas {

class Registry;
class NetworkRunner;
class Space;
struct HostMetric;

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
  std::string what;  ///< "training", "measuring latency@host"
  double done = 0, total = 0;
  double seconds = 0;  ///< since the stage began; of a reused stage: what it took when it ran
  std::string detail;  ///< "loss 0.61"
  enum class Kind { started, step, finished, reused, skipped, failed } kind = Kind::step;
};

/// A text with a name for diagnostics.
struct ScriptText {
  std::string name, text;
};

/// What one interpreter works with. Read once, by the constructor.
struct Options {
  std::string store_folder = ".nas";  ///< the run store; made by the first `plan` or `run`
  std::string output_folder;          ///< files are written below it; "" = the current folder
  /// Where `spaces/*.nas` lie. NAS_STDLIB comes first, the folders beside the executable last. A CMake project that found
  /// the installed package passes NAS_STDLIB_FOLDER, which `nas::nas` defines.
  std::vector<std::string> stdlib_folders;
  /// Where `libnas_torch.so` lies. NAS_MODULE_DIR comes first, `../lib/nas` beside the executable second; NAS_MODULE_FOLDER
  /// is the installed package's.
  std::vector<std::string> module_folders;
  std::vector<std::pair<std::string, std::string>> params;  ///< values of the script's parameters: {"rounds", "3"}
  std::optional<std::uint64_t> seed;                        ///< replaces the script's
  int threads = 0;                                          ///< 0 = all cores
  bool fresh = false;                                       ///< ignore earlier results (measurements are made again)
  bool allow_run = false;                 ///< lets a script start programs: devices behind other programs and machines
  std::function<void(Registry&)> extend;  ///< adds the embedder's own components to the standard library's
  /// What trains, evaluates and times networks in place of the LibTorch module.
  std::function<Result<std::unique_ptr<NetworkRunner>>()> open_runner;
  /// Asked before the disk, while a script is checked: the text of an import, under the name that diagnostics and its own imports
  /// speak of; `from` is the name of the text that imports. Nothing = look for a file.
  std::function<std::optional<ScriptText>(const std::string& path, const std::string& from)> import;
  /// Asked before the disk for the bytes of a script, an import or a table that a script names; gzip is undone. Nothing = look
  /// for a file. Data sets and what other programs read always come from the disk.
  std::function<std::optional<std::string>(const std::string& path)> open_file;
  /// Asked now and then while `run` works, from any of its threads, one at a time; true ends it as `cancel` does.
  std::function<bool()> cancelled;
};

enum class LogLevel { note, warning, error };

/// Called while `run` works, one at a time, from the thread that called `run` or from one that it started. A callback may
/// call `cancel` and nothing else of the interpreter; it must not throw.
struct Callbacks {
  std::function<void(const std::string& text)> print = [](const std::string&) {};  ///< what `show` prints
  std::function<void(const ProgressEvent&)> progress = [](const ProgressEvent&) {};
  /// Each diagnostic once, in one line, and what stages have to remark; empty = not wanted.
  std::function<void(LogLevel, const std::string& line)> log;
};

/// One column of a front: `texts` or `numbers` has a value for each network, the best one first.
struct FrontColumn {
  std::string name;      ///< "architecture", "accuracy", "latency@host", "test accuracy"
  std::string unit;      ///< of `numbers` and `spread`: "%", "ms"; "" for counts and texts
  bool measured = true;  ///< false: values of a predictor
  std::vector<std::string> texts;
  std::vector<double> numbers;  ///< NaN where there is no value
  std::vector<double> spread;   ///< of repeated measurements; NaN where there is none; may be empty
};

/// What a search found.
struct Front {
  std::vector<FrontColumn> columns;
  std::int64_t evaluations = 0;  ///< networks whose objectives are known, not only those of the front
  double hypervolume = 0;

  /// From `result_json`; nothing where that is no search.
  static std::optional<Front> from_json(const nlohmann::json& result);
  std::size_t size() const;                                ///< networks on the front
  const FrontColumn* find(const std::string& name) const;  ///< null when there is no such column; lives as long as the front
};

/// A piece of a script that is put together: the bytes from `begin` to `end` of a text, with `before` in front of them, which
/// no diagnostic shows.
struct ScriptPart {
  std::shared_ptr<const ScriptText> text;
  std::size_t begin = 0, end = 0;
  std::string before;
};

/// One interpreter. No global state, no `exit`, no output but through callbacks and into the files and the store of a run;
/// several interpreters may work at once, each in a thread of its own. An object is used by one thread at a time, except
/// `cancel`. Functions that return a `Status` do not throw for mistakes of a script or failures of the world; a broken
/// promise of ours throws `std::logic_error`, want of memory `std::bad_alloc`. What is returned by value is the caller's;
/// references live until the next call that is not const.
class Interpreter {
 public:
  explicit Interpreter(Options options = {}, Callbacks callbacks = {});
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// Reads a script and forgets the one before, its results and any `cancel`. False when the file cannot be read:
  /// `failure_text` says why. Files that the script names are relative to the script's folder.
  bool load_file(const std::string& path);
  /// The same for a text; `name` stands in diagnostics and in the store. Files that the script names are relative to the
  /// current folder. Always true.
  bool load_text(std::string name, std::string text);

  /// The same for one script in several parts, one after another; diagnostics point into the text that a part was cut from, and
  /// names that nothing uses draw no warning: more may follow.
  /// Files that it names are relative to the folder of `name`.
  void load_parts(const std::string& name, std::vector<ScriptPart> parts);

  /// Gives a parameter of the script another value, from the next `check` on; a name that the script does not have is its
  /// mistake.
  void set_param(const std::string& name, std::string value);

  /// Adds a metric whose values a function of the embedder gives (embed/host_metric.h). Fails where the declaration is wrong or
  /// the name is taken. What was checked before is forgotten.
  Result<void> add(HostMetric metric);

  /// Mistakes and warnings found by the last `check`, `plan`, `run` or `formatted`.
  const Diagnostics& diagnostics() const;
  /// The same as pictures with carets.
  std::string render_diagnostics(bool colour) const;
  /// A list of {code, severity, file, line, column, end_line, end_column, message, label, note, labels}; lines and columns
  /// from 1.
  nlohmann::json diagnostics_json() const;

  /// Syntax, names, types, units, arguments, spaces, graph, capabilities. Opens no file but imports and spaces.
  /// `bad_usage` when nothing is loaded; `script_error` with diagnostics.
  Status check();
  /// `check`, then what would run, what would be reused and why not, sizes, measurements, time; looks at files, data sets and
  /// the store (E8 checks). Statuses as `check`. With names of stages: of these and of what they need, and no others.
  Status plan(const std::vector<std::string>& stages = {});
  /// The last plan, or what a `run` made of it; null or "" before. `as_json`: {seed, stages: [{stage, name, needs,
  /// action, reason, ...}]}.
  nlohmann::json plan_json() const;
  std::string plan_text(bool colour) const;
  std::string plan_dot() const;
  std::string plan_mermaid() const;
  /// `plan`, then executes it and blocks until it ends. Whatever the status, measurements made so far are in the store, and a
  /// further `run` continues from there. With names of stages: of these and of what they need, and no others.
  Status run(const std::vector<std::string>& stages = {});
  /// Ends a run soon with `interrupted`; a `run` that follows ends at once, until a script is loaded again. May be called from
  /// any thread and from a signal handler.
  void cancel();

  /// Names in scope after `check`: a list of {name, type, kind, members}. `type` is "Space", "Device", "Result" ...; "" of plain
  /// values, whose `kind` is "a whole number", "a list" ....
  nlohmann::json names_json() const;
  /// The values behind the last `show` of the checked script: {kind, type, stage, waits: names of stages}; "" where not known.
  nlohmann::json shown_json() const;
  /// A space after `check`; null where there is no such space or where a table restricts it. Outlives the interpreter.
  std::shared_ptr<const Space> space(const std::string& stage) const;
  /// The same as JSON: {name, genes: [{name, options}], networks, genotypes, smallest, largest: as `networks_json`}; null
  /// where there is no such space or where a table restricts it.
  nlohmann::json space_json(const std::string& stage) const;
  /// Networks of a space drawn at random, `seed` decides which: a list of {architecture, macs, params}. Null as `space_json`.
  nlohmann::json networks_json(const std::string& stage, std::size_t count, std::uint64_t seed) const;
  /// One network, as `networks_json`, and its blocks: a list of {group, name, genes, channels, height, width, macs, params}.
  /// `architecture` is a spelling, or "" for the largest. Null as `space_json`, or with `failure_text` where it does not parse.
  nlohmann::json network_json(const std::string& stage, const std::string& architecture);
  /// What a device is known by after `plan`; null where there is none.
  nlohmann::json device_json(const std::string& stage) const;

  /// The script's own parameters after `check`: a list of {name, type, help, value, low, high}.
  nlohmann::json params_json() const;
  /// Names of the stages that have a result after `run`: trainings and searches, in the script's order.
  std::vector<std::string> result_names() const;
  /// What a search found; nothing when it did not run or `stage` is no search.
  std::optional<Front> front(const std::string& stage) const;
  /// The result of a stage after `run`, or null. A search: {kind, space, evaluations, hypervolume, front: as `FrontColumn`,
  /// best: in SI units, objectives: {name, unit, maximise, measured, best}, rounds, family, seed}, a training {kind, summary,
  /// loss}. Of a larger front `most` networks, evenly from its first to its last; `networks` is then how many it has.
  nlohmann::json result_json(const std::string& stage, std::size_t most = std::numeric_limits<std::size_t>::max()) const;
  /// After a false, null or Status other than ok that has no diagnostic: a sentence, and below it a hint. "" otherwise.
  std::string failure_text() const;
  /// The run's name in the store ("r3"); "" before `run`.
  std::string run_id() const;

  /// The text in canonical layout; nothing, with diagnostics, when it has syntax errors.
  std::optional<std::string> formatted();

  // What the tool shows without a script.

  /// All schemas: a list of {kind, name, doc, source, args: [{name, type, help, required, default, at_least, at_most}]}; layers
  /// have the same fields, spaces {kind, name, text}.
  nlohmann::json components_json() const;
  /// All metrics that scripts may name, those of the program last: a list of {name, unit, dimension, maximise, exact, device:
  /// "never", "may" or "must" stand on one, own: true for those of the program}.
  nlohmann::json metrics_json() const;
  /// `nas doc knn`: components, layers and spaces of that name; nothing when there is none.
  std::optional<std::string> doc_text(const std::string& component) const;
  /// `nas list predictors`: names of one kind, sorted; the kinds for ""; empty for an unknown kind.
  std::vector<std::string> component_names(const std::string& kind) const;
  /// `nas explain E302`; nothing for an unknown code.
  std::optional<std::string> explain_text(const std::string& code) const;
  /// All codes: a list of {code, title, cause, wrong, right}.
  nlohmann::json codes_json() const;
  /// Runs in the store, oldest first: {run, script, started, ended, status}. Empty with `failure_text` when there is no store.
  nlohmann::json runs_json();
  /// One run: its script, plan, device, versions, times and counts of measurements. Null with `failure_text` when there is none.
  nlohmann::json run_record_json(const std::string& run_id);
  /// In what two runs differ: a list of {field, a, b}. Null with `failure_text` when one is missing.
  nlohmann::json diff_runs_json(const std::string& a, const std::string& b);
  /// Two searches of the store beside each other, or two families of runs: "r3.front", or "r3" where the run has one search.
  /// Gives {a, b: {name, shares of the hypervolume of all fronts, evaluations}, p, effect, least_p, text}; see `Comparison`. Null
  /// with `failure_text` where a run or a search is missing or their objectives differ.
  nlohmann::json compare_json(const std::string& a, const std::string& b);
  /// "nas 0.1.0".
  static std::string version_text();

 private:
  friend class AskTell;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nas
