#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "backends/eigen/perceptron.h"
#include "core/rng.h"

namespace nas {

/// How a step follows a gradient: Adam (Kingma and Ba 2015), or gradient descent with a momentum of 0.9.
enum class Optimizer { adam, sgd };

struct PerceptronTraining {
  Optimizer optimizer = Optimizer::adam;
  int epochs = 200;
  int batch = 200;              ///< rows, drawn anew in each epoch
  double rate = 1e-3;           ///< of the first step; it falls to zero as a cosine
  double weight_decay = 0;      ///< of weights, not of biases; apart from the gradient (Loshchilov and Hutter 2019) with Adam
  std::size_t first_layer = 0;  ///< layers before it stay as they are
};

/// `sizes` are the inputs, the hidden layers and the outputs. Weights are drawn as He et al. 2015 do for rectified layers, and
/// for sigmoid ones as Glorot and Bengio 2010 do, a tenth of that in the last layer; biases are zero.
Perceptron random_perceptron(std::span<const std::size_t> sizes, Perceptron::Activation activation, Stream stream);

/// The gradient of half the mean squared error at n rows of x with targets y (n x outputs), for each layer its weights (inputs x
/// outputs, row-major) and its biases. Returns the error.
double perceptron_gradient(const Perceptron& net, std::span<const float> x, std::span<const float> y,
                           std::vector<float>& gradient);

/// Minimises half the mean squared error; on one thread, in an order that the stream alone decides. Returns the mean squared
/// error of the last epoch's batches. `after_epoch` may end it by saying false.
double train_perceptron(Perceptron& net, std::span<const float> x, std::span<const float> y, const PerceptronTraining& training,
                        Stream stream, const std::function<bool()>& after_epoch = {});

}  // namespace nas
