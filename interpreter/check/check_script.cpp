#include "check/check_script.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "check/arguments.h"
#include "check/space_compile.h"
#include "core/comparison.h"
#include "syntax/parse.h"

namespace nas {
namespace {

constexpr std::size_t kLargestUnrolling = 10000;

struct StageKind {
  const char* word;
  ComponentKind kind;
};
constexpr StageKind kStageKinds[] = {
    {"dataset", ComponentKind::dataset},   {"device", ComponentKind::device},       {"predictor", ComponentKind::predictor},
    {"profile", ComponentKind::profile},   {"train", ComponentKind::training},      {"transfer", ComponentKind::transfer},
    {"search", ComponentKind::search},     {"place", ComponentKind::placement},     {"plot", ComponentKind::plot},
    {"export", ComponentKind::export_format}, {"report", ComponentKind::report},
};

/// A stage's result as a value: its name, what it is, and the parts that can be asked for.
class StageHandle : public Handle {
 public:
  StageHandle(std::string stage, std::string type) : stage_(std::move(stage)), type_(std::move(type)) {}
  const std::string& stage() const { return stage_; }
  std::string type_name() const override { return type_; }
  std::string print() const override { return stage_; }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "name") return Value(stage_);
    if (type_ != "Result" && type_ != "Weights") return std::nullopt;
    const auto known = members();
    if (std::find(known.begin(), known.end(), name) == known.end()) return std::nullopt;
    Later later;
    later.stages = {stage_};
    later.now = [stage = stage_, name](const auto& find) -> Result<Value> {
      const auto result = find(stage);
      if (!result) return Failure{"", fmt::format("{} has no result", stage), ""};
      if (auto value = result->member(name)) return *value;
      return Failure{"", fmt::format("{} has no {}", stage, name), ""};
    };
    return Value(later);
  }
  std::vector<std::string> members() const override {
    if (type_ == "Result") return {"best", "front", "archive", "hypervolume", "cost", "evaluations", "name"};
    if (type_ == "Weights") return {"loss", "seconds", "name"};
    return {"name"};
  }

 private:
  std::string stage_, type_;
};

class ArchHandle : public Handle {
 public:
  ArchHandle(std::shared_ptr<const Space> space, Arch arch) : space_(std::move(space)), arch_(std::move(arch)) {}
  std::string type_name() const override { return "Arch"; }
  std::string print() const override { return space_->spell(arch_); }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "macs") return Value(space_->macs(arch_.genes));
    if (name == "params") return Value(space_->params(arch_.genes));
    if (name == "memory") return Value(Quantity{static_cast<double>(space_->peak_memory_bytes(arch_)), dimension_named("memory")});
    for (const auto& [gene, option] : space_->gene_values(arch_))
      if (gene == name) return Value(option);
    return std::nullopt;
  }
  std::vector<std::string> members() const override { return {"macs", "params", "memory"}; }

 private:
  std::shared_ptr<const Space> space_;
  Arch arch_;
};

class SpaceHandle : public StageHandle {
 public:
  /// `pool` marks a space of which only a table's networks are left: which ones is known when the table has been read.
  SpaceHandle(std::string stage, std::shared_ptr<const Space> space, Diagnostics* diagnostics, bool pool = false)
      : StageHandle(std::move(stage), "Space"), space_(std::move(space)), diagnostics_(diagnostics), pool_(pool) {}
  const std::shared_ptr<const Space>& space() const { return space_; }
  std::string print() const override {
    if (pool_) return fmt::format("space {}: {} genes, the networks of a table", space_->name(), space_->gene_count());
    return fmt::format("space {}: {} genes, {} networks of {} genotypes, {} to {} MACs", space_->name(), space_->gene_count(), space_->networks().get_str(),
                       space_->genotypes().get_str(), format_quantity(static_cast<double>(space_->macs(space_->smallest().genes)), {}),
                       format_quantity(static_cast<double>(space_->macs(space_->largest().genes)), {}));
  }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "smallest" && !pool_) return Value(std::static_pointer_cast<const Handle>(std::make_shared<ArchHandle>(space_, space_->smallest())));
    if (name == "largest" && !pool_) return Value(std::static_pointer_cast<const Handle>(std::make_shared<ArchHandle>(space_, space_->largest())));
    if (name == "genes") return Value(static_cast<std::int64_t>(space_->gene_count()));
    if (name == "networks" && !pool_) return Value(space_->networks().get_d());
    return StageHandle::member(name);
  }
  std::vector<std::string> members() const override {
    if (pool_) return {"arch", "genes", "name"};
    return {"arch", "smallest", "largest", "genes", "networks", "name"};
  }

 private:
  std::shared_ptr<const Space> space_;
  Diagnostics* diagnostics_;
  bool pool_;
};

/// An imported file: its names.
class ModuleHandle : public Handle {
 public:
  ModuleHandle(std::string name, std::shared_ptr<Scope> scope) : name_(std::move(name)), scope_(std::move(scope)) {}
  std::string type_name() const override { return "Module"; }
  std::string print() const override { return name_; }
  std::optional<Value> member(const std::string& name) const override {
    const Value* value = scope_->find_here(name);
    return value ? std::optional<Value>(*value) : std::nullopt;
  }
  std::vector<std::string> members() const override {
    std::vector<std::string> names;
    scope_->collect_names(names);
    return names;
  }

 private:
  std::string name_;
  std::shared_ptr<Scope> scope_;
};

}  // namespace

const char* stage_word_of(ComponentKind kind) {
  for (const auto& k : kStageKinds)
    if (k.kind == kind) return k.word;
  return kind == ComponentKind::source ? "objective ... from" : "search ... with";
}

class ScriptChecker : public Evaluator {
 public:
  explicit ScriptChecker(CheckInput input) : Evaluator(*input.diagnostics), input_(std::move(input)) {}

  CheckedScript check(std::uint32_t source) {
    global_ = std::make_unique<Scope>();
    importing_.push_back(std::string(input_.sources->name(source)));
    seed_given_ = input_.seed.has_value();
    script_.seed = input_.seed.value_or(0);
    run_source(source, *global_);
    for (const auto& [name, value] : input_.params) {
      if (std::any_of(script_.params.begin(), script_.params.end(), [&](const auto& p) { return p.name == name; })) continue;
      std::vector<std::string> known;
      for (const auto& p : script_.params) known.push_back(p.name);
      const std::string near = did_you_mean(name, known);
      const std::uint32_t given = input_.sources->add("-p " + name, name + "=" + value);
      diagnostics_.error("E401", {given, 0, static_cast<std::uint32_t>(name.size())}, fmt::format("the script has no param {}", name), near.empty() ? "" : fmt::format("did you mean {}?", near),
                         known.empty() ? "the script has no params." : fmt::format("its params are {}.", fmt::join(known, ", ")));
    }
    diagnostics_.sort_and_deduplicate();
    return std::move(script_);
  }

 private:
  void run_source(std::uint32_t source, Scope& scope) {
    auto tree = std::make_shared<syntax::Script>(syntax::parse(*input_.sources, source, diagnostics_));
    trees_.push_back(tree);
    declared_later(tree->statements);
    run(tree->statements, scope);
  }

  /// Names that some later statement of the file declares, for "used before it is declared".
  void declared_later(const syntax::Body& body) {
    for (const auto& statement : body) {
      if (const auto* let = std::get_if<syntax::Let>(&statement.node)) declared_[let->name.text] = let->name.span;
      if (const auto* param = std::get_if<syntax::Param>(&statement.node)) declared_[param->name.text] = param->name.span;
      if (const auto* def = std::get_if<syntax::DefFunction>(&statement.node)) declared_[def->name.text] = def->name.span;
      if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) declared_spaces_[def->name.text] = def->name.span;
      if (const auto* stage = std::get_if<syntax::Stage>(&statement.node); stage && stage->name) declared_[stage->name->text] = stage->name->span;
    }
  }

  void run(const syntax::Body& body, Scope& scope) {
    for (const auto& statement : body) std::visit([&](const auto& node) { execute(node, statement.span, scope); }, statement.node);
  }

  template <typename T>
  void execute(const T&, Span span, Scope&) {
    diagnostics_.error("E301", span, "this statement belongs inside a space");
  }

  // ---- simple statements

  void execute(const syntax::Import& import, Span, Scope& scope) {
    const auto from = importing_.back();
    // Names that would have come from the file stay silent from then on.
    auto give_up = [&] {
      if (import.alias) scope.set(import.alias->text, Poison{}, import.alias->span);
      else import_missing_ = true;
    };
    auto found = input_.import ? input_.import(import.path, from) : std::nullopt;
    if (!found) {
      diagnostics_.error("E206", import.path_span, fmt::format("there is no file {} to import", import.path), "imports are relative to the file that names them");
      return give_up();
    }
    if (std::find(importing_.begin(), importing_.end(), found->first) != importing_.end()) {
      diagnostics_.error("E209", import.path_span, fmt::format("{} imports itself", import.path), fmt::format("through {}", fmt::join(importing_, " -> ")));
      return give_up();
    }
    const std::uint32_t source = input_.sources->add(found->first, found->second);
    importing_.push_back(found->first);
    auto module = std::make_shared<Scope>();
    scopes_.push_back(module);
    if (import.alias) {
      run_source(source, *module);
      define(*import.alias, Value(std::static_pointer_cast<const Handle>(std::make_shared<ModuleHandle>(import.path, module))), scope);
    } else {
      run_source(source, scope);
    }
    importing_.pop_back();
  }

  void execute(const syntax::Seed& seed, Span span, Scope& scope) {
    const Value value = evaluate(*seed.value, scope);
    if (value.poisoned()) return;
    if (!value.integer() || *value.integer() < 0) {
      diagnostics_.error("E404", span, fmt::format("a seed is a whole number of at least 0, and this is {}", plain_number(value) ? value.print() : value.kind()));
      return;
    }
    if (!seed_given_) script_.seed = static_cast<std::uint64_t>(*value.integer());
  }

  void execute(const syntax::Let& let, Span, Scope& scope) { define(let.name, evaluate(*let.value, scope), scope); }

  void execute(const syntax::Param& param, Span, Scope& scope) {
    Value value = evaluate(*param.value, scope);
    const auto given = std::find_if(input_.params.rbegin(), input_.params.rend(), [&](const auto& p) { return p.first == param.name.text; });
    ScriptParam out{param.name.text, param.type.text, param.help, value, {}, {}};
    static const std::vector<std::string> kTypes = {"int", "float", "bool", "string", "quantity"};
    if (std::find(kTypes.begin(), kTypes.end(), param.type.text) == kTypes.end()) {
      const std::string near = did_you_mean(param.type.text, kTypes);
      diagnostics_.error("E301", param.type.span, fmt::format("{} is not a type", param.type.text), near.empty() ? "" : fmt::format("did you mean {}?", near), fmt::format("types are {}.", fmt::join(kTypes, ", ")));
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
      diagnostics_.error("E404", where, fmt::format("param {} is of type {}, and this is {}", param.name.text, param.type.text, param.type.text == "int" && plain_number(value) ? value.print() : value.kind()));
      value = Poison{};
    }
    if (param.bounds) {
      const Value bounds = evaluate(*param.bounds, scope);
      if (const auto* range = bounds.inline_if<Range>()) {
        out.low = range->integral ? Value(static_cast<std::int64_t>(range->first)) : Value(Quantity{range->first, range->dimension});
        out.high = range->integral ? Value(static_cast<std::int64_t>(range->last)) : Value(Quantity{range->last, range->dimension});
        const auto number = value.number();
        if (number && number->dimension != range->dimension) {
          diagnostics_.error("E303", param.bounds->span, fmt::format("param {} is {}, and its bounds run from {} to {}", param.name.text, value.kind(), out.low.print(), out.high.print()));
          value = Poison{};
        } else if (number && (number->si < range->first || number->si > range->last)) {
          diagnostics_.error("E405", where, fmt::format("param {} is {}", param.name.text, value.print()), fmt::format("it must be between {} and {}", out.low.print(), out.high.print()));
          value = Poison{};
        }
      } else if (!bounds.poisoned()) {
        diagnostics_.error("E301", param.bounds->span, fmt::format("bounds are a range such as 1..20, and this is {}", bounds.kind()));
      }
    }
    if (!value.poisoned()) out.value = value;
    script_.params.push_back(std::move(out));
    define(param.name, value, scope);
  }

  void execute(const syntax::Require& require, Span span, Scope& scope) {
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

  /// A stage's result stands for what it will hold.
  static Value as_shown(const Value& value) {
    if (const List* list = value.list()) {
      List items;
      for (const Value& item : *list) items.push_back(as_shown(item));
      return items;
    }
    const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
    if (!handle || handle->type_name() != "Result") return value;
    return Later{{handle->stage()}, [name = handle->stage()](const FindResult& find) -> Result<Value> { return Value(find(name)); }};
  }

  void execute(const syntax::Show& show, Span span, Scope& scope) {
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

  void parameters_differ(const std::vector<syntax::Parameter>& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (parameters[i].name.text == parameters[j].name.text) {
          Diagnostic& d = diagnostics_.error("E202", parameters[i].name.span, fmt::format("the parameter {} is declared twice", parameters[i].name.text), "the second time here");
          d.labels.push_back({parameters[j].name.span, "first here"});
          break;
        }
  }

  void execute(const syntax::DefFunction& def, Span, Scope& scope) {
    parameters_differ(def.parameters);
    define(def.name, make_function(def.name.text, def.parameters, *def.value, scope, false), scope);
  }

  void execute(const syntax::DefSpace& def, Span, Scope&) {
    if (spaces_.count(def.name.text)) {
      Diagnostic& d = diagnostics_.error("E202", def.name.span, fmt::format("space {} is defined twice", def.name.text), "the second time here");
      d.labels.push_back({spaces_[def.name.text]->name.span, "first here"});
      return;
    }
    parameters_differ(def.parameters);
    spaces_[def.name.text] = &def;
  }

  /// The items of a list or a range, for what runs once for each of them.
  std::optional<List> items_of(const Value& values, Span span, const char* what) {
    if (values.list()) return *values.list();
    const auto* range = values.inline_if<Range>();
    if (!range) {
      diagnostics_.error("E301", span, fmt::format("{} runs over a list or a range, and this is {}", what, values.kind()));
      return std::nullopt;
    }
    if (range->size() > kLargestUnrolling) {
      diagnostics_.error("E208", span, fmt::format("{} would run {} times; the limit is {}", what, range->size(), kLargestUnrolling));
      return std::nullopt;
    }
    List items;
    for (std::size_t i = 0; i < range->size(); ++i) {
      const double v = range->first + static_cast<double>(i) * range->step;
      items.push_back(range->integral ? Value(static_cast<std::int64_t>(v)) : Value(Quantity{v, range->dimension}));
    }
    return items;
  }

  void execute(const syntax::Foreach& loop, Span span, Scope& scope) {
    const Value values = evaluate(*loop.values, scope);
    if (values.poisoned()) return;
    const auto items = items_of(values, loop.values->span, "foreach");
    if (!items) return;
    if ((unrolled_ += items->size()) > kLargestUnrolling) {
      diagnostics_.error("E208", span, fmt::format("the script unrolls to more than {} passes", kLargestUnrolling));
      return;
    }
    for (const Value& item : *items) {
      auto inner = std::make_shared<Scope>(&scope);
      scopes_.push_back(inner);
      inner->set(loop.variable.text, item, loop.variable.span);
      const std::string outer = suffix_;
      suffix_ += "[" + item.print() + "]";
      run(loop.body, *inner);
      suffix_ = outer;
    }
  }

  void execute(const syntax::If& branch, Span, Scope& scope) {
    const Value condition = evaluate(*branch.condition, scope);
    if (condition.poisoned()) return;
    if (condition.later()) {
      diagnostics_.error("E301", branch.condition->span, "if is decided before the run, and this value is known after it", "write when instead of if");
      return;
    }
    if (!condition.boolean()) {
      diagnostics_.error("E301", branch.condition->span, fmt::format("if needs true or false, and this is {}", condition.kind()));
      return;
    }
    auto inner = std::make_shared<Scope>(&scope);
    scopes_.push_back(inner);
    run(*condition.boolean() ? branch.then : branch.otherwise, *inner);
  }

  void execute(const syntax::When& branch, Span, Scope& scope) {
    const Value condition = evaluate(*branch.condition, scope);
    if (!condition.poisoned() && !condition.later() && !condition.boolean()) {
      diagnostics_.error("E301", branch.condition->span, fmt::format("when needs true or false, and this is {}", condition.kind()));
      return;
    }
    const std::size_t index = script_.conditions.size();
    script_.conditions.push_back({condition.poisoned() ? Value(false) : condition, text_of(branch.condition->span), branch.condition->span});
    auto then = std::make_shared<Scope>(&scope), otherwise = std::make_shared<Scope>(&scope);
    scopes_.push_back(then);
    scopes_.push_back(otherwise);
    when_.emplace_back(index, true);
    run(branch.then, *then);
    when_.back().second = false;
    run(branch.otherwise, *otherwise);
    when_.pop_back();
    // A name that both branches give is known behind them.
    std::vector<std::string> names;
    then->collect_names(names);
    for (const std::string& name : names)
      if (const Value* value = then->find_here(name); value && (otherwise->find_here(name) || branch.otherwise.empty()) && !scope.find_here(name)) scope.set(name, *value);
    if (condition.poisoned()) {
      otherwise->collect_names(names);
      for (const std::string& name : names)
        if (!scope.find_here(name)) scope.set(name, Poison{});
    }
  }

  // ---- stages

  void execute(const syntax::Stage& stage, Span span, Scope& scope) {
    const auto seeds = std::find_if(stage.settings.begin(), stage.settings.end(), [](const auto& setting) { return setting.name.text == "seeds"; });
    if (seeds == stage.settings.end()) return execute_one(stage, span, scope);
    if (stage.word.text != "train" && stage.word.text != "search") {
      diagnostics_.error("E704", seeds->name.span, fmt::format("{} does not depend on a seed", stage.word.text), "", "train and search take seeds.");
      return;
    }
    family(stage, *seeds, span, scope);
  }

  /// `{ seeds = 1..5 }`: the same stage once for every seed. Its name is the list of the runs.
  void family(const syntax::Stage& stage, const syntax::Setting& setting, Span span, Scope& scope) {
    const Value seeds = evaluate(*setting.value, scope);
    const std::string name = stage_name(stage, component_name(*stage.operands[0].value));
    auto give_up = [&] {
      if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
    };
    if (seeds.poisoned()) return give_up();
    const auto items = items_of(seeds, setting.value->span, "seeds");
    if (!items) return give_up();
    List runs;
    std::set<std::int64_t> seen;
    for (const Value& seed : *items) {
      if (!seed.integer() || *seed.integer() < 0) {
        diagnostics_.error("E404", setting.value->span, fmt::format("a seed is a whole number of at least 0, and this is {}", plain_number(seed) ? seed.print() : seed.kind()));
        return give_up();
      }
      if (!seen.insert(*seed.integer()).second) {
        diagnostics_.error("E402", setting.value->span, fmt::format("seed {} is given twice", *seed.integer()));
        return give_up();
      }
      auto inner = std::make_shared<Scope>(&scope);
      scopes_.push_back(inner);
      member_ = Member{name, static_cast<std::uint64_t>(*seed.integer())};
      const std::size_t before = script_.stages.size();
      execute_one(stage, span, *inner);
      member_.reset();
      if (script_.stages.size() == before) return give_up();
      runs.push_back(Value(std::static_pointer_cast<const Handle>(std::make_shared<StageHandle>(script_.stages.back().name, stage.word.text == "train" ? "Weights" : "Result"))));
    }
    if (runs.empty()) {
      diagnostics_.error("E404", setting.value->span, "seeds is empty: there would be no run");
      return give_up();
    }
    if (stage.name) define(*stage.name, Value(std::move(runs)), scope);
    else scope.set(name, Value(std::move(runs)), stage.word.span);
  }

  static std::string component_name(const syntax::Expr& expr) {
    const auto* call = std::get_if<syntax::Call>(&expr.node);
    const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
    return name ? name->name : "";
  }

  void execute_one(const syntax::Stage& stage, Span span, Scope& scope) {
    const std::string& word = stage.word.text;
    if (word == "objective") return objective(stage, span, scope);
    if (word == "space") return space(stage, span, scope);
    const auto kind = std::find_if(std::begin(kStageKinds), std::end(kStageKinds), [&](const auto& k) { return word == k.word; });
    // A stage whose component is not known is reported once; its name stays silent from then on.
    auto give_up = [&] {
      if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
    };
    if (stage.operands.empty() && kind->kind != ComponentKind::report) {
      diagnostics_.error("E403", stage.word.span, fmt::format("{} needs a component", word), fmt::format("e.g. one of {}", fmt::join(input_.registry->names(kind->kind), ", ")));
      return give_up();
    }
    if (kind->kind == ComponentKind::export_format) return export_stage(stage, span, scope);
    if (kind->kind == ComponentKind::report) return report_stage(stage, span, scope);
    std::map<std::string, Dimension> dimensions;
    auto call = component_call(kind->kind, *stage.operands[0].value, scope, &stage.settings, &dimensions);
    if (!call) {
      check_clauses_quietly(stage, scope);
      return give_up();
    }
    const std::string name = stage_name(stage, call->component->name);
    CheckedStage out = new_stage(word, name, span);
    out.call = std::move(*call);
    bool good = true;
    std::string type = "Result";
    switch (kind->kind) {
      case ComponentKind::dataset: type = "Dataset"; break;
      case ComponentKind::device: type = "Device"; break;
      case ComponentKind::training:
        type = "Weights";
        good = training(stage, out, scope);
        break;
      case ComponentKind::predictor: return predictor(stage, out, scope);
      case ComponentKind::search: good = search(stage, out, scope); break;
      case ComponentKind::plot:
        good = output(stage, out, scope);
        break;
      default: break;
    }
    if (!good) return give_up();
    const Value handle(std::static_pointer_cast<const Handle>(std::make_shared<StageHandle>(name, type)));
    if (kind->kind == ComponentKind::device) {
      devices_[name] = out.call.component;
      device_units_[name] = dimensions;
    }
    script_.stages.push_back(std::move(out));
    if (kind->kind == ComponentKind::plot) return;
    if (stage.name) define(*stage.name, handle, scope);
    else if (!scope.find_here(name)) scope.set(name, handle, stage.word.span);
    known_[type].push_back({name, handle});
  }

  void check_clauses_quietly(const syntax::Stage& stage, const Scope& scope) {
    // Clauses of an unknown component may use words that only it would understand: their names are not checked.
    (void)stage;
    (void)scope;
  }

  std::string stage_name(const syntax::Stage& stage, const std::string& fallback) {
    if (member_) return fmt::format("{}[seed {}]", member_->family, member_->seed);
    if (stage.name) return stage.name->text + suffix_;
    return fresh_name(fallback);
  }
  std::string fresh_name(const std::string& base) {
    for (int n = 1;; ++n) {
      const std::string name = (n == 1 ? base : fmt::format("{} {}", base, n)) + suffix_;
      if (std::none_of(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == name; })) return name;
    }
  }
  CheckedStage new_stage(const std::string& word, std::string name, Span span) {
    CheckedStage stage;
    stage.word = word;
    stage.name = std::move(name);
    stage.stream = member_ ? member_->family : stage.name;
    if (member_) stage.seed = member_->seed;
    stage.span = span;
    stage.when = when_;
    for (const auto& [condition, wanted] : when_) needs_of(script_.conditions[condition].value, stage);
    return stage;
  }
  static void need(CheckedStage& stage, const std::string& name) {
    if (std::find(stage.needs.begin(), stage.needs.end(), name) == stage.needs.end()) stage.needs.push_back(name);
  }
  static void needs_of(const Value& value, CheckedStage& stage) {
    for (const auto& name : waits_for(value)) need(stage, name);
  }
  std::string text_of(Span span) const { return std::string(input_.sources->text(span.source).substr(span.begin, span.end - span.begin)); }

  const syntax::Clause* clause(const syntax::Stage& stage, const std::string& word, std::initializer_list<const char*> allowed) {
    const syntax::Clause* found = nullptr;
    for (const auto& c : stage.clauses) {
      if (std::none_of(allowed.begin(), allowed.end(), [&](const char* a) { return c.word.text == a; })) {
        diagnostics_.error("E406", c.word.span, fmt::format("{} has no clause {}", stage.word.text, c.word.text), fmt::format("its clauses are {}", fmt::join(allowed, ", ")));
        continue;
      }
      if (c.word.text != word) continue;
      if (found) diagnostics_.error("E402", c.word.span, fmt::format("the clause {} is given twice", word));
      found = &c;
    }
    return found;
  }

  /// The only stage of a type in scope, when a clause leaves it out.
  std::optional<std::string> unique(const std::string& type, Span span, const std::string& clause_word, bool needed = true) {
    const auto& list = known_[type];
    if (list.size() == 1) return list.front().first;
    std::string lower = type;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (list.empty()) {
      if (needed && !poisoned_type(type)) diagnostics_.error("E204", span, fmt::format("there is no {} in scope", lower), fmt::format("declare one, or name it with {}", clause_word));
      return std::nullopt;
    }
    std::vector<std::string> names;
    for (const auto& [name, handle] : list) names.push_back(name);
    diagnostics_.error("E204", span, fmt::format("{} {}s are in scope: {}", list.size(), lower, fmt::join(names, ", ")), fmt::format("say which one with {}", clause_word));
    return std::nullopt;
  }
  bool poisoned_type(const std::string& type) const { return broken_types_.count(type) > 0; }

  std::optional<std::string> stage_of_type(const syntax::Expr& expr, const std::string& type, const Scope& scope) {
    const Value value = evaluate(expr, scope);
    if (value.poisoned()) return std::nullopt;
    if (const auto* handle = dynamic_cast<const StageHandle*>(value.handle()); handle && handle->type_name() == type) return handle->stage();
    std::string lower = type;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    diagnostics_.error("E301", expr.span, fmt::format("a {} is needed here, and this is {}", lower, value.kind()));
    return std::nullopt;
  }

  /// The value of one argument. A choice takes its label's bare name: `crossover = one_point`, `mutation = block(0.1)`.
  Value argument_value(const ArgSpec* spec, const syntax::Expr& expr, const Scope& scope) {
    if (spec && (spec->type == ArgType::choice || spec->bare)) {
      if (const auto* name = std::get_if<syntax::NameRef>(&expr.node); name && !scope.find(name->name)) return Value(name->name);
      const auto* call = std::get_if<syntax::Call>(&expr.node);
      const auto* name = call && spec->rated ? std::get_if<syntax::NameRef>(&call->callee->node) : nullptr;
      if (name && !scope.find(name->name) && call->arguments.size() == 1 && call->arguments[0].value) {
        const Value rate = evaluate(*call->arguments[0].value, scope);
        return rate.poisoned() ? rate : Value(fmt::format("{}({})", name->name, rate.print()));
      }
    }
    return evaluate(expr, scope);
  }

  std::optional<CheckedCall> component_call(ComponentKind kind, const syntax::Expr& expr, const Scope& scope, const std::vector<syntax::Setting>* settings = nullptr,
                                            std::map<std::string, Dimension>* dimensions = nullptr) {
    const auto* call = std::get_if<syntax::Call>(&expr.node);
    const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
    if (!name) {
      diagnostics_.error("E301", expr.span, fmt::format("{} names a component, such as {}", stage_word_of(kind), fmt::join(input_.registry->names(kind), ", ")));
      return std::nullopt;
    }
    const Component* component = input_.registry->find(kind, name->name);
    if (!component) {
      const auto known = input_.registry->names(kind);
      const std::string near = did_you_mean(name->name, known);
      const Span at = call ? call->callee->span : expr.span;
      diagnostics_.error("E205", at, fmt::format("there is no {} component {}", component_kind_name(kind), name->name), near.empty() ? "" : fmt::format("did you mean {}?", near),
                         known.empty() ? "no component of this kind is built in." : fmt::format("nas list {} shows {}.", component_kind_plural(kind), fmt::join(known, ", ")));
      return std::nullopt;
    }
    std::vector<GivenArgument> given;
    if (call)
      for (const auto& argument : call->arguments) {
        if (!argument.value) return std::nullopt;
        const ArgSpec* spec = argument.name ? component->find_arg(argument.name->text) : nullptr;
        const Value value = argument_value(spec, *argument.value, scope);
        const std::string name = argument.name ? argument.name->text : "";
        const Span name_span = argument.name ? argument.name->span : Span{};
        // A family of runs stands for each of its runs.
        const List* runs = value.list();
        if (runs && !runs->empty() && std::all_of(runs->begin(), runs->end(), [](const Value& run) { return stage_reference(run, "Result"); }))
          for (const Value& run : *runs) given.push_back({name, run, name_span, argument.value->span});
        else given.push_back({name, value, name_span, argument.value->span});
      }
    if (settings)
      for (const auto& setting : *settings) {
        if (setting.name.text == "seeds") continue;  // of the stage, not of its component
        given.push_back({setting.name.text, argument_value(component->find_arg(setting.name.text), *setting.value, scope), setting.name.span, setting.value->span});
      }
    auto arguments = bind_arguments(*component, given, expr.span, diagnostics_, [&](const Value& value, const std::string& wanted) { return stage_reference(value, wanted); }, dimensions);
    if (!arguments) return std::nullopt;
    return CheckedCall{component, std::move(*arguments), expr.span};
  }

  static std::optional<nlohmann::json> stage_reference(const Value& value, const std::string& kinds) {
    const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
    std::string type = handle ? handle->type_name() : "";
    std::string stage = handle ? handle->stage() : "";
    std::string part;
    if (const Later* later = value.later(); later && later->stages.size() == 1) {
      type = "Result";
      stage = later->stages[0];
      part = "front";
    }
    if (type.empty() || ("|" + kinds + "|").find("|" + type + "|") == std::string::npos) return std::nullopt;
    return nlohmann::json{{"$stage", stage}, {"part", part}};
  }

  /// `space small = pool(net, table("f.csv"))`: the networks of a space that a table has rows for.
  bool pool(const syntax::Stage& stage, const syntax::Expr& expr, const syntax::Call* call, Span span, Scope& scope) {
    const bool two = call && call->arguments.size() == 2 && std::all_of(call->arguments.begin(), call->arguments.end(), [](const auto& a) { return a.value && !a.name; });
    if (!two) {
      diagnostics_.error("E403", expr.span, "pool needs a space and a table", "e.g. space small = pool(net, table(\"f.csv\"))");
      return false;
    }
    const Value base = evaluate(*call->arguments[0].value, scope);
    auto rows = component_call(ComponentKind::source, *call->arguments[1].value, scope);
    if (!rows || base.poisoned()) return false;
    const auto* handle = dynamic_cast<const SpaceHandle*>(base.handle());
    if (!handle) {
      diagnostics_.error("E301", call->arguments[0].value->span, fmt::format("pool needs a space, and this is {}", base.kind()));
      return false;
    }
    CheckedStage out = new_stage("space", stage.name ? stage.name->text + suffix_ : fresh_name("pool"), span);
    out.space = handle->space();
    out.call = std::move(*rows);
    out.of_space = handle->stage();
    need(out, handle->stage());
    for (const CheckedStage& other : script_.stages)
      if (other.name == handle->stage()) out.space_script = other.space_script;
    const Value made(std::static_pointer_cast<const Handle>(std::make_shared<SpaceHandle>(out.name, out.space, &diagnostics_, true)));
    known_["Space"].push_back({out.name, made});
    space_of_[out.name] = out.space;
    if (stage.name) define(*stage.name, made, scope);
    else scope.set(out.name, made, stage.word.span);
    script_.stages.push_back(std::move(out));
    return true;
  }

  void space(const syntax::Stage& stage, Span span, Scope& scope) {
    auto give_up = [&] {
      broken_types_.insert("Space");
      if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
    };
    if (stage.operands.size() != 1 || !stage.operands[0].value) {
      diagnostics_.error("E403", stage.word.span, "space needs one space component", "e.g. space net = tiny_mobilenet()");
      return give_up();
    }
    clause(stage, "", {});
    const syntax::Expr& expr = *stage.operands[0].value;
    const auto* call = std::get_if<syntax::Call>(&expr.node);
    const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
    if (!name) {
      diagnostics_.error("E301", expr.span, "space names a space component, such as tiny_mobilenet()");
      return give_up();
    }
    const Scope* outer = nullptr;
    const syntax::DefSpace* def = find_space(name->name, outer);
    if (!def && name->name == "pool") {
      if (!pool(stage, expr, call, span, scope)) give_up();
      return;
    }
    if (!def && import_missing_) return give_up();
    if (!def) {
      const Span at = call ? call->callee->span : expr.span;
      if (const auto it = declared_spaces_.find(name->name); it != declared_spaces_.end() && it->second.source == at.source && it->second.begin > at.begin) {
        Diagnostic& d = diagnostics_.error("E203", at, fmt::format("space {} is used before it is defined", name->name));
        d.labels.push_back({it->second, "defined here"});
        return give_up();
      }
      std::vector<std::string> known = input_.stdlib_spaces ? input_.stdlib_spaces() : std::vector<std::string>{};
      for (const auto& [n, d] : spaces_) known.push_back(n);
      const std::string near = did_you_mean(name->name, known);
      diagnostics_.error("E205", at, fmt::format("there is no space component {}", name->name), near.empty() ? "" : fmt::format("did you mean {}?", near),
                         fmt::format("nas list spaces shows {}.", fmt::join(known, ", ")));
      return give_up();
    }
    const std::size_t errors = diagnostics_.error_count();
    std::map<std::string, Value> given;
    std::size_t position = 0;
    std::string script = name->name + "(";
    if (call)
      for (const auto& argument : call->arguments) {
        std::string parameter;
        if (argument.name) {
          parameter = argument.name->text;
          if (std::none_of(def->parameters.begin(), def->parameters.end(), [&](const auto& p) { return p.name.text == parameter; })) {
            std::vector<std::string> known;
            for (const auto& p : def->parameters) known.push_back(p.name.text);
            const std::string near = did_you_mean(parameter, known);
            diagnostics_.error("E401", argument.name->span, fmt::format("{} has no argument {}", name->name, parameter), near.empty() ? "" : fmt::format("did you mean {}?", near),
                               known.empty() ? fmt::format("{} takes no arguments.", name->name) : fmt::format("{} takes {}.", name->name, fmt::join(known, ", ")));
            continue;
          }
        } else if (position < def->parameters.size()) {
          parameter = def->parameters[position++].name.text;
        } else {
          diagnostics_.error("E404", argument.value->span, fmt::format("{} takes at most {} argument{}", name->name, def->parameters.size(), def->parameters.size() == 1 ? "" : "s"));
          continue;
        }
        if (given.count(parameter)) {
          diagnostics_.error("E402", argument.name ? argument.name->span : argument.value->span, fmt::format("{} of {} is given twice", parameter, name->name));
          continue;
        }
        const Value value = evaluate(*argument.value, scope);
        if (value.poisoned()) return give_up();
        given[parameter] = value;
        if (!type_fits(def->parameters, parameter, value, argument.value->span, name->name)) continue;
        script += fmt::format("{}{} = {}", script.back() == '(' ? "" : ", ", parameter, literal(value));
      }
    std::vector<std::pair<std::string, Value>> arguments;
    Scope earlier(outer);  // a default may speak of the arguments before it
    for (const auto& parameter : def->parameters) {
      Value value;
      if (const auto it = given.find(parameter.name.text); it != given.end()) value = it->second;
      else if (parameter.value) value = evaluate(*parameter.value, earlier);
      else diagnostics_.error("E403", expr.span, fmt::format("{} needs {}", name->name, parameter.name.text));
      earlier.set(parameter.name.text, value);
      arguments.emplace_back(parameter.name.text, value);
    }
    if (diagnostics_.error_count() > errors) return give_up();
    auto compiled = compile_space(*def, arguments, *outer, *input_.layers, diagnostics_, expr.span);
    if (!compiled) return give_up();
    CheckedStage out = new_stage("space", stage.name ? stage.name->text + suffix_ : fresh_name(name->name), span);
    out.space = std::make_shared<const Space>(std::move(*compiled));
    out.space_script = (def_text_.count(def) ? def_text_[def] + "\n" : "") + "space net = " + script + ")";
    const Value handle(std::static_pointer_cast<const Handle>(std::make_shared<SpaceHandle>(out.name, out.space, &diagnostics_)));
    known_["Space"].push_back({out.name, handle});
    space_of_[out.name] = out.space;
    if (stage.name) define(*stage.name, handle, scope);
    else scope.set(out.name, handle, stage.word.span);
    script_.stages.push_back(std::move(out));
  }

  static bool plain_number(const Value& value) { return value.number() && value.number()->dimension.none(); }

  static std::string literal(const Value& value) {
    if (value.text()) return "\"" + *value.text() + "\"";
    if (const auto* q = value.inline_if<Quantity>(); q && !q->dimension.none()) return quantity_literal(q->si, q->dimension);
    return value.print();
  }

  bool type_fits(const std::vector<syntax::Parameter>& parameters, const std::string& name, const Value& value, Span span, const std::string& owner) {
    for (const auto& p : parameters) {
      if (p.name.text != name || !p.type) continue;
      const std::string& type = p.type->text;
      const auto number = value.number();
      const bool fits = type == "int" ? value.integer() != nullptr : type == "float" ? number && number->dimension.none() : type == "bool" ? value.boolean() != nullptr
                        : type == "string" ? value.text() != nullptr : type == "list" ? value.list() != nullptr : true;
      if (fits) return true;
      diagnostics_.error("E404", span, fmt::format("{} of {} is of type {}, and this is {}", name, owner, type, value.kind()));
      return false;
    }
    return true;
  }

  const syntax::DefSpace* find_space(const std::string& name, const Scope*& outer) {
    if (const auto it = spaces_.find(name); it != spaces_.end()) {
      outer = global_.get();
      for (const auto& tree : trees_)
        for (const auto& statement : tree->statements)
          if (std::get_if<syntax::DefSpace>(&statement.node) == it->second) def_text_[it->second] = text_of(statement.span);
      return it->second;
    }
    if (const auto it = stdlib_.find(name); it != stdlib_.end()) {
      outer = &empty_;
      return it->second;
    }
    auto text = input_.stdlib_space ? input_.stdlib_space(name) : std::nullopt;
    if (!text) return nullptr;
    const std::uint32_t source = input_.sources->add("stdlib/spaces/" + name + ".nas", std::move(*text));
    auto tree = std::make_shared<syntax::Script>(syntax::parse(*input_.sources, source, diagnostics_));
    trees_.push_back(tree);
    for (const auto& statement : tree->statements)
      if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) stdlib_[def->name.text] = def;
    const auto it = stdlib_.find(name);
    outer = &empty_;
    return it == stdlib_.end() ? nullptr : it->second;
  }

  bool training(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
    const auto* of = clause(stage, "of", {"of", "on", "using"});
    const syntax::Clause* on = nullptr;
    const syntax::Clause* using_ = nullptr;
    for (const auto& c : stage.clauses) {
      if (c.word.text == "on") on = &c;
      if (c.word.text == "using") using_ = &c;
    }
    const auto space = of ? stage_of_type(*of->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "of");
    const auto data = using_ ? stage_of_type(*using_->operands[0].value, "Dataset", scope) : unique("Dataset", stage.word.span, "using");
    if (on) {
      const auto device = stage_of_type(*on->operands[0].value, "Device", scope);
      if (!device) return false;
      out.on_device = *device;
      need(out, *device);
    }
    if (!space || !data) return false;
    out.of_space = *space;
    out.using_dataset = *data;
    need(out, *space);
    need(out, *data);
    weights_space_[out.name] = *space;
    return true;
  }

  void predictor(const syntax::Stage& stage, CheckedStage& out, Scope& scope) {
    const auto* of = clause(stage, "of", {"of", "from"});
    for (const auto& c : stage.clauses)
      if (c.word.text == "from") diagnostics_.error("E704", c.word.span, "predictors learn inside a search so far", "leave the clause out: the search measures what it learns from");
    std::vector<std::string> labels;
    if (of)
      for (const auto& operand : of->operands) {
        if (!operand.value) continue;
        const auto metric = single_metric(*operand.value, scope);
        if (!metric) return;
        if (const auto* kind = find_metric(metric->name); kind->exact)
          diagnostics_.warning("W902", operand.span, fmt::format("{} is computed from the network and never predicted", metric->name));
        labels.push_back(metric->label());
      }
    if (labels.empty()) labels.push_back("");
    for (const auto& label : labels) predictors_[label] = out.call;
    if (stage.name) define(*stage.name, Value(std::static_pointer_cast<const Handle>(std::make_shared<StageHandle>(out.name, "Predictor"))), scope);
  }

  std::optional<MetricId> single_metric(const syntax::Expr& expr, const Scope& scope) {
    const Value value = evaluate(expr, scope);
    if (value.poisoned()) return std::nullopt;
    const auto* formula = value.shared_if<Formula>();
    if (!formula || formula->metrics.size() != 1 || formula->expression.steps.size() != 1) {
      diagnostics_.error("E301", expr.span, fmt::format("a metric is needed here, and this is {}", formula ? "a combination of metrics" : value.kind()));
      return std::nullopt;
    }
    MetricId id = formula->metrics[0];
    if (!place(id, expr.span)) return std::nullopt;
    return id;
  }

  /// Gives a metric that needs a device the only one there is.
  bool place(MetricId& id, Span span) {
    const auto* kind = find_metric(id.name);
    if (!kind->needs_device || !id.device.empty()) return true;
    const auto device = unique("Device", span, id.name + "@device");
    if (!device) return false;
    id.device = *device;
    return true;
  }
  bool place(Formula& formula, Span span) {
    for (MetricId& id : formula.metrics)
      if (!place(id, span)) return false;
    return true;
  }

  std::string direction_word(syntax::Operand::Direction d) const { return d == syntax::Operand::Direction::maximize ? "maximize" : "minimize"; }

  std::optional<std::pair<Formula, bool>> objective_of(const syntax::Operand& operand, const Scope& scope) {
    if (!operand.value) return std::nullopt;
    const Value value = evaluate(*operand.value, scope);
    if (value.poisoned()) return std::nullopt;
    const auto* given = value.shared_if<Formula>();
    if (!given) {
      diagnostics_.error("E301", operand.value->span, fmt::format("an objective is a metric, and this is {}", value.kind()), "e.g. accuracy, latency@host, macs");
      return std::nullopt;
    }
    Formula formula = *given;
    if (!place(formula, operand.value->span)) return std::nullopt;
    if (formula.metrics.size() == 1 && formula.expression.steps.size() == 1) formula.expression.text = formula.metrics[0].label();
    if (operand.direction == syntax::Operand::Direction::none) {
      const auto* kind = find_metric(formula.metrics[0].name);
      const bool single = formula.metrics.size() == 1 && formula.expression.steps.size() == 1;
      if (!single) {
        diagnostics_.error("E403", operand.span, "say whether this is to be maximized or minimized", "write maximize or minimize before it");
        return std::nullopt;
      }
      return std::pair(formula, kind->maximise);
    }
    return std::pair(formula, operand.direction == syntax::Operand::Direction::maximize);
  }

  void objective(const syntax::Stage& stage, Span span, Scope& scope) {
    const auto* from = clause(stage, "from", {"from"});
    if (stage.operands.empty()) {
      diagnostics_.error("E403", stage.word.span, "objective needs a metric", "e.g. objective maximize accuracy from weights");
      return;
    }
    for (const auto& operand : stage.operands) {
      auto found = objective_of(operand, scope);
      if (!found) {
        objectives_broken_ = true;
        continue;
      }
      auto& [formula, maximise] = *found;
      for (const MetricId& id : formula.metrics) {
        if (!from) continue;
        auto give_up = [&] {
          objectives_broken_ = true;
          for (const MetricId& broken : formula.metrics) broken_sources_.insert(broken.label());
        };
        CheckedMetric metric;
        metric.id = id;
        metric.span = span;
        const syntax::Expr& source = *from->operands[0].value;
        const auto* name = std::get_if<syntax::NameRef>(&source.node);
        if (name && scope.find(name->name)) {
          const Value value = evaluate(source, scope);
          if (value.poisoned()) {
            return give_up();
          }
          const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
          if (!handle || handle->type_name() != "Weights") {
            diagnostics_.error("E301", source.span, fmt::format("an objective comes from trained weights or a component, and this is {}", value.kind()));
            return give_up();
          }
          metric.from = CheckedMetric::From::weights;
          metric.stage = handle->stage();
          if (id.name != "accuracy" && id.name != "loss") {
            diagnostics_.error("E703", operand.span, fmt::format("trained weights cannot give {}", id.name), "they give accuracy and loss");
            return give_up();
          }
        } else {
          std::map<std::string, Dimension> dimensions;
          auto call = component_call(ComponentKind::source, source, scope, nullptr, &dimensions);
          if (!call) {
            return give_up();
          }
          // A table without a named column has one that is called like the metric.
          if (const auto value = call->arguments.find("value"); value != call->arguments.end() && *value == "") *value = id.name;
          if (!unit_fits(id, *call, dimensions, source.span)) {
            return give_up();
          }
          metric.from = CheckedMetric::From::component;
          metric.source = std::move(*call);
        }
        sources_[id.label()] = metric;
      }
      objectives_.push_back({formula.expression, maximise, formula.expression.text});
      objective_formulas_.push_back({formula, operand.span});
    }
  }

  /// A table's unit must be of the metric's dimension; metrics with a dimension have no default unit, accuracy has percent.
  bool unit_fits(const MetricId& id, CheckedCall& call, const std::map<std::string, Dimension>& dimensions, Span span) {
    const auto* kind = find_metric(id.name);
    const Dimension wanted = dimension_named(kind->dimension);
    const auto given = dimensions.find("unit");
    if (given == dimensions.end()) {
      if (!wanted.none()) {
        diagnostics_.error("E302", span, fmt::format("the table says no unit for {}", id.name), fmt::format("add unit = 1{}", kind->unit), fmt::format("{} is {} ({}).", id.name, dimension_phrase(wanted), units_of(wanted)));
        return false;
      }
      call.arguments["unit"] = kind->scale;
      return true;
    }
    if (given->second != wanted) {
      diagnostics_.error("E303", span, fmt::format("the unit of the table is {}, and {} is {}", dimension_phrase(given->second), id.name, dimension_phrase(wanted)),
                         wanted.none() ? "" : fmt::format("write unit = 1{}", kind->unit));
      return false;
    }
    return true;
  }

  /// Lists of values in the space of the objectives (`reference` of rnsga2): one value for each, of its unit, point after point. They
  /// become what a search sees: values of maximised objectives are turned round.
  bool place_points(const syntax::Stage& stage, CheckedCall& call, const std::vector<Objective>& objectives, const std::vector<std::pair<Formula, Span>>& formulas, const Scope& scope) {
    const auto* written = std::get_if<syntax::Call>(&stage.operands[0].value->node);
    for (const ArgSpec& spec : call.component->args) {
      if (spec.dimension != "objectives") continue;
      nlohmann::json& values = call.arguments.at(spec.name);
      if (values.empty() || values.size() % objectives.size() != 0) {
        std::vector<std::string> labels;
        for (const Objective& objective : objectives) labels.push_back(objective.label);
        diagnostics_.error("E405", call.span, fmt::format("{} of {} has {} value{}, and there are {} objectives", spec.name, call.component->name, values.size(), values.size() == 1 ? "" : "s", objectives.size()),
                           fmt::format("give one value each for {}", fmt::join(labels, ", ")));
        return false;
      }
      const syntax::Expr* given = nullptr;
      if (written)
        for (const auto& argument : written->arguments)
          if (argument.name ? argument.name->text == spec.name : given == nullptr && &spec == &call.component->args.front()) given = argument.value.get();
      for (const auto& setting : stage.settings)
        if (setting.name.text == spec.name) given = setting.value.get();
      const Value list = given ? evaluate(*given, scope) : Value(Poison{});
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t k = i % objectives.size();
        const auto value = list.list() && i < list.list()->size() ? (*list.list())[i].number() : std::nullopt;
        const Dimension wanted = formulas[k].first.dimension;
        if (value && value->dimension != wanted) {
          diagnostics_.error(value->dimension.none() ? "E302" : "E303", given->span,
                             fmt::format("value {} of {} is {}, and {} is {}", i + 1, spec.name, dimension_phrase(value->dimension), objectives[k].label, dimension_phrase(wanted)),
                             wanted.none() ? "write it without a unit" : fmt::format("write a unit, one of {}", units_of(wanted)));
          return false;
        }
        if (objectives[k].maximise) values[i] = -values[i].get<double>();
      }
    }
    return true;
  }

  bool search(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
    std::map<std::string, const syntax::Clause*> clauses;
    for (const char* word : {"with", "of", "where", "over", "using", "on", "until"}) clauses[word] = clause(stage, word, {"with", "of", "where", "over"});
    for (const char* word : {"using", "on", "until"})
      if (clauses[word]) return false;
    CheckedSearch search;
    search.algorithm = out.call;
    bool good = true;
    const auto space = clauses["over"] ? stage_of_type(*clauses["over"]->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "over");
    if (!space) good = false;
    else {
      search.space = *space;
      need(out, *space);
    }
    if (clauses["with"])
      for (const auto& operand : clauses["with"]->operands) {
        auto call = operand.value ? component_call(ComponentKind::tactic, *operand.value, scope) : std::nullopt;
        if (!call) {
          good = false;
          continue;
        }
        const auto leads = [](const CheckedCall& tactic) { return !tactic.component->prepares; };
        const auto other = leads(*call) ? std::find_if(search.tactics.begin(), search.tactics.end(), leads) : search.tactics.end();
        if (other != search.tactics.end()) {
          Diagnostic& d = diagnostics_.error("E706", call->span, fmt::format("{} and {} would both run the search", other->component->name, call->component->name), "the second one here",
                                             "one of them runs it; warm_start and the like may stand beside it.");
          d.labels.push_back({other->span, "the first one here"});
          good = false;
        }
        need_referred(*call, out);
        search.tactics.push_back(std::move(*call));
      }
    std::vector<std::pair<Formula, Span>> formulas;
    if (clauses["of"]) {
      for (const auto& operand : clauses["of"]->operands) {
        auto found = objective_of(operand, scope);
        if (!found) {
          good = false;
          continue;
        }
        search.objectives.push_back({found->first.expression, found->second, found->first.expression.text});
        formulas.emplace_back(found->first, operand.span);
      }
    } else {
      search.objectives = objectives_;
      formulas = objective_formulas_;
      if (objectives_broken_) good = false;
      if (search.objectives.empty() && !objectives_broken_) {
        diagnostics_.error("E601", stage.word.span, "the search has no objective", "declare one: objective maximize accuracy from weights", "or write it here with of maximize accuracy, minimize latency@host.");
        good = false;
      }
    }
    const Component& algorithm = *out.call.component;
    if (good && (search.objectives.size() < algorithm.min_objectives || search.objectives.size() > algorithm.max_objectives)) {
      std::vector<std::string> fit;
      for (const Component* other : input_.registry->of_kind(ComponentKind::search))
        if (search.objectives.size() >= other->min_objectives && search.objectives.size() <= other->max_objectives) fit.push_back(other->name);
      diagnostics_.error("E701", out.call.span, fmt::format("{} takes {} to {} objectives, and there {} {}", algorithm.name, algorithm.min_objectives, algorithm.max_objectives, search.objectives.size() == 1 ? "is" : "are", search.objectives.size()),
                         fmt::format("these fit: {}", fmt::join(fit, ", ")));
      good = false;
    }
    if (good && !place_points(stage, out.call, search.objectives, formulas, scope)) good = false;
    search.algorithm = out.call;
    if (clauses["where"])
      for (const auto& operand : clauses["where"]->operands) {
        const Value value = operand.value ? evaluate(*operand.value, scope) : Value(Poison{});
        if (value.poisoned()) {
          good = false;
          continue;
        }
        const auto* conditions = value.shared_if<Conditions>();
        if (!conditions) {
          diagnostics_.error("E301", operand.span, fmt::format("where needs a condition on metrics, and this is {}", value.kind()), "e.g. where latency@host < 25ms and macs < 600M");
          good = false;
          continue;
        }
        for (const auto& item : conditions->items) {
          Formula formula = item.formula;
          if (!place(formula, operand.span)) {
            good = false;
            continue;
          }
          // An open bound is the next number inside it.
          const double lower = item.lower_open ? std::nextafter(item.lower, INFINITY) : item.lower;
          const double upper = item.upper_open ? std::nextafter(item.upper, -INFINITY) : item.upper;
          search.constraints.push_back({formula.expression, lower, upper, item.text});
          formulas.emplace_back(formula, operand.span);
        }
      }
    if (!good) return false;
    // One list of metrics; every expression is renumbered into it.
    auto renumber = [&](MetricExpr& expression, const Formula& formula) {
      for (auto& step : expression.steps) {
        if (step.op != MetricExpr::Op::metric) continue;
        const MetricId& id = formula.metrics[static_cast<std::size_t>(step.metric)];
        const auto it = std::find_if(search.metrics.begin(), search.metrics.end(), [&](const auto& m) { return m.id == id; });
        step.metric = static_cast<std::int32_t>(it - search.metrics.begin());
      }
    };
    for (const auto& [formula, span] : formulas)
      for (const MetricId& id : formula.metrics) {
        if (std::any_of(search.metrics.begin(), search.metrics.end(), [&](const auto& m) { return m.id == id; })) continue;
        auto metric = source_of(id, span, search, out);
        if (!metric) {
          good = false;
          continue;
        }
        search.metrics.push_back(std::move(*metric));
      }
    if (!good) return false;
    for (std::size_t i = 0; i < search.objectives.size(); ++i) renumber(search.objectives[i].expression, formulas[i].first);
    for (std::size_t i = 0; i < search.constraints.size(); ++i) renumber(search.constraints[i].expression, formulas[search.objectives.size() + i].first);
    result_objectives_[out.name] = search.objectives.size();
    out.search = std::move(search);
    return true;
  }

  std::optional<CheckedMetric> source_of(const MetricId& id, Span span, const CheckedSearch& search, CheckedStage& out) {
    CheckedMetric metric;
    metric.id = id;
    metric.span = span;
    const auto* kind = find_metric(id.name);
    if (const auto it = sources_.find(id.label()); it != sources_.end()) {
      metric = it->second;
      if (metric.from == CheckedMetric::From::weights) {
        need(out, metric.stage);
        // A pool holds networks of the space that it was drawn from: weights of one serve the other.
        if (space_of_[weights_space_[metric.stage]] != space_of_[search.space]) {
          diagnostics_.error("E603", span, fmt::format("{} were trained for space {}, and the search is over {}", metric.stage, weights_space_[metric.stage], search.space));
          return std::nullopt;
        }
      }
    } else if (!id.device.empty()) {
      const Component* device = devices_[id.device];
      if (!device) return std::nullopt;
      if (std::find(device->metrics.begin(), device->metrics.end(), id.name) == device->metrics.end()) {
        diagnostics_.error("E703", span, fmt::format("{} ({}) cannot give {}", id.device, device->name, id.name), fmt::format("it gives {}", fmt::join(device->metrics, ", ")));
        return std::nullopt;
      }
      // A device that is a table holds one column: its unit says which metric that is.
      CheckedCall unused;
      if (device->find_arg("unit") && !unit_fits(id, unused, device_units_[id.device], span)) return std::nullopt;
      metric.from = CheckedMetric::From::device;
      metric.stage = id.device;
      need(out, id.device);
    } else if (kind->exact) {
      metric.from = CheckedMetric::From::computed;
    } else if (broken_sources_.count(id.label())) {
      return std::nullopt;
    } else {
      diagnostics_.error("E601", span, fmt::format("{} has no source", id.name), fmt::format("say where it comes from: objective {} {} from weights", kind->maximise ? "maximize" : "minimize", id.name),
                         "a source is a trained super-network, a table or a linear model.");
      return std::nullopt;
    }
    if (const auto it = predictors_.find(id.label()); it != predictors_.end()) metric.predictor = it->second;
    else if (const auto all = predictors_.find(""); all != predictors_.end()) metric.predictor = all->second;
    if (metric.predictor && !has_features(*metric.predictor, search.space)) return std::nullopt;
    return metric;
  }

  /// The encoding that a predictor asks for is one of the space's.
  bool has_features(const CheckedCall& predictor, const std::string& space_name) {
    const std::string wanted = predictor.arguments.value("features", "");
    const auto it = space_of_.find(space_name);
    if (wanted.empty() || it == space_of_.end() || it->second->find_encoding(wanted)) return true;
    if (!without_features_.insert(fmt::format("{} {}", space_name, predictor.span.begin)).second) return false;
    std::vector<std::string> known;
    for (const Encoding& e : it->second->encodings()) known.push_back(e.name);
    const std::string near = did_you_mean(wanted, known);
    diagnostics_.error("E405", predictor.span, fmt::format("space {} has no features {}", it->second->name(), wanted), near.empty() ? "" : fmt::format("did you mean {}?", near),
                       known.empty() ? "it names none; without `features` a predictor sees one column per option of every gene." : fmt::format("it has {}.", fmt::join(known, ", ")));
    return false;
  }

  bool file_of(const syntax::Stage& stage, CheckedStage& out, const Scope& scope, const syntax::Clause* to) {
    if (!to) {
      diagnostics_.error("E403", stage.word.span, fmt::format("{} needs a file", stage.word.text), "write to \"out/...\"");
      return false;
    }
    const Value value = evaluate(*to->operands[0].value, scope);
    if (value.poisoned()) return false;
    const Span span = to->operands[0].span;
    if (!value.text() || value.text()->empty()) {
      diagnostics_.error("E301", span, value.text() ? "the file name is empty" : fmt::format("a file name is a text, and this is {}", value.kind()));
      return false;
    }
    const std::string& file = *value.text();
    const std::string normal = std::filesystem::path(file).lexically_normal().string();
    bool inside = file[0] != '/';
    std::size_t at = 0;
    while (at <= file.size()) {
      const std::size_t end = std::min(file.find('/', at), file.size());
      if (file.substr(at, end - at) == "..") inside = false;
      at = end + 1;
    }
    if (!inside) {
      diagnostics_.error("E604", span, fmt::format("{} lies outside the output folder", file), "write a path without .. and without a leading /", "a script writes below its output folder only.");
      return false;
    }
    for (const auto& other : script_.stages)
      if (!other.file.empty() && std::filesystem::path(other.file).lexically_normal() == normal && !exclude_each_other(other.when, out.when)) {
        const bool same = other.span.source == out.span.source && other.span.begin == out.span.begin;
        Diagnostic& d = diagnostics_.error("E602", span, same ? fmt::format("every pass of foreach writes {}", file) : fmt::format("two stages write {}", file),
                                           same ? "put the pass into the name: \"out/${...}.svg\"" : "the second one here");
        if (!same) d.labels.push_back({other.span, "the first one here"});
        return false;
      }
    out.file = file;
    return true;
  }

  /// True for the two branches of one when.
  static bool exclude_each_other(const std::vector<std::pair<std::size_t, bool>>& a, const std::vector<std::pair<std::size_t, bool>>& b) {
    for (const auto& [condition, wanted] : a)
      for (const auto& [other, other_wanted] : b)
        if (condition == other && wanted != other_wanted) return true;
    return false;
  }

  /// The stages that the arguments of a component refer to; the stage needs them.
  static std::vector<std::string> need_referred(const CheckedCall& call, CheckedStage& out) {
    std::vector<std::string> stages;
    auto add = [&](const nlohmann::json& reference) {
      if (!reference.is_object() || !reference.contains("$stage")) return;
      stages.push_back(reference["$stage"].get<std::string>());
      need(out, stages.back());
    };
    for (const auto& [name, value] : call.arguments.items())
      if (value.is_array())
        for (const auto& item : value) add(item);
      else add(value);
    return stages;
  }

  bool output(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
    const auto* to = clause(stage, "to", {"to"});
    out.shows = need_referred(out.call, out);
    return file_of(stage, out, scope, to);
  }

  void export_stage(const syntax::Stage& stage, Span span, Scope& scope) {
    const auto* as = clause(stage, "as", {"as", "to"});
    const syntax::Clause* to = nullptr;
    for (const auto& c : stage.clauses)
      if (c.word.text == "to") to = &c;
    if (!as) {
      diagnostics_.error("E403", stage.word.span, "export needs a format", fmt::format("write as {}", fmt::join(input_.registry->names(ComponentKind::export_format), ", as ")));
      return;
    }
    const Value what = evaluate(*stage.operands[0].value, scope);
    auto call = component_call(ComponentKind::export_format, *as->operands[0].value, scope, &stage.settings);
    if (!call || what.poisoned()) return;
    CheckedStage out = new_stage("export", fresh_name("export " + call->component->name), span);
    out.call = std::move(*call);
    if (!show_results(what, stage.operands[0].span, out)) return;
    if (file_of(stage, out, scope, to)) script_.stages.push_back(std::move(out));
  }

  bool show_results(const Value& what, Span span, CheckedStage& out) {
    if (const List* runs = what.list(); runs && !runs->empty()) return std::all_of(runs->begin(), runs->end(), [&](const Value& run) { return show_results(run, span, out); });
    const auto reference = stage_reference(what, "Result");
    if (!reference) {
      diagnostics_.error("E301", span, fmt::format("the result of a search is needed here, and this is {}", what.kind()));
      return false;
    }
    out.shows.push_back((*reference)["$stage"].get<std::string>());
    need(out, out.shows.back());
    if (what.later()) {
      const std::string text = text_of(span);
      out.message = text.find(".best") != std::string::npos ? "best" : text.find(".archive") != std::string::npos ? "archive" : "front";
    }
    return true;
  }

  void report_stage(const syntax::Stage& stage, Span span, Scope& scope) {
    const auto* to = clause(stage, "to", {"to"});
    if (stage.operands.empty()) {
      diagnostics_.error("E403", stage.word.span, "report needs the result of a search", "e.g. report front to \"out/report.html\"");
      return;
    }
    CheckedStage out = new_stage("report", fresh_name("report"), span);
    out.call.component = input_.registry->find(ComponentKind::report, "report");
    if (!out.call.component) return;
    bool good = true;
    for (const auto& operand : stage.operands) {
      const Value what = operand.value ? evaluate(*operand.value, scope) : Value(Poison{});
      if (what.poisoned() || !show_results(what, operand.span, out)) good = false;
    }
    if (good && file_of(stage, out, scope, to)) script_.stages.push_back(std::move(out));
  }

  // ---- names

  void define(const syntax::Name& name, Value value, Scope& scope) {
    if (scope.find_here(name.text)) {
      Diagnostic& d = diagnostics_.error("E202", name.span, fmt::format("{} is declared twice", name.text), "the second time here");
      if (const auto first = scope.where(name.text)) d.labels.push_back({*first, "first here"});
      return;
    }
    scope.set(name.text, std::move(value), name.span);
  }

  std::optional<Value> resolve_name(const std::string& name, Span span) override {
    if (find_metric(name)) return Value(metric_formula({name, ""}));
    if (const auto it = declared_.find(name); it != declared_.end() && it->second.source == span.source && it->second.begin > span.begin) {
      Diagnostic& d = diagnostics_.error("E203", span, fmt::format("{} is used before it is declared", name));
      d.labels.push_back({it->second, "declared here"});
      return Value(Poison{});
    }
    if (import_missing_) return Value(Poison{});
    return std::nullopt;
  }

  std::vector<std::string> known_names() const override {
    std::vector<std::string> names;
    for (const MetricKind& kind : all_metrics()) names.emplace_back(kind.name);
    return names;
  }

  Value at_device(const syntax::AtDevice& at, Span span, const Scope& scope) override {
    const Value metric = evaluate(*at.metric, scope);
    const Value device = evaluate(*at.device, scope);
    if (metric.poisoned() || device.poisoned()) return Poison{};
    const auto* formula = metric.shared_if<Formula>();
    if (!formula || formula->metrics.size() != 1 || formula->expression.steps.size() != 1) {
      diagnostics_.error("E301", at.metric->span, fmt::format("metric@device needs a metric before the @, and this is {}", metric.kind()));
      return Poison{};
    }
    const auto* handle = dynamic_cast<const StageHandle*>(device.handle());
    if (!handle || handle->type_name() != "Device") {
      diagnostics_.error("E301", at.device->span, fmt::format("metric@device needs a device behind the @, and this is {}", device.kind()));
      return Poison{};
    }
    const auto* kind = find_metric(formula->metrics[0].name);
    if (!kind->needs_device) {
      diagnostics_.error("E703", span, fmt::format("{} does not depend on a device", kind->name), fmt::format("write {} alone", kind->name));
      return Poison{};
    }
    return metric_formula({formula->metrics[0].name, handle->stage()});
  }

  std::optional<Value> resolve_call(const syntax::Call& call, Span span, const Scope& scope) override {
    if (const auto* name = std::get_if<syntax::NameRef>(&call.callee->node); name && name->name == "compare") return compare_call(call, span, scope);
    // net.arch("..."), net.arch(ks = [...], e = [...], d = [...])
    const auto* member = std::get_if<syntax::Member>(&call.callee->node);
    if (!member || member->name.text != "arch") return std::nullopt;
    const Value object = evaluate(*member->object, scope);
    if (object.poisoned()) return Value(Poison{});
    const auto* handle = dynamic_cast<const SpaceHandle*>(object.handle());
    if (!handle) return std::nullopt;
    const auto& space = handle->space();
    auto values_of = [](const Value& value) {
      std::vector<std::string> texts;
      if (const List* list = value.list())
        for (const Value& item : *list) texts.push_back(item.print());
      else if (value.text()) texts = split_values(*value.text());
      else texts.push_back(value.print());
      return texts;
    };
    Result<Arch> arch = Failure{"E404", "arch takes a text, the fields of a spelling, or genes by name", ""};
    if (call.arguments.size() == 1 && !call.arguments[0].name) {
      const Value text = evaluate(*call.arguments[0].value, scope);
      if (text.poisoned()) return Value(Poison{});
      if (text.text()) arch = space->parse(*text.text());
    } else {
      std::map<std::string, Value> given;
      for (const auto& argument : call.arguments) {
        const Value value = evaluate(*argument.value, scope);
        if (value.poisoned()) return Value(Poison{});
        if (argument.name) given[argument.name->text] = value;
      }
      const auto spellings = space->spellings();
      for (std::size_t s = 0; s < spellings.size(); ++s) {
        // A field that holds one constant (a fixed resolution) may be left out.
        std::vector<std::vector<std::string>> fields;
        std::size_t used = 0;
        for (std::size_t f = 0; f < spellings[s].fields.size(); ++f) {
          if (const auto it = given.find(spellings[s].fields[f]); it != given.end()) {
            fields.push_back(values_of(it->second));
            ++used;
          } else {
            fields.push_back(space->spell(space->largest(), s)[f]);
          }
        }
        if (used != given.size() || used == 0) continue;
        arch = space->parse(s, fields);
        break;
      }
    }
    if (!arch) {
      diagnostics_.error(arch.failure().code, span, arch.failure().message, arch.failure().hint);
      return Value(Poison{});
    }
    return Value(std::static_pointer_cast<const Handle>(std::make_shared<ArchHandle>(space, std::move(*arch))));
  }

  /// `compare(first, second)`: two results or families of runs, by the hypervolume of their measured fronts.
  Value compare_call(const syntax::Call& call, Span span, const Scope& scope) {
    if (call.arguments.size() != 2 || call.arguments[0].name || call.arguments[1].name) {
      diagnostics_.error("E404", span, "compare takes two results of searches, or two families of them", "e.g. compare(first, second)");
      return Poison{};
    }
    std::array<std::vector<std::string>, 2> runs;
    std::array<std::string, 2> names;
    for (std::size_t side = 0; side < 2; ++side) {
      const Span at = call.arguments[side].value->span;
      const Value value = evaluate(*call.arguments[side].value, scope);
      if (value.poisoned()) return Poison{};
      names[side] = text_of(at);
      const List items = value.list() ? *value.list() : List{value};
      for (const Value& item : items) {
        const auto* handle = dynamic_cast<const StageHandle*>(item.handle());
        if (!handle || handle->type_name() != "Result") {
          diagnostics_.error("E301", at, fmt::format("the result of a search is needed here, and this is {}", item.kind()));
          return Poison{};
        }
        runs[side].push_back(handle->stage());
      }
    }
    const auto objectives = [&](const std::string& name) {
      std::vector<std::string> labels;
      for (const CheckedStage& stage : script_.stages)
        if (stage.name == name && stage.search)
          for (const Objective& o : stage.search->objectives) labels.push_back((o.maximise ? "maximize " : "minimize ") + o.label);
      return fmt::format("{}", fmt::join(labels, ", "));
    };
    for (const auto& side : runs)
      for (const std::string& run : side)
        if (objectives(run) != objectives(runs[0][0])) {
          diagnostics_.error("E705", span, fmt::format("{} and {} have different objectives", runs[0][0], run), "",
                             fmt::format("{}: {}; {}: {}.", runs[0][0], objectives(runs[0][0]), run, objectives(run)));
          return Poison{};
        }
    Later later;
    for (const auto& side : runs) later.stages.insert(later.stages.end(), side.begin(), side.end());
    later.now = [runs, names](const FindResult& find) -> Result<Value> {
      std::array<std::vector<std::shared_ptr<const Handle>>, 2> found;
      std::array<std::vector<const SearchResult*>, 2> results;
      for (std::size_t side = 0; side < 2; ++side)
        for (const std::string& run : runs[side]) {
          found[side].push_back(find(run));
          const auto* handle = dynamic_cast<const ResultHandle*>(found[side].back().get());
          if (!handle) return Failure{"", fmt::format("{} has no result", run), ""};
          results[side].push_back(&handle->result());
        }
      return Value(comparison_handle(compare(results[0], results[1]), names[0], names[1]));
    };
    return later;
  }

  CheckInput input_;
  CheckedScript script_;
  std::unique_ptr<Scope> global_;
  Scope empty_;
  std::vector<std::shared_ptr<syntax::Script>> trees_;
  std::vector<std::shared_ptr<Scope>> scopes_;
  std::vector<std::string> importing_;
  std::map<std::string, Span> declared_, declared_spaces_;
  bool import_missing_ = false;
  std::map<std::string, const syntax::DefSpace*> spaces_, stdlib_;
  std::map<const syntax::DefSpace*, std::string> def_text_;
  std::map<std::string, std::vector<std::pair<std::string, Value>>> known_;
  std::set<std::string> broken_types_;
  std::map<std::string, const Component*> devices_;
  std::map<std::string, std::map<std::string, Dimension>> device_units_;
  std::map<std::string, std::shared_ptr<const Space>> space_of_;
  std::map<std::string, std::string> weights_space_;
  std::map<std::string, CheckedMetric> sources_;
  std::map<std::string, CheckedCall> predictors_;
  std::set<std::string> without_features_;  ///< space and predictor, reported once
  std::vector<Objective> objectives_;
  std::vector<std::pair<Formula, Span>> objective_formulas_;
  std::map<std::string, std::size_t> result_objectives_;
  std::set<std::string> broken_sources_;
  bool objectives_broken_ = false;
  bool seed_given_ = false;
  std::vector<std::pair<std::size_t, bool>> when_;
  std::string suffix_;
  struct Member {
    std::string family;
    std::uint64_t seed;
  };
  std::optional<Member> member_;  ///< while a run of a family is checked
  std::size_t unrolled_ = 0;
};

CheckResult check_script(std::uint32_t source, CheckInput input) {
  CheckResult result;
  result.keep = std::make_shared<ScriptChecker>(std::move(input));
  result.script = result.keep->check(source);
  return result;
}

}  // namespace nas
