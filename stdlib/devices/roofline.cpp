#include "stdlib/devices/roofline.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/services.h"
#include "core/units.h"

namespace nas {
namespace {

/// Building a network takes some microseconds: so many are worth a thread.
constexpr std::size_t kNetworksPerThread = 16;

class Simulated : public BatchSource {
 public:
  Simulated(SimArgs args, bool throughput, std::string key) : args_(args), throughput_(throughput), key_(std::move(key)) {}
  std::string key() const override { return key_; }
  std::string provenance() const override { return "simulated by a roofline"; }
  Cost cost() const override { return Cost::computed; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override {
    return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(args_, throughput_, std::move(space)));
  }

 private:
  class Batch : public BatchMetric {
   public:
    Batch(SimArgs args, bool throughput, std::shared_ptr<const Space> space)
        : args_(args), throughput_(throughput), space_(std::move(space)) {}
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      const std::size_t length = space_->gene_count();
      for (std::size_t i = 0; i < n; ++i) {
        const auto genome = genomes.subspan(i * length, length);
        double seconds = 0;
        for (const LayerTime& layer : roofline(space_->network(Arch{{genome.begin(), genome.end()}}), args_))
          seconds += layer.seconds;
        out[i] = throughput_ ? args_.batch / seconds : seconds;
      }
    }
    std::size_t rows_per_thread() const override { return kNetworksPerThread; }

   private:
    SimArgs args_;
    bool throughput_;
    std::shared_ptr<const Space> space_;
  };

  SimArgs args_;
  bool throughput_;
  std::string key_;
};

class Sim : public Device, public LayerTimes {
 public:
  explicit Sim(SimArgs args) : args_(args) {}
  nlohmann::json identity() const override {
    return {{"peak", args_.peak},
            {"bandwidth", args_.bandwidth},
            {"launch", args_.launch},
            {"word", args_.word},
            {"batch", args_.batch}};
  }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const override {
    if (metric.name != "latency" && metric.name != "throughput")
      return Failure{"E703", fmt::format("a simulated device has no {}", metric.name), "it gives latency and throughput"};
    return std::shared_ptr<const MetricSource>(std::make_shared<Simulated>(
        args_, metric.name == "throughput", fmt::format("{} roofline {}", metric.name, identity().dump())));
  }
  Result<std::vector<LayerTime>> layers(const Network& network) const override { return roofline(network, args_); }
  std::string provenance() const override { return "simulated"; }

 private:
  SimArgs args_;
};

}  // namespace

bool costs_nothing(LayerKind kind) {
  switch (kind) {
    case LayerKind::input:
    case LayerKind::batch_norm:
    case LayerKind::activation:
    case LayerKind::zero:
    case LayerKind::flatten:
    case LayerKind::first_rows:
    case LayerKind::learned:
      return true;
    default:
      return false;
  }
}

LayerTime roofline(const Network& network, const Layer& layer, const SimArgs& args) {
  LayerTime time;
  time.layer = layer.path.empty() ? layer_kind_name(layer.kind) : layer.path;
  time.macs = layer_macs(layer) * args.batch;
  std::int64_t values = layer.out.elements() * args.batch;
  // Of a table of embeddings only the rows that are looked up are read.
  values += layer.kind == LayerKind::embedding ? layer.out.elements() * args.batch : layer_params(layer);
  for (const std::int32_t input : layer.inputs)
    values += network.layers[static_cast<std::size_t>(input)].out.elements() * args.batch;
  time.bytes = args.word * static_cast<double>(values);
  const double compute = static_cast<double>(time.macs) / args.peak, memory = time.bytes / args.bandwidth;
  time.seconds = std::max(compute, memory) + args.launch;
  time.bound = args.launch > std::max(compute, memory) ? "launch" : compute >= memory ? "compute" : "memory";
  return time;
}

std::vector<LayerTime> roofline(const Network& network, const SimArgs& args) {
  std::vector<LayerTime> times;
  for (const Layer& layer : network.layers)
    if (!costs_nothing(layer.kind)) times.push_back(roofline(network, layer, args));
  return times;
}

Component sim_device() {
  return Declare<SimArgs>(ComponentKind::device, "sim", "A simulated device: every layer takes what a roofline model says.")
      .arg("peak", &SimArgs::peak, "multiply-accumulate operations a second, e.g. 100GHz: half of a data sheet's FLOP/s",
           at_least(1))
      .required()
      .unit("frequency")
      .arg("bandwidth", &SimArgs::bandwidth, "bytes between memory and processor a second, e.g. 10GB / 1s", at_least(1))
      .required()
      .unit("bandwidth")
      .arg("launch", &SimArgs::launch, "what every layer takes besides", between(0, 1))
      .unit("time")
      .arg("word", &SimArgs::word, "of one value: 4B for single precision, 1B for eight bits", between(0.125, 16))
      .unit("memory")
      .arg("batch", &SimArgs::batch, "images per forward pass", between(1, 65536))
      .details(
          "The time of a layer is the longer of its operations over the peak and its bytes over the bandwidth, and the launch; "
          "it "
          "reads its inputs and weights once and writes its output once. Batch norms and activations go with the layer before. "
          "show layers(net.largest, board) prints every layer with its bound. Values are simulated, never measured: they are "
          "marked ~ wherever they are shown.")
      .paper("Williams, Waterman, Patterson, Roofline, CACM 52(4), 2009, doi 10.1145/1498765.1498785")
      .gives({"latency", "throughput"})
      .example("device board = sim(peak = 100GHz, bandwidth = 10GB / 1s, launch = 5us)")
      .builds([](const SimArgs& a, Services&) {
        return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Sim>(a)));
      });
}

}  // namespace nas
