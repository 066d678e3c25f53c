#include "run/engine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

#include "core/check.h"
#include "core/files.h"
#include "run/search_json.h"
#include "run/sources.h"
#include "run/torch_module.h"

namespace nas {
namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string key_of(const nlohmann::json& fields) {
  const std::string text = fields.dump();
  return fmt::format("{:016x}{:016x}", stable_hash(text, 1), stable_hash(text, 2));
}

std::string genes_text(const Arch& arch) {
  std::string text;
  for (const auto g : arch.genes) text += fmt::format("{:02x}", g);
  return text;
}

std::string hash_text(const std::string& bytes) { return fmt::format("{:016x}{:016x}", stable_hash(bytes, 1), stable_hash(bytes, 2)); }

std::string shown(const nlohmann::json& value) {
  const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return text.size() > 40 ? text.substr(0, 37) + "..." : text;
}

/// The first field in which two sets of key fields differ, in words; empty when there is none. Inputs come last: what is
/// written in the stage itself is the nearer reason.
std::string first_difference(const nlohmann::json& now, const nlohmann::json& before, const std::string& path = "") {
  if (now == before) return "";
  if (now.is_array() && before.is_array() && now.size() == before.size()) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      const bool metric = now[i].is_object() && now[i].contains("metric") && now[i]["metric"].is_string();
      const std::string item = metric ? now[i]["metric"].get<std::string>() : path;
      if (auto found = first_difference(now[i], before[i], item); !found.empty()) return found;
    }
    return "";
  }
  if (!now.is_object() || !before.is_object()) {
    if (now.is_null() || before.is_null()) return path + (now.is_null() ? " is gone" : " is new");
    return fmt::format("{} is {}, was {}", path, shown(now), shown(before));
  }
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const auto& [name, value] : now.items()) {
    if (name == "inputs" || (before.contains(name) && value == before[name])) continue;
    if (!before.contains(name)) return prefix + name + " is new";
    // Hashes of contents say nothing to a reader.
    if (name == "content" || name == "script") return path.empty() ? fmt::format("the {} has changed", name) : fmt::format("the values behind {} have changed", path);
    // Arguments are named by their component: "nsga2.population is 40, was 20".
    const bool arguments = name == "arguments" && now.contains("component");
    if (auto found = first_difference(value, before[name], arguments ? now["component"].get<std::string>() : prefix + name); !found.empty()) return found;
  }
  if (now.contains("inputs"))
    for (const auto& [name, value] : now["inputs"].items()) {
      const nlohmann::json old = before.value("inputs", nlohmann::json::object());
      if (!old.contains(name)) return name + " is new";
      if (value == old[name]) continue;
      if (value.is_object() && old[name].is_object()) return first_difference(value, old[name], name);
      return name + " has changed";
    }
  for (const auto& [name, value] : before.items())
    if (!now.contains(name)) return prefix + name + " is gone";
  return "an input is gone";
}

/// Whether a stage's record can be restored: a damaged one counts as not there.
bool complete(const CheckedStage& stage, const Space* space, const nlohmann::json& record) {
  try {
    if (stage.word == "train") {
      for (const char* name : {"path", "key", "space", "summary"}) (void)record.at(name).get<std::string>();
      (void)record.at("loss").get<std::vector<std::pair<double, double>>>();
    } else if (stage.word == "search") {
      const SearchResult result = search_result_from(record);
      const auto whole = [&](const SearchRow& row) { return space && row.arch.genes.size() == space->gene_count() && row.measured.size() == result.metrics.size(); };
      if (!std::all_of(result.rows.begin(), result.rows.end(), whole)) return false;
      return !result.front.empty() && std::all_of(result.front.begin(), result.front.end(), [&](std::size_t i) { return i < result.rows.size(); });
    } else {
      (void)record.at("hash").get<std::string>();
    }
  } catch (const nlohmann::json::exception&) {
    return false;
  }
  return true;
}

}  // namespace

struct Engine::Outputs {
  std::map<std::string, std::shared_ptr<const Space>> spaces;
  std::map<std::string, std::shared_ptr<Dataset>> datasets;
  std::map<std::string, std::shared_ptr<Device>> devices;
  std::map<std::string, std::shared_ptr<Weights>> weights;
  std::map<std::string, std::shared_ptr<SearchResult>> results;
  std::map<std::string, std::vector<double>> test_accuracy;
  std::map<std::string, std::string> space_of_search, space_scripts;
};

/// The journal between a search and its sources: what the store knows is not measured again.
class Engine::JournalMeasurer : public Measurer {
 public:
  JournalMeasurer(Engine& engine, std::string stage, const SearchTask& task) : engine_(engine), stage_(std::move(stage)), task_(task) {}

  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
    const std::size_t m = task_.metrics.size();
    out.assign(archs.size() * m, {});
    for (std::size_t j = 0; j < m; ++j) {
      const SearchMetric& metric = task_.metrics[j];
      std::vector<Arch> missing;
      std::vector<std::size_t> rows;
      const std::string source = metric.source->key();
      const bool journalled = metric.source->cost() == MetricSource::Cost::measured;
      for (std::size_t i = 0; i < archs.size(); ++i) {
        if (journalled)
          if (auto known = known_measurement(source, archs[i])) {
            out[i * m + j] = *known;
            continue;
          }
        missing.push_back(archs[i]);
        rows.push_back(i);
      }
      if (missing.empty()) continue;
      std::optional<Failure> broken;
      std::size_t done = 0;
      const std::string label = metric.id.label();
      MeasureContext context;
      context.threads = engine_.options_.threads;
      context.cancelled = [&] { return engine_.cancelled_.load() || broken.has_value(); };
      auto measured = metric.source->measure(*task_.space, missing, context, [&](std::size_t k, const Measurement& value) {
        out[rows[k] * m + j] = value;
        if (journalled) {
          auto saved = engine_.store_->save_measurement(engine_.run_id_, source, task_.space->key(), genes_text(missing[k]), task_.space->spell(missing[k]), label, value);
          if (!saved) broken = saved.failure();
          engine_.progress_.step(stage_, "measuring " + label, static_cast<double>(++done), static_cast<double>(missing.size()), "");
        }
      });
      if (broken) return *broken;
      if (!measured) return measured;
    }
    return {};
  }

  std::size_t missing(std::span<const Arch> archs) const override {
    std::size_t count = 0;
    for (const Arch& arch : archs)
      for (const SearchMetric& metric : task_.metrics)
        if (metric.source->cost() == MetricSource::Cost::measured && !known_measurement(metric.source->key(), arch)) {
          ++count;
          break;
        }
    return count;
  }

 private:
  /// With --fresh only what this run has measured itself counts as known.
  std::optional<Measurement> known_measurement(const std::string& source, const Arch& arch) const {
    return engine_.store_->find_measurement(source, task_.space->key(), genes_text(arch), engine_.options_.fresh ? engine_.run_id_ : "");
  }

  Engine& engine_;
  std::string stage_;
  const SearchTask& task_;
};

Engine::Engine(const CheckedScript& script, EngineOptions options, EngineProgress progress, std::atomic<bool>& cancelled)
    : script_(script), options_(std::move(options)), progress_(std::move(progress)), cancelled_(cancelled), outputs_(std::make_unique<Outputs>()) {}
Engine::~Engine() = default;

Result<std::string> Engine::input_path(const std::string& path) {
  if (path.empty()) return Failure{"E801", "the name of a file is empty", ""};
  if (path[0] == '/' || options_.script_folder.empty()) return path;
  return options_.script_folder + "/" + path;
}

Result<std::string> Engine::read_file(const std::string& path) {
  auto full = input_path(path);
  if (!full) return full;
  return read_whole_file(*full);
}

Result<NetworkRunner*> Engine::runner() {
  if (!runner_) {
    auto opened = options_.open_runner ? options_.open_runner() : open_torch_module(options_.module_folders);
    if (!opened) return opened.failure();
    runner_ = std::move(*opened);
  }
  return runner_.get();
}

std::string Engine::output_path(const std::string& file) const { return options_.output_folder.empty() ? file : options_.output_folder + "/" + file; }

nlohmann::json Engine::versions() {
  nlohmann::json versions = {{"nas", NAS_VERSION}};
  if (runner_) versions["torch"] = runner_->version();
  return versions;
}

std::vector<std::pair<Failure, Span>> Engine::prepare() {
  std::vector<std::pair<Failure, Span>> failures;
  auto store = Store::open(options_.store_folder);
  if (!store) {
    failures.emplace_back(store.failure(), Span{});
    return failures;
  }
  store_ = std::move(*store);
  bool needs_module = false;
  Span module_span;
  for (const CheckedStage& stage : script_.stages) {
    const Component* component = stage.call.component;
    if (stage.word == "space") {
      outputs_->spaces[stage.name] = stage.space;
      outputs_->space_scripts[stage.name] = stage.space_script;
      if (component) {
        auto pool = pool_of(stage);
        if (pool) outputs_->spaces[stage.name] = *pool;
        else failures.emplace_back(pool.failure(), stage.call.span);
      }
    } else if (stage.word == "dataset" || stage.word == "device") {
      auto built = component->build(stage.call.arguments, *this);
      if (!built) {
        failures.emplace_back(built.failure(), stage.span);
        continue;
      }
      if (stage.word == "dataset") outputs_->datasets[stage.name] = std::static_pointer_cast<Dataset>(*built);
      else outputs_->devices[stage.name] = std::static_pointer_cast<Device>(*built);
    } else if (stage.word == "search") {
      outputs_->space_of_search[stage.name] = stage.search->space;
      for (const CheckedMetric& metric : stage.search->metrics) {
        if (metric.from == CheckedMetric::From::component) {
          auto built = metric.source.component->build(metric.source.arguments, *this);
          if (!built) failures.emplace_back(built.failure(), metric.source.span);
          else if (auto fits = std::static_pointer_cast<MetricSource>(*built)->ready(*outputs_->spaces[stage.search->space], *find_metric(metric.id.name)); !fits)
            failures.emplace_back(fits.failure(), metric.source.span);
        }
        if (const auto device = outputs_->devices.find(metric.stage); metric.from == CheckedMetric::From::device && device != outputs_->devices.end()) {
          auto source = device->second->source(*find_metric(metric.id.name));
          if (!source) failures.emplace_back(source.failure(), metric.span);
          else if (auto fits = (*source)->ready(*outputs_->spaces[stage.search->space], *find_metric(metric.id.name)); !fits) failures.emplace_back(fits.failure(), metric.span);
        }
        if (metric.from == CheckedMetric::From::device && metric.id.name == "latency") {
          const auto it = outputs_->devices.find(metric.stage);
          if (it != outputs_->devices.end() && !it->second->identity().contains("table")) {
            needs_module = true;
            module_span = metric.span;
          }
        }
      }
    } else if (stage.word == "train") {
      needs_module = true;
      module_span = stage.span;
    }
    if (!stage.file.empty()) {
      // The nearest folder that is there must be writable.
      std::filesystem::path folder = std::filesystem::absolute(output_path(stage.file)).parent_path();
      while (!std::filesystem::exists(folder) && folder.has_relative_path()) folder = folder.parent_path();
      if (!std::filesystem::is_directory(folder) || access(folder.c_str(), W_OK) != 0)
        failures.emplace_back(Failure{"E803", fmt::format("{} cannot be written: the folder {} is not writable", stage.file, folder.string()), "choose another folder with --out"}, stage.span);
    }
  }
  if (needs_module && !options_.open_runner && !torch_module_present(options_.module_folders))
    failures.emplace_back(Failure{"E804", "the LibTorch module is not built: nothing can be trained or timed", "install libtorch-dev and build with -DNAS_TORCH=ON"}, module_span);
  if (!failures.empty()) return failures;
  for (const CheckedStage& stage : script_.stages) decisions_.push_back(decide(stage));
  return failures;
}

Result<std::shared_ptr<const Space>> Engine::pool_of(const CheckedStage& stage) {
  auto built = stage.call.component->build(stage.call.arguments, *this);
  if (!built) return built.failure();
  auto networks = std::static_pointer_cast<MetricSource>(*built)->networks(*stage.space);
  if (!networks) return networks.failure();
  return std::shared_ptr<const Space>(std::make_shared<Space>(outputs_->spaces[stage.of_space]->restricted_to(std::move(*networks))));
}

StageDecision Engine::decide(const CheckedStage& stage) {
  StageDecision decision;
  decision.stage = stage.name;
  nlohmann::json& fields = decision.fields;
  auto call_fields = [](const CheckedCall& call) {
    return nlohmann::json{{"component", call.component->name}, {"version", call.component->schema_version}, {"arguments", call.arguments}};
  };
  if (stage.call.component) fields = call_fields(stage.call);
  if (stage.word != "plot") fields["seed"] = script_.seed;
  fields["inputs"] = nlohmann::json::object();
  for (const std::string& need : stage.needs) {
    const auto content = contents_.find(need);
    if (content == contents_.end()) decision.unknown.push_back(need);
    fields["inputs"][need] = content == contents_.end() ? nlohmann::json() : content->second;
  }
  decision.action = StageDecision::Action::always;
  if (stage.word == "space") {
    contents_[stage.name] = stage.space->key();
    if (const auto& pool = outputs_->spaces[stage.name]->pool(); !pool.empty()) {
      std::string genomes;
      for (const Arch& arch : pool) genomes += genes_text(arch);
      contents_[stage.name] = fmt::format("{} pool {:016x}", stage.space->key(), stable_hash(genomes));
    }
  } else if (stage.word == "dataset") {
    contents_[stage.name] = outputs_->datasets[stage.name]->key;
  } else if (stage.word == "device") {
    contents_[stage.name] = outputs_->devices[stage.name]->identity();
  } else if (stage.word == "train") {
    decision.action = StageDecision::Action::run;
  } else if (stage.word == "search") {
    decision.action = StageDecision::Action::run;
    for (const auto& tactic : stage.search->tactics) fields["tactics"].push_back(call_fields(tactic));
    for (const CheckedMetric& metric : stage.search->metrics) {
      nlohmann::json m = {{"metric", metric.id.label()}};
      if (metric.source.component) m["source"] = call_fields(metric.source);
      if (metric.from == CheckedMetric::From::component)
        if (auto source = source_of(metric)) m["content"] = (*source)->key();
      if (metric.predictor) m["predictor"] = call_fields(*metric.predictor);
      fields["metrics"].push_back(m);
    }
    for (const Objective& o : stage.search->objectives) fields["objectives"].push_back((o.maximise ? "maximize " : "minimize ") + o.label);
    for (const Constraint& c : stage.search->constraints) fields["constraints"].push_back(c.label);
    decision.measurements = measurements_of(*stage.search);
  } else if (!stage.file.empty()) {
    decision.action = StageDecision::Action::run;
    fields["shows"] = stage.shows;
    fields["part"] = stage.message;
    fields["file"] = stage.file;
    if (stage.word == "report") fields["script"] = fmt::format("{:016x}", stable_hash(options_.script_text));
  }
  decision.key = key_of(fields);
  if (decision.action != StageDecision::Action::run) return decision;
  contents_.erase(stage.name);
  if (options_.fresh) {
    decision.reason = "--fresh";
    return decision;
  }
  const auto before = store_->latest_stage(options_.script_name, stage.name);
  if (!decision.unknown.empty()) {
    // An input is still to be made: with the content that it had last time, would anything else differ?
    nlohmann::json likely = fields;
    for (const std::string& name : decision.unknown)
      if (before && before->fields.is_object() && before->fields.value("inputs", nlohmann::json::object()).contains(name)) likely["inputs"][name] = before->fields["inputs"][name];
    if (before) decision.reason = first_difference(likely, before->fields);
    if (!before) decision.reason = "never run";
    else if (decision.reason.empty()) decision.reason = fmt::format("only if {} comes out differently", fmt::join(decision.unknown, " or "));
    return decision;
  }
  const auto record = store_->find_stage(decision.key);
  if (!record) {
    decision.reason = before ? first_difference(fields, before->fields) : "never run";
    if (decision.reason.empty()) decision.reason = "its record is damaged";
    return decision;
  }
  if (!complete(stage, stage.search ? outputs_->spaces[stage.search->space].get() : nullptr, record->result)) {
    decision.reason = "its record is damaged";
    return decision;
  }
  if (!stage.file.empty()) {
    auto bytes = read_whole_file(output_path(stage.file));
    const std::string hash = bytes ? fmt::format("{:016x}", stable_hash(*bytes)) : "";
    if (!bytes || hash != record->result.value("hash", "")) {
      decision.reason = bytes ? "the file was changed" : "the file is gone";
      return decision;
    }
  }
  if (stage.word == "train") {
    auto bytes = read_whole_file(weights_path(record->result));
    if (!bytes || hash_text(*bytes) != record->result.value("key", "")) {
      decision.reason = bytes ? "the weights file was changed" : "the weights file is gone";
      return decision;
    }
  }
  decision.action = StageDecision::Action::reuse;
  decision.seconds = record->seconds;
  contents_[stage.name] = content_of(stage, record->result);
  return decision;
}

nlohmann::json Engine::content_of(const CheckedStage& stage, const nlohmann::json& record) {
  if (stage.word == "train") return record.at("key");
  return hash_text(record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string Engine::weights_path(const nlohmann::json& record) const {
  return (std::filesystem::path(options_.store_folder) / record.value("path", "")).string();
}

std::shared_ptr<Tactic> Engine::tactic_of(const CheckedSearch& spec) {
  if (!spec.tactics.empty()) {
    auto built = spec.tactics[0].component->build(spec.tactics[0].arguments, *this);
    return built ? std::static_pointer_cast<Tactic>(*built) : nullptr;
  }
  // Without a tactic: predictors that were declared for a metric that has to be measured are used, else every network is looked up.
  const bool predicted = std::any_of(spec.metrics.begin(), spec.metrics.end(), [&](const CheckedMetric& m) { return m.predictor && !computed_in_batches(m, spec); });
  const Component* component = options_.registry->find(ComponentKind::tactic, predicted ? "full" : "direct");
  NAS_CHECK(component);
  auto built = component->build(nlohmann::json::object(), *this);
  NAS_CHECK(built);
  return std::static_pointer_cast<Tactic>(*built);
}

bool Engine::computed_in_batches(const CheckedMetric& metric, const CheckedSearch& spec) {
  if (metric.from == CheckedMetric::From::weights) return false;
  auto source = source_of(metric);
  if (!source) return false;
  auto batch = (*source)->batch(outputs_->spaces[spec.space]);
  return batch && *batch;
}

std::int64_t Engine::measurements_of(const CheckedSearch& spec) {
  const bool measured = std::any_of(spec.metrics.begin(), spec.metrics.end(), [&](const CheckedMetric& m) { return !computed_in_batches(m, spec); });
  const auto tactic = tactic_of(spec);
  if (!measured || !tactic) return 0;
  SearchTask task;
  task.algorithm = [&] { return std::static_pointer_cast<SearchAlgorithm>(*spec.algorithm.component->build(spec.algorithm.arguments, *this)); };
  const auto most = static_cast<std::int64_t>(tactic->measurements(task));
  const mpz_class networks = outputs_->spaces[spec.space]->networks();
  return networks < most ? networks.get_si() : most;
}

Result<std::shared_ptr<const MetricSource>> Engine::source_of(const CheckedMetric& metric) {
  switch (metric.from) {
    case CheckedMetric::From::computed: return computed_source(metric.id.name);
    case CheckedMetric::From::component: {
      auto built = metric.source.component->build(metric.source.arguments, *this);
      if (!built) return built.failure();
      return std::static_pointer_cast<const MetricSource>(std::static_pointer_cast<MetricSource>(*built));
    }
    case CheckedMetric::From::weights: {
      const auto& weights = outputs_->weights[metric.stage];
      NAS_CHECK(weights);
      return weights_source(weights, metric.id.name, Split::validation, *this);
    }
    case CheckedMetric::From::device: return outputs_->devices[metric.stage]->source(*find_metric(metric.id.name));
  }
  throw Bug("metric source");
}

Result<void> Engine::train(const CheckedStage& stage, const StageDecision& decision, nlohmann::json& record) {
  auto built = stage.call.component->build(stage.call.arguments, *this);
  if (!built) return built.failure();
  // A fresh training has a folder of its own: it neither continues from a checkpoint nor touches weights that others reuse.
  auto folder = store_->artifact_folder(options_.fresh ? decision.key + "/" + run_id_ : decision.key);
  if (!folder) return folder.failure();
  const auto training = std::static_pointer_cast<Training>(*built);
  NetworkRunner::Progress progress;
  progress.cancelled = [this] { return cancelled_.load(); };
  progress.step = [&](double done, double total, double loss) { progress_.step(stage.name, "training", done, total, fmt::format("loss {:.3f}", loss)); };
  auto weights = training->train(*outputs_->spaces[stage.of_space], *outputs_->datasets[stage.using_dataset], Stream(script_.seed, stage.name).split("train").next(), *folder, *this, progress);
  if (!weights) return weights.failure();
  auto bytes = read_whole_file(weights->path);
  if (!bytes) return bytes.failure();
  weights->key = hash_text(*bytes);
  // Relative to the store, so that its folder can be moved.
  const std::string path = std::filesystem::path(weights->path).lexically_relative(options_.store_folder).string();
  record = {{"kind", "weights"}, {"path", path}, {"key", weights->key}, {"space", weights->space_key}, {"summary", weights->summary}, {"loss", weights->loss}};
  return {};
}

Result<void> Engine::search(const CheckedStage& stage, nlohmann::json& record) {
  const CheckedSearch& spec = *stage.search;
  SearchTask task;
  const auto space = outputs_->spaces[spec.space];
  task.space = space.get();
  task.objectives = spec.objectives;
  task.constraints = spec.constraints;
  task.stream = Stream(script_.seed, stage.name);
  task.threads = options_.threads;
  task.algorithm = [&] { return std::static_pointer_cast<SearchAlgorithm>(*spec.algorithm.component->build(spec.algorithm.arguments, *this)); };
  for (const CheckedMetric& metric : spec.metrics) {
    SearchMetric out;
    out.id = metric.id;
    out.kind = *find_metric(metric.id.name);
    auto source = source_of(metric);
    if (!source) return source.failure();
    out.source = *source;
    auto batch = out.source->batch(space);
    if (!batch) return batch.failure();
    out.batch = *batch;
    if (metric.predictor)
      out.predictor = [this, call = *metric.predictor] {
        return std::static_pointer_cast<Predictor>(*call.component->build(call.arguments, *this));
      };
    task.metrics.push_back(std::move(out));
  }
  const std::shared_ptr<Tactic> tactic = tactic_of(spec);
  if (!tactic) return spec.tactics[0].component->build(spec.tactics[0].arguments, *this).failure();
  JournalMeasurer measurer(*this, stage.name, task);
  Tactic::Progress progress;
  progress.cancelled = [this] { return cancelled_.load(); };
  progress.step = [&](const std::string& what, double done, double total) { progress_.step(stage.name, what, done, total, ""); };
  auto found = tactic->run(task, measurer, progress);
  if (!found) return found.failure();
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
        hint += fmt::format("{}{}: the {} value seen is {}", hint.empty() ? "" : "; ", c.label, below ? "smallest" : "largest", format_quantity(best, dimension_named(c.expression.dimension)));
    }
    return Failure{"E815", fmt::format("no network of {} met the conditions of {}", spec.space, stage.name), hint};
  }
  record = to_json(*found);
  record["kind"] = "search";
  // Outputs measure the front on the test images too: other weights are another result.
  for (const CheckedMetric& metric : spec.metrics)
    if (metric.from == CheckedMetric::From::weights) record["weights"][metric.stage] = outputs_->weights[metric.stage]->key;
  return {};
}

Result<std::vector<double>> Engine::test_accuracy(const CheckedStage& stage) {
  if (const auto it = outputs_->test_accuracy.find(stage.name); it != outputs_->test_accuracy.end()) return it->second;
  std::vector<double> values;
  for (const CheckedMetric& metric : stage.search->metrics) {
    if (metric.from != CheckedMetric::From::weights || metric.id.name != "accuracy") continue;
    const auto& result = *outputs_->results[stage.name];
    SearchTask task;
    const auto space = outputs_->spaces[stage.search->space];
    task.space = space.get();
    auto source = weights_source(outputs_->weights[metric.stage], "accuracy", Split::test, *this);
    task.metrics.push_back({{"test accuracy", ""}, *find_metric("accuracy"), source, nullptr, nullptr});
    std::vector<Arch> archs;
    for (const auto i : result.front) archs.push_back(result.rows[i].arch);
    std::vector<Measurement> out;
    JournalMeasurer measurer(*this, stage.name, task);
    if (auto measured = measurer.measure(archs, out); !measured) return measured.failure();
    for (const Measurement& m : out) values.push_back(m.value);
  }
  return outputs_->test_accuracy[stage.name] = values;
}

Result<void> Engine::write_output(const CheckedStage& stage, nlohmann::json& record) {
  nlohmann::json arguments = stage.call.arguments;
  if (!stage.message.empty()) arguments["part"] = stage.message;
  auto built = stage.call.component->build(arguments, *this);
  if (!built) return built.failure();
  std::vector<OutputInput> inputs;
  RunFacts facts;
  for (const std::string& name : stage.shows) {
    const auto shown = std::find_if(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == name; });
    const auto result = outputs_->results.find(name);
    if (result == outputs_->results.end()) continue;  // its branch was not taken
    OutputInput input;
    input.name = name;
    input.space = outputs_->spaces[shown->search->space];
    input.result = result->second;
    input.space_script = outputs_->space_scripts[shown->search->space];
    if (stage.word == "report" || stage.word == "export") {
      auto test = test_accuracy(*shown);
      if (!test) return test.failure();
      input.test_accuracy = *test;
    }
    inputs.push_back(std::move(input));
  }
  if (inputs.empty()) return {};
  facts.script_name = options_.script_name;
  facts.script_text = options_.script_text;
  facts.plan_text = plan_text_;
  facts.seed = script_.seed;
  for (const auto& [name, device] : outputs_->devices) facts.device[name] = device->identity();
  facts.versions = versions();
  facts.stage_seconds = stage_seconds_;
  facts.started = started_;
  for (const auto& [name, weights] : outputs_->weights) facts.weights.push_back(*weights);
  auto bytes = std::static_pointer_cast<Output>(*built)->render(inputs, facts);
  if (!bytes) return bytes.failure();
  if (auto written = write_whole_file(output_path(stage.file), *bytes); !written) return written;
  record = {{"kind", "file"}, {"file", stage.file}, {"hash", fmt::format("{:016x}", stable_hash(*bytes))}, {"bytes", bytes->size()}};
  return {};
}

Result<void> Engine::restore(const CheckedStage& stage, const nlohmann::json& record) {
  if (stage.word == "train") {
    auto weights = std::make_shared<Weights>();
    weights->path = weights_path(record);
    weights->key = record.at("key");
    weights->space_key = record.at("space");
    weights->summary = record.at("summary");
    weights->loss = record.at("loss").get<std::vector<std::pair<double, double>>>();
    weights->dataset = *outputs_->datasets[stage.using_dataset];
    outputs_->weights[stage.name] = weights;
  } else if (stage.word == "search") {
    outputs_->results[stage.name] = std::make_shared<SearchResult>(search_result_from(record));
  }
  return {};
}

Result<Value> Engine::now(const Value& value) {
  const Later* later = value.later();
  if (!later) return value;
  return later->now([&](const std::string& stage) -> std::shared_ptr<const Handle> { return json_handle(result(stage)); });
}

nlohmann::json Engine::result(const std::string& stage) const {
  const auto it = outputs_->results.find(stage);
  if (it != outputs_->results.end()) {
    const auto test = outputs_->test_accuracy.find(stage);
    return result_for_users(*it->second, *outputs_->spaces.at(outputs_->space_of_search.at(stage)), test == outputs_->test_accuracy.end() ? std::vector<double>{} : test->second);
  }
  const auto weights = outputs_->weights.find(stage);
  if (weights != outputs_->weights.end())
    return {{"kind", "weights"}, {"summary", weights->second->summary}, {"loss", weights->second->loss.empty() ? 0.0 : weights->second->loss.back().second}};
  return nullptr;
}

Result<void> Engine::execute(const CheckedStage& stage, const StageDecision& decision, nlohmann::json& record) {
  if (stage.word == "train") return train(stage, decision, record);
  if (stage.word == "search") return search(stage, record);
  if (stage.word == "show") {
    std::string line;
    for (const auto& shown : stage.values) {
      auto value = now(shown.value);
      if (!value) return value.failure();
      line += (line.empty() ? "" : "  ") + value->print();
    }
    progress_.print(line + "\n");
    return {};
  }
  if (stage.word == "require") {
    auto value = now(stage.values[0].value);
    if (!value) return value.failure();
    if (!always(*value)) return Failure{"requirement", stage.message.empty() ? fmt::format("the requirement {} is not met", stage.values[0].text) : stage.message, stage.values[0].text};
    return {};
  }
  if (!stage.file.empty()) return write_output(stage, record);
  return {};
}

int Engine::run(const std::string& plan_text) {
  plan_text_ = plan_text;
  const std::time_t clock = std::time(nullptr);
  char stamp[32];
  std::tm utc{};
  gmtime_r(&clock, &utc);
  std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
  started_ = stamp;
  nlohmann::json facts = {{"seed", script_.seed}, {"plan", plan_text}, {"versions", versions()}};
  for (const auto& [name, device] : outputs_->devices) facts["devices"][name] = device->identity();
  auto run = store_->begin_run(options_.script_name, options_.script_text, facts);
  if (!run) {
    failure_ = run.failure();
    return 3;
  }
  run_id_ = *run;
  std::vector<std::optional<bool>> conditions(script_.conditions.size());
  std::map<std::string, nlohmann::json> made;  // contents of the trainings and searches of this run
  auto is_result = [&](const std::string& name) {
    const auto it = std::find_if(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == name; });
    return it != script_.stages.end() && (it->word == "train" || it->word == "search");
  };
  auto finish = [&](const char* status, int code) {
    facts["versions"] = versions();
    for (const auto& [name, seconds] : stage_seconds_) facts["seconds"][name] = seconds;
    if (code != 0) facts["failure"] = failure_.message;
    if (auto ended = store_->end_run(run_id_, status, facts); !ended && code == 0) {
      failure_ = ended.failure();
      return 3;
    }
    return code;
  };
  for (std::size_t i = 0; i < script_.stages.size(); ++i) {
    const CheckedStage& stage = script_.stages[i];
    StageDecision& decision = decisions_[i];
    auto fail = [&](const Failure& failure) {
      failure_ = failure;
      failure_span_ = stage.span;
      if (failure.code == "cancelled") return finish("interrupted", 130);
      progress_.event(stage.name, "failed", 0);
      if (failure.code == "requirement") return finish("requirement not met", 4);
      if (failure.code == "E815") return finish("empty result", 5);
      return finish("failed", 3);
    };
    bool taken = true;
    for (const auto& [condition, wanted] : stage.when) {
      if (!conditions[condition]) {
        auto value = now(script_.conditions[condition].value);
        if (!value) return fail(value.failure());
        conditions[condition] = always(*value);
      }
      taken = taken && *conditions[condition] == wanted;
    }
    // A stage whose input comes from a branch that was not taken is not taken either.
    for (const std::string& need : stage.needs) {
      if (is_result(need) && !outputs_->results.count(need) && !outputs_->weights.count(need) && stage.shows.empty()) taken = false;
    }
    if (!taken) {
      progress_.event(stage.name, "skipped", 0);
      continue;
    }
    if (cancelled_) return fail({"cancelled", "interrupted", "run again to continue"});
    // Inputs that were made meanwhile, or whose branch was not taken, may be other ones than the plan could know.
    bool as_planned = decision.unknown.empty();
    for (const std::string& need : stage.needs) {
      const auto content = made.find(need);
      if (content != made.end()) contents_[need] = content->second;
      else if (is_result(need)) contents_[need] = nullptr;
      as_planned = as_planned && decision.fields["inputs"][need] == contents_[need];
    }
    if (!as_planned) decision = decide(stage);
    if (decision.action == StageDecision::Action::reuse) {
      const auto record = store_->find_stage(decision.key);
      if (!record) return fail({"E820", fmt::format("the record of {} is gone from the run store", stage.name), "run again"});
      made[stage.name] = content_of(stage, record->result);
      if (auto restored = restore(stage, record->result); !restored) return fail(restored.failure());
      stage_seconds_.emplace_back(stage.name, record->seconds);
      progress_.event(stage.name, "reused", record->seconds);
      continue;
    }
    const bool counts = decision.action == StageDecision::Action::run;
    if (counts) progress_.event(stage.name, "started", 0);
    const auto start = Clock::now();
    nlohmann::json record;
    if (auto executed = execute(stage, decision, record); !executed) return fail(executed.failure());
    if (!counts) continue;
    const double seconds = seconds_since(start);
    stage_seconds_.emplace_back(stage.name, seconds);
    if (!record.is_null()) {
      if (auto saved = store_->save_stage(options_.script_name, {stage.name, decision.key, run_id_, decision.fields, record, seconds}); !saved) return fail(saved.failure());
      if (auto restored = restore(stage, record); !restored) return fail(restored.failure());
      made[stage.name] = content_of(stage, record);
    }
    progress_.event(stage.name, "finished", seconds);
  }
  return finish("ok", 0);
}

}  // namespace nas
