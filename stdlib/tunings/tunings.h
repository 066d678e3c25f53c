#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/component.h"
#include "core/tuning.h"

namespace nas {

template <>
struct Labels<TuneBy> {
  static constexpr std::string_view names[] = {"error", "rank"};
};

/// Configurations that a method tries where it is not told how many.
inline constexpr std::size_t kUsualTrials = 20;

/// The arguments that every method has; `Args` derives from TrialRules.
template <typename Args>
Declare<Args>& judged(Declare<Args>& declared) {
  return declared
      .arg("folds", static_cast<int Args::*>(&TrialRules::folds),
           "each trial is judged by a cross-validation of so many folds over the rows that are not held out", between(2, 20))
      .arg("criterion", static_cast<TuneBy Args::*>(&TrialRules::criterion),
           "error: the smallest root mean squared error; rank: the largest Kendall tau")
      .arg("held_out", static_cast<double Args::*>(&TrialRules::held_out),
           "share of the rows that choose nothing and only tell how good the best one is", between(0.05, 0.5));
}

template <typename Made>
auto makes_tuning() {
  return [](const auto& arguments, Services&) {
    return std::shared_ptr<void>(std::static_pointer_cast<Tuning>(std::make_shared<Made>(arguments)));
  };
}

/// The rungs of one bracket of successive halving.
struct Rung {
  std::int64_t budget;
  std::size_t trials;
};
/// Bracket s has rungs of floor(budget eta^-s), ..., budget. It begins with ceil(n (s_max + 1) / (s + 1) eta^(s - s_max)) of the
/// configurations, n those of bracket s_max (Li et al., Hyperband, JMLR 18 (2018), algorithm 1 where n = eta^s_max; 0 trials =
/// that, and kUsualTrials at least), and a share of 1 / eta goes on to each next rung, at least one.
std::vector<Rung> halving_rungs(std::int64_t budget, int eta, int s, int s_max, std::size_t trials, std::size_t configurations);
/// The largest s with floor(budget eta^-s) >= least; -1 where the budget itself is below.
int most_halvings(std::int64_t budget, int eta, std::int64_t least);
/// `count` of n numbers, each with the same probability, in an order that the stream draws.
std::vector<std::size_t> drawn_without_return(std::size_t count, std::size_t n, Stream stream);

Component asha_tuning();
Component grid_tuning();
Component random_tuning();

}  // namespace nas
