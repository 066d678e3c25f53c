#include "check/arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace nas {
namespace {

std::string number_text(double value, const ArgSpec& spec) {
  return spec.type == ArgType::quantity ? format_quantity(value, dimension_named(spec.dimension)) : fmt::format("{}", value);
}

/// A value as JSON for the argument; nullopt with the reason.
std::optional<nlohmann::json> converted(const ArgSpec& spec, const Value& value, const StageReference& stage,
                                        std::string& wanted) {
  const auto number = value.number();
  switch (spec.type) {
    case ArgType::boolean:
      if (value.boolean()) return *value.boolean();
      wanted = "true or false";
      return std::nullopt;
    case ArgType::integer:
      if (value.integer()) return *value.integer();
      wanted = "a whole number";
      return std::nullopt;
    case ArgType::number:
      if (number && number->dimension.none()) return number->si;
      wanted = "a plain number";
      return std::nullopt;
    case ArgType::quantity:
      if (number && (spec.dimension == "any" || number->dimension == dimension_named(spec.dimension))) return number->si;
      wanted = spec.dimension == "any" ? "a quantity such as 1ms" : dimension_phrase(dimension_named(spec.dimension));
      return std::nullopt;
    case ArgType::text:
    case ArgType::choice:
      if (value.text()) return *value.text();
      if (const auto* formula = value.shared_if<Formula>(); formula && names_metric(spec)) return formula->expression.text;
      wanted = spec.type == ArgType::choice ? fmt::format("one of {}", fmt::join(spec.labels, ", "))
               : names_metric(spec)         ? "a metric"
                                            : "a text";
      return std::nullopt;
    case ArgType::stage: {
      if (auto reference = stage(value, spec.stage_kind)) return reference;
      std::string kind = spec.stage_kind;
      std::transform(kind.begin(), kind.end(), kind.begin(),
                     [](unsigned char c) { return static_cast<char>(c == '|' ? '/' : std::tolower(c)); });
      wanted = "a " + kind;
      return std::nullopt;
    }
    default: {
      const char* item = spec.type == ArgType::integers ? "whole numbers" : spec.type == ArgType::numbers ? "numbers" : "texts";
      wanted = spec.labels.empty() ? fmt::format("a list of {}", item)
                                   : fmt::format("one of {}, or a list of them", fmt::join(spec.labels, ", "));
      List items;
      if (value.list())
        items = *value.list();
      else if (!spec.labels.empty() && value.text())
        items = {value};
      else if (const auto* range = value.inline_if<Range>())
        for (std::size_t i = 0; i < range->size() && i < 1000000; ++i)
          items.emplace_back(static_cast<std::int64_t>(range->first + static_cast<double>(i) * range->step));
      else
        return std::nullopt;
      auto json = nlohmann::json::array();
      for (const Value& v : items) {
        if (spec.type == ArgType::integers && v.integer())
          json.push_back(*v.integer());
        else if (spec.type == ArgType::numbers && v.number())
          json.push_back(v.number()->si);
        else if (spec.type == ArgType::texts && v.text())
          json.push_back(*v.text());
        else
          return std::nullopt;
      }
      return json;
    }
  }
}

}  // namespace

bool names_metric(const ArgSpec& spec) {
  return spec.type == ArgType::text && spec.stage_kind == "Metric";
}

bool takes_families(const ArgSpec& spec) {
  return spec.type == ArgType::stage && spec.stage_kind == "Family";
}

std::string bounds_text(const ArgSpec& spec) {
  if (spec.at_least && spec.at_most)
    return fmt::format("between {} and {}", number_text(*spec.at_least, spec), number_text(*spec.at_most, spec));
  if (spec.at_least) return fmt::format("at least {}", number_text(*spec.at_least, spec));
  if (spec.at_most) return fmt::format("at most {}", number_text(*spec.at_most, spec));
  return "";
}

std::string type_text(const ArgSpec& spec) {
  switch (spec.type) {
    case ArgType::boolean:
      return "true or false";
    case ArgType::integer:
      return "whole number";
    case ArgType::number:
      return "number";
    case ArgType::quantity:
      return spec.dimension == "any" ? "quantity" : spec.dimension;
    case ArgType::text:
      return names_metric(spec) ? "metric" : "text";
    case ArgType::choice:
      return fmt::format("one of {}", fmt::join(spec.labels, ", "));
    case ArgType::integers:
      return "list of whole numbers";
    case ArgType::numbers:
      return "list of numbers";
    case ArgType::texts:
      return spec.labels.empty() ? "list of texts" : fmt::format("one or more of {}", fmt::join(spec.labels, ", "));
    case ArgType::stage:
      return spec.variadic ? "results" : "result";
  }
  return "";
}

const ArgSpec* next_positional(const Component& component, std::size_t& position) {
  while (position < component.args.size() && !component.args[position].positional) ++position;
  if (position >= component.args.size()) return nullptr;
  const ArgSpec* spec = &component.args[position];
  if (!spec->variadic) ++position;
  return spec;
}

std::optional<nlohmann::json> bind_arguments(const Component& component, const std::vector<GivenArgument>& given, Span call,
                                             Diagnostics& diagnostics, const StageReference& stage,
                                             std::map<std::string, Dimension>* dimensions, std::set<std::string>* written) {
  nlohmann::json arguments = nlohmann::json::object();
  for (const ArgSpec& spec : component.args)
    if (!spec.required) arguments[spec.name] = spec.variadic ? nlohmann::json::array() : spec.default_value;
  std::set<std::string> seen;
  bool good = true;
  std::size_t position = 0;
  for (const GivenArgument& argument : given) {
    const ArgSpec* spec = nullptr;
    if (!argument.name.empty()) {
      spec = component.find_arg(argument.name);
      if (!spec) {
        std::vector<std::string> known;
        for (const ArgSpec& s : component.args) known.push_back(s.name);
        const std::string near = did_you_mean(argument.name, known);
        diagnostics.error("E401", argument.name_span, fmt::format("{} has no argument {}", component.name, argument.name),
                          near.empty() ? "" : fmt::format("did you mean {}?", near),
                          known.empty() ? fmt::format("{} takes no arguments.", component.name)
                                        : fmt::format("{} takes {}.", component.name, fmt::join(known, ", ")));
        good = false;
        continue;
      }
    } else {
      spec = next_positional(component, position);
      if (!spec) {
        diagnostics.error("E404", argument.span,
                          fmt::format("{} takes at most {} argument{}", component.name, component.args.size(),
                                      component.args.size() == 1 ? "" : "s"));
        good = false;
        continue;
      }
    }
    if (!spec->variadic && !seen.insert(spec->name).second) {
      diagnostics.error("E402", argument.name.empty() ? argument.span : argument.name_span,
                        fmt::format("{} of {} is given twice", spec->name, component.name));
      good = false;
      continue;
    }
    seen.insert(spec->name);
    if (argument.value.poisoned()) {
      good = false;
      continue;
    }
    std::string wanted;
    auto value = converted(*spec, argument.value, stage, wanted);
    if (!value) {
      const auto number = argument.value.number();
      if (spec->type == ArgType::quantity && number) {
        diagnostics.error(
            number->dimension.none() ? "E302" : "E303", argument.span,
            fmt::format("{} of {} is {}, and this is {}", spec->name, component.name, wanted, argument.value.kind()),
            spec->dimension == "bandwidth" ? "write a size over a time, e.g. 10GB / 1s"
                                           : fmt::format("write a unit, one of {}", units_of(dimension_named(spec->dimension))));
      } else if (spec->type == ArgType::stage) {
        diagnostics.error(
            "E404", argument.span,
            fmt::format("{} takes {}, and this is {}", component.name,
                        takes_families(*spec) ? "families of runs"
                        : spec->variadic      ? wanted.substr(2) + (spec->stage_kind == "Profile" ? "s" : "s of searches")
                                              : wanted,
                        argument.value.kind()));
      } else {
        const bool fraction = spec->type == ArgType::integer && number && number->dimension.none();
        diagnostics.error("E404", argument.span,
                          fmt::format("{} of {} is {}, and this is {}", spec->name, component.name, wanted,
                                      fraction ? argument.value.print() : argument.value.kind()));
      }
      good = false;
      continue;
    }
    std::vector<std::string> labels;
    if (spec->type == ArgType::choice)
      labels = {value->get<std::string>()};
    else if (!spec->labels.empty())
      labels = value->get<std::vector<std::string>>();
    if (const auto bracket = spec->rated ? labels[0].find('(') : std::string::npos; bracket != std::string::npos) {
      std::string& label = labels[0];
      char* end = nullptr;
      const double rate = std::strtod(label.c_str() + bracket + 1, &end);
      if (std::string_view(end) != ")" || !(rate > 0 && rate <= 1)) {
        diagnostics.error("E405", argument.span, fmt::format("{} of {} is {}", spec->name, component.name, label),
                          "the number in brackets is a probability, above 0 and at most 1");
        good = false;
        continue;
      }
      label.resize(bracket);
    }
    const auto unknown = std::find_if(labels.begin(), labels.end(), [&](const std::string& label) {
      return std::find(spec->labels.begin(), spec->labels.end(), label) == spec->labels.end();
    });
    if (unknown != labels.end()) {
      const std::string near = did_you_mean(*unknown, spec->labels);
      diagnostics.error("E405", argument.span, fmt::format("{} of {} cannot be {}", spec->name, component.name, *unknown),
                        near.empty() ? "" : fmt::format("did you mean {}?", near),
                        fmt::format("it can be {}.", fmt::join(spec->labels, ", ")));
      good = false;
      continue;
    }
    auto inside = [&](const nlohmann::json& v) {
      return !v.is_number() ||
             ((!spec->at_least || v.get<double>() >= *spec->at_least) && (!spec->at_most || v.get<double>() <= *spec->at_most));
    };
    if (!spec->labels.empty() && labels.empty()) {
      diagnostics.error("E405", argument.span, fmt::format("{} of {} names nothing", spec->name, component.name),
                        fmt::format("name one or more of {}", fmt::join(spec->labels, ", ")));
      good = false;
      continue;
    }
    bool all_inside = inside(*value);
    if (value->is_array())
      for (const auto& item : *value) all_inside = all_inside && inside(item);
    if (!all_inside) {
      diagnostics.error("E405", argument.span, fmt::format("{} of {} is {}", spec->name, component.name, argument.value.print()),
                        fmt::format("it must be {}", bounds_text(*spec)));
      good = false;
      continue;
    }
    if (spec->dimension == "any" && dimensions) (*dimensions)[spec->name] = argument.value.number()->dimension;
    if (spec->variadic)
      arguments[spec->name].push_back(std::move(*value));
    else
      arguments[spec->name] = std::move(*value);
  }
  for (const ArgSpec& spec : component.args)
    if (spec.required && !seen.count(spec.name)) {
      diagnostics.error("E403", call, fmt::format("{} needs {}", component.name, spec.name), spec.help);
      good = false;
    }
  if (!good) return std::nullopt;
  if (written) *written = std::move(seen);
  return arguments;
}

}  // namespace nas
