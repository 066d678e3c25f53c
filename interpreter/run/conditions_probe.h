#pragma once

#include <string>

#include "core/search.h"

namespace nas {

/// Looks before a search whether its conditions can be met at all, as far as that can be known without measuring: MACs and
/// parameters are summed from tables, so their range is exact; other values that are computed or looked up are enumerated in
/// small spaces, else sampled and each then driven on its own towards its bound by steepest descent. Conditions on metrics that
/// have to be measured are not judged. Fails with E827, naming the condition and the reachable range. `name` is the space's in
/// the script.
Result<void> probe_conditions(const SearchTask& task, const std::string& name);

}  // namespace nas
