#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "check/arguments.h"
#include "check/script_checker.h"
#include "core/units.h"

namespace nas {
namespace {

struct StageKind {
  const char* word;
  ComponentKind kind;
  const char* type;
};
constexpr StageKind kStageKinds[] = {
    {"dataset", ComponentKind::dataset, "Dataset"},       {"device", ComponentKind::device, "Device"},
    {"predictor", ComponentKind::predictor, "Predictor"}, {"profile", ComponentKind::profile, "Profile"},
    {"train", ComponentKind::training, "Weights"},        {"transfer", ComponentKind::transfer, "Predictor"},
    {"tune ... by", ComponentKind::tuning, "Predictor"},  {"search", ComponentKind::search, "Result"},
    {"place", ComponentKind::placement, "Result"},        {"plot", ComponentKind::plot, "Plot"},
    {"export", ComponentKind::export_format, "Export"},   {"report", ComponentKind::report, "Report"},
};

std::string lowered(std::string word) {
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

/// The first component of a kind that has a longer word in its sentence: `plot hypervolume` is plot convergence.
const Component* described_with(const Registry& registry, ComponentKind kind, std::string_view word) {
  if (word.size() < 4) return nullptr;
  const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  for (const std::string& name : registry.names(kind)) {
    const Component* component = registry.find(kind, name);
    const std::string& text = component->doc;
    for (auto at = text.begin(); (at = std::search(at, text.end(), word.begin(), word.end(), same)) != text.end(); ++at) {
      const auto end = at + static_cast<std::ptrdiff_t>(word.size());
      if ((at == text.begin() || !letter(at[-1])) && (end == text.end() || !letter(*end))) return component;
    }
  }
  return nullptr;
}

}  // namespace

const char* stage_word_of(ComponentKind kind) {
  for (const auto& k : kStageKinds)
    if (k.kind == kind) return k.word;
  return kind == ComponentKind::source ? "objective ... from" : "search ... with";
}

void ScriptChecker::execute(const syntax::Stage& stage, Span span, Scope& scope) {
  const auto seeds = std::find_if(stage.settings.begin(), stage.settings.end(),
                                  [](const auto& setting) { return setting.name.text == "seeds"; });
  const std::string& word = stage.word.text;
  if (seeds == stage.settings.end()) {
    const auto* from = word == "predictor" || word == "transfer" || word == "tune" ? clause(stage, "from") : nullptr;
    const Value profiles = from ? evaluate(*from->operands[0].value, scope) : Value();
    if (profiles.list()) return learners(stage, span, *profiles.list(), scope);
    return execute_one(stage, span, scope);
  }
  if (word != "train" && word != "search" && word != "profile" && word != "tune") {
    diagnostics_.error("E704", seeds->name.span, fmt::format("{} does not depend on a seed", word), "",
                       "train, search, profile and tune take seeds.");
    return;
  }
  family(stage, *seeds, span, scope);
}

void ScriptChecker::execute_one(const syntax::Stage& stage, Span span, Scope& scope) {
  const std::string& word = stage.word.text;
  directions_stand_before_objectives(stage);
  if (word == "objective") return objective(stage, span, scope);
  if (word == "space") return space(stage, span, scope);
  if (word == "export") return export_stage(stage, span, scope);
  if (word == "report") return report_stage(stage, span, scope);
  if (word == "profile") return profile(stage, span, scope);
  if (word == "tune") return tune(stage, span, scope);
  const auto& [_, kind, type] =
      *std::find_if(std::begin(kStageKinds), std::end(kStageKinds), [&](const auto& k) { return word == k.word; });
  // A stage that is wrong is reported once; its name stays silent from then on.
  auto give_up = [&, type = type] {
    broken_types_.insert(type);
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  if (stage.operands.empty() || !stage.operands[0].value) {
    diagnostics_.error("E403", stage.word.span, fmt::format("{} needs a component", word),
                       fmt::format("e.g. one of {}", fmt::join(input_.registry->names(kind), ", ")));
    return give_up();
  }
  if (stage.operands.size() > 1)
    diagnostics_.error("E404", stage.operands[1].span,
                       fmt::format("{} takes one component, and there are {}", word, stage.operands.size()),
                       "write a statement for each");
  const syntax::Expr& named = *stage.operands[0].value;
  // The clauses are looked at even where the component is wrong, so that all mistakes are told at once.
  const Component* component = component_named(kind, named);
  std::map<std::string, Dimension> dimensions;
  auto call = component ? bound_call(*component, named, scope, &stage.settings, &dimensions) : std::nullopt;
  CheckedStage out = new_stage(word, stage_name(stage, component ? component->name : word), span);
  out.call = call ? std::move(*call) : CheckedCall{component, {}, named.span};
  bool good = call && stage.operands.size() == 1;
  switch (kind) {
    case ComponentKind::dataset:
    case ComponentKind::device:
      only_clauses(stage, {});
      break;
    case ComponentKind::training:
      good = training(stage, out, scope) && good;
      break;
    case ComponentKind::predictor:
      call_units_[out.name] = dimensions;
      good = predictor(stage, out, scope, good) && good;
      break;
    case ComponentKind::transfer:
      good = transfer(stage, out, scope, good) && good;
      break;
    case ComponentKind::search:
      good = search(stage, out, scope) && good;
      break;
    case ComponentKind::plot:
      good = output(stage, out, scope) && good;
      break;
    default:
      break;
  }
  if (!good) return give_up();
  if (kind == ComponentKind::plot) return script_.stages.push_back(std::move(out));
  if (kind == ComponentKind::device) {
    devices_[out.name] = out.call.component;
    call_units_[out.name] = dimensions;
  }
  // This predictor is no stage of the run: the searches that ask for its metrics carry it.
  if (kind == ComponentKind::predictor && !out.learning) {
    if (stage.name) define(*stage.name, handle_value<StageHandle>(out.name, type), scope);
    return;
  }
  make_known(stage, std::move(out), type, scope);
}

void ScriptChecker::make_known(const syntax::Stage& stage, CheckedStage out, const char* type, Scope& scope) {
  const std::string name = out.name;
  const Value handle = out.tuning ? handle_value<TunedHandle>(name) : handle_value<StageHandle>(name, type);
  if (out.learning) learning_[name] = *out.learning;
  script_.stages.push_back(std::move(out));
  if (stage.name)
    define(*stage.name, handle, scope);
  else if (!scope.find_here(name))
    scope.set(name, handle, stage.word.span);
  known_[type].push_back({name, handle});
}

void ScriptChecker::directions_stand_before_objectives(const syntax::Stage& stage) {
  auto look = [&](const std::vector<syntax::Operand>& operands) {
    for (const auto& operand : operands)
      if (operand.direction != syntax::Operand::Direction::none)
        diagnostics_.error("E301", operand.span,
                           fmt::format("{} stands before objectives only",
                                       operand.direction == syntax::Operand::Direction::maximize ? "maximize" : "minimize"));
  };
  if (stage.word.text != "objective") look(stage.operands);
  for (const auto& clause : stage.clauses)
    if (stage.word.text != "search" || clause.word.text != "of") look(clause.operands);
}

std::string ScriptChecker::stage_name(const syntax::Stage& stage, const std::string& fallback) {
  if (member_) return fmt::format("{}[{}]", member_->family, member_->label);
  if (stage.name) return stage.name->text + suffix_;
  return fresh_name(fallback);
}
std::string ScriptChecker::fresh_name(const std::string& base) {
  int& first = fresh_.try_emplace(base + suffix_, 1).first->second;  // those before it were taken
  for (int n = first;; ++n) {
    first = n;
    const std::string name = (n == 1 ? base : fmt::format("{} {}", base, n)) + suffix_;
    if (std::none_of(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == name; })) return name;
  }
}
CheckedStage ScriptChecker::new_stage(const std::string& word, std::string name, Span span) {
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
void ScriptChecker::need(CheckedStage& stage, const std::string& name) {
  if (std::find(stage.needs.begin(), stage.needs.end(), name) == stage.needs.end()) stage.needs.push_back(name);
}
void ScriptChecker::needs_of(const Value& value, CheckedStage& stage) {
  for (const auto& name : waits_for(value)) need(stage, name);
}
void ScriptChecker::only_clauses(const syntax::Stage& stage, std::initializer_list<const char*> allowed,
                                 std::initializer_list<const char*> lists) {
  std::set<std::string> seen;
  for (const auto& clause : stage.clauses) {
    const std::string& word = clause.word.text;
    auto is_word = [&](const char* a) { return word == a; };
    if (std::none_of(allowed.begin(), allowed.end(), is_word)) {
      diagnostics_.error("E406", clause.word.span, fmt::format("{} has no clause {}", stage.word.text, word),
                         allowed.size() == 0   ? "it has no clauses"
                         : allowed.size() == 1 ? fmt::format("its only clause is {}", *allowed.begin())
                                               : fmt::format("its clauses are {}", fmt::join(allowed, ", ")));
    } else if (!seen.insert(word).second) {
      diagnostics_.error("E402", clause.word.span, fmt::format("the clause {} is given twice", word));
    } else if (clause.operands.size() > 1 && std::none_of(lists.begin(), lists.end(), is_word)) {
      diagnostics_.error("E404", clause.operands[1].span,
                         fmt::format("{} takes one value here, and there are {}", word, clause.operands.size()));
    }
  }
}

const syntax::Clause* ScriptChecker::clause(const syntax::Stage& stage, const std::string& word) {
  for (const auto& clause : stage.clauses)
    if (clause.word.text == word && !clause.operands.empty() && clause.operands[0].value) return &clause;
  return nullptr;
}

std::optional<std::string> ScriptChecker::unique(const std::string& type, Span span, const std::string& clause_word) {
  const auto& list = known_[type];
  if (list.size() == 1) return list.front().first;
  const std::string lower = lowered(type);
  if (list.empty()) {
    // A line that cannot be read may have declared one.
    const auto half_declared = [&](const StageKind& kind) { return kind.type == type && half_declared_.count(kind.word) > 0; };
    if (!broken_types_.count(type) && !half_declared_.count(lower) &&
        std::none_of(std::begin(kStageKinds), std::end(kStageKinds), half_declared))
      diagnostics_.error("E204", span, fmt::format("there is no {} in scope", lower),
                         fmt::format("declare one, or name it with {}", clause_word));
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const auto& [name, handle] : list) names.push_back(name);
  diagnostics_.error("E204", span, fmt::format("{} {}s are in scope: {}", list.size(), lower, fmt::join(names, ", ")),
                     fmt::format("say which one with {}", clause_word));
  return std::nullopt;
}

std::optional<std::string> ScriptChecker::stage_of_type(const syntax::Expr& expr, const std::string& type, const Scope& scope) {
  const Value value = evaluate(expr, scope);
  if (value.poisoned()) return std::nullopt;
  if (const auto* handle = dynamic_cast<const StageHandle*>(value.handle()); handle && handle->type_name() == type)
    return handle->stage();
  diagnostics_.error("E301", expr.span, fmt::format("a {} is needed here, and this is {}", lowered(type), value.kind()));
  return std::nullopt;
}

const Component* ScriptChecker::component_named(ComponentKind kind, const syntax::Expr& expr) {
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
  const auto known = input_.registry->names(kind);
  if (!name) {
    diagnostics_.error("E301", expr.span,
                       fmt::format("{} names a component, such as {}", stage_word_of(kind), fmt::join(known, ", ")));
    return nullptr;
  }
  const Component* component = input_.registry->find(kind, name->name);
  if (component) return component;
  std::string near = did_you_mean(name->name, known);
  if (!near.empty())
    near = fmt::format("did you mean {}?", near);
  else if (const Component* described = described_with(*input_.registry, kind, name->name))
    near = fmt::format("did you mean {}? {}", described->name, described->doc);
  diagnostics_.error("E205", call ? call->callee->span : expr.span,
                     fmt::format("there is no {} component {}", component_kind_name(kind), name->name), near,
                     known.empty() ? "no component of this kind is built in."
                                   : fmt::format("nas list {} shows {}.", component_kind_plural(kind), fmt::join(known, ", ")));
  return nullptr;
}

Value ScriptChecker::argument_value(const ArgSpec* spec, const syntax::Expr& expr, const Scope& scope) {
  // What an argument that is not there would mean is not known.
  const auto* bare = std::get_if<syntax::NameRef>(&expr.node);
  if (!spec && bare && !scope.find(bare->name)) return Poison{};
  if (spec && (spec->type == ArgType::choice || spec->bare || !spec->labels.empty())) {
    if (const auto* names = std::get_if<syntax::ListExpr>(&expr.node); names && !spec->labels.empty()) {
      List list;
      for (const auto& item : names->items) list.push_back(item ? argument_value(spec, *item, scope) : Poison{});
      if (std::any_of(list.begin(), list.end(), [](const Value& v) { return v.poisoned(); })) return Poison{};
      return Value(std::move(list));
    }
    if (const auto* name = std::get_if<syntax::NameRef>(&expr.node); name && !scope.find(name->name)) return Value(name->name);
    const auto* call = std::get_if<syntax::Call>(&expr.node);
    const auto* name = call && spec->rated ? std::get_if<syntax::NameRef>(&call->callee->node) : nullptr;
    if (name && !scope.find(name->name) && call->arguments.size() == 1 && call->arguments[0].value) {
      const Value rate = evaluate(*call->arguments[0].value, scope);
      return rate.poisoned() ? rate : Value(fmt::format("{}({})", name->name, rate.print()));
    }
  }
  if (spec && bare && !scope.find(bare->name)) {
    if (auto value = resolve_name(bare->name, expr.span)) return *value;
    const bool text = (spec->type == ArgType::text || spec->type == ArgType::texts) && !names_metric(*spec);
    const bool unit = spec->type == ArgType::quantity && find_unit(bare->name);
    if (text || unit) {
      diagnostics_.error("E201", expr.span, fmt::format("{} is not known here", bare->name),
                         text ? fmt::format("a text is written in quotes: \"{}\"", bare->name)
                              : fmt::format("a unit is written with its number: 1{}", bare->name));
      return Poison{};
    }
  }
  const Value value = evaluate(expr, scope);
  // The rank correlations of profiles stand for the profiles where these are wanted.
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const auto* function = call ? std::get_if<syntax::NameRef>(&call->callee->node) : nullptr;
  const Later* later = value.later();
  if (!spec || spec->stage_kind != "Profile" || !later || !function || function->name != "spearman") return value;
  List profiles;
  for (const std::string& stage : later->stages) {
    if (learning_.count(stage)) return value;
    profiles.push_back(handle_value<StageHandle>(stage, "Profile"));
  }
  return Value(std::move(profiles));
}

std::optional<CheckedCall> ScriptChecker::bound_call(const Component& component, const syntax::Expr& expr, const Scope& scope,
                                                     const std::vector<syntax::Setting>* settings,
                                                     std::map<std::string, Dimension>* dimensions) {
  std::vector<GivenArgument> given;
  std::size_t position = 0;
  if (const auto* call = std::get_if<syntax::Call>(&expr.node))
    for (const auto& argument : call->arguments) {
      if (!argument.value) return std::nullopt;
      const ArgSpec* spec = argument.name ? component.find_arg(argument.name->text) : next_positional(component, position);
      const Value value = argument_value(spec, *argument.value, scope);
      const std::string name = argument.name ? argument.name->text : "";
      const Span name_span = argument.name ? argument.name->span : Span{};
      // A family of runs stands for each of its runs.
      const List* runs = value.list();
      if (runs && !runs->empty() &&
          std::all_of(runs->begin(), runs->end(), [](const Value& run) { return stage_reference(run, "Result|Profile"); }))
        for (const Value& run : *runs) given.push_back({name, run, name_span, argument.value->span});
      else
        given.push_back({name, value, name_span, argument.value->span});
    }
  if (settings)
    for (const auto& setting : *settings) {
      if (setting.name.text == "seeds") continue;  // of the stage, not of its component
      if (!setting.value) return std::nullopt;
      given.push_back({setting.name.text, argument_value(component.find_arg(setting.name.text), *setting.value, scope),
                       setting.name.span, setting.value->span});
    }
  std::set<std::string> written;
  auto arguments = bind_arguments(component, given, expr.span, diagnostics_, stage_reference, dimensions, &written);
  if (!arguments) return std::nullopt;
  CheckedCall checked{&component, std::move(*arguments), expr.span, {}};
  for (const ArgSpec& spec : component.args)
    if (spec.length && !written.count(spec.name)) checked.open.push_back(spec.name);
  return checked;
}

std::optional<CheckedCall> ScriptChecker::component_call(ComponentKind kind, const syntax::Expr& expr, const Scope& scope,
                                                         std::map<std::string, Dimension>* dimensions) {
  const Component* component = component_named(kind, expr);
  return component ? bound_call(*component, expr, scope, nullptr, dimensions) : std::nullopt;
}

std::optional<nlohmann::json> ScriptChecker::stage_reference(const Value& value, const std::string& kinds) {
  const auto takes = [&](const std::string& type) {
    return !type.empty() && ("|" + kinds + "|").find("|" + type + "|") != std::string::npos;
  };
  if (const auto* arch = dynamic_cast<const ArchHandle*>(value.handle()))
    return takes("Arch") ? std::optional(arch->reference()) : std::nullopt;
  const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
  std::string type = handle ? handle->type_name() : "";
  std::string stage = handle ? handle->stage() : "";
  std::string part;
  if (const Later* later = value.later(); later && later->stages.size() == 1) {
    type = "Result";
    stage = later->stages[0];
    part = "front";
  }
  if (!takes(type) && !(type == "Result" && takes("Family"))) return std::nullopt;
  return nlohmann::json{{"$stage", stage}, {"part", part}};
}

bool ScriptChecker::training(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
  if (out.call.component) only_clauses(stage, {"of", "on", "using"});
  const auto *of = clause(stage, "of"), *on = clause(stage, "on"), *data_clause = clause(stage, "using");
  const auto space = of ? stage_of_type(*of->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "of");
  const auto data = data_clause ? stage_of_type(*data_clause->operands[0].value, "Dataset", scope)
                                : unique("Dataset", stage.word.span, "using");
  const auto device = on ? stage_of_type(*on->operands[0].value, "Device", scope) : std::nullopt;
  if (!space || !data || (on && !device)) return false;
  if (device) {
    out.on_device = *device;
    need(out, *device);
  }
  out.of_space = *space;
  out.using_dataset = *data;
  need(out, *space);
  need(out, *data);
  weights_space_[out.name] = *space;
  return true;
}

bool ScriptChecker::predictor(const syntax::Stage& stage, CheckedStage& out, const Scope& scope, bool usable) {
  const ArgSpec* file = out.call.component ? out.call.component->find_arg("file") : nullptr;
  const auto* from = clause(stage, "from");
  // What lies in a file needs no measurements.
  const bool sums = file && !file->required && !out.call.component->metrics.empty();
  const bool told = usable && sums && !out.call.arguments.value("file", "").empty();
  if (file && (file->required || (told && !from))) {
    only_clauses(stage, {"of", "over"});
    return usable && is_saved(stage, out, scope);
  }
  if (out.call.component) only_clauses(stage, {"of", "from"}, {"of"});
  if (from) return usable && learns_from(stage, *from, out, scope);
  if (usable && sums) {
    diagnostics_.error("E403", stage.operands[0].span, fmt::format("{} needs a table of layers", out.call.component->name),
                       "name its file, or a profile of layers with from");
    return false;
  }
  std::vector<std::string> labels;
  const auto* of = clause(stage, "of");
  bool good = true, could_be_asked = !of;
  if (of) {
    for (const auto& operand : of->operands) {
      const auto metric = operand.value ? single_metric(*operand.value, scope) : std::nullopt;
      if (!metric) {
        good = false;
        continue;
      }
      if (find_metric(*metric)->exact)
        diagnostics_.warning("W902", operand.span,
                             fmt::format("{} is computed from the network and never predicted", metric->name));
      else
        could_be_asked = true;
      if (usable && !can_predict(*out.call.component, metric->name, operand.span)) good = false;
      labels.push_back(metric->label());
    }
  } else {
    labels.push_back("");
  }
  if (!good || !usable) return good;
  if (could_be_asked) predictor_asked_.emplace(out.call.span.begin, false);
  for (const auto& label : labels) declared_here_.predictors[label] = out.call;
  return true;
}

}  // namespace nas
