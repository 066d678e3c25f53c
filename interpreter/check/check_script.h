#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/evaluate.h"
#include "core/component.h"
#include "core/layer.h"
#include "core/search.h"
#include "core/space.h"

namespace nas {

/// A component with complete, checked arguments.
struct CheckedCall {
  const Component* component = nullptr;
  nlohmann::json arguments = nlohmann::json::object();
  Span span;
  std::vector<std::string> open;  ///< arguments that say how long it goes on and were not written
  /// The arguments where `until` ends the search: those that were not written set no limit.
  nlohmann::json without_length() const;
};

/// Where a metric comes from.
struct CheckedMetric {
  MetricId id;
  enum class From { computed, component, weights, device, learnt } from = From::computed;
  CheckedCall source;
  std::string stage;
  std::optional<CheckedCall> predictor;
  std::string learnt;  ///< the stage of a predictor that has learnt before, where the search measures the metric as well
  Span span;

  bool predicted() const { return predictor || !learnt.empty(); }
};

struct CheckedSearch {
  std::string space;
  CheckedCall algorithm;
  std::vector<CheckedCall> tactics;
  std::vector<CheckedMetric> metrics;
  std::vector<Objective> objectives;
  std::vector<Constraint> constraints;
  Span where;  ///< of the conditions
  Until until;
  std::string until_text;  ///< "evaluations >= 500 or stalled(20)"
};

/// What a `predictor ... from` or `transfer` stage makes.
struct CheckedLearning {
  std::string name;
  std::string proxy;  ///< the predictor that is adapted; empty where it learns from nothing else
  std::string probe;  ///< the profile that it learns from; empty where it takes the proxy as it is
  std::string space;
  MetricId metric;
  std::vector<std::string> others;  ///< profiles of other devices that it learns from
};

/// The features of a predictor that reads graphs, or whose members do, where none are named; `graphs`: its space names some.
void complete_features(const Registry& registry, const Component& predictor, nlohmann::json& arguments, bool graphs);

/// What `tune` chooses among: arguments of its predictor that were written as a choice.
struct CheckedTuning {
  CheckedCall method;
  struct Choice {
    std::string argument;
    std::vector<nlohmann::json> values;
  };
  std::vector<Choice> choices;
  bool graphs = false;                 ///< the space has features `graph`
  const Registry* registry = nullptr;  ///< of the components that arguments name
  std::uint64_t configurations() const;
  /// The arguments of one configuration: the last choice changes first.
  nlohmann::json arguments(const CheckedCall& predictor, std::uint64_t configuration) const;
};

/// A value that may need results; `value` is plain or a Later.
struct CheckedValue {
  Value value;
  std::string text;
  Span span;
};

/// One stage with every name resolved.
struct CheckedStage {
  std::string name, word;
  std::string stream;                 ///< names its random stream: that of its family, where it is a member of one
  std::optional<std::uint64_t> seed;  ///< of a member of a family of runs; else the script's
  CheckedCall call;
  Span span;
  std::vector<std::string> needs;
  std::vector<std::pair<std::size_t, bool>> when;  ///< condition index, wanted value
  std::shared_ptr<const Space> space;
  std::string space_script;
  std::optional<CheckedSearch> search;  ///< a profile is one too: a random one that keeps everything
  std::optional<CheckedLearning> learning;
  std::optional<CheckedTuning> tuning;
  std::string of_space, on_device, using_dataset;
  std::vector<std::string> shows;
  std::string file;
  std::vector<CheckedValue> values;
  std::string message;
};

struct ScriptParam {
  std::string name, type, help;
  Value value, low, high;
};

/// A predictor that a profile judges somewhere in the script: what it knows of the profile's networks is only known after the
/// run.
struct CheckedJudgement {
  std::string predictor, profile;
  Span span;  ///< of the profile
};

struct CheckedScript {
  std::vector<CheckedStage> stages;
  std::vector<CheckedJudgement> judgements;
  std::vector<CheckedValue> conditions;
  std::vector<ScriptParam> params;
  std::uint64_t seed = 0;
};

/// What checking may use of the world: texts of imports and of the standard library's spaces. Nothing else is read.
struct CheckInput {
  const Registry* registry = nullptr;
  const LayerVocabulary* layers = nullptr;
  SourceMap* sources = nullptr;
  Diagnostics* diagnostics = nullptr;
  std::vector<std::pair<std::string, std::string>> params;  ///< -p name=value
  std::optional<std::uint64_t> seed;
  /// Text of an import; `from` is the name of the importing source. nullopt = not there.
  std::function<std::optional<std::pair<std::string, std::string>>(const std::string& path, const std::string& from)>
      import;  ///< name, text
  /// Text of stdlib/spaces/NAME.nas.
  std::function<std::optional<std::string>(const std::string& name)> stdlib_space;
  std::function<std::vector<std::string>()> stdlib_spaces;
  std::vector<std::string> stdlib_folders;  ///< where it was looked for
  bool goes_on = false;                     ///< more statements will follow: what nothing uses yet is no mistake
};

/// Keeps trees and scopes alive that closures of the checked script point into.
class ScriptChecker;
struct CheckResult {
  std::shared_ptr<ScriptChecker> keep;
  CheckedScript script;
};
CheckResult check_script(std::uint32_t source, CheckInput input);

/// The language's name for a stage of this kind of component: "search", "train", ...
const char* stage_word_of(ComponentKind kind);

}  // namespace nas
