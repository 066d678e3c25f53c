#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/component.h"
#include "core/layer.h"

namespace nas {

/// What `nas doc` prints of a component or a layer, made from its declaration.
std::string documentation(const Component& component);
std::string documentation(const LayerComponent& layer);

/// The same for programs: kind, name, doc, source, examples, of a search min_objectives and max_objectives, and args (name, type,
/// help, required, default, at_least, at_most).
nlohmann::json description(const Component& component);
nlohmann::json description(const LayerComponent& layer);

}  // namespace nas
