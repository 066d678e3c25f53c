#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/statistics.h"
#include "stdlib/predictors/rows.h"
#include "stdlib/transfers/transfers.h"

namespace nas {

void Scaled::predict(std::span<const float> features, std::size_t n, std::span<double> out) const {
  proxy_->predict(features, n, out);
  for (double& v : out.first(n)) v = factor_ * v + shift_;
}

bool Scaled::predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                                    std::span<double> deviation) const {
  if (std::isnan(left_) || !proxy_->predict_with_deviation(features, n, out, deviation)) return false;
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = factor_ * out[i] + shift_;
    deviation[i] = std::max(left_, std::fabs(factor_) * deviation[i]);
  }
  return true;
}

std::optional<LinearForm> Scaled::linear_form() const {
  auto form = proxy_->linear_form();
  if (!form) return std::nullopt;
  form->intercept = factor_ * form->intercept + shift_;
  for (double& w : form->weights) w *= factor_;
  return form;
}

Result<PredictorState> Scaled::state() const {
  if (proxy_->linear_form()) return Failure{"", "it is a sum, and is saved as one", ""};
  auto whole = state_with(state_or_sum(*proxy_, 0));
  if (whole) whole->arrays.push_back({"line", {factor_, shift_, left_}});
  return whole;
}

Result<void> Scaled::restore(const PredictorState& state) {
  const auto line = saved_array(state, "scale", "line", 3);
  if (!line) return line.failure();
  auto proxy = restore_with(make_, state, "scale");
  if (!proxy) return proxy.failure();
  proxy_ = std::move(*proxy);
  factor_ = (*line)[0];
  shift_ = (*line)[1];
  left_ = (*line)[2];
  return {};
}

Result<std::shared_ptr<const Scaled>> scaled_to(const Learnt& proxy, const DeviceRows& probe) {
  const std::vector<double> x = proxy.predict(probe.networks);
  const double mean_x = mean(x), mean_y = mean(probe.values);
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (probe.values[i] - mean_y);
  }
  if (xx <= 0) return Failure{"", "the proxy gives all networks of the probe the same value", ""};
  const double factor = xy / xx, shift = mean_y - factor * mean_x;
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squares += std::pow(probe.values[i] - (factor * x[i] + shift), 2);
  // Two values lie on every line.
  const double left = x.size() > 2 ? std::sqrt(squares / static_cast<double>(x.size() - 2)) : std::nan("");
  return std::make_shared<const Scaled>(proxy.predictor, factor, shift, left,
                                        fmt::format("scale, {:.3g} times the proxy", factor));
}

namespace {

struct ReuseArgs {
  StageRef predictor;
};

/// The proxy's order of networks stands for the target's.
class Reuse : public Transfer {
 public:
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream) const override {
    return task.proxy->predictor;
  }
};

struct ScaleArgs {};

class Scale : public Transfer {
 public:
  std::size_t rows_needed() const override { return 2; }
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream) const override {
    auto scaled = scaled_to(*task.proxy, task.probe);
    if (!scaled) return scaled.failure();
    return std::shared_ptr<const Predictor>(std::move(*scaled));
  }
  std::shared_ptr<Predictor> unlearnt(const MakePredictor& proxy) const override { return std::make_shared<Scaled>(proxy); }
};

}  // namespace

Component reuse_transfer() {
  return Declare<ReuseArgs>(ComponentKind::transfer, "reuse", "The predictor of one device serves another as it is.")
      .arg("predictor", &ReuseArgs::predictor, "what is reused; or named with `of`")
      .refers_to("Predictor")
      .details(
          "For devices that order networks alike: a search keeps what counts, and its values stay those of the "
          "proxy. Compare with spearman(predictor, probe) first.")
      .paper("Lu, Yang, Jiang and Shi, One Proxy Device Is Enough, SIGMETRICS 2022, algorithm 1")
      .example("transfer fit = reuse() of known on phone")
      .builds([](const ReuseArgs&, Services&) { return as_transfer(std::make_shared<Reuse>()); });
}

Component scale_transfer() {
  return Declare<ScaleArgs>(ComponentKind::transfer, "scale", "The proxy's values on a line that a probe fits.")
      .details(
          "Two numbers by least squares: for devices that differ in speed only. The interval of a prediction is the proxy's on "
          "the "
          "line, and no narrower than the probe lies about it.")
      .example("transfer fit = scale() of known from probe on phone")
      .builds([](const ScaleArgs&, Services&) { return as_transfer(std::make_shared<Scale>()); });
}

}  // namespace nas
