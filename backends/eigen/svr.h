#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nas {

/// Support vector regression with an epsilon-insensitive loss (Vapnik 1995), for a kernel matrix that is given whole:
/// min b'Kb / 2 - y'b + epsilon |b|_1 with sum(b) = 0 and |b_i| <= C, by sequential minimal optimisation with second-order choice
/// of pairs (Fan, Chen and Lin 2005). Predictions are sum of b_i K(x_i, x) + intercept.
class SvrSolver {
 public:
  /// `kernel` is n x n, row-major and symmetric, its rows `stride` numbers apart (a multiple of 16, at least n; what lies behind
  /// the n-th column is finite). It must outlive the solver.
  SvrSolver(const float* kernel, std::size_t stride, std::span<const double> targets, double epsilon);

  /// From the coefficients of the call before, so that a path of rising penalties costs little more than its last one. Stops when
  /// no pair violates the optimality conditions by more than `tolerance`, or after a number of steps that grows with n.
  void solve(double c, double tolerance = 1e-3);

  const std::vector<double>& coefficients() const { return b_; }  ///< padded to `stride` with zeros
  double intercept() const { return intercept_; }
  std::size_t steps() const { return steps_; }  ///< of all calls
  bool converged() const { return converged_; }

 private:
  void refresh_bounds(std::size_t i, double c);

  const float* kernel_;
  std::size_t n_, stride_;
  double epsilon_;
  std::vector<double> b_, residual_;       ///< residual: y - Kb
  std::vector<double> up_off_, down_off_;  ///< added to the residual: the gain of raising b_i, the loss of lowering it
  std::vector<float> diagonal_;
  double intercept_ = 0;
  std::size_t steps_ = 0;
  bool converged_ = false;
};

}  // namespace nas
