#include "stdlib/outputs/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/learnt.h"
#include "core/text_table.h"
#include "stdlib/outputs/network_drawing.h"
#include "stdlib/outputs/page_style.h"
#include "stdlib/outputs/result_charts.h"

namespace nas {
namespace {

constexpr int kDrawingWidth = 940;

std::string figure(const std::string& svg, const std::string& caption = "") {
  return "<figure>\n" + svg + (caption.empty() ? "" : "<figcaption>" + caption + "</figcaption>\n") + "</figure>\n";
}

std::string card(const std::string& value, const std::string& words) {
  return fmt::format("<div class=\"card\"><b>{}</b><span>{}</span></div>\n", escape_xml(value), escape_xml(words));
}

std::string json_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// "16,000".
std::string counted(std::uint64_t n) {
  std::string text = fmt::format("{}", n);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string duration(double seconds) {
  if (seconds < 0.1) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 120) return fmt::format("{:.1f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min {:02.0f} s", std::floor(seconds / 60), std::fmod(seconds, 60));
  return fmt::format("{:.0f} h {:02.0f} min", std::floor(seconds / 3600), std::floor(std::fmod(seconds, 3600) / 60));
}

/// Index into the front of the network that is best in a column.
std::size_t best_in(const ResultTable& table, const Column& column) {
  std::size_t best = 0;
  double value = 0;
  for (std::size_t k = 0; k < table.front().size(); ++k) {
    const double v = table.read(column, table.row(table.front()[k])).value * (column.maximise ? -1 : 1);
    if (k == 0 || v < value) best = k, value = v;
  }
  return best;
}

/// How far the front reaches in a column: "3.1x" between its ends, where that says something.
std::string reach(const ResultTable& table, const Column& column) {
  double low = INFINITY, high = -INFINITY;
  for (const std::size_t i : table.front()) {
    const double v = table.read(column, table.row(i)).value;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  return low > 0 && high > 1.02 * low && std::isfinite(high) ? fmt::format("{:.2f}\xC3\x97", high / low) : "";
}

std::string summary_html(const ResultTable& table) {
  const SearchResult& result = *table.input().result;
  std::string out = "<div class=\"cards\">\n";
  for (const Column& objective : table.objectives()) {
    if (table.front().empty()) break;
    const Reading r = table.read(objective, table.row(table.front()[best_in(table, objective)]));
    const std::string range = reach(table, objective);
    out += card(print_reading(objective, r),
                fmt::format("{} {}{}{}", objective.maximise ? "highest" : "lowest", objective.label,
                            r.measured ? "" : ", predicted", range.empty() ? "" : ", " + range + " between the ends"));
  }
  if (!table.input().test_accuracy.empty())
    out +=
        card(print_number(100 * *std::max_element(table.input().test_accuracy.begin(), table.input().test_accuracy.end())) + " %",
             "highest test accuracy on the front");
  out += card(counted(table.front().size()), "networks on the front");
  const auto rows = static_cast<std::int64_t>(result.rows.size());
  out += card(counted(static_cast<std::uint64_t>(std::max(result.evaluations, rows))),
              result.measured_throughout() ? "networks measured" : "networks evaluated");
  if (result.predicted_evaluations > 0)
    out += card(counted(static_cast<std::uint64_t>(result.predicted_evaluations)), "evaluations on predictions");
  return out + "</div>\n";
}

std::string cell(const Column& column, const Reading& r, bool& capped, bool& disturbed, bool& predicted) {
  std::string text =
      column.metric == "macs" || column.metric == "params" ? fmt::format("{:.3f}", r.value) : print_number(r.value);
  if (r.spread > 0) text += fmt::format("<span class=\"soft\"> &#177;&#8201;{}</span>", print_number(r.spread));
  if (r.capped) text += "<sup>c</sup>", capped = true;
  if (r.disturbed) text += "<sup>d</sup>", disturbed = true;
  if (!r.measured) text += "<sup>p</sup>", predicted = true;
  return "<td>" + text + "</td>";
}

std::string front_html(const ResultTable& table) {
  const auto& test = table.input().test_accuracy;
  const bool tested = test.size() == table.front().size() && !test.empty();
  std::string out = "<div class=\"wide\"><table>\n<thead><tr><th>#</th>";
  for (const Column& column : table.columns()) {
    out += "<th>" + escape_xml(column.title()) + "</th>";
    if (tested && column.metric == "accuracy") out += "<th>test accuracy [%]</th>";
  }
  const bool has_accuracy =
      std::any_of(table.columns().begin(), table.columns().end(), [](const Column& c) { return c.metric == "accuracy"; });
  if (tested && !has_accuracy) out += "<th>test accuracy [%]</th>";
  out += "<th class=\"arch\">architecture</th></tr></thead>\n<tbody>\n";
  bool capped = false, disturbed = false, predicted = false;
  for (std::size_t k = 0; k < table.front().size(); ++k) {
    const SearchRow& row = table.row(table.front()[k]);
    out += fmt::format("<tr><td class=\"soft\">{}</td>", k + 1);
    for (const Column& column : table.columns()) {
      out += cell(column, table.read(column, row), capped, disturbed, predicted);
      if (tested && column.metric == "accuracy") out += "<td>" + print_number(100 * test[k]) + "</td>";
    }
    if (tested && !has_accuracy) out += "<td>" + print_number(100 * test[k]) + "</td>";
    out += "<td class=\"arch\">" + escape_xml(table.input().space->spell(row.arch)) + "</td></tr>\n";
  }
  out += "</tbody></table></div>\n";
  std::string notes;
  if (tested) notes += "The search saw validation images only; test accuracy was measured once, for the networks of this front. ";
  if (capped) notes += "<sup>c</sup> the time cap ended the repetitions before the interval was narrow enough. ";
  if (disturbed) notes += "<sup>d</sup> the machine was busy: a reference network moved beside this measurement. ";
  if (predicted) notes += "<sup>p</sup> predicted, not measured. ";
  return out + (notes.empty() ? "" : "<p class=\"soft\">" + notes + "</p>\n");
}

std::string predictions_html(const ResultTable& table) {
  const SearchResult& result = *table.input().result;
  if (result.rounds.empty()) return "";
  std::string out =
      "<h3>Predicted against measured</h3>\n<p class=\"soft\">Every prediction was noted before its network was measured, by a "
      "predictor that had not seen it.</p>\n<div "
      "class=\"wide\"><table>\n<thead><tr><th>round</th><th>metric</th><th>networks</th><th>MAPE [%]</th>"
      "<th>Kendall tau</th><th class=\"arch\">predictor</th></tr></thead>\n<tbody>\n";
  for (const RoundReport& r : result.rounds)
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"arch\">{}</td></tr>\n", r.round,
                       escape_xml(r.metric), r.rows, std::isfinite(r.mape) ? fmt::format("{:.2f}", 100 * r.mape) : "-",
                       std::isfinite(r.kendall_tau) ? fmt::format("{:.3f}", r.kendall_tau) : "-", escape_xml(r.predictor));
  out += "</tbody></table></div>\n<div class=\"row\">\n";
  for (const Column& column : table.columns())
    if (std::any_of(result.rounds.begin(), result.rounds.end(), [&](const RoundReport& r) { return r.metric == column.label; }))
      out += figure(prediction_chart(table, column).svg());
  return out + "</div>\n";
}

std::string networks_html(const ResultTable& table) {
  std::vector<std::pair<std::size_t, std::string>> chosen;
  auto choose = [&](std::size_t k, const std::string& words) {
    const auto known = std::find_if(chosen.begin(), chosen.end(), [&](const auto& c) { return c.first == k; });
    if (known == chosen.end())
      chosen.emplace_back(k, words);
    else
      known->second += ", " + words;
  };
  for (const Column& objective : table.objectives())
    choose(best_in(table, objective), (objective.maximise ? "highest " : "lowest ") + objective.label);
  if (table.front().size() > 2) {
    const std::size_t middle = table.front().size() / 2;
    if (std::none_of(chosen.begin(), chosen.end(), [&](const auto& c) { return c.first == middle; }))
      choose(middle, "middle of the front");
  }
  std::sort(chosen.begin(), chosen.end());
  std::string out =
      "<h3>Chosen networks</h3>\n<p class=\"soft\">Bars compare the multiply-accumulate operations of the blocks; shapes "
      "are channels &#215; height &#215; width of what a block gives.</p>\n";
  for (const auto& [k, words] : chosen) {
    const SearchRow& row = table.row(table.front()[k]);
    std::string values;
    for (const Column& column : table.columns()) {
      const Reading r = table.read(column, row);
      values += fmt::format("{}{} {}{}", values.empty() ? "" : " &#183; ", escape_xml(column.label),
                            escape_xml(print_reading(column, r)), r.measured ? "" : " (predicted)");
    }
    out += fmt::format("<h4>{}. {}</h4>\n<p>{}</p>\n", k + 1, escape_xml(words), values) +
           figure(network_svg(*table.input().space, row.arch, kDrawingWidth));
  }
  return out;
}

std::string result_html(const OutputInput& input, std::size_t number) {
  const ResultTable table(input);
  const SearchResult& result = *input.result;
  std::string out = fmt::format("<h2 id=\"result{}\">{}</h2>\n", number, escape_xml(input.name));
  std::string task = "Space " + input.space->name() + ": ";
  for (std::size_t i = 0; i < result.objectives.size(); ++i)
    task += (i ? ", " : "") + std::string(result.objectives[i].maximise ? "maximize " : "minimize ") + result.objectives[i].label;
  for (std::size_t i = 0; i < result.constraints.size(); ++i) task += (i ? " and " : " where ") + result.constraints[i].label;
  out += "<p>" + escape_xml(task) + ".</p>\n" + summary_html(table);
  if (table.front().empty()) return out + "<p>No network met the conditions: the front is empty.</p>\n";
  if (auto chart = pareto_chart({input})) out += figure(chart->svg(), "Hover over a point for its network.");
  out += "<h3>The front</h3>\n" + front_html(table);
  out += "<h3>Convergence</h3>\n" + figure(convergence_chart({input}).svg());
  return out + predictions_html(table) + networks_html(table);
}

/// How good a predictor is beside what it is compared with, on networks that none of them has seen.
std::string judgement_html(const Judgement& compared) {
  if (compared.each.empty()) return "";
  std::string out = fmt::format(
      "<p class=\"soft\">{}</p>\n<div class=\"wide\"><table>\n<thead><tr><th class=\"arch\">predictor</th><th>Spearman</th>"
      "<th>RMSE [% of the mean]</th></tr></thead>\n<tbody>\n",
      compared.folds > 1 ? fmt::format("On {} networks, each unseen in one of {} folds.", compared.networks, compared.folds)
                         : fmt::format("Learnt without {} of the networks, on these.", compared.networks));
  for (const Judged& one : compared.each)
    out += fmt::format("<tr><td class=\"arch\">{}</td><td>{}</td><td>{}</td></tr>\n", escape_xml(one.name),
                       std::isfinite(one.spearman) ? fmt::format("{:.3f}", one.spearman) : "-",
                       std::isfinite(one.rmse_share) ? fmt::format("{:.2f}", 100 * one.rmse_share) : "-");
  return out + "</tbody></table></div>\n";
}

std::string trials_html(const Learnt& learnt) {
  const auto columns = trial_columns(learnt.tuned.at("rows"), learnt.choices, learnt.tuned.value("unit", ""));
  std::string out = "<h3>Trials</h3>\n<p class=\"soft\">" + escape_xml(learnt.tuned.value("selection", "")) +
                    ".</p>\n<div class=\"wide\"><table>\n<thead><tr>";
  for (const TextColumn& column : columns) out += "<th>" + escape_xml(column.head) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t row = 0; row < columns[0].cells.size(); ++row) {
    out += "<tr>";
    for (const TextColumn& column : columns) out += "<td>" + escape_xml(column.cells[row]) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string predictor_html(const OutputInput& input, std::size_t number) {
  const Learnt& learnt = *input.learnt;
  std::string out =
      fmt::format("<h2 id=\"result{}\">{}</h2>\n<p>{} in space {}, from {} networks: {}.</p>\n", number, escape_xml(input.name),
                  escape_xml(learnt.metric.label()), escape_xml(input.space->name()), learnt.rows, escape_xml(learnt.summary));
  const bool tuned = learnt.tuned.contains("rows");
  if (tuned) out += "<p>" + escape_xml(learnt.tuned.value("chosen", "")) + ".</p>\n";
  return out + judgement_html(learnt.judgement) + (tuned ? trials_html(learnt) : "");
}

std::string facts_table(const nlohmann::json& object) {
  std::string out = "<table class=\"facts\">\n";
  for (const auto& [name, value] : object.items())
    out += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", escape_xml(name), escape_xml(json_text(value)));
  return out + "</table>\n";
}

std::string training_html(const RunFacts& facts) {
  std::string out;
  for (const Weights& weights : facts.weights) {
    out += fmt::format("<p>{}. Data {}: {} training, {} validation and {} test images, kept apart.</p>\n",
                       escape_xml(weights.summary), escape_xml(weights.dataset.name),
                       counted(static_cast<std::uint64_t>(weights.dataset.train_count)),
                       counted(static_cast<std::uint64_t>(weights.dataset.validation_count)),
                       counted(static_cast<std::uint64_t>(weights.dataset.test_count)));
    if (weights.loss.size() > 1) out += figure(loss_chart(weights).svg());
  }
  return out.empty() ? "" : "<h2 id=\"training\">Training</h2>\n" + out;
}

}  // namespace

std::string report_html(const std::vector<OutputInput>& inputs, const RunFacts& facts) {
  const std::string title = facts.script_name.empty() ? "Report" : facts.script_name;
  double total = 0;
  for (const auto& [stage, seconds] : facts.stage_seconds) total += seconds;
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"/>\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n"
      "<p class=\"soft\">Run of {2}, seed {3}{4}.</p>\n",
      escape_xml(title), kPageStyle, escape_xml(facts.started), facts.seed, total > 0 ? ", stages took " + duration(total) : "");
  out += "<nav>";
  for (std::size_t i = 0; i < inputs.size(); ++i)
    out += fmt::format("<a href=\"#result{}\">{}</a> ", i + 1, escape_xml(inputs[i].name));
  out += std::string(facts.weights.empty() ? "" : "<a href=\"#training\">Training</a> ") +
         "<a href=\"#script\">Script</a> <a href=\"#plan\">Plan</a> <a href=\"#machine\">Machine</a> <a "
         "href=\"#times\">Times</a></nav>\n";
  std::vector<OutputInput> searches;
  std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(searches), [](const OutputInput& in) { return in.result; });
  if (searches.size() > 1) {
    if (auto chart = pareto_chart(searches))
      out += "<h2>All fronts</h2>\n" + figure(chart->svg(), "Hover over a point for its network.") +
             figure(convergence_chart(searches).svg());
  }
  for (std::size_t i = 0; i < inputs.size(); ++i)
    out += inputs[i].result ? result_html(inputs[i], i + 1) : predictor_html(inputs[i], i + 1);
  out += training_html(facts);
  out += "<h2 id=\"script\">Script</h2>\n<pre>" + escape_xml(facts.script_text) + "</pre>\n<h2 id=\"plan\">Plan</h2>\n<pre>" +
         escape_xml(facts.plan_text) + "</pre>\n<h2 id=\"machine\">Machine and versions</h2>\n";
  for (const auto& [name, identity] : facts.device.items())
    out += "<h3>" + escape_xml(name) + "</h3>\n" +
           (identity.is_object() ? facts_table(identity) : "<p>" + escape_xml(json_text(identity)) + "</p>\n");
  if (facts.versions.is_object()) out += "<h3>Versions</h3>\n" + facts_table(facts.versions);
  out += "<h2 id=\"times\">Times</h2>\n<table class=\"facts\">\n";
  for (const auto& [stage, seconds] : facts.stage_seconds)
    out += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", escape_xml(stage), duration(seconds));
  return out + "</table>\n</body>\n</html>\n";
}

}  // namespace nas
