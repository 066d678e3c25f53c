// Transfers: against solutions by hand, against what they are made of, and what they refuse.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <set>

#include "../space/space_fixture.h"
#include "backends/eigen/product_ridge.h"
#include "core/files.h"
#include "core/learnt.h"
#include "core/statistics.h"
#include "learning.h"
#include "run/encoded_predictor.h"

namespace nas::testing {
namespace {

struct OneFile : NoServices {
  std::string text;
  Result<std::string> read_file(const std::string&) override { return text; }
};

std::shared_ptr<Transfer> make_transfer(const std::string& name, const nlohmann::json& arguments = nlohmann::json::object(),
                                        const std::string& file = "") {
  static OneFile services;
  services.text = file;
  static const Registry* registry = [] {
    auto* all = new Registry;
    add_predictors(*all);
    add_transfers(*all);
    return all;
  }();
  const Component* component = registry->find(ComponentKind::transfer, name);
  auto built = component->build(arguments, services);
  EXPECT_TRUE(built);
  return std::static_pointer_cast<Transfer>(*built);
}

/// Networks of a space, and what they take on devices whose options cost what a mixture of two bases says.
class Transfers : public ::testing::Test {
 protected:
  void SetUp() override {
    made_ = compile_stdlib("tiny_mobilenet");
    ASSERT_TRUE(made_->space) << made_->errors();
    space_ = std::shared_ptr<const Space>(std::shared_ptr<const void>(), &*made_->space);
    Stream stream(5, "networks");
    std::set<Arch> seen;
    while (networks_.size() < 400) {
      const auto arch = space_->sample(stream);
      if (seen.insert(*arch).second) networks_.push_back(*arch);
    }
    features_ = features_of(*space_, networks_);
  }
  /// first * (one basis) + second * (another) + bent * (their product), and a constant.
  std::vector<double> times(double first, double second, double bent = 0, double constant = 2) const {
    const std::size_t d = space_->feature_count();
    std::vector<double> out;
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      double a = 0, b = 0;
      for (std::size_t j = 0; j < d; ++j) {
        a += static_cast<double>(features_[i * d + j]) * std::sqrt(static_cast<double>(j + 1));
        b += static_cast<double>(features_[i * d + j]) * static_cast<double>((7 * j) % 5);
      }
      out.push_back(1e-3 * (constant + first * a + second * b + bent * a * b));
    }
    return out;
  }
  DeviceRows rows(const std::string& device, const std::vector<double>& values, std::size_t begin, std::size_t count) const {
    const auto at = static_cast<std::ptrdiff_t>(begin), end = static_cast<std::ptrdiff_t>(begin + count);
    return {device, {networks_.begin() + at, networks_.begin() + end}, {values.begin() + at, values.begin() + end}};
  }
  Learnt learnt(const std::string& kind, const nlohmann::json& arguments, const DeviceRows& from) const {
    Learnt out;
    out.space = space_;
    out.make = [kind, arguments] { return make_predictor(kind, arguments); };
    auto predictor = out.make();
    EXPECT_TRUE(predictor->fit(features_of(*space_, from.networks), from.values, Stream(1, "proxy")));
    out.predictor = predictor;
    out.summary = predictor->summary();
    return out;
  }
  std::vector<double> of(const Predictor& predictor) const {
    return testing::predictions(predictor, features_, networks_.size());
  }

  std::unique_ptr<CompiledSpace> made_;
  std::shared_ptr<const Space> space_;
  std::vector<Arch> networks_;
  std::vector<float> features_;
};

}  // namespace

// Every product of a network's and a device's feature as a column of its own, solved at once.
TEST(ProductRidge, IsRidgeOnAllProducts) {
  const Eigen::Index n = 23, p = 4, m = 5, q = 3;
  Stream stream(2, "product");
  Eigen::MatrixXd a(n, p), h(m, q), z(n, m);
  for (auto* matrix : {&a, &h, &z})
    for (Eigen::Index i = 0; i < matrix->rows(); ++i)
      for (Eigen::Index j = 0; j < matrix->cols(); ++j) (*matrix)(i, j) = stream.normal();
  const auto flat = [](const Eigen::MatrixXd& x) {
    std::vector<double> out;
    for (Eigen::Index i = 0; i < x.rows(); ++i)
      for (Eigen::Index j = 0; j < x.cols(); ++j) out.push_back(x(i, j));
    return out;
  };
  const auto by_hand = [&](const std::vector<Eigen::Index>& devices, double alpha, const Eigen::VectorXd& device) {
    Eigen::MatrixXd columns(n * static_cast<Eigen::Index>(devices.size()), p * q);
    Eigen::VectorXd y(columns.rows());
    Eigen::Index row = 0;
    for (const Eigen::Index k : devices)
      for (Eigen::Index i = 0; i < n; ++i, ++row) {
        for (Eigen::Index u = 0; u < p; ++u)
          for (Eigen::Index v = 0; v < q; ++v) columns(row, u * q + v) = a(i, u) * h(k, v);
        y(row) = z(i, k);
      }
    Eigen::MatrixXd gram = columns.transpose() * columns;
    gram.diagonal().array() += alpha;
    const Eigen::VectorXd w = gram.llt().solve(columns.transpose() * y);
    Eigen::VectorXd out(p);
    for (Eigen::Index u = 0; u < p; ++u) out(u) = w.segment(u * q, q).dot(device);
    return out;
  };
  const ProductRidge ridge(flat(a), p, flat(h), q, flat(z));
  const Eigen::VectorXd unseen = Eigen::Vector3d(0.3, -1, 2);
  for (const double alpha : {1e-3, 0.5, 20.0}) {
    const auto got = ridge.weights(alpha, std::span<const double>(unseen.data(), 3));
    const Eigen::VectorXd expected = by_hand({0, 1, 2, 3, 4}, alpha, unseen);
    for (Eigen::Index u = 0; u < p; ++u) EXPECT_NEAR(got[static_cast<std::size_t>(u)], expected(u), 1e-9);
    double squares = 0;
    for (Eigen::Index k = 0; k < m; ++k) {
      std::vector<Eigen::Index> others;
      for (Eigen::Index j = 0; j < m; ++j)
        if (j != k) others.push_back(j);
      squares += (a * by_hand(others, alpha, h.row(k).transpose()) - z.col(k)).squaredNorm();
    }
    EXPECT_NEAR(ridge.error_without_each(alpha), squares / (n * m), 1e-9);
  }
}

// Devices that are mixtures of two bases span what any third mixture is: a few reference networks tell which.
TEST_F(Transfers, HardwareFeaturesFindAMixtureOfKnownDevices) {
  TransferTask task{nullptr, space_, {}, {}};
  int index = 0;
  for (const auto& [first, second] : {std::pair{1.0, 0.2}, {0.3, 1.0}, {2.0, 2.0}, {0.1, 3.0}, {4.0, 0.5}, {1.0, 1.5}})
    task.others.push_back(rows(fmt::format("device{}", index++), times(first, second), 0, 300));
  const auto truth = times(0.7, 5.0);
  task.probe = rows("new", truth, 0, 12);
  const auto made = make_transfer("hardware_features")->adapt(task, Stream(1, "adapt"));
  ASSERT_TRUE(made) << made.failure().message;
  ASSERT_TRUE((*made)->linear_form());
  EXPECT_GT(spearman(of(**made), truth), 0.995);
  EXPECT_LT(rmse_over_mean(of(**made), truth), 0.02);
  EXPECT_TRUE((*made)->summary().starts_with("hardware_features, 6 devices x 300 networks, 12 reference networks, alpha "))
      << (*made)->summary();
  // Twelve networks alone tell far less.
  auto alone = make_predictor("ridge");
  ASSERT_TRUE(alone->fit(features_of(*space_, task.probe.networks), task.probe.values, Stream(1, "alone")));
  EXPECT_LT(spearman(of(*alone), truth), 0.95);
  // The unit of the new device does not matter, and neither does the order of the devices.
  auto seconds = task;
  for (double& v : seconds.probe.values) v *= 1024;
  std::swap(seconds.others[0], seconds.others[4]);
  const auto scaled = make_transfer("hardware_features")->adapt(seconds, Stream(1, "adapt"));
  for (std::size_t i = 0; i < 400; i += 37) EXPECT_NEAR(of(**scaled)[i] / 1024, of(**made)[i], 1e-9);
}

TEST_F(Transfers, HardwareFeaturesSideBySideWithADescription) {
  TransferTask task{nullptr, space_, {}, {}};
  std::string description = "device,first,second\nnew,2,1\n";
  int index = 0;
  for (const auto& [first, second] : {std::pair{1.0, 0.2}, {0.3, 1.0}, {2.0, 2.0}, {3.0, 0.5}}) {
    description += fmt::format("device{},{},{}\n", index, first, second);
    task.others.push_back(rows(fmt::format("device{}", index++), times(first, second), 0, 100));
  }
  const auto truth = times(2.0, 1.0);
  task.probe = rows("new", truth, 50, 8);
  for (const char* form : {"product", "concatenated"}) {
    const nlohmann::json arguments = {{"form", form}, {"predictor", "ridge"}, {"description", "d.csv"}};
    const auto made = make_transfer("hardware_features", arguments, description)->adapt(task, Stream(1, "adapt"));
    ASSERT_TRUE(made) << made.failure().message;
    EXPECT_GT(spearman(of(**made), truth), 0.8) << form;
    // One row as in a batch.
    const auto batch = of(**made);
    double one = 0;
    (*made)->predict(std::span(features_).subspan(7 * space_->feature_count(), space_->feature_count()), 1, {&one, 1});
    EXPECT_EQ(one, batch[7]);
  }
  task.others[1].device = "unknown";
  const auto refused =
      make_transfer("hardware_features", {{"description", "d.csv"}}, description)->adapt(task, Stream(1, "adapt"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().message, "the description has no row for unknown");
}

TEST_F(Transfers, HardwareFeaturesRefuseWhatTheyCannotLearnFrom) {
  const auto why = [&](const TransferTask& task) {
    const auto made = make_transfer("hardware_features")->adapt(task, Stream(1, "adapt"));
    return made ? "nothing" : made.failure().message + "; " + made.failure().hint;
  };
  TransferTask task{nullptr, space_, rows("new", times(1, 1), 0, 10), {}};
  for (int k = 0; k < 2; ++k) task.others.push_back(rows("some", times(k + 1, 1), 0, 50));
  EXPECT_EQ(why(task), "hardware_features learns from at least 3 devices, there are 2; name profiles of more devices");
  task.others.push_back(rows("third", times(3, 1), 0, 50));
  auto apart = task;
  apart.probe = rows("new", times(1, 1), 49, 10);
  EXPECT_EQ(why(apart),
            "hardware_features needs at least 3 networks that the probe and all profiles hold, there are 1; measure the same "
            "ones: profile probe = ... { like = PROFILE }");
  std::fill(task.probe.values.begin(), task.probe.values.end(), 0.5);
  EXPECT_EQ(why(task), "the 10 networks that tell what a device is like all take the same on new; probe more networks");
}

TEST_F(Transfers, FromScratchIsThePredictorOnTheProbeAlone) {
  const auto target = times(1, 3, 0.1);
  for (const char* kind : {"ridge", "gbdt", "mlp"}) {
    const Learnt proxy = learnt(kind, nlohmann::json::object(), rows("first", times(1, 1), 0, 200));
    const DeviceRows probe = rows("second", target, 200, 60);
    const auto made = make_transfer("from_scratch")->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
    ASSERT_TRUE(made);
    auto alone = make_predictor(kind);
    ASSERT_TRUE(alone->fit(features_of(*space_, probe.networks), probe.values, Stream(4, "adapt")));
    EXPECT_TRUE(same_bits(of(**made), of(*alone))) << kind;
  }
}

TEST_F(Transfers, ResidualIsALineAndAGaussianProcessOfWhatItLeaves) {
  const Learnt proxy = learnt("ridge", nlohmann::json::object(), rows("first", times(1, 1), 0, 200));
  const auto target = times(1.5, 3, 0.02);
  const DeviceRows probe = rows("second", target, 200, 60);
  const auto x = features_of(*space_, probe.networks);
  for (const bool line : {false, true}) {
    const nlohmann::json arguments = {{"line", line}, {"length", 2.0}, {"noise", 0.01}};
    const auto made = make_transfer("residual", arguments)->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
    ASSERT_TRUE(made) << made.failure().message;
    // By hand: least squares of two columns, then the process of what it leaves.
    std::vector<double> said(60), left(60);
    proxy.predictor->predict(x, 60, said);
    double factor = 1, shift = 0;
    if (line) {
      Eigen::MatrixXd columns(60, 2);
      for (Eigen::Index i = 0; i < 60; ++i) columns.row(i) << said[static_cast<std::size_t>(i)], 1e-3;
      const Eigen::Vector2d solved =
          columns.colPivHouseholderQr().solve(Eigen::Map<const Eigen::VectorXd>(probe.values.data(), 60));
      factor = solved(0);
      shift = 1e-3 * solved(1);
    }
    for (std::size_t i = 0; i < 60; ++i) left[i] = probe.values[i] - factor * said[i] - shift;
    auto process = make_predictor("gp", {{"length", 2.0}, {"noise", 0.01}});
    ASSERT_TRUE(process->fit(x, left, Stream(4, "adapt")));
    std::vector<double> correction(400), deviation(400), got(400), got_deviation(400);
    ASSERT_TRUE(process->predict_with_deviation(features_, 400, correction, deviation));
    ASSERT_TRUE((*made)->predict_with_deviation(features_, 400, got, got_deviation));
    const auto proxy_said = of(*proxy.predictor);
    for (std::size_t i = 0; i < 400; ++i) {
      EXPECT_NEAR(got[i], factor * proxy_said[i] + shift + correction[i], 1e-9);
      EXPECT_NEAR(got_deviation[i], deviation[i], 1e-9);
    }
    EXPECT_TRUE(same_bits(of(**made), got));
  }
  // The shape chosen by likelihood: better than the line alone.
  const auto chosen = make_transfer("residual")->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
  const auto scaled = make_transfer("scale")->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
  ASSERT_TRUE(chosen);
  ASSERT_TRUE(scaled);
  EXPECT_LT(rmse(of(**chosen), target), rmse(of(**scaled), target));
  // Of any predictor, and nothing is left to correct where the line is exact.
  const Learnt trees = learnt("gbdt", nlohmann::json::object(), rows("first", times(1, 1), 0, 200));
  EXPECT_TRUE(make_transfer("residual")->adapt({&trees, space_, probe, {}}, Stream(4, "adapt")));
}

// Whatever the proxy is: read back, every prediction and every deviation has the same bits, and no array can be spared.
TEST_F(Transfers, AreReadBackToTheLastBit) {
  const auto target = times(1.5, 3, 0.02);
  const DeviceRows base = rows("first", times(1, 1, 0.05), 0, 200), probe = rows("second", target, 200, 60);
  const nlohmann::json none = nlohmann::json::object();
  std::vector<DeviceRows> others;
  for (int k = 0; k < 3; ++k) others.push_back(rows(fmt::format("device{}", k), times(k + 1, 2 - k), 150, 110));
  struct Case {
    std::string transfer, kind;
    nlohmann::json arguments;
  };
  int sums = 0;
  for (const Case& one :
       {Case{"residual", "ridge", none}, Case{"residual", "gbdt", {{"line", false}}},
        Case{"residual", "mlp", {{"length", 2.0}, {"noise", 0.1}}}, Case{"residual", "gp", none}, Case{"scale", "mlp", none},
        Case{"scale", "ridge", none}, Case{"hardware_features", "", {{"form", "concatenated"}, {"predictor", "gbdt"}}},
        Case{"hardware_features", "", {{"form", "concatenated"}, {"predictor", "ridge"}}}}) {
    SCOPED_TRACE(one.transfer + " of " + one.kind + one.arguments.dump());
    const auto proxy = one.kind.empty() ? nullptr : std::make_unique<Learnt>(learnt(one.kind, none, base));
    const auto transfer = make_transfer(one.transfer, one.arguments);
    const auto made = transfer->adapt({proxy.get(), space_, probe, others}, Stream(4, "adapt"));
    ASSERT_TRUE(made) << made.failure().message;
    const auto state = (*made)->state();
    if (one.transfer == "scale" && one.kind == "ridge") {  // a sum: saved as one
      EXPECT_EQ(state.failure().message, "it is a sum, and is saved as one");
      ++sums;
      continue;
    }
    ASSERT_TRUE(state) << state.failure().message;
    const MakePredictor make = proxy ? proxy->make : nullptr;
    const auto restored = transfer->unlearnt(make);
    const auto read = restored->restore({nlohmann::json::parse(state->facts.dump()), state->arrays});
    ASSERT_TRUE(read) << read.failure().message;
    EXPECT_TRUE(same_bits(of(*restored), of(**made)));
    EXPECT_EQ(restored->summary(), (*made)->summary());
    EXPECT_EQ(restored->state()->arrays, state->arrays);
    std::vector<double> value(400), deviation(400), value_again(400), deviation_again(400);
    const bool tells = (*made)->predict_with_deviation(features_, 400, value, deviation);
    EXPECT_EQ(tells, one.transfer == "residual");
    EXPECT_EQ(restored->predict_with_deviation(features_, 400, value_again, deviation_again), tells);
    EXPECT_TRUE(same_bits(value, value_again));
    EXPECT_TRUE(same_bits(deviation, deviation_again));
    for (std::size_t i = 0; i < state->arrays.size(); ++i) {
      PredictorState damaged = *state;
      damaged.arrays.erase(damaged.arrays.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(transfer->unlearnt(make)->restore(damaged)) << state->arrays[i].first;
    }
  }
  EXPECT_EQ(sums, 1);
  // What has no state cannot be a part of one.
  class Silent : public Predictor {
    Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
    void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
      for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(features[i * (features.size() / n)]);
    }
    std::string summary() const override { return "silent"; }
  };
  Learnt silent;
  silent.space = space_;
  silent.predictor = std::make_shared<Silent>();
  for (const char* name : {"residual", "scale"}) {
    const auto made = make_transfer(name)->adapt({&silent, space_, probe, {}}, Stream(4, "adapt"));
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)->state().failure().message, "this predictor cannot be saved");
  }
  for (const char* name : {"reuse", "oneproxy", "finetune", "from_scratch", "hardware_features"})
    EXPECT_FALSE(make_transfer(name)->unlearnt(nullptr)) << name;
}

// A proxy that is sure of its own device knows nothing of how far the other lies from a line: the probe does.
TEST_F(Transfers, TheIntervalOfAScaledProxyIsNoNarrowerThanTheProbe) {
  const auto target = times(1.5, 3, 0.3);
  const DeviceRows base = rows("first", times(1, 1, 0.001), 0, 200), probe = rows("second", target, 200, 60);
  const Learnt proxy = learnt("gp", nlohmann::json::object(), base);
  const auto made = make_transfer("scale")->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
  ASSERT_TRUE(made);
  std::vector<double> said(400), deviation(400);
  ASSERT_TRUE((*made)->predict_with_deviation(features_, 400, said, deviation));
  const double left = *std::min_element(deviation.begin(), deviation.end());
  double squares = 0;
  for (std::size_t i = 200; i < 260; ++i) squares += std::pow(said[i] - target[i], 2);
  EXPECT_NEAR(left, std::sqrt(squares / 58), 1e-9 * left);
  std::size_t inside = 0;  // of networks that neither has seen
  for (std::size_t i = 260; i < 400; ++i) inside += std::fabs(said[i] - target[i]) <= 1.96 * deviation[i];
  EXPECT_GE(inside, 120u);
  // Two networks lie on every line: nothing tells how wide it is.
  const auto narrow = make_transfer("scale")->adapt({&proxy, space_, rows("second", target, 200, 2), {}}, Stream(4, "adapt"));
  ASSERT_TRUE(narrow);
  EXPECT_FALSE((*narrow)->predict_with_deviation(features_, 400, said, deviation));
}

TEST_F(Transfers, FineTuningLeavesTheProxyAndGoesThroughAnEncoding) {
  const auto target = times(1, 1, 0.05);
  const DeviceRows base = rows("first", times(1, 1, 0.02), 0, 250), probe = rows("second", target, 250, 40);
  const Learnt proxy = learnt("mlp", {{"epochs", 60}}, base);
  const auto before = of(*proxy.predictor);
  const auto made = make_transfer("finetune")->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
  ASSERT_TRUE(made) << made.failure().message;
  EXPECT_TRUE(same_bits(of(*proxy.predictor), before));
  EXPECT_NE((*made)->summary().find("fine-tuned on 40 networks, stopped after epoch "), std::string::npos) << (*made)->summary();
  auto alone = proxy.make();
  ASSERT_TRUE(alone->fit(features_of(*space_, probe.networks), probe.values, Stream(4, "adapt")));
  EXPECT_LT(rmse(of(**made), target), rmse(of(*alone), target));
  // Saved, and read back.
  const auto state = (*made)->state();
  ASSERT_TRUE(state);
  auto restored = proxy.make();
  ASSERT_TRUE(restored->restore(*state));
  EXPECT_TRUE(same_bits(of(*restored), of(**made)));
  EXPECT_EQ(restored->summary(), (*made)->summary());
  // A rate that does only harm on the rows held out: the proxy's weights stay, with the new mean and deviation.
  const auto harmed =
      make_transfer("finetune", {{"rate", 10.0}, {"patience", 3}})->adapt({&proxy, space_, probe, {}}, Stream(4, "adapt"));
  EXPECT_NE((*harmed)->summary().find("stopped after epoch 0"), std::string::npos) << (*harmed)->summary();
  EXPECT_NEAR(spearman(of(**harmed), before), 1, 1e-9);
  // What cannot go on learning says so.
  const Learnt sum = learnt("ridge", nlohmann::json::object(), base);
  const auto refused = make_transfer("finetune")->adapt({&sum, space_, probe, {}}, Stream(4, "adapt"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().message, "it cannot go on learning from what it knows");
  EXPECT_EQ(refused.failure().hint, "mlp and lpm can");

  const auto ofa = compile_stdlib("ofa_mobilenetv3");
  const std::shared_ptr<const Space> space(std::shared_ptr<const void>(), &*ofa->space);
  Stream stream(1, "ofa");
  std::vector<Arch> some;
  std::vector<double> values;
  for (int i = 0; i < 60; ++i) {
    some.push_back(*space->sample(stream));
    values.push_back(static_cast<double>(space->macs(some.back().genes)));
  }
  const auto encoding = *space->find_encoding("ofa_128");
  const auto x = features_of(*space, some);
  auto outer = encoded(make_predictor("mlp", {{"epochs", 20}}), space, encoding);
  ASSERT_TRUE(outer->fit(x, values, Stream(1, "fit")));
  const auto tuned = outer->fine_tuned(x, values, {}, Stream(2, "tune"));
  ASSERT_TRUE(tuned) << tuned.failure().message;
  EXPECT_NE((*tuned)->summary().find(", features ofa_128"), std::string::npos);
  EXPECT_FALSE(same_bits(testing::predictions(**tuned, x, 60), testing::predictions(*outer, x, 60)));
}

// The rows that judge are none that anything has learnt from: a transfer that memorises is found out.
TEST_F(Transfers, AreJudgedOnRowsThatTheyHaveNotSeen) {
  class Memory : public Transfer {
   public:
    Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream) const override {
      for (const Arch& arch : task.probe.networks) seen.insert(arch);
      ++adapted;
      return task.proxy->predictor;
    }
    mutable std::set<Arch> seen;
    mutable int adapted = 0;
  };
  const Learnt proxy = learnt("ridge", nlohmann::json::object(), rows("first", times(1, 1), 0, 200));
  const DeviceRows probe = rows("second", times(2, 2), 200, 52);
  const Memory transfer;
  const Judgement folds =
      judge(transfer, "memory", {&proxy, space_, probe, {}}, "known", proxy.make, "ridge", false, Stream(1, "j"));
  ASSERT_EQ(folds.each.size(), 3u);
  EXPECT_EQ(folds.networks, 52u);
  EXPECT_EQ(folds.folds, 5);
  EXPECT_EQ(transfer.adapted, 5);
  EXPECT_EQ(folds.each[0].name, "memory");
  EXPECT_EQ(folds.each[1].name, "ridge from scratch");
  EXPECT_EQ(folds.each[2].name, "known as it is");
  EXPECT_EQ(folds.each[0].rmse_share, folds.each[2].rmse_share);
  EXPECT_LT(folds.each[1].rmse_share, folds.each[0].rmse_share);  // twice the latency, which the proxy does not know
  const Memory once;
  const Judgement held = judge(once, "memory", {&proxy, space_, probe, {}}, "known", proxy.make, "ridge", true, Stream(1, "j"));
  EXPECT_EQ(held.folds, 1);
  EXPECT_EQ(held.networks, 11u);
  for (std::size_t i = 0; i < 52; i += 5) EXPECT_FALSE(once.seen.count(probe.networks[i])) << i;
  EXPECT_TRUE(judge(once, "memory", {&proxy, space_, rows("second", times(2, 2), 0, 4), {}}, "known", proxy.make, "ridge", true,
                    Stream(1, "j"))
                  .each.empty());
}

}  // namespace nas::testing
