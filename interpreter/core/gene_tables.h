#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/space.h"

namespace nas {

/// Runs over all assignments of some genes in a scratch genome, the first gene slowest.
template <typename F>
void for_each_assignment(const std::vector<std::uint16_t>& genes, const std::vector<Gene>& all, std::vector<std::uint8_t>& genome,
                         F&& f) {
  for (const auto gene : genes) genome[gene] = 0;
  std::size_t row = 0;
  while (true) {
    f(row++);
    std::size_t i = genes.size();
    while (i > 0) {
      auto& digit = genome[genes[i - 1]];
      if (++digit < all[genes[i - 1]].options.size()) break;
      digit = 0;
      --i;
    }
    if (i == 0) break;
  }
  for (const auto gene : genes) genome[gene] = 0;
}

/// How many assignments these genes have together.
inline double product_of_options(const std::vector<std::uint16_t>& genes, const std::vector<Gene>& all) {
  double product = 1;
  for (const auto gene : genes) product *= static_cast<double>(all[gene].options.size());
  return product;
}

/// Where each gene counts in the row number of a table over all assignments: the first gene slowest.
inline std::vector<std::pair<std::uint16_t, std::uint32_t>> strides_of(const std::vector<std::uint16_t>& genes,
                                                                       const std::vector<Gene>& all) {
  std::vector<std::pair<std::uint16_t, std::uint32_t>> strides(genes.size());
  std::uint32_t stride = 1;
  for (std::size_t i = genes.size(); i-- > 0;) {
    strides[i] = {genes[i], stride};
    stride *= static_cast<std::uint32_t>(all[genes[i]].options.size());
  }
  return strides;
}

/// The row of such a table that a genome stands in.
inline std::size_t row_of(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& strides, const std::uint8_t* genome) {
  std::size_t row = 0;
  for (const auto& [gene, stride] : strides) row += std::size_t{stride} * genome[gene];
  return row;
}

}  // namespace nas
