#pragma once

#include <cstddef>

namespace nas {

// What trainings of networks on rows have in common (perceptron_training.cpp).

/// out (columns x rows) = x (rows x columns) turned, by squares that fit the first cache.
void turn_rows(const float* x, std::size_t rows, std::size_t columns, float* out);

/// One step of Adam; `step` and `root` hold the corrections of its moments' bias, `decay` the share of a weight that is taken
/// off.
void take_adam_step(float* w, float* mean, float* square, const float* g, std::size_t n, float step, float root, float decay);

/// sums[j] = the sum of column j.
void sum_columns(const float* x, std::size_t rows, std::size_t columns, float* sums);

}  // namespace nas
