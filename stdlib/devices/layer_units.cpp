#include "stdlib/devices/layer_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/gene_tables.h"
#include "core/space_program.h"

namespace nas {
namespace {

/// Networks that are built to see all layers of a space; more than that takes minutes.
constexpr double kMostNetworks = 200000;

std::string_view call_of(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(0, dot);
}

/// A layer that a script names itself, add(a, b), and no part of a larger call: it is called what it is.
bool stands_alone(LayerKind kind, std::string_view path) {
  if (kind == LayerKind::conv || kind == LayerKind::linear || kind == LayerKind::attention) return false;
  const auto dot = path.rfind('.');
  return (dot == std::string_view::npos ? path : path.substr(dot + 1)) == layer_kind_name(kind);
}

/// Items of one layer call stand together. The same call may follow itself (an operator that is used again): then a path comes
/// again. Items have a `kind` and a `path`; `joined` says whether one hangs together with the call.
template <typename Item, typename Joined>
std::vector<std::vector<const Item*>> calls_of(const std::vector<const Item*>& items, Joined joined) {
  std::vector<std::vector<const Item*>> calls;
  for (const Item* item : items) {
    const auto belongs = [&](const std::vector<const Item*>& call) {
      return call_of(call.front()->path) == call_of(item->path) && !stands_alone(item->kind, item->path) &&
             !stands_alone(call.front()->kind, call.front()->path) &&
             std::none_of(call.begin(), call.end(), [&](const Item* other) { return other->path == item->path; }) &&
             joined(call, *item);
    };
    if (calls.empty() || !belongs(calls.back())) calls.emplace_back();
    calls.back().push_back(item);
  }
  return calls;
}

/// What only names values anew, and is there without being run.
bool only_renames(const Layer* layer) {
  return layer->kind == LayerKind::flatten || layer->kind == LayerKind::first_rows || layer->kind == LayerKind::learned;
}

std::string shape_text(const Shape& shape) {
  return fmt::format("{}x{}x{}", shape.channels, shape.height, shape.width);
}

std::string layer_text(const Layer& layer, const std::vector<std::string>& inputs) {
  std::string text = layer_kind_name(layer.kind);
  if (layer.kind == LayerKind::activation) text += fmt::format(" {}", activation_name(layer.act));
  if (layer.kind != LayerKind::activation && layer.kind != LayerKind::batch_norm)
    text += fmt::format(" {}>{}", shape_text(layer.in), shape_text(layer.out));
  if (layer.kernel != 1) text += fmt::format(" k{}", layer.kernel);
  if (layer.stride != 1) text += fmt::format(" s{}", layer.stride);
  if (layer.pad != 0) text += fmt::format(" p{}", layer.pad);
  if (layer.groups != 1) text += fmt::format(" g{}", layer.groups);
  if (layer.heads != 1) text += fmt::format(" h{}", layer.heads);
  if (layer.bias) text += " bias";
  if (layer.causal) text += " causal";
  // Where the input is the layer before, which is usual, nothing is said.
  for (const std::string& input : inputs) text += " " + input;
  return text;
}

/// The key of one call, and the different shapes of what it takes from outside.
std::string key_of(const Network& network, const std::vector<const Layer*>& call, std::vector<Shape>& outside) {
  const auto place = [&](const Layer* layer) { return static_cast<std::int32_t>(layer - network.layers.data()); };
  std::map<std::int32_t, std::size_t> inside;
  std::string key;
  for (std::size_t i = 0; i < call.size(); ++i) {
    std::vector<std::string> inputs;
    for (const std::int32_t input : call[i]->inputs) {
      const auto known = inside.find(input);
      if (known != inside.end()) {
        inputs.push_back(fmt::format("@{}", known->second + 1));
        continue;
      }
      // Of tensors from outside only the shape counts.
      const Shape& shape = network.layers[static_cast<std::size_t>(input)].out;
      auto at = std::find(outside.begin(), outside.end(), shape);
      if (at == outside.end()) at = outside.insert(at, shape);
      inputs.push_back(fmt::format("in{}", at - outside.begin() + 1));
    }
    const bool usual = inputs.size() == 1 && inputs[0] == (i == 0 ? "in1" : fmt::format("@{}", i));
    key += (i == 0 ? "" : "; ") + layer_text(*call[i], usual ? std::vector<std::string>() : inputs);
    inside.emplace(place(call[i]), i);
  }
  return key;
}

void for_each_call(
    const Network& network,
    const std::function<void(const std::vector<const Layer*>&, std::string key, std::vector<Shape>& outside)>& visit) {
  std::vector<const Layer*> layers;
  for (const Layer& layer : network.layers)
    if (layer.kind != LayerKind::input) layers.push_back(&layer);
  // A layer belongs to a call that has made its input, or that takes the same one: the two ways through a residual block.
  const auto joined = [&](const std::vector<const Layer*>& call, const Layer& layer) {
    return std::any_of(layer.inputs.begin(), layer.inputs.end(), [&](std::int32_t input) {
      const Layer* from = &network.layers[static_cast<std::size_t>(input)];
      return std::any_of(call.begin(), call.end(), [&](const Layer* member) {
        return member == from || std::find(member->inputs.begin(), member->inputs.end(), input) != member->inputs.end();
      });
    });
  };
  for (const auto& call : calls_of(layers, joined)) {
    if (std::all_of(call.begin(), call.end(), only_renames)) continue;
    std::vector<Shape> outside;
    std::string key = key_of(network, call, outside);
    visit(call, std::move(key), outside);
  }
}

/// The call alone, its outside inputs as one input; nothing where their shapes differ.
Network alone(const Network& network, const std::vector<const Layer*>& call, const std::vector<Shape>& outside) {
  Network unit;
  if (outside.size() != 1) return unit;
  Layer input;
  input.out = input.in = outside[0];
  unit.layers.push_back(input);
  std::map<std::int32_t, std::int32_t> inside;
  for (const Layer* layer : call) {
    Layer copy = *layer;
    copy.slot = -1;
    for (std::int32_t& from : copy.inputs) {
      const auto known = inside.find(from);
      from = known == inside.end() ? 0 : known->second;
    }
    inside.emplace(static_cast<std::int32_t>(layer - network.layers.data()), static_cast<std::int32_t>(unit.layers.size()));
    unit.layers.push_back(std::move(copy));
  }
  return unit;
}

}  // namespace

std::vector<LayerUnit> units_of(const Network& network) {
  std::vector<LayerUnit> units;
  for_each_call(network, [&](const auto& call, std::string key, const auto& outside) {
    units.push_back({std::move(key), alone(network, call, outside), call.front()->path});
  });
  return units;
}

void for_each_unit_key(const Network& network,
                       const std::function<void(const std::string& key, const std::string& path)>& visit) {
  for_each_call(network, [&](const auto& call, const std::string& key, const auto&) { visit(key, call.front()->path); });
}

Result<std::vector<LayerUnit>> units_of_space(const Space& space) {
  const SpaceProgram& program = space.program();
  std::vector<const Site*> sites;
  for (const Site& site : program.sites)
    if (!site.merges && site.kind != LayerKind::input) sites.push_back(&site);
  // What one call looks like is decided by the genes that its layers depend on.
  std::set<std::vector<std::uint16_t>> lists;
  // Of sites it is not known which one takes what: what belongs together stands together at least.
  for (const auto& call : calls_of(sites, [](const auto&, const Site&) { return true; })) {
    std::set<std::uint16_t> genes;
    for (const Site* site : call)
      for (const Value* value :
           {&site->condition, &site->kernel, &site->stride, &site->pad, &site->groups, &site->heads, &site->in, &site->out})
        for (const std::uint16_t gene : support(*value)) genes.insert(gene);
    lists.emplace(genes.begin(), genes.end());
  }
  double networks = 0;
  for (const auto& list : lists) networks += product_of_options(list, program.genes);
  if (networks > kMostNetworks)
    return Failure{"E832", fmt::format("the layers of {} depend on too many choices at once to be listed", space.name()), ""};
  std::vector<LayerUnit> units;
  std::set<std::string> known;
  std::vector<std::uint8_t> genome(space.gene_count(), 0);
  for (const auto& list : lists)
    for_each_assignment(list, program.genes, genome, [&](std::size_t) {
      Arch arch{genome};
      space.canonicalise(arch.genes);
      for (LayerUnit& unit : units_of(space.network(arch)))
        if (known.insert(unit.key).second) units.push_back(std::move(unit));
    });
  return units;
}

}  // namespace nas
