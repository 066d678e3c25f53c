#include "backends/eigen/perceptron_training.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <numeric>

#include "backends/eigen/training_steps.h"
#include "core/check.h"
#include "core/clones.h"

namespace nas {
namespace {

constexpr std::size_t kTogether = Perceptron::kRowsTogether;

std::size_t padded(std::size_t rows) {
  return (rows + kTogether - 1) / kTogether * kTogether;
}

/// out (columns x rows) = x (rows x columns) turned, by squares that fit the first cache.
void transpose(const float* x, std::size_t rows, std::size_t columns, float* out) {
  constexpr std::size_t kSquare = 16;
  for (std::size_t i = 0; i < rows; i += kSquare)
    for (std::size_t j = 0; j < columns; j += kSquare)
      for (std::size_t a = j, last = std::min(columns, j + kSquare); a < last; ++a)
        for (std::size_t b = i, end = std::min(rows, i + kSquare); b < end; ++b) out[a * rows + b] = x[b * columns + a];
}

/// One step of Adam; `step` and `root` hold the corrections of its moments' bias.
NAS_CLONES void adam_step(float* __restrict w, float* __restrict mean, float* __restrict square, const float* __restrict g,
                          std::size_t n, float step, float root, float decay) {
  constexpr float kMean = 0.9f, kSquare = 0.999f;
  for (std::size_t i = 0; i < n; ++i) {
    mean[i] = kMean * mean[i] + (1 - kMean) * g[i];
    square[i] = kSquare * square[i] + (1 - kSquare) * g[i] * g[i];
    w[i] -= decay * w[i] + step * mean[i] / (std::sqrt(square[i]) * root + 1e-8f);
  }
}

NAS_CLONES void momentum_step(float* w, float* velocity, const float* g, std::size_t n, float rate, float decay) {
  for (std::size_t i = 0; i < n; ++i) {
    velocity[i] = 0.9f * velocity[i] + g[i] + decay * w[i];
    w[i] -= rate * velocity[i];
  }
}

/// delta *= the activation's derivative, told from its value.
NAS_CLONES void through_activation(float* delta, const float* value, std::size_t n, bool sigmoid) {
  if (sigmoid)
    for (std::size_t i = 0; i < n; ++i) delta[i] *= value[i] * (1.0f - value[i]);
  else
    for (std::size_t i = 0; i < n; ++i) delta[i] = value[i] > 0.0f ? delta[i] : 0.0f;
}

NAS_CLONES void add_columns(const float* x, std::size_t rows, std::size_t columns, float* sums) {
  std::fill_n(sums, columns, 0.0f);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) sums[j] += x[i * columns + j];
}

/// Backpropagation through one batch; what it needs is kept from batch to batch.
class BatchGradient {
 public:
  struct Layer {
    std::vector<float> weights, bias;  ///< as in Perceptron::Layer; rows of weights up to a multiple of kTogether
  };

  BatchGradient(const Perceptron& net, std::size_t batch, std::size_t first_layer) : net_(net), first_(first_layer) {
    const std::size_t rows = padded(batch);
    values_.emplace_back(rows * net.inputs());
    for (const auto& layer : net.layers()) {
      values_.emplace_back(rows * layer.width);
      gradient_.push_back({std::vector<float>(padded(layer.height) * layer.width), std::vector<float>(layer.width)});
      const std::size_t wide = std::max(padded(layer.height), layer.width);
      delta_.resize(std::max(delta_.size(), rows * wide));
      turned_.resize(std::max({turned_.size(), rows * padded(layer.height), layer.height * layer.width}));
    }
    before_.resize(delta_.size());
  }

  float* input() { return values_[0].data(); }  ///< rows x inputs, to be filled
  const std::vector<Layer>& layers() const { return gradient_; }

  /// The gradient of half the mean squared error at the `n` rows of the input; returns the sum of squared errors.
  double run(const float* y, std::size_t n) {
    const std::size_t rows = padded(n), outputs = net_.outputs();
    std::fill_n(values_[0].begin() + static_cast<std::ptrdiff_t>(n * net_.inputs()), (rows - n) * net_.inputs(), 0.0f);
    const std::size_t count = net_.layers().size();
    for (std::size_t l = 0; l < count; ++l) net_.run_layer(l, values_[l].data(), rows, values_[l + 1].data(), packed_);
    const std::size_t width = net_.layers().back().width;
    std::fill_n(delta_.begin(), rows * width, 0.0f);
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t o = 0; o < outputs; ++o) {
        const float apart = values_.back()[i * width + o] - y[i * outputs + o];
        squares += static_cast<double>(apart) * static_cast<double>(apart);
        delta_[i * width + o] = apart / static_cast<float>(n);
      }
    for (std::size_t l = count; l-- > first_;) {
      const auto& layer = net_.layers()[l];
      transpose(values_[l].data(), rows, layer.height, turned_.data());
      std::fill(turned_.begin() + static_cast<std::ptrdiff_t>(layer.height * rows),
                turned_.begin() + static_cast<std::ptrdiff_t>(padded(layer.height) * rows), 0.0f);
      multiply_rows(turned_.data(), delta_.data(), nullptr, gradient_[l].weights.data(), padded(layer.height), rows, layer.width,
                    false, packed_);
      add_columns(delta_.data(), rows, layer.width, gradient_[l].bias.data());
      if (l == first_) break;
      transpose(layer.weights.data(), layer.height, layer.width, turned_.data());
      multiply_rows(delta_.data(), turned_.data(), nullptr, before_.data(), rows, layer.width, layer.height, false, packed_);
      through_activation(before_.data(), values_[l].data(), rows * layer.height,
                         net_.activation() == Perceptron::Activation::sigmoid);
      std::swap(delta_, before_);
    }
    return squares;
  }

 private:
  const Perceptron& net_;
  std::size_t first_;
  std::vector<std::vector<float>> values_;  ///< what enters each layer, and what leaves the last
  std::vector<Layer> gradient_;
  std::vector<float> delta_, before_, turned_;
  PackedWeights packed_;
};

}  // namespace

void turn_rows(const float* x, std::size_t rows, std::size_t columns, float* out) {
  transpose(x, rows, columns, out);
}
void take_adam_step(float* w, float* mean, float* square, const float* g, std::size_t n, float step, float root, float decay) {
  adam_step(w, mean, square, g, n, step, root, decay);
}
void sum_columns(const float* x, std::size_t rows, std::size_t columns, float* sums) {
  add_columns(x, rows, columns, sums);
}

Perceptron random_perceptron(std::span<const std::size_t> sizes, Perceptron::Activation activation, Stream stream) {
  Perceptron net(activation);
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    Stream own = stream.split(l);
    std::vector<float> weights(sizes[l] * sizes[l + 1]);
    const auto in = static_cast<double>(sizes[l]), out = static_cast<double>(sizes[l + 1]);
    // What the last layer says at first is small beside the targets: it would stay where no row tells better.
    const double share = l + 2 == sizes.size() ? 0.1 : 1;
    const double limit = share * 4 * std::sqrt(6 / (in + out)), deviation = share * std::sqrt(2 / in);
    for (float& weight : weights)
      weight = static_cast<float>(activation == Perceptron::Activation::sigmoid ? limit * (2 * own.uniform() - 1)
                                                                                : deviation * own.normal());
    net.add_layer(sizes[l], sizes[l + 1], weights, std::vector<float>(sizes[l + 1], 0));
  }
  return net;
}

double perceptron_gradient(const Perceptron& net, std::span<const float> x, std::span<const float> y,
                           std::vector<float>& gradient) {
  const std::size_t n = y.size() / net.outputs();
  NAS_CHECK_EQ(x.size(), n * net.inputs());
  BatchGradient batch(net, n, 0);
  std::copy(x.begin(), x.end(), batch.input());
  const double squares = batch.run(y.data(), n);
  gradient.clear();
  for (std::size_t l = 0; l < net.layers().size(); ++l) {
    const auto& layer = net.layers()[l];
    const float* weights = batch.layers()[l].weights.data();
    for (std::size_t i = 0; i < layer.inputs; ++i)
      gradient.insert(gradient.end(), weights + i * layer.width, weights + i * layer.width + layer.outputs);
    gradient.insert(gradient.end(), batch.layers()[l].bias.begin(),
                    batch.layers()[l].bias.begin() + static_cast<std::ptrdiff_t>(layer.outputs));
  }
  return squares / (2 * static_cast<double>(n));
}

double train_perceptron(Perceptron& net, std::span<const float> x, std::span<const float> y, const PerceptronTraining& training,
                        Stream stream, const std::function<bool()>& after_epoch) {
  const std::size_t n = y.size() / net.outputs(), d = net.inputs(), outputs = net.outputs();
  NAS_CHECK_EQ(x.size(), n * d);
  const std::size_t batch = std::min(n, static_cast<std::size_t>(training.batch));
  BatchGradient gradient(net, batch, training.first_layer);
  struct Moments {
    std::vector<float> mean, square, bias_mean, bias_square;
  };
  std::vector<Moments> moments;
  for (const auto& layer : net.layers())
    moments.push_back({std::vector<float>(layer.weights.size()), std::vector<float>(layer.weights.size()),
                       std::vector<float>(layer.width), std::vector<float>(layer.width)});
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::vector<float> targets(batch * outputs);
  const std::size_t batches = (n + batch - 1) / batch;
  const double steps = static_cast<double>(batches) * training.epochs;
  std::size_t step = 0;
  double squares = 0;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
    squares = 0;
    for (std::size_t begin = 0; begin < n; begin += batch) {
      const std::size_t count = std::min(batch, n - begin);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = order[begin + i];
        std::copy_n(x.data() + row * d, d, gradient.input() + i * d);
        std::copy_n(y.data() + row * outputs, outputs, targets.data() + i * outputs);
      }
      squares += gradient.run(targets.data(), count);
      const double rate = training.rate * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / steps)) / 2;
      ++step;
      const double mean_share = 1 - std::pow(0.9, static_cast<double>(step));
      const double square_share = 1 - std::pow(0.999, static_cast<double>(step));
      for (std::size_t l = training.first_layer; l < net.layers().size(); ++l) {
        auto& layer = net.layers()[l];
        const auto& slope = gradient.layers()[l];
        auto& moment = moments[l];
        const auto take = [&](std::vector<float>& w, std::vector<float>& mean, std::vector<float>& square, const float* g,
                              double decay) {
          if (training.optimizer == Optimizer::adam)
            adam_step(w.data(), mean.data(), square.data(), g, w.size(), static_cast<float>(rate / mean_share),
                      static_cast<float>(1 / std::sqrt(square_share)), static_cast<float>(rate * decay));
          else
            momentum_step(w.data(), mean.data(), g, w.size(), static_cast<float>(rate), static_cast<float>(decay));
        };
        take(layer.weights, moment.mean, moment.square, slope.weights.data(), training.weight_decay);
        take(layer.bias, moment.bias_mean, moment.bias_square, slope.bias.data(), 0);
      }
    }
    if (after_epoch && !after_epoch()) break;
  }
  net.pack();
  return squares / static_cast<double>(n * outputs);
}

}  // namespace nas
