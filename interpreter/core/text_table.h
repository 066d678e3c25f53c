#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace nas {

/// Of a larger front `front_table` shows so many networks.
inline constexpr std::size_t kShownRows = 20;

/// The front of a search as an aligned table: one line per network, metrics with units, architecture last. `result` is the
/// search's result as users get it (Interpreter::result_json); empty when it holds no front. Predicted columns are marked.
std::string front_table(const std::string& stage, const nlohmann::json& result);

}  // namespace nas
