// Results of searches as columns.
#include <algorithm>
#include <cmath>

#include "embed/interpreter.h"

namespace nas {

std::optional<Front> Interpreter::front(const std::string& stage) const {
  return Front::from_json(result_json(stage));
}

std::optional<Front> Front::from_json(const nlohmann::json& result) {
  if (!result.is_object() || !result.contains("front")) return std::nullopt;
  Front front;
  front.evaluations = result.at("evaluations");
  front.hypervolume = result.at("hypervolume");
  auto numbers = [](const nlohmann::json& values) {
    std::vector<double> list;
    for (const auto& value : values) list.push_back(value.is_number() ? value.get<double>() : std::nan(""));
    return list;
  };
  for (const auto& json : result.at("front")) {
    FrontColumn column;
    column.name = json.at("name");
    column.unit = json.at("unit");
    column.measured = json.value("measured", true);
    if (json.at("type") == "text")
      column.texts = json.at("values").get<std::vector<std::string>>();
    else
      column.numbers = numbers(json.at("values"));
    if (json.contains("spread")) column.spread = numbers(json.at("spread"));
    front.columns.push_back(std::move(column));
  }
  return front;
}

std::size_t Front::size() const {
  std::size_t rows = 0;
  for (const FrontColumn& column : columns) rows = std::max({rows, column.texts.size(), column.numbers.size()});
  return rows;
}

const FrontColumn* Front::find(const std::string& name) const {
  const auto it = std::find_if(columns.begin(), columns.end(), [&](const FrontColumn& column) { return column.name == name; });
  return it == columns.end() ? nullptr : &*it;
}

}  // namespace nas
