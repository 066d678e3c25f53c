// Nearest neighbours by their definition: sort all rows, share the last votes among those equally far.
#include <algorithm>
#include <cmath>

#include "predictor_fixture.h"

namespace nas::testing {
namespace {

struct Kind {
  std::size_t k;
  bool by_distance, hamming, binary;
};

double by_definition(const Rows& table, const float* row, const Kind& kind) {
  std::vector<double> scale(table.d, 1.0);
  if (!kind.binary)
    for (std::size_t j = 0; j < table.d; ++j) {
      double mean = 0, squares = 0;
      for (std::size_t i = 0; i < table.size(); ++i)
        mean += static_cast<double>(table.row(i)[j]) / static_cast<double>(table.size());
      for (std::size_t i = 0; i < table.size(); ++i) squares += std::pow(static_cast<double>(table.row(i)[j]) - mean, 2);
      scale[j] = 1 / std::sqrt(squares / static_cast<double>(table.size()));
    }
  std::vector<std::pair<double, double>> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    double apart = 0;
    for (std::size_t j = 0; j < table.d; ++j)
      apart += kind.hamming ? table.row(i)[j] != row[j] : std::pow(scale[j] * static_cast<double>(table.row(i)[j] - row[j]), 2);
    rows.push_back({kind.hamming ? apart : std::sqrt(apart), table.y[i]});
  }
  std::sort(rows.begin(), rows.end());
  const double edge = rows[kind.k - 1].first;
  if (kind.by_distance && rows[0].first == 0) {
    double sum = 0, count = 0;
    for (const auto& [apart, y] : rows)
      if (apart == 0) sum += y, ++count;
    return sum / count;
  }
  double nearer = 0, equal = 0;
  for (const auto& [apart, y] : rows) nearer += apart < edge, equal += apart == edge;
  double sum = 0, weights = 0;
  for (const auto& [apart, y] : rows) {
    if (apart > edge) break;
    const double vote = (apart < edge ? 1 : (static_cast<double>(kind.k) - nearer) / equal) * (kind.by_distance ? 1 / apart : 1);
    sum += vote * y;
    weights += vote;
  }
  return sum / weights;
}

TEST(Knn, FollowsItsDefinition) {
  // 70 columns take two words; rows of the table are asked for too, at distance zero.
  for (const std::size_t d : {9u, 70u, 200u})
    for (const bool binary : {true, false})
      for (const bool hamming : {true, false})
        for (const bool by_distance : {true, false})
          for (const std::size_t k : {1u, 5u, 40u}) {
            const Kind kind{k, by_distance, hamming, binary};
            const Rows table = random_rows(40, d, 0.3, binary), asked = random_rows(12, d, 0, binary, 6);
            auto knn = make_predictor(
                "knn",
                {{"k", k}, {"distance", hamming ? "hamming" : "euclidean"}, {"weights", by_distance ? "distance" : "uniform"}});
            ASSERT_TRUE(knn->fit(table.x, table.y, Stream(1, "")));
            for (const Rows* rows : {&asked, &table}) {
              const auto got = predictions(*knn, rows->x, rows->size());
              for (std::size_t i = 0; i < rows->size(); ++i)
                EXPECT_NEAR(got[i], by_definition(table, rows->row(i), kind), 1e-5 * (1 + std::fabs(got[i])))
                    << d << " " << binary << hamming << by_distance << " " << k << " row " << i;
            }
          }
}

TEST(Knn, ARowThatIsNotZerosAndOnesIsComparedWithATableThatIs) {
  const Rows table = random_rows(30, 8, 0.3);
  const std::vector<float> row{0.5f, 1, 0, 0, 1, 1, 0, 2};
  auto knn = make_predictor("knn");
  ASSERT_TRUE(knn->fit(table.x, table.y, Stream(1, "")));
  EXPECT_NEAR(predictions(*knn, row, 1)[0], by_definition(table, row.data(), {5, true, false, true}), 1e-5);
}

TEST(Knn, TheOrderOfTheTableDecidesNothing) {
  const Rows table = random_rows(40, 9, 0.3), asked = random_rows(20, 9, 0, true, 6);
  Rows turned{{}, {}, table.d};
  for (std::size_t i = table.size(); i-- > 0;) {
    turned.x.insert(turned.x.end(), table.row(i), table.row(i) + table.d);
    turned.y.push_back(table.y[i]);
  }
  auto one = make_predictor("knn"), other = make_predictor("knn");
  ASSERT_TRUE(one->fit(table.x, table.y, Stream(1, "")));
  ASSERT_TRUE(other->fit(turned.x, turned.y, Stream(1, "")));
  const auto a = predictions(*one, asked.x, 20), b = predictions(*other, asked.x, 20);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(a[i], b[i], 1e-12);
}

TEST(Knn, CrossValidationTakesTheKOfTheSmallestErrorWhenEveryFoldIsPredicted) {
  const Rows table = random_rows(60, 10, 0.5);
  auto chosen = make_predictor("knn", {{"k", 0}, {"folds", 4}});
  ASSERT_TRUE(chosen->fit(table.x, table.y, Stream(3, "cv")));
  // The same folds by hand: rows shuffled by the stream, every fourth to a fold.
  std::vector<std::size_t> order(60);
  for (std::size_t i = 0; i < 60; ++i) order[i] = i;
  Stream stream(3, "cv");
  for (std::size_t i = 60; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  std::size_t best = 0;
  double least = 1e300;
  for (std::size_t k = 1; k <= 30; ++k) {
    double error = 0;
    for (std::size_t fold = 0; fold < 4; ++fold) {
      Rows train{{}, {}, table.d};
      for (std::size_t i = 0; i < 60; ++i)
        if (i % 4 != fold) {
          train.x.insert(train.x.end(), table.row(order[i]), table.row(order[i]) + table.d);
          train.y.push_back(table.y[order[i]]);
        }
      for (std::size_t i = fold; i < 60; i += 4)
        error += std::pow(by_definition(train, table.row(order[i]), {k, true, false, true}) - table.y[order[i]], 2);
    }
    if (error < least) {
      least = error;
      best = k;
    }
  }
  EXPECT_EQ(
      chosen->summary(), "knn, k " + std::to_string(best) + ", 4-fold RMSE " + [&] {
        char text[32];
        std::snprintf(text, sizeof text, "%.3g", std::sqrt(least / 60));
        return std::string(text);
      }());
}

TEST(Knn, SaysThatKIsLargerThanTheTable) {
  const Rows few = random_rows(7, 9, 0.3);
  const auto fitted = make_predictor("knn", {{"k", 12}})->fit(few.x, few.y, Stream(1, ""));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "knn asks for the 12 nearest of 7 measured networks");
  EXPECT_EQ(fitted.failure().hint, "measure more, or take a smaller k");
}

}  // namespace
}  // namespace nas::testing
