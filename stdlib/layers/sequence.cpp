#include "core/layer.h"

namespace nas {
namespace {

using Type = LayerParam::Type;

/// True where every shape is that of a token sequence (width 1, more than one row).
bool is_sequence(const LayerBuilder& b, const Value& x) {
  for (const Value& leaf : leaves(b.shape(x)))
    if (const auto* s = leaf.inline_if<Shape>(); !s || s->width != 1 || s->height <= 1) return false;
  return true;
}

Value expand_attention(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Value over = a["over"].none() ? x[0] : apply_operator(b, a["over"], x);
  const Value q = b.linear("query", x[0], a["qkv"]);
  const Value k = b.linear("key", over, a["qkv"]);
  const Value v = b.linear("value", over, a["qkv"]);
  Value y = b.attention("attention", q, k, v, a["heads"], a.flag("causal"));
  y = b.linear("output", y, b.channels(x[0]));
  y = b.combine("residual", LayerKind::add, {y, x[0]});
  return b.layer_norm("norm", y);
}

Value expand_feed_forward(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  Value y = b.linear("expand", x[0], a["hidden"]);
  y = b.activation("act", y, Activation::relu);
  y = b.linear("project", y, b.channels(x[0]));
  y = b.combine("residual", LayerKind::add, {y, x[0]});
  return b.layer_norm("norm", y);
}

}  // namespace

void add_sequence_layers(LayerVocabulary& vocabulary) {
  vocabulary.add({.name = "concat", .doc = "Images side by side in their channels; token sequences one after the other.", .params = {}, .inputs = -1,
                  .expand = [](LayerBuilder& b, const LayerArguments&, const std::vector<Value>& x) {
                    return b.combine("", is_sequence(b, x[0]) ? LayerKind::concat_length : LayerKind::concat, x);
                  }});
  vocabulary.add({.name = "attention",
                  .doc = "Multi-head attention with input and output projections, residual and layer norm; over itself or over other tokens.",
                  .params = {{.name = "heads", .type = Type::whole, .default_value = 8, .help = "heads; the inner width is divided among them", .at_least = 1},
                             {.name = "qkv", .type = Type::whole, .default_value = 512, .help = "inner width of queries, keys and values", .at_least = 1},
                             {.name = "causal", .type = Type::boolean, .default_value = false, .help = "each position sees only earlier ones", .structural = true},
                             {.name = "over", .type = Type::tensor, .default_value = {}, .help = "the tokens to attend to; those that flow in where it is left out"}},
                  .source = "Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.2",
                  .expand = expand_attention});
  vocabulary.add({.name = "feed_forward",
                  .doc = "Two linear layers with ReLU between, residual and layer norm.",
                  .params = {{.name = "hidden", .type = Type::whole, .default_value = 2048, .help = "inner width", .at_least = 1}},
                  .source = "Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.3",
                  .expand = expand_feed_forward});
  vocabulary.add({.name = "layer_norm", .doc = "Layer norm over the width of each token.", .params = {},
                  .expand = [](LayerBuilder& b, const LayerArguments&, const std::vector<Value>& x) { return b.layer_norm("", x[0]); }});
}

}  // namespace nas
