// ONNX models: the few messages of onnx.proto that a network needs, in the wire format of protocol buffers.
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include "stdlib/outputs/network_files.h"

namespace nas {
namespace {

/// One message in the wire format: fields one after another.
class Message {
 public:
  Message& number(int field, std::int64_t value) {
    varint(static_cast<std::uint64_t>(field) << 3);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& real(int field, float value) {
    varint(static_cast<std::uint64_t>(field) << 3 | 5);
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    bytes_.append(bytes, sizeof value);
    return *this;
  }
  Message& text(int field, std::string_view value) {
    varint(static_cast<std::uint64_t>(field) << 3 | 2);
    varint(value.size());
    bytes_.append(value);
    return *this;
  }
  Message& message(int field, const Message& value) { return text(field, value.bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 128; value >>= 7) bytes_ += static_cast<char>(value | 128);
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
};

// Field numbers and values of enums in onnx.proto.
enum Model { kIrVersion = 1, kProducer = 2, kProducerVersion = 3, kGraph = 7, kOpset = 8, kFacts = 14 };
enum GraphField { kNode = 1, kGraphName = 2, kInitializer = 5, kInput = 11, kOutput = 12 };
enum NodeField { kNodeInput = 1, kNodeOutput = 2, kNodeName = 3, kOperator = 4, kAttribute = 5 };
enum AttributeField { kName = 1, kReal = 2, kInteger = 3, kIntegers = 8, kType = 20 };
enum AttributeType { kRealType = 1, kIntegerType = 2, kIntegersType = 7 };
enum TensorField { kSide = 1, kElement = 2, kTensorName = 8, kRaw = 9 };
enum Element { kFloat = 1, kInt64 = 7 };

Message integer(std::string_view name, std::int64_t value) {
  return Message().text(kName, name).number(kInteger, value).number(kType, kIntegerType);
}
Message real(std::string_view name, double value) {
  return Message().text(kName, name).real(kReal, static_cast<float>(value)).number(kType, kRealType);
}
Message integers(std::string_view name, const std::vector<std::int64_t>& values) {
  Message attribute;
  attribute.text(kName, name);
  for (const auto value : values) attribute.number(kIntegers, value);
  return attribute.number(kType, kIntegersType);
}

Message value_info(std::string_view name, const std::vector<std::int64_t>& sides) {
  Message shape;
  shape.message(1, Message().text(2, "N"));
  for (const auto side : sides) shape.message(1, Message().number(1, side));
  return Message().text(1, name).message(2, Message().message(1, Message().number(1, kFloat).message(2, shape)));
}

class GraphWriter {
 public:
  GraphWriter(const Network& network, const NetworkWeights& weights) : network_(network), weights_(weights) {}

  Result<Message> write() {
    for (std::size_t i = 0; i < network_.layers.size(); ++i)
      if (auto written = layer(i); !written) return written.failure();
    graph_.text(kGraphName, "network");
    const Shape &in = network_.input_shape(), &out = network_.output_shape();
    graph_.message(kInput, value_info("images", {in.channels, in.height, in.width}));
    if (is_sequence(out)) {
      add("Identity", {names_.back()}, {}, "logits");
      graph_.message(kOutput, value_info("logits", {out.height, out.channels}));
    } else {
      add("Flatten", {names_.back()}, {integer("axis", 1)}, "logits");
      graph_.message(kOutput, value_info("logits", {out.elements()}));
    }
    return std::move(graph_);
  }

 private:
  /// A node of one output, which is called `output` or after the layer; returns its name.
  std::string add(std::string_view op, const std::vector<std::string>& inputs, const std::vector<Message>& attributes = {},
                  std::string output = "") {
    if (output.empty()) output = fmt::format("v{}", made_);
    Message node;
    for (const auto& input : inputs) node.text(kNodeInput, input);
    node.text(kNodeOutput, output).text(kNodeName, fmt::format("{}_{}", path_, made_++)).text(kOperator, op);
    for (const auto& attribute : attributes) node.message(kAttribute, attribute);
    graph_.message(kNode, node);
    return output;
  }
  template <typename T>
  std::string constant(const std::string& name, Element element, const std::vector<std::int64_t>& shape,
                       const std::vector<T>& values) {
    Message tensor;
    for (const auto side : shape) tensor.number(kSide, side);
    tensor.number(kElement, element).text(kTensorName, name);
    tensor.text(kRaw, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
    graph_.message(kInitializer, tensor);
    return name;
  }
  std::string whole_numbers(std::vector<std::int64_t> values) {
    return constant(fmt::format("c{}", made_++), kInt64, {static_cast<std::int64_t>(values.size())}, values);
  }
  std::string scalar(double value) {
    return constant<float>(fmt::format("c{}", made_++), kFloat, {}, {static_cast<float>(value)});
  }
  /// A value is N x channels x height x width, that of a sequence N x tokens x channels.
  static bool is_sequence(const Shape& shape) { return shape.width == 1 && shape.height > 1; }
  std::string as_image(const std::string& x, const Shape& shape) {
    return is_sequence(shape) ? add("Unsqueeze", {add("Transpose", {x}, {integers("perm", {0, 2, 1})}), whole_numbers({3})}) : x;
  }
  std::string as_tokens(const std::string& x, const Shape& shape) {
    if (is_sequence(shape)) return x;
    return add("Transpose", {add("Reshape", {x, whole_numbers({0, shape.channels, -1})})}, {integers("perm", {0, 2, 1})});
  }
  std::string from_image(const std::string& x, const Shape& shape) {
    return is_sequence(shape) ? as_tokens(x, {shape.channels, 1, 1}) : x;
  }
  std::string from_tokens(const std::string& x, const Shape& shape) {
    if (is_sequence(shape)) return x;
    const std::string channels_first = add("Transpose", {x}, {integers("perm", {0, 2, 1})});
    return add("Reshape", {channels_first, whole_numbers({0, shape.channels, shape.height, shape.width})});
  }
  /// The number of images at hand and what follows it, as a shape.
  std::string batch_of(const std::vector<std::int64_t>& sides) {
    const std::string batch = add("Slice", {add("Shape", {"images"}), whole_numbers({0}), whole_numbers({1})});
    return add("Concat", {batch, whole_numbers(sides)}, {integer("axis", 0)});
  }
  /// softmax(query key' / sqrt(width of a head)) value for each head.
  std::string attention(const Layer& l, const std::vector<std::string>& in) {
    const std::int64_t inner = l.in.channels / l.heads;
    const auto by_head = [&](const std::string& x, const std::vector<std::int64_t>& order) {
      return add("Transpose", {add("Reshape", {x, whole_numbers({0, 0, l.heads, -1})})}, {integers("perm", order)});
    };
    const std::string query = add("Mul", {by_head(in[0], {0, 2, 1, 3}), scalar(1 / std::sqrt(static_cast<double>(inner)))});
    std::string scores = add("MatMul", {query, by_head(in[1], {0, 2, 3, 1})});
    if (l.causal) {
      const std::int64_t queries = l.in.height, keys = l.kernel;
      std::vector<float> mask;
      for (std::int64_t i = 0; i < queries; ++i)
        for (std::int64_t j = 0; j < keys; ++j) mask.push_back(j > i ? -std::numeric_limits<float>::infinity() : 0);
      scores = add("Add", {scores, constant(fmt::format("c{}", made_++), kFloat, {queries, keys}, mask)});
    }
    const std::string mixed = add("MatMul", {add("Softmax", {scores}, {integer("axis", 3)}), by_head(in[2], {0, 2, 1, 3})});
    return add("Reshape", {add("Transpose", {mixed}, {integers("perm", {0, 2, 1, 3})}), whole_numbers({0, 0, -1})});
  }
  std::string array(std::size_t layer, const char* role, const NetworkWeights::Array& a) {
    return constant(fmt::format("layers.{}.{}", layer, role), kFloat, a.shape, a.values);
  }

  Result<void> layer(std::size_t i) {
    const Layer& l = network_.layers[i];
    const NetworkWeights::Layer& w = weights_.layers[i];
    path_ = l.path;
    std::vector<std::string> in;
    const auto shape_of = [&](std::size_t j) -> const Shape& {
      return network_.layers[static_cast<std::size_t>(l.inputs[j])].out;
    };
    const bool elementwise = l.kind == LayerKind::activation || l.kind == LayerKind::add || l.kind == LayerKind::multiply;
    const bool by_token = l.kind == LayerKind::layer_norm || l.kind == LayerKind::attention || l.kind == LayerKind::first_rows ||
                          l.kind == LayerKind::flatten || l.kind == LayerKind::concat_length || l.kind == LayerKind::learned ||
                          (l.kind == LayerKind::linear && l.out.height * l.out.width > 1);
    const bool tokens = by_token || (elementwise && is_sequence(l.out));
    for (std::size_t j = 0; j < l.inputs.size(); ++j) {
      const std::string& name = names_[static_cast<std::size_t>(l.inputs[j])];
      in.push_back(tokens ? as_tokens(name, shape_of(j)) : as_image(name, shape_of(j)));
    }
    std::string out;
    switch (l.kind) {
      case LayerKind::input:
        if (i > 0 || is_sequence(l.out))
          return Failure{"E848", fmt::format("the tokens of {} cannot be written as ONNX", l.path), "networks of one image can"};
        out = "images";
        break;
      case LayerKind::conv: {
        // As LibTorch's back end reads `pad`: kernel / 2 around, twice that with dilation 2, or further into the image.
        const std::int64_t pad = std::max(l.pad, 0), dilation = l.kernel > 1 && l.pad > 0 ? l.pad / (l.kernel / 2) : 1;
        if (l.pad < 0) {
          const std::int64_t far = std::int64_t{1} << 40;
          in[0] = add("Slice", {in[0], whole_numbers({-l.pad, -l.pad}), whole_numbers({far, far}), whole_numbers({2, 3})});
        }
        std::vector<std::string> inputs = {in[0], array(i, "weight", w.weight)};
        if (!w.bias.values.empty()) inputs.push_back(array(i, "bias", w.bias));
        out = add(
            "Conv", inputs,
            {integers("kernel_shape", {l.kernel, l.kernel}), integers("strides", {l.stride, l.stride}),
             integers("pads", {pad, pad, pad, pad}), integers("dilations", {dilation, dilation}), integer("group", l.groups)});
        break;
      }
      case LayerKind::batch_norm:
        out = add("BatchNormalization",
                  {in[0], array(i, "weight", w.weight), array(i, "bias", w.bias), array(i, "running_mean", w.mean),
                   array(i, "running_var", w.variance)},
                  {real("epsilon", l.epsilon)});
        break;
      case LayerKind::activation:
        out = activation(in[0], l.act);
        break;
      case LayerKind::max_pool:
        out = add("MaxPool", in, window(l));
        break;
      case LayerKind::avg_pool: {
        auto attributes = window(l);
        attributes.push_back(integer("count_include_pad", 0));
        out = add("AveragePool", in, attributes);
        break;
      }
      case LayerKind::global_avg_pool:
        out = add("GlobalAveragePool", in);
        break;
      case LayerKind::linear: {
        if (tokens) {
          const std::int64_t wide = l.in.channels, made = l.out.channels;
          std::vector<float> turned(w.weight.values.size());
          for (std::int64_t o = 0; o < made; ++o)
            for (std::int64_t c = 0; c < wide; ++c)
              turned[static_cast<std::size_t>(c * made + o)] = w.weight.values[static_cast<std::size_t>(o * wide + c)];
          out = add("MatMul", {in[0], array(i, "weight", {{wide, made}, std::move(turned)})});
          if (!w.bias.values.empty()) out = add("Add", {out, array(i, "bias", w.bias)});
          break;
        }
        std::vector<std::string> inputs = {add("Flatten", in, {integer("axis", 1)}), array(i, "weight", w.weight)};
        if (!w.bias.values.empty()) inputs.push_back(array(i, "bias", w.bias));
        out = add("Unsqueeze", {add("Gemm", inputs, {integer("transB", 1)}), whole_numbers({2, 3})});
        break;
      }
      case LayerKind::add:
        out = chain("Add", in);
        break;
      case LayerKind::multiply:
        out = chain("Mul", in);
        break;
      case LayerKind::concat:
        out = add("Concat", in, {integer("axis", 1)});
        break;
      case LayerKind::zero:
        out = add("ConstantOfShape",
                  {batch_of({l.out.channels, l.out.height, l.out.width})});  // of zeros where nothing else is said
        break;
      case LayerKind::concat_length:
        out = add("Concat", in, {integer("axis", 1)});
        break;
      case LayerKind::layer_norm:
        out = add("LayerNormalization", {in[0], array(i, "weight", w.weight), array(i, "bias", w.bias)},
                  {integer("axis", -1), real("epsilon", l.epsilon)});
        break;
      case LayerKind::attention:
        out = attention(l, in);
        break;
      case LayerKind::learned: {
        NetworkWeights::Array rows = w.weight;
        rows.shape[0] = l.out.height;
        rows.values.resize(static_cast<std::size_t>(l.out.height * l.out.channels));
        out = add("Expand", {array(i, "weight", rows), batch_of({l.out.height, l.out.channels})});
        break;
      }
      case LayerKind::first_rows:
        out = add("Slice", {in[0], whole_numbers({0}), whole_numbers({l.out.height}), whole_numbers({1})});
        break;
      case LayerKind::flatten:
        out = in[0];
        break;
      case LayerKind::embedding:
        return Failure{"E848", fmt::format("the layer {} of {} cannot be written as ONNX", layer_kind_name(l.kind), l.path),
                       "networks of one image can"};
    }
    names_.push_back(tokens ? from_tokens(out, l.out) : from_image(out, l.out));
    return {};
  }

  static std::vector<Message> window(const Layer& pool) {
    return {integers("kernel_shape", {pool.kernel, pool.kernel}), integers("strides", {pool.stride, pool.stride}),
            integers("pads", {pool.pad, pool.pad, pool.pad, pool.pad}), integer("ceil_mode", counts_partial_window(pool))};
  }
  std::string chain(std::string_view op, const std::vector<std::string>& in) {
    std::string value = in[0];
    for (std::size_t j = 1; j < in.size(); ++j) value = add(op, {value, in[j]});
    return value;
  }
  std::string activation(const std::string& x, Activation act) {
    switch (act) {
      case Activation::relu:
        return add("Relu", {x});
      case Activation::relu6:
        return add("Clip", {x, scalar(0), scalar(6)});
      case Activation::h_swish:
        return add("HardSwish", {x});
      case Activation::h_sigmoid:
        return add("HardSigmoid", {x}, {real("alpha", 1.0 / 6), real("beta", 0.5)});
      case Activation::swish:
        return add("Mul", {x, add("Sigmoid", {x})});
      case Activation::sigmoid:
        return add("Sigmoid", {x});
      case Activation::tanh:
        return add("Tanh", {x});
      case Activation::gelu: {  // x / 2 (1 + erf(x / sqrt 2)); an operator of its own only from opset 20 on
        const std::string e = add("Erf", {add("Mul", {x, scalar(1 / std::numbers::sqrt2)})});
        return add("Mul", {add("Mul", {x, scalar(0.5)}), add("Add", {e, scalar(1)})});
      }
      case Activation::none:
        break;
    }
    return add("Identity", {x});
  }

  const Network& network_;
  const NetworkWeights& weights_;
  Message graph_;
  std::vector<std::string> names_;  ///< of the values of the layers so far
  std::string path_;
  int made_ = 0;
};

}  // namespace

bool counts_partial_window(const Layer& pool) {
  auto whole = [&](std::int64_t in) { return (in + 2 * pool.pad - pool.kernel) / pool.stride + 1; };
  return pool.out.height > whole(pool.in.height) || pool.out.width > whole(pool.in.width);
}

Result<std::string> onnx_model(const Network& network, const NetworkWeights& weights, const NetworkFacts& facts) {
  auto graph = GraphWriter(network, weights).write();
  if (!graph) return graph.failure();
  Message model;
  model.number(kIrVersion, 8).text(kProducer, "nas").message(kGraph, *graph).message(kOpset, Message().text(1, "").number(2, 17));
  NetworkFacts told = facts;
  told.emplace_back("image_mean", fmt::format("{}", weights.image_mean));
  told.emplace_back("image_deviation", fmt::format("{}", weights.image_deviation));
  for (const auto& [name, value] : told) model.message(kFacts, Message().text(1, name).text(2, value));
  return model.bytes();
}

}  // namespace nas
