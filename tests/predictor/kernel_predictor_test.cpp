// `kernel`: layers are fused by the stated rules, sums over parts are shared out, and what kernels take is found from networks.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/rng.h"
#include "core/statistics.h"
#include "network_fixture.h"
#include "stdlib/predictors/kernel_fusion.h"
#include "stdlib/predictors/kernel_shares.h"

namespace nas::testing {
namespace {

std::string types_of(const Network& network) {
  std::string text;
  for (const FusedKernel& kernel : fused_kernels(network)) text += (text.empty() ? "" : " ") + kernel.type;
  return text;
}

TEST(Kernels, FuseNormsActivationsAndSqueezeAndExcite) {
  const auto made = compile(
      "def space s() {\n  input = image(channels = 4, size = 8)\n  stem = conv(kernel = 3, out = 8, stride = 2)\n"
      "  block = mbconv(kernel = 5, expand = 2, out = 8, se = true, act = \"h_swish\")\n  mixed = conv(kernel = 3, out = 8, "
      "groups = 2)\n"
      "  pool = max_pool(kernel = 3)\n  head = linear(3)\n}\n");
  ASSERT_TRUE(made->space) << made->errors();
  const Network network = made->space->network(made->space->smallest());
  EXPECT_EQ(types_of(network), "conv conv depthwise_conv se conv add grouped_conv max_pool global_avg_pool linear");
  const auto kernels = fused_kernels(network);
  const double relu = static_cast<double>(Activation::relu), h_swish = static_cast<double>(Activation::h_swish);
  // Height, width, channels in and out, kernel, stride, activation, operations, parameters (with two a channel of the norm only
  // where it costs time of its own), bytes.
  EXPECT_EQ(kernels[0].numbers,
            (std::array<double, 10>{8, 8, 4, 8, 3, 2, relu, 16 * 8 * 4 * 9, 8 * 4 * 9, 4 * (8 * 8 * 4 + 4 * 4 * 8 + 8 * 4 * 9)}));
  EXPECT_EQ(kernels[2].numbers[4], 5);
  EXPECT_EQ(kernels[2].numbers[6], h_swish);
  // Squeeze and excite: 16 channels of 4x4, 4 or 8 inside; pool, two convolutions with biases and the product are one.
  EXPECT_EQ(kernels[3].numbers[2], 16);
  EXPECT_LT(kernels[3].numbers[3], 16);
  EXPECT_EQ(kernels[3].work.size(), 4u);
  EXPECT_EQ(kernels[3].numbers[7], 2 * 16 * kernels[3].numbers[3]);
  EXPECT_EQ(kernels[4].numbers[6], 0) << "a projection has no activation";
}

TEST(Kernels, ActivationsBehindASumGoWithIt) {
  const auto space = space_named("nasbench201");
  const Network network = space->network(space->largest());
  std::set<std::string> types;
  for (const FusedKernel& kernel : fused_kernels(network)) types.insert(kernel.type);
  EXPECT_EQ(types, (std::set<std::string>{"add", "avg_pool", "conv", "global_avg_pool", "linear"}));
}

// Nothing is lost and nothing counts twice.
TEST(Kernels, AddUpToTheNetwork) {
  for (const char* name :
       {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3", "mobilenet_v2", "fbnet", "vit", "hat_transformer"}) {
    const auto space = space_named(name);
    for (const Arch& arch : networks_of(*space, 20, 1)) {
      const Network network = space->network(arch);
      double macs = 0, bytes = 0, layers = 0, expected = 0, all = 0;
      for (const FusedKernel& kernel : fused_kernels(network)) {
        macs += kernel.numbers[7];
        bytes += kernel.numbers[9];
        layers += static_cast<double>(kernel.work.size());
      }
      for (const LayerTime& layer : roofline(network, {})) {
        expected += layer.bytes;
        ++all;
      }
      EXPECT_EQ(macs, static_cast<double>(network.macs())) << name;
      EXPECT_EQ(bytes, expected) << name;
      EXPECT_EQ(layers, all) << name;
    }
  }
}

TEST(KernelShares, FindWhatPartsTakeWhereTheSumsTellThem) {
  // Three parts, four sums that tell them: 2, 3 and 5.
  const std::vector<std::vector<std::size_t>> used{{0}, {0, 1}, {1, 2}, {0, 0, 2}};
  const std::vector<double> seconds{2, 5, 8, 9};
  const KernelShares shares = share_out(used, seconds, {1, 1, 1}, {0, 0, 1}, 5000, Stream(1, "x"));
  EXPECT_NEAR(shares.seconds[0], 2, 1e-9);
  EXPECT_NEAR(shares.seconds[1], 3, 1e-9);
  EXPECT_NEAR(shares.seconds[2], 5, 1e-9);
  EXPECT_EQ(shares.passes, 5000);
  EXPECT_EQ(shares.held_out, 0);
}

TEST(KernelShares, KeepTheExpectedProportionsWhereSumsDoNotTell) {
  // Two parts that always come together share their sum as it was expected.
  const KernelShares shares = share_out({{0, 1}, {0, 1}}, std::vector<double>{12.0, 12.0}, {1, 3}, {0, 0}, 50, Stream(1, "x"));
  EXPECT_NEAR(shares.seconds[0], 3, 1e-12);
  EXPECT_NEAR(shares.seconds[1], 9, 1e-12);
}

TEST(KernelShares, EveryPassLowersTheDivergence) {
  Stream stream(7, "shares");
  std::vector<std::vector<std::size_t>> used(30);
  std::vector<double> seconds, expected(12), truth(12);
  for (std::size_t k = 0; k < 12; ++k) {
    truth[k] = 0.5 + stream.uniform();
    expected[k] = 0.5 + stream.uniform();
  }
  for (auto& parts : used) {
    double sum = 0;
    for (int i = 0; i < 5; ++i) {
      parts.push_back(stream.below(12));
      sum += truth[parts.back()];
    }
    seconds.push_back(sum * (1 + 0.05 * stream.normal()));
  }
  double before = std::numeric_limits<double>::infinity();
  for (const int passes : {1, 2, 4, 8, 50, 400}) {
    const KernelShares shares = share_out(used, seconds, expected, std::vector<std::size_t>(12, 0), passes, Stream(1, "x"));
    double divergence = 0;
    for (std::size_t i = 0; i < used.size(); ++i) {
      double sum = 0;
      for (const std::size_t part : used[i]) sum += shares.seconds[part];
      divergence += seconds[i] * std::log(seconds[i] / sum) - seconds[i] + sum;
    }
    EXPECT_LT(divergence, before);
    before = divergence;
  }
}

/// A device whose kernels take times that no roofline gives: each different one another multiple of it.
double odd_seconds(const Network& network) {
  double sum = 0;
  for (const FusedKernel& kernel : fused_kernels(network)) {
    double expected = 2e-6;
    for (const LayerWork& layer : kernel.work) expected += std::max(layer.macs / 2e9, layer.bytes / 1e9);
    std::string key = kernel.type;
    for (const double number : kernel.numbers) key += std::to_string(number);
    sum += expected * (0.5 + 1.5 * Stream(3, key).uniform());
  }
  return sum;
}

TEST(KernelPredictor, FindsTheSumsOfKernelsWithTimesOfTheirOwn) {
  const auto space = space_named("tiny_mobilenet");
  const auto seen = networks_of(*space, 200, 1), unseen = networks_of(*space, 300, 2);
  std::vector<double> measured, truth;
  for (const Arch& arch : seen) measured.push_back(odd_seconds(space->network(arch)));
  for (const Arch& arch : unseen) truth.push_back(odd_seconds(space->network(arch)));
  const auto x = features_of(*space, seen), asked = features_of(*space, unseen);
  const auto error = [&](const char* name, std::size_t rows) {
    auto predictor = of_networks(name) ? make_over(name, space) : make_predictor(name);
    const auto fitted =
        predictor->fit(std::span(x).first(rows * space->feature_count()), std::span(measured).first(rows), Stream(1, "fit"));
    EXPECT_TRUE(fitted) << fitted.failure().message;
    return rmse_over_mean(predictions(*predictor, asked, 300), truth);
  };
  const double all = error("kernel", 200), few = error("kernel", 40);
  std::printf("kernel from 200 networks %.3f %%, from 40 %.3f %%; roofline %.3f %%, ridge from 40 %.3f %%\n", 100 * all,
              100 * few, 100 * error("roofline", 200), 100 * error("ridge", 40));
  EXPECT_LT(all, 0.01);
  EXPECT_LT(few, error("roofline", 200));
  EXPECT_LT(few, error("ridge", 40));
}

TEST(KernelPredictor, OfLayersAloneFindsTheSumsAndTheLine) {
  const auto space = space_named("tiny_mobilenet");
  auto layers = std::make_shared<LayerProfile>();
  const auto units = units_of_space(*space);
  for (const LayerUnit& unit : *units) layers->rows.push_back({unit.key, odd_seconds(unit.network)});
  const auto seen = networks_of(*space, 20, 1), unseen = networks_of(*space, 300, 2);
  std::vector<double> measured, truth;
  for (const Arch& arch : seen) measured.push_back(0.8 * odd_seconds(space->network(arch)) + 1e-4);
  for (const Arch& arch : unseen) truth.push_back(0.8 * odd_seconds(space->network(arch)) + 1e-4);
  auto predictor = make_over("kernel", space, nlohmann::json::object(), layers);
  ASSERT_TRUE(predictor->fit(features_of(*space, seen), measured, Stream(1, "fit")));
  const double error = rmse_over_mean(predictions(*predictor, features_of(*space, unseen), 300), truth);
  std::printf("%s; %.3f %% of unseen ones\n", predictor->summary().c_str(), 100 * error);
  EXPECT_LT(error, 0.01);
  // Too few of them have a value.
  layers->rows.resize(9);
  auto few = make_over("kernel", space, nlohmann::json::object(), layers);
  const auto fitted = few->fit(features_of(*space, seen), measured, Stream(1, "fit"));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "kernel needs at least 10 layers that were measured alone, there are 9");
}

TEST(KernelPredictor, ATypeThatWasNeverMeasuredTakesWhatTheRooflineSays) {
  const auto space = space_named("nasbench201");
  const SimArgs device{2e9, 1e9, 2e-6, 4, 1};
  const Timed train(*space, device, 100, 1), asked(*space, device, 50, 2);
  auto predictor = make_over("kernel", space, {{"trees", 20}});
  ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
  // Every network has pools in its shortcuts: what is saved forgets them.
  auto state = *predictor->state();
  auto& types = state.facts.at("types");
  types.erase(std::find(types.begin(), types.end(), "avg_pool"));
  auto forgetful = make_over("kernel", space, {{"trees", 20}});
  ASSERT_TRUE(forgetful->restore(state));
  const auto said = predictions(*forgetful, asked.x, 50);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_NEAR(said[i] / asked.y[i], 1, 0.01) << i;
  EXPECT_NE(forgetful->summary(), predictor->summary());
}

}  // namespace
}  // namespace nas::testing
