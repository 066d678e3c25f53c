#include "core/sum_correction.h"

#include <cmath>

namespace nas {

SumCorrection correction_of(std::span<const double> sums, std::span<const double> measured) {
  SumCorrection line;
  const std::size_t n = sums.size();
  line.networks = n;
  double mean_x = 0, mean_y = 0, before = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mean_x += sums[i] / static_cast<double>(n);
    mean_y += measured[i] / static_cast<double>(n);
    before += std::fabs(sums[i] - measured[i]) / measured[i] / static_cast<double>(n);
  }
  line.error_before = line.error_after = before;
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < n; ++i) {
    xx += (sums[i] - mean_x) * (sums[i] - mean_x);
    xy += (sums[i] - mean_x) * (measured[i] - mean_y);
  }
  if (n < kLeastToCorrect || !(xx > 0) || !(xy > 0)) return line;
  line.slope = xy / xx;
  line.intercept = mean_y - line.slope * mean_x;
  line.error_after = 0;
  for (std::size_t i = 0; i < n; ++i) {
    // The residual of a network that is left out follows from its leverage.
    const double leverage = 1 / static_cast<double>(n) + (sums[i] - mean_x) * (sums[i] - mean_x) / xx;
    const double residual = measured[i] - line.intercept - line.slope * sums[i];
    const double left_out = leverage < 1 ? residual / (1 - leverage) : 0;
    line.error_after += std::fabs(left_out) / measured[i] / static_cast<double>(n);
  }
  return line;
}

}  // namespace nas
