#pragma once

#include <span>
#include <vector>

#include "backends/eigen/row_distances.h"
#include "core/rng.h"

namespace nas {

struct SvrOptions {
  bool linear = false;    ///< the kernel x'z instead of exp(-gamma |x - z|^2)
  double epsilon = 0.05;  ///< in standard deviations of the targets
  double gamma = 0;       ///< 0 = 1 / (columns * variance of the features)
};

/// A support vector regression: targets are standardised inside, features other than 0 and 1 divided by their deviation.
struct SupportVectors {
  RowDistances rows;                 ///< the rows with a coefficient
  std::vector<double> coefficients;  ///< one each, for standardised targets
  bool linear = false;
  double gamma = 0, intercept = 0;
  double mean = 0, deviation = 0;  ///< of the targets
  double c = 0;
  double cross_validated_rmse = 0;  ///< in units of the targets, 0 when c was given

  /// n rows, SI units of the targets. Rows of zeros and ones against such vectors: counts of bits and a table of exponentials.
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const;
};

/// X is n x d, row-major. Holds the kernel of all pairs: 4 n^2 bytes.
SupportVectors fit_svr(std::span<const float> x, std::span<const double> y, std::size_t d, const SvrOptions& options, double c);
/// The penalty out of `penalties` (rising) with the smallest k-fold squared error. All folds share one kernel matrix, and each
/// goes up the penalties from the coefficients of the last.
SupportVectors fit_svr_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d,
                                       const SvrOptions& options, std::span<const double> penalties, int folds, Stream stream);

}  // namespace nas
