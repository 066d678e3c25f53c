// Predictors made of others: an ensemble is the mean of members on drawn rows, `auto` takes what a cross-validation by hand
// takes.
#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "predictor_fixture.h"

namespace nas::testing {
namespace {

/// As many rows as there are, drawn with replacement.
Rows drawn_from(const Rows& rows, Stream& stream) {
  Rows drawn{{}, {}, rows.d};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = stream.below(static_cast<std::uint32_t>(rows.size()));
    drawn.x.insert(drawn.x.end(), rows.row(row), rows.row(row) + rows.d);
    drawn.y.push_back(rows.y[row]);
  }
  return drawn;
}

TEST(Ensemble, IsTheMeanOfMembersThatLearntFromRowsDrawnWithReplacement) {
  const Rows rows = random_rows(50, 8, 0.3), asked = random_rows(9, 8, 0, true, 6);
  auto ensemble = make_predictor("ensemble", {{"of", nlohmann::json::array({"linear"})}, {"members", 3}});
  ASSERT_TRUE(ensemble->fit(rows.x, rows.y, Stream(4, "fit")));
  std::vector<std::vector<double>> members;
  for (std::uint64_t m = 0; m < 3; ++m) {
    Stream stream = Stream(4, "fit").split(m);
    const Rows drawn = drawn_from(rows, stream);
    auto member = make_predictor("linear");
    ASSERT_TRUE(member->fit(drawn.x, drawn.y, Stream(0, "")));
    members.push_back(predictions(*member, asked.x, 9));
  }
  std::vector<double> mean(9), deviation(9);
  ASSERT_TRUE(ensemble->predict_with_deviation(asked.x, 9, mean, deviation));
  for (std::size_t i = 0; i < 9; ++i) {
    const double expected = (members[0][i] + members[1][i] + members[2][i]) / 3;
    double squares = 0;
    for (const auto& member : members) squares += std::pow(member[i] - expected, 2);
    EXPECT_NEAR(mean[i], expected, 1e-12);
    EXPECT_NEAR(deviation[i], std::sqrt(squares / 2), 1e-12);
  }
  ASSERT_TRUE(ensemble->linear_form());
  EXPECT_EQ(ensemble->summary(), "ensemble of 3 linear, the first: linear, rank 8 of 50 rows");
}

// Members of several kinds: as many of each, one kind behind the other, on rows of their own.
TEST(Ensemble, OfSeveralKindsIsTheMeanOfAllTheirMembers) {
  const Rows rows = random_rows(60, 8, 0.3), asked = random_rows(9, 8, 0, true, 6);
  const nlohmann::json arguments = {{"of", {"ridge", "gbdt"}}, {"members", 2}};
  const auto ensemble = make_predictor("ensemble", arguments);
  ASSERT_TRUE(ensemble->fit(rows.x, rows.y, Stream(4, "fit")));
  std::vector<double> mean(9);
  for (std::uint64_t m = 0; m < 4; ++m) {
    Stream stream = Stream(4, "fit").split(m);
    const Rows drawn = drawn_from(rows, stream);
    const auto member = make_predictor(m < 2 ? "ridge" : "gbdt");
    ASSERT_TRUE(member->fit(drawn.x, drawn.y, stream.split("fit")));
    const auto predicted = predictions(*member, asked.x, 9);
    for (std::size_t i = 0; i < 9; ++i) mean[i] += predicted[i] / 4;
  }
  const auto predicted = predictions(*ensemble, asked.x, 9);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(predicted[i], mean[i], 1e-12);
  EXPECT_FALSE(ensemble->linear_form());  // trees are none
  EXPECT_TRUE(ensemble->summary().starts_with("ensemble of 2 each of ridge, gbdt, the first: ridge, ")) << ensemble->summary();
  const auto state = ensemble->state();
  ASSERT_TRUE(state);
  const auto again = make_predictor("ensemble", arguments);
  ASSERT_TRUE(again->restore(*state));
  EXPECT_EQ(predictions(*again, asked.x, 9), predicted);
}

TEST(Auto, TakesTheBestOfACrossValidationByHand) {
  const Rows rows = random_rows(60, 8, 0.3);
  for (const char* by : {"rank", "error"}) {
    auto automatic = make_predictor("auto", {{"by", by}, {"folds", 4}});
    ASSERT_TRUE(automatic->fit(rows.x, rows.y, Stream(4, "fit")));
    std::vector<std::size_t> order(60);
    for (std::size_t i = 0; i < 60; ++i) order[i] = i;
    Stream shuffle = Stream(4, "fit").split("folds");
    for (std::size_t i = 60; i > 1; --i) std::swap(order[i - 1], order[shuffle.below(static_cast<std::uint32_t>(i))]);
    std::string best;
    std::pair most(-1e300, -1e300);
    for (const std::string& name : predictors().names(ComponentKind::predictor)) {
      if (name == "auto" || name == "ensemble" || name == "saved" || of_networks(name)) continue;
      std::vector<double> predicted(60);
      for (std::uint64_t fold = 0; fold < 4; ++fold) {
        Rows train{{}, {}, 8};
        for (std::size_t i = 0; i < 60; ++i)
          if (i % 4 != fold) {
            train.x.insert(train.x.end(), rows.row(order[i]), rows.row(order[i]) + 8);
            train.y.push_back(rows.y[order[i]]);
          }
        auto predictor = make_predictor(name);
        if (!predictor->fit(train.x, train.y, Stream(4, "fit").split(name).split(fold))) continue;
        for (std::size_t i = fold; i < 60; i += 4) predictor->predict({rows.row(order[i]), 8}, 1, {&predicted[order[i]], 1});
      }
      const double error = rmse(predicted, rows.y);
      const std::pair score(std::string(by) == "rank" ? kendall_tau(predicted, rows.y) : -error,
                            -error);  // equal ranks: the smaller error
      if (score > most) {
        most = score;
        best = name;
      }
    }
    const std::string what = std::string(by) == "rank" ? "Kendall tau" : "RMSE/mean";
    EXPECT_TRUE(automatic->summary().starts_with("auto took " + best + ": 4-fold " + what))
        << best << " / " << automatic->summary();
    auto chosen = make_predictor(best);
    ASSERT_TRUE(chosen->fit(rows.x, rows.y, Stream(4, "fit").split(best)));
    EXPECT_EQ(predictions(*automatic, rows.x, 60), predictions(*chosen, rows.x, 60));
    EXPECT_EQ(automatic->linear_form().has_value(), chosen->linear_form().has_value());
  }
}

TEST(Auto, TakesALinearModelForALinearMetric) {
  Rows rows = random_rows(60, 12, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows.y[i] = 2;
    for (std::size_t j = 0; j < rows.d; ++j) rows.y[i] += (1 + static_cast<double>(j)) * static_cast<double>(rows.row(i)[j]);
  }
  auto automatic = make_predictor("auto", {{"by", "error"}});
  ASSERT_TRUE(automatic->fit(rows.x, rows.y, Stream(4, "fit")));
  EXPECT_TRUE(automatic->linear_form()) << automatic->summary();
}

}  // namespace
}  // namespace nas::testing
