#include "stdlib/searches/directions.h"

#include <algorithm>

namespace nas {
namespace {

void spread(std::vector<int>& row, std::size_t at, int left, int partitions, std::vector<double>& out) {
  if (at + 1 == row.size()) {
    row[at] = left;
    for (const int part : row) out.push_back(static_cast<double>(part) / partitions);
    return;
  }
  for (row[at] = 0; row[at] <= left; ++row[at]) spread(row, at + 1, left - row[at], partitions, out);
}

}  // namespace

std::vector<double> das_dennis(std::size_t m, int partitions) {
  std::vector<double> out;
  std::vector<int> row(m, 0);
  spread(row, 0, partitions, partitions, out);
  return out;
}

std::size_t das_dennis_count(std::size_t m, int partitions) {
  std::size_t count = 1;
  for (std::size_t k = 1; k < m; ++k)
    if (count = count * (static_cast<std::size_t>(partitions) + k) / k; count > (std::size_t{1} << 31))
      return std::size_t{1} << 31;
  return count;
}

int das_dennis_partitions(std::size_t m, std::size_t limit) {
  int partitions = 1;
  while (m > 1 && partitions < 100000 && das_dennis_count(m, partitions + 1) <= limit) ++partitions;
  return partitions;
}

}  // namespace nas
