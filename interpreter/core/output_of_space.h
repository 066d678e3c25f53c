#pragma once

#include "core/services.h"
#include "core/space.h"

namespace nas {

/// An output that not every space suits.
class OutputOfSpace : public Output {
 public:
  /// What can be known before the first stage runs of a result over this space: fails as `render` would.
  virtual Result<void> ready(const Space& space) const = 0;
};

}  // namespace nas
