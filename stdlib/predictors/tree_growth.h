#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/rng.h"
#include "stdlib/predictors/regression_trees.h"

namespace nas {

/// Rows as growing trees read them. A column with k different values has k - 1 cuts, so 0/1 columns have one; columns with more
/// than 256 values are cut at quantiles, 255 times at most.
class CutRows {
 public:
  CutRows(std::span<const float> features, std::size_t rows);

  std::size_t rows() const { return first_.size() - 1; }
  std::size_t columns() const { return column_.size() - 1; }
  std::size_t cuts() const { return lowest_.size(); }
  bool only_bits() const { return only_bits_; }  ///< every value is 0 or 1

 private:
  friend class TreeGrower;
  std::vector<std::uint32_t> column_;    ///< the cuts of column j, from low to high: [column_[j], column_[j + 1])
  std::vector<float> highest_below_;     ///< of each column: the largest value below its first cut
  std::vector<float> lowest_, highest_;  ///< of each cut: the values between it and the next one
  std::vector<std::uint32_t> first_;     ///< of each row: [first_[i], first_[i + 1]) in slot_
  std::vector<std::uint32_t> slot_;      ///< for each column: the highest cut that the row lies above, where there is one
  std::vector<std::uint8_t> step_;       ///< columns x rows: how many cuts of the column the row lies above
  bool only_bits_ = true;
};

struct TreeShape {
  std::size_t depth = 0;          ///< 0 = no limit
  std::size_t leaf = 1;           ///< rows in a leaf at least, as often as they count
  std::size_t columns_tried = 0;  ///< for each split, drawn anew; 0 = all
};

/// Grows regression trees as CART does (Breiman, Friedman, Olshen and Stone 1984): each node takes the split that lowers the sum
/// of squares most, until its targets are equal or the shape forbids it; the
/// stream decides between splits that are equally good. Sums over rows are kept for every cut; those of the
/// larger child are the parent's without the smaller child's.
class TreeGrower {
 public:
  TreeGrower(const CutRows& rows, const TreeShape& shape);

  /// Adds a tree to `trees`. `counts` says how often each row counts; leaves hold `scale` times the mean of their rows.
  /// `fitted[i]` becomes what the tree says of row i where it counts; `importance[j]` grows by what splits of column j take off
  /// the squares.
  void grow(RegressionTrees& trees, std::span<const double> targets, std::span<const std::uint32_t> counts, double scale,
            Stream stream, std::span<double> fitted, std::span<double> importance);

 private:
  using Sum = double __attribute__((vector_size(16)));  ///< of targets, and of counts
  struct Part {
    std::uint32_t begin, end, node, depth, sums;  ///< a range of order_, its node, its slice of sums_
    double sum, count, lowest, highest;           ///< of its targets
  };
  struct Split {
    double score = -1;
    std::uint32_t column = 0, cut = 0;
  };
  bool may_split(const Part& part) const;
  std::size_t draw(std::size_t bound);
  Split best_split(const Part& part);
  void try_column(std::uint32_t column, const Part& part, const Sum* sums, Split& best) const;
  float threshold(const Split& split, const Part& part, const Sum* sums) const;
  void add_rows(const Part& part, Sum* sums) const;
  std::uint32_t slice();

  const CutRows& rows_;
  TreeShape shape_;
  std::vector<std::uint32_t> order_, behind_;
  std::vector<Sum> weighted_;  ///< of each row: {count * target, count}
  std::span<const double> targets_;
  std::vector<std::vector<Sum>> sums_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> tried_;  ///< the columns that have cuts, in an order of chance
  std::uint64_t state_ = 0;
};

}  // namespace nas
