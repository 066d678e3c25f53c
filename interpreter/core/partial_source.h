#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/metric.h"

namespace nas {

/// A source that goes on where a network has no value: another program, another machine.
class PartialSource : public MetricSource {
 public:
  /// As `measure`; a network that has no value gives the reason instead, one sentence without a full stop. Fails where nothing
  /// more is to be expected.
  virtual Result<void> measure_each(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                                    const std::function<void(std::size_t, const Result<Measurement>&)>& done) const = 0;
  /// What a missing value depends on besides the key: how long and how often it was asked for.
  virtual std::string patience() const { return ""; }
  /// What is to be said when a stage ends, in plain sentences; each is told once.
  virtual std::vector<std::string> remarks() const { return {}; }

  /// For hosts that know no networks without a value: the first one fails the call.
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const final;
};

}  // namespace nas
