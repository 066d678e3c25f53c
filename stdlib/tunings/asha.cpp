#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include "stdlib/tunings/tunings.h"

namespace nas {
namespace {

struct AshaArgs : TrialRules {
  int budget = 0;
  int eta = 3;
  int min_budget = 0;
  int brackets = 1;
  int trials = 0;
  int workers = 8;
};

/// One bracket while it runs: what has ended on each rung, and what has gone on from it.
class Bracket {
 public:
  Bracket(int number, std::vector<Rung> rungs, std::vector<std::size_t> configurations)
      : number_(number),
        rungs_(std::move(rungs)),
        waiting_(configurations.begin(), configurations.end()),
        ended_(rungs_.size()) {}

  /// Algorithm 2 of Li et al.: what may go on, from the highest rung that has something; else a new configuration.
  std::optional<Trial> job() {
    for (std::size_t k = rungs_.size() - 1; k-- > 0;) {
      Ended& here = ended_[k];
      const std::size_t q = rungs_[k + 1].trials, next = here.promoted + 1;
      if (next > q || here.trials.size() < (next * rungs_[k].trials + q - 1) / q) continue;
      const auto best = std::min_element(here.trials.begin(), here.trials.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.gone, a.score, a.configuration) < std::tuple(b.gone, b.score, b.configuration);
      });
      best->gone = true;
      ++here.promoted;
      return trial(best->configuration, k + 1);
    }
    if (waiting_.empty()) return std::nullopt;
    const std::size_t configuration = waiting_.front();
    waiting_.pop_front();
    return trial(configuration, 0);
  }
  void end(const Trial& trial) {
    ended_[static_cast<std::size_t>(trial.rung)].trials.push_back({false, trial.score, trial.configuration});
  }

 private:
  struct One {
    bool gone;
    double score;
    std::size_t configuration;
  };
  struct Ended {
    std::vector<One> trials;
    std::size_t promoted = 0;
  };
  Trial trial(std::size_t configuration, std::size_t rung) const {
    return {configuration, rungs_[rung].budget, number_, static_cast<int>(rung)};
  }

  int number_;
  std::vector<Rung> rungs_;
  std::deque<std::size_t> waiting_;
  std::vector<Ended> ended_;
};

class Asha : public Tuning {
 public:
  explicit Asha(const AshaArgs& args) : Tuning(args), args_(args) {}

  Result<void> suits(const TuningTask& task) const override {
    const char* unit = task.epochs ? "epochs" : "rows";
    const std::int64_t budget = whole_budget(task), least = least_budget(task);
    if (!task.epochs && budget > task.whole)
      return Failure{"E840", fmt::format("asha has a budget of {} rows, and a trial may learn from {}", budget, task.whole),
                     "take a smaller budget, or give the profile more samples"};
    if (budget < least)
      return Failure{"E840", fmt::format("asha has a budget of {} {}, and a trial takes {} at least", budget, unit, least), ""};
    const int most = most_halvings(budget, args_.eta, least) + 1;
    if (args_.brackets > most)
      return Failure{"E840",
                     fmt::format("asha has {} brackets, and {} to {} {} by eta = {} allow {}", args_.brackets, least, budget,
                                 unit, args_.eta, most),
                     "take fewer brackets, or a smaller min_budget"};
    return {};
  }
  std::int64_t whole_budget(const TuningTask& task) const override { return args_.budget > 0 ? args_.budget : task.whole; }
  std::size_t trials(const TuningTask& task) const override {
    std::size_t count = 0;
    for (int b = 0; b < args_.brackets; ++b)
      for (const Rung& rung : rungs(task, b)) count += rung.trials;
    return count;
  }

  Result<std::vector<Trial>> run(const TuningTask& task, const RunTrials& run_trials) const override {
    std::vector<Bracket> brackets;
    for (int b = 0; b < args_.brackets; ++b) {
      auto own = rungs(task, b);
      auto drawn = drawn_without_return(own[0].trials, task.configurations,
                                        task.stream.split("configurations").split(static_cast<std::uint64_t>(b)));
      brackets.emplace_back(b + 1, std::move(own), std::move(drawn));
    }
    // The clock of a machine with so many workers, on which a trial takes as long as its budget says.
    struct Running {
      std::int64_t end;
      Trial trial;
      bool judged = false;
    };
    std::vector<Running> running;  // as they were begun
    std::vector<Trial> ended, together;
    std::int64_t now = 0;
    for (;;) {
      for (Bracket& bracket : brackets)
        while (running.size() < static_cast<std::size_t>(args_.workers)) {
          const auto job = bracket.job();
          if (!job) break;
          running.push_back({now + job->budget, *job});
        }
      if (running.empty()) return ended;
      together.clear();
      for (const Running& one : running)
        if (!one.judged) together.push_back(one.trial);
      if (!together.empty())
        if (auto done = run_trials(together); !done) return done.failure();
      std::size_t k = 0;
      for (Running& one : running)
        if (!one.judged) one.trial = together[k++], one.judged = true;
      const auto first =
          std::min_element(running.begin(), running.end(), [](const auto& a, const auto& b) { return a.end < b.end; });
      now = first->end;
      ended.push_back(first->trial);
      brackets[static_cast<std::size_t>(first->trial.bracket) - 1].end(first->trial);
      running.erase(first);
    }
  }

 private:
  std::int64_t least_budget(const TuningTask& task) const { return args_.min_budget > 0 ? args_.min_budget : task.least; }
  std::vector<Rung> rungs(const TuningTask& task, int bracket) const {
    const std::int64_t budget = whole_budget(task);
    const int s_max = most_halvings(budget, args_.eta, least_budget(task));
    return halving_rungs(budget, args_.eta, s_max - bracket, s_max, static_cast<std::size_t>(args_.trials), task.configurations);
  }

  AshaArgs args_;
};

}  // namespace

int most_halvings(std::int64_t budget, int eta, std::int64_t least) {
  int s = -1;
  for (; budget >= least && budget > 0; budget /= eta) ++s;
  return s;
}

std::vector<Rung> halving_rungs(std::int64_t budget, int eta, int s, int s_max, std::size_t trials, std::size_t configurations) {
  const auto power = [&](int exponent) {
    std::size_t value = 1;
    for (int i = 0; i < exponent; ++i) value *= static_cast<std::size_t>(eta);
    return value;
  };
  const std::size_t first = trials > 0 ? trials : std::max(kUsualTrials, power(s_max));
  const std::size_t above = first * static_cast<std::size_t>(s_max + 1),
                    below = static_cast<std::size_t>(s + 1) * power(s_max - s);
  std::size_t n = std::min((above + below - 1) / below, configurations);
  std::vector<Rung> rungs;
  for (int k = 0; k <= s; ++k) {
    rungs.push_back({budget / static_cast<std::int64_t>(power(s - k)), n});
    n = std::max<std::size_t>(1, n / static_cast<std::size_t>(eta));
  }
  return rungs;
}

std::vector<std::size_t> drawn_without_return(std::size_t count, std::size_t n, Stream stream) {
  std::vector<std::size_t> all(n);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + stream.below(static_cast<std::uint32_t>(n - i))]);
  all.resize(count);
  return all;
}

Component asha_tuning() {
  Declare<AshaArgs> declared(ComponentKind::tuning, "asha",
                             "Asynchronous successive halving: many configurations get a little, the better ones more.");
  declared
      .arg("budget", &AshaArgs::budget,
           "of a whole trial: epochs of predictors that have them (mlp, lpm, gcn), rows of the others; 0 = as many as the "
           "predictor takes by default, or all rows that there are",
           between(0, 1000000))
      .arg("eta", &AshaArgs::eta, "one of so many trials goes on, with so many times the budget", between(2, 100))
      .arg("min_budget", &AshaArgs::min_budget,
           "of the first rung, at least; 0 = 1 epoch, or as many rows as the predictor needs and 10 at least",
           between(0, 1000000))
      .arg("brackets", &AshaArgs::brackets,
           "the first bracket begins at the smallest budget, each further one at eta times that with fewer configurations, as "
           "Hyperband's",
           between(1, 30))
      .arg("trials", &AshaArgs::trials,
           "configurations that the first bracket begins with; 0 = the eta^s that leave one for the last of its s + 1 rungs, 20 "
           "at "
           "least, or all where there are fewer",
           between(0, 1000000))
      .arg("workers", &AshaArgs::workers,
           "trials that are under way at a time, on a clock on which a trial takes as long as its budget says; they share the "
           "threads there are",
           between(1, 1000));
  return judged(declared)
      .details(
          "Budgets are budget eta^-s, ..., budget / eta, budget, rounded down. A configuration goes on when it is among the best "
          "1 / eta of those that have ended on its rung, without waiting for the others; of n on a rung n / eta go on in all, "
          "the j-th once "
          "j of n / eta shares have ended, so that the counts are those of successive halving and the best of a rung always goes "
          "on. "
          "A trial of more epochs learns anew, with the whole schedule of its rates. The clock is no real one: the same seed "
          "gives the same trials on any machine.")
      .paper(
          "Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020, algorithm 2; Li et al., Hyperband, JMLR "
          "18 (2018)")
      .example("tune best = mlp(layers = choice([32], [64, 64]), rate = choice(1e-3, 1e-2)) from base by asha(budget = 81)")
      .example(
          "tune best = gbdt(depth = choice(2, 3, 5), rate = choice(0.05, 0.1)) of latency@host from base by asha(eta = 2, "
          "brackets = 2)")
      .builds(makes_tuning<Asha>());
}

}  // namespace nas
