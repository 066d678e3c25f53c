#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/rng.h"

namespace nas {

/// The rows 0 to n - 1 in an order that the stream draws.
std::vector<std::size_t> shuffled_rows(std::size_t n, Stream& stream);

/// Rows to learn from and rows to test on: fold `fold` of `folds` takes every folds-th row of the order for the test.
template <typename Index = std::size_t>
std::pair<std::vector<Index>, std::vector<Index>> fold_of(const std::vector<std::size_t>& order, int fold, int folds) {
  std::pair<std::vector<Index>, std::vector<Index>> rows;
  for (std::size_t i = 0; i < order.size(); ++i)
    (static_cast<int>(i % static_cast<std::size_t>(folds)) == fold ? rows.second : rows.first)
        .push_back(static_cast<Index>(order[i]));
  return rows;
}

}  // namespace nas
