// Sorting rows by buckets and by digits against std::sort, where values tie, lie in a heap, or are infinite.
#include "core/sorted_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/rng.h"

using namespace nas;

namespace {

void expect_sorted(const std::vector<double>& values, const char* what) {
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; };
  std::vector<std::uint32_t> order, wanted(values.size());
  sort_rows(
      values.size(), [&](std::uint32_t i) { return values[i]; }, before, order);
  std::iota(wanted.begin(), wanted.end(), 0u);
  std::sort(wanted.begin(), wanted.end(), before);
  EXPECT_EQ(order, wanted) << values.size() << " " << what;
}

}  // namespace

TEST(SortedRows, AreThoseOfStdSortForEverySizeAndShape) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Stream stream(1, "rows");
  for (std::size_t n = 0; n < 900; n += n < 420 ? 1 : 97) {
    std::vector<double> even(n), ties(n), heap(n), infinite(n), falling(n), tiny(n);
    for (std::size_t i = 0; i < n; ++i) {
      even[i] = stream.uniform();
      ties[i] = stream.below(5) - 2.0;
      heap[i] = i == n / 2 ? 1e300 : stream.normal();
      infinite[i] = i % 7 == 0 ? kInfinity : i % 11 == 0 ? -kInfinity : stream.normal();
      falling[i] = -static_cast<double>(i);
      tiny[i] = stream.uniform() * 1e-320;
    }
    expect_sorted(even, "even");
    expect_sorted(ties, "ties");
    expect_sorted(heap, "in a heap");
    expect_sorted(infinite, "some infinite");
    expect_sorted(falling, "falling");
    expect_sorted(tiny, "too small to divide by");
    expect_sorted(std::vector<double>(n, -0.0), "equal");
  }
}
