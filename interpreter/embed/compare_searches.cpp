#include "embed/compare_searches.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/comparison.h"
#include "core/diagnostic.h"
#include "run/search_json.h"

namespace nas {
namespace {

struct Side {
  std::string name;  ///< "r3.front"
  std::vector<SearchResult> results;

  std::vector<const SearchResult*> pointers() const {
    std::vector<const SearchResult*> list;
    for (const SearchResult& result : results) list.push_back(&result);
    return list;
  }
};

/// "r3.front" or "r3".
Result<Side> side_of(Store& store, const std::string& name) {
  const std::size_t dot = name.find('.');
  const std::string run = name.substr(0, dot);
  const auto record = store.run_record(run);
  if (!record) return Failure{"", fmt::format("there is no run {}", run), ""};
  std::vector<std::string> searches;
  const nlohmann::json kept = record->at("facts").value("results", nlohmann::json::array());
  for (const auto& result : kept)
    if (const std::string search = result.value("search", "");
        std::find(searches.begin(), searches.end(), search) == searches.end())
      searches.push_back(search);
  if (searches.empty())
    return Failure{"", fmt::format("{} has no search that ended", run), "runs and what became of them: nas runs"};
  if (dot == std::string::npos && searches.size() > 1)
    return Failure{"", fmt::format("{} has {} searches: {}", run, searches.size(), fmt::join(searches, ", ")),
                   fmt::format("say which one, e.g. {}.{}", run, searches[0])};
  const std::string wanted = dot == std::string::npos ? searches[0] : name.substr(dot + 1);
  if (std::find(searches.begin(), searches.end(), wanted) == searches.end()) {
    const std::string near = did_you_mean(wanted, searches);
    return Failure{"", fmt::format("{} has no search {}", run, wanted),
                   near.empty() ? fmt::format("it has {}", fmt::join(searches, ", ")) : fmt::format("did you mean {}?", near)};
  }
  Side side{run + "." + wanted, {}};
  for (const auto& result : kept) {
    if (result.value("search", "") != wanted) continue;
    const auto stage = store.find_stage(result.value("key", ""));
    if (!stage) return Failure{"", fmt::format("the result of {} is gone from the run store", side.name), "run its script again"};
    try {
      side.results.push_back(search_result_from(stage->result));
    } catch (const nlohmann::json::exception&) {
      return Failure{"", fmt::format("the record of {} is damaged", side.name), "run its script again"};
    }
  }
  return side;
}

std::string objectives_text(const SearchResult& result, bool units) {
  std::string text;
  for (const Objective& o : result.objectives) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", o.maximise ? "maximize" : "minimize", o.label);
    if (units) text += fmt::format(" ({})", dimension_phrase(dimension_named(o.expression.dimension)));
  }
  return text;
}

nlohmann::json side_json(const Side& side, const std::vector<double>& shares, double evaluations) {
  return {{"name", side.name}, {"shares", shares}, {"evaluations", evaluations}};
}

}  // namespace

Result<nlohmann::json> compare_searches(Store& store, const std::string& a, const std::string& b) {
  auto first = side_of(store, a);
  if (!first) return first.failure();
  auto second = side_of(store, b);
  if (!second) return second.failure();
  const SearchResult& one = first->results[0];
  for (const Side* side : {&*first, &*second})
    for (const SearchResult& other : side->results)
      for (const bool units : {false, true})
        if (const std::string mine = objectives_text(one, units), theirs = objectives_text(other, units); mine != theirs)
          return Failure{"",
                         fmt::format("{} and {} have different {}", first->name, side->name,
                                     units ? "units in their objectives" : "objectives"),
                         fmt::format("{}: {}; {}: {}", first->name, mine, side->name, theirs)};
  const Comparison found = compare(first->pointers(), second->pointers());
  return nlohmann::json{{"a", side_json(*first, found.first, found.first_evaluations)},
                        {"b", side_json(*second, found.second, found.second_evaluations)},
                        {"p", found.p},
                        {"effect", found.effect},
                        {"least_p", found.least_p()},
                        {"text", found.text(first->name, second->name)}};
}

}  // namespace nas
