// Whether searches and tactics can do what a script asks of them, known before anything runs (E707).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "run/engine.h"

namespace nas {
namespace {

/// Fewest networks that a search which chooses its own population works with.
constexpr std::int64_t kLeastOwn = 4;

/// Shares the population of `component` out: island i gets population / parts networks, the first ones one more where some are
/// left; a length in evaluations is shared likewise.
SplitAlgorithm split(const Component& component, nlohmann::json arguments, std::vector<std::string> others, Services& services) {
  return [&component, arguments = std::move(arguments), others = std::move(others),
          &services](int parts) -> Result<std::vector<MakeAlgorithm>> {
    const ArgSpec* spec = component.find_arg("population");
    if (!spec)
      return Failure{"E707", fmt::format("islands share a population, and {} has none", component.name),
                     fmt::format("these have one: {}", fmt::join(others, ", "))};
    const auto population = arguments.at("population").get<std::int64_t>();
    if (population == 0)
      return Failure{"E707", fmt::format("islands share a population, and {} chooses its own", component.name),
                     fmt::format("write {}(population = {})", component.name, 10 * parts)};
    const std::int64_t least = spec->at_least && *spec->at_least >= 1 ? static_cast<std::int64_t>(*spec->at_least) : kLeastOwn;
    if (population / parts < least)
      return Failure{"E707",
                     parts > population ? fmt::format("{} islands are more than the population of {}", parts, population)
                                        : fmt::format("{} islands leave {} networks each of a population of {}, and {} needs {}",
                                                      parts, population / parts, population, component.name, least),
                     population / least < 2 ? fmt::format("take a population of at least {}", parts * least)
                                            : fmt::format("take at most {} islands, or a larger population", population / least)};
    std::vector<MakeAlgorithm> made;
    for (std::int64_t part = 0; part < parts; ++part) {
      nlohmann::json own = arguments;
      const std::int64_t share = population / parts + (part < population % parts ? 1 : 0);
      own["population"] = share;
      if (component.find_arg("evaluations"))
        own["evaluations"] = std::max(share, arguments.at("evaluations").get<std::int64_t>() * share / population);
      made.push_back(
          [&component, own, &services] { return std::static_pointer_cast<SearchAlgorithm>(*component.build(own, services)); });
    }
    return made;
  };
}

}  // namespace

void Engine::give_algorithm(SearchTask& task, const CheckedSearch& spec, const Tactic& tactic) {
  const Component& component = *spec.algorithm.component;
  // Searches on predictions keep their length: there `until` counts what is measured around them.
  const bool open = spec.until.any() && tactic.measures_batches();
  const nlohmann::json arguments = open ? spec.algorithm.without_length() : spec.algorithm.arguments;
  task.algorithm = [this, &component, arguments] {
    return std::static_pointer_cast<SearchAlgorithm>(*component.build(arguments, *this));
  };
  std::vector<std::string> populations;
  for (const Component* other : options_.registry->of_kind(ComponentKind::search))
    if (other->find_arg("population")) populations.push_back(other->name);
  task.split = split(component, arguments, std::move(populations), *this);
}

Result<void> Engine::suits_search(const CheckedSearch& spec, const SearchAlgorithm& algorithm) {
  if (auto suits = algorithm.suits(*spaces_.at(spec.space), spec.objectives.size()); !suits) return suits;
  if (!spec.algorithm.component->learns) return {};
  const std::string& name = spec.algorithm.component->name;
  const bool predicted = std::any_of(spec.metrics.begin(), spec.metrics.end(), [](const auto& m) { return m.predicted(); });
  if (!predicted) {
    const auto measured = std::find_if(spec.metrics.begin(), spec.metrics.end(),
                                       [](const auto& m) { return m.from != CheckedMetric::From::computed; });
    if (measured == spec.metrics.end())
      return Failure{
          "E707", fmt::format("{} learns from measurements, and everything in this search is computed", name),
          fmt::format("these do not learn: {}", fmt::join(options_.registry->searches_for(spec.objectives.size(), false), ", "))};
    return Failure{"E707",
                   fmt::format("{} learns from measurements, and no predictor is declared for {}", name, measured->id.label()),
                   fmt::format("write predictor ridge() of {} before the search", measured->id.label())};
  }
  for (const CheckedCall& call : spec.tactics) {
    if (call.component->prepares) continue;
    auto tactic = call.component->build(call.arguments, *this);
    if (tactic && !std::static_pointer_cast<Tactic>(*tactic)->measures_batches())
      return Failure{"E707",
                     fmt::format("{} learns by itself, and with {} it would learn from predictions", name, call.component->name),
                     "leave the tactic out, or write with direct()"};
  }
  return {};
}

void Engine::suits_tactics(const CheckedSearch& spec, SearchTask& task, std::vector<std::pair<Failure, Span>>& failures) {
  const auto tactic = tactic_of(spec);
  if (!tactic) return;
  give_algorithm(task, spec, **tactic);
  for (const CheckedCall& call : spec.tactics) {
    const auto suits = [&]() -> Result<void> {
      if (!call.component->prepares) return (*tactic)->suits(task);
      auto preparation = preparation_of(call);
      return preparation ? (*preparation)->suits(task) : Result<void>{};
    }();
    if (!suits) failures.emplace_back(suits.failure(), call.span);
  }
}

}  // namespace nas
