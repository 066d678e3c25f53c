#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace nas {

/// Rows of which few are sorted at a time, and the buckets that they go through.
inline constexpr std::size_t kFewRows = 400, kBuckets = 256;

/// Puts up to kFewRows rows into buckets of equal width, in order; false where their values lie so that a bucket holds many.
template <typename Value>
bool bucket_rows(std::size_t n, Value value, std::vector<std::uint32_t>& order) {
  constexpr std::uint32_t kMostOfABucket = 24;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::array<double, kFewRows> values;
  double low = kInfinity, high = -kInfinity;
  bool numbers = true;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double v = values[i] = value(i);
    low = v < low && v > -kInfinity ? v : low;
    high = v > high && v < kInfinity ? v : high;
    numbers = numbers && v == v;
  }
  const double scale = static_cast<double>(kBuckets - 1) / (high - low);
  if (!numbers || !(high > low) || !(scale < kInfinity)) return false;
  std::array<std::uint16_t, kBuckets + 1> starts{};
  std::array<std::uint8_t, kFewRows> buckets;
  for (std::size_t i = 0; i < n; ++i) {
    const double at = (values[i] - low) * scale;
    buckets[i] = static_cast<std::uint8_t>(at < 0 ? 0 : at < kBuckets - 1 ? static_cast<int>(at) : static_cast<int>(kBuckets - 1));
    ++starts[buckets[i] + 1u];
  }
  std::uint32_t most = 0, before = 0;
  for (auto& start : starts) {
    most = std::max<std::uint32_t>(most, start);
    before += start;
    start = static_cast<std::uint16_t>(before);
  }
  if (most > kMostOfABucket) return false;
  for (std::uint32_t i = 0; i < n; ++i) order[starts[buckets[i]]++] = i;
  return true;
}

/// Fills `order` with 0..n-1 so that `before` holds between neighbours; `before` orders by `value(row)` first.
/// Large inputs go through three passes over the upper half of the number, small ones through one over buckets: only rows that
/// agree there are compared.
template <typename Value, typename Before>
void sort_rows(std::size_t n, Value value, Before before, std::vector<std::uint32_t>& order) {
  order.resize(n);
  if (n < kFewRows) {
    if (!bucket_rows(n, value, order)) {
      std::iota(order.begin(), order.end(), 0u);
      std::sort(order.begin(), order.end(), before);
      return;
    }
    for (std::size_t i = 1; i < n; ++i) {
      const std::uint32_t row = order[i];
      std::size_t at = i;
      for (; at > 0 && before(row, order[at - 1]); --at) order[at] = order[at - 1];
      order[at] = row;
    }
    return;
  }
  thread_local std::vector<std::uint64_t> keys, other;
  keys.resize(n);
  other.resize(n);
  constexpr int kBits[] = {10, 11, 11};
  std::uint32_t counts[3][2048] = {};
  for (std::uint32_t i = 0; i < n; ++i) {
    auto bits = std::bit_cast<std::uint64_t>(value(i) + 0.0);  // -0.0 is 0.0
    bits ^= bits >> 63 ? ~std::uint64_t{0} : std::uint64_t{1} << 63;
    keys[i] = (bits & 0xFFFFFFFF00000000ULL) | i;
    ++counts[0][(bits >> 32) & 1023];
    ++counts[1][(bits >> 42) & 2047];
    ++counts[2][(bits >> 53) & 2047];
  }
  int shift = 32;
  for (int pass = 0; pass < 3; shift += kBits[pass++]) {
    const std::uint32_t mask = (1u << kBits[pass]) - 1;
    if (counts[pass][(keys[0] >> shift) & mask] == n) continue;
    std::uint32_t start = 0;
    for (std::uint32_t digit = 0; digit <= mask; ++digit) start += std::exchange(counts[pass][digit], start);
    for (const std::uint64_t key : keys) other[counts[pass][(key >> shift) & mask]++] = key;
    keys.swap(other);
  }
  for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(keys[i]);
  for (std::size_t begin = 0; begin < n;) {
    std::size_t end = begin + 1;
    while (end < n && keys[end] >> 32 == keys[begin] >> 32) ++end;
    if (end - begin > 1)
      std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end), before);
    begin = end;
  }
}

/// The first position of ascending `values` that is larger than `value`; without branches that depend on the values.
inline std::size_t first_above(const double* values, std::size_t n, double value) {
  std::size_t at = 0;
  while (n > 1) {
    const std::size_t half = n / 2;
    at += values[at + half - 1] <= value ? half : 0;
    n -= half;
  }
  return n == 0 ? at : at + (values[at] <= value);
}

}  // namespace nas
