#include "repl/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "repl/drawings.h"
#include "report/progress_line.h"

namespace nas {
namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The first word, which `text` loses.
std::string take_word(std::string& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

bool whole_number(const std::string& text, std::size_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

std::string indented(const nlohmann::json& identity) {
  std::string text;
  if (!identity.is_object()) return "  " + (identity.is_string() ? identity.get<std::string>() : identity.dump()) + "\n";
  std::size_t width = 0;
  for (const auto& [field, value] : identity.items()) width = std::max(width, field.size());
  for (const auto& [field, value] : identity.items())
    text += fmt::format("  {:<{}}  {}\n", field, width, value.is_string() ? value.get<std::string>() : value.dump());
  return text;
}

/// How well the predictors of a search's rounds did: the last round of each metric.
std::string rounds_text(const nlohmann::json& rounds) {
  std::string text;
  for (const auto& round : rounds) {
    text += fmt::format("  {}{} round {}: {} of {}, learnt from {} networks", round.value("search", ""),
                        round.contains("search") ? "," : "", round.value("round", 0), round.value("predictor", ""),
                        round.value("metric", ""), round.value("rows", 0));
    if (round["mape"].is_number()) text += fmt::format(", error {:.2f} %", 100 * round["mape"].get<double>());
    if (round["kendall_tau"].is_number()) text += fmt::format(", Kendall tau {:.3f}", round["kendall_tau"].get<double>());
    text += "\n";
  }
  return text;
}

}  // namespace

std::string coloured_entry(const std::string& text) {
  std::string out;
  std::size_t at = 0;
  for (const auto& part : Session::coloured(text)) {
    if (part.begin < at) continue;
    out += text.substr(at, part.begin - at);
    const std::string what = part.what;
    const char* code = what == "stage"    ? "1;34"
                       : what == "clause" ? "34"
                       : what == "string" ? "32"
                       : what == "number" ? "36"
                                          : "90";
    out += fmt::format("\033[{}m{}\033[0m", code, text.substr(part.begin, part.end - part.begin));
    at = part.end;
  }
  return out + text.substr(at);
}

const std::vector<Desk::Command>& Desk::commands() {
  static const std::vector<Command> list = {
      {":help", "", "this text"},
      {":type", "VALUE", "what a value is, without a run"},
      {":doc", "NAME", "what a component or a name does and takes"},
      {":plan", "[VALUE]", "what would run, for all or for one value"},
      {":run", "", "run everything; what is finished is reused"},
      {":sample", "SPACE [N]", "networks drawn at random"},
      {":draw", "SPACE [NETWORK]", "a network as text; else the largest"},
      {":show", "FRONT [by METRIC] [limit N]", "a front, sorted"},
      {":compare", "A B", "which of two searches is better, by a test"},
      {":open", "NAME", "write the picture of a front or a space"},
      {":save", "FILE", "write the session as a script"},
      {":load", "FILE", "take in the statements of a script"},
      {":drop", "NAME", "take out a name and what needs it"},
      {":set", "[NAME VALUE]", "rows of a front, time on or off"},
      {":time", "[ENTRY]", "how long an entry takes; alone: on, off"},
      {":reset", "", "begin again; the store keeps its results"},
      {":quit", "", "leave, as Ctrl-D does"},
  };
  return list;
}

bool Desk::refuse(const std::string& sentence, const std::string& hint) const {
  screen_.tell(fmt::format("nas: {}\n{}", sentence, hint.empty() ? "" : "  " + hint + "\n"));
  return false;
}

bool Desk::tell(Status status) {
  const std::string mistakes = session_.render_diagnostics(screen_.error_colours);
  if (!mistakes.empty()) screen_.tell(mistakes);
  if (status == Status::ok) return true;
  if (status == Status::interrupted) {
    interrupted_ = true;
    screen_.tell("interrupted: ask again to go on; what was measured is kept\n");
  } else if (mistakes.empty()) {
    screen_.tell("nas: " + session_.failure_text() + "\n");
  }
  return false;
}

std::string Desk::coloured(const std::string& text) const {
  return screen_.colours ? coloured_entry(text) : text;
}

bool Desk::take(const std::string& entry) {
  interrupted_ = false;
  const std::string text = trimmed(entry);
  if (text.empty()) return true;
  return time_                                                 ? timed(text)
         : text[0] == ':'                                      ? command(text)
         : Session::kind_of(text) == Session::EntryKind::value ? value(text)
                                                               : statements(text);
}

bool Desk::timed(const std::string& entry) {
  const auto start = std::chrono::steady_clock::now();
  const bool was = std::exchange(time_, false);
  const bool good = take(entry);
  time_ = was != time_ && entry.starts_with(":") ? time_ : was;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  screen_.show(seconds < 1 ? fmt::format("took {:.0f} ms\n", 1000 * seconds) : fmt::format("took {}\n", duration_text(seconds)));
  return good;
}

bool Desk::statements(const std::string& entry) {
  if (Session::kind_of(entry) == Session::EntryKind::nothing) return session_.enter(entry) == Status::ok;
  // A clause on a line of its own goes on with the stage before.
  const bool goes_on = Session::begins_with_clause(entry) && Session::takes_clauses(last_);
  const bool instead = goes_on && last_accepted_;
  last_ = goes_on ? last_ + "\n  " + entry : entry;
  const Status status = session_.enter(last_, instead);
  last_accepted_ = status != Status::script_error;
  const Session::Change& change = session_.change();
  if (status != Status::script_error) {
    if (!change.replaced.empty() && !instead) screen_.show(fmt::format("declared again: {}\n", fmt::join(change.replaced, ", ")));
    for (const auto& line : change.stale) screen_.show(fmt::format("stale: {}\n", line));
    if (!change.back.empty()) screen_.show(fmt::format("holds again: {}\n", fmt::join(change.back, ", ")));
  }
  return tell(status);
}

bool Desk::value(const std::string& entry) {
  const Session::Look look = session_.look(entry);
  if (!tell(look.status)) return false;
  print_look(look);
  return true;
}

void Desk::print_look(const Session::Look& look) {
  if (look.kind == "value") return screen_.show(look.text);
  if (look.kind == "definition") return screen_.show(coloured(look.text));
  if (look.kind == "space") {
    std::string text = space_text(look.name, look.data);
    const nlohmann::json largest = session_.interpreter().network_json(look.name, "");
    return screen_.show(text + "  the largest: " + network_text(largest, screen_.unicode));
  }
  if (look.kind == "device") return screen_.show(fmt::format("device {}\n", look.name) + indented(look.data));
  if (look.kind == "learnt") return screen_.show(fmt::format("{}: {}\n", look.name, look.data.value("text", "")));
  if (look.kind == "weights")
    return screen_.show(
        fmt::format("{}: {}, loss {:.4g}\n", look.name, look.data.value("summary", ""), look.data.value("loss", 0.0)));
  if (look.kind == "predictor") {
    if (look.data.empty())
      return screen_.show(fmt::format("predictor {}: its errors are known once a search has used it\n", look.name));
    return screen_.show(fmt::format("predictor {}\n", look.name) + rounds_text(look.data));
  }
  std::string failure;
  if (look.data.contains("front"))
    return screen_.show(front_listing(look.name, look.data, "", rows_, failure) + front_pictures(look.data, screen_.unicode) +
                        rounds_text(look.data.value("rounds", nlohmann::json::array())));
  screen_.show(look.data.value("text", look.data.dump(2)) + "\n");
}

bool Desk::command(const std::string& line) {
  std::string rest = line;
  const std::string name = take_word(rest);
  if (name == ":help" || name == ":?") return do_help();
  if (name == ":type") return do_type(rest);
  if (name == ":doc") return do_doc(rest);
  if (name == ":plan") return do_plan(rest);
  if (name == ":run") return do_run();
  if (name == ":sample") return do_sample(rest);
  if (name == ":draw") return do_draw(rest);
  if (name == ":show") return do_show(rest);
  if (name == ":compare") return do_compare(rest);
  if (name == ":open") return do_open(rest);
  if (name == ":save") return do_save(rest);
  if (name == ":load") return do_load(rest);
  if (name == ":drop") return do_drop(rest);
  if (name == ":set") return do_set(rest);
  if (name == ":time") return do_time(rest);
  if (name == ":reset") return session_.reset(), last_.clear(), true;
  if (name == ":quit" || name == ":q" || name == ":exit") return finished_ = true;
  std::vector<std::string> known;
  for (const Command& known_command : commands()) known.emplace_back(known_command.name);
  const std::string near = did_you_mean(name, known);
  return refuse(fmt::format("there is no command {}", name),
                near.empty() ? "all commands: :help" : fmt::format("did you mean {}?", near));
}

bool Desk::do_help() const {
  std::string text = "Statements are checked and kept; a name or a value alone is shown.\n\n";
  for (const Command& command : commands())
    text += fmt::format("  {:<33} {}\n", fmt::format("{} {}", command.name, command.arguments), command.help);
  text += "\nTab completes and explains, Ctrl-R searches what was entered,\nCtrl-C leaves an entry or stops a stage.\n";
  screen_.show(text);
  return true;
}

bool Desk::do_type(const std::string& rest) {
  if (rest.empty()) return refuse("the type of what?", "e.g. :type front.best.latency");
  const Session::Type type = session_.type_of(rest);
  if (!tell(type.status)) return false;
  screen_.show(type.text + "\n");
  return true;
}

bool Desk::do_doc(const std::string& rest) {
  if (rest.empty()) return refuse("what is to be documented?", "e.g. :doc nsga2");
  if (const auto text = session_.interpreter().doc_text(rest)) {
    screen_.show(*text);
    return true;
  }
  const auto mine = session_.declared();
  if (std::find(mine.begin(), mine.end(), rest) != mine.end()) return value(rest);
  std::vector<std::string> known = mine;
  for (const auto& kind : session_.interpreter().component_names(""))
    for (auto& name : session_.interpreter().component_names(kind)) known.push_back(std::move(name));
  const std::string near = did_you_mean(rest, known);
  return refuse(fmt::format("there is no component {}", rest), near.empty() ? "" : fmt::format("did you mean {}?", near));
}

bool Desk::do_plan(const std::string& rest) {
  if (rest.empty() && session_.script().empty()) return screen_.show("nothing is declared yet\n"), true;
  if (!tell(session_.plan(rest))) return false;
  screen_.show(session_.interpreter().plan_text(screen_.colours));
  return true;
}

bool Desk::do_run() {
  if (session_.script().empty()) return screen_.show("nothing is declared yet\n"), true;
  const Status status = session_.run();
  if (!tell(status)) return false;
  std::string text;
  const nlohmann::json stages = session_.interpreter().plan_json()["stages"];
  for (const auto& stage : stages) {
    const std::string name = stage.value("name", ""), file = stage.value("file", "");
    const nlohmann::json result = session_.result(name);
    if (!file.empty()) text += fmt::format("wrote {}\n", file);
    if (!result.is_object()) continue;
    std::size_t networks = 0;
    const nlohmann::json columns = result.value("front", nlohmann::json::array());
    for (const auto& column : columns) networks = std::max(networks, column["values"].size());
    text += networks > 0
                ? fmt::format("{}: {} networks on the front of {} evaluated\n", name, networks, result.value("evaluations", 0))
                : fmt::format("{}: done\n", name);
  }
  screen_.show(text);
  return true;
}

std::string Desk::space_named(const std::string& word) {
  if (!word.empty()) {
    const Session::Type type = session_.type_of(word);
    if (!tell(type.status)) return "";
    if (type.text == "Space") return word;
    refuse(fmt::format("{} is no space", word), "e.g. :sample net 3");
    return "";
  }
  refuse("of which space?", "e.g. :sample net 3");
  return "";
}

bool Desk::do_sample(const std::string& rest) {
  std::string words = rest;
  const std::string name = take_word(words);
  std::size_t count = 1;
  if (!words.empty() && (!whole_number(words, count) || count == 0 || count > 10000))
    return refuse(fmt::format("how many is a whole number from 1 to 10000, not {}", words), "e.g. :sample net 3");
  const std::string space = space_named(name);
  if (space.empty()) return false;
  const nlohmann::json networks = session_.interpreter().networks_json(space, count, samples_++);
  if (networks.is_null()) return refuse(fmt::format("the networks of {} are known once its table is read", space));
  screen_.show(networks_text(networks));
  return true;
}

bool Desk::do_draw(const std::string& rest) {
  std::string words = rest;
  const std::string space = space_named(take_word(words));
  if (space.empty()) return false;
  if (words.size() > 1 && words.front() == '"' && words.back() == '"') words = words.substr(1, words.size() - 2);
  const nlohmann::json network = session_.interpreter().network_json(space, words);
  if (network.is_null())
    return refuse(session_.interpreter().failure_text().empty()
                      ? fmt::format("the networks of {} are known once its table is read", space)
                      : session_.interpreter().failure_text());
  screen_.show(network_text(network, screen_.unicode));
  return true;
}

bool Desk::do_show(const std::string& rest) {
  std::string words = rest, by;
  std::string name = take_word(words);
  std::size_t limit = rows_;
  if (name.empty()) return refuse("which front?", "e.g. :show front by latency limit 10");
  while (!words.empty()) {
    const std::string word = take_word(words);
    const std::string given = take_word(words);
    if (word == "by" && !given.empty())
      by = given;
    else if (word != "limit" && word != "by")
      return refuse(fmt::format("{} is neither by nor limit", word), "e.g. :show front by latency limit 10");
    else if (!whole_number(given, limit) || limit == 0)
      return refuse(word == "by" ? "by which metric?"
                                 : fmt::format("limit takes a whole number from 1, not {}", given.empty() ? "nothing" : given),
                    "e.g. :show front by latency limit 10");
  }
  const Session::Look look = session_.look(name);
  if (!tell(look.status)) return false;
  if (!look.data.is_object() || !look.data.contains("front"))
    return refuse(fmt::format("{} is no front", name), "a search gives one");
  std::string failure;
  const std::string text = front_listing(look.name, look.data, by, limit, failure);
  if (!failure.empty()) return refuse(failure);
  screen_.show(text);
  return true;
}

bool Desk::do_compare(const std::string& rest) {
  std::string words = rest;
  const std::string first = take_word(words), second = take_word(words);
  if (first.empty() || second.empty() || !words.empty()) return refuse("which two searches?", "e.g. :compare front other");
  return value(fmt::format("compare({}, {})", first, second));
}

bool Desk::do_set(const std::string& rest) {
  std::string words = rest;
  const std::string name = take_word(words);
  if (!words.empty() && words[0] == '=') words = trimmed(words.substr(1));
  if (name.empty()) {
    screen_.show(fmt::format("rows  {}   of a front\ntime  {}  how long each entry takes\n", rows_, time_ ? "on" : "off"));
    return true;
  }
  if (name == "rows") {
    std::size_t rows = 0;
    if (!whole_number(words, rows) || rows == 0 || rows > 20)
      return refuse(fmt::format("rows is a whole number from 1 to 20, not {}", words.empty() ? "nothing" : words));
    rows_ = rows;
    return true;
  }
  if (name == "time") {
    if (words != "on" && words != "off")
      return refuse(fmt::format("time is on or off, not {}", words.empty() ? "nothing" : words));
    time_ = words == "on";
    return true;
  }
  const std::string near = did_you_mean(name, {"rows", "time"});
  return refuse(fmt::format("there is no setting {}", name), near.empty()
                                                                 ? "settings are rows, time; a param is set by declaring it again"
                                                                 : fmt::format("did you mean {}?", near));
}

bool Desk::do_time(const std::string& rest) {
  if (!rest.empty()) return timed(rest);
  time_ = !time_;
  screen_.show(fmt::format("time is {}\n", time_ ? "on" : "off"));
  return true;
}

bool Desk::do_open(const std::string& rest) {
  if (rest.empty()) return refuse("the picture of what?", "e.g. :open front");
  const Session::Type type = session_.type_of(rest);
  if (!tell(type.status)) return false;
  std::string stem;
  for (const char c : rest) stem += std::isalnum(static_cast<unsigned char>(c)) || c == '_' ? c : '_';
  const std::string file = stem + ".svg";
  std::string statement;
  if (type.text == "Space")
    statement = fmt::format("plot network({}.largest) to \"{}\"", rest, file);
  else if (type.text == "Arch" || type.text.starts_with("Arch,"))
    statement = fmt::format("plot network({}) to \"{}\"", rest, file);
  else if (type.text.starts_with("Result"))
    statement = fmt::format("plot pareto({}) to \"{}\"", rest, file);
  else
    return refuse(fmt::format("there is no picture of {}", rest), "of a front, a space or a network there is one");
  if (!tell(session_.do_once(statement))) return false;
  screen_.show(fmt::format("wrote {}\n", file), false);
  return true;
}

bool Desk::do_save(const std::string& rest) {
  if (rest.empty()) return refuse("to which file?", "e.g. :save search.nas");
  const std::string fresh = rest + ".new", script = session_.script();
  std::ofstream file(fresh, std::ios::binary);
  std::error_code error;
  if (!(file << script) || !file.flush()) {
    std::filesystem::remove(fresh, error);
    return refuse(fmt::format("{} cannot be written", rest));
  }
  file.close();
  std::filesystem::rename(fresh, rest, error);
  if (error) return std::filesystem::remove(fresh, error), refuse(fmt::format("{} cannot be written", rest));
  screen_.show(fmt::format("wrote {}\n", rest), false);
  const auto there = std::filesystem::path(rest).parent_path().lexically_normal(),
             here = std::filesystem::path(session_.folder()).lexically_normal();
  const auto plain = [](const std::filesystem::path& p) { return p == "." ? std::filesystem::path() : p; };
  if (plain(there) != plain(here))
    screen_.show(fmt::format("files that it names are relative to it; in this session they were relative to {}\n",
                             here.empty() ? "the current folder" : here.string()),
                 false);
  return true;
}

bool Desk::do_load(const std::string& rest) {
  if (rest.empty()) return refuse("which file?", "e.g. :load search.nas");
  if (!session_.load_file(rest)) return refuse(session_.failure_text());
  last_.clear();
  const Status status = session_.check_status();
  if (!tell(status)) return false;
  const Session::Change& change = session_.change();
  if (!change.declared.empty()) screen_.show(fmt::format("{}: {}\n", rest, fmt::join(change.declared, ", ")));
  for (const auto& line : change.stale) screen_.show(fmt::format("stale: {}\n", line));
  return true;
}

bool Desk::do_drop(const std::string& rest) {
  if (rest.empty()) return refuse("which name?", "e.g. :drop front");
  const auto gone = session_.drop(rest);
  if (gone.empty()) {
    const std::string near = did_you_mean(rest, session_.declared());
    return refuse(fmt::format("no entry declares {}", rest), near.empty() ? "" : fmt::format("did you mean {}?", near));
  }
  screen_.show(fmt::format("dropped: {}\n", fmt::join(gone, ", ")));
  return true;
}

}  // namespace nas
