#include "stdlib/outputs/run_groups.h"

#include <algorithm>

namespace nas {

std::vector<RunGroup> groups_of(const std::vector<OutputInput>& inputs) {
  std::vector<RunGroup> groups;
  for (const OutputInput& input : inputs) {
    const std::string& name = input.family.empty() ? input.name : input.family;
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const RunGroup& g) { return !input.family.empty() && g.name == name; });
    if (known == groups.end())
      groups.push_back({name, {&input}});
    else
      known->runs.push_back(&input);
  }
  return groups;
}

}  // namespace nas
