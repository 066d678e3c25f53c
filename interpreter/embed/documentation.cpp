#include "embed/documentation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "check/arguments.h"

namespace nas {
namespace {

std::string type_text(const LayerParam& p) {
  static const char* types[] = {"whole number", "number", "true or false", "text", "tensor"};
  return p.labels.empty() ? types[static_cast<int>(p.type)] : fmt::format("one of {}", fmt::join(p.labels, ", "));
}
}  // namespace

nlohmann::json description(const Component& c) {
  nlohmann::json json = {
      {"kind", component_kind_name(c.kind)}, {"name", c.name}, {"doc", c.doc}, {"source", c.source}, {"examples", c.examples},
      {"args", nlohmann::json::array()}};
  if (c.kind == ComponentKind::search) {
    json["min_objectives"] = c.min_objectives;
    json["max_objectives"] = c.max_objectives;
  }
  for (const ArgSpec& a : c.args) {
    nlohmann::json arg = {
        {"name", a.name}, {"type", type_text(a)}, {"help", a.help}, {"required", a.required}, {"default", a.default_value}};
    if (a.at_least) arg["at_least"] = *a.at_least;
    if (a.at_most) arg["at_most"] = *a.at_most;
    json["args"].push_back(std::move(arg));
  }
  return json;
}

nlohmann::json description(const LayerComponent& layer) {
  nlohmann::json json = {
      {"kind", "layer"}, {"name", layer.name}, {"doc", layer.doc}, {"source", layer.source}, {"args", nlohmann::json::array()}};
  for (const LayerParam& p : layer.params) {
    nlohmann::json arg = {{"name", p.name}, {"type", type_text(p)}, {"help", p.help}, {"required", p.required}};
    arg["default"] = p.default_value.none() ? nlohmann::json() : nlohmann::json(p.default_value.print());
    if (p.at_least) arg["at_least"] = *p.at_least;
    json["args"].push_back(std::move(arg));
  }
  return json;
}

std::string documentation(const Component& c) {
  std::string text = fmt::format("{} {}\n  {}\n", component_kind_name(c.kind), c.name, c.doc);
  if (!c.args.empty()) text += "\nArguments\n";
  for (const ArgSpec& a : c.args) {
    std::string value =
        a.required ? "required"
        : a.default_value.is_null() || (a.default_value.is_string() && a.default_value.get<std::string>().empty()) || a.variadic
            ? ""
            : "= " + (a.default_value.is_string() ? a.default_value.get<std::string>()
                      : a.type == ArgType::quantity && a.dimension != "any"
                          ? quantity_literal(a.default_value.get<double>(), dimension_named(a.dimension))
                          : a.default_value.dump());
    text += fmt::format("  {:<16} {:<14} {}", a.name, value, type_text(a));
    if (const std::string bounds = bounds_text(a); !bounds.empty()) text += ", " + bounds;
    text += fmt::format("\n  {:<16} {:<14} {}\n", "", "", a.help);
  }
  if (!c.details.empty()) text += "\n" + c.details + "\n";
  if (!c.origin.empty()) text += "\nPlug-in: " + c.origin + "\n";
  if (!c.source.empty()) text += "\nSource: " + c.source + "\n";
  if (!c.examples.empty()) text += fmt::format("\nExample\n  {}\n", fmt::join(c.examples, "\n  "));
  return text;
}

std::string documentation(const LayerComponent& layer) {
  std::string text = fmt::format("layer {}\n  {}\n", layer.name, layer.doc);
  if (!layer.params.empty()) text += "\nArguments\n";
  for (const LayerParam& p : layer.params) {
    std::string name = p.name;
    for (const auto& alias : p.aliases) name += ", " + alias;
    text += fmt::format("  {:<16} {:<14} {}", name,
                        p.required               ? "required"
                        : p.default_value.none() ? ""
                                                 : "= " + p.default_value.print(),
                        type_text(p));
    if (p.at_least) text += fmt::format(", at least {}", *p.at_least);
    text += fmt::format("\n  {:<16} {:<14} {}\n", "", "", p.help);
  }
  if (!layer.source.empty()) text += "\nSource: " + layer.source + "\n";
  return text;
}

}  // namespace nas
