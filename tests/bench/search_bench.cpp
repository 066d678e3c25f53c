// bench_search: NSGA-II on two linear surrogates over OFA-MobileNetV3, beside its peers and the limit, in one run.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "../space/space_fixture.h"
#include "core/pareto.h"
#include "core/statistics.h"
#include "stdlib/searches/nsga2.h"
#include "stdlib/tactics/search_state.h"

using namespace nas;
using namespace nas::testing;

namespace {

constexpr double kLimitPerIndividual = 0.54e-6;  // measured floor probe, seconds per individual and generation

struct Sample {
  double seconds, hypervolume;
};

/// A linear form as a predictor that has already learnt.
class Fixed : public Predictor {
 public:
  explicit Fixed(LinearForm form) : form_(std::move(form)) {}
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
  void predict(std::span<const float>, std::size_t, std::span<double>) const override {}
  std::optional<LinearForm> linear_form() const override { return form_; }
  std::string summary() const override { return "fixed"; }

 private:
  LinearForm form_;
};

/// Surrogates with the shape of the published ones: accuracy 70-80 %, latency 20-85 ms, larger options better and slower.
std::pair<LinearForm, LinearForm> surrogates(const Space& space) {
  Stream stream(2020, "surrogates");
  LinearForm accuracy, latency;
  for (const Gene& gene : space.genes())
    for (std::size_t option = 0; option < gene.options.size(); ++option) {
      const double size = gene.options.size() < 2 ? 0 : static_cast<double>(option) / 2;
      const bool block = gene.name.find("block") != std::string::npos;
      accuracy.weights.push_back(block ? 1.7 + 0.45 * size * stream.uniform() : 1.7);
      latency.weights.push_back(block ? 0.9 + 1.3 * size * stream.uniform() + 0.1 * stream.uniform() : 1.0);
    }
  return {accuracy, latency};
}

Sample ours(const Space& space, const std::pair<LinearForm, LinearForm>& forms, int population, int generations,
            std::uint64_t seed) {
  SearchTask task;
  task.space = &space;
  task.metrics.resize(2);
  const MetricExpr first{{{MetricExpr::Op::metric, 0, 0}}, "accuracy", ""},
      second{{{MetricExpr::Op::metric, 1, 0}}, "latency", ""};
  task.objectives = {{first, true, "accuracy"}, {second, false, "latency"}};
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::shared_ptr<Predictor>> predictors;
  predictors.push_back(std::make_shared<Fixed>(forms.first));
  predictors.push_back(std::make_shared<Fixed>(forms.second));
  BatchEvaluator evaluator(task, std::move(predictors));
  GeneticArgs args;
  args.population = population;
  args.generations = generations;
  Nsga2 algorithm(args);
  if (!algorithm.start(space, 2, {}, Stream(seed, "bench"))) std::abort();
  Population batch;
  while (algorithm.ask(batch) && batch.size() > 0) {
    evaluator.evaluate(batch);
    algorithm.tell(batch);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return {seconds, hypervolume(algorithm.population().objectives, 2, std::vector<double>{-70, 85})};
}

/// One run of a peer; nothing where the peer is not there.
std::optional<Sample> peer(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  Sample sample{};
  const bool read = std::fscanf(pipe, "%lf %lf", &sample.seconds, &sample.hypervolume) == 2;
  return pclose(pipe) == 0 && read ? std::optional(sample) : std::nullopt;
}

void print(const std::string& name, const std::vector<Sample>& samples, double ours_seconds) {
  std::vector<double> seconds, volumes;
  for (const Sample& s : samples) {
    seconds.push_back(s.seconds);
    volumes.push_back(s.hypervolume);
  }
  const auto [low, high] = std::minmax_element(seconds.begin(), seconds.end());
  fmt::print("  {:<34} {:>10.2f} ms  ({:.2f}-{:.2f})  hypervolume {:>8.2f}  {:>7.1f}x ours\n", name, 1e3 * median(seconds),
             1e3 * *low, 1e3 * *high, median(volumes), median(seconds) / ours_seconds);
}

void compare(const Space& space, const std::string& weights, int population, int generations, int seeds, int peer_seeds,
             const std::string& python, const std::string& pagmo) {
  const auto forms = surrogates(space);
  std::vector<Sample> mine, theirs, native;
  ours(space, forms, population, generations, 99);  // warm caches
  for (int seed = 1; seed <= seeds; ++seed) {       // interleaved: noise of the machine meets all alike
    mine.push_back(ours(space, forms, population, generations, static_cast<std::uint64_t>(seed)));
    if (seed > peer_seeds) continue;
    const std::string arguments = fmt::format("{} {} {} 1 {}", weights, population, generations, seed);
    if (const auto sample = peer(fmt::format("{} {}/tests/bench/peers/pymoo_nsga2.py {}", python, NAS_SOURCE_DIR, arguments)))
      theirs.push_back(*sample);
    if (const auto sample = peer(fmt::format("{} {}", pagmo, arguments))) native.push_back(*sample);
  }
  std::vector<double> seconds;
  for (const Sample& s : mine) seconds.push_back(s.seconds);
  const double typical = median(seconds);
  fmt::print("NSGA-II {} x {}, 45 genes, two linear surrogates, {} seeds\n", population, generations, seeds);
  print("ours", mine, typical);
  if (peer_seeds == 0)
    fmt::print("  peers are left out of this size by --quick\n");
  else if (theirs.empty())
    fmt::print("  pymoo: not there; tests/bench/run installs it where PyPI can be reached\n");
  else
    print(fmt::format("pymoo 0.6.2 ({} seeds)", theirs.size()), theirs, typical);
  if (peer_seeds == 0) {
  } else if (native.empty())
    fmt::print("  pagmo: not there; apt-get install libpagmo-dev\n");
  else
    print(fmt::format("pagmo ({} seeds)", native.size()), native, typical);
  const double limit = kLimitPerIndividual * population * generations;
  fmt::print("  {:<34} {:>10.2f} ms  ours per individual and generation: {:.2f} us\n", "limit (0.54 us per individual)",
             1e3 * limit, 1e6 * typical / population / generations);
}

}  // namespace

int main(int argc, char** argv) {
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}) setenv(name, "1", 1);  // of the peers
  const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
  const auto made = compile_stdlib("ofa_mobilenetv3");
  if (!made->space) {
    fmt::print(stderr, "{}", made->errors());
    return 1;
  }
  const Space& space = *made->space;
  // The peers see the 45 genes with three options, in order: depth, then kernel and expansion of four blocks, per stage.
  const std::string weights = (std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}.txt", getpid())).string();
  {
    const auto forms = surrogates(space);
    std::ofstream file(weights);
    std::size_t column = 0;
    int index = 0;
    for (const Gene& gene : space.genes()) {
      for (std::size_t option = 0; option < gene.options.size(); ++option, ++column)
        if (gene.options.size() == 3)
          file << index << ' ' << option << ' '
               << fmt::format("{} {}\n", forms.first.weights[column], forms.second.weights[column]);
      index += gene.options.size() == 3;
    }
    if (index != 45) {
      fmt::print(stderr, "expected 45 genes with three options, found {}\n", index);
      return 1;
    }
  }
  const std::string python = NAS_BINARY_DIR "/peers_venv/bin/python", pagmo = NAS_BINARY_DIR "/bin/pagmo_nsga2";
  compare(space, weights, 50, 200, 9, 9, python, pagmo);
  compare(space, weights, 1000, 500, quick ? 3 : 9, quick ? 0 : 1, python, pagmo);
  std::filesystem::remove(weights);
}
