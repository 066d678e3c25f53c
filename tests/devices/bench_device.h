#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "../engine/engine_fixture.h"
#include "core/network_source.h"

namespace nas::testing {

struct BenchArgs {
  double factor = 1;  ///< a whole network takes so many times its layers
  double whole = 0;   ///< and so many ms besides
  bool layers = true;
  double root = 1e-5;  ///< ms for the square root of a value that a layer gives
};

/// A device whose layers take a time that follows from their operations and shapes, and whose networks take their sum.
class Bench : public Device {
 public:
  static inline std::atomic<int> measured{0};
  static inline std::function<void(int)> at_each;
  explicit Bench(const BenchArgs& args) : args_(args) {}
  nlohmann::json identity() const override { return {{"bench", args_.factor}, {"whole", args_.whole}, {"root", args_.root}}; }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind&) const override {
    if (args_.layers) return std::shared_ptr<const MetricSource>(std::make_shared<WithLayers>(args_));
    return std::shared_ptr<const MetricSource>(std::make_shared<Whole>(args_));
  }

 private:
  static double milliseconds(const Network& network, const BenchArgs& args) {
    double sum = 0;
    for (const Layer& layer : network.layers)
      if (layer.kind != LayerKind::input)
        sum += 0.01 + 1e-6 * static_cast<double>(layer_macs(layer)) +
               args.root * std::sqrt(static_cast<double>(layer.out.elements()));
    return sum;
  }
  static void count() {
    const int now = ++measured;
    if (at_each) at_each(now);
  }
  class Whole : public MetricSource {
   public:
    explicit Whole(const BenchArgs& args) : args_(args) {}
    std::string key() const override { return fmt::format("bench {} {} {}", args_.factor, args_.whole, args_.root); }
    std::string provenance() const override { return "counted"; }
    Cost cost() const override { return Cost::measured; }
    Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                         const std::function<void(std::size_t, const Measurement&)>& done) const override {
      for (std::size_t i = 0; i < archs.size(); ++i) {
        if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
        done(i, {.value = 1e-3 * (args_.whole + args_.factor * milliseconds(space.network(archs[i]), args_))});
        count();
      }
      return {};
    }

   protected:
    BenchArgs args_;
  };
  class WithLayers : public Whole, public NetworkSource {
   public:
    using Whole::Whole;
    Result<void> measure_networks(std::span<const Network> networks, const Network&, const MeasureContext& context,
                                  const std::function<void(std::size_t, const Result<Measurement>&)>& done) const override {
      for (std::size_t i = 0; i < networks.size(); ++i) {
        if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
        done(i, Result<Measurement>(Measurement{.value = 1e-3 * milliseconds(networks[i], args_)}));
        count();
      }
      return {};
    }
  };
  BenchArgs args_;
};

inline void add_bench(Registry& registry) {
  registry.add(Declare<BenchArgs>(ComponentKind::device, "bench", "Counts.")
                   .arg("factor", &BenchArgs::factor, "of a whole network")
                   .arg("whole", &BenchArgs::whole, "ms besides")
                   .arg("layers", &BenchArgs::layers, "measures single layers")
                   .arg("root", &BenchArgs::root, "ms for the square root of a value")
                   .gives({"latency"})
                   .builds([](const BenchArgs& a, Services&) {
                     return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Bench>(a)));
                   }));
}

class PerOperator : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = add_bench;
    Bench::measured = 0;
    Bench::at_each = nullptr;
  }
  static std::string script(const std::string& device, const std::string& rest, int samples = 20) {
    return fmt::format(
        "seed 3\nspace net = tiny_mobilenet()\ndevice board = {}\n"
        "profile base = latency over net on board {{ samples = {}, strategy = per_operator }}\n{}\n",
        device, samples, rest);
  }
};

}  // namespace nas::testing
