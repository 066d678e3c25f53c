#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/space.h"
#include "stdlib/devices/lut.h"

namespace nas {

/// A layer call by the two names that tables have for it.
struct KeyedUnit {
  std::string unit;  ///< LayerUnit::key
  LayerKey layer;    ///< once-for-all's
};

/// Every different layer call of a space by the key that once-for-all's tables have for it, so that values of calls are values of
/// layers and sums over networks stay what they are. E850 where a call has no key, shares one with another call, or is several
/// layers there, each naming the call and its place.
Result<std::vector<KeyedUnit>> keyed_units(const Space& space);

}  // namespace nas
