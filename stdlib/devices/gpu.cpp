#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "core/component.h"
#include "stdlib/devices/timed_series.h"
#include "stdlib/register.h"

namespace nas {
namespace {

using Precision = NetworkRunner::Precision;

}  // namespace

template <>
struct Labels<Precision> {
  static constexpr std::string_view names[] = {"float32", "bfloat16", "float16"};
};

namespace {

/// Arguments of `gpu(...)`.
struct GpuArgs : SeriesArgs {
  int index = 0;
  Precision precision = Precision::float32;
};

/// What stands behind the colon of the line that begins with `name`, without the blanks around it.
std::string field(const std::filesystem::path& file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(':');
    if (colon == std::string::npos || line.compare(0, colon, name) != 0) continue;
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
  }
  return "";
}

/// The models of this machine's GPUs by their place on the bus, as the driver tells them.
std::vector<std::string> gpu_models(const std::filesystem::path& driver) {
  std::vector<std::filesystem::path> places;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(driver / "gpus", error)) places.push_back(entry.path());
  std::sort(places.begin(), places.end());
  std::vector<std::string> models;
  for (const auto& place : places) models.push_back(field(place / "information", "Model"));
  return models;
}

class Gpu : public Device {
 public:
  Gpu(GpuArgs args, std::filesystem::path driver, Services& services)
      : args_(args), driver_(std::move(driver)), models_(gpu_models(driver_)), services_(services) {}

  nlohmann::json identity() const override {
    nlohmann::json identity = {{"gpu", model()},
                               {"driver", field(driver_ / "version", "NVRM version")},
                               {"index", args_.index},
                               {"precision", precision()}};
    args_.identify(identity);
    if (const char* visible = std::getenv("CUDA_VISIBLE_DEVICES")) identity["visible"] = visible;
    if (const auto module = services_.module_identity(); !module.is_null())
      identity["module"] = module.value("timing", nlohmann::json());
    return identity;
  }

  Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const override {
    if (metric.name != "latency" && metric.name != "throughput")
      return Failure{"E703", fmt::format("a gpu device cannot measure {}", metric.name), "it measures latency and throughput"};
    if (const auto module = services_.module_identity(); !module.is_null() && !module.value("cuda", false))
      return Failure{
          "E846", "the LibTorch of this build cannot use a GPU",
          "build with one that has CUDA: -DNAS_CUDA=ON -DNAS_TORCH_PREFIX=.../site-packages/torch (of pip install torch)"};
    if (models_.empty())
      return Failure{"E846", fmt::format("no NVIDIA GPU on this machine: there is nothing in {}", (driver_ / "gpus").string()),
                     "install its driver, or measure elsewhere and use a table: table(...)"};
    if (model().empty())
      return Failure{
          "E846", fmt::format("there is no GPU {}: this machine has {} (0 is the first)", args_.index, fmt::join(models_, ", ")),
          "gpu(index = 0)"};
    NetworkRunner::LatencyOptions options = args_.options();
    options.gpu = args_.index;
    options.precision = args_.precision;
    return std::shared_ptr<const MetricSource>(
        std::make_shared<TimedSeries>(options, std::string(metric.name), fmt::format("{} {}", metric.name, identity().dump()),
                                      fmt::format("{}, {}", model(), precision()), std::filesystem::path(), services_));
  }

 private:
  std::string model() const {
    return static_cast<std::size_t>(args_.index) < models_.size() ? models_[static_cast<std::size_t>(args_.index)] : "";
  }
  std::string_view precision() const { return Labels<Precision>::names[static_cast<std::size_t>(args_.precision)]; }

  GpuArgs args_;
  std::filesystem::path driver_;
  std::vector<std::string> models_;
  Services& services_;
};

}  // namespace

Component gpu_device(std::filesystem::path driver) {
  Declare<GpuArgs> gpu(ComponentKind::device, "gpu", "An NVIDIA GPU of this machine: networks are run and timed on it.");
  gpu.arg("index", &GpuArgs::index, "which one, by its place on the bus; 0 is the first", between(0, 63));
  return series_arguments(gpu, 65536)
      .arg("precision", &GpuArgs::precision, "of weights and of everything between layers")
      .details(
          "Needs a LibTorch with CUDA (build with -DNAS_TORCH_PREFIX=.../site-packages/torch). Latency is the median of one "
          "forward pass of the extracted network, from the call until the GPU has finished, launches included; the images lie on "
          "the GPU already. Networks are timed as on a cpu device: warm-up, a reference network beside each, batch norms folded. "
          "In float32 convolutions use TF32 where the GPU has it, as LibTorch does unless told otherwise.")
      .gives({"latency", "throughput"})
      .example("device card = gpu(batch = 32)")
      .builds([driver = std::move(driver)](const GpuArgs& a, Services& services) {
        return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Gpu>(a, driver, services)));
      });
}

}  // namespace nas
