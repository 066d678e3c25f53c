#pragma once

#include <memory>

#include "core/component.h"
#include "core/search.h"

namespace nas {

/// The component of a declaration whose search is made from its arguments, and from `more` where it takes more.
template <typename Algorithm, typename Args, typename... More>
Component search_of(Declare<Args>& declaration, More... more) {
  return declaration.builds([more...](const Args& args, Services&) {
    return std::shared_ptr<void>(std::static_pointer_cast<SearchAlgorithm>(std::make_shared<Algorithm>(args, more...)));
  });
}

/// Searches for one objective, and those that look at everything or at random.
void add_single_searches(Registry& registry);
/// Searches for Pareto fronts beyond NSGA-II.
void add_front_searches(Registry& registry);

}  // namespace nas
