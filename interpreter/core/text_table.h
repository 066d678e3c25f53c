#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/layer_times.h"

namespace nas {

/// Of a larger front `front_table` shows so many networks.
inline constexpr std::size_t kShownRows = 20;

/// At most `most` of 0..rows-1, evenly from the first to the last.
std::vector<std::size_t> evenly(std::size_t rows, std::size_t most);

/// The front of a search as an aligned table: one line per network, metrics with units, architecture last. `result` is the
/// search's result as users get it (Interpreter::result_json); empty when it holds no front. Predicted columns are marked.
std::string front_table(const std::string& stage, const nlohmann::json& result);

/// The runs of a family, one line each: the size of the front, the best value of each objective, evaluations, hypervolume.
/// `runs` are results as above, each with its "seed".
std::string family_table(const std::string& family, const std::vector<nlohmann::json>& runs);

/// An argument of a component as it would be written: "0.01", "[64, 64]", "hamming".
std::string argument_text(const nlohmann::json& value);

/// A column of a table: its head and its cells, flush right where `right`.
struct TextColumn {
  std::string head;
  std::vector<std::string> cells;
  bool right = false;
};
/// The trials of a `tune`, one row each, as `trial_table` prints them; the last column marks the one that was chosen.
std::vector<TextColumn> trial_columns(const nlohmann::json& trials, const std::vector<std::string>& names,
                                      const std::string& unit);

/// The trials of a `tune`, one line each: what each was judged to be, its budget in `unit` ("" = all have a whole one), the
/// arguments of those names. The chosen one is marked.
std::string trial_table(const nlohmann::json& trials, const std::vector<std::string>& names, const std::string& unit);

/// The layers of a network on a device, one line each, with their sum above.
std::string layer_table(const std::string& device, const std::string& provenance, std::span<const LayerTime> times);

}  // namespace nas
