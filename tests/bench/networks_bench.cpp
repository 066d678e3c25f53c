// bench_networks: where the time of one evaluation and of one latency measurement goes, beside what this machine's convolutions
// reach.
#include <map>

#include "fashion.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// One 1x1 convolution, channels x channels on 28 x 28: a matrix product of channels x channels x 784.
Network product(int channels) {
  Network n;
  n.layers.resize(2);
  n.layers[0].in = n.layers[0].out = n.layers[1].in = n.layers[1].out = {channels, 28, 28};
  n.layers[1].kind = LayerKind::conv;
  n.layers[1].inputs = {0};
  n.layers[1].slot = 0;
  return n;
}

/// Seconds by part, in the order in which they were first told.
class Parts {
 public:
  NetworkRunner::Spent spent() {
    return [this](std::string_view part, double seconds) {
      const std::string name(part);
      if (!seconds_.count(name)) order_.push_back(name);
      seconds_[name] += seconds;
    };
  }
  double of(const std::string& part) const { return seconds_.count(part) ? seconds_.at(part) : 0; }
  void print(double networks) const {
    for (const auto& part : order_) fmt::print("    {:<36} {:>9.2f} ms per network\n", part, 1e3 * seconds_.at(part) / networks);
  }

 private:
  std::map<std::string, double> seconds_;
  std::vector<std::string> order_;
};

}  // namespace

int main() {
  fmt::print("One evaluation and one latency measurement, tiny_mobilenet on Fashion-MNIST, 1 thread\n");
  const auto data = fashion();
  const auto runner = data ? opened_module() : nullptr;
  if (!runner) return 0;
  const auto never = [] { return false; };

  // The limit: a large convolution of the same library on one core.
  NetworkRunner::LatencyOptions timing;
  timing.batch = 4;
  double peak = 0;
  for (const int channels : {256, 512})
    if (!runner->latency(std::vector{product(channels)}, product(16), timing, never, [&](std::size_t, const Measurement& m) {
          peak = std::max(peak, 2.0 * 4 * 784 * channels * channels / m.value);
        }))
      return 1;
  fmt::print("  limit: a 1x1 convolution of 512 channels reaches {:.1f} GFLOP/s on one core\n", 1e-9 * peak);

  const auto made = compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  auto sampled = [&](std::int64_t step, int i) {
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(i == 0 ? space.largest() : i == 1 ? space.smallest() : *space.sample(stream));
  };
  NetworkRunner::TrainOptions training;
  training.images = 256;
  training.epochs = 1;
  training.threads = 2;
  training.checkpoint_path = scratch("checkpoint");
  training.weights_path = scratch("weights");
  const auto weights = runner->train(space.weight_slots(), sampled, *data, training, {});
  if (!weights) return 1;
  std::vector<Network> networks{sampled(0, 0), sampled(0, 1)};
  for (int i = 0; i < 6; ++i) networks.push_back(sampled(i, 2));
  double macs = 0;
  for (const Network& network : networks) macs += static_cast<double>(network.macs());
  const auto count = static_cast<double>(networks.size());

  NetworkRunner::EvaluateOptions evaluation;  // 2,000 images, 1,000 for the statistics, as searches do
  Parts parts;
  evaluation.spent = parts.spent();
  Stopwatch watch;
  if (!runner->evaluate(*weights, space.weight_slots(), networks, evaluation, never,
                        [](std::size_t, const NetworkRunner::Score&) {}))
    return 1;
  const double per = watch.seconds() / count;
  fmt::print("  one evaluation of {} images: {:.1f} ms, mean of {} networks scored in one call\n", evaluation.images, 1e3 * per,
             networks.size());
  parts.print(count);
  const double flops = 2 * macs * static_cast<double>(evaluation.images) / parts.of("forward passes");
  fmt::print("    the forward passes reach {:.1f} GFLOP/s, {:.0f} % of the limit\n", 1e-9 * flops, 100 * flops / peak);
  std::filesystem::remove(training.weights_path);

  NetworkRunner::LatencyOptions one;
  Parts timed;
  one.spent = timed.spent();
  double pass = 0, passes = 0;
  watch.restart();
  if (!runner->latency(networks, networks[1], one, never, [&](std::size_t, const Measurement& m) {
        pass += m.value;
        passes += static_cast<double>(m.count);
      }))
    return 1;
  fmt::print("  one latency measurement: {:.1f} ms, {:.0f} timed passes of {:.3f} ms\n", 1e3 * watch.seconds() / count,
             passes / count, 1e3 * pass / count);
  timed.print(count);
  fmt::print("    a pass of one image reaches {:.1f} GFLOP/s, {:.0f} % of the limit\n", 2e-9 * macs / pass,
             100 * 2 * macs / pass / peak);
  return 0;
}
