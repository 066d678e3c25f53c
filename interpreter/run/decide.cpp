#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/files.h"
#include "core/rng.h"
#include "run/engine.h"
#include "run/reuse.h"
#include "run/search_json.h"

namespace nas {
namespace {

nlohmann::json call_fields(const CheckedCall& call) {
  nlohmann::json fields = {
      {"component", call.component->name}, {"version", call.component->schema_version}, {"arguments", call.arguments}};
  if (!call.component->origin.empty()) fields["plug-in"] = call.component->origin;
  return fields;
}

nlohmann::json steps_of(const MetricExpr& expression) {
  auto steps = nlohmann::json::array();
  for (const auto& step : expression.steps) steps.push_back({static_cast<int>(step.op), step.metric, step.constant});
  return steps;
}

/// JSON has no infinity: an open side is null.
nlohmann::json bound(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

}  // namespace

nlohmann::json Engine::fields_of(const CheckedStage& stage) {
  nlohmann::json fields = stage.call.component ? call_fields(stage.call) : nlohmann::json::object();
  if (stage.word != "plot") fields["seed"] = seed_of(stage);
  if (stage.word == "train" || stage.search || stage.learning) fields["stream"] = stage.stream;
  if (stage.learning) fields["metric"] = stage.learning->metric.label();
  if (stage.tuning) {
    fields["method"] = call_fields(stage.tuning->method);
    for (const auto& choice : stage.tuning->choices) fields["choices"].push_back({choice.argument, choice.values});
  }
  if (stage.learning && stage.word == "predictor" && !file_of(stage).empty())
    if (const auto bytes = read_file(file_of(stage))) fields["content"] = digest_of(*bytes);
  if (stage.word == "train" && !module_identity_.is_null()) fields["module"] = module_identity_["training"];
  if (stage.search) {
    for (const auto& tactic : stage.search->tactics) {
      nlohmann::json t = call_fields(tactic);
      if (tactic.component->prepares)
        if (auto preparation = preparation_of(tactic))
          if (auto content = (*preparation)->content(*spaces_.at(stage.search->space)); content && !content->empty())
            t["content"] = *content;
      fields["tactics"].push_back(t);
    }
    for (const CheckedMetric& metric : stage.search->metrics) {
      nlohmann::json m = {{"metric", metric.id.label()}};
      if (metric.id.own) m.update(kind_json(*metric.id.own));
      if (metric.source.component) m["source"] = call_fields(metric.source);
      if (metric.from == CheckedMetric::From::component)
        if (auto source = source_of(metric)) m["content"] = (*source)->key();
      if (!metric.learnt.empty()) m["learnt"] = metric.learnt;
      if (metric.predictor) m["predictor"] = call_fields(*metric.predictor);
      if (metric.predictor)
        if (const auto space = spaces_.find(stage.search->space); space != spaces_.end())
          if (const auto encoding = space->second->find_encoding(metric.predictor->arguments.value("features", "")))
            m["features"] = space->second->encoding_key(*encoding);
      fields["metrics"].push_back(m);
    }
    // Texts are for the reader; a number in them may be rounded, so the formulas count too.
    for (const Objective& o : stage.search->objectives) {
      fields["objectives"].push_back((o.maximise ? "maximize " : "minimize ") + o.label);
      fields["formulas"].push_back(steps_of(o.expression));
    }
    for (const Constraint& c : stage.search->constraints) {
      fields["constraints"].push_back(c.label);
      fields["formulas"].push_back({steps_of(c.expression), bound(c.lower), bound(c.upper)});
    }
    if (stage.search->until.any()) fields["until"] = stage.search->until_text;
  } else if (!stage.file.empty()) {
    fields["shows"] = stage.shows;
    fields["part"] = stage.message;
    fields["file"] = stage.file;
    if (stage.word == "report") fields["script"] = fmt::format("{:016x}", stable_hash(options_.script_text));
  }
  return fields;
}

StageDecision Engine::decide(const CheckedStage& stage) {
  StageDecision decision;
  decision.stage = stage.name;
  decision.fields = fields_of(stage);
  nlohmann::json& inputs = decision.fields["inputs"] = nlohmann::json::object();
  for (const std::string& need : stage.needs) {
    const auto content = contents_.find(need);
    if (content == contents_.end()) decision.unknown.push_back(need);
    inputs[need] = content == contents_.end() ? nlohmann::json() : content->second;
  }
  decision.key = key_of(decision.fields);
  if (stage.word != "train" && !stage.search && stage.file.empty()) {
    decision.action = StageDecision::Action::always;
    if (stage.tuning && decision.unknown.empty() && run_id_.empty()) count_trials(stage, decision);
    // What is learnt follows from what it is learnt from.
    if (stage.learning && decision.unknown.empty()) contents_[stage.name] = decision.key;
    if (auto content = content_of(stage); !content.is_null()) contents_[stage.name] = std::move(content);
    return decision;
  }
  if (stage.search) {
    decision.measurements = measurements_of(*stage.search);
    if (!options_.fresh) decision.known = known_networks(*stage.search);
  }
  contents_.erase(stage.name);
  const auto before = store_->latest_stage(options_.script_name, stage.name);
  if (before) decision.seconds = before->seconds;
  if (options_.fresh) {
    decision.reason = "--fresh";
    return decision;
  }
  if (!decision.unknown.empty()) {
    // An input is still to be made: with the content that it had last time, would anything else differ?
    nlohmann::json likely = decision.fields;
    for (const std::string& name : decision.unknown)
      if (before && before->fields.is_object() && before->fields.value("inputs", nlohmann::json::object()).contains(name))
        likely["inputs"][name] = before->fields["inputs"][name];
    if (before) decision.reason = first_difference(likely, before->fields);
    if (!before)
      decision.reason = "never run";
    else if (decision.reason.empty())
      decision.reason = decision.unknown.size() > 3
                            ? fmt::format("only if {} or one of {} others comes out differently", decision.unknown[0],
                                          decision.unknown.size() - 1)
                            : fmt::format("only if {} comes out differently", fmt::join(decision.unknown, " or "));
    return decision;
  }
  const auto record = store_->find_stage(decision.key);
  if (!record) {
    decision.reason = before ? first_difference(decision.fields, before->fields) : "never run";
    if (decision.reason.empty()) decision.reason = "its record is damaged";
    return decision;
  }
  decision.reason = damage(stage, record->result);
  if (!decision.reason.empty()) return decision;
  decision.action = StageDecision::Action::reuse;
  decision.seconds = record->seconds;
  contents_[stage.name] = content_of(stage, record->result);
  return decision;
}

std::string Engine::damage(const CheckedStage& stage, const nlohmann::json& record) {
  if (!complete(stage, stage.search ? spaces_.at(stage.search->space).get() : nullptr, record)) return "its record is damaged";
  if (!stage.file.empty()) {
    const auto bytes = read_whole_file(output_path(stage.file));
    if (!bytes) return "the file is gone";
    if (fmt::format("{:016x}", stable_hash(*bytes)) != record.value("hash", "")) return "the file was changed";
  }
  if (stage.word == "train") {
    const auto bytes = read_whole_file(weights_path(record));
    if (!bytes) return "the weights file is gone";
    if (digest_of(*bytes) != record.value("key", "")) return "the weights file was changed";
  }
  return "";
}

nlohmann::json Engine::content_of(const CheckedStage& stage, const nlohmann::json& record) {
  if (stage.word == "train") return record.at("key");
  std::string bytes;
  nlohmann::json::to_cbor(record, bytes);
  return digest_of(bytes);
}

nlohmann::json Engine::content_of(const CheckedStage& stage) const {
  if (stage.word == "dataset") return datasets_.at(stage.name)->key;
  if (stage.word == "device") return devices_.at(stage.name)->identity();
  if (stage.word != "space") return nullptr;
  const auto& pool = spaces_.at(stage.name)->pool();
  const auto dropped = spaces_.at(stage.name)->dropped();
  if (!dropped.empty() && pool.empty())
    return fmt::format("{} without {:016x}", stage.space->key(), stable_hash(fmt::format("{}", fmt::join(dropped, "\n"))));
  if (pool.empty()) return stage.space->key();
  std::string genomes;
  for (const Arch& arch : pool) genomes += genes_text(arch);
  return fmt::format("{} pool {:016x}", stage.space->key(), stable_hash(genomes));
}

bool Engine::computed_in_batches(const CheckedMetric& metric, const CheckedSearch& spec) {
  if (made_by_a_stage(metric)) return metric.from == CheckedMetric::From::learnt;
  auto source = source_of(metric);
  if (!source || stands_for_measurements(metric, **source)) return false;
  auto batch = (*source)->batch(spaces_.at(spec.space));
  return batch && *batch;
}

bool Engine::measures(const CheckedSearch& spec) {
  return std::any_of(spec.metrics.begin(), spec.metrics.end(), [&](const CheckedMetric& metric) {
    if (made_by_a_stage(metric)) return metric.from == CheckedMetric::From::weights;
    auto source = source_of(metric);
    return source && (*source)->cost() == MetricSource::Cost::measured;
  });
}

std::int64_t Engine::measurements_of(const CheckedSearch& spec) {
  const bool measured = std::any_of(spec.metrics.begin(), spec.metrics.end(),
                                    [&](const CheckedMetric& m) { return !computed_in_batches(m, spec); });
  const auto tactic = tactic_of(spec);
  if (!measured || !tactic) return 0;
  SearchTask task;
  give_algorithm(task, spec, **tactic);
  auto most = static_cast<std::int64_t>((*tactic)->measurements(task));
  if (spec.until.evaluations > 0 && (most == 0 || spec.until.evaluations < most)) most = spec.until.evaluations;
  const mpz_class networks = spaces_.at(spec.space)->networks();
  return networks < most ? networks.get_si() : most;
}

std::int64_t Engine::known_networks(const CheckedSearch& spec) {
  std::optional<std::int64_t> known;
  for (const CheckedMetric& metric : spec.metrics) {
    if (metric.from == CheckedMetric::From::learnt) continue;
    if (metric.from == CheckedMetric::From::weights && !weights_.find(metric.stage)) return 0;  // still to be trained
    auto source = source_of(metric);
    if (!source || (*source)->cost() != MetricSource::Cost::measured) continue;
    const std::int64_t count = store_->measurement_count((*source)->key(), spaces_.at(spec.space)->key());
    known = known ? std::min(*known, count) : count;
  }
  return known.value_or(0);
}

}  // namespace nas
