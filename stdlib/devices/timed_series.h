#pragma once

#include <filesystem>
#include <string>

#include "core/metric.h"
#include "core/network_source.h"
#include "core/services.h"

namespace nas {

/// Latency, throughput and energy of extracted networks on a processor or a GPU of this machine: the same timed series, told in
/// three ways.
class TimedSeries : public MetricSource, public NetworkSource {
 public:
  /// `machine` stands in provenance: "1 thread of this CPU". `counters` is where energy counters are, for the metric "energy".
  TimedSeries(NetworkRunner::LatencyOptions options, std::string metric, std::string key, std::string machine,
              std::filesystem::path counters, Services& services)
      : options_(std::move(options)),
        metric_(std::move(metric)),
        key_(std::move(key)),
        machine_(std::move(machine)),
        counters_(std::move(counters)),
        services_(services) {}
  std::string key() const override { return key_; }
  std::string provenance() const override;
  Cost cost() const override { return Cost::measured; }
  bool exclusive() const override { return true; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override;
  Result<void> measure_networks(std::span<const Network> networks, const Network& reference, const MeasureContext& context,
                                const std::function<void(std::size_t, const Result<Measurement>&)>& done) const override;

 private:
  Measurement told(const Measurement& pass, double joules) const;

  NetworkRunner::LatencyOptions options_;
  std::string metric_, key_, machine_;
  std::filesystem::path counters_;
  Services& services_;
};

}  // namespace nas
