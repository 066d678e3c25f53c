#include "backends/eigen/one_proxy.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "core/check.h"

namespace nas {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double kRankCutoff = 1e-10;   // of the largest singular value
constexpr double kEigenCutoff = 1e-13;  // of the largest eigenvalue of a Gram matrix: below it is rounding

/// X with a column of ones behind it.
Rows with_constant(std::span<const float> x, std::size_t d) {
  const auto n = static_cast<Eigen::Index>(x.size() / d), columns = static_cast<Eigen::Index>(d);
  Rows out(n, columns + 1);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < columns; ++j) out(i, j) = static_cast<double>(x[static_cast<std::size_t>(i * columns + j)]);
  out.col(columns).setOnes();
  return out;
}

std::vector<double> list(const Eigen::VectorXd& v) {
  return {v.data(), v.data() + v.size()};
}

}  // namespace

ProxyPath::ProxyPath(std::span<const float> x, std::span<const double> w, std::span<const double> y, ProxyForm form)
    : w_(w.begin(), w.end()), y_(y.begin(), y.end()) {
  const std::size_t d = w.size() - 1;
  NAS_CHECK_EQ(x.size(), y.size() * d);
  const Rows rows = with_constant(x, d);
  const Eigen::Map<const Eigen::VectorXd> weights(w_.data(), std::ssize(w_)), target(y_.data(), std::ssize(y_));
  const Eigen::VectorXd proxy = rows * weights;
  scale_.assign(w_.size(), 1);
  if (form == ProxyForm::multiplicative) scale_ = w_;
  Rows z = rows * Eigen::Map<const Eigen::VectorXd>(scale_.data(), std::ssize(scale_)).asDiagonal();
  columns_.assign(z.data(), z.data() + z.size());
  proxy_ = list(proxy);
  // Off the plane of the proxy and the constant.
  Eigen::MatrixXd plane(rows.rows(), 2);
  plane << proxy, Eigen::VectorXd::Ones(rows.rows());
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(plane);
  qr.setThreshold(kRankCutoff);
  const Eigen::MatrixXd q = Eigen::MatrixXd(qr.householderQ()).leftCols(qr.rank());
  const Eigen::VectorXd left = target - q * (q.transpose() * target);
  z -= q * (q.transpose() * z);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(z.transpose() * z);
  const Eigen::MatrixXd& basis = eigen.eigenvectors();
  const Eigen::VectorXd gradient = z.transpose() * left;
  largest_penalty_ = 2.0 / static_cast<double>(y.size()) * gradient.norm();
  eigenvalues_ = list(eigen.eigenvalues());
  basis_.assign(basis.data(), basis.data() + basis.size());
  projected_ = list(basis.transpose() * gradient);
}

std::vector<double> ProxyPath::weights(double r) const {
  const auto columns = std::ssize(w_), n = std::ssize(y_);
  const Eigen::Map<const Eigen::VectorXd> w(w_.data(), columns), scale(scale_.data(), columns), target(y_.data(), n),
      proxy(proxy_.data(), n), projected(projected_.data(), columns), eigenvalues(eigenvalues_.data(), columns);
  const Eigen::Map<const Eigen::MatrixXd> basis(basis_.data(), columns, columns);
  const Eigen::Map<const Rows> z(columns_.data(), n, columns);
  const double largest = eigenvalues(columns - 1);  // ascending
  Eigen::VectorXd b = Eigen::VectorXd::Zero(columns);
  if (std::isfinite(r) && largest > 0) {
    Eigen::VectorXd coordinates = projected;
    for (Eigen::Index i = 0; i < columns; ++i) {
      // Directions that the rows do not tell apart carry rounding only.
      coordinates(i) = eigenvalues(i) > kEigenCutoff * largest ? projected(i) / (eigenvalues(i) + r * largest) : 0;
    }
    b = basis * coordinates;
  }
  Eigen::MatrixXd plane(n, 2);
  plane << proxy, Eigen::VectorXd::Ones(n);
  const Eigen::Vector2d ac = plane.completeOrthogonalDecomposition().solve(target - z * b);
  Eigen::VectorXd adapted = ac(0) * w + scale.cwiseProduct(b);
  adapted(columns - 1) += ac(1);
  return list(adapted);
}

std::vector<double> proxy_penalties() {
  std::vector<double> list;
  for (int half = -24; half <= 9; ++half) list.push_back(std::pow(10.0, 0.5 * half));
  list.push_back(std::numeric_limits<double>::infinity());
  return list;
}

std::vector<double> least_norm_weights(std::span<const float> x, std::span<const double> w) {
  const Rows rows = with_constant(x, w.size() - 1);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(rows.transpose() * rows);
  const Eigen::Map<const Eigen::VectorXd> weights(w.data(), std::ssize(w));
  Eigen::VectorXd told = Eigen::VectorXd::Zero(weights.size());
  const double cutoff = kEigenCutoff * eigen.eigenvalues().tail(1)(0);
  for (Eigen::Index i = 0; i < weights.size(); ++i)
    if (eigen.eigenvalues()(i) > cutoff) told += eigen.eigenvectors().col(i).dot(weights) * eigen.eigenvectors().col(i);
  return list(told);
}

}  // namespace nas
