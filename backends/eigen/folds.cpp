#include "backends/eigen/folds.h"

#include <cstdint>
#include <numeric>

namespace nas {

std::vector<std::size_t> shuffled_rows(std::size_t n, Stream& stream) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace nas
