#include "check/evaluate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/statistics.h"

namespace nas {
const std::vector<std::string>& builtin_functions() {
  static const std::vector<std::string> kBuiltins = {"len",  "min", "max",  "sum", "mean", "median", "round", "floor",
                                                     "ceil", "abs", "sqrt", "log", "exp",  "last",   "str"};
  return kBuiltins;
}

const Value* Scope::find_here(const std::string& name) const {
  const auto it = names_.find(name);
  return it == names_.end() ? nullptr : &it->second.value;
}
const Value* Scope::find(const std::string& name) const {
  const auto* here = find_here(name);
  return here ? here : parent_ ? parent_->find(name) : nullptr;
}
std::optional<Span> Scope::where(const std::string& name) const {
  const auto it = names_.find(name);
  if (it != names_.end()) return it->second.where;
  return parent_ ? parent_->where(name) : std::nullopt;
}
void Scope::collect_names(std::vector<std::string>& names) const {
  for (const auto& [name, entry] : names_) names.push_back(name);
  if (parent_) parent_->collect_names(names);
}

bool plain_number(const Value& value) {
  return value.number() && value.number()->dimension.none();
}

const std::vector<std::string>& parameter_types() {
  static const std::vector<std::string> types = {"int",    "float", "bool", "string", "quantity", "range",   "list",
                                                 "Metric", "Space", "Arch", "Device", "Dataset",  "Weights", "Result"};
  return types;
}

std::string described(const Value& value, const std::string& type) {
  return type == "int" && plain_number(value) ? value.print() : value.kind();
}

bool is_of_type(const Value& value, const std::string& type) {
  if (std::find(parameter_types().begin(), parameter_types().end(), type) == parameter_types().end()) return true;
  const auto all = leaves(value);
  return std::all_of(all.begin(), all.end(), [&](const Value& v) {
    if (v.poisoned() || v.later()) return true;
    if (type == "int") return v.integer() != nullptr;
    if (type == "float") return plain_number(v);
    if (type == "bool") return v.boolean() != nullptr;
    if (type == "string") return v.text() != nullptr;
    if (type == "quantity") return v.number().has_value();
    if (type == "range") return v.inline_if<Range>() != nullptr;
    if (type == "list") return v.list() != nullptr;
    if (type == "Metric") return v.shared_if<Formula>() != nullptr;
    return v.handle() && v.handle()->type_name() == type;
  });
}

Value Evaluator::unknown_name(const std::string& name, Span span, const Scope& scope) {
  std::vector<std::string> known = known_names();
  scope.collect_names(known);
  known.insert(known.end(), builtin_functions().begin(), builtin_functions().end());
  if (labels_) known.insert(known.end(), labels_->begin(), labels_->end());
  const std::string near = did_you_mean(name, known);
  diagnostics_.error("E201", span, fmt::format("{} is not known here", name),
                     near.empty() ? "" : fmt::format("did you mean {}?", near));
  return Poison{};
}

Value Evaluator::unknown_function(const std::string& name, Span span, const Scope& scope) {
  if (auto value = resolve_name(name, span)) return *value;
  if (name == "choice" || name == "pick") {
    diagnostics_.error("E301", span, "choices are written inside a space", "", "put it into a def space");
    return Poison{};
  }
  std::vector<std::string> known = known_functions();
  std::vector<std::string> names;
  scope.collect_names(names);
  for (const auto& candidate : names)
    if (const Value* value = scope.find(candidate); value && value->shared_if<Function>()) known.push_back(candidate);
  known.insert(known.end(), builtin_functions().begin(), builtin_functions().end());
  const std::string near = did_you_mean(name, known);
  diagnostics_.error("E205", span, fmt::format("there is no function {}", name),
                     near.empty() ? "" : fmt::format("did you mean {}?", near));
  return Poison{};
}

Value Evaluator::at_device(const syntax::AtDevice&, Span span, const Scope&) {
  diagnostics_.error("E301", span, "metric@device has no meaning here");
  return Poison{};
}
Value Evaluator::choice(const syntax::ChoiceExpr&, Span span, const Scope&) {
  diagnostics_.error("E301", span, "choices are written inside a space", "", "put it into a def space");
  return Poison{};
}
Value Evaluator::repeat(const syntax::RepeatExpr&, Span span, const Scope&) {
  diagnostics_.error("E301", span, "repeat is written inside a space", "", "at script level foreach unrolls statements");
  return Poison{};
}

Value Evaluator::evaluate(const syntax::Expr& expr, const Scope& scope) {
  if (++steps_ > limits_.steps) {
    if (steps_ == limits_.steps + 1)
      diagnostics_.error("E208", expr.span, fmt::format("the script needs more than {} evaluation steps", limits_.steps));
    return Poison{};
  }
  if (depth_ > limits_.call_depth) {
    diagnostics_.error("E208", expr.span, fmt::format("calls are nested more than {} deep", limits_.call_depth), "",
                       "a rule needs an argument that falls with every call");
    return Poison{};
  }
  return evaluate_node(expr, scope);
}

Value Evaluator::evaluate_labelled(const syntax::Expr& expr, const std::vector<std::string>& labels, const Scope& scope) {
  const auto* outer = std::exchange(labels_, &labels);
  Value value = evaluate(expr, scope);
  labels_ = outer;
  return value;
}

Value Evaluator::evaluate_node(const syntax::Expr& expr, const Scope& scope) {
  using namespace syntax;
  if (const auto* n = std::get_if<NumberLiteral>(&expr.node)) {
    if (n->unit.empty())
      return n->integral && std::fabs(n->number) < 9e15 ? Value(static_cast<std::int64_t>(n->number)) : Value(n->number);
    const Unit* unit = find_unit(n->unit);
    if (!unit) {
      std::vector<std::string> known;
      for (const Unit& u : all_units()) known.emplace_back(u.name);
      const std::string near = did_you_mean(n->unit, known);
      diagnostics_.error("E305", expr.span, fmt::format("{} is not a unit", n->unit),
                         near.empty() ? "" : fmt::format("did you mean {}?", near),
                         "units are ns us ms s min h, B KB MB GB KiB MiB GiB, uJ mJ J, mW W, Hz kHz MHz GHz, k M G, %");
      return Poison{};
    }
    const double si = n->number * unit->scale;
    if (unit->dimension.none() && unit->scale > 1 && si == std::floor(si) && si < 9e15) return static_cast<std::int64_t>(si);
    return Quantity{si, unit->dimension};
  }
  if (const auto* s = std::get_if<StringLiteral>(&expr.node)) {
    List pieces;
    for (const auto& piece : s->pieces) pieces.push_back(piece.hole ? evaluate(*piece.hole, scope) : Value(piece.text));
    const auto joined = [](Evaluator&, const std::vector<Value>& v) {
      std::string text;
      for (const Value& piece : v) text += piece.print();
      return Value(std::move(text));
    };
    if (auto later = after_the_run(pieces, joined)) return *later;
    return joined(*this, pieces);
  }
  if (const auto* b = std::get_if<BoolLiteral>(&expr.node)) return b->value;
  if (const auto* n = std::get_if<NameRef>(&expr.node)) {
    if (const Value* value = scope.find(n->name)) return *value;
    if (labels_ && std::find(labels_->begin(), labels_->end(), n->name) != labels_->end()) return n->name;
    if (auto value = resolve_name(n->name, expr.span)) return *value;
    return unknown_name(n->name, expr.span, scope);
  }
  if (auto whole = path(expr, scope)) return *whole;
  if (const auto* m = std::get_if<Member>(&expr.node)) return member(evaluate(*m->object, scope), m->name.text, m->name.span);
  if (const auto* at = std::get_if<AtDevice>(&expr.node)) return at_device(*at, expr.span, scope);
  if (const auto* c = std::get_if<Call>(&expr.node)) return call(*c, expr.span, scope);
  if (const auto* i = std::get_if<Index>(&expr.node)) {
    const Value object = evaluate(*i->object, scope);
    if (!i->index) {
      if (object.list() || object.poisoned()) return object;
      diagnostics_.error("E301", expr.span, fmt::format("[*] takes all items of a list, and this is {}", object.kind()));
      return Poison{};
    }
    return index(object, evaluate(*i->index, scope), i->index->span);
  }
  if (const auto* u = std::get_if<Unary>(&expr.node)) return unary(u->op, evaluate(*u->operand, scope), u->operand->span);
  if (const auto* b = std::get_if<Binary>(&expr.node)) {
    const Value left = evaluate(*b->left, scope);
    const Value right = evaluate(*b->right, scope);
    if (b->op == "<" || b->op == "<=" || b->op == ">" || b->op == ">=" || b->op == "==" || b->op == "!=")
      return comparison({left, right}, {b->left->span, b->right->span}, {b->op}, expr.span);
    return binary(b->op, left, right, b->op_span, b->left->span, b->right->span);
  }
  if (const auto* c = std::get_if<syntax::Comparison>(&expr.node)) {
    std::vector<Value> operands;
    std::vector<Span> spans;
    for (const auto& operand : c->operands) {
      operands.push_back(evaluate(*operand, scope));
      spans.push_back(operand->span);
    }
    return comparison(operands, spans, c->ops, expr.span);
  }
  if (const auto* r = std::get_if<RangeExpr>(&expr.node)) {
    std::vector<Value> parts{evaluate(*r->first, scope), evaluate(*r->last, scope),
                             r->step ? evaluate(*r->step, scope) : Value(1)};
    bool failed = false;
    return lift(parts, [&](const std::vector<Value>& v, const auto&) -> Value {
      for (const Value& part : v)
        if (part.poisoned()) return Poison{};
      const auto a = v[0].number(), b = v[1].number(), s = v[2].number();
      if (a && b && s && (s->si == 0 || (r->step && s->dimension != a->dimension))) {
        if (!failed)
          diagnostics_.error("E301", r->step->span,
                             s->si == 0 ? "the step of a range is zero"
                                        : fmt::format("the step of a range over {} is {}", v[0].kind(), v[2].kind()));
        failed = true;
        return Poison{};
      }
      if (!a || !b || !s || a->dimension != b->dimension) {
        if (!failed)
          diagnostics_.error("E301", expr.span,
                             fmt::format("a range goes from a number to a number, not from {} to {}", v[0].kind(), v[1].kind()));
        failed = true;
        return Poison{};
      }
      return Range{a->si, b->si, s->si, v[0].integer() && v[1].integer() && v[2].integer(), a->dimension};
    });
  }
  if (const auto* c = std::get_if<IfExpr>(&expr.node)) {
    const Value condition = evaluate(*c->condition, scope);
    if (const bool* plain = condition.boolean()) return evaluate(*plain ? *c->then : *c->otherwise, scope);
    if (condition.poisoned()) return Poison{};
    if (condition.later()) {
      diagnostics_.error("E301", c->condition->span,
                         "if ... then ... else is decided before the run, and this value is known after it",
                         "stages can depend on it: when ... { }");
      return Poison{};
    }
    for (const Value& leaf : leaves(condition))
      if (!leaf.boolean()) {
        diagnostics_.error("E301", c->condition->span, fmt::format("if needs true or false, and this is {}", leaf.kind()));
        return Poison{};
      }
    return select(condition, evaluate(*c->then, scope), evaluate(*c->otherwise, scope));
  }
  if (const auto* l = std::get_if<ListExpr>(&expr.node)) {
    List items;
    for (const auto& item : l->items) items.push_back(evaluate(*item, scope));
    return items;
  }
  if (const auto* c = std::get_if<ChoiceExpr>(&expr.node)) return choice(*c, expr.span, scope);
  if (const auto* r = std::get_if<RepeatExpr>(&expr.node)) return repeat(*r, expr.span, scope);
  return Poison{};
}

Value Evaluator::member(const Value& object, const std::string& name, Span span) {
  if (object.poisoned()) return Poison{};
  if (const Handle* handle = object.handle()) {
    if (auto value = handle->member(name)) return *value;
    const std::string near = did_you_mean(name, handle->members());
    diagnostics_.error("E207", span, fmt::format("{} has no part {}", object.kind(), name),
                       near.empty() ? "" : fmt::format("did you mean {}?", near),
                       handle->members().empty() ? "" : fmt::format("it has {}.", fmt::join(handle->members(), ", ")));
    return Poison{};
  }
  if (object.later())
    return *after_the_run({object}, [name](Evaluator& e, const std::vector<Value>& v) { return e.member(v[0], name, {}); });
  // A part of every member: front.hypervolume of a family of runs.
  if (const List* list = object.list(); list && !list->empty() && std::all_of(list->begin(), list->end(), [](const Value& item) {
                                          return item.handle() || item.later();
                                        })) {
    List parts;
    for (const Value& item : *list) parts.push_back(member(item, name, span));
    const bool bad = std::any_of(parts.begin(), parts.end(), [](const Value& part) { return part.poisoned(); });
    return bad ? Value(Poison{}) : Value(std::move(parts));
  }
  diagnostics_.error("E207", span, fmt::format("{} has no part {}", object.kind(), name));
  return Poison{};
}

Value Evaluator::index(const Value& object, const Value& at, Span span) {
  bool failed = false;
  return lift({object, at}, [&](const std::vector<Value>& v, const auto&) -> Value {
    if (v[0].poisoned() || v[1].poisoned()) return Poison{};
    const List* list = v[0].list();
    const auto* i = v[1].integer();
    auto report = [&](std::string message, std::string label) -> Value {
      if (!failed) diagnostics_.error("E306", span, std::move(message), std::move(label));
      failed = true;
      return Poison{};
    };
    if (!list) return report(fmt::format("{} has no items", v[0].kind()), "");
    if (!i) return report(fmt::format("an item is chosen by a whole number, not by {}", v[1].kind()), "");
    const auto size = static_cast<std::int64_t>(list->size());
    const std::int64_t position = *i < 0 ? size + *i : *i - 1;
    if (position < 0 || position >= size)
      return report(fmt::format("the list has {} items, and item {} is asked for", size, *i),
                    "the first item is [1], the last one [-1]");
    return (*list)[static_cast<std::size_t>(position)];
  });
}

Value Evaluator::make_function(const std::string& name, const std::vector<syntax::Parameter>& parameters,
                               const syntax::Expr& body, const Scope& scope, bool recursive) {
  Function function;
  function.name = name;
  // The scope and the tree outlive every call: both belong to the script.
  function.call = [this, name, &parameters, &body, &scope](const std::vector<Value>& arguments, Span call) -> Value {
    if (arguments.size() > parameters.size()) {
      diagnostics_.error("E404", call,
                         fmt::format("{} takes {} arguments, {} are given", name, parameters.size(), arguments.size()));
      return Poison{};
    }
    Scope inner(&scope);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const auto& type = parameters[i].type;
      if (i < arguments.size() && !arguments[i].none()) {
        if (type && !is_of_type(arguments[i], type->text)) {
          diagnostics_.error("E404", call,
                             fmt::format("{} of {} is of type {}, and this is {}", parameters[i].name.text, name, type->text,
                                         described(arguments[i], type->text)));
          return Poison{};
        }
        inner.set(parameters[i].name.text, arguments[i]);
      } else if (parameters[i].value) {
        inner.set(parameters[i].name.text, evaluate(*parameters[i].value, inner));
      } else {
        diagnostics_.error("E403", call, fmt::format("{} needs a value for {}", name, parameters[i].name.text));
        return Poison{};
      }
    }
    called_.insert(&body);
    ++depth_;
    Value value = evaluate(body, inner);
    --depth_;
    return value;
  };
  return function;
}

Value Evaluator::call(const syntax::Call& call, Span span, const Scope& scope) {
  const auto* name = std::get_if<syntax::NameRef>(&call.callee->node);
  const Value* bound = name ? scope.find(name->name) : nullptr;
  if (!bound) {
    if (auto value = resolve_call(call, span, scope)) return *value;
  }
  const auto& builtins = builtin_functions();
  if (name && !bound && std::find(builtins.begin(), builtins.end(), name->name) != builtins.end()) {
    std::vector<Value> arguments;
    for (const auto& argument : call.arguments) {
      if (argument.name) {
        diagnostics_.error("E401", argument.name->span, fmt::format("{} takes its arguments without names", name->name));
        return Poison{};
      }
      arguments.push_back(evaluate(*argument.value, scope));
    }
    if (auto value = builtin(name->name, arguments, span)) return *value;
    return Poison{};
  }
  const Value callee = bound  ? *bound
                       : name ? unknown_function(name->name, call.callee->span, scope)
                              : evaluate(*call.callee, scope);
  std::vector<Value> arguments;
  bool named = false;
  for (const auto& argument : call.arguments) {
    arguments.push_back(evaluate(*argument.value, scope));
    named = named || argument.name;
  }
  if (callee.poisoned()) return Poison{};
  if (named) {
    diagnostics_.error("E401", span, "arguments of a user function are given in order, without names");
    return Poison{};
  }
  if (const auto* function = callee.shared_if<Function>()) return function->call(arguments, span);
  if (auto value = apply_value(callee, arguments, span)) return *value;
  diagnostics_.error("E301", call.callee->span, fmt::format("{} cannot be called", callee.kind()));
  return Poison{};
}

std::optional<Value> Evaluator::builtin(const std::string& name, const std::vector<Value>& arguments, Span span) {
  auto fail = [&](std::string message) -> std::optional<Value> {
    diagnostics_.error("E404", span, std::move(message));
    return Value(Poison{});
  };
  for (const Value& argument : arguments)
    if (argument.poisoned()) return Value(Poison{});
  const std::size_t wanted = name == "last" ? 2 : 1;
  const bool any_count = name == "min" || name == "max";
  if (any_count ? arguments.empty() : arguments.size() != wanted)
    return fail(fmt::format("{} takes {} argument{}, {} are given", name, any_count ? "at least 1" : fmt::format("{}", wanted),
                            wanted == 1 ? "" : "s", arguments.size()));
  if (auto later =
          after_the_run(arguments, [name](Evaluator& e, const std::vector<Value>& v) { return *e.builtin(name, v, {}); }))
    return later;
  if (any_count &&
      std::any_of(arguments.begin(), arguments.end(), [](const Value& v) { return v.shared_if<Formula>() != nullptr; })) {
    Value result = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const auto a = as_formula(result), b = as_formula(arguments[i]);
      if (!a || !b || a->dimension != b->dimension) return fail(fmt::format("{} compares values of one kind", name));
      Formula out = joined(*a, *b, name == "min" ? MetricExpr::Op::minimum : MetricExpr::Op::maximum, name);
      out.expression.text = fmt::format("{}({}, {})", name, a->expression.text, b->expression.text);
      result = out;
    }
    return result;
  }
  std::optional<Value> failed;
  Value result = lift(arguments, [&](const std::vector<Value>& v, const auto&) -> Value {
    if (failed) return Poison{};
    auto wrong = [&](const char* what, const Value& got) -> Value {
      failed = fail(fmt::format("{} needs {}, and this is {}", name, what, got.kind()));
      return Poison{};
    };
    if (name == "str") return v[0].print();
    if (name == "len") {
      if (v[0].list()) return static_cast<std::int64_t>(v[0].list()->size());
      if (const auto* r = v[0].inline_if<Range>()) return static_cast<std::int64_t>(r->size());
      if (v[0].text()) return static_cast<std::int64_t>(v[0].text()->size());
      return wrong("a list", v[0]);
    }
    if (name == "last") {
      if (!v[0].list()) return wrong("a list", v[0]);
      if (!v[1].integer()) return wrong("a whole number", v[1]);
      const auto n =
          std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(0, *v[1].integer())), v[0].list()->size());
      return List(v[0].list()->end() - static_cast<std::ptrdiff_t>(n), v[0].list()->end());
    }
    if (any_count || name == "sum" || name == "mean" || name == "median") {
      const List items = v.size() == 1 && v[0].list() ? *v[0].list() : List(v.begin(), v.end());
      if (items.empty()) return wrong("at least one number", v[0]);
      Value folded = items[0];
      std::vector<double> numbers;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const auto x = folded.number(), y = items[i].number();
        if (!x || !y) return wrong("numbers", items[i]);
        if (x->dimension != y->dimension) return wrong("numbers of one kind", items[i]);
        numbers.push_back(y->si);
        if (i == 0) continue;
        if (name == "sum")
          folded = binary("+", folded, items[i], span, span, span);
        else if (any_count && (name == "min") == (y->si < x->si) && x->si != y->si)
          folded = items[i];
      }
      if (name == "mean" || name == "median")
        return Quantity{name == "mean" ? mean(numbers) : median(numbers), folded.number()->dimension};
      return folded;
    }
    const auto q = v[0].number();
    if (!q) return wrong("a number", v[0]);
    if (name == "abs")
      return v[0].integer() && *v[0].integer() > std::numeric_limits<std::int64_t>::min()
                 ? Value(std::abs(*v[0].integer()))
                 : Value(Quantity{std::fabs(q->si), q->dimension});
    if (!q->dimension.none()) return wrong("a plain number", v[0]);
    if (name == "round") return static_cast<std::int64_t>(std::nearbyint(q->si));
    if (name == "floor") return static_cast<std::int64_t>(std::floor(q->si));
    if (name == "ceil") return static_cast<std::int64_t>(std::ceil(q->si));
    if (name == "sqrt") return std::sqrt(q->si);
    if (name == "log") return std::log(q->si);
    return std::exp(q->si);
  });
  return failed ? *failed : result;
}

}  // namespace nas
