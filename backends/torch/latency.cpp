#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <dlfcn.h>
#include <sched.h>
#include <torch/cuda.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>

#include "backends/torch/clock.h"
#include "backends/torch/layers.h"
#include "backends/torch/weights.h"
#include "core/rng.h"

namespace nas::torch_backend {
namespace {

/// A network as it would be deployed: weights of its own, batch norms folded into the convolution before them,
/// activations applied in place where nobody else reads their input.
class Extracted {
 public:
  Extracted(const nas_network& network, const torch::TensorOptions& placed) : placed_(placed) {
    std::vector<int> uses(static_cast<std::size_t>(network.layer_count), 0);
    for (int i = 0; i < network.layer_count; ++i)
      for (int j = 0; j < network.layers[i].inputs_count; ++j) ++uses[static_cast<std::size_t>(network.inputs[network.layers[i].inputs_begin + j])];
    std::vector<int> slot(uses.size());  // layer -> value index after folding
    Stream stream(1, "extracted");
    auto random = [&](at::IntArrayRef sizes) {
      torch::Tensor t = torch::empty(sizes);
      auto* data = t.data_ptr<float>();
      for (std::int64_t i = 0; i < t.numel(); ++i) data[i] = static_cast<float>(0.1 * (stream.uniform() - 0.5));
      return t.to(placed);
    };
    for (int i = 0; i < network.layer_count; ++i) {
      const nas_layer& layer = network.layers[i];
      const auto at = static_cast<std::size_t>(i);
      const auto kind = static_cast<LayerKind>(layer.kind);
      const int before = layer.inputs_count > 0 ? network.inputs[layer.inputs_begin] : -1;
      const bool folds = kind == LayerKind::batch_norm && before >= 0 && uses[static_cast<std::size_t>(before)] == 1 &&
                         static_cast<LayerKind>(network.layers[before].kind) == LayerKind::conv;
      if (folds) {
        Step& conv = steps_[static_cast<std::size_t>(slot[static_cast<std::size_t>(before)])];
        if (!conv.bias.defined()) conv.bias = random({layer.out[0]});
        slot[at] = slot[static_cast<std::size_t>(before)];
        continue;
      }
      Step step;
      step.layer = layer;
      for (int j = 0; j < layer.inputs_count; ++j) step.inputs.push_back(slot[static_cast<std::size_t>(network.inputs[layer.inputs_begin + j])]);
      if (kind == LayerKind::conv) step.weight = random({layer.out[0], layer.in[0] / layer.groups, layer.kernel, layer.kernel});
      if (kind == LayerKind::linear) step.weight = random({layer.out[0], layer.in[0]});
      if (kind == LayerKind::embedding || kind == LayerKind::learned) step.weight = random({layer.kernel, layer.out[0]});
      const bool norm = kind == LayerKind::batch_norm || kind == LayerKind::layer_norm;
      if (norm) step.weight = torch::ones({layer.out[0]}, placed);
      if (layer.bias || norm) step.bias = random({layer.out[0]});
      if (kind == LayerKind::embedding) {
        std::int64_t& rows = steps_[static_cast<std::size_t>(step.inputs[0])].rows;
        rows = rows == 0 ? layer.kernel : std::min<std::int64_t>(rows, layer.kernel);
      }
      // In place only over a tensor that a convolution or a norm has just made, never over the images or an alias of another value.
      if (before >= 0 && uses[static_cast<std::size_t>(before)] == 1) {
        const auto made_by = static_cast<LayerKind>(network.layers[before].kind);
        step.alone = made_by == LayerKind::conv || made_by == LayerKind::batch_norm;
      }
      slot[at] = static_cast<int>(steps_.size());
      steps_.push_back(std::move(step));
    }
    for (std::size_t i = 0; i < steps_.size(); ++i)
      for (const int input : steps_[i].inputs) steps_[static_cast<std::size_t>(input)].last_use = i;
  }

  /// One batch of what the network takes: images, vectors of tokens, or, where they are looked up, the numbers of tokens.
  std::vector<torch::Tensor> inputs(std::int64_t batch) const {
    std::vector<torch::Tensor> given;
    for (const Step& step : steps_) {
      if (static_cast<LayerKind>(step.layer.kind) != LayerKind::input) continue;
      const std::array<std::int64_t, 4> sides{batch, step.layer.out[0], step.layer.out[1], step.layer.out[2]};
      if (step.rows == 0) given.push_back(torch::full(sides, 0.5f, placed_));
      else given.push_back(torch::arange(step.layer.out[1], placed_.dtype(torch::kInt64)).mul(7919).remainder(step.rows).view({1, 1, -1, 1}).expand(sides));
    }
    return given;
  }

  torch::Tensor run(const std::vector<torch::Tensor>& inputs) const {
    std::vector<torch::Tensor> value(steps_.size());
    std::size_t read = 0;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Step& step = steps_[i];
      const nas_layer& layer = step.layer;
      auto in = [&](std::size_t j) -> torch::Tensor& { return value[static_cast<std::size_t>(step.inputs[j])]; };
      switch (static_cast<LayerKind>(layer.kind)) {
        case LayerKind::input: value[i] = inputs[read++]; break;
        case LayerKind::batch_norm: value[i] = in(0) * step.weight.view({1, -1, 1, 1}) + step.bias.view({1, -1, 1, 1}); break;
        case LayerKind::activation:
          if (step.alone && layer.act == static_cast<int>(Activation::relu)) value[i] = torch::relu_(in(0));
          else if (step.alone && layer.act == static_cast<int>(Activation::h_swish)) value[i] = torch::hardswish_(in(0));
          else value[i] = activate(in(0), static_cast<Activation>(layer.act));
          break;
        default: {
          std::vector<torch::Tensor> given;
          for (std::size_t j = 0; j < step.inputs.size(); ++j) given.push_back(in(j));
          value[i] = applied(layer, given, step.weight, step.bias, inputs[0].size(0), placed_);
        }
      }
      for (const int input : step.inputs)
        if (steps_[static_cast<std::size_t>(input)].last_use == i) value[static_cast<std::size_t>(input)] = torch::Tensor();
    }
    return value.back();
  }

 private:
  struct Step {
    nas_layer layer{};
    std::vector<int> inputs;
    torch::Tensor weight, bias;
    bool alone = false;
    std::int64_t rows = 0;  ///< of an input: those of the smallest table in which its numbers are looked up
    std::size_t last_use = 0;
  };
  torch::TensorOptions placed_;
  std::vector<Step> steps_;
};

/// One pass, from the call to the last layer's end: a GPU works behind the caller's back until it is waited for.
double timed(const Extracted& network, const std::vector<torch::Tensor>& inputs) {
  const auto start = Clock::now();
  network.run(inputs);
  if (inputs[0].is_cuda()) torch::cuda::synchronize(inputs[0].get_device());
  return seconds_since(start);
}

torch::ScalarType scalar_type(std::int32_t precision) {
  return precision == NAS_BFLOAT16 ? torch::kBFloat16 : precision == NAS_FLOAT16 ? torch::kFloat16 : torch::kFloat32;
}

/// CUDA's half of LibTorch lies beside the other; only who asks for a GPU waits until it is loaded. LibTorch looks for it once,
/// when it is first asked about CUDA.
torch::Device gpu(std::int32_t index) {
  static const bool loaded = [] {
    Dl_info info;
    if (!dladdr(reinterpret_cast<void*>(&at::globalContext), &info)) return false;
    const std::string file = info.dli_fname;
    setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID", 0);  // as the driver numbers them, and as a plan has named them
    return dlopen((file.substr(0, file.rfind('/') + 1) + "libtorch_cuda.so").c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
  }();
  if (!loaded) throw std::runtime_error("this LibTorch cannot use a GPU: it has no libtorch_cuda.so that opens");
  const auto found = static_cast<std::int32_t>(torch::cuda::device_count());
  if (index >= found) throw std::runtime_error("LibTorch finds " + std::to_string(found) + " GPUs: there is no GPU " + std::to_string(index));
  return {torch::kCUDA, static_cast<torch::DeviceIndex>(index)};
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Keeps the measuring thread on fixed cores while it lives.
class Pinned {
 public:
  explicit Pinned(int threads) {
    if (sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    cpu_set_t wanted;
    CPU_ZERO(&wanted);
    int left = threads;
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0 && left > 0; --cpu)
      if (CPU_ISSET(cpu, &before_)) {
        CPU_SET(cpu, &wanted);
        --left;
      }
    restore_ = sched_setaffinity(0, sizeof wanted, &wanted) == 0;
  }
  ~Pinned() {
    if (restore_) sched_setaffinity(0, sizeof before_, &before_);
  }

 private:
  cpu_set_t before_;
  bool restore_ = false;
};

/// Counts what LibTorch's allocator for the processor gives out and takes back on this thread while it is told so, as its profiler does.
class AllocatedBytes : public c10::MemoryReportingInfoBase {
 public:
#if TORCH_VERSION_MAJOR >= 2
  using Total = std::size_t;
#else
  using Total = std::int64_t;
#endif
  void reportMemoryUsage(void*, std::int64_t size, Total, Total, c10::Device device) override {
    if (!device.is_cpu()) return;
    held_ += size;
    most_ = std::max(most_, held_);
  }
  bool memoryProfilingEnabled() const override { return true; }
  std::int64_t most() const { return most_; }

 private:
  std::int64_t held_ = 0, most_ = 0;
};

}  // namespace

int memory(const nas_memory& task) {
  c10::InferenceMode inference;
  const auto placed = torch::TensorOptions().dtype(scalar_type(task.precision));
  at::set_num_threads(task.threads);
  for (int n = 0; n < task.network_count; ++n) {
    if (task.control.cancelled && task.control.cancelled(task.control.user) != 0) return NAS_CANCELLED;
    const auto start = Clock::now();
    const Extracted network(task.networks[n], placed);
    const auto pass = [&] { return network.run(network.inputs(task.batch)); };
    pass();  // what is made once and kept, for every pass after it, is none of this one
    const auto counted = std::make_shared<AllocatedBytes>();
    {
      const c10::DebugInfoGuard counting(c10::DebugInfoKind::PROFILER_STATE, counted);
      pass();
    }
    task.done(task.control.user, n, counted->most(), seconds_since(start));
  }
  return NAS_OK;
}

int latency(const nas_latency& task) {
  c10::InferenceMode inference;
  const torch::Device device = task.gpu < 0 ? torch::Device(torch::kCPU) : gpu(task.gpu);
  const auto placed = torch::TensorOptions().device(device).dtype(scalar_type(task.precision));
  at::set_num_threads(task.threads);
  const Pinned pinned(task.threads);
  auto told = [&](const char* part, Clock::time_point since) {
    if (task.control.spent) task.control.spent(task.control.user, part, seconds_since(since));
  };
  const auto cancelled = [&] { return task.control.cancelled && task.control.cancelled(task.control.user) != 0; };
  constexpr int kWarmUp = 5, kReferenceRuns = 9;
  const auto begun = Clock::now();
  const Extracted reference(task.reference, placed);
  const auto reference_inputs = reference.inputs(task.batch);
  auto reference_median = [&] {
    std::vector<double> runs;
    for (int i = 0; i < kReferenceRuns && (runs.empty() || !cancelled()); ++i) runs.push_back(timed(reference, reference_inputs));
    return median_of(runs);
  };
  for (int i = 0; i < 3 * kWarmUp && !cancelled(); ++i) timed(reference, reference_inputs);
  const double baseline = std::min(reference_median(), reference_median());
  told("baseline of the reference (once)", begun);
  for (int n = 0; n < task.network_count; ++n) {
    if (cancelled()) return NAS_CANCELLED;
    const auto start = Clock::now();
    const Extracted network(task.networks[n], placed);
    const auto inputs = network.inputs(task.batch);
    told("building the network", start);
    const auto guard = Clock::now();
    nas_timing timing{};
    // A machine that is busy now is given a moment to calm down before the series is flagged.
    for (int tries = 0; tries < 3; ++tries) {
      timing.disturbed = std::fabs(reference_median() / baseline - 1) > task.drift;
      if (!timing.disturbed || cancelled()) break;
    }
    told("reference network beside it", guard);
    const auto warm = Clock::now();
    for (int i = 0; i < kWarmUp && !cancelled(); ++i) timed(network, inputs);
    told("warm-up", warm);
    if (cancelled()) return NAS_CANCELLED;
    std::vector<double> runs;
    task.series(task.control.user, 1);
    const auto series = Clock::now();
    while (true) {
      for (int i = 0; i < 10; ++i) {
        if (cancelled()) {
          task.series(task.control.user, 0);
          return NAS_CANCELLED;  // half a series is no measurement
        }
        runs.push_back(timed(network, inputs));
      }
      std::vector<double> sorted = runs;
      std::sort(sorted.begin(), sorted.end());
      const auto count = static_cast<double>(sorted.size());
      // Distribution-free interval of the median: ranks n/2 -+ 0.98 sqrt(n).
      const auto low = static_cast<std::size_t>(std::max(0.0, std::floor(count / 2 - 0.98 * std::sqrt(count))));
      const auto high = static_cast<std::size_t>(std::min(count - 1, std::ceil(count / 2 + 0.98 * std::sqrt(count))));
      timing.median_s = sorted[sorted.size() / 2];
      timing.half_width_s = 0.5 * (sorted[high] - sorted[low]);
      const double lasted = seconds_since(series);
      if (sorted.size() >= 20 && lasted >= task.least_s && timing.half_width_s <= task.interval * timing.median_s) break;
      if (lasted > task.time_cap_s) {
        timing.capped = 1;
        break;
      }
    }
    told("timed passes", series);
    task.series(task.control.user, 0);
    timing.count = static_cast<std::int64_t>(runs.size());
    timing.seconds = seconds_since(start);
    task.done(task.control.user, n, timing);
  }
  return NAS_OK;
}

}  // namespace nas::torch_backend

namespace {

template <typename Task>
int guarded(int (*run)(const Task&), const Task* task, char* error, std::size_t size) {
  try {
    return run(*task);
  } catch (const c10::Error& e) {
    std::strncpy(error, e.what_without_backtrace(), size - 1);
  } catch (const std::exception& e) {
    std::strncpy(error, e.what(), size - 1);
  } catch (...) {  // the C boundary: nothing may pass
    std::strncpy(error, "unknown failure", size - 1);
  }
  error[size - 1] = 0;
  return NAS_FAILED;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const nas_backend* nas_backend_open(std::uint32_t) {
  static const nas_backend backend = {
      NAS_BACKEND_ABI,
      "LibTorch " TORCH_VERSION,
      [](const nas_train* task, char* error, std::size_t size) { return guarded(nas::torch_backend::train, task, error, size); },
      [](const nas_evaluate* task, char* error, std::size_t size) { return guarded(nas::torch_backend::evaluate, task, error, size); },
      [](const nas_latency* task, char* error, std::size_t size) { return guarded(nas::torch_backend::latency, task, error, size); },
      [](const nas_extract* task, char* error, std::size_t size) { return guarded(nas::torch_backend::extract, task, error, size); },
      [](const nas_memory* task, char* error, std::size_t size) { return guarded(nas::torch_backend::memory, task, error, size); },
  };
  return &backend;  // the caller compares `abi`, so that it can name both numbers
}
