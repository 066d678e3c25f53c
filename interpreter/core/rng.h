#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nas {

/// A counter-based random stream (Philox 4x32-10, Salmon et al., SC 2011): the n-th number depends only on the seed, the
/// stream's name and n, never on threads or on what else ran. `split` gives independent streams for parts of the work.
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view name);

  Stream split(std::uint64_t index) const;
  Stream split(std::string_view name) const;

  /// 64 uniform bits.
  std::uint64_t next() {
    if (counter_ - ahead_from_ >= kAhead) look_ahead();
    return ahead_[counter_++ - ahead_from_];
  }
  /// Uniform in [0, bound), unbiased; bound >= 1.
  std::uint32_t below(std::uint32_t bound) {  // Lemire 2019: multiply, reject the biased part
    const std::uint64_t product = (next() >> 32) * bound;
    return static_cast<std::uint32_t>(product) < bound ? below_or_again(product, bound)
                                                       : static_cast<std::uint32_t>(product >> 32);
  }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }  ///< [0, 1)
  double normal();                                                          ///< standard normal
  std::uint64_t position() const { return counter_; }
  void seek(std::uint64_t position) { counter_ = position; }  ///< for resume

 private:
  static constexpr std::uint64_t kAhead = 8;

  Stream(std::uint64_t key) : key_(key) {}
  void look_ahead();
  std::uint32_t below_or_again(std::uint64_t product, std::uint32_t bound);

  std::uint64_t key_;
  std::uint64_t counter_ = 0;
  std::uint64_t ahead_from_ = 1;  ///< the number that `ahead_` begins with; behind `counter_` where there are none yet
  std::array<std::uint64_t, kAhead> ahead_;
};

/// FNV-1a with a final mix: names of streams, hashes of archs, keys of stages. Stable across machines and versions.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0);
/// Two such hashes as 32 hexadecimal digits: a key that stands for the bytes.
std::string digest_of(std::string_view bytes);

}  // namespace nas
