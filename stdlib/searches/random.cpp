#include "stdlib/searches/random.h"

#include <algorithm>

#include "core/pareto.h"

namespace nas {

Result<void> RandomSearch::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  objectives_ = objectives;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  best_.genes = space.gene_count();
  best_.objectives_per_row = objectives;
  return {};
}

Result<void> RandomSearch::ask(Population& out) {
  out = {};
  out.genes = space_->gene_count();
  out.objectives_per_row = objectives_;
  const std::size_t wanted = std::min(batch_size(), static_cast<std::size_t>(args_.evaluations) - asked_);
  std::vector<std::uint8_t> genome(out.genes);
  for (int tries = 0; out.size() < wanted && tries < 10000; ++tries) {
    if (!first_.empty()) {
      genome = first_.back().genes;
      first_.pop_back();
    } else if (auto drawn = space_->sample(stream_, 1, genome); !drawn) {
      return drawn;
    }
    if (seen_.insert(genome)) out.genomes.insert(out.genomes.end(), genome.begin(), genome.end());
  }
  asked_ += out.size();
  out.objectives.assign(out.size() * objectives_, 0.0);
  out.violations.assign(out.size(), 0.0);
  return {};
}

void RandomSearch::tell(const Population& evaluated) {
  const auto closest = std::min_element(evaluated.violations.begin(), evaluated.violations.end()) - evaluated.violations.begin();
  for (std::size_t i = 0; i < evaluated.size(); ++i) {
    const bool found = best_.size() > 0 && best_.violations[0] <= 0;
    if (evaluated.violations[i] > 0) {
      // While nothing is feasible the closest network is kept: it says how far the conditions are away.
      if (found || static_cast<std::ptrdiff_t>(i) != closest) continue;
      if (best_.size() > 0 && best_.violations[0] <= evaluated.violations[i]) continue;
    }
    if (best_.size() > 0 && !found) {
      best_.genomes.clear();
      best_.objectives.clear();
      best_.violations.clear();
    }
    best_.genomes.insert(best_.genomes.end(), evaluated.genome(i).begin(), evaluated.genome(i).end());
    best_.objectives.insert(best_.objectives.end(), evaluated.objective(i).begin(), evaluated.objective(i).end());
    best_.violations.push_back(evaluated.violations[i]);
  }
  if (best_.size() == 0 || best_.violations[0] > 0) return;
  Population front;
  front.genes = best_.genes;
  front.objectives_per_row = objectives_;
  for (const std::size_t i : non_dominated(best_.objectives, objectives_)) {
    front.genomes.insert(front.genomes.end(), best_.genome(i).begin(), best_.genome(i).end());
    front.objectives.insert(front.objectives.end(), best_.objective(i).begin(), best_.objective(i).end());
    front.violations.push_back(0);
  }
  best_ = std::move(front);
}

}  // namespace nas
