#include "stdlib/searches/nsga2.h"

#include <algorithm>

#include "core/pareto.h"
#include "core/sorted_rows.h"

namespace nas {

std::size_t Nsga2::select() {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  const std::size_t a = stream_.below(n), b = stream_.below(n);
  // Without branches, which nothing could foretell.
  const bool first = (rank_[a] < rank_[b]) | ((rank_[a] == rank_[b]) & (crowding_[a] >= crowding_[b]));
  return b ^ ((a ^ b) & (std::size_t{0} - first));
}

void Nsga2::survive() {
  fronts_.rank(pool_);
  auto& order = fronts_.order();
  const std::size_t n = pool_.size(), kept = std::min(n, wanted_);
  crowding_.assign(n, 0.0);
  for (std::size_t begin = 0; begin < kept;) {
    const std::size_t end = fronts_.end_of_front(begin);
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin),
               last = order.begin() + static_cast<std::ptrdiff_t>(end);
    members_.assign(first, last);
    distances_.resize(members_.size());
    crowding_distances(pool_.objectives, objectives_, members_, distances_);
    for (std::size_t i = 0; i < members_.size(); ++i) crowding_[members_[i]] = distances_[i];
    if (end > kept) {  // of equal distances the earlier first
      sort_rows(
          members_.size(), [&](std::uint32_t i) { return -distances_[i]; },
          [&](std::uint32_t a, std::uint32_t b) {
            return distances_[a] != distances_[b] ? distances_[a] > distances_[b] : a < b;
          },
          by_distance_);
      for (std::size_t i = 0; i < members_.size(); ++i) first[static_cast<std::ptrdiff_t>(i)] = members_[by_distance_[i]];
    }
    begin = end;
  }
  survivors_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
  rank_.assign(fronts_.ranks().begin(), fronts_.ranks().end());
  keep_survivors(rank_);
  keep_survivors(crowding_);
}

}  // namespace nas
