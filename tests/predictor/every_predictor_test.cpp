// What every predictor promises, tried on all that are registered: a new one is tested by being there.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "predictor_fixture.h"

namespace nas::testing {
namespace {

std::vector<std::string> names() {
  auto all = predictors().names(ComponentKind::predictor);
  std::erase(all, "saved");  // it learns nothing: tests/engine/learning_test.cpp
  std::erase_if(all, of_networks);  // tests/predictor/network_predictors_test.cpp
  std::erase(all, "gcn");    // it takes graphs: gcn_test.cpp
  return all;
}

class EveryPredictor : public ::testing::TestWithParam<std::string> {
 protected:
  static bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
  }
};

TEST_P(EveryPredictor, ABatchPredictsWhatEachRowAlonePredicts) {
  for (const bool binary : {true, false}) {
    const Rows train = random_rows(60, 12, 0.1, binary), asked = random_rows(37, 12, 0, binary, 6);
    auto predictor = make_predictor(GetParam());
    const auto fitted = predictor->fit(train.x, train.y, Stream(1, "fit"));
    ASSERT_TRUE(fitted) << fitted.failure().message;
    const auto batch = predictions(*predictor, asked.x, asked.size());
    std::vector<double> deviations(asked.size()), means(asked.size());
    const bool has_deviation = predictor->predict_with_deviation(asked.x, asked.size(), means, deviations);
    EXPECT_TRUE(!has_deviation || same_bits(means, batch));
    for (std::size_t i = 0; i < asked.size(); ++i) {
      double alone = 0, mean = 0, deviation = 0;
      predictor->predict({asked.row(i), asked.d}, 1, {&alone, 1});
      EXPECT_EQ(alone, batch[i]) << i;
      if (!has_deviation) continue;
      predictor->predict_with_deviation({asked.row(i), asked.d}, 1, {&mean, 1}, {&deviation, 1});
      EXPECT_EQ(deviation, deviations[i]) << i;
      EXPECT_GE(deviation, 0);
    }
  }
}

TEST_P(EveryPredictor, LearnsTheSameBytesFromTheSameStream) {
  const Rows train = random_rows(60, 12, 0.1), asked = random_rows(20, 12, 0, true, 6);
  auto first = make_predictor(GetParam()), second = make_predictor(GetParam());
  ASSERT_TRUE(first->fit(train.x, train.y, Stream(1, "fit")));
  ASSERT_TRUE(second->fit(asked.x, asked.y, Stream(2, "other")));  // what was learnt before is thrown away
  ASSERT_TRUE(second->fit(train.x, train.y, Stream(1, "fit")));
  EXPECT_TRUE(same_bits(predictions(*first, asked.x, 20), predictions(*second, asked.x, 20)));
  EXPECT_EQ(first->summary(), second->summary());
}

TEST_P(EveryPredictor, PredictsTheSameAfterARoundTrip) {
  for (const bool binary : {true, false}) {
    const Rows train = random_rows(60, 12, 0.1, binary), asked = random_rows(37, 12, 0, binary, 6);
    auto predictor = make_predictor(GetParam());
    ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
    const auto state = predictor->state();
    ASSERT_TRUE(state) << state.failure().message;
    const PredictorState read{nlohmann::json::parse(state->facts.dump()), state->arrays};
    auto restored = make_predictor(GetParam());
    const auto done = restored->restore(read);
    ASSERT_TRUE(done) << done.failure().message;
    EXPECT_TRUE(same_bits(predictions(*restored, asked.x, 37), predictions(*predictor, asked.x, 37)));
    EXPECT_EQ(restored->summary(), predictor->summary());
    EXPECT_EQ(restored->importance(), predictor->importance());
    EXPECT_EQ(restored->linear_form().has_value(), predictor->linear_form().has_value());
    std::vector<double> mean(37), deviation(37), again(37);
    if (predictor->predict_with_deviation(asked.x, 37, mean, deviation)) {
      ASSERT_TRUE(restored->predict_with_deviation(asked.x, 37, mean, again));
      EXPECT_TRUE(same_bits(again, deviation));
    }
  }
}

TEST_P(EveryPredictor, AStateThatLacksAnArrayIsAFailure) {
  const Rows train = random_rows(60, 12, 0.1);
  auto predictor = make_predictor(GetParam());
  ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
  auto state = predictor->state();
  ASSERT_TRUE(state);
  ASSERT_FALSE(state->arrays.empty());
  for (std::size_t i = 0; i < state->arrays.size(); ++i) {
    PredictorState damaged = *state;
    damaged.arrays.erase(damaged.arrays.begin() + static_cast<std::ptrdiff_t>(i));
    auto read = make_predictor(GetParam())->restore(damaged);
    ASSERT_FALSE(read) << state->arrays[i].first;
    EXPECT_NE(read.failure().message, "");
  }
}

TEST_P(EveryPredictor, LearnsAConstant) {
  Rows train = random_rows(40, 12, 0.1);
  for (const double constant : {7.25, 0.0, 1e-3}) {
    std::fill(train.y.begin(), train.y.end(), constant);
    auto predictor = make_predictor(GetParam());
    const auto fitted = predictor->fit(train.x, train.y, Stream(1, "fit"));
    ASSERT_TRUE(fitted) << fitted.failure().message;
    const Rows asked = random_rows(10, 12, 0, true, 6);
    for (const double value : predictions(*predictor, asked.x, 10)) EXPECT_NEAR(value, constant, 1e-9);
    EXPECT_EQ(predictor->summary().find("nan"), std::string::npos) << predictor->summary();
  }
}

TEST_P(EveryPredictor, MoreColumnsThanRowsAreNoObstacle) {
  const Rows train = random_rows(25, 90, 0.1), asked = random_rows(10, 90, 0, true, 6);
  auto predictor = make_predictor(GetParam());
  ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
  for (const double value : predictions(*predictor, asked.x, 10)) EXPECT_TRUE(std::isfinite(value));
}

TEST_P(EveryPredictor, TargetsMayHaveAnyUnit) {
  // Milliseconds or seconds: the same ranking, and predictions in proportion.
  const Rows train = random_rows(60, 12, 0.1), asked = random_rows(20, 12, 0, true, 6);
  Rows scaled = train;
  for (double& y : scaled.y) y *= 0x1p-10;
  auto first = make_predictor(GetParam()), second = make_predictor(GetParam());
  ASSERT_TRUE(first->fit(train.x, train.y, Stream(1, "fit")));
  ASSERT_TRUE(second->fit(scaled.x, scaled.y, Stream(1, "fit")));
  const auto a = predictions(*first, asked.x, 20), b = predictions(*second, asked.x, 20);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(b[i] * 0x1p10, a[i], 1e-6 * (1 + std::fabs(a[i]))) << i;
}

TEST_P(EveryPredictor, SaysWhatItCannotLearnFrom) {
  auto predictor = make_predictor(GetParam());
  Rows broken = random_rows(60, 12, 0.1);
  broken.y[6] = std::nan("");
  EXPECT_EQ(predictor->fit(broken.x, broken.y, Stream(1, "")).failure().message,
            "row 7 of the measurements is not a finite number");
  broken = random_rows(60, 12, 0.1);
  broken.x[2 * 12 + 4] = std::numeric_limits<float>::infinity();
  EXPECT_EQ(predictor->fit(broken.x, broken.y, Stream(1, "")).failure().message,
            "column 5 of row 3 of the features is not a finite number");
  const std::size_t needed = predictor->rows_needed();
  ASSERT_GE(needed, 2u);
  const Rows few = random_rows(needed - 1, 12, 0.1), enough = random_rows(needed, 12, 0.1);
  const auto fitted = predictor->fit(few.x, few.y, Stream(1, ""));
  ASSERT_FALSE(fitted);
  if (GetParam() != "knn") {  // has a sentence of its own
    EXPECT_EQ(fitted.failure().message, GetParam() + " needs at least " + std::to_string(needed) +
                                            " measured networks, there are " + std::to_string(needed - 1));
  }
  EXPECT_TRUE(predictor->fit(enough.x, enough.y, Stream(1, "")));
}

TEST_P(EveryPredictor, ImportancesAreSharesAndFindTheColumnThatMatters) {
  Rows train = random_rows(80, 6, 0);
  for (std::size_t i = 0; i < train.size(); ++i) train.y[i] = 5 * static_cast<double>(train.row(i)[3]);
  auto predictor = make_predictor(GetParam());
  ASSERT_TRUE(predictor->fit(train.x, train.y, Stream(1, "fit")));
  const auto shares = predictor->importance();
  if (shares.empty()) return;  // the method has none
  ASSERT_EQ(shares.size(), 6u);
  double sum = 0;
  for (const double share : shares) sum += share;
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_EQ(std::max_element(shares.begin(), shares.end()) - shares.begin(), 3);
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryPredictor, ::testing::ValuesIn(names()), [](const auto& test) { return test.param; });

}  // namespace
}  // namespace nas::testing
