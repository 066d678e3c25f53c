#pragma once

#include <nlohmann/json.hpp>

#include "core/network.h"
#include "core/result.h"

namespace nas {

/// The layers of a network as another program reads them: a list of {kind, path, in, out, inputs, ...}; shapes are [channels,
/// height, width], `inputs` are positions in the list from 0. What a layer of the kind does not have, or has as usual (kernel 1,
/// no bias, one group), is left out.
nlohmann::json layers_json(const Network& network);

/// The network of such a list. A failure that says which layer is wrong, and why.
Result<Network> network_from(const nlohmann::json& layers);

}  // namespace nas
