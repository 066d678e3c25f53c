#include "core/rng.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include <array>
#include <cmath>
#include <numbers>

namespace nas {
namespace {

std::uint64_t mixed(std::uint64_t x) {  // splitmix64's finaliser
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

constexpr std::uint64_t kLow = 0xffffffffu;

/// Words of 32 bits, each in the lower half of 64; what is in the upper halves does not count.
typedef std::uint64_t TwoWords __attribute__((vector_size(16)));
typedef std::uint64_t FourWords __attribute__((vector_size(32)));

/// The whole products, in place.
void times(TwoWords& words, std::uint32_t factor) {
#ifdef __x86_64__
  words = reinterpret_cast<TwoWords>(_mm_mul_epu32(reinterpret_cast<__m128i>(words), _mm_set1_epi64x(factor)));
#else
  words = (words & kLow) * factor;
#endif
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void times(FourWords& words, std::uint32_t factor) {
  words = reinterpret_cast<FourWords>(_mm256_mul_epu32(reinterpret_cast<__m256i>(words), _mm256_set1_epi64x(factor)));
}
#endif

/// Philox 4x32-10: 128 bits for each counter, two numbers a counter.
template <typename Words>
[[gnu::always_inline]] inline void philox(const Words& counters, std::uint64_t key, std::uint64_t* out) {
  Words c0 = counters, c1 = counters >> 32, c2{}, c3{};
  auto k0 = static_cast<std::uint32_t>(key);
  auto k1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    Words p0 = c0, p1 = c2;
    times(p0, 0xD2511F53u);
    times(p1, 0xCD9E8D57u);
    c0 = (p1 >> 32) ^ c1 ^ k0;
    c1 = p1;
    c2 = (p0 >> 32) ^ c3 ^ k1;
    c3 = p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  const Words low = (c0 & kLow) | (c1 << 32), high = (c2 & kLow) | (c3 << 32);
  for (std::size_t i = 0; i < sizeof(Words) / sizeof(std::uint64_t); ++i) {
    *out++ = low[i];
    *out++ = high[i];
  }
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void philox_avx2(std::uint64_t counter, std::uint64_t key, std::uint64_t* out) {
  philox(counter + FourWords{0, 1, 2, 3}, key, out);
}
#endif

/// Of several seeds in one pass: each multiplication waits for the one before of its own hash only.
template <std::size_t N>
std::array<std::uint64_t, N> stable_hashes(std::string_view bytes, std::array<std::uint64_t, N> hashes) {
  for (std::uint64_t& hash : hashes) hash = 0xcbf29ce484222325ULL ^ mixed(hash);
  for (const char c : bytes)
    for (std::uint64_t& hash : hashes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  for (std::uint64_t& hash : hashes) hash = mixed(hash ^ bytes.size());
  return hashes;
}

}  // namespace

std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed) {
  return stable_hashes<1>(bytes, {seed})[0];
}

std::string digest_of(std::string_view bytes) {
  std::string text;
  for (const std::uint64_t half : stable_hashes<2>(bytes, {1, 2}))
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(half >> shift) & 15];
  return text;
}

Stream::Stream(std::uint64_t seed, std::string_view name) : key_(stable_hash(name, seed)) {}

Stream Stream::split(std::uint64_t index) const {
  return Stream(mixed(key_ ^ mixed(index + 0x9E3779B97F4A7C15ULL)));
}
Stream Stream::split(std::string_view name) const {
  return Stream(stable_hash(name, key_));
}

void Stream::look_ahead() {
  ahead_from_ = counter_ - counter_ % kAhead;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) return philox_avx2(ahead_from_ / 2, key_, ahead_.data());
#endif
  for (std::uint64_t at = 0; at < kAhead; at += 4) philox((ahead_from_ + at) / 2 + TwoWords{0, 1}, key_, ahead_.data() + at);
}

std::uint32_t Stream::below_or_again(std::uint64_t product, std::uint32_t bound) {
  const std::uint32_t threshold = (0u - bound) % bound;
  while (static_cast<std::uint32_t>(product) < threshold) product = (next() >> 32) * bound;
  return static_cast<std::uint32_t>(product >> 32);
}

double Stream::normal() {  // Box and Muller 1958, one of the pair
  const double u = 1.0 - uniform();
  return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * uniform());
}

}  // namespace nas
