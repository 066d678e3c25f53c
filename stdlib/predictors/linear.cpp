#include <fmt/format.h>

#include "backends/eigen/least_squares.h"
#include "stdlib/predictors/linear_form_predictor.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

struct LinearArgs {};

class Linear : public LinearFormPredictor {
 public:
  explicit Linear(const LinearArgs&) : LinearFormPredictor("linear", {"rank", "rows"}) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream) override {
    if (auto good = check_rows(name(), rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size();
    LeastSquaresFit fit = fit_least_squares(features, targets, features.size() / n);
    learnt(fit.intercept, std::move(fit.weights), features, n, {static_cast<double>(fit.rank), static_cast<double>(n)});
    return {};
  }
  std::string summary() const override { return fmt::format("linear, rank {} of {} rows", told(0), told(1)); }
};

}  // namespace

Component linear_predictor() {
  return Declare<LinearArgs>(ComponentKind::predictor, "linear", "Least squares on the one-hot genes, without a penalty.")
      .details(
          "Of all weights that fit equally well the shortest are taken, so dependent columns and more columns than rows are no "
          "obstacle: a complete orthogonal decomposition tells the rank. With few or noisy rows `ridge` is the better choice.")
      .paper("Golub and Van Loan, Matrix Computations, section 5.5")
      .example("predictor linear() of latency")
      .builds(makes_predictor<Linear>());
}

}  // namespace nas
