#include <algorithm>
#include <set>

#include "core/space_program.h"

namespace nas {
namespace {

/// Where the options of `gene`, everything else unchanged, give different values of `diagram`: a diagram over the other genes.
Value changes(const Value& diagram, std::uint16_t gene) {
  const Decided* d = diagram.decided();
  if (!d || d->gene > gene) return false;
  if (d->gene < gene) {
    std::vector<Value> below;
    for (const Value& option : d->options) below.push_back(changes(option, gene));
    return decide(d->gene, std::move(below));
  }
  return lift(d->options, [](const std::vector<Value>& values, const auto&) {
    return Value(std::any_of(values.begin(), values.end(), [&](const Value& v) { return !(v == values.front()); }));
  });
}

}  // namespace

void SpaceProgram::find_active() {
  active.assign(genes.size(), Value(false));
  std::set<std::pair<const void*, const void*>> seen;
  // A value counts where its site is there; that the site is there counts everywhere.
  auto matters = [&](const Value& condition, const Value& diagram) {
    if (!diagram.decided() || !seen.insert({condition.identity(), diagram.identity()}).second) return;
    const Value there = select(condition, diagram, Value());
    for (const auto gene : support(there))
      if (!always(active[gene])) active[gene] = either(active[gene], changes(there, gene));
  };
  for (const Site& site : sites) {
    matters(true, site.condition);
    for (const Value* diagram : {&site.kernel, &site.stride, &site.pad, &site.groups, &site.heads, &site.in, &site.out})
      matters(site.condition, *diagram);
    for (const Value& input : site.inputs) matters(site.condition, input);
  }
  matters(true, output);
  for (const Value& condition : validity) matters(true, condition);
}

void SpaceProgram::find_switches() {
  struct Switch {
    const Value* on;
    std::vector<std::uint16_t> genes, needs;
  };
  std::vector<Switch> found;
  std::set<std::uint16_t> waiting;
  for (std::uint16_t gene = 0; gene < genes.size(); ++gene) {
    if (always(active[gene])) continue;
    waiting.insert(gene);
    const auto same = std::find_if(found.begin(), found.end(), [&](const Switch& s) { return *s.on == active[gene]; });
    if (same == found.end())
      found.push_back({&active[gene], {gene}, support(active[gene])});
    else
      same->genes.push_back(gene);
  }
  // A switch that looks at genes of another comes after it.
  while (!found.empty()) {
    auto next = std::find_if(found.begin(), found.end(), [&](const Switch& s) {
      return std::none_of(s.needs.begin(), s.needs.end(), [&](std::uint16_t gene) { return waiting.contains(gene); });
    });
    if (next == found.end()) {  // they depend on each other in a circle
      settles = false;
      next = found.begin();
    }
    for (const auto gene : next->genes) waiting.erase(gene);
    switches.push_back({FlatDiagram(*next->on, [](const Value& v) { return always(v) ? 1 : 0; }), std::move(next->genes)});
    found.erase(next);
  }
  for (const Value& condition : validity) valid.emplace_back(condition, [](const Value& v) { return always(v) ? 1 : 0; });
}

}  // namespace nas
