#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "backends/eigen/packed_rows.h"

namespace nas {

/// Rows of features that distances are taken to. Where they are all 0 and 1 the columns are taken as they are and distances are
/// counts of bits; else each column is divided by its standard deviation first.
class RowDistances {
 public:
  RowDistances() = default;
  /// n x d features, row-major. `scales` (d factors) are those of an earlier table; without them they come from these rows.
  RowDistances(std::span<const float> features, std::size_t n, std::size_t d, std::vector<float> scales = {});

  std::size_t size() const { return size_; }
  std::size_t columns() const { return columns_; }
  /// Length of the arrays to be filled; what lies behind size() has no meaning.
  std::size_t padded() const { return padded_; }
  const std::vector<float>& scales() const { return scales_; }
  /// The features as they were given.
  const std::vector<float>& features() const { return features_; }
  /// Whether the rows are all 0 and 1.
  bool binary() const { return packed_.size() > 0; }

  /// What one caller needs room for; lives as long as its batch.
  struct Scratch {
    std::vector<std::uint64_t> words;
    std::vector<float> row;
  };
  Scratch scratch() const;
  /// The number of columns in which `row` differs from each of the rows, false where those or `row` are not all 0 and 1.
  bool counts(const float* row, Scratch& scratch, std::uint16_t* out) const;
  /// The squared Euclidean distances to all rows, in scaled columns. Each is summed over the columns in order.
  void squared(const float* row, Scratch& scratch, float* out) const;
  /// The number of columns in which `row` differs, for any features.
  void differing(const float* row, float* out) const;

 private:
  std::size_t size_ = 0, columns_ = 0, padded_ = 0;
  std::vector<float> features_, scales_;
  std::vector<float> by_column_;  ///< columns x padded, scaled
  PackedRows packed_;
};

}  // namespace nas
