#include "stdlib/searches/evolution.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nas {

Result<void> Evolution::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  objectives_ = objectives;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  variation_.start(space);
  parents_.resize(sweep());
  for (Population& parents : parents_) clear(parents, space.gene_count(), objectives);
  archive_.start(space.gene_count(), objectives);
  return {};
}

double Evolution::fitness(std::span<const double> objectives, std::size_t weight) const {
  if (objectives_ == 1) return objectives[0];
  const double t = sweep() == 1 ? 0.5 : static_cast<double>(weight) / static_cast<double>(sweep() - 1);
  const auto scaled = [&](std::size_t j) {
    // What did not vary at first may vary later: not ObjectiveRange::scaled, which gives 0 then.
    const double width = range_.high[j] > range_.low[j] ? range_.high[j] - range_.low[j] : 1;
    return (objectives[j] - range_.low[j]) / width;
  };
  return (1 - t) * scaled(0) + t * scaled(1);
}

Result<void> Evolution::ask(Population& out) {
  const std::size_t genes = space_->gene_count(), wanted = batch_size();
  clear(out, genes, objectives_);
  if (generation_ >= static_cast<std::int64_t>(args_.generations) * static_cast<std::int64_t>(sweep())) return {};
  const Population& parents = parents_[static_cast<std::size_t>(generation_) % parents_.size()];
  if (generation_ == 0) {
    if (auto drawn = sample_fresh(*space_, first_, wanted, seen_, stream_, out); !drawn) return drawn;
  } else if (parents.size() > 0) {
    const auto count = static_cast<std::uint32_t>(parents.size());
    const auto mutants = static_cast<std::size_t>(std::lround(args_.mutants * args_.population));
    std::size_t child_number = 0;
    breed_fresh(genes, wanted, seen_, hashes_, out, [&](std::span<std::uint8_t> child, int tries) {
      const bool mutant = tries > 0 || child_number++ < mutants;
      const auto a = parents.genome(stream_.below(count));
      if (mutant) {
        std::copy(a.begin(), a.end(), child.begin());
        // Close relatives are used up late in a search: every third further try steps further away.
        for (int step = 0; step <= tries / 3; ++step) variation_.mutate(child, stream_);
      } else {
        variation_.cross(a, parents.genome(stream_.below(count)), child, stream_);
      }
    });
  }
  ++generation_;
  make_room_for_values(out);
  return {};
}

void Evolution::tell(const Population& evaluated) {
  archive_.add(evaluated);
  if (range_.low.empty()) range_.measure(evaluated);
  const std::size_t genes = space_->gene_count();
  const auto kept = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(args_.parents * args_.population)));
  for (std::size_t weight = 0; weight < parents_.size(); ++weight) {
    Population& parents = parents_[weight];
    std::swap(pool_, parents);
    for (std::size_t i = 0; i < evaluated.size(); ++i) append(pool_, evaluated, i);
    fitness_.resize(pool_.size());
    for (std::size_t i = 0; i < pool_.size(); ++i) fitness_[i] = fitness(pool_.objective(i), weight);
    order_.resize(pool_.size());
    std::iota(order_.begin(), order_.end(), 0u);
    const std::size_t count = std::min(kept, order_.size());
    std::partial_sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count), order_.end(), [&](auto a, auto b) {
      if (pool_.violations[a] != pool_.violations[b]) return pool_.violations[a] < pool_.violations[b];
      return fitness_[a] != fitness_[b] ? fitness_[a] < fitness_[b] : a < b;
    });
    clear(parents, genes, objectives_);
    for (std::size_t i = 0; i < count; ++i) append(parents, pool_, order_[i]);
  }
}

}  // namespace nas
