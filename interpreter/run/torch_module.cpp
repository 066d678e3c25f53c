#include "run/torch_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "backends/api/nas_backend.h"
#include "core/check.h"
#include "core/files.h"
#include "core/idx.h"
#include "core/memory_runner.h"
#include "core/rng.h"

namespace nas {
namespace {

constexpr const char* kFile = "libnas_torch.so";

std::vector<std::filesystem::path> candidates(const std::vector<std::string>& folders) {
  std::vector<std::filesystem::path> list;
  if (const char* given = std::getenv("NAS_MODULE_DIR")) list.emplace_back(given);
  std::error_code error;
  const auto exe = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    list.push_back(exe.parent_path().parent_path() / "lib/nas");
    list.push_back(exe.parent_path().parent_path() / "lib");
  }
  for (const auto& folder : folders) list.emplace_back(folder);
  return list;
}

/// Networks as the C structs, with the arrays that they point into.
class PackedNetwork {
 public:
  explicit PackedNetwork(const Network& network) {
    for (const Layer& layer : network.layers) {
      nas_layer flat{};
      flat.kind = static_cast<int32_t>(layer.kind);
      flat.act = static_cast<int32_t>(layer.act);
      flat.bias = layer.bias;
      flat.causal = layer.causal;
      flat.kernel = layer.kernel;
      flat.stride = layer.stride;
      flat.pad = layer.pad;
      flat.groups = layer.groups;
      flat.heads = layer.heads;
      flat.slot = layer.slot;
      flat.epsilon = layer.epsilon;
      const std::int64_t in[3] = {layer.in.channels, layer.in.height, layer.in.width};
      const std::int64_t out[3] = {layer.out.channels, layer.out.height, layer.out.width};
      std::copy(in, in + 3, flat.in);
      std::copy(out, out + 3, flat.out);
      flat.inputs_begin = static_cast<int32_t>(inputs_.size());
      flat.inputs_count = static_cast<int32_t>(layer.inputs.size());
      inputs_.insert(inputs_.end(), layer.inputs.begin(), layer.inputs.end());
      layers_.push_back(flat);
    }
  }
  nas_network view() const { return {layers_.data(), static_cast<int32_t>(layers_.size()), inputs_.data()}; }

 private:
  std::vector<nas_layer> layers_;
  std::vector<int32_t> inputs_;
};

std::vector<nas_slot> packed(std::span<const WeightSlot> slots) {
  std::vector<nas_slot> flat;
  for (const WeightSlot& slot : slots)
    flat.push_back(
        {static_cast<int32_t>(slot.kind), slot.depthwise, slot.bias, slot.kernel, slot.in_channels, slot.out_channels});
  return flat;
}

/// Several of them side by side, as an array.
struct PackedNetworks {
  explicit PackedNetworks(std::span<const Network> networks) {
    held.reserve(networks.size());
    for (const Network& network : networks) {
      held.emplace_back(network);
      views.push_back(held.back().view());
    }
  }
  std::vector<PackedNetwork> held;
  std::vector<nas_network> views;
};

/// Both files of a data set in memory, and the normalisation of its training part.
struct Images {
  IdxFile train_images, train_labels, test_images, test_labels;
  float mean = 0, deviation = 1;
};

class TorchRunner : public NetworkRunner, public MemoryRunner {
 public:
  TorchRunner(const nas_backend* backend) : backend_(backend) {}

  std::string version() const override { return backend_->version; }

  Result<Weights> train(std::span<const WeightSlot> slots, const std::function<Network(std::int64_t, int)>& network,
                        const Dataset& dataset, const TrainOptions& options, const Progress& progress) override {
    auto images = load(dataset);
    if (!images) return images.failure();
    struct Context {
      const std::function<Network(std::int64_t, int)>& network;
      const Progress& progress;
      std::vector<std::unique_ptr<PackedNetwork>> current;
      Weights& weights;
      double thinned = 0;
    };
    const auto start = std::chrono::steady_clock::now();
    Weights weights;
    Context context{network, progress, {}, weights};
    const auto flat = packed(slots);
    nas_train task{};
    task.slots = flat.data();
    task.slot_count = static_cast<int32_t>(flat.size());
    task.network = [](void* user, int64_t step, int32_t i) {
      auto& c = *static_cast<Context*>(user);
      const auto at = static_cast<std::size_t>(i);
      if (c.current.size() <= at) c.current.resize(at + 1);
      c.current[at] = std::make_unique<PackedNetwork>(c.network(step, i));
      return c.current[at]->view();
    };
    task.networks_per_step = 2 + options.random_networks;
    task.images = view(dataset, **images, Split::train, 0);
    task.batch = std::min<std::int64_t>(options.batch, task.images.count);
    const std::int64_t per_epoch = options.images > 0 ? std::min(options.images, task.images.count) : task.images.count;
    task.steps = std::max<std::int64_t>(
        1, std::llround(options.epochs * static_cast<double>(per_epoch) / static_cast<double>(task.batch)));
    task.learning_rate = options.learning_rate;
    task.momentum = options.momentum;
    task.weight_decay = options.weight_decay;
    task.label_smoothing = options.label_smoothing;
    task.seed = options.seed;
    task.threads = options.threads;
    task.checkpoint_seconds = options.checkpoint_seconds;
    task.checkpoint_path = options.checkpoint_path.c_str();
    task.weights_path = options.weights_path.c_str();
    task.control.user = &context;
    task.control.cancelled = [](void* user) -> int { return static_cast<Context*>(user)->progress.cancelled(); };
    task.control.progress = [](void* user, double done, double total, double loss) {
      auto& c = *static_cast<Context*>(user);
      if (done >= c.thinned) {
        c.weights.loss.emplace_back(done, loss);
        c.thinned = done + total / 100;
      }
      c.progress.step(done, total, loss);
    };
    if (auto ran = call([&](char* error, std::size_t size) { return backend_->train(&task, error, size); }); !ran)
      return ran.failure();
    auto content = read_whole_file(options.weights_path);
    if (!content) return content.failure();
    weights.key = fmt::format("{:016x}", stable_hash(*content));
    weights.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    weights.path = options.weights_path;
    weights.dataset = dataset;
    weights.summary = fmt::format("{} steps of {} images, {} networks each", task.steps, task.batch, task.networks_per_step);
    return weights;
  }

  Result<void> evaluate(const Weights& weights, std::span<const WeightSlot> slots, std::span<const Network> networks,
                        const EvaluateOptions& options, const std::function<bool()>& cancelled,
                        const std::function<void(std::size_t, const Score&)>& done) override {
    const auto start = std::chrono::steady_clock::now();
    auto images = load(weights.dataset);
    if (!images) return images.failure();
    const auto loaded = std::chrono::steady_clock::now();
    const auto flat = packed(slots);
    const PackedNetworks held(networks);
    struct Context {
      const std::function<bool()>& cancelled;
      const std::function<void(std::size_t, const Score&)>& done;
      const Spent& spent;
    } context{cancelled, done, options.spent};
    nas_evaluate task{};
    task.weights_path = weights.path.c_str();
    task.slots = flat.data();
    task.slot_count = static_cast<int32_t>(flat.size());
    task.networks = held.views.data();
    task.network_count = static_cast<int32_t>(held.views.size());
    task.images = view(weights.dataset, **images, options.split, options.images);
    task.recalibration = view(weights.dataset, **images, Split::train, options.recalibration_images);
    if (options.recalibration_images == 0) task.recalibration.count = 0;
    task.threads = options.threads;
    task.control.user = &context;
    task.control.cancelled = [](void* user) -> int { return static_cast<Context*>(user)->cancelled(); };
    task.done = [](void* user, int32_t network, nas_score score) {
      static_cast<Context*>(user)->done(static_cast<std::size_t>(network), {score.accuracy, score.loss, score.seconds});
    };
    if (options.spent) {
      task.control.spent = [](void* user, const char* part, double seconds) {
        static_cast<Context*>(user)->spent(part, seconds);
      };
      options.spent("images from disk", std::chrono::duration<double>(loaded - start).count());
    }
    return call([&](char* error, std::size_t size) { return backend_->evaluate(&task, error, size); });
  }

  Result<NetworkWeights> extract(const Weights& weights, std::span<const WeightSlot> slots, const Network& network,
                                 const EvaluateOptions& options) override {
    auto images = load(weights.dataset);
    if (!images) return images.failure();
    const auto flat = packed(slots);
    const PackedNetwork held(network);
    NetworkWeights found;
    found.layers.resize(network.layers.size());
    found.image_mean = (*images)->mean;
    found.image_deviation = (*images)->deviation;
    nas_extract task{};
    task.weights_path = weights.path.c_str();
    task.slots = flat.data();
    task.slot_count = static_cast<int32_t>(flat.size());
    task.network = held.view();
    task.recalibration = view(weights.dataset, **images, Split::train, options.recalibration_images);
    if (options.recalibration_images == 0) task.recalibration.count = 0;
    task.control.user = &found;
    task.array = [](void* user, int32_t layer, int32_t role, const float* values, const int64_t* shape, int32_t dimensions) {
      auto& of = static_cast<NetworkWeights*>(user)->layers[static_cast<std::size_t>(layer)];
      auto& array = role == NAS_WEIGHT ? of.weight : role == NAS_BIAS ? of.bias : role == NAS_MEAN ? of.mean : of.variance;
      array.shape.assign(shape, shape + dimensions);
      std::int64_t count = 1;
      for (const auto side : array.shape) count *= side;
      array.values.assign(values, values + count);
    };
    if (auto cut = call([&](char* error, std::size_t size) { return backend_->extract(&task, error, size); }); !cut)
      return cut.failure();
    return found;
  }

  Result<void> latency(std::span<const Network> networks, const Network& reference, const LatencyOptions& options,
                       const std::function<bool()>& cancelled,
                       const std::function<void(std::size_t, const Measurement&)>& done) override {
    const PackedNetworks held(networks);
    const PackedNetwork packed_reference(reference);
    struct Context {
      const std::function<bool()>& cancelled;
      const std::function<void(std::size_t, const Measurement&)>& done;
      const LatencyOptions& options;
    } context{cancelled, done, options};
    nas_latency task{};
    task.networks = held.views.data();
    task.network_count = static_cast<int32_t>(held.views.size());
    task.reference = packed_reference.view();
    task.gpu = options.gpu;
    task.threads = options.threads;
    task.batch = options.batch;
    task.precision = static_cast<int32_t>(options.precision);
    task.interval = options.interval;
    task.time_cap_s = options.time_cap_s;
    task.drift = options.drift;
    task.least_s = options.least_s;
    task.series = [](void* user, int begins) { static_cast<Context*>(user)->options.series(begins != 0); };
    task.control.user = &context;
    task.control.cancelled = [](void* user) -> int { return static_cast<Context*>(user)->cancelled(); };
    task.done = [](void* user, int32_t network, nas_timing t) {
      static_cast<Context*>(user)->done(static_cast<std::size_t>(network),
                                        {t.median_s, t.half_width_s, t.count, t.capped != 0, t.disturbed != 0, t.seconds});
    };
    if (options.spent)
      task.control.spent = [](void* user, const char* part, double seconds) {
        static_cast<Context*>(user)->options.spent(part, seconds);
      };
    return call([&](char* error, std::size_t size) { return backend_->latency(&task, error, size); });
  }

  Result<void> memory(std::span<const Network> networks, const LatencyOptions& options, const std::function<bool()>& cancelled,
                      const std::function<void(std::size_t, const Measurement&)>& done) override {
    const PackedNetworks held(networks);
    struct Context {
      const std::function<bool()>& cancelled;
      const std::function<void(std::size_t, const Measurement&)>& done;
    } context{cancelled, done};
    nas_memory task{};
    task.networks = held.views.data();
    task.network_count = static_cast<int32_t>(held.views.size());
    task.threads = options.threads;
    task.batch = options.batch;
    task.precision = static_cast<int32_t>(options.precision);
    task.control.user = &context;
    task.control.cancelled = [](void* user) -> int { return static_cast<Context*>(user)->cancelled(); };
    task.done = [](void* user, int32_t network, int64_t bytes, double seconds) {
      static_cast<Context*>(user)->done(static_cast<std::size_t>(network),
                                        {.value = static_cast<double>(bytes), .seconds = seconds});
    };
    return call([&](char* error, std::size_t size) { return backend_->memory(&task, error, size); });
  }

 private:
  template <typename F>
  Result<void> call(F&& f) {
    char error[512] = "";
    switch (f(error, sizeof error)) {
      case NAS_OK:
        return {};
      case NAS_CANCELLED:
        return Failure{"cancelled", "interrupted", "run again to continue"};
      default:
        return Failure{"", error, ""};
    }
  }

  Result<const Images*> load(const Dataset& dataset) {
    auto& held = images_[dataset.key];
    if (held) return held.get();
    auto images = std::make_unique<Images>();
    for (const auto& [file, path] :
         {std::pair(&images->train_images, &dataset.train_images), std::pair(&images->train_labels, &dataset.train_labels),
          std::pair(&images->test_images, &dataset.test_images), std::pair(&images->test_labels, &dataset.test_labels)}) {
      auto read = read_idx(*path);
      if (!read) return read.failure();
      *file = std::move(*read);
    }
    double sum = 0, squares = 0;
    const auto pixels = static_cast<std::size_t>(dataset.train_count * dataset.image.elements());
    std::int64_t histogram[256] = {};
    for (std::size_t i = 0; i < pixels; ++i) ++histogram[static_cast<unsigned char>(images->train_images.bytes[i])];
    for (int v = 0; v < 256; ++v) {
      sum += static_cast<double>(histogram[v]) * v / 255.0;
      squares += static_cast<double>(histogram[v]) * (v / 255.0) * (v / 255.0);
    }
    const double mean = sum / static_cast<double>(pixels);
    images->mean = static_cast<float>(mean);
    images->deviation = static_cast<float>(std::sqrt(std::max(1e-12, squares / static_cast<double>(pixels) - mean * mean)));
    held = std::move(images);
    return held.get();
  }

  static nas_images view(const Dataset& dataset, const Images& images, Split split, std::int64_t limit) {
    const bool test = split == Split::test;
    const std::int64_t begin = split == Split::validation ? dataset.train_count : 0;
    std::int64_t count = test ? dataset.test_count : split == Split::validation ? dataset.validation_count : dataset.train_count;
    if (limit > 0) count = std::min(count, limit);
    const IdxFile& pixels = test ? images.test_images : images.train_images;
    const IdxFile& labels = test ? images.test_labels : images.train_labels;
    return {reinterpret_cast<const std::uint8_t*>(pixels.bytes.data()) + begin * dataset.image.elements(),
            reinterpret_cast<const std::uint8_t*>(labels.bytes.data()) + begin,
            count,
            static_cast<int32_t>(dataset.image.channels),
            static_cast<int32_t>(dataset.image.height),
            static_cast<int32_t>(dataset.image.width),
            dataset.classes,
            images.mean,
            images.deviation};
  }

  const nas_backend* backend_;
  std::map<std::string, std::unique_ptr<Images>> images_;
};

}  // namespace

bool torch_module_present(const std::vector<std::string>& folders) {
  std::error_code error;
  for (const auto& folder : candidates(folders))
    if (std::filesystem::exists(folder / kFile, error)) return true;
  return false;
}

nlohmann::json torch_module_identity(const std::vector<std::string>& folders) {
  std::error_code error;
  for (const auto& folder : candidates(folders)) {
    if (!std::filesystem::exists(folder / kFile, error)) continue;
    if (const auto text = read_whole_file(folder / "libnas_torch.json")) {
      auto identity = nlohmann::json::parse(*text, nullptr, false);
      if (identity.is_object() && identity.contains("training") && identity.contains("timing")) return identity;
    }
    const auto bytes = read_whole_file(folder / kFile);
    const std::string hash = fmt::format("module {:016x}", bytes ? stable_hash(*bytes) : 0);
    return {{"training", hash}, {"timing", hash}};
  }
  return nullptr;
}

Result<std::unique_ptr<NetworkRunner>> open_torch_module(const std::vector<std::string>& folders) {
  std::error_code error;
  for (const auto& folder : candidates(folders)) {
    const auto file = folder / kFile;
    if (!std::filesystem::exists(file, error)) continue;
    // Idle threads sleep soon instead of spinning: on a busy machine spinning takes more than half of the processor.
    setenv("GOMP_SPINCOUNT", "20000", 0);
    void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module) return Failure{"E804", fmt::format("the LibTorch module {} does not open", file.string()), dlerror()};
    const auto open = reinterpret_cast<nas_backend_open_function>(dlsym(module, "nas_backend_open"));
    const nas_backend* backend = open ? open(NAS_BACKEND_ABI) : nullptr;
    if (!backend)
      return Failure{"E804", fmt::format("{} is not a back-end module", file.string()),
                     "build it again together with this program"};
    if (backend->abi != NAS_BACKEND_ABI)
      return Failure{"E804",
                     fmt::format("the LibTorch module {} speaks version {} of the back-end interface, this program version {}",
                                 file.string(), backend->abi, NAS_BACKEND_ABI),
                     "build it again together with this program"};
    return std::unique_ptr<NetworkRunner>(new TorchRunner(backend));
  }
  return Failure{"E804", "the LibTorch module is not built: nothing can be trained or timed",
                 "install the package nas-torch, or libtorch-dev and build with -DNAS_TORCH=ON"};
}

}  // namespace nas
