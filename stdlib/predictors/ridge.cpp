#include "backends/eigen/ridge.h"

#include <fmt/format.h>

#include <algorithm>

#include "stdlib/predictors/linear_form_predictor.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct RidgeArgs {
  double alpha = 0;
  int folds = 5;
};

class Ridge : public LinearFormPredictor {
 public:
  explicit Ridge(const RidgeArgs& args) : LinearFormPredictor("ridge", {"alpha", "mape"}), args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows(name(), rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    RidgeFit fit = args_.alpha > 0 ? fit_ridge(features, targets, d, args_.alpha)
                                   : fit_ridge_cross_validated(features, targets, d, ridge_penalties(),
                                                               std::min<int>(args_.folds, static_cast<int>(n)), stream);
    learnt(fit.intercept, std::move(fit.weights), features, n, {fit.alpha, fit.cross_validated_mape});
    return {};
  }
  std::string summary() const override {
    if (args_.alpha > 0) return fmt::format("ridge, alpha {:.3g}", told(0));
    return fmt::format("ridge, alpha {:.3g}, {}-fold MAPE {:.2f} %", told(0), args_.folds, 100 * told(1));
  }
  std::size_t rows_needed() const override { return 10; }

 private:
  RidgeArgs args_;
};

}  // namespace

Component ridge_predictor() {
  return Declare<RidgeArgs>(ComponentKind::predictor, "ridge", "Linear regression on the one-hot genes with a squared penalty.")
      .arg("alpha", &RidgeArgs::alpha, "the penalty; 0 = chosen by cross-validation", at_least(0))
      .arg("folds", &RidgeArgs::folds, "folds of the cross-validation", between(2, 20))
      .details("Sixty penalties between 1e-4 and 1e4 are tried with one eigendecomposition per fold.")
      .paper("Hoerl and Kennard, Technometrics 12 (1970)")
      .example("predictor ridge() of accuracy")
      .builds(makes_predictor<Ridge>());
}

}  // namespace nas
