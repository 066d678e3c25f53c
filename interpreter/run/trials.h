#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "check/check_script.h"
#include "core/learnt.h"
#include "core/tuning.h"
#include "run/store.h"

namespace nas {

/// Runs the trials of one `tune`: those that the store knows are not run again, and each new one is in the store before it
/// counts. A part of the rows is held out of all of them.
class TrialRunner {
 public:
  struct Options {
    std::string script_name, run, stage;
    bool only_this_run = false;  ///< what other runs tried does not count as known
    int threads = 1;
    Stream stream;
    nlohmann::json made_by;  ///< what besides its arguments a trial depends on: seed, plug-in
    std::function<bool()> cancelled = [] { return false; };
    std::function<void(std::size_t done)> progress = [](std::size_t) {};
  };
  /// Predictors from complete arguments.
  using Make = std::function<std::shared_ptr<Predictor>(const nlohmann::json& arguments)>;

  /// Rows that `n` are shared into: at least three are held out, and two a fold are left. 0 where they are too few.
  static std::size_t held_rows(std::size_t n, const TrialRules& rules);
  static std::size_t least_rows(const TrialRules& rules);

  TrialRunner(Store& store, const CheckedTuning& tuning, const CheckedCall& predictor, const Space& space, DeviceRows rows,
              const TrialRules& rules, Make make, Options options);

  /// Rows that every trial may learn from.
  std::size_t rows_of_a_trial() const { return chosen_.size() - (chosen_.size() + folds() - 1) / folds(); }
  std::size_t rows_that_choose() const { return chosen_.size(); }
  std::size_t rows_held_out() const { return held_.size(); }
  /// In parallel; the scores depend on nothing but the trials.
  Result<void> run(std::span<Trial> trials);
  /// Fills in the scores of a trial that the store knows: `run` does not run it again. False where it does not.
  bool recall(Trial& trial);
  /// What a predictor that has learnt from the rows that choose says of those that are held out.
  Judged judged(const nlohmann::json& arguments, const std::string& name, const Stream& stream) const;
  /// The arguments of a trial, with its epochs where it has a budget of them.
  nlohmann::json arguments_of(const Trial& trial) const;
  /// Why the last trial that could not learn could not.
  std::string reason() const;

 private:
  std::size_t folds() const { return static_cast<std::size_t>(rules_.folds); }
  Result<void> run_one(Trial& trial);
  std::size_t rows_of(const Trial& trial) const;
  /// Everything that the record of a trial depends on.
  nlohmann::json fields_of(const Trial& trial) const;
  void take(const nlohmann::json& record, Trial& trial);
  /// Fits and judges by cross-validation.
  nlohmann::json judge(const nlohmann::json& arguments, std::size_t rows) const;
  void gather(std::span<const std::size_t> rows, std::vector<float>& x, std::vector<double>& y) const;

  Store& store_;
  const CheckedTuning& tuning_;
  const CheckedCall& predictor_;
  DeviceRows rows_;
  TrialRules rules_;
  Make make_;
  Options options_;
  std::string data_;  ///< stands for the rows and their space
  std::vector<float> features_;
  std::size_t columns_ = 0;
  std::vector<std::size_t> chosen_, held_;
  std::atomic<std::size_t> done_{0};
  mutable std::mutex mutex_;
  std::string reason_;
};

}  // namespace nas
