#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"

namespace nas {

/// Ridge regression (Hoerl and Kennard 1970): min |y - b0 - X b|^2 + alpha |b|^2 with the intercept not penalised.
struct RidgeFit {
  double alpha = 0;
  double intercept = 0;
  std::vector<double> weights;
  double cross_validated_mape = 0;  ///< 0 when alpha was given
};

/// One penalty. X is n x d, row-major.
RidgeFit fit_ridge(std::span<const float> x, std::span<const double> y, std::size_t d, double alpha);

/// Penalties to choose from where the columns have about the scale of one: 60 from 1e-4 to 1e4, in equal ratios.
std::vector<double> ridge_penalties();

/// The penalty with the smallest k-fold mean squared error out of `alphas`, rows shuffled by the stream. Every fold costs one
/// eigendecomposition that serves all penalties, not one solve for each.
RidgeFit fit_ridge_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d, std::span<const double> alphas,
                                   int folds, Stream stream);

}  // namespace nas
