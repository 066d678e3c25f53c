#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/check.h"
#include "core/files.h"
#include "core/value_text.h"
#include "run/encoded_predictor.h"
#include "run/engine.h"
#include "run/journal.h"
#include "run/reuse.h"
#include "run/search_json.h"
#include "run/search_time.h"
#include "run/sources.h"

namespace nas {

Journal::Options Engine::journal_options(const std::string& stage, const Cancelled& cancelled) {
  return {run_id_, options_.fresh, options_.threads, cancelled,
          [this, stage](const std::string& what, double done, double total) { progress_.step(stage, what, done, total, ""); }};
}

std::string Engine::weights_path(const nlohmann::json& record) const {
  return (std::filesystem::path(options_.store_folder) / record.value("path", "")).string();
}

Result<std::shared_ptr<const MetricSource>> Engine::built_source(const CheckedCall& call) {
  const std::string key = key_of({{"component", call.component->name}, {"arguments", call.arguments}});
  if (auto known = sources_.find(key)) return known;
  auto built = call.component->build(call.arguments, *this);
  if (!built) return built.failure();
  auto source = std::static_pointer_cast<const MetricSource>(std::static_pointer_cast<MetricSource>(*built));
  sources_.set(key, source);
  return source;
}

Result<std::shared_ptr<Preparation>> Engine::preparation_of(const CheckedCall& call) {
  auto built = call.component->build(call.arguments, *this);
  if (!built) return built.failure();
  return std::static_pointer_cast<Preparation>(*built);
}

Result<std::shared_ptr<Tactic>> Engine::tactic_of(const CheckedSearch& spec) {
  for (const CheckedCall& call : spec.tactics) {
    if (call.component->prepares) continue;
    auto built = call.component->build(spec.until.any() ? call.without_length() : call.arguments, *this);
    if (!built) return built.failure();
    return std::static_pointer_cast<Tactic>(*built);
  }
  auto built_in = [&](const char* name) {
    const Component* component = options_.registry->find(ComponentKind::tactic, name);
    NAS_CHECK(component);
    auto built = component->build(nlohmann::json::object(), *this);
    NAS_CHECK(built);
    return std::static_pointer_cast<Tactic>(*built);
  };
  if (spec.algorithm.component->learns) return built_in("direct");
  // Without a tactic: predictors that were declared for a metric that has to be measured are used, else every network is looked
  // up.
  const bool predicted = std::any_of(spec.metrics.begin(), spec.metrics.end(),
                                     [&](const CheckedMetric& m) { return m.predicted() && !computed_in_batches(m, spec); });
  return built_in(predicted ? "full" : "direct");
}

Result<std::shared_ptr<const MetricSource>> Engine::source_of(const CheckedMetric& metric) {
  switch (metric.from) {
    case CheckedMetric::From::computed:
      return computed_source(metric.id.name);
    case CheckedMetric::From::component:
      return built_source(metric.source);
    case CheckedMetric::From::weights: {
      const auto weights = weights_.find(metric.stage);
      NAS_CHECK(weights);
      return weights_source(weights, metric.id.name, Split::validation, *this);
    }
    case CheckedMetric::From::learnt: {
      const auto learnt = learnt_.find(metric.stage);
      NAS_CHECK(learnt);
      return learnt_source(learnt, "learnt " + metric.stage);
    }
    case CheckedMetric::From::device:
      return devices_.at(metric.stage)->source(*find_metric(metric.id));
  }
  throw Bug("metric source");
}

Result<void> Engine::train(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                           nlohmann::json& record) {
  auto built = stage.call.component->build(stage.call.arguments, *this);
  if (!built) return built.failure();
  // A fresh training has a folder of its own: it neither continues from a checkpoint nor touches weights that others reuse.
  auto folder = store_->artifact_folder(options_.fresh ? decision.key + "/" + run_id_ : decision.key);
  if (!folder) return folder.failure();
  const auto training = std::static_pointer_cast<Training>(*built);
  NetworkRunner::Progress progress;
  progress.cancelled = cancelled;
  progress.step = [&](double done, double total, double loss) {
    progress_.step(stage.name, "training", done, total, fmt::format("loss {:.3f}", loss));
  };
  auto weights = training->train(*spaces_.at(stage.of_space), *datasets_.at(stage.using_dataset),
                                 Stream(seed_of(stage), stage.stream).split("train").next(), *folder, *this, progress);
  if (!weights) return weights.failure();
  auto bytes = read_whole_file(weights->path);
  if (!bytes) return bytes.failure();
  weights->key = digest_of(*bytes);
  // Relative to the store, so that its folder can be moved.
  const std::string path = std::filesystem::path(weights->path).lexically_relative(options_.store_folder).string();
  record = {{"kind", "weights"},           {"path", path},         {"key", weights->key}, {"space", weights->space_key},
            {"summary", weights->summary}, {"loss", weights->loss}};
  return {};
}

Result<SearchTask> Engine::task_of(const CheckedStage& stage) {
  const CheckedSearch& spec = *stage.search;
  SearchTask task;
  const auto space = spaces_.at(spec.space);
  task.space = space.get();
  task.objectives = spec.objectives;
  task.constraints = spec.constraints;
  task.stream = Stream(seed_of(stage), stage.stream);
  task.threads = options_.threads;
  task.until = spec.until;
  const auto tactic = tactic_of(spec);
  const bool on_predictions = tactic && !(*tactic)->measures_batches();
  for (const CheckedMetric& metric : spec.metrics) {
    SearchMetric out;
    out.id = metric.id;
    out.kind = *find_metric(metric.id);
    out.on_images = metric.from == CheckedMetric::From::weights;
    if (!made_by_a_stage(metric) || has_result(metric.stage)) {
      auto source = source_of(metric);
      if (!source) return source.failure();
      out.source = *source;
      auto batch = out.source->batch(space);
      if (!batch) return batch.failure();
      if (!stands_for_measurements(metric, *out.source)) out.batch = *batch;
      // What nothing predicts and a table holds is looked up, also where the rest of the search is predicted.
      if (!out.batch && on_predictions && !metric.predicted() && out.source->cost() == MetricSource::Cost::looked_up)
        out.batch = looked_up(out.source, space);
    }
    if (const auto learnt = learnt_.find(metric.learnt)) out.predictor = [learnt] { return frozen(learnt->predictor); };
    if (metric.predictor) out.predictor = predictor_maker(*metric.predictor->component, metric.predictor->arguments, space);
    task.metrics.push_back(std::move(out));
  }
  return task;
}

Result<SearchTask> Engine::open_search(const std::string& name) {
  const CheckedStage& stage = stage_named(name);
  NAS_CHECK(stage.search);
  for (const std::string& need : stage.needs)
    if (const CheckedStage& other = stage_named(need); other.word == "train" || other.search || other.learning)
      return Failure{"E707", fmt::format("{} needs {}, which has to run before", name, need),
                     "a search that is asked and told stands alone"};
  auto task = task_of(stage);
  if (!task) return task;
  const auto tactic = tactic_of(*stage.search);
  if (!tactic) return tactic.failure();
  give_algorithm(*task, *stage.search, **tactic);
  return task;
}

Result<void> Engine::search(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                            nlohmann::json& record) {
  const CheckedSearch& spec = *stage.search;
  auto made = task_of(stage);
  if (!made) return made.failure();
  SearchTask& task = *made;
  const auto tactic = tactic_of(spec);
  if (!tactic) return tactic.failure();
  give_algorithm(task, spec, **tactic);
  std::vector<std::string> notes;
  for (const CheckedCall& call : spec.tactics) {
    if (!call.component->prepares) continue;
    auto preparation = preparation_of(call);
    if (!preparation) return preparation.failure();
    if (auto prepared = (*preparation)->prepare(task, notes); !prepared) return prepared;
  }
  Journal journal(*store_, task, journal_options(stage.name, cancelled));
  SearchTime time(*store_, decision.key, options_.fresh);
  Tactic::Progress progress;
  progress.elapsed = [&](std::int64_t evaluations) { return time.elapsed(evaluations); };
  progress.cancelled = cancelled;
  progress.step = [&](const std::string& what, double done, double total) { progress_.step(stage.name, what, done, total, ""); };
  std::shared_ptr<LayerProfile> layers;
  if (profiles_layers(stage)) {
    auto measured = measure_layers(stage, task, cancelled, notes);
    if (!measured) return measured.failure();
    layers = std::move(*measured);
  }
  auto found = (*tactic)->run(task, journal, progress);
  if (!found) return found.failure();
  if (auto forgotten = store_->forget_elapsed(decision.key); !forgotten) return forgotten;
  if (found->front.empty()) {
    // Infeasible: say how far the closest network was from each bound.
    std::string hint;
    for (const Constraint& c : task.constraints) {
      const bool below = std::isfinite(c.upper);
      double best = below ? INFINITY : -INFINITY;
      for (const SearchRow& row : found->rows) {
        std::vector<double> values;
        for (const Measurement& v : row.measured) values.push_back(v.value);
        double value = 0;
        c.expression.evaluate(values, values.size(), {&value, 1});
        best = below ? std::min(best, value) : std::max(best, value);
      }
      if (std::isfinite(best))
        hint += fmt::format("{}{}: the {} value seen is {}", hint.empty() ? "" : "; ", c.label, below ? "smallest" : "largest",
                            format_quantity(best, dimension_named(c.expression.dimension)));
    }
    return Failure{"E815", fmt::format("no network of {} met the conditions of {}", spec.space, stage.name), hint};
  }
  if (layers) notes.push_back(check_layers(*task.space, *found, *layers));
  found->without = task.space->dropped();
  found->notes.insert(found->notes.begin(), notes.begin(), notes.end());
  for (std::string& note : journal.notes()) found->notes.push_back(std::move(note));
  record = to_json(*found);
  record["kind"] = "search";
  if (layers) record["layers"] = layer_profile_json(*layers);
  // Outputs measure the front on the test images too: other weights are another result.
  for (const CheckedMetric& metric : spec.metrics)
    if (metric.from == CheckedMetric::From::weights) record["weights"][metric.stage] = weights_.find(metric.stage)->key;
  found_.set(stage.name, std::make_shared<SearchResult>(std::move(*found)));
  return {};
}

Result<std::vector<double>> Engine::test_accuracy(const CheckedStage& stage, const Cancelled& cancelled) {
  if (auto known = test_accuracy_.find(stage.name)) return *known;
  std::vector<double> values;
  for (const CheckedMetric& metric : stage.search->metrics) {
    if (metric.from != CheckedMetric::From::weights || metric.id.name != "accuracy") continue;
    const auto result = results_.find(stage.name);
    SearchTask task;
    task.space = spaces_.at(stage.search->space).get();
    auto source = weights_source(weights_.find(metric.stage), "accuracy", Split::test, *this);
    task.metrics.push_back({{"test accuracy", ""}, *find_metric("accuracy"), source, nullptr, nullptr});
    std::vector<Arch> archs;
    for (const auto i : result->front) archs.push_back(result->rows[i].arch);
    std::vector<Measurement> out;
    Journal journal(*store_, task, journal_options(stage.name, cancelled));
    if (auto measured = journal.measure(archs, out); !measured) return measured.failure();
    for (const Measurement& m : out) values.push_back(m.value);
  }
  test_accuracy_.set(stage.name, values);
  return values;
}

RunFacts Engine::facts() const {
  RunFacts facts;
  facts.script_name = options_.script_name;
  facts.script_text = options_.script_text;
  facts.plan_text = plan_text_;
  facts.seed = script_.seed;
  for (const auto& [name, device] : devices_) facts.device[name] = device->identity();
  facts.versions = versions();
  for (std::size_t i = 0; i < script_.stages.size(); ++i)
    if (const auto seconds = stage_seconds_[i].load(); seconds >= 0)
      facts.stage_seconds.emplace_back(script_.stages[i].name, seconds);
  facts.started = started_;
  for (const auto& weights : weights_.all()) facts.weights.push_back(*weights);
  return facts;
}

/// `net.arch(...)` among the arguments of an output, as a result of this one network.
Result<std::shared_ptr<const SearchResult>> Engine::architecture(const CheckedStage& stage, const std::string& space) const {
  auto result = std::make_shared<SearchResult>();
  for (const auto& [name, argument] : stage.call.arguments.items()) {
    if (!argument.is_object() || !argument.contains("genes") || argument.at("$stage") != space) continue;
    auto arch = spaces_.at(space)->parse_genes(argument.at("genes").get<std::vector<std::pair<std::string, std::string>>>());
    if (!arch) return arch.failure();
    SearchRow row;
    row.arch = std::move(*arch);
    result->front.push_back(result->rows.size());
    result->rows.push_back(std::move(row));
  }
  return std::shared_ptr<const SearchResult>(std::move(result));
}

Result<void> Engine::write_output(const CheckedStage& stage, const Cancelled& cancelled, nlohmann::json& record) {
  nlohmann::json arguments = stage.call.arguments;
  if (!stage.message.empty()) arguments["part"] = stage.message;
  auto built = stage.call.component->build(arguments, *this);
  if (!built) return built.failure();
  std::vector<OutputInput> inputs;
  std::map<std::string, std::vector<double>> tested;
  for (const std::string& name : stage.shows) {
    const CheckedStage& shown = stage_named(name);
    OutputInput input;
    input.name = name;
    if (shown.seed) input.family = shown.stream;
    if (shown.word == "space") {
      auto one = architecture(stage, name);
      if (!one) return one.failure();
      input.result = *one;
      input.space = spaces_.at(name);
      inputs.push_back(std::move(input));
      continue;
    }
    if (const auto learnt = learnt_.find(name)) {
      input.learnt = learnt;
      input.space = learnt->space;
      inputs.push_back(std::move(input));
      continue;
    }
    input.result = results_.find(name);
    if (!input.result) continue;  // its branch was not taken
    input.space = spaces_.at(shown.search->space);
    input.space_script = stage_named(shown.search->space).space_script;
    for (const CheckedMetric& metric : shown.search->metrics)
      if (metric.from == CheckedMetric::From::weights) input.weights = weights_.find(metric.stage);
    if (stage.word == "report" || stage.word == "export") {
      auto test = test_accuracy(shown, cancelled);
      if (!test) return test.failure();
      input.test_accuracy = *test;
      if (!test->empty()) tested[name] = std::move(*test);
    }
    inputs.push_back(std::move(input));
  }
  if (inputs.empty()) return {};
  auto bytes = std::static_pointer_cast<Output>(*built)->render(inputs, facts());
  if (!bytes) return bytes.failure();
  if (auto written = write_whole_file(output_path(stage.file), *bytes); !written) return written;
  record = {
      {"kind", "file"}, {"file", stage.file}, {"hash", fmt::format("{:016x}", stable_hash(*bytes))}, {"bytes", bytes->size()}};
  if (!tested.empty()) record["test_accuracy"] = tested;
  return {};
}

void Engine::restore(const CheckedStage& stage, const nlohmann::json& record) {
  if (stage.word == "train") {
    auto weights = std::make_shared<Weights>();
    weights->path = weights_path(record);
    weights->key = record.at("key");
    weights->space_key = record.at("space");
    weights->summary = record.at("summary");
    weights->loss = record.at("loss").get<std::vector<std::pair<double, double>>>();
    weights->dataset = *datasets_.at(stage.using_dataset);
    weights_.set(stage.name, std::move(weights));
  } else if (stage.search) {
    auto made = found_.find(stage.name);
    results_.set(stage.name, made ? std::move(made) : std::make_shared<const SearchResult>(search_result_from(record)));
    if (record.contains("layers"))
      layer_profiles_.set(stage.name, std::make_shared<LayerProfile>(layer_profile_from(record.at("layers"))));
  } else if (record.contains("test_accuracy")) {
    for (auto& [name, values] : record.at("test_accuracy").get<std::map<std::string, std::vector<double>>>())
      if (const auto found = results_.find(name); found && found->front.size() == values.size()) test_accuracy_.set(name, values);
  }
}

Result<Value> Engine::now(const Value& value) const {
  return known(value, [&](const std::string& stage) -> std::shared_ptr<const Handle> {
    if (auto found = results_.find(stage)) return result_handle(result(stage), std::move(found));
    if (auto found = learnt_.find(stage)) return learnt_handle(result(stage), std::move(found));
    if (const auto device = devices_.find(stage); device != devices_.end()) return layer_times_handle(device->second);
    return json_handle(result(stage));
  });
}

Services::Found Engine::found_by(const std::string& stage) const {
  Found found;
  if (const auto result = results_.find(stage)) {
    found.space = spaces_.at(stage_named(stage).search->space);
    for (const SearchRow& row : result->rows) found.networks.push_back(row.arch);
    for (const std::size_t i : result->front) found.front.push_back(result->rows[i].arch);
  }
  return found;
}

nlohmann::json Engine::result(const std::string& stage, std::size_t most) const {
  nlohmann::json json;
  if (const auto found = results_.find(stage); found && stage_named(stage).word == "profile")
    json = profile_json(stage_named(stage), *found);
  else if (found)
    json = result_for_users(*found, *spaces_.at(stage_named(stage).search->space),
                            test_accuracy_.find(stage).value_or(std::vector<double>{}), most);
  else if (const auto learnt = learnt_.find(stage))
    json = learnt_json(*learnt);
  else if (const auto weights = weights_.find(stage))
    json = {
        {"kind", "weights"}, {"summary", weights->summary}, {"loss", weights->loss.empty() ? 0.0 : weights->loss.back().second}};
  if (json.is_null()) return json;
  json["name"] = stage;
  if (const CheckedStage& checked = stage_named(stage); checked.seed) {
    json["family"] = checked.stream;
    json["seed"] = *checked.seed;
  }
  return json;
}

Result<void> Engine::execute(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                             nlohmann::json& record) {
  if (stage.word == "train") return train(stage, decision, cancelled, record);
  if (stage.learning) return learn(stage, cancelled);
  if (stage.search) return search(stage, decision, cancelled, record);
  if (stage.word == "show") {
    std::string line;
    for (const auto& shown : stage.values) {
      auto value = now(shown.value);
      if (!value) return value.failure();
      const std::string text = shown_text(*value);
      const bool own_lines = text.find('\n') != std::string::npos || line.find('\n') != std::string::npos;
      line += (line.empty() ? "" : own_lines ? "\n" : "  ") + text;
    }
    progress_.print(line + "\n");
    return {};
  }
  if (stage.word == "require") {
    auto value = now(stage.values[0].value);
    if (!value) return value.failure();
    if (!always(*value))
      return Failure{"requirement",
                     stage.message.empty() ? fmt::format("the requirement {} is not met", stage.values[0].text) : stage.message,
                     stage.values[0].text};
    return {};
  }
  if (!stage.file.empty()) return write_output(stage, cancelled, record);
  return {};
}

}  // namespace nas
