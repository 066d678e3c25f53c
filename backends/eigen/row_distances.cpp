#include "backends/eigen/row_distances.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_DISTANCE_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define NAS_DISTANCE_CLONES
#endif

namespace nas {
namespace {

/// out[i] += (column[i] - x)^2
NAS_DISTANCE_CLONES void add_squares(const float* __restrict column, float x, float* __restrict out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const float off = column[i] - x;
    out[i] += off * off;
  }
}

/// One over the standard deviation of each column; one for columns that do not vary.
std::vector<float> scales_of(std::span<const float> features, std::size_t n, std::size_t d) {
  std::vector<double> mean(d), squares(d);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) mean[j] += static_cast<double>(features[i * d + j]) / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      const double off = static_cast<double>(features[i * d + j]) - mean[j];
      squares[j] += off * off;
    }
  std::vector<float> scales(d, 1.0f);
  for (std::size_t j = 0; j < d; ++j) {
    const double deviation = std::sqrt(squares[j] / static_cast<double>(n));
    if (deviation > 1e-12 * std::fabs(mean[j])) scales[j] = static_cast<float>(1 / deviation);
  }
  return scales;
}

}  // namespace

RowDistances::RowDistances(std::span<const float> features, std::size_t n, std::size_t d, std::vector<float> scales)
    : size_(n),
      columns_(d),
      padded_((n + 63) / 64 * 64),
      features_(features.begin(), features.end()),
      scales_(std::move(scales)) {
  NAS_CHECK_EQ(features.size(), n * d);
  const bool unscaled = scales_.empty() ? PackedRows::packs(features, d) : scales_ == std::vector<float>(d, 1.0f);
  if (scales_.empty()) scales_ = unscaled ? std::vector<float>(d, 1.0f) : scales_of(features, n, d);
  if (unscaled && PackedRows::packs(features, d)) packed_ = PackedRows(features, n, d);
  by_column_.resize(d * padded_);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) by_column_[j * padded_ + i] = features[i * d + j] * scales_[j];
}

RowDistances::Scratch RowDistances::scratch() const {
  return {std::vector<std::uint64_t>(packed_.words()), std::vector<float>(columns_)};
}

bool RowDistances::counts(const float* row, Scratch& scratch, std::uint16_t* out) const {
  if (!binary() || !packed_.pack(row, scratch.words.data())) return false;
  packed_.distances(scratch.words.data(), out);
  return true;
}

void RowDistances::squared(const float* row, Scratch& scratch, float* out) const {
  std::fill_n(out, padded_, 0.0f);
  for (std::size_t j = 0; j < columns_; ++j) scratch.row[j] = row[j] * scales_[j];
  for (std::size_t j = 0; j < columns_; ++j) add_squares(by_column_.data() + j * padded_, scratch.row[j], out, padded_);
}

void RowDistances::differing(const float* row, float* out) const {
  for (std::size_t i = 0; i < size_; ++i) {
    int count = 0;
    for (std::size_t j = 0; j < columns_; ++j) count += features_[i * columns_ + j] != row[j];
    out[i] = static_cast<float>(count);
  }
}

}  // namespace nas
