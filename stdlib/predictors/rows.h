#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/predictor.h"
#include "core/result.h"

namespace nas {

/// What every predictor asks of the rows that it learns from: at least `needed` of them, every target and every feature a finite
/// number. `name` is the predictor's, for the sentence. Rows and columns are counted from 1.
Result<void> check_rows(const std::string& name, std::size_t needed, std::span<const float> features,
                        std::span<const double> targets);

/// What a predictor that adds up times of layers asks besides: every target above zero, and, where it is to
/// tell layers apart by them, not all of them equal.
Result<void> check_times(const std::string& name, std::span<const double> targets, bool tells_apart = true);

/// The array called `array` of what was saved of the predictor called `name`; a Failure where it is missing or not `size` long.
Result<std::vector<double>> saved_array(const PredictorState& state, const std::string& name, const std::string& array,
                                        std::optional<std::size_t> size = std::nullopt);

}  // namespace nas
