#include "stdlib/outputs/front_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "stdlib/outputs/chart.h"

namespace nas {

double in_unit(const MetricId& id, double si) {
  const MetricKind* kind = find_metric(id.name);
  return kind ? si / kind->scale : si;
}

std::string axis_title(const MetricId& id) {
  const MetricKind* kind = find_metric(id.name);
  return kind && !kind->unit.empty() ? fmt::format("{} [{}]", id.label(), kind->unit) : id.label();
}

FrontTable::FrontTable(const OutputInput& input) {
  const SearchResult& result = *input.result;
  for (const auto i : result.front) architectures.push_back(input.space->spell(result.rows[i].arch));
  for (std::size_t j = 0; j < result.metrics.size(); ++j) {
    const MetricKind* kind = find_metric(result.metrics[j].name);
    Column column{result.metrics[j].label(), std::string(kind->unit), {}, {}};
    for (const auto i : result.front) {
      column.values.push_back(in_unit(result.metrics[j], result.rows[i].measured[j].value));
      column.spread.push_back(in_unit(result.metrics[j], result.rows[i].measured[j].spread));
    }
    columns.push_back(std::move(column));
  }
  if (!input.test_accuracy.empty()) {
    Column column{"test accuracy", "%", {}, {}};
    for (const double v : input.test_accuracy) column.values.push_back(100 * v);
    columns.push_back(std::move(column));
  }
  for (const char* name : {"macs", "params"}) {
    if (std::any_of(result.metrics.begin(), result.metrics.end(), [&](const auto& id) { return id.name == name; })) continue;
    Column column{name, "M", {}, {}};
    for (const auto i : result.front) {
      const auto& genes = result.rows[i].arch.genes;
      column.values.push_back(static_cast<double>(name == std::string("macs") ? input.space->macs(genes) : input.space->params(genes)) / 1e6);
    }
    columns.push_back(std::move(column));
  }
}

std::string network_strip_svg(const Space& space, const Arch& arch) {
  // Genes grouped by the block that they belong to: everything before the last dot.
  std::vector<std::pair<std::string, std::string>> blocks;
  for (const auto& [name, option] : space.gene_values(arch)) {
    const auto dot = name.rfind('.');
    const std::string block = dot == std::string::npos ? "" : name.substr(0, dot);
    const std::string gene = dot == std::string::npos ? name : name.substr(dot + 1);
    const std::string text = gene + " " + option;
    if (!blocks.empty() && blocks.back().first == block) blocks.back().second += "\n" + text;
    else blocks.emplace_back(block, text);
  }
  static const char* const fills[] = {"#d6e6f4", "#fbe3d0", "#d5efe4", "#f3dfea", "#fbeccb"};
  const int box = 112, gap = 8, columns = 7;
  std::string out;
  std::size_t tallest = 1;
  for (const auto& [name, text] : blocks) tallest = std::max<std::size_t>(tallest, static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  const int height = 24 + 15 * static_cast<int>(tallest);
  std::map<std::string, std::size_t> stages;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const int x = gap + static_cast<int>(i % columns) * (box + gap), y = gap + static_cast<int>(i / columns) * (height + gap);
    const std::string stage = blocks[i].first.substr(0, blocks[i].first.find('.'));
    const std::size_t shade = stages.try_emplace(stage, stages.size()).first->second;
    out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{}\" stroke=\"#667788\"/><text x=\"{}\" y=\"{}\" font-weight=\"bold\">{}</text>", x, y, box, height,
                       fills[shade % std::size(fills)], x + 6, y + 15, escape_xml(blocks[i].first.empty() ? "network" : blocks[i].first));
    int line = y + 31;
    std::size_t at = 0;
    while (at <= blocks[i].second.size()) {
      const std::size_t end = std::min(blocks[i].second.find('\n', at), blocks[i].second.size());
      out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>", x + 6, line, escape_xml(blocks[i].second.substr(at, end - at)));
      at = end + 1;
      line += 15;
    }
  }
  const int rows = static_cast<int>((blocks.size() + columns - 1) / columns);
  return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">{2}</svg>\n",
                     gap + columns * (box + gap), gap + std::max(1, rows) * (height + gap), out);
}

}  // namespace nas
