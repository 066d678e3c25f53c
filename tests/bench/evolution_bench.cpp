// bench_evolution: once-for-all's evolution of 100 networks for 500 generations under a latency bound, accuracy from a perceptron
// 128-400-400-400-1 and latency from a table, beside the reference's procedure in Python, in one run.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "../space/space_fixture.h"
#include "core/statistics.h"
#include "stdlib/searches/evolution.h"
#include "stdlib/tactics/search_state.h"

// Where the processor multiplies and adds eight numbers at once, it does so; not under the thread sanitizer, whose functions
// cannot be called yet when the loader chooses.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define NAS_CLONES
#endif

using namespace nas;
using namespace nas::testing;

namespace {

constexpr std::size_t kInputs = 128, kHidden = 400, kLane = 8, kRows = 6;
constexpr double kBound = 40;  // ms; about a fifth of random networks meet it

using Lane = float __attribute__((vector_size(32)));

/// y = max(0, x W + bias), n x k times k x kHidden; n is a multiple of kRows. A panel of two lanes of W stays in the first cache
/// while all rows pass it, kRows at a time in registers.
NAS_CLONES void multiply(const float* x, const float* w, const float* bias, float* y, std::size_t n, std::size_t k) {
  alignas(32) float panel[kHidden * 2 * kLane];
  for (std::size_t j = 0; j < kHidden; j += 2 * kLane) {
    for (std::size_t a = 0; a < k; ++a) std::copy_n(w + a * kHidden + j, 2 * kLane, panel + a * 2 * kLane);
    for (std::size_t i = 0; i < n; i += kRows) {
      Lane sum[kRows][2] = {};
      const float* rows = x + i * k;
      for (std::size_t a = 0; a < k; ++a) {
        const Lane left = *reinterpret_cast<const Lane*>(panel + a * 2 * kLane);
        const Lane right = *reinterpret_cast<const Lane*>(panel + a * 2 * kLane + kLane);
        for (std::size_t r = 0; r < kRows; ++r) {
          sum[r][0] += rows[r * k + a] * left;
          sum[r][1] += rows[r * k + a] * right;
        }
      }
      for (std::size_t r = 0; r < kRows; ++r)
        for (std::size_t c = 0; c < 2 * kLane; ++c)
          y[(i + r) * kHidden + j + c] = std::max(0.0f, sum[r][c / kLane][c % kLane] + bias[j + c]);
    }
  }
}

/// An untrained perceptron of the published shape; the same weights for every peer.
struct Perceptron {
  std::vector<float> first, second, third, last;
  std::array<std::vector<float>, 3> bias;

  Perceptron() {
    Stream stream(2020, "perceptron");
    auto fill = [&](std::vector<float>& w, std::size_t n, double scale) {
      w.resize(n);
      for (float& v : w) v = static_cast<float>(scale * stream.normal());
    };
    fill(first, kInputs * kHidden, 0.15);
    fill(second, kHidden * kHidden, 0.07);
    fill(third, kHidden * kHidden, 0.07);
    fill(last, kHidden, 0.05);
    for (auto& b : bias) fill(b, kHidden, 0.01);
  }
  void write(std::ofstream& file) const {
    for (const auto* w : {&first, &bias[0], &second, &bias[1], &third, &bias[2], &last})
      file.write(reinterpret_cast<const char*>(w->data()), static_cast<std::streamsize>(w->size() * sizeof(float)));
  }
};

/// The perceptron on once-for-all's 128 inputs: kernel one-hots of 20 blocks, then expansions, then the resolution.
class Accuracy : public BatchMetric {
 public:
  Accuracy(const Space& space, const Perceptron& net) : space_(space), net_(net) {
    std::size_t block = 0;
    input_.assign(space.gene_count(), {});
    for (std::size_t g = 0; g < space.gene_count(); ++g) {
      const std::string& name = space.genes()[g].name;
      if (name.find(".kernel") != std::string::npos) input_[g] = 3 * block;
      if (name.find(".expand") != std::string::npos) input_[g] = 60 + 3 * block++;
    }
  }
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    const std::size_t rows = (n + kRows - 1) / kRows * kRows, length = space_.gene_count();
    x_.assign(rows * kInputs, 0);
    a_.resize(rows * kHidden);
    b_.resize(rows * kHidden);
    mask_.resize(length);
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * length, length);
      space_.active(genome, mask_);
      for (std::size_t g = 0; g < length; ++g)
        if (input_[g] && mask_[g]) x_[i * kInputs + *input_[g] + genome[g]] = 1;
      x_[i * kInputs + 120 + 7] = 1;
    }
    multiply(x_.data(), net_.first.data(), net_.bias[0].data(), a_.data(), rows, kInputs);
    multiply(a_.data(), net_.second.data(), net_.bias[1].data(), b_.data(), rows, kHidden);
    multiply(b_.data(), net_.third.data(), net_.bias[2].data(), a_.data(), rows, kHidden);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < kHidden; ++j)
        sum += static_cast<double>(a_[i * kHidden + j]) * static_cast<double>(net_.last[j]);
      out[i] = sum;
    }
  }

 private:
  const Space& space_;
  const Perceptron& net_;
  std::vector<std::optional<std::size_t>> input_;
  mutable std::vector<float> x_, a_, b_;
  mutable std::vector<std::uint8_t> mask_;
};

/// Milliseconds of every option, as a linear form that has already learnt.
class Table : public Predictor {
 public:
  explicit Table(LinearForm form) : form_(std::move(form)) {}
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
  void predict(std::span<const float>, std::size_t, std::span<double>) const override {}
  std::optional<LinearForm> linear_form() const override { return form_; }
  std::string summary() const override { return "table"; }

 private:
  LinearForm form_;
};

struct Sample {
  double seconds, accuracy;
};

Sample ours(const Space& space, const Perceptron& net, const LinearForm& latency, std::uint64_t seed) {
  const auto began = std::chrono::steady_clock::now();
  SearchTask task;
  task.space = &space;
  task.metrics.resize(2);
  task.metrics[0].batch = std::make_shared<Accuracy>(space, net);
  task.objectives = {{{{{MetricExpr::Op::metric, 0, 0}}, "accuracy", ""}, true, "accuracy"}};
  task.constraints = {{{{{MetricExpr::Op::metric, 1, 0}}, "latency", ""}, -INFINITY, kBound, "latency <= 40ms"}};
  BatchEvaluator evaluator(task, {nullptr, std::make_shared<Table>(latency)});
  Evolution algorithm(EvolutionArgs{});
  if (!algorithm.start(space, 1, {}, Stream(seed, "bench"))) std::abort();
  Population batch;
  while (algorithm.ask(batch) && batch.size() > 0) {
    evaluator.evaluate(batch);
    algorithm.tell(batch);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return {seconds, -algorithm.population().objectives.front()};
}

std::optional<Sample> peer(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  Sample sample{};
  const bool read = std::fscanf(pipe, "%lf %lf", &sample.seconds, &sample.accuracy) == 2;
  return pclose(pipe) == 0 && read ? std::optional(sample) : std::nullopt;
}

void print(const std::string& name, const std::vector<Sample>& samples, double ours_seconds) {
  std::vector<double> seconds, values;
  for (const Sample& s : samples) {
    seconds.push_back(s.seconds);
    values.push_back(s.accuracy);
  }
  fmt::print("  {:<44} {:>8.3f} s  best value {:.4f}  {:>6.1f}x ours\n", name, median(seconds), median(values),
             median(seconds) / ours_seconds);
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
  const auto made = compile_stdlib("ofa_mobilenetv3");
  if (!made->space) {
    fmt::print(stderr, "{}", made->errors());
    return 1;
  }
  const Space& space = *made->space;
  const Perceptron net;
  LinearForm latency;
  Stream stream(2021, "table");
  const std::string weights = (std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}.f32", getpid())).string();
  std::ofstream file(weights, std::ios::binary);
  net.write(file);
  std::array<std::vector<float>, 2> parts;
  for (const Gene& gene : space.genes())
    for (std::size_t option = 0; option < gene.options.size(); ++option) {
      const bool kernel = gene.name.find(".kernel") != std::string::npos, expand = gene.name.find(".expand") != std::string::npos;
      const double ms = kernel || expand ? 0.4 + 0.5 * static_cast<double>(option) + 0.3 * stream.uniform() : 0;
      latency.weights.push_back(ms);
      if (kernel || expand) parts[expand].push_back(static_cast<float>(ms));
    }
  for (const auto& part : parts)
    file.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size() * sizeof(float)));
  file.close();
  const int seeds = quick ? 3 : 9;
  std::vector<Sample> mine, theirs;
  ours(space, net, latency, 99);
  for (int seed = 1; seed <= seeds; ++seed) {
    mine.push_back(ours(space, net, latency, static_cast<std::uint64_t>(seed)));
    if (seed <= (quick ? 1 : 3))
      if (const auto sample = peer(fmt::format("{} {}/tests/bench/peers/ofa_evolution.py {} {} {}",
                                               NAS_BINARY_DIR "/peers_venv/bin/python", NAS_SOURCE_DIR, weights, kBound, seed)))
        theirs.push_back(*sample);
  }
  std::filesystem::remove(weights);
  std::vector<double> seconds;
  for (const Sample& s : mine) seconds.push_back(s.seconds);
  const double typical = median(seconds);
  fmt::print("Evolution of once-for-all, 100 x 500 = 50,000 networks under {} ms, {} seeds\n", kBound, seeds);
  print("ours", mine, typical);
  if (theirs.empty())
    fmt::print("  the reference's procedure in Python: numpy is not there; tests/bench/run installs it\n");
  else
    print(fmt::format("the reference's procedure, numpy ({} seeds)", theirs.size()), theirs, typical);
  const double operations = 50000.0 * 2 * (kInputs * kHidden + 2 * kHidden * kHidden);
  fmt::print("  limit: {:.1f} GFLOP of the perceptron, {:.1f} GFLOP/s reached\n", operations / 1e9, operations / typical / 1e9);
}
