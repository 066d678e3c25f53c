#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nas {

/// The times of every different layer of a space on one device, and how their sums agree with whole networks.
struct LayerProfile {
  struct Row {
    std::string layer;  ///< its key, as a `lut` device finds it
    double value = 0;   ///< SI units
    double spread = 0;
    std::int64_t count = 1;
    bool interpolated = false;  ///< over width, from others; 0 repetitions
  };
  std::vector<Row> rows;
  std::string unit = "ms";  ///< how tables write the values
  double scale = 1e-3;      ///< SI value of that unit
  /// Measured whole = slope * sum + intercept, by least squares over `networks` networks; 1 and 0 where those were too few.
  double slope = 1, intercept = 0;
  std::size_t networks = 0;
  double error_before = 0, error_after = 0;  ///< mean absolute share of the measured value; after: each network left out
};

/// Layer profiles of stages that have run; `Services` may be this too.
class LayerProfiles {
 public:
  virtual ~LayerProfiles() = default;
  /// Null where the stage is no profile of layers.
  virtual std::shared_ptr<const LayerProfile> layer_profile(const std::string& stage) const = 0;
};

}  // namespace nas
