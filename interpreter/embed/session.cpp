#include "embed/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "check/references.h"
#include "check/symbols.h"
#include "core/files.h"
#include "embed/parsed_entry.h"

namespace nas {
namespace {

using syntax::Statement;

/// The file that a stage writes, where it is written as a plain text.
std::string file_of(const syntax::Stage& stage) {
  for (const auto& clause : stage.clauses) {
    if (clause.word.text != "to" || clause.operands.empty() || !clause.operands[0].value) continue;
    const auto* text = std::get_if<syntax::StringLiteral>(&clause.operands[0].value->node);
    if (text && text->pieces.size() == 1 && !text->pieces[0].hole) return text->pieces[0].text;
  }
  return "";
}

/// The name that a stage gets where none is written: its component's.
std::string own_name(const syntax::Stage& stage) {
  if (stage.operands.empty() || !stage.operands[0].value) return "";
  const syntax::Expr* expr = stage.operands[0].value.get();
  if (const auto* call = std::get_if<syntax::Call>(&expr->node)) expr = call->callee.get();
  const auto* name = std::get_if<syntax::NameRef>(&expr->node);
  return name ? name->name : "";
}

void names_of(const syntax::Body& body, std::vector<std::string>& names);

struct Names {
  std::vector<std::string>& names;

  void operator()(const syntax::Import& import) const {
    names.push_back("import " + import.path);
    if (import.alias) names.push_back(import.alias->text);
  }
  void operator()(const syntax::Seed&) const { names.emplace_back("seed"); }
  void operator()(const syntax::Let& let) const { names.push_back(let.name.text); }
  void operator()(const syntax::Param& param) const { names.push_back(param.name.text); }
  void operator()(const syntax::DefFunction& def) const { names.push_back(def.name.text); }
  void operator()(const syntax::DefSpace& def) const { names.push_back("space " + def.name.text); }
  void operator()(const syntax::When& when) const {
    names_of(when.then, names);
    names_of(when.otherwise, names);
  }
  void operator()(const syntax::Stage& stage) const {
    if (stage.name)
      names.push_back(stage.name->text);
    else if (const std::string file = file_of(stage); !file.empty())
      names.push_back("file " + file);
    else if (const std::string own = own_name(stage); names_itself(stage.word.text) && !own.empty())
      names.push_back(own);
  }
  template <typename T>
  void operator()(const T&) const {}
};

void names_of(const syntax::Body& body, std::vector<std::string>& names) {
  for (const Statement& statement : body) std::visit(Names{names}, statement.node);
}

std::string word_of(const Statement& statement) {
  if (const auto* stage = std::get_if<syntax::Stage>(&statement.node)) return stage->word.text;
  if (std::holds_alternative<syntax::Show>(statement.node)) return "show";
  if (std::holds_alternative<syntax::Require>(statement.node)) return "require";
  return "";
}

/// The plain name behind a key of `declares`.
std::string plain_name(const std::string& key) {
  return key.starts_with("space ") ? key.substr(6) : key;
}
bool is_plain_name(const std::string& key) {
  return key.find_first_of("./ ") == std::string::npos || key.starts_with("space ");
}

}  // namespace

std::vector<Session::Item> Session::items_of(std::shared_ptr<const ScriptText> text, int entry) {
  ParsedEntry parsed(text->text);
  std::vector<Item> items;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parsed.script.statements.size(); ++i) {
    Item item;
    item.text = text;
    item.entry = entry;
    item.begin = at;
    // A comment behind a statement is its own; the last one takes all that is left.
    const std::size_t line_end = text->text.find('\n', parsed.script.statements[i].span.end);
    const bool last = i + 1 == parsed.script.statements.size();
    item.end = at = last || line_end == std::string::npos ? text->text.size() : line_end + 1;
    syntax::Body body;
    body.push_back(std::move(parsed.script.statements[i]));
    names_of(body, item.declares);
    collect_references(body, item.refers);
    item.word = word_of(body[0]);
    if (const auto* param = std::get_if<syntax::Param>(&body[0].node); param && param->value) {
      item.value_begin = param->value->span.begin;
      item.value_end = param->value->span.end;
      item.value_type = param->type.text;
    }
    if (const auto* def = std::get_if<syntax::DefSpace>(&body[0].node)) item.definition = def->name.text;
    if (const auto* def = std::get_if<syntax::DefFunction>(&body[0].node)) item.definition = def->name.text;
    items.push_back(std::move(item));
  }
  return items;
}

bool Session::declares_any(const Item& item, const std::vector<std::string>& names) {
  return std::any_of(item.declares.begin(), item.declares.end(),
                     [&](const auto& name) { return std::find(names.begin(), names.end(), name) != names.end(); });
}

std::set<std::size_t> Session::dependents(const std::vector<Item>& items, const std::vector<std::string>& names) {
  std::set<std::string> gone;
  for (const auto& name : names) gone.insert(plain_name(name));
  std::set<std::size_t> found;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (found.count(i) ||
          std::none_of(items[i].refers.begin(), items[i].refers.end(), [&](const auto& name) { return gone.count(name) > 0; }))
        continue;
      found.insert(i);
      for (const auto& name : items[i].declares) gone.insert(plain_name(name));
      more = true;
    }
  }
  return found;
}

Session::Session(Options options, Callbacks callbacks)
    : params_(options.params), callbacks_(std::move(callbacks)), interpreter_(std::move(options), [this] {
        Callbacks inner;
        inner.print = [this](const std::string& text) { capturing_ ? void(captured_ += text) : callbacks_.print(text); };
        inner.progress = [this](const ProgressEvent& event) { callbacks_.progress(event); };
        return inner;
      }()) {}

Status Session::check(const std::vector<Item>& items, const std::string& further) {
  failure_.clear();
  std::vector<ScriptPart> parts;
  for (const Item& item : items) parts.push_back({item.text, item.begin, item.end, ""});
  if (!further.empty() || parts.empty()) {
    const std::string before = kind_of(further) == EntryKind::value ? "show " : "";
    parts.push_back(
        {std::make_shared<const ScriptText>(ScriptText{fmt::format("entry {}", entries_), further}), 0, further.size(), before});
  }
  interpreter_.load_parts(folder_.empty() ? "session" : folder_ + "/session", std::move(parts));
  return interpreter_.check();
}

Status Session::check() {
  return check(items_);
}

Status Session::enter(const std::string& entry, bool instead_of_last) {
  change_ = {};
  const auto text = std::make_shared<const ScriptText>(ScriptText{fmt::format("entry {}", ++entries_), entry});
  if (!ParsedEntry(entry).good()) {
    // Alone: a bracket that is not closed must not swallow what stands behind it.
    interpreter_.load_parts(folder_.empty() ? "session" : folder_ + "/session", {{text, 0, entry.size(), ""}});
    interpreter_.formatted();
    return status_ = Status::script_error;
  }
  if (kind_of(entry) == EntryKind::nothing) {
    --entries_;
    if (entry.find('#') == std::string::npos) return status_ = Status::ok;
    Item note;
    note.text = text;
    note.end = entry.size();
    note.entry = -1;
    note.comment = true;
    items_.push_back(std::move(note));
    return status_ = Status::ok;
  }
  std::vector<Item> standing = items_;
  const auto last = std::find_if(items_.rbegin(), items_.rend(), [](const Item& item) { return !item.comment; });
  if (instead_of_last && last != items_.rend())
    std::erase_if(standing, [entry = last->entry](const Item& item) { return item.entry == entry; });
  // What was looked at since the last entry is no part of what stands.
  std::vector<std::string> asked;
  if (!items_.empty() && check(items_) == Status::ok) asked = asking_stages();
  status_ = accept(items_of(text, entries_), std::move(standing));
  if (status_ != Status::ok) return status_;
  std::vector<std::string> asking;
  for (const std::string& stage : asking_stages())
    if (std::find(asked.begin(), asked.end(), stage) == asked.end()) asking.push_back(stage);
  if (asking.empty()) return status_;
  status_ = run_stages(asking);
  if (status_ != Status::ok)
    std::erase_if(items_,
                  [&](const Item& item) { return item.entry == entries_ && (item.word == "show" || item.word == "require"); });
  return status_;
}

bool Session::load_file(const std::string& path) {
  change_ = {};
  interpreter_.load_parts("session", {});  // forgets an earlier failure
  failure_.clear();
  auto text = read_whole_file(path);
  if (!text) {
    interpreter_.load_file(path);  // its words about what is not there
    status_ = Status::bad_usage;
    return false;
  }
  ++entries_;
  const auto source = std::make_shared<const ScriptText>(ScriptText{path, std::move(*text)});
  if (!ParsedEntry(source->text).good()) {
    interpreter_.load_parts(path, {{source, 0, source->text.size(), ""}});
    interpreter_.formatted();
    status_ = Status::script_error;
    return true;
  }
  const std::string before = folder_;
  if (items_.empty()) folder_ = std::filesystem::path(path).parent_path().string();
  status_ = accept(items_of(source, entries_), items_);
  if (status_ != Status::ok) folder_ = before;
  return true;
}

Status Session::accept(std::vector<Item> fresh, std::vector<Item> standing) {
  std::vector<std::string> replaced;
  bool seed = false;
  // Each statement takes the place of what it declares again; where it needs something from further down, it and what needs it
  // move to the end.
  auto placed = [&](bool at_the_end) {
    std::vector<Item> items = standing;
    for (const Item& item : fresh) {
      std::vector<std::string> again;
      std::size_t place = items.size();
      for (std::size_t i = items.size(); i-- > 0;)
        if (declares_any(items[i], item.declares)) {
          again.insert(again.end(), items[i].declares.begin(), items[i].declares.end());
          items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
          place = i;
        }
      std::vector<Item> behind;
      if (at_the_end && !again.empty()) {
        const auto moved = dependents(items, again);
        for (const std::size_t i : moved) behind.push_back(items[i]);
        for (auto i = moved.rbegin(); i != moved.rend(); ++i) items.erase(items.begin() + static_cast<std::ptrdiff_t>(*i));
        place = items.size();
      }
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(std::min(place, items.size())), item);
      items.insert(items.end(), behind.begin(), behind.end());
      for (const auto& name : again)
        if (std::find(item.declares.begin(), item.declares.end(), name) != item.declares.end()) replaced.push_back(name);
    }
    return items;
  };
  std::vector<Item> items = placed(false);
  Status status = check(items);
  if (status != Status::ok && !replaced.empty()) {
    const auto& all = interpreter_.diagnostics().all();
    if (std::any_of(all.begin(), all.end(), [](const Diagnostic& d) { return d.code == "E203"; })) {
      replaced.clear();
      items = placed(true);
      status = check(items);
    }
  }
  if (status != Status::ok) return status;
  for (const Item& item : fresh)
    for (const auto& name : item.declares) {
      seed |= name == "seed";
      if (is_plain_name(name)) change_.declared.push_back(plain_name(name));
    }
  for (const auto& name : replaced)
    if (is_plain_name(name)) change_.replaced.push_back(plain_name(name));
  items_ = std::move(items);
  names_ = interpreter_.names_json();
  if (!replaced.empty() || seed || standing.size() < items_.size() - fresh.size()) compare_results();
  return status;
}

void Session::compare_results() {
  std::vector<std::string> known(stale_.begin(), stale_.end());
  for (const auto& [name, result] : results_) known.push_back(name);
  if (known.empty()) return;
  const nlohmann::json stages = interpreter_.plan_json().value("stages", nlohmann::json::array());
  auto stands = [&](const std::string& name) {
    return std::any_of(stages.begin(), stages.end(), [&](const auto& stage) { return stage.value("name", "") == name; });
  };
  for (const auto& name : known)
    if (!stands(name)) results_.erase(name), stale_.erase(name);
  std::erase_if(known, [&](const auto& name) { return !stands(name); });
  if (known.empty() || interpreter_.plan(known) != Status::ok) return;
  const nlohmann::json decided = interpreter_.plan_json()["stages"];
  for (const auto& stage : decided) {
    const std::string name = stage.value("name", "");
    const bool reused = stage.value("action", "") == "reuse" || stage.value("action", "") == "always";
    if (!reused && results_.erase(name)) {
      stale_.insert(name);
      change_.stale.push_back(fmt::format("{}: {}", name, stage.value("reason", "")));
    } else if (reused && stale_.erase(name)) {
      change_.back.push_back(name);
    } else if (reused) {
      results_.erase(name);  // read from the store when it is asked for: its space may be written differently now
    }
  }
}

std::vector<std::string> Session::asking_stages() const {
  std::vector<std::string> names;
  const nlohmann::json plan = interpreter_.plan_json();
  if (!plan.is_object()) return names;
  for (const auto& stage : plan.at("stages"))
    if (stage.value("stage", "") == "show" || stage.value("stage", "") == "require") names.push_back(stage.value("name", ""));
  return names;
}

Status Session::run_stages(const std::vector<std::string>& stages) {
  const Status status = interpreter_.run(stages);
  for (const auto& name : interpreter_.result_names()) {
    results_[name] = interpreter_.result_json(name);
    stale_.erase(name);
  }
  return status;
}

Status Session::run() {
  if (items_.empty()) return Status::ok;
  if (const Status status = check(); status != Status::ok) return status;
  return run_stages({});
}

Session::Look Session::look(const std::string& value) {
  Look look;
  std::string name = value;
  name.erase(0, name.find_first_not_of(" \t\r\n"));
  name.erase(name.find_last_not_of(" \t\r\n") + 1);
  for (const Item& item : items_)
    if (item.definition == name) {
      look.kind = "definition";
      look.name = name;
      look.text = item.text->text.substr(item.begin, item.end - item.begin);
      look.text.erase(0, look.text.find_first_not_of('\n'));
      if (!look.text.ends_with('\n')) look.text += '\n';
      return look;
    }
  ++entries_;
  if ((look.status = check(items_, value)) != Status::ok) return look;
  const nlohmann::json shown = interpreter_.shown_json();
  const nlohmann::json first = shown.empty() ? nlohmann::json::object() : shown[0];
  const std::string type = first.value("type", ""), show = first.value("show", "");
  const std::string stage = shown.size() == 1 ? first.value("stage", "") : "";
  const nlohmann::json waits = first.value("waits", nlohmann::json::array());
  // A name that stands for a result is shown as it will be: it waits for itself alone.
  const std::string result = shown.size() == 1 && waits.size() == 1 && waits[0] == name ? name : "";
  if (!result.empty()) {
    if (!results_.count(result)) look.status = run_stages({result});
    if (look.status != Status::ok) return look;
    look.name = result;
    if (results_.count(result)) {
      look.data = results_[result];
      look.kind = look.data.value("kind", "") == "predictor" ? "learnt" : look.data.value("kind", "");
      return look;
    }
  } else if (type == "Space") {
    look.name = stage;
    look.kind = "space";
    look.data = interpreter_.space_json(stage);
    if (!look.data.is_null()) return look;
  } else if (type == "Device") {
    look.name = stage;
    look.kind = "device";
    if ((look.status = interpreter_.plan({stage})) == Status::ok) look.data = interpreter_.device_json(stage);
    return look;
  } else if (type == "Predictor") {
    look.name = stage;
    look.kind = "predictor";
    look.data = nlohmann::json::array();
    for (const auto& [search, found] : results_)
      if (found.contains("rounds"))
        for (nlohmann::json round : found["rounds"]) {
          round["search"] = search;
          look.data.push_back(std::move(round));
        }
    return look;
  } else if (type == "Weights" && !stage.empty()) {
    if ((look.status = run_stages({stage})) != Status::ok) return look;
    look.name = stage;
    look.kind = "weights";
    look.data = results_[stage];
    return look;
  }
  look.kind = "value";
  captured_.clear();
  capturing_ = true;
  look.status = run_stages({show});
  capturing_ = false;
  look.text = std::move(captured_);
  return look;
}

Session::Type Session::type_of(const std::string& value) {
  ++entries_;
  Type type;
  if ((type.status = check(items_, value)) != Status::ok) return type;
  const nlohmann::json all = interpreter_.shown_json();
  for (const auto& shown : all) {
    std::string text = shown.value("type", "");
    std::string after;
    for (const auto& stage : shown.at("waits")) after += (after.empty() ? "" : ", ") + stage.get<std::string>();
    if (text.empty() && !after.empty()) {
      for (const auto& name : names_)
        if (name.value("name", "") == after && after == value) text = name.value("type", "");
      text += (text.empty() ? "known after " : ", known after ") + after + " has run";
    }
    if (text.empty()) text = shown.value("kind", "");
    type.text += (type.text.empty() ? "" : "\n") + text;
  }
  return type;
}

Status Session::plan(const std::string& value) {
  if (value.empty()) {
    if (const Status status = check(); status != Status::ok) return status;
    return interpreter_.plan();
  }
  ++entries_;
  if (const Status status = check(items_, value); status != Status::ok) return status;
  const nlohmann::json shown = interpreter_.shown_json();
  std::vector<std::string> stages;
  for (const auto& one : shown) {
    if (!one.value("stage", "").empty()) stages.push_back(one["stage"]);
    for (const auto& stage : one.at("waits")) stages.push_back(stage);
  }
  if (stages.empty()) stages.push_back(shown[0].value("show", ""));
  return interpreter_.plan(stages);
}

Status Session::do_once(const std::string& statement) {
  const Status status = check(items_, statement);
  if (status != Status::ok) return status;
  const nlohmann::json stages = interpreter_.plan_json()["stages"];
  return run_stages({stages.back().value("name", "")});
}

std::vector<std::string> Session::drop(const std::string& name) {
  std::vector<std::string> keys = {name, "space " + name}, gone;
  std::vector<Item> items;
  const auto needing = dependents(items_, keys);
  bool found = false;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const bool own = declares_any(items_[i], keys);
    found |= own;
    if (!own && !needing.count(i))
      items.push_back(items_[i]);
    else
      for (const auto& key : items_[i].declares)
        if (is_plain_name(key)) gone.push_back(plain_name(key));
  }
  if (!found) return {};
  if (check(items) != Status::ok) {
    // Some need it without naming it, as a search needs the only space there is.
    std::vector<Item> standing;
    for (const Item& item : items) {
      standing.push_back(item);
      if (check(standing) == Status::ok) continue;
      standing.pop_back();
      for (const auto& key : item.declares)
        if (is_plain_name(key)) gone.push_back(plain_name(key));
    }
    items = std::move(standing);
    check(items);
  }
  items_ = std::move(items);
  names_ = interpreter_.names_json();
  for (const auto& key : gone) results_.erase(key), stale_.erase(key);
  return gone;
}

std::vector<std::string> Session::declared() const {
  std::vector<std::string> names;
  for (const Item& item : items_)
    for (const auto& key : item.declares)
      if (is_plain_name(key) && key != "seed") names.push_back(plain_name(key));
  return names;
}

nlohmann::json Session::result(const std::string& name) const {
  const auto it = results_.find(name);
  return it == results_.end() ? nlohmann::json() : it->second;
}

}  // namespace nas
