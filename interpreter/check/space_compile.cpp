#include "check/space_compile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "check/references.h"
#include "core/check.h"
#include "core/operator_list.h"

namespace nas {
namespace {

using syntax::Expr;

class SpaceCompiler : public Evaluator {
 public:
  SpaceCompiler(const LayerVocabulary& layers, Diagnostics& diagnostics)
      : Evaluator(diagnostics), layers_(layers), program_(std::make_shared<SpaceProgram>()), builder_(*program_) {}

  std::optional<Space> compile(const syntax::DefSpace& def, const std::vector<std::pair<std::string, Value>>& arguments,
                               const Scope& outer) {
    const std::size_t errors = diagnostics_.error_count();
    program_->name = def.name.text;
    collect_references(def.body, references_, false);
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
                             fmt::format("its smallest network has {} MACs and {} parameters.",
                                         space.macs(space.smallest().genes), space.params(space.smallest().genes)));
          return std::nullopt;
        }
    }
    arms_never_taken(def);
    return space;
  }

 private:
  /// Arms whose condition is false in every pass, and not for the arguments of this call only.
  void arms_never_taken(const syntax::DefSpace& def) {
    for (const auto& [guard, taken] : arm_taken_) {
      if (taken) continue;
      std::set<std::string> names;
      collect_references(*guard, names);
      if (std::none_of(def.parameters.begin(), def.parameters.end(), [&](const auto& p) { return names.count(p.name.text) > 0; }))
        diagnostics_.warning("W903", guard->span, "no network takes this arm: its condition is false everywhere");
    }
  }

  // ---- statements

  void run(const syntax::Body& body, Scope& scope) {
    if (!flow_.none()) scope.set("x", flow_);
    for (const auto& statement : body) {
      statement_ = statement.span;
      std::visit([&](const auto& node) { execute(node, statement.span, scope); }, statement.node);
      report_shapes();
    }
  }

  template <typename T>
  void execute(const T&, Span span, Scope&) {
    diagnostics_.error("E301", span, "this statement has no meaning inside a space");
  }

  void execute(const syntax::Let& let, Span, Scope& scope) {
    Value value = named(let.name.text, *let.value, scope);
    define(let.name, value, scope);
  }

  void execute(const syntax::Bind& bind, Span, Scope& scope) {
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
    } else if (!named_.count(name) && name[0] != '_' && !std::holds_alternative<syntax::RepeatExpr>(bind.value->node)) {
      diagnostics_.warning("W901", bind.name.span,
                           fmt::format("{} {} is never used", value.decided() ? "the choice" : "the value", name),
                           value.decided() ? "its options make no difference" : "");
    }
    define(bind.name, value, scope);
  }

  void execute(const syntax::ExprStatement& statement, Span span, Scope& scope) {
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

  void execute(const syntax::If& branch, Span, Scope& scope) {
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

  void execute(const syntax::Require& require, Span span, Scope& scope) {
    const Value condition = evaluate(*require.condition, scope);
    if (condition.poisoned()) return;
    if (const auto* conditions = condition.shared_if<Conditions>()) {
      for (const auto& item : conditions->items) {
        for (const MetricId& id : item.formula.metrics)
          if (const auto* kind = find_metric(id.name); !kind || !kind->exact) {
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
      diagnostics_.error("E503", span, require.message.value_or("this requirement of the space is never met"));
      return;
    }
    program_->validity.push_back(either(condition, negated(builder_.condition)));
  }

  void execute(const syntax::Rule& rule, Span, Scope& scope) {
    scope.set(rule.name.text, make_function(rule.name.text, rule.parameters, *rule.value, scope, true), rule.name.span);
  }

  void execute(const syntax::SpellingDef& spelling, Span, Scope&) { spellings_.push_back(&spelling); }

  // ---- flow

  Value under(const Value& condition, const std::function<void()>& f) {
    const Value outside = builder_.condition;
    builder_.condition = both(outside, condition);
    if (!never(builder_.condition)) f();
    builder_.condition = outside;
    return flow_;
  }

  void need_input() {
    if (!flow_.none()) return;
    flow_ = builder_.input(Shape{3, 32, 32});
    input_assumed_ = true;
  }

  void apply_here(const Value& op, const std::string& name, Scope& scope) {
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

  static bool is_operator(const Value& value) {
    const auto all = leaves(value);
    return std::any_of(all.begin(), all.end(), [](const Value& v) { return v.op() != nullptr; });
  }
  static bool is_tensor(const Value& value) {
    const auto all = leaves(value);
    return std::all_of(all.begin(), all.end(), [](const Value& v) { return v.inline_if<Tensor>() != nullptr; });
  }
  static std::string join(const std::string& a, const std::string& b) { return a.empty() ? b : b.empty() ? a : a + "." + b; }

  void define(const syntax::Name& name, const Value& value, Scope& scope) {
    if (scope.find_here(name.text) && !defined_as_parameter(name.text, scope)) {
      Diagnostic& d =
          diagnostics_.error("E202", name.span, fmt::format("{} is defined twice", name.text), "the second time here");
      if (const auto first = scope.where(name.text)) d.labels.push_back({*first, "first here"});
      return;
    }
    scope.set(name.text, value, name.span);
    record(join(prefix_, name.text), value);
  }
  static bool defined_as_parameter(const std::string& name, const Scope& scope) {
    const auto where = scope.where(name);
    return where && where->begin == where->end;
  }

  void record(const std::string& path, const Value& value) {
    if (!value.decided() && !value.number() && !value.text()) return;
    // `kernel = choice(...)` and then `conv(kernel = kernel)` are one gene family, not two.
    for (const Bound& known : paths_)
      if (known.path == path) return;
    paths_.push_back({path, value, builder_.condition});
  }

  /// A statement that fails in several passes is reported for its first pass.
  void report_shapes() {
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

  // ---- choices

  Value named(const std::string& hint, const Expr& expr, const Scope& scope) {
    const std::string outer = std::exchange(hint_, hint);
    Value value = evaluate(expr, scope);
    hint_ = outer;
    return value;
  }

  std::string fresh_gene_name(const std::string& hint) {
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

  std::optional<std::uint16_t> reserve_gene(Span span) {
    if (program_->genes.size() >= SpaceLimits::kGenes) {
      diagnostics_.error("E505", span, fmt::format("the space has more than {} choices", SpaceLimits::kGenes));
      return std::nullopt;
    }
    program_->genes.emplace_back();
    program_->genes.back().name = fresh_gene_name(hint_.empty() ? "choice" : hint_);
    program_->is_depth.push_back(false);
    return static_cast<std::uint16_t>(program_->genes.size() - 1);
  }

  Value finish_gene(std::uint16_t gene, std::vector<Value> options, std::vector<std::string> labels, Span span) {
    Gene& g = program_->genes[gene];
    if (options.size() > SpaceLimits::kOptions) {
      diagnostics_.error("E505", span,
                         fmt::format("a choice has {} options; the limit is {}", options.size(), SpaceLimits::kOptions));
      return Poison{};
    }
    for (std::size_t i = 0; i < labels.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (labels[i] == labels[j]) labels[i] += fmt::format("#{}", i + 1);
    g.options = std::move(labels);
    bool numbers = true;
    for (const Value& option : options) numbers = numbers && option.number();
    if (numbers)
      for (const Value& option : options) g.numbers.push_back(option.number()->si);
    return decide(gene, std::move(options));
  }

  /// A choice between values that are known already; one value is no choice.
  Value choose(const std::vector<Value>& options, const std::vector<std::string>& labels, Span span) {
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

  Value choice(const syntax::ChoiceExpr& choice, Span span, const Scope& scope) override {
    std::vector<const Expr*> values, guards;
    for (const auto& arm : choice.arms) {
      if (!arm.value) return Poison{};
      values.push_back(arm.value.get());
      guards.push_back(arm.guard.get());
    }
    return choice_of(values, guards, {}, span, scope);
  }

  Value choice_of(const std::vector<const Expr*>& values, const std::vector<const Expr*>& guards, std::vector<std::string> labels,
                  Span span, const Scope& scope) {
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

  Value evaluate_arm(const Expr& expr, const Scope& scope) {
    const std::string outer = std::exchange(hint_, "");
    Value value = evaluate(expr, scope);
    hint_ = outer;
    return value;
  }

  /// "conv" where that tells the arms apart, else with the arguments that differ: "conv(kernel=3)".
  static std::string label_of(const std::vector<Value>& arms, std::size_t i) {
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

  // ---- repeat

  Value repeat(const syntax::RepeatExpr& repeat, Span span, const Scope& scope) override {
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
                           fmt::format("repeat needs a number of passes, a range or a list, and this is {}", leaf.kind()));
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

  // ---- calls

  std::optional<Value> resolve_name(const std::string& name, Span) override {
    if (find_metric(name)) return Value(metric_formula({name, ""}));
    if (name == "x") {
      need_input();
      return flow_;
    }
    return std::nullopt;
  }

  std::vector<std::string> known_names() const override {
    auto names = layers_.names();
    for (const char* word : {"choice", "pick", "image", "tokens", "macs", "params", "memory", "x"}) names.emplace_back(word);
    return names;
  }
  std::vector<std::string> known_functions() const override {
    auto names = layers_.names();
    for (const char* word : {"choice", "pick", "image", "tokens"}) names.emplace_back(word);
    return names;
  }

  std::optional<Value> resolve_call(const syntax::Call& call, Span span, const Scope& scope) override {
    const auto* name = std::get_if<syntax::NameRef>(&call.callee->node);
    if (!name) return std::nullopt;
    if (name->name == "choice") return choice_call(call, span, scope);
    if (name->name == "index" && in_spelling_) return index_call(call, span, scope);
    if (name->name == "onehot" && in_features_) return onehot_call(call, span, scope);
    if (name->name == "mean" && in_features_) return mean_call(call, span, scope);
    if (name->name == "pick") return pick_call(call, span, scope);
    if (name->name == "image") return input_call(call, span, scope, {"channels", "size"}, false);
    if (name->name == "tokens") return input_call(call, span, scope, {"length", "width"}, true);
    if (const LayerComponent* layer = layers_.find(name->name)) return layer_call(*layer, call, span, scope);
    return std::nullopt;
  }

  Value choice_call(const syntax::Call& call, Span span, const Scope& scope) {
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
      for (const Value& label : *given.list()) labels.push_back(label.print());
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

  /// The number of the option that a choice takes, from 0: for spellings that write numbers where the choice has names.
  Value index_call(const syntax::Call& call, Span span, const Scope& scope) {
    if (call.arguments.size() != 1 || call.arguments[0].name || !call.arguments[0].value) {
      diagnostics_.error("E404", span, "index takes one choice, or a family of choices");
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
      for (std::size_t i = 0; i < d->options.size(); ++i) options.emplace_back(static_cast<std::int64_t>(i));
      numbers.push_back(gated(decide(d->gene, std::move(options)), true));
    }
    return of.list() ? Value(numbers) : numbers.front();
  }

  Value pick_call(const syntax::Call& call, Span span, const Scope& scope) {
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
        for (const auto i : chosen) from_one.push_back(i + 1);
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

  Value input_call(const syntax::Call& call, Span span, const Scope& scope, const std::vector<std::string>& names,
                   bool sequence) {
    std::vector<Value> given(names.size());
    std::size_t position = 0;
    for (const auto& argument : call.arguments) {
      std::size_t at = position;
      if (argument.name) {
        at = static_cast<std::size_t>(std::find(names.begin(), names.end(), argument.name->text) - names.begin());
      } else {
        ++position;
      }
      if (at >= names.size()) {
        diagnostics_.error("E401", argument.name ? argument.name->span : argument.value->span,
                           fmt::format("{} takes {}", sequence ? "tokens" : "image", fmt::join(names, " and ")));
        return Poison{};
      }
      given[at] = evaluate(*argument.value, scope);
    }
    bool failed = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (given[i].none()) {
        if (!failed) diagnostics_.error("E403", span, fmt::format("{} needs {}", sequence ? "tokens" : "image", names[i]));
        failed = true;
        continue;
      }
      for (const Value& leaf : leaves(given[i]))
        if (!failed && (!leaf.integer() || *leaf.integer() < 1)) {
          if (!leaf.poisoned())
            diagnostics_.error("E404", span,
                               fmt::format("{} is a whole number of at least 1, and this is {}", names[i], leaf.print()));
          failed = true;
        }
    }
    if (failed) return Poison{};
    return builder_.input(lift(given, [&](const std::vector<Value>& v, const auto&) -> Value {
      return sequence ? Shape{*v[1].integer(), *v[0].integer(), 1} : Shape{*v[0].integer(), *v[1].integer(), *v[1].integer()};
    }));
  }

  Value layer_call(const LayerComponent& layer, const syntax::Call& call, Span span, const Scope& scope) {
    Operator op;
    op.layer = &layer;
    op.name = layer.name;
    op.span = span;
    for (const LayerParam& param : layer.params) op.arguments.emplace_back(param.name, param.default_value);
    const std::string outer_owner = std::exchange(owner_, layer.name);
    const std::string outer_hint = hint_;
    std::set<std::string> seen;
    std::size_t position = 0;
    bool failed = false;
    for (const auto& argument : call.arguments) {
      if (!argument.value) {
        failed = true;
        continue;
      }
      const LayerParam* param = nullptr;
      if (argument.name) {
        param = layer.find_param(argument.name->text);
        if (!param) {
          std::vector<std::string> known;
          for (const LayerParam& p : layer.params) {
            known.push_back(p.name);
            known.insert(known.end(), p.aliases.begin(), p.aliases.end());
          }
          const std::string near = did_you_mean(argument.name->text, known);
          diagnostics_.error("E401", argument.name->span, fmt::format("{} has no argument {}", layer.name, argument.name->text),
                             near.empty() ? "" : fmt::format("did you mean {}?", near),
                             known.empty() ? fmt::format("{} takes no arguments.", layer.name)
                                           : fmt::format("{} takes {}.", layer.name, fmt::join(known, ", ")));
          failed = true;
          continue;
        }
      } else if (layer.inputs < 0) {
        const Value input = evaluate(*argument.value, scope);
        if (input.poisoned())
          failed = true;
        else if (const List* items = input.list())
          op.inputs.insert(op.inputs.end(), items->begin(), items->end());
        else
          op.inputs.push_back(input);
        continue;
      } else if (position < layer.params.size()) {
        param = &layer.params[position++];
      } else {
        diagnostics_.error("E404", argument.value->span,
                           fmt::format("{} takes at most {} arguments", layer.name, layer.params.size()));
        failed = true;
        continue;
      }
      if (!seen.insert(param->name).second) {
        diagnostics_.error("E402", argument.name ? argument.name->span : argument.value->span,
                           fmt::format("{} of {} is given twice", param->name, layer.name));
        failed = true;
        continue;
      }
      hint_ = param->name;
      const Value value = evaluate_labelled(*argument.value, param->labels, scope);
      if (!check_layer_argument(layer, *param, value, argument.value->span)) {
        failed = true;
        continue;
      }
      for (auto& [name, slot] : op.arguments)
        if (name == param->name) slot = value;
      if (!value.decided() || !is_operator(value)) record(join(prefix_, param->name), value);
    }
    hint_ = outer_hint;
    owner_ = outer_owner;
    for (const LayerParam& param : layer.params)
      if (param.required && !seen.count(param.name)) {
        diagnostics_.error("E403", span, fmt::format("{} needs {}", layer.name, param.name), param.help);
        failed = true;
      }
    if (failed) return Poison{};
    if (layer.inputs < 0 && !op.inputs.empty()) {
      bool tensors = true;
      for (const Value& input : op.inputs) {
        for (const Value& leaf : leaves(input)) tensors = tensors && (leaf.inline_if<Tensor>() || leaf.list());
        tensors = tensors && !lists_operators(input);
      }
      if (tensors) return apply_value(Value(op), {}, span).value_or(Value(Poison{}));
    }
    return op;
  }

  bool check_layer_argument(const LayerComponent& layer, const LayerParam& param, const Value& value, Span span) {
    using Type = LayerParam::Type;
    for (const Value& leaf : leaves(value)) {
      if (leaf.poisoned()) return false;
      if (leaf.none()) continue;
      const char* wanted = nullptr;
      if (param.type == Type::whole && !leaf.integer()) wanted = "a whole number";
      if (param.type == Type::number && !(leaf.number() && leaf.number()->dimension.none())) wanted = "a number";
      if (param.type == Type::boolean && !leaf.boolean()) wanted = "true or false";
      if (param.type == Type::text && !leaf.text() && !leaf.shared_if<Function>()) wanted = "a text";
      if (param.type == Type::tensor && !leaf.inline_if<Tensor>() && !leaf.op()) wanted = "a tensor";
      if (wanted) {
        const bool fraction = param.type == Type::whole && leaf.number() && leaf.number()->dimension.none();
        diagnostics_.error(
            "E404", span,
            fmt::format("{} of {} is {}, and this is {}", param.name, layer.name, wanted, fraction ? leaf.print() : leaf.kind()));
        return false;
      }
      if (param.at_least && leaf.number() && leaf.number()->si < *param.at_least) {
        diagnostics_.error("E404", span, fmt::format("{} of {} is {}", param.name, layer.name, leaf.print()),
                           fmt::format("it must be at least {}", *param.at_least));
        return false;
      }
      if (!param.labels.empty() && leaf.text() &&
          std::find(param.labels.begin(), param.labels.end(), *leaf.text()) == param.labels.end()) {
        const std::string near = did_you_mean(*leaf.text(), param.labels);
        diagnostics_.error("E404", span, fmt::format("{} of {} cannot be {}", param.name, layer.name, *leaf.text()),
                           near.empty() ? "" : fmt::format("did you mean {}?", near),
                           fmt::format("it can be {}.", fmt::join(param.labels, ", ")));
        return false;
      }
    }
    return true;
  }

  std::optional<Value> apply_value(const Value& callee, const std::vector<Value>& arguments, Span span) override {
    const bool listed = !is_operator(callee) && lists_operators(callee);
    if (!is_operator(callee) && !listed) return std::nullopt;
    for (const Value& argument : arguments)
      if (!is_tensor(argument)) {
        diagnostics_.error("E301", span, fmt::format("an operator is applied to tensors, and this is {}", argument.kind()));
        return Value(Poison{});
      }
    builder_.path = prefix_;
    const Value out = listed ? apply_listed(builder_, callee, arguments) : apply_operator(builder_, callee, arguments);
    builder_.path = prefix_;
    report_shapes();
    return out;
  }

  // ---- gene families and spellings

  static bool path_text(const Expr& expr, std::string& text) {
    if (const auto* name = std::get_if<syntax::NameRef>(&expr.node)) {
      text = name->name;
      return true;
    }
    if (const auto* member = std::get_if<syntax::Member>(&expr.node)) {
      if (!path_text(*member->object, text)) return false;
      text += "." + member->name.text;
      return true;
    }
    if (const auto* index = std::get_if<syntax::Index>(&expr.node)) {
      if (!path_text(*index->object, text)) return false;
      if (!index->index) {
        text += "[*]";
        return true;
      }
      const auto* number = std::get_if<syntax::NumberLiteral>(&index->index->node);
      if (!number) return false;
      text += fmt::format("[{}]", static_cast<std::int64_t>(number->number));
      return true;
    }
    return false;
  }

  static bool matches(std::string_view pattern, std::string_view path) {
    std::size_t i = 0, j = 0;
    while (i < pattern.size() && j < path.size()) {
      if (pattern.substr(i, 3) == "[*]" && path[j] == '[') {
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

  std::optional<Value> path(const Expr& expr, const Scope&) override {
    if (!in_spelling_ || std::holds_alternative<syntax::NameRef>(expr.node)) return std::nullopt;
    std::string pattern;
    if (!path_text(expr, pattern)) return std::nullopt;
    List found;
    for (const Bound& bound : paths_)
      if (matches(pattern, bound.path)) found.push_back(gated(bound.value, bound.condition));
    if (found.empty()) {
      std::string last;
      std::vector<std::string> known;
      for (const Bound& bound : paths_) known.push_back(bound.path);
      const std::string near = did_you_mean(pattern, known);
      diagnostics_.error("E201", expr.span, fmt::format("the space has no choice {}", pattern),
                         near.empty() ? "" : fmt::format("did you mean {}?", near));
      return Value(Poison{});
    }
    return pattern.find('*') == std::string::npos ? found.front() : Value(found);
  }

  void read_spellings(const Scope& scope) {
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

  // ---- features

  /// In `features`, a value that the network does not use is nothing.
  Value gated(const Value& value, const Value& condition) const {
    if (!in_features_ || raw_) return value;
    Value used = condition;
    for (const auto gene : support(value)) used = both(used, program_->active[gene]);
    return select(used, value, Value());
  }

  /// The items of a list, lists within it laid open.
  static void flatten(const Value& value, List& items) {
    if (const List* list = value.list())
      for (const Value& item : *list) flatten(item, items);
    else items.push_back(value);
  }

  /// onehot(choices, [3, 5, 7]): for each choice one column per value, all 0 where the choice is not used;
  /// `raw = true` reads unused choices as well, as their first option.
  Value onehot_call(const syntax::Call& call, Span span, const Scope& scope) {
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
    else flatten(values, options);
    for (const Value& choice : choices)
      for (const Value& option : options)
        columns.push_back(lift({gated(choice, true)}, [&](const std::vector<Value>& v, const auto&) {
          const auto x = v[0].number(), y = option.number();
          return Value(x && y ? (x->si == y->si ? 1 : 0) : v[0] == option ? 1 : 0);
        }));
    raw_ = outer;
    return given.poisoned() || values.poisoned() ? Value(Poison{}) : Value(columns);
  }

  /// mean(choices): of those that the network uses.
  Value mean_call(const syntax::Call& call, Span span, const Scope& scope) {
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

  void read_features(const Scope& scope) {
    in_spelling_ = in_features_ = true;
    for (const auto* def : spellings_) {
      if (!def->features) continue;
      if (def->text) {
        diagnostics_.error("E301", def->text->span, "features are a block of name = numbers", "features mine { ks = onehot(stage[*].block[*].kernel, [3, 5, 7]) }");
        continue;
      }
      Encoding encoding{def->name.text, {}};
      EncodingProgram program;
      for (const auto& setting : def->settings) {
        Value value = evaluate(*setting.value, scope);
        if (std::holds_alternative<syntax::NameRef>(setting.value->node)) value = gated(value, true);
        if (value.poisoned()) continue;
        List columns;
        flatten(value, columns);
        for (std::size_t i = 0; i < columns.size(); ++i) {
          bool numbers = true;
          for (const Value& leaf : leaves(columns[i])) numbers = numbers && (leaf.none() || (leaf.number() && leaf.number()->dimension.none()));
          if (!numbers) {
            diagnostics_.error("E301", setting.value->span, fmt::format("features are plain numbers, and {} is not", setting.name.text), "onehot(choices, [...]) makes numbers of names");
            break;
          }
          encoding.columns.push_back(columns.size() == 1 ? setting.name.text : fmt::format("{}[{}]", setting.name.text, i + 1));
          program.add(lift({columns[i]}, [](const std::vector<Value>& v, const auto&) { return v[0].none() ? Value(0) : v[0]; }));
        }
      }
      program_->encodings.push_back(std::move(encoding));
      program_->encoded.push_back(std::move(program));
    }
    in_spelling_ = in_features_ = false;
  }

  /// A value that a path of the space leads to, and where it is there at all.
  struct Bound {
    std::string path;
    Value value;
    Value condition;
  };

  const LayerVocabulary& layers_;
  std::shared_ptr<SpaceProgram> program_;
  LayerBuilder builder_;
  std::set<std::string> references_, named_;  ///< names that the body mentions: outside of spellings, anywhere
  std::map<const Expr*, bool> arm_taken_;     ///< conditions of arms: whether they can ever hold
  std::set<std::string> gene_names_;
  std::vector<Bound> paths_;
  std::vector<const syntax::SpellingDef*> spellings_;
  std::string prefix_;
  std::string hint_;
  std::string owner_;
  std::string repeat_name_;
  Value flow_;
  bool flow_broken_ = false, input_assumed_ = false;
  bool in_spelling_ = false;
  bool in_features_ = false;
  bool raw_ = false;  ///< inside onehot(..., raw = true)
  Span statement_;
  std::set<std::uint32_t> misshapen_;
  Span requirement_span_;
};

}  // namespace

std::optional<Space> compile_space(const syntax::DefSpace& def, const std::vector<std::pair<std::string, Value>>& arguments,
                                   const Scope& scope, const LayerVocabulary& layers, Diagnostics& diagnostics) {
  SpaceCompiler compiler(layers, diagnostics);
  return compiler.compile(def, arguments, scope);
}

}  // namespace nas
