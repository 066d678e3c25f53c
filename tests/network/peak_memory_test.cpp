// Peak memory against a simulation that asks, at every step, which buffers anybody still needs.
#include <gtest/gtest.h>

#include <set>

#include "../space/space_fixture.h"
#include "published.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Walks the layers in order. At step i a buffer is there when it holds the output of some layer j <= i that is layer i itself,
/// the network's output, or an input of a layer k >= i. Batch norm and activation share the buffer of their input when no layer
/// after them reads it.
std::int64_t simulated_peak(const Network& network) {
  const auto& layers = network.layers;
  const auto reads = [&](std::size_t k, std::size_t j) {
    for (const auto input : layers[k].inputs)
      if (static_cast<std::size_t>(input) == j) return true;
    return false;
  };
  const auto read_after = [&](std::size_t j, std::size_t i) {
    if (j + 1 == layers.size()) return true;
    for (std::size_t k = i + 1; k < layers.size(); ++k)
      if (reads(k, j)) return true;
    return false;
  };
  std::vector<std::size_t> buffer(layers.size());
  std::int64_t peak = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const bool overwrites = layers[i].kind == LayerKind::batch_norm || layers[i].kind == LayerKind::activation;
    buffer[i] = i;
    if (overwrites && !read_after(static_cast<std::size_t>(layers[i].inputs[0]), i))
      buffer[i] = buffer[static_cast<std::size_t>(layers[i].inputs[0])];
    std::set<std::size_t> alive;
    for (std::size_t j = 0; j <= i; ++j)
      if (j == i || reads(i, j) || read_after(j, i)) alive.insert(buffer[j]);
    std::int64_t bytes = 0;
    for (const std::size_t b : alive) bytes += 4 * layers[b].out.elements();
    peak = std::max(peak, bytes);
  }
  return peak;
}

}  // namespace

TEST(PeakMemory, EqualsTheSimulationOnPublishedNetworks) {
  for (const char* script : {kMobileNetV2, kMobileNetV3Large, kResNet18, kResNeXt50, kBertBaseEncoder}) {
    auto made = compile(script);
    ASSERT_TRUE(made->space) << made->errors();
    const Network network = made->space->network(made->space->smallest());
    EXPECT_EQ(network.peak_memory_bytes(), simulated_peak(network)) << made->space->name();
  }
}

TEST(PeakMemory, EqualsTheSimulationOnRandomNetworks) {
  std::unique_ptr<CompiledSpace> spaces[] = {compile_stdlib("tiny_mobilenet"),
                                             compile_stdlib("nasbench201"),
                                             compile_stdlib("ofa_mobilenetv3"),
                                             compile_stdlib("fbnet"),
                                             compile_stdlib("hat_transformer"),
                                             compile_stdlib("bert"),
                                             compile_stdlib("vit")};
  for (const auto& made : spaces) {
    ASSERT_TRUE(made->space) << made->errors();
    Stream stream(3, made->space->name());
    for (int i = 0; i < 20; ++i) {
      const Arch arch = *made->space->sample(stream);
      const Network network = made->space->network(arch);
      ASSERT_EQ(network.peak_memory_bytes(), simulated_peak(network)) << made->space->spell(arch);
      ASSERT_EQ(made->space->peak_memory_bytes(arch), network.peak_memory_bytes());
    }
  }
}

/// MobileNetV2's peak is its second inverted bottleneck: the 96-channel image before and after the depthwise convolution that
/// halves it (96 x 112 x 112 and 96 x 56 x 56), as the papers on memory-efficient inference report.
TEST(PeakMemory, MobileNetV2ByHand) {
  auto made = compile(kMobileNetV2);
  ASSERT_TRUE(made->space) << made->errors();
  EXPECT_EQ(made->space->network(made->space->smallest()).peak_memory_bytes(), 4 * 96 * (112 * 112 + 56 * 56));
}
