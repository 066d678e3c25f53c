#include <fmt/format.h>

#include <algorithm>

#include "check/space_compiler.h"

namespace nas {

Value SpaceCompiler::index_call(const syntax::Call& call, Span span, const Scope& scope) {
  Value from = 0;
  if (call.arguments.size() == 2 && call.arguments[1].name && call.arguments[1].name->text == "from" && call.arguments[1].value)
    from = evaluate(*call.arguments[1].value, scope);
  else if (call.arguments.size() != 1)
    from = Value();
  if (!from.integer() || call.arguments[0].name || !call.arguments[0].value) {
    if (!from.poisoned())
      diagnostics_.error("E404", span, "index takes one choice, or a family of choices, and the number that it counts from",
                         "index(op) or index(op, from = 1)");
    return Poison{};
  }
  const bool outer = std::exchange(raw_, true);
  const Value of = evaluate(*call.arguments[0].value, scope);
  raw_ = outer;
  if (of.poisoned()) return of;
  const List choices = of.list() ? *of.list() : List{of};
  List numbers;
  for (const Value& choice : choices) {
    const Decided* d = choice.decided();
    if (!d || support(choice).size() != 1) {
      diagnostics_.error("E301", call.arguments[0].value->span,
                         fmt::format("index needs choices, and this is {}", choice.kind()));
      return Poison{};
    }
    std::vector<Value> options;
    for (std::size_t i = 0; i < d->options.size(); ++i) options.emplace_back(*from.integer() + static_cast<std::int64_t>(i));
    numbers.push_back(gated(decide(d->gene, std::move(options)), true));
  }
  return of.list() ? Value(numbers) : numbers.front();
}

bool SpaceCompiler::path_text(const Expr& expr, const Scope& scope, std::string& text) {
  if (const auto* name = std::get_if<syntax::NameRef>(&expr.node)) {
    text = name->name;
    return true;
  }
  if (const auto* member = std::get_if<syntax::Member>(&expr.node)) {
    if (!path_text(*member->object, scope, text)) return false;
    text += "." + member->name.text;
    return true;
  }
  if (const auto* index = std::get_if<syntax::Index>(&expr.node)) {
    if (!path_text(*index->object, scope, text)) return false;
    if (!index->index) {
      text += "[*]";
      return true;
    }
    if (const auto* number = std::get_if<syntax::NumberLiteral>(&index->index->node)) {
      text += fmt::format("[{}]", static_cast<std::int64_t>(number->number));
      return true;
    }
    if (!repeats_.count(text.substr(0, text.find('[')))) return false;
    const Value pass = evaluate(*index->index, scope);
    if (pass.integer()) text += fmt::format("[{}]", *pass.integer());
    return pass.integer() != nullptr;
  }
  return false;
}

bool SpaceCompiler::matches(std::string_view pattern, std::string_view path) {
  std::size_t i = 0, j = 0;
  while (i < pattern.size() && j < path.size()) {
    if (path[j] == '[' && pattern.substr(i, 3) == "[*]") {
      i += 3;
      j = path.find(']', j);
      if (j == std::string_view::npos) return false;
      ++j;
    } else if (pattern[i++] != path[j++]) {
      return false;
    }
  }
  return i == pattern.size() && j == path.size();
}

std::optional<Value> SpaceCompiler::bound_in_pass(const Expr& expr, const Scope& scope) {
  const auto* member = std::get_if<syntax::Member>(&expr.node);
  const Expr* root = member ? member->object.get() : nullptr;
  while (root && !std::holds_alternative<syntax::NameRef>(root->node)) {
    const auto* inner = std::get_if<syntax::Member>(&root->node);
    const auto* index = std::get_if<syntax::Index>(&root->node);
    root = inner ? inner->object.get() : index ? index->object.get() : nullptr;
  }
  if (!root || !repeats_.count(std::get<syntax::NameRef>(root->node).name)) return std::nullopt;
  std::string pattern;
  if (!path_text(expr, scope, pattern)) return std::nullopt;
  const bool family = pattern.find('*') != std::string::npos;
  List found;
  for (const auto& [path, value] : defined_)
    if (family ? matches(pattern, path) : path == pattern) found.push_back(value);
  if (!found.empty()) return family ? Value(found) : found.back();
  std::vector<std::string> known;
  for (const auto& [path, value] : defined_) known.push_back(path);
  const std::string near = did_you_mean(pattern, known);
  diagnostics_.error("E201", expr.span, fmt::format("no pass has bound {} so far", pattern),
                     near.empty() ? "" : fmt::format("did you mean {}?", near));
  flow_broken_ = true;  // later passes would only repeat it
  return Value(Poison{});
}

std::optional<Value> SpaceCompiler::path(const Expr& expr, const Scope& scope) {
  if (!in_spelling_) return bound_in_pass(expr, scope);
  if (std::holds_alternative<syntax::NameRef>(expr.node)) return std::nullopt;
  std::string pattern;
  if (!path_text(expr, scope, pattern)) return std::nullopt;
  List found;
  for (const Bound& bound : paths_)
    if (matches(pattern, bound.path)) found.push_back(gated(bound.value, bound.condition));
  // An item of what a path leads to: stage[2].inputs[1].
  if (const auto* index = std::get_if<syntax::Index>(&expr.node); found.empty() && index) {
    std::string whole;
    if (path_text(*index->object, scope, whole) &&
        std::any_of(paths_.begin(), paths_.end(), [&](const Bound& bound) { return bound.path == whole; }))
      return std::nullopt;
  }
  if (found.empty()) {
    std::vector<std::string> known;
    for (const Bound& bound : paths_) known.push_back(bound.path);
    const std::string near = did_you_mean(pattern, known);
    diagnostics_.error("E201", expr.span, fmt::format("the space has no choice {}", pattern),
                       near.empty() ? "" : fmt::format("did you mean {}?", near));
    return Value(Poison{});
  }
  return pattern.find('*') == std::string::npos ? found.front() : Value(found);
}

void SpaceCompiler::read_spellings(const Scope& scope) {
  in_spelling_ = true;
  for (const auto* def : spellings_) {
    if (def->features) continue;
    SpellingProgram spelling;
    spelling.spelling.name = def->name.text;
    if (def->text) {
      const auto* literal = std::get_if<syntax::StringLiteral>(&def->text->node);
      if (!literal) {
        diagnostics_.error("E301", def->text->span, "a spelling is a text with ${...} parts, or a block of name = values");
        continue;
      }
      spelling.spelling.is_text = true;
      spelling.spelling.fields = {"arch"};
      spelling.spelling.lengths = {1};
      spelling.pieces.emplace_back();
      for (const auto& piece : literal->pieces) {
        if (!piece.hole) {
          spelling.pieces.back() += piece.text;
          continue;
        }
        const Value value = evaluate(*piece.hole, scope);
        if (value.poisoned()) continue;
        spelling.holes.push_back(value);
        spelling.pieces.emplace_back();
      }
    } else {
      for (const auto& setting : def->settings) {
        const Value value = evaluate(*setting.value, scope);
        if (value.poisoned()) continue;
        SpellingField field{setting.name.text, {}};
        if (const List* list = value.list())
          field.values = *list;
        else
          field.values = {value};
        spelling.spelling.fields.push_back(field.name);
        spelling.spelling.lengths.push_back(field.values.size());
        spelling.fields.push_back(std::move(field));
      }
    }
    program_->spellings.push_back(std::move(spelling));
  }
  in_spelling_ = false;
}

Value SpaceCompiler::gated(const Value& value, const Value& condition) const {
  if (!in_features_ || raw_) return value;
  Value used = condition;
  for (const auto gene : support(value)) used = both(used, program_->active[gene]);
  return select(used, value, Value());
}

void SpaceCompiler::flatten(const Value& value, List& items) {
  if (const List* list = value.list())
    for (const Value& item : *list) flatten(item, items);
  else
    items.push_back(value);
}

Value SpaceCompiler::onehot_call(const syntax::Call& call, Span span, const Scope& scope) {
  const Expr* of = nullptr;
  const Expr* over = nullptr;
  bool raw = false;
  for (const auto& argument : call.arguments) {
    if (!argument.value) return Poison{};
    if (argument.name && argument.name->text == "raw") {
      const Value given = evaluate(*argument.value, scope);
      raw = always(given);
    } else if (!argument.name && !of) {
      of = argument.value.get();
    } else if (!argument.name && !over) {
      over = argument.value.get();
    } else {
      over = nullptr;
      break;
    }
  }
  if (!of || !over) {
    diagnostics_.error("E404", span, "onehot is written onehot(choices, [3, 5, 7]) or onehot(choices, [3, 5, 7], raw = true)");
    return Poison{};
  }
  const bool outer = std::exchange(raw_, raw);
  const Value given = evaluate(*of, scope);
  const Value values = evaluate(*over, scope);
  List choices, options, columns;
  flatten(given, choices);
  if (const auto* range = values.inline_if<Range>())
    for (std::size_t i = 0; i < range->size(); ++i) options.emplace_back(range->first + static_cast<double>(i) * range->step);
  else
    flatten(values, options);
  for (const Value& choice : choices) {
    const Value used = gated(choice, true);
    for (const Value& option : options)
      columns.push_back(lift({used}, [&](const std::vector<Value>& v, const auto&) {
        const auto x = v[0].number(), y = option.number();
        return Value(x && y ? (x->si == y->si ? 1 : 0) : v[0] == option ? 1 : 0);
      }));
  }
  raw_ = outer;
  return given.poisoned() || values.poisoned() ? Value(Poison{}) : Value(columns);
}

Value SpaceCompiler::mean_call(const syntax::Call& call, Span span, const Scope& scope) {
  if (call.arguments.size() != 1 || call.arguments[0].name || !call.arguments[0].value) {
    diagnostics_.error("E404", span, "mean takes one list of choices");
    return Poison{};
  }
  const Value given = evaluate(*call.arguments[0].value, scope);
  if (given.poisoned()) return given;
  List choices;
  flatten(given, choices);
  Value sum = List{Value(0.0), Value(0.0)};  // of the values, and how many
  for (const Value& choice : choices)
    sum = lift({sum, gated(choice, true)}, [&](const std::vector<Value>& v, const auto&) -> Value {
      const auto x = v[1].number();
      if (!x) return v[0];
      const List& so_far = *v[0].list();
      return List{Value(so_far[0].number()->si + x->si), Value(so_far[1].number()->si + 1)};
    });
  return lift({sum}, [](const std::vector<Value>& v, const auto&) {
    const List& total = *v[0].list();
    return Value(total[1].number()->si == 0 ? 0.0 : total[0].number()->si / total[1].number()->si);
  });
}

void SpaceCompiler::read_features(const Scope& scope) {
  in_spelling_ = in_features_ = true;
  for (const auto* def : spellings_) {
    if (!def->features) continue;
    if (def->text) {
      diagnostics_.error("E301", def->text->span, "features are a block of name = numbers",
                         "features mine { ks = onehot(stage[*].block[*].kernel, [3, 5, 7]) }");
      continue;
    }
    Encoding encoding{def->name.text, {}};
    List encoded;
    for (const auto& setting : def->settings) {
      Value value = evaluate(*setting.value, scope);
      if (std::holds_alternative<syntax::NameRef>(setting.value->node)) value = gated(value, true);
      if (value.poisoned()) continue;
      List columns;
      flatten(value, columns);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        bool numbers = true, absent = false;
        for (const Value& leaf : leaves(columns[i])) {
          const auto number = leaf.number();
          absent = absent || leaf.none();
          numbers = numbers && (leaf.none() || (number && number->dimension.none()));
        }
        if (!numbers) {
          diagnostics_.error("E301", setting.value->span,
                             fmt::format("features are plain numbers, and {} is not", setting.name.text),
                             "onehot(choices, [...]) makes numbers of names");
          break;
        }
        encoding.columns.push_back(columns.size() == 1 ? setting.name.text
                                                       : setting.name.text + '[' + std::to_string(i + 1) + ']');
        encoded.push_back(
            absent ? lift({columns[i]}, [](const std::vector<Value>& v, const auto&) { return v[0].none() ? Value(0) : v[0]; })
                   : columns[i]);
      }
    }
    program_->encodings.push_back(std::move(encoding));
    program_->encoded.push_back(std::make_shared<EncodingProgram>(std::move(encoded)));
  }
  in_spelling_ = in_features_ = false;
}

}  // namespace nas
