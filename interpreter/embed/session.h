#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "embed/completion.h"
#include "embed/interpreter.h"

namespace nas {

/// A script that grows entry by entry, as a person types it. Each entry is checked on its own against what stands; an entry with
/// a mistake changes nothing. A name that is declared again takes the place of the old one. Stages run when their value is looked
/// at, or by `run`, and what the store holds is reused: a name declared back as it was gives its results back.
///
/// Threads, callbacks and statuses as `Interpreter`; diagnostics point into the entry ("entry 3").
class Session {
 public:
  explicit Session(Options options = {}, Callbacks callbacks = {});

  /// False where more lines belong to the entry: after an open bracket, an operator, a clause word, a head without its body.
  static bool finished(const std::string& entry);
  enum class EntryKind { nothing, value, statements };
  static EntryKind kind_of(const std::string& entry);
  /// Whether an entry is a stage, to which a line that begins with a clause word (`of`, `with`, `where`) can be added.
  static bool takes_clauses(const std::string& entry);
  static bool begins_with_clause(const std::string& entry);

  /// What an accepted entry did.
  struct Change {
    std::vector<std::string> declared;  ///< "front", in the entry's order
    std::vector<std::string> replaced;  ///< those of them that were known before
    std::vector<std::string> stale;     ///< results that no longer hold, and why: "front: seed is 2, was 1"
    std::vector<std::string> back;      ///< results that hold again
  };
  /// Takes statements in; lines of comments alone are kept for the script. What they show or require is worked out and printed at
  /// once; where that fails the status says how, and these statements alone are not kept. `instead_of_last`: they take the place
  /// of the entry before.
  Status enter(const std::string& entry, bool instead_of_last = false);
  const Change& change() const { return change_; }
  /// Takes in all statements of a file, without running any. False when it cannot be read: `failure_text`; `check_status` tells
  /// whether it was accepted. Files named by entries are relative to the first file's folder, where nothing was entered before.
  bool load_file(const std::string& path);
  Status check_status() const { return status_; }

  /// A value to look at.
  struct Look {
    Status status = Status::ok;
    /// space, device, dataset, result (also of profiles), learnt, predictor, weights, definition, value.
    std::string kind, name;
    nlohmann::json data;  ///< as `space_json`, `device_json`, `result_json`; of a predictor the rounds of searches that used it
    std::string text;     ///< of a value: as `show` prints it; of a definition: its statement
  };
  /// Runs what the value needs and is not there yet.
  Look look(const std::string& value);
  struct Type {
    Status status = Status::ok;
    std::string text;  ///< "Space", "a whole number", "known after front has run"
  };
  Type type_of(const std::string& value);
  /// Everything, or only what a value needs; the plan is that of `interpreter().plan_text()`.
  Status plan(const std::string& value = "");
  /// Runs every stage; results are there from then on.
  Status run();
  /// Runs `statement` behind the session's, which do not keep it: `plot pareto(front) to "front.svg"`.
  Status do_once(const std::string& statement);
  /// Loads and checks what stands, for questions to `interpreter()`.
  Status check();
  /// Ends a run soon, from any thread or a signal handler; the session goes on.
  void cancel() { interpreter_.cancel(); }

  void reset();
  /// Takes out what declares a name, and what needs it; the names that are gone. Empty where there is no such name.
  std::vector<std::string> drop(const std::string& name);

  /// The session as a script in canonical layout. Parameters have the values of `Options::params`.
  std::string script() const;
  std::string folder() const { return folder_; }  ///< to which files named by entries are relative; "" = the current one
  /// Names declared by entries, in order.
  std::vector<std::string> declared() const;
  /// Of a search or a profile that has run and still holds, as `result_json`; else null.
  nlohmann::json result(const std::string& name) const;

  /// What could stand at `cursor` (a byte of `entry`).
  Completion complete(const std::string& entry, std::size_t cursor);

  /// Of text that the language writes: bytes and what they are ("stage", "clause", "string", "number", "comment", "").
  struct Coloured {
    std::size_t begin, end;
    const char* what;
  };
  static std::vector<Coloured> coloured(const std::string& text);

  Interpreter& interpreter() { return interpreter_; }
  std::string render_diagnostics(bool colour) const { return interpreter_.render_diagnostics(colour); }
  std::string failure_text() const { return interpreter_.failure_text().empty() ? failure_ : interpreter_.failure_text(); }

 private:
  /// A statement, cut from the text in which it was entered.
  struct Item {
    std::shared_ptr<const ScriptText> text;
    std::size_t begin = 0, end = 0;
    std::vector<std::string> declares;  ///< names, and "file out/front.svg", "seed", "import x.nas"
    std::set<std::string> refers;
    std::string word;                            ///< "search", "let", "def", "show"
    std::string definition;                      ///< name of a `def`
    bool comment = false;                        ///< lines of comments, and no statement
    std::size_t value_begin = 0, value_end = 0;  ///< of a `param`: its value, in the text
    std::string value_type;
    int entry = 0;
  };
  static std::vector<Item> items_of(std::shared_ptr<const ScriptText> text, int entry);
  static bool declares_any(const Item& item, const std::vector<std::string>& names);
  static std::set<std::size_t> dependents(const std::vector<Item>& items, const std::vector<std::string>& names);

  Status check(const std::vector<Item>& items, const std::string& further = "");
  Status accept(std::vector<Item> fresh, std::vector<Item> standing);
  /// Which results a change has made stale, and which hold again.
  void compare_results();
  Status run_stages(const std::vector<std::string>& stages);
  std::vector<std::string> asking_stages() const;
  bool only_session_warnings() const;

  std::vector<std::pair<std::string, std::string>> params_;  ///< values given from outside
  std::string captured_;
  bool capturing_ = false;
  Callbacks callbacks_;
  Interpreter interpreter_;
  std::string folder_, failure_;
  std::vector<Item> items_;
  int entries_ = 0;
  Status status_ = Status::ok;
  Change change_;
  nlohmann::json names_ = nlohmann::json::array();  ///< as `names_json`, of what stands
  std::map<std::string, nlohmann::json> results_;   ///< that hold
  std::set<std::string> stale_;                     ///< names of results that do not hold any more
  nlohmann::json schemas_;
};

}  // namespace nas
