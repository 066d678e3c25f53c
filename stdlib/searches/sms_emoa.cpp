#include "stdlib/searches/sms_emoa.h"

#include <algorithm>
#include <limits>

#include "core/pareto.h"

namespace nas {
namespace {

/// One range behind the worst values; an objective without a range counts as 1 wide.
std::vector<double> reference_behind(const std::vector<double>& points, std::size_t m) {
  ObjectiveRange range;
  range.reset(m);
  for (std::size_t i = 0; i < points.size(); i += m) range.add(std::span(points).subspan(i, m));
  std::vector<double> reference;
  for (std::size_t j = 0; j < m; ++j)
    reference.push_back(range.high[j] > range.low[j] ? 2 * range.high[j] - range.low[j] : range.high[j] + 1);
  return reference;
}

/// Two objectives: a removal changes only what its neighbours add.
void remove_least_of_two(const std::vector<double>& points, const std::vector<double>& reference, std::size_t removals,
                         std::vector<bool>& gone, std::vector<double>& lost) {
  const std::size_t n = gone.size();
  std::vector<std::size_t> order(n), left(n), right(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto a, auto b) {
    return points[2 * a] != points[2 * b]           ? points[2 * a] < points[2 * b]
           : points[2 * a + 1] != points[2 * b + 1] ? points[2 * a + 1] < points[2 * b + 1]
                                                    : a < b;
  });
  for (std::size_t k = 0; k < n; ++k) {
    left[order[k]] = k > 0 ? order[k - 1] : n;
    right[order[k]] = k + 1 < n ? order[k + 1] : n;
  }
  auto update = [&](std::size_t i) {
    if (i == n) return;
    const double to = right[i] == n ? reference[0] : points[2 * right[i]],
                 top = left[i] == n ? reference[1] : points[2 * left[i] + 1];
    lost[i] = (to - points[2 * i]) * (top - points[2 * i + 1]);
  };
  for (std::size_t i = 0; i < n; ++i) update(i);
  while (removals-- > 0) {
    std::size_t least = n;
    for (std::size_t i = 0; i < n; ++i)
      if (!gone[i] && (least == n || lost[i] < lost[least])) least = i;
    gone[least] = true;
    if (left[least] != n) right[left[least]] = right[least];
    if (right[least] != n) left[right[least]] = left[least];
    update(left[least]);
    update(right[least]);
  }
}

void remove_least_of_three(const std::vector<double>& points, const std::vector<double>& reference, std::size_t removals,
                           std::vector<bool>& gone, std::vector<double>& lost) {
  const std::size_t n = gone.size();
  std::vector<double> alive, adds;
  std::vector<std::size_t> who;
  for (;; --removals) {
    alive.clear();
    who.clear();
    for (std::size_t i = 0; i < n; ++i)
      if (!gone[i]) {
        who.push_back(i);
        alive.insert(alive.end(), points.begin() + static_cast<std::ptrdiff_t>(3 * i),
                     points.begin() + static_cast<std::ptrdiff_t>(3 * i + 3));
      }
    adds.resize(who.size());
    hypervolume_contributions(alive, 3, reference, adds);
    for (std::size_t k = 0; k < who.size(); ++k) lost[who[k]] = adds[k];
    if (removals == 0) return;
    gone[who[static_cast<std::size_t>(std::min_element(adds.begin(), adds.end()) - adds.begin())]] = true;
  }
}

}  // namespace

std::vector<double> keep_largest_contributions(const Population& population, std::span<std::uint32_t> rows, std::size_t picks) {
  const std::size_t m = population.objectives_per_row, n = rows.size();
  std::vector<double> points, lost(n, 0.0), kept;
  for (const std::uint32_t row : rows)
    points.insert(points.end(), population.objective(row).begin(), population.objective(row).end());
  const auto reference = reference_behind(points, m);
  std::vector<bool> gone(n, false);
  const std::size_t removals = n - std::min(n, picks);
  m == 2 ? remove_least_of_two(points, reference, removals, gone, lost)
         : remove_least_of_three(points, reference, removals, gone, lost);
  std::vector<std::uint32_t> ordered, removed;
  for (std::size_t i = 0; i < n; ++i) (gone[i] ? removed : ordered).push_back(rows[i]);
  for (std::size_t i = 0; i < n; ++i)
    if (!gone[i]) kept.push_back(lost[i]);
  std::copy(removed.begin(), removed.end(), std::copy(ordered.begin(), ordered.end(), rows.begin()));
  return kept;
}

void order_by_contribution(const Population& population, FeasibleFirst& fronts, std::size_t kept) {
  std::size_t begin = 0, end = kept > 0 ? fronts.end_of_front(0) : 0;
  while (end < kept) {
    begin = end;
    end = fronts.end_of_front(begin);
  }
  if (end > kept && begin < fronts.feasible())
    keep_largest_contributions(population, std::span(fronts.order()).subspan(begin, end - begin), kept - begin);
}

std::size_t SmsEmoa::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  return rank_[a] <= rank_[b] ? a : b;
}

void SmsEmoa::survive() {
  fronts_.rank(pool_);
  const auto& order = fronts_.order();
  const std::size_t kept = std::min(pool_.size(), wanted_);
  order_by_contribution(pool_, fronts_, kept);
  survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  rank_.assign(fronts_.ranks().begin(), fronts_.ranks().end());
  keep_survivors(rank_);
}

}  // namespace nas
