#include "check/check_script.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "check/references.h"
#include "check/scope_names.h"
#include "check/script_checker.h"
#include "syntax/parse.h"

namespace nas {

CheckedScript ScriptChecker::check(std::uint32_t source) {
  global_ = std::make_unique<Scope>();
  importing_.push_back(std::string(input_.sources->name(source)));
  seed_given_ = input_.seed.has_value();
  script_.seed = input_.seed.value_or(0);
  run_source(source, *global_);
  if (!input_.goes_on) unknown_params();
  check_unused_spaces(source);
  check_unused_functions(source);
  if (!diagnostics_.has_errors() && !input_.goes_on && does_something()) unused_names(trees_.front()->statements);
  diagnostics_.sort_and_deduplicate();
  return std::move(script_);
}

void ScriptChecker::unknown_params() {
  for (const auto& [name, value] : input_.params) {
    if (std::any_of(script_.params.begin(), script_.params.end(), [&](const auto& p) { return p.name == name; })) continue;
    std::vector<std::string> known;
    for (const auto& p : script_.params) known.push_back(p.name);
    const std::string near = did_you_mean(name, known);
    const std::uint32_t given = input_.sources->add("-p " + name, name + "=" + value);
    diagnostics_.error("E401", {given, 0, static_cast<std::uint32_t>(name.size())},
                       fmt::format("the script has no param {}", name), near.empty() ? "" : fmt::format("did you mean {}?", near),
                       known.empty() ? "the script has no params." : fmt::format("its params are {}.", fmt::join(known, ", ")));
  }
}

void ScriptChecker::run_source(std::uint32_t source, Scope& scope) {
  const std::size_t before = diagnostics_.all().size();
  auto tree = std::make_shared<syntax::Script>(syntax::parse(*input_.sources, source, diagnostics_));
  for (std::size_t i = before; i < diagnostics_.all().size(); ++i) words_of_line(diagnostics_.all()[i].span);
  trees_.push_back(tree);
  collect_references(tree->statements, referenced_);
  declared_later(tree->statements);
  run(tree->statements, scope);
}

void ScriptChecker::declared_later(const syntax::Body& body) {
  for (const auto& statement : body) {
    if (const auto* let = std::get_if<syntax::Let>(&statement.node)) declared_[let->name.text] = let->name.span;
    if (const auto* param = std::get_if<syntax::Param>(&statement.node)) declared_[param->name.text] = param->name.span;
    if (const auto* def = std::get_if<syntax::DefFunction>(&statement.node)) declared_[def->name.text] = def->name.span;
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) declared_spaces_[def->name.text] = def->name.span;
    if (const auto* stage = std::get_if<syntax::Stage>(&statement.node); stage && stage->name)
      declared_[stage->name->text] = stage->name->span;
  }
}

void ScriptChecker::words_of_line(Span span) {
  const std::string_view line = input_.sources->line(span.source, input_.sources->position(span.source, span.begin).line);
  std::string word;
  for (const char c : std::string(line) + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word += c;
    } else if (!word.empty()) {
      half_declared_.insert(std::exchange(word, ""));
    }
  }
}

void ScriptChecker::run(const syntax::Body& body, Scope& scope) {
  for (const auto& statement : body) std::visit([&](const auto& node) { execute(node, statement.span, scope); }, statement.node);
}

void ScriptChecker::define(const syntax::Name& name, Value value, Scope& scope) {
  if (input_.registry->metric(name.text))
    diagnostics_.error("E202", name.span, fmt::format("{} is the name of a metric", name.text), "choose another name");
  if (scope.find_here(name.text)) {
    Diagnostic& d = diagnostics_.error("E202", name.span, fmt::format("{} is declared twice", name.text), "the second time here");
    if (const auto first = scope.where(name.text)) d.labels.push_back({*first, "first here"});
    return;
  }
  scope.set(name.text, std::move(value), name.span);
}

std::optional<Value> ScriptChecker::resolve_name(const std::string& name, Span span) {
  if (const auto metric = input_.registry->metric(name)) return Value(metric_formula(*metric));
  if (const auto it = declared_.find(name);
      it != declared_.end() && it->second.source == span.source && it->second.begin > span.begin) {
    Diagnostic& d = diagnostics_.error("E203", span, fmt::format("{} is used before it is declared", name));
    d.labels.push_back({it->second, "declared here"});
    return Value(Poison{});
  }
  if (import_missing_ || half_declared_.count(name)) return Value(Poison{});
  return std::nullopt;
}

std::vector<std::string> ScriptChecker::known_names() const {
  std::vector<std::string> names;
  for (const MetricId& metric : input_.registry->metrics()) names.push_back(metric.name);
  return names;
}

bool ScriptChecker::can_give(const Component& component, const MetricId& metric) {
  const auto gives = [&](const std::string& name) {
    return std::find(component.metrics.begin(), component.metrics.end(), name) != component.metrics.end();
  };
  return gives(metric.name) ||
         (metric.own && std::all_of(all_metrics().begin(), all_metrics().end(),
                                    [&](const MetricKind& kind) { return kind.exact || gives(kind.name); }));
}

std::string ScriptChecker::giving(const std::string& metric) const {
  for (const Component* source : input_.registry->of_kind(ComponentKind::source))
    if (std::find(source->metrics.begin(), source->metrics.end(), metric) != source->metrics.end()) return source->name;
  return metric;
}

std::string ScriptChecker::text_of(Span span) const {
  return std::string(input_.sources->text(span.source).substr(span.begin, span.end - span.begin));
}

std::optional<Value> ScriptChecker::path(const syntax::Expr& expr, const Scope& scope) {
  const auto* part = std::get_if<syntax::Member>(&expr.node);
  return part ? wrong_part_of_best(*part->object, part->name, scope) : std::nullopt;
}

std::optional<Value> ScriptChecker::wrong_part_of_best(const syntax::Expr& object, const syntax::Name& part, const Scope& scope) {
  const auto* best = std::get_if<syntax::Member>(&object.node);
  if (!best || best->name.text != "best") return std::nullopt;
  const Value searched = evaluate(*best->object, scope);
  const auto* handle = dynamic_cast<const StageHandle*>(searched.handle());
  if (!handle) return std::nullopt;
  const std::string& result = handle->stage();
  std::vector<std::string> parts, several;
  const MetricKind* of_several = nullptr;
  for (const CheckedStage& stage : script_.stages) {
    if (stage.name != result || !stage.search) continue;
    for (const CheckedMetric& metric : stage.search->metrics) {
      parts.push_back(metric.id.name);
      if (!metric.id.device.empty()) parts.push_back(metric.id.label());
      if (metric.id.name != part.text) continue;
      several.push_back(metric.id.label());
      of_several = find_metric({part.text, "", metric.id.own});
    }
    for (const char* name : {"macs", "params", "architecture"}) parts.emplace_back(name);
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  if (several.size() > 1 && of_several->needs_device) {
    diagnostics_.error("E204", part.span, fmt::format("the best network of {} has several of {}", result, part.text),
                       fmt::format("say which one: {}", fmt::join(several, ", ")));
    return Value(Poison{});
  }
  if (parts.empty() || std::find(parts.begin(), parts.end(), part.text) != parts.end()) return std::nullopt;
  const std::string near = did_you_mean(part.text, parts);
  diagnostics_.error("E207", part.span, fmt::format("the best network of {} has no part {}", result, part.text),
                     near.empty() ? "" : fmt::format("did you mean {}?", near),
                     fmt::format("it has {}.", fmt::join(parts, ", ")));
  return Value(Poison{});
}

Value ScriptChecker::at_device(const syntax::AtDevice& at, Span span, const Scope& scope) {
  const Value device = evaluate(*at.device, scope);
  // A part of the best network: front.best.latency@phone.
  if (const auto* part = std::get_if<syntax::Member>(&at.metric->node)) {
    const auto* handle = dynamic_cast<const StageHandle*>(device.handle());
    const Value object = evaluate(*part->object, scope);
    if (object.poisoned()) return Poison{};
    if (handle && handle->type_name() == "Device" && (object.later() || object.list())) {
      const Span place{span.source, part->name.span.begin, span.end};
      const syntax::Name name{MetricId{part->name.text, handle->stage()}.label(), place};
      if (auto wrong = wrong_part_of_best(*part->object, name, scope)) return *wrong;
      return member(object, name.text, place);
    }
  }
  const Value metric = evaluate(*at.metric, scope);
  if (metric.poisoned() || device.poisoned()) return Poison{};
  const auto* formula = metric.shared_if<Formula>();
  if (!formula || formula->metrics.size() != 1 || formula->expression.steps.size() != 1) {
    diagnostics_.error("E301", at.metric->span,
                       fmt::format("metric@device needs a metric before the @, and this is {}", metric.kind()));
    return Poison{};
  }
  const auto* handle = dynamic_cast<const StageHandle*>(device.handle());
  if (!handle || handle->type_name() != "Device") {
    diagnostics_.error("E301", at.device->span,
                       fmt::format("metric@device needs a device behind the @, and this is {}", device.kind()));
    return Poison{};
  }
  MetricId id = formula->metrics[0];
  if (!may_stand_on_device(*find_metric(id))) {
    diagnostics_.error("E703", span, fmt::format("{} does not depend on a device", id.name),
                       fmt::format("write {} alone", id.name));
    return Poison{};
  }
  id.device = handle->stage();
  return metric_formula(id);
}

CheckResult check_script(std::uint32_t source, CheckInput input) {
  CheckResult result;
  result.keep = std::make_shared<ScriptChecker>(std::move(input));
  result.script = result.keep->check(source);
  return result;
}

std::vector<std::pair<std::string, Value>> names_in_scope(const CheckResult& checked) {
  std::vector<std::string> names;
  checked.keep->scope().collect_names(names);
  std::sort(names.begin(), names.end());
  std::vector<std::pair<std::string, Value>> list;
  for (const std::string& name : names)
    if (const Value* value = checked.keep->scope().find_here(name)) list.emplace_back(name, *value);
  return list;
}

}  // namespace nas
