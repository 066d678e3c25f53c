#include "stdlib/outputs/attainment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/diagnostic.h"
#include "stdlib/outputs/result_charts.h"

namespace nas {
namespace {

Result<Column> named_column(const ResultTable& table, const std::string& label, const char* axis) {
  if (const Column* column = table.find(label)) return *column;
  const auto known = table.labels();
  const std::string near = did_you_mean(label, known);
  return Failure{"E816", fmt::format("{} has no {} to draw as {}", table.input().name, label, axis),
                 near.empty() ? fmt::format("it has {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near)};
}

/// "median" for a half, "25 %" else.
std::string level_words(double level) {
  return level == 0.5 ? "median" : fmt::format("{:.3g} %", 100 * level);
}

}  // namespace

Result<Axes> axes_of(const ResultTable& table, const std::string& x, const std::string& y) {
  const auto& objectives = table.objectives();
  Axes axes;
  if (objectives.size() >= 2) {
    axes.x = objectives[objectives[0].maximise ? 1 : 0];
    axes.y = objectives[objectives[0].maximise ? 0 : 1];
  } else {
    axes.y = objectives.empty() ? table.columns()[0] : objectives[0];
    const Column* other = nullptr;
    for (const Column& column : table.columns())
      if (column.label != axes.y.label && !other) other = &column;
    axes.x = other ? *other : axes.y;
  }
  if (!x.empty()) {
    auto column = named_column(table, x, "x");
    if (!column) return column.failure();
    axes.x = *column;
  }
  if (!y.empty()) {
    auto column = named_column(table, y, "y");
    if (!column) return column.failure();
    axes.y = *column;
  }
  auto is_axis = [&](const Column& c) { return c.label == axes.x.label || c.label == axes.y.label; };
  axes.objectives =
      objectives.size() == 2 && axes.x.label != axes.y.label && std::all_of(objectives.begin(), objectives.end(), is_axis);
  return axes;
}

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
    if (group.runs.size() < 2)
      return Failure{"E838", fmt::format("{} is one run: a share of its runs attains nothing", group.name),
                     "repeat it, e.g. { seeds = 1..5 }"};
    const auto axes = axes_of(ResultTable(*group.runs[0]));
    if (!axes) return axes.failure();
    if (first && (first->x.label != axes->x.label || first->y.label != axes->y.label))
      return Failure{"E817",
                     fmt::format("{} is drawn as {} over {}, {} as {} over {}", groups[0].name, first->y.label, first->x.label,
                                 group.name, axes->y.label, axes->x.label),
                     "draw them apart"};
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
