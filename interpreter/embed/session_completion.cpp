// What could stand at a place of an entry: from the schemas, the names in scope, and the files of the folder.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "core/metric.h"
#include "core/units.h"
#include "embed/session.h"
#include "syntax/parse.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas {
namespace {

using syntax::Kind;
using syntax::Token;
using Candidates = std::vector<Session::Candidate>;

/// Where the cursor stands: the tokens before the word that is being written.
struct Place {
  std::vector<Token> before;  ///< of the statement, outermost first
  std::string word;           ///< what is written of the word so far
  std::size_t begin = 0;
  std::string head;      ///< "search"
  std::string callee;    ///< of the innermost open bracket: "nsga2"
  std::string clause;    ///< the last clause word outside brackets
  std::string argument;  ///< the argument whose value is being written
  bool in_call = false, at_argument = false;
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
    const Token& last = place.before.back();
    place.at_argument = place.in_call && (last.kind == Kind::comma || last.kind == Kind::open_paren);
    if (place.in_call && last.kind == Kind::assign && place.before.size() > at + 2)
      place.argument = text_of(entry, place.before[place.before.size() - 2]);
  }
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

std::string hint_of(const nlohmann::json& arg) {
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

/// What the language calls the components behind a stage word or a clause.
std::string component_kind(const std::string& word, const std::string& clause) {
  if (clause == "with") return "tactic";
  if (clause == "from") return "source";
  if (word == "train") return "training";
  if (word == "place") return "placement";
  return word;
}

}  // namespace

const nlohmann::json& Session::schemas() {
  if (schemas_.is_null()) schemas_ = interpreter_.components_json();
  return schemas_;
}

std::vector<Session::Candidate> Session::arguments_of(const std::string& kind, const std::string& callee) {
  for (const Item& item : items_)
    if (item.definition == callee) return parameters_in(item.text->text.substr(item.begin, item.end - item.begin), callee);
  const nlohmann::json* found = nullptr;
  for (const auto& schema : schemas())
    if (schema["name"] == callee && (!found || schema["kind"] == kind)) found = &schema;
  if (!found) return {};
  if ((*found)["kind"] == "space") return parameters_in((*found)["text"], callee);
  std::vector<Candidate> candidates;
  for (const auto& arg : (*found)["args"]) candidates.push_back({arg["name"].get<std::string>() + " = ", hint_of(arg)});
  return candidates;
}

std::vector<Session::Candidate> Session::names_for(const std::string& kind) {
  std::vector<Candidate> candidates;
  for (const auto& schema : schemas()) {
    if (schema["kind"] != kind) continue;
    candidates.push_back({schema["name"].get<std::string>() + (kind == "export" ? "" : "("), schema.value("doc", "")});
  }
  if (kind == "space")
    for (const Item& item : items_)
      if (!item.definition.empty()) candidates.push_back({item.definition + "(", "defined here"});
  return candidates;
}

Session::Completion Session::complete(const std::string& entry, std::size_t cursor) {
  const std::string text = entry.substr(0, cursor);
  Completion done;
  done.begin = text.size();
  if (Diagnostics unheard; !syntax::readable(text, 0, 1u << 16, unheard)) return done;
  const std::vector<Token> tokens = syntax::read_tokens(text, 0);
  if (!tokens.empty() && tokens.back().kind == Kind::open_string) {
    done.begin = tokens.back().begin + 1;
    const std::string written = text.substr(done.begin);
    done.candidates = files_below(folder_, written);
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
    for (const auto& name : names_)
      if (type.empty() || name["type"] == type)
        candidates.push_back({name["name"], name["type"].get_ref<const std::string&>().empty() ? name["kind"] : name["type"]});
  };
  auto add_words = [&](const std::vector<std::string>& words, const char* hint) {
    for (const auto& word : words) candidates.push_back({word + " ", hint});
  };
  auto add_metrics = [&] {
    for (const MetricKind& metric : all_metrics())
      candidates.push_back({std::string(metric.name) + (metric.needs_device ? "@" : ""),
                            "metric" + (metric.unit.empty() ? "" : ", " + std::string(metric.unit))});
  };
  if (last == Kind::at) {
    add_names("Device");
  } else if (last == Kind::dot && place.before.size() > 1) {
    const std::string object = text_of(text, place.before[place.before.size() - 2]);
    for (const auto& name : names_)
      if (name["name"] == object)
        for (const auto& member : name["members"]) candidates.push_back({member, "part of " + object});
    if (object == "best") {
      for (const MetricKind& metric : all_metrics()) candidates.push_back({std::string(metric.name), "of the best network"});
      candidates.push_back({"architecture", "of the best network"});
    }
  } else if (place.in_call && !place.argument.empty()) {
    const std::string kind = component_kind(place.head, place.clause);
    for (const auto& schema : schemas()) {
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
    candidates = arguments_of(component_kind(place.head, place.clause), place.callee);
    add_names("");
    if (candidates.empty() || place.callee == "pareto") add_metrics();
  } else if (place.before.empty()) {
    add_words(syntax::stage_words(), "stage");
    add_words(syntax::statement_words(), "statement");
    add_names("");
    for (const Item& item : items_)
      if (!item.definition.empty()) candidates.push_back({item.definition, "defined here"});
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
        candidates = names_for(component_kind(place.head, ""));
      if (place.head == "export" || place.head == "report") add_names("Result");
      if (place.head == "profile") add_metrics();
    } else if (behind_clause && place.clause == "with") {
      candidates = names_for("tactic");
    } else if (behind_clause && place.clause == "as") {
      candidates = names_for("export");
    } else if (behind_clause && place.clause == "on") {
      add_names("Device");
    } else if (behind_clause && place.clause == "over") {
      add_names("Space");
    } else {
      if (place.clause == "of" && behind_clause) add_words({"maximize", "minimize"}, "direction");
      if (place.clause == "from" && behind_clause) candidates = names_for("source");
      add_names("");
      add_metrics();
      if (stage && !behind_clause) add_words(clauses, "clause");
    }
  }
  keep(candidates, place.word);
  return done;
}

}  // namespace nas
