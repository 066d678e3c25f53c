#include "core/result_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "core/diagnostic.h"
#include "core/result_labels.h"

namespace nas {
namespace {

Column metric_column(const MetricId& id, std::optional<std::size_t> index) {
  const MetricKind* kind = find_metric(id);
  Column column;
  column.label = id.label();
  column.metric = id.name;
  if (kind) {
    column.unit = kind->unit;
    column.scale = kind->scale;
    column.maximise = kind->maximise;
  }
  if (index) column.expression.steps = {{MetricExpr::Op::metric, static_cast<std::int32_t>(*index), 0}};
  return column;
}

Column formula_column(const Objective& objective, const std::vector<MetricId>& metrics) {
  Column column;
  column.label = objective.label;
  column.maximise = objective.maximise;
  column.expression = objective.expression;
  // The first metric of that dimension says how such values are printed.
  std::vector<MetricKind> kinds(all_metrics().begin(), all_metrics().end());
  for (const MetricId& id : metrics)
    if (id.own) kinds.push_back(*id.own);
  if (!objective.expression.dimension.empty())
    for (const MetricKind& kind : kinds)
      if (kind.dimension == objective.expression.dimension) {
        column.unit = kind.unit;
        column.scale = kind.scale;
        break;
      }
  return column;
}

Result<Column> named_column(const std::string& name, const ResultColumns& columns, const std::string& label, const char* axis) {
  if (const Column* column = columns.find(label)) return *column;
  const std::string near = did_you_mean(label, columns.labels());
  return Failure{
      "E816", fmt::format("{} has no {} to draw as {}", name, label, axis),
      near.empty() ? fmt::format("it has {}", fmt::join(columns.labels(), ", ")) : fmt::format("did you mean {}?", near)};
}

}  // namespace

ResultColumns::ResultColumns(const std::vector<MetricId>& metrics, const std::vector<Objective>& objectives)
    : labels_(result_labels(metrics, objectives)) {
  for (std::size_t j = 0; j < metrics.size(); ++j) columns_.push_back(metric_column(metrics[j], j));
  for (const char* name : {"macs", "params", "memory"}) {
    if (std::any_of(columns_.begin(), columns_.end(), [&](const Column& c) { return c.label == name; })) continue;
    (name == std::string("memory") ? extra_ : columns_).push_back(metric_column({name}, std::nullopt));
  }
  for (const Objective& objective : objectives) {
    const auto& steps = objective.expression.steps;
    if (steps.size() == 1 && steps[0].op == MetricExpr::Op::metric) {
      objectives_.push_back(columns_[static_cast<std::size_t>(steps[0].metric)]);
      objectives_.back().maximise = objective.maximise;
    } else {
      objectives_.push_back(formula_column(objective, metrics));
    }
  }
}

const Column* ResultColumns::find(const std::string& label) const {
  const auto meant = label_meant(labels_, label);
  if (!meant) return nullptr;
  for (const auto* list : {&objectives_, &columns_, &extra_})
    for (const Column& column : *list)
      if (column.label == *meant) return &column;
  return nullptr;
}

Result<Axes> axes_of(const std::string& name, const ResultColumns& columns, const std::string& x, const std::string& y) {
  const auto& objectives = columns.objectives();
  Axes axes;
  if (objectives.size() >= 2) {
    axes.x = objectives[objectives[0].maximise ? 1 : 0];
    axes.y = objectives[objectives[0].maximise ? 0 : 1];
  } else {
    axes.y = objectives.empty() ? columns.columns()[0] : objectives[0];
    const Column* other = nullptr;
    for (const Column& column : columns.columns())
      if (column.label != axes.y.label && !other) other = &column;
    axes.x = other ? *other : axes.y;
  }
  if (!x.empty()) {
    auto column = named_column(name, columns, x, "x");
    if (!column) return column.failure();
    axes.x = *column;
  }
  if (!y.empty()) {
    auto column = named_column(name, columns, y, "y");
    if (!column) return column.failure();
    axes.y = *column;
  }
  auto is_axis = [&](const Column& c) { return c.label == axes.x.label || c.label == axes.y.label; };
  axes.objectives =
      objectives.size() == 2 && axes.x.label != axes.y.label && std::all_of(objectives.begin(), objectives.end(), is_axis);
  return axes;
}

bool comparable(const Column& a, const Column& b) {
  return a.unit == b.unit && (a.metric.empty() ? a.label == b.label : a.metric == b.metric);
}

Result<void> share_axes(const std::string& first, const Axes& a, const std::string& second, const Axes& b, bool named) {
  const auto one = [&](const Column& p, const Column& q) { return named ? comparable(p, q) : p.label == q.label; };
  const bool x = one(a.x, b.x), y = one(a.y, b.y);
  if (x && y) return {};
  const auto axis = [](const char* name, const Column& other) {
    return fmt::format("name what lies on the {0} axis, e.g. {0} = \"{1}\"", name, other.label == "macs" ? "params" : "macs");
  };
  return Failure{
      "E817",
      fmt::format("{} is drawn as {} over {}, {} as {} over {}", first, a.y.label, a.x.label, second, b.y.label, b.x.label),
      !named     ? "draw them apart"
      : !x && !y ? "name both axes, e.g. x = \"macs\", y = \"params\""
      : x        ? axis("y", a.x)
                 : axis("x", a.y)};
}

}  // namespace nas
