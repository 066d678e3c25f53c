#pragma once

#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "check/check_script.h"
#include "core/layer_profile.h"
#include "core/learnt.h"
#include "core/permissions.h"
#include "core/services.h"
#include "core/tuning.h"
#include "run/graphviz.h"
#include "run/journal.h"
#include "run/schedule.h"
#include "run/stage_values.h"
#include "run/store.h"
#include "run/trials.h"

namespace nas {

/// What `plan` says and `run` does about one stage; both call `Engine::decide`.
struct StageDecision {
  std::string stage;
  std::string key;
  nlohmann::json fields;
  enum class Action { reuse, run, always } action = Action::run;
  std::vector<std::string> unknown;  ///< inputs that are still to be made: decided again when they are there
  std::string reason;                ///< why it is not reused: "seed is 2, was 1"; empty when it is
  std::int64_t measurements = 0;     ///< at most, for searches
  std::int64_t known = 0;            ///< networks of the space whose every measured metric the store holds already
  std::int64_t trials = 0;           ///< of a `tune` whose profile is known
  std::int64_t known_trials = 0;     ///< of these, those that the store holds already
  double seconds = 0;  ///< of the record that is reused, else what a stage of that name took last time; 0 = never run
};

/// Where a run tells what it does. Called on the threads that stages run on.
struct EngineProgress {
  std::function<void(const std::string& stage, const std::string& what, double done, double total, const std::string& detail)>
      step;
  std::function<void(const std::string& stage, const char* event, double seconds)>
      event;  ///< started, finished, reused, skipped, failed
  std::function<void(const std::string& text)> print;
};

struct EngineOptions {
  std::string store_folder = ".nas";
  std::string output_folder;
  std::string script_folder;
  std::string script_name;
  std::string script_text;
  int threads = 1;
  bool fresh = false;
  bool allow_run = false;  ///< components may start programs
  const Registry* registry = nullptr;
  std::function<Result<std::unique_ptr<NetworkRunner>>()> open_runner;  ///< empty = the LibTorch module
  std::vector<std::string> module_folders;  ///< where the module may lie, besides the places beside the executable
  /// Bytes of a file that the script names, before the disk is asked; empty = only the disk.
  std::function<std::optional<std::string>(const std::string& path)> open_file;
  std::function<bool()> poll;  ///< asked now and then from the threads of a run; true ends it. Empty = never
};

/// Executes a checked script against the run store.
class Engine : public Services, public Permissions, public LayerProfiles {
 public:
  Engine(const CheckedScript& script, EngineOptions options, EngineProgress progress, std::atomic<bool>& cancelled);

  /// Opens the store, looks at the world (E8) and decides about every stage. All failures of the world, not only the first.
  std::vector<std::pair<Failure, Span>> prepare();
  const std::vector<StageDecision>& decisions() const { return decisions_; }
  /// Stages that need nothing of one another run side by side, on as many threads as there are in all; what trains or measures
  /// runs alone. 0 ok, 3 a stage failed, 4 a requirement is not met, 5 nothing feasible, 130 interrupted.
  int run(const std::string& plan_text);

  const Failure& failure() const { return failure_; }
  Span failure_span() const { return failure_span_; }
  const std::string& run_id() const { return run_id_; }
  nlohmann::json result(const std::string& stage, std::size_t most = std::numeric_limits<std::size_t>::max()) const;
  /// What a device is known by; null where the script has no such device.
  nlohmann::json device_identity(const std::string& stage) const {
    const auto it = devices_.find(stage);
    return it == devices_.end() ? nlohmann::json() : it->second->identity();
  }
  /// A search stage with its algorithm, for callers that measure themselves; after `prepare`. Lives as long as the engine. E707
  /// where other stages have to run before it.
  Result<SearchTask> open_search(const std::string& stage);
  bool has_result(const std::string& stage) const { return results_.find(stage) || weights_.find(stage) || learnt_.find(stage); }

  // Services
  Result<std::string> read_file(const std::string& path) override;
  Result<std::string> input_path(const std::string& path) override;
  Result<NetworkRunner*> runner() override;
  nlohmann::json module_identity() const override { return module_identity_; }
  int threads() const override { return options_.threads; }
  Found found_by(const std::string& stage) const override;
  bool may_start_programs() const override { return options_.allow_run; }
  /// Of the judgements that have run: profiles with networks that a predictor has learnt from under another spelling (W905).
  std::vector<std::pair<Failure, Span>> doubts() const;

  std::shared_ptr<const LayerProfile> layer_profile(const std::string& stage) const override {
    return layer_profiles_.find(stage);
  }
  Result<std::string> graph_svg(const std::string& graph) override { return draw_graph(graph); }

 private:
  // decide.cpp: what a stage needs, and whether an earlier record of it serves.
  StageDecision decide(const CheckedStage& stage);
  nlohmann::json fields_of(const CheckedStage& stage);
  /// Why the record cannot serve, empty when it can.
  std::string damage(const CheckedStage& stage, const nlohmann::json& record);
  /// What a finished stage gives to those that need it, as a part of their keys: equal contents are interchangeable.
  static nlohmann::json content_of(const CheckedStage& stage, const nlohmann::json& record);
  /// What a stage that is known before the run (a space, a data set, a device) gives.
  nlohmann::json content_of(const CheckedStage& stage) const;
  bool measures(const CheckedSearch& spec);
  bool computed_in_batches(const CheckedMetric& metric, const CheckedSearch& spec);
  std::int64_t measurements_of(const CheckedSearch& spec);
  std::int64_t known_networks(const CheckedSearch& spec);

  // execute.cpp: the work of one stage.
  using Cancelled = std::function<bool()>;
  Result<void> execute(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                       nlohmann::json& record);
  void restore(const CheckedStage& stage, const nlohmann::json& record);
  Result<void> train(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                     nlohmann::json& record);
  Result<std::shared_ptr<const SearchResult>> architecture(const CheckedStage& stage, const std::string& space) const;
  /// What a search is about, without its algorithm. Metrics whose weights are still to be trained have no source.
  Result<SearchTask> task_of(const CheckedStage& stage);
  /// A metric from a table that has a predictor: every look-up counts as a measurement, for searches that learn.
  static bool stands_for_measurements(const CheckedMetric& metric, const MetricSource& source) {
    return metric.predicted() && source.cost() == MetricSource::Cost::looked_up;
  }
  Result<void> search(const CheckedStage& stage, const StageDecision& decision, const Cancelled& cancelled,
                      nlohmann::json& record);
  /// Whether another stage has to run before the metric has a source.
  static bool made_by_a_stage(const CheckedMetric& metric) {
    return metric.from == CheckedMetric::From::weights || metric.from == CheckedMetric::From::learnt;
  }
  // profile_layers.cpp: every different layer of a space measured once.
  static bool profiles_layers(const CheckedStage& stage);
  Result<std::shared_ptr<LayerProfile>> measure_layers(const CheckedStage& stage, const SearchTask& task,
                                                       const Cancelled& cancelled, std::vector<std::string>& notes);
  /// Compares sums of layers with whole networks, fills in the correction, and says how good it is.
  static std::string check_layers(const Space& space, const SearchResult& whole, LayerProfile& profile);
  // learn.cpp: predictors that learn from profiles, and their transfer to other devices.
  Result<void> learn(const CheckedStage& stage, const Cancelled& cancelled);
  Result<void> adapt(const CheckedStage& stage, std::shared_ptr<const Transfer> transfer, DeviceRows probe, const Stream& stream,
                     Learnt& made);
  // tune.cpp: predictors whose arguments are chosen by trials.
  Result<std::shared_ptr<Tuning>> tuning_of(const CheckedStage& stage);
  /// As far as it is known before the profile is made.
  TuningTask tuning_task(const CheckedStage& stage);
  /// What runs the trials of a `tune` on these rows; completes the task by what it knows of them. E840 where they are too few.
  Result<std::unique_ptr<TrialRunner>> trial_runner(const CheckedStage& stage, const Tuning& method, DeviceRows rows,
                                                    TuningTask& task, const Cancelled& cancelled,
                                                    std::function<void(std::size_t done)> progress);
  /// How many trials there will be, and how many of them `tune` will find in the store; nothing where the rows are still to be
  /// measured.
  void count_trials(const CheckedStage& stage, StageDecision& decision);
  /// Chooses by trials on the rows that `made` learns from; says how, and how good it is.
  Result<void> tune(const CheckedStage& stage, const Cancelled& cancelled, Learnt& made);
  Result<void> read_back(const CheckedStage& stage, std::shared_ptr<Learnt> made);
  /// What `SavedPredictor::made_by` names, before its state is read back.
  Result<MakePredictor> maker_of_saved(const nlohmann::json& made_by, std::shared_ptr<const Space> space);
  /// The file that a predictor reads; empty where it has none.
  static std::string file_of(const CheckedStage& stage) { return stage.call.arguments.value("file", ""); }
  /// Whether a predictor learns nothing, and is what the file holds.
  static bool reads_back(const CheckedStage& stage) {
    const ArgSpec* file = stage.call.component->find_arg("file");
    return file && file->required;
  }
  /// What a profile holds.
  DeviceRows profiled(const std::string& name) const;
  static DeviceRows rows_of(const SearchResult& profile);
  /// Predictors of a component, over the features that its arguments ask for, or over the networks themselves. `layers`: those
  /// of the profile that they learn from.
  MakePredictor predictor_maker(const Component& component, const nlohmann::json& arguments, std::shared_ptr<const Space> space,
                                std::shared_ptr<const LayerProfile> layers = nullptr);
  static nlohmann::json learnt_json(const Learnt& learnt);
  static Result<void> enough_to_adapt(const CheckedStage& stage, const Transfer& transfer, std::size_t networks);
  nlohmann::json profile_json(const CheckedStage& stage, const SearchResult& profile) const;
  Result<void> write_output(const CheckedStage& stage, const Cancelled& cancelled, nlohmann::json& record);
  Result<std::vector<double>> test_accuracy(const CheckedStage& search_stage, const Cancelled& cancelled);
  Journal::Options journal_options(const std::string& stage, const Cancelled& cancelled);
  Result<Value> now(const Value& value) const;
  RunFacts facts() const;

  std::vector<Task> tasks();
  /// Whether a search can do what the script asks of it (E707).
  Result<void> suits_search(const CheckedSearch& spec, const SearchAlgorithm& algorithm);
  void suits_tactics(const CheckedSearch& spec, SearchTask& task, std::vector<std::pair<Failure, Span>>& failures);
  Result<std::shared_ptr<const Space>> pool_of(const CheckedStage& stage);
  /// Sources are built once: a table is read once.
  Result<std::shared_ptr<const MetricSource>> built_source(const CheckedCall& call);
  Result<std::shared_ptr<const MetricSource>> source_of(const CheckedMetric& metric);
  Result<std::shared_ptr<Tactic>> tactic_of(const CheckedSearch& spec);
  Result<std::shared_ptr<Preparation>> preparation_of(const CheckedCall& call);
  /// The search's algorithm, whole and shared out among several populations.
  void give_algorithm(SearchTask& task, const CheckedSearch& spec, const Tactic& tactic);
  std::uint64_t seed_of(const CheckedStage& stage) const { return stage.seed.value_or(script_.seed); }
  const CheckedStage& stage_named(const std::string& name) const;
  std::string weights_path(const nlohmann::json& record) const;
  std::string output_path(const std::string& file) const;
  nlohmann::json versions() const;
  bool cancelled();

  const CheckedScript& script_;
  EngineOptions options_;
  nlohmann::json module_identity_;
  EngineProgress progress_;
  std::atomic<bool>& cancelled_;
  std::atomic<std::int64_t> polled_ms_{0};  ///< when it was last asked whether to go on
  std::unique_ptr<Store> store_;
  mutable std::mutex runner_mutex_;
  std::unique_ptr<NetworkRunner> runner_;

  // Made by `prepare`, only read afterwards.
  std::map<std::string, std::shared_ptr<const Space>> spaces_;
  std::map<std::string, std::shared_ptr<Dataset>> datasets_;
  std::map<std::string, std::shared_ptr<Device>> devices_;

  StageValues<std::shared_ptr<const Weights>> weights_;
  StageValues<std::shared_ptr<const SearchResult>> found_;  ///< by this run; a result once its record is in the store
  StageValues<std::shared_ptr<const SearchResult>> results_;
  StageValues<std::shared_ptr<const Learnt>> learnt_;
  StageValues<std::shared_ptr<const LayerProfile>> layer_profiles_;
  StageValues<std::optional<std::vector<double>>> test_accuracy_;
  StageValues<std::shared_ptr<const MetricSource>> sources_;  ///< by key of the call

  std::vector<StageDecision> decisions_;
  std::map<std::string, nlohmann::json> contents_;  ///< of the stages whose content is known already
  Failure failure_;
  Span failure_span_;
  std::string run_id_;
  std::string plan_text_;
  std::string started_;
  std::vector<std::atomic<double>> stage_seconds_;  ///< per stage of the script; negative where it has not ended
};

}  // namespace nas
