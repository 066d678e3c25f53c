#pragma once

#include <filesystem>
#include <string>

#include "core/metric.h"
#include "core/network_source.h"
#include "core/services.h"

namespace nas {

/// Arguments of `cpu(...)`; times in seconds.
struct CpuArgs {
  int threads = 1;
  int batch = 1;
  double interval = 0.02;
  double time_cap = 0.5;
};

/// Latency, throughput and energy of extracted networks: the same timed series, told in three ways.
class CpuSeries : public MetricSource, public NetworkSource {
 public:
  CpuSeries(CpuArgs args, std::string metric, std::string key, std::filesystem::path counters, Services& services)
      : args_(args), metric_(std::move(metric)), key_(std::move(key)), counters_(std::move(counters)), services_(services) {}
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

  CpuArgs args_;
  std::string metric_, key_;
  std::filesystem::path counters_;
  Services& services_;
};

}  // namespace nas
