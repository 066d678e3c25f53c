#pragma once

#include <string>
#include <vector>

#include "core/services.h"
#include "stdlib/outputs/chart.h"

namespace nas {

/// The error of a predictor over how many networks it has learnt from: a fifth of its profile is held out, and the first ones of
/// the rest are learnt from, `repeats` times anew; mean and range. Of a transfer, also what its kind does from scratch. Empty
/// `sizes`: doubling from ten. E841 where a size is larger than what there is, E840 where so few cannot be learnt from.
Result<Chart> learning_chart(const OutputInput& predictor, std::vector<int> sizes, int repeats, std::uint64_t seed);

/// By how much a predictor is wrong on the networks of a profile, by the options of each gene: the mean of predicted less
/// measured as a share of the mean of what was measured, for the genes that explain most of how it differs; as SVG. E841 for
/// fewer than three networks.
Result<std::string> residuals_svg(const OutputInput& predictor, const OutputInput& profile, std::size_t genes);

}  // namespace nas
