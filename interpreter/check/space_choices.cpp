#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "check/space_compiler.h"

namespace nas {

Value SpaceCompiler::named(const std::string& hint, const Expr& expr, const Scope& scope) {
  const std::string outer = std::exchange(hint_, hint);
  Value value = evaluate(expr, scope);
  hint_ = outer;
  return value;
}

std::string SpaceCompiler::fresh_gene_name(const std::string& hint) {
  std::string name = join(prefix_, hint);
  if (gene_names_.insert(name).second) return name;
  if (!owner_.empty()) {
    name = join(join(prefix_, owner_), hint);
    if (gene_names_.insert(name).second) return name;
  }
  const std::string base = join(prefix_, owner_.empty() ? hint : owner_);
  for (int n = 2;; ++n) {
    name = owner_.empty() ? fmt::format("{}[{}]", base, n) : fmt::format("{}[{}].{}", base, n, hint);
    if (gene_names_.insert(name).second) return name;
  }
}

std::optional<std::uint16_t> SpaceCompiler::reserve_gene(Span span) {
  if (program_->genes.size() >= SpaceLimits::kGenes) {
    diagnostics_.error("E505", span, fmt::format("the space has more than {} choices", SpaceLimits::kGenes));
    return std::nullopt;
  }
  program_->genes.emplace_back();
  program_->genes.back().name = fresh_gene_name(hint_.empty() ? "choice" : hint_);
  program_->is_depth.push_back(false);
  return static_cast<std::uint16_t>(program_->genes.size() - 1);
}

Value SpaceCompiler::finish_gene(std::uint16_t gene, std::vector<Value> options, std::vector<std::string> labels, Span span) {
  Gene& g = program_->genes[gene];
  if (options.size() > SpaceLimits::kOptions) {
    diagnostics_.error("E505", span,
                       fmt::format("a choice has {} options; the limit is {}", options.size(), SpaceLimits::kOptions));
    return Poison{};
  }
  for (std::size_t i = 0; i < labels.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (labels[i] == labels[j]) {
        if (!is_operator(options[i]) && !is_tensor(options[i]))
          diagnostics_.warning("W904", span, fmt::format("the choice lists {} twice", labels[j]), "",
                               "both count as options, and their equal networks as different ones");
        labels[i] += fmt::format("#{}", i + 1);
      }
  g.options = std::move(labels);
  bool numbers = true;
  for (const Value& option : options) numbers = numbers && option.number();
  if (numbers)
    for (const Value& option : options) g.numbers.push_back(option.number()->si);
  return decide(gene, std::move(options));
}

Value SpaceCompiler::choose(const std::vector<Value>& options, const std::vector<std::string>& labels, Span span) {
  if (options.empty()) {
    diagnostics_.error("E502", span, "a choice needs at least one option");
    return Poison{};
  }
  for (const Value& option : options)
    if (option.poisoned()) return Poison{};
  if (options.size() == 1) return options.front();
  const auto gene = reserve_gene(span);
  if (!gene) return Poison{};
  std::vector<std::string> texts = labels;
  if (texts.empty())
    for (const Value& option : options) texts.push_back(option.op() ? option.op()->name : option.print());
  return finish_gene(*gene, options, texts, span);
}

Value SpaceCompiler::choice(const syntax::ChoiceExpr& choice, Span span, const Scope& scope) {
  std::vector<const Expr*> values, guards;
  for (const auto& arm : choice.arms) {
    if (!arm.value) return Poison{};
    values.push_back(arm.value.get());
    guards.push_back(arm.guard.get());
  }
  return choice_of(values, guards, {}, span, scope);
}

Value SpaceCompiler::choice_of(const std::vector<const Expr*>& values, const std::vector<const Expr*>& guards,
                               std::vector<std::string> labels, Span span, const Scope& scope) {
  if (values.size() == 1 && (guards.empty() || !guards[0])) {
    // choice([3, 5, 7]) takes the items of the list.
    const Value only = evaluate(*values[0], scope);
    if (only.poisoned()) return Poison{};
    if (const List* list = only.list()) {
      if (!labels.empty() && labels.size() != list->size()) {
        diagnostics_.error(
            "E404", span,
            fmt::format("choice has {} options and {} label{}", list->size(), labels.size(), labels.size() == 1 ? "" : "s"));
        return Poison{};
      }
      return choose(*list, labels, span);
    }
    if (const auto* range = only.inline_if<Range>()) {
      List items;
      for (std::size_t i = 0; i < range->size(); ++i) {
        const double v = range->first + static_cast<double>(i) * range->step;
        items.push_back(range->integral ? Value(static_cast<std::int64_t>(v)) : Value(Quantity{v, range->dimension}));
      }
      return choose(items, labels, span);
    }
    return only;
  }
  const auto gene = reserve_gene(span);
  if (!gene) return Poison{};
  std::vector<Value> arms;
  for (std::size_t i = 0; i < values.size(); ++i) arms.push_back(evaluate_arm(*values[i], scope));
  for (const Value& arm : arms)
    if (arm.poisoned()) return Poison{};
  // A guard may speak of an argument that the operators of the choice share.
  Scope guard_scope(&scope);
  for (const Value& arm : arms)
    if (const Operator* op = arm.op())
      for (const auto& [name, value] : op->arguments) {
        if (scope.find(name) || value.none()) continue;
        const Value* known = guard_scope.find_here(name);
        if (!known)
          guard_scope.set(name, value);
        else if (!(*known == value))
          guard_scope.set(name, Value());
      }
  std::vector<Value> kept;
  std::vector<std::string> kept_labels;
  std::vector<Value> conditions;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    Value condition = true;
    if (i < guards.size() && guards[i]) {
      condition = evaluate(*guards[i], guard_scope);
      if (condition.poisoned()) return Poison{};
      for (const Value& leaf : leaves(condition))
        if (!leaf.boolean()) {
          diagnostics_.error("E301", guards[i]->span,
                             fmt::format("the condition of an arm is true or false, and this is {}", leaf.kind()));
          return Poison{};
        }
      condition = restricted(condition, builder_.condition);
      bool& taken = arm_taken_[guards[i]];
      taken = taken || !never(condition);
      if (never(condition)) continue;
    }
    kept.push_back(arms[i]);
    kept_labels.push_back(labels.empty() ? label_of(arms, i) : labels[i]);
    conditions.push_back(condition);
  }
  if (kept.empty()) {
    diagnostics_.error("E502", span, "no arm of this choice can ever be taken");
    return Poison{};
  }
  if (kept.size() == 1 && *gene + 1 == static_cast<int>(program_->genes.size())) {
    gene_names_.erase(program_->genes.back().name);
    program_->genes.pop_back();
    program_->is_depth.pop_back();
    return kept.front();
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (always(conditions[i])) continue;
    std::vector<Value> taken(kept.size(), Value(false));
    taken[i] = true;
    program_->validity.push_back(either(either(negated(decide(*gene, taken)), conditions[i]), negated(builder_.condition)));
  }
  return finish_gene(*gene, std::move(kept), std::move(kept_labels), span);
}

Value SpaceCompiler::evaluate_arm(const Expr& expr, const Scope& scope) {
  const std::string outer = std::exchange(hint_, "");
  Value value = evaluate(expr, scope);
  hint_ = outer;
  return value;
}

std::string SpaceCompiler::label_of(const std::vector<Value>& arms, std::size_t i) {
  const Operator* op = arms[i].op();
  if (!op) return arms[i].print();
  std::string difference;
  bool clash = false;
  for (std::size_t j = 0; j < arms.size(); ++j) {
    const Operator* other = arms[j].op();
    if (j == i || !other || other->layer != op->layer) continue;
    clash = true;
    for (std::size_t a = 0; a < op->arguments.size(); ++a) {
      const auto& [name, value] = op->arguments[a];
      if (value == other->arguments[a].second || difference.find(name + "=") != std::string::npos || value.decided()) continue;
      difference += fmt::format("{}{}={}", difference.empty() ? "" : ",", name, value.print());
    }
  }
  return clash && !difference.empty() ? fmt::format("{}({})", op->name, difference) : op->name;
}

Value SpaceCompiler::repeat(const syntax::RepeatExpr& repeat, Span span, const Scope& scope) {
  const std::string own_name = std::exchange(repeat_name_, "");
  const std::string outer_hint = std::exchange(hint_, "depth");
  Value count = evaluate(*repeat.count, scope);
  hint_ = outer_hint;
  if (count.poisoned()) return Poison{};
  for (const auto gene : support(count)) program_->is_depth[gene] = true;
  std::size_t most = 0;
  for (const Value& leaf : leaves(count)) {
    if (const auto* n = leaf.integer(); n && *n >= 0)
      most = std::max(most, static_cast<std::size_t>(*n));
    else if (const auto* r = leaf.inline_if<Range>())
      most = std::max(most, r->size());
    else if (leaf.list())
      most = std::max(most, leaf.list()->size());
    else {
      diagnostics_.error("E301", repeat.count->span,
                         fmt::format("repeat needs a number of passes, a range or a list, and this is {}",
                                     leaf.number() ? leaf.print() : leaf.kind()));
      return Poison{};
    }
  }
  need_input();
  const std::string variable = repeat.variable ? repeat.variable->text : "block";
  const std::string outer_prefix = prefix_;
  auto outputs = std::vector<Value>();
  Value list = List{};
  for (std::size_t i = 1; i <= most && !flow_broken_; ++i) {
    if (program_->sites.size() > SpaceLimits::kSites) {
      diagnostics_.error("E505", span, fmt::format("the space unrolls to more than {} layers", SpaceLimits::kSites));
      return Poison{};
    }
    const Value present = lift({count}, [&](const std::vector<Value>& v, const auto&) -> Value {
      const std::size_t n = v[0].integer() ? static_cast<std::size_t>(*v[0].integer())
                            : v[0].list()  ? v[0].list()->size()
                                           : v[0].inline_if<Range>()->size();
      return n >= i;
    });
    const Value item =
        restricted(lift({count},
                        [&](const std::vector<Value>& v, const auto&) -> Value {
                          if (const auto* r = v[0].inline_if<Range>()) {
                            const double value = r->first + static_cast<double>(i - 1) * r->step;
                            return r->integral ? Value(static_cast<std::int64_t>(value)) : Value(Quantity{value, r->dimension});
                          }
                          if (const List* items = v[0].list()) return i <= items->size() ? (*items)[i - 1] : Value();
                          return static_cast<std::int64_t>(i);
                        }),
                   present);
    const auto* number = item.integer();
    prefix_ = join(outer_prefix, fmt::format("{}[{}]", own_name.empty() ? variable : own_name,
                                             number ? *number : static_cast<std::int64_t>(i)));
    const std::string outer_owner = std::exchange(owner_, "");
    builder_.path = prefix_;
    repeats_.insert(prefix_.substr(0, prefix_.find('[')));
    const Value before = flow_;
    const Value after = under(present, [&] {
      Scope inner(&scope);
      inner.set("x", flow_);
      if (repeat.variable) inner.set(repeat.variable->text, item, repeat.variable->span);
      run(repeat.body, inner);
    });
    owner_ = outer_owner;
    prefix_ = outer_prefix;
    builder_.path = outer_prefix;
    outputs.push_back(after);
    flow_ = builder_.merged(select(restricted(present, builder_.condition), after, before));
    const Value longer = List(outputs.begin(), outputs.end());
    list = i == 1 ? select(present, longer, Value(List{})) : select(present, longer, list);
  }
  return list;
}

Value SpaceCompiler::choice_call(const syntax::Call& call, Span span, const Scope& scope) {
  std::vector<const Expr*> values;
  std::vector<std::string> labels;
  for (const auto& argument : call.arguments) {
    if (!argument.value) return Poison{};
    if (!argument.name) {
      values.push_back(argument.value.get());
      continue;
    }
    if (argument.name->text != "labels") {
      diagnostics_.error("E401", argument.name->span, fmt::format("choice has no argument {}", argument.name->text),
                         "its only named argument is labels");
      return Poison{};
    }
    const Value given = evaluate(*argument.value, scope);
    if (given.poisoned()) return Poison{};
    if (!given.list()) {
      diagnostics_.error("E301", argument.value->span, fmt::format("labels is a list of texts, and this is {}", given.kind()));
      return Poison{};
    }
    for (const Value& label : *given.list()) {
      if (std::find(labels.begin(), labels.end(), label.print()) != labels.end()) {
        diagnostics_.error("E404", argument.value->span, fmt::format("two options are called {}", label.print()),
                           "every option has a label of its own");
        return Poison{};
      }
      labels.push_back(label.print());
    }
  }
  if (values.empty()) {
    diagnostics_.error("E502", span, "a choice needs at least one option");
    return Poison{};
  }
  if (!labels.empty() && values.size() > 1 && labels.size() != values.size()) {
    diagnostics_.error(
        "E404", span,
        fmt::format("choice has {} options and {} label{}", values.size(), labels.size(), labels.size() == 1 ? "" : "s"));
    return Poison{};
  }
  return choice_of(values, {}, std::move(labels), span, scope);
}

Value SpaceCompiler::pick_call(const syntax::Call& call, Span span, const Scope& scope) {
  Value n, of;
  for (const auto& argument : call.arguments) {
    const Value value = evaluate(*argument.value, scope);
    if (value.poisoned()) return Poison{};
    if (argument.name && argument.name->text == "of")
      of = value;
    else if (!argument.name && n.none())
      n = value;
    else {
      diagnostics_.error("E401", argument.name ? argument.name->span : argument.value->span,
                         "pick is written pick(2, of = [a, b, c])");
      return Poison{};
    }
  }
  bool numbers = false;  // they are their own labels
  if (const auto* range = of.inline_if<Range>(); range && range->integral) {
    List items;
    for (std::size_t i = 0; i < range->size(); ++i)
      items.emplace_back(static_cast<std::int64_t>(range->first + static_cast<double>(i) * range->step));
    of = items;
    numbers = true;
  }
  if (of.list() && std::any_of(of.list()->begin(), of.list()->end(), [](const Value& item) { return item.poisoned(); }))
    return Poison{};
  if (!n.integer() || !of.list() || *n.integer() < 1 || *n.integer() > static_cast<std::int64_t>(of.list()->size())) {
    diagnostics_.error("E404", span,
                       "pick is written pick(2, of = [a, b, c]), with a number between 1 and the length of the list");
    return Poison{};
  }
  std::vector<Value> options;
  std::vector<std::string> labels;
  std::vector<std::size_t> chosen;
  std::function<void(std::size_t)> extend = [&](std::size_t from) {
    if (chosen.size() == static_cast<std::size_t>(*n.integer())) {
      List items;
      for (const auto i : chosen) items.push_back((*of.list())[i]);
      options.emplace_back(items);
      std::vector<std::size_t> from_one;
      for (const auto i : chosen) from_one.push_back(numbers ? static_cast<std::size_t>(*(*of.list())[i].integer()) : i + 1);
      labels.push_back(fmt::format("{}", fmt::join(from_one, "+")));
      return;
    }
    for (std::size_t i = from; i < of.list()->size() && options.size() <= SpaceLimits::kOptions; ++i) {
      chosen.push_back(i);
      extend(i + 1);
      chosen.pop_back();
    }
  };
  extend(0);
  return choose(options, labels, span);
}

}  // namespace nas
