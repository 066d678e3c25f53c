// The language inside a C++ program, through nas.hpp: a super-network of the program's own as a metric, cancelled and resumed.
#include <atomic>
#include <cstdio>
#include <nas/nas.hpp>
#include <thread>

namespace {

const char* const kScript =
    "seed 1\n"
    "space net = tiny_mobilenet()\n"
    "objective maximize accuracy from supernet(images = 200)\n"
    "objective minimize macs\n"
    "predictor ridge() of accuracy\n"
    "search front = nsga2(population = 20, generations = 20) with concurrent(iter = 2, evaluate = 20)\n";

/// Stands for a super-network with shared weights: what it gives follows from the genes of a network.
class Supernet {
 public:
  std::atomic<int> evaluated{0};

  nas::abi::Metric metric() {
    nas::abi::Metric metric;
    metric.name = "supernet";
    metric.metric = "accuracy";
    metric.version = "weights 1";  // other weights, other values: the store keeps them apart
    metric.arguments =
        R"([{"name": "images", "type": "whole number", "default": 1000, "at_least": 1, "help": "of the validation split"}])";
    metric.evaluate = [this](const nas_batch& batch, std::span<double> values) {
      for (std::size_t i = 0; i < batch.count; ++i) {
        if (batch.cancelled(batch.run)) throw std::runtime_error("cancelled");
        double sum = 0;
        for (std::size_t gene = 0; gene < batch.gene_count; ++gene) sum += batch.genomes[i * batch.gene_count + gene];
        values[i] = 0.5 + 0.4 * sum / (sum + 10);
        ++evaluated;
      }
    };
    return metric;
  }
};

int run(const std::string& folder) {
  Supernet supernet;
  nas::abi::Options options;
  options.store_folder = folder + "/store";
  options.output_folder = folder;
  // A callback may cancel: here, where the second round begins to search.
  nas_interpreter* running = nullptr;
  bool cancels = true;
  options.progress = [&](const nas_progress& event) {
    if (cancels && std::string_view(event.what).starts_with("round 2")) nas_interpreter_cancel(running, nullptr);
  };
  auto interpreter = nas::abi::Interpreter::create(options).value();
  running = interpreter.handle();
  interpreter.add(supernet.metric()).value();

  interpreter.load_text("embedded", kScript).value();
  std::printf("cancelled: %d\n", interpreter.run().status());
  const int before = supernet.evaluated;
  cancels = false;
  interpreter.load_text("embedded", kScript).value();
  interpreter.run().value();
  std::printf("measured: %d, then %d more\n", before, supernet.evaluated - before);

  const auto front = interpreter.result("front").value();
  const auto accuracy = front.column("accuracy").value();
  std::printf("front: best of %s is the first: %s\n", accuracy.measured ? "measured networks" : "predictions",
              accuracy.numbers.size() > 1 && accuracy.numbers[0] >= accuracy.numbers[1] ? "yes" : "no");

  const auto space = interpreter.space("net").value();
  auto genomes = space.sample(3, 7).value();
  space.mutate(genomes, 8).value();
  const auto macs = space.macs(genomes).value();
  std::printf("mutants: %zu, of %s operations\n", macs.size(), macs[0] > 0 ? "some" : "no");

  if (const auto wrong = front.number("front"); !wrong) std::printf("%s\n", wrong.error().text.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? argv[1] : ".");
  } catch (const std::exception& error) {  // value() of an Expected without one
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
