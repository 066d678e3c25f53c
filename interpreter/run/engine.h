#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "check/check_script.h"
#include "core/services.h"
#include "run/store.h"

namespace nas {

/// What `plan` says and `run` does about one stage; both call `Engine::decide`.
struct StageDecision {
  std::string stage;
  std::string key;
  nlohmann::json fields;
  enum class Action { reuse, run, always } action = Action::run;
  std::vector<std::string> unknown;  ///< inputs that are still to be made: decided again when they are there
  std::string reason;           ///< why it is not reused: "seed is 2, was 1"; empty when it is
  std::int64_t measurements = 0;  ///< at most, for searches
  double seconds = 0;           ///< of the record that is reused
};

struct EngineProgress {
  std::function<void(const std::string& stage, const std::string& what, double done, double total, const std::string& detail)> step;
  std::function<void(const std::string& stage, const char* event, double seconds)> event;  ///< started, finished, reused, skipped, failed
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
  const Registry* registry = nullptr;
  std::function<Result<std::unique_ptr<NetworkRunner>>()> open_runner;  ///< empty = the LibTorch module
  std::vector<std::string> module_folders;  ///< where the module may lie, besides the places beside the executable
};

/// Executes a checked script against the run store.
class Engine : public Services {
 public:
  Engine(const CheckedScript& script, EngineOptions options, EngineProgress progress, std::atomic<bool>& cancelled);
  ~Engine() override;

  /// Opens the store, looks at the world (E8) and decides about every stage. All failures of the world, not only the first.
  std::vector<std::pair<Failure, Span>> prepare();
  const std::vector<StageDecision>& decisions() const { return decisions_; }
  /// 0 ok, 3 a stage failed, 4 a requirement is not met, 5 nothing feasible, 130 interrupted.
  int run(const std::string& plan_text);

  const Failure& failure() const { return failure_; }
  Span failure_span() const { return failure_span_; }
  const std::string& run_id() const { return run_id_; }
  nlohmann::json result(const std::string& stage) const;

  // Services
  Result<std::string> read_file(const std::string& path) override;
  Result<std::string> input_path(const std::string& path) override;
  Result<NetworkRunner*> runner() override;
  int threads() const override { return options_.threads; }

 private:
  struct Outputs;
  class JournalMeasurer;
  StageDecision decide(const CheckedStage& stage);
  Result<std::shared_ptr<const Space>> pool_of(const CheckedStage& stage);
  Result<void> execute(const CheckedStage& stage, const StageDecision& decision, nlohmann::json& record);
  Result<void> restore(const CheckedStage& stage, const nlohmann::json& record);
  Result<void> train(const CheckedStage& stage, const StageDecision& decision, nlohmann::json& record);
  Result<void> search(const CheckedStage& stage, nlohmann::json& record);
  Result<void> write_output(const CheckedStage& stage, nlohmann::json& record);
  Result<std::shared_ptr<const MetricSource>> source_of(const CheckedMetric& metric);
  Result<std::vector<double>> test_accuracy(const CheckedStage& search_stage);
  /// What a finished stage gives to those that need it, as a part of their keys: equal contents are interchangeable.
  static nlohmann::json content_of(const CheckedStage& stage, const nlohmann::json& record);
  std::string weights_path(const nlohmann::json& record) const;
  std::shared_ptr<Tactic> tactic_of(const CheckedSearch& spec);
  bool computed_in_batches(const CheckedMetric& metric, const CheckedSearch& spec);
  std::int64_t measurements_of(const CheckedSearch& spec);
  Result<Value> now(const Value& value);
  std::string output_path(const std::string& file) const;
  nlohmann::json versions();

  const CheckedScript& script_;
  EngineOptions options_;
  EngineProgress progress_;
  std::atomic<bool>& cancelled_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<NetworkRunner> runner_;
  std::unique_ptr<Outputs> outputs_;
  std::vector<StageDecision> decisions_;
  std::map<std::string, nlohmann::json> contents_;  ///< of the stages whose content is known already
  Failure failure_;
  Span failure_span_;
  std::string run_id_;
  std::string plan_text_;
  std::string started_;
  std::vector<std::pair<std::string, double>> stage_seconds_;
};

}  // namespace nas
