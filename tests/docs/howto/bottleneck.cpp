// A layer: the residual bottleneck of ResNet-50, made of the primitives that a builder has.
#include "core/layer.h"

namespace nas {

void add_bottleneck(LayerVocabulary& vocabulary) {
  using Type = LayerParam::Type;
  vocabulary.add({.name = "bottleneck",
                  .doc = "1x1, 3x3 and 1x1 convolution around a narrow middle, and the input added.",
                  .params = {{.name = "middle", .type = Type::whole, .help = "channels between", .at_least = 1, .required = true},
                             {.name = "kernel", .type = Type::whole, .default_value = 3, .help = "kernel size", .at_least = 1}},
                  .source = "He et al., Deep Residual Learning, CVPR 2016, figure 5",
                  .expand = [](LayerBuilder& b, const LayerArguments& a, const std::vector<Value>& x) {
                    // Arguments may be choices: they go into the builder as they are.
                    Value y = b.conv("reduce", x[0], a["middle"], 1, 1, 1);
                    y = b.activation("act1", b.batch_norm("norm1", y), Activation::relu);
                    y = b.conv("conv", y, a["middle"], a["kernel"], 1, 1);
                    y = b.activation("act2", b.batch_norm("norm2", y), Activation::relu);
                    y = b.batch_norm("norm3", b.conv("expand", y, b.channels(x[0]), 1, 1, 1));
                    y = b.combine("add", LayerKind::add, {x[0], y});
                    return b.activation("act", y, Activation::relu);
                  }});
}

}  // namespace nas
