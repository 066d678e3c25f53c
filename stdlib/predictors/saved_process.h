#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "backends/eigen/gaussian_process.h"
#include "core/predictor.h"
#include "core/result.h"

namespace nas {

/// A Gaussian process as arrays: its rows, the targets that it has learnt from, its shape. All else follows from them.
PredictorState state_of_process(const GaussianProcess& process, const std::vector<double>& targets);
/// That process again, and the targets. `name` is the predictor's, for sentences. Fails where the arrays do not fit together, or
/// where the kernel has no inverse.
Result<std::pair<GaussianProcess, std::vector<double>>> process_of_state(const PredictorState& state, const std::string& name);
/// A process whose kernel could be inverted, or the sentence about it.
Result<void> has_inverse(const GaussianProcess& process, const std::string& name);

}  // namespace nas
