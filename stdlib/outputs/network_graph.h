#pragma once

#include <string>

#include "core/network.h"

namespace nas {

/// "24×7×7": channels, height, width; channels alone where that is all there is.
std::string shape_text(const Shape& shape);

/// A network as a Graphviz graph. A box is a layer together with the norm and activation that only it feeds: what it computes,
/// the shape of its output, its operations; shaded by its share of them. Passes of a `repeat` are frames. `title` stands above.
std::string network_graph(const Network& network, const std::string& title);

}  // namespace nas
