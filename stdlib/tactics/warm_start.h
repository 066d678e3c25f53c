#pragma once

#include <string>
#include <vector>

#include "core/search.h"

namespace nas {

/// A network of one space as the nearest one of another: genes are matched by name, options by their text, else by the nearest
/// number; a gene without a counterpart takes the option of the other space's largest network.
struct MappedNetwork {
  Arch arch;
  std::vector<std::string> unmatched;  ///< genes of the new space without a counterpart in the old one
  std::vector<std::string> moved;      ///< genes whose option had to be another one
};
MappedNetwork map_network(const Space& from, const Arch& arch, const Space& to);

class Registry;
void add_warm_start(Registry& registry);

}  // namespace nas
