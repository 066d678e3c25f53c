#pragma once

#include "stdlib/searches/learning.h"

namespace nas {

/// How a mean and a deviation become one value to rank candidates by.
enum class Acquisition {
  its,   ///< a draw from N(mean, deviation^2): independent Thompson sampling
  ucb,   ///< mean - deviation / 2, the optimistic end for what is minimised
  mean,  ///< the mean alone
};
template <>
struct Labels<Acquisition> {
  static constexpr std::string_view names[] = {"its", "ucb", "mean"};
};

struct BananasArgs : LearningArgs {
  BananasArgs() {
    initial = 20;
    evaluate = 10;
    rounds = 20;
    candidates = 1000;
  }
  int ensemble = 5;
  Acquisition acquisition = Acquisition::its;
};

/// The mean and the deviation of several estimates, as one value: `draw` is a standard normal number, used by `its` only.
double acquired(Acquisition acquisition, std::span<const double> estimates, double draw);

/// BANANAS (White, Neiswanger, Savani, AAAI 2021, doi:10.1609/aaai.v35i12.17233, algorithm 1): an ensemble of predictors gives
/// every candidate a mean and a deviation, an acquisition function ranks them. The predictors of the script take the place of the
/// paper's networks; each learns from rows drawn with replacement, so that they differ where little was measured.
class Bananas : public LearningSearch {
 public:
  explicit Bananas(const BananasArgs& args) : LearningSearch(args), ensemble_(args.ensemble), acquisition_(args.acquisition) {}

 private:
  Result<void> score(Learner& learner, Stream stream, Population& candidates) override;
  std::size_t drawn_from() const override { return 0; }

  int ensemble_;
  Acquisition acquisition_;
};

}  // namespace nas
