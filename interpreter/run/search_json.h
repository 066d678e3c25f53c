#pragma once

#include <limits>
#include <nlohmann/json.hpp>

#include "core/layer_profile.h"
#include "core/search.h"

namespace nas {

/// A search result as it lies in the store; reading it back gives an equal result.
nlohmann::json to_json(const SearchResult& result);
SearchResult search_result_from(const nlohmann::json& json);

/// A search result for users: columns with name, unit and values, measured against predicted, best, hypervolume and how it grew.
/// Of a larger front `most` networks, evenly; `networks` is then how many it has.
nlohmann::json result_for_users(const SearchResult& result, const Space& space, const std::vector<double>& test_accuracy,
                                std::size_t most = std::numeric_limits<std::size_t>::max());

/// What is known about a metric of the program.
nlohmann::json kind_json(const MetricKind& kind);

/// What the store keeps of a profile of layers.
nlohmann::json layer_profile_json(const LayerProfile& profile);
LayerProfile layer_profile_from(const nlohmann::json& json);

}  // namespace nas
