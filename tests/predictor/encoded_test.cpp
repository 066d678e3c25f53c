// A predictor behind an encoding of the space is the inner one on encoded rows, also where it tells deviations or is saved.
#include "../space/space_fixture.h"
#include "predictor_fixture.h"
#include "run/encoded_predictor.h"

namespace nas::testing {
namespace {

TEST(EncodedPredictor, IsTheInnerOneOnEncodedRows) {
  const auto made = compile_stdlib("ofa_mobilenetv3");
  ASSERT_TRUE(made->space) << made->errors();
  const std::shared_ptr<const Space> space(std::shared_ptr<const void>(), &*made->space);
  const auto encoding = space->find_encoding("ofa_128");
  ASSERT_TRUE(encoding);
  const std::size_t n = 40, d = space->encodings()[*encoding].columns.size();
  std::vector<std::uint8_t> genomes;
  std::vector<double> targets;
  Stream stream(3, "rows");
  for (std::size_t i = 0; i < n; ++i) {
    const auto arch = space->sample(stream);
    ASSERT_TRUE(arch);
    genomes.insert(genomes.end(), arch->genes.begin(), arch->genes.end());
    targets.push_back(stream.uniform());
  }
  std::vector<float> one_hot(n * space->feature_count()), columns(n * d);
  space->features(genomes, n, one_hot);
  space->encode(*encoding, genomes, n, columns);
  auto inner = make_predictor("gp");
  ASSERT_TRUE(inner->fit(columns, targets, Stream(1, "fit")));
  auto outer = encoded(make_predictor("gp"), space, *encoding);
  ASSERT_TRUE(outer->fit(one_hot, targets, Stream(1, "fit")));
  std::vector<double> mean(n), deviation(n), other_mean(n), other_deviation(n);
  ASSERT_TRUE(inner->predict_with_deviation(columns, n, mean, deviation));
  ASSERT_TRUE(outer->predict_with_deviation(one_hot, n, other_mean, other_deviation));
  EXPECT_EQ(other_mean, mean);
  EXPECT_EQ(other_deviation, deviation);
  const auto state = outer->state();
  ASSERT_TRUE(state);
  auto restored = encoded(make_predictor("gp"), space, *encoding);
  ASSERT_TRUE(restored->restore(*state));
  EXPECT_EQ(predictions(*restored, one_hot, n), mean);
}

}  // namespace
}  // namespace nas::testing
