#pragma once

#include <string>
#include <vector>

#include "core/services.h"

namespace nas {

/// Runs that are drawn as one series: the members of a family, or a single one.
struct RunGroup {
  std::string name;
  std::vector<const OutputInput*> runs;
};
/// The runs in groups, in order of their first members; they point into `inputs`.
std::vector<RunGroup> groups_of(const std::vector<OutputInput>& inputs);

}  // namespace nas
