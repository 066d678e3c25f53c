#include "stdlib/searches/rnsga2.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nas {

std::size_t RNsga2::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? a : b;
  return preference_[a] <= preference_[b] ? a : b;
}

/// Orders one front by preference and writes each member's place: its best place among the distances to any point. Those that
/// lie within epsilon (sum of normalised differences) of a more preferred one fall back by half the front in that order.
void RNsga2::prefer(std::size_t begin, std::size_t end) {
  const std::size_t m = objectives_, n = end - begin;
  auto& order = fronts_.order();
  const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin), last = order.begin() + static_cast<std::ptrdiff_t>(end);
  members_.assign(first, last);
  scaled_.resize(n * m);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < m; ++j) scaled_[i * m + j] = range_.scaled(j, pool_.objective(members_[i])[j]);
  std::vector<std::uint32_t> place(n, std::numeric_limits<std::uint32_t>::max());
  distance_.resize(n);
  sorted_.resize(n);
  for (std::size_t r = 0; r + m <= reference_.size(); r += m) {
    const double* point = &reference_[r];
    for (std::size_t i = 0; i < n; ++i) {
      double squared = 0;
      for (std::size_t j = 0; j < m; ++j) {
        const double d = scaled_[i * m + j] - range_.scaled(j, point[j]);
        squared += d * d;
      }
      distance_[i] = squared;
      sorted_[i] = static_cast<std::uint32_t>(i);
    }
    std::sort(sorted_.begin(), sorted_.end(),
              [&](auto a, auto b) { return distance_[a] != distance_[b] ? distance_[a] < distance_[b] : a < b; });
    for (std::uint32_t k = 0; k < n; ++k) place[sorted_[k]] = std::min(place[sorted_[k]], k);
  }
  for (std::size_t i = 0; i < n; ++i) sorted_[i] = static_cast<std::uint32_t>(i);
  std::sort(sorted_.begin(), sorted_.end(), [&](auto a, auto b) { return place[a] != place[b] ? place[a] < place[b] : a < b; });
  // Those that are kept, by first objective: only they have to be near in it.
  std::vector<std::pair<double, std::uint32_t>> kept;
  cleared_.assign(n, 0);
  for (const std::uint32_t i : sorted_) {
    const double x = scaled_[i * m];
    const auto slot = std::lower_bound(kept.begin(), kept.end(), std::pair<double, std::uint32_t>(x, 0));
    auto near = [&](std::uint32_t k) {
      double sum = 0;
      for (std::size_t j = 0; j < m; ++j) sum += std::fabs(scaled_[i * m + j] - scaled_[k * m + j]);
      return sum <= epsilon_;
    };
    bool close = false;
    for (auto right = slot; right != kept.end() && right->first - x <= epsilon_ && !close; ++right) close = near(right->second);
    for (auto left = slot; left != kept.begin() && x - (left - 1)->first <= epsilon_ && !close; --left)
      close = near((left - 1)->second);
    if (close)
      cleared_[i] = 1;
    else
      kept.insert(slot, {x, i});
  }
  const auto standing = [&](std::uint32_t i) { return 2 * std::size_t{place[i]} + (cleared_[i] ? n | 1 : 0); };
  std::sort(sorted_.begin(), sorted_.end(),
            [&](auto a, auto b) { return standing(a) != standing(b) ? standing(a) < standing(b) : a < b; });
  for (std::size_t k = 0; k < n; ++k) *(first + static_cast<std::ptrdiff_t>(k)) = members_[sorted_[k]];
  for (std::size_t i = 0; i < n; ++i) preference_[members_[i]] = place[i];
}

void RNsga2::survive() {
  fronts_.rank(pool_);
  const auto& order = fronts_.order();
  const std::size_t n = pool_.size(), kept = std::min(n, wanted_), feasible = fronts_.feasible();
  preference_.assign(n, 0);
  range_.reset(objectives_);
  for (std::size_t i = 0; i < feasible; ++i) range_.add(pool_.objective(order[i]));
  for (std::size_t begin = 0; begin < kept && begin < feasible;) {
    const std::size_t end = fronts_.end_of_front(begin);
    prefer(begin, end);
    begin = end;
  }
  survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  rank_.assign(fronts_.ranks().begin(), fronts_.ranks().end());
  keep_survivors(rank_);
  keep_survivors(preference_);
}

}  // namespace nas
