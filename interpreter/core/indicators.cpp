#include <algorithm>
#include <cmath>
#include <limits>

#include "core/pareto.h"

namespace nas {
namespace {

/// Calls `fold(difference)` for each objective in which p is worse than q by that much (negative: better).
template <typename Fold>
void differences(const double* p, const double* q, std::size_t m, Fold fold) {
  for (std::size_t j = 0; j < m; ++j) fold(p[j] - q[j]);
}

}  // namespace

double igd_plus(std::span<const double> points, std::span<const double> front, std::size_t m) {
  double total = 0;
  for (std::size_t r = 0; r < front.size(); r += m) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); i += m) {
      double squared = 0;
      differences(points.data() + i, front.data() + r, m, [&](double d) { squared += d > 0 ? d * d : 0; });
      nearest = std::min(nearest, squared);
    }
    total += std::sqrt(nearest);
  }
  return front.empty() ? 0 : total / static_cast<double>(front.size() / m);
}

double additive_epsilon(std::span<const double> points, std::span<const double> front, std::size_t m) {
  double epsilon = -std::numeric_limits<double>::infinity();
  for (std::size_t r = 0; r < front.size(); r += m) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); i += m) {
      double worst = -std::numeric_limits<double>::infinity();
      differences(points.data() + i, front.data() + r, m, [&](double d) { worst = std::max(worst, d); });
      nearest = std::min(nearest, worst);
    }
    epsilon = std::max(epsilon, nearest);
  }
  return epsilon;
}

double coverage(std::span<const double> points, std::span<const double> others, std::size_t m) {
  std::size_t covered = 0;
  for (std::size_t r = 0; r < others.size(); r += m) {
    bool found = false;
    for (std::size_t i = 0; i < points.size() && !found; i += m) {
      found = true;
      differences(points.data() + i, others.data() + r, m, [&](double d) { found = found && d <= 0; });
    }
    covered += found;
  }
  return others.empty() ? 0 : static_cast<double>(covered) / static_cast<double>(others.size() / m);
}

}  // namespace nas
