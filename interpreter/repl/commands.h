#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "embed/session.h"
#include "repl/screen.h"

namespace nas {

/// What a person can do in a session, whoever reads the entries.
class Desk {
 public:
  Desk(Session& session, const Screen& screen) : session_(session), screen_(screen) {}

  /// An entry of the language, or a `:` command; false where it failed.
  bool take(const std::string& entry);
  bool finished() const { return finished_; }  ///< after `:quit`
  bool interrupted() const { return interrupted_; }

  /// Names and one-line helps of the commands, as they are typed: {":doc", "NAME", "what a name does"}.
  struct Command {
    const char *name, *arguments, *help;
  };
  static const std::vector<Command>& commands();

 private:
  bool statements(const std::string& entry);
  bool value(const std::string& entry);
  bool command(const std::string& line);
  bool timed(const std::string& entry);
  /// What a status means, with its mistakes; true for ok.
  bool tell(Status status);
  bool refuse(const std::string& sentence, const std::string& hint = "") const;
  void print_look(const Session::Look& look);

  bool do_type(const std::string& rest);
  bool do_doc(const std::string& rest);
  bool do_plan(const std::string& rest);
  bool do_sample(const std::string& rest);
  bool do_draw(const std::string& rest);
  bool do_show(const std::string& rest);
  bool do_compare(const std::string& rest);
  bool do_set(const std::string& rest);
  bool do_time(const std::string& rest);
  bool do_open(const std::string& rest);
  bool do_save(const std::string& rest);
  bool do_load(const std::string& rest);
  bool do_run();
  bool do_drop(const std::string& rest);
  bool do_help() const;
  std::string coloured(const std::string& text) const;
  /// The space that a word names, or the only one; "" after a message.
  std::string space_named(const std::string& word);

  Session& session_;
  const Screen& screen_;
  bool finished_ = false, interrupted_ = false, time_ = false;
  std::size_t rows_ = 20;
  std::string last_;  ///< the last statements, which a clause can be added to
  bool last_accepted_ = false;
  std::uint64_t samples_ = 0;  ///< so that two `:sample` draw different networks
};

/// An entry in the colours of what it is made of.
std::string coloured_entry(const std::string& text);

}  // namespace nas
