#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nas {

/// `count` of n rows of d features that tell a linear predictor most about its weights: greedily, each row is the one with the
/// largest x' A^-1 x, A = penalty I + the sum of x x' over the rows taken, which multiplies det A by 1 + x' A^-1 x. A constant
/// feature is added. Among equals the first; no row twice. O(count n d). Fedorov, Theory of Optimal Experiments, 1972.
std::vector<std::size_t> d_optimal(std::span<const float> rows, std::size_t n, std::size_t d, std::size_t count, double penalty);

}  // namespace nas
