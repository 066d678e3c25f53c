#include "core/space_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/check.h"
#include "core/gene_tables.h"
#include "core/value_text.h"

namespace nas {
namespace {

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

void dump(const Value& value, std::string& out) {
  if (const Decided* d = value.decided()) {
    out += fmt::format_int(d->gene).c_str();
    out += '?';
    for (const Value& option : d->options) {
      dump(option, out);
      out += ',';
    }
    out += ';';
  } else {
    append_text(out, value);
  }
}

}  // namespace

FlatDiagram::FlatDiagram(const Value& value, const std::function<std::int32_t(const Value&)>& leaf) {
  std::map<const void*, std::int32_t> known;
  const auto add = [&](const auto& self, const Value& v) -> std::int32_t {
    const Decided* d = v.decided();
    if (!d) return -1 - leaf(v);
    if (const auto it = known.find(d); it != known.end()) return it->second;
    const auto node = static_cast<std::int32_t>(data_.size());
    data_.resize(data_.size() + 1 + d->options.size());
    data_[static_cast<std::size_t>(node)] = d->gene;
    for (std::size_t i = 0; i < d->options.size(); ++i) {
      const std::int32_t child = self(self, d->options[i]);
      data_[static_cast<std::size_t>(node) + 1 + i] = child;
    }
    known[d] = node;
    return node;
  };
  root_ = add(add, value);
}

const FlatColumns& EncodingProgram::flat() const {
  std::call_once(flat_once_, [this] {
    for (const Value& column : columns_)
      flat_.diagrams.emplace_back(column, [this](const Value& v) {
        const auto number = static_cast<float>(v.number()->si);
        auto at = std::find(flat_.numbers.begin(), flat_.numbers.end(), number);
        if (at == flat_.numbers.end()) at = flat_.numbers.insert(at, number);
        return static_cast<std::int32_t>(at - flat_.numbers.begin());
      });
  });
  return flat_;
}

std::string EncodingProgram::text() const {
  std::string text;
  for (const Value& column : columns_) {
    dump(column, text);
    text += '\n';
  }
  return text;
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
    table.rows.resize(rows);
    // Layers that are always of one size and stand under one condition count as one: a projection of every cell, for example.
    struct Part {
      const Site* site;
      std::optional<Costs> cost;  ///< where it is always the same
    };
    std::vector<Part> parts;
    std::map<const void*, std::size_t> alike;
    for (const Site* site : group.sites) {
      const auto sizes = {&site->kernel, &site->groups, &site->in, &site->out};
      if (!site->condition.decided() || std::any_of(sizes.begin(), sizes.end(), [](const Value* v) { return v->decided(); })) {
        parts.push_back({site, std::nullopt});
        continue;
      }
      const Layer layer = layer_at(*site, genome.data());
      const auto [it, first] = alike.try_emplace(site->condition.identity(), parts.size());
      if (first) parts.push_back({site, Costs()});
      *parts[it->second].cost += {layer_macs(layer), layer_params(layer)};
    }
    for (const auto& [site, cost] : parts) {
      const auto own = joint_support({&site->condition, &site->kernel, &site->groups, &site->in, &site->out});
      std::vector<Costs> costs_of_site;
      for_each_assignment(own, genes, genome, [&, site = site, &cost = cost](std::size_t) {
        if (!always(at_genome(site->condition, genome.data()))) {
          costs_of_site.emplace_back();
        } else if (cost) {
          costs_of_site.push_back(*cost);
        } else {
          const Layer layer = layer_at(*site, genome.data());
          costs_of_site.push_back({layer_macs(layer), layer_params(layer)});
        }
      });
      const auto own_strides = strides_of(own, genes);
      for_each_assignment(group.genes, genes, genome,
                          [&](std::size_t row) { table.rows[row] += costs_of_site[row_of(own_strides, genome.data())]; });
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
    key_ = digest_of(text);
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
  copy->encodings = encodings;
  copy->encoded = encoded;
  std::call_once(copy->key_once_, [&] { copy->key_ = key(); });
  if (auto linked = copy->link(); !linked) return linked.failure();
  return std::shared_ptr<const SpaceProgram>(std::move(copy));
}

}  // namespace nas
