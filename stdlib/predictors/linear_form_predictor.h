#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/predictor.h"

namespace nas {

/// The form's values for n rows, each summed over the columns in order.
void predict_linear(const LinearForm& form, std::span<const float> features, std::size_t n, std::span<double> out);

/// What `linear` would have saved, had it found these weights on so many rows.
PredictorState state_of_sum(const LinearForm& form, std::size_t rows);
/// What a predictor has learnt; of one that has no state of its own but is a sum that of `linear`.
Result<PredictorState> state_or_sum(const Predictor& predictor, std::size_t rows);

/// A predictor whose model is an intercept and a weight for every feature: all that does not depend on how they are found.
class LinearFormPredictor : public Predictor {
 public:
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    predict_linear(form_, features, n, out);
  }
  std::optional<LinearForm> linear_form() const override { return form_; }
  /// |weight| times the standard deviation of its column over the rows that it learnt from, as shares.
  std::vector<double> importance() const override { return importance_; }
  Result<PredictorState> state() const override;
  Result<void> restore(const PredictorState& state) override;

 protected:
  /// `name` as in sentences: "ridge". `told` names the numbers that the summary tells besides the model; they are saved with it.
  LinearFormPredictor(std::string name, std::vector<std::string> told)
      : name_(std::move(name)), told_names_(std::move(told)), told_(told_names_.size()) {}
  /// Takes a fit over. `features` are the n rows that it comes from, `told` the values to the names.
  void learnt(double intercept, std::vector<double> weights, std::span<const float> features, std::size_t n,
              std::vector<double> told);
  const std::string& name() const { return name_; }
  double told(std::size_t i) const { return told_[i]; }
  const std::vector<double>& weights() const { return form_.weights; }

 private:
  std::string name_;
  std::vector<std::string> told_names_;
  std::vector<double> told_;
  LinearForm form_;
  std::vector<double> importance_;
};

}  // namespace nas
