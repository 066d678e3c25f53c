#include "stdlib/tactics/improvements.h"

#include <algorithm>

namespace nas {

void Improvements::add(const Population& batch) {
  if (evaluations_ < kFirst)
    for (std::size_t i = 0; i < batch.size(); ++i) worst_.take(batch.objective(i));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ++evaluations_;
    if (batch.violations[i] > 0 || !enters(batch.objective(i))) continue;
    networks_.push_back(batch.arch(i));
    orders_.push_back(evaluations_);
  }
}

bool Improvements::enters(std::span<const double> point) {
  return point.size() == 2 ? staircase_.add(point[0], point[1]) : enters_front(point);
}

bool Improvements::enters_front(std::span<const double> point) {
  const std::size_t m = point.size(), n = front_.size() / m;
  /// Weakly: equal points stay out.
  auto dominated_by = [&](std::size_t row) {
    for (std::size_t j = 0; j < m; ++j)
      if (front_[row * m + j] > point[j]) return false;
    return true;
  };
  if (last_ < n && dominated_by(last_)) return false;
  for (std::size_t row = 0; row < n; ++row)
    if (dominated_by(row)) {
      last_ = row;
      return false;
    }
  std::size_t kept = 0;
  for (std::size_t row = 0; row < n; ++row) {
    bool dominates = true;
    for (std::size_t j = 0; j < m && dominates; ++j) dominates = point[j] <= front_[row * m + j];
    if (dominates) continue;
    if (kept != row)
      std::copy_n(front_.begin() + static_cast<std::ptrdiff_t>(row * m), m,
                  front_.begin() + static_cast<std::ptrdiff_t>(kept * m));
    ++kept;
  }
  if (kept == n && n >= kLargestFront) return false;
  front_.resize(kept * m);
  front_.insert(front_.end(), point.begin(), point.end());
  return true;
}

}  // namespace nas
