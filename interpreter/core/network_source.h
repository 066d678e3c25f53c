#pragma once

#include <functional>
#include <span>

#include "core/metric.h"
#include "core/network.h"

namespace nas {

/// A metric's source that measures networks whatever they come from: one layer alone, a network that another machine sent.
class NetworkSource {
 public:
  virtual ~NetworkSource() = default;
  /// Calls `done(i, value)` once for every network in order, as each is made; where one has no value, with the reason instead.
  /// `reference` tells a disturbed machine. Fails where nothing more is to be expected.
  virtual Result<void> measure_networks(std::span<const Network> networks, const Network& reference,
                                        const MeasureContext& context,
                                        const std::function<void(std::size_t, const Result<Measurement>&)>& done) const = 0;
};

}  // namespace nas
