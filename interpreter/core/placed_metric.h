#pragma once

#include "core/metric.h"

namespace nas {

/// What the language knows about a metric where it stands: `memory` is computed from the network, `memory@device` is measured
/// there. Null where there is no metric of that name.
const MetricKind* find_metric(const MetricId& id);

/// True where a device may give it: metric@device.
bool may_stand_on_device(std::string_view name);

}  // namespace nas
