#pragma once

#include <span>
#include <vector>

#include "core/rng.h"

namespace nas {

/// Least squares: min |y - b0 - X b|^2, and of all b that reach it the shortest. The intercept is not part of its length.
struct LeastSquaresFit {
  double intercept = 0;
  std::vector<double> weights;
  int rank = 0;  ///< of the centred columns
};
/// By a complete orthogonal decomposition of the centred columns (Golub and Van Loan, Matrix Computations, 5.5). X is n x d,
/// row-major, with any n >= 1 and d.
LeastSquaresFit fit_least_squares(std::span<const float> x, std::span<const double> y, std::size_t d);

/// The lasso (Tibshirani 1996): min |y - b0 - X b|^2 / (2 n s^2) + alpha |b / s|_1 with s the standard deviation of y, so that
/// alpha does not depend on the unit of y. The intercept is not penalised.
struct LassoFit {
  double alpha = 0;
  double intercept = 0;
  std::vector<double> weights;
  double cross_validated_rmse = 0;  ///< in units of y; 0 when alpha was given
};
/// One penalty, by cyclic coordinate descent on the Gram matrix (Friedman, Hastie and Tibshirani 2010).
LassoFit fit_lasso(std::span<const float> x, std::span<const double> y, std::size_t d, double alpha);
/// The penalty with the smallest k-fold mean squared error among `count` in equal ratios, from the smallest one that sets all
/// weights to zero down to a thousandth of it. Each fold walks the path from its sparse end.
LassoFit fit_lasso_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d, int count, int folds,
                                   Stream stream);

}  // namespace nas
