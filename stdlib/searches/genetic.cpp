#include "stdlib/searches/genetic.h"

#include <algorithm>
#include <limits>

#include "core/pareto.h"

namespace nas {

Result<void> GeneticSearch::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  objectives_ = objectives;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  variation_.start(space);
  seen_.expect_many(evaluations());
  clear(parents_, space.gene_count(), objectives);
  clear(pool_, space.gene_count(), objectives);
  return {};
}

Result<void> GeneticSearch::ask(Population& out) {
  const std::size_t genes = space_->gene_count();
  clear(out, genes, objectives_);
  if (generation_ >= generations_) return {};
  if (generation_ == 0) {
    if (auto drawn = sample_fresh(*space_, first_, wanted_, seen_, stream_, out); !drawn) return drawn;
  } else if (parents_.size() > 0) {
    breed_fresh(genes, wanted_, seen_, hashes_, out, [&](std::span<std::uint8_t> child, int tries) {
      breed(static_cast<std::size_t>(child.data() - out.genomes.data()) / genes, child, tries);
    });
  }
  ++generation_;
  make_room_for_values(out);
  return {};
}

void GeneticSearch::breed(std::size_t, std::span<std::uint8_t> child, int tries) {
  const std::size_t a = select(), b = select();
  variation_.breed(parents_.genome(a), parents_.genome(b), child, tries, stream_);
}

void GeneticSearch::tell(const Population& evaluated) {
  const std::size_t genes = space_->gene_count();
  clear(pool_, genes, objectives_);
  append(pool_, parents_);
  append(pool_, evaluated);
  survivors_.clear();
  survive();
  clear(parents_, genes, objectives_);
  for (const std::uint32_t i : survivors_) append(parents_, pool_, i);
}

void GeneticSearch::welcome(const Population& migrants) {
  if (const Population fresh = unseen(migrants, seen_); fresh.size() > 0) tell(fresh);
}

void FeasibleFirst::rank(const Population& rows) {
  const std::size_t n = rows.size(), m = rows.objectives_per_row;
  feasible_.clear();
  infeasible_.clear();
  for (std::uint32_t i = 0; i < n; ++i) (rows.violations[i] > 0 ? infeasible_ : feasible_).push_back(i);
  points_.resize(feasible_.size() * m);
  for (std::size_t i = 0; i < feasible_.size(); ++i)
    for (std::size_t j = 0; j < m; ++j) points_[i * m + j] = rows.objectives[feasible_[i] * m + j];
  ranks_.resize(feasible_.size());
  sorted_.resize(feasible_.size());
  if (!feasible_.empty()) non_dominated_ranks(points_, m, ranks_, sorted_);
  rank_.resize(n);
  std::uint32_t worst = 0;
  for (std::size_t i = 0; i < feasible_.size(); ++i) {
    rank_[feasible_[i]] = ranks_[i];
    worst = std::max(worst, ranks_[i] + 1);
  }
  // Counting sort by rank; inside a front the order of the first objective stays, which crowding needs.
  starts_.assign(worst + 1, 0);
  for (const std::uint32_t rank : ranks_) ++starts_[rank + 1];
  for (std::uint32_t rank = 0; rank < worst; ++rank) starts_[rank + 1] += starts_[rank];
  order_.resize(n);
  for (const std::uint32_t i : sorted_) order_[starts_[ranks_[i]]++] = feasible_[i];
  std::stable_sort(infeasible_.begin(), infeasible_.end(),
                   [&](auto a, auto b) { return rows.violations[a] < rows.violations[b]; });
  for (std::size_t i = 0; i < infeasible_.size(); ++i) {
    if (i > 0 && rows.violations[infeasible_[i]] > rows.violations[infeasible_[i - 1]]) ++worst;
    rank_[infeasible_[i]] = worst;
    order_[feasible_.size() + i] = infeasible_[i];
  }
}

std::size_t FeasibleFirst::end_of_front(std::size_t begin) const {
  std::size_t end = begin;
  while (end < order_.size() && rank_[order_[end]] == rank_[order_[begin]]) ++end;
  return end;
}

void ObjectiveRange::reset(std::size_t objectives) {
  low.assign(objectives, std::numeric_limits<double>::infinity());
  high.assign(objectives, -std::numeric_limits<double>::infinity());
}

void ObjectiveRange::measure(const Population& rows) {
  reset(rows.objectives_per_row);
  const bool any = std::any_of(rows.violations.begin(), rows.violations.end(), [](double v) { return v <= 0; });
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!any || rows.violations[i] <= 0) add(rows.objective(i));
}

void ObjectiveRange::add(std::span<const double> row) {
  for (std::size_t j = 0; j < row.size(); ++j) {
    low[j] = std::min(low[j], row[j]);
    high[j] = std::max(high[j], row[j]);
  }
}

}  // namespace nas
