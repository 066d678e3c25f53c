#pragma once

#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/result.h"

namespace nas {

struct MetricId;
struct MetricKind;

/// What a component is; decides where its name may stand in a script.
enum class ComponentKind {
  dataset,        ///< dataset x = fashion_mnist()
  device,         ///< device x = cpu(threads = 1)
  source,         ///< objective ... from table("f.csv")
  predictor,      ///< predictor ridge() of accuracy
  training,       ///< train x = supernet(epochs = 3) of net on host using data
  search,         ///< search x = nsga2(...)
  tactic,         ///< ... with concurrent(...)
  plot,           ///< plot pareto(front) to "..."
  export_format,  ///< export front as csv to "..."
  report,
  profile,
  transfer,
  tuning,  ///< tune ... by asha(budget = 81)
  placement,
};

enum class ArgType { boolean, integer, number, quantity, text, choice, integers, numbers, texts, stage };

/// A reference to another stage's result inside resolved arguments: {"$stage": name, "part": "front"}.
struct StageRef {
  std::string stage;
  std::string part;
};

/// What may stand for one argument. Everything that is said about an argument is said here and nowhere else.
struct ArgSpec {
  std::string name;
  std::string help;
  ArgType type = ArgType::number;
  std::string dimension;           ///< for quantities: "time", "memory", ...
  std::optional<double> at_least;  ///< bounds in SI units, of each element for lists
  std::optional<double> at_most;
  std::vector<std::string> labels;  ///< for choices
  bool bare = false;                ///< texts: a name without quotes will do, features = ofa_128
  bool rated = false;               ///< choices: a label may carry a probability, block(0.1)
  std::string stage_kind;           ///< for stages: "Result", "Space", "Weights", "Table"; several joined by '|'
  bool required = false;
  bool positional = true;        ///< may be given without its name, in order
  bool variadic = false;         ///< the last positional argument takes all further ones
  bool length = false;           ///< how long a search goes on: where it is not written, `until` takes its place
  nlohmann::json default_value;  ///< as the struct has it; null for required arguments
};

/// Bounds for `.arg(...)`.
struct Bounds {
  std::optional<double> low, high;
};
inline Bounds at_least(double low) {
  return {low, std::nullopt};
}
inline Bounds between(double low, double high) {
  return {low, high};
}

/// An enum's labels in order of its values; specialise for each enum that is an argument.
template <typename E>
struct Labels;

/// A choice that may carry a probability: `block`, or `block(0.1)`. As JSON it is that text.
template <typename E>
struct Rated {
  E choice{};
  std::optional<double> rate;
};

namespace detail {
template <typename T>
struct is_rated : std::false_type {};
template <typename E>
struct is_rated<Rated<E>> : std::true_type {};
template <typename T>
struct is_vector : std::false_type {};
template <typename T>
struct is_vector<std::vector<T>> : std::true_type {};
template <typename T>
struct is_optional : std::false_type {};
template <typename T>
struct is_optional<std::optional<T>> : std::true_type {};

template <typename T>
nlohmann::json to_json_value(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return std::string(Labels<T>::names[static_cast<std::size_t>(value)]);
  } else if constexpr (is_rated<T>::value) {
    auto label = to_json_value(value.choice).template get<std::string>();
    return value.rate ? label + "(" + nlohmann::json(*value.rate).dump() + ")" : label;
  } else if constexpr (is_optional<T>::value) {
    return value ? to_json_value(*value) : nlohmann::json();
  } else if constexpr (std::is_same_v<T, StageRef>) {
    return value.stage.empty() ? nlohmann::json() : nlohmann::json{{"$stage", value.stage}, {"part", value.part}};
  } else if constexpr (is_vector<T>::value) {
    auto list = nlohmann::json::array();
    for (const auto& item : value) list.push_back(to_json_value(item));
    return list;
  } else {
    return value;
  }
}
template <typename T>
void from_json_value(const nlohmann::json& json, T& value) {
  if constexpr (std::is_enum_v<T>) {
    const auto name = json.get<std::string>();
    for (std::size_t i = 0; i < std::size(Labels<T>::names); ++i)
      if (Labels<T>::names[i] == name) value = static_cast<T>(i);
  } else if constexpr (is_rated<T>::value) {
    const auto text = json.get<std::string>();
    const auto bracket = text.find('(');
    from_json_value(nlohmann::json(text.substr(0, bracket)), value.choice);
    value.rate.reset();
    if (bracket != std::string::npos) value.rate = std::strtod(text.c_str() + bracket + 1, nullptr);
  } else if constexpr (is_optional<T>::value) {
    if (json.is_null()) {
      value.reset();
    } else {
      value.emplace();
      from_json_value(json, *value);
    }
  } else if constexpr (std::is_same_v<T, StageRef>) {
    if (!json.is_null()) value = {json.at("$stage").get<std::string>(), json.value("part", "")};
  } else if constexpr (is_vector<T>::value) {
    value.clear();
    for (const auto& item : json) {
      value.emplace_back();
      from_json_value(item, value.back());
    }
  } else {
    value = json.get<T>();
  }
}
template <typename T>
constexpr ArgType arg_type() {
  if constexpr (std::is_same_v<T, bool>)
    return ArgType::boolean;
  else if constexpr (std::is_enum_v<T> || is_rated<T>::value)
    return ArgType::choice;
  else if constexpr (std::is_integral_v<T>)
    return ArgType::integer;
  else if constexpr (std::is_floating_point_v<T>)
    return ArgType::number;
  else if constexpr (std::is_same_v<T, std::string>)
    return ArgType::text;
  else if constexpr (std::is_same_v<T, StageRef>)
    return ArgType::stage;
  else if constexpr (is_optional<T>::value)
    return arg_type<typename T::value_type>();
  else if constexpr (std::is_same_v<T, std::vector<StageRef>>)
    return ArgType::stage;
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    return ArgType::texts;
  else if constexpr (std::is_same_v<T, std::vector<double>>)
    return ArgType::numbers;
  else
    return ArgType::integers;
}
}  // namespace detail

/// What a component gets besides its arguments when it is built for a run.
class Services;

/// One declaration per component. Argument checks, messages, completion, `nas doc`, the docs page, the JSON schema, the reuse
/// key and a generated test are all derived from it.
class Component {
 public:
  ComponentKind kind;
  std::string name;
  std::string doc;                    ///< one sentence
  std::string details;                ///< further paragraphs of `nas doc`, may be empty
  std::string source;                 ///< paper and equation
  std::vector<std::string> examples;  ///< statements that check without an error
  std::vector<ArgSpec> args;
  int schema_version = 1;  ///< raised when the same arguments mean something else: part of the reuse key
  std::string origin;      ///< of a plug-in's component: its file; part of the reuse key

  // Capabilities, for E7 checks.
  std::size_t min_objectives = 1;  ///< searches
  std::size_t max_objectives = 8;
  std::vector<std::string> metrics;  ///< what a device, source, training or NetworkPredictor can give: "latency"
  bool hard_constraints = true;      ///< searches: takes `where`
  bool learns = false;               ///< searches: learns from measured values; goes with tactics that measure every batch
  bool reads_graphs = false;         ///< predictors: features are the graphs of networks, `graph` where none are named
  bool writes_file = false;
  bool prepares = false;       ///< a tactic that stands beside the one that runs the search
  bool needs_weights = false;  ///< outputs: of searches whose accuracy or loss comes from a super-network
  std::string needs_program;   ///< an executable that must be there before the first stage: "dot"

  /// Makes the object behind the component from complete, checked arguments. The type behind the pointer is fixed by `kind`:
  /// search SearchAlgorithm, tactic Tactic, predictor Predictor, device Device, source/training/... as their headers say.
  std::function<Result<std::shared_ptr<void>>(const nlohmann::json& arguments, Services& services)> build;

  const ArgSpec* find_arg(std::string_view name) const {
    for (const ArgSpec& spec : args)
      if (spec.name == name) return &spec;
    return nullptr;
  }
};

/// Builds a Component around a struct of arguments whose defaults are the defaults of the language.
template <typename Args>
class Declare {
 public:
  Declare(ComponentKind kind, std::string name, std::string doc) {
    component_.kind = kind;
    component_.name = std::move(name);
    component_.doc = std::move(doc);
  }

  template <typename T>
  Declare& arg(std::string name, T Args::*member, std::string help, Bounds bounds = {}) {
    ArgSpec spec;
    spec.name = name;
    spec.help = std::move(help);
    spec.type = detail::arg_type<T>();
    spec.at_least = bounds.low;
    spec.at_most = bounds.high;
    spec.variadic = detail::is_vector<T>::value && spec.type == ArgType::stage;
    if constexpr (std::is_enum_v<T>)
      for (const auto& label : Labels<T>::names) spec.labels.emplace_back(label);
    if constexpr (detail::is_rated<T>::value) {
      for (const auto& label : Labels<decltype(T::choice)>::names) spec.labels.emplace_back(label);
      spec.rated = true;
    }
    spec.default_value = detail::to_json_value(Args{}.*member);
    component_.args.push_back(std::move(spec));
    binders_.push_back([name, member](const nlohmann::json& json, Args& args) {
      if (auto it = json.find(name); it != json.end()) detail::from_json_value(*it, args.*member);
    });
    return *this;
  }
  /// The argument just declared has no default.
  Declare& required() {
    component_.args.back().required = true;
    component_.args.back().default_value = nullptr;
    return *this;
  }
  /// The argument just declared says how long a search goes on; it has an upper bound, which stands for no limit.
  Declare& length() {
    component_.args.back().length = true;
    return *this;
  }
  /// The argument just declared is a quantity; the struct holds SI units.
  Declare& unit(std::string dimension) {
    component_.args.back().type = ArgType::quantity;
    component_.args.back().dimension = std::move(dimension);
    return *this;
  }
  /// The argument just declared refers to a stage of this kind ("Result", "Space|Arch").
  Declare& refers_to(std::string stage_kind) {
    component_.args.back().stage_kind = std::move(stage_kind);
    return *this;
  }
  Declare& details(std::string text) {
    component_.details = std::move(text);
    return *this;
  }
  Declare& paper(std::string source) {
    component_.source = std::move(source);
    return *this;
  }
  Declare& example(std::string statement) {
    component_.examples.push_back(std::move(statement));
    return *this;
  }
  Declare& objectives(std::size_t low, std::size_t high) {
    component_.min_objectives = low;
    component_.max_objectives = high;
    return *this;
  }
  Declare& learns() {
    component_.learns = true;
    return *this;
  }
  Declare& gives(std::vector<std::string> metrics) {
    component_.metrics = std::move(metrics);
    return *this;
  }
  Declare& needs_program(std::string name) {
    component_.needs_program = std::move(name);
    return *this;
  }
  Declare& needs_weights() {
    component_.needs_weights = true;
    return *this;
  }
  Declare& reads_graphs() {
    component_.reads_graphs = true;
    return *this;
  }
  Declare& writes_file() {
    component_.writes_file = true;
    return *this;
  }
  Declare& prepares() {
    component_.prepares = true;
    return *this;
  }
  Declare& version(int schema_version) {
    component_.schema_version = schema_version;
    return *this;
  }

  /// `make(args, services)` returns a std::shared_ptr or std::unique_ptr to the interface, or a Result of one.
  template <typename Make>
  Component builds(Make make) {
    component_.build = [make, binders = binders_](const nlohmann::json& json,
                                                  Services& services) -> Result<std::shared_ptr<void>> {
      Args args;
      for (const auto& bind : binders) bind(json, args);
      return make(args, services);
    };
    return std::move(component_);
  }

 private:
  Component component_;
  std::vector<std::function<void(const nlohmann::json&, Args&)>> binders_;
};

/// All components and metrics of one interpreter. Filled by explicit add_...(Registry&) calls; nothing is registered statically.
class Registry {
 public:
  /// A predictor gets the argument `features` besides its own.
  void add(Component component);
  /// `fill` adds all components of these kinds when one of them is first asked for: a script needs few kinds.
  void add_later(std::vector<ComponentKind> kinds, void (*fill)(Registry&));
  /// All components of another registry, whose names are not taken here.
  void take(Registry&& other, const std::string& origin);
  std::vector<const Component*> all() const;  ///< as they were added, without those of later
  const Component* find(ComponentKind kind, std::string_view name) const;
  std::vector<const Component*> of_kind(ComponentKind kind) const;  ///< by name
  std::vector<std::string> names(ComponentKind kind) const;
  /// Names of the searches for so many objectives; those that learn only where something is measured.
  std::vector<std::string> searches_for(std::size_t objectives, bool measured) const;

  /// A metric beside those of the language: its name is that of no other, or it is the same.
  void add_metric(const MetricKind& kind);
  /// What a script means by the name of a metric, without a device; nothing where there is none of that name.
  std::optional<MetricId> metric(std::string_view name) const;
  std::vector<MetricId> metrics() const;  ///< those of the language, then the others as they were added

 private:
  struct Later {
    std::vector<ComponentKind> kinds;
    void (*fill)(Registry&);
  };
  void fill(ComponentKind kind) const;

  std::vector<std::unique_ptr<Component>> components_;
  std::vector<Later> later_;
  std::unique_ptr<std::recursive_mutex> filling_ = std::make_unique<std::recursive_mutex>();  ///< stages look up in parallel
  std::vector<std::shared_ptr<const MetricKind>> own_metrics_;
};

const char* component_kind_name(ComponentKind kind);
/// "devices", "searches": what `nas list` calls them.
std::string component_kind_plural(ComponentKind kind);

}  // namespace nas
