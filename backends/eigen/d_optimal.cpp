#include "backends/eigen/d_optimal.h"

#include <Eigen/Dense>
#include <algorithm>

namespace nas {

std::vector<std::size_t> d_optimal(std::span<const float> rows, std::size_t n, std::size_t d, std::size_t count, double penalty) {
  const auto columns = static_cast<Eigen::Index>(d) + 1;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> x(static_cast<Eigen::Index>(n), columns);
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    for (Eigen::Index j = 0; j + 1 < columns; ++j) x(i, j) = rows[static_cast<std::size_t>(i) * d + static_cast<std::size_t>(j)];
    x(i, columns - 1) = 1;
  }
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Identity(columns, columns) / penalty;
  Eigen::VectorXd leverage = x.rowwise().squaredNorm() / penalty;
  std::vector<bool> taken(n, false);
  std::vector<std::size_t> chosen;
  while (chosen.size() < std::min(count, n)) {
    std::size_t best = n;
    for (std::size_t i = 0; i < n; ++i)
      if (!taken[i] &&
          (best == n || leverage[static_cast<Eigen::Index>(i)] > leverage[static_cast<Eigen::Index>(best)] * (1 + 1e-12)))
        best = i;
    taken[best] = true;
    chosen.push_back(best);
    // Sherman and Morrison: A^-1 after the row has come in, and every leverage with it.
    const Eigen::VectorXd u = inverse * x.row(static_cast<Eigen::Index>(best)).transpose();
    const double scale = 1 / (1 + leverage[static_cast<Eigen::Index>(best)]);
    inverse.noalias() -= scale * u * u.transpose();
    leverage -= scale * (x * u).array().square().matrix();
  }
  return chosen;
}

}  // namespace nas
