#include "stdlib/outputs/result_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/check.h"

namespace nas {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool single_metric(const MetricExpr& e) {
  return e.steps.size() == 1 && e.steps[0].op == MetricExpr::Op::metric;
}

double exact_value(const MetricId& id, const Space& space, const Arch& arch) {
  const std::string& metric = id.name;
  if (!id.device.empty()) return kNan;
  if (metric == "macs") return static_cast<double>(space.macs(arch.genes));
  if (metric == "params") return static_cast<double>(space.params(arch.genes));
  if (metric == "memory") return static_cast<double>(space.peak_memory_bytes(arch));
  return kNan;
}

}  // namespace

ResultTable::ResultTable(const OutputInput& input) : input_(input), columns_(input.result->metrics, input.result->objectives) {
  on_front_.assign(input.result->rows.size(), false);
  for (const std::size_t i : input.result->front) on_front_[i] = true;
}

double ResultTable::metric_value(std::size_t metric, const SearchRow& row) const {
  if (metric < row.measured.size()) return row.measured[metric].value;
  const double predicted = metric < row.predicted.size() ? row.predicted[metric] : kNan;
  return std::isfinite(predicted) ? predicted : exact_value(input_.result->metrics[metric], *input_.space, row.arch);
}

Reading ResultTable::read(const Column& column, const SearchRow& row) const {
  Reading reading;
  if (column.expression.steps.empty()) {
    reading.value = exact_value({column.metric, ""}, *input_.space, row.arch) / column.scale;
    reading.measured = true;
    return reading;
  }
  const std::size_t m = input_.result->metrics.size();
  std::vector<double> values(m, kNan);
  reading.measured = true;
  for (const auto& step : column.expression.steps) {
    if (step.op != MetricExpr::Op::metric) continue;
    const auto j = static_cast<std::size_t>(step.metric);
    NAS_CHECK(j < m);
    values[j] = metric_value(j, row);
    const MetricKind* kind = find_metric(input_.result->metrics[j]);
    if (j >= row.measured.size()) {
      reading.measured = reading.measured && kind && kind->exact;
      continue;
    }
    reading.measured = reading.measured && !input_.result->predicts(j);
    reading.capped = reading.capped || row.measured[j].capped;
    reading.disturbed = reading.disturbed || row.measured[j].disturbed;
    if (single_metric(column.expression)) {
      reading.spread = row.measured[j].spread / column.scale;
      reading.count = row.measured[j].count;
    }
  }
  double value = 0;
  column.expression.evaluate(values, m, {&value, 1});
  reading.value = value / column.scale;
  return reading;
}

double ResultTable::predicted(const Column& column, const SearchRow& row) const {
  if (!single_metric(column.expression)) return kNan;
  const auto j = static_cast<std::size_t>(column.expression.steps[0].metric);
  return j < row.predicted.size() ? row.predicted[j] / column.scale : kNan;
}

std::string print_number(double value) {
  if (!std::isfinite(value)) return "-";
  const double size = std::fabs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-3)) return fmt::format("{:.4g}", value);
  if (value == std::round(value) || size >= 1e4) return fmt::format("{:.0f}", value);
  return fmt::format("{:.{}f}", value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4);
}

std::string print_reading(const Column& column, const Reading& reading) {
  return print_number(reading.value) + (column.unit.empty() ? "" : " " + column.unit);
}

}  // namespace nas
