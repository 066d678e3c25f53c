#pragma once

#include <cstdint>

#include "core/network.h"

namespace nas {

/// A hash that networks share where they are one graph of layers, whatever choices and paths led to it: layers that carry nothing
/// but zeros and those that reach no output are left out, a sum of one value is that value, sums of sums are one sum, and neither
/// the order of layers nor that of values which are added, multiplied or laid side by side counts. Two layers that compute the
/// same of the same stay two. By colour refinement along the edges, both ways: what differs has other hashes but for graphs that
/// no refinement tells apart, which a network with one input does not come near. Time grows with layers and edges.
std::uint64_t structure_key(const Network& network);

}  // namespace nas
