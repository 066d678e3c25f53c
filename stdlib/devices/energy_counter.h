#pragma once

#include <filesystem>
#include <vector>

#include "core/result.h"

namespace nas {

inline constexpr const char* kCounters = "/sys/class/powercap";

/// The processor's energy counters (RAPL) as the kernel shows them: the packages' files below /sys/class/powercap.
class EnergyCounter {
 public:
  /// Opens the counters of all packages below `folder`. E708 saying why there are none.
  static Result<EnergyCounter> open(const std::filesystem::path& folder = kCounters);

  /// Joules that all packages have used since an arbitrary start. Counters that ran over since the last call are followed, so
  /// call it more often than they run over (minutes). E708 when a counter cannot be read any more.
  Result<double> joules();

 private:
  struct Package {
    std::filesystem::path file;
    double range = 0;  ///< microjoules after which it starts anew
    double last = 0;   ///< microjoules
    double total = 0;  ///< microjoules since `open`
  };
  std::vector<Package> packages_;
};

}  // namespace nas
