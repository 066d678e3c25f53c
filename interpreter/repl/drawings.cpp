#include "repl/drawings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "embed/interpreter.h"

namespace nas {
namespace {

using nlohmann::json;

/// "stage[*].block[*].kernel" for "stage[2].block[3].kernel".
std::string family_of(const std::string& gene) {
  std::string family;
  bool inside = false;
  for (const char c : gene) {
    if (c == ']') inside = false;
    if (!inside) family += c;
    if (c == '[') family += '*', inside = true;
  }
  return family;
}

std::string grouped(const std::string& digits) {
  if (digits.size() > 15) return fmt::format("{:.3g}", std::strtod(digits.c_str(), nullptr));
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width, bool right = false) {
  const auto columns =
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  const std::string pad(width > columns ? width - columns : 0, ' ');
  return right ? pad + text : text + pad;
}

std::vector<double> numbers_of(const json& values) {
  std::vector<double> list;
  for (const auto& value : values) list.push_back(value.is_number() ? value.get<double>() : std::nan(""));
  return list;
}

std::string with_unit(double value, const std::string& unit) {
  return unit.empty() ? count_text(value) : fmt::format("{:.4g} {}", value, unit);
}

/// The column of an objective, where it is one metric.
const json* column_of(const json& result, const std::string& name) {
  for (const auto& column : result["front"])
    if (column["type"] == "number" && column["name"] == name) return &column;
  return nullptr;
}

std::string scatter(const json& x_column, const json& y_column, bool unicode) {
  const std::vector<double> x = numbers_of(x_column["values"]), y = numbers_of(y_column["values"]);
  double low_x = std::numeric_limits<double>::infinity(), low_y = low_x, high_x = -low_x, high_y = -low_x;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    low_x = std::min(low_x, x[i]), high_x = std::max(high_x, x[i]);
    low_y = std::min(low_y, y[i]), high_y = std::max(high_y, y[i]);
  }
  if (!(high_x > low_x) || !(high_y > low_y)) return "";
  constexpr std::size_t kColumns = 56, kRows = 10;
  std::vector<std::vector<bool>> points(kRows, std::vector<bool>(kColumns));
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    const auto column = static_cast<std::size_t>(std::lround((x[i] - low_x) / (high_x - low_x) * (kColumns - 1)));
    const auto row = static_cast<std::size_t>(std::lround((high_y - y[i]) / (high_y - low_y) * (kRows - 1)));
    points[row][column] = true;
  }
  const std::string x_unit = x_column.value("unit", ""), y_unit = y_column.value("unit", "");
  const std::string top = with_unit(high_y, y_unit), bottom = with_unit(low_y, y_unit);
  const std::size_t margin = std::max(top.size(), bottom.size());
  std::string text = fmt::format("  {}\n", y_column.value("name", ""));
  for (std::size_t row = 0; row < kRows; ++row) {
    const std::string label = row == 0 ? top : row + 1 == kRows ? bottom : "";
    std::string line;
    for (const bool point : points[row]) line += point ? (unicode ? "●" : "*") : " ";
    line.erase(line.find_last_not_of(' ') + 1);
    text += "  " + padded(label, margin, true) + (unicode ? " │" : " |") + line + "\n";
  }
  std::string axis;
  for (std::size_t i = 0; i < kColumns; ++i) axis += unicode ? "─" : "-";
  text += "  " + std::string(margin, ' ') + (unicode ? " └" : " +") + axis + "\n";
  const std::string left = with_unit(low_x, x_unit), right = with_unit(high_x, x_unit), name = x_column.value("name", "");
  const std::size_t room = kColumns - std::min(kColumns, left.size() + right.size());
  const std::size_t before = room > name.size() ? (room - name.size()) / 2 : 1;
  text += "  " + std::string(margin + 2, ' ') + left + std::string(before, ' ') + name +
          std::string(room > before + name.size() ? room - before - name.size() : 1, ' ') + right + "\n";
  return text;
}

}  // namespace

std::string count_text(double count) {
  for (const auto& [scale, letter] : {std::pair(1e9, "G"), std::pair(1e6, "M"), std::pair(1e3, "k")})
    if (std::fabs(count) >= scale) return fmt::format("{:.4g}{}", count / scale, letter);
  return fmt::format("{:.4g}", count);
}

std::string space_text(const std::string& name, const json& space) {
  std::string text = fmt::format("{}: space {}, {} choices, {} networks", name, space.value("name", ""), space["genes"].size(),
                                 grouped(space.value("networks", "")));
  if (space["networks"] != space["genotypes"]) text += fmt::format(" of {} genotypes", grouped(space.value("genotypes", "")));
  text += "\n";
  for (const char* which : {"smallest", "largest"})
    text += fmt::format("  {:<8} {} MACs, {} parameters\n", which, count_text(space[which].value("macs", 0.0)),
                        count_text(space[which].value("params", 0.0)));
  struct Family {
    std::string name, options;
    std::size_t genes = 0;
  };
  std::vector<Family> families;
  for (const auto& gene : space["genes"]) {
    const std::string family = family_of(gene.value("name", ""));
    const std::string options = fmt::format("{}", fmt::join(gene["options"].get<std::vector<std::string>>(), " | "));
    auto it =
        std::find_if(families.begin(), families.end(), [&](const Family& f) { return f.name == family && f.options == options; });
    if (it == families.end()) it = families.insert(families.end(), {family, options, 0});
    ++it->genes;
  }
  std::size_t width = 0;
  for (const Family& family : families) width = std::max(width, family.name.size());
  text += "  choices\n";
  for (const Family& family : families)
    text += fmt::format("    {:<{}}  {:>3} x  {}\n", family.name, width, family.genes, family.options);
  return text;
}

std::string network_text(const json& network, bool unicode) {
  struct Row {
    std::string name, genes, shape;
    double macs;
  };
  std::vector<Row> rows;
  std::size_t name = 0, genes = 0, shape = 0;
  double heaviest = 1;
  std::string group;
  const json blocks = network.value("blocks", json::array());
  for (const auto& block : blocks) {
    const std::string own = block.value("name", ""), of = block.value("group", "");
    Row row{own.empty() ? of : (of == group ? "" : of + " ") + own,
            fmt::format("{}", fmt::join(block["genes"].get<std::vector<std::string>>(), ", ")),
            fmt::format("{} x {} x {}", block.value("channels", 0), block.value("height", 0), block.value("width", 0)),
            block.value("macs", 0.0)};
    if (!own.empty() && of == group) row.name = std::string(of.size() + 1, ' ') + own;
    group = of;
    name = std::max(name, row.name.size());
    genes = std::max(genes, row.genes.size());
    shape = std::max(shape, row.shape.size());
    heaviest = std::max(heaviest, row.macs);
    rows.push_back(std::move(row));
  }
  genes = std::min<std::size_t>(genes, 40);
  std::string text = fmt::format("{} MACs, {} parameters\n  {}\n", count_text(network.value("macs", 0.0)),
                                 count_text(network.value("params", 0.0)), network.value("architecture", ""));
  for (const Row& row : rows) {
    std::string bar;
    const auto length = static_cast<int>(std::ceil(row.macs / heaviest * 12));
    for (int i = 0; i < length; ++i) bar += unicode ? "█" : "#";
    std::string line = fmt::format("  {}  {}  {}  {}  {}", padded(row.name, name), padded(row.genes.substr(0, genes), genes),
                                   padded(row.shape, shape, true), padded(bar, 12), row.macs > 0 ? count_text(row.macs) : "");
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string networks_text(const json& networks) {
  std::string text;
  for (std::size_t i = 0; i < networks.size(); ++i)
    text += fmt::format("  {:>2}  {:>7} MACs  {:>7} parameters  {}\n", i + 1, count_text(networks[i].value("macs", 0.0)),
                        count_text(networks[i].value("params", 0.0)), networks[i].value("architecture", ""));
  return text;
}

std::string sparkline(const std::vector<double>& values, bool unicode) {
  static const char* kBlocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static const char* kSigns[] = {"_", ".", ":", "-", "=", "+", "*", "#"};
  if (values.empty()) return "";
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  std::string text;
  for (const double value : values) {
    const double share = *high > *low ? (value - *low) / (*high - *low) : 1;
    text += (unicode ? kBlocks : kSigns)[static_cast<std::size_t>(std::lround(share * 7))];
  }
  return text;
}

std::string front_pictures(const json& result, bool unicode) {
  std::string text;
  const std::vector<double> known = numbers_of(result.value("hypervolume_so_far", json::array()));
  constexpr std::size_t kShown = 30;  // with the words around it on a line of 80 columns
  std::vector<double> volumes;
  for (std::size_t i = 0; i < std::min(known.size(), kShown); ++i)
    volumes.push_back(known[known.size() <= kShown ? i : i * (known.size() - 1) / (kShown - 1)]);
  if (volumes.size() > 1 && volumes.back() > volumes.front())
    text += fmt::format("  hypervolume {} {:.4g} after {} networks\n", sparkline(volumes, unicode),
                        result.value("hypervolume", 0.0), result.value("evaluations", 0));
  const auto objectives = result.value("objectives", json::array());
  if (objectives.size() < 2) return text;
  const json *first = column_of(result, objectives[0].value("name", "")),
             *second = column_of(result, objectives[1].value("name", ""));
  return first && second ? text + scatter(*second, *first, unicode) : text;
}

std::string front_listing(const std::string& name, const json& result, const std::string& by, std::size_t limit,
                          std::string& failure) {
  json listed = result;
  std::size_t rows = 0;
  for (const auto& column : result["front"]) rows = std::max(rows, column["values"].size());
  std::vector<std::size_t> order(rows);
  for (std::size_t i = 0; i < rows; ++i) order[i] = i;
  std::string label;
  if (!by.empty()) {
    const json* column = nullptr;
    std::vector<std::string> known;
    for (const auto& candidate : result["front"]) {
      if (candidate["type"] != "number") continue;
      const std::string its = candidate["name"];
      known.push_back(its);
      if (its == by || (!column && its.substr(0, its.find('@')) == by)) column = &candidate;
    }
    if (!column) {
      const std::string near = did_you_mean(by, known);
      failure = fmt::format(
          "{} has no column {}\n  {}", name, by,
          near.empty() ? fmt::format("its columns are {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near));
      return "";
    }
    label = (*column)["name"];
    bool downwards = false;
    for (const auto& objective : result["objectives"])
      if (objective["name"] == label) downwards = objective.value("maximise", false);
    const std::vector<double> values = numbers_of((*column)["values"]);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (std::isnan(values[a]) || std::isnan(values[b])) return !std::isnan(values[a]) && std::isnan(values[b]);
      return downwards ? values[a] > values[b] : values[a] < values[b];
    });
  }
  if (limit > 0 && limit < order.size()) order.resize(limit);
  for (auto& column : listed["front"])
    for (const char* field : {"values", "spread"}) {
      if (!column.contains(field) || column[field].size() != rows) continue;
      json chosen = json::array();
      for (const std::size_t i : order) chosen.push_back(column[field][i]);
      column[field] = std::move(chosen);
    }
  std::string text = front_table(name, listed);
  if (by.empty() && order.size() == rows) return text;
  const std::size_t line = text.find('\n');
  const std::size_t comma = text.find(", ");
  const std::string rest = comma < line ? text.substr(comma, line - comma) : "";
  return fmt::format("{}: {} of {} networks{}{}\n", name, order.size(), rows, label.empty() ? "" : " by " + label, rest) +
         text.substr(line + 1);
}

}  // namespace nas
