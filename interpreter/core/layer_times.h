#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/network.h"
#include "core/result.h"
#include "core/value.h"

namespace nas {

/// What one layer of a network takes on a device that is known layer by layer.
struct LayerTime {
  std::string layer;  ///< its path, with the kind
  std::int64_t macs = 0;
  double bytes = 0;  ///< read and written
  double seconds = 0;
  std::string bound;  ///< what its time comes from: "compute", "memory", "launch"
};

/// A device that tells the time of every layer of a network; in its order, without those that cost nothing.
class LayerTimes {
 public:
  virtual ~LayerTimes() = default;
  virtual Result<std::vector<LayerTime>> layers(const Network& network) const = 0;
  /// "simulated", for the head of a table.
  virtual std::string provenance() const = 0;
};

/// Such a device as a value after the run.
class LayerTimesHandle : public Handle {
 public:
  virtual const LayerTimes& times() const = 0;
};

}  // namespace nas
