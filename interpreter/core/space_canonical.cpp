#include <algorithm>
#include <set>

#include "core/gene_tables.h"
#include "core/gene_words.h"
#include "core/space_program.h"

namespace nas {
namespace {

constexpr double kActiveRows = 1024;

/// Genes that are active under one condition, and the genes that it looks at, ascending.
struct Switch {
  const Value* on;
  std::vector<std::uint16_t> genes, needs;
};

FlatDiagram flat(const Value& condition) {
  return {condition, [](const Value& v) { return always(v) ? 1 : 0; }};
}

/// Tables of switches that look at genes which nothing switches: as few as stay small. Takes these switches out of `found`.
std::vector<ActiveTable> take_tables(std::vector<Switch>& found, const std::vector<Gene>& genes) {
  std::set<std::uint16_t> switched;
  for (const Switch& s : found) switched.insert(s.genes.begin(), s.genes.end());
  struct Group {
    std::vector<std::uint16_t> needs;
    std::vector<Switch> members;
  };
  std::vector<Group> groups;
  std::erase_if(found, [&](Switch& s) {
    if (std::any_of(s.needs.begin(), s.needs.end(), [&](std::uint16_t gene) { return switched.contains(gene); })) return false;
    std::vector<std::uint16_t> joint = s.needs;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      joint.clear();
      std::set_union(g.needs.begin(), g.needs.end(), s.needs.begin(), s.needs.end(), std::back_inserter(joint));
      return product_of_options(joint, genes) <= kActiveRows;
    });
    if (group == groups.end()) {
      if (product_of_options(s.needs, genes) > kActiveRows) return false;
      joint = s.needs;
      group = groups.emplace(group);
    }
    group->needs = joint;
    group->members.push_back(std::move(s));
    return true;
  });
  std::vector<ActiveTable> tables;
  const std::size_t bytes = whole_words(genes.size());
  std::vector<std::uint8_t> genome(genes.size(), 0);
  for (const Group& group : groups) {
    ActiveTable table{strides_of(group.needs, genes), {}};
    table.rows.assign(static_cast<std::size_t>(product_of_options(group.needs, genes)) * bytes, 1);
    for (const Switch& s : group.members) {
      const FlatDiagram on = flat(*s.on);
      for_each_assignment(group.needs, genes, genome, [&](std::size_t row) {
        if (!on.at(genome.data()))
          for (const auto gene : s.genes) table.rows[row * bytes + gene] = 0;
      });
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

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
  std::vector<Switch> found;
  for (std::uint16_t gene = 0; gene < genes.size(); ++gene) {
    if (always(active[gene])) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const Switch& s) { return *s.on == active[gene]; });
    if (same == found.end())
      found.push_back({&active[gene], {gene}, support(active[gene])});
    else
      same->genes.push_back(gene);
  }
  decides.assign(genes.size(), 0);
  for (const Switch& s : found)
    for (const auto gene : s.needs) decides[gene] = 1;
  active_tables = take_tables(found, genes);
  std::set<std::uint16_t> waiting;
  for (const Switch& s : found) waiting.insert(s.genes.begin(), s.genes.end());
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
    switches.push_back({flat(*next->on), std::move(next->genes)});
    found.erase(next);
  }
  for (const Value& condition : validity) valid.push_back(flat(condition));
}

}  // namespace nas
