#pragma once

#include <string>
#include <vector>

#include "core/services.h"
#include "stdlib/outputs/chart.h"
#include "stdlib/outputs/result_table.h"

namespace nas {

/// Measured networks and fronts of one or more results. `x` and `y` name columns ("macs", "latency@host"); empty = the first two
/// objectives, the one to be minimised on x. E816 for an unknown column, E817 when the results share no axes: a script is checked
/// for that, a report then goes without this chart.
Result<Chart> pareto_chart(const std::vector<OutputInput>& inputs, const std::string& x = "", const std::string& y = "");

/// Hypervolume of the front over the networks that were measured or evaluated by then; of a family the mean and the range.
/// `missing`: what is missing to the best final one, on a logarithmic scale.
Chart convergence_chart(const std::vector<OutputInput>& inputs, bool missing = false);

/// For each level the points that at least this share of a family's runs attains; for two objectives, the same of all families.
Result<Chart> attainment_chart(const std::vector<OutputInput>& inputs, std::vector<double> levels);

/// One line for each network on the fronts, over one vertical axis for each objective and metric; as SVG. Of an
/// objective that some maximise and others minimise the first result says which end is up.
Result<std::string> parallel_svg(const std::vector<OutputInput>& inputs);

/// How often the networks on the fronts choose each option of each gene, as SVG.
Result<std::string> gene_svg(const std::vector<OutputInput>& inputs);

/// All networks of a result by the clusters of their one-hot encodings (HDBSCAN). E826 where there is no cluster.
Result<Chart> cluster_chart(const OutputInput& input, int min_cluster_size, int min_samples);

/// Every network that was predicted before it was measured, one series per round, beside the line of perfect prediction.
Chart prediction_chart(const ResultTable& table, const Column& column);

/// Training loss over steps.
Chart loss_chart(const Weights& weights);

/// The words of a point: architecture, values with spread, round, flags.
std::string network_words(const ResultTable& table, const SearchRow& row);

}  // namespace nas
