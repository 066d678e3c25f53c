#pragma once

#include "core/layer.h"

namespace nas {

/// The argument `epsilon` of layers with a norm: what is added to the variance.
inline LayerParam epsilon_param(const char* help) {
  return {.name = "epsilon",
          .type = LayerParam::Type::number,
          .default_value = 1e-5,
          .help = help,
          .at_least = 0,
          .structural = true};
}
inline float epsilon_of(const LayerArguments& a) {
  return static_cast<float>(a["epsilon"].number()->si);
}

}  // namespace nas
