#include "core/rng.h"

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

/// Philox 4x32-10: 128 bits for one counter.
std::array<std::uint32_t, 4> philox(std::uint64_t counter, std::uint64_t key) {
  std::array<std::uint32_t, 4> c{static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(counter >> 32), 0, 0};
  auto k0 = static_cast<std::uint32_t>(key);
  auto k1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57u} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k0, static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k1, static_cast<std::uint32_t>(p0)};
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c;
}

}  // namespace

std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ mixed(seed);
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return mixed(hash ^ bytes.size());
}

std::string digest_of(std::string_view bytes) {
  std::string text;
  for (const std::uint64_t half : {stable_hash(bytes, 1), stable_hash(bytes, 2)})
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(half >> shift) & 15];
  return text;
}

Stream::Stream(std::uint64_t seed, std::string_view name) : key_(stable_hash(name, seed)) {}

Stream Stream::split(std::uint64_t index) const { return Stream(mixed(key_ ^ mixed(index + 0x9E3779B97F4A7C15ULL))); }
Stream Stream::split(std::string_view name) const { return Stream(stable_hash(name, key_)); }

std::uint64_t Stream::next() {
  if (counter_ % 2 == 1 && has_buffered_) {
    ++counter_;
    has_buffered_ = false;
    return buffered_;
  }
  const auto block = philox(counter_ / 2, key_);
  const std::uint64_t low = block[0] | (std::uint64_t{block[1]} << 32);
  const std::uint64_t high = block[2] | (std::uint64_t{block[3]} << 32);
  if (counter_++ % 2 == 1) return high;
  buffered_ = high;
  has_buffered_ = true;
  return low;
}

void Stream::seek(std::uint64_t position) {
  counter_ = position;
  has_buffered_ = false;
}

std::uint32_t Stream::below(std::uint32_t bound) {  // Lemire 2019: multiply, reject the biased part
  std::uint64_t product = (next() >> 32) * bound;
  auto low = static_cast<std::uint32_t>(product);
  if (low < bound) {
    const std::uint32_t threshold = (0u - bound) % bound;
    while (low < threshold) {
      product = (next() >> 32) * bound;
      low = static_cast<std::uint32_t>(product);
    }
  }
  return static_cast<std::uint32_t>(product >> 32);
}

double Stream::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

double Stream::normal() {  // Box and Muller 1958, one of the pair
  const double u = 1.0 - uniform();
  return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * uniform());
}

}  // namespace nas
