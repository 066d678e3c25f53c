#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "check/script_checker.h"
#include "check/until.h"
#include "core/check.h"

namespace nas {

std::optional<MetricId> ScriptChecker::single_metric(const syntax::Expr& expr, const Scope& scope) {
  const Value value = evaluate(expr, scope);
  if (value.poisoned()) return std::nullopt;
  const auto* formula = value.shared_if<Formula>();
  if (!formula || formula->metrics.size() != 1 || formula->expression.steps.size() != 1) {
    diagnostics_.error(
        "E301", expr.span,
        fmt::format("a metric is needed here, and this is {}", formula ? "a combination of metrics" : value.kind()));
    return std::nullopt;
  }
  MetricId id = formula->metrics[0];
  if (!place(id, expr.span)) return std::nullopt;
  return id;
}

/// Gives a metric that needs a device the only one there is.
bool ScriptChecker::place(MetricId& id, Span span) {
  const auto* kind = find_metric(id);
  if (!kind->needs_device || !id.device.empty()) return true;
  const auto device = unique("Device", span, id.name + "@device");
  if (!device) return false;
  id.device = *device;
  return true;
}
bool ScriptChecker::place(Formula& formula, Span span) {
  for (MetricId& id : formula.metrics)
    if (!place(id, span)) return false;
  return true;
}

std::optional<std::pair<Formula, bool>> ScriptChecker::objective_of(const syntax::Operand& operand, const Scope& scope) {
  if (!operand.value) return std::nullopt;
  const Value value = evaluate(*operand.value, scope);
  if (value.poisoned()) return std::nullopt;
  const auto* given = value.shared_if<Formula>();
  if (!given) {
    diagnostics_.error("E301", operand.value->span, fmt::format("an objective is a metric, and this is {}", value.kind()),
                       "e.g. accuracy, latency@host, macs");
    return std::nullopt;
  }
  Formula formula = *given;
  if (!place(formula, operand.value->span)) return std::nullopt;
  if (formula.metrics.size() == 1 && formula.expression.steps.size() == 1) formula.expression.text = formula.metrics[0].label();
  if (operand.direction == syntax::Operand::Direction::none) {
    const auto* kind = find_metric(formula.metrics[0]);
    const bool single = formula.metrics.size() == 1 && formula.expression.steps.size() == 1;
    if (!single) {
      diagnostics_.error("E403", operand.span, "say whether this is to be maximized or minimized",
                         "write maximize or minimize before it");
      return std::nullopt;
    }
    return std::pair(formula, kind->maximise);
  }
  return std::pair(formula, operand.direction == syntax::Operand::Direction::maximize);
}

void ScriptChecker::objective(const syntax::Stage& stage, Span span, Scope& scope) {
  only_clauses(stage, {"from"});
  const auto* from = clause(stage, "from");
  if (!stage.settings.empty()) diagnostics_.error("E401", stage.settings[0].name.span, "objective takes no settings");
  if (stage.operands.empty()) {
    diagnostics_.error("E403", stage.word.span, "objective needs a metric", "e.g. objective maximize accuracy from weights");
    return;
  }
  for (const auto& operand : stage.operands) {
    auto found = objective_of(operand, scope);
    if (!found) {
      declared_here_.broken = true;
      continue;
    }
    auto& [formula, maximise] = *found;
    for (const MetricId& id : formula.metrics) {
      if (!from) continue;
      auto give_up = [&] {
        declared_here_.broken = true;
        for (const MetricId& broken : formula.metrics) declared_here_.broken_sources.insert(broken.label());
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
          diagnostics_.error("E301", source.span,
                             fmt::format("an objective comes from trained weights or a component, and this is {}", value.kind()));
          return give_up();
        }
        metric.from = CheckedMetric::From::weights;
        metric.stage = handle->stage();
        if (id.name != "accuracy" && id.name != "loss") {
          diagnostics_.error("E703", operand.span, fmt::format("trained weights cannot give {}", id.name),
                             "they give accuracy and loss");
          return give_up();
        }
      } else {
        std::map<std::string, Dimension> dimensions;
        auto call = component_call(ComponentKind::source, source, scope, &dimensions);
        if (!call) {
          return give_up();
        }
        // A table without a named column has one that is called like the metric.
        if (const auto value = call->arguments.find("value"); value != call->arguments.end() && *value == "") *value = id.name;
        if (call->component->find_arg("unit") && !unit_fits(id, *call, dimensions, source.span)) return give_up();
        if (!can_give(*call->component, id)) {
          diagnostics_.error("E703", operand.span, fmt::format("{} cannot give {}", call->component->name, id.name),
                             fmt::format("it gives {}", fmt::join(call->component->metrics, ", ")));
          return give_up();
        }
        metric.from = CheckedMetric::From::component;
        metric.source = std::move(*call);
      }
      declared_here_.sources[id.label()] = metric;
    }
    const std::string& text = formula.expression.text;
    if (std::any_of(declared_here_.objectives.begin(), declared_here_.objectives.end(),
                    [&](const auto& o) { return o.label == text; })) {
      diagnostics_.error("E402", operand.span, fmt::format("{} is an objective twice", text));
      continue;
    }
    declared_here_.objectives.push_back({formula.expression, maximise, text});
    declared_here_.formulas.push_back({formula, operand.span});
  }
}

/// A table's unit must be of the metric's dimension; metrics with a dimension have no default unit, accuracy has percent.
bool ScriptChecker::unit_fits(const MetricId& id, CheckedCall& call, const std::map<std::string, Dimension>& dimensions,
                              Span span) {
  const auto* kind = find_metric(id);
  const Dimension wanted = dimension_named(kind->dimension);
  const auto given = dimensions.find("unit");
  const std::string holder = !call.component || call.component->find_arg("file") ? "the table" : call.component->name;
  if (given == dimensions.end()) {
    if (!wanted.none()) {
      diagnostics_.error("E302", span, fmt::format("{} says no unit for {}", holder, id.name),
                         fmt::format("add unit = 1{}", kind->unit),
                         fmt::format("{} is {} ({}).", id.name, dimension_phrase(wanted), units_of(wanted)));
      return false;
    }
    call.arguments["unit"] = kind->scale;
    return true;
  }
  if (given->second != wanted) {
    diagnostics_.error("E303", span,
                       fmt::format("the unit of {} is {}, and {} is {}", holder, dimension_phrase(given->second), id.name,
                                   dimension_phrase(wanted)),
                       wanted.none() ? "" : fmt::format("write unit = 1{}", kind->unit));
    return false;
  }
  return true;
}

bool ScriptChecker::place_points(const syntax::Stage& stage, CheckedCall& call, const std::vector<Objective>& objectives,
                                 const std::vector<std::pair<Formula, Span>>& formulas, const Scope& scope) {
  const auto* written = std::get_if<syntax::Call>(&stage.operands[0].value->node);
  for (const ArgSpec& spec : call.component->args) {
    if (spec.dimension != "objectives") continue;
    nlohmann::json& values = call.arguments.at(spec.name);
    if (values.empty() || values.size() % objectives.size() != 0) {
      std::vector<std::string> labels;
      for (const Objective& objective : objectives) labels.push_back(objective.label);
      diagnostics_.error("E405", call.span,
                         fmt::format("{} of {} has {} value{}, and there are {} objectives", spec.name, call.component->name,
                                     values.size(), values.size() == 1 ? "" : "s", objectives.size()),
                         fmt::format("give one value each for {}", fmt::join(labels, ", ")));
      return false;
    }
    const syntax::Expr* given = nullptr;
    if (written)
      for (const auto& argument : written->arguments)
        if (argument.name ? argument.name->text == spec.name : given == nullptr && &spec == &call.component->args.front())
          given = argument.value.get();
    for (const auto& setting : stage.settings)
      if (setting.name.text == spec.name) given = setting.value.get();
    const Value list = given ? evaluate(*given, scope) : Value(Poison{});
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t k = i % objectives.size();
      const auto value = list.list() && i < list.list()->size() ? (*list.list())[i].number() : std::nullopt;
      const Dimension wanted = formulas[k].first.dimension;
      if (value && value->dimension != wanted) {
        diagnostics_.error(value->dimension.none() ? "E302" : "E303", given->span,
                           fmt::format("value {} of {} is {}, and {} is {}", i + 1, spec.name, dimension_phrase(value->dimension),
                                       objectives[k].label, dimension_phrase(wanted)),
                           wanted.none() ? "write it without a unit" : fmt::format("write a unit, one of {}", units_of(wanted)));
        return false;
      }
      if (objectives[k].maximise) values[i] = -values[i].get<double>();
    }
  }
  return true;
}

bool ScriptChecker::search(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
  const Component* algorithm = out.call.component;
  // What an unknown algorithm would take is not known, the words of the stage itself are.
  if (algorithm)
    only_clauses(stage, {"with", "of", "where", "over", "until", "using"}, {"with", "of", "where", "until", "using"});
  CheckedSearch search;
  search.algorithm = out.call;
  const auto* over = clause(stage, "over");
  const auto space = over ? stage_of_type(*over->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "over");
  if (space) {
    search.space = *space;
    need(out, *space);
  }
  const bool tactics = !algorithm || search_tactics(stage, search, out, scope);
  const bool predicted = search_using(stage, search, scope);
  std::vector<std::pair<Formula, Span>> formulas;
  const bool objectives = search_objectives(stage, search, formulas, scope);
  const bool conditions = search_conditions(stage, search, formulas, scope);
  bool ends = true;
  if (const auto* until = clause(stage, "until")) {
    auto read = read_until(
        *until, [&](const syntax::Expr& expr) { return evaluate(expr, scope); }, diagnostics_);
    ends = read.has_value();
    if (read) {
      search.until = read->limits;
      search.until_text = std::move(read->text);
    }
  }
  if (!algorithm) return false;
  bool good = space && tactics && predicted && objectives && conditions && ends;
  if (objectives &&
      (search.objectives.size() < algorithm->min_objectives || search.objectives.size() > algorithm->max_objectives)) {
    const bool measured = std::any_of(formulas.begin(), formulas.end(), [&](const auto& formula) {
      return std::any_of(formula.first.metrics.begin(), formula.first.metrics.end(), [&](const MetricId& id) {
        return !find_metric(id)->exact || declared_here_.sources.count(id.label()) > 0;
      });
    });
    const auto fit = input_.registry->searches_for(search.objectives.size(), measured);
    const std::string takes = algorithm->max_objectives == 1
                                  ? "one objective"
                                  : fmt::format("{} to {} objectives", algorithm->min_objectives, algorithm->max_objectives);
    diagnostics_.error("E701", out.call.span,
                       fmt::format("{} takes {}, and there {} {}", algorithm->name, takes,
                                   search.objectives.size() == 1 ? "is" : "are", search.objectives.size()),
                       fmt::format("these fit: {}", fmt::join(fit, ", ")));
    good = false;
  }
  // Points in the space of the objectives are read once the objectives and the arguments are known to be right.
  if (good && !out.call.arguments.empty() && !place_points(stage, out.call, search.objectives, formulas, scope)) good = false;
  search.algorithm = out.call;
  for (const auto& [formula, span] : formulas)
    for (const MetricId& id : formula.metrics) {
      if (std::any_of(search.metrics.begin(), search.metrics.end(), [&](const auto& m) { return m.id == id; })) continue;
      auto metric = source_of(id, span, search, out);
      if (metric)
        search.metrics.push_back(std::move(*metric));
      else
        good = false;
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
  for (std::size_t i = 0; i < search.objectives.size(); ++i) renumber(search.objectives[i].expression, formulas[i].first);
  for (std::size_t i = 0; i < search.constraints.size(); ++i)
    renumber(search.constraints[i].expression, formulas[search.objectives.size() + i].first);
  out.search = std::move(search);
  return true;
}

bool ScriptChecker::search_tactics(const syntax::Stage& stage, CheckedSearch& search, CheckedStage& out, const Scope& scope) {
  const auto* with = clause(stage, "with");
  if (!with) return true;
  bool good = true;
  for (const auto& operand : with->operands) {
    auto call = operand.value ? component_call(ComponentKind::tactic, *operand.value, scope) : std::nullopt;
    if (!call) {
      good = false;
      continue;
    }
    const auto leads = [](const CheckedCall& tactic) { return !tactic.component->prepares; };
    const auto other = leads(*call) ? std::find_if(search.tactics.begin(), search.tactics.end(), leads) : search.tactics.end();
    if (other != search.tactics.end()) {
      Diagnostic& d = diagnostics_.error(
          "E706", call->span, fmt::format("{} and {} would both run the search", other->component->name, call->component->name),
          "the second one here", "one of them runs it; warm_start and the like may stand beside it.");
      d.labels.push_back({other->span, "the first one here"});
      good = false;
    }
    need_referred(*call, out);
    search.tactics.push_back(std::move(*call));
  }
  return good;
}

bool ScriptChecker::search_objectives(const syntax::Stage& stage, CheckedSearch& search,
                                      std::vector<std::pair<Formula, Span>>& formulas, const Scope& scope) {
  const auto* of = clause(stage, "of");
  bool good = true;
  if (!of) {
    search.objectives = declared_here_.objectives;
    formulas = declared_here_.formulas;
    if (search.objectives.empty() && !declared_here_.broken && !half_declared_.count("objective"))
      diagnostics_.error("E601", stage.word.span, "the search has no objective",
                         "declare one: objective maximize accuracy from weights",
                         "or write it here with of maximize accuracy, minimize latency@host.");
    return !search.objectives.empty() && !declared_here_.broken;
  }
  for (const auto& operand : of->operands) {
    auto found = objective_of(operand, scope);
    if (!found) {
      good = false;
      continue;
    }
    const std::string& text = found->first.expression.text;
    const auto same =
        std::find_if(search.objectives.begin(), search.objectives.end(), [&](const auto& o) { return o.label == text; });
    if (same != search.objectives.end()) {
      diagnostics_.error("E402", operand.span, fmt::format("{} is an objective twice", text));
      good = false;
      continue;
    }
    search.objectives.push_back({found->first.expression, found->second, text});
    formulas.emplace_back(found->first, operand.span);
  }
  return good;
}

namespace {

bool same_formula(const Formula& a, const Formula& b) {
  auto same = [](const MetricExpr::Step& x, const MetricExpr::Step& y) {
    return x.op == y.op && x.metric == y.metric && x.constant == y.constant;
  };
  return a.metrics == b.metrics && std::equal(a.expression.steps.begin(), a.expression.steps.end(), b.expression.steps.begin(),
                                              b.expression.steps.end(), same);
}

}  // namespace

bool ScriptChecker::search_conditions(const syntax::Stage& stage, CheckedSearch& search,
                                      std::vector<std::pair<Formula, Span>>& formulas, const Scope& scope) {
  const auto* where = clause(stage, "where");
  if (!where) return true;
  search.where = where->word.span;
  if (!where->operands.empty())
    search.where = {where->word.span.source, where->operands.front().span.begin, where->operands.back().span.end};
  bool good = true;
  if (const Component* algorithm = search.algorithm.component; algorithm && !algorithm->hard_constraints) {
    diagnostics_.error("E702", where->word.span, fmt::format("{} weighs its objectives and keeps no conditions", algorithm->name),
                       "make it an objective, or take a search that keeps conditions",
                       fmt::format("these do: {}.", fmt::join(keeping_conditions(), ", ")));
    good = false;
  }
  for (const auto& operand : where->operands) {
    const Value value = operand.value ? evaluate(*operand.value, scope) : Value(Poison{});
    if (value.poisoned()) {
      good = false;
      continue;
    }
    const auto* conditions = value.shared_if<Conditions>();
    if (!conditions) {
      diagnostics_.error("E301", operand.span, fmt::format("where needs a condition on metrics, and this is {}", value.kind()),
                         "e.g. where latency@host < 25ms and macs < 600M");
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
      const std::size_t first = formulas.size() - search.constraints.size();
      for (std::size_t k = 0; k < search.constraints.size(); ++k) {
        const Constraint& other = search.constraints[k];
        if (!same_formula(formulas[first + k].first, formula) || (lower <= other.upper && other.lower <= upper)) continue;
        diagnostics_.error("E609", search.where, fmt::format("{} and {} are never both true", other.label, item.text),
                           "change one of the bounds");
        good = false;
      }
      search.constraints.push_back({formula.expression, lower, upper, item.text});
      formulas.emplace_back(formula, operand.span);
    }
  }
  return good;
}

std::vector<std::string> ScriptChecker::keeping_conditions() const {
  std::vector<std::string> names;
  for (const Component* other : input_.registry->of_kind(ComponentKind::search))
    if (other->hard_constraints) names.push_back(other->name);
  return names;
}

std::optional<CheckedMetric> ScriptChecker::source_of(const MetricId& id, Span span, const CheckedSearch& search,
                                                      CheckedStage& out) {
  CheckedMetric metric;
  metric.id = id;
  metric.span = span;
  const auto* kind = find_metric(id);
  const auto learnt = using_.find(id.label());
  const bool measures = std::any_of(search.tactics.begin(), search.tactics.end(), [](const CheckedCall& tactic) {
    return !tactic.component->prepares && tactic.component->name != "direct";
  });
  if (learnt != using_.end()) need(out, learnt->second.name);
  if (learnt != using_.end() && !measures) {
    metric.from = CheckedMetric::From::learnt;
    metric.stage = learnt->second.name;
    return metric;
  }
  if (const auto it = declared_here_.sources.find(id.label()); it != declared_here_.sources.end()) {
    metric = it->second;
    if (metric.from == CheckedMetric::From::weights) {
      need(out, metric.stage);
      // A pool or a reduced space holds networks of the space that it comes from: weights of one serve the other.
      const auto trained = space_of_[weights_space_[metric.stage]], searched = space_of_[search.space];
      if (!search.space.empty() && trained != searched && !(trained && searched && trained->key() == searched->key())) {
        diagnostics_.error("E603", span,
                           fmt::format("{} holds weights of space {}, and the search is over {}", metric.stage,
                                       weights_space_[metric.stage], search.space));
        return std::nullopt;
      }
    }
  } else if (!id.device.empty()) {
    const Component* device = devices_[id.device];
    if (!device) return std::nullopt;
    if (!can_give(*device, id)) {
      diagnostics_.error("E703", span, fmt::format("{} ({}) cannot give {}", id.device, device->name, id.name),
                         fmt::format("it gives {}", fmt::join(device->metrics, ", ")));
      return std::nullopt;
    }
    // A device that is a table holds one column: its unit says which metric that is.
    CheckedCall unused;
    unused.component = device;
    if (device->find_arg("unit") && !unit_fits(id, unused, call_units_[id.device], span)) return std::nullopt;
    metric.from = CheckedMetric::From::device;
    metric.stage = id.device;
    need(out, id.device);
  } else if (kind->exact) {
    metric.from = CheckedMetric::From::computed;
  } else if (declared_here_.broken_sources.count(id.label())) {
    return std::nullopt;
  } else {
    diagnostics_.error("E601", span, fmt::format("{} has no source", id.name),
                       fmt::format("say where it comes from: objective {} {} from {}", kind->maximise ? "maximize" : "minimize",
                                   id.name, id.own ? giving(id.name) + "()" : "weights"),
                       id.own ? "its values are those of a function of the program."
                              : "a source is a trained super-network, a table or a linear model.");
    return std::nullopt;
  }
  if (learnt != using_.end()) {
    metric.learnt = learnt->second.name;
    return metric;
  }
  if (const auto it = declared_here_.predictors.find(id.label()); it != declared_here_.predictors.end())
    metric.predictor = it->second;
  else if (const auto all = declared_here_.predictors.find(""); all != declared_here_.predictors.end())
    metric.predictor = all->second;
  if (metric.predictor) predictor_asked_[metric.predictor->span.begin] = true;
  if (metric.predictor && !kind->exact && !can_predict(*metric.predictor->component, id.name, metric.predictor->span))
    return std::nullopt;
  if (metric.predictor && !has_features(*metric.predictor, search.space)) return std::nullopt;
  return metric;
}

nlohmann::json CheckedCall::without_length() const {
  nlohmann::json unlimited = arguments;
  for (const std::string& name : open) {
    const ArgSpec& spec = *component->find_arg(name);
    NAS_CHECK(spec.at_most);
    unlimited[name] = static_cast<std::int64_t>(*spec.at_most);
  }
  return unlimited;
}

}  // namespace nas
