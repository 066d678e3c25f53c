#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace nas {

/// Weights k x m in panels of columns that lie together: a panel is read row by row while the rows of a batch pass it.
class PackedWeights {
 public:
  /// m is a multiple of 16.
  void pack(const float* w, std::size_t k, std::size_t m);
  const float* data() const { return lines_.empty() ? nullptr : lines_.front().data(); }

 private:
  /// A line of the cache: a load across two of them counts twice.
  struct alignas(64) Line : std::array<float, 16> {};
  std::vector<Line> lines_;
};

/// Layers of y = W x + b with an activation behind each but the last. Batches only; a row's result does not depend on the rows
/// beside it.
class Perceptron {
 public:
  enum class Activation { relu, sigmoid };
  struct Layer {
    std::size_t inputs, outputs;
    std::size_t height, width;         ///< inputs as they come and outputs, padded to whole lanes behind the first layer
    std::vector<float> weights, bias;  ///< height x width; zero where they are padded
  };

  explicit Perceptron(Activation activation = Activation::relu) : activation_(activation) {}
  /// `weights` is outputs x inputs, row-major; `bias` has one value an output. Layers fit each other.
  void add_layer(std::size_t inputs, std::size_t outputs, std::span<const float> weights, std::span<const float> bias);
  std::size_t inputs() const { return layers_.empty() ? 0 : layers_.front().inputs; }
  std::size_t outputs() const { return layers_.empty() ? 0 : layers_.back().outputs; }
  Activation activation() const { return activation_; }
  const std::vector<Layer>& layers() const { return layers_; }
  /// Weights that change are no longer packed.
  std::vector<Layer>& layers() {
    packed_.clear();
    return layers_;
  }
  /// Lays the weights out as `run` reads them, which otherwise every batch does for itself.
  void pack();
  /// n x inputs -> n x outputs, row-major.
  void run(std::span<const float> x, std::size_t n, std::span<double> out) const;
  /// What leaves a layer: rows x height -> rows x width; `rows` is a multiple of kRowsTogether. `scratch` is kept between calls.
  void run_layer(std::size_t layer, const float* x, std::size_t rows, float* y, PackedWeights& scratch) const;

  static constexpr std::size_t kRowsTogether = 6;

 private:
  Activation activation_;
  std::vector<Layer> layers_;
  std::vector<PackedWeights> packed_;  ///< by layer, or none
};

/// y = x w + bias, n x k times k x m; n is a multiple of Perceptron::kRowsTogether, m of 16. Without `bias` it is zero.
void multiply_rows(const float* x, const PackedWeights& w, const float* bias, float* y, std::size_t n, std::size_t k,
                   std::size_t m, bool rectify);
/// The same with weights as they stand, packed into `scratch`, which is kept between calls.
void multiply_rows(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k, std::size_t m,
                   bool rectify, PackedWeights& scratch);

}  // namespace nas
