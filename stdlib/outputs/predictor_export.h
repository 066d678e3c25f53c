#pragma once

#include "core/component.h"

namespace nas {

/// `export known as predictor`: a file that `predictor known = saved("...")` reads.
Component predictor_export();

}  // namespace nas
