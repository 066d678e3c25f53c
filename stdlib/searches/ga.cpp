#include "stdlib/searches/ga.h"

#include <algorithm>
#include <numeric>

#include "stdlib/searches/archive.h"

namespace nas {

/// Survivors stand in order, the best first.
std::size_t Ga::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  return std::min(a, b);
}

void Ga::survive() {
  survivors_.resize(pool_.size());
  std::iota(survivors_.begin(), survivors_.end(), 0u);
  std::stable_sort(survivors_.begin(), survivors_.end(), [&](auto a, auto b) { return better(pool_, a, pool_, b); });
  survivors_.resize(std::min(survivors_.size(), wanted_));
}

}  // namespace nas
