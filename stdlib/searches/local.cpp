#include "stdlib/searches/local.h"

#include <algorithm>

namespace nas {
namespace {

/// Random draws for the start of a climb before the space counts as used up.
constexpr int kStarts = 1000;

}  // namespace

Result<void> LocalSearch::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  stream_ = stream;
  first_.assign(first.rbegin(), first.rend());
  archive_.start(space.gene_count(), objectives);
  std::size_t options = 0;
  for (const Gene& gene : space.genes()) options += gene.options.size() - 1;
  neighbours_ = std::max<std::size_t>(1, options);
  return {};
}

/// False when every climb has been made, or no new network was found to begin at.
Result<bool> LocalSearch::begin_climb() {
  if (climbs_ > args_.restarts) return false;
  for (int tries = 0; tries < kStarts; ++tries) {
    if (!first_.empty()) {
      at_ = std::move(first_.back());
      first_.pop_back();
    } else {
      auto drawn = space_->sample(stream_);
      if (!drawn) return drawn.failure();
      at_ = std::move(*drawn);
    }
    if (known_.count(at_.hash())) continue;
    ++climbs_;
    around_ = {at_};
    climbing_ = starting_ = true;
    return true;
  }
  return false;
}

Result<void> LocalSearch::ask(Population& out) {
  clear(out, space_->gene_count(), archive_.front().objectives_per_row);
  while (out.size() == 0) {
    if (!climbing_) {
      auto begun = begin_climb();
      if (!begun) return begun.failure();
      if (!*begun) break;
    } else if (const auto here = known_.find(at_.hash()); here != known_.end()) {
      // The best neighbour whose value is known; unknown ones are asked for first.
      const Arch* best = nullptr;
      Value value = here->second;
      bool all_known = true;
      for (const Arch& arch : around_) {
        const auto known = known_.find(arch.hash());
        all_known = all_known && known != known_.end();
        if (known != known_.end() && known->second < value) {
          value = known->second;
          best = &arch;
        }
      }
      if (all_known) {
        climbing_ = best || starting_;
        starting_ = false;
        if (best) at_ = *best;
        if (climbing_) around_ = space_->neighbours(at_);
      }
    }
    for (const Arch& arch : around_)
      if (climbing_ && !known_.count(arch.hash())) out.genomes.insert(out.genomes.end(), arch.genes.begin(), arch.genes.end());
  }
  make_room_for_values(out);
  return {};
}

void LocalSearch::tell(const Population& evaluated) {
  for (std::size_t i = 0; i < evaluated.size(); ++i)
    known_[evaluated.arch(i).hash()] = {evaluated.violations[i], evaluated.objective(i)[0]};
  archive_.add(evaluated);
}

}  // namespace nas
