#pragma once

#include <nlohmann/json.hpp>

#include "core/layer_profile.h"
#include "core/search.h"

namespace nas {

/// A search result as it lies in the store; reading it back gives an equal result.
nlohmann::json to_json(const SearchResult& result);
SearchResult search_result_from(const nlohmann::json& json);

/// A search result for users: columns with name, unit and values, measured against predicted, best, hypervolume and how it grew.
nlohmann::json result_for_users(const SearchResult& result, const Space& space, const std::vector<double>& test_accuracy);

/// What is known about a metric of the program.
nlohmann::json kind_json(const MetricKind& kind);

/// What the store keeps of a profile of layers.
nlohmann::json layer_profile_json(const LayerProfile& profile);
LayerProfile layer_profile_from(const nlohmann::json& json);

}  // namespace nas
