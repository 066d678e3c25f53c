#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "check/script_checker.h"
#include "syntax/parse.h"

namespace nas {
namespace {

constexpr std::size_t kLargestUnrolling = 10000;

}  // namespace

void ScriptChecker::execute(const syntax::Import& import, Span, Scope& scope) {
  const auto from = importing_.back();
  // Names that would have come from the file stay silent from then on.
  auto give_up = [&] {
    if (import.alias)
      scope.set(import.alias->text, Poison{}, import.alias->span);
    else
      import_missing_ = true;
  };
  auto found = input_.import ? input_.import(import.path, from) : std::nullopt;
  if (!found) {
    diagnostics_.error("E206", import.path_span, fmt::format("there is no file {} to import", import.path),
                       "imports are relative to the file that names them");
    return give_up();
  }
  if (std::find(importing_.begin(), importing_.end(), found->first) != importing_.end()) {
    diagnostics_.error("E209", import.path_span, fmt::format("{} imports itself", import.path),
                       fmt::format("through {}", fmt::join(importing_, " -> ")));
    return give_up();
  }
  const std::uint32_t source = input_.sources->add(found->first, found->second);
  importing_.push_back(found->first);
  auto module = std::make_shared<Scope>();
  scopes_.push_back(module);
  if (import.alias) {
    // What an alias holds is in scope by its name only.
    const auto outer = known_;
    run_source(source, *module);
    known_ = outer;
    define(*import.alias, handle_value<ModuleHandle>(import.path, module), scope);
  } else {
    run_source(source, scope);
  }
  importing_.pop_back();
}

void ScriptChecker::execute(const syntax::Seed& seed, Span span, Scope& scope) {
  const Value value = evaluate(*seed.value, scope);
  if (value.poisoned()) return;
  if (!value.integer() || *value.integer() < 0) {
    diagnostics_.error("E404", span,
                       fmt::format("a seed is a whole number of at least 0, and this is {}", described(value, "int")));
    return;
  }
  if (!seed_given_) script_.seed = static_cast<std::uint64_t>(*value.integer());
}

void ScriptChecker::execute(const syntax::Let& let, Span, Scope& scope) {
  define(let.name, evaluate(*let.value, scope), scope);
}

void ScriptChecker::execute(const syntax::Param& param, Span, Scope& scope) {
  Value value = evaluate(*param.value, scope);
  const auto given =
      std::find_if(input_.params.rbegin(), input_.params.rend(), [&](const auto& p) { return p.first == param.name.text; });
  ScriptParam out{param.name.text, param.type.text, param.help, value, {}, {}};
  static const std::vector<std::string> kTypes = {"int", "float", "bool", "string", "quantity"};
  if (std::find(kTypes.begin(), kTypes.end(), param.type.text) == kTypes.end()) {
    const std::string near = did_you_mean(param.type.text, kTypes);
    diagnostics_.error("E301", param.type.span, fmt::format("{} is not a type", param.type.text),
                       near.empty() ? "" : fmt::format("did you mean {}?", near),
                       fmt::format("types are {}.", fmt::join(kTypes, ", ")));
    value = Poison{};
  }
  Span where = param.value->span;
  if (given != input_.params.rend()) {
    // The value of -p is an expression of its own source, so that a mistake in it is shown.
    std::string text = given->second;
    if (param.type.text == "string" && (text.empty() || text.front() != '"')) text = "\"" + text + "\"";
    const std::string prefix = "let " + param.name.text + " = ";
    const std::uint32_t source = input_.sources->add("-p " + param.name.text, prefix + text);
    auto tree = std::make_shared<syntax::Script>(syntax::parse(*input_.sources, source, diagnostics_));
    trees_.push_back(tree);
    value = Poison{};
    if (!tree->statements.empty())
      if (const auto* let = std::get_if<syntax::Let>(&tree->statements.front().node)) {
        value = evaluate(*let->value, *global_);
        where = let->value->span;
      }
  }
  auto fits = [&](const Value& v) {
    const auto number = v.number();
    if (param.type.text == "int") return v.integer() != nullptr;
    if (param.type.text == "float") return number && number->dimension.none();
    if (param.type.text == "bool") return v.boolean() != nullptr;
    if (param.type.text == "string") return v.text() != nullptr;
    return number.has_value();
  };
  if (!value.poisoned() && !fits(value)) {
    diagnostics_.error("E404", where,
                       fmt::format("param {} is of type {}, and this is {}", param.name.text, param.type.text,
                                   described(value, param.type.text)));
    value = Poison{};
  }
  if (param.bounds) {
    const Value bounds = evaluate(*param.bounds, scope);
    if (const auto* range = bounds.inline_if<Range>()) {
      out.low =
          range->integral ? Value(static_cast<std::int64_t>(range->first)) : Value(Quantity{range->first, range->dimension});
      out.high = range->integral ? Value(static_cast<std::int64_t>(range->last)) : Value(Quantity{range->last, range->dimension});
      const auto number = value.number();
      if (range->first > range->last) {
        diagnostics_.error("E301", param.bounds->span, "bounds run from the lower value to the upper one",
                           fmt::format("write {}..{}", out.high.print(), out.low.print()));
        value = Poison{};
      } else if (number && number->dimension.none() && !range->dimension.none()) {
        diagnostics_.error("E302", where,
                           fmt::format("param {} is a plain number, and its bounds run from {} to {}", param.name.text,
                                       out.low.print(), out.high.print()),
                           fmt::format("write a unit, one of {}", units_of(range->dimension)));
        value = Poison{};
      } else if (number && number->dimension != range->dimension) {
        diagnostics_.error("E303", param.bounds->span,
                           fmt::format("param {} is {}, and its bounds run from {} to {}", param.name.text, value.kind(),
                                       out.low.print(), out.high.print()));
        value = Poison{};
      } else if (number && (number->si < range->first || number->si > range->last)) {
        diagnostics_.error("E405", where, fmt::format("param {} is {}", param.name.text, value.print()),
                           fmt::format("it must be between {} and {}", out.low.print(), out.high.print()));
        value = Poison{};
      }
    } else if (!bounds.poisoned()) {
      diagnostics_.error("E301", param.bounds->span,
                         fmt::format("bounds are a range such as 1..20, and this is {}", bounds.kind()));
    }
  }
  if (!value.poisoned()) out.value = value;
  script_.params.push_back(std::move(out));
  define(param.name, value, scope);
}

void ScriptChecker::execute(const syntax::Require& require, Span span, Scope& scope) {
  const Value value = evaluate(*require.condition, scope);
  if (value.poisoned()) return;
  if (!value.boolean() && !value.later()) {
    diagnostics_.error("E301", require.condition->span, fmt::format("require needs true or false, and this is {}", value.kind()));
    return;
  }
  CheckedStage stage = new_stage("require", fresh_name("require"), span);
  stage.values.push_back({value, text_of(require.condition->span), require.condition->span});
  stage.message = require.message.value_or("");
  needs_of(value, stage);
  script_.stages.push_back(std::move(stage));
}

Value ScriptChecker::as_shown(const Value& value) const {
  if (const List* list = value.list()) {
    List items;
    for (const Value& item : *list) items.push_back(as_shown(item));
    return items;
  }
  const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
  if (!handle) return value;
  const bool has_result =
      handle->type_name() == "Result" || handle->type_name() == "Profile" || learning_.count(handle->stage()) > 0;
  if (!has_result) return value;
  return Later{{handle->stage()},
               [name = handle->stage()](const FindResult& find) -> Result<Value> { return Value(find(name)); }};
}

void ScriptChecker::execute(const syntax::Show& show, Span span, Scope& scope) {
  CheckedStage stage = new_stage("show", fresh_name("show"), span);
  bool good = true;
  for (const auto& expr : show.values) {
    Value value = evaluate(*expr, scope);
    if (value.poisoned()) good = false;
    value = as_shown(value);
    needs_of(value, stage);
    stage.values.push_back({value, text_of(expr->span), expr->span});
  }
  if (good) script_.stages.push_back(std::move(stage));
}

void ScriptChecker::check_parameters(const std::vector<syntax::Parameter>& parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (const auto& type = parameters[i].type;
        type && std::find(parameter_types().begin(), parameter_types().end(), type->text) == parameter_types().end()) {
      const std::string near = did_you_mean(type->text, parameter_types());
      diagnostics_.error("E301", type->span, fmt::format("{} is not a type", type->text),
                         near.empty() ? "" : fmt::format("did you mean {}?", near),
                         fmt::format("types are {}.", fmt::join(parameter_types(), ", ")));
    }
    for (std::size_t j = 0; j < i; ++j)
      if (parameters[i].name.text == parameters[j].name.text) {
        Diagnostic& d = diagnostics_.error("E202", parameters[i].name.span,
                                           fmt::format("the parameter {} is declared twice", parameters[i].name.text),
                                           "the second time here");
        d.labels.push_back({parameters[j].name.span, "first here"});
        break;
      }
  }
}

void ScriptChecker::execute(const syntax::DefFunction& def, Span, Scope& scope) {
  check_parameters(def.parameters);
  define(def.name, make_function(def.name.text, def.parameters, *def.value, scope, false), scope);
  functions_.emplace_back(&def, &scope);
}

void ScriptChecker::check_unused_functions(std::uint32_t source) {
  for (const auto& [def, scope] : functions_) {
    if (def->name.span.source != source || called_.count(def->value.get())) continue;
    Scope inner(scope);
    for (const syntax::Parameter& parameter : def->parameters)
      inner.set(parameter.name.text, parameter.value ? evaluate(*parameter.value, inner) : Value(Poison{}));
    evaluate(*def->value, inner);
  }
}

void ScriptChecker::execute(const syntax::DefSpace& def, Span, Scope&) {
  if (spaces_.count(def.name.text)) {
    Diagnostic& d = diagnostics_.error("E202", def.name.span, fmt::format("space {} is defined twice", def.name.text),
                                       "the second time here");
    d.labels.push_back({spaces_[def.name.text]->name.span, "first here"});
    return;
  }
  check_parameters(def.parameters);
  spaces_[def.name.text] = &def;
}

std::optional<List> ScriptChecker::items_of(const Value& values, Span span, const char* what) {
  if (values.poisoned()) return std::nullopt;
  if (values.list()) return *values.list();
  const auto* range = values.inline_if<Range>();
  if (!range) {
    diagnostics_.error("E301", span, fmt::format("{} runs over a list or a range, and this is {}", what, values.kind()));
    return std::nullopt;
  }
  if (range->size() > kLargestUnrolling) {
    diagnostics_.error("E208", span,
                       fmt::format("{} would run {} times; the limit is {}", what, range->size(), kLargestUnrolling));
    return std::nullopt;
  }
  List items;
  for (std::size_t i = 0; i < range->size(); ++i) {
    const double v = range->first + static_cast<double>(i) * range->step;
    items.push_back(range->integral ? Value(static_cast<std::int64_t>(v)) : Value(Quantity{v, range->dimension}));
  }
  return items;
}

void ScriptChecker::execute(const syntax::Foreach& loop, Span span, Scope& scope) {
  // Where the values are wrong, the mistakes of the body are still told, once.
  const auto items = items_of(evaluate(*loop.values, scope), loop.values->span, "foreach").value_or(List{Poison{}});
  if ((unrolled_ += items.size()) > kLargestUnrolling) {
    diagnostics_.error("E208", span, fmt::format("the script unrolls to more than {} passes", kLargestUnrolling));
    return;
  }
  for (const Value& item : items) {
    const auto outer_known = known_;
    const auto outer_declared = declared_here_;
    auto inner = std::make_shared<Scope>(&scope);
    scopes_.push_back(inner);
    inner->set(loop.variable.text, item, loop.variable.span);
    const std::string outer = suffix_;
    suffix_ += "[" + item.print() + "]";
    run(loop.body, *inner);
    suffix_ = outer;
    known_ = outer_known;
    declared_here_ = outer_declared;
  }
}

void ScriptChecker::execute(const syntax::If& branch, Span, Scope& scope) {
  const Value condition = evaluate(*branch.condition, scope);
  if (condition.later())
    diagnostics_.error("E301", branch.condition->span, "if is decided before the run, and this value is known after it",
                       "write when instead of if");
  else if (!condition.boolean() && !condition.poisoned())
    diagnostics_.error("E301", branch.condition->span, fmt::format("if needs true or false, and this is {}", condition.kind()));
  // Where the condition is wrong, the mistakes of both bodies are still told.
  if (!condition.boolean()) return both_branches({Poison{}, "", branch.condition->span}, branch.then, branch.otherwise, scope);
  const auto outer = known_;
  auto inner = std::make_shared<Scope>(&scope);
  scopes_.push_back(inner);
  run(*condition.boolean() ? branch.then : branch.otherwise, *inner);
  known_ = outer;
}

void ScriptChecker::execute(const syntax::When& branch, Span, Scope& scope) {
  Value condition = evaluate(*branch.condition, scope);
  if (!condition.poisoned() && !condition.later() && !condition.boolean()) {
    diagnostics_.error("E301", branch.condition->span, fmt::format("when needs true or false, and this is {}", condition.kind()));
    condition = Poison{};
  }
  both_branches({condition, text_of(branch.condition->span), branch.condition->span}, branch.then, branch.otherwise, scope);
}

void ScriptChecker::both_branches(CheckedValue condition, const syntax::Body& then_body, const syntax::Body& otherwise_body,
                                  Scope& scope) {
  const std::size_t index = script_.conditions.size();
  const bool poisoned = condition.value.poisoned();
  if (poisoned) condition.value = Value(false);
  script_.conditions.push_back(std::move(condition));
  auto then = std::make_shared<Scope>(&scope), otherwise = std::make_shared<Scope>(&scope);
  scopes_.push_back(then);
  scopes_.push_back(otherwise);
  const auto outer_declared = declared_here_;
  when_.emplace_back(index, true);
  bool objectives = false;
  const auto leave = [&] {
    objectives |= declared_here_.objectives.size() != outer_declared.objectives.size();
    declared_here_ = outer_declared;
  };
  run(then_body, *then);
  leave();
  when_.back().second = false;
  run(otherwise_body, *otherwise);
  leave();
  when_.pop_back();
  // Which objectives a wrong condition would have given is not known: their absence is no mistake of its own.
  if (poisoned && objectives) declared_here_.broken = true;
  // A name that both branches give is known behind them.
  std::vector<std::string> names;
  then->collect_names(names);
  for (const std::string& name : names)
    if (const Value* value = then->find_here(name);
        value && (otherwise->find_here(name) || otherwise_body.empty()) && !scope.find_here(name))
      scope.set(name, *value);
  if (poisoned) {
    otherwise->collect_names(names);
    for (const std::string& name : names)
      if (!scope.find(name)) scope.set(name, Poison{});
  }
}

}  // namespace nas
