#include "core/network.h"

#include <algorithm>
#include <vector>

namespace nas {

std::int64_t layer_macs(const Layer& layer) {
  switch (layer.kind) {
    case LayerKind::conv:
      return layer.out.elements() * (layer.in.channels / layer.groups) * layer.kernel * layer.kernel;
    case LayerKind::linear:
      return layer.in.channels * layer.out.elements();
    case LayerKind::attention: {
      // in = query (width Q, length T); `kernel` holds the length of keys and values: T*K*Q for scores and again for the sum.
      return 2 * layer.in.height * std::int64_t{layer.kernel} * layer.in.channels;
    }
    default:
      return 0;
  }
}

std::int64_t layer_params(const Layer& layer) {
  switch (layer.kind) {
    case LayerKind::conv:
      return layer.out.channels * (layer.in.channels / layer.groups) * layer.kernel * layer.kernel +
             (layer.bias ? layer.out.channels : 0);
    case LayerKind::linear:
      return layer.in.channels * layer.out.channels + (layer.bias ? layer.out.channels : 0);
    case LayerKind::batch_norm:
    case LayerKind::layer_norm:
      return 2 * layer.out.channels;
    case LayerKind::embedding:
    case LayerKind::learned:
      return std::int64_t{layer.kernel} * layer.out.channels;
    default:
      return 0;
  }
}

std::int64_t Network::macs() const {
  std::int64_t sum = 0;
  for (const Layer& layer : layers) sum += layer_macs(layer);
  return sum;
}

std::int64_t Network::params() const {
  std::int64_t sum = 0;
  for (const Layer& layer : layers) sum += layer_params(layer);
  return sum;
}

std::int64_t Network::peak_memory_bytes() const {
  // A layer that works in place takes over the buffer of its input when nobody else still needs it.
  const auto n = layers.size();
  std::vector<std::size_t> last_use(n, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (const auto input : layers[i].inputs) last_use[static_cast<std::size_t>(input)] = i;
  last_use[n - 1] = n;
  std::int64_t alive = 0, peak = 0;
  std::vector<std::int64_t> held(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const Layer& layer = layers[i];
    const bool in_place = (layer.kind == LayerKind::batch_norm || layer.kind == LayerKind::activation) &&
                          last_use[static_cast<std::size_t>(layer.inputs[0])] == i;
    if (in_place) {
      const auto input = static_cast<std::size_t>(layer.inputs[0]);
      held[i] = held[input];
      held[input] = 0;
    } else {
      held[i] = 4 * layer.out.elements();
      alive += held[i];
    }
    peak = std::max(peak, alive);
    for (const auto input : layer.inputs) {
      const auto j = static_cast<std::size_t>(input);
      if (last_use[j] == i) {
        alive -= held[j];
        held[j] = 0;
      }
    }
    if (last_use[i] <= i && i + 1 < n) {  // nobody reads it
      alive -= held[i];
      held[i] = 0;
    }
  }
  return peak;
}

}  // namespace nas
