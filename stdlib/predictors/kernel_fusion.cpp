#include "stdlib/predictors/kernel_fusion.h"

#include <algorithm>

#include "stdlib/devices/roofline.h"

namespace nas {
namespace {

constexpr std::int32_t kNone = -1;

std::string kernel_type(const Layer& layer) {
  if (layer.kind != LayerKind::conv || layer.groups == 1) return layer_kind_name(layer.kind);
  return layer.groups == layer.in.channels ? "depthwise_conv" : "grouped_conv";
}

/// The layers of squeeze and excite that end in this product, its pool first and itself last; empty where it is another product.
std::vector<std::int32_t> excitation(const Network& network, std::int32_t product) {
  const Layer& last = network.layers[static_cast<std::size_t>(product)];
  for (std::size_t scale = 0; last.inputs.size() == 2 && scale < 2; ++scale) {
    const std::int32_t scaled = last.inputs[1 - scale];
    std::vector<std::int32_t> chain{product};
    for (std::int32_t at = last.inputs[scale];;) {
      const Layer& layer = network.layers[static_cast<std::size_t>(at)];
      chain.push_back(at);
      if (layer.kind == LayerKind::global_avg_pool) {
        if (layer.inputs[0] != scaled) break;
        std::reverse(chain.begin(), chain.end());
        return chain;
      }
      const bool inner = layer.kind == LayerKind::conv || layer.kind == LayerKind::linear ||
                         layer.kind == LayerKind::activation || layer.kind == LayerKind::batch_norm;
      if (!inner || layer.inputs.size() != 1 || layer.out.height * layer.out.width != 1) break;
      at = layer.inputs[0];
    }
  }
  return {};
}

}  // namespace

std::vector<FusedKernel> fused_kernels(const Network& network) {
  const std::size_t n = network.layers.size();
  std::vector<std::int32_t> kernel_of(n, kNone), pool_of(n, kNone);
  for (std::size_t i = 0; i < n; ++i)
    if (network.layers[i].kind == LayerKind::multiply)
      for (const auto chain = excitation(network, static_cast<std::int32_t>(i)); const std::int32_t at : chain)
        pool_of[static_cast<std::size_t>(at)] = chain.front();
  std::vector<FusedKernel> kernels;
  for (std::size_t i = 0; i < n; ++i) {
    const Layer& layer = network.layers[i];
    const std::int32_t pool = pool_of[i];
    const bool free = costs_nothing(layer.kind);
    std::int32_t& own = kernel_of[i];
    if (pool != kNone && pool != static_cast<std::int32_t>(i))
      own = kernel_of[static_cast<std::size_t>(pool)];
    else if (free && !layer.inputs.empty())
      own = kernel_of[static_cast<std::size_t>(layer.inputs[0])];
    if (free) {
      if (own != kNone && layer.kind == LayerKind::activation && pool == kNone)
        kernels[static_cast<std::size_t>(own)].numbers[6] = static_cast<double>(layer.act);
      continue;
    }
    const LayerTime time = roofline(network, layer, {});
    if (own == kNone) {
      own = static_cast<std::int32_t>(kernels.size());
      kernels.push_back(
          {pool == kNone ? kernel_type(layer) : "se",
           {static_cast<double>(layer.in.height), static_cast<double>(layer.in.width), static_cast<double>(layer.in.channels),
            static_cast<double>(layer.out.channels), static_cast<double>(layer.kernel), static_cast<double>(layer.stride)},
           {}});
    }
    FusedKernel& kernel = kernels[static_cast<std::size_t>(own)];
    // Of squeeze and excite the output that tells it from others is the squeezed one.
    if (pool != kNone) kernel.numbers[3] = std::min(kernel.numbers[3], static_cast<double>(layer.out.channels));
    kernel.numbers[7] += static_cast<double>(time.macs);
    kernel.numbers[8] += static_cast<double>(layer_params(layer));
    kernel.numbers[9] += time.bytes;
    kernel.work.push_back({static_cast<double>(time.macs), time.bytes});
  }
  return kernels;
}

}  // namespace nas
