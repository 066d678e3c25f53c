#include <fmt/format.h>

#include <algorithm>

#include "backends/eigen/least_squares.h"
#include "stdlib/predictors/linear_form_predictor.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct LassoArgs {
  double alpha = 0;
  int folds = 5;
};

class Lasso : public LinearFormPredictor {
 public:
  explicit Lasso(const LassoArgs& args) : LinearFormPredictor("lasso", {"alpha", "rmse"}), args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows(name(), rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    constexpr int kPenalties = 60;
    LassoFit fit = args_.alpha > 0 ? fit_lasso(features, targets, d, args_.alpha)
                                   : fit_lasso_cross_validated(features, targets, d, kPenalties,
                                                               std::min<int>(args_.folds, static_cast<int>(n)), stream);
    learnt(fit.intercept, std::move(fit.weights), features, n, {fit.alpha, fit.cross_validated_rmse});
    return {};
  }
  std::string summary() const override {
    const auto kept = weights().size() - static_cast<std::size_t>(std::count(weights().begin(), weights().end(), 0.0));
    std::string text = fmt::format("lasso, alpha {:.3g}, {} of {} weights", told(0), kept, weights().size());
    if (args_.alpha <= 0) text += fmt::format(", {}-fold RMSE {:.3g}", args_.folds, told(1));
    return text;
  }
  std::size_t rows_needed() const override { return 10; }

 private:
  LassoArgs args_;
};

}  // namespace

Component lasso_predictor() {
  return Declare<LassoArgs>(ComponentKind::predictor, "lasso", "Linear regression on the one-hot genes that keeps few weights.")
      .arg("alpha", &LassoArgs::alpha, "the penalty, for targets of deviation one; 0 = chosen by cross-validation", at_least(0))
      .arg("folds", &LassoArgs::folds, "folds of the cross-validation", between(2, 20))
      .details(
          "The sum of the absolute weights is penalised, which sets most of them to zero. Targets are brought to a standard "
          "deviation "
          "of one inside. Sixty penalties in equal ratios, from the one that leaves no weight down to a thousandth of it, are "
          "tried "
          "along one path per fold.")
      .paper(
          "Tibshirani, Journal of the Royal Statistical Society B 58 (1996); Friedman, Hastie and Tibshirani, Journal of "
          "Statistical Software 33 (2010)")
      .example("predictor lasso() of latency")
      .builds(makes_predictor<Lasso>());
}

}  // namespace nas
