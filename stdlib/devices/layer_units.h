#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/network.h"
#include "core/result.h"
#include "core/space.h"

namespace nas {

/// One layer call of a script as a network of its own: a convolution with its norm and activation, a whole inverted bottleneck.
struct LayerUnit {
  std::string key;   ///< equal for units that are the same computation on the same shapes
  Network network;   ///< empty where the unit takes tensors of several shapes: it cannot stand alone
  std::string path;  ///< of its first layer
};

/// The units of a network in order, without those that only rename values (flatten, first_rows). A key names every primitive
/// layer with what it takes: "conv 3x32x32>16x16x16 k3 s2 p1; batch_norm; activation relu".
std::vector<LayerUnit> units_of(const Network& network);
/// Their keys alone.
void for_each_unit_key(const Network& network, const std::function<void(const std::string& key, const std::string& path)>& visit);

/// Every different unit that a network of the space can have, in a fixed order. E832 where too many choices depend on each other.
Result<std::vector<LayerUnit>> units_of_space(const Space& space);

}  // namespace nas
