#include "core/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/check.h"

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

std::string network_dot(const Network& network, const std::string& title) {
  auto shape_text = [](const Shape& s) { return fmt::format("{}x{}x{}", s.channels, s.height, s.width); };
  std::string dot = fmt::format(
      "digraph network {{\n  label=\"{}\"; labelloc=t; fontname=\"sans-serif\";\n"
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#eef3fb\", fontname=\"sans-serif\", fontsize=10];\n"
      "  edge [fontname=\"sans-serif\", fontsize=8, color=\"#667788\"];\n",
      title);
  // Norms and activations are drawn inside the box of the layer before them when that is their only reader.
  std::vector<std::size_t> box(network.layers.size());
  std::vector<std::string> text(network.layers.size());
  std::vector<int> readers(network.layers.size(), 0);
  for (const Layer& layer : network.layers)
    for (const auto input : layer.inputs) ++readers[static_cast<std::size_t>(input)];
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    box[i] = i;
    if (layer.kind == LayerKind::activation) text[i] = activation_name(layer.act);
    else if (layer.kind == LayerKind::conv)
      text[i] = fmt::format("{} {}x{}{} to {}", layer.groups > 1 ? "depthwise" : "conv", layer.kernel, layer.kernel,
                            layer.stride > 1 ? fmt::format(" /{}", layer.stride) : "", layer.out.channels);
    else text[i] = layer_kind_name(layer.kind);
    const bool joins = (layer.kind == LayerKind::activation || layer.kind == LayerKind::batch_norm) &&
                       readers[static_cast<std::size_t>(layer.inputs[0])] == 1;
    if (joins) {
      box[i] = box[static_cast<std::size_t>(layer.inputs[0])];
      text[box[i]] += "\\n" + text[i];
    }
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i)
    if (box[i] == i) dot += fmt::format("  n{} [label=\"{}\"];\n", i, text[i]);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (box[i] != i) continue;
    for (const auto input : network.layers[i].inputs)
      dot += fmt::format("  n{} -> n{} [label=\"{}\"];\n", box[static_cast<std::size_t>(input)], i,
                         shape_text(network.layers[static_cast<std::size_t>(input)].out));
  }
  return dot + "}\n";
}

}  // namespace nas
