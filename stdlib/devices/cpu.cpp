#include "stdlib/devices/cpu.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <thread>

#include "core/component.h"
#include "stdlib/devices/energy_counter.h"
#include "stdlib/register.h"

namespace nas {
namespace {

/// The counters move in steps of about a millisecond: a series this long keeps that below one percent.
constexpr double kEnergySeries = 0.25;

/// Model name and instruction sets of the first processor, as the kernel tells them.
nlohmann::json cpu_identity() {
  std::ifstream file("/proc/cpuinfo");
  nlohmann::json identity;
  std::string line;
  while (std::getline(file, line)) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string value = colon + 2 <= line.size() ? line.substr(colon + 2) : "";
    if (line.rfind("model name", 0) == 0 && !identity.contains("model")) identity["model"] = value;
    if ((line.rfind("flags", 0) == 0 || line.rfind("Features", 0) == 0) && !identity.contains("flags"))
      identity["flags"] = fmt::format("{:016x}", stable_hash(value));
  }
  identity["cores"] = std::thread::hardware_concurrency();
  return identity;
}

}  // namespace

std::string CpuSeries::provenance() const {
  return fmt::format("measured on {} thread{} of this CPU, batch {}", args_.threads, args_.threads == 1 ? "" : "s", args_.batch);
}

Result<void> CpuSeries::measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                                const std::function<void(std::size_t, const Measurement&)>& done) const {
  std::vector<Network> networks;
  for (const Arch& arch : archs) networks.push_back(space.network(arch));
  return measure_networks(networks, space.network(space.smallest()), context,
                          [&](std::size_t i, const Result<Measurement>& value) { done(i, *value); });
}

Result<void> CpuSeries::measure_networks(std::span<const Network> networks, const Network& reference,
                                         const MeasureContext& context,
                                         const std::function<void(std::size_t, const Result<Measurement>&)>& done) const {
  auto runner = services_.runner();
  if (!runner) return runner.failure();
  NetworkRunner::LatencyOptions options;
  options.threads = args_.threads;
  options.batch = args_.batch;
  options.interval = args_.interval;
  options.time_cap_s = args_.time_cap;
  std::optional<EnergyCounter> counter;
  std::optional<Failure> broken;
  double before = 0, used = 0;
  if (metric_ == "energy") {
    auto opened = EnergyCounter::open(counters_);
    if (!opened) return opened.failure();
    counter = std::move(*opened);
    options.least_s = kEnergySeries;
    options.time_cap_s = std::max(options.time_cap_s, kEnergySeries);
    options.series = [&](bool begins) {
      auto now = counter->joules();
      if (!now)
        broken = now.failure();
      else if (begins)
        before = *now;
      else
        used = *now - before;
    };
  }
  auto timed = (*runner)->latency(
      networks, reference, options, [&] { return broken || context.cancelled(); },
      [&](std::size_t i, const Measurement& pass) {
        if (!broken) done(i, Result<Measurement>(told(pass, used)));
      });
  if (broken) return *broken;
  return timed;
}

Measurement CpuSeries::told(const Measurement& pass, double joules) const {
  Measurement m = pass;
  if (metric_ == "throughput") {
    m.value = args_.batch / pass.value;
    m.spread = m.value * pass.spread / pass.value;
  } else if (metric_ == "energy") {
    m.value = joules / (static_cast<double>(pass.count) * args_.batch);
    m.spread = 0;
  }
  return m;
}

namespace {

class Cpu : public Device {
 public:
  Cpu(CpuArgs args, std::filesystem::path counters, Services& services)
      : args_(args), counters_(std::move(counters)), services_(services) {}
  nlohmann::json identity() const override {
    static const nlohmann::json cpu = cpu_identity();
    nlohmann::json identity = cpu;
    identity["threads"] = args_.threads;
    identity["batch"] = args_.batch;
    identity["interval"] = args_.interval;
    identity["time_cap_s"] = args_.time_cap;
    if (const auto module = services_.module_identity(); !module.is_null())
      identity["module"] = module.value("timing", nlohmann::json());
    return identity;
  }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const override {
    if (metric.name != "latency" && metric.name != "throughput" && metric.name != "energy")
      return Failure{"E703", fmt::format("a cpu device cannot measure {}", metric.name),
                     "it measures latency, throughput and energy"};
    if (metric.name == "energy")
      if (auto counter = EnergyCounter::open(counters_); !counter) return counter.failure();
    return std::shared_ptr<const MetricSource>(std::make_shared<CpuSeries>(
        args_, std::string(metric.name), fmt::format("{} {}", metric.name, identity().dump()), counters_, services_));
  }

 private:
  CpuArgs args_;
  std::filesystem::path counters_;
  Services& services_;
};

}  // namespace

Component cpu_device(std::filesystem::path counters) {
  return Declare<CpuArgs>(ComponentKind::device, "cpu", "This machine's processor: networks are run and timed on it.")
      .arg("threads", &CpuArgs::threads, "threads of one forward pass, pinned to cores", between(1, 1024))
      .arg("batch", &CpuArgs::batch, "images per forward pass", between(1, 4096))
      .arg("interval", &CpuArgs::interval,
           "half width of the median's 95 % confidence interval to reach, as a share of the median", between(0.001, 0.5))
      .arg("time_cap", &CpuArgs::time_cap, "longest series for one network", between(0.01, 600))
      .unit("time")
      .details(
          "Latency is the median of one forward pass of the extracted network: weights of its own, batch norms folded. A "
          "reference network is timed beside every network; when it moves by more than 5 % the measurement is flagged as "
          "disturbed. Throughput is images per second at this batch, from the same series. Energy is that of one image: what the "
          "whole processor package uses while the series runs (RAPL counters, /sys/class/powercap), idle power included.")
      .gives({"latency", "throughput", "energy"})
      .example("device host = cpu(threads = 1, batch = 1)")
      .builds([counters = std::move(counters)](const CpuArgs& a, Services& services) {
        return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Cpu>(a, counters, services)));
      });
}

}  // namespace nas
