#include "core/pareto.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/check.h"

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

struct Row2 {
  double x, y;
  std::uint32_t row;
};

/// Two objectives: in lexicographic order a point's rank is the first front whose last second objective is larger.
void ranks_of_two(std::span<const double> points, std::span<std::uint32_t> ranks, std::span<std::uint32_t> order) {
  const std::size_t n = ranks.size();
  thread_local std::vector<Row2> rows;
  thread_local std::vector<double> tails;  // smallest second objective of each front, ascending
  rows.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) rows[i] = {points[2 * i], points[2 * i + 1], i};
  std::sort(rows.begin(), rows.end(), [](const Row2& a, const Row2& b) {
    return a.x != b.x ? a.x < b.x : a.y != b.y ? a.y < b.y : a.row < b.row;
  });
  tails.clear();
  for (std::size_t i = 0; i < n; ++i) {
    const Row2& p = rows[i];
    if (!order.empty()) order[i] = p.row;
    if (i > 0 && rows[i - 1].x == p.x && rows[i - 1].y == p.y) {
      ranks[p.row] = ranks[rows[i - 1].row];
      continue;
    }
    // Front k dominates p when its tail is <= y: tails are ascending, so p belongs to the first front with a tail above y.
    const auto front = static_cast<std::size_t>(std::upper_bound(tails.begin(), tails.end(), p.y) - tails.begin());
    if (front == tails.size())
      tails.push_back(p.y);
    else
      tails[front] = p.y;
    ranks[p.row] = static_cast<std::uint32_t>(front);
  }
}

}  // namespace

void non_dominated_ranks(std::span<const double> points, std::size_t m, std::span<std::uint32_t> ranks,
                         std::span<std::uint32_t> given_order) {
  const std::size_t n = ranks.size();
  NAS_CHECK_EQ(points.size(), n * m);
  if (m == 2) return ranks_of_two(points, ranks, given_order);
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

double hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference) {
  const std::size_t n = points.size() / m;
  std::vector<std::vector<double>> inside;
  for (std::size_t i = 0; i < n; ++i) {
    const auto p = points.subspan(i * m, m);
    bool better = true;
    for (std::size_t j = 0; j < m; ++j) better = better && p[j] < reference[j];
    if (better) inside.emplace_back(p.begin(), p.end());
  }
  if (inside.empty()) return 0;
  if (m == 1) {
    double best = reference[0];
    for (const auto& p : inside) best = std::min(best, p[0]);
    return reference[0] - best;
  }
  if (m == 2) {
    std::sort(inside.begin(), inside.end());
    double volume = 0, ceiling = reference[1];
    for (const auto& p : inside) {
      if (p[1] >= ceiling) continue;
      volume += (reference[0] - p[0]) * (ceiling - p[1]);
      ceiling = p[1];
    }
    return volume;
  }
  // Slices along the last objective: between two levels the volume is that of the points below, one dimension less.
  std::sort(inside.begin(), inside.end(), [m](const auto& a, const auto& b) { return a[m - 1] < b[m - 1]; });
  double volume = 0;
  std::vector<double> below;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    below.insert(below.end(), inside[i].begin(), inside[i].end() - 1);
    const double next = i + 1 < inside.size() ? inside[i + 1][m - 1] : reference[m - 1];
    if (next > inside[i][m - 1]) volume += (next - inside[i][m - 1]) * hypervolume(below, m - 1, reference.first(m - 1));
  }
  return volume;
}

}  // namespace nas
