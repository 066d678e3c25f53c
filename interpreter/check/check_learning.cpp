#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "check/script_checker.h"

namespace nas {
namespace {

/// Where a setting's value is written; `otherwise` where it is not.
Span setting_span(const syntax::Stage& stage, const std::string& name, Span otherwise) {
  for (const auto& setting : stage.settings)
    if (setting.name.text == name && setting.value) return setting.value->span;
  return otherwise;
}

}  // namespace

void ScriptChecker::profile(const syntax::Stage& stage, Span span, Scope& scope) {
  only_clauses(stage, {"over", "on"});
  using_.clear();
  auto give_up = [&] {
    broken_types_.insert("Profile");
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  if (stage.operands.empty() || !stage.operands[0].value) {
    diagnostics_.error("E403", stage.word.span, "profile needs a metric", "e.g. profile base = latency over net on host");
    return give_up();
  }
  if (stage.operands.size() > 1)
    diagnostics_.error("E404", stage.operands[1].span,
                       fmt::format("profile takes one metric, and there are {}", stage.operands.size()),
                       "write a statement for each");
  const syntax::Expr& named = *stage.operands[0].value;
  const Component* component = input_.registry->find(ComponentKind::profile, "profile");
  auto tactic = bound_call(*component, named, scope, &stage.settings);
  if (const auto* on = clause(stage, "on"); on && !member_) {
    const Value devices = evaluate(*on->operands[0].value, scope);
    if (devices.poisoned() || (devices.list() && !tactic)) return give_up();
    if (devices.list()) return profiles(stage, span, *devices.list(), scope);
  }
  CheckedStage out = new_stage("profile", stage_name(stage, "profile"), span);
  CheckedSearch search;
  const auto* over = clause(stage, "over");
  const auto space = over ? stage_of_type(*over->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "over");
  const auto metric = placed_metric(stage, named, scope);
  if (!space || !metric || !tactic || stage.operands.size() > 1) return give_up();
  search.space = *space;
  need(out, *space);
  for (const std::string& like : need_referred(*tactic, out)) {
    const std::string& theirs = search_of(like)->space;
    if (space_of_[*space] && space_of_[theirs] && space_of_[*space]->key() != space_of_[theirs]->key()) {
      diagnostics_.error("E603", setting_span(stage, "like", named.span),
                         fmt::format("{} holds networks of {}, and this profile is over {}", like, theirs, *space));
      return give_up();
    }
  }
  const auto* kind = find_metric(*metric);
  if (kind->exact)
    diagnostics_.warning("W902", named.span, fmt::format("{} is computed from the network and needs no profile", kind->name));
  const bool of_layers = tactic->arguments.value("strategy", "") == "per_operator";
  if (const int widths = tactic->arguments.value("widths", 0); widths > 0 && (!of_layers || widths == 1)) {
    diagnostics_.error(
        "E405", setting_span(stage, "widths", named.span),
        of_layers ? "widths of profile is 1" : "widths are those of single layers, and this profile measures networks",
        of_layers ? "nothing lies between one width: take at least 2, or 0 for every width" : "add strategy = per_operator");
    return give_up();
  }
  if (of_layers && kind->name != "latency" && kind->name != "energy") {
    diagnostics_.error("E703", setting_span(stage, "strategy", named.span),
                       fmt::format("{} of layers does not add up to that of a network", kind->name),
                       "leave the strategy out: whole networks are measured");
    return give_up();
  }
  // The predictors of the searches have no part in this.
  const auto asked = predictor_asked_;
  auto source = source_of(*metric, named.span, search, out);
  predictor_asked_ = asked;
  if (!source) return give_up();
  source->predictor.reset();
  search.metrics.push_back(std::move(*source));
  Objective objective{{}, kind->maximise, metric->label()};
  objective.expression.steps = {{MetricExpr::Op::metric, 0, 0}};
  objective.expression.text = metric->label();
  objective.expression.dimension = std::string(kind->dimension);
  search.objectives.push_back(std::move(objective));
  search.tactics.push_back(std::move(*tactic));
  const Component* random = input_.registry->find(ComponentKind::search, "random");
  search.algorithm = *bound_call(*random, named, scope);
  out.call = search.algorithm;
  out.search = std::move(search);
  make_known(stage, std::move(out), "Profile", scope);
}

void ScriptChecker::profiles(const syntax::Stage& stage, Span span, const List& devices, Scope& scope) {
  const Span at = clause(stage, "on")->operands[0].span;
  const std::string name = stage_name(stage, "profile");
  auto give_up = [&] {
    broken_types_.insert("Profile");
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  std::vector<Member> each;
  std::set<std::string> seen;
  for (const Value& device : devices) {
    const auto* handle = dynamic_cast<const StageHandle*>(device.handle());
    if (!device.poisoned() && (!handle || handle->type_name() != "Device"))
      diagnostics_.error("E301", at, fmt::format("a list of devices is needed here, and one of them is {}", device.kind()));
    if (!handle || handle->type_name() != "Device") return give_up();
    if (!seen.insert(handle->stage()).second) {
      diagnostics_.error("E402", at, fmt::format("device {} is given twice", handle->stage()));
      return give_up();
    }
    each.push_back({name, handle->stage(), std::nullopt, handle->stage()});
  }
  if (each.empty()) {
    diagnostics_.error("E404", at, "the list is empty: there is no device in it");
    return give_up();
  }
  if (!each_member(stage, each, "Profile", scope, [&](Scope& inner) { profile(stage, span, inner); })) give_up();
}

std::optional<MetricId> ScriptChecker::placed_metric(const syntax::Stage& stage, const syntax::Expr& named, const Scope& scope) {
  const auto* on = clause(stage, "on");
  if (!on) return single_metric(named, scope);
  const auto device = member_ && !member_->device.empty() ? std::optional(member_->device)
                                                          : stage_of_type(*on->operands[0].value, "Device", scope);
  const Value value = evaluate(named, scope);
  const auto* formula = value.shared_if<Formula>();
  if (!device || value.poisoned()) return std::nullopt;
  if (!formula || formula->metrics.size() != 1 || formula->expression.steps.size() != 1 || !formula->metrics[0].device.empty())
    return single_metric(named, scope);
  MetricId id = formula->metrics[0];
  if (!may_stand_on_device(*find_metric(id))) {
    diagnostics_.error("E703", on->word.span, fmt::format("{} does not depend on a device", id.name), "leave the clause out");
    return std::nullopt;
  }
  id.device = *device;
  return id;
}

std::optional<CheckedStage> ScriptChecker::profile_named(const syntax::Clause& from, const Scope& scope) {
  const auto name = member_ && !member_->probe.empty() ? std::optional(member_->probe)
                                                       : stage_of_type(*from.operands[0].value, "Profile", scope);
  if (!name) return std::nullopt;
  return *std::find_if(script_.stages.begin(), script_.stages.end(), [&](const CheckedStage& s) { return s.name == *name; });
}

std::optional<CheckedLearning> ScriptChecker::predictor_named(const syntax::Expr& expr, const Scope& scope) {
  const auto name = stage_of_type(expr, "Predictor", scope);
  if (!name) return std::nullopt;
  const auto known = learning_.find(*name);
  if (known != learning_.end()) return known->second;
  diagnostics_.error("E608", expr.span, fmt::format("{} learns inside the searches that ask it", text_of(expr.span)),
                     "say what it learns from here: predictor ... from PROFILE");
  return std::nullopt;
}

bool ScriptChecker::learns_from(const syntax::Stage& stage, const syntax::Clause& from, CheckedStage& out, const Scope& scope) {
  const auto base = profile_named(from, scope);
  if (!base) return false;
  const CheckedMetric& measured = base->search->metrics[0];
  CheckedLearning learning{out.name, "", base->name, base->search->space, measured.id};
  if (const auto* of = clause(stage, "of")) {
    if (of->operands.size() > 1) {
      diagnostics_.error("E404", of->operands[1].span,
                         fmt::format("{} holds one metric, and there are {}", base->name, of->operands.size()),
                         "write a statement for each");
      return false;
    }
    const auto metric = single_metric(*of->operands[0].value, scope);
    if (!metric) return false;
    if (!(*metric == learning.metric)) {
      diagnostics_.error("E607", of->operands[0].span,
                         fmt::format("{} holds {}, and not {}", base->name, learning.metric.label(), metric->label()));
      return false;
    }
  }
  if (!can_predict(*out.call.component, learning.metric.name, out.call.span)) return false;
  if (!has_table(out, learning.metric, &*base, from.operands[0].span)) return false;
  if (!has_features(out.call, learning.space)) return false;
  need(out, learning.space);
  need(out, learning.probe);
  out.learning = std::move(learning);
  return true;
}

bool ScriptChecker::is_saved(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
  const auto *of = clause(stage, "of"), *over = clause(stage, "over");
  const Component& component = *out.call.component;
  if (!of)
    diagnostics_.error("E403", stage.word.span, fmt::format("{} needs a metric", component.name),
                       "say which one it predicts here with of");
  const auto metric = of ? single_metric(*of->operands[0].value, scope) : std::nullopt;
  const auto space = over ? stage_of_type(*over->operands[0].value, "Space", scope) : unique("Space", stage.word.span, "over");
  if (!metric || !space) return false;
  if (!can_predict(component, metric->name, of->operands[0].span)) return false;
  if (!has_table(out, *metric, nullptr, of->operands[0].span)) return false;
  out.learning = CheckedLearning{out.name, "", "", *space, *metric, {}};
  need(out, *space);
  return true;
}

bool ScriptChecker::transfer(const syntax::Stage& stage, CheckedStage& out, const Scope& scope, bool usable) {
  if (out.call.component) only_clauses(stage, {"of", "from", "on"});
  const auto *of = clause(stage, "of"), *from = clause(stage, "from"), *on = clause(stage, "on");
  std::optional<CheckedLearning> proxy;
  const auto* call = std::get_if<syntax::Call>(&stage.operands[0].value->node);
  const bool inside = call && !call->arguments.empty() && out.call.component && out.call.component->find_arg("predictor");
  // What learns from several profiles needs no predictor.
  const std::vector<std::string> others = usable ? need_referred(out.call, out) : std::vector<std::string>{};
  const bool from_profiles = out.call.component && out.call.component->find_arg("profiles");
  if (from_profiles) {
    if (of)
      diagnostics_.error("E406", of->word.span, fmt::format("{} takes no predictor", out.call.component->name),
                         "it learns from the profiles among its arguments");
    if (!from) diagnostics_.error("E403", stage.word.span, "transfer needs a profile of the device", "say which one with from");
  } else if (of) {
    proxy = predictor_named(*of->operands[0].value, scope);
  } else if (inside) {
    proxy = predictor_named(*call->arguments[0].value, scope);
  } else {
    diagnostics_.error("E403", stage.word.span, "transfer needs a predictor", "say which one with of");
  }
  const auto probe = from ? profile_named(*from, scope) : std::nullopt;
  const auto device = on ? stage_of_type(*on->operands[0].value, "Device", scope) : std::nullopt;
  if ((from_profiles ? of || !from : !proxy) || (from && !probe) || (on && !device) || !usable) return false;
  if (!from && !on) {
    diagnostics_.error("E403", stage.word.span, "transfer needs a device", "say which one with on");
    return false;
  }
  if (from_profiles && !of_one_metric(stage, *probe, others)) return false;
  CheckedLearning learning{out.name, "", "", "", {}};
  if (proxy)
    learning = {out.name, proxy->name, "", proxy->space, {proxy->metric.name, ""}};
  else
    learning = {out.name, "", "", probe->search->space, {probe->search->metrics[0].id.name, ""}};
  learning.others = others;
  learning.metric.device = device ? *device : probe->search->metrics[0].id.device;
  if (probe) {
    const MetricId& measured = probe->search->metrics[0].id;
    if (!(measured == learning.metric)) {
      diagnostics_.error("E607", from->operands[0].span,
                         fmt::format("{} holds {}, and {} is to become a predictor of {}", probe->name, measured.label(),
                                     out.name, learning.metric.label()));
      return false;
    }
    const auto mine = space_of_[learning.space], theirs = space_of_[probe->search->space];
    if (mine && theirs && mine->key() != theirs->key()) {
      diagnostics_.error("E603", from->operands[0].span,
                         fmt::format("{} holds networks of {}, and {} has learnt those of {}", probe->name, probe->search->space,
                                     proxy->name, learning.space));
      return false;
    }
    learning.probe = probe->name;
    need(out, probe->name);
  }
  if (proxy) need(out, proxy->name);
  need(out, learning.space);
  out.learning = std::move(learning);
  return true;
}

bool ScriptChecker::of_one_metric(const syntax::Stage& stage, const CheckedStage& probe, const std::vector<std::string>& others) {
  const CheckedSearch& mine = *probe.search;
  for (const std::string& name : others) {
    const CheckedSearch& theirs = *search_of(name);
    const Span span = stage.operands[0].span;
    if (theirs.metrics[0].id.name != mine.metrics[0].id.name) {
      diagnostics_.error("E607", span,
                         fmt::format("{} holds {}, and {} holds {}", name, theirs.metrics[0].id.label(), probe.name,
                                     mine.metrics[0].id.label()));
      return false;
    }
    if (theirs.metrics[0].id.device == mine.metrics[0].id.device) {
      diagnostics_.error("E607", span,
                         fmt::format("{} holds {} too: what is to be predicted is learnt from", name, mine.metrics[0].id.label()),
                         "leave it out");
      return false;
    }
    if (space_of_[theirs.space] && space_of_[mine.space] && space_of_[theirs.space]->key() != space_of_[mine.space]->key()) {
      diagnostics_.error("E603", span,
                         fmt::format("{} holds networks of {}, and {} those of {}", name, theirs.space, probe.name, mine.space));
      return false;
    }
  }
  return true;
}

bool ScriptChecker::search_using(const syntax::Stage& stage, const CheckedSearch& search, const Scope& scope) {
  using_.clear();
  const auto* clause_using = clause(stage, "using");
  if (!clause_using) return true;
  bool good = true;
  for (const auto& operand : clause_using->operands) {
    const auto learning = operand.value ? predictor_named(*operand.value, scope) : std::nullopt;
    if (!learning) {
      good = false;
      continue;
    }
    const auto mine = space_of_[search.space], theirs = space_of_[learning->space];
    if (mine && theirs && mine->key() != theirs->key()) {
      diagnostics_.error(
          "E603", operand.span,
          fmt::format("{} has learnt networks of {}, and the search is over {}", learning->name, learning->space, search.space));
      good = false;
      continue;
    }
    if (!using_.emplace(learning->metric.label(), *learning).second) {
      diagnostics_.error("E402", operand.span, fmt::format("{} is predicted twice", learning->metric.label()));
      good = false;
    }
  }
  return good;
}

bool ScriptChecker::can_predict(const Component& predictor, const std::string& metric, Span span) {
  const std::vector<std::string>& known = predictor.metrics;
  if (known.empty() || std::find(known.begin(), known.end(), metric) != known.end()) return true;
  if (without_features_.insert(fmt::format("{} {}", metric, span.begin)).second)
    diagnostics_.error("E703", span, fmt::format("{} cannot predict {}", predictor.name, metric),
                       fmt::format("it predicts {}", fmt::join(known, ", ")));
  return false;
}

bool ScriptChecker::has_table(CheckedStage& out, const MetricId& metric, const CheckedStage* base, Span span) {
  const ArgSpec* file = out.call.component->find_arg("file");
  if (!file || file->required || out.call.component->metrics.empty()) return true;
  if (!out.call.arguments.value("file", "").empty()) return unit_fits(metric, out.call, call_units_[out.name], out.call.span);
  if (base && base->search->tactics[0].arguments.value("strategy", "") == "per_operator") return true;
  diagnostics_.error("E403", span,
                     fmt::format("{} holds no single layers, and {} adds them up", base->name, out.call.component->name),
                     "profile it with { strategy = per_operator }, or name the file of a table");
  return false;
}

namespace {

/// The members of a predictor made of others: those that read graphs, and those that read columns.
std::pair<std::vector<std::string>, std::vector<std::string>> members_of(const Registry& registry, const Component& predictor,
                                                                         const nlohmann::json& arguments) {
  std::pair<std::vector<std::string>, std::vector<std::string>> members;
  const ArgSpec* of = predictor.find_arg("of");
  if (!of || of->type != ArgType::texts) return members;
  for (const std::string name : arguments.at("of"))
    if (const Component* member = registry.find(ComponentKind::predictor, name))
      (member->reads_graphs ? members.first : members.second).push_back(name);
  return members;
}

}  // namespace

void complete_features(const Registry& registry, const Component& predictor, nlohmann::json& arguments, bool graphs) {
  if (!arguments.value("features", "").empty()) return;
  // Members see what the whole sees.
  const bool members = !members_of(registry, predictor, arguments).first.empty();
  // Distances between graphs are taken from the space's own.
  const std::string distance = predictor.find_arg("distance") ? arguments.value("distance", "") : "";
  if (predictor.reads_graphs || members || distance == "graph_edit" || (distance == "auto" && graphs))
    arguments["features"] = "graph";
}

bool ScriptChecker::names_graphs(const std::string& space_name) const {
  const auto it = space_of_.find(space_name);
  return it != space_of_.end() && it->second && it->second->find_encoding("graph");
}

bool ScriptChecker::has_features(CheckedCall& predictor, const std::string& space_name) {
  const auto it = space_of_.find(space_name);
  const auto [reads_graphs, reads_columns] = members_of(*input_.registry, *predictor.component, predictor.arguments);
  if (!reads_graphs.empty() && !reads_columns.empty()) {
    if (without_features_.insert(fmt::format("members {}", predictor.span.begin)).second)
      diagnostics_.error("E405", predictor.span,
                         fmt::format("{} reads graphs, {} columns: no features serve both", reads_graphs[0], reads_columns[0]),
                         fmt::format("the members of an {} see the same features", predictor.component->name));
    return false;
  }
  if (it != space_of_.end())
    complete_features(*input_.registry, *predictor.component, predictor.arguments, names_graphs(space_name));
  const std::string wanted = predictor.arguments.value("features", "");
  if (wanted.empty() || it == space_of_.end() || !it->second || it->second->find_encoding(wanted)) return true;
  if (!without_features_.insert(fmt::format("{} {}", space_name, predictor.span.begin)).second) return false;
  std::vector<std::string> known;
  for (const Encoding& e : it->second->encodings()) known.push_back(e.name);
  const std::string near = did_you_mean(wanted, known);
  diagnostics_.error("E405", predictor.span, fmt::format("space {} has no features {}", it->second->name(), wanted),
                     near.empty() ? "" : fmt::format("did you mean {}?", near),
                     known.empty() ? "it names none; without `features` a predictor sees one column per option of every gene."
                                   : fmt::format("it has {}.", fmt::join(known, ", ")));
  return false;
}

}  // namespace nas
