#include "core/space_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/check.h"

namespace nas {
namespace {

constexpr std::size_t kLargestTable = std::size_t{1} << 22;

std::int32_t integer_of(const Value& value) {
  const auto* i = value.integer();
  NAS_CHECK(i);
  return static_cast<std::int32_t>(*i);
}

/// The genes of several diagrams together, ascending.
std::vector<std::uint16_t> joint_support(const std::vector<const Value*>& values) {
  std::set<std::uint16_t> genes;
  for (const Value* value : values)
    for (const auto gene : support(*value)) genes.insert(gene);
  return {genes.begin(), genes.end()};
}

/// Runs over all assignments of some genes in a scratch genome, the first gene slowest.
template <typename F>
void for_each_assignment(const std::vector<std::uint16_t>& genes, const std::vector<Gene>& all, std::vector<std::uint8_t>& genome,
                         F&& f) {
  for (const auto gene : genes) genome[gene] = 0;
  std::size_t row = 0;
  while (true) {
    f(row++);
    std::size_t i = genes.size();
    while (i > 0) {
      auto& digit = genome[genes[i - 1]];
      if (++digit < all[genes[i - 1]].options.size()) break;
      digit = 0;
      --i;
    }
    if (i == 0) break;
  }
  for (const auto gene : genes) genome[gene] = 0;
}

double product_of_options(const std::vector<std::uint16_t>& genes, const std::vector<Gene>& all) {
  double product = 1;
  for (const auto gene : genes) product *= static_cast<double>(all[gene].options.size());
  return product;
}

std::vector<std::pair<std::uint16_t, std::uint32_t>> strides_of(const std::vector<std::uint16_t>& genes,
                                                                const std::vector<Gene>& all) {
  std::vector<std::pair<std::uint16_t, std::uint32_t>> strides(genes.size());
  std::uint32_t stride = 1;
  for (std::size_t i = genes.size(); i-- > 0;) {
    strides[i] = {genes[i], stride};
    stride *= static_cast<std::uint32_t>(all[genes[i]].options.size());
  }
  return strides;
}

std::size_t row_of(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& strides, const std::uint8_t* genome) {
  std::size_t row = 0;
  for (const auto& [gene, stride] : strides) row += std::size_t{stride} * genome[gene];
  return row;
}

void dump(const Value& value, std::string& out) {
  if (const Decided* d = value.decided()) {
    out += fmt::format("{}?", d->gene);
    for (const Value& option : d->options) {
      dump(option, out);
      out += ',';
    }
    out += ';';
  } else {
    out += value.print();
  }
}

/// A table over the assignments of some genes, ascending.
template <typename T>
struct Factor {
  std::vector<std::uint16_t> genes;
  std::vector<T> table;
};

/// Variable elimination: multiplies factors and folds out one gene after the other, the one with the smallest neighbourhood
/// first. `fold(gene, weights)` gives the folded value of one row from the products for each option; `begin(gene, strides)`
/// announces the rows. False when a table would exceed kLargestTable.
template <typename T, typename Times, typename Begin, typename Fold>
bool eliminate_genes(std::vector<Factor<T>>& factors, const std::vector<Gene>& genes, const T& one, Times&& times, Begin&& begin,
                     Fold&& fold) {
  std::vector<std::uint8_t> genome(genes.size(), 0);
  std::vector<bool> done(genes.size(), false);
  for (std::size_t round = 0; round < genes.size(); ++round) {
    std::size_t best = genes.size();
    double best_size = 0;
    std::set<std::uint16_t> best_scope;
    for (std::size_t gene = 0; gene < genes.size(); ++gene) {
      if (done[gene]) continue;
      std::set<std::uint16_t> scope;
      for (const auto& factor : factors)
        if (std::binary_search(factor.genes.begin(), factor.genes.end(), gene))
          scope.insert(factor.genes.begin(), factor.genes.end());
      scope.erase(static_cast<std::uint16_t>(gene));
      const double size = product_of_options({scope.begin(), scope.end()}, genes);
      if (best != genes.size() && size >= best_size) continue;
      best = gene;
      best_size = size;
      best_scope = std::move(scope);
      if (size <= 3) break;
    }
    done[best] = true;
    const auto options = genes[best].options.size();
    if (best_size * static_cast<double>(options) > static_cast<double>(kLargestTable)) return false;
    std::vector<Factor<T>> used;
    for (auto it = factors.begin(); it != factors.end();) {
      if (std::binary_search(it->genes.begin(), it->genes.end(), static_cast<std::uint16_t>(best))) {
        used.push_back(std::move(*it));
        it = factors.erase(it);
      } else {
        ++it;
      }
    }
    Factor<T> result;
    result.genes.assign(best_scope.begin(), best_scope.end());
    std::vector<std::vector<std::pair<std::uint16_t, std::uint32_t>>> used_strides;
    for (const auto& factor : used) used_strides.push_back(strides_of(factor.genes, genes));
    begin(static_cast<std::uint16_t>(best), strides_of(result.genes, genes));
    std::vector<T> weights(options);
    for_each_assignment(result.genes, genes, genome, [&](std::size_t) {
      for (std::size_t option = 0; option < options; ++option) {
        genome[best] = static_cast<std::uint8_t>(option);
        weights[option] = one;
        for (std::size_t i = 0; i < used.size(); ++i)
          weights[option] = times(weights[option], used[i].table[row_of(used_strides[i], genome.data())]);
      }
      genome[best] = 0;
      result.table.push_back(fold(weights));
    });
    factors.push_back(std::move(result));
  }
  return true;
}

}  // namespace

FlatDiagram::FlatDiagram(const Value& value, const std::function<std::int32_t(const Value&)>& leaf) {
  std::map<const void*, std::int32_t> known;
  std::function<std::int32_t(const Value&)> add = [&](const Value& v) -> std::int32_t {
    const Decided* d = v.decided();
    if (!d) return -1 - leaf(v);
    if (const auto it = known.find(d); it != known.end()) return it->second;
    const auto node = static_cast<std::int32_t>(data_.size());
    data_.resize(data_.size() + 1 + d->options.size());
    data_[static_cast<std::size_t>(node)] = d->gene;
    for (std::size_t i = 0; i < d->options.size(); ++i) {
      const std::int32_t child = add(d->options[i]);
      data_[static_cast<std::size_t>(node) + 1 + i] = child;
    }
    known[d] = node;
    return node;
  };
  root_ = add(value);
}

void EncodingProgram::add(const Value& column) {
  columns.emplace_back(column, [&](const Value& v) {
    const auto number = static_cast<float>(v.number()->si);
    auto at = std::find(leaves.begin(), leaves.end(), number);
    if (at == leaves.end()) at = leaves.insert(at, number);
    return static_cast<std::int32_t>(at - leaves.begin());
  });
  dump(column, text);
  text += '\n';
}

Layer layer_at(const Site& site, const std::uint8_t* genome) {
  Layer layer;
  layer.kind = site.kind;
  layer.act = site.act;
  layer.bias = site.bias;
  layer.causal = site.causal;
  layer.epsilon = site.epsilon;
  layer.kernel = integer_of(at_genome(site.kernel, genome));
  layer.stride = integer_of(at_genome(site.stride, genome));
  layer.pad = integer_of(at_genome(site.pad, genome));
  layer.groups = integer_of(at_genome(site.groups, genome));
  layer.heads = integer_of(at_genome(site.heads, genome));
  layer.slot = site.slot;
  const auto* in = at_genome(site.in, genome).inline_if<Shape>();
  const auto* out = at_genome(site.out, genome).inline_if<Shape>();
  NAS_CHECK(in && out);
  layer.in = *in;
  layer.out = *out;
  return layer;
}

void SpaceProgram::find_slots() {
  for (Site& site : sites) {
    switch (site.kind) {
      case LayerKind::conv:
      case LayerKind::linear:
      case LayerKind::batch_norm:
      case LayerKind::layer_norm:
      case LayerKind::embedding:
      case LayerKind::learned:
        break;
      default:
        continue;
    }
    WeightSlot slot;
    slot.path = site.path;
    slot.kind = site.kind;
    slot.bias = site.bias;
    lift({site.condition, site.kernel, site.groups, site.in, site.out}, [&](const std::vector<Value>& v, const auto&) {
      if (!always(v[0])) return Value();
      const Shape& in = *v[3].inline_if<Shape>();
      const Shape& out = *v[4].inline_if<Shape>();
      const std::int64_t groups = *v[2].integer();
      slot.kernel = std::max(slot.kernel, integer_of(v[1]));
      slot.depthwise = slot.depthwise || (groups > 1 && groups == in.channels);
      slot.in_channels = std::max(slot.in_channels, in.channels / groups);
      slot.out_channels = std::max(slot.out_channels, out.channels);
      return Value();
    });
    site.slot = static_cast<std::int32_t>(slots.size());
    slots.push_back(std::move(slot));
  }
}

void SpaceProgram::find_costs() {
  struct Group {
    std::vector<std::uint16_t> genes;
    std::vector<const Site*> sites;
  };
  std::vector<Group> groups;
  for (const Site& site : sites) {
    if (site.slot < 0 && site.kind != LayerKind::attention) continue;  // costs nothing
    auto genes_of_site = joint_support({&site.condition, &site.kernel, &site.groups, &site.in, &site.out});
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.genes == genes_of_site; });
    if (same == groups.end()) {
      groups.push_back({std::move(genes_of_site), {&site}});
    } else {
      same->sites.push_back(&site);
    }
  }
  // A group whose genes are a subset of another's goes into that one's table.
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.genes.size() > b.genes.size(); });
  std::vector<Group> merged;
  for (Group& group : groups) {
    const auto host = std::find_if(merged.begin(), merged.end(), [&](const Group& g) {
      return std::includes(g.genes.begin(), g.genes.end(), group.genes.begin(), group.genes.end()) &&
             product_of_options(g.genes, genes) <= 256 * product_of_options(group.genes, genes);
    });
    if (host == merged.end()) {
      merged.push_back(std::move(group));
    } else {
      host->sites.insert(host->sites.end(), group.sites.begin(), group.sites.end());
    }
  }
  std::vector<std::uint8_t> genome(genes.size(), 0);
  for (const Group& group : merged) {
    CostTable table;
    table.strides = strides_of(group.genes, genes);
    const auto rows = static_cast<std::size_t>(product_of_options(group.genes, genes));
    table.macs.assign(rows, 0);
    table.params.assign(rows, 0);
    for (const Site* site : group.sites) {
      const auto own = joint_support({&site->condition, &site->kernel, &site->groups, &site->in, &site->out});
      std::vector<std::pair<std::int64_t, std::int64_t>> costs_of_site;
      for_each_assignment(own, genes, genome, [&](std::size_t) {
        if (!always(at_genome(site->condition, genome.data()))) {
          costs_of_site.emplace_back(0, 0);
          return;
        }
        const Layer layer = layer_at(*site, genome.data());
        costs_of_site.emplace_back(layer_macs(layer), layer_params(layer));
      });
      const auto own_strides = strides_of(own, genes);
      for_each_assignment(group.genes, genes, genome, [&](std::size_t row) {
        const auto& [macs, params] = costs_of_site[row_of(own_strides, genome.data())];
        table.macs[row] += macs;
        table.params[row] += params;
      });
    }
    costs.push_back(std::move(table));
  }
}

void SpaceProgram::find_roles() {
  using Role = Space::GeneRole;
  roles.assign(genes.size(), Role::wiring);
  std::vector<bool> known(genes.size(), false);
  auto mark = [&](const Value& diagram, Role role) {
    for (const auto gene : support(diagram))
      if (!known[gene]) {
        known[gene] = true;
        roles[gene] = role;
      }
  };
  const auto joins = [](const Site& site) {
    return site.kind == LayerKind::add || site.kind == LayerKind::multiply || site.kind == LayerKind::concat ||
           site.kind == LayerKind::concat_length;
  };
  const auto slides = [](const Site& site) {
    return site.kind == LayerKind::conv || site.kind == LayerKind::max_pool || site.kind == LayerKind::avg_pool;
  };
  const auto area = [](const std::vector<Value>& v, const auto&) {
    const Shape& shape = *v[0].inline_if<Shape>();
    return Value(Shape{0, shape.height, shape.width});
  };
  const auto channels = [](const std::vector<Value>& v, const auto&) { return Value(v[0].inline_if<Shape>()->channels); };
  for (std::size_t gene = 0; gene < genes.size(); ++gene)
    if (is_depth[gene]) {
      known[gene] = true;
      roles[gene] = Role::depth;
    }
  for (const Site& site : sites)
    if (site.kind == LayerKind::input) mark(lift({site.out}, area), Role::resolution);
  // Whether a layer is there is a choice of operators; whether tensors meet is wiring, which has no weights.
  for (const Site& site : sites)
    if (!joins(site)) mark(site.condition, Role::operation);
  for (const Site& site : sites)
    if (slides(site)) mark(site.kernel, Role::kernel);
  for (const Site& site : sites) mark(site.stride, Role::resolution);
  for (const Site& site : sites)
    if (!joins(site)) mark(lift({site.out}, channels), Role::width);
  for (const Site& site : sites)
    for (const Value* diagram : {&site.groups, &site.heads}) mark(*diagram, Role::operation);
}

std::vector<std::pair<std::vector<std::uint16_t>, std::vector<bool>>> SpaceProgram::constraints() const {
  std::vector<std::pair<std::vector<std::uint16_t>, std::vector<bool>>> found;
  std::vector<std::uint8_t> genome(genes.size(), 0);
  auto add = [&](std::vector<std::uint16_t> over, auto&& holds) {
    std::vector<bool> table;
    if (product_of_options(over, genes) <= static_cast<double>(kLargestTable))
      for_each_assignment(over, genes, genome, [&](std::size_t) { table.push_back(holds(genome.data())); });
    found.emplace_back(std::move(over), std::move(table));
  };
  for (std::size_t gene = 0; gene < genes.size(); ++gene) {
    if (always(active[gene])) continue;
    auto over = support(active[gene]);
    over.insert(std::lower_bound(over.begin(), over.end(), gene), static_cast<std::uint16_t>(gene));
    add(std::move(over), [&](const std::uint8_t* g) { return g[gene] == 0 || always(at_genome(active[gene], g)); });
  }
  for (const Value& condition : validity)
    add(support(condition), [&](const std::uint8_t* g) { return always(at_genome(condition, g)); });
  return found;
}

Failure SpaceProgram::entangled() const {
  return {"E504", fmt::format("the choices of space {} depend on each other in too many ways to count its networks", name),
          "bind shared choices closer to where they are used"};
}

Result<void> SpaceProgram::eliminate() {
  std::vector<Factor<mpz_class>> factors;
  for (auto& [over, table] : constraints()) {
    if (table.empty()) return entangled();
    factors.push_back({over, {table.begin(), table.end()}});
  }
  const bool counted = eliminate_genes<mpz_class>(
      factors, genes, mpz_class(1), [](const mpz_class& a, const mpz_class& b) { return mpz_class(a * b); },
      [&](std::uint16_t gene, auto strides) {
        elimination.push_back({gene, std::move(strides), {}});
      },
      [&](const std::vector<mpz_class>& weights) {
        mpz_class sum = 0;
        for (const mpz_class& weight : weights) sum += weight;
        mpz_class running = 0;
        for (const mpz_class& weight : weights) {
          running += weight;
          elimination.back().cumulative.push_back(sum == 0 ? 0.0 : mpq_class(running, sum).get_d());
        }
        return sum;
      });
  if (!counted) return entangled();
  network_count = 1;
  for (const auto& factor : factors) network_count *= factor.table.front();
  std::reverse(elimination.begin(), elimination.end());
  if (network_count == 0)
    return Failure{"E503", fmt::format("space {} is empty: the conditions of its choices cannot all hold", name),
                   "look at the `if` parts of its choices and at its `require`"};
  return {};
}

Result<Arch> SpaceProgram::extreme(bool largest_wanted, bool params_first) const {
  // Exact: the same elimination over (cost, +) with the costs as further factors.
  using Cost = std::pair<std::int64_t, std::int64_t>;
  constexpr Cost kForbidden{std::numeric_limits<std::int64_t>::max() / 4, 0};
  const std::int64_t sign = largest_wanted ? -1 : 1;
  std::vector<Factor<Cost>> factors;
  for (const CostTable& table : costs) {
    Factor<Cost> factor;
    for (const auto& [gene, stride] : table.strides) factor.genes.push_back(gene);
    for (std::size_t row = 0; row < table.macs.size(); ++row) {
      const std::int64_t macs = sign * table.macs[row], params = sign * table.params[row];
      factor.table.push_back(params_first ? Cost{params, macs} : Cost{macs, params});
    }
    factors.push_back(std::move(factor));
  }
  for (const auto& [over, table] : constraints()) {
    Factor<Cost> factor{over, {}};
    for (const bool holds : table) factor.table.push_back(holds ? Cost{0, 0} : kForbidden);
    factors.push_back(std::move(factor));
  }
  struct Best {
    std::uint16_t gene;
    std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;
    std::vector<std::uint8_t> option;
  };
  std::vector<Best> steps;
  const bool found = eliminate_genes<Cost>(
      factors, genes, Cost{0, 0},
      [&](const Cost& a, const Cost& b) {
        return a.first >= kForbidden.first || b.first >= kForbidden.first ? kForbidden
                                                                          : Cost{a.first + b.first, a.second + b.second};
      },
      [&](std::uint16_t gene, auto strides) {
        steps.push_back({gene, std::move(strides), {}});
      },
      [&](const std::vector<Cost>& weights) {
        const auto best = std::min_element(weights.begin(), weights.end());
        steps.back().option.push_back(static_cast<std::uint8_t>(best - weights.begin()));
        return *best;
      });
  if (!found) return entangled();
  Arch arch{std::vector<std::uint8_t>(genes.size(), 0)};
  for (auto it = steps.rbegin(); it != steps.rend(); ++it)
    arch.genes[it->gene] = it->option[row_of(it->strides, arch.genes.data())];
  return arch;
}

Result<void> SpaceProgram::find_extremes() {
  for (const bool largest_wanted : {false, true}) {
    auto found = extreme(largest_wanted, false);
    if (!found) return found.failure();
    (largest_wanted ? largest : smallest) = std::move(*found);
  }
  return {};
}

Result<void> SpaceProgram::link() {
  find_slots();
  find_active();
  find_switches();
  find_costs();
  find_roles();
  feature_start.assign(1, 0);
  for (const Gene& gene : genes) feature_start.push_back(feature_start.back() + static_cast<std::uint32_t>(gene.options.size()));
  if (auto counted = eliminate(); !counted) return counted;
  return find_extremes();
}

const std::string& SpaceProgram::key() const {
  std::call_once(key_once_, [this] {
    std::string text;
    for (const Gene& gene : genes) {
      text += gene.name;
      for (const std::string& option : gene.options) text += ' ' + option;
      text += '\n';
    }
    for (const Site& site : sites) {
      text += fmt::format("{} {} {} {} {} {} ", layer_kind_name(site.kind), activation_name(site.act), site.bias, site.causal,
                          site.epsilon, site.path);
      for (const Value* diagram :
           {&site.condition, &site.kernel, &site.stride, &site.pad, &site.groups, &site.heads, &site.in, &site.out})
        dump(*diagram, text);
      for (const Value& input : site.inputs) dump(input, text);
      text += '\n';
    }
    dump(output, text);
    for (const Value& condition : validity) dump(condition, text);
    text += Value(requirements).print();
    key_ = fmt::format("{:016x}{:016x}", stable_hash(text, 1), stable_hash(text, 2));
  });
  return key_;
}

Result<std::shared_ptr<const SpaceProgram>> SpaceProgram::under(std::vector<Value> conditions) const {
  auto copy = std::make_shared<SpaceProgram>();
  copy->name = name;
  copy->genes = genes;
  copy->is_depth = is_depth;
  copy->sites = sites;
  copy->output = output;
  copy->validity = validity;
  for (Value& condition : conditions) copy->validity.push_back(std::move(condition));
  copy->requirements = requirements;
  copy->spellings = spellings;
  std::call_once(copy->key_once_, [&] { copy->key_ = key(); });
  if (auto linked = copy->link(); !linked) return linked.failure();
  return std::shared_ptr<const SpaceProgram>(std::move(copy));
}

}  // namespace nas
