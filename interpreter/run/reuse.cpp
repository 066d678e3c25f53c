#include "run/reuse.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/rng.h"
#include "core/search.h"
#include "run/search_json.h"

namespace nas {
namespace {

std::string shown(const nlohmann::json& value) {
  const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return text.size() > 40 ? text.substr(0, 37) + "..." : text;
}

}  // namespace

std::string key_of(const nlohmann::json& fields) {
  return digest_of(fields.dump());
}

std::string genes_text(const Arch& arch) {
  static const char* digits = "0123456789abcdef";
  std::string text;
  for (const auto g : arch.genes) {
    text += digits[g >> 4];
    text += digits[g & 15];
  }
  return text;
}

std::string first_difference(const nlohmann::json& now, const nlohmann::json& before, const std::string& path) {
  if (now == before) return "";
  if (now.is_array() && before.is_array() && now.size() == before.size()) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      const bool metric = now[i].is_object() && now[i].contains("metric") && now[i]["metric"].is_string();
      const std::string item = metric ? now[i]["metric"].get<std::string>() : path;
      if (auto found = first_difference(now[i], before[i], item); !found.empty()) return found;
    }
    return "";
  }
  if (!now.is_object() || !before.is_object()) {
    if (now.is_null() || before.is_null()) return path + (now.is_null() ? " is gone" : " is new");
    return fmt::format("{} is {}, was {}", path, shown(now), shown(before));
  }
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const auto& [name, value] : now.items()) {
    if (name == "inputs" || (before.contains(name) && value == before[name])) continue;
    if (!before.contains(name)) return prefix + name + " is new";
    // Hashes of contents say nothing to a reader.
    if (name == "content" || name == "script")
      return path.empty() ? fmt::format("the {} has changed", name) : fmt::format("the values behind {} have changed", path);
    // Arguments are named by their component: "nsga2.population is 40, was 20".
    const bool arguments = name == "arguments" && now.contains("component");
    if (auto found = first_difference(value, before[name], arguments ? now["component"].get<std::string>() : prefix + name);
        !found.empty())
      return found;
  }
  if (now.contains("inputs"))
    for (const auto& [name, value] : now["inputs"].items()) {
      const nlohmann::json old = before.value("inputs", nlohmann::json::object());
      if (!old.contains(name)) return name + " is new";
      if (value == old[name]) continue;
      if (value.is_object() && old[name].is_object()) return first_difference(value, old[name], name);
      return name + " has changed";
    }
  for (const auto& [name, value] : before.items())
    if (!now.contains(name)) return prefix + name + " is gone";
  return "an input is gone";
}

bool complete(const CheckedStage& stage, const Space* space, const nlohmann::json& record) {
  try {
    if (stage.word == "train") {
      for (const char* name : {"path", "key", "space", "summary"}) (void)record.at(name).get<std::string>();
      (void)record.at("loss").get<std::vector<std::pair<double, double>>>();
    } else if (stage.search) {
      const SearchResult result = search_result_from(record);
      if (record.contains("layers")) (void)layer_profile_from(record.at("layers"));
      const auto whole = [&](const SearchRow& row) {
        return space && row.arch.genes.size() == space->gene_count() && row.measured.size() == result.metrics.size();
      };
      if (!std::all_of(result.rows.begin(), result.rows.end(), whole)) return false;
      return !result.front.empty() &&
             std::all_of(result.front.begin(), result.front.end(), [&](std::size_t i) { return i < result.rows.size(); });
    } else {
      (void)record.at("hash").get<std::string>();
      if (record.contains("test_accuracy")) (void)record.at("test_accuracy").get<std::map<std::string, std::vector<double>>>();
    }
  } catch (const nlohmann::json::exception&) {
    return false;
  }
  return true;
}

}  // namespace nas
