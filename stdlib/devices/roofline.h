#pragma once

#include <vector>

#include "core/component.h"
#include "core/layer_times.h"
#include "core/network.h"

namespace nas {

/// Arguments of `sim(...)`; SI units.
struct SimArgs {
  double peak = 1;       ///< multiply-accumulate operations a second
  double bandwidth = 1;  ///< bytes a second
  double launch = 0;     ///< seconds that every layer takes besides
  double word = 4;       ///< bytes of one value
  int batch = 1;
};

/// Norms and activations go with the layer before, and what only renames (zeros, flattened images, first rows) costs nothing.
bool costs_nothing(LayerKind kind);

/// The operations of one layer of a network, its bytes, and the longer of operations over peak and bytes over bandwidth, and the
/// launch. It reads its inputs and weights once and writes its output once.
LayerTime roofline(const Network& network, const Layer& layer, const SimArgs& args);

/// The time of every layer as the roofline model gives it, without those that cost nothing.
/// Williams, Waterman, Patterson, CACM 52(4), 2009.
std::vector<LayerTime> roofline(const Network& network, const SimArgs& args);

Component sim_device();

}  // namespace nas
