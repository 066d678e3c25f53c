// Networks that judge a predictor and are, under another spelling, among those that it has learnt from.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>

#include "core/cell_graph.h"
#include "core/network_structure.h"
#include "run/engine.h"

namespace nas {
namespace {

/// Graphs of a space's networks; each is built once, however many profiles hold it.
class Structures {
 public:
  explicit Structures(const Space& space) : space_(space) {}
  std::uint64_t of(const Arch& arch) {
    const auto [at, fresh] = known_.try_emplace(arch);
    if (fresh) at->second = structure_key(space_.network(arch));
    return at->second;
  }
  /// Of the networks that were not learnt, those that are one graph with a learnt one; and how many were not learnt.
  std::pair<std::size_t, std::size_t> twins(const std::vector<Arch>& learnt, const SearchResult& judging) {
    const std::set<Arch> known(learnt.begin(), learnt.end());
    std::set<std::uint64_t> structures;
    for (const Arch& arch : known) structures.insert(of(arch));
    std::size_t alike = 0, others = 0;
    for (const SearchRow& row : judging.rows) {
      if (known.count(row.arch)) continue;
      ++others;
      alike += structures.count(of(row.arch));
    }
    return {alike, others};
  }
  /// Networks that are one graph with another one of the list.
  std::size_t repeated(const std::vector<Arch>& networks) {
    std::map<std::uint64_t, std::size_t> times;
    for (const Arch& arch : networks) ++times[of(arch)];
    std::size_t count = 0;
    for (const auto& [structure, many] : times) count += many > 1 ? many : 0;
    return count;
  }

 private:
  const Space& space_;
  std::map<Arch, std::uint64_t> known_;
};

}  // namespace

std::vector<std::pair<Failure, Span>> Engine::doubts() const {
  std::map<std::string, std::unique_ptr<Structures>> cells;  // by the space's key; null where it has none
  const auto structures_of = [&](const Space& space) {
    auto [at, fresh] = cells.try_emplace(space.key());
    if (fresh && has_cells(space)) at->second = std::make_unique<Structures>(space);
    return at->second.get();
  };
  // One warning for each place: runs of a family, and passes of a loop, are alike.
  std::vector<std::pair<Failure, Span>> found;
  std::vector<std::size_t> more;
  const auto add = [&](Failure doubt, Span span) {
    for (std::size_t i = 0; i < found.size(); ++i)
      if (found[i].second.source == span.source && found[i].second.begin == span.begin) {
        ++more[i];
        return;
      }
    found.emplace_back(std::move(doubt), span);
    more.push_back(0);
  };
  for (const CheckedJudgement& judgement : script_.judgements) {
    const auto learnt = learnt_.find(judgement.predictor);
    const auto judging = results_.find(judgement.profile);
    if (!learnt || !judging || !(learnt->metric == judging->metrics[0]) || learnt->from.device != judging->metrics[0].device)
      continue;
    Structures* structures = structures_of(*learnt->space);
    if (!structures) continue;
    const auto [alike, others] = structures->twins(learnt->from.networks, *judging);
    if (alike > 0)
      add(Failure{"W905",
                  fmt::format("{} of {} networks of {} are graphs that {} has learnt from, spelled otherwise", alike, others,
                              judgement.profile, judgement.predictor),
                  "how well it agrees with these says little"},
          judgement.span);
  }
  // A tuning and a transfer hold rows of their profile out to tell how good they are.
  for (const CheckedStage& stage : script_.stages) {
    const auto learnt = stage.learning && !stage.learning->probe.empty() ? learnt_.find(stage.name) : nullptr;
    if (!learnt || learnt->judgement.each.empty()) continue;
    Structures* structures = structures_of(*learnt->space);
    if (!structures) continue;
    const std::vector<Arch>& networks = learnt->from.networks;
    if (const std::size_t alike = structures->repeated(networks); alike > 0)
      add(Failure{"W905",
                  fmt::format("{} of {} networks of {} are graphs that it holds more than once, spelled otherwise", alike,
                              networks.size(), stage.learning->probe),
                  fmt::format("those that {} holds out to tell how good it is may be among them", stage.name)},
          stage.call.span);
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    if (more[i] > 0) found[i].first.message += fmt::format("; and so {} more time{}", more[i], more[i] == 1 ? "" : "s");
  return found;
}

}  // namespace nas
