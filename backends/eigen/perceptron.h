#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nas {

/// A trained perceptron: layers of y = W x + b, rectified but for the last. Batches only; a row's result does not depend on the
/// rows beside it.
class Perceptron {
 public:
  /// `weights` is outputs x inputs, row-major; `bias` has one value an output. Layers fit each other.
  void add_layer(std::size_t inputs, std::size_t outputs, std::span<const float> weights, std::span<const float> bias);
  std::size_t inputs() const { return layers_.empty() ? 0 : layers_.front().inputs; }
  std::size_t outputs() const { return layers_.empty() ? 0 : layers_.back().outputs; }
  /// n x inputs -> n x outputs, row-major.
  void run(std::span<const float> x, std::size_t n, std::span<double> out) const;

 private:
  struct Layer {
    std::size_t inputs, outputs, width;  ///< outputs padded to whole lanes
    std::vector<float> weights, bias;    ///< inputs x width
  };
  std::vector<Layer> layers_;
};

}  // namespace nas
