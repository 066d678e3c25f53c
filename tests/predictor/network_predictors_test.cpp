// Predictors that look at the networks themselves: what they find against closed forms and brute force, and what each of them
// promises.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "backends/eigen/roofline_rates.h"
#include "core/statistics.h"
#include "network_fixture.h"

namespace nas::testing {
namespace {

double fact(const Predictor& predictor, const char* name) {
  return predictor.state()->facts.at(name).get<double>();
}

TEST(GenomesOf, ReadsFeaturesBack) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3", "fbnet"}) {
    const auto space = space_named(name);
    std::vector<std::uint8_t> genomes;
    const auto networks = networks_of(*space, 50, 3);
    for (const Arch& arch : networks) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    EXPECT_EQ(genomes_of(*space, features_of(*space, networks), 50), genomes) << name;
  }
}

// The rates of a simulated device come back from its own values, whichever of them bounds the layers.
TEST(Roofline, FindsTheRatesOfASimulatedDevice) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3", "mobilenet_v2", "vit"})
    for (const double peak : {1e9, 2e10, 1e11})
      for (const double launch : {0.0, 5e-6}) {
        const auto space = space_named(name);
        const SimArgs device{peak, 1e10, launch, 4, 1};
        const Timed train(*space, device, 60, 1), unseen(*space, device, 100, 2);
        auto predictor = make_over("roofline", space);
        const auto fitted = predictor->fit(train.x, train.y, Stream(1, "fit"));
        ASSERT_TRUE(fitted) << name << fitted.failure().message;
        EXPECT_NEAR(fact(*predictor, "bandwidth") / 1e10, 1, 1e-9) << name << " " << peak;
        EXPECT_NEAR(fact(*predictor, "launch"), launch, 1e-13) << name << " " << peak;
        // No layer of a small network reaches the highest peak: then the peak is at most the true one.
        if (predictor->summary().find("peak at least") == std::string::npos) {
          EXPECT_NEAR(fact(*predictor, "peak") / peak, 1, 1e-9) << name << " " << peak;
        } else {
          EXPECT_LE(fact(*predictor, "peak"), peak * (1 + 1e-9)) << name;
          for (const Arch& arch : networks_of(*space, 60, 1))
            for (const LayerTime& layer : roofline(space->network(arch), device)) EXPECT_NE(layer.bound, "compute") << name;
        }
        const auto said = predictions(*predictor, unseen.x, 100);
        if (predictor->summary().find("at least") != std::string::npos) continue;
        for (std::size_t i = 0; i < 100; ++i) EXPECT_NEAR(said[i] / unseen.y[i], 1, 1e-9) << name << " " << peak;
      }
}

TEST(Roofline, CountsWordsAndImagesAsTheDeviceDoes) {
  const auto space = space_named("tiny_mobilenet");
  const SimArgs device{3e9, 2e9, 1e-6, 1, 8};
  const Timed train(*space, device, 40, 1);
  auto predictor = make_over("roofline", space, {{"word", 1}, {"batch", 8}});
  ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
  EXPECT_NEAR(fact(*predictor, "peak") / 3e9, 1, 1e-9);
  EXPECT_NEAR(fact(*predictor, "bandwidth") / 2e9, 1, 1e-9);
  // Taken for single images of words of four bytes, other rates are found.
  auto other = make_over("roofline", space);
  ASSERT_TRUE(other->fit(train.x, train.y, Stream(1, "fit")));
  EXPECT_GT(std::fabs(fact(*other, "bandwidth") / 2e9 - 1), 0.5);
}

double squares_of(const std::vector<std::vector<LayerWork>>& networks, const std::vector<double>& seconds, double a, double b,
                  double c) {
  double squares = 0;
  for (std::size_t i = 0; i < networks.size(); ++i) {
    double sum = -seconds[i];
    for (const LayerWork& layer : networks[i]) sum += std::max(a * layer.macs, b * layer.bytes) + c;
    squares += sum * sum;
  }
  return squares;
}

// Values that no roofline gives: nothing that is tried, at random and near what was found, comes closer.
TEST(Roofline, NoOtherRatesAreNearerThanThoseThatAreFound) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Stream stream(seed, "roofline");
    std::vector<std::vector<LayerWork>> networks(3 + stream.below(8));
    std::vector<double> seconds;
    for (auto& network : networks) {
      network.resize(1 + stream.below(4));
      for (LayerWork& layer : network) layer = {static_cast<double>(stream.below(20)), 1 + static_cast<double>(stream.below(20))};
      seconds.push_back(stream.uniform() * 40);
    }
    const RooflineRates found = fit_roofline(networks, seconds);
    EXPECT_GE(std::min({found.per_mac, found.per_byte, found.per_layer}), 0);
    const double least = squares_of(networks, seconds, found.per_mac, found.per_byte, found.per_layer);
    for (int i = 0; i < 20000; ++i) {
      double rates[3] = {found.per_mac, found.per_byte, found.per_layer};
      const double reach = i % 2 == 0 ? 3 : std::pow(10.0, -6 * stream.uniform());
      for (double& rate : rates)
        rate = i % 2 == 0 ? reach * stream.uniform() * stream.below(2) : std::max(0.0, rate + reach * (stream.uniform() - 0.5));
      EXPECT_GE(squares_of(networks, seconds, rates[0], rates[1], rates[2]), least * (1 - 1e-9) - 1e-12)
          << seed << ": " << rates[0] << " " << rates[1] << " " << rates[2];
    }
  }
}

TEST(Roofline, OfNetworksThatGrowFasterTheLargerAreNoRoofline) {
  const auto space = space_named("tiny_mobilenet");
  Timed train(*space, {1e9, 1e9, 0, 4, 1}, 40, 1);
  for (double& y : train.y) y = 1e-6 / y;
  auto predictor = make_over("roofline", space);
  const auto fitted = predictor->fit(train.x, train.y, Stream(1, "fit"));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "the values do not grow with the operations or the bytes of the networks");
}

TEST(LutPredictor, IsTheSumOfTheLayersOfAProfileAndTheLineThroughTheNetworks) {
  const auto space = space_named("tiny_mobilenet");
  const SimArgs device{2e9, 1e9, 3e-6, 4, 1};
  const Timed unseen(*space, device, 50, 2);
  // Whole networks take 0.8 times their layers and a quarter of a millisecond.
  Timed train(*space, device, 20, 1);
  for (double& y : train.y) y = 0.8 * y + 250e-6;
  for (const bool corrected : {true, false}) {
    auto predictor = make_over("lut", space, {{"corrected", corrected}}, layers_alone(*space, device));
    ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
    const auto said = predictions(*predictor, unseen.x, 50);
    for (std::size_t i = 0; i < 50; ++i) EXPECT_NEAR(said[i], corrected ? 0.8 * unseen.y[i] + 250e-6 : unseen.y[i], 1e-12) << i;
  }
  // Two networks give no line, and none give none either.
  for (const std::size_t rows : {2, 0}) {
    auto predictor = make_over("lut", space, nlohmann::json::object(), layers_alone(*space, device));
    ASSERT_TRUE(predictor->fit(std::span(train.x).first(rows * space->feature_count()), std::span(train.y).first(rows),
                               Stream(1, "fit")));
    const auto said = predictions(*predictor, unseen.x, 50);
    for (std::size_t i = 0; i < 50; ++i) EXPECT_NEAR(said[i], unseen.y[i], 1e-12) << i;
    EXPECT_EQ(predictor->summary().ends_with("2 networks are too few for a correction"), rows == 2) << predictor->summary();
  }
}

TEST(LutPredictor, NamesALayerThatTheProfileDoesNotHave) {
  const auto space = space_named("tiny_mobilenet");
  auto layers = layers_alone(*space, {1e9, 1e9, 0, 4, 1});
  layers->rows.erase(layers->rows.begin());
  auto predictor = make_over("lut", space, nlohmann::json::object(), layers);
  const auto fitted = predictor->fit({}, {}, Stream(1, "fit"));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message,
            "the profile has no row for the layer conv 1x28x28>16x14x14 k3 s2 p1; batch_norm; activation relu (stem.conv.conv)");
  // And a profile without layers, or a saved one of another space.
  EXPECT_EQ(make_over("lut", space)->fit({}, {}, Stream(1, "fit")).failure().message, "it holds no single layers");
  const auto other = space_named("fbnet");
  auto saved = make_over("lut", space, nlohmann::json::object(), layers_alone(*space, {1e9, 1e9, 0, 4, 1}));
  ASSERT_TRUE(saved->fit({}, {}, Stream(1, "fit")));
  const auto read = make_over("lut", other)->restore(*saved->state());
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.failure().message.starts_with("the profile has no row for the layer ")) << read.failure().message;
}

/// What every one of them promises, on a simulated device.
class EveryNetworkPredictor : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    predictor_ = make();
    const auto fitted = predictor_->fit(train_.x, train_.y, Stream(1, "fit"));
    ASSERT_TRUE(fitted) << fitted.failure().message;
  }
  /// "kernel_alone": from layers that were measured alone, as "lut".
  std::shared_ptr<Predictor> make() const {
    if (GetParam() == "lut") return make_over("lut", space_, nlohmann::json::object(), layers_);
    if (GetParam() == "kernel_alone") return make_over("kernel", space_, {{"trees", 20}}, layers_);
    if (GetParam() == "kernel") return make_over("kernel", space_, {{"trees", 20}});
    return make_over(GetParam(), space_);
  }
  static bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
  }
  std::shared_ptr<const Space> space_ = space_named("tiny_mobilenet");
  SimArgs device_{2e9, 1e9, 3e-6, 4, 1};
  std::shared_ptr<LayerProfile> layers_ = layers_alone(*space_, device_);
  Timed train_{*space_, device_, 60, 1}, asked_{*space_, device_, 37, 2};
  std::shared_ptr<Predictor> predictor_;
};

TEST_P(EveryNetworkPredictor, ABatchPredictsWhatEachNetworkAlonePredicts) {
  const auto batch = predictions(*predictor_, asked_.x, 37);
  const std::size_t d = space_->feature_count();
  for (std::size_t i = 0; i < 37; ++i) {
    double alone = 0;
    predictor_->predict(std::span(asked_.x).subspan(i * d, d), 1, {&alone, 1});
    EXPECT_EQ(alone, batch[i]) << i;
  }
}

TEST_P(EveryNetworkPredictor, LearnsTheSameBytesFromTheSameStreamAndForgetsWhatItKnew) {
  auto again = make();
  ASSERT_TRUE(again->fit(asked_.x, asked_.y, Stream(2, "other")));
  ASSERT_TRUE(again->fit(train_.x, train_.y, Stream(1, "fit")));
  EXPECT_TRUE(same_bits(predictions(*predictor_, asked_.x, 37), predictions(*again, asked_.x, 37)));
  EXPECT_EQ(predictor_->summary(), again->summary());
}

TEST_P(EveryNetworkPredictor, PredictsTheSameAfterARoundTrip) {
  const auto state = predictor_->state();
  ASSERT_TRUE(state) << state.failure().message;
  auto restored = make();
  const auto done = restored->restore({nlohmann::json::parse(state->facts.dump()), state->arrays});
  ASSERT_TRUE(done) << done.failure().message;
  EXPECT_TRUE(same_bits(predictions(*restored, asked_.x, 37), predictions(*predictor_, asked_.x, 37)));
  EXPECT_EQ(restored->summary(), predictor_->summary());
  ASSERT_FALSE(state->arrays.empty());
  for (std::size_t i = 0; i < state->arrays.size(); ++i) {
    PredictorState damaged = *state;
    damaged.arrays.erase(damaged.arrays.begin() + static_cast<std::ptrdiff_t>(i));
    const auto read = make()->restore(damaged);
    ASSERT_FALSE(read) << state->arrays[i].first;
    EXPECT_NE(read.failure().message, "");
  }
}

TEST_P(EveryNetworkPredictor, UnitsDoNotMatter) {
  Timed scaled = train_;
  for (double& y : scaled.y) y *= 0x1p-10;
  auto other = make();
  ASSERT_TRUE(other->fit(scaled.x, scaled.y, Stream(1, "fit")));
  const auto a = predictions(*predictor_, asked_.x, 37), b = predictions(*other, asked_.x, 37);
  for (std::size_t i = 0; i < 37; ++i) EXPECT_NEAR(b[i] * 0x1p10 / a[i], 1, 1e-6) << i;
}

TEST_P(EveryNetworkPredictor, SaysWhatItCannotLearnFrom) {
  const auto refused = [&](auto change, std::size_t n = 60) {
    Timed rows = train_;
    change(rows.y);
    rows.y.resize(n);
    rows.x.resize(n * space_->feature_count());
    const auto fitted = make()->fit(rows.x, rows.y, Stream(1, "fit"));
    return fitted ? std::string() : fitted.failure().message;
  };
  EXPECT_EQ(refused([](auto& y) { y[6] = std::nan(""); }), "row 7 of the measurements is not a finite number");
  EXPECT_EQ(refused([](auto& y) { y[6] = std::numeric_limits<double>::infinity(); }),
            "row 7 of the measurements is not a finite number");
  EXPECT_EQ(refused([](auto& y) { y[2] = 0; }), "row 3 of the measurements is not above zero");
  EXPECT_EQ(refused([](auto& y) { y[2] = -1e-3; }), "row 3 of the measurements is not above zero");
  const std::size_t needed = predictor_->rows_needed();
  if (needed == 0) {  // layers that were measured alone are enough
    EXPECT_EQ(refused([](auto& y) { std::fill(y.begin(), y.end(), 1e-3); }), "");
    EXPECT_EQ(refused([](auto&) {}, 0), "");
    return;
  }
  EXPECT_EQ(refused([](auto& y) { std::fill(y.begin(), y.end(), 1e-3); }),
            "all 60 measurements are equal, and " + GetParam() + " tells layers apart by what they take");
  EXPECT_EQ(refused([](auto&) {}, needed - 1), GetParam() + " needs at least " + std::to_string(needed) +
                                                   " measured networks, there are " + std::to_string(needed - 1));
  EXPECT_EQ(refused([](auto&) {}, needed), "");
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryNetworkPredictor, ::testing::Values("roofline", "lut", "kernel", "kernel_alone"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace nas::testing
