#pragma once

#include <string>
#include <vector>

#include "core/space.h"

namespace nas {

/// A part of a network as a drawing shows it: the layers of one pass of a `repeat`, or one named layer outside.
struct NetworkBlock {
  std::string group;               ///< "stage[2]", or the name of a layer outside every repeat
  std::string name;                ///< "block[3]", empty where the group is the block
  std::vector<std::string> genes;  ///< "kernel 5"
  Shape out;
  std::int64_t macs = 0, params = 0;
};

/// The blocks of one network in order; sums of macs and params are those of the network.
std::vector<NetworkBlock> network_blocks(const Space& space, const Arch& arch);

/// A network as boxes that flow from left to right: choices of each block, shapes, and each block's MACs as a bar against the
/// heaviest block. Choices that several blocks share stand in a box of their own. `width` in pixels; the height follows.
std::string network_svg(const Space& space, const Arch& arch, int width);

}  // namespace nas
