#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/diagnostic.h"
#include "core/value.h"

namespace nas {

/// An argument of a call, evaluated.
struct GivenArgument {
  std::string name;  ///< empty = by position
  Value value;
  Span name_span, span;
};

/// Stage references: how the checker turns a value into {"$stage": ..., "part": ...}; nullopt = not a stage of that kind.
using StageReference = std::function<std::optional<nlohmann::json>(const Value& value, const std::string& stage_kind)>;

/// Checks the arguments of a call against a component's declaration and completes them with its defaults. Every mistake is
/// reported (E401 unknown, E402 doubled, E403 missing, E404 wrong type or too many, E405 out of bounds); nullopt after one.
/// `dimensions` receives the dimension of each argument declared with the unit "any", `written` the names that were given.
std::optional<nlohmann::json> bind_arguments(const Component& component, const std::vector<GivenArgument>& given, Span call,
                                             Diagnostics& diagnostics, const StageReference& stage,
                                             std::map<std::string, Dimension>* dimensions = nullptr,
                                             std::set<std::string>* written = nullptr);

/// The argument that the next value without a name stands for, and moves on; null behind the last one.
const ArgSpec* next_positional(const Component& component, std::size_t& position);

/// A text that names something to be read off the results shown ("macs", "latency@host"): declared with refers_to("Metric").
bool names_metric(const ArgSpec& spec);
/// True of an argument that takes families of runs, each with several seeds (`refers_to("Family")`).
bool takes_families(const ArgSpec& spec);
/// "between 1 and 20", "at least 1 ms": the bounds of an argument in words, empty without bounds.
std::string bounds_text(const ArgSpec& spec);
/// "whole number", "time", "one of a, b": what an argument takes.
std::string type_text(const ArgSpec& spec);

}  // namespace nas
