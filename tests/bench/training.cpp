// Super-network training, evaluation and latency on Fashion-MNIST: images/s, accuracies, seconds.
// bench_training [images per epoch] [epochs] [threads]

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "../space/space_fixture.h"
#include "run/torch_module.h"
#include "stdlib/register.h"

namespace {

using namespace nas;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run(int argc, char** argv) {
  const auto folder = fashion_mnist_folder();
  if (!folder) {
    fmt::print("Fashion-MNIST is not on this machine (apt-get install dataset-fashion-mnist)\n");
    return 0;
  }
  auto opened = open_torch_module();
  if (!opened) {
    fmt::print("{}\n", opened.failure().message);
    return 0;
  }
  NetworkRunner& runner = **opened;
  Dataset data;
  data.key = "bench";
  data.train_images = *folder + "/train-images-idx3-ubyte.gz";
  data.train_labels = *folder + "/train-labels-idx1-ubyte.gz";
  data.test_images = *folder + "/t10k-images-idx3-ubyte.gz";
  data.test_labels = *folder + "/t10k-labels-idx1-ubyte.gz";
  data.train_count = 50000;
  data.validation_count = 10000;
  data.test_count = 10000;
  data.image = {1, 28, 28};
  data.classes = 10;
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  const Network largest = space.network(space.largest()), smallest = space.network(space.smallest());

  const std::string scratch = std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}", getpid());
  NetworkRunner::TrainOptions options;
  options.images = argc > 1 ? std::atoll(argv[1]) : 20000;
  options.epochs = argc > 2 ? std::atof(argv[2]) : 3;
  options.threads = argc > 3 ? std::atoi(argv[3]) : 2;
  if (argc > 4) options.learning_rate = std::atof(argv[4]);
  options.seed = 1;
  options.checkpoint_path = scratch + ".checkpoint";
  options.weights_path = scratch + ".weights";
  auto network = [&](std::int64_t step, int i) {
    if (i == 0) return largest;
    if (i == 1) return smallest;
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(*space.sample(stream));
  };
  auto start = std::chrono::steady_clock::now();
  double loss = 0;
  NetworkRunner::Progress progress;
  progress.step = [&](double, double, double now) { loss = now; };
  auto weights = runner.train(space.weight_slots(), network, data, options, progress);
  if (!weights) {
    fmt::print("{}\n", weights.failure().message);
    return 1;
  }
  const double trained = seconds_since(start);
  fmt::print("training     {:8.1f} s    {:8.0f} images/s through the sandwich of 3    loss {:.3f}    {}\n", trained,
             static_cast<double>(options.images) * options.epochs / trained, loss, runner.version());

  std::vector<Network> networks{largest, smallest};
  Stream stream(2, "candidates");
  for (int i = 0; i < 6; ++i) networks.push_back(space.network(*space.sample(stream)));
  for (const auto& [name, images] : {std::pair("2,000 images", 2000), std::pair("10,000 images", 10000)}) {
    NetworkRunner::EvaluateOptions evaluation;
    evaluation.images = images;
    evaluation.threads = options.threads;
    std::string accuracies;
    start = std::chrono::steady_clock::now();
    auto done = runner.evaluate(
        *weights, space.weight_slots(), networks, evaluation, [] { return false; },
        [&](std::size_t, const NetworkRunner::Score& s) { accuracies += fmt::format(" {:.2f}", 100 * s.accuracy); });
    if (!done) return 1;
    fmt::print("evaluation   {:8.3f} s    each, {}; largest, smallest, random: {} %\n",
               seconds_since(start) / static_cast<double>(networks.size()), name, accuracies);
  }
  NetworkRunner::LatencyOptions timing;
  start = std::chrono::steady_clock::now();
  std::string lines;
  auto timed = runner.latency(
      networks, largest, timing, [] { return false; },
      [&](std::size_t i, const Measurement& m) {
        lines += fmt::format("  {:.1f}+-{:.1f} us ({}{}{}) {:.1f} M MACs\n", 1e6 * m.value, 1e6 * m.spread, m.count,
                             m.capped ? " capped" : "", m.disturbed ? " disturbed" : "",
                             1e-6 * static_cast<double>(networks[i].macs()));
      });
  if (!timed) return 1;
  fmt::print("latency      {:8.3f} s    each\n{}", seconds_since(start) / static_cast<double>(networks.size()), lines);
  std::filesystem::remove(options.weights_path);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv);
}
