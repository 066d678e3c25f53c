#include "backends/eigen/least_squares.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "backends/eigen/folds.h"
#include "core/check.h"

namespace nas {
namespace {

using Columns = Eigen::MatrixXd;

Columns columns_of(std::span<const float> x, std::size_t n, std::size_t d) {
  return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
             x.data(), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(d))
      .cast<double>();
}

/// Coordinate descent down a path of penalties, for targets of standard deviation one.
class LassoPath {
 public:
  LassoPath(const Columns& x, const Eigen::VectorXd& y) : means_(x.colwise().mean()), y_mean_(y.mean()) {
    const Columns centred = x.rowwise() - means_;
    const Eigen::VectorXd target = y.array() - y_mean_;
    const auto n = static_cast<double>(y.size());
    scale_ = std::sqrt(target.squaredNorm() / n);
    gram_ = centred.transpose() * centred / n;
    correlation_ = scale_ > 0 ? Eigen::VectorXd(centred.transpose() * target / (n * scale_)) : Eigen::VectorXd::Zero(x.cols());
    gradient_ = correlation_;
    weights_ = Eigen::VectorXd::Zero(x.cols());
  }
  /// The smallest penalty that sets every weight to zero.
  double largest() const { return correlation_.size() == 0 ? 0 : correlation_.cwiseAbs().maxCoeff(); }
  /// From the weights of the penalty before, so best called with falling penalties.
  void descend(double alpha) {
    constexpr int kSweeps = 20000;
    constexpr double kTolerance = 1e-10;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      // All columns, then those with a weight until they rest.
      if (pass(alpha, false) <= kTolerance) break;
      for (int inner = 0; inner < kSweeps && pass(alpha, true) > kTolerance; ++inner) {}
    }
    gradient_ = correlation_ - gram_ * weights_;  // what rounding has gathered
  }
  Eigen::VectorXd weights() const { return weights_ * scale_; }
  double intercept() const { return y_mean_ - means_.dot(weights()); }

 private:
  /// One round over the columns; the largest change of a weight times the deviation of its column.
  double pass(double alpha, bool active_only) {
    double largest = 0;
    for (Eigen::Index j = 0; j < weights_.size(); ++j) {
      const double before = weights_(j), curvature = gram_(j, j);
      if (curvature <= 1e-14 || (active_only && before == 0)) continue;
      const double pull = gradient_(j) + curvature * before;
      const double after = std::copysign(std::max(0.0, std::fabs(pull) - alpha), pull) / curvature;
      if (after == before) continue;
      gradient_ -= gram_.col(j) * (after - before);
      weights_(j) = after;
      largest = std::max(largest, std::fabs(after - before) * std::sqrt(curvature));
    }
    return largest;
  }

  Eigen::RowVectorXd means_;
  double y_mean_, scale_;
  Eigen::MatrixXd gram_;
  Eigen::VectorXd correlation_, gradient_, weights_;
};

LassoFit lasso_of(const LassoPath& path, double alpha) {
  const Eigen::VectorXd weights = path.weights();
  return {alpha, path.intercept(), {weights.data(), weights.data() + weights.size()}, 0};
}

}  // namespace

LeastSquaresFit fit_least_squares(std::span<const float> x, std::span<const double> y, std::size_t d) {
  NAS_CHECK_EQ(x.size(), y.size() * d);
  Columns columns = columns_of(x, y.size(), d);
  const Eigen::RowVectorXd means = columns.colwise().mean();
  columns.rowwise() -= means;
  const auto target = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size()));
  const double centre = target.mean();
  const Eigen::CompleteOrthogonalDecomposition<Columns> decomposition(columns);
  const Eigen::VectorXd weights = decomposition.solve(Eigen::VectorXd(target.array() - centre));
  return {centre - means.dot(weights), {weights.data(), weights.data() + weights.size()}, static_cast<int>(decomposition.rank())};
}

LassoFit fit_lasso(std::span<const float> x, std::span<const double> y, std::size_t d, double alpha) {
  NAS_CHECK_EQ(x.size(), y.size() * d);
  LassoPath path(columns_of(x, y.size(), d), Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size())));
  path.descend(alpha);
  return lasso_of(path, alpha);
}

LassoFit fit_lasso_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d, int count, int folds,
                                   Stream stream) {
  const std::size_t n = y.size();
  NAS_CHECK_EQ(x.size(), n * d);
  NAS_CHECK(count >= 2 && folds >= 2 && static_cast<std::size_t>(folds) <= n);
  const Columns columns = columns_of(x, n, d);
  const Eigen::VectorXd target = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(n));
  LassoPath whole(columns, target);
  std::vector<double> alphas, squared(static_cast<std::size_t>(count), 0.0);
  for (int i = 0; i < count; ++i) alphas.push_back(whole.largest() * std::pow(1e-3, static_cast<double>(i) / (count - 1)));
  const auto order = shuffled_rows(n, stream);
  for (int fold = 0; fold < folds; ++fold) {
    const auto [train, held] = fold_of<Eigen::Index>(order, fold, folds);
    LassoPath path(columns(train, Eigen::all), target(train));
    const Columns held_x = columns(held, Eigen::all);
    const Eigen::VectorXd held_y = target(held);
    for (std::size_t a = 0; a < alphas.size(); ++a) {
      path.descend(alphas[a]);
      squared[a] += ((held_x * path.weights()).array() + path.intercept() - held_y.array()).square().sum();
    }
  }
  const auto best = static_cast<std::size_t>(std::min_element(squared.begin(), squared.end()) - squared.begin());
  for (std::size_t a = 0; a <= best; ++a) whole.descend(alphas[a]);
  LassoFit fit = lasso_of(whole, alphas[best]);
  fit.cross_validated_rmse = std::sqrt(squared[best] / static_cast<double>(n));
  return fit;
}

}  // namespace nas
