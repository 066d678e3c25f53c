#include "backends/torch/layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace nas::torch_backend {
namespace {

/// Products go through oneDNN wherever it is there: left to itself, LibTorch sends matrix products, and 1x1 convolutions of few images on
/// one thread, through BLAS, and that of Debian's package is the reference one, ten to fifty times slower.
bool through_onednn(const torch::Tensor& x) {
  static const bool has_onednn = at::globalContext().hasMKLDNN();
  return has_onednn && x.is_cpu() && x.scalar_type() == torch::kFloat32;
}

torch::Tensor convolved(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, std::int64_t stride, std::int64_t pad,
                        std::int64_t dilation, std::int64_t groups) {
  const std::array<std::int64_t, 2> strides{stride, stride}, pads{pad, pad}, dilations{dilation, dilation};
  // Channels last, so that nothing is reordered between layers.
  const auto images = x.contiguous(at::MemoryFormat::ChannelsLast);
  const auto y = through_onednn(x) ? torch::mkldnn_convolution(images, weight, bias, pads, strides, dilations, groups)
                                   : torch::conv2d(images, weight, bias, strides, pads, dilations, groups);
  return y.contiguous(at::MemoryFormat::ChannelsLast);
}

/// g x m x k times g x k x n, as a 1x1 convolution of g groups: the first factor is its weights.
torch::Tensor multiplied(const torch::Tensor& a, const torch::Tensor& b) {
  if (!through_onednn(a)) return torch::matmul(a, b);
  const std::int64_t g = a.size(0), m = a.size(1), k = a.size(2), n = b.size(2);
  const std::array<std::int64_t, 2> one{1, 1}, none{0, 0};
  return torch::mkldnn_convolution(b.reshape({1, g * k, n, 1}), a.reshape({g * m, k, 1, 1}), {}, none, one, one, g).view({g, m, n});
}

/// The same with gradients that are products again: those of a convolution's weights take oneDNN ten times as long.
struct Product : torch::autograd::Function<Product> {
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& a, const torch::Tensor& b) {
    context->save_for_backward({a, b});
    return multiplied(a, b);
  }
  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context, const torch::autograd::tensor_list& gradient) {
    const auto saved = context->get_saved_variables();
    return {multiplied(gradient[0], saved[1].transpose(1, 2)), multiplied(saved[0].transpose(1, 2), gradient[0])};
  }
};

torch::Tensor product(const torch::Tensor& a, const torch::Tensor& b) {
  return torch::GradMode::is_enabled() ? Product::apply(a, b) : multiplied(a, b);
}

/// n x length x channels, from a value between two layers, and back.
torch::Tensor tokens(const torch::Tensor& x) { return x.permute({0, 2, 3, 1}).flatten(1, 2); }
torch::Tensor as_value(const torch::Tensor& sequence) { return sequence.transpose(1, 2).unsqueeze(3); }

/// softmax(query key' / sqrt(width of a head)) value for each head (Vaswani et al. 2017, equation 1).
torch::Tensor attention(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value, std::int64_t heads, bool causal) {
  const std::int64_t n = query.size(0), length = query.size(2), groups = n * heads;
  const auto by_head = [&](const torch::Tensor& x) { return x.reshape({groups, x.size(1) / heads, x.size(2)}); };
  const double scale = 1 / std::sqrt(static_cast<double>(query.size(1) / heads));
  auto scores = product(by_head(key).transpose(1, 2), by_head(query) * scale);  // keys x queries
  if (causal) {
    const auto later = torch::ones({key.size(2), length}, query.options().dtype(torch::kBool)).tril(-1);
    scores = scores.masked_fill(later, -std::numeric_limits<double>::infinity());
  }
  return product(by_head(value), torch::softmax(scores, 1)).view({n, value.size(1), length, 1});
}

/// True where the last window of a pool only partly fits and counts all the same.
bool partial_window(const nas_layer& pool) {
  for (const int side : {1, 2})
    if (pool.out[side] > (pool.in[side] + 2 * pool.pad - pool.kernel) / pool.stride + 1) return true;
  return false;
}

}  // namespace

torch::Tensor activate(const torch::Tensor& x, Activation act) {
  switch (act) {
    case Activation::relu: return torch::relu(x);
    case Activation::relu6: return torch::clamp(x, 0, 6);
    case Activation::h_swish: return torch::hardswish(x);
    case Activation::h_sigmoid: return torch::hardsigmoid(x);
    case Activation::swish: return torch::silu(x);
    case Activation::sigmoid: return torch::sigmoid(x);
    case Activation::gelu: return torch::gelu(x);
    case Activation::tanh: return torch::tanh(x);
    case Activation::none: break;
  }
  return x;
}

torch::Tensor applied(const nas_layer& layer, const std::vector<torch::Tensor>& in, const torch::Tensor& weight, const torch::Tensor& bias,
                      std::int64_t batch, const torch::TensorOptions& placed) {
  switch (static_cast<LayerKind>(layer.kind)) {
    case LayerKind::conv: {
      // `pad` as LayerKind::conv has it: how far apart a window's points lie, and what is left of the image.
      const std::int64_t pad = std::max(layer.pad, 0), dilation = layer.kernel > 1 && layer.pad > 0 ? layer.pad / (layer.kernel / 2) : 1;
      const auto images = layer.pad >= 0 ? in[0] : in[0].slice(2, -layer.pad).slice(3, -layer.pad);
      return convolved(images, weight, bias, layer.stride, pad, dilation, layer.groups);
    }
    case LayerKind::linear: return convolved(in[0], weight.unsqueeze(2).unsqueeze(3), bias, 1, 0, 1, 1);
    case LayerKind::activation: return activate(in[0], static_cast<Activation>(layer.act));
    case LayerKind::max_pool: return torch::max_pool2d(in[0], layer.kernel, layer.stride, layer.pad, 1, partial_window(layer));
    case LayerKind::avg_pool: return torch::avg_pool2d(in[0], layer.kernel, layer.stride, layer.pad, partial_window(layer), false);
    case LayerKind::global_avg_pool: return in[0].mean({2, 3}, true);
    case LayerKind::add: {
      torch::Tensor sum = in[0];
      for (std::size_t j = 1; j < in.size(); ++j) sum = sum + in[j];
      return sum;
    }
    case LayerKind::multiply: {
      torch::Tensor all = in[0];
      for (std::size_t j = 1; j < in.size(); ++j) all = all * in[j];
      return all;
    }
    case LayerKind::concat: return torch::cat(in, 1);
    case LayerKind::concat_length: {
      std::vector<torch::Tensor> parts;
      for (const auto& part : in) parts.push_back(tokens(part));
      return as_value(torch::cat(parts, 1));
    }
    case LayerKind::zero: return torch::zeros({batch, layer.out[0], layer.out[1], layer.out[2]}, placed);
    case LayerKind::layer_norm:
      return torch::layer_norm(in[0].permute({0, 2, 3, 1}), {layer.out[0]}, weight, bias, layer.epsilon).permute({0, 3, 1, 2});
    case LayerKind::attention: return attention(in[0], in[1], in[2], layer.heads, layer.causal != 0);
    case LayerKind::embedding: return as_value(torch::embedding(weight, tokens(in[0]).squeeze(2).to(torch::kInt64)));
    case LayerKind::learned: return as_value(weight.narrow(0, 0, layer.out[1]).unsqueeze(0).expand({batch, -1, -1}));
    case LayerKind::first_rows: return in[0].narrow(2, 0, layer.out[1]);
    case LayerKind::flatten: return as_value(tokens(in[0]));
    case LayerKind::input:
    case LayerKind::batch_norm: break;  // their values are the caller's
  }
  throw std::runtime_error(std::string("this back end has no layer ") + layer_kind_name(static_cast<LayerKind>(layer.kind)));
}

}  // namespace nas::torch_backend
