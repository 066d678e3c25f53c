// One-Proxy's adaptation by its closed path: against brute force, and against the golden values of NAS-Bench-201's devices.
#include "backends/eigen/one_proxy.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "core/statistics.h"
#include "nasbench_table.h"

using namespace nas;
using namespace nas::testing;

namespace {

double at(std::span<const double> weights, std::span<const float> row) {
  double sum = weights.back();
  for (std::size_t j = 0; j < row.size(); ++j) sum += weights[j] * static_cast<double>(row[j]);
  return sum;
}

}  // namespace

// Eq. 3 with the squared norm, minimised over a, b and c at once: the gradient of the whole objective is zero at what the path
// gives.
TEST(OneProxy, ThePathIsWhereTheObjectivesGradientVanishes) {
  const std::size_t n = 40, d = 7;
  Stream stream(3, "rows");
  std::vector<float> x(n * d);
  for (float& v : x) v = static_cast<float>(stream.normal());
  std::vector<double> w(d + 1), y(n);
  for (double& v : w) v = stream.normal();
  for (double& v : y) v = stream.normal();
  for (const ProxyForm form : {ProxyForm::multiplicative, ProxyForm::additive}) {
    const ProxyPath path(x, w, y, form);
    for (const double r : {1e-3, 1e-1, 10.0}) {
      const std::vector<double> adapted = path.weights(r);
      // adapted = a w + scale o b + c e; the residual is orthogonal to the proxy and the constant, and Z' residual = mu b.
      std::vector<double> residual(n);
      for (std::size_t i = 0; i < n; ++i) residual[i] = y[i] - at(adapted, std::span(x).subspan(i * d, d));
      double on_constant = 0, on_proxy = 0;
      for (std::size_t i = 0; i < n; ++i) {
        on_constant += residual[i];
        on_proxy += residual[i] * at(w, std::span(x).subspan(i * d, d));
      }
      EXPECT_NEAR(on_constant, 0, 1e-9);
      EXPECT_NEAR(on_proxy, 0, 1e-9);
      // b is what scale' residual says, up to one factor mu: the ratios of Z' residual to b agree over the columns.
      std::vector<double> pull(d);
      for (std::size_t j = 0; j < d; ++j)
        for (std::size_t i = 0; i < n; ++i)
          pull[j] += residual[i] * static_cast<double>(x[i * d + j]) * (form == ProxyForm::multiplicative ? w[j] : 1);
      // b = (adapted - a w) / scale with an unknown a: eliminated between columns 0, 1 and each other one.
      auto b_of = [&](std::size_t j, double a) {
        return (adapted[j] - a * w[j]) / (form == ProxyForm::multiplicative ? w[j] : 1);
      };
      // pull = mu b is linear in (mu, mu a): solved from two columns, checked on the rest.
      auto factor = [&](std::size_t j) { return form == ProxyForm::multiplicative ? 1.0 : w[j]; };
      Eigen::Matrix2d m;
      m << b_of(0, 0), -factor(0), b_of(1, 0), -factor(1);
      const Eigen::Vector2d solved = m.colPivHouseholderQr().solve(Eigen::Vector2d(pull[0], pull[1]));
      EXPECT_GT(solved(0), 0);
      for (std::size_t j = 2; j < d; ++j)
        EXPECT_NEAR(pull[j], solved(0) * b_of(j, 0) - solved(1) * factor(j), 1e-7 * (1 + std::fabs(pull[j]))) << j;
    }
    const std::vector<double> only_scaled = path.weights(INFINITY);
    for (std::size_t j = 1; j < d; ++j) EXPECT_NEAR(only_scaled[j] * w[0], only_scaled[0] * w[j], 1e-9);
  }
}

TEST(OneProxy, WeightsOfLeastNormGiveTheSameValues) {
  // Two genes of three options each: both blocks sum to 1.
  std::vector<float> x;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b)
      for (int j = 0; j < 6; ++j) x.push_back(j == a || j == 3 + b ? 1.0f : 0.0f);
  const std::vector<double> w = {5, 6, 7, -1, -2, -3, 100}, least = least_norm_weights(x, w);
  double before = 0, after = 0;
  for (std::size_t i = 0; i < 9; ++i)
    EXPECT_NEAR(at(w, std::span(x).subspan(i * 6, 6)), at(least, std::span(x).subspan(i * 6, 6)), 1e-9);
  for (std::size_t j = 0; j < w.size(); ++j) {
    before += w[j] * w[j];
    after += least[j] * least[j];
  }
  EXPECT_LT(after, before);
  EXPECT_NEAR(least[0] + least[1] + least[2], least[6], 1e-9);  // orthogonal to (1, 1, 1, 0, 0, 0, -1)
}

// Sample order (389 k) mod 15625, the first n to train, the next 20 to choose the penalty; milliseconds; Spearman over all
// networks.
TEST(OneProxy, GoldenValuesOfNasBench201) {
  const auto table = nasbench_table();
  if (!table) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  const std::size_t n = table->archs.size(), d = table->space().feature_count();
  ASSERT_EQ(n, 15625u);
  ASSERT_EQ(d, 30u);
  std::vector<std::uint8_t> genomes;
  for (const Arch& arch : table->archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
  std::vector<float> x(n * d);
  table->space().features(genomes, n, x);
  auto row = [&](std::size_t i) { return std::span<const float>(x).subspan(i * d, d); };
  // The proxy's linear model: least squares on all of its latencies.
  const auto& pixel3 = table->columns.at("lat_pixel3");
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(31, 31);
  Eigen::VectorXd moment = Eigen::VectorXd::Zero(31);
  for (std::size_t i = 0; i < n; ++i) {
    Eigen::VectorXd v(31);
    for (std::size_t j = 0; j < d; ++j) v(static_cast<Eigen::Index>(j)) = static_cast<double>(row(i)[j]);
    v(30) = 1;
    gram += v * v.transpose();
    moment += v * pixel3[i];
  }
  const Eigen::VectorXd solved = gram.completeOrthogonalDecomposition().solve(moment);
  const std::vector<double> any(solved.data(), solved.data() + 31), w = least_norm_weights(x, any);
  // none, skip, 1x1, 3x3, pool on the first and the last edge, and the constant.
  const auto names = table->space().feature_names();
  for (const auto& [column, value] : {std::pair(0, -.8966),
                                      {1, -.5801},
                                      {2, .1525},
                                      {3, 5.5501},
                                      {4, .8712},
                                      {25, -3.4473},
                                      {26, .0031},
                                      {27, .7013},
                                      {28, 6.2330},
                                      {29, 1.6072},
                                      {30, 5.0972}})
    EXPECT_NEAR(w[static_cast<std::size_t>(column)], value, 6e-5) << column;
  std::vector<double> positive = w;  // each edge's cheapest operator costs nothing
  for (std::size_t edge = 0; edge < 6; ++edge) {
    const double least = *std::min_element(w.begin() + static_cast<std::ptrdiff_t>(5 * edge),
                                           w.begin() + static_cast<std::ptrdiff_t>(5 * edge + 5));
    for (std::size_t j = 0; j < 5; ++j) positive[5 * edge + j] -= least;
    positive.back() += least;
  }
  struct Golden {
    const char* target;
    bool least_norm;
    double largest_penalty, selected;
    std::array<double, 3> fixed;
  };
  const Golden goldens[] = {{"lat_fpga", true, 1.7525, .931394, {.933260, .927853, .929433}},
                            {"lat_fpga", false, 1.9466, .932076, {.951154, .938342, .929817}},
                            {"lat_eyeriss", true, 2.6978, .965134, {.959777, .889837, .788463}},
                            {"lat_raspi4", true, 5.8193, .938495, {.912263, .932239, .937794}}};
  for (const Golden& golden : goldens) {
    const auto& y = table->columns.at(golden.target);
    std::vector<float> train, validate;
    std::vector<double> train_y, validate_y;
    for (std::size_t k = 0; k < 40; ++k) {
      const std::size_t i = 389 * k % 15625;
      (k < 20 ? train : validate).insert((k < 20 ? train : validate).end(), row(i).begin(), row(i).end());
      (k < 20 ? train_y : validate_y).push_back(y[i]);
    }
    const ProxyPath path(train, golden.least_norm ? w : positive, train_y, ProxyForm::multiplicative);
    EXPECT_NEAR(path.largest_penalty(), golden.largest_penalty, 6e-5) << golden.target;
    auto rank = [&](const std::vector<double>& weights) {
      std::vector<double> values(n);
      for (std::size_t i = 0; i < n; ++i) values[i] = at(weights, row(i));
      return spearman(values, y);
    };
    EXPECT_NEAR(rank(path.weights(1e-3)), golden.fixed[0], 1e-6) << golden.target;
    EXPECT_NEAR(rank(path.weights(1e-2)), golden.fixed[1], 1e-6) << golden.target;
    EXPECT_NEAR(rank(path.weights(1e-1)), golden.fixed[2], 1e-6) << golden.target;
    double best = INFINITY;
    std::vector<double> chosen;
    for (const double r : proxy_penalties()) {
      const auto weights = path.weights(r);
      double error = 0;
      for (std::size_t k = 0; k < 20; ++k)
        error += std::pow(at(weights, std::span<const float>(validate).subspan(k * d, d)) - validate_y[k], 2);
      if (error < best) {
        best = error;
        chosen = weights;
      }
    }
    EXPECT_NEAR(rank(chosen), golden.selected, 2e-3) << golden.target;
  }
}
