#include "syntax/syntax_errors.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/units.h"

namespace nas::syntax {
namespace {

bool begins_value(Kind kind) {
  switch (kind) {
    case Kind::name:
    case Kind::number:
    case Kind::string:
    case Kind::true_:
    case Kind::false_:
    case Kind::open_paren:
    case Kind::open_list:
    case Kind::choice:
    case Kind::repeat:
    case Kind::cond:
    case Kind::not_:
      return true;
    default:
      return false;
  }
}

std::string opening(std::vector<std::string> words, std::string_view wanted) {
  const std::string near = did_you_mean(wanted, words);
  return near.empty() ? std::string() : fmt::format("did you mean '{}'?", near);
}

std::vector<std::string> all_statement_words() {
  std::vector<std::string> words = stage_words();
  words.insert(words.end(), statement_words().begin(), statement_words().end());
  return words;
}

}  // namespace

void report_unexpected(const std::vector<Token>& tokens, std::size_t at, std::size_t first, const Expected& expected,
                       std::string_view text, std::uint32_t source, std::uint32_t base, Diagnostics& diagnostics) {
  const Token& token = tokens[at];
  auto text_of = [&](const Token& t) { return text.substr(t.begin - base, t.end - t.begin); };
  const bool line_ends = token.kind == Kind::nl || token.kind == Kind::end;
  const Token* before = at > 0 ? &tokens[at - 1] : nullptr;
  if (before && before->kind == Kind::nl) before = nullptr;
  const Token& head = tokens[std::min(first, tokens.size() - 1)];
  const std::string shown = line_ends ? "the end of the line" : fmt::format("'{}'", text_of(token));
  // What is missing at a line's end is missing behind its last token.
  Span here{source, token.begin, token.end};
  if (line_ends && before) here = {source, before->end, before->end};
  const Span behind{source, before ? before->end : token.begin, before ? before->end : token.begin};

  auto unknown_stage = [&] {
    const std::string_view word = text_of(head);
    auto known = all_statement_words();
    if (std::find(known.begin(), known.end(), word) != known.end()) return false;
    diagnostics.error(
        "E105", {source, head.begin, head.end}, fmt::format("unknown stage '{}'", word), opening(known, word),
        "a statement begins with a stage (space, device, dataset, objective, predictor, profile, train, transfer, "
        "tune, search, place, plot, export, report) or with let, param, def, import, seed, show, require, foreach, if, when");
    return true;
  };

  auto is_one_of = [](std::string_view word, const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };

  if (expected.at_statement && !expected.in_space) {
    if (token.kind == Kind::name && text_of(token) == "nas") {
      diagnostics.error("E104", here, "'nas' and its version stand in the first line only", "move it there");
      return;
    }
    if (token.kind == Kind::name && is_one_of(text_of(token), clause_words())) {
      diagnostics.error("E104", here, fmt::format("the clause {} has no stage before it", shown), "clauses follow a stage");
      return;
    }
    if (token.kind == Kind::name) {
      if (at + 1 < tokens.size() && tokens[at + 1].kind == Kind::assign) {
        diagnostics.error("E105", {source, token.begin, token.end}, fmt::format("nothing says what '{}' is", text_of(token)),
                          fmt::format("write 'let {} = ...', or a stage before it", text_of(token)));
        return;
      }
      if (unknown_stage()) return;
    }
    if (token.kind == Kind::else_ || token.kind == Kind::otherwise) {
      diagnostics.error("E104", here, fmt::format("{} has nothing before it to belong to", shown), "remove it");
      return;
    }
    diagnostics.error("E104", here, fmt::format("no statement begins with {}", shown), "");
    return;
  }
  if (expected.only_name && before) {
    diagnostics.error("E108", line_ends ? behind : here,
                      line_ends ? fmt::format("a name is missing after '{}'", text_of(*before))
                                : fmt::format("a name is expected after '{}', not {}", text_of(*before), shown),
                      "write a name here");
    return;
  }
  if (expected.colon && before && !expected.statement_end && !expected.value && !expected.assign) {
    diagnostics.error("E106", behind, fmt::format("':' is missing after '{}'", text_of(*before)), "write ':' and a type here");
    return;
  }
  if (expected.parameters && before && !expected.statement_end && !expected.value && !expected.assign && !expected.body) {
    diagnostics.error("E104", behind, fmt::format("the parameters of '{}' are missing", text_of(*before)), "write '(...)' here");
    return;
  }
  if (token.kind == Kind::assign && before && ends_value(before->kind) && expected.body && !expected.statement_end) {
    diagnostics.error("E104", here, "'=' does not compare", "write '=='");
    return;
  }
  if (expected.in_space && before && head.kind == Kind::name && head.begin == before->begin &&
      is_one_of(text_of(head), all_statement_words()) && begins_value(token.kind)) {
    diagnostics.error("E104", {source, head.begin, head.end}, fmt::format("'{}' cannot stand in a space", text_of(head)),
                      text_of(head) == "foreach" ? "write 'repeat'" : "",
                      "a space holds layers, name = value, repeat, if, let, rule, require, spelling and features");
    return;
  }
  if (expected.assign && before && !expected.statement_end && !expected.value) {
    diagnostics.error("E106", line_ends || token.kind != Kind::colon ? behind : here,
                      fmt::format("'=' is missing after '{}'", text_of(*before)), "write '=' and a value here");
    return;
  }
  if (expected.value && before && !ends_value(before->kind)) {
    diagnostics.error("E107", line_ends ? behind : here, fmt::format("a value is missing after '{}'", text_of(*before)),
                      line_ends ? "write a value here" : fmt::format("{} is no value", shown));
    return;
  }
  if (expected.then) {
    diagnostics.error("E104", here, fmt::format("'then' is missing before {}", shown),
                      "a conditional value is 'if a then b else c'");
    return;
  }
  if (expected.else_ && !expected.statement_end && !expected.body) {
    diagnostics.error("E104", here, fmt::format("'else' is missing before {}", shown),
                      "a conditional value is 'if a then b else c'");
    return;
  }
  if (expected.body && !expected.statement_end) {
    diagnostics.error("E113", behind, "a body is missing", "write '{ ... }' here");
    return;
  }
  if (expected.in && !expected.statement_end && !expected.body) {
    diagnostics.error("E104", here, fmt::format("'in' is missing before {}", shown), "write 'name in values'");
    return;
  }
  if (expected.string && !expected.value && !expected.statement_end) {
    diagnostics.error("E107", here, "a text is missing here", "write it between double quotes");
    return;
  }
  if (token.kind == Kind::name && before && before->kind == Kind::number && find_unit(text_of(token))) {
    diagnostics.error("E104", here, "a unit stands right behind its number",
                      fmt::format("write {}{}", text_of(*before), text_of(token)));
    return;
  }
  if (token.kind == Kind::assign && before && before->kind == Kind::stage && head.begin == before->begin) {
    diagnostics.error("E108", here, "a name is missing before '='", fmt::format("write '{} name ='", text_of(*before)));
    return;
  }
  if (before && ends_value(before->kind) && begins_value(token.kind)) {
    // Two values side by side: a forgotten operator, or a word that is meant to be a clause or a stage.
    if (head.kind == Kind::name && head.begin == before->begin && !expected.in_space && unknown_stage()) return;
    if (head.kind == Kind::stage) {
      for (const Token* word : {&token, before}) {
        if (word->kind != Kind::name) continue;
        const std::string hint = opening(clause_words(), text_of(*word));
        if (hint.empty()) continue;
        diagnostics.error("E104", {source, word->begin, word->end}, fmt::format("unknown clause '{}'", text_of(*word)), hint,
                          "clauses begin with on, over, using, with, from, to, of, where, by, until or as");
        return;
      }
    }
    auto& error = diagnostics.error("E104", here, fmt::format("{} cannot follow '{}'", shown, text_of(*before)),
                                    "an operator or a comma is missing before it");
    if (head.kind == Kind::stage) error.note = "clauses begin with on, over, using, with, from, to, of, where, by, until or as";
    return;
  }
  if (line_ends) {
    diagnostics.error("E104", here, "the line ends too early", "something is missing here");
    return;
  }
  if (before && expected.statement_end && head.kind == Kind::stage && token.kind == Kind::clause) {
    diagnostics.error("E104", here, fmt::format("{} cannot follow the settings", shown), "clauses stand before the settings");
    return;
  }
  std::string label;
  if (token.kind == Kind::assign && expected.value) label = "a comparison is written '=='";
  diagnostics.error(
      "E104", here,
      before ? fmt::format("{} cannot follow '{}'", shown, text_of(*before)) : fmt::format("{} cannot stand here", shown), label);
}

}  // namespace nas::syntax
