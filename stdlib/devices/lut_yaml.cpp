#include "stdlib/devices/lut_yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace nas {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front())
    return text.substr(1, text.size() - 2);
  return text;
}

template <typename T>
bool whole(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Shape> shape_of(std::string_view text) {
  std::int64_t sides[3] = {};
  for (int i = 0; i < 3; ++i) {
    const auto cross = text.find('x');
    if ((cross == std::string_view::npos) != (i == 2) || !whole(text.substr(0, cross), sides[i])) return std::nullopt;
    text.remove_prefix(i == 2 ? text.size() : cross + 1);
  }
  return Shape{sides[2], sides[0], sides[1]};
}

}  // namespace

std::string op_named(std::string_view op) {
  if (op.starts_with("Conv")) return "conv";
  if (op == "AvgPool2D") return "pool";
  if (op == "Logits") return "linear";
  return std::string(op);
}

std::optional<LayerKey> layer_of_key(std::string_view key) {
  LayerKey layer;
  bool first = true, input = false, output = false;
  while (!key.empty()) {
    const auto dash = key.find('-');
    const std::string_view part = key.substr(0, dash);
    key.remove_prefix(dash == std::string_view::npos ? key.size() : dash + 1);
    if (first) {
      layer.op = op_named(part);
      first = false;
      continue;
    }
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view name = part.substr(0, colon), value = part.substr(colon + 1);
    std::int64_t number = 0;
    if (name == "input" || name == "output") {
      // Classes stand alone: "Logits-input:1x1x1536-output:1000".
      const bool classes = name == "output" && layer.op == "linear" && whole(value, number);
      const auto shape = classes ? Shape{number, 1, 1} : shape_of(value);
      if (!shape) return std::nullopt;
      (name == "input" ? layer.in : layer.out) = *shape;
      (name == "input" ? input : output) = true;
      continue;
    }
    if (!whole(value, number)) return std::nullopt;
    if (name == "expand")
      layer.mid = number;
    else if (name == "kernel")
      layer.kernel = static_cast<std::int32_t>(number);
    else if (name == "stride")
      layer.stride = static_cast<std::int32_t>(number);
    else if (name == "idskip")
      layer.idskip = number != 0;
    else if (name == "se")
      layer.se = number != 0;
    else if (name == "hs")
      layer.hswish = number != 0;
    else
      return std::nullopt;
  }
  if (!input || !output || layer.op.empty()) return std::nullopt;
  return layer;
}

std::vector<std::string> yaml_keys(std::span<const LayerKey> layers) {
  // What the last convolution before the pool is called follows from what the pool takes.
  const auto pooled = [&](const Shape& shape) {
    return std::any_of(layers.begin(), layers.end(), [&](const LayerKey& other) {
      return (other.op == "pool" || other.op == "linear") && other.in == shape && shape.height * shape.width > 1;
    });
  };
  std::vector<std::string> keys;
  for (LayerKey layer : layers) {
    const bool classes = layer.op == "linear" && layer.out.height * layer.out.width == 1;
    if (layer.op == "conv")
      layer.op = layer.in.height * layer.in.width == 1                      ? "Conv_2"
                 : layer.in.height == layer.out.height && pooled(layer.out) ? "Conv_1"
                                                                            : "Conv";
    else if (layer.op == "pool")
      layer.op = "AvgPool2D";
    else if (layer.op == "linear")
      layer.op = "Logits";
    keys.push_back(classes ? fmt::format("{}-input:{}x{}x{}-output:{}", layer.op, layer.in.height, layer.in.width,
                                         layer.in.channels, layer.out.channels)
                           : layer.text());
  }
  return keys;
}

Result<std::vector<std::pair<LayerKey, double>>> layers_of_yaml(const std::string& name, std::string_view text,
                                                                const std::string& field) {
  std::vector<std::pair<LayerKey, double>> rows;
  std::optional<LayerKey> open;
  std::size_t opened = 0, line_number = 0;
  std::optional<double> value;
  const auto wrong = [&](const std::string& what) {
    return Failure{"E808", fmt::format("line {} of {} {}", line_number, name, what),
                   "a layer is its key and a colon, its numbers stand below it: \"  mean: 0.05\""};
  };
  const auto close = [&]() -> Result<void> {
    if (!open) return {};
    if (!value) return Failure{"E809", fmt::format("the layer on line {} of {} has no {}", opened, name, field), ""};
    rows.emplace_back(*open, *value);
    open.reset();
    value.reset();
    return {};
  };
  /// "mean: 0.05" of the open layer.
  const auto take = [&](std::string_view item) -> Result<void> {
    const auto colon = item.find(':');
    if (colon == std::string_view::npos) return wrong("is no name with a value");
    if (trimmed(item.substr(0, colon)) != field) return {};
    const std::string_view written = trimmed(item.substr(colon + 1));
    double number = 0;
    if (!whole(written, number) || !std::isfinite(number))
      return Failure{"E810", fmt::format("line {} of {}: {} is {}, and no number", line_number, name, field, written), ""};
    value = number;
    return {};
  };
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line_number;
    const bool inside = line.starts_with(' ') || line.starts_with('\t');
    line = trimmed(line);
    if (line.empty() || line.front() == '#' || line == "---") continue;
    if (inside) {
      if (!open) return wrong("stands below no layer");
      if (auto taken = take(line); !taken) return taken.failure();
      continue;
    }
    if (auto closed = close(); !closed) return closed.failure();
    // The last colon with nothing or braces behind it ends the key: keys have colons of their own.
    const auto brace = line.find(": {");
    const std::string_view key = without_quotes(trimmed(brace != std::string_view::npos ? line.substr(0, brace)
                                                        : line.ends_with(':')           ? line.substr(0, line.size() - 1)
                                                                                        : std::string_view()));
    if (key.empty()) return wrong("is no layer");
    open = layer_of_key(key);
    if (!open) return wrong(fmt::format("names no layer: {}", key));
    opened = line_number;
    if (brace == std::string_view::npos) continue;
    std::string_view items = line.substr(brace + 3);
    if (!items.ends_with('}')) return wrong("has a { without its }");
    items.remove_suffix(1);
    while (!items.empty()) {
      const auto comma = items.find(',');
      if (auto taken = take(trimmed(items.substr(0, comma))); !taken) return taken.failure();
      items.remove_prefix(comma == std::string_view::npos ? items.size() : comma + 1);
    }
  }
  if (auto closed = close(); !closed) return closed.failure();
  if (rows.empty()) return Failure{"E808", fmt::format("{} has no layers", name), ""};
  return rows;
}

}  // namespace nas
