#pragma once

#include <string>
#include <vector>

#include "core/services.h"
#include "stdlib/outputs/chart.h"

namespace nas {

Chart pareto_chart(const std::vector<OutputInput>& inputs);
Chart convergence_chart(const std::vector<OutputInput>& inputs);
/// Every network that was predicted before it was measured.
Chart prediction_chart(const OutputInput& input, std::size_t metric);
/// Row of the network that is best in the first objective.
std::size_t best_of(const SearchResult& result);

std::string report_html(const std::vector<OutputInput>& inputs, const RunFacts& facts);

}  // namespace nas
