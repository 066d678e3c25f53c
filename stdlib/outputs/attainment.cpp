#include "stdlib/outputs/attainment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stdlib/outputs/result_charts.h"

namespace nas {
namespace {

/// "median" for a half, "25 %" else.
std::string level_words(double level) {
  return level == 0.5 ? "median" : fmt::format("{:.3g} %", 100 * level);
}

}  // namespace

std::vector<Attained> attained(const RunGroup& group, const Axes& axes) {
  const double sign_x = axes.x.maximise ? -1 : 1, sign_y = axes.y.maximise ? -1 : 1;
  std::vector<std::vector<std::pair<double, double>>> fronts;
  std::vector<double> xs;
  for (const OutputInput* run : group.runs) {
    const ResultTable table(*run);
    auto& front = fronts.emplace_back();
    for (const std::size_t i : table.front()) {
      const Reading x = table.read(axes.x, table.row(i)), y = table.read(axes.y, table.row(i));
      if (!std::isfinite(x.value) || !std::isfinite(y.value)) continue;
      front.emplace_back(sign_x * x.value, sign_y * y.value);
      xs.push_back(sign_x * x.value);
    }
  }
  std::sort(xs.begin(), xs.end());
  xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
  std::vector<Attained> steps;
  for (const double x : xs) {
    Attained& step = steps.emplace_back(Attained{sign_x * x, {}});
    for (const auto& front : fronts) {
      double best = std::numeric_limits<double>::infinity();
      for (const auto& [px, py] : front)
        if (px <= x) best = std::min(best, py);
      step.y.push_back(best);
    }
    std::sort(step.y.begin(), step.y.end());
    for (double& y : step.y) y *= sign_y;
  }
  return steps;
}

Result<Chart> attainment_chart(const std::vector<OutputInput>& inputs, std::vector<double> levels) {
  static constexpr const char* kDashes[] = {"", "7 4", "2 3", "9 3 2 3"};
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  const std::vector<RunGroup> groups = groups_of(inputs);
  Chart chart;
  chart.title = fmt::format("Attainment surfaces in {}", inputs[0].space->name());
  std::optional<Axes> first;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const RunGroup& group = groups[g];
    const auto axes = axes_of(group.name, ResultTable(*group.runs[0]).known());
    if (!axes) return axes.failure();
    if (!first) first = *axes;
    const std::vector<Attained> steps = attained(group, *axes);
    const std::size_t runs = group.runs.size();
    for (std::size_t k = 0; k < levels.size(); ++k) {
      ChartSeries series;
      const auto needed = static_cast<std::size_t>(
          std::clamp(std::ceil(levels[k] * static_cast<double>(runs) - 1e-9), 1.0, static_cast<double>(runs)));
      series.name = fmt::format("{}: {} of {} seeds ({})", group.name, needed, runs, level_words(levels[k]));
      series.colour = kColours[g % kColours.size()];
      series.dash = kDashes[k % std::size(kDashes)];
      series.line = axes->x.maximise ? ChartSeries::Line::up_then_across : ChartSeries::Line::across_then_up;
      series.extended = true;
      for (const Attained& step : steps)
        if (std::isfinite(step.y[needed - 1])) series.points.push_back({step.x, step.y[needed - 1], "", ChartMark::none});
      if (axes->x.maximise) std::reverse(series.points.begin(), series.points.end());
      chart.series.push_back(std::move(series));
    }
  }
  chart.x_title = first->x.title();
  chart.y_title = first->y.title();
  chart.x_upward = first->x.maximise;
  chart.y_upward = first->y.maximise;
  return chart;
}

}  // namespace nas
