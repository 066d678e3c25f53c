#include "stdlib/outputs/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>

namespace nas {
namespace {

/// Ten significant digits: enough for every measurement, and 86.1 stays 86.1.
double rounded(double value) {
  return std::strtod(fmt::format("{:.10g}", value).c_str(), nullptr);
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{:.10g}", value) : "";
}

/// "latency@host" in ms -> "latency_host_ms". Counts and bytes are exact, so they stand in ones.
std::string header(const Column& column) {
  std::string name;
  for (const char c : column.label) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (word)
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  if (column.unit.empty()) return name;
  return name + "_" + (column.unit == "%" ? "percent" : column.unit == "1/s" ? "per_s" : column.unit);
}

Column for_machines(Column column) {
  const MetricKind* kind = find_metric(column.metric);
  if (kind && kind->exact) {
    column.unit = kind->dimension == "memory" ? "B" : "";
    column.scale = 1;
  }
  return column;
}

std::vector<Column> export_columns(const ResultTable& table) {
  std::vector<Column> columns;
  for (const Column& column : table.columns()) columns.push_back(for_machines(column));
  for (const Column& objective : table.objectives())
    if (objective.metric.empty()) columns.push_back(objective);
  return columns;
}

/// Row of the result -> test accuracy in percent.
std::map<std::size_t, double> test_accuracy(const ResultTable& table) {
  std::map<std::size_t, double> of;
  const auto& values = table.input().test_accuracy;
  for (std::size_t k = 0; k < values.size() && k < table.front().size(); ++k) of[table.front()[k]] = 100 * values[k];
  return of;
}

/// Header and cells of an architecture: the first spelling, else one column per gene.
struct SpelledColumns {
  explicit SpelledColumns(const Space& space) : space_(space), spellings_(space.spellings()) {
    if (!spellings_.empty())
      names = spellings_[0].fields;
    else
      for (const Gene& gene : space.genes()) names.push_back(gene.name);
  }
  std::vector<std::string> cells(const Arch& arch) const {
    std::vector<std::string> cells;
    if (!spellings_.empty()) {
      for (const auto& values : space_.spell(arch, 0)) {
        const bool dashes =
            std::none_of(values.begin(), values.end(), [](const std::string& v) { return v.find('-') != std::string::npos; });
        std::string cell;
        for (const auto& value : values) cell += (&value == &values.front() ? "" : dashes ? "-" : " ") + value;
        cells.push_back(std::move(cell));
      }
      return cells;
    }
    std::map<std::string, std::string> options;
    for (const auto& [gene, option] : space_.gene_values(arch)) options[gene] = option;
    for (const auto& name : names) cells.push_back(options[name]);
    return cells;
  }
  std::vector<std::string> names;

 private:
  const Space& space_;
  std::vector<Spelling> spellings_;
};

/// Columns of a script.
constexpr std::size_t kWidest = 110;

/// A text of the language.
std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '$')
      out += "\\$";
    else
      out += c;
  }
  return out + "\"";
}

}  // namespace

Result<std::vector<std::size_t>> rows_of(const ResultTable& table, Part part) {
  std::vector<std::size_t> rows = table.front();
  if (part == Part::archive) {
    rows.resize(table.input().result->rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
  }
  if (rows.empty())
    return Failure{"E818", fmt::format("{} has no network to export", table.input().name),
                   "no network met the conditions: widen them"};
  if (part == Part::best) rows.resize(1);  // the front is ordered by the first objective
  return rows;
}

Result<std::string> csv_of(const ResultTable& table, Part part) {
  auto rows = rows_of(table, part);
  if (!rows) return rows.failure();
  const SpelledColumns spelled(*table.input().space);
  const auto columns = export_columns(table);
  const auto test = test_accuracy(table);
  struct Extras {
    bool spread = false, predicted = false;
  };
  std::vector<Extras> extras(columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (const std::size_t i : *rows) {
      const Reading r = table.read(columns[j], table.row(i));
      extras[j].spread = extras[j].spread || r.spread > 0 || r.count > 1;
      extras[j].predicted = extras[j].predicted || std::isfinite(table.predicted(columns[j], table.row(i)));
    }
  std::string out;
  for (const auto& name : spelled.names) out += (out.empty() ? "" : ",") + csv_field(name);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const std::string name = header(columns[j]);
    out += "," + name;
    if (extras[j].spread) out += "," + name + "_spread," + name + "_count";
    if (extras[j].predicted) out += "," + name + "_predicted";
  }
  if (!test.empty()) out += ",test_accuracy_percent";
  out += ",measured\n";
  for (const std::size_t i : *rows) {
    const SearchRow& row = table.row(i);
    std::string line;
    const auto cells = spelled.cells(row.arch);
    for (const auto& cell : cells) line += (&cell == &cells.front() ? "" : ",") + csv_field(cell);
    bool measured = true;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const Reading r = table.read(columns[j], row);
      measured = measured && r.measured;
      line += "," + csv_number(r.value);
      if (extras[j].spread) line += "," + csv_number(r.spread) + "," + fmt::format("{}", r.count);
      if (extras[j].predicted) line += "," + csv_number(table.predicted(columns[j], row));
    }
    if (!test.empty()) line += "," + (test.count(i) ? csv_number(test.at(i)) : "");
    out += line + (measured ? ",true\n" : ",false\n");
  }
  return out;
}

Result<std::string> json_of(const ResultTable& table, const RunFacts& facts, Part part) {
  auto rows = rows_of(table, part);
  if (!rows) return rows.failure();
  const SearchResult& result = *table.input().result;
  const Space& space = *table.input().space;
  auto number = [](double v) { return std::isfinite(v) ? nlohmann::ordered_json(rounded(v)) : nlohmann::ordered_json(nullptr); };
  nlohmann::ordered_json json;
  json["search"] = table.input().name;
  json["space"] = space.name();
  json["seed"] = facts.seed;
  json["measured_networks"] = std::max(result.evaluations, static_cast<std::int64_t>(result.rows.size()));
  json["predicted_evaluations"] = result.predicted_evaluations;
  json["objectives"] = nlohmann::ordered_json::array();
  for (const Objective& o : result.objectives) json["objectives"].push_back({{"maximise", o.maximise}, {"of", o.label}});
  json["conditions"] = nlohmann::ordered_json::array();
  for (const Constraint& c : result.constraints) json["conditions"].push_back(c.label);
  json["hypervolume"] = number(result.hypervolume.empty() ? 0 : result.hypervolume.back());
  json["rounds"] = nlohmann::ordered_json::array();
  for (const RoundReport& r : result.rounds)
    json["rounds"].push_back({{"round", r.round},
                              {"metric", r.metric},
                              {"predictor", r.predictor},
                              {"networks", r.rows},
                              {"mape", number(r.mape)},
                              {"kendall_tau", number(r.kendall_tau)}});
  const auto columns = export_columns(table);
  const auto test = test_accuracy(table);
  json["networks"] = nlohmann::ordered_json::array();
  for (const std::size_t i : *rows) {
    const SearchRow& row = table.row(i);
    nlohmann::ordered_json network;
    network["architecture"] = space.spell(row.arch);
    for (const auto& [gene, option] : space.gene_values(row.arch)) network["genes"][gene] = option;
    network["on_front"] = table.on_front(i);
    network["round"] = row.round;
    for (const Column& column : columns) {
      const Reading r = table.read(column, row);
      auto& metric = network["metrics"][column.label];
      metric["value"] = number(r.value);
      if (!column.unit.empty()) metric["unit"] = column.unit;
      metric["measured"] = r.measured;
      if (r.spread > 0 || r.count > 1) {
        metric["spread"] = number(r.spread);
        metric["count"] = r.count;
      }
      if (const double p = table.predicted(column, row); std::isfinite(p)) metric["predicted"] = number(p);
      if (r.capped) metric["time_cap_reached"] = true;
      if (r.disturbed) metric["disturbed"] = true;
    }
    if (test.count(i)) network["metrics"]["test accuracy"] = {{"value", number(test.at(i))}, {"unit", "%"}, {"measured", true}};
    json["networks"].push_back(std::move(network));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<std::string> script_of(const ResultTable& table, Part part) {
  auto rows = rows_of(table, part);
  if (!rows) return rows.failure();
  const Space& space = *table.input().space;
  std::string out = fmt::format("# Rebuilds the {} of {}.\n{}\n",
                                part == Part::best    ? "best network"
                                : part == Part::front ? "front"
                                                      : "measured networks",
                                table.input().name, table.input().space_script);
  for (std::size_t k = 0; k < rows->size(); ++k) {
    const SearchRow& row = table.row((*rows)[k]);
    const std::string name = part == Part::best ? "best" : fmt::format("network{}", k + 1);
    std::string values;
    for (const Column& objective : table.objectives()) {
      const Reading r = table.read(objective, row);
      values += fmt::format("{}{} {}{}", values.empty() ? "" : ", ", objective.label, print_reading(objective, r),
                            r.measured ? "" : " (predicted)");
    }
    std::replace(values.begin(), values.end(), '\n', ' ');  // a formula may have been written on several lines
    out += fmt::format("\n# {}\nlet {} = net.arch({})\n", values, name, literal(space.spell(row.arch)));
    out += fmt::format("require {0}.macs == {1} and {0}.params == {2}, \"{0} is another network now\"\n", name,
                       space.macs(row.arch.genes), space.params(row.arch.genes));
  }
  return out;
}

Result<std::string> space_script_of(const ResultTable& table) {
  const Space& whole = *table.input().space;
  const std::vector<std::string>& without = table.input().result->without;
  if (without.empty()) return fmt::format("# The space of {}.\n{}\n", table.input().name, table.input().space_script);
  const auto reduced = whole.without(without);
  if (!reduced) return reduced.failure();
  const auto networks = reduced->networks();
  std::string out = fmt::format(
      "# The space of {}, without the options that popdb left out.\n# {} networks before, {} after.\n{}\nspace small = "
      "reduced(net, without = [",
      table.input().name, whole.networks().get_str(), networks.get_str(), table.input().space_script);
  // Wrapped as `nas fmt` does.
  std::size_t column = out.size() - out.rfind('\n') - 1;
  for (std::size_t k = 0; k < without.size(); ++k) {
    const std::string item = literal(without[k]) + (k + 1 < without.size() ? "," : "])");
    const bool wraps = k > 0 && column + 1 + item.size() > kWidest;
    out += (k == 0 ? "" : wraps ? "\n    " : " ") + item;
    column = (wraps ? 4 : column + (k > 0)) + item.size();
  }
  out += '\n';
  // Larger counts are no longer exact as numbers of the language.
  if (networks < mpz_class(1) << 53)
    out += fmt::format("require small.networks == {}, \"small is another space now\"\n", networks.get_str());
  return out;
}

}  // namespace nas
