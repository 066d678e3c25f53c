#pragma once

#include <string>
#include <vector>

#include "core/services.h"
#include "stdlib/outputs/chart.h"

namespace nas {

/// How alike devices order the networks that all profiles hold: Spearman's rank correlation of every pair, alike devices beside
/// one another, as SVG. E841 for fewer than three such networks.
Result<std::string> heatmap_svg(const std::vector<OutputInput>& profiles);

/// The networks that two profiles hold, one axis each. E841 for fewer than three.
Result<Chart> latency_scatter(const OutputInput& a, const OutputInput& b);

/// What a predictor says of the networks of a profile, beside the line of perfect prediction. E841 for fewer than three.
Result<Chart> predicted_vs_measured(const OutputInput& predictor, const OutputInput& profile);

}  // namespace nas
