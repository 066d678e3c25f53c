#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nas {

/// How a proxy's linear model is adapted: y = X ((a + b) o w) + c, or y = a X w + X d + c.
enum class ProxyForm { multiplicative, additive };

/// The whole path of One-Proxy's adaptation (Lu et al., SIGMETRICS 2021, Eq. 3), solved once for every penalty: with X w and the
/// constant projected out, the problem is ridge regression, and one eigendecomposition of d x d gives each of its solutions. The
/// published penalty lambda |b| has the same path, with lambda = (2 mu / n) |b(mu)|.
class ProxyPath {
 public:
  /// `x`: n x d, row-major, without a constant column; `w`: d weights of the proxy and its constant behind them; `y`: n values.
  ProxyPath(std::span<const float> x, std::span<const double> w, std::span<const double> y, ProxyForm form);

  /// The adapted weights and the constant behind them, for the penalty mu = r s^2, where s is the largest singular value of what
  /// is left of the columns. r = infinity: only a and c are fitted.
  std::vector<double> weights(double r) const;
  /// The smallest penalty of the published form at which b is 0.
  double largest_penalty() const { return largest_penalty_; }

 private:
  std::vector<double> w_, scale_;  ///< d + 1 columns
  std::vector<double> eigenvalues_, basis_, projected_;
  std::vector<double> y_, proxy_, columns_;  ///< n, n, n x (d + 1)
  double largest_penalty_ = 0;
};

/// Penalties to try, as shares r of s^2: half decades from 1e-12 to 10^4.5, then infinity.
std::vector<double> proxy_penalties();

/// The weights of least norm, the constant's among them, that give the same values on all rows of `x` (n x d): what is told by no
/// row is taken out. One-hot columns of a gene always sum to 1, so that a linear model's weights are not unique.
std::vector<double> least_norm_weights(std::span<const float> x, std::span<const double> w);

}  // namespace nas
