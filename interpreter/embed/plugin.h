#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/result.h"

namespace nas {

/// Opens plug-ins (core/plugin.h), for good; what comes back adds their components: a value for `Options::extend`. Results of a
/// component are reused only as long as its plug-in is the same file.
/// E801 no such file, E828 not a plug-in, E829 a plug-in of another interface, E831 a component whose name is taken.
Result<std::function<void(Registry&)>> open_plugins(const std::vector<std::string>& paths);

}  // namespace nas
