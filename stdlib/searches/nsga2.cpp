#include "stdlib/searches/nsga2.h"

#include <algorithm>
#include <cstring>

#include "core/pareto.h"

namespace nas {
namespace {

/// Draws for one new child before the search gives up on it: small spaces run out of networks.
constexpr int kTries = 30;

/// Eight genes at a time; never 0, which marks a free slot.
std::uint64_t hash_of(std::span<const std::uint8_t> genome) {
  std::uint64_t hash = genome.size();
  for (std::size_t at = 0; at < genome.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, genome.data() + at, std::min<std::size_t>(8, genome.size() - at));
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
  }
  return (hash * 0xD6E8FEB86659FD93ULL) | 1;
}

void append(Population& to, const Population& from, std::size_t i) {
  to.genomes.insert(to.genomes.end(), from.genome(i).begin(), from.genome(i).end());
  to.objectives.insert(to.objectives.end(), from.objective(i).begin(), from.objective(i).end());
  to.violations.push_back(from.violations[i]);
}

void clear(Population& p, std::size_t genes, std::size_t objectives) {
  p.genes = genes;
  p.objectives_per_row = objectives;
  p.genomes.clear();
  p.objectives.clear();
  p.violations.clear();
}

}  // namespace

void SeenGenomes::expect(std::uint64_t hash) const {
  __builtin_prefetch(&slots_[(hash >> 20) & (slots_.size() - 1)]);
}

bool SeenGenomes::insert_hash(std::uint64_t hash) {
  if (2 * (size_ + 1) > slots_.size()) {
    std::vector<std::uint64_t> old(slots_.size() * 4, 0);
    old.swap(slots_);
    size_ = 0;
    for (const auto h : old)
      if (h) insert_hash(h);
  }
  for (std::size_t at = (hash >> 20) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == hash) return false;
    if (slots_[at]) continue;
    slots_[at] = hash;
    ++size_;
    return true;
  }
}

bool SeenGenomes::insert(std::span<const std::uint8_t> genome) {
  return insert_hash(hash_of(genome));
}

Result<void> Nsga2::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  objectives_ = objectives;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  child_.resize(space.gene_count());
  clear(parents_, space.gene_count(), objectives);
  clear(pool_, space.gene_count(), objectives);
  return {};
}

Result<void> Nsga2::ask(Population& out) {
  clear(out, space_->gene_count(), objectives_);
  const auto wanted = static_cast<std::size_t>(args_.population);
  if (generation_ >= args_.generations) return {};
  if (generation_ == 0) {
    for (const Arch& arch : first_)
      if (out.size() < wanted && seen_.insert(arch.genes))
        out.genomes.insert(out.genomes.end(), arch.genes.begin(), arch.genes.end());
    for (int tries = 0; out.size() < wanted && tries < kTries * args_.population; ++tries) {
      if (auto drawn = space_->sample(stream_, 1, child_); !drawn) return drawn;
      if (seen_.insert(child_)) out.genomes.insert(out.genomes.end(), child_.begin(), child_.end());
    }
  } else if (parents_.size() > 0) {
    // All children first, then the look-ups: their places in a table of millions come from memory meanwhile.
    const std::size_t genes = space_->gene_count();
    out.genomes.resize(wanted * genes);
    hashes_.resize(wanted);
    for (std::size_t n = 0; n < wanted; ++n) {
      breed(out.genome(n), 0);
      hashes_[n] = hash_of(out.genome(n));
      seen_.expect(hashes_[n]);
    }
    std::size_t kept = 0;
    for (std::size_t n = 0; n < wanted; ++n) {
      bool fresh = seen_.insert_hash(hashes_[n]);
      for (int tries = 1; tries < kTries && !fresh; ++tries) {
        breed(out.genome(n), tries);
        fresh = seen_.insert(out.genome(n));
      }
      if (!fresh) continue;
      if (kept != n) std::copy_n(out.genome(n).begin(), genes, out.genome(kept).begin());
      ++kept;
    }
    out.genomes.resize(kept * genes);
  }
  ++generation_;
  out.objectives.assign(out.size() * objectives_, 0.0);
  out.violations.assign(out.size(), 0.0);
  return {};
}

/// One child. Close relatives are used up late in a search: every third further try steps further away.
void Nsga2::breed(std::span<std::uint8_t> child, int tries) {
  const std::size_t a = tournament(), b = tournament();
  if (stream_.uniform() < args_.crossover)
    space_->crossover(parents_.genome(a), parents_.genome(b), child, stream_);
  else
    std::copy(parents_.genome(a).begin(), parents_.genome(a).end(), child.begin());
  if (tries > 0 || stream_.uniform() < args_.mutation) space_->mutate(child, stream_);
  for (int extra = 0; extra < tries / 3; ++extra) space_->mutate(child, stream_);
}

std::size_t Nsga2::tournament() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  if (rank_[a] != rank_[b]) return rank_[a] < rank_[b] ? a : b;
  return crowding_[a] >= crowding_[b] ? a : b;
}

/// Ranks of the pool and its rows in that order: feasible rows by domination, then infeasible ones by violation.
void Nsga2::rank_all() {
  const std::size_t n = pool_.size();
  feasible_.clear();
  infeasible_.clear();
  for (std::uint32_t i = 0; i < n; ++i) (pool_.violations[i] > 0 ? infeasible_ : feasible_).push_back(i);
  points_.resize(feasible_.size() * objectives_);
  for (std::size_t i = 0; i < feasible_.size(); ++i)
    std::copy_n(pool_.objectives.begin() + static_cast<std::ptrdiff_t>(feasible_[i] * objectives_), objectives_,
                points_.begin() + static_cast<std::ptrdiff_t>(i * objectives_));
  ranks_.resize(feasible_.size());
  sorted_.resize(feasible_.size());
  if (!feasible_.empty()) non_dominated_ranks(points_, objectives_, ranks_, sorted_);
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
                   [&](auto a, auto b) { return pool_.violations[a] < pool_.violations[b]; });
  for (std::size_t i = 0; i < infeasible_.size(); ++i) {
    if (i > 0 && pool_.violations[infeasible_[i]] > pool_.violations[infeasible_[i - 1]]) ++worst;
    rank_[infeasible_[i]] = worst;
    order_[feasible_.size() + i] = infeasible_[i];
  }
}

void Nsga2::tell(const Population& evaluated) {
  clear(pool_, space_->gene_count(), objectives_);
  for (std::size_t i = 0; i < parents_.size(); ++i) append(pool_, parents_, i);
  for (std::size_t i = 0; i < evaluated.size(); ++i) append(pool_, evaluated, i);
  rank_all();
  const auto n = static_cast<std::uint32_t>(pool_.size());
  const std::size_t kept = std::min<std::size_t>(n, static_cast<std::size_t>(args_.population));
  crowding_.assign(n, 0.0);
  for (std::size_t begin = 0; begin < n && begin < kept;) {
    std::size_t end = begin;
    while (end < n && rank_[order_[end]] == rank_[order_[begin]]) ++end;
    members_.assign(order_.begin() + static_cast<std::ptrdiff_t>(begin), order_.begin() + static_cast<std::ptrdiff_t>(end));
    distances_.resize(members_.size());
    crowding_distances(pool_.objectives, objectives_, members_, distances_);
    for (std::size_t i = 0; i < members_.size(); ++i) crowding_[members_[i]] = distances_[i];
    if (end > kept)
      std::stable_sort(order_.begin() + static_cast<std::ptrdiff_t>(begin), order_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](auto a, auto b) { return crowding_[a] > crowding_[b]; });
    begin = end;
  }
  clear(parents_, space_->gene_count(), objectives_);
  ranks_.clear();
  distances_.clear();
  for (std::size_t i = 0; i < kept; ++i) {
    append(parents_, pool_, order_[i]);
    ranks_.push_back(rank_[order_[i]]);
    distances_.push_back(crowding_[order_[i]]);
  }
  rank_ = ranks_;
  crowding_ = distances_;
}

}  // namespace nas
