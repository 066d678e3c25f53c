#include "stdlib/searches/regularized_evolution.h"

#include <algorithm>

namespace nas {

Result<void> RegularizedEvolution::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  stream_ = stream;
  first_.assign(first.begin(), first.end());
  variation_.start(space);
  clear(alive_, space.gene_count(), objectives);
  archive_.start(space.gene_count(), objectives);
  return {};
}

Result<void> RegularizedEvolution::ask(Population& out) {
  const std::size_t left = evaluations() - asked_;
  clear(out, space_->gene_count(), alive_.objectives_per_row);
  if (asked_ == 0) {
    if (auto drawn = sample_fresh(*space_, first_, std::min(batch_size(), left), seen_, stream_, out); !drawn) return drawn;
  } else if (alive_.size() > 0) {
    const auto n = static_cast<std::uint32_t>(alive_.size());
    const std::size_t wanted = std::min(static_cast<std::size_t>(args_.children), left);
    breed_fresh(space_->gene_count(), wanted, seen_, hashes_, out, [&](std::span<std::uint8_t> child, int tries) {
      std::size_t parent = stream_.below(n);
      for (int drawn = 1; drawn < args_.sample; ++drawn) {
        const std::size_t other = stream_.below(n);
        if (better(alive_, other, alive_, parent)) parent = other;
      }
      std::copy(alive_.genome(parent).begin(), alive_.genome(parent).end(), child.begin());
      for (int step = 0; step <= tries / 3; ++step) variation_.mutate(child, stream_);
    });
  }
  asked_ += out.size();
  make_room_for_values(out);
  return {};
}

void RegularizedEvolution::tell(const Population& evaluated) {
  archive_.add(evaluated);
  const std::size_t genes = alive_.genes, m = alive_.objectives_per_row;
  for (std::size_t i = 0; i < evaluated.size(); ++i) {
    if (alive_.size() < batch_size()) {
      append(alive_, evaluated, i);
      continue;
    }
    std::copy_n(evaluated.genome(i).begin(), genes, alive_.genome(oldest_).begin());
    std::copy_n(evaluated.objective(i).begin(), m, alive_.objectives.begin() + static_cast<std::ptrdiff_t>(oldest_ * m));
    alive_.violations[oldest_] = evaluated.violations[i];
    oldest_ = (oldest_ + 1) % alive_.size();
  }
}

}  // namespace nas
