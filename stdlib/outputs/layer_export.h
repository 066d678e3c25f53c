#pragma once

#include "core/component.h"

namespace nas {

/// `export base as lut`: a profile of layers as the table that a `lut` device reads.
Component layer_export();

}  // namespace nas
