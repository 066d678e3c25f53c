#include "core/text_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/metric.h"

namespace nas {
namespace {

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// As many decimals as show four digits of the largest value, three where it is small.
int decimals_for(const nlohmann::json& values) {
  double largest = 0;
  for (const auto& value : values)
    if (value.is_number()) largest = std::max(largest, std::fabs(value.get<double>()));
  if (largest > 0 && largest < 0.1) return std::min(9, 2 - static_cast<int>(std::floor(std::log10(largest))));
  return largest >= 1000 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
}

std::string print_columns(const std::vector<TextColumn>& columns) {
  std::vector<std::size_t> widths;
  std::size_t rows = 0;
  for (const TextColumn& column : columns) {
    std::size_t width = width_of(column.head);
    for (const auto& cell : column.cells) width = std::max(width, width_of(cell));
    widths.push_back(width);
    rows = std::max(rows, column.cells.size());
  }
  std::string text;
  for (std::size_t row = 0; row <= rows; ++row) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& cell = row == 0 ? columns[i].head : columns[i].cells[row - 1];
      const std::string pad(widths[i] - width_of(cell), ' ');
      line += "  " + (columns[i].right ? pad + cell : cell + pad);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string plain(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
}

/// Where the numbers of a table come from.
struct Sources {
  bool predicted = false;  ///< some of them from a model
  bool computed = true;    ///< all of them from the networks themselves

  /// The columns of a front; texts among them say nothing.
  void add(const nlohmann::json& front) {
    for (const auto& column : front) {
      if (column.value("type", "") != "number") continue;
      const MetricKind* kind = find_metric(column.value("name", ""));
      predicted = predicted || !column.value("measured", true);
      computed = computed && kind && kind->exact;
    }
  }
  const char* words() const { return predicted ? "~ marks what is only predicted" : computed ? "all computed" : "all measured"; }
};

TextColumn number_column(const std::string& name, const std::string& unit) {
  return {unit.empty() ? name : name + " (" + unit + ")", {}, true};
}

}  // namespace

std::vector<std::size_t> evenly(std::size_t rows, std::size_t most) {
  const std::size_t shown = std::min(rows, most);
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < shown; ++i) list.push_back(shown == rows || shown == 1 ? i : i * (rows - 1) / (shown - 1));
  return list;
}

std::string front_table(const std::string& stage, const nlohmann::json& result) {
  if (!result.is_object() || !result.contains("front") || !result["front"].is_array()) return "";
  std::vector<TextColumn> columns, texts;
  std::size_t rows = 0;
  Sources sources;
  sources.add(result["front"]);
  for (const auto& source : result["front"]) {
    TextColumn column;
    const std::string unit = source.value("unit", "");
    column.head = source.value("name", "");
    if (!unit.empty()) column.head += " (" + unit + ")";
    const bool number = source.value("type", "") == "number";
    const bool guessed = number && !source.value("measured", true);
    auto values = nlohmann::json::array();
    for (const std::size_t row : evenly(source["values"].size(), kShownRows)) values.push_back(source["values"][row]);
    const int decimals = number ? decimals_for(values) : 0;
    for (const auto& value : values) {
      column.cells.push_back(value.is_number() ? fmt::format("{}{:.{}f}", guessed ? "~" : "", value.get<double>(), decimals)
                             : number          ? "-"
                                               : plain(value));
    }
    column.right = number;
    rows = std::max(rows, result.value("networks", source["values"].size()));
    (number ? columns : texts).push_back(std::move(column));
  }
  if (rows == 0) return "";
  columns.insert(columns.end(), texts.begin(), texts.end());
  std::string text = fmt::format("{}: {} network{} on the front, {}\n", stage, rows, rows == 1 ? "" : "s", sources.words());
  text += print_columns(columns);
  if (rows > kShownRows)
    text += fmt::format("  {} of them, evenly along the front; `export {} as csv` writes all\n", kShownRows, stage);
  for (const auto& note : result.value("notes", nlohmann::json::array())) text += "  " + plain(note) + "\n";
  return text;
}

std::string family_table(const std::string& family, const std::vector<nlohmann::json>& runs) {
  std::vector<TextColumn> columns = {number_column("seed", ""), number_column("networks", "")};
  Sources sources;
  for (const auto& run : runs) {
    sources.add(run.at("front"));
    columns[0].cells.push_back(plain(run.at("seed")));
    columns[1].cells.push_back(std::to_string(run.value("networks", run.at("front").at(0).at("values").size())));
  }
  const auto& objectives = runs.at(0).at("objectives");
  for (std::size_t j = 0; j < objectives.size(); ++j) {
    TextColumn& column =
        columns.emplace_back(number_column("best " + objectives[j].value("name", ""), objectives[j].value("unit", "")));
    auto values = nlohmann::json::array();
    for (const auto& run : runs) values.push_back(run.at("objectives").at(j).at("best"));
    const int decimals = decimals_for(values);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool guessed = !runs[i].at("objectives")[j].value("measured", true);
      column.cells.push_back(
          values[i].is_number() ? fmt::format("{}{:.{}f}", guessed ? "~" : "", values[i].get<double>(), decimals) : "-");
    }
  }
  columns.push_back(number_column("evaluations", ""));
  for (const auto& run : runs) columns.back().cells.push_back(plain(run.at("evaluations")));
  columns.push_back(number_column("hypervolume", ""));
  for (const auto& run : runs) columns.back().cells.push_back(fmt::format("{:.4g}", run.at("hypervolume").get<double>()));
  std::string text = fmt::format("{}: {} runs, {}\n{}", family, runs.size(), sources.words(), print_columns(columns));
  if (family.find('[') == std::string::npos) text += fmt::format("  `show {}[1]` prints the front of the first\n", family);
  // A note that several runs have is told once.
  std::vector<std::pair<std::string, std::vector<std::string>>> notes;
  for (const auto& run : runs)
    for (const auto& note : run.value("notes", nlohmann::json::array())) {
      auto it = std::find_if(notes.begin(), notes.end(), [&](const auto& n) { return n.first == plain(note); });
      if (it == notes.end()) it = notes.insert(it, {plain(note), {}});
      it->second.push_back(plain(run.at("seed")));
    }
  for (const auto& [note, seeds] : notes)
    text += seeds.size() == runs.size()
                ? fmt::format("  {}\n", note)
                : fmt::format("  seed{} {}: {}\n", seeds.size() == 1 ? "" : "s", fmt::join(seeds, ", "), note);
  return text;
}

std::string argument_text(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{}", value.get<double>());
  if (!value.is_array()) return value.dump();
  std::vector<std::string> items;
  for (const auto& item : value) items.push_back(argument_text(item));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::vector<TextColumn> trial_columns(const nlohmann::json& trials, const std::vector<std::string>& names,
                                      const std::string& unit) {
  const auto cell = [](const nlohmann::json& value, int decimals, double scale) {
    return value.is_number() ? fmt::format("{:.{}f}", scale * value.get<double>(), decimals) : std::string("-");
  };
  TextColumn trial{"trial", {}, true}, bracket{"bracket", {}, true}, rung{"rung", {}, true}, budget{unit, {}, true};
  TextColumn error{"RMSE [% of the mean]", {}, true}, tau{"Kendall tau", {}, true}, chosen{"", {}};
  std::vector<TextColumn> arguments;
  for (const std::string& name : names) arguments.push_back({name, {}, true});
  for (const auto& row : trials) {
    trial.cells.push_back(row.at("trial").dump());
    if (!unit.empty()) {
      bracket.cells.push_back(row.at("bracket").dump());
      rung.cells.push_back(row.at("rung").dump());
      budget.cells.push_back(row.at("budget").dump());
    }
    error.cells.push_back(cell(row.at("rmse_share"), 2, 100));
    tau.cells.push_back(cell(row.at("kendall"), 3, 1));
    for (TextColumn& argument : arguments) argument.cells.push_back(argument_text(row.at("arguments").at(argument.head)));
    chosen.cells.emplace_back(row.at("chosen").get<bool>() ? "chosen" : "");
  }
  std::vector<TextColumn> columns{trial};
  if (!unit.empty()) columns.insert(columns.end(), {bracket, rung, budget});
  columns.insert(columns.end(), {error, tau});
  columns.insert(columns.end(), arguments.begin(), arguments.end());
  columns.push_back(chosen);
  return columns;
}

std::string trial_table(const nlohmann::json& trials, const std::vector<std::string>& names, const std::string& unit) {
  std::string text = print_columns(trial_columns(trials, names, unit));
  text.pop_back();
  return text;
}

std::string layer_table(const std::string& device, const std::string& provenance, std::span<const LayerTime> times) {
  std::vector<TextColumn> columns = {
      {"layer", {}, false}, {"MACs (M)", {}, true}, {"KB", {}, true}, {"us", {}, true}, {"bound", {}, false}};
  double seconds = 0;
  for (const LayerTime& time : times) {
    seconds += time.seconds;
    columns[0].cells.push_back(time.layer);
    columns[1].cells.push_back(fmt::format("{:.3f}", 1e-6 * static_cast<double>(time.macs)));
    columns[2].cells.push_back(fmt::format("{:.1f}", 1e-3 * time.bytes));
    columns[3].cells.push_back(fmt::format("{:.2f}", 1e6 * time.seconds));
    columns[4].cells.push_back(time.bound);
  }
  std::string table = print_columns(columns);
  table.pop_back();  // `show` ends the line
  return fmt::format("{}: {} layers, {:.4g} ms, {}\n{}", device, times.size(), 1e3 * seconds, provenance, table);
}

}  // namespace nas
