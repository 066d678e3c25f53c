#pragma once

#include <functional>
#include <span>

#include "core/metric.h"
#include "core/services.h"

namespace nas {

/// Counts the memory of networks; a `NetworkRunner` may be this too.
class MemoryRunner {
 public:
  virtual ~MemoryRunner() = default;
  /// Value: the most bytes that its allocator holds at once while one batch of images goes through the network, the images among
  /// them, and not the weights. Of the options only threads, batch and precision count. Calls `done` as `latency` does.
  virtual Result<void> memory(std::span<const Network> networks, const NetworkRunner::LatencyOptions& options,
                              const std::function<bool()>& cancelled,
                              const std::function<void(std::size_t, const Measurement&)>& done) = 0;
};

}  // namespace nas
