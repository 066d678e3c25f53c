#include "embed/host_metric.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <mutex>
#include <random>

#include "check/reserved_names.h"
#include "core/metric.h"
#include "core/rng.h"
#include "core/units.h"
#include "stdlib/objectives/known_by_source.h"

namespace nas {
namespace {

/// What is declared, and a lock that lets one call in at a time.
struct Declared {
  HostMetric metric;
  std::string key;
  std::mutex calling;
};

class HostSource : public MetricSource {
 public:
  HostSource(std::shared_ptr<Declared> declared, nlohmann::json arguments)
      : declared_(std::move(declared)), arguments_(std::move(arguments)) {}
  std::string key() const override { return declared_->key + " " + arguments_.dump(); }
  std::string provenance() const override {
    return fmt::format("{} by the program's {}", metric().predicts ? "predicted" : "measured", metric().name);
  }
  Cost cost() const override { return Cost::measured; }
  bool predicts() const override { return metric().predicts; }

  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    if (!metric().evaluate)
      return Failure{"E845", fmt::format("{} has no function: its values can be told only", metric().name), ""};
    std::vector<std::uint8_t> genomes;
    for (const Arch& arch : archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    std::vector<double> values(archs.size(), std::numeric_limits<double>::quiet_NaN());
    // The space outlives this call; nobody owns it here.
    const std::shared_ptr<const Space> lent(std::shared_ptr<const Space>(), &space);
    const HostBatch batch{lent, archs, genomes, arguments_, context.threads, context.cancelled};
    auto evaluated = call(batch, values);
    if (context.cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
    if (!evaluated) return evaluated;
    for (std::size_t i = 0; i < archs.size(); ++i)
      if (const std::string wrong = fault(values[i]); !wrong.empty())
        return Failure{
            "E845", fmt::format("{} gave {} for {}", metric().name, wrong, space.spell(archs[i])),
            metric().metric == "accuracy" ? "accuracy is a share, from 0 to 1" : "values are finite numbers in SI units"};
    for (std::size_t i = 0; i < archs.size(); ++i) done(i, {.value = values[i]});
    return {};
  }

 private:
  const HostMetric& metric() const { return declared_->metric; }
  /// The program's function is a foreign one: what it throws ends its stage and nothing else.
  Result<void> call(const HostBatch& batch, std::span<double> values) const {
    const std::lock_guard one_at_a_time(declared_->calling);
    const auto failed = [&](const std::string& why) {
      return Failure{"E845", fmt::format("{} failed: {}", metric().name, why), ""};
    };
    try {
      if (auto evaluated = metric().evaluate(batch, values); !evaluated) return failed(evaluated.failure().message);
    } catch (const std::exception& error) {
      return failed(error.what());
    } catch (...) {
      return failed("it threw something that is no std::exception");
    }
    return {};
  }
  std::string fault(double value) const {
    if (std::isnan(value)) return "no number";
    if (std::isinf(value)) return "an infinite value";
    if (metric().metric == "accuracy" && (value < 0 || value > 1)) return fmt::format("an accuracy of {}", value);
    return "";
  }

  std::shared_ptr<Declared> declared_;
  nlohmann::json arguments_;
};

bool is_name(const std::string& text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0]))) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 128 && (std::isalnum(c) || c == '_'); });
}

Failure wrong(std::string sentence, std::string hint = "") {
  return {"E851", std::move(sentence), std::move(hint)};
}

/// Those of the language that a function can give.
std::vector<std::string> measured_metrics() {
  std::vector<std::string> names;
  for (const MetricKind& kind : all_metrics())
    if (!kind.exact) names.push_back(kind.name);
  return names;
}

/// "printed in %, more is better", "without a unit, less is better, of a device".
std::string described(const MetricKind& kind) {
  return fmt::format("{}, {} is better{}", kind.unit.empty() ? "without a unit" : "printed in " + kind.unit,
                     kind.maximise ? "more" : "less", kind.needs_device ? ", of a device" : "");
}

/// What is declared must be what is known.
Result<void> agrees(const HostMetric& metric, const MetricKind& known) {
  if (!metric.unit.empty() && metric.unit != known.unit)
    return wrong(known.unit.empty() ? fmt::format("{} has no unit, and {} is given", known.name, metric.unit)
                                    : fmt::format("the unit of {} is {}, and {} is given", known.name, known.unit, metric.unit),
                 "leave the unit out, or give the metric a name of its own");
  if (metric.maximise && *metric.maximise != known.maximise)
    return wrong(fmt::format("{} {} is better, and {} is given", known.maximise ? "more" : "less", known.name,
                             known.maximise ? "less" : "more"),
                 "leave the direction out: a script may write maximize or minimize");
  if (metric.on_device && !known.needs_device)
    return wrong(fmt::format("{} does not depend on a device", known.name), "give the metric a name of its own");
  return {};
}

/// What a metric is of which the language has none.
Result<MetricKind> declared_kind(const Registry& registry, const HostMetric& metric) {
  const auto known = registry.metric(metric.metric);
  if (!metric.maximise && metric.unit.empty() && !metric.on_device) {
    if (known) return *known->own;  // as another function has declared it
    return wrong(fmt::format("there is no metric \"{}\"", metric.metric),
                 fmt::format("a function gives one of {}, or one of its own, of which it says whether more is better",
                             fmt::join(measured_metrics(), ", ")));
  }
  if (!is_name(metric.metric))
    return wrong(fmt::format("\"{}\" is no name for a metric", metric.metric), "letters, digits and _, and no digit first");
  if (is_reserved(metric.metric))
    return wrong(fmt::format("{} means something else in the language", metric.metric), "give the metric another name");
  if (!metric.maximise)
    return wrong(fmt::format("it is not said whether more or less {} is better", metric.metric),
                 "of a metric that the language does not have this must be said");
  const Unit* unit = find_unit(metric.unit);
  if (!unit && !metric.unit.empty()) {
    std::vector<std::string_view> units;
    for (const Unit& each : all_units()) units.push_back(each.name);
    return wrong(fmt::format("there is no unit \"{}\"", metric.unit), fmt::format("units: {}, or none", fmt::join(units, ", ")));
  }
  MetricKind kind{metric.metric, "", *metric.maximise, false, metric.on_device, metric.unit, unit ? unit->scale : 1};
  if (unit) kind.dimension = metric.unit == "%" ? "share" : unit->dimension.none() ? "count" : dimension_name(unit->dimension);
  if (known && *known->own != kind)
    return wrong(fmt::format("there is a metric {} already: {}", kind.name, described(*known->own)),
                 fmt::format("this one is {}; declare them alike, or give it another name", described(kind)));
  return kind;
}

Component component(ComponentKind kind, const std::shared_ptr<Declared>& declared) {
  const HostMetric& metric = declared->metric;
  Component made;
  made.kind = kind;
  made.name = metric.name;
  made.doc = metric.doc.empty() ? fmt::format("{} by a function of the program.", metric.metric) : metric.doc;
  made.args = metric.args;
  made.metrics = {metric.metric};
  made.build = [declared, kind](const nlohmann::json& arguments, Services&) -> Result<std::shared_ptr<void>> {
    return built_from(Result<std::shared_ptr<HostSource>>(std::make_shared<HostSource>(declared, arguments)), kind);
  };
  return made;
}

/// The type of an argument by the words of `Interpreter::components_json`; false where there are none such.
bool set_type(ArgSpec& spec, const std::string& words) {
  static const std::pair<const char*, ArgType> types[] = {{"true or false", ArgType::boolean},
                                                          {"whole number", ArgType::integer},
                                                          {"number", ArgType::number},
                                                          {"text", ArgType::text},
                                                          {"list of whole numbers", ArgType::integers},
                                                          {"list of numbers", ArgType::numbers},
                                                          {"list of texts", ArgType::texts}};
  for (const auto& [name, type] : types)
    if (words == name) {
      spec.type = type;
      return true;
    }
  const std::string one = "one of ", several = "one or more of ";
  if (words.starts_with(one) || words.starts_with(several)) {
    spec.type = words.starts_with(one) ? ArgType::choice : ArgType::texts;
    for (std::size_t at = (spec.type == ArgType::choice ? one : several).size(); at < words.size();) {
      const std::size_t end = std::min(words.find(", ", at), words.size());
      spec.labels.push_back(words.substr(at, end - at));
      at = end + 2;
    }
    return !spec.labels.empty();
  }
  spec.type = ArgType::quantity;
  spec.dimension = words == "quantity" ? "any" : words;
  return words == "quantity" || !dimension_named(words).none();
}

bool fits(const ArgSpec& spec, const nlohmann::json& value) {
  const auto is_label = [&](const nlohmann::json& item) {
    return item.is_string() && std::find(spec.labels.begin(), spec.labels.end(), item.get<std::string>()) != spec.labels.end();
  };
  const auto all = [&](auto test) { return value.is_array() && std::all_of(value.begin(), value.end(), test); };
  switch (spec.type) {
    case ArgType::boolean:
      return value.is_boolean();
    case ArgType::integer:
      return value.is_number_integer();
    case ArgType::number:
    case ArgType::quantity:
      return value.is_number();
    case ArgType::text:
      return value.is_string();
    case ArgType::choice:
      return is_label(value);
    case ArgType::integers:
      return all([](const auto& item) { return item.is_number_integer(); });
    case ArgType::numbers:
      return all([](const auto& item) { return item.is_number(); });
    case ArgType::texts:
      return all([&](const auto& item) { return spec.labels.empty() ? item.is_string() : is_label(item); });
    case ArgType::stage:
      return false;
  }
  return false;
}

/// Which metric its values are.
Result<MetricKind> kind_of(const Registry& registry, const HostMetric& metric) {
  const MetricKind* known = find_metric(metric.metric);
  if (!known) return declared_kind(registry, metric);
  if (known->exact)
    return wrong(fmt::format("{} is computed from the network itself", metric.metric),
                 fmt::format("a function gives one of {}", fmt::join(measured_metrics(), ", ")));
  if (auto good = agrees(metric, *known); !good) return good.failure();
  return *known;
}

}  // namespace

Result<void> add_host_metric(Registry& registry, const HostMetric& metric) {
  if (!is_name(metric.name))
    return wrong(fmt::format("\"{}\" is no name for a metric", metric.name), "letters, digits and _, and no digit first");
  const auto kind = kind_of(registry, metric);
  if (!kind) return kind.failure();
  for (const ComponentKind taken : {ComponentKind::source, ComponentKind::device})
    if (registry.find(taken, metric.name) && (taken == ComponentKind::source || kind->needs_device))
      return wrong(fmt::format("there is a {} {} already", component_kind_name(taken), metric.name), "give it another name");
  for (std::size_t i = 0; i < metric.args.size(); ++i)
    if (!is_name(metric.args[i].name) || std::any_of(metric.args.begin(), metric.args.begin() + static_cast<std::ptrdiff_t>(i),
                                                     [&](const ArgSpec& a) { return a.name == metric.args[i].name; }))
      return wrong(
          fmt::format("\"{}\" is no name for an argument of {}, or another one has it", metric.args[i].name, metric.name));
  auto declared = std::make_shared<Declared>();
  declared->metric = metric;
  std::string version = metric.version;
  if (version.empty()) {
    std::random_device entropy;
    version = fmt::format("never again {:08x}{:08x}", entropy(), entropy());
  }
  declared->key = fmt::format("program's {} {} {}", metric.name, metric.metric, version);
  if (!find_metric(kind->name)) registry.add_metric(*kind);
  registry.add(component(ComponentKind::source, declared));
  if (kind->needs_device) registry.add(component(ComponentKind::device, declared));
  return {};
}

Result<std::vector<ArgSpec>> arguments_from_schema(const nlohmann::json& schema) {
  if (!schema.is_array()) return wrong("a schema of arguments is a list of objects");
  std::vector<ArgSpec> list;
  for (const auto& json : schema) {
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string() || !json.contains("type") ||
        !json["type"].is_string())
      return wrong("an argument needs a name and a type", R"(e.g. {"name": "images", "type": "whole number", "default": 500})");
    ArgSpec spec;
    spec.name = json["name"].get<std::string>();
    const std::string type = json["type"].get<std::string>();
    if (!set_type(spec, type))
      return wrong(
          fmt::format("argument {} has the type \"{}\", which there is none of", spec.name, type),
          "types: true or false, whole number, number, text, one of a, b, one or more of a, b, list of whole numbers, list of "
          "numbers, list of texts, time, memory, energy, power, frequency, quantity");
    if (json.contains("help") && json["help"].is_string()) spec.help = json["help"].get<std::string>();
    for (const auto& [bound, where] : {std::pair("at_least", &spec.at_least), std::pair("at_most", &spec.at_most)}) {
      if (!json.contains(bound) || json[bound].is_null()) continue;
      if (!json[bound].is_number()) return wrong(fmt::format("{} of argument {} is no number", bound, spec.name));
      *where = json[bound].get<double>();
    }
    spec.default_value = json.contains("default") ? json["default"] : nlohmann::json();
    spec.required = spec.default_value.is_null();
    if (!spec.required && !fits(spec, spec.default_value))
      return wrong(fmt::format("the default of argument {} is no {}", spec.name, type));
    const bool low = spec.at_least && spec.default_value.is_number() && spec.default_value.get<double>() < *spec.at_least;
    const bool high = spec.at_most && spec.default_value.is_number() && spec.default_value.get<double>() > *spec.at_most;
    if (low || high) return wrong(fmt::format("the default of argument {} lies outside its bounds", spec.name));
    list.push_back(std::move(spec));
  }
  return list;
}

}  // namespace nas
