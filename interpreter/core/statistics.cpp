#include "core/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "core/check.h"

namespace nas {
namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Sorts and returns the number of swapped pairs.
std::int64_t merge_count(std::vector<double>& a, std::vector<double>& buffer, std::size_t begin, std::size_t end) {
  if (end - begin < 2) return 0;
  const std::size_t middle = (begin + end) / 2;
  std::int64_t swaps = merge_count(a, buffer, begin, middle) + merge_count(a, buffer, middle, end);
  std::size_t i = begin, j = middle, k = begin;
  while (i < middle && j < end) {
    if (a[j] < a[i]) {
      swaps += static_cast<std::int64_t>(middle - i);
      buffer[k++] = a[j++];
    } else {
      buffer[k++] = a[i++];
    }
  }
  while (i < middle) buffer[k++] = a[i++];
  while (j < end) buffer[k++] = a[j++];
  std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin), buffer.begin() + static_cast<std::ptrdiff_t>(end),
            a.begin() + static_cast<std::ptrdiff_t>(begin));
  return swaps;
}

}  // namespace

double mean(std::span<const double> x) {
  return x.empty() ? kNan : std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double median(std::vector<double> x) {
  if (x.empty()) return kNan;
  std::sort(x.begin(), x.end());
  const std::size_t n = x.size();
  return n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

double rmse(std::span<const double> predicted, std::span<const double> measured) {
  NAS_CHECK_EQ(predicted.size(), measured.size());
  double sum = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i) sum += (predicted[i] - measured[i]) * (predicted[i] - measured[i]);
  return predicted.empty() ? kNan : std::sqrt(sum / static_cast<double>(predicted.size()));
}

double rmse_over_mean(std::span<const double> predicted, std::span<const double> measured) {
  const double centre = std::fabs(mean(measured));
  return centre > 0 ? rmse(predicted, measured) / centre : kNan;
}

double share_within(std::span<const double> predicted, std::span<const double> measured, double share) {
  NAS_CHECK_EQ(predicted.size(), measured.size());
  std::size_t within = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i)
    within += std::fabs(predicted[i] - measured[i]) <= share * std::fabs(measured[i]);
  return predicted.empty() ? kNan : static_cast<double>(within) / static_cast<double>(predicted.size());
}

double top_recall(std::span<const double> predicted, std::span<const double> measured, std::size_t k, bool larger_is_better) {
  NAS_CHECK_EQ(predicted.size(), measured.size());
  const std::size_t n = predicted.size();
  if (k == 0 || k > n) return kNan;
  auto best = [&](std::span<const double> x) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(),
                      [&](std::size_t a, std::size_t b) { return x[a] == x[b] ? a < b : (x[a] > x[b]) == larger_is_better; });
    order.resize(k);
    return order;
  };
  std::vector<bool> wanted(n);
  for (const std::size_t i : best(measured)) wanted[i] = true;
  std::size_t found = 0;
  for (const std::size_t i : best(predicted)) found += wanted[i];
  return static_cast<double>(found) / static_cast<double>(k);
}

double mape(std::span<const double> predicted, std::span<const double> measured, double floor) {
  NAS_CHECK_EQ(predicted.size(), measured.size());
  double sum = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i)
    sum += std::fabs(predicted[i] - measured[i]) / std::max(std::fabs(measured[i]), floor);
  return predicted.empty() ? kNan : sum / static_cast<double>(predicted.size());
}

double pearson(std::span<const double> x, std::span<const double> y) {
  NAS_CHECK_EQ(x.size(), y.size());
  const double mx = mean(x), my = mean(y);
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : kNan;
}

namespace {
bool any_nan(std::span<const double> x) {
  return std::any_of(x.begin(), x.end(), [](double value) { return std::isnan(value); });
}
}  // namespace

std::vector<double> average_ranks(std::span<const double> x) {
  // What is not a number has no place in an order.
  if (any_nan(x)) return std::vector<double>(x.size(), kNan);
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> ranks(x.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && x[order[j]] == x[order[i]]) ++j;
    for (std::size_t k = i; k < j; ++k) ranks[order[k]] = 0.5 * static_cast<double>(i + 1 + j);
    i = j;
  }
  return ranks;
}

double spearman(std::span<const double> x, std::span<const double> y) {
  return pearson(average_ranks(x), average_ranks(y));
}

double kendall_tau(std::span<const double> x, std::span<const double> y) {
  NAS_CHECK_EQ(x.size(), y.size());
  if (any_nan(x) || any_nan(y)) return kNan;
  const std::size_t n = x.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return x[a] < x[b] || (x[a] == x[b] && y[a] < y[b]); });
  auto pairs = [](std::int64_t k) { return k * (k - 1) / 2; };
  std::int64_t tied_x = 0, tied_both = 0, tied_y = 0;
  for (std::size_t i = 0; i < n;) {
    std::size_t j = i;
    while (j < n && x[order[j]] == x[order[i]]) ++j;
    tied_x += pairs(static_cast<std::int64_t>(j - i));
    for (std::size_t k = i; k < j;) {
      std::size_t l = k;
      while (l < j && y[order[l]] == y[order[k]]) ++l;
      tied_both += pairs(static_cast<std::int64_t>(l - k));
      k = l;
    }
    i = j;
  }
  std::vector<double> sorted(n), buffer(n);
  for (std::size_t i = 0; i < n; ++i) sorted[i] = y[order[i]];
  const std::int64_t swaps = merge_count(sorted, buffer, 0, n);
  for (std::size_t i = 0; i < n;) {
    std::size_t j = i;
    while (j < n && sorted[j] == sorted[i]) ++j;
    tied_y += pairs(static_cast<std::int64_t>(j - i));
    i = j;
  }
  const std::int64_t total = pairs(static_cast<std::int64_t>(n));
  const double concordant_minus = static_cast<double>(total - tied_x - tied_y + tied_both - 2 * swaps);
  const double scale = std::sqrt(static_cast<double>(total - tied_x)) * std::sqrt(static_cast<double>(total - tied_y));
  return scale > 0 ? concordant_minus / scale : kNan;
}

double probability_larger(std::span<const double> x, std::span<const double> y) {
  double wins = 0;
  for (const double a : x)
    for (const double b : y) wins += a > b ? 1 : a == b ? 0.5 : 0;
  return x.empty() || y.empty() ? kNan : wins / static_cast<double>(x.size() * y.size());
}

double mann_whitney(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = x.size(), m = y.size();
  if (n == 0 || m == 0) return kNan;
  const double pairs = static_cast<double>(n * m);
  const double u = probability_larger(x, y) * pairs;
  const double smaller = std::min(u, pairs - u);
  std::vector<double> all(x.begin(), x.end());
  all.insert(all.end(), y.begin(), y.end());
  std::sort(all.begin(), all.end());
  double ties = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t j = i;
    while (j < all.size() && all[j] == all[i]) ++j;
    const double t = static_cast<double>(j - i);
    ties += t * t * t - t;
    i = j;
  }
  if (n <= 20 && m <= 20) {
    // ways[i][r]: how many choices of i of the values have midranks that add up to r halves.
    std::vector<std::size_t> halves;
    for (const double rank : average_ranks(all)) halves.push_back(static_cast<std::size_t>(std::lround(2 * rank)));
    const std::size_t most = std::accumulate(halves.begin(), halves.end(), std::size_t{0});
    std::vector<std::vector<double>> ways(n + 1, std::vector<double>(most + 1, 0.0));
    ways[0][0] = 1;
    for (const std::size_t rank : halves)
      for (std::size_t i = n; i-- > 0;)
        for (std::size_t r = most - rank + 1; r-- > 0;) ways[i + 1][r + rank] += ways[i][r];
    // The sum of x's midranks is U plus that of the ranks 1 to n.
    const auto lowest = static_cast<double>(n * (n + 1));
    double total = 0, extreme = 0;
    for (std::size_t r = 0; r <= most; ++r) {
      const double distance = std::fabs(0.5 * (static_cast<double>(r) - lowest) - pairs / 2);
      total += ways[n][r];
      if (distance >= pairs / 2 - smaller - 1e-9) extreme += ways[n][r];
    }
    return std::min(1.0, extreme / total);
  }
  const double count = static_cast<double>(n + m);
  const double variance = pairs / 12 * ((count + 1) - ties / (count * (count - 1)));
  if (variance <= 0) return 1;
  const double z = std::max(0.0, pairs / 2 - smaller - 0.5) / std::sqrt(variance);
  return std::erfc(z / std::sqrt(2.0));
}

}  // namespace nas
