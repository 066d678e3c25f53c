#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace nas {

/// Texts and pictures of values, of characters alone. `unicode` picks between blocks and ASCII.

/// A space as `Interpreter::space_json` tells it: sizes, then its choices by family.
std::string space_text(const std::string& name, const nlohmann::json& space);
/// A network as `Interpreter::network_json` tells it: a line a block with its choices, shape, and share of the operations.
std::string network_text(const nlohmann::json& network, bool unicode);
/// Networks, numbered: operations, parameters, architecture.
std::string networks_text(const nlohmann::json& networks);

/// A search's result: how the hypervolume grew in a line, and two objectives against each other.
std::string front_pictures(const nlohmann::json& result, bool unicode);
/// The front as a table of at most `limit` rows (0 = as many as `front_table` shows), sorted by a column (""= as it is); nothing,
/// with `failure` set, where there is no such column.
std::string front_listing(const std::string& name, const nlohmann::json& result, const std::string& by, std::size_t limit,
                          std::string& failure);

/// One character for each value, from the lowest to the highest.
std::string sparkline(const std::vector<double>& values, bool unicode);
/// "1.23M", as the language writes counts.
std::string count_text(double count);

}  // namespace nas
