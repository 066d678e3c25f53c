#pragma once

#include <filesystem>
#include <string>

#include "core/component.h"
#include "core/metric.h"
#include "core/network_source.h"
#include "core/services.h"

namespace nas {

/// Arguments of a timed series; times in seconds.
struct SeriesArgs {
  int batch = 1;
  double interval = 0.02;
  double time_cap = 0.5;

  NetworkRunner::LatencyOptions options() const {
    NetworkRunner::LatencyOptions options;
    options.batch = batch;
    options.interval = interval;
    options.time_cap_s = time_cap;
    return options;
  }
  /// What its measurements depend on, by the names that run stores know.
  void identify(nlohmann::json& identity) const {
    identity["batch"] = batch;
    identity["interval"] = interval;
    identity["time_cap_s"] = time_cap;
  }
};
/// `Args` derives from SeriesArgs.
template <typename Args>
Declare<Args>& series_arguments(Declare<Args>& declared, int most_images) {
  return declared.arg("batch", static_cast<int Args::*>(&SeriesArgs::batch), "images per forward pass", between(1, most_images))
      .arg("interval", static_cast<double Args::*>(&SeriesArgs::interval),
           "half width of the median's 95 % confidence interval to reach, as a share of the median", between(0.001, 0.5))
      .arg("time_cap", static_cast<double Args::*>(&SeriesArgs::time_cap), "longest series for one network", between(0.01, 600))
      .unit("time");
}

/// Latency, throughput and energy of extracted networks on a processor or a GPU of this machine: the same timed series, told in
/// three ways. Memory is that of one pass, which is counted instead of timed.
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
