// `strategy = adaptive`: networks that tell a linear predictor most, by the determinant that they make large.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <set>

#include "backends/eigen/d_optimal.h"
#include "core/rng.h"
#include "device_fixture.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

constexpr double kPenalty = 1e-3;

/// log det(penalty I + sum of x x') with a constant column, by Eigen's decomposition.
double log_determinant(const std::vector<float>& rows, std::size_t d, const std::vector<std::size_t>& chosen) {
  const auto columns = static_cast<Eigen::Index>(d) + 1;
  Eigen::MatrixXd a = kPenalty * Eigen::MatrixXd::Identity(columns, columns);
  for (const std::size_t i : chosen) {
    Eigen::VectorXd x = Eigen::VectorXd::Ones(columns);
    for (std::size_t j = 0; j < d; ++j) x[static_cast<Eigen::Index>(j)] = rows[i * d + j];
    a += x * x.transpose();
  }
  return a.ldlt().vectorD().array().log().sum();
}

}  // namespace

TEST(DOptimal, EveryRowIsTheOneThatADeterminantByHandWouldTake) {
  Stream stream(4, "rows");
  const std::size_t n = 40, d = 6;
  std::vector<float> rows;
  for (std::size_t i = 0; i < n * d; ++i) rows.push_back(static_cast<float>(stream.below(1000)) / 500.0f - 1);
  const auto chosen = d_optimal(rows, n, d, 15, kPenalty);
  ASSERT_EQ(chosen.size(), 15u);
  std::vector<std::size_t> so_far;
  for (const std::size_t next : chosen) {
    double best = -1e300;
    std::size_t by_hand = n;
    for (std::size_t i = 0; i < n; ++i) {
      if (std::find(so_far.begin(), so_far.end(), i) != so_far.end()) continue;
      auto with = so_far;
      with.push_back(i);
      if (const double value = log_determinant(rows, d, with); value > best + 1e-9) best = value, by_hand = i;
    }
    EXPECT_EQ(next, by_hand);
    so_far.push_back(next);
  }
}

TEST(DOptimal, TakesNoRowTwiceAndAllWhereTheyAreFew) {
  const std::vector<float> rows = {1, 0, 1, 0, 0, 1};  // two equal ones among three
  auto all = d_optimal(rows, 3, 2, 10, kPenalty);
  EXPECT_EQ(all.size(), 3u);
  EXPECT_EQ(std::set<std::size_t>(all.begin(), all.end()).size(), 3u);
  EXPECT_EQ(d_optimal(rows, 3, 2, 2, kPenalty), (std::vector<std::size_t>{0, 2}));  // one of the equals, then the other kind
  EXPECT_TRUE(d_optimal({}, 0, 2, 5, kPenalty).empty());
}

// On spaces: more is told than by any of twenty random draws of as many networks.
TEST(DOptimal, TellsMoreThanRandomDraws) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3"}) {
    const auto made = compile_stdlib(name);
    Stream stream(5, name);
    const std::size_t n = 1000, count = 60, d = made->space->feature_count();
    std::vector<std::uint8_t> genomes(n * made->space->gene_count());
    ASSERT_TRUE(made->space->sample(stream, n, genomes));
    std::vector<float> rows(n * d);
    made->space->features(genomes, n, rows);
    const double chosen = log_determinant(rows, d, d_optimal(rows, n, d, count, kPenalty));
    for (int draw = 0; draw < 20; ++draw) {
      std::vector<std::size_t> random;
      for (std::size_t i = 0; i < count; ++i) random.push_back(stream.below(n));
      EXPECT_GT(chosen, log_determinant(rows, d, random)) << name;
    }
  }
}

class Adaptive : public DeviceTest {};

// A larger profile holds the smaller one, so growing it measures only what is new.
TEST_F(Adaptive, ALargerProfileHoldsTheSmallerOne) {
  write_program(kRight);
  const auto script = [](int samples) {
    return fmt::format(
        "seed 1\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1ms)\n"
        "profile base = latency over net on board {{ samples = {}, strategy = adaptive }}\nshow base\n",
        samples);
  };
  ASSERT_EQ(run(script(10)).status, Status::ok);
  const auto first = lines("asked");
  EXPECT_EQ(first.size(), 10u);
  ASSERT_EQ(run(script(25)).status, Status::ok);
  const auto asked = lines("asked");
  EXPECT_EQ(asked.size(), 25u);
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()).size(), 25u);
}
