// Least squares against the pseudo-inverse, the lasso against its optimality conditions and its closed form on orthogonal
// columns.
#include <Eigen/Dense>
#include <cmath>

#include "backends/eigen/least_squares.h"
#include "predictor_fixture.h"

namespace nas::testing {
namespace {

Eigen::MatrixXd centred(const Rows& rows) {
  Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.d));
  for (Eigen::Index i = 0; i < x.rows(); ++i)
    for (Eigen::Index j = 0; j < x.cols(); ++j) x(i, j) = static_cast<double>(rows.row(static_cast<std::size_t>(i))[j]);
  return x.rowwise() - Eigen::RowVectorXd(x.colwise().mean());
}
Eigen::VectorXd targets(const Rows& rows) {
  return Eigen::Map<const Eigen::VectorXd>(rows.y.data(), static_cast<Eigen::Index>(rows.size()));
}

TEST(LeastSquares, IsThePseudoInverseTimesTheTargets) {
  for (const auto& [n, d] : {std::pair<std::size_t, std::size_t>{60, 12}, {12, 40}}) {
    Rows rows = random_rows(n, d, 0.5);
    for (std::size_t i = 0; i < n; ++i) rows.x[i * d + 3] = 1 - rows.x[i * d + 2];  // dependent, as one-hot columns are
    const LeastSquaresFit fit = fit_least_squares(rows.x, rows.y, d);
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(centred(rows), Eigen::ComputeThinU | Eigen::ComputeThinV);
    Eigen::VectorXd inverse = svd.singularValues();
    for (double& s : inverse) s = s > 1e-10 ? 1 / s : 0;
    const Eigen::VectorXd y = targets(rows).array() - targets(rows).mean();
    const Eigen::VectorXd expected = svd.matrixV() * (inverse.asDiagonal() * (svd.matrixU().transpose() * y));
    for (std::size_t j = 0; j < d; ++j) EXPECT_NEAR(fit.weights[j], expected(static_cast<Eigen::Index>(j)), 1e-9);
    EXPECT_EQ(fit.rank, static_cast<int>((inverse.array() > 0).count()));
  }
}

TEST(LeastSquares, WithMoreColumnsThanRowsItPassesThroughEveryPoint) {
  const Rows rows = random_rows(15, 60, 1);
  auto linear = make_predictor("linear");
  ASSERT_TRUE(linear->fit(rows.x, rows.y, Stream(1, "")));
  const auto fitted = predictions(*linear, rows.x, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_NEAR(fitted[i], rows.y[i], 1e-9);
  EXPECT_EQ(linear->summary(), "linear, rank 14 of 15 rows");
}

TEST(Lasso, SatisfiesItsOptimalityConditions) {
  for (const auto& [n, d] : {std::pair<std::size_t, std::size_t>{80, 12}, {30, 70}})
    for (const double alpha : {0.1, 0.02, 0.003}) {
      const Rows rows = random_rows(n, d, 0.5);
      const LassoFit fit = fit_lasso(rows.x, rows.y, d, alpha);
      const Eigen::MatrixXd x = centred(rows);
      const Eigen::VectorXd y = targets(rows).array() - targets(rows).mean();
      const double s = std::sqrt(y.squaredNorm() / static_cast<double>(n));
      const Eigen::VectorXd b = Eigen::Map<const Eigen::VectorXd>(fit.weights.data(), x.cols()) / s;
      // The slope of the squared error is alpha against the sign of each weight, and at most alpha where a weight is zero.
      const Eigen::VectorXd slope = x.transpose() * (y / s - x * b) / static_cast<double>(n);
      std::size_t kept = 0;
      for (Eigen::Index j = 0; j < b.size(); ++j) {
        kept += b(j) != 0;
        if (b(j) != 0)
          EXPECT_NEAR(slope(j), std::copysign(alpha, b(j)), 1e-7) << j;
        else
          EXPECT_LE(std::fabs(slope(j)), alpha + 1e-7) << j;
      }
      EXPECT_GT(kept, 0u);
      EXPECT_LE(kept, std::min(n, d));
    }
}

TEST(Lasso, ShrinksEachWeightByItselfOnOrthogonalColumns) {
  // All eight corners of a cube: centred columns are orthogonal with variance 1/4, so each weight is a soft threshold.
  Rows rows{{}, {}, 3};
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 3; ++j) rows.x.push_back(static_cast<float>(i >> j & 1));
    rows.y.push_back(4.0 * (i & 1) - 2.0 * (i >> 1 & 1) + 0.5 * (i >> 2 & 1));
  }
  const double s = std::sqrt((16 + 4 + 0.25) / 4), alpha = 0.1;
  const LassoFit fit = fit_lasso(rows.x, rows.y, 3, alpha);
  const double expected[] = {4 - 4 * s * alpha, -(2 - 4 * s * alpha), 0};
  for (int j = 0; j < 3; ++j) EXPECT_NEAR(fit.weights[static_cast<std::size_t>(j)], expected[j], 1e-12);
}

TEST(Lasso, CrossValidationDropsColumnsThatSayNothing) {
  Rows rows = random_rows(120, 20, 0);
  Stream stream(9, "noise");
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.y[i] = 3 * static_cast<double>(rows.row(i)[1]) - 2 * static_cast<double>(rows.row(i)[7]) + 0.3 * stream.normal();
  const LassoFit fit = fit_lasso_cross_validated(rows.x, rows.y, rows.d, 60, 5, Stream(1, "cv"));
  EXPECT_NEAR(fit.weights[1], 3, 0.2);
  EXPECT_NEAR(fit.weights[7], -2, 0.2);
  EXPECT_NEAR(fit.cross_validated_rmse, 0.3, 0.06);
  double others = 0;
  for (std::size_t j = 0; j < rows.d; ++j)
    if (j != 1 && j != 7) others = std::max(others, std::fabs(fit.weights[j]));
  EXPECT_LT(others, 0.1);
}

TEST(Lasso, SaysHowManyWeightsItKeeps) {
  Rows rows = random_rows(120, 5, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) rows.y[i] = 3 * static_cast<double>(rows.row(i)[1]);
  auto lasso = make_predictor("lasso", {{"alpha", 0.25}});
  ASSERT_TRUE(lasso->fit(rows.x, rows.y, Stream(1, "")));
  EXPECT_EQ(lasso->summary(), "lasso, alpha 0.25, 1 of 5 weights");
}

TEST(LinearForms, PredictWhatThePredictorPredicts) {
  const Rows rows = random_rows(60, 12, 0.2), asked = random_rows(21, 12, 0, true, 6);
  for (const auto& [name, arguments] : std::vector<std::pair<std::string, nlohmann::json>>{
           {"ridge", {}}, {"linear", {}}, {"lasso", {}}, {"svr", {{"kernel", "linear"}, {"c", 1}}}}) {
    auto predictor = make_predictor(name, arguments.is_null() ? nlohmann::json::object() : arguments);
    ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(1, "")));
    const auto form = predictor->linear_form();
    ASSERT_TRUE(form) << name;
    const auto values = predictions(*predictor, asked.x, asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      double sum = form->intercept;
      for (std::size_t j = 0; j < asked.d; ++j) sum += form->weights[j] * static_cast<double>(asked.row(i)[j]);
      EXPECT_NEAR(values[i], sum, 1e-12 * (1 + std::fabs(sum))) << name;
    }
  }
}

}  // namespace
}  // namespace nas::testing
