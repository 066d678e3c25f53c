#include "backends/eigen/ridge.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/clones.h"
#include "backends/eigen/folds.h"
#include "core/check.h"

namespace nas {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

bool all_bits(std::span<const float> x) {
  return std::all_of(x.begin(), x.end(), [](float v) { return v == 0 || v == 1; });
}

/// Rows that two columns share, 64 rows a word; d x d.
NAS_CLONES void count_shared(const std::uint64_t* columns, std::size_t d, std::size_t words, double* shared) {
  for (std::size_t a = 0; a < d; ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      std::uint64_t count = 0;
      for (std::size_t w = 0; w < words; ++w)
        count += static_cast<std::uint64_t>(__builtin_popcountll(columns[a * words + w] & columns[b * words + w]));
      shared[a * d + b] = shared[b * d + a] = static_cast<double>(count);
    }
}

/// X'X of zeros and ones; exact.
template <typename T>
Eigen::MatrixXd counted_gram(const T* x, std::size_t n, std::size_t d) {
  const std::size_t words = (n + 63) / 64;
  std::vector<std::uint64_t> columns(d * words);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) columns[j * words + i / 64] |= static_cast<std::uint64_t>(x[i * d + j] != 0) << (i % 64);
  Eigen::MatrixXd gram(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(d));
  count_shared(columns.data(), d, words, gram.data());
  return gram;
}

/// The same of columns less their means, which stand on the diagonal, n times.
Eigen::MatrixXd centred_gram(Eigen::MatrixXd counts, std::size_t n) {
  const Eigen::VectorXd sums = counts.diagonal();
  counts.noalias() -= sums * sums.transpose() / static_cast<double>(n);
  return counts;
}

/// X and y centred, with X'X (or XX' where there are fewer rows than columns) decomposed once.
struct Decomposed {
  Eigen::RowVectorXd column_means;
  double y_mean;
  Matrix x;
  Eigen::VectorXd y;
  bool dual;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen;
  Eigen::VectorXd rotated;  ///< V'X'y, or V'y in the dual

  /// `bits`: every number is zero or one.
  Decomposed(const Matrix& raw, const Eigen::VectorXd& target, bool bits)
      : column_means(raw.colwise().mean()), y_mean(target.mean()) {
    x = raw.rowwise() - column_means;
    y = target.array() - y_mean;
    dual = x.rows() < x.cols();
    const auto n = static_cast<std::size_t>(x.rows()), d = static_cast<std::size_t>(x.cols());
    eigen.compute(dual   ? Eigen::MatrixXd(x * x.transpose())
                  : bits ? centred_gram(counted_gram(raw.data(), n, d), n)
                         : Eigen::MatrixXd(x.transpose() * x));
    rotated = dual ? Eigen::VectorXd(eigen.eigenvectors().transpose() * y)
                   : Eigen::VectorXd(eigen.eigenvectors().transpose() * (x.transpose() * y));
  }
  Eigen::VectorXd weights(double alpha) const {
    const Eigen::VectorXd scaled = rotated.array() / (eigen.eigenvalues().array().max(0.0) + alpha);
    const Eigen::VectorXd solved = eigen.eigenvectors() * scaled;
    return dual ? Eigen::VectorXd(x.transpose() * solved) : solved;
  }
};

Matrix matrix_of(std::span<const float> x, std::size_t n, std::size_t d) {
  return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
             x.data(), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(d))
      .cast<double>();
}

RidgeFit finished(const Decomposed& fit, double alpha) {
  const Eigen::VectorXd b = fit.weights(alpha);
  RidgeFit out;
  out.alpha = alpha;
  out.intercept = fit.y_mean - fit.column_means.dot(b);
  out.weights.assign(b.data(), b.data() + b.size());
  return out;
}

/// One penalty over zeros and ones, with at least as many rows as columns: counts and one Cholesky factor.
RidgeFit fit_ridge_of_bits(std::span<const float> x, std::span<const double> y, std::size_t d, double alpha) {
  const std::size_t n = y.size();
  const Eigen::MatrixXd counts = counted_gram(x.data(), n, d);
  const Eigen::VectorXd means = counts.diagonal() / static_cast<double>(n);
  Eigen::MatrixXd gram = centred_gram(counts, n);
  gram.diagonal().array() += alpha;
  const double centre = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(n)).mean();
  Eigen::VectorXd pull = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(d));
  for (std::size_t i = 0; i < n; ++i)
    pull += (y[i] - centre) * Eigen::Map<const Eigen::VectorXf>(x.data() + i * d, static_cast<Eigen::Index>(d)).cast<double>();
  const Eigen::VectorXd b = gram.selfadjointView<Eigen::Lower>().llt().solve(pull);
  return {alpha, centre - means.dot(b), {b.data(), b.data() + b.size()}, 0};
}

}  // namespace

RidgeFit fit_ridge(std::span<const float> x, std::span<const double> y, std::size_t d, double alpha) {
  NAS_CHECK_EQ(x.size(), y.size() * d);
  // A penalty that rounding swallows is left to the decomposition, which knows the rank.
  if (y.size() >= d && alpha >= 1e-6 && all_bits(x)) return fit_ridge_of_bits(x, y, d, alpha);
  const Matrix raw = matrix_of(x, y.size(), d);
  return finished(Decomposed(raw, Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size())), false),
                  alpha);
}

std::vector<double> ridge_penalties() {
  constexpr int kPenalties = 60;
  std::vector<double> alphas;
  for (int i = 0; i < kPenalties; ++i) alphas.push_back(std::pow(10.0, -4.0 + 8.0 * i / (kPenalties - 1)));
  return alphas;
}

RidgeFit fit_ridge_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d,
                                   std::span<const double> alphas, int folds, Stream stream) {
  const std::size_t n = y.size();
  NAS_CHECK_EQ(x.size(), n * d);
  NAS_CHECK(!alphas.empty() && folds >= 2 && static_cast<std::size_t>(folds) <= n);
  const Matrix raw = matrix_of(x, n, d);
  const Eigen::VectorXd target = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(n));
  const bool bits = all_bits(x);
  const std::vector<std::size_t> order = shuffled_rows(n, stream);
  std::vector<double> squared(alphas.size(), 0), relative(alphas.size(), 0);
  for (int fold = 0; fold < folds; ++fold) {
    const auto [train, held] = fold_of<Eigen::Index>(order, fold, folds);
    const Decomposed fit(raw(train, Eigen::all), target(train), bits);
    const Matrix held_x = (raw(held, Eigen::all).rowwise() - fit.column_means);
    const Eigen::VectorXd held_y = target(held);
    // Predictions for every penalty from one rotation: X V diag(1 / (lambda + alpha)) V'X'y.
    const Eigen::MatrixXd rotated_x = fit.dual ? Eigen::MatrixXd(held_x * fit.x.transpose() * fit.eigen.eigenvectors())
                                               : Eigen::MatrixXd(held_x * fit.eigen.eigenvectors());
    for (std::size_t a = 0; a < alphas.size(); ++a) {
      const Eigen::VectorXd scaled = fit.rotated.array() / (fit.eigen.eigenvalues().array().max(0.0) + alphas[a]);
      const Eigen::VectorXd difference = (rotated_x * scaled).array() + fit.y_mean - held_y.array();
      squared[a] += difference.squaredNorm();
      relative[a] += (difference.array().abs() / held_y.array().abs().max(std::numeric_limits<double>::min())).sum();
    }
  }
  const auto best = static_cast<std::size_t>(std::min_element(squared.begin(), squared.end()) - squared.begin());
  RidgeFit out = finished(Decomposed(raw, target, bits), alphas[best]);
  out.cross_validated_mape = relative[best] / static_cast<double>(n);
  return out;
}

}  // namespace nas
