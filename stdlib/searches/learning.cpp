#include "stdlib/searches/learning.h"

#include <algorithm>
#include <numeric>

#include "core/check.h"
#include "core/pareto.h"

namespace nas {
namespace {

/// How many of the best measured networks have mutants among the candidates.
constexpr std::size_t kAncestors = 100;

/// The first rows by `order`; a front that does not fit whole is thinned by crowding distance.
std::vector<std::uint32_t> first_rows(const Population& rows, FeasibleFirst& fronts, std::size_t count) {
  fronts.rank(rows);
  std::vector<std::uint32_t> chosen;
  std::vector<double> distances;
  for (std::size_t begin = 0; begin < rows.size() && chosen.size() < count;) {
    const std::size_t end = fronts.end_of_front(begin);
    std::vector<std::uint32_t> front(fronts.order().begin() + static_cast<std::ptrdiff_t>(begin),
                                     fronts.order().begin() + static_cast<std::ptrdiff_t>(end));
    if (chosen.size() + front.size() > count && begin < fronts.feasible()) {
      distances.resize(front.size());
      crowding_distances(rows.objectives, rows.objectives_per_row, front, distances);
      std::vector<std::uint32_t> places(front.size());
      std::iota(places.begin(), places.end(), 0u);
      std::stable_sort(places.begin(), places.end(), [&](auto a, auto b) { return distances[a] > distances[b]; });
      for (std::uint32_t& place : places) place = front[place];
      front = std::move(places);
    }
    for (const std::uint32_t i : front)
      if (chosen.size() < count) chosen.push_back(i);
    begin = end;
  }
  return chosen;
}

}  // namespace

Result<void> LearningSearch::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  NAS_CHECK(learner_);
  space_ = &space;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  variation_.start(space);
  clear(measured_, space.gene_count(), objectives);
  archive_.start(space.gene_count(), objectives);
  return {};
}

/// Networks that nobody was asked for: all of a small space, else half of them uniform, half mutants of the best measured ones.
Result<void> LearningSearch::find_candidates() {
  clear(candidates_, space_->gene_count(), measured_.objectives_per_row);
  const auto wanted = static_cast<std::size_t>(args_.candidates);
  std::vector<std::uint8_t> genome(space_->gene_count());
  std::unordered_set<std::uint64_t> here;
  auto add = [&] {
    const std::uint64_t hash = SeenGenomes::hash_of(genome);
    if (seen_.count(hash) || !here.insert(hash).second) return;
    candidates_.genomes.insert(candidates_.genomes.end(), genome.begin(), genome.end());
  };
  if (space_->networks() <= wanted) {
    for (bool more = space_->first_network(genome); more; more = space_->next_network(genome)) add();
  } else {
    for (std::size_t n = 0; n < wanted / 2; ++n) {
      if (auto drawn = space_->sample(stream_, 1, genome); !drawn) return drawn;
      add();
    }
    const auto ancestors = first_rows(measured_, fronts_, kAncestors);
    for (std::size_t n = wanted / 2; n < wanted && !ancestors.empty(); ++n) {
      const auto parent = measured_.genome(ancestors[n % ancestors.size()]);
      std::copy(parent.begin(), parent.end(), genome.begin());
      // One step away, or two, or three.
      const std::uint32_t further = stream_.below(3);
      for (std::uint32_t step = 0; step <= further; ++step) variation_.mutate(genome, stream_);
      add();
    }
  }
  make_room_for_values(candidates_);
  return {};
}

Result<void> LearningSearch::ask(Population& out) {
  clear(out, space_->gene_count(), measured_.objectives_per_row);
  if (round_ == 0) {
    SeenGenomes fresh;
    if (auto drawn = sample_fresh(*space_, first_, static_cast<std::size_t>(args_.initial), fresh, stream_, out); !drawn)
      return drawn;
  } else if (round_ <= args_.rounds) {
    if (auto found = find_candidates(); !found) return found;
    if (candidates_.size() > 0) {
      const Stream stream = stream_.split("round").split(static_cast<std::uint64_t>(round_));
      if (auto scored = score(*learner_, stream, candidates_); !scored) return scored;
      std::vector<std::uint32_t> pool = first_rows(candidates_, fronts_, std::max(drawn_from(), batch_size()));
      const std::size_t count = std::min(batch_size(), pool.size());
      for (std::size_t n = 0; n < count; ++n) {
        // Uniform without replacement; nothing is drawn where the pool is no larger than the round.
        if (pool.size() > batch_size()) std::swap(pool[n], pool[n + stream_.below(static_cast<std::uint32_t>(pool.size() - n))]);
        const auto row = candidates_.genome(pool[n]);
        out.genomes.insert(out.genomes.end(), row.begin(), row.end());
      }
    }
  }
  ++round_;
  for (std::size_t i = 0; i < out.size(); ++i) seen_.insert(SeenGenomes::hash_of(out.genome(i)));
  make_room_for_values(out);
  return {};
}

void LearningSearch::tell(const Population& evaluated) {
  for (std::size_t i = 0; i < evaluated.size(); ++i) append(measured_, evaluated, i);
  archive_.add(evaluated);
}

}  // namespace nas
