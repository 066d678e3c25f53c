#include <fmt/format.h>

#include <cmath>
#include <tuple>

#include "stdlib/predictors/nested.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/predictors/saved_process.h"
#include "stdlib/transfers/transfers.h"

namespace nas {
namespace {

struct ResidualArgs {
  bool line = true;
  double length = 0;
  double noise = 0;
};

/// A predictor, on a line or as it is, and a Gaussian process of what it leaves.
class Corrected : public Adapted {
 public:
  /// `left` are the values that the process has learnt from.
  Corrected(std::shared_ptr<const Predictor> proxy, std::shared_ptr<const Scaled> line, GaussianProcess process,
            std::vector<double> left, std::string summary)
      : Adapted(std::move(summary)),
        proxy_(std::move(proxy)),
        line_(std::move(line)),
        process_(std::move(process)),
        left_(std::move(left)) {}
  explicit Corrected(MakePredictor proxy) : Adapted(""), make_(std::move(proxy)) {}
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    std::vector<double> left(n);
    base().predict(features, n, out);
    process_.predict(features, n, left);
    for (std::size_t i = 0; i < n; ++i) out[i] += left[i];
  }
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override {
    std::vector<double> left(n);
    base().predict(features, n, out);
    process_.predict(features, n, left, deviation);
    for (std::size_t i = 0; i < n; ++i) out[i] += left[i];
    return true;
  }

  Result<PredictorState> state() const override {
    auto whole = state_with(state_or_sum(*proxy_, 0));
    if (!whole) return whole;
    whole->arrays.push_back({"line", line_ ? std::vector{line_->factor(), line_->shift()} : std::vector<double>()});
    save_part(*whole, "process", state_of_process(process_, left_));
    return whole;
  }
  Result<void> restore(const PredictorState& state) override {
    const auto line = saved_array(state, "residual", "line");
    if (!line) return line.failure();
    if (!line->empty() && line->size() != 2) return Failure{"", "the saved residual does not fit together", ""};
    auto process = process_of_state(saved_part(state, "process"), "residual");
    if (!process) return process.failure();
    auto proxy = restore_with(make_, state, "residual");
    if (!proxy) return proxy.failure();
    proxy_ = std::move(*proxy);
    line_ = line->empty() ? nullptr : std::make_shared<const Scaled>(proxy_, (*line)[0], (*line)[1], std::nan(""), "");
    std::tie(process_, left_) = std::move(*process);
    return {};
  }

 private:
  const Predictor& base() const { return line_ ? *line_ : *proxy_; }

  MakePredictor make_;  ///< to be restored
  std::shared_ptr<const Predictor> proxy_;
  std::shared_ptr<const Scaled> line_;  ///< the proxy on a line; null where it stays as it is
  GaussianProcess process_;
  std::vector<double> left_;
};

class Residual : public Transfer {
 public:
  explicit Residual(const ResidualArgs& args) : args_(args) {}
  std::size_t rows_needed() const override { return 10; }
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    constexpr std::size_t kMostRows = 10'000, kChoiceRows = 500;
    if (task.probe.values.size() > kMostRows)
      return Failure{
          "",
          fmt::format("residual inverts the kernel of at most {} networks, there are {}", kMostRows, task.probe.values.size()),
          "take finetune or from_scratch"};
    std::shared_ptr<const Scaled> line;
    std::string words = "the proxy";
    if (args_.line) {
      auto scaled = scaled_to(*task.proxy, task.probe);
      if (!scaled) return scaled.failure();
      words = fmt::format("{:.3g} times the proxy", (*scaled)->factor());
      line = std::move(*scaled);
    }
    const std::vector<float> x = features_of(*task.space, task.probe.networks);
    std::vector<double> left(task.probe.values.size());
    const Predictor& base = line ? *line : *task.proxy->predictor;
    base.predict(x, left.size(), left);
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = task.probe.values[i] - left[i];
    const std::size_t d = task.space->feature_count();
    GaussianProcess process = args_.length > 0 ? GaussianProcess(x, left, d, {args_.length, args_.noise})
                                               : GaussianProcess(x, left, d, kChoiceRows, std::move(stream));
    if (auto good = has_inverse(process, "residual"); !good) return good.failure();
    const auto& shape = process.shape();
    std::string summary =
        fmt::format("residual, {} and a Gaussian process of what is left (length {:.3g}, noise {:.2g} of the variance)", words,
                    shape.length, shape.noise / (1 + shape.noise));
    return std::shared_ptr<const Predictor>(std::make_shared<Corrected>(task.proxy->predictor, std::move(line),
                                                                        std::move(process), std::move(left), std::move(summary)));
  }
  std::shared_ptr<Predictor> unlearnt(const MakePredictor& proxy) const override { return std::make_shared<Corrected>(proxy); }

 private:
  ResidualArgs args_;
};

}  // namespace

Component residual_transfer() {
  return Declare<ResidualArgs>(ComponentKind::transfer, "residual",
                               "The proxy's values, and a Gaussian process of what they leave unexplained.")
      .arg("line", &ResidualArgs::line, "the proxy's values on a line first, as scale does")
      .arg("length", &ResidualArgs::length,
           "over which distance of features residuals resemble each other; 0 = chosen, and the noise with it", at_least(0))
      .arg("noise", &ResidualArgs::noise,
           "variance of the noise as a share of that of the function; counts where length is given", at_least(0))
      .details(
          "Of any predictor. Far from the probe's networks the correction fades and the line through the proxy is left. Its "
          "predictions have a deviation.")
      .paper("Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, section 2.7")
      .example("transfer fit = residual() of known from probe on phone")
      .builds([](const ResidualArgs& a, Services&) { return as_transfer(std::make_shared<Residual>(a)); });
}

}  // namespace nas
