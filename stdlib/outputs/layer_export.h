#pragma once

#include "core/component.h"

namespace nas {

/// `export base as lut`: a profile of layers as the table that a `lut` device reads.
Component layer_export();

/// `export base as yaml`: the same as once-for-all's tables are written.
Component yaml_export();

}  // namespace nas
