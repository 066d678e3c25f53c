#pragma once

#include <cstddef>
#include <span>

namespace nas {

/// How whole networks follow from the sums of their layers: measured = slope * sum + intercept.
struct SumCorrection {
  double slope = 1, intercept = 0;
  std::size_t networks = 0;                  ///< that were compared
  double error_before = 0, error_after = 0;  ///< mean absolute share of the measured value; after: each network left out
};

/// A line through fewer says nothing.
inline constexpr std::size_t kLeastToCorrect = 3;

/// The line by least squares. The sums stay as they are where there are fewer than `kLeastToCorrect`, or they do not grow with
/// the measured values.
SumCorrection correction_of(std::span<const double> sums, std::span<const double> measured);

}  // namespace nas
