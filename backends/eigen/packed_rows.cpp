#include "backends/eigen/packed_rows.h"

#include <algorithm>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "core/check.h"

namespace nas {
namespace {

constexpr std::size_t kPad = 64;

// Without inlining into its callers a loop is compiled for each processor that is worth it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define NAS_BITS_FOR(features) __attribute__((target(features), noinline))
#define NAS_CHOOSES_BITS 1
#else
#define NAS_CHOOSES_BITS 0
#endif

/// out[i] += bits of a[i] ^ b, or = for the first word.
template <bool first>
inline __attribute__((always_inline)) void count_word(const std::uint64_t* a, std::uint64_t b, std::uint16_t* out,
                                                      std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const auto bits = static_cast<std::uint16_t>(__builtin_popcountll(a[i] ^ b));
    out[i] = static_cast<std::uint16_t>(first ? bits : out[i] + bits);
  }
}

inline __attribute__((always_inline)) void count_pair(const std::uint64_t* a, const std::uint64_t* b, const std::uint64_t* row,
                                                      std::uint16_t* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint16_t>(__builtin_popcountll(a[i] ^ row[0]) + __builtin_popcountll(b[i] ^ row[1]));
}

inline __attribute__((always_inline)) void count_all(const std::uint64_t* bits, std::size_t words, const std::uint64_t* row,
                                                     std::uint16_t* out, std::size_t n) {
  if (words == 2) return count_pair(bits, bits + n, row, out, n);
  count_word<true>(bits, row[0], out, n);
  for (std::size_t w = 1; w < words; ++w) count_word<false>(bits + w * n, row[w], out, n);
}

void count_anywhere(const std::uint64_t* bits, std::size_t words, const std::uint64_t* row, std::uint16_t* out, std::size_t n) {
  count_all(bits, words, row, out, n);
}

#if NAS_CHOOSES_BITS
NAS_BITS_FOR("popcnt")
void count_by_word(const std::uint64_t* bits, std::size_t words, const std::uint64_t* row, std::uint16_t* out, std::size_t n) {
  count_all(bits, words, row, out, n);
}
NAS_BITS_FOR("avx512f,avx512vl,avx512bw,avx512vpopcntdq")
void count_by_lane(const std::uint64_t* bits, std::size_t words, const std::uint64_t* row, std::uint16_t* out, std::size_t n) {
  count_all(bits, words, row, out, n);
}
#endif

using Count = void (*)(const std::uint64_t*, std::size_t, const std::uint64_t*, std::uint16_t*, std::size_t);

Count best_count() {
#if NAS_CHOOSES_BITS
  if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    return count_by_lane;
  if (__builtin_cpu_supports("popcnt")) return count_by_word;
#endif
  return count_anywhere;
}

}  // namespace

bool PackedRows::packs(std::span<const float> features, std::size_t d) {
  return d > 0 && d <= 65535 && std::all_of(features.begin(), features.end(), [](float x) { return x == 0 || x == 1; });
}

PackedRows::PackedRows(std::span<const float> features, std::size_t n, std::size_t d)
    : size_(n), columns_(d), words_((d + 63) / 64), padded_((n + kPad - 1) / kPad * kPad), bits_(words_ * padded_) {
  std::vector<std::uint64_t> row(words_);
  for (std::size_t i = 0; i < n; ++i) {
    NAS_CHECK(pack(features.data() + i * d, row.data()));
    for (std::size_t w = 0; w < words_; ++w) bits_[w * padded_ + i] = row[w];
  }
}

bool PackedRows::pack(const float* row, std::uint64_t* out) const {
  bool good = true;
  for (std::size_t w = 0; w < words_; ++w) {
    std::uint64_t word = 0;
    const std::size_t begin = w * 64, end = std::min(columns_, begin + 64);
    std::size_t j = begin;
#ifdef __SSE2__
    __m128i each = _mm_set1_epi32(-1);  // all 0 or 1 so far
    for (; j + 4 <= end; j += 4) {
      const __m128 x = _mm_loadu_ps(row + j);
      const __m128 ones = _mm_cmpeq_ps(x, _mm_set1_ps(1));
      each = _mm_and_si128(each, _mm_castps_si128(_mm_or_ps(ones, _mm_cmpeq_ps(x, _mm_setzero_ps()))));
      word |= static_cast<std::uint64_t>(_mm_movemask_ps(ones)) << (j - begin);
    }
    good &= _mm_movemask_epi8(each) == 0xffff;
#endif
    for (; j < end; ++j) {
      word |= static_cast<std::uint64_t>(row[j] == 1) << (j - begin);
      good &= (row[j] == 0) | (row[j] == 1);
    }
    out[w] = word;
  }
  return good;
}

void PackedRows::distances(const std::uint64_t* row, std::uint16_t* out) const {
  static const Count count = best_count();
  count(bits_.data(), words_, row, out, padded_);
}

void PackedRows::row(std::size_t i, std::uint64_t* out) const {
  for (std::size_t w = 0; w < words_; ++w) out[w] = bits_[w * padded_ + i];
}

}  // namespace nas
