#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>

#include "check/script_checker.h"
#include "core/comparison.h"
#include "core/front_quality.h"
#include "core/statistics.h"

namespace nas {
namespace {

constexpr std::size_t kSamples = 100000;  // of an estimated hypervolume: a standard error of 0.3 % of the box at most

/// What an indicator makes of a front. `known` is empty for those that need none, `values` is a point or a slack.
struct IndicatorInput {
  const FrontPoints& front;
  const FrontPoints& known;
  const std::vector<double>& point;
  const std::vector<Slack>& slack;
  bool by_network;
};
struct Indicator {
  const char* name;
  const char* second;  ///< what its second argument is
  const char* example;
  bool volume;  ///< its unit is the product of the objectives' units
  double (*value)(const IndicatorInput&);
};

VolumeEstimate volume(const IndicatorInput& in) {
  return estimated_hypervolume(in.front.values, in.front.objectives, in.point, Stream(0, "hypervolume"), kSamples);
}

constexpr Indicator kIndicators[] = {
    {"hypervolume", "a reference point", "e.g. hypervolume(front, [0%, 30ms])", true,
     [](const IndicatorInput& in) { return volume(in).volume; }},
    {"hypervolume_error", "a reference point", "e.g. hypervolume_error(front, [0%, 30ms])", true,
     [](const IndicatorInput& in) { return volume(in).error; }},
    {"igd_plus", "the known front", "e.g. igd_plus(front, known)", false,
     [](const IndicatorInput& in) { return igd_plus(in.front, in.known); }},
    {"epsilon", "the known front", "e.g. epsilon(front, known)", false,
     [](const IndicatorInput& in) { return additive_epsilon(in.front, in.known); }},
    {"coverage", "the known front", "e.g. coverage(front, known), coverage(front, known, [0.2%, 5%])", false,
     [](const IndicatorInput& in) { return coverage(in.front, in.known, in.slack); }},
    {"recall", "the known front", "e.g. recall(front, known)", false,
     [](const IndicatorInput& in) { return recall(in.front, in.known, in.by_network); }},
};

const Indicator& indicator_named(const std::string& name) {
  return *std::find_if(std::begin(kIndicators), std::end(kIndicators), [&](const Indicator& i) { return i.name == name; });
}

std::vector<std::string> objective_words(const CheckedSearch& search) {
  std::vector<std::string> words;
  for (const Objective& o : search.objectives) words.push_back((o.maximise ? "maximize " : "minimize ") + o.label);
  return words;
}

/// A metric that is a share itself: a number beside it is no share of it.
bool is_share(const CheckedSearch& search, const Objective& objective) {
  const auto& steps = objective.expression.steps;
  if (steps.size() != 1 || steps[0].op != MetricExpr::Op::metric) return false;
  const MetricKind* kind = find_metric(search.metrics[static_cast<std::size_t>(steps[0].metric)].id);
  return kind && kind->dimension == "share";
}

Result<const SearchResult*> result_of(const std::string& run, const FindResult& find,
                                      std::vector<std::shared_ptr<const Handle>>& kept) {
  kept.push_back(find(run));
  const auto* handle = dynamic_cast<const ResultHandle*>(kept.back().get());
  if (!handle) return Failure{"", fmt::format("{} has no result", run), ""};
  return &handle->result();
}

}  // namespace

std::vector<std::string> ScriptChecker::result_functions() {
  std::vector<std::string> names{"compare", "layers"};
  for (const Indicator& indicator : kIndicators) names.emplace_back(indicator.name);
  for (const std::string_view agreement : agreement_names()) names.emplace_back(agreement);
  return names;
}

const CheckedSearch* ScriptChecker::search_of(const std::string& stage) const {
  const auto it = std::find_if(script_.stages.begin(), script_.stages.end(),
                               [&](const CheckedStage& s) { return s.name == stage && s.search; });
  return it == script_.stages.end() ? nullptr : &*it->search;
}

std::optional<ScriptChecker::Runs> ScriptChecker::runs_of(const syntax::Expr& expr, const Scope& scope, bool several) {
  const Value value = evaluate(expr, scope);
  if (value.poisoned()) return std::nullopt;
  Runs runs{text_of(expr.span), {}, value.list() != nullptr};
  std::function<bool(const Value&, bool)> take = [&](const Value& item, bool inside) {
    if (item.list() && (several || !inside))
      return std::all_of(item.list()->begin(), item.list()->end(), [&](const Value& part) { return take(part, true); });
    const auto* handle = dynamic_cast<const StageHandle*>(item.handle());
    if (!item.poisoned() && (!handle || handle->type_name() != "Result"))
      diagnostics_.error("E301", expr.span, fmt::format("the result of a search is needed here, and this is {}", item.kind()));
    if (!handle || handle->type_name() != "Result") return false;
    runs.stages.push_back(handle->stage());
    return search_of(handle->stage()) != nullptr;
  };
  if (!take(value, false)) return std::nullopt;
  if (runs.stages.empty()) {
    diagnostics_.error("E404", expr.span, "the list is empty: there is no front in it", "name the result of a search");
    return std::nullopt;
  }
  return runs;
}

bool ScriptChecker::same_objectives(const Runs& first, const Runs& second, Span span) {
  const std::string& one = first.stages[0];
  const auto words = objective_words(*search_of(one));
  for (const Runs* side : {&first, &second})
    for (const std::string& run : side->stages) {
      const auto others = objective_words(*search_of(run));
      if (others == words) continue;
      diagnostics_.error("E705", span, fmt::format("{} and {} have different objectives", one, run), "",
                         fmt::format("{}: {}; {}: {}.", one, fmt::join(words, ", "), run, fmt::join(others, ", ")));
      return false;
    }
  return true;
}

Value ScriptChecker::compare_call(const syntax::Call& call, Span span, const Scope& scope) {
  if (call.arguments.size() != 2 || call.arguments[0].name || call.arguments[1].name) {
    diagnostics_.error("E404", span, "compare takes two results of searches, or two families of them",
                       "e.g. compare(first, second)");
    return Poison{};
  }
  const auto first = runs_of(*call.arguments[0].value, scope, false);
  const auto second = first ? runs_of(*call.arguments[1].value, scope, false) : std::nullopt;
  if (!second || !same_objectives(*first, *second, span)) return Poison{};
  Later later;
  for (const Runs* side : {&*first, &*second}) later.stages.insert(later.stages.end(), side->stages.begin(), side->stages.end());
  later.now = [first = *first, second = *second](const FindResult& find) -> Result<Value> {
    std::vector<std::shared_ptr<const Handle>> kept;
    std::array<std::vector<const SearchResult*>, 2> results;
    for (std::size_t side = 0; side < 2; ++side)
      for (const std::string& run : (side == 0 ? first : second).stages) {
        auto result = result_of(run, find, kept);
        if (!result) return result.failure();
        results[side].push_back(*result);
      }
    return Value(comparison_handle(compare(results[0], results[1]), first.text, second.text));
  };
  return later;
}

std::optional<std::vector<Quantity>> ScriptChecker::values_of_objectives(const CheckedSearch& search,
                                                                         const syntax::Argument& argument,
                                                                         const std::string& what, bool shares,
                                                                         const Scope& scope) {
  const Span span = argument.value->span;
  const Value value = evaluate(*argument.value, scope);
  if (value.poisoned()) return std::nullopt;
  const std::size_t m = search.objectives.size(), given = value.list() ? value.list()->size() : 1;
  std::vector<std::string> labels;
  for (const Objective& objective : search.objectives) labels.push_back(objective.label);
  if (given != m || (!value.list() && m > 1)) {
    diagnostics_.error("E405", span,
                       fmt::format("{} has {} value{}, and there {} {} objective{}", what, given, given == 1 ? "" : "s",
                                   m == 1 ? "is" : "are", m, m == 1 ? "" : "s"),
                       fmt::format("give a list of one value each for {}", fmt::join(labels, ", ")));
    return std::nullopt;
  }
  std::vector<Quantity> values;
  for (std::size_t j = 0; j < m; ++j) {
    const Value& item = value.list() ? (*value.list())[j] : value;
    const auto number = item.number();
    if (!number) {
      diagnostics_.error(
          "E301", span, fmt::format("value {} of {} is a number that is known before the run, not {}", j + 1, what, item.kind()));
      return std::nullopt;
    }
    const Dimension wanted = dimension_named(search.objectives[j].expression.dimension);
    if (number->dimension != wanted && !(shares && number->dimension.none())) {
      diagnostics_.error(number->dimension.none() ? "E302" : "E303", span,
                         fmt::format("value {} of {} is {}, and {} is {}", j + 1, what, dimension_phrase(number->dimension),
                                     labels[j], dimension_phrase(wanted)),
                         wanted.none() ? "write it without a unit" : fmt::format("write a unit, one of {}", units_of(wanted)));
      return std::nullopt;
    }
    if (shares && number->si < 0) {
      diagnostics_.error("E405", span, fmt::format("value {} of {} is below zero", j + 1, what));
      return std::nullopt;
    }
    values.push_back(*number);
  }
  return values;
}

Value ScriptChecker::indicator_call(const std::string& name, const syntax::Call& call, Span span, const Scope& scope) {
  const auto agreements = agreement_names();
  if (std::find(agreements.begin(), agreements.end(), name) != agreements.end()) return agreement_call(name, call, span, scope);
  if (name == "layers") return layers_call(call, span, scope);
  const Indicator& indicator = indicator_named(name);
  const std::size_t given = call.arguments.size(), most = name == "coverage" ? 3 : 2;
  if (given < 2 || given > most ||
      std::any_of(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.name.has_value(); })) {
    diagnostics_.error("E404", span,
                       fmt::format("{} takes the result of a search and {}{}", name, indicator.second,
                                   most == 3 ? ", and perhaps how far it may fall short" : ""),
                       indicator.example);
    return Poison{};
  }
  const auto front = runs_of(*call.arguments[0].value, scope, false);
  if (!front || !same_objectives(*front, *front, span)) return Poison{};
  const CheckedSearch& search = *search_of(front->stages[0]);
  Later later;
  later.stages = front->stages;
  Runs known;
  std::vector<double> point;
  std::vector<Slack> slack;
  Dimension dimension;
  if (indicator.volume) {
    const auto values = values_of_objectives(search, call.arguments[1], "the reference point", false, scope);
    if (!values) return Poison{};
    for (std::size_t j = 0; j < values->size(); ++j) {
      point.push_back(search.objectives[j].maximise ? -(*values)[j].si : (*values)[j].si);
      dimension = dimension * (*values)[j].dimension;
    }
  } else {
    auto read = runs_of(*call.arguments[1].value, scope, true);
    if (!read || !same_objectives(*front, *read, span)) return Poison{};
    known = std::move(*read);
    later.stages.insert(later.stages.end(), known.stages.begin(), known.stages.end());
  }
  if (given == 3) {
    const auto values = values_of_objectives(search, call.arguments[2], "the slack", true, scope);
    if (!values) return Poison{};
    for (std::size_t j = 0; j < values->size(); ++j) {
      const Objective& objective = search.objectives[j];
      const bool has_unit = !dimension_named(objective.expression.dimension).none();
      const bool relative = has_unit ? (*values)[j].dimension.none() : !is_share(search, objective) && (*values)[j].si < 1;
      slack.push_back({(*values)[j].si, relative});
    }
  }
  const auto space_key = [&](const std::string& run) {
    const std::string& space = search_of(run)->space;
    const auto it = std::find_if(script_.stages.begin(), script_.stages.end(), [&](const auto& s) { return s.name == space; });
    return it != script_.stages.end() && it->space ? it->space->key() : std::string();
  };
  const bool by_network = std::all_of(known.stages.begin(), known.stages.end(),
                                      [&](const std::string& run) { return space_key(run) == space_key(front->stages[0]); });
  later.now = [&indicator, front = *front, known, point, slack, dimension, by_network](const FindResult& find) -> Result<Value> {
    std::vector<std::shared_ptr<const Handle>> kept;
    std::vector<const SearchResult*> reference;
    for (const std::string& run : known.stages) {
      auto result = result_of(run, find, kept);
      if (!result) return result.failure();
      reference.push_back(*result);
    }
    const FrontPoints known_points = front_points(reference);
    List values;
    for (const std::string& run : front.stages) {
      auto result = result_of(run, find, kept);
      if (!result) return result.failure();
      const SearchResult* one = *result;
      const double value = indicator.value({front_points({&one, 1}), known_points, point, slack, by_network});
      values.push_back(Quantity{value, dimension});
    }
    return front.family ? Value(std::move(values)) : values[0];
  };
  return later;
}

}  // namespace nas
