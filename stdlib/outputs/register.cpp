#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/component.h"
#include "core/services.h"
#include "stdlib/outputs/chart.h"
#include "stdlib/outputs/front_table.h"
#include "stdlib/outputs/report.h"
#include "stdlib/register.h"

namespace nas {

namespace {

/// The metrics on the axes of a front: its first two objectives, the cheaper direction (latency, macs) on x.
std::pair<std::size_t, std::size_t> axes_of(const SearchResult& result) {
  auto metric_of = [&](std::size_t objective) {
    for (const auto& step : result.objectives[objective].expression.steps)
      if (step.op == MetricExpr::Op::metric) return static_cast<std::size_t>(step.metric);
    return std::size_t{0};
  };
  if (result.objectives.size() < 2) return {metric_of(0), result.metrics.size() > 1 ? 1 - metric_of(0) : metric_of(0)};
  const std::size_t a = metric_of(0), b = metric_of(1);
  return result.objectives[0].maximise ? std::pair(b, a) : std::pair(a, b);
}

}  // namespace

Chart pareto_chart(const std::vector<OutputInput>& inputs) {
  Chart chart;
  chart.title = "Pareto front, measured networks";
  const auto [x, y] = axes_of(*inputs[0].result);
  chart.x_title = axis_title(inputs[0].result->metrics[x]);
  chart.y_title = axis_title(inputs[0].result->metrics[y]);
  for (const OutputInput& input : inputs) {
    const SearchResult& result = *input.result;
    const auto [xi, yi] = axes_of(result);
    ChartSeries series;
    series.name = input.name;
    series.line = ChartSeries::Line::steps_up;
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
      const SearchRow& row = result.rows[i];
      const bool on_front = std::find(result.front.begin(), result.front.end(), i) != result.front.end();
      std::string hover = fmt::format("{}\n", input.space->spell(row.arch));
      for (std::size_t j = 0; j < result.metrics.size(); ++j) hover += fmt::format("{} {:.4g}\n", axis_title(result.metrics[j]), in_unit(result.metrics[j], row.measured[j].value));
      series.points.push_back({in_unit(result.metrics[xi], row.measured[xi].value), in_unit(result.metrics[yi], row.measured[yi].value),
                               hover + (on_front ? "on the front, measured" : "measured"), true, !on_front});
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

Chart convergence_chart(const std::vector<OutputInput>& inputs) {
  Chart chart;
  chart.title = "Hypervolume over measured networks";
  chart.x_title = "measured networks";
  chart.y_title = "hypervolume [% of the last]";
  for (const OutputInput& input : inputs) {
    ChartSeries series;
    series.name = input.name;
    series.line = ChartSeries::Line::straight;
    const auto& curve = input.result->hypervolume;
    const double last = curve.empty() || curve.back() <= 0 ? 1 : curve.back();
    for (std::size_t i = 0; i < curve.size(); ++i)
      if (i % std::max<std::size_t>(1, curve.size() / 100) == 0 || i + 1 == curve.size())
        series.points.push_back({static_cast<double>(i + 1), 100 * curve[i] / last, fmt::format("{} networks: {:.6g}", i + 1, curve[i]), true, false});
    chart.series.push_back(std::move(series));
  }
  return chart;
}

Chart prediction_chart(const OutputInput& input, std::size_t metric) {
  Chart chart;
  const MetricId& id = input.result->metrics[metric];
  chart.title = "Predicted against measured: " + id.label();
  chart.x_title = "predicted " + axis_title(id);
  chart.y_title = "measured " + axis_title(id);
  chart.width = 560;
  chart.height = 420;
  ChartSeries series;
  series.name = input.name;
  for (const SearchRow& row : input.result->rows)
    if (!row.predicted.empty() && std::isfinite(row.predicted[metric]))
      series.points.push_back({in_unit(id, row.predicted[metric]), in_unit(id, row.measured[metric].value), fmt::format("round {}", row.round), true, false});
  chart.series.push_back(std::move(series));
  return chart;
}

namespace {

struct ResultsArgs {
  std::vector<StageRef> results;
};
struct ExportArgs {
  std::string part = "front";
};

template <typename F>
class RenderedBy : public Output {
 public:
  explicit RenderedBy(F render) : render_(std::move(render)) {}
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts& facts) const override { return render_(inputs, facts); }

 private:
  F render_;
};

template <typename F>
std::shared_ptr<void> output(F render) {
  return std::static_pointer_cast<Output>(std::make_shared<RenderedBy<F>>(std::move(render)));
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string column_name(const FrontTable::Column& column) {
  std::string name = column.name;
  for (char& c : name)
    if (c == '@' || c == ' ') c = '_';
  return column.unit.empty() ? name : name + "_" + (column.unit == "%" ? "percent" : column.unit);
}

std::string csv_of(const std::vector<OutputInput>& inputs) {
  const FrontTable table(inputs[0]);
  std::string out = "architecture";
  for (const auto& column : table.columns) {
    out += "," + column_name(column);
    if (!column.spread.empty() && column.name.find('@') != std::string::npos) out += "," + column_name(column) + "_spread";
  }
  out += ",measured\n";
  for (std::size_t row = 0; row < table.architectures.size(); ++row) {
    out += csv_field(table.architectures[row]);
    for (const auto& column : table.columns) {
      out += fmt::format(",{:.8g}", column.values[row]);
      if (!column.spread.empty() && column.name.find('@') != std::string::npos) out += fmt::format(",{:.3g}", column.spread[row]);
    }
    out += ",true\n";
  }
  return out;
}

std::string json_of(const std::vector<OutputInput>& inputs, const RunFacts& facts) {
  const FrontTable table(inputs[0]);
  nlohmann::json json = {{"search", inputs[0].name}, {"space", inputs[0].space->name()}, {"seed", facts.seed}, {"measured_networks", inputs[0].result->rows.size()}};
  json["front"] = nlohmann::json::array();
  for (std::size_t row = 0; row < table.architectures.size(); ++row) {
    nlohmann::json entry = {{"architecture", table.architectures[row]}, {"measured", true}};
    for (const auto& [gene, option] : inputs[0].space->gene_values(inputs[0].result->rows[inputs[0].result->front[row]].arch)) entry["genes"][gene] = option;
    for (const auto& column : table.columns) entry["metrics"][column.name] = {{"value", column.values[row]}, {"unit", column.unit}};
    json["front"].push_back(std::move(entry));
  }
  return json.dump(2) + "\n";
}

/// A script that rebuilds the networks: the space with its arguments, then one `net.arch(...)` each.
std::string nas_of(const OutputInput& input, const std::string& part) {
  const SearchResult& result = *input.result;
  std::vector<std::size_t> wanted = result.front;
  if (part == "best" && !wanted.empty()) wanted = {best_of(result)};
  std::string out = "# " + input.name + (part == "best" ? ".best" : ".front") + ", measured\n" + input.space_script + "\n";
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const Arch& arch = result.rows[wanted[k]].arch;
    const std::string name = part == "best" ? "best" : fmt::format("network{}", k + 1);
    out += fmt::format("let {} = net.arch(\"{}\")\n", name, input.space->spell(arch));
    out += fmt::format("require {0}.macs == {1} and {0}.params == {2}, \"this is another network\"\n", name, input.space->macs(arch.genes), input.space->params(arch.genes));
  }
  return out;
}

}  // namespace

std::size_t best_of(const SearchResult& result) {
  // The best network by the first objective; the front is ordered by it.
  return result.front.front();
}

void add_outputs(Registry& registry) {
  registry.add(Declare<ResultsArgs>(ComponentKind::plot, "pareto", "Measured networks and the Pareto front of one or more searches.")
                   .arg("results", &ResultsArgs::results, "searches to draw").refers_to("Result").required()
                   .writes_file()
                   .example("plot pareto(front) to \"out/front.svg\"")
                   .builds([](const ResultsArgs&, Services&) { return output([](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> { return pareto_chart(in).svg(); }); }));
  registry.add(Declare<ResultsArgs>(ComponentKind::plot, "convergence", "Hypervolume of the measured front over the number of measured networks.")
                   .arg("results", &ResultsArgs::results, "searches to draw").refers_to("Result").required()
                   .writes_file()
                   .example("plot convergence(front) to \"out/convergence.svg\"")
                   .builds([](const ResultsArgs&, Services&) { return output([](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> { return convergence_chart(in).svg(); }); }));
  registry.add(Declare<ExportArgs>(ComponentKind::export_format, "csv", "The measured front, one network a row, units in the header.")
                   .arg("part", &ExportArgs::part, "front or best")
                   .writes_file()
                   .example("export front as csv to \"out/front.csv\"")
                   .builds([](const ExportArgs&, Services&) { return output([](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> { return csv_of(in); }); }));
  registry.add(Declare<ExportArgs>(ComponentKind::export_format, "json", "The measured front with genes, metrics and units.")
                   .arg("part", &ExportArgs::part, "front or best")
                   .writes_file()
                   .example("export front as json to \"out/front.json\"")
                   .builds([](const ExportArgs&, Services&) { return output([](const std::vector<OutputInput>& in, const RunFacts& facts) -> Result<std::string> { return json_of(in, facts); }); }));
  registry.add(Declare<ExportArgs>(ComponentKind::export_format, "nas", "A script that rebuilds exactly these networks.")
                   .arg("part", &ExportArgs::part, "front or best")
                   .writes_file()
                   .example("export front.best as nas to \"out/best.nas\"")
                   .builds([](const ExportArgs& a, Services&) { return output([part = a.part](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> { return nas_of(in[0], part); }); }));
  registry.add(Declare<ResultsArgs>(ComponentKind::report, "report", "One HTML page that needs no network: front, convergence, predictions, drawings, script, plan, machine.")
                   .writes_file()
                   .example("report front to \"out/report.html\"")
                   .builds([](const ResultsArgs&, Services&) { return output([](const std::vector<OutputInput>& in, const RunFacts& facts) -> Result<std::string> { return report_html(in, facts); }); }));
}

}  // namespace nas
