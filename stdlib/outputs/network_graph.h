#pragma once

#include <string>

#include "core/network.h"

namespace nas {

/// A network as a Graphviz graph. A box is a layer together with the norm and activation that only it feeds: what it computes,
/// the shape of its output, its operations; shaded by its share of them. Passes of a `repeat` are frames. `title` stands above.
std::string network_graph(const Network& network, const std::string& title);

}  // namespace nas
