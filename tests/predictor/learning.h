#pragma once

#include <bit>
#include <cmath>

#include "predictor_fixture.h"

namespace nas::testing {

/// One-hot rows of genes with three options each; a sum of options, a product of two genes, and noise.
inline Rows one_hot_rows(std::size_t n, std::size_t genes, double noise = 0.1, std::uint64_t seed = 1) {
  Stream stream(seed, "one_hot_rows");
  Rows rows;
  rows.d = 3 * genes;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 5;
    std::uint32_t first = 0;
    for (std::size_t g = 0; g < genes; ++g) {
      const std::uint32_t option = stream.below(3);
      if (g == 0) first = option;
      for (std::uint32_t o = 0; o < 3; ++o) rows.x.push_back(o == option);
      sum += static_cast<double>(option) / static_cast<double>(g + 1);
      if (g == 1) sum += first * option;
    }
    rows.y.push_back(sum + noise * stream.normal());
  }
  return rows;
}

/// Real-valued rows.
inline Rows real_rows(std::size_t n, std::size_t d, double noise = 0.1, std::uint64_t seed = 1) {
  Stream stream(seed, "real_rows");
  Rows rows;
  rows.d = d;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 3;
    for (std::size_t j = 0; j < d; ++j) {
      const double value = stream.normal() * 10;
      rows.x.push_back(static_cast<float>(value));
      sum += (j % 2 == 0 ? 1 : -1) * value / static_cast<double>(j + 1);
    }
    rows.y.push_back(sum + noise * stream.normal());
  }
  return rows;
}

inline std::vector<double> predictions(const Predictor& predictor, const Rows& rows) {
  return predictions(predictor, rows.x, rows.size());
}

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return false;
  return true;
}

/// What EveryPredictor asks with the default arguments, here with others: the same bytes from the same stream, one row as in a
/// batch, and a round trip.
inline void expect_exact(const std::string& name, const nlohmann::json& arguments, const Rows& rows, const Rows& unseen) {
  SCOPED_TRACE(name + " " + arguments.dump());
  const auto predictor = make_predictor(name, arguments), again = make_predictor(name, arguments);
  ASSERT_TRUE(predictor->fit(rows.x, rows.y, Stream(3, "exact")));
  const auto batch = predictions(*predictor, unseen);
  ASSERT_TRUE(again->fit(unseen.x, unseen.y, Stream(4, "other")));  // and nothing of it is left
  ASSERT_TRUE(again->fit(rows.x, rows.y, Stream(3, "exact")));
  EXPECT_TRUE(same_bits(predictions(*again, unseen), batch));
  for (std::size_t i = 0; i < unseen.size(); ++i) {
    double one = 0;
    predictor->predict(std::span(unseen.x).subspan(i * unseen.d, unseen.d), 1, std::span(&one, 1));
    ASSERT_EQ(one, batch[i]) << "row " << i;
  }
  predictor->predict({}, 0, {});
  const auto state = predictor->state();
  ASSERT_TRUE(state);
  const auto restored = make_predictor(name, arguments);
  ASSERT_TRUE(restored->restore({nlohmann::json::parse(state->facts.dump()), state->arrays}));
  EXPECT_TRUE(same_bits(predictions(*restored, unseen), batch));
  EXPECT_EQ(restored->summary(), predictor->summary());
}

}  // namespace nas::testing
