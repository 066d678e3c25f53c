#include "stdlib/predictors/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nas {

Result<void> check_rows(const std::string& name, std::size_t needed, std::span<const float> features,
                        std::span<const double> targets) {
  const std::size_t n = targets.size();
  if (n < needed)
    return Failure{"", fmt::format("{} needs at least {} measured networks, there are {}", name, needed, n), "measure more"};
  for (std::size_t i = 0; i < n; ++i)
    if (!std::isfinite(targets[i]))
      return Failure{"", fmt::format("row {} of the measurements is not a finite number", i + 1), ""};
  for (std::size_t k = 0, d = n == 0 ? 1 : features.size() / n; k < features.size(); ++k)
    if (!std::isfinite(features[k]))
      return Failure{"", fmt::format("column {} of row {} of the features is not a finite number", k % d + 1, k / d + 1), ""};
  return {};
}

Result<void> check_times(const std::string& name, std::span<const double> targets, bool tells_apart) {
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (!(targets[i] > 0))
      return Failure{"", fmt::format("row {} of the measurements is not above zero", i + 1), "no network takes no time"};
  if (tells_apart && std::all_of(targets.begin(), targets.end(), [&](double value) { return value == targets[0]; }))
    return Failure{
        "", fmt::format("all {} measurements are equal, and {} tells layers apart by what they take", targets.size(), name),
        "measure networks of different sizes"};
  return {};
}

Result<std::vector<double>> saved_array(const PredictorState& state, const std::string& name, const std::string& array,
                                        std::optional<std::size_t> size) {
  for (const auto& [key, values] : state.arrays)
    if (key == array) {
      if (!size || values.size() == *size) return values;
      return Failure{"", fmt::format("the saved {} has {} numbers as its {}, it should be {}", name, values.size(), array, *size),
                     ""};
    }
  return Failure{"", fmt::format("the saved {} has no array {}", name, array), ""};
}

}  // namespace nas
