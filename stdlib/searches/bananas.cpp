#include "stdlib/searches/bananas.h"

#include <cmath>

namespace nas {

double acquired(Acquisition acquisition, std::span<const double> estimates, double draw) {
  const auto n = static_cast<double>(estimates.size());
  double mean = 0, squares = 0;
  for (const double e : estimates) mean += e / n;
  for (const double e : estimates) squares += (e - mean) * (e - mean);
  const double deviation = estimates.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
  switch (acquisition) {
    case Acquisition::its:
      return mean + deviation * draw;
    case Acquisition::ucb:
      return mean - deviation / 2;
    case Acquisition::mean:
      return mean;
  }
  return mean;
}

Result<void> Bananas::score(Learner& learner, Stream stream, Population& candidates) {
  const std::size_t n = candidates.objectives.size();
  const auto members = static_cast<std::size_t>(ensemble_);
  std::vector<double> objectives(n * members), violations(candidates.size(), 0.0);
  for (std::size_t k = 0; k < members; ++k) {
    auto estimator = learner.learn(stream.split(k), members > 1);
    if (!estimator) return estimator.failure();
    (*estimator)->estimate(candidates);
    for (std::size_t i = 0; i < n; ++i) objectives[i * members + k] = candidates.objectives[i];
    for (std::size_t i = 0; i < violations.size(); ++i) violations[i] += candidates.violations[i] / static_cast<double>(members);
  }
  Stream draws = stream.split("acquisition");
  for (std::size_t i = 0; i < n; ++i)
    candidates.objectives[i] = acquired(acquisition_, std::span(objectives).subspan(i * members, members), draws.normal());
  candidates.violations = violations;
  return {};
}

}  // namespace nas
