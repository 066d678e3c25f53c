// Ridge regression against the normal equations and against published golden values on NAS-Bench-201.
#include "backends/eigen/ridge.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "core/services.h"
#include "core/statistics.h"
#include "nasbench_table.h"
#include "stdlib/register.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Problem {
  std::vector<float> x;
  std::vector<double> y;
  std::size_t d;
};

Problem random_problem(std::size_t n, std::size_t d, double noise) {
  Stream stream(5, "ridge");
  Problem p{{}, {}, d};
  std::vector<double> weights(d);
  for (double& w : weights) w = stream.normal();
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 3;
    for (std::size_t j = 0; j < d; ++j) {
      p.x.push_back(static_cast<float>(stream.below(2)));
      sum += weights[j] * static_cast<double>(p.x.back());
    }
    p.y.push_back(sum + noise * stream.normal());
  }
  return p;
}

/// (Xc'Xc + alpha I) b = Xc'yc solved directly.
Eigen::VectorXd solved(const Problem& p, double alpha) {
  const auto n = static_cast<Eigen::Index>(p.y.size()), d = static_cast<Eigen::Index>(p.d);
  Eigen::MatrixXd x(n, d);
  Eigen::VectorXd y(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    y(i) = p.y[static_cast<std::size_t>(i)];
    for (Eigen::Index j = 0; j < d; ++j) x(i, j) = p.x[static_cast<std::size_t>(i * d + j)];
  }
  const Eigen::RowVectorXd means = x.colwise().mean();
  x.rowwise() -= means;
  y.array() -= y.mean();
  return (x.transpose() * x + alpha * Eigen::MatrixXd::Identity(d, d)).ldlt().solve(x.transpose() * y);
}

struct Quality {
  double tau, spearman, rmse;
};

/// Trains on the first n of the published order (389 k) mod 15625, tests on all others.
Quality golden(const NasBenchTable& table, const std::string& column, std::size_t n) {
  const std::size_t rows = table.archs.size();
  const auto& values = table.columns.at(column);
  std::vector<std::uint8_t> genomes;
  std::vector<double> targets;
  for (std::size_t k = 0; k < rows; ++k) {
    const Arch& arch = table.archs[389 * k % rows];
    genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    targets.push_back(values[389 * k % rows]);
  }
  const std::size_t d = table.space().feature_count();
  std::vector<float> features(rows * d);
  table.space().features(genomes, rows, features);
  const RidgeFit fit = fit_ridge(std::span(features).first(n * d), std::span(targets).first(n), d, 1.0);
  std::vector<double> predicted;
  for (std::size_t i = n; i < rows; ++i) {
    double sum = fit.intercept;
    for (std::size_t j = 0; j < d; ++j) sum += fit.weights[j] * static_cast<double>(features[i * d + j]);
    predicted.push_back(sum);
  }
  const auto measured = std::span(targets).subspan(n);
  return {kendall_tau(predicted, measured), spearman(predicted, measured), rmse(predicted, measured)};
}

}  // namespace

TEST(Ridge, SolvesTheNormalEquationsInBothShapes) {
  for (const auto& [n, d] : {std::pair<std::size_t, std::size_t>{60, 12}, {15, 40}})
    for (const double alpha : {0.01, 1.0, 100.0}) {
      const Problem p = random_problem(n, d, 0.1);
      const RidgeFit fit = fit_ridge(p.x, p.y, d, alpha);
      const Eigen::VectorXd expected = solved(p, alpha);
      for (std::size_t j = 0; j < d; ++j) EXPECT_NEAR(fit.weights[j], expected(static_cast<Eigen::Index>(j)), 1e-9);
    }
}

TEST(Ridge, TheInterceptIsNotPenalised) {
  Problem p = random_problem(50, 8, 0.1);
  const RidgeFit before = fit_ridge(p.x, p.y, p.d, 10);
  for (double& y : p.y) y += 1e6;
  const RidgeFit after = fit_ridge(p.x, p.y, p.d, 10);
  EXPECT_NEAR(after.intercept - before.intercept, 1e6, 1e-6);
  for (std::size_t j = 0; j < p.d; ++j) EXPECT_NEAR(after.weights[j], before.weights[j], 1e-8);
}

TEST(Ridge, CrossValidationTakesThePenaltyThatTheNoiseAsksFor) {
  std::vector<double> alphas;
  for (int i = -6; i <= 6; ++i) alphas.push_back(std::pow(10.0, i));
  const Problem clean = random_problem(100, 10, 0);
  EXPECT_LE(fit_ridge_cross_validated(clean.x, clean.y, clean.d, alphas, 5, Stream(1, "cv")).alpha, 1e-5);
  Problem noise = random_problem(100, 10, 0);
  Stream stream(9, "noise");
  for (double& y : noise.y) y = stream.normal();  // nothing to learn
  EXPECT_GE(fit_ridge_cross_validated(noise.x, noise.y, noise.d, alphas, 5, Stream(1, "cv")).alpha, 10);
}

TEST(Ridge, CrossValidationEqualsRefittingEveryFoldAndPenalty) {
  const Problem p = random_problem(43, 9, 1.5);
  const std::vector<double> alphas{0.1, 1, 10, 100};
  Stream shuffle(4, "folds");
  std::vector<std::size_t> order(p.y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Stream copy = shuffle;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[copy.below(static_cast<std::uint32_t>(i))]);
  double best_error = 1e300, best_alpha = 0;
  for (const double alpha : alphas) {
    double error = 0;
    for (std::size_t fold = 0; fold < 5; ++fold) {
      Problem train{{}, {}, p.d};
      std::vector<std::size_t> held;
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (i % 5 == fold) {
          held.push_back(order[i]);
          continue;
        }
        train.y.push_back(p.y[order[i]]);
        train.x.insert(train.x.end(), p.x.begin() + static_cast<std::ptrdiff_t>(order[i] * p.d),
                       p.x.begin() + static_cast<std::ptrdiff_t>((order[i] + 1) * p.d));
      }
      const RidgeFit fit = fit_ridge(train.x, train.y, p.d, alpha);
      for (const auto row : held) {
        double sum = fit.intercept;
        for (std::size_t j = 0; j < p.d; ++j) sum += fit.weights[j] * static_cast<double>(p.x[row * p.d + j]);
        error += (sum - p.y[row]) * (sum - p.y[row]);
      }
    }
    if (error < best_error) {
      best_error = error;
      best_alpha = alpha;
    }
  }
  EXPECT_EQ(fit_ridge_cross_validated(p.x, p.y, p.d, alphas, 5, shuffle).alpha, best_alpha);
}

TEST(Ridge, GoldenValuesOnNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  struct Row {
    const char* column;
    std::size_t n;
    Quality expected;
  };
  const Row rows[] = {{"acc_cifar10", 100, {.445349, .624476, 12.045571}},
                      {"acc_cifar10", 1000, {.533183, .723544, 11.135081}},
                      {"acc_cifar100", 1000, {.616818, .811005, 9.568829}},
                      {"lat_fpga", 1000, {.986898, .999542, .005834}},
                      {"lat_pixel3", 1000, {.806855, .940468, 2.065208}}};
  for (const Row& row : rows) {
    const Quality got = golden(*table, row.column, row.n);
    EXPECT_NEAR(got.tau, row.expected.tau, 1e-6) << row.column << " " << row.n;
    EXPECT_NEAR(got.spearman, row.expected.spearman, 1e-6) << row.column << " " << row.n;
    EXPECT_NEAR(got.rmse, row.expected.rmse, 1e-6) << row.column << " " << row.n;
  }
}

TEST(RidgeComponent, SaysWhatItCannotLearnFrom) {
  Registry registry;
  add_predictors(registry);
  const Component* ridge = registry.find(ComponentKind::predictor, "ridge");
  ASSERT_TRUE(ridge);
  struct NoServices : Services {
    Result<std::string> read_file(const std::string&) override { return Failure{}; }
    Result<std::string> input_path(const std::string&) override { return Failure{}; }
    Result<NetworkRunner*> runner() override { return Failure{}; }
    int threads() const override { return 1; }
  } services;
  auto built = ridge->build(nlohmann::json::object(), services);
  ASSERT_TRUE(built);
  auto predictor = std::static_pointer_cast<Predictor>(*built);
  const Problem few = random_problem(4, 3, 0);
  EXPECT_EQ(predictor->fit(few.x, few.y, Stream(1, "")).failure().message,
            "ridge needs at least 10 measured networks, there are 4");
  Problem broken = random_problem(12, 3, 0);
  broken.y[6] = std::nan("");
  EXPECT_EQ(predictor->fit(broken.x, broken.y, Stream(1, "")).failure().message,
            "row 7 of the measurements is not a finite number");
}
