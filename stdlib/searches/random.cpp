#include "stdlib/searches/random.h"

#include <algorithm>

namespace nas {

Result<void> RandomSearch::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  objectives_ = objectives;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  archive_.start(space.gene_count(), objectives);
  return {};
}

Result<void> RandomSearch::ask(Population& out) {
  clear(out, space_->gene_count(), objectives_);
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
  make_room_for_values(out);
  return {};
}

}  // namespace nas
