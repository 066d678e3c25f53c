#include "stdlib/outputs/result_charts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/comparison.h"
#include "core/diagnostic.h"
#include "stdlib/outputs/attainment.h"
#include "stdlib/outputs/run_groups.h"

namespace nas {
namespace {

void add_limits(const ResultTable& table, const Axes& axes, Chart& chart) {
  for (const Constraint& c : table.input().result->constraints) {
    if (c.expression.steps.size() != 1 || c.expression.steps[0].op != MetricExpr::Op::metric) continue;
    const std::string label = table.input().result->metrics[static_cast<std::size_t>(c.expression.steps[0].metric)].label();
    for (const bool on_x : {true, false}) {
      const Column& axis = on_x ? axes.x : axes.y;
      if (axis.label == label) chart.limits.push_back({on_x, c.lower / axis.scale, c.upper / axis.scale, c.label});
    }
  }
}

ChartSeries front_series(const ResultTable& table, const Axes& axes) {
  ChartSeries series;
  for (std::size_t i = 0; i < table.input().result->rows.size(); ++i) {
    const SearchRow& row = table.row(i);
    const Reading x = table.read(axes.x, row), y = table.read(axes.y, row);
    ChartPoint point{x.value, y.value, network_words(table, row), ChartMark::faint, x.spread, y.spread};
    point.on_line = table.on_front(i);
    if (table.on_front(i))
      point.mark = x.measured && y.measured ? ChartMark::solid : ChartMark::hollow;
    else if (row.measured.empty())
      point.mark = ChartMark::hollow;
    else if (!row.feasible)
      point.mark = ChartMark::cross;
    series.points.push_back(std::move(point));
  }
  std::stable_sort(series.points.begin(), series.points.end(),
                   [&](const ChartPoint& a, const ChartPoint& b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  if (axes.objectives) {
    series.line = axes.x.maximise ? ChartSeries::Line::up_then_across : ChartSeries::Line::across_then_up;
    series.extended = true;
  }
  return series;
}

/// What a family of runs attains: the median over the runs of the best y at no worse x, between the best and the worst run.
ChartSeries attainment_series(const RunGroup& group, const Axes& axes) {
  ChartSeries series;
  series.name = fmt::format("{} ({} seeds)", group.name, group.runs.size());
  for (const OutputInput* run : group.runs) {
    const ResultTable table(*run);
    for (const std::size_t i : table.front()) {
      const Reading x = table.read(axes.x, table.row(i)), y = table.read(axes.y, table.row(i));
      if (!std::isfinite(x.value) || !std::isfinite(y.value)) continue;
      series.points.push_back({x.value, y.value, fmt::format("{}\n{}", run->name, network_words(table, table.row(i))),
                               ChartMark::small, 0, 0, false});
    }
  }
  std::vector<ChartPoint> line;
  for (const Attained& at : attained(group, axes)) {
    const double middle = at.y[(at.y.size() - 1) / 2];
    if (std::isfinite(middle)) line.push_back({at.x, middle, "", ChartMark::none});
    if (!std::isfinite(at.y.back())) continue;
    const auto [low, high] = std::minmax({at.y.front(), at.y.back()});
    series.band.push_back({at.x, low, high});
  }
  if (axes.x.maximise) {
    std::reverse(line.begin(), line.end());
    std::reverse(series.band.begin(), series.band.end());
  }
  series.points.insert(series.points.end(), line.begin(), line.end());
  series.line = axes.x.maximise ? ChartSeries::Line::up_then_across : ChartSeries::Line::across_then_up;
  return series;
}

/// All runs of a family as points, where the axes are not the objectives.
ChartSeries pooled_series(const RunGroup& group, const Axes& axes) {
  ChartSeries series;
  for (const OutputInput* run : group.runs) {
    ChartSeries one = front_series(ResultTable(*run), axes);
    for (ChartPoint& point : one.points) point.on_line = false;
    series.points.insert(series.points.end(), one.points.begin(), one.points.end());
  }
  return series;
}

}  // namespace

std::string network_words(const ResultTable& table, const SearchRow& row) {
  std::string words = table.input().space->spell(row.arch);
  for (const Column& column : table.columns()) {
    const Reading r = table.read(column, row);
    if (!std::isfinite(r.value)) continue;
    words += "\n" + column.label + " " + print_number(r.value);
    if (r.spread > 0) words += " \xC2\xB1 " + print_number(r.spread);
    if (!column.unit.empty()) words += " " + column.unit;
    if (!r.measured)
      words += ", predicted";
    else if (const double p = table.predicted(column, row); std::isfinite(p))
      words += ", predicted " + print_number(p);
    if (r.disturbed) words += ", disturbed";
    if (r.capped) words += ", time cap reached";
  }
  if (row.round > 0) words += fmt::format("\nround {}", row.round);
  if (!row.feasible) words += "\nbreaks a condition";
  return words;
}

Result<Chart> pareto_chart(const std::vector<OutputInput>& inputs, const std::string& x, const std::string& y) {
  if (inputs.empty()) return Failure{"E818", "there is no result to draw", "every branch that would have given one was skipped"};
  Chart chart;
  std::optional<Axes> first;
  const std::vector<RunGroup> groups = groups_of(inputs);
  for (const RunGroup& group : groups) {
    const ResultTable table(*group.runs[0]);
    auto axes = axes_of(table.input().name, table.known(), x, y);
    if (!axes) return axes.failure();
    if (first)
      if (auto one = share_axes(groups[0].name, *first, group.name, *axes, true); !one) return one.failure();
    ChartSeries series = group.runs.size() == 1 ? front_series(table, *axes)
                         : axes->objectives     ? attainment_series(group, *axes)
                                                : pooled_series(group, *axes);
    if (series.name.empty()) series.name = group.name;
    // Two devices may share an axis: then each series says which one is its own.
    if (first && (first->x.label != axes->x.label || first->y.label != axes->y.label))
      series.name += fmt::format(" ({})", first->x.label != axes->x.label ? axes->x.label : axes->y.label);
    add_limits(table, *axes, chart);
    chart.series.push_back(std::move(series));
    if (!first) first = *axes;
  }
  std::sort(chart.limits.begin(), chart.limits.end(), [](const auto& a, const auto& b) { return a.label < b.label; });
  chart.limits.erase(std::unique(chart.limits.begin(), chart.limits.end(),
                                 [](const auto& a, const auto& b) { return a.label == b.label && a.on_x == b.on_x; }),
                     chart.limits.end());
  chart.x_title = first->x.title();
  chart.y_title = first->y.title();
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const auto axes = axes_of(groups[i].name, ResultTable(*groups[i].runs[0]).known(), x, y);
    auto shared = [](const Column& a, const Column& b) {
      return a.label == b.label ? a.title() : Column{a.metric, a.unit}.title();
    };
    if (axes->x.label != first->x.label) {
      chart.x_title = shared(first->x, axes->x);
      chart.series[0].name = fmt::format("{} ({})", groups[0].name, first->x.label);
    }
    if (axes->y.label != first->y.label) chart.y_title = shared(first->y, axes->y);
  }
  chart.x_upward = first->x.maximise;
  chart.y_upward = first->y.maximise;
  chart.title = fmt::format("{} in {}", groups.size() > 1 ? "Pareto fronts" : "Pareto front", inputs[0].space->name());
  if (groups.size() < inputs.size() && first->objectives) chart.title += ": median and range of the seeds";
  return chart;
}

Chart prediction_chart(const ResultTable& table, const Column& column) {
  Chart chart;
  chart.title = "Predicted against measured";
  chart.x_title = "predicted " + column.title();
  chart.y_title = "measured " + column.title();
  chart.width = chart.height = 480;
  chart.diagonal = true;
  std::vector<int> rounds;
  for (const SearchRow& row : table.input().result->rows)
    if (std::isfinite(table.predicted(column, row)) && std::find(rounds.begin(), rounds.end(), row.round) == rounds.end())
      rounds.push_back(row.round);
  for (const int round : rounds) {
    ChartSeries series;
    series.name = fmt::format("round {}", round);
    for (const SearchRow& row : table.input().result->rows) {
      const double predicted = table.predicted(column, row);
      const Reading measured = table.read(column, row);
      if (row.round != round || !std::isfinite(predicted) || !measured.measured) continue;
      series.points.push_back({predicted, measured.value, network_words(table, row), ChartMark::small});
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

Chart loss_chart(const Weights& weights) {
  Chart chart;
  chart.title = "Training loss, smoothed";
  chart.x_title = "training step";
  chart.y_title = "cross-entropy of the largest network";
  chart.height = 320;
  ChartSeries series;
  series.line = ChartSeries::Line::straight;
  for (const auto& [step, loss] : weights.loss) series.points.push_back({step, loss, "", ChartMark::none});
  chart.series.push_back(std::move(series));
  return chart;
}

}  // namespace nas
