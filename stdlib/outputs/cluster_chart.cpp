#include <fmt/format.h>

#include <algorithm>

#include "core/hdbscan.h"
#include "stdlib/outputs/attainment.h"
#include "stdlib/outputs/result_charts.h"

namespace nas {

Result<Chart> cluster_chart(const OutputInput& input, int min_cluster_size, int min_samples) {
  const ResultTable table(input);
  const auto& rows = input.result->rows;
  std::vector<std::uint8_t> genomes;
  for (const SearchRow& row : rows) genomes.insert(genomes.end(), row.arch.genes.begin(), row.arch.genes.end());
  const Clusters clusters = hdbscan(one_hot_bits(*input.space, genomes), {min_cluster_size, min_samples, 1});
  if (clusters.count == 0)
    return Failure{
        "E826", fmt::format("there is no cluster of {} networks among the {} of {}", min_cluster_size, rows.size(), input.name),
        "a longer search, or a smaller min_cluster_size"};
  const auto axes = axes_of(table.input().name, table.known());
  if (!axes) return axes.failure();
  Chart chart;
  chart.title = fmt::format("Clusters of the networks of {} (HDBSCAN)", shortened(input.name, 40));
  chart.x_title = axes->x.title();
  chart.y_title = axes->y.title();
  // Noise lies below the clusters.
  chart.series.resize(static_cast<std::size_t>(clusters.count) + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Reading x = table.read(axes->x, rows[i]), y = table.read(axes->y, rows[i]);
    const auto label = static_cast<std::size_t>(clusters.labels[i] + 1);
    const std::string words = label == 0 ? "in no cluster" : fmt::format("cluster {}", label);
    chart.series[label].points.push_back({x.value, y.value, words + "\n" + network_words(table, rows[i]),
                                          x.measured && y.measured ? ChartMark::small : ChartMark::hollow});
  }
  for (std::size_t label = 0; label < chart.series.size(); ++label) {
    ChartSeries& series = chart.series[label];
    series.name = label == 0 ? fmt::format("in no cluster ({})", series.points.size())
                             : fmt::format("cluster {} ({} networks)", label, series.points.size());
    series.colour = label == 0 ? "#b1b8c0" : kColours[(label - 1) % kColours.size()];
  }
  if (chart.series[0].points.empty()) chart.series.erase(chart.series.begin());
  return chart;
}

}  // namespace nas
