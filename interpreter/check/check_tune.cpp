#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/arguments.h"
#include "check/script_checker.h"

namespace nas {
namespace {

constexpr std::uint64_t kMostConfigurations = 1000000;

/// The options of `choice(a, b, c)` or `choice { a, b }`; nothing where the value is none.
std::optional<std::vector<const syntax::Expr*>> options_of(const syntax::Expr& expr) {
  std::vector<const syntax::Expr*> options;
  if (const auto* braces = std::get_if<syntax::ChoiceExpr>(&expr.node)) {
    for (const auto& arm : braces->arms) options.push_back(arm.value.get());
    return options;
  }
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const auto* callee = call ? std::get_if<syntax::NameRef>(&call->callee->node) : nullptr;
  if (!callee || callee->name != "choice") return std::nullopt;
  for (const auto& argument : call->arguments) options.push_back(argument.value.get());
  return options;
}

}  // namespace

std::uint64_t CheckedTuning::configurations() const {
  std::uint64_t count = 1;
  for (const Choice& choice : choices) count = std::min(count * choice.values.size(), 10 * kMostConfigurations);
  return count;
}

nlohmann::json CheckedTuning::arguments(const CheckedCall& predictor, std::uint64_t configuration) const {
  nlohmann::json all = predictor.arguments;
  for (auto choice = choices.rbegin(); choice != choices.rend(); ++choice) {
    all[choice->argument] = choice->values[configuration % choice->values.size()];
    configuration /= choice->values.size();
  }
  complete_features(*registry, *predictor.component, all, graphs);
  return all;
}

void ScriptChecker::tune(const syntax::Stage& stage, Span span, Scope& scope) {
  only_clauses(stage, {"of", "from", "by"}, {"of"});
  if (stage.operands.empty() || !stage.operands[0].value)
    diagnostics_.error("E403", stage.word.span, "tune needs a predictor", "e.g. ridge(alpha = choice(0.1, 1, 10))");
  if (stage.operands.size() > 1)
    diagnostics_.error("E404", stage.operands[1].span,
                       fmt::format("tune takes one component, and there are {}", stage.operands.size()),
                       "write a statement for each");
  const syntax::Expr* named = stage.operands.empty() ? nullptr : stage.operands[0].value.get();
  const Component* component = named ? component_named(ComponentKind::predictor, *named) : nullptr;
  CheckedStage out = new_stage("tune", stage_name(stage, component ? component->name : "tune"), span);
  CheckedTuning tuning;
  auto call = component ? tuned_call(*component, *named, scope, tuning) : std::nullopt;
  if (call) out.call = *call;
  const auto setting = std::find_if(stage.settings.begin(), stage.settings.end(),
                                    [](const auto& s) { return s.name.text != "seeds"; });  // those are of the stage
  if (call && setting != stage.settings.end())
    diagnostics_.error("E401", setting->name.span, "tune has no settings", "",
                       fmt::format("arguments of {} stand in its brackets.", component->name));
  auto method = tuning_method(stage, out, tuning, scope);
  const auto* from = clause(stage, "from");
  if (!from) diagnostics_.error("E403", stage.word.span, "tune needs a profile", "say which one with from, e.g. from base");
  bool good = call && method && from && stage.operands.size() == 1 && setting == stage.settings.end();
  // Features that are named for some configurations only are completed for each of them.
  const nlohmann::json written = out.call.arguments;
  if (from && call) good = learns_from(stage, *from, out, scope) && good;
  const auto broken = [&] {
    broken_types_.insert("Predictor");
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  if (!good) return broken();
  out.call.arguments = written;
  tuning.graphs = names_graphs(out.learning->space);
  tuning.registry = input_.registry;
  tuning.method = std::move(*method);
  for (const auto& choice : tuning.choices) {
    if (choice.argument != "features" && choice.argument != "distance" && choice.argument != "of") continue;
    for (const auto& value : choice.values) {
      CheckedCall one = out.call;
      one.arguments[choice.argument] = value;
      good = has_features(one, out.learning->space) && good;
    }
  }
  if (!good) return broken();
  out.tuning = std::move(tuning);
  make_known(stage, std::move(out), "Predictor", scope);
}

std::optional<CheckedCall> ScriptChecker::tuned_call(const Component& component, const syntax::Expr& expr, const Scope& scope,
                                                     CheckedTuning& tuning) {
  if (component.find_arg("file")) {
    diagnostics_.error("E404", expr.span, fmt::format("{} learns nothing: there is nothing to choose", component.name));
    return std::nullopt;
  }
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  std::vector<GivenArgument> first;
  std::vector<std::vector<GivenArgument>> others;  // of each choice: what its first option is replaced by
  bool good = true;
  std::size_t position = 0;
  if (call)
    for (const auto& argument : call->arguments) {
      if (!argument.value) return std::nullopt;
      const ArgSpec* spec = argument.name ? component.find_arg(argument.name->text) : next_positional(component, position);
      const std::string name = argument.name ? argument.name->text : "";
      const Span name_span = argument.name ? argument.name->span : Span{};
      const auto options = options_of(*argument.value);
      if (!options) {
        first.push_back({name, argument_value(spec, *argument.value, scope), name_span, argument.value->span});
        continue;
      }
      std::vector<GivenArgument> values;
      for (const syntax::Expr* option : *options)
        if (option) values.push_back({name, argument_value(spec, *option, scope), name_span, option->span});
      if (const auto* braces = std::get_if<syntax::ChoiceExpr>(&argument.value->node))
        for (const auto& arm : braces->arms)
          if (arm.guard) {
            diagnostics_.error("E301", arm.guard->span, "options of a predictor's argument have no conditions");
            good = false;
          }
      // choice([3, 5, 7]) takes the items of the list, unless the list is the argument.
      const bool lists =
          spec && (spec->type == ArgType::integers || spec->type == ArgType::numbers || spec->type == ArgType::texts);
      const List* list = values.size() == 1 ? values[0].value.list() : nullptr;
      const bool range = values.size() == 1 && values[0].value.inline_if<Range>();
      if (list ? !lists || (!list->empty() && list->front().list()) : range && !lists) {
        const GivenArgument all = values[0];
        const auto items = items_of(all.value, all.span, "choice");
        values.clear();
        for (const Value& item : items.value_or(List{})) values.push_back({name, item, name_span, all.span});
      }
      if (values.empty()) {
        diagnostics_.error("E502", argument.value->span, "a choice needs at least one option");
        good = false;
        continue;
      }
      first.push_back(values[0]);
      values.erase(values.begin());
      if (spec) {
        tuning.choices.push_back({spec->name, {}});
        others.push_back(std::move(values));
      }
    }
  std::set<std::string> written;
  auto arguments = bind_arguments(component, first, expr.span, diagnostics_, stage_reference, nullptr, &written);
  for (std::size_t c = 0; c < others.size(); ++c) {
    CheckedTuning::Choice& choice = tuning.choices[c];
    if (arguments) choice.values.push_back((*arguments)[choice.argument]);
    Component one;  // bounds and words of this argument alone
    one.kind = component.kind;
    one.name = component.name;
    one.args = {*component.find_arg(choice.argument)};
    for (GivenArgument& value : others[c]) {
      value.name = choice.argument;
      const Span at = value.span;
      const std::string text = value.value.print();
      const auto bound = bind_arguments(one, {std::move(value)}, expr.span, diagnostics_, stage_reference);
      good = good && bound;
      if (!bound) continue;
      const nlohmann::json& json = (*bound)[choice.argument];
      if (std::find(choice.values.begin(), choice.values.end(), json) != choice.values.end())
        diagnostics_.warning("W904", at, fmt::format("the choice lists {} twice", text), "", "it is tried once");
      else
        choice.values.push_back(json);
    }
  }
  if (!arguments || !good) return std::nullopt;
  if (tuning.configurations() < 2) {
    diagnostics_.error(
        "E403", expr.span, fmt::format("{} has no choice: there is one configuration, and nothing to tune", component.name),
        component.args.empty() ? "" : fmt::format("write a choice, e.g. {} = choice(...)", component.args[0].name));
    return std::nullopt;
  }
  if (tuning.configurations() > kMostConfigurations) {
    diagnostics_.error("E405", expr.span, fmt::format("the choices have more than {} configurations", kMostConfigurations),
                       "leave some out");
    return std::nullopt;
  }
  CheckedCall checked{&component, std::move(*arguments), expr.span, {}};
  if (written.count("epochs")) checked.open.push_back("epochs");
  return checked;
}

std::optional<CheckedCall> ScriptChecker::tuning_method(const syntax::Stage& stage, const CheckedStage& out,
                                                        const CheckedTuning& tuning, const Scope& scope) {
  const auto* by = clause(stage, "by");
  if (!by) {
    diagnostics_.error("E403", stage.word.span, "tune needs a method", "say which one with by, e.g. by grid()");
    return std::nullopt;
  }
  const syntax::Expr& named = *by->operands[0].value;
  auto method = component_call(ComponentKind::tuning, named, scope);
  if (!method) return std::nullopt;
  const nlohmann::json& given = method->arguments;
  const auto number = [&](const char* name) {
    return method->component->find_arg(name) && given.at(name).is_number() ? given.at(name).get<std::int64_t>() : 0;
  };
  const std::string& name = method->component->name;
  const std::int64_t budget = number("budget"), least = number("min_budget"), trials = number("trials");
  if (budget > 0 && least > budget) {
    diagnostics_.error("E405", named.span, fmt::format("budget of {} is {}, below its min_budget of {}", name, budget, least));
    return std::nullopt;
  }
  if (!out.call.component || tuning.choices.empty()) return method;
  const std::string& predictor = out.call.component->name;
  if (trials > 0 && static_cast<std::uint64_t>(trials) > tuning.configurations()) {
    diagnostics_.error("E405", named.span,
                       fmt::format("trials of {} is {}, and the choices of {} have {} configurations", name, trials, predictor,
                                   tuning.configurations()),
                       fmt::format("it must be at most {}", tuning.configurations()));
    return std::nullopt;
  }
  if (method->component->find_arg("budget") && !out.call.open.empty()) {
    diagnostics_.error("E404", named.span, fmt::format("epochs of {} are what {} shares out", predictor, name),
                       "leave epochs out, and say how many with budget");
    return std::nullopt;
  }
  return method;
}

}  // namespace nas
