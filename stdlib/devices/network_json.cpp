#include "stdlib/devices/network_json.h"

#include <fmt/format.h>

#include <optional>

#include "core/layer.h"

namespace nas {
namespace {

constexpr int kKinds = static_cast<int>(LayerKind::flatten) + 1;
constexpr std::int64_t kMostElements = std::int64_t{1} << 40;

nlohmann::json shape_json(const Shape& shape) {
  return {shape.channels, shape.height, shape.width};
}

std::optional<Shape> shape_from(const nlohmann::json& json) {
  if (!json.is_array() || json.size() != 3) return std::nullopt;
  std::int64_t elements = 1;
  for (const auto& side : json) {
    if (!side.is_number_integer() || side.get<std::int64_t>() < 1 || side.get<std::int64_t>() > kMostElements / elements)
      return std::nullopt;
    elements *= side.get<std::int64_t>();
  }
  return Shape{json[0], json[1], json[2]};
}

/// What is wrong with a layer of a list; `at` is its place.
std::optional<std::string> read_layer(const nlohmann::json& json, std::size_t at, Layer& layer) {
  if (!json.is_object()) return "is no object";
  const std::string kind = json.contains("kind") && json["kind"].is_string() ? json["kind"].get<std::string>() : "";
  int known = 0;
  while (known < kKinds && kind != layer_kind_name(static_cast<LayerKind>(known))) ++known;
  if (known == kKinds) return fmt::format("is of no known kind ({})", kind);
  layer.kind = static_cast<LayerKind>(known);
  const bool given = layer.kind == LayerKind::input;  // a translation model has two of them
  if (at == 0 && !given) return "is no input";
  const auto in = shape_from(json.value("in", nlohmann::json())), out = shape_from(json.value("out", nlohmann::json()));
  if (!in || !out) return "has no shapes in and out of three whole numbers each";
  layer.in = *in;
  layer.out = *out;
  const nlohmann::json inputs = json.value("inputs", nlohmann::json::array());
  if (!inputs.is_array() || inputs.empty() != given) return "has no list of inputs";
  for (const auto& input : inputs) {
    if (!input.is_number_integer() || input.get<std::int64_t>() < 0 || input.get<std::int64_t>() >= static_cast<std::int64_t>(at))
      return "has an input that is no earlier layer";
    layer.inputs.push_back(input);
  }
  const auto number = [&](const char* name, std::int32_t& value, std::int32_t least) {
    if (!json.contains(name)) return true;
    if (!json[name].is_number_integer() || json[name].get<std::int64_t>() < least || json[name].get<std::int64_t>() > (1 << 24))
      return false;
    value = json[name];
    return true;
  };
  if (!number("kernel", layer.kernel, 1) || !number("stride", layer.stride, 1) || !number("pad", layer.pad, 0) ||
      !number("groups", layer.groups, 1) || !number("heads", layer.heads, 1))
    return "has a kernel, stride, pad, groups or heads out of bounds";
  const auto flag = [&](const char* name) { return json.contains(name) && json[name].is_boolean() && json[name].get<bool>(); };
  layer.bias = flag("bias");
  layer.causal = flag("causal");
  if (json.contains("epsilon") && json["epsilon"].is_number()) layer.epsilon = json["epsilon"];
  if (json.contains("path") && json["path"].is_string()) layer.path = json["path"];
  if (json.contains("act")) {
    const std::string name = json["act"].is_string() ? json["act"].get<std::string>() : "";
    const auto act = activation_named(name);
    if (!act) return fmt::format("has no known activation ({})", name);
    layer.act = *act;
  }
  return std::nullopt;
}

}  // namespace

nlohmann::json layers_json(const Network& network) {
  const Layer usual;
  auto list = nlohmann::json::array();
  for (const Layer& layer : network.layers) {
    nlohmann::json json = {{"kind", layer_kind_name(layer.kind)}, {"in", shape_json(layer.in)}, {"out", shape_json(layer.out)}};
    if (layer.kind == LayerKind::input) json["in"] = json["out"];
    if (!layer.path.empty()) json["path"] = layer.path;
    if (!layer.inputs.empty()) json["inputs"] = layer.inputs;
    if (layer.kernel != usual.kernel) json["kernel"] = layer.kernel;
    if (layer.stride != usual.stride) json["stride"] = layer.stride;
    if (layer.pad != usual.pad) json["pad"] = layer.pad;
    if (layer.groups != usual.groups) json["groups"] = layer.groups;
    if (layer.heads != usual.heads) json["heads"] = layer.heads;
    if (layer.bias) json["bias"] = true;
    if (layer.causal) json["causal"] = true;
    if (layer.act != usual.act) json["act"] = activation_name(layer.act);
    if (layer.epsilon != usual.epsilon) json["epsilon"] = layer.epsilon;
    list.push_back(std::move(json));
  }
  return list;
}

Result<Network> network_from(const nlohmann::json& layers) {
  if (!layers.is_array() || layers.size() < 2) return Failure{"E844", "layers is no list of an input and further layers", ""};
  Network network;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    network.layers.emplace_back();
    if (auto wrong = read_layer(layers[i], i, network.layers.back()))
      return Failure{"E844", fmt::format("layer {} {}", i, *wrong), ""};
  }
  return network;
}

}  // namespace nas
