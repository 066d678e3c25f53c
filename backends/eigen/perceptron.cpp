#include "backends/eigen/perceptron.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/clones.h"

namespace nas {
namespace {

constexpr std::size_t kLane = 8, kRows = Perceptron::kRowsTogether, kChunk = 192, kColumns = 2 * kLane;

using Lane = float __attribute__((vector_size(32)));
using WideLane = float __attribute__((vector_size(64)));

/// kTogether rows of x times a panel of kLanes lanes of w, all sums in registers.
template <typename L, std::size_t kLanes, std::size_t kTogether>
[[gnu::always_inline]] inline void rows_by_panel(const float* x, const float* panel, const float* bias, float* y, std::size_t k,
                                                 std::size_t m, bool rectify) {
  constexpr std::size_t kWidth = sizeof(L) / sizeof(float);
  L sum[kTogether][kLanes] = {};
  for (std::size_t a = 0; a < k; ++a) {
    L column[kLanes];
#pragma GCC unroll 2
    for (std::size_t lane = 0; lane < kLanes; ++lane) std::memcpy(&column[lane], panel + (a * kLanes + lane) * kWidth, sizeof(L));
#pragma GCC unroll 12
    for (std::size_t r = 0; r < kTogether; ++r)
#pragma GCC unroll 2
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum[r][lane] += x[r * k + a] * column[lane];
  }
#pragma GCC unroll 2
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    L add = {};
    if (bias) std::memcpy(&add, bias + lane * kWidth, sizeof add);
#pragma GCC unroll 12
    for (std::size_t r = 0; r < kTogether; ++r) {
      L value = sum[r][lane] + add;
      if (rectify) value = value > 0.0f ? value : L{};
      std::memcpy(y + r * m + lane * kWidth, &value, sizeof value);
    }
  }
}

/// The panel stays near while all rows pass it.
template <typename L, std::size_t kLanes, std::size_t kTogether>
[[gnu::always_inline]] inline void all_by_panel(const float* x, const float* panel, const float* bias, float* y, std::size_t n,
                                                std::size_t k, std::size_t m, bool rectify) {
  std::size_t i = 0;
  for (; i + kTogether <= n; i += kTogether)
    rows_by_panel<L, kLanes, kTogether>(x + i * k, panel, bias, y + i * m, k, m, rectify);
  for (; i < n; i += kRows) rows_by_panel<L, kLanes, kRows>(x + i * k, panel, bias, y + i * m, k, m, rectify);
}

NAS_CLONES void multiply(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                         bool rectify) {
  for (std::size_t j = 0; j < m; j += kColumns)
    all_by_panel<Lane, 2, kRows>(x, w + j * k, bias ? bias + j : nullptr, y + j, n, k, m, rectify);
}

#ifdef NAS_WIDE
bool wide() {
  static const bool supported = __builtin_cpu_supports("x86-64-v4");
  return supported;
}

/// The same with registers of sixteen numbers, of which there are twice as many. Every sum adds the same products in the same
/// order: not a bit of the result is another one.
NAS_WIDE void multiply_wide(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k,
                            std::size_t m, bool rectify) {
  std::size_t j = 0;
  for (; j + 2 * kColumns <= m; j += 2 * kColumns)
    all_by_panel<WideLane, 2, 2 * kRows>(x, w + j * k, bias ? bias + j : nullptr, y + j, n, k, m, rectify);
  if (j < m) all_by_panel<WideLane, 1, 2 * kRows>(x, w + j * k, bias ? bias + j : nullptr, y + j, n, k, m, rectify);
}
#else
constexpr bool wide() {
  return false;
}
#endif

using Whole = std::int32_t __attribute__((vector_size(32)));

/// 1 / (1 + e^-x) in place; n is a multiple of a lane. e^x = 2^k e^r with |r| <= ln(2) / 2 and a polynomial for e^r: the error
/// is below 2e-7 of the value.
NAS_CLONES void sigmoid(float* x, std::size_t n) {
  for (std::size_t i = 0; i < n; i += kLane) {
    Lane v;
    std::memcpy(&v, x + i, sizeof v);
    v = -v;
    v = v > 80.0f ? Lane{} + 80.0f : v;
    v = v < -80.0f ? Lane{} - 80.0f : v;
    const Lane shifted = v * 1.44269504f + 12582912.0f;  // adding 1.5 * 2^23 rounds to a whole number
    const Lane k = shifted - 12582912.0f;
    const Lane r = (v - k * 0.693359375f) + k * 2.12194440e-4f;
    Lane p = r * (1.0f / 5040) + 1.0f / 720;
    p = p * r + 1.0f / 120;
    p = p * r + 1.0f / 24;
    p = p * r + 1.0f / 6;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const Whole bits = (__builtin_convertvector(k, Whole) + 127) << 23;
    Lane power;
    std::memcpy(&power, &bits, sizeof power);
    const Lane result = 1.0f / (1.0f + p * power);
    std::memcpy(x + i, &result, sizeof result);
  }
}

}  // namespace

void PackedWeights::pack(const float* w, std::size_t k, std::size_t m) {
  if (lines_.size() < k * m / kColumns) lines_.resize(k * m / kColumns);
  float* to = lines_.front().data();
  const std::size_t widest = wide() ? 2 * kColumns : kColumns;
  for (std::size_t j = 0; j < m; j += widest) {
    const std::size_t columns = std::min(widest, m - j);
    for (std::size_t a = 0; a < k; ++a, to += columns) std::memcpy(to, w + a * m + j, columns * sizeof(float));
  }
}

void multiply_rows(const float* x, const PackedWeights& w, const float* bias, float* y, std::size_t n, std::size_t k,
                   std::size_t m, bool rectify) {
#ifdef NAS_WIDE
  if (wide()) return multiply_wide(x, w.data(), bias, y, n, k, m, rectify);
#endif
  multiply(x, w.data(), bias, y, n, k, m, rectify);
}

void multiply_rows(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                   bool rectify, PackedWeights& scratch) {
  scratch.pack(w, k, m);
  multiply_rows(x, scratch, bias, y, n, k, m, rectify);
}

void Perceptron::add_layer(std::size_t inputs, std::size_t outputs, std::span<const float> weights, std::span<const float> bias) {
  packed_.clear();
  // Behind the first layer the rows that come in are padded: their last columns are zero, and so are these weights.
  Layer layer{
      inputs, outputs, layers_.empty() ? inputs : layers_.back().width, (outputs + 2 * kLane - 1) / (2 * kLane) * 2 * kLane,
      {},     {}};
  layer.weights.assign(layer.height * layer.width, 0);
  layer.bias.assign(layer.width, 0);
  for (std::size_t o = 0; o < outputs; ++o) {
    layer.bias[o] = bias[o];
    for (std::size_t i = 0; i < inputs; ++i) layer.weights[i * layer.width + o] = weights[o * inputs + i];
  }
  layers_.push_back(std::move(layer));
}

void Perceptron::pack() {
  packed_.resize(layers_.size());
  for (std::size_t l = 0; l < layers_.size(); ++l)
    packed_[l].pack(layers_[l].weights.data(), layers_[l].height, layers_[l].width);
}

void Perceptron::run_layer(std::size_t index, const float* x, std::size_t rows, float* y, PackedWeights& scratch) const {
  const Layer& layer = layers_[index];
  const bool last = index + 1 == layers_.size(), rectify = !last && activation_ == Activation::relu;
  if (packed_.empty())
    multiply_rows(x, layer.weights.data(), layer.bias.data(), y, rows, layer.height, layer.width, rectify, scratch);
  else
    multiply_rows(x, packed_[index], layer.bias.data(), y, rows, layer.height, layer.width, rectify);
  if (last || activation_ != Activation::sigmoid) return;
  sigmoid(y, rows * layer.width);
  for (std::size_t i = 0; i < rows; ++i) std::fill(y + i * layer.width + layer.outputs, y + (i + 1) * layer.width, 0.0f);
}

void Perceptron::run(std::span<const float> x, std::size_t n, std::span<double> out) const {
  std::size_t widest = inputs();
  for (const Layer& layer : layers_) widest = std::max(widest, layer.width);
  // Pages that come and go with every batch would cost as much as the products of a small one.
  thread_local std::vector<float> from, to;
  thread_local PackedWeights scratch;
  const std::size_t most = (std::min(n, kChunk) + kRows - 1) / kRows * kRows * widest;
  for (auto* values : {&from, &to})
    if (values->size() < most) values->resize(most);
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t count = std::min(kChunk, n - begin), rows = (count + kRows - 1) / kRows * kRows;
    std::fill_n(from.begin(), rows * inputs(), 0.0f);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(begin * inputs()), count * inputs(), from.begin());
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      run_layer(layer, from.data(), rows, to.data(), scratch);
      std::swap(from, to);
    }
    const std::size_t k = layers_.back().width;
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t o = 0; o < outputs(); ++o) out[(begin + i) * outputs() + o] = static_cast<double>(from[i * k + o]);
  }
}

}  // namespace nas
