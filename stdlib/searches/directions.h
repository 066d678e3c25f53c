#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nas {

/// Evenly spread directions in the simplex of m objectives (Das and Dennis, SIAM Journal on Optimization 8, 1998): all vectors
/// whose entries are multiples of 1/partitions and sum to 1, row-major, in lexicographic order.
std::vector<double> das_dennis(std::size_t m, int partitions);
/// How many there are: (partitions + m - 1) over (m - 1), capped at 2^31.
std::size_t das_dennis_count(std::size_t m, int partitions);
/// The most partitions whose directions are at most `limit`, at least 1.
int das_dennis_partitions(std::size_t m, std::size_t limit);

}  // namespace nas
