#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "check/arguments.h"
#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

// Everything that a component declares is tried against the argument check: a new component is tested by being registered.

const Registry& everything() {
  static const Registry* registry = [] {
    auto* all = new Registry;
    add_stdlib(*all);
    return all;
  }();
  return *registry;
}

std::vector<const Component*> components() {
  std::vector<const Component*> all;
  for (int kind = 0; kind <= static_cast<int>(ComponentKind::placement); ++kind)
    for (const Component* component : everything().of_kind(static_cast<ComponentKind>(kind))) all.push_back(component);
  return all;
}

/// A value of the argument's type that is `number` where it is one.
Value value_for(const ArgSpec& spec, double number) {
  switch (spec.type) {
    case ArgType::boolean:
      return true;
    case ArgType::integer:
      return static_cast<std::int64_t>(number);
    case ArgType::number:
      return number;
    case ArgType::quantity:
      return Quantity{number, spec.dimension == "any" ? Dimension{} : dimension_named(spec.dimension)};
    case ArgType::text:
      return "text";
    case ArgType::choice:
      return spec.labels.front();
    case ArgType::integers:
      return List{Value(static_cast<std::int64_t>(number))};
    case ArgType::numbers:
      return List{Value(number)};
    case ArgType::texts:
      return List{Value(spec.labels.empty() ? "text" : spec.labels.front())};
    case ArgType::stage:
      return "stage";
  }
  return {};
}

double inside(const ArgSpec& spec) {
  return spec.at_least ? *spec.at_least : spec.at_most ? *spec.at_most : 1;
}

std::optional<nlohmann::json> a_stage(const Value& value, const std::string&) {
  if (!value.text() || *value.text() != "stage") return std::nullopt;
  return nlohmann::json{{"$stage", "front"}, {"part", ""}};
}

/// The required arguments by name, and `extra`.
std::vector<GivenArgument> given(const Component& component, const std::string& skip = "",
                                 std::optional<GivenArgument> extra = {}) {
  std::vector<GivenArgument> all;
  for (const ArgSpec& spec : component.args)
    if (spec.required && spec.name != skip) all.push_back({spec.name, value_for(spec, inside(spec)), {}, {}});
  if (extra) all.push_back(*extra);
  return all;
}

struct Bound {
  std::optional<nlohmann::json> arguments;
  std::vector<std::string> codes;
  std::string label;
};
Bound bound_by(const Component& component, const std::vector<GivenArgument>& arguments) {
  Diagnostics diagnostics;
  Bound out;
  out.arguments = bind_arguments(component, arguments, {}, diagnostics, a_stage);
  for (const auto& d : diagnostics.all()) {
    out.codes.push_back(d.code);
    out.label = d.label;
  }
  return out;
}

using Codes = std::vector<std::string>;

class EveryComponent : public ::testing::TestWithParam<const Component*> {};

TEST_P(EveryComponent, BindsItsDefaults) {
  const Component& component = *GetParam();
  const Bound bound = bound_by(component, given(component));
  EXPECT_EQ(bound.codes, Codes{});
  ASSERT_TRUE(bound.arguments);
  EXPECT_EQ(bound.arguments->size(), component.args.size());
  for (const ArgSpec& spec : component.args)
    if (!spec.required && !spec.variadic) EXPECT_EQ((*bound.arguments)[spec.name], spec.default_value) << spec.name;
}

TEST_P(EveryComponent, DefaultsLieWithinTheirBounds) {
  for (const ArgSpec& spec : GetParam()->args) {
    EXPECT_FALSE(spec.help.empty()) << spec.name << " says nothing about itself";
    if (spec.required || !spec.default_value.is_number()) continue;
    const double value = spec.default_value.get<double>();
    if (spec.at_least) EXPECT_GE(value, *spec.at_least) << spec.name;
    if (spec.at_most) EXPECT_LE(value, *spec.at_most) << spec.name;
  }
}

// Just inside each bound is taken, just outside is refused with the bounds in words.
TEST_P(EveryComponent, EnforcesEveryBound) {
  const Component& component = *GetParam();
  for (const ArgSpec& spec : component.args) {
    auto attempt = [&](double number) {
      return bound_by(component, given(component, spec.name, GivenArgument{spec.name, value_for(spec, number), {}, {}}));
    };
    const bool whole = spec.type == ArgType::integer || spec.type == ArgType::integers;
    for (const auto& [bound, away] : {std::pair(spec.at_least, -1.0), std::pair(spec.at_most, 1.0)}) {
      if (!bound) continue;
      EXPECT_EQ(attempt(*bound).codes, Codes{}) << spec.name << " = " << *bound;
      const double outside = whole ? *bound + away : std::nextafter(*bound, away * INFINITY);
      const Bound refused = attempt(outside);
      EXPECT_EQ(refused.codes, Codes{"E405"}) << spec.name << " = " << outside;
      EXPECT_EQ(refused.label, "it must be " + bounds_text(spec));
    }
  }
}

TEST_P(EveryComponent, RefusesWhatIsUnknownDoubledMissingOrOfAnotherType) {
  const Component& component = *GetParam();
  EXPECT_EQ(bound_by(component, given(component, "", GivenArgument{"no_such_argument", Value(1), {}, {}})).codes, Codes{"E401"});
  for (const ArgSpec& spec : component.args) {
    if (spec.required) EXPECT_EQ(bound_by(component, given(component, spec.name)).codes, Codes{"E403"}) << spec.name;
    if (!spec.variadic) {
      auto twice = given(component, spec.name, GivenArgument{spec.name, value_for(spec, inside(spec)), {}, {}});
      twice.push_back(twice.back());
      EXPECT_EQ(bound_by(component, twice).codes, Codes{"E402"}) << spec.name;
    }
    const Bound wrong =
        bound_by(component, given(component, spec.name, GivenArgument{spec.name, Value(Range{1, 2, 0.5, false, {}}), {}, {}}));
    if (spec.type != ArgType::integers && spec.type != ArgType::numbers) EXPECT_EQ(wrong.codes, Codes{"E404"}) << spec.name;
    if (!spec.labels.empty()) {
      EXPECT_EQ(bound_by(component, given(component, spec.name, GivenArgument{spec.name, Value("no such label"), {}, {}})).codes,
                Codes{"E405"})
          << spec.name;
      for (const auto& label : spec.labels)
        EXPECT_EQ(bound_by(component, given(component, spec.name, GivenArgument{spec.name, Value(label), {}, {}})).codes, Codes{})
            << label;
    }
    if (spec.type == ArgType::quantity && spec.dimension != "any") {
      EXPECT_EQ(bound_by(component, given(component, spec.name, GivenArgument{spec.name, Value(1.0), {}, {}})).codes,
                Codes{"E302"})
          << spec.name;
      const Dimension other = dimension_named(spec.dimension == "time" ? "memory" : "time");
      EXPECT_EQ(
          bound_by(component, given(component, spec.name, GivenArgument{spec.name, Value(Quantity{1, other}), {}, {}})).codes,
          Codes{"E303"})
          << spec.name;
    }
  }
}

// An example stands behind whatever it leaves out.
TEST_P(EveryComponent, HasExamplesThatCheck) {
  const Component& component = *GetParam();
  EXPECT_FALSE(component.doc.empty());
  EXPECT_FALSE(component.examples.empty()) << component.name << " shows no example";
  for (const std::string& example : component.examples) {
    // What the component's kind may refer to, declared before it.
    const std::string data = "dataset fashion = fashion_mnist()\n", net = "space net = tiny_mobilenet()\n",
                      host = "device host = cpu()\n";
    std::string goals = "objective minimize macs\n";
    if (component.kind != ComponentKind::search || component.max_objectives > 1) goals += "objective minimize params\n";
    std::string before;
    switch (component.kind) {
      case ComponentKind::dataset:
      case ComponentKind::device:
        break;
      case ComponentKind::training:
        before = data + net + host;
        break;
      case ComponentKind::source:
      case ComponentKind::predictor:
        before = net + host;
        break;
      case ComponentKind::search:
        before = net + goals;
        break;
      case ComponentKind::tactic:
        before = net + goals + "search first = nsga2()\n";
        break;
      case ComponentKind::profile:
        before = net + host;
        if (example.find("like = base") != std::string::npos) before += "profile base = latency over net on host\n";
        break;
      case ComponentKind::tuning:
        before = net + host + "profile base = latency over net on host\n";
        break;
      case ComponentKind::transfer:
        before = net + host +
                 "device phone = cpu(threads = 2)\nprofile base = latency over net on host\npredictor known = ridge() from " +
                 "base\nprofile probe = latency over net on phone\n";
        break;
      default:
        if (std::any_of(component.args.begin(), component.args.end(),
                        [](const ArgSpec& a) { return a.stage_kind == "Profile" || a.stage_kind == "Predictor"; })) {
          before =
              net + host +
              "device phone = cpu(threads = 2)\nprofile base = latency over net on host\npredictor fit = ridge() from base\n" +
              "profile probe = latency over net on phone\nprofile all = latency over net on [host, phone]\n" +
              "show base, probe, all, fit\n";
          break;
        }
        if (component.needs_weights) {
          before = data + net + "train weights = supernet() of net using fashion\nobjective maximize accuracy from weights\n" +
                   "objective minimize macs\nsearch front = nsga2() with full()\n";
          break;
        }
        before = net + goals + "search front = nsga2()";
        if (std::any_of(component.args.begin(), component.args.end(), takes_families)) before += " { seeds = 1..5 }";
        before += "\n";
        if (example.starts_with("export base "))
          before = net + host + "profile base = latency over net on host { strategy = per_operator }\n";
        if (example.starts_with("export known "))
          before = net + host + "profile base = latency over net on host\npredictor known = ridge() from base\n";
        break;
    }
    const Checked checked = check_text(before + example + "\n");
    EXPECT_EQ(checked.text, "") << before + example;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, EveryComponent, ::testing::ValuesIn(components()), [](const auto& info) {
  return fmt::format("{}_{}", component_kind_name(info.param->kind), info.param->name);
});

}  // namespace
}  // namespace nas::testing
