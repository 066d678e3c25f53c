#include <fmt/format.h>

#include <cmath>

#include "core/layer.h"
#include "stdlib/layers/epsilon.h"

namespace nas {
namespace {

using Type = LayerParam::Type;

const std::vector<std::string> kActivations = {"none",  "relu",    "relu6", "h_swish", "h_sigmoid",
                                               "swish", "sigmoid", "gelu",  "tanh"};

LayerParam kernel_param(int value) {
  return {.name = "kernel", .type = Type::whole, .default_value = value, .help = "kernel size", .aliases = {"k"}, .at_least = 1};
}
LayerParam stride_param() {
  return {.name = "stride", .type = Type::whole, .default_value = 1, .help = "step in height and width", .at_least = 1};
}
LayerParam out_param(bool required = false) {
  return {.name = "out",
          .type = Type::whole,
          .default_value = {},
          .help = "output channels; as many as flow in where it is left out",
          .aliases = {"width"},
          .at_least = 1,
          .required = required};
}
LayerParam groups_param(const char* help) {
  return {.name = "groups", .type = Type::whole, .default_value = 1, .help = help, .at_least = 1};
}
LayerParam expand_param(const char* help) {
  return {.name = "expand", .type = Type::number, .default_value = 4, .help = help, .aliases = {"e"}, .at_least = 0.01};
}
LayerParam act_param(const char* value) {
  return {.name = "act",
          .type = Type::text,
          .default_value = value,
          .help = "activation",
          .labels = kActivations,
          .structural = true};
}
LayerParam flag_param(const char* name, bool value, const char* help) {
  return {.name = name, .type = Type::boolean, .default_value = value, .help = help, .structural = true};
}

Activation act_of(const LayerArguments& a) {
  return activation_named(a.text("act")).value_or(Activation::none);
}
Value out_or(const LayerArguments& a, const Value& channels) {
  return a["out"].none() ? channels : a["out"];
}

/// mid channels of an inverted bottleneck: make_divisible(round_half_even(in * expand)).
Value mid_channels(const Value& in, const Value& expand) {
  return lift({in, expand}, [](const std::vector<Value>& v, const auto&) -> Value {
    if (!v[0].number() || !v[1].number()) return Poison{};
    return make_divisible(std::nearbyint(v[0].number()->si * v[1].number()->si));
  });
}

Value conv_norm_act(LayerBuilder& b, const std::string& name, const Value& x, const Value& out, const Value& kernel,
                    const Value& stride, const Value& groups, Activation act, float epsilon) {
  Value y = b.conv(name, x, out, kernel, stride, groups);
  y = b.batch_norm(name + "_norm", y, epsilon);
  return b.activation(name + "_act", y, act);
}

/// Squeeze and excite with make_divisible(mid // 4) channels, ReLU then hard sigmoid, both convolutions biased.
Value squeeze_excite(LayerBuilder& b, const Value& x, std::int64_t reduction) {
  const Value channels = b.channels(x);
  const Value squeeze = lift({channels}, [reduction](const std::vector<Value>& v, const auto&) -> Value {
    return v[0].integer() ? Value(make_divisible(static_cast<double>(*v[0].integer() / reduction))) : Value(Poison{});
  });
  Value s = b.global_pool("se_pool", x);
  s = b.conv("se_reduce", s, squeeze, 1, 1, 1, true);
  s = b.activation("se_relu", s, Activation::relu);
  s = b.conv("se_expand", s, channels, 1, 1, 1, true);
  s = b.activation("se_gate", s, Activation::h_sigmoid);
  return b.combine("se_scale", LayerKind::multiply, {x, s});
}

/// The block's output plus its input where the stride is 1 and the shapes agree.
Value with_residual(LayerBuilder& b, const Value& x, const Value& y, const Value& stride) {
  const Value fits = lift({b.shape(x), b.shape(y), stride},
                          [](const std::vector<Value>& v, const auto&) { return Value(v[0] == v[1] && v[2] == Value(1)); });
  return b.when(fits, y, [&](const Value& z) { return b.combine("residual", LayerKind::add, {z, x}); });
}

Value expand_conv(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Value out = out_or(a, b.channels(x[0]));
  const bool norm = a.flag("norm"), bias = a.flag("bias");
  const Activation act = act_of(a);
  const bool act_first = a.text("order") == "relu_conv_bn";
  Value y = act_first ? b.activation("act", x[0], act) : x[0];
  y = b.conv("conv", y, out, a["kernel"], a["stride"], a["groups"], bias);
  if (norm) y = b.batch_norm("norm", y, epsilon_of(a));
  return act_first ? y : b.activation("act", y, act);
}

Value expand_mbconv(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Activation act = act_of(a);
  const float epsilon = epsilon_of(a);
  const Value in = b.channels(x[0]);
  const Value mid = mid_channels(in, a["expand"]);
  const bool always_expands = a.flag("always_expand");
  const Value expands = lift({a["expand"]}, [&](const std::vector<Value>& v, const auto&) {
    return Value(always_expands || !v[0].number() || v[0].number()->si != 1);
  });
  Value y =
      b.when(expands, x[0], [&](const Value& z) { return conv_norm_act(b, "expand", z, mid, 1, 1, a["groups"], act, epsilon); });
  y = b.depthwise("depthwise", y, a["kernel"], a["stride"]);
  y = b.batch_norm("depthwise_norm", y, epsilon);
  y = b.activation("depthwise_act", y, act);
  if (a.flag("se")) y = squeeze_excite(b, y, 4);
  y = b.conv("project", y, out_or(a, in), 1, 1, a["groups"]);
  y = b.batch_norm("project_norm", y, epsilon);
  return a.flag("residual") ? with_residual(b, x[0], y, a["stride"]) : y;
}

Value expand_fused(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const float epsilon = epsilon_of(a);
  const Value in = b.channels(x[0]);
  Value y = conv_norm_act(b, "expand", x[0], mid_channels(in, a["expand"]), a["kernel"], a["stride"], 1, act_of(a), epsilon);
  if (a.flag("se")) y = squeeze_excite(b, y, 4);
  y = b.conv("project", y, out_or(a, in), 1, 1, 1);
  y = b.batch_norm("project_norm", y, epsilon);
  return with_residual(b, x[0], y, a["stride"]);
}

Value expand_residual_down(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const float epsilon = epsilon_of(a);
  Value y = b.activation("act_a", x[0], Activation::relu);
  y = b.batch_norm("norm_a", b.conv("conv_a", y, a["out"], 3, 2, 1), epsilon);
  y = b.activation("act_b", y, Activation::relu);
  y = b.batch_norm("norm_b", b.conv("conv_b", y, a["out"], 3, 1, 1), epsilon);
  Value shortcut = b.pool("pool", LayerKind::avg_pool, x[0], 2, 2);
  shortcut = b.conv("shortcut", shortcut, a["out"], 1, 1, 1);
  return b.combine("sum", LayerKind::add, {y, shortcut});
}

/// Shapes that halving fits are those of an even size.
void needs_even(LayerBuilder& b, const Value& x, const Value& out) {
  std::string wrong;
  lift({b.condition, b.shape(x), out}, [&](const std::vector<Value>& v, const std::vector<Decision>& path) {
    const auto* s = v[1].inline_if<Shape>();
    const auto* channels = v[2].integer();
    if (!always(v[0]) || !s || !channels || !wrong.empty()) return Value();
    if (s->height % 2 != 0 || s->width % 2 != 0)
      wrong = fmt::format("an image of {}x{} cannot be halved evenly", s->height, s->width);
    else if (*channels % 2 != 0)
      wrong = fmt::format("{} channels cannot be made of two halves", *channels);
    if (!wrong.empty()) b.fail(wrong, path);
    return Value();
  });
}

Value expand_factorized_reduce(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Value out = out_or(a, b.channels(x[0]));
  needs_even(b, x[0], out);
  if (!b.errors.empty()) return Poison{};
  const Value half = lift({out}, [](const std::vector<Value>& v, const auto&) { return Value(*v[0].integer() / 2); });
  const Value y = b.activation("act", x[0], Activation::relu);
  const Value even = b.conv("even", y, half, 1, 2, 1);
  const Value odd = b.conv("odd", y, half, 1, 2, 1, false, Window::shifted);
  return b.batch_norm("norm", b.combine("concat", LayerKind::concat, {even, odd}), epsilon_of(a));
}

/// ReLU, depthwise and pointwise convolution, batch norm: DARTS's sep_conv is two of them, dil_conv one.
Value separable(LayerBuilder& b, const std::string& which, const Value& x, const Value& kernel, const Value& stride,
                Window window, float epsilon) {
  Value y = b.activation("act" + which, x, Activation::relu);
  y = b.depthwise("depthwise" + which, y, kernel, stride, window);
  return b.batch_norm("norm" + which, b.conv("pointwise" + which, y, b.channels(x), 1, 1, 1), epsilon);
}

Value expand_linear(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Value image = lift({b.shape(x[0])}, [](const std::vector<Value>& v, const auto&) {
    const auto* s = v[0].inline_if<Shape>();
    return Value(s && s->width > 1);
  });
  const Value y = b.when(image, x[0], [&](const Value& z) { return b.global_pool("pool", z); });
  return b.linear("linear", y, a["out"], a.flag("bias"));
}

LayerComponent pool_layer(const char* name, const char* doc, LayerKind kind) {
  return {
      .name = name,
      .doc = doc,
      .params = {kernel_param(3), stride_param(), flag_param("ceil", false, "a last window that only partly fits counts too")},
      .expand = [kind](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
        return b.pool("", kind, x[0], a["kernel"], a["stride"], a.flag("ceil"));
      }};
}

LayerComponent combining_layer(const char* name, const char* doc, LayerKind kind) {
  return {
      .name = name,
      .doc = doc,
      .params = {},
      .inputs = -1,
      .expand = [kind](LayerBuilder& b, const LayerArguments&, const std::vector<Value>& x) { return b.combine("", kind, x); }};
}

}  // namespace

void add_image_layers(LayerVocabulary& vocabulary) {
  vocabulary.add({.name = "conv",
                  .doc = "Convolution, batch norm and activation, in that order or with the activation first.",
                  .params = {kernel_param(3),
                             out_param(),
                             stride_param(),
                             groups_param("channel groups"),
                             act_param("relu"),
                             flag_param("norm", true, "batch norm after the convolution"),
                             flag_param("bias", false, "bias of the convolution"),
                             {.name = "order",
                              .type = Type::text,
                              .default_value = "conv_bn_act",
                              .help = "which comes first",
                              .labels = {"conv_bn_act", "relu_conv_bn"},
                              .structural = true},
                             epsilon_param("batch norm epsilon")},
                  .expand = expand_conv});
  vocabulary.add({.name = "depthwise",
                  .doc = "Depthwise convolution, batch norm and activation.",
                  .params = {kernel_param(3), stride_param(), act_param("relu"), epsilon_param("batch norm epsilon")},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    Value y = b.depthwise("conv", x[0], a["kernel"], a["stride"]);
                    y = b.batch_norm("norm", y, epsilon_of(a));
                    return b.activation("act", y, act_of(a));
                  }});
  vocabulary.add(
      {.name = "mbconv",
       .doc = "Inverted bottleneck: 1x1 expansion, depthwise convolution, squeeze and excite, 1x1 projection; residual where "
              "stride is 1 and the shapes agree.",
       .params = {kernel_param(3),
                  expand_param("middle channels over input channels; 1 leaves the expansion out, unless always_expand"),
                  out_param(), stride_param(), groups_param("channel groups of the 1x1 convolutions"), act_param("relu"),
                  flag_param("se", false, "squeeze and excite"), flag_param("residual", true, "add the input where shapes allow"),
                  flag_param("always_expand", false, "the expansion stays where expand is 1"),
                  epsilon_param("batch norm epsilon")},
       .source = "Sandler et al., MobileNetV2, CVPR 2018; Howard et al., Searching for MobileNetV3, ICCV 2019",
       .expand = expand_mbconv});
  vocabulary.add(
      {.name = "fused",
       .doc = "Fused inverted bottleneck: one full convolution instead of expansion and depthwise, then a 1x1 projection.",
       .params = {kernel_param(3), expand_param("middle channels over input channels"), out_param(), stride_param(),
                  act_param("relu"), flag_param("se", false, "squeeze and excite"), epsilon_param("batch norm epsilon")},
       .source = "Tan and Le, EfficientNetV2, ICML 2021",
       .expand = expand_fused});
  vocabulary.add({.name = "squeeze_excite",
                  .doc = "Scales every channel by a gate computed from the global average.",
                  .params = {{.name = "reduction",
                              .type = Type::whole,
                              .default_value = 4,
                              .help = "channels over squeezed channels",
                              .at_least = 1,
                              .structural = true}},
                  .source = "Hu et al., Squeeze-and-Excitation Networks, CVPR 2018",
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return squeeze_excite(b, x[0], *a["reduction"].integer());
                  }});
  vocabulary.add({.name = "residual_down",
                  .doc = "NAS-Bench-201's reduction block: two 3x3 convolutions, the first with stride 2, beside an average pool "
                         "and a 1x1 convolution.",
                  .params = {out_param(true), epsilon_param("batch norm epsilon")},
                  .source = "Dong and Yang, NAS-Bench-201, ICLR 2020, section 2.1",
                  .expand = expand_residual_down});
  vocabulary.add({.name = "factorized_reduce",
                  .doc = "ReLU, two 1x1 convolutions of stride 2 side by side, the second one row and one column further, batch "
                         "norm: half the size, and every second point of each parity is read.",
                  .params = {out_param(), epsilon_param("batch norm epsilon")},
                  .source = "Liu et al., DARTS, ICLR 2019",
                  .expand = expand_factorized_reduce});
  vocabulary.add(
      {.name = "sep_conv",
       .doc = "Twice ReLU, depthwise convolution, 1x1 convolution and batch norm; the first of the two has the stride.",
       .params = {kernel_param(3), stride_param(), epsilon_param("batch norm epsilon")},
       .source = "Zoph et al., NASNet, CVPR 2018; Liu et al., DARTS, ICLR 2019",
       .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
         const Value y = separable(b, "1", x[0], a["kernel"], a["stride"], Window::same, epsilon_of(a));
         return separable(b, "2", y, a["kernel"], 1, Window::same, epsilon_of(a));
       }});
  vocabulary.add({.name = "dil_conv",
                  .doc = "ReLU, depthwise convolution of dilation 2, 1x1 convolution and batch norm.",
                  .params = {kernel_param(3), stride_param(), epsilon_param("batch norm epsilon")},
                  .source = "Liu et al., DARTS, ICLR 2019",
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return separable(b, "", x[0], a["kernel"], a["stride"], Window::dilated, epsilon_of(a));
                  }});
  vocabulary.add(pool_layer("max_pool", "Maximum over a window.", LayerKind::max_pool));
  vocabulary.add(pool_layer("avg_pool", "Average over a window; padding is not counted.", LayerKind::avg_pool));
  vocabulary.add(
      {.name = "global_pool",
       .doc = "Average of each channel over the whole image.",
       .params = {},
       .expand = [](LayerBuilder& b, const LayerArguments&, const std::vector<Value>& x) { return b.global_pool("", x[0]); }});
  vocabulary.add({.name = "linear",
                  .doc = "Fully connected layer on the channels; an image is averaged over its area first.",
                  .params = {{.name = "out",
                              .type = Type::whole,
                              .default_value = {},
                              .help = "outputs",
                              .aliases = {"classes"},
                              .at_least = 1,
                              .required = true},
                             flag_param("bias", true, "bias")},
                  .expand = expand_linear});
  vocabulary.add({.name = "batch_norm",
                  .doc = "Batch norm with learnt scale and shift.",
                  .params = {epsilon_param("batch norm epsilon")},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.batch_norm("", x[0], epsilon_of(a));
                  }});
  vocabulary.add({.name = "activation",
                  .doc = "An activation function.",
                  .params = {act_param("relu")},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.activation("", x[0], act_of(a));
                  }});
  vocabulary.add({.name = "skip",
                  .doc = "Gives its input.",
                  .params = {},
                  .expand = [](LayerBuilder&, const LayerArguments&, const std::vector<Value>& x) { return x[0]; }});
  vocabulary.add({.name = "zero",
                  .doc = "Gives zeros of its input's shape.",
                  .params = {stride_param()},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.zero("", x[0], a["stride"]);
                  }});
  vocabulary.add(combining_layer("add", "Sum of tensors of one shape.", LayerKind::add));
  vocabulary.add(combining_layer("multiply", "Product of tensors; a 1x1 tensor scales the channels.", LayerKind::multiply));
}

}  // namespace nas
