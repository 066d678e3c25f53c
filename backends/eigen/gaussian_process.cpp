#include "backends/eigen/gaussian_process.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "backends/eigen/folds.h"
#include "core/check.h"

namespace nas {
namespace {

using Square = Eigen::MatrixXd;

constexpr double kLeastNoise = 1e-8;  ///< keeps the factor well conditioned

/// Squared distances of all pairs.
Square squared_distances(const RowDistances& rows) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Square apart(n, n);
  auto scratch = rows.scratch();
  std::vector<std::uint16_t> counts(rows.padded());
  std::vector<float> squared(rows.padded());
  for (Eigen::Index i = 0; i < n; ++i) {
    const float* row = rows.features().data() + static_cast<std::size_t>(i) * rows.columns();
    const bool counted = rows.counts(row, scratch, counts.data());
    if (!counted) rows.squared(row, scratch, squared.data());
    for (Eigen::Index j = 0; j < n; ++j)
      apart(j, i) = counted ? static_cast<double>(counts[static_cast<std::size_t>(j)])
                            : static_cast<double>(squared[static_cast<std::size_t>(j)]);
  }
  return apart;
}

struct Conditioned {
  Eigen::LLT<Square> factor;
  Eigen::VectorXd alpha;
  double signal = 0;
  double log_likelihood = -std::numeric_limits<double>::infinity();
  bool valid = false;
};

/// The marginal likelihood with the best signal: s^2 = y'(R + noise I)^-1 y / n.
Conditioned conditioned(const Square& apart, const Eigen::VectorXd& y, const GaussianProcess::Shape& shape) {
  Square kernel = (apart.array() * (-0.5 / (shape.length * shape.length))).exp().matrix();
  kernel.diagonal().array() += shape.noise;
  Conditioned out;
  out.factor.compute(kernel);
  if (out.factor.info() != Eigen::Success) return out;
  out.alpha = out.factor.solve(y);
  const auto n = static_cast<double>(y.size());
  out.signal = y.dot(out.alpha) / n;
  if (!(out.signal >= 0) || !std::isfinite(out.signal)) return out;
  out.valid = true;
  // Constant targets: any signal explains them; the smallest is taken.
  const double log_signal = std::log(std::max(out.signal, std::numeric_limits<double>::min()));
  double log_determinant = 0;
  for (Eigen::Index i = 0; i < y.size(); ++i) log_determinant += 2 * std::log(out.factor.matrixLLT()(i, i));
  out.log_likelihood = -0.5 * (n * log_signal + log_determinant + n + n * std::log(2 * M_PI));
  return out;
}

/// log length, log noise
using Point = std::array<double, 2>;

GaussianProcess::Shape shape_at(const Point& p) {
  return {std::exp(p[0]), std::max(kLeastNoise, std::exp(p[1]))};
}

/// The smallest value of `f` that the simplex of Nelder and Mead (1965) finds from `begin` in `steps` moves.
template <typename F>
Point descend(F f, Point begin, double size, int steps) {
  struct Corner {
    double value;
    Point at;
  };
  std::array<Corner, 3> simplex;
  for (std::size_t k = 0; k < 3; ++k) {
    Point at = begin;
    if (k > 0) at[k - 1] += size;
    simplex[k] = {f(at), at};
  }
  for (int step = 0; step < steps; ++step) {
    std::stable_sort(simplex.begin(), simplex.end(), [](const Corner& a, const Corner& b) { return a.value < b.value; });
    Point centre{}, far{};
    for (std::size_t c = 0; c < 2; ++c) centre[c] = 0.5 * (simplex[0].at[c] + simplex[1].at[c]);
    if (std::hypot(simplex[2].at[0] - simplex[0].at[0], simplex[2].at[1] - simplex[0].at[1]) < 1e-3) break;
    auto along = [&](double t) {
      for (std::size_t c = 0; c < 2; ++c) far[c] = centre[c] + t * (simplex[2].at[c] - centre[c]);
      return Corner{f(far), far};
    };
    const Corner reflected = along(-1);
    if (reflected.value < simplex[0].value) {
      const Corner expanded = along(-2);
      simplex[2] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[1].value) {
      simplex[2] = reflected;
    } else {
      const Corner shrunk = along(reflected.value < simplex[2].value ? -0.5 : 0.5);
      if (shrunk.value < std::min(reflected.value, simplex[2].value)) {
        simplex[2] = shrunk;
      } else {
        for (std::size_t k = 1; k < 3; ++k) {
          for (std::size_t c = 0; c < 2; ++c) simplex[k].at[c] = 0.5 * (simplex[k].at[c] + simplex[0].at[c]);
          simplex[k].value = f(simplex[k].at);
        }
      }
    }
  }
  return std::min_element(simplex.begin(), simplex.end(), [](const Corner& a, const Corner& b) { return a.value < b.value; })->at;
}

Eigen::VectorXd standardised(std::span<const double> y, double& mean, double& deviation) {
  const auto raw = Eigen::Map<const Eigen::ArrayXd>(y.data(), static_cast<Eigen::Index>(y.size()));
  mean = raw.mean();
  deviation = std::sqrt((raw - mean).square().mean());
  if (deviation <= 1e-14 * std::fabs(mean)) deviation = 0;  // what rounding leaves of a constant
  return deviation > 0 ? Eigen::VectorXd((raw - mean) / deviation) : Eigen::VectorXd::Zero(raw.size());
}

}  // namespace

GaussianProcess::GaussianProcess(std::span<const float> x, std::span<const double> y, std::size_t d, Shape shape)
    : rows_(x, y.size(), d), shape_(shape) {
  NAS_CHECK_EQ(x.size(), y.size() * d);
  const Eigen::VectorXd targets = standardised(y, mean_, deviation_);
  targets_.assign(targets.data(), targets.data() + targets.size());
  condition();
}

GaussianProcess::GaussianProcess(std::span<const float> x, std::span<const double> y, std::size_t d, std::size_t choose_on,
                                 Stream stream)
    : rows_(x, y.size(), d) {
  NAS_CHECK_EQ(x.size(), y.size() * d);
  const Eigen::VectorXd targets = standardised(y, mean_, deviation_);
  targets_.assign(targets.data(), targets.data() + targets.size());
  std::vector<std::size_t> chosen = shuffled_rows(y.size(), stream);
  chosen.resize(std::min(chosen.size(), choose_on));
  std::sort(chosen.begin(), chosen.end());
  std::vector<float> features;
  Eigen::VectorXd part(static_cast<Eigen::Index>(chosen.size()));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    features.insert(features.end(), x.begin() + static_cast<std::ptrdiff_t>(chosen[i] * d),
                    x.begin() + static_cast<std::ptrdiff_t>((chosen[i] + 1) * d));
    part(static_cast<Eigen::Index>(i)) = targets_[chosen[i]];
  }
  const Square apart = squared_distances(RowDistances(features, chosen.size(), d, rows_.scales()));
  const double usual = std::sqrt(std::max(1e-6, apart.sum() / std::max(1.0, std::pow(static_cast<double>(chosen.size()), 2))));
  auto loss = [&](const Point& at) {
    // Beyond these the likelihood is flat and the kernel singular.
    if (std::fabs(at[0] - std::log(usual)) > 6 || at[1] > 5 || at[1] < std::log(kLeastNoise))
      return std::numeric_limits<double>::infinity();
    const Conditioned fit = conditioned(apart, part, shape_at(at));
    return fit.valid ? -fit.log_likelihood : std::numeric_limits<double>::infinity();
  };
  Point best{std::log(usual), std::log(1e-2)};
  double least = std::numeric_limits<double>::infinity();
  for (const double length : {0.3, 1.0, 3.0})
    for (const double noise : {1e-4, 1e-2, 0.3}) {
      const Point at{std::log(usual * length), std::log(noise)};
      if (const double value = loss(at); value < least) {
        least = value;
        best = at;
      }
    }
  shape_ = shape_at(descend(loss, best, 0.7, 40));
  condition();
}

void GaussianProcess::condition() {
  const Conditioned fit =
      conditioned(squared_distances(rows_),
                  Eigen::Map<const Eigen::VectorXd>(targets_.data(), static_cast<Eigen::Index>(targets_.size())), shape_);
  valid_ = fit.valid;
  if (!valid_) return;
  const std::size_t n = targets_.size();
  alpha_.assign(fit.alpha.data(), fit.alpha.data() + fit.alpha.size());
  signal_ = fit.signal;
  log_likelihood_ = fit.log_likelihood;
  lower_.assign(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      lower_[i * n + j] = fit.factor.matrixLLT()(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  table_.resize(rows_.columns() + 1);
  for (std::size_t c = 0; c < table_.size(); ++c)
    table_[c] = std::exp(-0.5 * static_cast<double>(c) / (shape_.length * shape_.length));
}

void GaussianProcess::kernel_row(const float* row, RowDistances::Scratch& scratch, std::vector<std::uint16_t>& counts,
                                 std::vector<float>& squared, double* out) const {
  const std::size_t n = targets_.size();
  if (rows_.counts(row, scratch, counts.data())) {
    for (std::size_t j = 0; j < n; ++j) out[j] = table_[counts[j]];
    return;
  }
  rows_.squared(row, scratch, squared.data());
  const double rate = -0.5 / (shape_.length * shape_.length);
  for (std::size_t j = 0; j < n; ++j) out[j] = std::exp(rate * static_cast<double>(squared[j]));
}

void GaussianProcess::predict(std::span<const float> features, std::size_t n, std::span<double> out) const {
  const std::size_t d = rows_.columns(), count = targets_.size();
  auto scratch = rows_.scratch();
  std::vector<std::uint16_t> counts(rows_.padded());
  std::vector<float> squared(rows_.padded());
  std::vector<double> kernel(count);
  for (std::size_t i = 0; i < n; ++i) {
    kernel_row(features.data() + i * d, scratch, counts, squared, kernel.data());
    double sums[4] = {};
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4)
      for (std::size_t k = 0; k < 4; ++k) sums[k] += kernel[j + k] * alpha_[j + k];
    for (std::size_t k = 0; j + k < count; ++k) sums[k] += kernel[j + k] * alpha_[j + k];
    out[i] = mean_ + deviation_ * ((sums[0] + sums[1]) + (sums[2] + sums[3]));
  }
}

void GaussianProcess::predict(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const {
  predict(features, n, out);
  // |L^-1 k|^2 is what the rows take off the variance. Eight networks at a time go through the factor, each in a lane of its own.
  constexpr std::size_t kSide = 8;
  const std::size_t d = rows_.columns(), count = targets_.size();
  auto scratch = rows_.scratch();
  std::vector<std::uint16_t> counts(rows_.padded());
  std::vector<float> squared(rows_.padded());
  std::vector<double> kernel(count), lanes(count * kSide);
  for (std::size_t begin = 0; begin < n; begin += kSide) {
    const std::size_t many = std::min(kSide, n - begin);
    std::fill(lanes.begin(), lanes.end(), 0.0);
    for (std::size_t k = 0; k < many; ++k) {
      kernel_row(features.data() + (begin + k) * d, scratch, counts, squared, kernel.data());
      for (std::size_t j = 0; j < count; ++j) lanes[j * kSide + k] = kernel[j];
    }
    double taken[kSide] = {};
    for (std::size_t i = 0; i < count; ++i) {
      double sum[kSide];
      std::copy_n(lanes.begin() + static_cast<std::ptrdiff_t>(i * kSide), kSide, sum);
      const double* row = lower_.data() + i * count;
      for (std::size_t j = 0; j < i; ++j)
        for (std::size_t k = 0; k < kSide; ++k) sum[k] -= row[j] * lanes[j * kSide + k];
      for (std::size_t k = 0; k < kSide; ++k) {
        lanes[i * kSide + k] = sum[k] / row[i];
        taken[k] += lanes[i * kSide + k] * lanes[i * kSide + k];
      }
    }
    for (std::size_t k = 0; k < many; ++k)
      deviation[begin + k] = deviation_ * std::sqrt(std::max(0.0, signal_ * (1 + shape_.noise - taken[k])));
  }
}

}  // namespace nas
