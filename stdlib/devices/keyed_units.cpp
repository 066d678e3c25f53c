#include "stdlib/devices/keyed_units.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "core/rng.h"
#include "stdlib/devices/layer_units.h"

namespace nas {
namespace {

/// Networks whose sums are compared besides the smallest and the largest.
constexpr int kCompared = 30;

constexpr const char* kOtherFormat = "export it as lut: that table has a row for every layer of this space";

Failure without_key(std::string message) {
  return {"E850", std::move(message), kOtherFormat};
}

/// Sums over calls and sums over layers, of any values, are equal on networks of the space.
Result<void> agree(const Space& space, const std::vector<KeyedUnit>& units) {
  LayerProfile calls;
  std::vector<std::pair<LayerKey, double>> layers;
  for (const KeyedUnit& keyed : units) {
    const double value = 1 + static_cast<double>(stable_hash(keyed.unit) % 4096);
    calls.rows.push_back({keyed.unit, value, 0, 1});
    layers.emplace_back(keyed.layer, value);
  }
  const auto by_call = LayerTable::of(calls);
  const auto by_layer = LayerTable::of(layers);
  // The space outlives this call; nobody owns it here.
  const auto batch = by_layer->batch(std::shared_ptr<const Space>(std::shared_ptr<const Space>(), &space));
  if (!batch)
    return without_key(fmt::format("once-for-all's tables keep layers of {} apart that were measured together", space.name()));
  std::vector<Arch> networks{space.smallest(), space.largest()};
  Stream stream(0, "layers of a table");
  for (int i = 0; i < kCompared; ++i) {
    auto drawn = space.sample(stream);
    if (!drawn) break;
    networks.push_back(std::move(*drawn));
  }
  for (const Arch& arch : networks) {
    double sum = 0;
    (*batch)->values(arch.genes, 1, {&sum, 1});
    if (const double wanted = by_call->of_units(space.network(arch)); std::fabs(sum - wanted) > 1e-6 * wanted)
      return without_key(fmt::format("once-for-all's tables keep layers of {} together that were measured apart", space.name()));
  }
  return {};
}

}  // namespace

Result<std::vector<KeyedUnit>> keyed_units(const Space& space) {
  auto units = units_of_space(space);
  if (!units) return units.failure();
  std::vector<KeyedUnit> keyed;
  std::map<std::string, const LayerUnit*> first;
  for (const LayerUnit& unit : *units) {
    if (unit.network.layers.empty()) continue;  // it cannot stand alone, was never measured, and counts as free
    std::vector<LayerKey> keys = call_keys(unit.network);
    if (keys.empty())
      return without_key(fmt::format("once-for-all's tables have no key for the layer {} ({})", unit.key, unit.path));
    if (keys.size() > 1)
      return without_key(fmt::format("once-for-all's tables have {} keys for the layer {} ({}), which was measured whole",
                                     keys.size(), unit.key, unit.path));
    const auto [before, is_new] = first.emplace(keys[0].text(), &unit);
    if (!is_new)
      return without_key(fmt::format("once-for-all's tables have one key for two different layers, {} ({}) and {} ({}): {}",
                                     before->second->key, before->second->path, unit.key, unit.path, keys[0].text()));
    keyed.push_back({unit.key, std::move(keys[0])});
  }
  if (auto good = agree(space, keyed); !good) return good.failure();
  return keyed;
}

}  // namespace nas
