#include "backends/eigen/perceptron.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "backends/eigen/clones.h"

namespace nas {
namespace {

constexpr std::size_t kLane = 8, kRows = Perceptron::kRowsTogether, kChunk = 192;

using Lane = float __attribute__((vector_size(32)));

/// A panel of two lanes of W stays in the first cache while all rows pass it, kRows at a time in registers.
NAS_CLONES void multiply(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                         bool rectify, float* panel) {
  for (std::size_t j = 0; j < m; j += 2 * kLane) {
    for (std::size_t a = 0; a < k; ++a) std::copy_n(w + a * m + j, 2 * kLane, panel + a * 2 * kLane);
    Lane add[2] = {};
    if (bias) std::memcpy(add, bias + j, sizeof add);
    for (std::size_t i = 0; i < n; i += kRows) {
      Lane sum[kRows][2] = {};
      const float* rows = x + i * k;
      for (std::size_t a = 0; a < k; ++a) {
        Lane left, right;
        std::memcpy(&left, panel + a * 2 * kLane, sizeof left);
        std::memcpy(&right, panel + a * 2 * kLane + kLane, sizeof right);
        for (std::size_t r = 0; r < kRows; ++r) {
          sum[r][0] += rows[r * k + a] * left;
          sum[r][1] += rows[r * k + a] * right;
        }
      }
      for (std::size_t r = 0; r < kRows; ++r)
        for (std::size_t half = 0; half < 2; ++half) {
          Lane value = sum[r][half] + add[half];
          if (rectify) value = value > 0.0f ? value : Lane{};
          std::memcpy(y + (i + r) * m + j + half * kLane, &value, sizeof value);
        }
    }
  }
}

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

void multiply_rows(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                   bool rectify, std::vector<float>& panel) {
  if (panel.size() < k * 2 * kLane) panel.resize(k * 2 * kLane);
  multiply(x, w, bias, y, n, k, m, rectify, panel.data());
}

void Perceptron::add_layer(std::size_t inputs, std::size_t outputs, std::span<const float> weights, std::span<const float> bias) {
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

void Perceptron::run_layer(std::size_t index, const float* x, std::size_t rows, float* y, std::vector<float>& panel) const {
  const Layer& layer = layers_[index];
  const bool last = index + 1 == layers_.size();
  multiply_rows(x, layer.weights.data(), layer.bias.data(), y, rows, layer.height, layer.width,
                !last && activation_ == Activation::relu, panel);
  if (last || activation_ != Activation::sigmoid) return;
  sigmoid(y, rows * layer.width);
  for (std::size_t i = 0; i < rows; ++i) std::fill(y + i * layer.width + layer.outputs, y + (i + 1) * layer.width, 0.0f);
}

void Perceptron::run(std::span<const float> x, std::size_t n, std::span<double> out) const {
  std::size_t widest = inputs();
  for (const Layer& layer : layers_) widest = std::max(widest, layer.width);
  std::vector<float> from(kChunk * widest), to(kChunk * widest), panel;
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t count = std::min(kChunk, n - begin), rows = (count + kRows - 1) / kRows * kRows;
    std::fill_n(from.begin(), rows * inputs(), 0.0f);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(begin * inputs()), count * inputs(), from.begin());
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
      run_layer(layer, from.data(), rows, to.data(), panel);
      std::swap(from, to);
    }
    const std::size_t k = layers_.back().width;
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t o = 0; o < outputs(); ++o) out[(begin + i) * outputs() + o] = static_cast<double>(from[i * k + o]);
  }
}

}  // namespace nas
