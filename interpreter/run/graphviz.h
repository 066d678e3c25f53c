#pragma once

#include <string>

#include "core/result.h"

namespace nas {

/// A Graphviz graph as SVG, drawn by `dot`. E819 when it is missing, E830 when it gives no drawing.
Result<std::string> draw_graph(const std::string& graph);

}  // namespace nas
