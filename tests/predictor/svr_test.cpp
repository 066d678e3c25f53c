// Support vector regression against its optimality conditions, and the fast path for zeros and ones against the plain formula.
#include "backends/eigen/svr.h"

#include <cmath>

#include "backends/eigen/support_vectors.h"
#include "predictor_fixture.h"

namespace nas::testing {
namespace {

struct Gram {
  std::size_t n, stride;
  std::vector<float> k;
};

Gram gram_of(const Rows& rows, double gamma) {
  Gram gram{rows.size(), (rows.size() + 15) / 16 * 16, {}};
  gram.k.resize(gram.n * gram.stride);
  for (std::size_t i = 0; i < gram.n; ++i)
    for (std::size_t j = 0; j < gram.n; ++j) {
      double apart = 0;
      for (std::size_t c = 0; c < rows.d; ++c) apart += std::pow(static_cast<double>(rows.row(i)[c] - rows.row(j)[c]), 2);
      gram.k[i * gram.stride + j] = static_cast<float>(std::exp(-gamma * apart));
    }
  return gram;
}

/// The worst violation of: r = y - Kb - intercept is epsilon against the sign of free coefficients, within epsilon at zero, and
/// beyond it at the bound.
double violation(const Gram& gram, const Rows& rows, const SvrSolver& solver, double epsilon, double c) {
  double worst = 0, sum = 0;
  for (std::size_t i = 0; i < gram.n; ++i) {
    double r = rows.y[i] - solver.intercept();
    for (std::size_t j = 0; j < gram.n; ++j) r -= static_cast<double>(gram.k[i * gram.stride + j]) * solver.coefficients()[j];
    const double b = solver.coefficients()[i];
    sum += b;
    EXPECT_LE(std::fabs(b), c);
    if (b == 0)
      worst = std::max(worst, std::fabs(r) - epsilon);
    else if (b >= c)
      worst = std::max(worst, epsilon - r);
    else if (b <= -c)
      worst = std::max(worst, epsilon + r);
    else
      worst = std::max(worst, std::fabs(r - std::copysign(epsilon, b)));
  }
  EXPECT_NEAR(sum, 0, 1e-9 * c * static_cast<double>(gram.n));
  return worst;
}

TEST(SvrSolver, SatisfiesTheOptimalityConditions) {
  for (const double epsilon : {0.0, 0.05, 0.5})
    for (const double c : {0.1, 10.0, 1000.0}) {
      const Rows rows = random_rows(90, 12, 0.2);
      const Gram gram = gram_of(rows, 0.2);
      SvrSolver solver(gram.k.data(), gram.stride, rows.y, epsilon);
      solver.solve(c, 1e-6);
      EXPECT_TRUE(solver.converged());
      EXPECT_LE(violation(gram, rows, solver, epsilon, c), 1e-5) << epsilon << " " << c;
    }
}

TEST(SvrSolver, APathOfPenaltiesEndsWhereAFreshStartEnds) {
  const Rows rows = random_rows(70, 12, 0.2);
  const Gram gram = gram_of(rows, 0.2);
  SvrSolver path(gram.k.data(), gram.stride, rows.y, 0.05);
  for (const double c : {0.1, 1.0, 10.0, 3.0}) {  // down again at the end
    path.solve(c, 1e-7);
    SvrSolver fresh(gram.k.data(), gram.stride, rows.y, 0.05);
    fresh.solve(c, 1e-7);
    EXPECT_LE(violation(gram, rows, path, 0.05, c), 1e-5) << c;
    EXPECT_NEAR(path.intercept(), fresh.intercept(), 1e-4) << c;
    for (std::size_t i = 0; i < 70; ++i) EXPECT_NEAR(path.coefficients()[i], fresh.coefficients()[i], 1e-3 * c) << c;
  }
}

TEST(SvrSolver, TwoPointsHaveAClosedForm) {
  // K = I, y = (1, -1): the coefficient is (y1 - y2) / 2 - epsilon, within the bound.
  std::vector<float> k(2 * 16);
  k[0] = k[16 + 1] = 1;
  const std::vector<double> y{1, -1};
  SvrSolver solver(k.data(), 16, y, 0.25);
  solver.solve(10, 1e-9);
  EXPECT_NEAR(solver.coefficients()[0], 0.75, 1e-9);
  EXPECT_NEAR(solver.coefficients()[1], -0.75, 1e-9);
  EXPECT_NEAR(solver.intercept(), 0, 1e-9);
  SvrSolver bound(k.data(), 16, y, 0.25);
  bound.solve(0.5, 1e-9);
  EXPECT_NEAR(bound.coefficients()[0], 0.5, 1e-12);
}

TEST(Svr, PredictsTheSumOverItsVectors) {
  for (const bool binary : {true, false}) {
    const Rows rows = random_rows(80, 70, 0.2, binary), asked = random_rows(30, 70, 0, binary, 6);
    const SupportVectors model = fit_svr(rows.x, rows.y, rows.d, {false, 0.05, 0}, 10);
    std::vector<double> got(asked.size());
    model.predict(asked.x, asked.size(), got);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      double sum = model.intercept;
      for (std::size_t v = 0; v < model.coefficients.size(); ++v) {
        double apart = 0;
        for (std::size_t j = 0; j < rows.d; ++j)
          apart += std::pow(static_cast<double>(model.rows.scales()[j]) *
                                static_cast<double>(model.rows.features()[v * rows.d + j] - asked.row(i)[j]),
                            2);
        sum += model.coefficients[v] * std::exp(-model.gamma * apart);
      }
      EXPECT_NEAR(got[i], model.mean + model.deviation * sum, (binary ? 1e-10 : 1e-4) * model.deviation) << binary;
    }
  }
}

TEST(Svr, TheUsualGammaIsOneOverColumnsTimesVariance) {
  const Rows rows = random_rows(50, 10, 0.2);
  double ones = 0;
  for (const float x : rows.x) ones += static_cast<double>(x);
  const double share = ones / 500;
  EXPECT_NEAR(fit_svr(rows.x, rows.y, 10, {}, 1).gamma, 1 / (10 * share * (1 - share)), 1e-12);
}

TEST(Svr, CrossValidationTakesThePenaltyThatTheRowsAskFor) {
  const std::vector<double> penalties{0.01, 1, 100};
  Rows rows = random_rows(120, 10, 0);
  EXPECT_EQ(fit_svr_cross_validated(rows.x, rows.y, 10, {}, penalties, 5, Stream(1, "cv")).c, 100);
  Stream stream(9, "noise");
  for (double& y : rows.y) y = stream.normal();  // nothing to learn
  EXPECT_EQ(fit_svr_cross_validated(rows.x, rows.y, 10, {}, penalties, 5, Stream(1, "cv")).c, 0.01);
}

}  // namespace
}  // namespace nas::testing
