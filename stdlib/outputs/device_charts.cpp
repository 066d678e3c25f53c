#include "stdlib/outputs/device_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/learnt.h"
#include "core/rank_matrix.h"
#include "core/statistics.h"
#include "stdlib/outputs/result_table.h"
#include "stdlib/outputs/svg.h"

namespace nas {
namespace {

constexpr std::size_t kLeast = 3, kLongestName = 26;

std::string metric_of(const OutputInput& profile) {
  return profile.result->metrics[0].name;
}

std::vector<std::string> names_of(const std::vector<OutputInput>& profiles) {
  std::vector<std::string> devices, own;
  for (const OutputInput& profile : profiles) {
    devices.push_back(profile.result->metrics[0].device);
    own.push_back(profile.name);
  }
  return told_apart(std::move(devices), std::move(own));
}

Result<CommonRows> rows_of_all(const std::vector<OutputInput>& profiles) {
  std::vector<const SearchResult*> results;
  for (const OutputInput& profile : profiles) results.push_back(profile.result.get());
  CommonRows rows = common_rows(results);
  if (rows.networks.size() < kLeast)
    return Failure{
        "E841",
        fmt::format("the picture needs at least {} networks that all profiles know, there are {}", kLeast, rows.networks.size()),
        "give the profiles more samples"};
  return rows;
}

/// Dark blue where devices agree, white where they do not, orange where they disagree.
std::string agreement_colour(double rho) {
  const double share = std::min(rho * rho, 1.0);  // squared: 0.9 and 0.99 are told apart
  auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + share * (to - from))); };
  return rho >= 0 ? fmt::format("#{:02x}{:02x}{:02x}", mix(0xf6, 0x00), mix(0xf8, 0x50), mix(0xfa, 0x8c))
                  : fmt::format("#{:02x}{:02x}{:02x}", mix(0xf6, 0xb8), mix(0xf8, 0x48), mix(0xfa, 0x00));
}

/// A value of a network on both axes, in the units of the metrics.
Chart scatter(std::string title, std::string x_title, std::string y_title) {
  Chart chart;
  chart.title = std::move(title);
  chart.x_title = std::move(x_title);
  chart.y_title = std::move(y_title);
  chart.width = chart.height = 520;
  chart.series.emplace_back();
  return chart;
}

std::string axis(const std::string& words, const MetricKind& kind) {
  return kind.unit.empty() ? words : fmt::format("{} [{}]", words, kind.unit);
}

}  // namespace

Result<std::string> heatmap_svg(const std::vector<OutputInput>& profiles) {
  auto rows = rows_of_all(profiles);
  if (!rows) return rows.failure();
  const RankMatrix matrix = rank_matrix("spearman", names_of(profiles), rows->values, spearman);
  const std::size_t n = matrix.names.size();
  std::size_t longest = 6;
  for (const std::string& name : matrix.names) longest = std::max(longest, std::min(kLongestName, name.size()));
  const double cell = n <= 12 ? 46 : 32, label = kCharacter * static_cast<double>(longest) + 14;
  const double left = 20 + label, top = 82 + 0.75 * label, grid = cell * static_cast<double>(n);
  const int width = std::max(520, static_cast<int>(left + grid + 0.75 * label + 30));
  std::string out = svg_head(width, top + grid + 44, "How alike devices order networks");
  out += svg_text(20, 26, "How alike devices order networks", "font-size=\"15\" font-weight=\"bold\"");
  out += svg_text(20, 46, fmt::format("Spearman, {} of {} networks", metric_of(profiles[0]), matrix.networks), "font-size=\"11\"",
                  "#57606a");
  out +=
      svg_text(20, 62, matrix.advice(shortened(matrix.names[matrix.best_proxy()], kLongestName)), "font-size=\"11\"", "#57606a");
  for (std::size_t k = 0; k < n; ++k) {
    const std::string name = shortened(matrix.names[matrix.order[k]], kLongestName);
    const double middle = cell * (static_cast<double>(k) + 0.5);
    out += svg_text(left - 8, top + middle + 4, name, "text-anchor=\"end\"");
    out +=
        svg_text(0, 0, name,
                 fmt::format("transform=\"translate({},{}) rotate(-45)\"", coordinate(left + middle + 3), coordinate(top - 8)));
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t l = 0; l < n; ++l) {
      const std::size_t i = matrix.order[k], j = matrix.order[l];
      const double rho = matrix.at(i, j), x = left + cell * static_cast<double>(l), y = top + cell * static_cast<double>(k);
      const auto [low, high] = spearman_interval(rho, matrix.networks);
      const std::string interval = i == j || std::isnan(rho) ? "" : fmt::format(", 95 % interval {:.3f} to {:.3f}", low, high);
      out += fmt::format("<g><title>{}: {}: {:.3f}{}</title>", escape_xml(matrix.names[i]), escape_xml(matrix.names[j]), rho,
                         interval);
      out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>", coordinate(x), coordinate(y),
                         coordinate(cell - 1), coordinate(cell - 1), std::isnan(rho) ? "#d0d7de" : agreement_colour(rho));
      const std::string words = i == j ? "" : std::isnan(rho) ? "-" : fmt::format("{:.2f}", rho);
      out += svg_text(x + (cell - 1) / 2, y + cell / 2 + 4, words,
                      fmt::format("text-anchor=\"middle\" font-size=\"{}\"", n <= 12 ? 12 : 10),
                      std::fabs(rho) > 0.7 ? "#ffffff" : "#24292f");
      out += "</g>\n";
    }
  return out + "</svg>\n";
}

Result<Chart> latency_scatter(const OutputInput& a, const OutputInput& b) {
  auto rows = rows_of_all({a, b});
  if (!rows) return rows.failure();
  const MetricKind &of_a = *find_metric(a.result->metrics[0]), &of_b = *find_metric(b.result->metrics[0]);
  const std::string name_a = a.result->metrics[0].label(), name_b = b.result->metrics[0].label();
  Chart chart = scatter(fmt::format("{} and {}: Spearman {:.3f}", name_a, name_b, spearman(rows->values[0], rows->values[1])),
                        axis(name_a, of_a), axis(name_b, of_b));
  chart.series[0].name = fmt::format("{} networks", rows->networks.size());
  for (std::size_t i = 0; i < rows->networks.size(); ++i)
    chart.series[0].points.push_back(
        {rows->values[0][i] / of_a.scale, rows->values[1][i] / of_b.scale, a.space->spell(rows->networks[i]), ChartMark::small});
  return chart;
}

Result<Chart> predicted_vs_measured(const OutputInput& predictor, const OutputInput& profile) {
  auto rows = rows_of_all({profile});
  if (!rows) return rows.failure();
  const MetricKind& kind = *find_metric(profile.result->metrics[0]);
  const std::string label = profile.result->metrics[0].label();
  const std::vector<double>& measured = rows->values[0];
  const std::vector<double> predicted = predictor.learnt->predict(rows->networks);
  Chart chart = scatter(fmt::format("{} on {}: Spearman {:.3f}, MAPE {:.1f} %", predictor.name, label,
                                    spearman(predicted, measured), 100 * mape(predicted, measured)),
                        axis("predicted " + label, kind), axis("measured " + label, kind));
  chart.diagonal = true;
  chart.series[0].name = fmt::format("{} networks", measured.size());
  for (std::size_t i = 0; i < measured.size(); ++i)
    chart.series[0].points.push_back(
        {predicted[i] / kind.scale, measured[i] / kind.scale, profile.space->spell(rows->networks[i]), ChartMark::small});
  return chart;
}

}  // namespace nas
