#include "backends/eigen/product_ridge.h"

#include <Eigen/Dense>

#include "core/check.h"

namespace nas {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Columns = Eigen::MatrixXd;

Columns columns_of(std::span<const double> values, std::size_t columns) {
  return Eigen::Map<const RowMajor>(values.data(), static_cast<Eigen::Index>(values.size() / columns),
                                    static_cast<Eigen::Index>(columns));
}

}  // namespace

struct ProductRidge::Parts {
  /// One choice of devices: H'H decomposed, and U'A'ZHV.
  struct OfDevices {
    Eigen::VectorXd t;
    Columns v, core;

    OfDevices(const Columns& rotated, const Columns& h) {
      const Eigen::SelfAdjointEigenSolver<Columns> solver(h.transpose() * h);
      t = solver.eigenvalues().cwiseMax(0.0);
      v = solver.eigenvectors();
      core = rotated * h * v;
    }
    /// W h in the rotated features.
    Eigen::VectorXd weights(const Eigen::VectorXd& s, double alpha, const Eigen::VectorXd& h) const {
      Columns scaled = core;
      for (Eigen::Index j = 0; j < scaled.cols(); ++j) scaled.col(j).array() /= s.array() * t(j) + alpha;
      return scaled * (v.transpose() * h);
    }
  };

  Columns a, h, z, u, rotated;  ///< rotated: U'A'Z
  Eigen::VectorXd s;
  std::vector<OfDevices> without;
  std::unique_ptr<OfDevices> all;
};

ProductRidge::ProductRidge(std::span<const double> a, std::size_t p, std::span<const double> h, std::size_t q,
                           std::span<const double> z)
    : parts_(std::make_unique<Parts>()) {
  const std::size_t n = a.size() / p, m = h.size() / q;
  NAS_CHECK_EQ(z.size(), n * m);
  Parts& parts = *parts_;
  parts.a = columns_of(a, p);
  parts.h = columns_of(h, q);
  parts.z = columns_of(z, m);
  const Eigen::SelfAdjointEigenSolver<Columns> solver(parts.a.transpose() * parts.a);
  parts.s = solver.eigenvalues().cwiseMax(0.0);
  parts.u = solver.eigenvectors();
  parts.rotated = parts.u.transpose() * (parts.a.transpose() * parts.z);
  parts.all = std::make_unique<Parts::OfDevices>(parts.rotated, parts.h);
  for (std::size_t k = 0; k < m; ++k) {
    std::vector<Eigen::Index> others;
    for (std::size_t j = 0; j < m; ++j)
      if (j != k) others.push_back(static_cast<Eigen::Index>(j));
    parts.without.emplace_back(parts.rotated(Eigen::all, others), parts.h(others, Eigen::all));
  }
}

ProductRidge::~ProductRidge() = default;

std::vector<double> ProductRidge::weights(double alpha, std::span<const double> h) const {
  const Eigen::Map<const Eigen::VectorXd> device(h.data(), static_cast<Eigen::Index>(h.size()));
  const Eigen::VectorXd w = parts_->u * parts_->all->weights(parts_->s, alpha, device);
  return {w.data(), w.data() + w.size()};
}

double ProductRidge::error_without_each(double alpha) const {
  double squares = 0;
  for (std::size_t k = 0; k < parts_->without.size(); ++k) {
    const auto column = static_cast<Eigen::Index>(k);
    const Eigen::VectorXd w = parts_->u * parts_->without[k].weights(parts_->s, alpha, parts_->h.row(column).transpose());
    squares += (parts_->a * w - parts_->z.col(column)).squaredNorm();
  }
  return squares / static_cast<double>(parts_->z.size());
}

}  // namespace nas
