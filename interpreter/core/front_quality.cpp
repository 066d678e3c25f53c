#include "core/front_quality.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/comparison.h"

namespace nas {
namespace {

/// Both fronts with every objective divided by the range of the known one.
struct Scaled {
  std::vector<double> front, known;
};

Scaled in_ranges_of_known(const FrontPoints& front, const FrontPoints& known) {
  Scaled out{front.values, known.values};
  const std::size_t m = known.objectives;
  for (std::size_t j = 0; j < m; ++j) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t i = j; i < known.values.size(); i += m) {
      low = std::min(low, known.values[i]);
      high = std::max(high, known.values[i]);
    }
    const double range = high > low ? high - low : high != 0 ? std::fabs(high) : 1;
    for (auto* values : {&out.front, &out.known})
      for (std::size_t i = j; i < values->size(); i += m) (*values)[i] /= range;
  }
  return out;
}

}  // namespace

FrontPoints front_points(std::span<const SearchResult* const> results) {
  FrontPoints all;
  all.objectives = results.empty() ? 0 : results[0]->objectives.size();
  for (const SearchResult* result : results) {
    const std::vector<double> objectives = objectives_of(*result);
    for (const std::size_t i : result->front) {
      const auto point = std::span(objectives).subspan(i * all.objectives, all.objectives);
      all.values.insert(all.values.end(), point.begin(), point.end());
      all.networks.push_back(result->rows[i].arch);
    }
  }
  if (results.size() < 2) return all;
  FrontPoints front;
  const std::size_t m = front.objectives = all.objectives;
  for (const std::size_t i : non_dominated(all.values, m)) {
    front.values.insert(front.values.end(), all.values.begin() + static_cast<std::ptrdiff_t>(i * m),
                        all.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * m));
    front.networks.push_back(all.networks[i]);
  }
  return front;
}

double igd_plus(const FrontPoints& front, const FrontPoints& known) {
  const Scaled scaled = in_ranges_of_known(front, known);
  return igd_plus(scaled.front, scaled.known, known.objectives);
}

double additive_epsilon(const FrontPoints& front, const FrontPoints& known) {
  const Scaled scaled = in_ranges_of_known(front, known);
  return additive_epsilon(scaled.front, scaled.known, known.objectives);
}

double coverage(const FrontPoints& front, const FrontPoints& known, std::span<const Slack> slack) {
  std::vector<double> reached = known.values;
  if (!slack.empty())
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const Slack& s = slack[i % known.objectives];
      reached[i] += s.relative ? s.size * std::fabs(known.values[i]) : s.size;
    }
  return coverage(front.values, reached, known.objectives);
}

double recall(const FrontPoints& front, const FrontPoints& known, bool by_network) {
  const auto m = static_cast<std::ptrdiff_t>(known.objectives);
  std::size_t found = 0;
  for (std::size_t k = 0; k < known.size(); ++k) {
    const auto wanted = known.values.begin() + static_cast<std::ptrdiff_t>(k) * m;
    bool there = by_network && std::find(front.networks.begin(), front.networks.end(), known.networks[k]) != front.networks.end();
    for (auto point = front.values.begin(); !there && point != front.values.end(); point += m)
      there = std::equal(point, point + m, wanted);
    found += there;
  }
  return known.size() == 0 ? 0 : static_cast<double>(found) / static_cast<double>(known.size());
}

}  // namespace nas
