#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/result.h"
#include "core/space.h"

namespace nas {

/// Networks whose values a program is asked for; lives as long as the call.
struct HostBatch {
  const std::shared_ptr<const Space>& space;
  std::span<const Arch> archs;             ///< canonical, each once
  std::span<const std::uint8_t> genomes;   ///< the same behind one another, archs x space->gene_count()
  const nlohmann::json& arguments;         ///< of the metric, complete and checked: {"images": 500}
  int threads = 1;                         ///< that it may use
  const std::function<bool()>& cancelled;  ///< the run is to end: a function that takes long asks now and then
};

/// A metric whose values a function of the embedding program gives for batches of networks: its own super-network, board or
/// model. In a script it is a source, `objective maximize accuracy from NAME()`; a metric that is meaningful on a device only is
/// also a device, `device board = NAME()` and then `latency@board`. Searches, tactics, predictors, profiles and the store treat
/// it as what is measured: every value is in the store before the next batch is asked for.
///
/// Its values are those of a metric of the language, or of a metric that the program brings: then `maximise` is given, and
/// scripts name that metric like any other, `where robustness > 50%`. Several functions may give the same one: declared alike, or
/// by the first one alone.
struct HostMetric {
  std::string name;    ///< of the component: letters, digits and _
  std::string metric;  ///< which metric its values are: "accuracy", "loss", "latency", "energy", "throughput", or "robustness"
  std::string doc;     ///< one sentence for `nas doc NAME`, may be empty
  /// Stands for everything that decides the values besides the arguments (weights, code): part of the key under which the store
  /// keeps them. Where it is empty, nothing is reused after this interpreter.
  std::string version;
  std::vector<ArgSpec> args;  ///< as of any component: names, types, bounds, defaults
  bool predicts = false;      ///< the values come from a model: they are shown as predicted
  /// Of a metric that the language does not have; of one that it has they may be left out, or say the same.
  std::string unit = {};              ///< how values are printed: a unit of the language ("ms", "mJ", "%"), "" = none
  std::optional<bool> maximise = {};  ///< whether more is better
  bool on_device = false;             ///< it is of a device: robustness@phone
  /// Fills in a value for every network, in SI units (s, J, 1/s; shares such as accuracy from 0 to 1). What it throws, a failure
  /// that it gives and a value that is no number end the stage (E845). Called by one thread at a time, not always the same one;
  /// it must not call the interpreter, except `cancel`. Without a function the values can be told only (`AskTell`).
  std::function<Result<void>(const HostBatch& batch, std::span<double> values)> evaluate = nullptr;
};

/// Puts it into a registry: for `Options::extend`. Fails with E851 where the declaration is wrong or the name is taken; then
/// nothing has been added.
Result<void> add_host_metric(Registry& registry, const HostMetric& metric);

/// Arguments of a component from a schema as `Interpreter::components_json` writes them: a list of {name, type, help, required,
/// default, at_least, at_most}; a type is "true or false", "whole number", "number", "text", "one of a, b", "one or more of a, b",
/// "list of whole numbers", "list of numbers", "list of texts", a dimension such as "time", or "quantity" for any of them. Fails
/// with a sentence.
Result<std::vector<ArgSpec>> arguments_from_schema(const nlohmann::json& schema);

}  // namespace nas
