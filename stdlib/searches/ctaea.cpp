#include "stdlib/searches/ctaea.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/pareto.h"
#include "stdlib/searches/directions.h"

namespace nas {
namespace {

/// Rows of `rows` by non-dominated rank of their values, n x m; rank r's rows are result[r].
std::vector<std::vector<std::uint32_t>> fronts_of(const std::vector<std::uint32_t>& rows, const std::vector<double>& values,
                                                  std::size_t m) {
  std::vector<std::uint32_t> ranks(rows.size());
  if (!rows.empty()) non_dominated_ranks(values, m, ranks);
  std::vector<std::vector<std::uint32_t>> fronts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (fronts.size() <= ranks[i]) fronts.resize(ranks[i] + 1);
    fronts[ranks[i]].push_back(rows[i]);
  }
  return fronts;
}

std::vector<double> objectives_of(const Population& pool, const std::vector<std::uint32_t>& rows) {
  std::vector<double> values;
  for (const std::uint32_t row : rows) values.insert(values.end(), pool.objective(row).begin(), pool.objective(row).end());
  return values;
}

}  // namespace

Result<void> Ctaea::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  weights_ = das_dennis(objectives, partitions_ > 0 ? partitions_ : das_dennis_partitions(objectives, wanted_));
  wanted_ = weights_.size() / objectives;
  directions_ = weights_;
  for (std::size_t d = 0; d < directions_.size(); d += objectives) {
    double squared = 0;
    for (std::size_t j = 0; j < objectives; ++j) squared += directions_[d + j] * directions_[d + j];
    for (std::size_t j = 0; j < objectives; ++j) directions_[d + j] /= std::sqrt(squared);
  }
  for (double& weight : weights_) weight = std::max(weight, 1e-6);
  convergence_.clear();
  diversity_.clear();
  clear(result_, space.gene_count(), objectives);
  return GeneticSearch::start(space, objectives, first, stream);
}

/// Of two members the better one by violation, then by domination (algorithm 6).
std::size_t Ctaea::from(const std::vector<std::uint32_t>& archive) {
  const auto n = static_cast<std::uint32_t>(archive.size());
  const std::size_t a = archive[stream_.below(n)], b = archive[stream_.below(n)];
  const double missed_a = parents_.violations[a], missed_b = parents_.violations[b];
  if (missed_a > 0 || missed_b > 0) return missed_a <= missed_b ? a : b;
  return dominates(parents_.objective(b), parents_.objective(a)) ? b : a;
}

/// Restricted mating (algorithm 5): the archive with the larger share of non-dominated members gives the first parent.
void Ctaea::breed(std::size_t, std::span<std::uint8_t> child, int tries) {
  const auto& other = diversity_.empty() ? convergence_ : diversity_;
  const std::size_t a = from(convergence_first_ ? convergence_ : other);
  const std::size_t b = from(stream_.uniform() < convergent_ ? convergence_ : other);
  variation_.breed(parents_.genome(a), parents_.genome(b), child, tries, stream_);
}

/// The nearest direction of every row of the pool, and the row's Tchebycheff value for it, in normalised objectives.
void Ctaea::associate() {
  const std::size_t n = pool_.size(), m = objectives_;
  range_.reset(m);
  for (std::size_t i = 0; i < n; ++i) range_.add(pool_.objective(i));
  niche_.assign(n, 0);
  tchebycheff_.assign(n, 0.0);
  scaled_.resize(m);
  for (std::size_t i = 0; i < n; ++i) {
    double longest = -1;
    for (std::size_t j = 0; j < m; ++j) scaled_[j] = range_.scaled(j, pool_.objective(i)[j]);
    for (std::size_t d = 0; d < wanted_; ++d) {
      double along = 0;
      for (std::size_t j = 0; j < m; ++j) along += scaled_[j] * directions_[d * m + j];
      if (along <= longest) continue;
      longest = along;
      niche_[i] = static_cast<std::uint32_t>(d);
    }
    for (std::size_t j = 0; j < m; ++j) tchebycheff_[i] = std::max(tchebycheff_[i], scaled_[j] / weights_[niche_[i] * m + j]);
  }
}

/// Removes rows from the most crowded direction until they fit: there, of the two nearest to each other the worse one.
std::vector<std::uint32_t> Ctaea::thin(std::vector<std::uint32_t> rows) {
  std::vector<std::vector<std::uint32_t>> members(wanted_);
  for (const std::uint32_t row : rows) members[niche_[row]].push_back(row);
  auto apart = [&](std::uint32_t a, std::uint32_t b) {
    double squared = 0;
    for (std::size_t j = 0; j < objectives_; ++j)
      squared += std::pow(range_.scaled(j, pool_.objective(a)[j]) - range_.scaled(j, pool_.objective(b)[j]), 2);
    return squared;
  };
  for (std::size_t count = rows.size(); count > wanted_; --count) {
    auto& crowd =
        *std::max_element(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::size_t first = 0, second = 0;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < crowd.size(); ++i)
      for (std::size_t k = i + 1; k < crowd.size(); ++k)
        if (const double d = apart(crowd[i], crowd[k]); d < nearest) {
          nearest = d;
          first = i;
          second = k;
        }
    crowd.erase(crowd.begin() +
                static_cast<std::ptrdiff_t>(tchebycheff_[crowd[first]] > tchebycheff_[crowd[second]] ? first : second));
  }
  rows.clear();
  for (const auto& crowd : members) rows.insert(rows.end(), crowd.begin(), crowd.end());
  return rows;
}

/// Algorithm 2: feasible fronts, thinned; where too few are feasible, infeasible rows by violation and Tchebycheff value.
std::vector<std::uint32_t> Ctaea::converge(const std::vector<std::uint32_t>& rows) {
  std::vector<std::uint32_t> feasible, infeasible, kept;
  for (const std::uint32_t row : rows) (pool_.violations[row] > 0 ? infeasible : feasible).push_back(row);
  if (feasible.size() >= wanted_) {
    for (const auto& front : fronts_of(feasible, objectives_of(pool_, feasible), objectives_)) {
      if (kept.size() >= wanted_) break;
      kept.insert(kept.end(), front.begin(), front.end());
    }
    return thin(std::move(kept));
  }
  kept = feasible;
  std::vector<double> values;
  for (const std::uint32_t row : infeasible) values.insert(values.end(), {pool_.violations[row], tchebycheff_[row]});
  for (auto& front : fronts_of(infeasible, values, 2)) {
    std::stable_sort(front.begin(), front.end(), [&](auto a, auto b) { return pool_.violations[a] < pool_.violations[b]; });
    for (const std::uint32_t row : front)
      if (kept.size() < wanted_) kept.push_back(row);
  }
  return kept;
}

/// Algorithm 4: round by round every direction in which the convergence archive has no more members gets the best row that is
/// left there, whether it is feasible or not.
std::vector<std::uint32_t> Ctaea::diversify(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& converged) {
  std::vector<std::vector<std::uint32_t>> members(wanted_);
  std::vector<std::size_t> held(wanted_, 0);
  for (const std::uint32_t row : rows) members[niche_[row]].push_back(row);
  for (const std::uint32_t row : converged) ++held[niche_[row]];
  std::vector<std::uint32_t> kept;
  for (std::size_t round = 1; kept.size() < wanted_ && kept.size() < rows.size(); ++round) {
    bool left = false;
    for (std::size_t d = 0; d < wanted_ && kept.size() < wanted_; ++d) {
      auto& crowd = members[d];
      left = left || !crowd.empty();
      if (crowd.empty() || held[d] >= round) continue;
      const auto front = fronts_of(crowd, objectives_of(pool_, crowd), objectives_).front();
      const std::uint32_t best =
          *std::min_element(front.begin(), front.end(), [&](auto a, auto b) { return tchebycheff_[a] < tchebycheff_[b]; });
      kept.push_back(best);
      crowd.erase(std::find(crowd.begin(), crowd.end(), best));
    }
    if (!left) break;
  }
  return kept;
}

void Ctaea::survive() {
  const auto old = static_cast<std::uint32_t>(parents_.size()), n = static_cast<std::uint32_t>(pool_.size());
  associate();
  std::vector<std::uint32_t> fresh;
  for (std::uint32_t i = old; i < n; ++i) fresh.push_back(i);
  auto with_fresh = [&](std::vector<std::uint32_t> rows) {
    rows.insert(rows.end(), fresh.begin(), fresh.end());
    return rows;
  };
  const auto candidates = with_fresh(diversity_);
  convergence_ = converge(with_fresh(convergence_));
  diversity_ = diversify(candidates, convergence_);
  // How many of each archive are non-dominated in both together decides who mates.
  std::vector<std::uint32_t> both = convergence_;
  both.insert(both.end(), diversity_.begin(), diversity_.end());
  std::vector<std::uint32_t> ranks(both.size());
  if (!both.empty()) non_dominated_ranks(objectives_of(pool_, both), objectives_, ranks);
  const auto middle = ranks.begin() + static_cast<std::ptrdiff_t>(convergence_.size());
  const double total = static_cast<double>(both.size());
  const double c = static_cast<double>(std::count(ranks.begin(), middle, 0u)) / std::max(total, 1.0);
  const double d = static_cast<double>(std::count(middle, ranks.end(), 0u)) / std::max(total, 1.0);
  convergence_first_ = c > d;
  convergent_ = c;
  clear(result_, pool_.genes, objectives_);
  for (const std::uint32_t row : convergence_) append(result_, pool_, row);
  std::vector<std::uint32_t> place(n, ~0u);
  for (auto* archive : {&convergence_, &diversity_})
    for (std::uint32_t& row : *archive) {
      if (place[row] == ~0u) {
        place[row] = static_cast<std::uint32_t>(survivors_.size());
        survivors_.push_back(row);
      }
      row = place[row];
    }
}

}  // namespace nas
