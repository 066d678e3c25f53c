#include "stdlib/searches/nsga3.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stdlib/searches/directions.h"

namespace nas {
namespace {

constexpr std::uint32_t kNoNiche = ~0u;

/// Solves a x = 1 by elimination with row pivots; false where a is singular.
bool solve_for_ones(std::vector<double> a, std::size_t m, std::vector<double>& x) {
  x.assign(m, 1.0);
  for (std::size_t column = 0; column < m; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < m; ++row)
      if (std::fabs(a[row * m + column]) > std::fabs(a[pivot * m + column])) pivot = row;
    if (std::fabs(a[pivot * m + column]) < 1e-10) return false;
    for (std::size_t j = 0; j < m; ++j) std::swap(a[pivot * m + j], a[column * m + j]);
    std::swap(x[pivot], x[column]);
    for (std::size_t row = 0; row < m; ++row) {
      if (row == column) continue;
      const double factor = a[row * m + column] / a[column * m + column];
      for (std::size_t j = column; j < m; ++j) a[row * m + j] -= factor * a[column * m + j];
      x[row] -= factor * x[column];
    }
  }
  for (std::size_t i = 0; i < m; ++i) x[i] /= a[i * m + i];
  return true;
}

}  // namespace

Result<void> Nsga3::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  const int partitions = partitions_ > 0 ? partitions_ : das_dennis_partitions(objectives, wanted_);
  directions_ = das_dennis(objectives, partitions);
  // Unit vectors, so that the distance to a direction needs one product.
  for (std::size_t d = 0; d < directions_.size(); d += objectives) {
    double squared = 0;
    for (std::size_t j = 0; j < objectives; ++j) squared += directions_[d + j] * directions_[d + j];
    for (std::size_t j = 0; j < objectives; ++j) directions_[d + j] /= std::sqrt(squared);
  }
  niche_count_.resize(directions_.size() / objectives);
  ideal_.assign(objectives, std::numeric_limits<double>::infinity());
  extremes_.clear();
  return GeneticSearch::start(space, objectives, first, stream);
}

std::size_t Nsga3::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  if (missed_[a] > 0 || missed_[b] > 0) return missed_[a] <= missed_[b] ? a : b;
  if (!unified_ || niche_[a] != niche_[b]) return a;
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? a : b;
  return distance_[a] <= distance_[b] ? a : b;
}

/// Ideal point, extreme points and intercepts (section IV-C); what fails to span a plane falls back to the front's worst values.
void Nsga3::normalise(std::size_t front_end) {
  const std::size_t m = objectives_;
  const auto& order = fronts_.order();
  for (std::size_t i = 0; i < front_end; ++i)
    for (std::size_t j = 0; j < m; ++j) ideal_[j] = std::min(ideal_[j], pool_.objective(order[i])[j]);
  std::vector<double> worst(m, -std::numeric_limits<double>::infinity()), candidates = extremes_, range(m);
  for (std::size_t i = 0; i < front_end; ++i) {
    const auto row = pool_.objective(order[i]);
    candidates.insert(candidates.end(), row.begin(), row.end());
    for (std::size_t j = 0; j < m; ++j) worst[j] = std::max(worst[j], row[j]);
  }
  for (std::size_t j = 0; j < m; ++j) range[j] = worst[j] > ideal_[j] ? worst[j] - ideal_[j] : 1;
  extremes_.resize(m * m);
  for (std::size_t axis = 0; axis < m; ++axis) {
    double best = std::numeric_limits<double>::infinity();
    std::size_t found = 0;
    for (std::size_t c = 0; c < candidates.size(); c += m) {
      double asf = 0;  // achievement: how far off the axis
      for (std::size_t j = 0; j < m; ++j) {
        const double d = (candidates[c + j] - ideal_[j]) / range[j];
        asf = std::max(asf, j == axis ? d : 1e6 * (d < 1e-3 ? 0 : d));
      }
      if (asf < best) {
        best = asf;
        found = c;
      }
    }
    std::copy_n(candidates.begin() + static_cast<std::ptrdiff_t>(found), m,
                extremes_.begin() + static_cast<std::ptrdiff_t>(axis * m));
  }
  std::vector<double> plane(m * m), inverse;
  for (std::size_t i = 0; i < m * m; ++i) plane[i] = (extremes_[i] - ideal_[i % m]) / range[i % m];
  bool spans = solve_for_ones(plane, m, inverse);
  for (std::size_t j = 0; j < m && spans; ++j) spans = inverse[j] > 1e-6 && std::isfinite(inverse[j]) && 1 / inverse[j] > 1e-3;
  intercepts_.resize(m);
  for (std::size_t j = 0; j < m; ++j) intercepts_[j] = spans ? range[j] / inverse[j] : range[j];
}

/// The nearest direction of each row and how far it is from it (section IV-D).
void Nsga3::associate(std::size_t considered) {
  const std::size_t m = objectives_, n = pool_.size();
  niche_.assign(n, kNoNiche);
  distance_.assign(n, 0.0);
  scaled_.resize(m);
  for (std::size_t i = 0; i < considered; ++i) {
    const std::uint32_t row = fronts_.order()[i];
    double squared = 0, closest = -1;
    for (std::size_t j = 0; j < m; ++j) {
      scaled_[j] = (pool_.objective(row)[j] - ideal_[j]) / intercepts_[j];
      squared += scaled_[j] * scaled_[j];
    }
    // The direction with the longest projection is the nearest one.
    for (std::size_t d = 0; d < directions_.size(); d += m) {
      double along = 0;
      for (std::size_t j = 0; j < m; ++j) along += scaled_[j] * directions_[d + j];
      if (along <= closest) continue;
      closest = along;
      niche_[row] = static_cast<std::uint32_t>(d / m);
    }
    if (niche_[row] == kNoNiche) niche_[row] = 0;
    distance_[row] = std::sqrt(std::max(0.0, squared - closest * closest));
  }
}

/// Niching (section IV-E): rows of the last front go where the fewest are.
void Nsga3::fill(std::size_t begin, std::size_t end, std::size_t kept) {
  auto& order = fronts_.order();
  std::fill(niche_count_.begin(), niche_count_.end(), 0u);
  for (std::size_t i = 0; i < begin; ++i) ++niche_count_[niche_[order[i]]];
  waiting_.assign(order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end));
  std::vector<std::vector<std::uint32_t>> members(niche_count_.size());
  for (const std::uint32_t row : waiting_) members[niche_[row]].push_back(row);
  for (auto& rows : members)
    std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return distance_[a] > distance_[b]; });
  std::vector<std::uint32_t> fewest;
  while (survivors_.size() < kept) {
    std::uint32_t least = ~0u;
    for (std::size_t d = 0; d < members.size(); ++d) {
      if (members[d].empty() || niche_count_[d] > least) continue;
      if (niche_count_[d] < least) fewest.clear();
      least = niche_count_[d];
      fewest.push_back(static_cast<std::uint32_t>(d));
    }
    // One of each of the emptiest niches, in random order: the nearest where the niche is empty, else any.
    for (std::size_t k = 0; k < fewest.size() && survivors_.size() < kept; ++k) {
      std::swap(fewest[k], fewest[k + stream_.below(static_cast<std::uint32_t>(fewest.size() - k))]);
      auto& rows = members[fewest[k]];
      if (least > 0) std::swap(rows[stream_.below(static_cast<std::uint32_t>(rows.size()))], rows.back());
      survivors_.push_back(rows.back());
      rows.pop_back();
      ++niche_count_[fewest[k]];
    }
    fewest.clear();
  }
}

void Nsga3::survive() {
  fronts_.rank(pool_);
  const auto& order = fronts_.order();
  const std::size_t n = pool_.size(), kept = std::min(n, wanted_), feasible = fronts_.feasible();
  std::size_t begin = 0, end = feasible ? fronts_.end_of_front(0) : 0;
  if (feasible) normalise(end);
  while (end < kept && end < feasible) {
    begin = end;
    end = fronts_.end_of_front(begin);
  }
  associate(std::min(end, feasible));
  if (feasible >= kept && end > kept) {
    survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(begin));
    fill(begin, end, kept);
  } else {
    survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  rank_.assign(fronts_.ranks().begin(), fronts_.ranks().end());
  missed_ = pool_.violations;
  keep_survivors(rank_);
  keep_survivors(niche_);
  keep_survivors(distance_);
  keep_survivors(missed_);
}

}  // namespace nas
