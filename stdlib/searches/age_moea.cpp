#include "stdlib/searches/age_moea.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nas {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

std::size_t AgeMoea::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? a : b;
  return score_[a] >= score_[b] ? a : b;
}

double AgeMoea::power(double value) const {
  return p_ == 1 ? value : p_ == 2 ? value * value : value > 0 ? std::pow(value, p_) : 0;
}

double AgeMoea::norm(std::size_t i) const {
  double sum = 0;
  for (std::size_t j = 0; j < objectives_; ++j) sum += power(scaled_[i * objectives_ + j]);
  return p_ == 1 ? sum : std::pow(sum, 1 / p_);
}

double AgeMoea::distance(std::size_t i, std::size_t k) const {
  double sum = 0;
  for (std::size_t j = 0; j < objectives_; ++j)
    sum += power(std::fabs(scaled_[i * objectives_ + j] - scaled_[k * objectives_ + j]));
  return p_ == 1 ? sum : std::pow(sum, 1 / p_);
}

/// Scales the first front to [0, 1] in every objective and estimates p from its most central point (section 3.2):
/// a front with sum f_j^p = 1 that holds the point (c, ..., c) has p = log(m) / log(1 / c).
void AgeMoea::scale(std::size_t front) {
  const std::size_t m = objectives_;
  const auto& order = fronts_.order();
  ideal_.assign(m, kInfinity);
  width_.assign(m, -kInfinity);
  extremes_.assign(m, 0);
  for (std::size_t i = 0; i < front; ++i) {
    const auto row = pool_.objective(order[i]);
    for (std::size_t j = 0; j < m; ++j) {
      ideal_[j] = std::min(ideal_[j], row[j]);
      width_[j] = std::max(width_[j], row[j]);
    }
  }
  for (std::size_t j = 0; j < m; ++j) width_[j] = width_[j] > ideal_[j] ? width_[j] - ideal_[j] : 1;
  scaled_.resize(front * m);
  for (std::size_t i = 0; i < front; ++i)
    for (std::size_t j = 0; j < m; ++j) scaled_[i * m + j] = (pool_.objective(order[i])[j] - ideal_[j]) / width_[j];
  // The extreme of an axis is nearest to it: the other objectives are smallest.
  for (std::size_t axis = 0; axis < m; ++axis) {
    double best = kInfinity;
    for (std::size_t i = 0; i < front; ++i) {
      double off = 0;
      for (std::size_t j = 0; j < m; ++j) off += j == axis ? 0 : scaled_[i * m + j] * scaled_[i * m + j];
      if (off < best) {
        best = off;
        extremes_[axis] = static_cast<std::uint32_t>(i);
      }
    }
  }
  std::sort(extremes_.begin(), extremes_.end());
  extremes_.erase(std::unique(extremes_.begin(), extremes_.end()), extremes_.end());
  p_ = 1;
  double closest = kInfinity, centre = 0;
  for (std::size_t i = 0; i < front; ++i) {
    if (std::binary_search(extremes_.begin(), extremes_.end(), static_cast<std::uint32_t>(i))) continue;
    double sum = 0, squared = 0;
    for (std::size_t j = 0; j < m; ++j) {
      sum += scaled_[i * m + j];
      squared += scaled_[i * m + j] * scaled_[i * m + j];
    }
    const double off = squared - sum * sum / static_cast<double>(m);  // squared distance to the diagonal
    if (off < closest) {
      closest = off;
      centre = sum / static_cast<double>(m);
    }
  }
  if (centre > 0 && centre < 1)
    if (const double p = std::log(static_cast<double>(m)) / -std::log(centre); p > 0.1 && p < 20) p_ = p;
}

/// Survival scores (section 3.3): after the extremes, the network with the largest sum of distances to its two nearest picked
/// ones, over its own distance to the ideal point, is picked next.
void AgeMoea::spread(std::size_t front, std::size_t picks) {
  const std::size_t m = objectives_;
  auto& order = fronts_.order();
  inverse_norm_.resize(front);
  nearest_.assign(front, kInfinity);
  second_.assign(front, kInfinity);
  for (std::size_t i = 0; i < front; ++i) inverse_norm_[i] = 1 / std::max(norm(i), 1e-12);
  waiting_.clear();
  for (std::uint32_t i = 0; i < front; ++i)
    if (!std::binary_search(extremes_.begin(), extremes_.end(), i)) waiting_.push_back(i);
  std::vector<std::uint32_t> picked(extremes_.begin(), extremes_.end());
  std::vector<double> value(front, 0.0);
  for (const std::uint32_t i : extremes_) value[i] = kInfinity;
  // Distances to a new pick; the largest difference bounds the norm from below, so that most need no powers.
  auto near = [&](std::uint32_t pick) {
    const double* at = &scaled_[pick * m];
    for (const std::uint32_t i : waiting_) {
      const double* row = &scaled_[i * m];
      double bound = 0;
      for (std::size_t j = 0; j < m; ++j) bound = std::max(bound, std::fabs(row[j] - at[j]));
      if (bound >= second_[i]) continue;
      const double d = distance(i, pick);
      if (d < nearest_[i]) {
        second_[i] = nearest_[i];
        nearest_[i] = d;
      } else if (d < second_[i]) {
        second_[i] = d;
      }
    }
  };
  for (const std::uint32_t i : extremes_) near(i);
  while (picked.size() < picks && !waiting_.empty()) {
    std::size_t best = 0;
    double most = -1;
    for (std::size_t k = 0; k < waiting_.size(); ++k) {
      const std::uint32_t i = waiting_[k];
      const double score = (nearest_[i] + (second_[i] < kInfinity ? second_[i] : 0)) * inverse_norm_[i];
      if (score > most) {
        most = score;
        best = k;
      }
    }
    const std::uint32_t pick = waiting_[best];
    value[pick] = most;
    picked.push_back(pick);
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(best));
    near(pick);
  }
  picked.insert(picked.end(), waiting_.begin(), waiting_.end());
  for (std::size_t i = 0; i < front; ++i) score_[order[i]] = value[i];
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t i : picked) rows.push_back(order[i]);
  std::copy(rows.begin(), rows.end(), order.begin());
}

void AgeMoea::survive() {
  fronts_.rank(pool_);
  auto& order = fronts_.order();
  const std::size_t n = pool_.size(), kept = std::min(n, wanted_), feasible = fronts_.feasible(), m = objectives_;
  score_.assign(n, 0.0);
  if (feasible) {
    const std::size_t front = fronts_.end_of_front(0);
    scale(front);
    spread(front, std::min(front, kept));
    // Later fronts: nearer to the ideal point is better.
    for (std::size_t begin = front; begin < kept && begin < feasible;) {
      const std::size_t end = fronts_.end_of_front(begin);
      for (std::size_t i = begin; i < end; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < m; ++j) sum += power(std::max(0.0, (pool_.objective(order[i])[j] - ideal_[j]) / width_[j]));
        score_[order[i]] = 1 / std::max(p_ == 1 ? sum : std::pow(sum, 1 / p_), 1e-12);
      }
      std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](auto a, auto b) { return score_[a] > score_[b]; });
      begin = end;
    }
  }
  survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  rank_.assign(fronts_.ranks().begin(), fronts_.ranks().end());
  keep_survivors(rank_);
  keep_survivors(score_);
}

}  // namespace nas
