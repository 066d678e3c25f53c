#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nas {

/// The shape of one activation without its batch dimension. Images: channels x height x width.
/// Token sequences: channels = embedding width, height = length, width = 1.
struct Shape {
  std::int64_t channels = 0;
  std::int64_t height = 0;
  std::int64_t width = 0;

  std::int64_t elements() const { return channels * height * width; }
  bool operator==(const Shape&) const = default;
};

/// The primitive layers that back ends implement. Composite operators (mbconv, squeeze and excite, residual blocks,
/// attention blocks) are expanded into these, so that a back end never sees a composite.
enum class LayerKind : std::uint8_t {
  input,
  conv,             ///< kernel x kernel, groups, stride, bias; `pad` kernel/2, twice that: dilation 2, -1: a row and column on
  batch_norm,       ///< per channel; epsilon
  activation,
  max_pool,         ///< kernel, stride, padding kernel/2; `out` says whether a last window that only partly fits counts
  avg_pool,         ///< kernel, stride, padding kernel/2 (padding not counted); kernel == stride without padding when pad is 0
  global_avg_pool,
  linear,           ///< on the channel axis; bias
  add,
  multiply,         ///< elementwise; a 1x1 operand is broadcast (squeeze and excite)
  concat,           ///< along channels
  concat_length,    ///< along height: sequences one after the other
  zero,             ///< all zeros, shape of `out` (stride subsamples)
  layer_norm,
  attention,        ///< scaled dot product over inputs query, key, value; heads; causal; kernel = length of keys and values
  embedding,        ///< row `ids[i]` of a table of `kernel` rows
  learned,          ///< the first rows of a learnt table of `kernel` rows, whatever the input holds
  first_rows,       ///< the first rows of a sequence, as many as `out` has
  flatten,          ///< the points of an image, row by row, as a sequence
};

enum class Activation : std::uint8_t { none, relu, relu6, h_swish, h_sigmoid, swish, sigmoid, gelu, tanh };

/// One primitive layer of a concrete network. `inputs` are indices of earlier layers.
struct Layer {
  LayerKind kind = LayerKind::input;
  Activation act = Activation::none;
  bool bias = false;
  bool causal = false;
  std::int32_t kernel = 1;  ///< of an embedding or a learnt table: its rows
  std::int32_t stride = 1;
  std::int32_t pad = 0;
  std::int32_t groups = 1;
  std::int32_t heads = 1;
  float epsilon = 1e-5f;
  std::int32_t slot = -1;  ///< index into `Space::weight_slots()`, -1 where the layer has no weights
  Shape in;                ///< shape of the first input
  Shape out;
  std::vector<std::int32_t> inputs;
  std::string path;        ///< where in the space it was written: "stage[2].block[3].mbconv.depthwise"
};

/// The largest weights that any network of a space needs at one place. A network with smaller ones uses the leading
/// channels and the centre of the kernel (elastic width and kernel); operators chosen between have slots of their own.
struct WeightSlot {
  std::string path;
  LayerKind kind = LayerKind::conv;
  bool depthwise = false;
  bool bias = false;
  std::int32_t kernel = 1;
  std::int64_t in_channels = 0;   ///< per group for a grouped convolution that is not depthwise
  std::int64_t out_channels = 0;
};

/// What one architecture builds: layers in topological order, the last one is the output.
struct Network {
  std::vector<Layer> layers;

  const Shape& input_shape() const { return layers.front().out; }
  const Shape& output_shape() const { return layers.back().out; }
  /// Multiply-accumulate operations of one input, batch 1: convolutions, linear layers and attention products only
  /// (the convention of once-for-all and DyNAS-T's 2022 tables; supernets.md 2.2).
  std::int64_t macs() const;
  /// Trainable parameters: convolution and linear weights, biases, two per normalised channel.
  std::int64_t params() const;
  /// Peak of the activation bytes alive at once when the layers run in order, batch 1, float32; batch norm and
  /// activations work in place, an activation lives until its last use.
  std::int64_t peak_memory_bytes() const;
};

std::int64_t layer_macs(const Layer& layer);
std::int64_t layer_params(const Layer& layer);
const char* layer_kind_name(LayerKind kind);
const char* activation_name(Activation act);

}  // namespace nas
