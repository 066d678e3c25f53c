#pragma once

#include <array>
#include <string>
#include <vector>

#include "backends/eigen/roofline_rates.h"
#include "core/network.h"

namespace nas {

/// Layers of a network that a runtime runs as one, as nn-Meter's detected rules fuse them (Zhang et al., MobiSys 2021, section
/// 4.1 and table 4).
struct FusedKernel {
  static constexpr std::size_t kNumbers = 10;
  std::string type;  ///< "conv", "depthwise_conv", "grouped_conv", "linear", "se", "add", ...: the kind of what is fused to
  /// Height, width and channels of its input, channels of its output, kernel, stride, activation, operations, parameters, and
  /// bytes of single precision that its layers read and write.
  std::array<double, kNumbers> numbers{};
  std::vector<LayerWork> work;  ///< of its layers, without those that cost nothing
};

/// The kernels of a network, in the order of their first layers. Rules:
/// - norms and activations join the kernel that makes their input: conv + batch norm + activation, add + activation, ...
/// - a global pool, its two convolutions or linear layers and their activations join the product that scales the pool's input: se
/// - any other layer is a kernel of its own; what only renames is none
std::vector<FusedKernel> fused_kernels(const Network& network);

}  // namespace nas
