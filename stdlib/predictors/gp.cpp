#include <fmt/format.h>

#include <cmath>
#include <tuple>

#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/predictors/saved_process.h"

namespace nas {
namespace {

struct GpArgs {
  double length = 0;
  double noise = 0;
};

constexpr std::size_t kMostGpRows = 10'000, kGpChoiceRows = 500;

class Gp : public Predictor {
 public:
  explicit Gp(const GpArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("gp", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    if (n > kMostGpRows)
      return Failure{"", fmt::format("gp inverts the kernel of at most {} measured networks, there are {}", kMostGpRows, n),
                     "ridge, random_forest and gbdt learn from more"};
    if (args_.length > 0) return take(GaussianProcess(features, targets, d, {args_.length, args_.noise}), targets);
    return take(GaussianProcess(features, targets, d, kGpChoiceRows, stream), targets);
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    process_.predict(features, n, out);
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    process_.predict(features, n, out, deviation);
    return true;
  }
  std::string summary() const override {
    const auto& shape = process_.shape();
    return fmt::format("gp, length {:.3g}, noise {:.2g} of the variance, log likelihood {:.4g}", shape.length,
                       shape.noise / (1 + shape.noise), process_.log_likelihood());
  }
  std::size_t rows_needed() const override { return 5; }

  Result<PredictorState> state() const override { return state_of_process(process_, targets_); }
  Result<void> restore(const PredictorState& state) override {
    auto saved = process_of_state(state, "gp");
    if (!saved) return saved.failure();
    std::tie(process_, targets_) = std::move(*saved);
    return {};
  }

 private:
  Result<void> take(GaussianProcess process, std::span<const double> targets) {
    if (auto good = has_inverse(process, "gp"); !good) return good;
    targets_.assign(targets.begin(), targets.end());
    process_ = std::move(process);
    return {};
  }

  GpArgs args_;
  GaussianProcess process_;
  std::vector<double> targets_;
};

}  // namespace

Component gp_predictor() {
  return Declare<GpArgs>(ComponentKind::predictor, "gp", "A Gaussian process: predictions with their uncertainty.")
      .arg("length", &GpArgs::length,
           "over which distance of features values resemble each other; 0 = chosen, and the noise with it", at_least(0))
      .arg("noise", &GpArgs::noise,
           "variance of the measurements as a share of that of the function; counts where length is given", at_least(0))
      .details(
          "Measured values are brought to mean 0 and standard deviation 1 inside, features other than 0 and 1 are divided by "
          "their "
          "standard deviation. Length and noise have the largest marginal likelihood, on 500 rows where there are more. The "
          "deviation "
          "of a prediction is that of a new measurement, its noise included. Learns from at most 10,000 networks.")
      .paper("Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, chapters 2 and 5")
      .example("predictor gp() of accuracy")
      .builds(makes_predictor<Gp>());
}

}  // namespace nas
