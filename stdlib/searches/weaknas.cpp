#include "stdlib/searches/weaknas.h"

namespace nas {

Result<void> WeakNas::score(Learner& learner, Stream stream, Population& candidates) {
  auto estimator = learner.learn(stream, false);
  if (!estimator) return estimator.failure();
  (*estimator)->estimate(candidates);
  return {};
}

}  // namespace nas
