#include "backends/eigen/svr.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/check.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_SVR_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define NAS_SVR_CLONES
#endif

namespace nas {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kLanes = 8;

using Lanes = double __attribute__((vector_size(64)));
using Halves = float __attribute__((vector_size(32)));
using Indices = std::int64_t __attribute__((vector_size(64)));

struct Extremes {
  double up, down;      ///< the largest gain of raising a coefficient, the smallest loss of lowering one
  std::int64_t raised;  ///< whose gain that is
};

// By reference: a function that returns wide vectors has no one calling convention on all processors.
inline __attribute__((always_inline)) void load(const double* x, Lanes& out) {
  std::memcpy(&out, x, sizeof out);
}
inline __attribute__((always_inline)) void load(const float* x, Lanes& out) {
  Halves half;
  std::memcpy(&half, x, sizeof half);
  out = __builtin_convertvector(half, Lanes);
}

/// residual -= step * (a - b), and what the next step is chosen by. Of equal gains the first counts.
NAS_SVR_CLONES void shift_residuals(double* residual, const double* up_off, const double* down_off, const float* a, const float* b,
                         double step, std::size_t n, Extremes* out) {
  Lanes best_up = Lanes{} - kInfinity, best_down = Lanes{} + kInfinity;
  Indices at = {0, 1, 2, 3, 4, 5, 6, 7}, where = at;
  for (std::size_t i = 0; i < n; i += kLanes) {
    Lanes r, left, right, up, down;
    load(residual + i, r);
    load(a + i, left);
    load(b + i, right);
    load(up_off + i, up);
    load(down_off + i, down);
    r -= step * (left - right);
    std::memcpy(residual + i, &r, sizeof r);
    up += r;
    down += r;
    const auto better = up > best_up;
    best_up = better ? up : best_up;
    where = better ? at : where;
    best_down = down < best_down ? down : best_down;
    at += static_cast<std::int64_t>(kLanes);
  }
  *out = {-kInfinity, kInfinity, 0};
  for (std::size_t k = 0; k < kLanes; ++k) {
    if (best_up[k] > out->up || (best_up[k] == out->up && where[k] < out->raised)) {
      out->up = best_up[k];
      out->raised = where[k];
    }
    out->down = std::min(out->down, best_down[k]);
  }
}

/// Which coefficient to lower against the raised one: the largest (up - down)^2 / (K_ii + K_jj - 2 K_ij).
NAS_SVR_CLONES std::int64_t partner(const double* residual, const double* down_off, const float* row, const float* diagonal,
                                    double up, float own, std::size_t n) {
  using Marks = std::int32_t __attribute__((vector_size(32)));
  Halves best = Halves{} - 1.0f;
  Marks at = {0, 1, 2, 3, 4, 5, 6, 7}, where = at;
  for (std::size_t i = 0; i < n; i += kLanes) {
    Lanes r, down;
    load(residual + i, r);
    load(down_off + i, down);
    const Halves gap = __builtin_convertvector(up - (r + down), Halves);
    Halves k, d;
    std::memcpy(&k, row + i, sizeof k);
    std::memcpy(&d, diagonal + i, sizeof d);
    Halves curvature = own + d - 2.0f * k;
    curvature = curvature > 1e-6f ? curvature : Halves{} + 1e-6f;
    const Halves gain = gap > 0.0f ? gap * gap / curvature : Halves{} - 1.0f;  // losses of infinity have a gap of minus infinity
    const auto better = gain > best;
    best = better ? gain : best;
    where = better ? at : where;
    at += static_cast<std::int32_t>(kLanes);
  }
  float most = -1;
  std::int64_t found = -1;
  for (std::size_t k = 0; k < kLanes; ++k)
    if (best[k] > most || (best[k] == most && best[k] >= 0 && where[k] < found)) {
      most = best[k];
      found = where[k];
    }
  return most > 0 ? found : -1;
}

}  // namespace

SvrSolver::SvrSolver(const float* kernel, std::size_t stride, std::span<const double> targets, double epsilon)
    : kernel_(kernel),
      n_(targets.size()),
      stride_(stride),
      epsilon_(epsilon),
      b_(stride, 0.0),
      residual_(stride, 0.0),
      up_off_(stride, -kInfinity),
      down_off_(stride, kInfinity),
      diagonal_(stride, 1.0f) {
  NAS_CHECK(n_ > 0 && stride >= n_ && stride % 16 == 0);
  std::copy(targets.begin(), targets.end(), residual_.begin());
  for (std::size_t i = 0; i < n_; ++i) diagonal_[i] = kernel[i * stride + i];
}

void SvrSolver::refresh_bounds(std::size_t i, double c) {
  up_off_[i] = b_[i] >= c ? -kInfinity : b_[i] >= 0 ? -epsilon_ : epsilon_;
  down_off_[i] = b_[i] <= -c ? kInfinity : b_[i] <= 0 ? epsilon_ : -epsilon_;
}

void SvrSolver::solve(double c, double tolerance) {
  NAS_CHECK(c > 0);
  // A smaller penalty than before: coefficients shrink together, which keeps their sum.
  double largest = 0;
  for (std::size_t i = 0; i < n_; ++i) largest = std::max(largest, std::fabs(b_[i]));
  if (largest > c) {
    std::vector<double> before = b_;
    for (std::size_t i = 0; i < n_; ++i) b_[i] *= c / largest;
    for (std::size_t i = 0; i < n_; ++i) {
      const double step = b_[i] - before[i];
      if (step == 0) continue;
      for (std::size_t j = 0; j < n_; ++j) residual_[j] -= step * static_cast<double>(kernel_[i * stride_ + j]);
    }
  }
  for (std::size_t i = 0; i < n_; ++i) refresh_bounds(i, c);
  Extremes seen{};
  shift_residuals(residual_.data(), up_off_.data(), down_off_.data(), kernel_, kernel_, 0, stride_, &seen);
  const std::size_t most = steps_ + std::max<std::size_t>(1'000'000, 200 * n_);
  converged_ = false;
  while (steps_ < most) {
    if (seen.up - seen.down <= tolerance) {
      converged_ = true;
      break;
    }
    ++steps_;
    const auto i = static_cast<std::size_t>(seen.raised);
    const float* row = kernel_ + i * stride_;
    const std::int64_t lowered =
        partner(residual_.data(), down_off_.data(), row, diagonal_.data(), seen.up, diagonal_[i], stride_);
    if (lowered < 0) break;
    const auto j = static_cast<std::size_t>(lowered);
    const double curvature =
        std::max(1e-12, static_cast<double>(diagonal_[i]) + static_cast<double>(diagonal_[j]) - 2 * static_cast<double>(row[j]));
    // Along (i up, j down) the gain falls by the curvature, and by twice epsilon where a coefficient passes zero.
    const double bi = b_[i], bj = b_[j];
    double step = 0, gain = residual_[i] + up_off_[i] - (residual_[j] + down_off_[j]);
    const double end = std::min(c - bi, c + bj);
    double kinks[2] = {bi < 0 ? -bi : kInfinity, bj > 0 ? bj : kInfinity};
    if (kinks[0] > kinks[1]) std::swap(kinks[0], kinks[1]);
    for (int part = 0; part < 3; ++part) {
      const double to = std::min(end, part < 2 ? kinks[part] : kInfinity);
      if (step + gain / curvature <= to || to == kInfinity) {
        step += gain / curvature;
        break;
      }
      gain -= curvature * (to - step);
      step = to;
      if (to >= end) break;
      gain -= 2 * epsilon_;
      if (gain <= 0) break;
    }
    b_[i] = bi + step;
    b_[j] = bj - step;
    if (step == -bi) b_[i] = 0;
    if (step == bj) b_[j] = 0;
    if (step == c - bi) b_[i] = c;
    if (step == c + bj) b_[j] = -c;
    refresh_bounds(i, c);
    refresh_bounds(j, c);
    shift_residuals(residual_.data(), up_off_.data(), down_off_.data(), row, kernel_ + j * stride_, step, stride_, &seen);
  }
  // Free coefficients have a residual of the intercept plus or minus epsilon; without any the middle of what is allowed.
  double sum = 0;
  std::size_t free = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    if (b_[i] == 0 || std::fabs(b_[i]) >= c) continue;
    sum += residual_[i] + (b_[i] > 0 ? -epsilon_ : epsilon_);
    ++free;
  }
  intercept_ = free > 0 ? sum / static_cast<double>(free) : 0.5 * (seen.up + seen.down);
}

}  // namespace nas
