// The Gaussian process against the dense formulas of Rasmussen and Williams (2.25, 2.26, 2.30).
#include <Eigen/Dense>
#include <cmath>

#include "backends/eigen/gaussian_process.h"
#include "predictor_fixture.h"

namespace nas::testing {
namespace {

struct Dense {
  Eigen::MatrixXd inverse;
  Eigen::VectorXd y;
  double mean, deviation, signal, log_likelihood, length;
};

double kernel(const float* a, const float* b, const std::vector<float>& scales, double length) {
  double apart = 0;
  for (std::size_t j = 0; j < scales.size(); ++j)
    apart += std::pow(static_cast<double>(scales[j]) * static_cast<double>(a[j] - b[j]), 2);
  return std::exp(-apart / (2 * length * length));
}

Dense dense(const Rows& rows, const std::vector<float>& scales, double length, double noise) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Dense out;
  out.length = length;
  Eigen::MatrixXd k(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      k(i, j) = kernel(rows.row(static_cast<std::size_t>(i)), rows.row(static_cast<std::size_t>(j)), scales, length) +
                (i == j ? noise : 0);
  const auto raw = Eigen::Map<const Eigen::ArrayXd>(rows.y.data(), n);
  out.mean = raw.mean();
  out.deviation = std::sqrt((raw - out.mean).square().mean());
  out.y = (raw - out.mean) / out.deviation;
  out.inverse = k.fullPivLu().inverse();
  out.signal = out.y.dot(out.inverse * out.y) / static_cast<double>(n);
  out.log_likelihood = -0.5 * out.y.dot(out.inverse * out.y) / out.signal -
                       0.5 * (std::log(k.fullPivLu().determinant()) + static_cast<double>(n) * std::log(out.signal)) -
                       0.5 * static_cast<double>(n) * std::log(2 * M_PI);
  return out;
}

TEST(GaussianProcess, EqualsTheDenseFormulas) {
  for (const bool binary : {true, false}) {
    const Rows rows = random_rows(40, 9, 0.1, binary), asked = random_rows(13, 9, 0, binary, 6);
    const double length = 2.5, noise = 0.05;
    const GaussianProcess process(rows.x, rows.y, rows.d, {length, noise});
    ASSERT_TRUE(process.valid());
    const Dense expected = dense(rows, process.rows().scales(), length, noise);
    EXPECT_NEAR(process.signal(), expected.signal, 1e-5 * expected.signal);
    EXPECT_NEAR(process.log_likelihood(), expected.log_likelihood, 1e-4);
    std::vector<double> mean(asked.size()), deviation(asked.size());
    process.predict(asked.x, asked.size(), mean, deviation);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      Eigen::VectorXd k(static_cast<Eigen::Index>(rows.size()));
      for (std::size_t j = 0; j < rows.size(); ++j)
        k(static_cast<Eigen::Index>(j)) = kernel(asked.row(i), rows.row(j), process.rows().scales(), length);
      EXPECT_NEAR(mean[i], expected.mean + expected.deviation * k.dot(expected.inverse * expected.y), 1e-4);
      EXPECT_NEAR(deviation[i], expected.deviation * std::sqrt(expected.signal * (1 + noise - k.dot(expected.inverse * k))),
                  1e-4);
    }
  }
}

TEST(GaussianProcess, ChoosesTheShapeOfTheLargestLikelihood) {
  const Rows rows = random_rows(80, 9, 0.3);
  const GaussianProcess chosen(rows.x, rows.y, rows.d, 500, Stream(1, "gp"));
  for (const double length : {0.3, 0.7, 0.9, 1.0, 1.1, 1.5, 4.0})
    for (const double noise : {0.1, 0.5, 0.8, 1.0, 1.25, 2.0, 10.0}) {
      const GaussianProcess other(rows.x, rows.y, rows.d, {chosen.shape().length * length, chosen.shape().noise * noise});
      EXPECT_TRUE(!other.valid() || other.log_likelihood() <= chosen.log_likelihood() + 1e-3) << length << " " << noise;
    }
}

TEST(Gp, PassesThroughTheRowsWithoutNoiseAndIsUnsureFarFromThem) {
  Rows rows{{}, {}, 1};
  for (int i = 0; i < 8; ++i) {
    rows.x.push_back(static_cast<float>(i));
    rows.y.push_back(std::sin(i));
  }
  auto gp = make_predictor("gp", {{"length", 0.5}, {"noise", 0}});
  ASSERT_TRUE(gp->fit(rows.x, rows.y, Stream(1, "")));
  std::vector<float> asked = rows.x;
  asked.push_back(100);
  std::vector<double> mean(9), deviation(9);
  ASSERT_TRUE(gp->predict_with_deviation(asked, 9, mean, deviation));
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(mean[i], rows.y[i], 1e-6);
    EXPECT_NEAR(deviation[i], 0, 1e-3);
  }
  double average = 0;
  for (const double y : rows.y) average += y / 8;
  EXPECT_NEAR(mean[8], average, 1e-6);
  EXPECT_GT(deviation[8], 0.3);
}

TEST(Gp, ItsIntervalsHoldWhatTheyPromise) {
  const Rows rows = random_rows(120, 10, 0.5), asked = random_rows(400, 10, 0.5, true, 6);
  auto gp = make_predictor("gp");
  ASSERT_TRUE(gp->fit(rows.x, rows.y, Stream(1, "")));
  std::vector<double> mean(400), deviation(400);
  ASSERT_TRUE(gp->predict_with_deviation(asked.x, 400, mean, deviation));
  int within = 0;
  for (std::size_t i = 0; i < 400; ++i) within += std::fabs(mean[i] - asked.y[i]) < 1.96 * deviation[i];
  EXPECT_NEAR(within / 400.0, 0.95, 0.04);
}

TEST(Gp, SaysThatItsKernelCannotBeInverted) {
  Rows rows = random_rows(12, 3, 0.1);
  std::copy_n(rows.x.begin(), 3, rows.x.begin() + 3);  // two equal networks, no noise
  const auto fitted = make_predictor("gp", {{"length", 1}, {"noise", 0}})->fit(rows.x, rows.y, Stream(1, ""));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "gp cannot invert its kernel with length 1 and noise 0");
  EXPECT_EQ(fitted.failure().hint, "a larger noise helps");
}

}  // namespace
}  // namespace nas::testing
