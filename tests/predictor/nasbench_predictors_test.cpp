// Published accuracies of predictors on NAS-Bench-201 (scikit-learn, 30 one-hot columns, five seeds, tested on all networks that
// were not learnt from): ours with the same settings have the same Kendall tau.
#include <numeric>

#include "core/statistics.h"
#include "nasbench_table.h"
#include "predictor_fixture.h"

namespace nas::testing {
namespace {

struct Cell {
  const char* column;
  std::size_t rows;
  double tau;
};

class NasBenchPredictors : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto table = nasbench_table();
    if (!table) return;
    table_ = new NasBenchTable(std::move(*table));
    std::vector<std::uint8_t> genomes;
    for (const Arch& arch : table_->archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    features_.resize(table_->archs.size() * table_->space().feature_count());
    table_->space().features(genomes, table_->archs.size(), features_);
  }
  void SetUp() override {
    if (!table_) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout (set NAS_SHARED_DATA)";
  }

  /// The mean over draws of the rows to learn from.
  static double mean_tau(const std::string& name, const nlohmann::json& arguments, const Cell& cell, std::uint64_t draws) {
    const auto& values = table_->columns.at(cell.column);
    const std::size_t all = values.size(), d = table_->space().feature_count();
    double sum = 0;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
      std::vector<std::size_t> order(all);
      std::iota(order.begin(), order.end(), std::size_t{0});
      Stream stream(seed, "rows");
      for (std::size_t i = all; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
      std::vector<float> x;
      std::vector<double> y, predicted(all - cell.rows);
      for (const std::size_t row : order) {
        x.insert(x.end(), features_.begin() + static_cast<std::ptrdiff_t>(row * d),
                 features_.begin() + static_cast<std::ptrdiff_t>((row + 1) * d));
        y.push_back(values[row]);
      }
      auto predictor = make_predictor(name, arguments);
      const auto fitted = predictor->fit(std::span(x).first(cell.rows * d), std::span(y).first(cell.rows), Stream(seed, "fit"));
      if (!fitted) {
        ADD_FAILURE() << fitted.failure().message;
        return 0;
      }
      predictor->predict(std::span(x).subspan(cell.rows * d), predicted.size(), predicted);
      sum += kendall_tau(predicted, std::span(y).subspan(cell.rows));
    }
    return sum / static_cast<double>(draws);
  }

  static void expect(const std::string& name, const nlohmann::json& arguments, const std::vector<Cell>& cells,
                     std::uint64_t draws = 5) {
    for (const Cell& cell : cells)
      EXPECT_NEAR(mean_tau(name, arguments, cell, draws), cell.tau, 0.02) << name << " " << cell.column << " " << cell.rows;
  }

  /// With the default arguments: at most .02 below.
  static void expect_at_least(const std::string& name, const std::vector<Cell>& cells) {
    for (const Cell& cell : cells)
      EXPECT_GE(mean_tau(name, nlohmann::json::object(), cell, 5), cell.tau - 0.02)
          << name << " " << cell.column << " " << cell.rows;
  }

  inline static const NasBenchTable* table_ = nullptr;
  inline static std::vector<float> features_;
};

// Means of five draws of a linear model of accuracy still have an error of .014: networks that learnt nothing pull at it.
TEST_F(NasBenchPredictors, RidgeRanksAsPublished) {
  expect("ridge", {{"alpha", 1}},
         {{"acc_cifar10", 200, .450},
          {"acc_cifar10", 500, .480},
          {"acc_cifar10", 1000, .505},
          {"acc_cifar100", 200, .544},
          {"acc_cifar100", 500, .581},
          {"acc_cifar100", 1000, .602},
          {"lat_pixel3", 200, .792},
          {"lat_pixel3", 500, .806},
          {"lat_pixel3", 1000, .808},
          {"lat_eyeriss", 1000, .963},
          {"lat_fpga", 200, .987},
          {"lat_fpga", 1000, .987},
          {"lat_gold_6226", 200, .912},
          {"lat_gold_6226", 1000, .923}},
         20);
}

// With 50 and 100 networks, where a choice is hardest: what `auto` takes ranks at least as well as the best published column.
TEST_F(NasBenchPredictors, AutoRanksAtLeastAsWellAsTheBestOfAll) {
  const std::vector<Cell> cells{{"acc_cifar10", 50, .384},   {"acc_cifar10", 100, .457}, {"acc_cifar100", 50, .426},
                                {"acc_cifar100", 100, .514}, {"lat_pixel3", 50, .699},   {"lat_pixel3", 100, .773},
                                {"lat_eyeriss", 50, .919},   {"lat_eyeriss", 100, .963}, {"lat_fpga", 50, .929},
                                {"lat_gold_6226", 50, .861}};
  for (const Cell& cell : cells)
    EXPECT_GE(mean_tau("auto", nlohmann::json::object(), cell, 5), cell.tau) << cell.column << " " << cell.rows;
}

// With 200 networks and more, to half of the last published digit.
TEST_F(NasBenchPredictors, AutoRanksAtLeastAsWellAsTheBestOfAllOnMoreRows) {
  const std::vector<Cell> cells{{"acc_cifar10", 200, .569},   {"acc_cifar10", 500, .672},   {"acc_cifar10", 1000, .719},
                                {"acc_cifar100", 200, .596},  {"acc_cifar100", 500, .686},  {"acc_cifar100", 1000, .737},
                                {"lat_pixel3", 200, .795},    {"lat_pixel3", 500, .841},    {"lat_pixel3", 1000, .861},
                                {"lat_eyeriss", 1000, .963},  {"lat_fpga", 200, .987},      {"lat_fpga", 1000, .987},
                                {"lat_gold_6226", 200, .912}, {"lat_gold_6226", 1000, .923}};
  for (const Cell& cell : cells)
    EXPECT_GE(mean_tau("auto", nlohmann::json::object(), cell, 5), cell.tau - 0.0005) << cell.column << " " << cell.rows;
}

TEST_F(NasBenchPredictors, SvrRanksAsPublished) {
  expect("svr", {{"c", 10}, {"epsilon", 0.05}},
         {{"acc_cifar10", 200, .497},
          {"acc_cifar10", 500, .549},
          {"acc_cifar10", 1000, .575},
          {"acc_cifar100", 200, .596},
          {"acc_cifar100", 500, .666},
          {"acc_cifar100", 1000, .698},
          {"lat_pixel3", 200, .795},
          {"lat_pixel3", 500, .823},
          {"lat_pixel3", 1000, .835},
          {"lat_eyeriss", 1000, .963},
          {"lat_fpga", 200, .943},
          {"lat_fpga", 1000, .983},
          {"lat_gold_6226", 200, .878},
          {"lat_gold_6226", 1000, .896}});
}

TEST_F(NasBenchPredictors, KnnRanksBetterThanPublishedSinceEqualDistancesShareTheirVotes) {
  const std::vector<Cell> cells{{"acc_cifar10", 200, .454},   {"acc_cifar10", 500, .530},   {"acc_cifar10", 1000, .564},
                                {"acc_cifar100", 200, .466},  {"acc_cifar100", 500, .544},  {"acc_cifar100", 1000, .579},
                                {"lat_pixel3", 200, .578},    {"lat_pixel3", 500, .633},    {"lat_pixel3", 1000, .661},
                                {"lat_eyeriss", 1000, .725},  {"lat_fpga", 200, .632},      {"lat_fpga", 1000, .715},
                                {"lat_gold_6226", 200, .608}, {"lat_gold_6226", 1000, .690}};
  for (const Cell& cell : cells) {
    const double tau = mean_tau("knn", {{"k", 5}}, cell, 5);
    EXPECT_GE(tau, cell.tau + 0.02) << cell.column << " " << cell.rows;
    EXPECT_LE(tau, cell.tau + 0.11) << cell.column << " " << cell.rows;
  }
}

// The published forest chooses from all columns; its five draws of 200 rows were kind to it: scikit-learn's own mean over ten
// draws is .685 instead of .718 on gold_6226. Ours chooses from a third.
TEST_F(NasBenchPredictors, RandomForestRanksAsPublishedOrBetter) {
  expect_at_least("random_forest", {{"acc_cifar10", 200, .569},
                                    {"acc_cifar10", 500, .672},
                                    {"acc_cifar10", 1000, .719},
                                    {"acc_cifar100", 200, .593},
                                    {"acc_cifar100", 500, .686},
                                    {"acc_cifar100", 1000, .734},
                                    {"lat_pixel3", 200, .746},
                                    {"lat_pixel3", 500, .789},
                                    {"lat_pixel3", 1000, .820},
                                    {"lat_eyeriss", 1000, .846},
                                    {"lat_fpga", 200, .760},
                                    {"lat_fpga", 1000, .838},
                                    {"lat_gold_6226", 200, .718},
                                    {"lat_gold_6226", 1000, .810}});
}

TEST_F(NasBenchPredictors, BoostingRanksAsPublishedOrBetter) {
  expect_at_least("gbdt", {{"acc_cifar10", 200, .532},
                           {"acc_cifar10", 500, .610},
                           {"acc_cifar10", 1000, .654},
                           {"acc_cifar100", 200, .590},
                           {"acc_cifar100", 500, .676},
                           {"acc_cifar100", 1000, .713},
                           {"lat_pixel3", 200, .792},
                           {"lat_pixel3", 500, .841},
                           {"lat_pixel3", 1000, .861},
                           {"lat_eyeriss", 1000, .951},
                           {"lat_fpga", 200, .878},
                           {"lat_fpga", 1000, .961},
                           {"lat_gold_6226", 200, .830},
                           {"lat_gold_6226", 1000, .902}});
}

TEST_F(NasBenchPredictors, PerceptronRanksBetterThanPublishedSinceItsWeightsDecay) {
  expect_at_least("mlp", {{"acc_cifar10", 200, .465},
                          {"acc_cifar10", 500, .584},
                          {"acc_cifar10", 1000, .674},
                          {"acc_cifar100", 200, .561},
                          {"acc_cifar100", 500, .659},
                          {"acc_cifar100", 1000, .737},
                          {"lat_pixel3", 200, .766},
                          {"lat_pixel3", 500, .797},
                          {"lat_pixel3", 1000, .815},
                          {"lat_eyeriss", 1000, .942},
                          {"lat_fpga", 200, .905},
                          {"lat_fpga", 1000, .956},
                          {"lat_gold_6226", 200, .854},
                          {"lat_gold_6226", 1000, .887}});
}

}  // namespace
}  // namespace nas::testing
