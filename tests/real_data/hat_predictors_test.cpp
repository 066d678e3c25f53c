// Latency of HAT's transformers from its ten averaged features, on five published sets: ridge beside the reference's figures,
// boosted trees, and ridge with the products by which decoder layers multiply what a decoder layer costs.
#include <cmath>
#include <cstdio>

#include "../predictor/predictor_fixture.h"
#include "core/csv.h"
#include "core/statistics.h"
#include "run_example.h"

namespace nas::testing {
namespace {

struct HatSet {
  std::vector<float> x;
  std::vector<double> y;
};

HatSet hat_rows(const std::filesystem::path& file, bool products) {
  auto bytes = read_whole_file(file.string());
  const auto table = Csv::parse(file.string(), std::move(*bytes));
  const std::vector<double> scale = {640, 6, 2048, 6, 640, 6, 2048, 6, 6, 2};
  HatSet out;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    std::vector<double> features;
    for (std::size_t c = 0; c < 10; ++c) features.push_back(*table->number(row, c) / scale[c]);
    if (products)
      for (std::size_t c = 6; c < 10; ++c) features.push_back(features[5] * features[c]);
    for (const double v : features) out.x.push_back(static_cast<float>(v));
    out.y.push_back(1e-3 * (*table->number(row, *table->column("latency_mean_encoder")) +
                            *table->number(row, *table->column("latency_mean_decoder"))));
  }
  return out;
}

/// MAPE and Kendall's tau on the 500 rows that a predictor has not learnt from; means of four random splits.
std::pair<double, double> judged(const HatSet& set, const std::string& name, const nlohmann::json& arguments, int splits = 4) {
  const std::size_t n = set.y.size(), d = set.x.size() / n;
  double error = 0, tau = 0;
  for (int split = 0; split < splits; ++split) {
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    Stream stream(static_cast<std::uint64_t>(split), "split");
    for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
    std::vector<float> x;
    std::vector<double> y;
    for (const std::size_t row : order) {
      x.insert(x.end(), set.x.begin() + static_cast<std::ptrdiff_t>(row * d),
               set.x.begin() + static_cast<std::ptrdiff_t>((row + 1) * d));
      y.push_back(set.y[row]);
    }
    auto predictor = make_predictor(name, arguments);
    const auto fitted = predictor->fit(std::span(x).first(1500 * d), std::span(y).first(1500), Stream(1, "fit"));
    EXPECT_TRUE(fitted) << fitted.failure().message;
    std::vector<double> said(n - 1500);
    predictor->predict(std::span(x).subspan(1500 * d), said.size(), said);
    error += mape(said, std::span(y).subspan(1500)) / splits;
    tau += kendall_tau(said, std::span(y).subspan(1500)) / splits;
  }
  return {error, tau};
}

}  // namespace

TEST(HatPredictors, RidgeIsTheReferenceAndProductsTellWhatLayersMultiply) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the published tables are not beside this checkout (set NAS_SHARED_DATA)";
  struct Reference {
    const char* file;
    double error, tau;
  };
  for (const auto& [file, error, tau] : {Reference{"iwslt14deen_gpu_titanxp", .074, .81},
                                         {"wmt14ende_cpu_raspberrypi", .054, .85},
                                         {"wmt14ende_cpu_xeon", .051, .89},
                                         {"wmt14ende_gpu_titanxp", .058, .83},
                                         {"wmt19ende_gpu_titanxp", .055, .82}}) {
    const HatSet set = hat_rows(*data / "hat_latency" / (std::string(file) + ".csv.gz"), false),
                 wide = hat_rows(*data / "hat_latency" / (std::string(file) + ".csv.gz"), true);
    const auto ridge = judged(set, "ridge", {{"alpha", 1}}), trees = judged(set, "gbdt", {}),
               products = judged(wide, "ridge", {});
    std::printf(
        "%s: ridge MAPE %.2f %% (reference %.1f), tau %.3f (%.2f); gbdt %.2f %%, %.3f; ridge with products of decoder layers "
        "%.2f %%, %.3f\n",
        file, 100 * ridge.first, 100 * error, ridge.second, tau, 100 * trees.first, trees.second, 100 * products.first,
        products.second);
    EXPECT_NEAR(ridge.first, error, 0.006) << file;
    EXPECT_NEAR(ridge.second, tau, 0.02) << file;
    EXPECT_LE(trees.first, ridge.first + 0.006) << file;
    EXPECT_LE(products.first, ridge.first + 0.001) << file;
    if (std::string(file) != "wmt14ende_cpu_raspberrypi") continue;
    // There what a decoder layer costs is multiplied by their number, and not hidden by what a GPU or many cores do beside it.
    EXPECT_LT(products.first, ridge.first - 0.005);
    EXPECT_LT(trees.first, ridge.first);
    const auto automatic = judged(set, "auto", {}, 1);
    std::printf("%s: auto %.2f %%, %.3f\n", file, 100 * automatic.first, automatic.second);
    EXPECT_LT(automatic.first, ridge.first);
  }
}

}  // namespace nas::testing
