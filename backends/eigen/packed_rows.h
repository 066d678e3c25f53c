#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nas {

/// Rows of zeros and ones, 64 columns a word, so that the number of columns in which two rows differ is a count of bits. That
/// number is also the squared Euclidean distance.
class PackedRows {
 public:
  PackedRows() = default;
  /// n x d features, row-major, that are all 0 or 1.
  PackedRows(std::span<const float> features, std::size_t n, std::size_t d);
  /// Whether every feature is exactly 0 or 1 (and the columns are few enough to be counted in 16 bits).
  static bool packs(std::span<const float> features, std::size_t d);

  std::size_t size() const { return size_; }
  std::size_t words() const { return words_; }
  /// Length of what `distances` fills: size() rounded up to whole lanes. What lies behind size() has no meaning.
  std::size_t padded() const { return padded_; }
  /// One row as words() words; false, where a feature is neither 0 nor 1.
  bool pack(const float* row, std::uint64_t* out) const;
  /// The distances of one packed row to all rows.
  void distances(const std::uint64_t* row, std::uint16_t* out) const;
  /// The i-th row as words.
  void row(std::size_t i, std::uint64_t* out) const;

 private:
  std::size_t size_ = 0, columns_ = 0, words_ = 0, padded_ = 0;
  std::vector<std::uint64_t> bits_;  ///< words x padded: the same word of all rows lies together
};

}  // namespace nas
