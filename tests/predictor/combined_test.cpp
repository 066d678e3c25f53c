// Predictors made of others: an ensemble is the mean of members on drawn rows, `auto` takes what a cross-validation by hand
// takes.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

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

/// What every kind that `auto` tries predicts for rows of the fold that it has not learnt from.
std::map<std::string, std::vector<double>> cross_validated(const Rows& rows, std::uint64_t folds, const Stream& stream) {
  const std::size_t n = rows.size();
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  Stream shuffle = stream.split("folds");
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[shuffle.below(static_cast<std::uint32_t>(i))]);
  std::map<std::string, std::vector<double>> all;
  for (const std::string& name : predictors().names(ComponentKind::predictor)) {
    if (name == "auto" || name == "ensemble" || name == "saved" || of_networks(name)) continue;
    std::vector<double> predicted(n);
    bool learns = true;
    for (std::uint64_t fold = 0; fold < folds && learns; ++fold) {
      Rows train{{}, {}, rows.d};
      for (std::size_t i = 0; i < n; ++i)
        if (i % folds != fold) {
          train.x.insert(train.x.end(), rows.row(order[i]), rows.row(order[i]) + rows.d);
          train.y.push_back(rows.y[order[i]]);
        }
      auto predictor = make_predictor(name);
      learns = bool(predictor->fit(train.x, train.y, stream.split(name).split(fold)));
      for (std::size_t i = fold; i < n && learns; i += folds)
        predictor->predict({rows.row(order[i]), rows.d}, 1, {&predicted[order[i]], 1});
    }
    if (learns) all[name] = predicted;
  }
  return all;
}

// From the best alone, up to six predictions are averaged, any kind again, as long as the mean gets better.
TEST(Auto, TakesTheMeanThatACrossValidationByHandTakes) {
  std::size_t alone = 0, several = 0;
  for (const double noise : {0.0, 0.3, 2.0}) {
    const Rows rows = random_rows(60, 8, noise);
    const auto predicted = cross_validated(rows, 4, Stream(4, "fit"));
    for (const std::string by : {"rank", "error"}) {
      auto automatic = make_predictor("auto", {{"by", by}, {"folds", 4}});
      ASSERT_TRUE(automatic->fit(rows.x, rows.y, Stream(4, "fit")));
      std::vector<std::string> taken;
      std::vector<double> sum(60, 0);
      std::pair most(-1e300, -1e300);
      for (std::size_t size = 1; size <= 6; ++size) {
        std::string best;
        for (const auto& [name, values] : predicted) {
          std::vector<double> mean(60);
          for (std::size_t i = 0; i < 60; ++i) mean[i] = (sum[i] + values[i]) / static_cast<double>(size);
          const double error = rmse(mean, rows.y);
          // Equal ranks: the smaller error.
          if (const std::pair score(by == "rank" ? kendall_tau(mean, rows.y) : -error, -error); score > most) {
            most = score;
            best = name;
          }
        }
        if (best.empty()) break;
        for (std::size_t i = 0; i < 60; ++i) sum[i] += predicted.at(best)[i];
        taken.push_back(best);
      }
      std::vector<double> mean(60, 0);
      bool linear = true;
      for (const std::string& name : taken) {
        auto member = make_predictor(name);
        ASSERT_TRUE(member->fit(rows.x, rows.y, Stream(4, "fit").split(name)));
        linear = linear && member->linear_form();
        const auto values = predictions(*member, rows.x, 60);
        for (std::size_t i = 0; i < 60; ++i) mean[i] += values[i] / static_cast<double>(taken.size());
      }
      const auto said = predictions(*automatic, rows.x, 60);
      for (std::size_t i = 0; i < 60; ++i) EXPECT_NEAR(said[i], mean[i], 1e-9) << automatic->summary();
      EXPECT_EQ(automatic->linear_form().has_value(), linear) << automatic->summary();
      const bool one = std::set(taken.begin(), taken.end()).size() == 1;
      const std::string what = by == "rank" ? ": 4-fold Kendall tau" : ": 4-fold RMSE/mean";
      EXPECT_TRUE(automatic->summary().starts_with("auto took " + (one ? taken[0] + what : "the mean of " + taken[0] + ", ")))
          << automatic->summary();
      ++(one ? alone : several);
      const auto state = automatic->state();
      ASSERT_TRUE(state);
      const auto again = make_predictor("auto", {{"by", by}, {"folds", 4}});
      ASSERT_TRUE(again->restore(*state));
      EXPECT_EQ(predictions(*again, rows.x, 60), said);
      EXPECT_EQ(again->summary(), automatic->summary());
    }
  }
  EXPECT_GT(alone, 0u);
  EXPECT_GT(several, 0u);
}

TEST(Auto, ASavedOneThatNamesNoKindsIsRefused) {
  const Rows rows = random_rows(60, 8, 0.3);
  auto automatic = make_predictor("auto");
  ASSERT_TRUE(automatic->fit(rows.x, rows.y, Stream(4, "fit")));
  const auto state = automatic->state();
  ASSERT_TRUE(state);
  for (const char* took :
       {R"("gbdt")", "[]", R"(["gbdt"])", R"([["gbdt", 0]])", R"([["gbdt", -1]])", R"([["oracle", 1]])", "null"}) {
    auto damaged = *state;
    damaged.facts["took"] = nlohmann::json::parse(took);
    const auto read = make_predictor("auto")->restore(damaged);
    ASSERT_FALSE(read) << took;
    EXPECT_EQ(read.failure().message, "the saved auto does not fit together") << took;
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
