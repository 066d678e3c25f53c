#include "stdlib/predictors/nested.h"

#include <fmt/format.h>

namespace nas {

void save_part(PredictorState& whole, const std::string& name, PredictorState part) {
  whole.facts[name] = std::move(part.facts);
  for (auto& [array, values] : part.arrays) whole.arrays.push_back({name + "/" + array, std::move(values)});
}

PredictorState saved_part(const PredictorState& whole, const std::string& name) {
  PredictorState part{whole.facts.is_object() ? whole.facts.value(name, nlohmann::json::object()) : nlohmann::json::object(), {}};
  for (const auto& [array, values] : whole.arrays)
    if (array.starts_with(name + "/")) part.arrays.push_back({array.substr(name.size() + 1), values});
  return part;
}

Result<std::shared_ptr<Predictor>> make_named(const std::vector<Component>& components, const std::string& name,
                                              Services& services) {
  for (const Component& component : components) {
    if (component.name != name) continue;
    auto built = component.build(nlohmann::json::object(), services);
    if (!built) return built.failure();
    return std::static_pointer_cast<Predictor>(*built);
  }
  return Failure{"", fmt::format("there is no predictor {}", name), ""};
}

void takes_names(Component& component, const std::string& argument, const std::vector<Component>& components) {
  for (ArgSpec& spec : component.args) {
    if (spec.name != argument) continue;
    if (spec.type == ArgType::text) spec.type = ArgType::choice;
    for (const Component& named : components) spec.labels.push_back(named.name);
  }
}

}  // namespace nas
