#include "run/engine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

#include "core/check.h"
#include "core/child_process.h"
#include "core/files.h"
#include "core/network_predictor.h"
#include "core/output_of_space.h"
#include "run/conditions_probe.h"
#include "run/schedule.h"
#include "run/torch_module.h"

namespace nas {
namespace {

std::string utc_now() {
  const std::time_t clock = std::time(nullptr);
  char stamp[32];
  std::tm utc{};
  gmtime_r(&clock, &utc);
  std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return stamp;
}

}  // namespace

Engine::Engine(const CheckedScript& script, EngineOptions options, EngineProgress progress, std::atomic<bool>& cancelled)
    : script_(script),
      options_(std::move(options)),
      progress_(std::move(progress)),
      cancelled_(cancelled),
      stage_seconds_(script.stages.size()) {
  for (auto& seconds : stage_seconds_) seconds = -1;
  if (!options_.open_runner) module_identity_ = torch_module_identity(options_.module_folders);
}

Result<std::string> Engine::input_path(const std::string& path) {
  if (path.empty()) return Failure{"E801", "the name of a file is empty", ""};
  if (path[0] == '/' || options_.script_folder.empty()) return path;
  return options_.script_folder + "/" + path;
}

Result<std::string> Engine::read_file(const std::string& path) {
  auto full = input_path(path);
  if (!full) return full;
  if (options_.open_file)
    if (auto bytes = options_.open_file(*full)) return plain_bytes(path, std::move(*bytes));
  return read_whole_file(*full);
}

bool Engine::cancelled() {
  constexpr std::int64_t kEveryMs = 10;
  if (cancelled_ || !options_.poll) return cancelled_;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::int64_t last = polled_ms_;
  if (ms - last >= kEveryMs && polled_ms_.compare_exchange_strong(last, ms) && options_.poll()) cancelled_ = true;
  return cancelled_;
}

Result<NetworkRunner*> Engine::runner() {
  const std::scoped_lock lock(runner_mutex_);
  if (!runner_) {
    auto opened = options_.open_runner ? options_.open_runner() : open_torch_module(options_.module_folders);
    if (!opened) return opened.failure();
    runner_ = std::move(*opened);
  }
  return runner_.get();
}

std::string Engine::output_path(const std::string& file) const {
  return options_.output_folder.empty() ? file : options_.output_folder + "/" + file;
}

nlohmann::json Engine::versions() const {
  nlohmann::json versions = {{"nas", NAS_VERSION}};
  const std::scoped_lock lock(runner_mutex_);
  if (runner_) versions["torch"] = runner_->version();
  return versions;
}

const CheckedStage& Engine::stage_named(const std::string& name) const {
  const auto it =
      std::find_if(script_.stages.begin(), script_.stages.end(), [&](const auto& stage) { return stage.name == name; });
  NAS_CHECK(it != script_.stages.end());
  return *it;
}

std::vector<std::pair<Failure, Span>> Engine::prepare() {
  std::vector<std::pair<Failure, Span>> failures;
  auto store = Store::open(options_.store_folder);
  if (!store) return {{store.failure(), Span{}}};
  store_ = std::move(*store);
  std::optional<Span> needs_module;
  for (const CheckedStage& stage : script_.stages) {
    const Component* component = stage.call.component;
    if (stage.word == "space") {
      spaces_[stage.name] = stage.space;
      if (!component) continue;
      auto pool = pool_of(stage);
      if (pool)
        spaces_[stage.name] = *pool;
      else
        failures.emplace_back(pool.failure(), stage.call.span);
    } else if (stage.word == "dataset" || stage.word == "device") {
      auto built = component->build(stage.call.arguments, *this);
      if (!built)
        failures.emplace_back(built.failure(), stage.span);
      else if (stage.word == "dataset")
        datasets_[stage.name] = std::static_pointer_cast<Dataset>(*built);
      else
        devices_[stage.name] = std::static_pointer_cast<Device>(*built);
    } else if (stage.search) {
      auto algorithm = component->build(stage.call.arguments, *this);
      if (!algorithm)
        failures.emplace_back(algorithm.failure(), stage.call.span);
      else if (auto suits = suits_search(*stage.search, *std::static_pointer_cast<SearchAlgorithm>(*algorithm)); !suits)
        failures.emplace_back(suits.failure(), stage.call.span);
      const std::size_t before = failures.size();
      bool placed = true;
      for (const CheckedMetric& metric : stage.search->metrics) {
        if (made_by_a_stage(metric)) continue;
        if (metric.from == CheckedMetric::From::device && !devices_.count(metric.stage)) {
          placed = false;  // reported with the device
          continue;
        }
        const Span at = metric.from == CheckedMetric::From::component ? metric.source.span : metric.span;
        auto source = source_of(metric);
        if (!source)
          failures.emplace_back(source.failure(), at);
        else if (auto fits = (*source)->ready(*spaces_.at(stage.search->space), *find_metric(metric.id)); !fits)
          failures.emplace_back(fits.failure(), at);
        else if ((*source)->exclusive())
          needs_module = metric.span;
      }
      for (const CheckedCall& call : stage.search->tactics) {
        if (!call.component->prepares) continue;
        auto preparation = preparation_of(call);
        if (!preparation)
          failures.emplace_back(preparation.failure(), call.span);
        else if (auto content = (*preparation)->content(*spaces_.at(stage.search->space)); !content)
          failures.emplace_back(content.failure(), call.span);
      }
      const bool asks = !stage.search->tactics.empty() || !stage.search->constraints.empty();
      if (failures.size() == before && placed && algorithm && asks)
        if (auto task = task_of(stage)) {
          suits_tactics(*stage.search, *task, failures);
          if (!stage.search->constraints.empty())
            if (auto met = probe_conditions(*task, stage.search->space); !met)
              failures.emplace_back(met.failure(), stage.search->where);
        }
    } else if (stage.word == "train") {
      needs_module = stage.span;
    } else if (stage.learning && stage.word == "predictor" && !file_of(stage).empty()) {
      const auto space = spaces_.find(stage.learning->space);
      const auto bytes = read_file(file_of(stage));
      if (!bytes) {
        failures.emplace_back(bytes.failure(), stage.call.span);
      } else if (space != spaces_.end() && !reads_back(stage)) {
        const auto made = predictor_maker(*component, stage.call.arguments, space->second)();
        if (const auto* of_networks = dynamic_cast<const NetworkPredictor*>(made.get()))
          if (auto good = of_networks->ready(); !good) failures.emplace_back(good.failure(), stage.call.span);
      }
    } else if (stage.tuning) {
      auto method = tuning_of(stage);
      if (!method) {
        failures.emplace_back(method.failure(), stage.tuning->method.span);
      } else if (const TuningTask task = tuning_task(stage); task.epochs) {
        if (auto suits = (*method)->suits(task); !suits) failures.emplace_back(suits.failure(), stage.tuning->method.span);
      }
    } else if (stage.word == "transfer" && stage.learning) {
      auto transfer = component->build(stage.call.arguments, *this);
      const auto made = transfer ? std::static_pointer_cast<Transfer>(*transfer) : nullptr;
      if (!made)
        failures.emplace_back(transfer.failure(), stage.call.span);
      else if (auto read = made->ready(); !read)
        failures.emplace_back(read.failure(), stage.call.span);
      else if (stage.learning->probe.empty())
        if (auto enough = enough_to_adapt(stage, *made, 0); !enough) failures.emplace_back(enough.failure(), stage.call.span);
    }
    if (stage.word == "export" && component) {
      const auto built = component->build(stage.call.arguments, *this);
      const auto output = built ? std::static_pointer_cast<Output>(*built) : nullptr;
      if (const auto* of_space = dynamic_cast<const OutputOfSpace*>(output.get()))
        for (const std::string& shown : stage.shows)
          if (const CheckedStage& made = stage_named(shown); profiles_layers(made) && spaces_.count(made.search->space))
            if (auto fits = of_space->ready(*spaces_.at(made.search->space)); !fits)
              failures.emplace_back(fits.failure(), stage.call.span);
    }
    if (component && !component->needs_program.empty() && !program_present(component->needs_program))
      failures.emplace_back(
          Failure{"E819",
                  fmt::format("the program {} is not installed: {} cannot be drawn", component->needs_program, stage.file),
                  "apt-get install graphviz"},
          stage.span);
    if (!stage.file.empty()) {
      // The nearest folder that is there must be writable.
      std::filesystem::path folder = std::filesystem::absolute(output_path(stage.file)).parent_path();
      std::error_code error;
      while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
      if (!std::filesystem::is_directory(folder, error) || access(folder.c_str(), W_OK) != 0)
        failures.emplace_back(
            Failure{"E803", fmt::format("{} cannot be written: the folder {} is not writable", stage.file, folder.string()),
                    "choose another folder with --out"},
            stage.span);
    }
  }
  if (needs_module && !options_.open_runner && !torch_module_present(options_.module_folders))
    failures.emplace_back(Failure{"E804", "the LibTorch module is not built: nothing can be trained or timed",
                                  "install the package nas-torch, or libtorch-dev and build with -DNAS_TORCH=ON"},
                          *needs_module);
  if (!failures.empty()) return failures;
  for (const CheckedStage& stage : script_.stages) decisions_.push_back(decide(stage));
  return failures;
}

Result<std::shared_ptr<const Space>> Engine::pool_of(const CheckedStage& stage) {
  auto source = built_source(stage.call);
  if (!source) return source.failure();
  auto networks = (*source)->networks(*stage.space);
  if (!networks) return networks.failure();
  return std::shared_ptr<const Space>(std::make_shared<Space>(spaces_.at(stage.of_space)->restricted_to(std::move(*networks))));
}

std::vector<Task> Engine::tasks() {
  std::multimap<std::string, std::size_t> index;  // both branches of a `when` may give a stage of one name
  for (std::size_t i = 0; i < script_.stages.size(); ++i) index.emplace(script_.stages[i].name, i);
  std::vector<Task> tasks(script_.stages.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const CheckedStage& stage = script_.stages[i];
    // Words about the run (prints, requirements, files) come as if the stages ran one after another.
    const bool in_order = stage.word == "show" || stage.word == "require" || !stage.file.empty();
    if (in_order)
      for (std::size_t before = 0; before < i; ++before) tasks[i].after.push_back(before);
    else
      for (const std::string& need : stage.needs)
        for (auto [at, end] = index.equal_range(need); at != end; ++at) tasks[i].after.push_back(at->second);
    // Training, tuning and evaluation compute on every core; a latency is only worth something on a quiet machine.
    tasks[i].alone = stage.word == "train" || stage.tuning || (stage.search && measures(*stage.search)) ||
                     std::any_of(stage.shows.begin(), stage.shows.end(),
                                 [&](const auto& shown) { return tasks[index.find(shown)->second].alone; });
  }
  return tasks;
}

int Engine::run(const std::string& plan_text) {
  plan_text_ = plan_text;
  started_ = utc_now();
  nlohmann::json run_facts = {{"seed", script_.seed}, {"plan", plan_text}, {"versions", versions()}};
  for (const auto& [name, device] : devices_) run_facts["devices"][name] = device->identity();
  auto run = store_->begin_run(options_.script_name, options_.script_text, run_facts);
  if (!run) {
    failure_ = run.failure();
    return 3;
  }
  run_id_ = *run;

  using Clock = std::chrono::steady_clock;
  struct Made {
    nlohmann::json record;
    double seconds = 0;
  };
  std::vector<Made> made(script_.stages.size());
  std::map<std::string, nlohmann::json> contents;  // of the trainings and searches of this run
  std::vector<std::optional<bool>> conditions(script_.conditions.size());
  std::atomic<std::size_t> last{0};

  auto is_result = [&](const std::string& name) {
    const CheckedStage& stage = stage_named(name);
    return stage.word == "train" || stage.search || stage.learning;
  };
  // The digest of a result is taken only where a stage needs it.
  auto keep_content = [&](const CheckedStage& stage, const nlohmann::json& record) {
    const bool needed = std::any_of(script_.stages.begin(), script_.stages.end(), [&](const CheckedStage& other) {
      return std::find(other.needs.begin(), other.needs.end(), stage.name) != other.needs.end();
    });
    contents[stage.name] = needed ? content_of(stage, record) : nlohmann::json();
  };
  /// Whether the branch of a stage is taken. One whose input comes from a branch that was not taken is not taken either.
  auto taken = [&](const CheckedStage& stage) -> Result<bool> {
    for (const auto& [condition, wanted] : stage.when) {
      if (!conditions[condition]) {
        auto value = now(script_.conditions[condition].value);
        if (!value) return value.failure();
        conditions[condition] = always(*value);
      }
      if (*conditions[condition] != wanted) return false;
    }
    return !stage.shows.empty() || std::none_of(stage.needs.begin(), stage.needs.end(), [&](const std::string& need) {
      return is_result(need) && !contents.count(need);
    });
  };
  TaskCalls calls;
  calls.begin = [&](std::size_t i) -> Result<TaskCalls::Work> {
    const CheckedStage& stage = script_.stages[i];
    StageDecision& decision = decisions_[i];
    auto goes = taken(stage);
    if (!goes) return goes.failure();
    if (!*goes) {
      progress_.event(stage.name, "skipped", 0);
      return TaskCalls::Work();
    }
    if (cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
    // Inputs that were made meanwhile, or whose branch was not taken, may be other ones than the plan could know.
    bool as_planned = decision.unknown.empty();
    for (const std::string& need : stage.needs) {
      if (is_result(need)) contents_[need] = contents.count(need) ? contents[need] : nlohmann::json();
      as_planned = as_planned && decision.fields["inputs"][need] == contents_[need];
    }
    if (!as_planned) decision = decide(stage);
    if (decision.action == StageDecision::Action::reuse) {
      const auto record = store_->find_stage(decision.key);
      if (!record) return Failure{"E820", fmt::format("the record of {} is gone from the run store", stage.name), "run again"};
      keep_content(stage, record->result);
      restore(stage, record->result);
      stage_seconds_[i] = record->seconds;
      progress_.event(stage.name, "reused", record->seconds);
      return TaskCalls::Work();
    }
    if (decision.action == StageDecision::Action::run) progress_.event(stage.name, "started", 0);
    return TaskCalls::Work([&, i] {
      const auto start = Clock::now();
      auto result = execute(
          stage, decision, [this, &last, i] { return cancelled() || last < i; }, made[i].record);
      made[i].seconds = std::chrono::duration<double>(Clock::now() - start).count();
      return result;
    });
  };
  calls.end = [&](std::size_t i) -> Result<void> {
    const CheckedStage& stage = script_.stages[i];
    const StageDecision& decision = decisions_[i];
    if (stage.learning) contents[stage.name] = decision.key;
    if (decision.action == StageDecision::Action::always) return {};
    const auto& [record, seconds] = made[i];
    stage_seconds_[i] = seconds;
    if (!record.is_null()) {
      if (auto saved =
              store_->save_stage(options_.script_name, {stage.name, decision.key, run_id_, decision.fields, record, seconds});
          !saved)
        return saved;
      restore(stage, record);
      keep_content(stage, record);
    }
    progress_.event(stage.name, "finished", seconds);
    return {};
  };
  const auto failed = run_schedule(tasks(), options_.threads, calls, last);

  const char* status = "ok";
  int code = 0;
  if (failed) {
    failure_ = failed->failure;
    failure_span_ = script_.stages[failed->task].span;
    std::tie(status, code) = failure_.code == "cancelled"     ? std::pair("interrupted", 130)
                             : failure_.code == "requirement" ? std::pair("requirement not met", 4)
                             : failure_.code == "E815"        ? std::pair("empty result", 5)
                                                              : std::pair("failed", 3);
    run_facts["failure"] = failure_.message;
    if (code != 130) progress_.event(script_.stages[failed->task].name, "failed", 0);
  }
  run_facts["versions"] = versions();
  // What `nas compare` finds the results by.
  for (std::size_t i = 0; i < script_.stages.size(); ++i)
    if (results_.find(script_.stages[i].name))
      run_facts["results"].push_back({{"search", script_.stages[i].stream}, {"key", decisions_[i].key}});
  for (const auto& [name, seconds] : facts().stage_seconds) {
    run_facts["stages"].push_back(name);  // the script's order, which an object does not keep
    run_facts["seconds"][name] = seconds;
  }
  if (auto ended = store_->end_run(run_id_, status, run_facts); !ended && code == 0) {
    failure_ = ended.failure();
    return 3;
  }
  return code;
}

}  // namespace nas
