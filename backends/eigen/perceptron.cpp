#include "backends/eigen/perceptron.h"

#include <algorithm>
#include <cstring>

// Where the processor multiplies and adds eight numbers at once, it does so; not under the thread sanitizer, whose functions
// cannot be called yet when the loader chooses.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define NAS_CLONES
#endif

namespace nas {
namespace {

constexpr std::size_t kLane = 8, kRows = 6, kChunk = 192;

using Lane = float __attribute__((vector_size(32)));

/// y = x W + bias, n x k times k x m; n is a multiple of kRows, m of two lanes. A panel of two lanes of W stays in the first
/// cache while all rows pass it, kRows at a time in registers.
NAS_CLONES void multiply(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                         bool rectify, float* panel) {
  for (std::size_t j = 0; j < m; j += 2 * kLane) {
    for (std::size_t a = 0; a < k; ++a) std::copy_n(w + a * m + j, 2 * kLane, panel + a * 2 * kLane);
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
        for (std::size_t c = 0; c < 2 * kLane; ++c) {
          const float value = sum[r][c / kLane][c % kLane] + bias[j + c];
          y[(i + r) * m + j + c] = rectify ? std::max(0.0f, value) : value;
        }
    }
  }
}

}  // namespace

void Perceptron::add_layer(std::size_t inputs, std::size_t outputs, std::span<const float> weights, std::span<const float> bias) {
  Layer layer{inputs, outputs, (outputs + 2 * kLane - 1) / (2 * kLane) * 2 * kLane, {}, {}};
  // Behind the first layer the rows that come in are padded: their last columns are zero, and so are these weights.
  const std::size_t rows = layers_.empty() ? inputs : layers_.back().width;
  layer.weights.assign(rows * layer.width, 0);
  layer.bias.assign(layer.width, 0);
  for (std::size_t o = 0; o < outputs; ++o) {
    layer.bias[o] = bias[o];
    for (std::size_t i = 0; i < inputs; ++i) layer.weights[i * layer.width + o] = weights[o * inputs + i];
  }
  layers_.push_back(std::move(layer));
}

void Perceptron::run(std::span<const float> x, std::size_t n, std::span<double> out) const {
  std::size_t widest = inputs();
  for (const Layer& layer : layers_) widest = std::max(widest, layer.width);
  std::vector<float> from(kChunk * widest), to(kChunk * widest), panel(widest * 2 * kLane);
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t count = std::min(kChunk, n - begin), rows = (count + kRows - 1) / kRows * kRows;
    std::fill_n(from.begin(), rows * inputs(), 0.0f);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(begin * inputs()), count * inputs(), from.begin());
    std::size_t k = inputs();
    for (const Layer& layer : layers_) {
      multiply(from.data(), layer.weights.data(), layer.bias.data(), to.data(), rows, k, layer.width, &layer != &layers_.back(),
               panel.data());
      std::swap(from, to);
      k = layer.width;
    }
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t o = 0; o < outputs(); ++o) out[(begin + i) * outputs() + o] = static_cast<double>(from[i * k + o]);
  }
}

}  // namespace nas
