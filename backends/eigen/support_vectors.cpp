#include "backends/eigen/support_vectors.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "backends/eigen/folds.h"
#include "backends/eigen/svr.h"
#include "core/check.h"

namespace nas {
namespace {

/// Rows of a kernel, n x stride, zeros behind the n-th column.
struct Kernel {
  std::size_t n, stride;
  std::vector<float> values;
  explicit Kernel(std::size_t rows) : n(rows), stride((rows + 15) / 16 * 16), values(n * stride, 0.0f) {}
};

/// 1 / (columns * variance): of all features where they are zeros and ones; scaled columns have a variance of one.
double usual_gamma(const RowDistances& rows) {
  const auto d = static_cast<double>(rows.columns());
  if (!rows.binary()) return 1 / d;
  double ones = 0;
  for (const float x : rows.features()) ones += static_cast<double>(x);
  const double share = ones / static_cast<double>(rows.features().size());
  return share > 0 && share < 1 ? 1 / (d * share * (1 - share)) : 1 / d;
}

std::vector<float> exponentials(double gamma, std::size_t columns) {
  std::vector<float> table(columns + 1);
  for (std::size_t c = 0; c <= columns; ++c) table[c] = static_cast<float>(std::exp(-gamma * static_cast<double>(c)));
  return table;
}

Kernel kernel_of(const RowDistances& rows, bool linear, double gamma) {
  const std::size_t n = rows.size(), d = rows.columns();
  Kernel kernel(n);
  if (linear) {
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto scales = Eigen::Map<const Eigen::RowVectorXf>(rows.scales().data(), static_cast<Eigen::Index>(d));
    const Rows x = Eigen::Map<const Rows>(rows.features().data(), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(d)) *
                   scales.asDiagonal();
    Eigen::Map<Rows, 0, Eigen::OuterStride<>>(kernel.values.data(), static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n),
                                              Eigen::OuterStride<>(static_cast<Eigen::Index>(kernel.stride))) = x * x.transpose();
    return kernel;
  }
  auto scratch = rows.scratch();
  std::vector<std::uint16_t> counts(rows.padded());
  std::vector<float> squared(rows.padded());
  const auto table = exponentials(gamma, d);
  for (std::size_t i = 0; i < n; ++i) {
    const float* row = rows.features().data() + i * d;
    float* out = kernel.values.data() + i * kernel.stride;
    if (rows.counts(row, scratch, counts.data())) {
      for (std::size_t j = 0; j < n; ++j) out[j] = table[counts[j]];
      continue;
    }
    rows.squared(row, scratch, squared.data());
    const auto apart = Eigen::Map<const Eigen::ArrayXf>(squared.data(), static_cast<Eigen::Index>(n));
    Eigen::Map<Eigen::ArrayXf>(out, static_cast<Eigen::Index>(n)) = (-static_cast<float>(gamma) * apart).exp();
  }
  return kernel;
}

Kernel part_of(const Kernel& whole, const std::vector<std::size_t>& rows) {
  Kernel part(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.size(); ++j)
      part.values[i * part.stride + j] = whole.values[rows[i] * whole.stride + rows[j]];
  return part;
}

struct Prepared {
  RowDistances rows;
  double gamma, mean, deviation;
  std::vector<double> targets;  ///< standardised
  Kernel kernel;
};

Prepared prepare(std::span<const float> x, std::span<const double> y, std::size_t d, const SvrOptions& options) {
  const std::size_t n = y.size();
  NAS_CHECK_EQ(x.size(), n * d);
  RowDistances rows(x, n, d);
  const auto targets = Eigen::Map<const Eigen::ArrayXd>(y.data(), static_cast<Eigen::Index>(n));
  const double mean = targets.mean(), deviation = std::sqrt((targets - mean).square().mean());
  // What rounding leaves of a constant is no variation.
  const bool varies = deviation > 1e-14 * std::fabs(mean);
  std::vector<double> standard(n, 0.0);
  if (varies)
    for (std::size_t i = 0; i < n; ++i) standard[i] = (y[i] - mean) / deviation;
  const double gamma = options.gamma > 0 ? options.gamma : usual_gamma(rows);
  Kernel kernel = kernel_of(rows, options.linear, gamma);
  return {std::move(rows), gamma, mean, varies ? deviation : 0, std::move(standard), std::move(kernel)};
}

SupportVectors solved(const Prepared& all, const SvrOptions& options, double c) {
  SvrSolver solver(all.kernel.values.data(), all.kernel.stride, all.targets, options.epsilon);
  solver.solve(c);
  SupportVectors out;
  const std::size_t d = all.rows.columns();
  std::vector<float> features;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    if (solver.coefficients()[i] == 0) continue;
    out.coefficients.push_back(solver.coefficients()[i]);
    features.insert(features.end(), all.rows.features().begin() + static_cast<std::ptrdiff_t>(i * d),
                    all.rows.features().begin() + static_cast<std::ptrdiff_t>((i + 1) * d));
  }
  out.rows = RowDistances(features, out.coefficients.size(), d, all.rows.scales());
  out.linear = options.linear;
  out.gamma = all.gamma;
  out.intercept = solver.intercept();
  out.mean = all.mean;
  out.deviation = all.deviation;
  out.c = c;
  return out;
}

}  // namespace

void SupportVectors::predict(std::span<const float> features, std::size_t n, std::span<double> out) const {
  const std::size_t d = rows.columns(), vectors = coefficients.size();
  auto scratch = rows.scratch();
  std::vector<std::uint16_t> counts(rows.padded());
  Eigen::ArrayXf squared(static_cast<Eigen::Index>(rows.padded()));
  Eigen::ArrayXd weights = Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(rows.padded()));
  std::copy(coefficients.begin(), coefficients.end(), weights.data());
  std::vector<double> table(d + 1);
  for (std::size_t c = 0; c <= d; ++c) table[c] = std::exp(-gamma * static_cast<double>(c));
  for (std::size_t i = 0; i < n; ++i) {
    const float* row = features.data() + i * d;
    double sum = 0;
    if (rows.counts(row, scratch, counts.data())) {
      double sums[8] = {};
      std::size_t v = 0;
      for (; v + 8 <= vectors; v += 8)
        for (std::size_t k = 0; k < 8; ++k) sums[k] += weights.data()[v + k] * table[counts[v + k]];
      for (std::size_t k = 0; v + k < vectors; ++k) sums[k] += weights.data()[v + k] * table[counts[v + k]];
      sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    } else if (vectors > 0) {
      rows.squared(row, scratch, squared.data());
      squared = (-static_cast<float>(gamma) * squared).exp();
      sum = (weights * squared.cast<double>()).sum();
    }
    out[i] = mean + deviation * (sum + intercept);
  }
}

SupportVectors fit_svr(std::span<const float> x, std::span<const double> y, std::size_t d, const SvrOptions& options, double c) {
  return solved(prepare(x, y, d, options), options, c);
}

SupportVectors fit_svr_cross_validated(std::span<const float> x, std::span<const double> y, std::size_t d,
                                       const SvrOptions& options, std::span<const double> penalties, int folds, Stream stream) {
  const Prepared all = prepare(x, y, d, options);
  const std::size_t n = y.size();
  NAS_CHECK(!penalties.empty() && std::is_sorted(penalties.begin(), penalties.end()));
  NAS_CHECK(folds >= 2 && static_cast<std::size_t>(folds) <= n);
  const auto order = shuffled_rows(n, stream);
  std::vector<double> squared(penalties.size(), 0.0);
  for (int fold = 0; fold < folds; ++fold) {
    const auto [train, held] = fold_of(order, fold, folds);
    const Kernel kernel = part_of(all.kernel, train);
    Eigen::MatrixXf across(static_cast<Eigen::Index>(held.size()), static_cast<Eigen::Index>(train.size()));
    std::vector<double> targets;
    for (const std::size_t row : train) targets.push_back(all.targets[row]);
    Eigen::VectorXf measured(static_cast<Eigen::Index>(held.size()));
    for (std::size_t h = 0; h < held.size(); ++h) {
      measured(static_cast<Eigen::Index>(h)) = static_cast<float>(all.targets[held[h]]);
      for (std::size_t t = 0; t < train.size(); ++t)
        across(static_cast<Eigen::Index>(h), static_cast<Eigen::Index>(t)) =
            all.kernel.values[held[h] * all.kernel.stride + train[t]];
    }
    SvrSolver solver(kernel.values.data(), kernel.stride, targets, options.epsilon);
    for (std::size_t p = 0; p < penalties.size(); ++p) {
      solver.solve(penalties[p]);
      const Eigen::VectorXf b = Eigen::Map<const Eigen::VectorXd>(solver.coefficients().data(), across.cols()).cast<float>();
      const auto predicted = (across * b).array() + static_cast<float>(solver.intercept());
      squared[p] += static_cast<double>((predicted - measured.array()).square().sum());
    }
  }
  const auto best = static_cast<std::size_t>(std::min_element(squared.begin(), squared.end()) - squared.begin());
  SupportVectors out = solved(all, options, penalties[best]);
  out.cross_validated_rmse = all.deviation * std::sqrt(squared[best] / static_cast<double>(n));
  return out;
}

}  // namespace nas
