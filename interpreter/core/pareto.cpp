#include "core/pareto.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/check.h"
#include "core/sorted_rows.h"

namespace nas {

bool dominates(std::span<const double> a, std::span<const double> b) {
  bool better = false;
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[j] > b[j]) return false;
    better = better || a[j] < b[j];
  }
  return better;
}

namespace {

/// Two objectives: in lexicographic order a point's rank is the first front whose last second objective is larger.
void ranks_of_two(std::span<const double> points, std::span<std::uint32_t> ranks, std::span<std::uint32_t> given_order) {
  const std::size_t n = ranks.size();
  thread_local std::vector<std::uint32_t> order;
  thread_local std::vector<double> tails;  // smallest second objective of each front, ascending
  const double* at = points.data();
  sort_rows(
      n, [at](std::uint32_t i) { return at[2 * i]; },
      [at](std::uint32_t a, std::uint32_t b) {
        return at[2 * a] != at[2 * b]           ? at[2 * a] < at[2 * b]
               : at[2 * a + 1] != at[2 * b + 1] ? at[2 * a + 1] < at[2 * b + 1]
                                                : a < b;
      },
      order);
  if (!given_order.empty()) std::copy(order.begin(), order.end(), given_order.begin());
  tails.clear();
  for (std::size_t i = 0; i < n; ++i) {
    const double x = at[2 * order[i]], y = at[2 * order[i] + 1];
    if (i > 0 && at[2 * order[i - 1]] == x && at[2 * order[i - 1] + 1] == y) {
      ranks[order[i]] = ranks[order[i - 1]];
      continue;
    }
    // Front k dominates the point when its tail is <= y: tails are ascending, so it belongs to the first front with a tail above
    // y.
    const std::size_t front = first_above(tails.data(), tails.size(), y);
    if (front == tails.size())
      tails.push_back(y);
    else
      tails[front] = y;
    ranks[order[i]] = static_cast<std::uint32_t>(front);
  }
}

/// The minima of a front in its last two objectives: y ascending, z descending.
struct Staircase {
  std::vector<double> y, z;

  /// Some step is nowhere above (y, z).
  bool covers(double at_y, double at_z) const {
    const std::size_t above = first_above(y.data(), y.size(), at_y);
    return above > 0 && z[above - 1] <= at_z;
  }
  /// Adds a step that is not covered; those that it covers go.
  void add(double at_y, double at_z) {
    std::size_t begin = first_above(y.data(), y.size(), at_y);
    if (begin > 0 && y[begin - 1] == at_y) --begin;
    std::size_t end = begin;
    while (end < z.size() && z[end] >= at_z) ++end;
    if (end == begin) {
      y.insert(y.begin() + static_cast<std::ptrdiff_t>(begin), at_y);
      z.insert(z.begin() + static_cast<std::ptrdiff_t>(begin), at_z);
      return;
    }
    y[begin] = at_y;
    z[begin] = at_z;
    y.erase(y.begin() + static_cast<std::ptrdiff_t>(begin + 1), y.begin() + static_cast<std::ptrdiff_t>(end));
    z.erase(z.begin() + static_cast<std::ptrdiff_t>(begin + 1), z.begin() + static_cast<std::ptrdiff_t>(end));
  }
};

/// Three objectives: in lexicographic order a front dominates a point where its staircase covers it, and where front k + 1 does
/// front k does, so the first that does not is found by bisection.
void ranks_of_three(std::span<const double> points, std::span<std::uint32_t> ranks, std::span<std::uint32_t> given_order) {
  const std::size_t n = ranks.size();
  thread_local std::vector<std::uint32_t> order;
  const double* at = points.data();
  sort_rows(
      n, [at](std::uint32_t i) { return at[3 * i]; },
      [at](std::uint32_t a, std::uint32_t b) {
        for (std::size_t j = 0; j < 3; ++j)
          if (at[3 * a + j] != at[3 * b + j]) return at[3 * a + j] < at[3 * b + j];
        return a < b;
      },
      order);
  if (!given_order.empty()) std::copy(order.begin(), order.end(), given_order.begin());
  std::vector<Staircase> fronts;
  for (std::size_t i = 0; i < n; ++i) {
    const double* p = at + 3 * order[i];
    if (i > 0 && std::equal(p, p + 3, at + 3 * order[i - 1])) {
      ranks[order[i]] = ranks[order[i - 1]];
      continue;
    }
    std::size_t low = 0, high = fronts.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (fronts[middle].covers(p[1], p[2]))
        low = middle + 1;
      else
        high = middle;
    }
    if (low == fronts.size()) fronts.emplace_back();
    fronts[low].add(p[1], p[2]);
    ranks[order[i]] = static_cast<std::uint32_t>(low);
  }
}

}  // namespace

void non_dominated_ranks(std::span<const double> points, std::size_t m, std::span<std::uint32_t> ranks,
                         std::span<std::uint32_t> given_order) {
  const std::size_t n = ranks.size();
  NAS_CHECK_EQ(points.size(), n * m);
  if (m == 2) return ranks_of_two(points, ranks, given_order);
  if (m == 3) return ranks_of_three(points, ranks, given_order);
  if (m == 1) {
    std::vector<double> values(points.begin(), points.end());
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (std::size_t i = 0; i < n; ++i)
      ranks[i] = static_cast<std::uint32_t>(std::lower_bound(values.begin(), values.end(), points[i]) - values.begin());
    std::iota(given_order.begin(), given_order.end(), 0u);
    std::stable_sort(given_order.begin(), given_order.end(), [&](auto a, auto b) { return points[a] < points[b]; });
    return;
  }
  // In lexicographic order only earlier points can dominate; a point's rank is one above the largest rank that does.
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::lexicographical_compare(
        points.begin() + static_cast<std::ptrdiff_t>(a * m), points.begin() + static_cast<std::ptrdiff_t>(a * m + m),
        points.begin() + static_cast<std::ptrdiff_t>(b * m), points.begin() + static_cast<std::ptrdiff_t>(b * m + m));
  });
  if (!given_order.empty()) std::copy(order.begin(), order.end(), given_order.begin());
  std::vector<std::vector<std::uint32_t>> fronts;
  for (const std::uint32_t p : order) {
    const auto point = points.subspan(p * m, m);
    std::size_t front = 0;
    for (; front < fronts.size(); ++front) {
      const auto& members = fronts[front];
      if (std::none_of(members.rbegin(), members.rend(),
                       [&](std::uint32_t q) { return dominates(points.subspan(q * m, m), point); }))
        break;
    }
    if (front == fronts.size()) fronts.emplace_back();
    fronts[front].push_back(p);
    ranks[p] = static_cast<std::uint32_t>(front);
  }
}

std::vector<std::size_t> non_dominated(std::span<const double> points, std::size_t m) {
  const std::size_t n = points.size() / m;
  std::vector<std::uint32_t> ranks(n);
  non_dominated_ranks(points, m, ranks);
  std::vector<std::size_t> front;
  for (std::size_t i = 0; i < n; ++i)
    if (ranks[i] == 0) front.push_back(i);
  auto row = [&](std::size_t i) { return points.subspan(i * m, m); };
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(row(a).begin(), row(a).end(), row(b).begin(), row(b).end());
  });
  front.erase(std::unique(front.begin(), front.end(),
                          [&](std::size_t a, std::size_t b) { return std::equal(row(a).begin(), row(a).end(), row(b).begin()); }),
              front.end());
  return front;
}

void crowding_distances(std::span<const double> points, std::size_t m, std::span<const std::uint32_t> rows,
                        std::span<double> out) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::size_t n = rows.size();
  std::fill(out.begin(), out.end(), 0.0);
  if (n == 0) return;
  thread_local std::vector<std::uint32_t> order;
  order.resize(n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t j = 0; j < m; ++j) {
    auto value = [&](std::uint32_t i) { return points[rows[i] * m + j]; };
    auto before = [&](std::uint32_t a, std::uint32_t b) { return value(a) < value(b); };
    // A front of two objectives that is sorted by one is sorted by the other the other way round.
    if (j > 0 && std::is_sorted(order.rbegin(), order.rend(), before))
      std::reverse(order.begin(), order.end());
    else if (!std::is_sorted(order.begin(), order.end(), before))
      std::sort(order.begin(), order.end(), [&](auto a, auto b) { return before(a, b) || (value(a) == value(b) && a < b); });
    const double low = points[rows[order.front()] * m + j], high = points[rows[order.back()] * m + j];
    out[order.front()] = out[order.back()] = kInfinity;
    if (high <= low) continue;
    for (std::size_t i = 1; i + 1 < n; ++i)
      out[order[i]] += (points[rows[order[i + 1]] * m + j] - points[rows[order[i - 1]] * m + j]) / (high - low);
  }
}

}  // namespace nas
