#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <stdexcept>

#include "backends/torch/clock.h"
#include "backends/torch/layers.h"
#include "backends/torch/threads.h"
#include "backends/torch/weights.h"
#include "core/rng.h"

namespace nas::torch_backend {
namespace {

/// Activations are allocated and freed in every step: fetching their pages from the kernel each time costs a fifth of the training.
void keep_memory() {
  mallopt(M_MMAP_THRESHOLD, 256 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

torch::Tensor sliced(const torch::Tensor& weight, std::int64_t out, std::int64_t in, std::int64_t kernel) {
  torch::Tensor w = weight;
  if (w.size(0) != out) w = w.narrow(0, 0, out);
  if (w.size(1) != in) w = w.narrow(1, 0, in);
  if (w.dim() == 4 && w.size(2) != kernel) {
    const std::int64_t margin = (w.size(2) - kernel) / 2;
    w = w.narrow(2, margin, kernel).narrow(3, margin, kernel);
  }
  return w;
}

torch::Tensor leading(const torch::Tensor& v, std::int64_t n) { return v.size(0) == n ? v : v.narrow(0, 0, n); }

/// What a layer uses of the weights at its place.
torch::Tensor weight_of(const WeightBank::Entry& entry, const nas_layer& layer) {
  switch (static_cast<LayerKind>(layer.kind)) {
    case LayerKind::conv:
    case LayerKind::linear: return sliced(entry.weight, layer.out[0], layer.in[0] / layer.groups, layer.kernel);
    case LayerKind::embedding:
    case LayerKind::learned: return sliced(entry.weight, layer.kernel, layer.out[0], 1);
    default: return leading(entry.weight, layer.out[0]);
  }
}

}  // namespace

void write_tensors(const std::string& path, const std::string& header, const std::vector<torch::Tensor>& tensors) {
  const std::string temporary = path + ".part";
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (!file) throw std::runtime_error("cannot write " + temporary);
  bool good = std::fwrite(header.data(), 1, header.size(), file) == header.size() && std::fputc('\n', file) != EOF;
  for (const auto& tensor : tensors) {
    const auto plain = tensor.detach().to(torch::kFloat32).contiguous();
    const auto bytes = static_cast<std::size_t>(plain.numel()) * sizeof(float);
    good = good && std::fwrite(plain.data_ptr<float>(), 1, bytes, file) == bytes;
  }
  good = std::fflush(file) == 0 && good;
  good = fsync(fileno(file)) == 0 && good;
  good = std::fclose(file) == 0 && good;
  if (!good || std::rename(temporary.c_str(), path.c_str()) != 0) {
    std::remove(temporary.c_str());
    throw std::runtime_error("cannot write " + path + " (is the disk full?)");
  }
}

std::string read_tensors(const std::string& path, const std::vector<torch::Tensor>& tensors) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) throw std::runtime_error("cannot read " + path);
  std::string header;
  for (int c = std::fgetc(file); c != EOF && c != '\n'; c = std::fgetc(file)) header += static_cast<char>(c);
  bool good = true;
  for (const auto& tensor : tensors) {
    torch::NoGradGuard no_grad;
    torch::Tensor plain = torch::empty(tensor.sizes(), torch::kFloat32);
    const auto bytes = static_cast<std::size_t>(plain.numel()) * sizeof(float);
    good = good && std::fread(plain.data_ptr<float>(), 1, bytes, file) == bytes;
    if (good) const_cast<torch::Tensor&>(tensor).copy_(plain);
  }
  good = good && std::fgetc(file) == EOF;
  std::fclose(file);
  if (!good) throw std::runtime_error(path + " does not hold the weights of this space");
  return header;
}

WeightBank WeightBank::initial(const nas_slot* slots, int count, std::uint64_t seed) {
  WeightBank bank;
  bank.slots.assign(slots, slots + count);
  Stream stream(seed, "weights");
  auto filled = [](torch::Tensor t, auto&& draw) {
    auto* data = t.data_ptr<float>();
    for (std::int64_t i = 0; i < t.numel(); ++i) data[i] = static_cast<float>(draw());
    return t;
  };
  for (const nas_slot& slot : bank.slots) {
    Entry entry;
    const auto kind = static_cast<LayerKind>(slot.kind);
    if (kind == LayerKind::conv) {
      const double deviation = std::sqrt(2.0 / static_cast<double>(slot.kernel * slot.kernel * (slot.depthwise ? 1 : slot.out_channels)));
      entry.weight = filled(torch::empty({slot.out_channels, slot.depthwise ? 1 : slot.in_channels, slot.kernel, slot.kernel}),
                            [&] { return deviation * stream.normal(); });
    } else if (kind == LayerKind::linear) {
      const double bound = 1.0 / std::sqrt(static_cast<double>(slot.in_channels));
      entry.weight = filled(torch::empty({slot.out_channels, slot.in_channels}), [&] { return bound * (2 * stream.uniform() - 1); });
    } else if (kind == LayerKind::batch_norm || kind == LayerKind::layer_norm) {
      entry.weight = torch::ones({slot.out_channels});
      entry.bias = torch::zeros({slot.out_channels});
    } else {  // a table of vectors
      entry.weight = filled(torch::empty({slot.kernel, slot.out_channels}), [&] { return 0.02 * stream.normal(); });
    }
    if (slot.bias) entry.bias = torch::zeros({slot.out_channels});
    bank.entries.push_back(std::move(entry));
  }
  return bank;
}

std::vector<torch::Tensor> WeightBank::parameters() const {
  std::vector<torch::Tensor> all;
  for (const Entry& entry : entries) {
    all.push_back(entry.weight);
    if (entry.bias.defined()) all.push_back(entry.bias);
  }
  return all;
}

WeightBank WeightBank::read(const std::string& path, const nas_slot* slots, int count) {
  WeightBank bank = initial(slots, count, 0);
  read_tensors(path, bank.parameters());
  return bank;
}

torch::Tensor image_batch(const nas_images& images, const std::vector<std::int64_t>& rows) {
  const std::int64_t size = std::int64_t{images.channels} * images.height * images.width;
  torch::Tensor batch = torch::empty({static_cast<std::int64_t>(rows.size()), images.channels, images.height, images.width});
  float table[256];
  for (int v = 0; v < 256; ++v) table[v] = (static_cast<float>(v) / 255.0f - images.mean) / images.deviation;
  auto* out = batch.data_ptr<float>();
  for (const std::int64_t row : rows) {
    const std::uint8_t* in = images.pixels + row * size;
    for (std::int64_t i = 0; i < size; ++i) *out++ = table[in[i]];
  }
  return batch;
}

torch::Tensor label_batch(const nas_images& images, const std::vector<std::int64_t>& rows) {
  torch::Tensor labels = torch::empty({static_cast<std::int64_t>(rows.size())}, torch::kInt64);
  auto* out = labels.data_ptr<std::int64_t>();
  for (const std::int64_t row : rows) *out++ = images.labels[row];
  return labels;
}

torch::Tensor forward(const nas_network& network, const WeightBank& bank, const torch::Tensor& images, NormMode mode, NormStatistics* statistics) {
  std::vector<torch::Tensor> value(static_cast<std::size_t>(network.layer_count));
  std::vector<int> uses(value.size(), 0);
  for (int i = 0; i < network.layer_count; ++i)
    for (int j = 0; j < network.layers[i].inputs_count; ++j) ++uses[static_cast<std::size_t>(network.inputs[network.layers[i].inputs_begin + j])];
  if (statistics && statistics->mean.empty()) {
    statistics->mean.resize(value.size());
    statistics->variance.resize(value.size());
  }
  for (int i = 0; i < network.layer_count; ++i) {
    const nas_layer& layer = network.layers[i];
    const auto at = static_cast<std::size_t>(i);
    auto in = [&](int j) -> torch::Tensor& { return value[static_cast<std::size_t>(network.inputs[layer.inputs_begin + j])]; };
    const WeightBank::Entry* w = layer.slot >= 0 ? &bank.entries[static_cast<std::size_t>(layer.slot)] : nullptr;
    torch::Tensor y;
    switch (static_cast<LayerKind>(layer.kind)) {
      case LayerKind::input: y = images; break;
      case LayerKind::batch_norm: {
        const torch::Tensor scale = leading(w->weight, layer.out[0]), shift = leading(w->bias, layer.out[0]);
        if (mode == NormMode::fixed) {
          y = torch::batch_norm(in(0), scale, shift, statistics->mean[at], statistics->variance[at], false, 0, layer.epsilon, false);
        } else {
          torch::Tensor mean, deviation;
          std::tie(y, mean, deviation) = torch::native_batch_norm(in(0), scale, shift, {}, {}, true, 0, layer.epsilon);
          if (mode == NormMode::collect) {
            const auto n = static_cast<double>(in(0).numel() / layer.out[0]);
            const torch::Tensor variance = (deviation.pow(-2) - layer.epsilon) * (n / std::max(1.0, n - 1));  // the third result is 1 / sqrt(variance + epsilon)
            const auto share = static_cast<double>(images.size(0));
            statistics->mean[at] = statistics->mean[at].defined() ? statistics->mean[at] + mean * share : mean * share;
            statistics->variance[at] = statistics->variance[at].defined() ? statistics->variance[at] + variance * share : variance * share;
          }
        }
        break;
      }
      default: {
        std::vector<torch::Tensor> inputs;
        for (int j = 0; j < layer.inputs_count; ++j) inputs.push_back(in(j));
        y = applied(layer, inputs, w ? weight_of(*w, layer) : torch::Tensor(),
                    w && w->bias.defined() ? leading(w->bias, layer.out[0]) : torch::Tensor(), images.size(0), images.options());
      }
    }
    value[at] = y;
    for (int j = 0; j < layer.inputs_count; ++j)
      if (--uses[static_cast<std::size_t>(network.inputs[layer.inputs_begin + j])] == 0) in(j) = torch::Tensor();
  }
  return value.back().flatten(1);
}

int train(const nas_train& task) {
  keep_memory();
  at::set_num_threads(1);
  WeightBank bank = WeightBank::initial(task.slots, task.slot_count, task.seed);
  std::vector<torch::Tensor> parameters = bank.parameters();
  std::vector<torch::Tensor> velocity;
  std::vector<bool> decays;
  for (auto& p : parameters) {
    velocity.push_back(torch::zeros_like(p));
    decays.push_back(p.dim() > 1);
    p.requires_grad_(true);
  }
  std::vector<torch::Tensor> state = parameters;
  state.insert(state.end(), velocity.begin(), velocity.end());
  std::int64_t first = 0;
  const std::string checkpoint = task.checkpoint_path;
  // The options that a step depends on: a checkpoint of another training is left aside.
  const std::string identity = " of " + std::to_string(task.steps) + " batch " + std::to_string(task.batch) + " images " + std::to_string(task.images.count) +
                               " networks " + std::to_string(task.networks_per_step) + " seed " + std::to_string(task.seed) + " rates " +
                               std::to_string(task.learning_rate) + " " + std::to_string(task.momentum) + " " + std::to_string(task.weight_decay) + " " +
                               std::to_string(task.label_smoothing);
  if (access(checkpoint.c_str(), R_OK) == 0) {
    std::vector<torch::Tensor> saved;
    for (const auto& tensor : state) saved.push_back(torch::empty(tensor.sizes()));
    std::int64_t step = 0;
    try {
      const std::string header = read_tensors(checkpoint, saved);
      if (std::sscanf(header.c_str(), "nas checkpoint step %ld", &step) == 1 && header == "nas checkpoint step " + std::to_string(step) + identity) first = step;
    } catch (const std::runtime_error&) {  // of other weights: begin anew
    }
    torch::NoGradGuard no_grad;
    for (std::size_t i = 0; first > 0 && i < state.size(); ++i) state[i].copy_(saved[i]);
  }
  const std::int64_t per_epoch = std::max<std::int64_t>(1, task.images.count / task.batch);
  std::vector<std::int64_t> order(static_cast<std::size_t>(task.images.count));
  std::int64_t shuffled_epoch = -1;
  auto saved = Clock::now();
  const auto keep = [&](std::int64_t steps) { write_tensors(checkpoint, "nas checkpoint step " + std::to_string(steps) + identity, state); };
  Cancelled cancelled(task.control);
  double running = 0;
  for (std::int64_t step = first; step < task.steps; ++step) {
    // Batches depend on the step alone, so a resumed training sees what an undisturbed one sees.
    const std::int64_t epoch = step / per_epoch;
    if (epoch != shuffled_epoch) {
      Stream stream = Stream(task.seed, "batches").split(static_cast<std::uint64_t>(epoch));
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
      shuffled_epoch = epoch;
    }
    const std::int64_t begin = (step % per_epoch) * task.batch;
    const std::int64_t end = std::min(begin + task.batch, task.images.count);
    const std::vector<std::int64_t> rows(order.begin() + begin, order.begin() + end);
    const torch::Tensor images = image_batch(task.images, rows), labels = label_batch(task.images, rows);
    double loss_of_step = 0;
    const auto count = static_cast<std::size_t>(task.networks_per_step);
    std::vector<nas_network> networks;
    for (int i = 0; i < task.networks_per_step; ++i) networks.push_back(task.network(task.control.user, step, i));
    // Each network's gradients apart, added up in order below: no sum depends on which thread was faster.
    std::vector<std::vector<torch::Tensor>> gradients(count);
    side_by_side(task.threads, task.networks_per_step, [&](int i) {
      const auto at = static_cast<std::size_t>(i);
      if (cancelled()) return;
      const torch::Tensor logits = forward(networks[at], bank, images, NormMode::batch, nullptr);
      const torch::Tensor loss = torch::nn::functional::cross_entropy(
          logits, labels, torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(task.label_smoothing));
      if (cancelled()) return;
      gradients[at] = torch::autograd::grad({loss}, parameters, {}, c10::nullopt, false, true);
      if (i == 0) loss_of_step = loss.item<double>();
    });
    if (cancelled()) {  // half a step is none: the next run makes it again
      if (step > first) keep(step);
      return NAS_CANCELLED;
    }
    const double rate = 0.5 * task.learning_rate * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / static_cast<double>(task.steps)));
    {
      torch::NoGradGuard no_grad;  // SGD with Nesterov momentum; decay on weights only, not on norms and biases
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        torch::Tensor gradient;
        for (const auto& of_network : gradients)
          if (of_network[i].defined()) gradient = gradient.defined() ? gradient + of_network[i] : of_network[i];
        if (!gradient.defined()) continue;
        if (decays[i]) gradient = gradient.add(parameters[i], task.weight_decay);
        velocity[i].mul_(task.momentum).add_(gradient);
        parameters[i].sub_(gradient.add(velocity[i], task.momentum), rate);
      }
    }
    if (!std::isfinite(loss_of_step)) throw std::runtime_error("the training loss is not finite: lower the learning rate");
    running = step == first ? loss_of_step : 0.95 * running + 0.05 * loss_of_step;
    if (task.control.progress) task.control.progress(task.control.user, static_cast<double>(step + 1), static_cast<double>(task.steps), running);
    if (seconds_since(saved) > task.checkpoint_seconds) {
      keep(step + 1);
      saved = Clock::now();
    }
  }
  write_tensors(task.weights_path, "nas weights 1", parameters);
  std::remove(checkpoint.c_str());
  return NAS_OK;
}

namespace {

using Batches = std::vector<std::pair<torch::Tensor, torch::Tensor>>;

/// Images and, where they are asked for, labels, in order.
Batches batches(const nas_images& images, bool with_labels) {
  constexpr std::int64_t kBatch = 125;  // activations stay in the caches
  Batches list;
  for (std::int64_t begin = 0; begin < images.count; begin += kBatch) {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = begin; i < std::min(begin + kBatch, images.count); ++i) rows.push_back(i);
    list.emplace_back(image_batch(images, rows), with_labels ? label_batch(images, rows) : torch::Tensor());
  }
  return list;
}

/// Mean and variance of every batch norm of a network over `count` images; the identity's without images.
NormStatistics recalibrated(const nas_network& network, const WeightBank& bank, const Batches& calibration, std::int64_t count, const std::function<bool()>& stop = [] { return false; }) {
  NormStatistics statistics;
  for (const auto& [images, unused] : calibration) {
    if (stop()) return statistics;
    forward(network, bank, images, NormMode::collect, &statistics);
  }
  statistics.mean.resize(static_cast<std::size_t>(network.layer_count));
  statistics.variance.resize(static_cast<std::size_t>(network.layer_count));
  for (int i = 0; i < network.layer_count; ++i) {
    if (static_cast<LayerKind>(network.layers[i].kind) != LayerKind::batch_norm) continue;
    auto& mean = statistics.mean[static_cast<std::size_t>(i)];
    auto& variance = statistics.variance[static_cast<std::size_t>(i)];
    if (calibration.empty()) {
      mean = torch::zeros({network.layers[i].out[0]});
      variance = torch::ones({network.layers[i].out[0]});
    } else {
      mean = mean / static_cast<double>(count);
      variance = variance / static_cast<double>(count);
    }
  }
  return statistics;
}

}  // namespace

int evaluate(const nas_evaluate& task) {
  keep_memory();
  at::set_num_threads(1);
  torch::NoGradGuard no_grad;
  auto told = [&](const char* part, double seconds) {
    if (task.control.spent) task.control.spent(task.control.user, part, seconds);
  };
  const auto opened = Clock::now();
  const WeightBank bank = WeightBank::read(task.weights_path, task.slots, task.slot_count);
  told("weights from disk", seconds_since(opened));
  const auto prepared = Clock::now();
  const auto scored = batches(task.images, true);
  const auto calibration = batches(task.recalibration, false);
  told("images as floats", seconds_since(prepared));
  struct Parts {
    double recalibration = 0, forward = 0, loss = 0;
  };
  Cancelled stop(task.control);  // asked between batches: a network on many images takes seconds
  const auto score = [&](const nas_network& network, Parts& parts) -> nas_score {
    torch::NoGradGuard no_grad_here;
    const auto start = Clock::now();
    NormStatistics statistics = recalibrated(network, bank, calibration, task.recalibration.count, [&] { return stop(); });
    parts.recalibration = seconds_since(start);
    std::int64_t right = 0;
    double loss = 0;
    for (const auto& [images, labels] : scored) {
      if (stop()) return {};
      const auto begun = Clock::now();
      const torch::Tensor logits = forward(network, bank, images, NormMode::fixed, &statistics);
      parts.forward += seconds_since(begun);
      const auto passed = Clock::now();
      right += logits.argmax(1).eq(labels).sum().item<std::int64_t>();
      loss += torch::nn::functional::cross_entropy(logits, labels, torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kSum)).item<double>();
      parts.loss += seconds_since(passed);
    }
    const auto count = static_cast<double>(task.images.count);
    return {static_cast<double>(right) / count, loss / count, seconds_since(start)};
  };
  for (int n = 0; n < task.network_count; n += task.threads) {
    if (stop()) return NAS_CANCELLED;
    const int together = std::min(task.threads, task.network_count - n);
    std::vector<nas_score> scores(static_cast<std::size_t>(together));
    std::vector<Parts> parts(scores.size());
    side_by_side(task.threads, together, [&](int i) {
      const auto at = static_cast<std::size_t>(i);
      scores[at] = score(task.networks[n + i], parts[at]);
    });
    if (stop.yet()) return NAS_CANCELLED;  // half an evaluation is none
    for (int i = 0; i < together; ++i) {
      const auto at = static_cast<std::size_t>(i);
      told("recalibration", parts[at].recalibration);
      told("forward passes", parts[at].forward);
      told("loss and accuracy", parts[at].loss);
      task.done(task.control.user, n + i, scores[at]);
    }
  }
  return NAS_OK;
}

int extract(const nas_extract& task) {
  at::set_num_threads(1);
  torch::NoGradGuard no_grad;
  const WeightBank bank = WeightBank::read(task.weights_path, task.slots, task.slot_count);
  const NormStatistics statistics =
      recalibrated(task.network, bank, batches(task.recalibration, false), task.recalibration.count);
  auto tell = [&](int layer, int role, const torch::Tensor& tensor) {
    const torch::Tensor plain = tensor.to(torch::kFloat32).contiguous();
    task.array(task.control.user, layer, role, plain.data_ptr<float>(), plain.sizes().data(), static_cast<int32_t>(plain.dim()));
  };
  for (int i = 0; i < task.network.layer_count; ++i) {
    const nas_layer& layer = task.network.layers[i];
    if (layer.slot < 0) continue;
    const WeightBank::Entry& entry = bank.entries[static_cast<std::size_t>(layer.slot)];
    tell(i, NAS_WEIGHT, weight_of(entry, layer));
    if (entry.bias.defined()) tell(i, NAS_BIAS, leading(entry.bias, layer.out[0]));
    if (static_cast<LayerKind>(layer.kind) != LayerKind::batch_norm) continue;
    tell(i, NAS_MEAN, statistics.mean[static_cast<std::size_t>(i)]);
    tell(i, NAS_VARIANCE, statistics.variance[static_cast<std::size_t>(i)]);
  }
  return NAS_OK;
}

}  // namespace nas::torch_backend
