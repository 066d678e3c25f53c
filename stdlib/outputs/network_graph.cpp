#include "stdlib/outputs/network_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/units.h"
#include "stdlib/outputs/chart.h"

namespace nas {
namespace {

struct Box {
  std::size_t layer = 0;            ///< the layer that gives it its name
  std::vector<std::string> extras;  ///< norm and activation after it
  std::int64_t macs = 0, params = 0;
};

std::string count_text(std::int64_t count) {
  return format_quantity(static_cast<double>(count), {});
}

/// "conv 3×3, stride 2", "depthwise 5×5", "attention, 8 heads".
std::string words_of(const Layer& layer) {
  const std::string stride = layer.stride > 1 ? fmt::format(", stride {}", layer.stride) : "";
  switch (layer.kind) {
    case LayerKind::conv: {
      const bool depthwise = layer.groups > 1 && layer.groups == layer.in.channels;
      const std::string groups = layer.groups > 1 && !depthwise ? fmt::format(", {} groups", layer.groups) : "";
      return fmt::format("{0} {1}×{1}{2}{3}", depthwise ? "depthwise" : "conv", layer.kernel, stride, groups);
    }
    case LayerKind::max_pool:
      return fmt::format("max pool {0}×{0}{1}", layer.kernel, stride);
    case LayerKind::avg_pool:
      return fmt::format("average pool {0}×{0}{1}", layer.kernel, stride);
    case LayerKind::global_avg_pool:
      return "global average";
    case LayerKind::activation:
      return activation_name(layer.act);
    case LayerKind::attention:
      return fmt::format("attention, {} head{}", layer.heads, layer.heads == 1 ? "" : "s");
    case LayerKind::concat_length:
      return "concat";
    default: {
      std::string name = layer_kind_name(layer.kind);
      std::replace(name.begin(), name.end(), '_', ' ');
      return name;
    }
  }
}

bool ends_in_number(const std::string& segment) {
  const auto open = segment.rfind('[');
  return open != std::string::npos && segment.find_first_not_of("0123456789", open + 1) == segment.size() - 1;
}

/// The passes of repeats around a layer: "stage[2]", "block[1]".
std::vector<std::string> passes_of(const std::string& path) {
  std::vector<std::string> passes;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t end = std::min(path.find('.', at), path.size());
    const std::string segment = path.substr(at, end - at);
    if (!ends_in_number(segment)) break;
    passes.push_back(segment);
    at = end + 1;
  }
  return passes;
}

/// What is left of a path behind its passes: "mbconv.depthwise".
std::string rest_of(const std::string& path) {
  std::size_t at = 0;
  for (const auto& pass : passes_of(path)) at += pass.size() + 1;
  return at >= path.size() ? "" : path.substr(at);
}

/// White to blue with the share of all operations; the text stays readable on it.
std::string shade(double share) {
  const double weight = std::sqrt(std::clamp(share, 0.0, 1.0)) * 0.8;
  const auto mix = [&](int to) { return static_cast<int>(std::lround(255 + (to - 255) * weight)); };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(0x56), mix(0xb4), mix(0xe9));
}

}  // namespace

std::string shape_text(const Shape& s) {
  return s.height == 1 && s.width == 1 ? fmt::format("{}", s.channels) : fmt::format("{}×{}×{}", s.channels, s.height, s.width);
}

std::string network_graph(const Network& network, const std::string& title) {
  const auto& layers = network.layers;
  std::vector<int> readers(layers.size(), 0);
  for (const Layer& layer : layers)
    for (const auto input : layer.inputs) ++readers[static_cast<std::size_t>(input)];
  std::vector<Box> boxes;
  std::vector<std::size_t> box_of(layers.size());
  std::int64_t most = 1;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& layer = layers[i];
    const bool joins = (layer.kind == LayerKind::activation || layer.kind == LayerKind::batch_norm) &&
                       layers[static_cast<std::size_t>(layer.inputs[0])].kind != LayerKind::input &&
                       readers[static_cast<std::size_t>(layer.inputs[0])] == 1;
    if (joins) {
      box_of[i] = box_of[static_cast<std::size_t>(layer.inputs[0])];
      boxes[box_of[i]].extras.push_back(words_of(layer));
    } else {
      box_of[i] = boxes.size();
      boxes.push_back({i, {}, 0, 0});
    }
    Box& box = boxes[box_of[i]];
    box.macs += layer_macs(layer);
    box.params += layer_params(layer);
    most = std::max(most, box.macs);
  }

  const std::int64_t macs = network.macs(), params = network.params();
  std::string graph = fmt::format(
      "digraph network {{\n  graph [fontname=\"Helvetica\", fontsize=12, labelloc=t, ranksep=0.28, nodesep=0.25,\n"
      "    label=<<B>{}</B><BR/>{} MACs · {} parameters · {} peak memory<BR/> >];\n"
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", color=\"#57606a\", fontname=\"Helvetica\", "
      "fontsize=10, "
      "margin=\"0.12,0.06\"];\n  edge [color=\"#57606a\", arrowsize=0.6];\n",
      escape_xml(title), count_text(macs), count_text(params),
      format_quantity(static_cast<double>(network.peak_memory_bytes()), dimension_named("memory")));
  std::vector<std::string> open;
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    const Box& box = boxes[b];
    const Layer& layer = layers[box.layer];
    const auto passes = passes_of(layer.path);
    std::size_t same = 0;
    while (same < std::min(open.size(), passes.size()) && open[same] == passes[same]) ++same;
    for (; open.size() > same; open.pop_back()) graph += "  }\n";
    for (; open.size() < passes.size(); open.push_back(passes[open.size()]))
      graph += fmt::format(
          "  subgraph \"cluster_{}_{}\" {{ label=<<B>{}</B>>; labeljust=l; style=rounded; color=\"#afb8c1\"; fontsize=10;\n", b,
          open.size(), escape_xml(passes[open.size()]));
    std::string text = fmt::format("<B>{}</B>", escape_xml(words_of(layer)));
    for (const auto& extra : box.extras) text += ", " + escape_xml(extra);
    const std::string place = rest_of(layer.path);
    if (!place.empty() && place != words_of(layer))
      text += fmt::format("<BR/><FONT COLOR=\"#57606a\">{}</FONT>", escape_xml(place));
    text += "<BR/>" + shape_text(layer.out);
    if (box.macs > 0) text += fmt::format(" · {} MACs", count_text(box.macs));
    graph += fmt::format("  n{} [label=<{}>, fillcolor=\"{}\", tooltip=\"{}: {} MACs, {} parameters\"];\n", b, text,
                         shade(static_cast<double>(box.macs) / static_cast<double>(most)), escape_xml(layer.path), box.macs,
                         box.params);
  }
  for (; !open.empty(); open.pop_back()) graph += "  }\n";
  for (std::size_t b = 0; b < boxes.size(); ++b)
    for (const auto input : layers[boxes[b].layer].inputs)
      graph += fmt::format("  n{} -> n{};\n", box_of[static_cast<std::size_t>(input)], b);
  return graph + "}\n";
}

}  // namespace nas
