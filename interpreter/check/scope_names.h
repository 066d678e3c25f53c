#pragma once

#include <string>
#include <utility>
#include <vector>

#include "check/check_script.h"

namespace nas {

/// The names of a checked script that a further statement could use, sorted, with their values.
std::vector<std::pair<std::string, Value>> names_in_scope(const CheckResult& checked);

}  // namespace nas
