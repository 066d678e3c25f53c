// What the names of a document mean, where they are declared, and how one gets another text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "core/units.h"
#include "embed/document_state.h"
#include "embed/interpreter_state.h"
#include "syntax/parse.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas {
namespace {

using Role = Mention::Role;

bool letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool is_identifier(const std::string& text) {
  return !text.empty() && text.size() <= 200 && !std::isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), letter);
}

std::size_t line_of(const std::string& text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// The comment lines that end right above a place, without their signs.
std::string comment_above(const std::string& text, std::size_t at) {
  std::string comment;
  std::size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
  line = line == std::string::npos || at == 0 ? 0 : line + 1;
  while (line > 0) {
    const std::size_t before = line - 1;
    std::size_t begin = before == 0 ? std::string::npos : text.rfind('\n', before - 1);
    begin = begin == std::string::npos ? 0 : begin + 1;
    std::string one = text.substr(begin, before - begin);
    one.erase(0, std::min(one.find_first_not_of(" \t"), one.size()));
    if (one.empty() || one[0] != '#') break;
    one.erase(0, std::min(one.find_first_not_of("# "), one.size()));
    if (!one.empty() && one.back() == '\r') one.pop_back();
    comment = one + (comment.empty() ? "" : "\n" + comment);
    line = begin;
  }
  return comment;
}

/// A statement up to its body, in one line.
std::string head_of(std::string text) {
  if (const auto brace = text.find('{'); brace != std::string::npos && text.starts_with("def")) text.resize(brace);
  text.resize(std::min(text.find('\n'), text.size()));
  while (!text.empty() && (std::isspace(static_cast<unsigned char>(text.back())) || text.back() == '{')) text.pop_back();
  return text;
}

std::string network_text(const char* which, const nlohmann::json& network) {
  return fmt::format("{} {} MACs, {} parameters", which, format_quantity(network.value("macs", 0.0), {}),
                     format_quantity(network.value("params", 0.0), {}));
}

std::string metric_text(const nlohmann::json& metric) {
  const std::string name = metric["name"], dimension = metric["dimension"], unit = metric["unit"];
  std::string text = metric["maximise"] ? "metric, more is better" : "metric, less is better";
  if (!dimension.empty()) text += fmt::format("; a {}", dimension);
  if (!unit.empty()) text += fmt::format(", printed in {}", unit);
  if (metric["exact"]) text += "; computed from the network itself";
  if (metric["device"] == "must")
    text += fmt::format("; of a device: {}@DEVICE", name);
  else if (metric["device"] == "may")
    text += fmt::format("; measured on a device: {}@DEVICE", name);
  return text;
}

const Failure kNoName{"", "no name that can be changed stands here", ""};

Failure named_by_component(const Symbol& symbol) {
  return {"", fmt::format("this {0} has the name of its component; write {0} NAME = {1}", symbol.what, symbol.name), ""};
}

}  // namespace

const Mention* Document::State::mention_at(std::size_t offset) {
  return parsed().symbols.at(offset);
}

const nlohmann::json* Document::State::name_known(const std::string& name) const {
  for (const auto& known : names)
    if (known["name"] == name) return &known;
  return nullptr;
}

const nlohmann::json* Document::State::schema_of(const std::string& name, const std::string& kind) {
  const nlohmann::json* found = nullptr;
  for (const auto& schema : known_schemas())
    if (schema["name"] == name && (!found || schema["kind"] == kind)) found = &schema;
  return found;
}

std::string Document::State::described(const Symbol& symbol) {
  std::string text;
  if (symbol.known && symbol.what != "def space") {
    if (const nlohmann::json* known = name_known(symbol.name)) {
      const std::string type = known->value("type", "");
      text = type.empty() ? known->value("kind", "") : type;
      if (text == "an unknown value") text = symbol.what;  // its declaration is wrong
    }
  } else {
    text = symbol.what == "def space" ? "" : symbol.what;
  }
  if (symbol.known && ever_checked)
    if (const nlohmann::json space = interpreter.space_json(symbol.name); space.is_object()) {
      text += fmt::format(", {} choices, {} networks", space["genes"].size(), space.value("networks", ""));
      text += "\n" + network_text("smallest", space["smallest"]) + "\n" + network_text("largest", space["largest"]);
    }
  if (const std::string comment = comment_above(this->text, symbol.whole.begin); !comment.empty() && symbol.what != "parameter")
    text += (text.empty() ? "" : "\n\n") + comment;
  return text;
}

Document::Hover Document::State::hover_of_number(std::size_t offset) const {
  // No token goes over the end of a line.
  std::size_t begin = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
  begin = begin == std::string::npos ? 0 : begin + 1;
  const std::string line = text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
  if (Diagnostics unheard; !syntax::readable(line, 0, 1u << 16, unheard)) return {};
  for (const auto& token : syntax::read_tokens(line, 0)) {
    if (token.kind != syntax::Kind::number || begin + token.begin > offset || offset >= begin + token.end) continue;
    const auto number = syntax::read_number(line.substr(token.begin, token.end - token.begin));
    const Unit* unit = find_unit(number.unit);
    if (number.unit.empty() || !unit) return {};
    const std::string what = unit->dimension.none() ? "a plain number" : dimension_phrase(unit->dimension);
    std::string meaning = fmt::format("{}, {}", what, format_quantity(number.number * unit->scale, unit->dimension));
    if (!unit->dimension.none()) meaning += fmt::format("\nunits: {}", units_of(unit->dimension));
    return {begin + token.begin, begin + token.end, number.text, meaning};
  }
  return {};
}

std::optional<Document::Hover> Document::hover(std::size_t offset) {
  State& s = *state_;
  const Mention* m = s.mention_at(offset);
  if (!m) {
    Hover number = s.hover_of_number(offset);
    return number.head.empty() ? std::nullopt : std::optional(std::move(number));
  }
  if (!s.ever_checked) mistakes();  // types of names, sizes of spaces; later those of the last check
  Hover hover{m->span.begin, m->span.end, m->text, ""};
  if (m->symbol) {
    const Symbol& symbol = s.parsed().symbols.symbols[*m->symbol];
    hover.head = head_of(s.slice(symbol.whole));
    hover.text = s.described(symbol);
    return hover;
  }
  if (m->role == Role::argument || m->role == Role::setting) {
    for (const Candidate& argument : arguments_of(s.scope(offset), m->kind, m->owner))
      if (argument.text == m->text + " = ") {
        hover.head = m->owner + ": " + m->text;
        hover.text = argument.hint;
        return hover;
      }
    return std::nullopt;
  }
  if (m->role == Role::word) {
    const std::string kind = component_kind(m->text, "");
    std::vector<std::string> names;
    for (const auto& schema : s.known_schemas())
      if (schema["kind"] == kind) names.push_back(schema["name"]);
    if (names.empty()) return std::nullopt;
    hover.text = fmt::format("{}", fmt::join(names, ", "));
    return hover;
  }
  if (m->role == Role::part) {
    const nlohmann::json* owner = s.name_known(m->owner);
    if (owner)
      for (const auto& member : owner->value("members", nlohmann::json::array()))
        if (member == m->text) {
          hover.text = fmt::format("part of {}, {}", m->owner, owner->value("type", ""));
          return hover;
        }
  } else if (m->role != Role::name) {
    return std::nullopt;
  }
  for (const auto& metric : s.interpreter.metrics_json())
    if (metric["name"] == m->text) {
      hover.text = metric_text(metric);
      return hover;
    }
  const nlohmann::json* schema = m->role == Role::name ? s.schema_of(m->text, m->kind) : nullptr;
  if (!schema) return std::nullopt;
  if ((*schema)["kind"] == "space") {
    const std::string text = (*schema)["text"];
    const std::size_t def = text.find("def space " + m->text);
    hover.head = def == std::string::npos ? m->text : head_of(text.substr(def));
    hover.text = def == std::string::npos ? "" : comment_above(text, def);
    return hover;
  }
  hover.head = fmt::format("{} {}", (*schema)["kind"].get<std::string>(), m->text);
  hover.text = schema->value("doc", "");
  std::string list;
  for (const auto& arg : (*schema)["args"]) list += fmt::format("\n{}: {}", arg["name"].get<std::string>(), argument_hint(arg));
  if (!list.empty()) hover.text += "\n" + list;
  if (const std::string source = schema->value("source", ""); !source.empty()) hover.text += "\n\nSource: " + source;
  return hover;
}

std::vector<Document::Place> Document::State::in_imports(const std::string& name, const std::string& alias) {
  std::vector<Place> found;
  for (const auto& statement : parsed().script.statements) {
    const auto* import = std::get_if<syntax::Import>(&statement.node);
    if (!import || (import->alias ? import->alias->text : "") != alias) continue;
    const std::string file = (std::filesystem::path(folder()) / import->path).lexically_normal().string();
    const auto text = read_file(options, file);
    if (!text) continue;
    const Parsed there(*text);
    for (const Symbol& symbol : there.symbols.symbols)
      if (symbol.known && symbol.name == name)
        for (const Span& span : symbol.declared) found.push_back({file, span.begin, span.end});
  }
  return found;
}

std::vector<Document::Place> Document::definition(std::size_t offset) {
  State& s = *state_;
  const Mention* m = s.mention_at(offset);
  if (!m) return {};
  std::vector<Place> places;
  if (m->symbol) {
    const Symbol& symbol = s.parsed().symbols.symbols[*m->symbol];
    for (const Span& span : symbol.declared) places.push_back(s.own(span));
    return places;
  }
  if (m->role == Role::file) {
    const std::string file = (std::filesystem::path(s.folder()) / m->text).lexically_normal().string();
    if (std::error_code error; std::filesystem::is_regular_file(file, error)) places.push_back({file, 0, 0});
    return places;
  }
  if (m->role == Role::part) return s.in_imports(m->text, m->owner);
  if (m->role == Role::name) {
    places = s.in_imports(m->text, "");
    if (!places.empty()) return places;
  }
  const bool argument = m->role == Role::argument;
  if (m->role != Role::name && !argument) return {};
  const std::string space = argument ? m->owner : m->text;
  const nlohmann::json* schema = s.schema_of(space, "space");
  if (!schema || (*schema)["kind"] != "space") return {};
  const std::string file = s.file_of("stdlib/spaces/" + space + ".nas");
  const State::Parsed there((*schema)["text"].get<std::string>());
  for (const Symbol& symbol : there.symbols.symbols) {
    const bool wanted = argument ? symbol.what == "parameter" && symbol.name == m->text && symbol.inside &&
                                       there.symbols.symbols[*symbol.inside].name == space
                                 : symbol.what == "def space" && symbol.name == space;
    if (wanted) places.push_back({file, symbol.declared.front().begin, symbol.declared.front().end});
  }
  return places;
}

std::vector<Document::Place> Document::references(std::size_t offset, bool declarations) {
  State& s = *state_;
  const Mention* at = s.mention_at(offset);
  if (!at || at->role == Role::word || at->role == Role::type || at->role == Role::file) return {};
  std::vector<Place> places;
  for (const Mention& m : s.parsed().symbols.mentions) {
    const bool same =
        at->symbol ? m.symbol == at->symbol : !m.symbol && m.role == at->role && m.text == at->text && m.owner == at->owner;
    if (same && (declarations || m.role != Role::declaration)) places.push_back(s.own(m.span));
  }
  return places;
}

Result<Document::Place> Document::renamed_at(std::size_t offset) {
  State& s = *state_;
  const Mention* m = s.mention_at(offset);
  if (!m) return kNoName;
  if (!m->symbol) {
    for (const Symbol& symbol : s.parsed().symbols.symbols)
      if (symbol.implicit && symbol.declared.front().begin == m->span.begin) return named_by_component(symbol);
    if (m->role == Role::part && !s.in_imports(m->text, m->owner).empty())
      return Failure{"", fmt::format("{} is declared in another file", m->text), ""};
    if (m->role == Role::name && !s.in_imports(m->text, "").empty())
      return Failure{"", fmt::format("{} is declared in another file", m->text), ""};
    if (m->role == Role::name || m->role == Role::part || m->role == Role::argument || m->role == Role::setting)
      return Failure{"", fmt::format("{} is not declared in this script", m->text), ""};
    return kNoName;
  }
  const Symbol& symbol = s.parsed().symbols.symbols[*m->symbol];
  if (symbol.implicit) return named_by_component(symbol);
  return s.own(m->span);
}

Result<std::vector<Document::Edit>> Document::rename(std::size_t offset, const std::string& name) {
  State& s = *state_;
  if (auto at = renamed_at(offset); !at) return at.failure();
  if (!is_identifier(name)) return Failure{"", "a name is made of letters, digits and _, and does not begin with a digit", ""};
  const auto& parsed = s.parsed();
  if (parsed.diagnostics.has_errors()) return Failure{"", "the script has mistakes in its syntax; mend them first", ""};
  const std::size_t symbol = *s.mention_at(offset)->symbol;
  const std::string old = parsed.symbols.symbols[symbol].name;
  std::vector<Edit> edits;
  if (name == old) return edits;
  std::set<std::size_t> places;
  std::string text;
  std::size_t done = 0;
  for (const Mention& m : parsed.symbols.mentions) {
    if (m.symbol != symbol || !places.insert(m.span.begin).second) continue;
    edits.push_back({m.span.begin, m.span.end, name});
    text += s.text.substr(done, m.span.begin - done) + name;
    done = m.span.end;
  }
  text += s.text.substr(done);
  // Parts of a space are also named in plain texts ("stage[1].depth = 4").
  const std::string& what = parsed.symbols.symbols[symbol].what;
  if (what == "part" || what == "variable" || what == "rule")
    for (const auto& token : syntax::read_tokens(s.text, 0)) {
      if (token.kind != syntax::Kind::string) continue;
      for (std::size_t at = s.text.find(old, token.begin); at < token.end; at = s.text.find(old, at + 1))
        if (!places.count(at) && !letter(s.text[at - 1]) && !letter(s.text[at + old.size()]))
          return Failure{
              "", fmt::format("{} stands in the text of line {}, too, which cannot be changed with it", old, line_of(s.text, at)),
              ""};
    }
  const State::Parsed renamed(text);
  const auto& before = parsed.symbols.mentions;
  const auto& after = renamed.symbols.mentions;
  bool same = renamed.symbols.symbols.size() == parsed.symbols.symbols.size() && after.size() == before.size();
  for (std::size_t i = 0; same && i < before.size(); ++i) {
    if (before[i].symbol == after[i].symbol && before[i].role == after[i].role) continue;
    return Failure{
        "", fmt::format("{} in line {} would then mean something else", after[i].text, line_of(text, after[i].span.begin)), ""};
  }
  Document there(s.options, s.path);
  there.set_text(text);
  const auto& now = mistakes();
  for (const Mistake& mistake : there.mistakes()) {
    const bool known = std::any_of(now.begin(), now.end(), [&](const Mistake& m) { return m.message == mistake.message; });
    if (mistake.error && !known) return Failure{"", fmt::format("the script would have a mistake: {}", mistake.message), ""};
  }
  if (!same) return Failure{"", fmt::format("{} would then mean something else", name), ""};
  return edits;
}

}  // namespace nas
