#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"

namespace nas {

/// One configuration of a predictor, learnt with a budget and judged on rows that it has not learnt from.
struct Trial {
  std::size_t configuration = 0;
  std::int64_t budget = 0;  ///< epochs or rows; 0 = all that the configuration says
  int bracket = 0, rung = 0;
  double score = std::numeric_limits<double>::infinity();  ///< the smaller the better; infinite where it could not learn
  double rmse_share = 0, kendall = 0;                      ///< of the same rows; NaN where they are undefined
};

/// What a tuning method chooses among.
struct TuningTask {
  std::size_t configurations = 0;
  bool epochs = false;     ///< a budget is one of epochs, and of rows where it is not
  std::int64_t whole = 0;  ///< the epochs that the predictor takes by default, or all rows that a trial may learn from
  std::int64_t least = 1;  ///< the smallest budget that makes sense
  Stream stream;
};

/// What trials are judged by.
enum class TuneBy { error, rank };
struct TrialRules {
  int folds = 5;  ///< each trial learns so many times
  TuneBy criterion = TuneBy::error;
  double held_out = 0.2;  ///< share of the rows that no trial sees
};

/// Fills in the scores of trials; they may be run side by side.
using RunTrials = std::function<Result<void>(std::span<Trial> trials)>;

/// Tries configurations of a predictor: `tune ... by asha(budget = 81)`. What it asks for depends on the task and on the scores
/// alone, never on the time that a trial takes.
class Tuning {
 public:
  explicit Tuning(const TrialRules& rules) : rules_(rules) {}
  virtual ~Tuning() = default;
  const TrialRules& rules() const { return rules_; }
  /// A failure where the budgets do not go with one another.
  virtual Result<void> suits(const TuningTask&) const { return {}; }
  /// How many trials there will be.
  virtual std::size_t trials(const TuningTask& task) const = 0;
  /// All trials in the order in which they ended.
  virtual Result<std::vector<Trial>> run(const TuningTask& task, const RunTrials& run_trials) const = 0;
  /// Whether a trial counts when the best one is taken: those with a whole budget.
  virtual std::int64_t whole_budget(const TuningTask&) const { return 0; }

 private:
  TrialRules rules_;
};

}  // namespace nas
