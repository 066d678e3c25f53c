#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/text_table.h"
#include "run/engine.h"
#include "run/search_json.h"
#include "run/trials.h"

namespace nas {
namespace {

constexpr std::size_t kLeastRows = 10;  ///< that a trial learns from where rows are what it has of a budget

/// "rate = 0.01, layers = [64, 64]".
std::string choices_text(const CheckedTuning& tuning, const nlohmann::json& arguments) {
  std::vector<std::string> parts;
  for (const auto& choice : tuning.choices)
    parts.push_back(choice.argument + " = " + argument_text(arguments.at(choice.argument)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

nlohmann::json finite(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

}  // namespace

Result<std::shared_ptr<Tuning>> Engine::tuning_of(const CheckedStage& stage) {
  const CheckedTuning& tuning = *stage.tuning;
  auto built = tuning.method.component->build(tuning.method.arguments, *this);
  if (!built) return built.failure();
  return std::static_pointer_cast<Tuning>(*built);
}

TuningTask Engine::tuning_task(const CheckedStage& stage) {
  TuningTask task{.stream = Stream(seed_of(stage), stage.stream).split("tune")};
  task.configurations = static_cast<std::size_t>(stage.tuning->configurations());
  if (const ArgSpec* epochs = stage.call.component->find_arg("epochs")) {
    task.epochs = true;
    task.whole = epochs->default_value.get<std::int64_t>();
  }
  return task;
}

Result<std::unique_ptr<TrialRunner>> Engine::trial_runner(const CheckedStage& stage, const Tuning& method, DeviceRows rows,
                                                          TuningTask& task, const Cancelled& cancelled,
                                                          std::function<void(std::size_t done)> progress) {
  const CheckedTuning& tuning = *stage.tuning;
  const CheckedLearning& learning = *stage.learning;
  const Component& component = *stage.call.component;
  const TrialRules& rules = method.rules();
  const auto space = spaces_.at(learning.space);
  const auto make = [this, &component, space, layers = layer_profiles_.find(learning.probe)](const nlohmann::json& arguments) {
    return predictor_maker(component, arguments, space, layers)();
  };
  if (TrialRunner::held_rows(rows.networks.size(), rules) == 0)
    return Failure{
        "E840",
        fmt::format("tuning {} by {} folds needs at least {} networks, {} of them held out, and {} holds {}", component.name,
                    rules.folds, TrialRunner::least_rows(rules), TrialRunner::held_rows(TrialRunner::least_rows(rules), rules),
                    learning.probe, rows.networks.size()),
        "give the profile more samples, or take fewer folds"};
  TrialRunner::Options options{.stream = task.stream};
  options.script_name = options_.script_name;
  options.run = run_id_;
  options.stage = stage.name;
  options.only_this_run = options_.fresh;
  options.threads = options_.threads;
  options.made_by = {{"seed", seed_of(stage)}, {"stream", stage.stream}, {"plug-in", component.origin}};
  options.cancelled = cancelled;
  options.progress = std::move(progress);
  auto runner =
      std::make_unique<TrialRunner>(*store_, tuning, stage.call, *space, std::move(rows), rules, make, std::move(options));
  if (!task.epochs) {
    task.whole = static_cast<std::int64_t>(runner->rows_of_a_trial());
    task.least = static_cast<std::int64_t>(std::max(kLeastRows, make(tuning.arguments(stage.call, 0))->rows_needed()));
  }
  if (auto suits = method.suits(task); !suits) return suits.failure();
  return runner;
}

void Engine::count_trials(const CheckedStage& stage, StageDecision& decision) {
  const std::string& profile = stage.learning->probe;
  const auto made =
      std::find_if(decisions_.begin(), decisions_.end(), [&](const StageDecision& d) { return d.stage == profile; });
  if (made == decisions_.end() || made->action != StageDecision::Action::reuse) return;
  const auto record = store_->find_stage(made->key);
  const auto method = tuning_of(stage);
  if (!record || !method) return;
  DeviceRows rows = rows_of(search_result_from(record->result));
  TuningTask task = tuning_task(stage);
  const auto runner = trial_runner(
      stage, **method, std::move(rows), task, [] { return false; }, [](std::size_t) {});
  if (!runner) return;  // said when it runs
  decision.trials = static_cast<std::int64_t>((*method)->trials(task));
  // The method asks as it will in the run, as far as the store answers.
  (void)(*method)->run(task, [&](std::span<Trial> some) -> Result<void> {
    bool all = true;
    for (Trial& trial : some) {
      const bool known = (*runner)->recall(trial);
      decision.known_trials += known;
      all = all && known;
    }
    return all ? Result<void>() : Failure{"", "to be run", ""};
  });
}

Result<void> Engine::tune(const CheckedStage& stage, const Cancelled& cancelled, Learnt& made) {
  const CheckedTuning& tuning = *stage.tuning;
  const CheckedLearning& learning = *stage.learning;
  const Component& component = *stage.call.component;
  auto method = tuning_of(stage);
  if (!method) return method.failure();
  const TrialRules& rules = (*method)->rules();
  TuningTask task = tuning_task(stage);
  std::size_t total = 0;
  auto made_runner = trial_runner(stage, **method, made.from, task, cancelled, [&](std::size_t done) {
    progress_.step(stage.name, "trials", static_cast<double>(done), static_cast<double>(total), "");
  });
  if (!made_runner) return made_runner.failure();
  TrialRunner& runner = **made_runner;
  total = (*method)->trials(task);
  auto trials = (*method)->run(task, [&](std::span<Trial> some) { return runner.run(some); });
  if (!trials) return trials.failure();
  const std::int64_t whole = (*method)->whole_budget(task);
  const Trial* best = nullptr;
  for (const Trial& trial : *trials)
    if (trial.budget == whole && std::isfinite(trial.score) &&
        (!best || std::pair(trial.score, trial.configuration) < std::pair(best->score, best->configuration)))
      best = &trial;
  if (!best) {
    const std::string reason = runner.reason();
    return Failure{"E840",
                   fmt::format("no configuration of {} could be judged on {}{}", component.name, learning.probe,
                               reason.empty() ? "" : ": " + reason),
                   "give the profile more samples"};
  }

  const nlohmann::json arguments = runner.arguments_of(*best);
  nlohmann::json usual = nlohmann::json::object();
  for (const ArgSpec& spec : component.args) usual[spec.name] = spec.default_value;
  usual["features"] = arguments.at("features");
  if (component.find_arg("of") && stage.call.arguments.value("features", "").empty()) {  // those of its own members
    usual["features"] = "";
    complete_features(*tuning.registry, component, usual, tuning.graphs);
  }
  const Stream held = task.stream.split("held out");
  made.judgement.each = {runner.judged(arguments, stage.name, held),
                         runner.judged(usual, component.name + " with its defaults", held)};
  made.judgement.networks = runner.rows_held_out();
  made.judgement.folds = 1;
  made.make = predictor_maker(component, arguments, made.space, layer_profiles_.find(learning.probe));
  made.made_by = {{"component", component.name}, {"arguments", arguments}};

  const std::string unit = whole == 0 ? "" : task.epochs ? "epochs" : "rows";
  auto rows = nlohmann::json::array();
  for (std::size_t i = 0; i < trials->size(); ++i) {
    const Trial& trial = (*trials)[i];
    nlohmann::json row = {{"trial", i + 1},
                          {"rmse_share", finite(trial.rmse_share)},
                          {"kendall", finite(trial.kendall)},
                          {"chosen", &trial == best},
                          {"arguments", nlohmann::json::object()}};
    if (whole > 0) row.update({{"bracket", trial.bracket}, {"rung", trial.rung + 1}, {"budget", trial.budget}});
    const nlohmann::json own = tuning.arguments(stage.call, trial.configuration);
    for (const auto& choice : tuning.choices) row["arguments"][choice.argument] = own.at(choice.argument);
    rows.push_back(std::move(row));
  }
  for (const auto& choice : tuning.choices) made.choices.push_back(choice.argument);
  made.tuned = {{"kind", "trials"}, {"rows", rows}, {"unit", unit}, {"text", trial_table(rows, made.choices, unit)}};
  made.tuned["chosen"] = fmt::format("{} took {} out of {} configurations by {} trials", tuning.method.component->name,
                                     choices_text(tuning, arguments), task.configurations, trials->size());
  made.tuned["selection"] = fmt::format("chosen on {} networks in {} folds: RMSE {:.1f} % of the mean, Kendall tau {:.3f}",
                                        runner.rows_that_choose(), rules.folds, 100 * best->rmse_share, best->kendall);
  return {};
}

}  // namespace nas
