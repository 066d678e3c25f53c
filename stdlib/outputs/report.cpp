#include "stdlib/outputs/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stdlib/outputs/front_table.h"

namespace nas {
namespace {

const char* const kStyle =
    "body{font:15px/1.5 Helvetica,Arial,sans-serif;color:#222;max-width:1020px;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid #ddd}"
    "table{border-collapse:collapse;font-size:13px;display:block;overflow-x:auto}td,th{padding:3px 10px;border-bottom:1px solid #eee;text-align:right}"
    "td:last-child,th:last-child{text-align:left;font-family:monospace;white-space:nowrap}th{background:#f5f7fa}"
    "pre{background:#f5f7fa;padding:1em;overflow-x:auto;font-size:13px}svg{max-width:100%;height:auto}.note{color:#555}"
    "@media print{h2{break-after:avoid}}";

std::string table_html(const FrontTable& table) {
  std::string out = "<table><tr>";
  for (const auto& column : table.columns) out += fmt::format("<th>{}{}</th>", escape_xml(column.name), column.unit.empty() ? "" : " [" + escape_xml(column.unit) + "]");
  out += "<th>architecture</th></tr>\n";
  for (std::size_t row = 0; row < table.architectures.size(); ++row) {
    out += "<tr>";
    for (const auto& column : table.columns) {
      out += fmt::format("<td>{:.4g}", column.values[row]);
      if (!column.spread.empty() && column.spread[row] > 0) out += fmt::format(" &plusmn; {:.2g}", column.spread[row]);
      out += "</td>";
    }
    out += fmt::format("<td>{}</td></tr>\n", escape_xml(table.architectures[row]));
  }
  return out + "</table>\n";
}

std::string section(const OutputInput& input) {
  const SearchResult& result = *input.result;
  const FrontTable table(input);
  std::string out = fmt::format("<h2>{}: the measured front</h2>\n<p class=\"note\">{} networks measured, {} on the front; {} evaluations on predictions. Every point below was measured; nothing predicted is shown as a result.</p>\n",
                                escape_xml(input.name), result.rows.size(), result.front.size(), result.predicted_evaluations);
  const bool disturbed = std::any_of(result.rows.begin(), result.rows.end(), [](const SearchRow& row) { return std::any_of(row.measured.begin(), row.measured.end(), [](const Measurement& m) { return m.disturbed; }); });
  if (disturbed) out += "<p class=\"note\">Some latencies were taken while the machine was busy: a reference network moved by more than its limit beside them.</p>\n";
  out += pareto_chart({input}).svg() + table_html(table);
  if (!input.test_accuracy.empty()) out += "<p class=\"note\">The search saw validation images only; the test accuracy was measured once, for this table.</p>\n";
  out += "<h2>Convergence</h2>\n" + convergence_chart({input}).svg();
  if (!result.rounds.empty()) {
    out += "<h2>Predicted against measured</h2>\n<p class=\"note\">Predictions were noted before the networks were measured.</p>\n<table><tr><th>round</th><th>networks</th><th>MAPE [%]</th><th>Kendall tau</th><th>metric</th></tr>\n";
    for (const RoundReport& r : result.rounds)
      out += fmt::format("<tr><td>{}</td><td>{}</td><td>{:.2f}</td><td>{}</td><td>{} ({})</td></tr>\n", r.round, r.rows, 100 * r.mape, std::isfinite(r.kendall_tau) ? fmt::format("{:.3f}", r.kendall_tau) : "-", escape_xml(r.metric), escape_xml(r.predictor));
    out += "</table>\n";
    for (std::size_t j = 0; j < result.metrics.size(); ++j)
      if (std::any_of(result.rounds.begin(), result.rounds.end(), [&](const RoundReport& r) { return r.metric == result.metrics[j].label(); })) out += prediction_chart(input, j).svg();
  }
  out += "<h2>Chosen networks</h2>\n";
  std::vector<std::size_t> chosen = {0, result.front.size() / 2, result.front.size() - 1};
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const std::size_t k : chosen) {
    std::string values;
    for (const auto& column : table.columns) values += fmt::format("{}{} {:.4g} {}", values.empty() ? "" : ", ", escape_xml(column.name), column.values[k], escape_xml(column.unit));
    out += fmt::format("<p>{}</p>\n", values) + network_strip_svg(*input.space, result.rows[result.front[k]].arch);
  }
  return out;
}

}  // namespace

std::string report_html(const std::vector<OutputInput>& inputs, const RunFacts& facts) {
  std::string out = fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title><style>{1}</style></head><body>\n<h1>{0}</h1>\n<p class=\"note\">{2}, seed {3}</p>\n",
                                escape_xml(facts.script_name), kStyle, escape_xml(facts.started), facts.seed);
  for (const OutputInput& input : inputs) out += section(input);
  for (const Weights& weights : facts.weights) {
    if (weights.loss.empty()) continue;
    Chart chart;
    chart.title = "Training loss of the largest network";
    chart.x_title = "step";
    chart.y_title = "cross-entropy, smoothed over steps";
    ChartSeries series;
    series.line = ChartSeries::Line::straight;
    for (const auto& [step, loss] : weights.loss) series.points.push_back({step, loss, fmt::format("step {}: {:.4g}", step, loss), true, false});
    chart.series.push_back(std::move(series));
    out += fmt::format("<h2>Training</h2>\n<p class=\"note\">{}; data {}: {} training, {} validation, {} test images</p>\n", escape_xml(weights.summary), escape_xml(weights.dataset.name), weights.dataset.train_count, weights.dataset.validation_count, weights.dataset.test_count) + chart.svg();
  }
  out += "<h2>Script</h2>\n<pre>" + escape_xml(facts.script_text) + "</pre>\n<h2>Plan</h2>\n<pre>" + escape_xml(facts.plan_text) + "</pre>\n";
  out += "<h2>Machine and versions</h2>\n<pre>" + escape_xml(facts.device.dump(2)) + "\n" + escape_xml(facts.versions.dump(2)) + "</pre>\n<h2>Times</h2>\n<table><tr><th>seconds</th><th>stage</th></tr>\n";
  for (const auto& [stage, seconds] : facts.stage_seconds) out += fmt::format("<tr><td>{:.2f}</td><td>{}</td></tr>\n", seconds, escape_xml(stage));
  return out + "</table>\n</body></html>\n";
}

}  // namespace nas
