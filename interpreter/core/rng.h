#pragma once

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

  std::uint64_t next();                          ///< 64 uniform bits
  std::uint32_t below(std::uint32_t bound);      ///< uniform in [0, bound), unbiased; bound >= 1
  double uniform();                              ///< [0, 1)
  double normal();                               ///< standard normal
  std::uint64_t position() const { return counter_; }
  void seek(std::uint64_t position);             ///< for resume

 private:
  Stream(std::uint64_t key) : key_(key) {}
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
  std::uint64_t buffered_ = 0;
  bool has_buffered_ = false;
};

/// FNV-1a with a final mix: names of streams, hashes of archs, keys of stages. Stable across machines and versions.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0);
/// Two such hashes as 32 hexadecimal digits: a key that stands for the bytes.
std::string digest_of(std::string_view bytes);

}  // namespace nas
