#include <fmt/format.h>

#include <cmath>

#include "backends/eigen/ridge.h"
#include "core/component.h"
#include "core/predictor.h"
#include "stdlib/register.h"

namespace nas {
namespace {


struct RidgeArgs {
  double alpha = 0;
  int folds = 5;
};

class Ridge : public Predictor {
 public:
  explicit Ridge(const RidgeArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    const std::size_t n = targets.size();
    if (n < rows_needed()) return Failure{"", fmt::format("ridge needs at least {} measured networks, there are {}", rows_needed(), n), "measure more"};
    for (std::size_t i = 0; i < n; ++i)
      if (!std::isfinite(targets[i])) return Failure{"", fmt::format("row {} of the measurements is not a finite number", i + 1), ""};
    const std::size_t d = features.size() / n;
    if (args_.alpha > 0) {
      fit_ = fit_ridge(features, targets, d, args_.alpha);
      return {};
    }
    fit_ = fit_ridge_cross_validated(features, targets, d, ridge_penalties(), std::min<int>(args_.folds, static_cast<int>(n)), stream);
    return {};
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::size_t d = fit_.weights.size();
    for (std::size_t i = 0; i < n; ++i) {
      double sum = fit_.intercept;
      for (std::size_t j = 0; j < d; ++j) sum += fit_.weights[j] * static_cast<double>(features[i * d + j]);
      out[i] = sum;
    }
  }
  std::optional<LinearForm> linear_form() const override { return LinearForm{fit_.intercept, fit_.weights}; }
  std::string summary() const override {
    if (args_.alpha > 0) return fmt::format("ridge, alpha {:.3g}", fit_.alpha);
    return fmt::format("ridge, alpha {:.3g}, {}-fold MAPE {:.2f} %", fit_.alpha, args_.folds, 100 * fit_.cross_validated_mape);
  }
  std::size_t rows_needed() const override { return 10; }

 private:
  RidgeArgs args_;
  RidgeFit fit_;
};

}  // namespace

void add_predictors(Registry& registry) {
  registry.add(Declare<RidgeArgs>(ComponentKind::predictor, "ridge", "Linear regression on the one-hot genes with a squared penalty.")
                   .arg("alpha", &RidgeArgs::alpha, "the penalty; 0 = chosen by cross-validation", at_least(0))
                   .arg("folds", &RidgeArgs::folds, "folds of the cross-validation", between(2, 20))
                   .details("Sixty penalties between 1e-4 and 1e4 are tried with one eigendecomposition per fold.")
                   .paper("Hoerl and Kennard, Technometrics 12 (1970)")
                   .example("predictor ridge() of accuracy")
                   .builds([](const RidgeArgs& a, Services&) { return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<Ridge>(a))); }));
}

}  // namespace nas
