// What the text of an entry is: finished or not, a value or statements, and its colours.
#include <algorithm>

#include "embed/parsed_entry.h"
#include "embed/session.h"
#include "syntax/text.h"
#include "syntax/tokens.h"

namespace nas {
namespace {

/// False of what the parser refuses before it reads a token.
bool is_text(const std::string& text) {
  Diagnostics unheard;
  return syntax::readable(text, 0, syntax::ParseLimits{}.file_bytes, unheard);
}

std::vector<syntax::Token> tokens_of(const std::string& text) {
  Diagnostics unheard;
  if (!is_text(text)) return {};
  return syntax::filter_tokens(syntax::read_tokens(text, 0), text, 0, 0, syntax::Position::script, 200, unheard).tokens;
}

}  // namespace

bool Session::finished(const std::string& entry) {
  using syntax::Kind;
  if (!is_text(entry)) return true;
  std::vector<Kind> open;
  for (const auto& token : syntax::read_tokens(entry, 0)) {
    if (token.kind == Kind::open_paren || token.kind == Kind::open_list || token.kind == Kind::open_brace)
      open.push_back(token.kind);
    if (token.kind != Kind::close_paren && token.kind != Kind::close_list && token.kind != Kind::close_brace) continue;
    const Kind wanted = token.kind == Kind::close_paren  ? Kind::open_paren
                        : token.kind == Kind::close_list ? Kind::open_list
                                                         : Kind::open_brace;
    if (open.empty() || open.back() != wanted) return true;  // a mistake, which is told at once
    open.pop_back();
  }
  if (!open.empty()) return false;
  const auto tokens = tokens_of(entry);
  const syntax::Token* last = nullptr;
  Kind head = Kind::nl;
  bool braces = false;
  for (const auto& token : tokens) {
    if (token.kind == Kind::end || token.kind == Kind::nl) continue;
    if (!last || (last + 1)->kind == Kind::nl) head = token.kind, braces = false;
    if (token.kind == Kind::def_space) head = Kind::def_space;
    braces |= token.kind == Kind::open_brace;
    last = &token;
  }
  if (!last) return true;
  const std::string word = entry.substr(last->begin, last->end - last->begin);
  if (syntax::wants_more(last->kind) || (head == Kind::stage && (word == "maximize" || word == "minimize"))) return false;
  // Its body stands in braces, which are still to come.
  return braces || (head != Kind::def_space && head != Kind::foreach && head != Kind::when && head != Kind::if_);
}

Session::EntryKind Session::kind_of(const std::string& entry) {
  if (!is_text(entry)) return EntryKind::statements;
  const auto tokens = tokens_of(entry);
  if (std::all_of(tokens.begin(), tokens.end(),
                  [](const auto& token) { return token.kind == syntax::Kind::end || token.kind == syntax::Kind::nl; }))
    return EntryKind::nothing;
  const ParsedEntry shown("show " + entry);
  if (shown.good() && shown.script.statements.size() == 1) return EntryKind::value;
  // What begins like a value is told about as one.
  const auto first = tokens.front().kind;
  return first == syntax::Kind::name || syntax::wants_more(first) || (first >= syntax::Kind::nas && first <= syntax::Kind::stage)
             ? EntryKind::statements
             : EntryKind::value;
}

bool Session::takes_clauses(const std::string& entry) {
  const auto tokens = tokens_of(entry);
  return !tokens.empty() && tokens.front().kind == syntax::Kind::stage;
}

bool Session::begins_with_clause(const std::string& entry) {
  if (!is_text(entry)) return false;
  const auto tokens = syntax::read_tokens(entry, 0);
  const auto first = std::find_if(tokens.begin(), tokens.end(), [](const auto& token) {
    return token.kind != syntax::Kind::line_end && token.kind != syntax::Kind::comment;
  });
  if (first == tokens.end() || first->kind != syntax::Kind::word) return false;
  const auto& words = syntax::clause_words();
  if (std::find(words.begin(), words.end(), entry.substr(first->begin, first->end - first->begin)) == words.end()) return false;
  const auto next = first + 1;
  return next != tokens.end() && next->kind != syntax::Kind::line_end && next->kind != syntax::Kind::assign &&
         next->kind != syntax::Kind::dot;
}

std::vector<Session::Coloured> Session::coloured(const std::string& text) {
  using syntax::Kind;
  std::vector<Coloured> list;
  if (!is_text(text)) return list;
  Diagnostics unheard;
  const auto filtered = syntax::filter_tokens(syntax::read_tokens(text, 0), text, 0, 0, syntax::Position::script, 200, unheard);
  auto what = [](Kind kind) {
    if (kind == Kind::number || kind == Kind::true_ || kind == Kind::false_) return "number";
    if (kind == Kind::string) return "string";
    if (kind == Kind::clause || kind == Kind::as || kind == Kind::maximize || kind == Kind::minimize || kind == Kind::in ||
        kind == Kind::step || kind == Kind::and_ || kind == Kind::or_ || kind == Kind::not_ || kind == Kind::cond ||
        kind == Kind::then || kind == Kind::else_ || kind == Kind::choice || kind == Kind::repeat || kind == Kind::otherwise)
      return "clause";
    if (kind >= Kind::nas && kind <= Kind::stage) return "stage";
    if (kind == Kind::rule || kind == Kind::spelling) return "stage";
    return "";
  };
  for (const auto& token : filtered.tokens)
    if (token.end > token.begin && token.kind != Kind::nl && *what(token.kind))
      list.push_back({token.begin, token.end, what(token.kind)});
  for (const auto& token : filtered.comments) list.push_back({token.begin, token.end, "comment"});
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return list;
}

Completion Session::complete(const std::string& entry, std::size_t cursor) {
  if (schemas_.is_null()) schemas_ = interpreter_.components_json();
  CompletionScope scope{names_, {}, {}, folder_, &schemas_, interpreter_.metrics_json()};
  for (const Item& item : items_)
    if (!item.definition.empty()) scope.definitions[item.definition] = item.text->text.substr(item.begin, item.end - item.begin);
  return nas::complete(scope, entry, cursor);
}

void Session::reset() {
  items_.clear();
  results_.clear();
  stale_.clear();
  folder_.clear();
  failure_.clear();
  names_ = nlohmann::json::array();
}

std::string Session::script() const {
  std::string text;
  for (const Item& item : items_) {
    const auto given = std::find_if(params_.rbegin(), params_.rend(), [&](const auto& param) {
      return item.value_end > 0 && item.declares.size() == 1 && param.first == item.declares[0];
    });
    if (given == params_.rend()) {
      text += item.text->text.substr(item.begin, item.end - item.begin);
    } else {
      const bool bare = item.value_type == "string" && !given->second.starts_with('"');
      text += item.text->text.substr(item.begin, item.value_begin - item.begin) +
              (bare ? "\"" + given->second + "\"" : given->second) +
              item.text->text.substr(item.value_end, item.end - item.value_end);
    }
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
  SourceMap sources;
  Diagnostics diagnostics;
  return syntax::format(sources, sources.add("session", text), diagnostics);
}

}  // namespace nas
