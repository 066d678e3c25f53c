#include "core/layer.h"
#include "stdlib/layers/epsilon.h"

namespace nas {
namespace {

using Type = LayerParam::Type;

/// True where every shape is that of a token sequence and one of them holds more than one token.
bool is_sequence(const LayerBuilder& b, const std::vector<Value>& x) {
  bool longer = false;
  for (const Value& tensor : x)
    for (const Value& leaf : leaves(b.shape(tensor))) {
      const auto* s = leaf.inline_if<Shape>();
      if (!s || s->width != 1) return false;
      longer = longer || s->height > 1;
    }
  return longer;
}

LayerParam norm_param() {
  return {.name = "norm",
          .type = Type::text,
          .default_value = "after",
          .help = "layer norm: after the residual is added, before the sublayer, or nowhere",
          .labels = {"after", "before", "none"},
          .structural = true};
}
LayerParam width_param(const char* name, const char* help) {
  return {.name = name,
          .type = Type::whole,
          .default_value = {},
          .help = help,
          .aliases = {"width"},
          .at_least = 1,
          .required = true};
}

/// A sublayer with its residual and its norm (Vaswani et al. 2017, section 3.1; before: Xiong et al. 2020).
template <typename Sublayer>
Value with_norm(LayerBuilder& b, const LayerArguments& a, const Value& x, Sublayer&& sublayer) {
  const std::string norm = a.text("norm");
  Value y = norm == "before" ? b.layer_norm("norm", x, epsilon_of(a)) : x;
  y = b.combine("residual", LayerKind::add, {sublayer(y), x});
  return norm == "after" ? b.layer_norm("norm", y, epsilon_of(a)) : y;
}

Value expand_attention(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  return with_norm(b, a, x[0], [&](const Value& own) {
    const Value over = a["over"].none() ? own : apply_operator(b, a["over"], {own});
    const Value q = b.linear("query", own, a["qkv"]);
    const Value k = b.linear("key", over, a["qkv"]);
    const Value v = b.linear("value", over, a["qkv"]);
    const Value y = b.attention("attention", q, k, v, a["heads"], a.flag("causal"));
    return b.linear("output", y, b.channels(x[0]));
  });
}

Value expand_feed_forward(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  return with_norm(b, a, x[0], [&](const Value& own) {
    Value y = b.linear("expand", own, a["hidden"]);
    y = b.activation("act", y, activation_named(a.text("act")).value_or(Activation::relu));
    return b.linear("project", y, b.channels(x[0]));
  });
}

Value expand_patches(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  return b.flatten("flatten", b.conv("conv", x[0], a["out"], a["size"], a["size"], 1, true, Window::inside));
}

/// The length of a sequence.
Value length_of(const LayerBuilder& b, const Value& x) {
  return lift({b.shape(x)}, [](const std::vector<Value>& v, const auto&) {
    const auto* s = v[0].inline_if<Shape>();
    return s ? Value(s->height) : Value(1);
  });
}

Value expand_learned(LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
  const Value length = a["length"].none() ? length_of(b, x[0]) : a["length"];
  return b.learned("", x[0], length, a["rows"].none() ? length : a["rows"]);
}

}  // namespace

void add_sequence_layers(LayerVocabulary& vocabulary) {
  vocabulary.add({.name = "concat",
                  .doc = "Images side by side in their channels; token sequences one after the other.",
                  .params = {},
                  .inputs = -1,
                  .expand = [](LayerBuilder& b, const LayerArguments&, const std::vector<Value>& x) {
                    return b.combine("", is_sequence(b, x) ? LayerKind::concat_length : LayerKind::concat, x);
                  }});
  vocabulary.add(
      {.name = "attention",
       .doc =
           "Multi-head attention with input and output projections, residual and layer norm; over itself or over other tokens.",
       .params = {{.name = "heads",
                   .type = Type::whole,
                   .default_value = 8,
                   .help = "heads; the inner width is divided among them",
                   .at_least = 1},
                  {.name = "qkv",
                   .type = Type::whole,
                   .default_value = 512,
                   .help = "inner width of queries, keys and values",
                   .at_least = 1},
                  {.name = "causal",
                   .type = Type::boolean,
                   .default_value = false,
                   .help = "each position sees only earlier ones",
                   .structural = true},
                  {.name = "over",
                   .type = Type::tensor,
                   .default_value = {},
                   .help = "the tokens to attend to; those that flow in where it is left out"},
                  norm_param(),
                  epsilon_param("layer norm epsilon")},
       .source = "Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.2",
       .expand = expand_attention});
  vocabulary.add({.name = "feed_forward",
                  .doc = "Two linear layers with an activation between, residual and layer norm.",
                  .params = {{.name = "hidden", .type = Type::whole, .default_value = 2048, .help = "inner width", .at_least = 1},
                             {.name = "act",
                              .type = Type::text,
                              .default_value = "relu",
                              .help = "activation",
                              .labels = {"relu", "gelu", "swish", "tanh"},
                              .structural = true},
                             norm_param(),
                             epsilon_param("layer norm epsilon")},
                  .source = "Vaswani et al., Attention Is All You Need, NeurIPS 2017, section 3.3",
                  .expand = expand_feed_forward});
  vocabulary.add({.name = "layer_norm",
                  .doc = "Layer norm over the width of each token.",
                  .params = {epsilon_param("layer norm epsilon")},
                  .source = "Ba et al., Layer Normalization, 2016",
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.layer_norm("", x[0], epsilon_of(a));
                  }});
  vocabulary.add({.name = "embedding",
                  .doc = "A learnt vector for each number of tokens(length = ..., width = 1). Costs parameters, no MACs.",
                  .params = {{.name = "vocabulary",
                              .type = Type::whole,
                              .default_value = {},
                              .help = "how many vectors",
                              .at_least = 1,
                              .required = true},
                             width_param("out", "width of a vector")},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.embedding("", x[0], a["vocabulary"], a["out"]);
                  }});
  vocabulary.add(
      {.name = "learned",
       .doc = "Learnt vectors, one a position, as wide as what flows in: add(skip(), learned()) tells positions apart, "
              "concat(learned(length = 1), skip()) puts a token in front.",
       .params = {{.name = "length",
                   .type = Type::whole,
                   .default_value = {},
                   .help = "how many; as many tokens as flow in where it is left out",
                   .at_least = 1},
                  {.name = "rows",
                   .type = Type::whole,
                   .default_value = {},
                   .help = "how many the table holds; as many as are used where it is left out",
                   .at_least = 1}},
       .source =
           "Devlin et al., BERT, NAACL 2019, section 3; Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021, eq. 1",
       .expand = expand_learned});
  vocabulary.add({.name = "first_tokens",
                  .doc = "The first tokens of a sequence.",
                  .params = {{.name = "count", .type = Type::whole, .default_value = 1, .help = "how many", .at_least = 1}},
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    return b.first_rows("", x[0], a["count"]);
                  }});
  vocabulary.add(
      {.name = "patches",
       .doc = "Cuts an image into squares, row by row, and projects each to a token.",
       .params = {{.name = "size", .type = Type::whole, .default_value = 16, .help = "side of a square", .at_least = 1},
                  width_param("out", "width of a token")},
       .source = "Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021, section 3.1",
       .expand = expand_patches});
}

}  // namespace nas
