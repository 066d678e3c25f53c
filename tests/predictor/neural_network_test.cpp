// Perceptrons: gradients against finite differences, closed forms, fine-tuning, and what every predictor promises.
#include <gtest/gtest.h>

#include <cmath>

#include "backends/eigen/perceptron_training.h"
#include "core/statistics.h"
#include "learning.h"

using namespace nas;
using namespace nas::testing;

namespace {

double half_mean_square(const Perceptron& net, const std::vector<float>& x, const std::vector<float>& y) {
  std::vector<double> out(y.size());
  net.run(x, y.size() / net.outputs(), out);
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) sum += std::pow(out[i] - static_cast<double>(y[i]), 2);
  return sum / (2 * static_cast<double>(y.size() / net.outputs()));
}

std::vector<float> normals(std::size_t n, const char* name) {
  Stream stream(8, name);
  std::vector<float> out(n);
  for (float& value : out) value = static_cast<float>(stream.normal());
  return out;
}

}  // namespace

TEST(Mlp, SaysWhenItsWeightsGrewBeyondNumbers) {
  const Rows rows = random_rows(60, 8, 0.3);
  const auto fitted = make_predictor("mlp", {{"rate", 10}})->fit(rows.x, rows.y, Stream(4, "fit"));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "mlp did not converge: its weights grew until they were no numbers");
  EXPECT_EQ(fitted.failure().hint, "take a smaller rate");
}

// Whatever the registers' width and the shape: every sum adds its products in their order, then the bias, and all of them round a
// product by itself or none does.
TEST(Perceptron, ProductsAddUpInTheirOrder) {
  PackedWeights scratch;
  std::size_t values = 0, as_fused = 0, as_rounded = 0;
  for (const std::size_t n : {6u, 12u, 18u, 102u})
    for (const std::size_t k : {1u, 7u, 128u, 400u})
      for (const std::size_t m : {16u, 32u, 48u}) {
        const std::vector<float> x = normals(n * k, "x"), w = normals(k * m, "w"), bias = normals(m, "bias");
        for (const bool rectify : {false, true}) {
          std::vector<float> y(n * m, -7);
          multiply_rows(x.data(), w.data(), bias.data(), y.data(), n, k, m, rectify, scratch);
          for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < m; ++j) {
              float fused = 0, rounded = 0;
              for (std::size_t a = 0; a < k; ++a) {
                fused = std::fma(x[i * k + a], w[a * m + j], fused);
                const volatile float product = x[i * k + a] * w[a * m + j];
                rounded += product;
              }
              fused += bias[j];
              rounded += bias[j];
              ++values;
              as_fused += y[i * m + j] == (rectify ? std::max(0.0f, fused) : fused);
              as_rounded += y[i * m + j] == (rectify ? std::max(0.0f, rounded) : rounded);
            }
        }
      }
  EXPECT_EQ(std::max(as_fused, as_rounded), values) << as_fused << " fused, " << as_rounded << " rounded";
  EXPECT_NE(as_fused, as_rounded);
}

TEST(NeuralNetwork, SigmoidLayersAreWhatTheFormulaSays) {
  const std::size_t sizes[] = {3, 5, 2};
  const Perceptron net = random_perceptron(sizes, Perceptron::Activation::sigmoid, Stream(2, "net"));
  std::vector<float> x = normals(3 * 13, "x");
  x[0] = 300;  // far out, where e^x is no number any more
  x[4] = -300;
  std::vector<double> got(2 * 13);
  net.run(x, 13, got);
  for (std::size_t i = 0; i < 13; ++i)
    for (std::size_t o = 0; o < 2; ++o) {
      double sum = 0;
      for (std::size_t h = 0; h < 5; ++h) {
        double inner = 0;
        for (std::size_t j = 0; j < 3; ++j)
          inner +=
              static_cast<double>(net.layers()[0].weights[j * net.layers()[0].width + h]) * static_cast<double>(x[i * 3 + j]);
        sum += static_cast<double>(net.layers()[1].weights[h * net.layers()[1].width + o]) / (1 + std::exp(-inner));
      }
      EXPECT_NEAR(got[i * 2 + o], sum, 3e-6);
    }
}

TEST(NeuralNetwork, GradientsAreThoseOfFiniteDifferences) {
  for (const Perceptron::Activation activation : {Perceptron::Activation::relu, Perceptron::Activation::sigmoid}) {
    const std::size_t sizes[] = {7, 19, 5, 2};
    Perceptron net = random_perceptron(sizes, activation, Stream(3, "net"));
    const auto x = normals(7 * 11, "x"), y = normals(2 * 11, "y");
    std::vector<float> gradient;
    EXPECT_NEAR(perceptron_gradient(net, x, y, gradient), half_mean_square(net, x, y), 1e-5);
    std::size_t at = 0;
    const auto difference = [&](float& parameter) {
      const float was = parameter;
      constexpr float kStep = 2e-3f;
      parameter = was + kStep;
      const double above = half_mean_square(net, x, y);
      parameter = was - kStep;
      const double below = half_mean_square(net, x, y);
      parameter = was;
      return (above - below) / (2 * static_cast<double>(kStep));
    };
    for (auto& layer : net.layers()) {
      for (std::size_t i = 0; i < layer.inputs; ++i)
        for (std::size_t o = 0; o < layer.outputs; ++o, ++at)
          EXPECT_NEAR(static_cast<double>(gradient[at]), difference(layer.weights[i * layer.width + o]), 3e-3) << at;
      for (std::size_t o = 0; o < layer.outputs; ++o, ++at)
        EXPECT_NEAR(static_cast<double>(gradient[at]), difference(layer.bias[o]), 3e-3) << at;
    }
    EXPECT_EQ(at, gradient.size());
  }
}

TEST(NeuralNetwork, OneStepOfAdamMovesEveryWeightByTheRate) {
  // The first step is rate * g / |g|, whatever the gradient's size (Kingma and Ba 2015, section 2.1).
  const std::size_t sizes[] = {4, 1};
  Perceptron net = random_perceptron(sizes, Perceptron::Activation::relu, Stream(3, "net"));
  const auto x = normals(4 * 6, "x"), y = normals(6, "y");
  std::vector<float> gradient;
  perceptron_gradient(net, x, y, gradient);
  const auto before = net.layers()[0];
  train_perceptron(net, x, y, {Optimizer::adam, 1, 6, 0.01, 0}, Stream(1, "train"));
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(net.layers()[0].weights[i * 16] - before.weights[i * 16], gradient[i] > 0 ? -0.01 : 0.01, 1e-5);
  EXPECT_NEAR(net.layers()[0].bias[0], gradient[4] > 0 ? -0.01 : 0.01, 1e-5);
  // And of gradient descent, rate * (g + decay * w).
  Perceptron plain = random_perceptron(sizes, Perceptron::Activation::relu, Stream(3, "net"));
  train_perceptron(plain, x, y, {Optimizer::sgd, 1, 6, 0.01, 0.5}, Stream(1, "train"));
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(plain.layers()[0].weights[i * 16], before.weights[i * 16] * (1 - 0.005f) - 0.01f * gradient[i], 1e-5);
}

TEST(NeuralNetwork, PaddingStaysZero) {
  const std::size_t sizes[] = {5, 19, 3, 1};
  for (const Perceptron::Activation activation : {Perceptron::Activation::relu, Perceptron::Activation::sigmoid})
    for (const Optimizer optimizer : {Optimizer::adam, Optimizer::sgd}) {
      Perceptron net = random_perceptron(sizes, activation, Stream(3, "net"));
      train_perceptron(net, normals(5 * 50, "x"), normals(50, "y"), {optimizer, 20, 16, 0.01, 0.1}, Stream(1, "train"));
      for (const auto& layer : net.layers())
        for (std::size_t i = 0; i < layer.height; ++i)
          for (std::size_t o = 0; o < layer.width; ++o)
            if (i >= layer.inputs || o >= layer.outputs) {
              ASSERT_EQ(layer.weights[i * layer.width + o], 0) << i << " " << o;
            }
    }
}

TEST(NeuralNetwork, LearnsTheExclusiveOr) {
  Rows rows;
  rows.d = 4;
  for (int repeat = 0; repeat < 10; ++repeat)
    for (const auto& [a, b] : {std::pair{0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
      for (const int bit : {1 - a, a, 1 - b, b}) rows.x.push_back(static_cast<float>(bit));
      rows.y.push_back(a ^ b);
    }
  for (const auto& [name, arguments] : {std::pair<std::string, nlohmann::json>{"mlp", {{"epochs", 500}, {"weight_decay", 0}}},
                                        {"lpm", {{"optimizer", "adam"}, {"rate", 0.01}, {"epochs", 3000}}}}) {
    const auto predictor = make_predictor(name, arguments);
    ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(2, "xor")));
    const auto got = predictions(*predictor, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(got[i], rows.y[i], 0.05) << name;
  }
}

TEST(NeuralNetwork, LpmHasTheSizeOfThePaper) {
  Rows rows = real_rows(12, 112);
  const auto lpm = make_predictor("lpm", {{"epochs", 1}});
  ASSERT_TRUE(lpm->fit(rows.x, rows.y, Stream(1, "lpm")));
  std::size_t parameters = 0;
  const auto state = lpm->state();
  for (const auto& [name, values] : state->arrays)
    if (name.starts_with("weights") || name.starts_with("bias")) parameters += values.size();
  EXPECT_EQ(parameters, 58097u);
}

TEST(NeuralNetwork, UnitsOfTargetsAndFeaturesDoNotMatter) {
  // Powers of two change no digit.
  const Rows rows = real_rows(100, 4), unseen = real_rows(50, 4, 0.1, 2);
  Rows scaled = rows, scaled_unseen = unseen;
  for (double& y : scaled.y) y /= 1024;
  for (auto* part : {&scaled, &scaled_unseen})
    for (float& x : part->x) x *= 4096;
  const auto a = make_predictor("mlp", {{"epochs", 30}}), b = make_predictor("mlp", {{"epochs", 30}});
  ASSERT_TRUE(a->fit(rows.x, rows.y, Stream(1, "mlp")));
  ASSERT_TRUE(b->fit(scaled.x, scaled.y, Stream(1, "mlp")));
  const auto expected = predictions(*a, unseen), got = predictions(*b, scaled_unseen);
  for (std::size_t i = 0; i < unseen.size(); ++i) EXPECT_EQ(got[i] * 1024, expected[i]);
}

TEST(NeuralNetwork, FineTuningGoesOnFromWhatWasRestored) {
  const Rows rows = one_hot_rows(1500, 6, 0.05), unseen = one_hot_rows(500, 6, 0, 3);
  Rows other = one_hot_rows(40, 6, 0.05, 2), other_unseen = unseen;
  for (auto* part : {&other, &other_unseen})
    for (double& y : part->y) y = 1e-3 * (y + 0.05 * y * y);  // another device: other units, bent
  const auto source = make_predictor("mlp", {{"epochs", 200}});
  ASSERT_TRUE(source->fit(rows.x, rows.y, Stream(1, "source")));
  const auto saved = source->state();
  const auto tuned = [&](std::size_t layers) {
    const auto predictor = make_predictor("mlp", {{"epochs", 200}});
    EXPECT_TRUE(predictor->restore(*saved));
    FineTuning tuning;
    tuning.layers = layers;
    const auto made = predictor->fine_tuned(other.x, other.y, tuning, Stream(2, "tune"));
    EXPECT_TRUE(made);
    return *made;
  };
  const auto scratch = make_predictor("mlp", {{"epochs", 200}});
  ASSERT_TRUE(scratch->fit(other.x, other.y, Stream(2, "tune")));
  const double from_scratch = rmse(predictions(*scratch, other_unseen), other_unseen.y);
  for (const std::size_t layers : {0u, 1u})
    EXPECT_LT(rmse(predictions(*tuned(layers), other_unseen), other_unseen.y), 0.5 * from_scratch);
  EXPECT_TRUE(same_bits(predictions(*tuned(0), unseen), predictions(*tuned(0), unseen)));
  // Only the last layer has learnt.
  const auto last = tuned(1)->state();
  for (const auto& [name, values] : last->arrays)
    for (const auto& [before, were] : saved->arrays)
      if (name == before && (name.starts_with("weights") || name.starts_with("bias"))) {
        EXPECT_EQ(same_bits(values, were), !name.ends_with("3")) << name;
      }

  const auto refused = scratch->fine_tuned(std::vector<float>(10), std::vector<double>(2), {}, Stream(1, ""));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().message, "mlp has learnt from 18 features, not 5");
}

TEST(NeuralNetwork, IsExactWhateverTheArguments) {
  for (const auto& [name, arguments] : {std::pair<std::string, nlohmann::json>{"mlp", {{"epochs", 30}}},
                                        {"mlp", {{"epochs", 10}, {"layers", {33, 7, 20}}, {"batch", 11}}},
                                        {"lpm", {{"epochs", 10}}},
                                        {"lpm", {{"epochs", 10}, {"optimizer", "adam"}}}}) {
    expect_exact(name, arguments, one_hot_rows(120, 5), one_hot_rows(531, 5, 0.1, 2));
    expect_exact(name, arguments, real_rows(120, 5), real_rows(531, 5, 0.1, 2));
  }
}
