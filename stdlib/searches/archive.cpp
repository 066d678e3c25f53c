#include "stdlib/searches/archive.h"

#include "core/pareto.h"

namespace nas {

bool FrontArchive::add(const Population& evaluated) {
  const std::size_t before = front_.violations.empty() || front_.violations[0] > 0 ? 0 : front_.size();
  bool grown = false;
  for (std::size_t i = 0; i < evaluated.size(); ++i) {
    const bool found = front_.size() > 0 && front_.violations[0] <= 0;
    const bool nearer = front_.size() == 0 || evaluated.violations[i] < front_.violations[0];
    if (evaluated.violations[i] > 0 && (found || !nearer)) continue;
    if (!found) {
      // A nearer miss, or the first feasible network, takes the place of the nearest miss.
      clear(front_, front_.genes, front_.objectives_per_row);
    }
    append(front_, evaluated, i);
    grown = true;
  }
  if (!grown || front_.violations[0] > 0) return grown;
  clear(kept_, front_.genes, front_.objectives_per_row);
  bool entered = false;
  for (const std::size_t i : non_dominated(front_.objectives, front_.objectives_per_row)) {
    entered = entered || i >= before;
    append(kept_, front_, i);
  }
  std::swap(front_, kept_);
  return entered;
}

}  // namespace nas
