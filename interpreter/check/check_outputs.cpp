#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "check/arguments.h"
#include "check/script_checker.h"
#include "core/result_columns.h"
#include "core/result_labels.h"

namespace nas {

namespace {

/// Where an argument of the stage's component is written: in its call or in the settings.
Span argument_span(const syntax::Stage& stage, const std::string& name) {
  for (const auto& setting : stage.settings)
    if (setting.name.text == name && setting.value) return setting.value->span;
  if (const auto* call = std::get_if<syntax::Call>(&stage.operands[0].value->node))
    for (const auto& argument : call->arguments)
      if (argument.name && argument.name->text == name && argument.value) return argument.value->span;
  return stage.operands[0].span;
}

/// True for the two branches of one when.
bool exclude_each_other(const std::vector<std::pair<std::size_t, bool>>& a, const std::vector<std::pair<std::size_t, bool>>& b) {
  for (const auto& [condition, wanted] : a)
    for (const auto& [other, other_wanted] : b)
      if (condition == other && wanted != other_wanted) return true;
  return false;
}

}  // namespace

bool ScriptChecker::file_of(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
  const auto* to = clause(stage, "to");
  if (!to) {
    diagnostics_.error("E403", stage.word.span, fmt::format("{} needs a file", stage.word.text), "write to \"out/...\"");
    return false;
  }
  const Value value = evaluate(*to->operands[0].value, scope);
  if (value.poisoned()) return false;
  const Span span = to->operands[0].span;
  if (!value.text() || value.text()->empty()) {
    diagnostics_.error(
        "E301", span,
        value.text() ? "the file name is empty" : fmt::format("a file name is a text, and this is {}", value.kind()));
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
    diagnostics_.error("E604", span, fmt::format("{} lies outside the output folder", file),
                       "write a path without .. and without a leading /", "a script writes below its output folder only.");
    return false;
  }
  for (const auto& other : script_.stages)
    if (!other.file.empty() && std::filesystem::path(other.file).lexically_normal() == normal &&
        !exclude_each_other(other.when, out.when)) {
      const bool same = other.span.source == out.span.source && other.span.begin == out.span.begin;
      Diagnostic& d = diagnostics_.error(
          "E602", span, same ? fmt::format("every pass of foreach writes {}", file) : fmt::format("two stages write {}", file),
          same ? "put the pass into the name: \"out/${...}.svg\"" : "the second one here");
      if (!same) d.labels.push_back({other.span, "the first one here"});
      return false;
    }
  out.file = file;
  return true;
}

std::vector<std::string> ScriptChecker::need_referred(const CheckedCall& call, CheckedStage& out) {
  std::vector<std::string> stages;
  auto add = [&](const nlohmann::json& reference) {
    if (!reference.is_object() || !reference.contains("$stage")) return;
    stages.push_back(reference["$stage"].get<std::string>());
    need(out, stages.back());
  };
  for (const auto& [name, value] : call.arguments.items()) {
    if (value.is_array())
      for (const auto& item : value) add(item);
    else
      add(value);
  }
  return stages;
}

bool ScriptChecker::output(const syntax::Stage& stage, CheckedStage& out, const Scope& scope) {
  if (out.call.component) only_clauses(stage, {"to"});
  out.shows = need_referred(out.call, out);
  if (!predictors_have_learnt(stage, out, scope)) return false;
  const bool labels = labels_known(stage, out);
  const bool drawn = draws_objectives(stage, out) && labels && drawn_together(stage, out, scope);
  return file_of(stage, out, scope) && drawn;
}

bool ScriptChecker::predictors_have_learnt(const syntax::Stage& stage, const CheckedStage& out, const Scope& scope) {
  const auto* call = std::get_if<syntax::Call>(&stage.operands[0].value->node);
  if (!call || !out.call.component ||
      !std::any_of(out.call.component->args.begin(), out.call.component->args.end(),
                   [](const ArgSpec& spec) { return spec.stage_kind == "Predictor"; }))
    return true;
  const bool learnt = std::all_of(call->arguments.begin(), call->arguments.end(), [&](const syntax::Argument& argument) {
    const Value value = evaluate(*argument.value, scope);
    const auto* handle = dynamic_cast<const StageHandle*>(value.handle());
    return !handle || handle->type_name() != "Predictor" || predictor_named(*argument.value, scope);
  });
  if (!learnt || !know_their_networks(out.shows, stage.operands[0].span)) return false;
  for (const std::string& one : out.shows)
    if (const auto known = learning_.find(one);
        known != learning_.end() && !known->second.probe.empty() &&
        std::find(out.shows.begin(), out.shows.end(), known->second.probe) != out.shows.end())
      diagnostics_.warning("W905", stage.operands[0].span,
                           fmt::format("{} has learnt from {}: a picture of the two says little", one, known->second.probe),
                           "draw it over a profile of other networks");
  return true;
}

bool ScriptChecker::drawn_together(const syntax::Stage& stage, const CheckedStage& out, const Scope& scope) {
  if (!out.call.component) return true;
  const auto& args = out.call.component->args;
  const bool families = std::any_of(args.begin(), args.end(), takes_families);
  const bool named = std::any_of(args.begin(), args.end(), names_metric);
  if (!families && !named) return true;
  struct Drawn {
    const CheckedStage* stage;
    std::string name;  ///< of the family, where it is a run of one
    Axes axes;
    std::set<std::string> runs;
  };
  std::vector<Drawn> all;
  for (const std::string& run : out.shows) {
    const auto shown = std::find_if(script_.stages.begin(), script_.stages.end(),
                                    [&](const CheckedStage& s) { return s.name == run && s.search; });
    if (shown == script_.stages.end()) continue;
    const std::string& name = shown->seed ? shown->stream : shown->name;
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const Drawn& d) { return d.name == name && d.stage->seed && shown->seed; });
    if (known != all.end()) {
      known->runs.insert(run);
      continue;
    }
    std::vector<MetricId> metrics;
    for (const CheckedMetric& metric : shown->search->metrics) metrics.push_back(metric.id);
    const auto axes = axes_of(name, ResultColumns(metrics, shown->search->objectives), out.call.arguments.value("x", ""),
                              out.call.arguments.value("y", ""));
    if (axes) all.push_back({&*shown, name, *axes, {run}});
  }
  const auto span_of = [&](const Drawn& drawn) {
    const std::function<bool(const Value&)> gives = [&](const Value& value) {
      if (const List* runs = value.list()) return std::any_of(runs->begin(), runs->end(), gives);
      const auto reference = stage_reference(value, "Result");
      return reference && (*reference)["$stage"] == drawn.stage->name;
    };
    if (const auto* call = std::get_if<syntax::Call>(&stage.operands[0].value->node))
      for (const auto& argument : call->arguments)
        if (argument.value && !argument.name && gives(evaluate(*argument.value, scope))) return argument.value->span;
    return stage.operands[0].span;
  };
  for (const Drawn& drawn : all)
    if (families && drawn.runs.size() < 2) {
      diagnostics_.error("E838", span_of(drawn),
                         fmt::format("{} is one run: a share of its runs attains nothing", drawn.stage->name),
                         "give a family of several runs, e.g. { seeds = 1..5 }");
      return false;
    }
  for (std::size_t i = 1; i < all.size(); ++i)
    if (const auto shared = share_axes(all[0].name, all[0].axes, all[i].name, all[i].axes, named); !shared) {
      diagnostics_.error(shared.failure().code, span_of(all[i]), shared.failure().message, shared.failure().hint);
      return false;
    }
  return true;
}

bool ScriptChecker::draws_objectives(const syntax::Stage& stage, const CheckedStage& out) {
  if (!out.call.component) return true;
  const auto least = out.call.component->min_objectives, most = out.call.component->max_objectives;
  for (const std::string& name : out.shows) {
    const CheckedSearch* search = search_of(name);
    if (!search || (search->objectives.size() >= least && search->objectives.size() <= most)) continue;
    const std::size_t given = search->objectives.size();
    diagnostics_.error("E709", stage.operands[0].span,
                       fmt::format("plot {} draws {} objectives, and {} has {}", out.call.component->name,
                                   least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most), name, given),
                       given > most ? "plot parallel draws any number of them" : "");
    return false;
  }
  return true;
}

bool ScriptChecker::labels_known(const syntax::Stage& stage, const CheckedStage& out) {
  if (!out.call.component) return true;
  bool good = true;
  for (const ArgSpec& spec : out.call.component->args) {
    const auto value = out.call.arguments.find(spec.name);
    if (!names_metric(spec) || value == out.call.arguments.end() || *value == "") continue;
    const auto wanted = value->get<std::string>();
    for (const CheckedStage& shown : script_.stages) {
      if (!shown.search || std::find(out.shows.begin(), out.shows.end(), shown.name) == out.shows.end()) continue;
      std::vector<MetricId> metrics;
      for (const CheckedMetric& metric : shown.search->metrics) metrics.push_back(metric.id);
      const auto labels = result_labels(metrics, shown.search->objectives);
      if (label_meant(labels, wanted)) continue;
      std::vector<std::string> candidates = labels;
      for (const MetricId& id : metrics) candidates.push_back(id.name);
      const std::string near = did_you_mean(wanted, candidates);
      diagnostics_.error("E703", argument_span(stage, spec.name), fmt::format("{} has no {}", shown.name, wanted),
                         near.empty() ? "" : fmt::format("did you mean {}?", near),
                         fmt::format("it has {}.", fmt::join(labels, ", ")));
      good = false;
    }
  }
  return good;
}

void ScriptChecker::export_stage(const syntax::Stage& stage, Span span, Scope& scope) {
  only_clauses(stage, {"as", "to"});
  if (stage.operands.empty() || !stage.operands[0].value) {
    diagnostics_.error("E403", stage.word.span, "export needs the result of a search",
                       "e.g. export front as csv to \"out/front.csv\"");
    return;
  }
  if (stage.operands.size() > 1)
    diagnostics_.error("E404", stage.operands[1].span,
                       fmt::format("export takes one result, and there are {}", stage.operands.size()),
                       "write a statement for each");
  const Value what = evaluate(*stage.operands[0].value, scope);
  if (const List* list = what.list(); list && !list->empty() && stage_reference(list->front(), "Profile")) {
    diagnostics_.error("E404", stage.operands[0].span, fmt::format("export takes one profile, and there are {}", list->size()),
                       fmt::format("write a statement for each, e.g. export {}[1]", text_of(stage.operands[0].span)));
    return;
  }
  const auto* as = clause(stage, "as");
  if (!as)
    diagnostics_.error("E403", stage.word.span, "export needs a format",
                       fmt::format("write as {}", fmt::join(input_.registry->names(ComponentKind::export_format), ", as ")));
  const Component* component = as ? component_named(ComponentKind::export_format, *as->operands[0].value) : nullptr;
  auto call = component ? bound_call(*component, *as->operands[0].value, scope, &stage.settings) : std::nullopt;
  CheckedStage out = new_stage("export", fresh_name(component ? "export " + component->name : "export"), span);
  // A profile is all that it has measured.
  const auto* handle = dynamic_cast<const StageHandle*>(what.handle());
  const bool whole = handle && handle->type_name() == "Profile";
  if (whole) out.message = "archive";
  const bool learnt = handle && handle->type_name() == "Predictor";
  if (component && learnt != (component->name == "predictor")) {
    diagnostics_.error("E301", stage.operands[0].span,
                       fmt::format("as {} exports {}, and this is {}", component->name,
                                   learnt ? "networks of a result" : "a predictor", what.kind()),
                       learnt ? "write as predictor" : "");
    return;
  }
  if (learnt && !predictor_named(*stage.operands[0].value, scope)) return;
  const bool shown = !what.poisoned() && show_results(what, stage.operands[0].span, out,
                                                      whole    ? "Profile"
                                                      : learnt ? "Predictor"
                                                               : "Result");
  const bool written = file_of(stage, out, scope);
  const ArgSpec* part = component ? component->find_arg("part") : nullptr;
  if (part && !out.message.empty() && std::find(part->labels.begin(), part->labels.end(), out.message) == part->labels.end()) {
    diagnostics_.error("E405", stage.operands[0].span, fmt::format("{} cannot write the {}", component->name, out.message),
                       out.message == "space" ? "write as nas" : fmt::format("it writes {}", fmt::join(part->labels, ", ")));
    return;
  }
  if (!call || !shown || !written || stage.operands.size() > 1) return;
  if (component->needs_weights && !have_weights(out)) {
    diagnostics_.error("E710", stage.operands[0].span,
                       fmt::format("{} has no weights for {}", text_of(stage.operands[0].span), component->name),
                       "train a super-network and search with its accuracy",
                       "e.g. train weights = supernet() of net using data, objective maximize accuracy from weights.");
    return;
  }
  out.call = std::move(*call);
  script_.stages.push_back(std::move(out));
}

bool ScriptChecker::have_weights(const CheckedStage& out) const {
  return std::all_of(out.shows.begin(), out.shows.end(), [&](const std::string& name) {
    const CheckedSearch* search = search_of(name);
    return search && std::any_of(search->metrics.begin(), search->metrics.end(),
                                 [](const CheckedMetric& metric) { return metric.from == CheckedMetric::From::weights; });
  });
}

bool ScriptChecker::show_results(const Value& what, Span span, CheckedStage& out, const std::string& type) {
  if (const List* runs = what.list(); runs && !runs->empty())
    return std::all_of(runs->begin(), runs->end(), [&](const Value& run) { return show_results(run, span, out, type); });
  const auto reference = stage_reference(what, type);
  if (!reference) {
    diagnostics_.error("E301", span, fmt::format("the result of a search is needed here, and this is {}", what.kind()));
    return false;
  }
  out.shows.push_back((*reference)["$stage"].get<std::string>());
  need(out, out.shows.back());
  if (what.later()) {
    const std::string text = text_of(span);
    out.message = text.find(".best") != std::string::npos      ? "best"
                  : text.find(".archive") != std::string::npos ? "archive"
                  : text.find(".space") != std::string::npos   ? "space"
                                                               : "front";
  }
  return true;
}

void ScriptChecker::report_stage(const syntax::Stage& stage, Span span, Scope& scope) {
  only_clauses(stage, {"to"});
  const Component* component = input_.registry->find(ComponentKind::report, "report");
  if (!component) return;
  CheckedStage out = new_stage("report", fresh_name("report"), span);
  if (stage.operands.empty())
    diagnostics_.error("E403", stage.word.span, "report needs the result of a search",
                       "e.g. report front to \"out/report.html\"");
  bool good = !stage.operands.empty();
  // Its results are operands, and it has no other arguments.
  if (!stage.settings.empty()) {
    diagnostics_.error("E401", stage.settings[0].name.span, "report takes no settings");
    good = false;
  }
  for (const auto& operand : stage.operands) {
    const Value what = operand.value ? evaluate(*operand.value, scope) : Value(Poison{});
    const Value* first = &what;
    while (first->list() && !first->list()->empty()) first = &first->list()->front();
    const bool learnt = stage_reference(*first, "Predictor").has_value();
    // One that learns inside the searches that ask it has nothing to show.
    const bool known = !learnt || what.list() || predictor_named(*operand.value, scope);
    if (what.poisoned() || !known || !show_results(what, operand.span, out, learnt ? "Predictor" : "Result")) good = false;
  }
  out.call.component = component;
  if (file_of(stage, out, scope) && good) script_.stages.push_back(std::move(out));
}

}  // namespace nas
