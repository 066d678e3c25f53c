#include <fmt/format.h>

#include <fstream>
#include <thread>

#include "core/component.h"
#include "stdlib/devices/energy_counter.h"
#include "stdlib/devices/timed_series.h"
#include "stdlib/register.h"

namespace nas {
namespace {

enum class CpuPrecision { float32, bfloat16 };

}  // namespace

template <>
struct Labels<CpuPrecision> {
  static constexpr std::string_view names[] = {"float32", "bfloat16"};
};

namespace {

/// Arguments of `cpu(...)`.
struct CpuArgs : SeriesArgs {
  int threads = 1;
  CpuPrecision precision = CpuPrecision::float32;
};

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

class Cpu : public Device {
 public:
  Cpu(CpuArgs args, std::filesystem::path counters, Services& services)
      : args_(args), counters_(std::move(counters)), services_(services) {}
  nlohmann::json identity() const override {
    static const nlohmann::json cpu = cpu_identity();
    nlohmann::json identity = cpu;
    identity["threads"] = args_.threads;
    args_.identify(identity);
    if (args_.precision != CpuPrecision::float32) identity["precision"] = Labels<CpuPrecision>::names[1];
    if (const auto module = services_.module_identity(); !module.is_null())
      identity["module"] = module.value("timing", nlohmann::json());
    return identity;
  }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const override {
    if (metric.name != "latency" && metric.name != "throughput" && metric.name != "energy" && metric.name != "memory")
      return Failure{"E703", fmt::format("a cpu device cannot measure {}", metric.name),
                     "it measures latency, throughput, energy and memory"};
    if (metric.name == "energy")
      if (auto counter = EnergyCounter::open(counters_); !counter) return counter.failure();
    NetworkRunner::LatencyOptions options = args_.options();
    options.threads = args_.threads;
    options.precision = static_cast<NetworkRunner::Precision>(args_.precision);
    return std::shared_ptr<const MetricSource>(
        std::make_shared<TimedSeries>(options, std::string(metric.name), fmt::format("{} {}", metric.name, identity().dump()),
                                      fmt::format("{} thread{} of this CPU{}", args_.threads, args_.threads == 1 ? "" : "s",
                                                  args_.precision == CpuPrecision::float32 ? "" : " in bfloat16"),
                                      counters_, services_));
  }

 private:
  CpuArgs args_;
  std::filesystem::path counters_;
  Services& services_;
};

}  // namespace

Component cpu_device(std::filesystem::path counters) {
  Declare<CpuArgs> cpu(ComponentKind::device, "cpu", "This machine's processor: networks are run and timed on it.");
  cpu.arg("threads", &CpuArgs::threads, "threads of one forward pass, pinned to cores", between(1, 1024));
  return series_arguments(cpu, 4096)
      .arg("precision", &CpuArgs::precision, "of weights and of everything between layers")
      .details(
          "Latency is the median of one forward pass of the extracted network: weights of its own, batch norms folded. A "
          "reference network is timed beside every network; when it moves by more than 5 % the measurement is flagged as "
          "disturbed. Throughput is images per second at this batch, from the same series. Energy is that of one image: what the "
          "whole processor package uses while the series runs (RAPL counters, /sys/class/powercap), idle power included. Memory "
          "(memory@host) is the most that LibTorch's allocator holds at once while one batch goes through: images, what lies "
          "between layers and what kernels need for themselves, and not the weights; it is counted in a pass of its own. "
          "`memory` "
          "alone is another number, computed from the network.")
      .gives({"latency", "throughput", "energy", "memory"})
      .example("device host = cpu(threads = 1, batch = 1)")
      .builds([counters = std::move(counters)](const CpuArgs& a, Services& services) {
        return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Cpu>(a, counters, services)));
      });
}

}  // namespace nas
