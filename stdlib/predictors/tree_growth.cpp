#include "stdlib/predictors/tree_growth.h"

#include <algorithm>
#include <limits>

#include "core/check.h"

namespace nas {

CutRows::CutRows(std::span<const float> features, std::size_t rows) {
  const std::size_t columns = rows == 0 ? 0 : features.size() / rows;
  constexpr std::size_t kSteps = 256;
  step_.resize(columns * rows);
  column_.push_back(0);
  std::vector<float> values(rows), different, upper;
  for (std::size_t j = 0; j < columns; ++j) {
    bool bits = true;
    for (std::size_t i = 0; i < rows; ++i) {
      values[i] = features[i * columns + j];
      bits = bits && (values[i] == 0 || values[i] == 1);
    }
    only_bits_ = only_bits_ && bits;
    if (bits) {
      different = {0, 1};
      if (std::count(values.begin(), values.end(), 1.0f) % static_cast<std::ptrdiff_t>(rows) == 0) different = {values[0]};
    } else {
      std::sort(values.begin(), values.end());
      different.clear();
      std::unique_copy(values.begin(), values.end(), std::back_inserter(different));
    }
    // The largest value of each step; with few values each has a step of its own.
    upper = different;
    if (different.size() > kSteps) {
      upper.clear();
      for (std::size_t s = 1; s <= kSteps; ++s) {
        const float value = values[s * rows / kSteps - 1];
        if (upper.empty() || value > upper.back()) upper.push_back(value);
      }
    }
    highest_below_.push_back(upper[0]);
    for (std::size_t s = 1; s < upper.size(); ++s) {
      lowest_.push_back(*std::upper_bound(different.begin(), different.end(), upper[s - 1]));
      highest_.push_back(upper[s]);
    }
    column_.push_back(static_cast<std::uint32_t>(lowest_.size()));
    for (std::size_t i = 0; i < rows; ++i)
      step_[j * rows + i] =
          static_cast<std::uint8_t>(std::lower_bound(upper.begin(), upper.end(), features[i * columns + j]) - upper.begin());
  }
  first_.push_back(0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j)
      if (const auto step = step_[j * rows + i]; step > 0) slot_.push_back(column_[j] + step - 1);
    first_.push_back(static_cast<std::uint32_t>(slot_.size()));
  }
}

TreeGrower::TreeGrower(const CutRows& rows, const TreeShape& shape) : rows_(rows), shape_(shape) {}

bool TreeGrower::may_split(const Part& part) const {
  return part.lowest < part.highest && (shape_.depth == 0 || part.depth < shape_.depth) &&
         part.count >= 2 * static_cast<double>(shape_.leaf);
}

void TreeGrower::add_rows(const Part& part, Sum* sums) const {
  std::fill_n(sums, rows_.cuts(), Sum{});
  for (std::uint32_t at = part.begin; at < part.end; ++at) {
    const std::uint32_t row = order_[at];
    const Sum one = weighted_[row];
    for (std::uint32_t s = rows_.first_[row], end = rows_.first_[row + 1]; s < end; ++s) sums[rows_.slot_[s]] += one;
  }
}

std::uint32_t TreeGrower::slice() {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(sums_.size()));
    sums_.emplace_back(rows_.cuts());
  }
  const std::uint32_t taken = free_.back();
  free_.pop_back();
  return taken;
}

/// The score of a split is the sum over both sides of (sum of targets)^2 / count: the larger, the smaller the squares that
/// remain.
void TreeGrower::try_column(std::uint32_t column, const Part& part, const Sum* sums, Split& best) const {
  const double least = static_cast<double>(shape_.leaf);
  Sum right{};
  for (std::uint32_t cut = rows_.column_[column + 1]; cut-- > rows_.column_[column];) {
    if (sums[cut][1] == 0) continue;  // the same rows as above the next cut
    right += sums[cut];
    const double left_count = part.count - right[1];
    if (right[1] < least || left_count < least) continue;
    const double left = part.sum - right[0];
    const double score = (right[0] * right[0] * left_count + left * left * right[1]) / (right[1] * left_count);
    if (score > best.score * (1 + 1e-12)) best = {score, column, cut};
  }
}

/// A whole number below `bound` by splitmix64 (Steele, Lea and Flood 2014), whose state the tree's stream begins.
std::size_t TreeGrower::draw(std::size_t bound) {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t bits = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBULL;
  bits ^= bits >> 31;
  return (bits >> 32) * bound >> 32;
}

TreeGrower::Split TreeGrower::best_split(const Part& part) {
  const Sum* sums = sums_[part.sums].data();
  const std::size_t columns = tried_.size();
  Split best;
  if (columns == 0) return best;
  if (shape_.columns_tried == 0 || shape_.columns_tried >= columns) {
    // Small nodes have many splits that are equally good: it is not always the first column that is taken.
    const std::size_t first = draw(columns);
    for (std::size_t k = first; k < columns; ++k) try_column(tried_[k], part, sums, best);
    for (std::size_t k = 0; k < first; ++k) try_column(tried_[k], part, sums, best);
    return best;
  }
  // Columns without replacement; more than asked for only where none of those splits the rows.
  for (std::size_t k = 0; k < columns && (k < shape_.columns_tried || best.score < 0); ++k) {
    std::swap(tried_[k], tried_[k + draw(columns - k)]);
    try_column(tried_[k], part, sums, best);
  }
  return best;
}

/// Halfway between the values of the part on both sides of the cut.
float TreeGrower::threshold(const Split& split, const Part& part, const Sum* sums) const {
  const std::uint32_t first = rows_.column_[split.column];
  std::uint32_t below = split.cut;
  while (below > first && sums[below - 1][1] == 0) --below;
  const float low = below > first ? rows_.highest_[below - 1] : rows_.highest_below_[split.column];
  const float high = rows_.lowest_[split.cut];
  const auto middle = static_cast<float>((static_cast<double>(low) + static_cast<double>(high)) / 2);
  return middle < high ? middle : low;
}

void TreeGrower::grow(RegressionTrees& trees, std::span<const double> targets, std::span<const std::uint32_t> counts,
                      double scale, Stream stream, std::span<double> fitted, std::span<double> importance) {
  NAS_CHECK_EQ(targets.size(), rows_.rows());
  targets_ = targets;
  order_.clear();
  weighted_.resize(targets.size());
  behind_.resize(targets.size());
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const auto empty = [&](std::uint32_t begin, std::uint32_t node, std::uint32_t depth) {
    return Part{begin, begin, node, depth, 0, 0, 0, kInfinity, -kInfinity};
  };
  const auto add = [&](Part& part, std::uint32_t row) {
    ++part.end;
    part.sum += weighted_[row][0];
    part.count += weighted_[row][1];
    part.lowest = std::min(part.lowest, targets[row]);
    part.highest = std::max(part.highest, targets[row]);
  };
  const auto close = [&](const Part& part) {
    const double value = scale * (part.lowest == part.highest ? part.lowest : part.sum / part.count);
    trees.set_value(part.node, value);
    for (std::uint32_t at = part.begin; at < part.end; ++at) fitted[order_[at]] = value;
  };

  state_ = stream.next();
  tried_.clear();
  for (std::uint32_t j = 0; j < rows_.columns(); ++j)
    if (rows_.column_[j] < rows_.column_[j + 1]) tried_.push_back(j);
  for (std::size_t k = tried_.size(); k > 1; --k) std::swap(tried_[k - 1], tried_[draw(k)]);
  Part root = empty(0, trees.plant(), 0);
  for (std::uint32_t row = 0; row < targets.size(); ++row) {
    if (counts[row] == 0) continue;
    const auto count = static_cast<double>(counts[row]);
    weighted_[row] = Sum{count * targets[row], count};
    order_.push_back(row);
    add(root, row);
  }
  if (!may_split(root)) return close(root);
  root.sums = slice();
  add_rows(root, sums_[root.sums].data());
  std::vector<Part> open{root};
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    const Split split = best_split(part);
    if (split.score < 0) {  // the rows are equal
      free_.push_back(part.sums);
      close(part);
      continue;
    }
    importance[split.column] += std::max(0.0, split.score - part.sum * part.sum / part.count);
    const std::uint32_t node = trees.split(part.node, split.column, threshold(split, part, sums_[part.sums].data()));
    // Rows keep their order on both sides.
    const std::uint8_t* step = rows_.step_.data() + split.column * rows_.rows();
    const std::uint32_t above = split.cut - rows_.column_[split.column];
    Part left = empty(part.begin, node, part.depth + 1), right = empty(0, node + 1, part.depth + 1);
    std::uint32_t below = part.begin, behind = 0;
    for (std::uint32_t at = part.begin; at < part.end; ++at) {  // written to both, kept in one
      const std::uint32_t row = order_[at], goes_right = step[row] > above;
      order_[below] = row;
      behind_[behind] = row;
      below += 1 - goes_right;
      behind += goes_right;
    }
    for (std::uint32_t at = part.begin; at < below; ++at) add(left, order_[at]);
    for (std::uint32_t at = 0; at < behind; ++at) add(right, behind_[at]);
    std::copy_n(behind_.begin(), right.end, order_.begin() + left.end);
    right.begin = left.end;
    right.end = part.end;

    const bool smaller_is_left = left.end - left.begin < right.end - right.begin;
    Part& smaller = smaller_is_left ? left : right;
    Part& larger = smaller_is_left ? right : left;
    const bool split_smaller = may_split(smaller), split_larger = may_split(larger);
    if (split_smaller || split_larger) {
      smaller.sums = slice();
      Sum* few = sums_[smaller.sums].data();
      add_rows(smaller, few);
      if (split_larger) {
        Sum* many = sums_[part.sums].data();
        for (std::size_t s = 0; s < rows_.cuts(); ++s) many[s] -= few[s];
        larger.sums = part.sums;
      }
    }
    // The larger child waits, so few slices are taken at any time.
    if (split_larger)
      open.push_back(larger);
    else
      free_.push_back(part.sums), close(larger);
    if (split_smaller) {
      open.push_back(smaller);
    } else {
      if (split_larger) free_.push_back(smaller.sums);
      close(smaller);
    }
  }
}

}  // namespace nas
