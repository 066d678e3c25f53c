#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "../space/space_fixture.h"
#include "core/rng.h"
#include "run/torch_module.h"
#include "tests/torch/bars.h"

namespace nas {
namespace {

using testing::kClasses, testing::kSide, testing::slurp;
using Torch = testing::Bars;

Layer layer(LayerKind kind, int slot, Shape in, Shape out, std::vector<std::int32_t> inputs, int kernel = 1, int stride = 1,
            int groups = 1) {
  Layer l;
  l.kind = kind;
  l.slot = slot;
  l.in = in;
  l.out = out;
  l.inputs = std::move(inputs);
  l.kernel = kernel;
  l.stride = stride;
  l.pad = kernel / 2;
  l.groups = groups;
  l.bias = kind == LayerKind::linear;
  return l;
}

/// Mean and deviation over the pixels of the 384 images of the training part, as the module takes them.
std::pair<double, double> brightness(const std::string& images) {
  double sum = 0, squares = 0;
  const std::size_t pixels = 384 * kSide * kSide;
  for (std::size_t i = 0; i < pixels; ++i) {
    const double v = static_cast<unsigned char>(images[16 + i]) / 255.0;
    sum += v;
    squares += v * v;
  }
  const double mean = sum / pixels;
  return {mean, std::sqrt(squares / pixels - mean * mean)};
}

/// conv, norm, relu, depthwise conv, norm, max pool, mean, linear: elastic kernel and width.
Network network(int width, int kernel) {
  const Shape half{width, kSide / 2, kSide / 2}, quarter{width, kSide / 4, kSide / 4}, one{width, 1, 1};
  Network n;
  n.layers.push_back(layer(LayerKind::input, -1, {1, kSide, kSide}, {1, kSide, kSide}, {}));
  n.layers.push_back(layer(LayerKind::conv, 0, {1, kSide, kSide}, half, {0}, kernel, 2));
  n.layers.push_back(layer(LayerKind::batch_norm, 1, half, half, {1}));
  n.layers.push_back(layer(LayerKind::activation, -1, half, half, {2}));
  n.layers.back().act = Activation::relu;
  n.layers.push_back(layer(LayerKind::conv, 2, half, half, {3}, kernel, 1, width));
  n.layers.push_back(layer(LayerKind::batch_norm, 3, half, half, {4}));
  n.layers.push_back(layer(LayerKind::add, -1, half, half, {3, 5}));
  n.layers.push_back(layer(LayerKind::max_pool, -1, half, quarter, {6}, 3, 2));
  n.layers.push_back(layer(LayerKind::global_avg_pool, -1, quarter, one, {7}));
  n.layers.push_back(layer(LayerKind::linear, 4, one, {kClasses, 1, 1}, {8}));
  return n;
}

constexpr int kWidth = 8, kKernel = 5;
const std::vector<WeightSlot> kSlots{
    {"stem", LayerKind::conv, false, false, kKernel, 1, kWidth},
    {"stem.norm", LayerKind::batch_norm, false, false, 1, kWidth, kWidth},
    {"depthwise", LayerKind::conv, true, false, kKernel, 1, kWidth},
    {"depthwise.norm", LayerKind::batch_norm, false, false, 1, kWidth, kWidth},
    {"head", LayerKind::linear, false, true, 1, kWidth, kClasses},
};
Network sandwich(std::int64_t step, int i) {
  if (i == 0) return network(kWidth, 5);
  if (i == 1) return network(4, 3);
  return network(4 + static_cast<int>(step % 5), step % 2 ? 3 : 5);
}

using Maps = std::vector<std::vector<double>>;  // channel -> pixels

/// "Same" convolution of square maps with the centre of larger kernels, written out.
Maps convolved(const Maps& in, int side, const float* weight, int out, int full_in, int kernel, int stride, bool depthwise) {
  const int to = (side + stride - 1) / stride, margin = (kKernel - kernel) / 2;
  Maps result(static_cast<std::size_t>(out), std::vector<double>(static_cast<std::size_t>(to * to)));
  for (int o = 0; o < out; ++o)
    for (int y = 0; y < to; ++y)
      for (int x = 0; x < to; ++x)
        for (int c = 0; c < (depthwise ? 1 : static_cast<int>(in.size())); ++c)
          for (int i = 0; i < kernel; ++i)
            for (int j = 0; j < kernel; ++j) {
              const int sy = y * stride + i - kernel / 2, sx = x * stride + j - kernel / 2;
              if (sy < 0 || sx < 0 || sy >= side || sx >= side) continue;
              result[static_cast<std::size_t>(o)][static_cast<std::size_t>(y * to + x)] +=
                  in[static_cast<std::size_t>(depthwise ? o : c)][static_cast<std::size_t>(sy * side + sx)] *
                  static_cast<double>(weight[((o * full_in + c) * kKernel + i + margin) * kKernel + j + margin]);
            }
  return result;
}

// The engine's sliced layers against loops over the leading channels and the centre of the kernel.
TEST_F(Torch, SlicesEqualAReferenceOnCroppedWeights) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  Stream stream(9, "weights");
  std::vector<float> weights;
  for (int i = 0; i < 2 * kWidth * 25 + 4 * kWidth + kClasses * (kWidth + 1); ++i)
    weights.push_back(static_cast<float>(stream.normal() * 0.5));
  Weights file;
  file.path = folder_ / "given.weights";
  file.dataset = data_;
  std::ofstream(file.path, std::ios::binary)
      << "nas weights 1\n"
      << std::string(reinterpret_cast<const char*>(weights.data()), weights.size() * sizeof(float));
  const float* stem = weights.data();
  const float* norm = stem + kWidth * 25;
  const float* depthwise = norm + 2 * kWidth;
  const float* norm2 = depthwise + kWidth * 25;
  const float* head = norm2 + 2 * kWidth;
  const float* bias = head + kClasses * kWidth;
  const int width = 5, kernel = 3;

  const std::string images = slurp(data_.train_images), labels = slurp(data_.train_labels);
  const auto [mean, deviation] = brightness(images);
  double loss = 0;
  int right = 0;
  for (std::size_t n = 384; n < 388; ++n) {  // the first four of the validation part
    Maps x(1);
    for (int i = 0; i < kSide * kSide; ++i)
      x[0].push_back((static_cast<unsigned char>(images[16 + n * 64 + static_cast<std::size_t>(i)]) / 255.0 - mean) / deviation);
    x = convolved(x, kSide, stem, width, 1, kernel, 2, false);
    for (int c = 0; c < width; ++c)
      for (double& v : x[static_cast<std::size_t>(c)]) v = std::max(0.0, v / std::sqrt(1 + 1e-5) * norm[c] + norm[kWidth + c]);
    Maps y = convolved(x, kSide / 2, depthwise, width, 1, kernel, 1, true);
    std::vector<double> logits(bias, bias + kClasses);
    for (int c = 0; c < width; ++c) {
      const auto at = static_cast<std::size_t>(c);
      for (std::size_t i = 0; i < 16; ++i) y[at][i] = y[at][i] / std::sqrt(1 + 1e-5) * norm2[c] + norm2[kWidth + c] + x[at][i];
      double pooled = 0;
      for (int py = 0; py < 2; ++py)
        for (int px = 0; px < 2; ++px) {
          double best = -1e30;
          for (int i = std::max(0, 2 * py - 1); i <= 2 * py + 1; ++i)
            for (int j = std::max(0, 2 * px - 1); j <= 2 * px + 1; ++j)
              best = std::max(best, y[at][static_cast<std::size_t>(4 * i + j)]);
          pooled += best / 4;
        }
      for (int k = 0; k < kClasses; ++k) logits[static_cast<std::size_t>(k)] += pooled * head[k * kWidth + c];
    }
    double total = 0;
    for (const double v : logits) total += std::exp(v);
    const auto label = static_cast<std::size_t>(labels[8 + n]);
    loss += std::log(total) - logits[label];
    right += std::max_element(logits.begin(), logits.end()) - logits.begin() == static_cast<std::ptrdiff_t>(label);
  }
  NetworkRunner::EvaluateOptions o;
  o.images = 4;
  o.recalibration_images = 0;  // identity statistics
  NetworkRunner::Score score;
  const std::vector<Network> one{network(width, kernel)};
  auto done = (*opened)->evaluate(
      file, kSlots, one, o, [] { return false; }, [&](std::size_t, const NetworkRunner::Score& s) { score = s; });
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_NEAR(score.loss, loss / 4, 1e-4);
  EXPECT_EQ(score.accuracy, right / 4.0);
}

// A convolution of dilation 2, then a 1x1 one of stride 2 that begins one row and one column further, against loops.
TEST_F(Torch, DilatedAndShiftedWindows) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  const Shape image{1, kSide, kSide}, wide{2, kSide, kSide}, half{2, kSide / 2, kSide / 2}, one{2, 1, 1};
  Network net;
  net.layers.push_back(layer(LayerKind::input, -1, image, image, {}));
  net.layers.push_back(layer(LayerKind::conv, 0, image, wide, {0}, 3));
  net.layers.back().pad = 2;
  net.layers.push_back(layer(LayerKind::conv, 1, wide, half, {1}, 1, 2));
  net.layers.back().pad = -1;
  net.layers.push_back(layer(LayerKind::global_avg_pool, -1, half, one, {2}));
  net.layers.push_back(layer(LayerKind::linear, 2, one, {kClasses, 1, 1}, {3}));
  const std::vector<WeightSlot> slots{{"dilated", LayerKind::conv, false, false, 3, 1, 2},
                                      {"shifted", LayerKind::conv, false, false, 1, 2, 2},
                                      {"head", LayerKind::linear, false, true, 1, 2, kClasses}};
  Stream stream(9, "windows");
  std::vector<float> weights;
  for (int i = 0; i < 18 + 4 + 3 * kClasses; ++i) weights.push_back(static_cast<float>(stream.normal()));
  Weights file;
  file.path = folder_ / "windows.weights";
  file.dataset = data_;
  std::ofstream(file.path, std::ios::binary)
      << "nas weights 1\n"
      << std::string(reinterpret_cast<const char*>(weights.data()), weights.size() * sizeof(float));
  const std::string images = slurp(data_.train_images), labels = slurp(data_.train_labels);
  const auto [mean, deviation] = brightness(images);
  double loss = 0;
  for (std::size_t n = 384; n < 388; ++n) {
    const auto pixel = [&](int y, int x) {
      if (y < 0 || x < 0 || y >= kSide || x >= kSide) return 0.0;
      return (static_cast<unsigned char>(images[16 + n * 64 + static_cast<std::size_t>(y * kSide + x)]) / 255.0 - mean) /
             deviation;
    };
    double pooled[2] = {};
    for (int y = 1; y < kSide; y += 2)
      for (int x = 1; x < kSide; x += 2) {
        double dilated[2] = {};
        for (int c = 0; c < 2; ++c)
          for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j)
              dilated[c] +=
                  static_cast<double>(weights[static_cast<std::size_t>(9 * c + 3 * i + j)]) * pixel(y + 2 * i - 2, x + 2 * j - 2);
        for (int c = 0; c < 2; ++c)
          for (int d = 0; d < 2; ++d)
            pooled[c] +=
                static_cast<double>(weights[static_cast<std::size_t>(18 + 2 * c + d)]) * dilated[d] / (kSide * kSide / 4);
      }
    double total = 0, right = 0;
    for (std::size_t k = 0; k < kClasses; ++k) {
      double logit = static_cast<double>(weights[22 + 2 * kClasses + k]);
      for (std::size_t c = 0; c < 2; ++c) logit += static_cast<double>(weights[22 + 2 * k + c]) * pooled[c];
      total += std::exp(logit);
      if (k == static_cast<std::size_t>(labels[8 + n])) right = logit;
    }
    loss += std::log(total) - right;
  }
  NetworkRunner::EvaluateOptions o;
  o.images = 4;
  o.recalibration_images = 0;
  NetworkRunner::Score score;
  const std::vector<Network> networks{net};
  auto done = (*opened)->evaluate(
      file, slots, networks, o, [] { return false; }, [&](std::size_t, const NetworkRunner::Score& s) { score = s; });
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_NEAR(score.loss, loss / 4, 1e-4);
  // The measured network has the same windows: it runs.
  NetworkRunner::LatencyOptions quick;
  quick.time_cap_s = 0.05;
  Measurement seen;
  auto timed = (*opened)->latency(
      networks, net, quick, [] { return false; }, [&](std::size_t, const Measurement& m) { seen = m; });
  ASSERT_TRUE(timed) << timed.failure().message;
  EXPECT_GT(seen.value, 0);
}

TEST_F(Torch, TrainingLearns) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  auto weights = (*opened)->train(kSlots, sandwich, data_, options("a"), {});
  ASSERT_TRUE(weights) << weights.failure().message;
  EXPECT_LT(weights->loss.back().second, 0.7 * weights->loss.front().second);
  EXPECT_FALSE(std::filesystem::exists(options("a").checkpoint_path));
  const std::vector<Network> networks{network(kWidth, 5), network(4, 3)};
  auto scores = [&](std::vector<Network> list) {
    NetworkRunner::EvaluateOptions o;
    o.recalibration_images = 256;
    std::vector<NetworkRunner::Score> values(list.size());
    auto done = (*opened)->evaluate(
        *weights, kSlots, list, o, [] { return false; }, [&](std::size_t i, const NetworkRunner::Score& s) { values[i] = s; });
    EXPECT_TRUE(done);
    return values;
  };
  const auto with = scores(networks);
  EXPECT_GT(with[0].accuracy, 0.9);
  EXPECT_GT(with[1].accuracy, 0.8);
  // A network's score does not depend on what is scored beside it.
  EXPECT_EQ(scores({networks[1]})[0].loss, with[1].loss);
}

// A real space, deep enough that activations drift away from the unit scale.
TEST_F(Torch, WithoutRecalibrationAccuracyFalls) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  std::string text = testing::slurp(std::filesystem::path(NAS_SOURCE_DIR) / "stdlib/spaces/tiny_mobilenet.nas");
  text.replace(text.find("size: int = 28"), 14, "size: int = 8 ");
  const auto made = testing::compile(text);
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  auto networks = [&](std::int64_t step, int i) {
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(i == 0 ? space.largest() : i == 1 ? space.smallest() : *space.sample(stream));
  };
  auto weights = (*opened)->train(space.weight_slots(), networks, data_, options("deep"), {});
  ASSERT_TRUE(weights) << weights.failure().message;
  const std::vector<Network> both{networks(0, 0), networks(0, 1)};
  auto scores = [&](std::int64_t recalibration) {
    NetworkRunner::EvaluateOptions o;
    o.recalibration_images = recalibration;
    std::vector<NetworkRunner::Score> values(both.size());
    auto done = (*opened)->evaluate(
        *weights, space.weight_slots(), both, o, [] { return false; },
        [&](std::size_t i, const NetworkRunner::Score& s) { values[i] = s; });
    EXPECT_TRUE(done);
    return values;
  };
  const auto with = scores(256), without = scores(0);
  for (std::size_t i = 0; i < both.size(); ++i) {
    EXPECT_GT(with[i].accuracy, 0.9);
    EXPECT_GT(without[i].loss, 2 * with[i].loss) << "network " << i;
  }
  EXPECT_LT(without[0].accuracy, with[0].accuracy - 0.1);
}

// Operators chosen between have weights of their own: cells of other operators, pools and zeros are trained and scored alike.
TEST_F(Torch, CellsOfChosenOperatorsLearn) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  auto whole = [](int n) { return Value(std::int64_t{n}); };
  const auto made = testing::compile_stdlib(
      "nasbench201",
      {{"cells", whole(1)}, {"classes", whole(kClasses)}, {"size", whole(kSide)}, {"channels", whole(1)}, {"width", whole(8)}});
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  auto networks = [&](std::int64_t step, int i) {
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(i == 0 ? space.largest() : i == 1 ? space.smallest() : *space.sample(stream));
  };
  auto weights = (*opened)->train(space.weight_slots(), networks, data_, options("cells"), {});
  ASSERT_TRUE(weights) << weights.failure().message;
  const auto mixed =
      space.parse("|nor_conv_1x1~0|+|skip_connect~0|nor_conv_3x3~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|");
  ASSERT_TRUE(mixed) << mixed.failure().message;
  const std::vector<Network> both{space.network(space.largest()), space.network(*mixed)};
  NetworkRunner::EvaluateOptions o;
  o.recalibration_images = 256;
  std::vector<double> values;
  auto done = (*opened)->evaluate(
      *weights, space.weight_slots(), both, o, [] { return false; },
      [&](std::size_t, const NetworkRunner::Score& s) { values.push_back(s.accuracy); });
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_GT(values[0], 0.9);
  EXPECT_GT(values[1], 0.8);
}

TEST_F(Torch, AKilledTrainingEndsWithTheSameBytes) {
  for (const int victim : {5, 40}) {
    const pid_t child = fork();  // before this process opens the module: its threads would not survive
    if (child == 0) {
      auto opened = open_torch_module();
      if (!opened) _exit(1);
      NetworkRunner::Progress progress;
      progress.step = [&](double done, double, double) {
        if (done == victim) raise(SIGKILL);
      };
      auto ignored = (*opened)->train(kSlots, sandwich, data_, options("killed"), progress);
      _exit(2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    ASSERT_TRUE(std::filesystem::exists(options("killed").checkpoint_path));
  }
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  double first = 0;
  NetworkRunner::Progress progress;
  progress.step = [&](double done, double, double) { first = first == 0 ? done : first; };
  auto resumed = (*opened)->train(kSlots, sandwich, data_, options("killed"), progress);
  ASSERT_TRUE(resumed) << resumed.failure().message;
  EXPECT_EQ(first, 40);  // step 39 was the last one in the checkpoint
  auto undisturbed = (*opened)->train(kSlots, sandwich, data_, options("whole"), {});
  ASSERT_TRUE(undisturbed) << undisturbed.failure().message;
  EXPECT_EQ(slurp(resumed->path), slurp(undisturbed->path));
  EXPECT_EQ(resumed->key, undisturbed->key);
}

TEST_F(Torch, ACheckpointOfAnotherTrainingIsLeftAside) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner::Progress stop;
  int steps = 0;
  stop.step = [&](double, double, double) { ++steps; };
  stop.cancelled = [&] { return steps >= 10; };
  auto cancelled = (*opened)->train(kSlots, sandwich, data_, options("a"), stop);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.failure().message, "interrupted");
  auto other = options("a");
  other.seed = 4;
  double first = 0;
  NetworkRunner::Progress progress;
  progress.step = [&](double done, double, double) { first = first == 0 ? done : first; };
  ASSERT_TRUE((*opened)->train(kSlots, sandwich, data_, other, progress));
  EXPECT_EQ(first, 1);
}

TEST_F(Torch, LatencyIsAMedianWithItsInterval) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner::LatencyOptions o;
  o.time_cap_s = 0.2;
  std::vector<Measurement> seen(2);
  const std::vector<Network> networks{network(kWidth, 5), network(4, 3)};
  auto done = (*opened)->latency(
      networks, networks[1], o, [] { return false; }, [&](std::size_t i, const Measurement& m) { seen[i] = m; });
  ASSERT_TRUE(done) << done.failure().message;
  for (const Measurement& m : seen) {
    EXPECT_GT(m.value, 1e-6);
    EXPECT_LT(m.value, 0.1);
    EXPECT_GE(m.count, 10);
    EXPECT_TRUE(m.capped || m.spread <= o.interval * m.value) << m.spread << " of " << m.value;
    EXPECT_GE(m.seconds, m.value * static_cast<double>(m.count) * 0.5);
  }
}

// Between two passes: a series of an hour would be waited for without it. Half a series and half an evaluation are nothing.
TEST_F(Torch, ASeriesAndAnEvaluationEndInTheirMiddle) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  const std::vector<Network> networks{network(4, 3)};
  NetworkRunner::LatencyOptions o;
  o.time_cap_s = 3600;
  o.least_s = 3600;
  bool in_series = false;
  int begun = 0, ended = 0, asked = 0, told = 0;
  o.series = [&](bool begins) {
    in_series = begins;
    ++(begins ? begun : ended);
  };
  auto timed = (*opened)->latency(
      networks, networks[0], o, [&] { return in_series && ++asked > 25; }, [&](std::size_t, const Measurement&) { ++told; });
  ASSERT_FALSE(timed);
  EXPECT_EQ(timed.failure().message, "interrupted");
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(told, 0);
  // Before the first series, in the passes of the reference network.
  asked = 0;
  EXPECT_FALSE((*opened)->latency(
      networks, networks[0], o, [&] { return ++asked > 3; }, [&](std::size_t, const Measurement&) { ++told; }));
  EXPECT_EQ(begun, 1);

  auto weights = (*opened)->train(kSlots, sandwich, data_, options("short"), {});
  ASSERT_TRUE(weights) << weights.failure().message;
  NetworkRunner::EvaluateOptions e;
  e.images = 0;
  asked = 0;
  auto scored = (*opened)->evaluate(
      *weights, kSlots, networks, e, [&] { return ++asked > 2; }, [&](std::size_t, const NetworkRunner::Score&) { ++told; });
  ASSERT_FALSE(scored);
  EXPECT_EQ(scored.failure().message, "interrupted");
  EXPECT_EQ(asked, 3);  // of all batches
  EXPECT_EQ(told, 0);
}

TEST_F(Torch, ASeriesIsAnnouncedAndLastsAsLongAsAsked) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner::LatencyOptions o;
  o.interval = 0.5;
  o.least_s = 0.1;
  std::vector<bool> calls;
  std::chrono::steady_clock::time_point began;
  double lasted = 0;
  o.series = [&](bool begins) {
    calls.push_back(begins);
    if (begins)
      began = std::chrono::steady_clock::now();
    else
      lasted = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  const std::vector<Network> networks{network(4, 3), network(kWidth, 5)};
  auto done = (*opened)->latency(
      networks, networks[0], o, [] { return false; }, [](std::size_t, const Measurement&) {});
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_EQ(calls, (std::vector<bool>{true, false, true, false}));
  EXPECT_GE(lasted, 0.1);
}

TEST_F(Torch, OtherPrecisionsAreTimedAndAnAbsentGpuIsNot) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner::LatencyOptions o;
  o.interval = 0.5;
  o.time_cap_s = 0.05;
  o.precision = NetworkRunner::Precision::bfloat16;
  const std::vector<Network> networks{network(4, 3), network(kWidth, 5)};
  int told = 0;
  auto done = (*opened)->latency(
      networks, networks[0], o, [] { return false; }, [&](std::size_t, const Measurement& m) { told += m.value > 0; });
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_EQ(told, 2);
  o.gpu = 63;
  done = (*opened)->latency(
      networks, networks[0], o, [] { return false; }, [&](std::size_t, const Measurement&) { ++told; });
  ASSERT_FALSE(done);
  EXPECT_EQ(told, 2);
  if (torch_module_identity().value("cuda", false))
    EXPECT_NE(done.failure().message.find("there is no GPU 63"), std::string::npos) << done.failure().message;
  else
    EXPECT_EQ(done.failure().message, "this LibTorch cannot use a GPU: it has no libtorch_cuda.so that opens");
}

// Threads share the networks of a step out among themselves; no sum depends on how.
TEST_F(Torch, ThreadsDoNotChangeTheWeights) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  std::vector<std::string> keys;
  for (const int threads : {1, 2, 5}) {
    auto o = options("threads");
    o.threads = threads;
    auto weights = (*opened)->train(kSlots, sandwich, data_, o, {});
    ASSERT_TRUE(weights) << weights.failure().message;
    keys.push_back(weights->key);
  }
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_EQ(keys[0], keys[2]);
}

// Networks of tokens by their numbers, of vectors, of two inputs, and of images cut into patches, at the precisions of a
// processor.
TEST_F(Torch, NetworksOfTokensAreTimed) {
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  std::vector<Network> networks;
  for (const char* text :
       {"def space words() {\n  input = tokens(length = 7, width = 1)\n  words = embedding(9, width = 8)\n"
        "  kinds = add(skip(), embedding(2, width = 8)(tokens(length = 7, width = 1)))\n"
        "  attention(heads = 2, qkv = 8)\n  first = first_tokens()\n  head = linear(2)\n}",
        "def space pair() {\n  source = tokens(length = 5, width = 8)\n  seen = attention(heads = 2, qkv = 8)\n"
        "  target = tokens(length = 6, width = 12)\n  attention(heads = 2, qkv = 8, causal = true)\n"
        "  attention(over = seen, heads = 2, qkv = 8)\n  feed_forward(hidden = 16)\n  words = linear(20)\n}",
        "def space images() {\n  input = image(channels = 3, size = 8)\n  cut = patches(size = 4, width = 8)\n"
        "  positions = add(skip(), learned())\n  attention(heads = 2, qkv = 8, norm = \"before\")\n  norm = layer_norm()\n}"}) {
    const auto made = testing::compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    networks.push_back(made->space->network(made->space->smallest()));
  }
  for (const auto precision : {NetworkRunner::Precision::float32, NetworkRunner::Precision::bfloat16}) {
    NetworkRunner::LatencyOptions o;
    o.precision = precision;
    o.batch = 2;
    int timed = 0;
    auto done = (*opened)->latency(
        networks, networks[2], o, [] { return false; },
        [&](std::size_t, const Measurement& m) { timed += m.value > 0 && m.value < 1; });
    ASSERT_TRUE(done) << done.failure().message;
    EXPECT_EQ(timed, 3);
  }
}

TEST(TorchModule, AbsenceNamesTheBuildOption) {
  if (torch_module_present()) {  // ask again from a program that has no module beside it
    const auto away = std::filesystem::temp_directory_path() / ("nas_away_" + std::to_string(getpid()));
    std::filesystem::create_directories(away / "bin");
    std::filesystem::copy_file(std::filesystem::read_symlink("/proc/self/exe"), away / "bin/test");
    const std::string command =
        "env -u NAS_MODULE_DIR " + (away / "bin/test").string() + " --gtest_filter=TorchModule.* >/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::filesystem::remove_all(away);
    return;
  }
  auto opened = open_torch_module();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.failure().code, "E804");
  EXPECT_EQ(opened.failure().message, "the LibTorch module is not built: nothing can be trained or timed");
  EXPECT_EQ(opened.failure().hint, "install the package nas-torch, or libtorch-dev and build with -DNAS_TORCH=ON");
}

}  // namespace
}  // namespace nas
