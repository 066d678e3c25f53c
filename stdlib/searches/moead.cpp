#include "stdlib/searches/moead.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/pareto.h"
#include "stdlib/searches/directions.h"

namespace nas {

Result<void> Moead::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  const int partitions = args_.partitions > 0 ? args_.partitions : das_dennis_partitions(objectives, wanted_);
  weights_ = das_dennis(objectives, partitions);
  wanted_ = subproblems_ = weights_.size() / objectives;
  const std::size_t t = std::min(static_cast<std::size_t>(args_.neighbours), subproblems_);
  near_.clear();
  std::vector<std::uint32_t> others(subproblems_);
  std::vector<double> apart(subproblems_);
  for (std::size_t s = 0; s < subproblems_; ++s) {
    std::iota(others.begin(), others.end(), 0u);
    for (std::size_t o = 0; o < subproblems_; ++o) {
      apart[o] = 0;
      for (std::size_t j = 0; j < objectives; ++j)
        apart[o] += std::pow(weights_[s * objectives + j] - weights_[o * objectives + j], 2);
    }
    std::sort(others.begin(), others.end(), [&](auto a, auto b) { return apart[a] != apart[b] ? apart[a] < apart[b] : a < b; });
    near_.insert(near_.end(), others.begin(), others.begin() + static_cast<std::ptrdiff_t>(t));
  }
  solution_.clear();
  archived_.clear();
  local_.assign(subproblems_, true);
  clear(archive_, space.gene_count(), objectives);
  return GeneticSearch::start(space, objectives, first, stream);
}

void Moead::breed(std::size_t n, std::span<std::uint8_t> child, int tries) {
  const std::size_t t = near_.size() / subproblems_;
  local_[n] = stream_.uniform() < args_.local;
  auto pick = [&] {
    return local_[n] ? near_[n * t + stream_.below(static_cast<std::uint32_t>(t))]
                     : stream_.below(static_cast<std::uint32_t>(subproblems_));
  };
  const std::uint32_t a = solution_[pick()], b = solution_[pick()];
  variation_.breed(parents_.genome(a), parents_.genome(b), child, tries, stream_);
}

/// A migrant comes from nobody's neighbourhood: it is offered to every subproblem.
void Moead::welcome(const Population& migrants) {
  local_.assign(subproblems_, false);
  GeneticSearch::welcome(migrants);
}

/// The subproblem's value of a row in normalised objectives: equation (2), or (3) with its penalty theta.
double Moead::value(std::size_t subproblem, std::size_t row) const {
  const std::size_t m = objectives_;
  const double* weight = &weights_[subproblem * m];
  const auto f = pool_.objective(row);
  if (args_.decomposition == Decomposition::tchebycheff) {
    double worst = 0;
    for (std::size_t j = 0; j < m; ++j) worst = std::max(worst, std::max(weight[j], 1e-6) * range_.scaled(j, f[j]));
    return worst;
  }
  double along = 0, length = 0, squared = 0;
  for (std::size_t j = 0; j < m; ++j) {
    const double v = range_.scaled(j, f[j]);
    along += v * weight[j];
    length += weight[j] * weight[j];
    squared += v * v;
  }
  along /= std::sqrt(length);
  return along + args_.theta * std::sqrt(std::max(0.0, squared - along * along));
}

/// A row takes the places of at most `replace` worse ones; a feasible row beats an infeasible one.
void Moead::update(std::size_t subproblem, std::size_t row, bool everywhere) {
  const std::size_t t = near_.size() / subproblems_;
  if (everywhere) {
    places_.resize(subproblems_);
    std::iota(places_.begin(), places_.end(), 0u);
  } else {
    places_.assign(near_.begin() + static_cast<std::ptrdiff_t>(subproblem * t),
                   near_.begin() + static_cast<std::ptrdiff_t>((subproblem + 1) * t));
  }
  int replaced = 0;
  for (std::size_t k = 0; k < places_.size() && replaced < args_.replace; ++k) {
    std::swap(places_[k], places_[k + stream_.below(static_cast<std::uint32_t>(places_.size() - k))]);
    std::uint32_t& held = solution_[places_[k]];
    const double missed = pool_.violations[row], held_missed = pool_.violations[held];
    const bool better = missed != held_missed && (missed > 0 || held_missed > 0)
                            ? missed < held_missed
                            : value(places_[k], row) < value(places_[k], held);
    if (!better) continue;
    held = static_cast<std::uint32_t>(row);
    ++replaced;
  }
}

/// The best of the archive and all new rows: feasible fronts first, the last one thinned by crowding distance.
void Moead::keep_archive() {
  Population candidates;
  clear(candidates, pool_.genes, objectives_);
  std::vector<std::uint32_t> rows = archived_;
  for (std::size_t i = parents_.size(); i < pool_.size(); ++i) rows.push_back(static_cast<std::uint32_t>(i));
  for (const std::uint32_t row : rows) append(candidates, pool_, row);
  fronts_.rank(candidates);
  auto& order = fronts_.order();
  const std::size_t kept = std::min(rows.size(), subproblems_);
  for (std::size_t begin = 0; begin < kept;) {
    const std::size_t end = fronts_.end_of_front(begin);
    if (end > kept) {
      const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin),
                 last = order.begin() + static_cast<std::ptrdiff_t>(end);
      std::vector<std::uint32_t> members(first, last);
      std::vector<double> distances(members.size()), crowding(candidates.size());
      crowding_distances(candidates.objectives, objectives_, members, distances);
      for (std::size_t i = 0; i < members.size(); ++i) crowding[members[i]] = distances[i];
      std::stable_sort(first, last, [&](auto a, auto b) { return crowding[a] > crowding[b]; });
    }
    begin = end;
  }
  archived_.clear();
  for (std::size_t k = 0; k < kept; ++k) archived_.push_back(rows[order[k]]);
}

void Moead::survive() {
  const std::size_t old = parents_.size(), n = pool_.size();
  if (n == 0) return;
  range_.measure(pool_);
  if (solution_.empty()) {
    // Every subproblem starts from the best of the first networks for it.
    solution_.resize(subproblems_);
    for (std::size_t s = 0; s < subproblems_; ++s) {
      solution_[s] = static_cast<std::uint32_t>(s % n);
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t held = solution_[s];
        if (pool_.violations[i] != pool_.violations[held] ? pool_.violations[i] < pool_.violations[held]
                                                          : value(s, i) < value(s, held))
          solution_[s] = i;
      }
    }
  } else {
    // Children keep their order; where some were not found the rest moves up, which only changes whose neighbourhood is asked.
    for (std::size_t i = old; i < n; ++i) update((i - old) % subproblems_, i, !local_[(i - old) % subproblems_]);
  }
  keep_archive();
  // Parents are the networks that some subproblem or the archive holds, each once.
  std::vector<std::uint32_t> place(n, ~0u);
  auto keep = [&](std::uint32_t& row) {
    if (place[row] == ~0u) {
      place[row] = static_cast<std::uint32_t>(survivors_.size());
      survivors_.push_back(row);
    }
    row = place[row];
  };
  clear(archive_, pool_.genes, objectives_);
  for (const std::uint32_t row : archived_) append(archive_, pool_, row);
  for (std::uint32_t& row : solution_) keep(row);
  for (std::uint32_t& row : archived_) keep(row);
}

}  // namespace nas
