#pragma once

#include <memory>
#include <utility>

#include "core/component.h"
#include "core/metric.h"
#include "core/services.h"

namespace nas {

/// A device that one source of values stands for, such as a table of latencies.
class DeviceKnownBySource : public Device {
 public:
  explicit DeviceKnownBySource(std::shared_ptr<MetricSource> source) : source_(std::move(source)) {}
  nlohmann::json identity() const override { return {{"source", source_->key()}}; }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind&) const override {
    return std::shared_ptr<const MetricSource>(source_);
  }

 private:
  std::shared_ptr<MetricSource> source_;
};

/// What a component of this kind builds from a source: the source itself, or the device that it stands for.
template <typename Source>
Result<std::shared_ptr<void>> built_from(const Result<std::shared_ptr<Source>>& source, ComponentKind kind) {
  if (!source) return source.failure();
  const std::shared_ptr<MetricSource> made = *source;
  if (kind != ComponentKind::device) return std::shared_ptr<void>(made);
  return std::shared_ptr<void>(std::shared_ptr<Device>(std::make_shared<DeviceKnownBySource>(made)));
}

}  // namespace nas
