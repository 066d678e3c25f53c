// What could stand at a place of an entry: from the schemas, the names in scope, and the files of the folder.
#include "embed/completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "check/symbols.h"
#include "core/units.h"
#include "syntax/parse.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas {
namespace {

using syntax::Kind;
using syntax::Token;
using Candidates = std::vector<Candidate>;

/// Where the cursor stands: the tokens before the word that is being written.
struct Place {
  std::vector<Token> before;  ///< of the statement, outermost first
  std::string word;           ///< what is written of the word so far
  std::size_t begin = 0;
  std::string head;       ///< "search"
  std::string callee;     ///< of the innermost open bracket: "nsga2"
  std::string clause;     ///< the last clause word outside brackets
  std::string argument;   ///< the argument whose value is being written
  std::string component;  ///< of a stage: "nsga2"
  bool in_call = false, at_argument = false;
  std::size_t position = 0;      ///< of the argument in its call
  std::string written_argument;  ///< its name, where one is written
  bool in_braces = false;        ///< the innermost open bracket is a brace
  bool in_space = false;         ///< in the body of a `def space`
};

std::string text_of(const std::string& entry, const Token& token) {
  return entry.substr(token.begin, token.end - token.begin);
}

Place place_of(const std::string& entry, std::vector<Token> tokens) {
  Place place;
  place.begin = entry.size();
  std::erase_if(tokens, [](const Token& token) { return token.kind == Kind::comment; });
  if (!tokens.empty() && tokens.back().kind == Kind::word && tokens.back().end == entry.size()) {
    place.word = text_of(entry, tokens.back());
    place.begin = tokens.back().begin;
    tokens.pop_back();
  }
  std::vector<std::size_t> open;
  for (const Token& token : tokens) {
    if (token.kind == Kind::line_end) {
      // A line that begins with a clause word goes on with the statement.
      if (open.empty()) place.before.push_back(token);
      continue;
    }
    if (!place.before.empty() && place.before.back().kind == Kind::line_end) {
      const auto& clauses = syntax::clause_words();
      const bool goes_on = std::find(clauses.begin(), clauses.end(), text_of(entry, token)) != clauses.end();
      place.before.erase(goes_on ? place.before.end() - 1 : place.before.begin(), place.before.end());
      if (!goes_on) place.clause.clear();
    }
    place.before.push_back(token);
    if (token.kind == Kind::open_paren || token.kind == Kind::open_list || token.kind == Kind::open_brace)
      open.push_back(place.before.size() - 1);
    else if ((token.kind == Kind::close_paren || token.kind == Kind::close_list || token.kind == Kind::close_brace) &&
             !open.empty())
      open.pop_back();
    else if (open.empty() && token.kind == Kind::word) {
      const auto& clauses = syntax::clause_words();
      if (const std::string word = text_of(entry, token);
          place.before.size() > 1 && std::find(clauses.begin(), clauses.end(), word) != clauses.end())
        place.clause = word;
    }
  }
  if (!place.before.empty() && place.before.back().kind == Kind::line_end) {
    const auto& clauses = syntax::clause_words();
    const bool goes_on = !place.word.empty() &&
                         std::any_of(clauses.begin(), clauses.end(), [&](const auto& w) { return w.starts_with(place.word); });
    if (goes_on)
      place.before.pop_back();
    else
      place.before.clear();
  }
  if (!place.before.empty() && place.before[0].kind == Kind::word) place.head = text_of(entry, place.before[0]);
  if (!open.empty() && open.back() < place.before.size()) {
    const std::size_t at = open.back();
    place.in_call = place.before[at].kind == Kind::open_paren && at > 0 && place.before[at - 1].kind == Kind::word;
    if (place.in_call) place.callee = text_of(entry, place.before[at - 1]);
    place.in_braces = place.before[at].kind == Kind::open_brace;
    const Token& last = place.before.back();
    place.at_argument = place.in_call && (last.kind == Kind::comma || last.kind == Kind::open_paren);
    if (place.in_call) {
      int depth = 0;
      std::size_t start = at + 1;
      for (std::size_t i = at + 1; i < place.before.size(); ++i) {
        const Kind kind = place.before[i].kind;
        depth += kind == Kind::open_paren || kind == Kind::open_list || kind == Kind::open_brace;
        depth -= kind == Kind::close_paren || kind == Kind::close_list || kind == Kind::close_brace;
        if (depth == 0 && kind == Kind::comma) ++place.position, start = i + 1;
      }
      if (start + 1 < place.before.size() && place.before[start + 1].kind == Kind::assign)
        place.written_argument = text_of(entry, place.before[start]);
    }
    if (place.in_call && last.kind == Kind::assign && place.before.size() > at + 2)
      place.argument = text_of(entry, place.before[place.before.size() - 2]);
  }
  const std::size_t first = place.before.size() > 2 && place.before[2].kind == Kind::assign ? 3 : 1;
  if (place.before.size() > first) place.component = text_of(entry, place.before[first]);
  place.in_space =
      place.head == "def" && place.before.size() > 1 && text_of(entry, place.before[1]) == "space" &&
      std::any_of(open.begin(), open.end(), [&](std::size_t at) { return place.before[at].kind == Kind::open_brace; });
  return place;
}

void keep(Candidates& candidates, const std::string& word) {
  std::erase_if(candidates, [&](const auto& c) { return !c.text.starts_with(word); });
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
  candidates.erase(
      std::unique(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.text == b.text; }),
      candidates.end());
}

Candidates units_after(const std::string& number) {
  const auto letters = number.find_first_not_of("0123456789.");
  const std::string digits = number.substr(0, letters), unit = letters == std::string::npos ? "" : number.substr(letters);
  Candidates candidates;
  for (const Unit& known : all_units())
    if (known.name.starts_with(unit))
      candidates.push_back(
          {digits + std::string(known.name), known.dimension.none() ? "count" : dimension_name(known.dimension)});
  return candidates;
}

Candidates files_below(const std::string& folder, const std::string& written) {
  const std::filesystem::path path(written);
  const std::string inner = written.substr(0, written.rfind('/') == std::string::npos ? 0 : written.rfind('/') + 1);
  const auto from = inner.starts_with('/') || folder.empty() ? std::filesystem::path(inner.empty() ? "." : inner)
                                                             : std::filesystem::path(folder) / inner;
  Candidates candidates;
  std::error_code error;
  for (auto it = std::filesystem::directory_iterator(from, error); !error && it != std::filesystem::directory_iterator();
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with('.') && path.filename().string().empty()) continue;
    std::error_code unknown;
    candidates.push_back({inner + name + (it->is_directory(unknown) ? "/" : ""), ""});
    if (candidates.size() > 5000) break;
  }
  return candidates;
}

std::string bound(const nlohmann::json& value) {
  return value.is_number() ? fmt::format("{}", value.get<double>()) : value.dump();
}

/// The parameters of `def space NAME` or `def NAME` in a text.
Candidates parameters_in(const std::string& text, const std::string& name) {
  SourceMap sources;
  Diagnostics unheard;
  const auto source = sources.add("", text);
  const syntax::Script script = syntax::parse(sources, source, unheard);
  Candidates candidates;
  auto add = [&](const std::vector<syntax::Parameter>& parameters) {
    for (const auto& p : parameters) {
      std::string hint = p.type ? p.type->text : "";
      if (p.value)
        hint += (hint.empty() ? "default " : ", default ") +
                text.substr(p.value->span.begin, p.value->span.end - p.value->span.begin);
      candidates.push_back({p.name.text + " = ", hint});
    }
  };
  for (const auto& statement : script.statements) {
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node); def && def->name.text == name) add(def->parameters);
    if (const auto* def = std::get_if<syntax::DefFunction>(&statement.node); def && def->name.text == name) add(def->parameters);
  }
  return candidates;
}

/// Components of a kind; of spaces also the script's own.
Candidates components_of(const CompletionScope& scope, const std::string& kind) {
  Candidates candidates;
  for (const auto& schema : *scope.schemas) {
    if (schema["kind"] != kind) continue;
    candidates.push_back({schema["name"].get<std::string>() + (kind == "export" ? "" : "("), schema.value("doc", "")});
  }
  if (kind == "space")
    for (const auto& [name, text] : scope.definitions) candidates.push_back({name + "(", "defined here"});
  return candidates;
}

}  // namespace

std::string argument_hint(const nlohmann::json& arg) {
  std::string hint = arg.value("type", "");
  const bool low = arg.contains("at_least"), high = arg.contains("at_most");
  if (low && high)
    hint += fmt::format(", {} to {}", bound(arg["at_least"]), bound(arg["at_most"]));
  else if (low)
    hint += ", at least " + bound(arg["at_least"]);
  else if (high)
    hint += ", at most " + bound(arg["at_most"]);
  const nlohmann::json& value = arg.contains("default") ? arg["default"] : nlohmann::json();
  if (arg.value("required", false))
    hint += ", required";
  else if (value.is_string() && !value.get<std::string>().empty())
    hint += ", default " + value.get<std::string>();
  else if (value.is_number() || value.is_boolean())
    hint += ", default " + value.dump();
  if (const std::string help = arg.value("help", ""); !help.empty()) hint += ": " + help;
  return hint;
}

std::vector<Candidate> arguments_of(const CompletionScope& scope, const std::string& kind, const std::string& callee) {
  if (const auto own = scope.definitions.find(callee); own != scope.definitions.end()) return parameters_in(own->second, callee);
  const nlohmann::json* found = nullptr;
  for (const auto& schema : *scope.schemas)
    if (schema["name"] == callee && (!found || schema["kind"] == kind)) found = &schema;
  if (!found) return {};
  if ((*found)["kind"] == "space") return parameters_in((*found)["text"], callee);
  Candidates candidates;
  for (const auto& arg : (*found)["args"]) candidates.push_back({arg["name"].get<std::string>() + " = ", argument_hint(arg)});
  return candidates;
}

std::optional<CallPlace> call_at(const std::string& text, std::size_t cursor) {
  const std::string before = text.substr(0, cursor);
  if (Diagnostics unheard; !syntax::readable(before, 0, syntax::ParseLimits{}.file_bytes, unheard)) return std::nullopt;
  std::vector<Token> tokens = syntax::read_tokens(before, 0);
  // What is written of a text or a comment at the place belongs to the argument.
  if (!tokens.empty() && tokens.back().kind == Kind::comment && tokens.back().end == before.size()) return std::nullopt;
  const Place place = place_of(before, std::move(tokens));
  if (!place.in_call) return std::nullopt;
  return CallPlace{place.callee, component_kind(place.head, place.clause), place.position, place.written_argument};
}

Completion complete(const CompletionScope& scope, const std::string& entry, std::size_t cursor) {
  const std::string text = entry.substr(0, cursor);
  Completion done;
  done.begin = text.size();
  if (Diagnostics unheard; !syntax::readable(text, 0, scope.most_bytes, unheard)) return done;
  const std::vector<Token> tokens = syntax::read_tokens(text, 0);
  if (!tokens.empty() && tokens.back().kind == Kind::open_string) {
    done.begin = tokens.back().begin + 1;
    const std::string written = text.substr(done.begin);
    done.candidates = files_below(scope.folder, written);
    keep(done.candidates, written);
    return done;
  }
  if (!tokens.empty() && tokens.back().kind == Kind::comment && (tokens.back().end == text.size())) return done;
  if (!tokens.empty() && tokens.back().kind == Kind::number && tokens.back().end == text.size()) {
    done.begin = tokens.back().begin;
    done.candidates = units_after(text.substr(done.begin));
    keep(done.candidates, text.substr(done.begin));
    return done;
  }
  const Place place = place_of(text, tokens);
  done.begin = place.begin;
  auto& candidates = done.candidates;
  const Kind last = place.before.empty() ? Kind::nl : place.before.back().kind;
  auto add_names = [&](const std::string& type) {
    for (const auto& name : scope.names)
      if (type.empty() || name["type"] == type)
        candidates.push_back({name["name"], name["type"].get_ref<const std::string&>().empty() ? name["kind"] : name["type"]});
    if (type.empty()) candidates.insert(candidates.end(), scope.locals.begin(), scope.locals.end());
  };
  auto add_words = [&](const std::vector<std::string>& words, const char* hint) {
    for (const auto& word : words) candidates.push_back({word + " ", hint});
  };
  auto add_metrics = [&] {
    for (const auto& metric : scope.metrics) {
      const std::string unit = metric["unit"];
      candidates.push_back({metric["name"].get<std::string>() + (metric["device"] == "must" ? "@" : ""),
                            "metric" + (unit.empty() ? "" : ", " + unit)});
    }
  };
  if (last == Kind::at) {
    add_names("Device");
  } else if (last == Kind::dot && place.before.size() > 1) {
    const std::string object = text_of(text, place.before[place.before.size() - 2]);
    for (const auto& name : scope.names)
      if (name["name"] == object)
        for (const auto& member : name["members"]) candidates.push_back({member, "part of " + object});
    if (object == "best") {
      for (const auto& metric : scope.metrics) candidates.push_back({metric["name"], "of the best network"});
      candidates.push_back({"architecture", "of the best network"});
    }
  } else if (place.in_call && !place.argument.empty()) {
    const std::string kind = component_kind(place.head, place.clause);
    for (const auto& schema : *scope.schemas) {
      if (schema["name"] != place.callee || !schema.contains("args")) continue;
      for (const auto& arg : schema["args"]) {
        const std::string type = arg.value("type", "");
        if (arg["name"] != place.argument || !type.starts_with("one of ")) continue;
        for (std::size_t at = 7; at < type.size();) {
          const std::size_t comma = std::min(type.find(", ", at), type.size());
          candidates.push_back({type.substr(at, comma - at), "for " + place.argument});
          at = comma + 2;
        }
      }
    }
    add_names("");
  } else if (place.in_call && place.at_argument) {
    candidates = arguments_of(scope, component_kind(place.head, place.clause), place.callee);
    add_names("");
    if (place.in_space)
      for (const Candidate& layer : components_of(scope, "layer")) candidates.push_back(layer);
    else if (candidates.empty() || place.callee == "pareto")
      add_metrics();
  } else if (place.in_space && !place.in_call) {
    candidates = components_of(scope, "layer");
    add_words({"repeat", "choice", "let", "rule", "require", "spelling", "if"}, "in a space");
    candidates.push_back({"pick(", "chooses some of several inputs or values"});
    add_names("");
  } else if (place.in_braces && place.before.back().kind != Kind::assign) {
    candidates = arguments_of(scope, component_kind(place.head, ""), place.head == "profile" ? place.head : place.component);
  } else if (place.before.empty()) {
    add_words(syntax::stage_words(), "stage");
    add_words(syntax::statement_words(), "statement");
    add_names("");
    for (const auto& [name, text] : scope.definitions) candidates.push_back({name, "defined here"});
    add_metrics();
  } else {
    const auto& stages = syntax::stage_words();
    const bool stage = std::find(stages.begin(), stages.end(), place.head) != stages.end();
    const bool component_place = stage && (place.before.size() == 1 || (last == Kind::assign && place.before.size() == 3));
    const std::string before = last == Kind::word ? text_of(text, place.before.back()) : "";
    const auto& clauses = syntax::clause_words();
    const bool behind_clause =
        stage && (std::find(clauses.begin(), clauses.end(), before) != clauses.end() || last == Kind::comma);
    if (component_place) {
      if (place.head == "objective")
        add_words({"maximize", "minimize"}, "direction"), add_metrics();
      else
        candidates = components_of(scope, component_kind(place.head, ""));
      if (place.head == "export" || place.head == "report") add_names("Result");
      if (place.head == "profile") add_metrics();
    } else if (behind_clause && place.clause == "with") {
      candidates = components_of(scope, "tactic");
    } else if (behind_clause && place.clause == "as") {
      candidates = components_of(scope, "export");
    } else if (behind_clause && place.clause == "by") {
      candidates = components_of(scope, "tuning");
    } else if (behind_clause && place.clause == "on") {
      add_names("Device");
    } else if (behind_clause && place.clause == "over") {
      add_names("Space");
    } else {
      if (place.clause == "of" && behind_clause) add_words({"maximize", "minimize"}, "direction");
      if (place.clause == "from" && behind_clause) candidates = components_of(scope, "source");
      add_names("");
      add_metrics();
      if (stage && !behind_clause) add_words(clauses, "clause");
    }
  }
  keep(candidates, place.word);
  return done;
}

}  // namespace nas
