// Networks that judge a predictor and are, under another spelling, among those that it has learnt from.
#include <fmt/format.h>

#include <map>
#include <set>

#include "core/cell_graph.h"
#include "core/network_structure.h"
#include "run/engine.h"

namespace nas {
namespace {

/// Of the networks that were not learnt, those that are one graph with a learnt one; and how many were not learnt.
std::pair<std::size_t, std::size_t> twins(const Space& space, const std::vector<Arch>& learnt, const SearchResult& judging) {
  const std::set<Arch> known(learnt.begin(), learnt.end());
  std::set<std::uint64_t> structures;
  for (const Arch& arch : known) structures.insert(structure_key(space.network(arch)));
  std::size_t alike = 0, others = 0;
  for (const SearchRow& row : judging.rows) {
    if (known.count(row.arch)) continue;
    ++others;
    alike += structures.count(structure_key(space.network(row.arch)));
  }
  return {alike, others};
}

/// Networks that are one graph with another one of the list.
std::size_t repeated(const Space& space, const std::vector<Arch>& networks) {
  std::map<std::uint64_t, std::size_t> times;
  for (const Arch& arch : networks) ++times[structure_key(space.network(arch))];
  std::size_t count = 0;
  for (const auto& [structure, many] : times) count += many > 1 ? many : 0;
  return count;
}

}  // namespace

std::vector<std::pair<Failure, Span>> Engine::doubts() const {
  std::vector<std::pair<Failure, Span>> found;
  for (const CheckedJudgement& judgement : script_.judgements) {
    const auto learnt = learnt_.find(judgement.predictor);
    const auto judging = results_.find(judgement.profile);
    if (!learnt || !judging || !(learnt->metric == judging->metrics[0]) || learnt->from.device != judging->metrics[0].device ||
        !has_cells(*learnt->space))
      continue;
    const auto [alike, others] = twins(*learnt->space, learnt->from.networks, *judging);
    if (alike > 0)
      found.emplace_back(Failure{"W905",
                                 fmt::format("{} of {} networks of {} are graphs that {} has learnt from, spelled otherwise",
                                             alike, others, judgement.profile, judgement.predictor),
                                 "how well it agrees with these says little"},
                         judgement.span);
  }
  // A tuning and a transfer hold rows of their profile out to tell how good they are.
  for (const CheckedStage& stage : script_.stages) {
    const auto learnt = stage.learning ? learnt_.find(stage.name) : nullptr;
    if (!learnt || learnt->judgement.each.empty() || !has_cells(*learnt->space)) continue;
    const std::vector<Arch>& networks = learnt->from.networks;
    if (const std::size_t alike = repeated(*learnt->space, networks); alike > 0)
      found.emplace_back(Failure{"W905",
                                 fmt::format("{} of {} networks of {} are graphs that it holds more than once, spelled otherwise",
                                             alike, networks.size(), stage.learning->probe),
                                 fmt::format("those that {} holds out to tell how good it is may be among them", stage.name)},
                         stage.call.span);
  }
  return found;
}

}  // namespace nas
