#pragma once

#include <string>
#include <vector>

#include "core/services.h"

namespace nas {

/// One HTML page that needs nothing from outside: fronts with hover values, hypervolume, predicted against measured, drawings of
/// chosen networks, training loss, script, plan, seed, devices, versions, times. Everything from outside is escaped.
std::string report_html(const std::vector<OutputInput>& inputs, const RunFacts& facts);

}  // namespace nas
