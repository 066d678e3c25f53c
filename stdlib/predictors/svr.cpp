#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/eigen/support_vectors.h"
#include "stdlib/predictors/linear_form_predictor.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {

enum class SvrKernel { rbf, linear };
template <>
struct Labels<SvrKernel> {
  static constexpr const char* names[] = {"rbf", "linear"};
};

namespace {

struct SvrArgs {
  SvrKernel kernel = SvrKernel::rbf;
  double c = 0;
  double epsilon = 0.05;
  double gamma = 0;
  int folds = 5;
};

constexpr std::size_t kMostSvrRows = 20'000;  ///< the kernel of all pairs takes 1.6 GB

class Svr : public Predictor {
 public:
  explicit Svr(const SvrArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("svr", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    if (n > kMostSvrRows)
      return Failure{"", fmt::format("svr compares all pairs of at most {} measured networks, there are {}", kMostSvrRows, n),
                     "ridge, random_forest and gbdt learn from more"};
    const SvrOptions options{args_.kernel == SvrKernel::linear, args_.epsilon, args_.gamma};
    if (args_.c > 0) {
      model_ = fit_svr(features, targets, d, options, args_.c);
    } else {
      std::vector<double> penalties;  // 0.1 to 1000, three a decade
      for (int i = 0; i <= 12; ++i) penalties.push_back(std::pow(10.0, -1 + i / 3.0));
      const int folds = std::min<int>(args_.folds, static_cast<int>(n));
      model_ = fit_svr_cross_validated(features, targets, d, options, penalties, folds, stream);
    }
    rows_learnt_ = n;
    form_ = form_of_model();
    return {};
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    if (model_.linear)
      predict_linear(form_, features, n, out);
    else
      model_.predict(features, n, out);
  }
  std::optional<LinearForm> linear_form() const override { return model_.linear ? std::optional(form_) : std::nullopt; }
  std::string summary() const override {
    std::string text =
        fmt::format("svr, C {:.3g}, {} of {} rows are support vectors", model_.c, model_.coefficients.size(), rows_learnt_);
    if (args_.c <= 0) text += fmt::format(", {}-fold RMSE {:.3g}", args_.folds, model_.cross_validated_rmse);
    return text;
  }
  std::size_t rows_needed() const override { return 10; }

  Result<PredictorState> state() const override {
    const auto& m = model_;
    PredictorState state{{{"kernel", m.linear ? "linear" : "rbf"}, {"C", m.c}, {"gamma", m.gamma}, {"rows", rows_learnt_}}, {}};
    state.arrays.push_back({"support_vectors", {m.rows.features().begin(), m.rows.features().end()}});
    state.arrays.push_back({"coefficients", m.coefficients});
    state.arrays.push_back({"scales", {m.rows.scales().begin(), m.rows.scales().end()}});
    state.arrays.push_back({"numbers",
                            {m.linear ? 1.0 : 0.0, m.gamma, m.intercept, m.mean, m.deviation, m.c, m.cross_validated_rmse,
                             static_cast<double>(rows_learnt_)}});
    return state;
  }
  Result<void> restore(const PredictorState& state) override {
    auto scales = saved_array(state, "svr", "scales");
    if (!scales) return scales.failure();
    auto coefficients = saved_array(state, "svr", "coefficients");
    if (!coefficients) return coefficients.failure();
    const std::size_t d = scales->size(), n = coefficients->size();
    auto vectors = saved_array(state, "svr", "support_vectors", n * d);
    if (!vectors) return vectors.failure();
    auto numbers = saved_array(state, "svr", "numbers", 8);
    if (!numbers) return numbers.failure();
    const std::vector<float> features(vectors->begin(), vectors->end());
    model_.rows = RowDistances(features, n, d, std::vector<float>(scales->begin(), scales->end()));
    model_.coefficients = std::move(*coefficients);
    model_.linear = (*numbers)[0] != 0;
    model_.gamma = (*numbers)[1];
    model_.intercept = (*numbers)[2];
    model_.mean = (*numbers)[3];
    model_.deviation = (*numbers)[4];
    model_.c = (*numbers)[5];
    model_.cross_validated_rmse = (*numbers)[6];
    rows_learnt_ = static_cast<std::size_t>((*numbers)[7]);
    form_ = form_of_model();
    return {};
  }

 private:
  /// With the kernel x'z the vectors add up to one weight a column.
  LinearForm form_of_model() const {
    const std::size_t d = model_.rows.columns();
    LinearForm form{model_.mean + model_.deviation * model_.intercept, std::vector<double>(d, 0.0)};
    for (std::size_t i = 0; i < model_.coefficients.size(); ++i)
      for (std::size_t j = 0; j < d; ++j)
        form.weights[j] += model_.coefficients[i] * static_cast<double>(model_.rows.features()[i * d + j]);
    for (std::size_t j = 0; j < d; ++j) {
      const auto scale = static_cast<double>(model_.rows.scales()[j]);
      form.weights[j] *= model_.deviation * scale * scale;
    }
    return form;
  }

  SvrArgs args_;
  SupportVectors model_;
  LinearForm form_;  ///< of the linear kernel
  std::size_t rows_learnt_ = 0;
};

}  // namespace

Component svr_predictor() {
  return Declare<SvrArgs>(ComponentKind::predictor, "svr", "Support vector regression with a radial or linear kernel.")
      .arg("kernel", &SvrArgs::kernel, "rbf: exp(-gamma |x - z|^2); linear: x'z")
      .arg("c", &SvrArgs::c, "the price of a deviation beyond epsilon; 0 = chosen by cross-validation", at_least(0))
      .arg("epsilon", &SvrArgs::epsilon, "deviation that costs nothing, in standard deviations of the measured values",
           at_least(0))
      .arg("gamma", &SvrArgs::gamma, "of rbf; 0 = 1 / (columns * variance of the features)", at_least(0))
      .arg("folds", &SvrArgs::folds, "folds of the cross-validation", between(2, 20))
      .details(
          "Measured values are brought to mean 0 and standard deviation 1 inside, so c and epsilon do not depend on the unit; "
          "features "
          "other than 0 and 1 are divided by their standard deviation. Thirteen values of c between 0.1 and 1000 are tried on "
          "one kernel "
          "matrix, each from the solution of the one before. Learns from at most 20,000 networks.")
      .paper(
          "Vapnik, The Nature of Statistical Learning Theory, 1995; Fan, Chen and Lin, Journal of Machine Learning Research 6 "
          "(2005)")
      .example("predictor svr() of accuracy")
      .example("predictor svr(kernel = linear, c = 10) of latency")
      .builds(makes_predictor<Svr>());
}

}  // namespace nas
