// MACs, parameters and peak memory of networks computed by hand, layer by layer, and of published networks.
//
// What is counted. MACs: convolutions (out elements x input channels of a group x k^2), linear layers and the two products of
// attention; batch norm, activations, pooling, additions, biases and the scaling of squeeze and excite count nothing. Parameters:
// weights, biases, two for each normalised channel. Peak memory: bytes of the activations alive at once, float32, batch 1, layers
// in order; batch norm and activations overwrite an input that nobody else reads later; inputs count, weights do not.
#include <gtest/gtest.h>

#include <cmath>

#include "../space/space_fixture.h"
#include "published.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// The only network of a space without choices.
Network network_of(const std::string& text) {
  auto made = compile(text);
  EXPECT_TRUE(made->space) << made->errors();
  if (!made->space) return {};
  EXPECT_EQ(made->space->gene_count(), 0u);
  EXPECT_EQ(made->space->networks(), 1);
  const Network network = made->space->network(made->space->smallest());
  EXPECT_EQ(made->space->macs({}), network.macs());
  EXPECT_EQ(made->space->params({}), network.params());
  return network;
}

/// One layer on a 6-channel 9x9 image.
Network on_image(const std::string& layers) {
  return network_of("def space s() {\n  input = image(channels = 6, size = 9)\n  " + layers + "\n}\n");
}
/// One layer on ten tokens of width 12.
Network on_tokens(const std::string& layers) {
  return network_of("def space s() {\n  source = tokens(length = 10, width = 12)\n  " + layers + "\n}\n");
}

void expect(const Network& network, Shape out, std::int64_t macs, std::int64_t params, std::int64_t peak_elements) {
  EXPECT_EQ(network.output_shape(), out);
  EXPECT_EQ(network.macs(), macs);
  EXPECT_EQ(network.params(), params);
  EXPECT_EQ(network.peak_memory_bytes(), 4 * peak_elements);
}

constexpr std::int64_t kIn = 6 * 81;  // elements that flow in

}  // namespace

TEST(LayerCounts, Convolution) {
  // 9x9 stays 9x9 at stride 1; batch norm and ReLU overwrite the convolution's output.
  expect(on_image("conv(k = 3, out = 8)"), {8, 9, 9}, 81 * 8 * 6 * 9, 8 * 6 * 9 + 2 * 8, kIn + 8 * 81);
  expect(on_image("conv(k = 5, out = 8, stride = 2)"), {8, 5, 5}, 25 * 8 * 6 * 25, 8 * 6 * 25 + 16, kIn + 8 * 25);
  expect(on_image("conv(k = 3, out = 8, stride = 3)"), {8, 3, 3}, 9 * 8 * 6 * 9, 8 * 6 * 9 + 16, kIn + 8 * 9);
  expect(on_image("conv(k = 3, out = 9, groups = 3)"), {9, 9, 9}, 81 * 9 * 2 * 9, 9 * 2 * 9 + 18, kIn + 9 * 81);
  expect(on_image("conv(k = 1, out = 4, norm = false, bias = true)"), {4, 9, 9}, 81 * 4 * 6, 4 * 6 + 4, kIn + 4 * 81);
  // Without `out` the channels stay. The activation first overwrites the image, then convolution and norm.
  expect(on_image("conv(k = 3, order = \"relu_conv_bn\")"), {6, 9, 9}, 81 * 6 * 6 * 9, 6 * 6 * 9 + 12, 2 * kIn);
  // An even kernel pads k / 2 on both sides, so the image grows by one.
  expect(on_image("conv(k = 2, out = 8)"), {8, 10, 10}, 100 * 8 * 6 * 4, 8 * 6 * 4 + 16, kIn + 800);
}

TEST(LayerCounts, Depthwise) {
  expect(on_image("depthwise(k = 5)"), {6, 9, 9}, 81 * 6 * 25, 6 * 25 + 12, 2 * kIn);
  expect(on_image("depthwise(k = 3, stride = 2)"), {6, 5, 5}, 25 * 6 * 9, 6 * 9 + 12, kIn + 6 * 25);
}

TEST(LayerCounts, NormAndActivation) {
  expect(on_image("batch_norm()"), {6, 9, 9}, 0, 12, kIn);
  expect(on_image("activation(\"h_swish\")"), {6, 9, 9}, 0, 0, kIn);
  expect(on_tokens("layer_norm()"), {12, 10, 1}, 0, 24, 2 * 120);  // layer norm does not work in place
}

TEST(LayerCounts, Pooling) {
  expect(on_image("max_pool(k = 3, stride = 2)"), {6, 5, 5}, 0, 0, kIn + 6 * 25);
  expect(on_image("avg_pool(k = 3)"), {6, 9, 9}, 0, 0, 2 * kIn);
  expect(on_image("avg_pool(k = 2, stride = 2)"), {6, 4, 4}, 0, 0, kIn + 6 * 16);  // an even window tiles: nine gives four
  expect(on_image("global_pool()"), {6, 1, 1}, 0, 0, kIn + 6);
}

TEST(LayerCounts, Linear) {
  expect(on_image("linear(10)"), {10, 1, 1}, 6 * 10, 6 * 10 + 10, kIn + 6);  // averaged over the image first
  expect(on_image("linear(10, bias = false)"), {10, 1, 1}, 6 * 10, 6 * 10, kIn + 6);
  expect(on_tokens("linear(5)"), {5, 10, 1}, 10 * 12 * 5, 12 * 5 + 5, 120 + 50);
}

TEST(LayerCounts, SkipAndZero) {
  expect(on_image("skip()"), {6, 9, 9}, 0, 0, kIn);
  expect(on_image("zero()"), {6, 9, 9}, 0, 0, 2 * kIn);
  expect(on_image("zero(stride = 2)"), {6, 5, 5}, 0, 0, kIn + 6 * 25);
}

/// Squeeze = make_divisible(C // reduction): 6 // 4 = 1 becomes 8. Image, average, squeeze, gate and scaled image.
TEST(LayerCounts, SqueezeAndExcite) {
  expect(on_image("squeeze_excite()"), {6, 9, 9}, 6 * 8 + 8 * 6, 6 * 8 + 8 + 8 * 6 + 6, 2 * kIn + 6);
  // 100 // 4 = 25 gives 24; 100 // 2 = 50 gives 48.
  const auto wide = [](const std::string& reduction) {
    return network_of("def space s() {\n  input = image(channels = 100, size = 4)\n  squeeze_excite(reduction = " + reduction +
                      ")\n}\n");
  };
  expect(wide("4"), {100, 4, 4}, 2 * 100 * 24, 2 * 100 * 24 + 24 + 100, 2 * 1600 + 100);
  expect(wide("2"), {100, 4, 4}, 2 * 100 * 48, 2 * 100 * 48 + 48 + 100, 2 * 1600 + 100);
}

/// Expansion, depthwise, projection: m = make_divisible(6 e).
TEST(LayerCounts, InvertedBottleneck) {
  const std::int64_t m = 24;  // e = 4
  const std::int64_t expand = 81 * m * 6, depth = 81 * m * 9, project = 81 * m * 6;
  const std::int64_t norms = 2 * (m + m + 6);
  // The input lives until the residual: input + expanded + depthwise.
  expect(on_image("mbconv(k = 3, expand = 4)"), {6, 9, 9}, expand + depth + project, 6 * m + 9 * m + m * 6 + norms,
         kIn + 2 * m * 81);
  // Without the residual nothing but the block's own tensors is alive.
  expect(on_image("mbconv(k = 3, expand = 4, residual = false)"), {6, 9, 9}, expand + depth + project,
         6 * m + 9 * m + m * 6 + norms, 2 * m * 81);
  // Stride 2: no residual; the projection runs on 5x5. The depthwise convolution reads 9x9 and writes 5x5.
  expect(on_image("mbconv(k = 5, expand = 4, out = 10, stride = 2)"), {10, 5, 5}, expand + 25 * m * 25 + 25 * m * 10,
         6 * m + 25 * m + m * 10 + 2 * (m + m + 10), m * 81 + m * 25);
  // Expansion 1 leaves the 1x1 convolution out: 6 channels stay six, no rounding. The input is kept for the residual.
  expect(on_image("mbconv(k = 3, expand = 1)"), {6, 9, 9}, 81 * 8 * 0 + 81 * 6 * 9 + 81 * 6 * 6, 54 + 36 + 2 * (6 + 6), 3 * kIn);
  // Two groups halve both 1x1 convolutions.
  expect(on_image("mbconv(k = 3, expand = 4, groups = 2)"), {6, 9, 9}, expand / 2 + depth + project / 2,
         3 * m + 9 * m + m * 3 + norms, kIn + 2 * m * 81);
  // Squeeze and excite on the middle: m // 4 = 6 becomes 8 channels.
  expect(on_image("mbconv(k = 3, expand = 4, se = true)"), {6, 9, 9}, expand + depth + project + 2 * m * 8,
         6 * m + 9 * m + m * 6 + norms + 2 * m * 8 + 8 + m, kIn + 2 * m * 81 + m);
}

TEST(LayerCounts, FusedBottleneck) {
  const std::int64_t m = 24;
  expect(on_image("fused(k = 3, expand = 4)"), {6, 9, 9}, 81 * m * 6 * 9 + 81 * m * 6, 6 * 9 * m + m * 6 + 2 * (m + 6),
         2 * kIn + m * 81);
  expect(on_image("fused(k = 3, expand = 4, out = 12, stride = 2, se = true)"), {12, 5, 5},
         25 * m * 6 * 9 + 25 * m * 12 + 2 * m * 8, 6 * 9 * m + m * 12 + 2 * (m + 12) + 2 * m * 8 + 8 + m,
         std::max(kIn + m * 25, 2 * m * 25 + m));
}

TEST(LayerCounts, SumsProductsAndConcatenation) {
  expect(on_image("add(conv(k = 1), conv(k = 3))"), {6, 9, 9}, 81 * 36 * (1 + 9), 36 * (1 + 9) + 2 * 12, 3 * kIn);
  expect(on_image("multiply(skip(), conv(k = 1))"), {6, 9, 9}, 81 * 36, 36 + 12, 3 * kIn);
  expect(on_image("multiply(skip(), global_pool())"), {6, 9, 9}, 0, 0, 2 * kIn + 6);
  expect(on_image("concat(conv(k = 1, out = 4), conv(k = 3, out = 5))"), {9, 9, 9}, 81 * 6 * (4 + 5 * 9), 6 * (4 + 45) + 2 * 9,
         2 * 9 * 81);
  expect(on_image("add(skip())"), {6, 9, 9}, 0, 0, kIn);  // a sum of one is that one
  // Sequences are joined along their length.
  expect(on_tokens("concat(skip(), linear(12))"), {12, 20, 1}, 10 * 144, 144 + 12, 2 * 120 + 240);
}

/// A shortcut with a projection: both branches read the input.
TEST(LayerCounts, SkipWithProjection) {
  expect(on_image("add(conv(k = 3, out = 8, stride = 2, act = \"none\"), conv(k = 1, out = 8, stride = 2, act = \"none\"))"),
         {8, 5, 5}, 25 * 8 * 6 * (9 + 1), 8 * 6 * (9 + 1) + 2 * 16, std::max(kIn + 2 * 200, 3 * std::int64_t{200}));
}

/// conv 3x3/2, conv 3x3; beside them an average pool and a 1x1 convolution without norm.
TEST(LayerCounts, ResidualDown) {
  // The first activation cannot overwrite the input, which the shortcut reads: input, its ReLU and the first convolution.
  expect(network_of("def space s() {\n  input = image(channels = 6, size = 8)\n  residual_down(out = 8)\n}\n"), {8, 4, 4},
         16 * 8 * 9 * (6 + 8) + 16 * 6 * 8, 9 * 8 * (6 + 8) + 6 * 8 + 2 * 16, 384 + 384 + 128);
}

/// q, k, v: three linear layers; scores and weighted sum 2 T K Q; output projection; residual; norm. Heads change nothing.
TEST(LayerCounts, Attention) {
  const std::int64_t e = 12, q = 20, t = 10;
  const std::int64_t params = 3 * (e * q + q) + q * e + e + 2 * e;
  // Alive at most: the tokens, queries, keys, values and the attention's output.
  for (const char* heads : {"1", "4", "10"})
    expect(on_tokens("attention(heads = " + std::string(heads) + ", qkv = 20)"), {e, t, 1}, t * 4 * e * q + 2 * t * t * q, params,
           t * e + 4 * t * q);
  EXPECT_EQ(on_tokens("attention(heads = 4, qkv = 20, causal = true)").macs(), t * 4 * e * q + 2 * t * t * q);
  // Over other tokens: three times as many keys and values; while the values are made the other tokens are still there.
  const std::int64_t k = 3 * t;
  expect(on_tokens("attention(heads = 4, qkv = 20, over = concat(x, x, x))"), {e, t, 1},
         t * 2 * e * q + k * 2 * e * q + 2 * t * k * q, params, t * e + k * e + t * q + 2 * k * q);
}

TEST(LayerCounts, FeedForward) {
  expect(on_tokens("feed_forward(hidden = 30)"), {12, 10, 1}, 2 * 10 * 12 * 30, 2 * 12 * 30 + 30 + 12 + 24, 120 + 300 + 120);
}

// ---- published networks

namespace {

struct Published {
  const char* script;
  std::int64_t params;
  double gmacs;  ///< to two decimals, as printed
};

}  // namespace

/// Parameters to the unit, operations to the printed digits: torchvision's table of pretrained models (0.15), which counts
/// multiply-accumulates of convolutions and linear layers under the name GFLOPS.
TEST(PublishedCounts, TorchvisionsTable) {
  const Published rows[] = {{kMobileNetV2, 3504872, 0.30},
                            {kMobileNetV3Large, 5483032, 0.22},
                            {kResNet18, 11689512, 1.81},
                            {kResNeXt50, 25028904, 4.23}};
  for (const Published& row : rows) {
    const Network network = network_of(row.script);
    EXPECT_EQ(network.params(), row.params) << row.script;
    EXPECT_EQ(std::round(static_cast<double>(network.macs()) / 1e7) / 100, row.gmacs) << network.macs() << row.script;
    EXPECT_EQ(network.output_shape(), (Shape{1000, 1, 1}));
  }
}

/// 12 x 7,087,872 = 85,054,464: BERT-base (Devlin et al. 2019) has 110M parameters with its embeddings and pooler.
TEST(PublishedCounts, BertBaseEncoder) {
  const Network network = network_of(kBertBaseEncoder);
  EXPECT_EQ(network.params(), 85054464);
  EXPECT_EQ(network.macs(), 12 * (128LL * (4 * 768 * 768 + 2 * 768 * 3072) + 2LL * 128 * 128 * 768));
}
