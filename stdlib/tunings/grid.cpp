#include <algorithm>
#include <numeric>

#include "stdlib/tunings/tunings.h"

namespace nas {
namespace {

struct GridArgs : TrialRules {};
struct RandomTuningArgs : TrialRules {
  int trials = 0;
};

/// Each configuration once, with all that it may learn from.
Result<std::vector<Trial>> try_each(const std::vector<std::size_t>& configurations, const RunTrials& run_trials) {
  std::vector<Trial> trials;
  for (const std::size_t configuration : configurations) trials.push_back({configuration});
  if (auto done = run_trials(trials); !done) return done.failure();
  return trials;
}

class GridTuning : public Tuning {
 public:
  explicit GridTuning(const GridArgs& args) : Tuning(args) {}
  std::size_t trials(const TuningTask& task) const override { return task.configurations; }
  Result<std::vector<Trial>> run(const TuningTask& task, const RunTrials& run_trials) const override {
    std::vector<std::size_t> all(task.configurations);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return try_each(all, run_trials);
  }
};

class RandomTuning : public Tuning {
 public:
  explicit RandomTuning(const RandomTuningArgs& args) : Tuning(args), trials_(static_cast<std::size_t>(args.trials)) {}
  std::size_t trials(const TuningTask& task) const override {
    return std::min(trials_ == 0 ? kUsualTrials : trials_, task.configurations);
  }
  Result<std::vector<Trial>> run(const TuningTask& task, const RunTrials& run_trials) const override {
    return try_each(drawn_without_return(trials(task), task.configurations, task.stream.split("configurations")), run_trials);
  }

 private:
  std::size_t trials_;
};

}  // namespace

Component grid_tuning() {
  Declare<GridArgs> declared(ComponentKind::tuning, "grid", "Tries every configuration.");
  return judged(declared)
      .details(
          "A trial learns with all epochs and all rows. Of equal trials the first configuration is taken; the last choice "
          "changes first.")
      .paper("Stone, Journal of the Royal Statistical Society B 36 (1974)")
      .example("tune best = ridge(alpha = choice(0.1, 1, 10)) from base by grid()")
      .example("tune best = knn(k = choice(3, 5, 9), distance = choice(hamming, euclidean)) from base by grid(criterion = rank)")
      .builds(makes_tuning<GridTuning>());
}

Component random_tuning() {
  Declare<RandomTuningArgs> declared(ComponentKind::tuning, "random", "Tries configurations drawn at random, none twice.");
  return judged(declared.arg("trials", &RandomTuningArgs::trials,
                             "configurations that are tried; 0 = 20, or all where they are fewer", between(0, 1000000)))
      .details("A trial learns with all epochs and all rows. More trials hold the configurations of fewer.")
      .paper("Bergstra and Bengio, Journal of Machine Learning Research 13 (2012)")
      .example("tune best = svr(c = choice(1, 10, 100), epsilon = choice(0.01, 0.05, 0.1)) from base by random(trials = 6)")
      .builds(makes_tuning<RandomTuning>());
}

}  // namespace nas
