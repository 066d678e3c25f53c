#pragma once

#include "stdlib/searches/learning.h"

namespace nas {

struct WeakNasArgs : LearningArgs {
  int top = 100;
};

/// Progressive weak predictors (Wu, Dai, Chen, Chen, Liu, Yu, Wang, Liu, Chen, Yuan, Stronger NAS with Weaker Predictors, NeurIPS
/// 2021, arXiv:2102.10490, algorithm 1): in every round a predictor learns from all that was measured, and the networks measured
/// next are drawn uniformly from its `top` best candidates, so that each predictor is needed to be right near the optimum only.
/// With several objectives the best candidates are those of the first predicted fronts.
class WeakNas : public LearningSearch {
 public:
  explicit WeakNas(const WeakNasArgs& args) : LearningSearch(args), top_(static_cast<std::size_t>(args.top)) {}

 private:
  Result<void> score(Learner& learner, Stream stream, Population& candidates) override;
  std::size_t drawn_from() const override { return top_; }

  std::size_t top_;
};

}  // namespace nas
