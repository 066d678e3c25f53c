#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/diagnostic.h"
#include "core/metric.h"
#include "core/search.h"
#include "core/space.h"

/// The execution graph: what a checked script will do, with every choice of the script already made, except `when`.
namespace nas::plan {

/// A component with its complete, checked arguments.
struct ComponentCall {
  const Component* component = nullptr;
  nlohmann::json arguments = nlohmann::json::object();
  Span span;
};

/// Where a metric of a search comes from.
struct MetricSpec {
  MetricId id;
  enum class From { computed, component, weights, device } from = From::computed;
  ComponentCall source;        ///< From::component: `table(...)`, `linear_model(...)`
  std::string stage;           ///< From::weights: the train stage; From::device: the device stage
  std::optional<ComponentCall> predictor;
  Span span;
};

struct SearchSpec {
  std::string space;           ///< stage name
  ComponentCall algorithm;
  std::vector<ComponentCall> tactics;
  std::vector<MetricSpec> metrics;
  std::vector<Objective> objectives;
  std::vector<Constraint> constraints;
};

/// `a` holds when the script's `when` condition was met; several conditions all have to hold.
struct When {
  std::size_t condition = 0;   ///< index into Graph::conditions
  bool wanted = true;          ///< false for `otherwise`
};

/// The value of an expression over stage results, known only after those stages have run.
/// `result(stage)` gives a stage's result as JSON (see `run`), the value comes back as JSON in SI units.
struct Deferred {
  std::vector<std::string> stages;  ///< needed results
  std::function<Result<nlohmann::json>(const std::function<nlohmann::json(const std::string& stage)>& result)> value;
  std::string text;
  Span span;
};

struct Stage {
  std::string name;            ///< unique: "front", "plot 1", "front[raspi4]"
  std::string word;            ///< space device dataset train search plot export report show require
  ComponentCall call;          ///< empty for space, show, require
  Span span;
  std::vector<std::string> needs;   ///< names of stages that come first
  std::vector<When> when;
  std::uint64_t seed = 0;      ///< the script's seed

  // by word
  std::shared_ptr<const Space> space;    ///< space
  std::string space_script;              ///< space: the statement with resolved arguments
  std::optional<SearchSpec> search;      ///< search
  std::string of_space, on_device, using_dataset;  ///< train
  std::vector<std::string> shows;        ///< plot/export/report: search stages in order
  std::string file;                      ///< plot/export/report: path below the output folder
  std::vector<Deferred> values;          ///< show
  std::optional<Deferred> condition;     ///< require
  std::string message;                   ///< require
};

struct Graph {
  std::vector<Stage> stages;             ///< in script order, which is a topological order
  std::vector<Deferred> conditions;      ///< of `when`
  std::vector<std::string> inputs;       ///< files that the script reads, as written
  nlohmann::json params;                 ///< resolved `param`s
  std::uint64_t seed = 0;

  const Stage* find(std::string_view name) const;
};

}  // namespace nas::plan
