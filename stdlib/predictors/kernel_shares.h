#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/rng.h"

namespace nas {

/// What each part takes, found from sums over parts.
struct KernelShares {
  std::vector<double> seconds;  ///< of each part
  int passes = 0;
  double held_out = 0;  ///< root mean square error over the mean, of samples that were held out to choose the passes; 0 = none
};

/// Sample i takes seconds[i], the sum over the parts used[i] (a part may come several times). Each pass multiplies what a part
/// takes by the mean of measured over predicted of the samples that it is part of, weighted by how often it is:
/// Richardson 1972 and Lucy 1974, expectation maximisation of Shepp and Vardi 1982. It goes from `expected` (above zero), set
/// right by one factor for each `type` first, to the parts whose sums have the smallest Kullback-Leibler divergence from the
/// samples, and what the samples leave open stays near where it began. `passes` = 0: as many, or none, as give a fifth of the
/// samples, held out, the smallest error; there a part that no other sample has takes as many times `expected` as the others of
/// its `type` do.
KernelShares share_out(const std::vector<std::vector<std::size_t>>& used, std::span<const double> seconds,
                       const std::vector<double>& expected, const std::vector<std::size_t>& type, int passes, Stream stream);

}  // namespace nas
