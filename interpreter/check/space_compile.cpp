#include "check/space_compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "check/references.h"
#include "check/space_compiler.h"
#include "core/operator_list.h"

namespace nas {

std::optional<Space> SpaceCompiler::compile(const syntax::DefSpace& def,
                                            const std::vector<std::pair<std::string, Value>>& arguments, const Scope& outer) {
  const std::size_t errors = diagnostics_.error_count();
  program_->name = def.name.text;
  program_->sites.reserve(256);  // they are large to move
  collect_references(def.body, references_, {.spellings = false, .parts = true});
  collect_references(def.body, named_);
  Scope scope(&outer);
  for (const auto& [name, value] : arguments) scope.set(name, value);
  statement_ = def.name.span;
  run(def.body, scope);
  if (diagnostics_.error_count() > errors) return std::nullopt;
  if (flow_.none()) {
    diagnostics_.error("E503", def.name.span, fmt::format("space {} has no layers", def.name.text));
    return std::nullopt;
  }
  program_->output = flow_;
  read_spellings(scope);
  if (diagnostics_.error_count() > errors) return std::nullopt;
  program_->is_depth.resize(program_->genes.size(), false);
  if (auto linked = program_->link(); !linked) {
    diagnostics_.error(linked.failure().code, def.name.span, linked.failure().message, linked.failure().hint);
    return std::nullopt;
  }
  read_features(scope);
  if (diagnostics_.error_count() > errors) return std::nullopt;
  Space space(program_);
  if (space.has_requirements()) {
    Stream probe(0, "requirements");
    if (!space.valid(space.smallest().genes) && !space.valid(space.largest().genes))
      if (auto drawn = space.sample(probe); !drawn) {
        diagnostics_.error("E503", requirement_span_, drawn.failure().message, drawn.failure().hint,
                           fmt::format("its smallest network has {} MACs and {} parameters.", space.macs(space.smallest().genes),
                                       space.params(space.smallest().genes)));
        return std::nullopt;
      }
  }
  arms_never_taken(def);
  return space;
}

void SpaceCompiler::arms_never_taken(const syntax::DefSpace& def) {
  for (const auto& [guard, taken] : arm_taken_) {
    if (taken) continue;
    std::set<std::string> names;
    collect_references(*guard, names);
    if (std::none_of(def.parameters.begin(), def.parameters.end(), [&](const auto& p) { return names.count(p.name.text) > 0; }))
      diagnostics_.warning("W903", guard->span, "no network takes this arm: its condition is false everywhere");
  }
}

void SpaceCompiler::run(const syntax::Body& body, Scope& scope) {
  if (!flow_.none()) scope.set("x", flow_);
  for (const auto& statement : body) {
    if (refused_) return;
    statement_ = statement.span;
    std::visit([&](const auto& node) { execute(node, statement.span, scope); }, statement.node);
    report_shapes();
  }
}

void SpaceCompiler::execute(const syntax::Let& let, Span, Scope& scope) {
  Value value = named(let.name.text, *let.value, scope);
  define(let.name, value, scope);
}

void SpaceCompiler::execute(const syntax::Bind& bind, Span, Scope& scope) {
  const std::string& name = bind.name.text;
  repeat_name_ = std::holds_alternative<syntax::RepeatExpr>(bind.value->node) ? name : "";
  Value value = named(name, *bind.value, scope);
  repeat_name_.clear();
  if (value.poisoned()) {
    define(bind.name, value, scope);
    return;
  }
  if (name == "input" && value.inline_if<Tensor>()) {
    flow_ = value;
    scope.set("x", flow_);
    return;
  }
  if (is_operator(value)) {
    if (!references_.count(name)) {
      apply_here(value, name, scope);
      define(bind.name, value, scope);
      return;
    }
  } else if (is_tensor(value)) {
    flow_ = value;
  } else if (!named_.count(name) && !references_.count(name) && name[0] != '_' &&
             !std::holds_alternative<syntax::RepeatExpr>(bind.value->node)) {
    diagnostics_.warning("W901", bind.name.span,
                         fmt::format("{} {} is never used", value.decided() ? "the choice" : "the value", name),
                         value.decided() ? "its options make no difference" : "");
  }
  define(bind.name, value, scope);
}

void SpaceCompiler::execute(const syntax::ExprStatement& statement, Span span, Scope& scope) {
  const Value value = named("op", *statement.value, scope);
  if (value.poisoned()) return;
  if (is_operator(value)) {
    apply_here(value, "", scope);
  } else if (is_tensor(value)) {
    flow_ = value;
  } else if (lists_operators(value)) {
    diagnostics_.error("E301", span, "a list of operators stands alone here",
                       "say how their results are joined, e.g. add(pick(...))");
  } else if (!std::holds_alternative<syntax::RepeatExpr>(statement.value->node)) {
    diagnostics_.error("E301", span, fmt::format("{} stands alone here", value.kind()),
                       "only operators, tensors and repeats can be statements of a space");
  }
}

void SpaceCompiler::execute(const syntax::If& branch, Span, Scope& scope) {
  const Value condition = restricted(evaluate(*branch.condition, scope), builder_.condition);
  if (condition.poisoned()) return;
  for (const Value& leaf : leaves(condition))
    if (!leaf.boolean()) {
      diagnostics_.error("E301", branch.condition->span, fmt::format("if needs true or false, and this is {}", leaf.kind()));
      return;
    }
  const Value before = flow_;
  const Value then = under(condition, [&] {
    Scope inner(&scope);
    run(branch.then, inner);
  });
  flow_ = before;
  const Value otherwise = under(negated(condition), [&] {
    Scope inner(&scope);
    run(branch.otherwise, inner);
  });
  flow_ = builder_.merged(select(condition, then, otherwise));
}

void SpaceCompiler::execute(const syntax::Require& require, Span span, Scope& scope) {
  const Value condition = evaluate(*require.condition, scope);
  if (condition.poisoned()) return;
  if (const auto* conditions = condition.shared_if<Conditions>()) {
    for (const auto& item : conditions->items) {
      for (const MetricId& id : item.formula.metrics)
        if (const auto* kind = find_metric(id); !kind || !kind->exact) {
          diagnostics_.error("E301", span, fmt::format("{} is not known before a network is built and measured", id.label()),
                             "a space can require macs, params and memory",
                             "bounds on measured metrics belong into the search: where latency@host < 25ms.");
          return;
        }
      program_->requirements.items.push_back(item);
    }
    requirement_span_ = span;
    return;
  }
  for (const Value& leaf : leaves(condition))
    if (!leaf.boolean()) {
      if (!leaf.poisoned())
        diagnostics_.error("E301", require.condition->span,
                           fmt::format("require needs true or false, and this is {}", leaf.kind()), "e.g. require params < 8M");
      return;
    }
  if (always(condition)) return;
  if (never(condition)) {
    const bool elsewhere = call_ && require.message && call_->source != span.source;
    diagnostics_.error("E503", elsewhere ? *call_ : span, require.message.value_or("this requirement of the space is never met"));
    refused_ = true;
    return;
  }
  program_->validity.push_back(either(condition, negated(builder_.condition)));
}

void SpaceCompiler::execute(const syntax::Rule& rule, Span, Scope& scope) {
  scope.set(rule.name.text, make_function(rule.name.text, rule.parameters, *rule.value, scope, true), rule.name.span);
}

void SpaceCompiler::execute(const syntax::SpellingDef& spelling, Span, Scope&) {
  spellings_.push_back(&spelling);
}

Value SpaceCompiler::under(const Value& condition, const std::function<void()>& f) {
  const Value outside = builder_.condition;
  builder_.condition = both(outside, condition);
  if (!never(builder_.condition)) f();
  builder_.condition = outside;
  return flow_;
}

void SpaceCompiler::need_input() {
  if (!flow_.none()) return;
  flow_ = builder_.input(Shape{3, 32, 32});
  input_assumed_ = true;
}

void SpaceCompiler::apply_here(const Value& op, const std::string& name, Scope& scope) {
  need_input();
  if (!scope.find("x")) scope.set("x", flow_);
  builder_.path = join(prefix_, name);
  const Value out = apply_operator(builder_, op, {flow_});
  builder_.path = prefix_;
  if (!out.poisoned())
    flow_ = out;
  else
    flow_broken_ = true;
}

bool SpaceCompiler::is_operator(const Value& value) {
  const auto all = leaves(value);
  return std::any_of(all.begin(), all.end(), [](const Value& v) { return v.op() != nullptr; });
}

bool SpaceCompiler::is_tensor(const Value& value) {
  const auto all = leaves(value);
  return std::all_of(all.begin(), all.end(), [](const Value& v) { return v.inline_if<Tensor>() != nullptr; });
}

std::string SpaceCompiler::join(const std::string& a, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + "." + b;
}

void SpaceCompiler::define(const syntax::Name& name, const Value& value, Scope& scope) {
  if (scope.find_here(name.text) && !defined_as_parameter(name.text, scope)) {
    Diagnostic& d = diagnostics_.error("E202", name.span, fmt::format("{} is defined twice", name.text), "the second time here");
    if (const auto first = scope.where(name.text)) d.labels.push_back({*first, "first here"});
    return;
  }
  scope.set(name.text, value, name.span);
  if (!prefix_.empty()) defined_.emplace_back(join(prefix_, name.text), value);
  record(join(prefix_, name.text), value);
}

bool SpaceCompiler::defined_as_parameter(const std::string& name, const Scope& scope) {
  const auto where = scope.where(name);
  return where && where->begin == where->end;
}

void SpaceCompiler::record(const std::string& path, const Value& value) {
  const List* list = value.list();
  const bool numbers =
      list && std::all_of(list->begin(), list->end(), [](const Value& item) { return item.number().has_value(); });
  if (!value.decided() && !value.number() && !value.text() && !numbers) return;
  // `kernel = choice(...)` and then `conv(kernel = kernel)` are one gene family, not two.
  for (const Bound& known : paths_)
    if (known.path == path) return;
  paths_.push_back({path, value, builder_.condition});
}

void SpaceCompiler::report_shapes() {
  for (const ShapeError& error : builder_.errors) {
    if (!misshapen_.insert(statement_.begin).second) continue;
    std::string way;
    for (const Decision& d : error.decisions)
      way += fmt::format("{}{} = {}", way.empty() ? "" : ", ", program_->genes[d.gene].name,
                         program_->genes[d.gene].options[d.option]);
    diagnostics_.error("E501", statement_, fmt::format("shapes do not fit at {}: {}", error.path, error.message),
                       way.empty() ? "on every path" : "when " + way,
                       input_assumed_ ? "the space says no input, so an image of 3x32x32 is assumed." : "");
  }
  builder_.errors.clear();
}

std::optional<Space> compile_space(const syntax::DefSpace& def, const std::vector<std::pair<std::string, Value>>& arguments,
                                   const Scope& scope, const LayerVocabulary& layers, Diagnostics& diagnostics,
                                   std::optional<Span> call) {
  SpaceCompiler compiler(layers, diagnostics, call);
  return compiler.compile(def, arguments, scope);
}

}  // namespace nas
