#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/component.h"
#include "core/learnt.h"
#include "stdlib/predictors/linear_form_predictor.h"

namespace nas {

template <typename T>
std::shared_ptr<void> as_transfer(std::shared_ptr<T> made) {
  return std::static_pointer_cast<Transfer>(std::move(made));
}

/// What a transfer has made: it has nothing left to learn.
class Adapted : public Predictor {
 public:
  explicit Adapted(std::string summary) : summary_(std::move(summary)) {}
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override {
    return Failure{"", "it has nothing left to learn", ""};
  }
  std::string summary() const override { return summary_; }

 protected:
  /// The part of a state that is the predictor it started from, and the summary.
  Result<PredictorState> state_with(Result<PredictorState> proxy) const;
  /// That predictor again; `name` is the transfer's, for sentences.
  Result<std::shared_ptr<const Predictor>> restore_with(const MakePredictor& proxy, const PredictorState& state,
                                                        const std::string& name);

 private:
  std::string summary_;
};

/// The same as a sum over the features.
class AdaptedForm : public Adapted {
 public:
  AdaptedForm(LinearForm form, std::string summary) : Adapted(std::move(summary)), form_(std::move(form)) {}
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    predict_linear(form_, features, n, out);
  }
  std::optional<LinearForm> linear_form() const override { return form_; }

 private:
  LinearForm form_;
};

/// What a line through another predictor's values gives.
class Scaled : public Adapted {
 public:
  /// `left`: the standard deviation of a probe from the line, NaN where nothing tells it.
  Scaled(std::shared_ptr<const Predictor> proxy, double factor, double shift, double left, std::string summary)
      : Adapted(std::move(summary)), proxy_(std::move(proxy)), factor_(factor), shift_(shift), left_(left) {}
  explicit Scaled(MakePredictor proxy) : Adapted(""), make_(std::move(proxy)) {}
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override;
  /// The proxy's deviation on the line, and no less than that of the probe, which the proxy may know nothing of.
  bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                              std::span<double> deviation) const override;
  std::optional<LinearForm> linear_form() const override;
  Result<PredictorState> state() const override;
  Result<void> restore(const PredictorState& state) override;
  double factor() const { return factor_; }
  double shift() const { return shift_; }

 private:
  MakePredictor make_;  ///< to be restored
  std::shared_ptr<const Predictor> proxy_;
  double factor_ = 1, shift_ = 0, left_ = 0;
};
/// By least squares through the probe; fails where the proxy gives all of its networks one value.
Result<std::shared_ptr<const Scaled>> scaled_to(const Learnt& proxy, const DeviceRows& probe);

Component reuse_transfer();
Component scale_transfer();
Component oneproxy_transfer();
Component from_scratch_transfer();
Component finetune_transfer();
Component residual_transfer();
Component hardware_features_transfer(const std::vector<Component>& kinds);

}  // namespace nas
