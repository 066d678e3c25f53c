// Networks as files of ONNX and of PyTorch: what other programs make of them equals what our back end makes of the same weights.
#include "stdlib/outputs/network_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>
#include <cstdio>

#include "../space/space_fixture.h"
#include "embed/interpreter.h"
#include "tests/torch/bars.h"

namespace nas {
namespace {

using NetworkFiles = testing::Bars;

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  char buffer[4096];
  while (const std::size_t n = fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
  pclose(pipe);
  return text;
}

/// Python with PyTorch, and with ONNX Runtime where it can be fetched; "" without PyTorch. Made once, in the build folder.
std::string python() {
  static const std::string found = [] {
    if (output_of("/usr/bin/python3 -c 'import torch, numpy; print(\"there\")'") != "there\n") return std::string();
    const std::string folder = NAS_BINARY_DIR "/tests_venv", own = folder + "/bin/python";
    const std::string check = own + " -c 'import onnx, onnxruntime; print(\"there\")'";
    if (output_of(check) == "there\n") return own;
    output_of("/usr/bin/python3 -m venv --system-site-packages " + folder + " && " + own +
              " -m pip install -q 'numpy<2' onnx onnxruntime");
    return output_of(check) == "there\n" ? own : std::string("/usr/bin/python3");
  }();
  return found;
}

/// What tests/torch/check_network_files.py says of files in a folder.
std::string checked(const std::filesystem::path& folder, const std::string& arguments) {
  return output_of(python() + " " NAS_SOURCE_DIR "/tests/torch/check_network_files.py " + folder.string() + " " + arguments);
}

void keep(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Every layer of the back end: dilated, shifted, grouped and depthwise convolutions, norms, pools, gates, all activations.
constexpr const char* kEveryLayer = R"(def space every() {
  input = image(channels = 1, size = 8)
  stem = conv(kernel = choice(3, 5), out = choice(8, 12), act = "h_swish")(x)
  mb = mbconv(kernel = 3, expand = choice(2, 3), out = 8, act = "relu6", se = true)(stem)
  a = sep_conv(kernel = 3)(mb)
  b = dil_conv(kernel = choice(3, 5))(mb)
  third = choice(skip(), zero())(mb)
  sum = add(a, b, third)
  small = factorized_reduce(out = 8)(sum)
  best = max_pool(kernel = 3, stride = 2)(sum)
  mean = avg_pool(kernel = 3, stride = 2)(sum)
  both = concat(small, best, mean)
  c1 = conv(kernel = 1, out = 6, act = "swish")(both)
  c2 = conv(kernel = 1, out = 6, act = "gelu")
  c3 = conv(kernel = 1, out = 6, act = "tanh")
  c4 = conv(kernel = 1, out = 6, act = "sigmoid", norm = false, bias = true)
  c5 = conv(kernel = 1, out = 6, groups = 2, act = "h_sigmoid")
  pooled = global_pool()
  hidden = linear(5)
  head = linear(3)
})";

/// Every layer of token sequences: patches, learnt positions, norms before and after, causal attention and over other tokens.
constexpr const char* kEveryToken = R"(def space every() {
  input = image(channels = 1, size = 8)
  cut = patches(size = 2, width = choice(8, 12))
  class_token = concat(learned(length = 1), skip())
  positions = add(skip(), learned(rows = 20))
  layers = choice(1, 2)
  repeat layer in layers {
    heads = choice(1, 2, 3)
    attention(heads = heads, qkv = 4 * heads, norm = "before")
    feed_forward(hidden = choice(8, 24), act = "gelu", norm = "before")
  }
  causal = attention(heads = 2, qkv = 8, causal = true)
  cross = attention(over = first_tokens(count = 5), heads = 2, qkv = 8, norm = "none")
  longer = concat(first_tokens(count = 5), skip())
  act = activation("tanh")
  norm = layer_norm()
  first = first_tokens()
  hidden = linear(5)
  head = linear(3)
})";

/// Trains nothing but one step of one network over every image of the training part, without momentum.
NetworkRunner::TrainOptions one_step(NetworkRunner::TrainOptions options, double rate) {
  options.epochs = 1;
  options.batch = 384;
  options.learning_rate = rate;
  options.momentum = options.weight_decay = options.label_smoothing = 0;
  return options;
}

// What a step changes is PyTorch's gradient, through every layer, sliced weights too.
TEST_F(NetworkFiles, AStepFollowsTheGradientOfPyTorch) {
  if (python().empty()) GTEST_SKIP() << "there is no PyTorch for Python (apt-get install python3-torch python3-numpy)";
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  for (const char* text : {kEveryLayer, kEveryToken}) {
    const auto made = testing::compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    Stream stream(11, "one");
    const Network one = space.network(*space.sample(stream));
    for (const auto& [name, rate] : {std::pair{"before", 1e-9}, std::pair{"after", 1.0}}) {
      auto weights = (*opened)->train(space.weight_slots(), [&](std::int64_t, int) { return one; }, data_,
                                      one_step(options(name), rate), {});
      ASSERT_TRUE(weights) << weights.failure().message;
      const auto cut = (*opened)->extract(*weights, space.weight_slots(), one, {});
      ASSERT_TRUE(cut) << cut.failure().message;
      keep(folder_ / (std::string(name) + ".pt"), torch_file(one, *cut, {}));
    }
    // The largest, the smallest and a random network of a step are the same one here.
    EXPECT_THAT(checked(folder_, fmt::format("step {} {} 384 3", data_.train_images, data_.train_labels)),
                ::testing::MatchesRegex("[0-9]+ gradients, equal\n"));
  }
}

// A trained super-network on real files of images: the loss that PyTorch and ONNX Runtime find on the validation images, with the
// files alone, is the loss that `evaluate` finds.
TEST_F(NetworkFiles, OtherProgramsFindTheLossOfTheSuperNetwork) {
  if (python().empty()) GTEST_SKIP() << "there is no PyTorch for Python (apt-get install python3-torch python3-numpy)";
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner& runner = **opened;
  for (const char* text : {kEveryLayer, kEveryToken}) {
    const auto made = testing::compile(text);
    ASSERT_TRUE(made->space) << made->errors();
    const Space& space = *made->space;
    auto network = [&](std::int64_t, int i) { return space.network(i == 0 ? space.largest() : space.smallest()); };
    auto training = options("every");
    training.epochs = 1;
    training.learning_rate = 0.02;
    const auto weights = runner.train(space.weight_slots(), network, data_, training, {});
    ASSERT_TRUE(weights) << weights.failure().message;
    Stream stream(3, "archs");
    for (int n = 0; n < 3; ++n) {
      const Network one = n == 0 ? space.network(space.largest()) : space.network(*space.sample(stream));
      NetworkRunner::EvaluateOptions all;
      all.images = 0;
      NetworkRunner::Score score;
      ASSERT_TRUE(runner.evaluate(
          *weights, space.weight_slots(), std::vector{one}, all, [] { return false; },
          [&](std::size_t, const NetworkRunner::Score& s) { score = s; }));
      const auto cut = runner.extract(*weights, space.weight_slots(), one, {});
      ASSERT_TRUE(cut) << cut.failure().message;
      const auto onnx = onnx_model(one, *cut, {{"space", "every"}, {"accuracy", "one half"}});
      ASSERT_TRUE(onnx) << onnx.failure().message;
      keep(folder_ / "net.onnx", *onnx);
      keep(folder_ / "net.pt", torch_file(one, *cut, {{"space", "every"}}));
      const std::string said = checked(folder_, fmt::format("images {} {} {} {} {:.17g}", data_.train_images, data_.train_labels,
                                                            data_.train_count, data_.validation_count, score.loss));
      EXPECT_THAT(said, ::testing::AnyOf("torch: same loss\nonnx: clean, same loss, facts accuracy space\n",
                                         "torch: same loss\nonnx: no ONNX Runtime here\n"))
          << said;
    }
  }
}

// The same by a script alone.
TEST_F(NetworkFiles, AScriptWritesThem) {
  const std::string script =
      std::string(kEveryLayer) + fmt::format(R"(
dataset bars = idx("{}", "{}", "{}", "{}", validation = 96)
space net = every()
train weights = supernet(epochs = 1, batch = 32) of net using bars
objective maximize accuracy from weights
objective minimize macs
search front = random(evaluations = 4) with direct()
export front.best as onnx to "net.onnx"
export front.best as torch to "net.pt"
)",
                                             data_.train_images, data_.train_labels, data_.test_images, data_.test_labels);
  Options options;
  options.store_folder = folder_ / "store";
  options.output_folder = folder_;
  options.stdlib_folders = {NAS_SOURCE_DIR "/stdlib"};
  Interpreter interpreter(options);
  interpreter.load_text("every", script);
  ASSERT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false) << interpreter.failure_text();
  EXPECT_GT(std::filesystem::file_size(folder_ / "net.onnx"), 10000u);
  if (python().empty()) return;
  EXPECT_EQ(checked(folder_, "load net.pt"),
            fmt::format("every {}\n", interpreter.front("front")->find("architecture")->texts[0]));
}

std::vector<float> drawn(Stream& stream, std::int64_t count, double scale, double centre = 0) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) values.push_back(static_cast<float>(centre + scale * (2 * stream.uniform() - 1)));
  return values;
}

/// Weights that keep activations of about one size, so that differences show.
NetworkWeights random_weights(const Network& network, Stream& stream) {
  NetworkWeights weights;
  for (const Layer& l : network.layers) {
    NetworkWeights::Layer& w = weights.layers.emplace_back();
    const std::int64_t out = l.out.channels;
    if (l.kind == LayerKind::conv) {
      const std::int64_t in = l.in.channels / l.groups, fan = in * l.kernel * l.kernel;
      w.weight = {{out, in, l.kernel, l.kernel}, drawn(stream, out * fan, std::sqrt(3.0 / static_cast<double>(fan)))};
    } else if (l.kind == LayerKind::linear) {
      w.weight = {{out, l.in.channels}, drawn(stream, out * l.in.channels, std::sqrt(3.0 / static_cast<double>(l.in.channels)))};
    } else if (l.kind == LayerKind::learned) {
      w.weight = {{l.kernel, out}, drawn(stream, l.kernel * out, 1)};
    } else if (l.kind == LayerKind::layer_norm) {
      w.weight = {{out}, drawn(stream, out, 0.2, 1)};
      w.bias = {{out}, drawn(stream, out, 0.2)};
    } else if (l.kind == LayerKind::batch_norm) {
      w.weight = {{out}, drawn(stream, out, 0.2, 1)};
      w.bias = {{out}, drawn(stream, out, 0.2)};
      w.mean = {{out}, drawn(stream, out, 0.2)};
      w.variance = {{out}, drawn(stream, out, 0.2, 1)};
    }
    if (l.bias) w.bias = {{out}, drawn(stream, out, 0.2)};
  }
  return weights;
}

// Every space of images of the standard library: PyTorch and ONNX Runtime agree on random networks with random weights.
TEST_F(NetworkFiles, PyTorchAndOnnxRuntimeAgreeOnEverySpaceOfImages) {
  if (python().empty()) GTEST_SKIP() << "there is no PyTorch for Python (apt-get install python3-torch python3-numpy)";
  int spaces = 0;
  for (const char* name : {"tiny_mobilenet", "nasbench201", "darts_cell", "colocnas", "fbnet", "mobilenet_v2", "ofa_mobilenetv3",
                           "ofa_proxyless", "ofa_resnet50", "compofa", "proxylessnas", "vit"}) {
    const auto made = testing::compile_stdlib(name);
    ASSERT_TRUE(made->space) << name << made->errors();
    Stream stream(7, name);
    const Network one = made->space->network(*made->space->sample(stream));
    const NetworkWeights weights = random_weights(one, stream);
    const auto onnx = onnx_model(one, weights, {});
    ASSERT_TRUE(onnx) << onnx.failure().message;
    keep(folder_ / (std::string(name) + ".onnx"), *onnx);
    keep(folder_ / (std::string(name) + ".pt"), torch_file(one, weights, {}));
    ++spaces;
  }
  const std::string said = checked(folder_, "compare");
  EXPECT_THAT(said, ::testing::AnyOf(fmt::format("{} networks: same outputs\n", spaces), "no ONNX Runtime here\n")) << said;
}

TEST_F(NetworkFiles, EqualNetworksAreEqualBytes) {
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const Network one = made->space->network(made->space->smallest());
  Stream first(1, "w"), second(1, "w");
  EXPECT_EQ(torch_file(one, random_weights(one, first), {}), torch_file(one, random_weights(one, second), {}));
}

TEST_F(NetworkFiles, OnnxTakesNoTokens) {
  const auto made = testing::compile_stdlib("bert");
  const auto onnx = onnx_model(made->space->network(made->space->smallest()), {std::vector<NetworkWeights::Layer>(5000)}, {});
  ASSERT_FALSE(onnx);
  EXPECT_EQ(onnx.failure().code, "E848");
  EXPECT_EQ(onnx.failure().message, "the tokens of input cannot be written as ONNX");
  EXPECT_EQ(onnx.failure().hint, "networks of one image can");
}

TEST_F(NetworkFiles, DamagedFilesAreRefusedByTheLoader) {
  if (python().empty()) GTEST_SKIP() << "there is no PyTorch for Python (apt-get install python3-torch python3-numpy)";
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const Network one = made->space->network(made->space->smallest());
  Stream stream(1, "w");
  NetworkWeights weights = random_weights(one, stream);
  for (auto& layer : weights.layers) layer.mean = {};
  keep(folder_ / "net.pt", torch_file(one, weights, {}));
  const std::string said = checked(folder_, "load net.pt");
  EXPECT_THAT(said, ::testing::HasSubstr("net.pt is damaged: missing ['layers.")) << said;
  EXPECT_THAT(said, ::testing::HasSubstr("running_mean'")) << said;
  output_of("/usr/bin/python3 -c 'import torch; torch.save([1], \"" + (folder_ / "other.pt").string() + "\")'");
  EXPECT_THAT(checked(folder_, "load other.pt"), ::testing::HasSubstr("other.pt was not written by `export ... as torch`"));
}

}  // namespace
}  // namespace nas
