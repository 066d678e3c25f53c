#include "stdlib/predictors/linear_form_predictor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stdlib/predictors/rows.h"

namespace nas {

void predict_linear(const LinearForm& form, std::span<const float> features, std::size_t n, std::span<double> out) {
  // Eight sums over every eighth column each: whole lanes of the processor, and always added up in the same order.
  constexpr std::size_t kSums = 8;
  const std::size_t d = form.weights.size(), whole = d / kSums * kSums;
  const double* weights = form.weights.data();
  for (std::size_t i = 0; i < n; ++i) {
    const float* row = features.data() + i * d;
    double sums[kSums] = {};
    for (std::size_t j = 0; j < whole; j += kSums)
      for (std::size_t k = 0; k < kSums; ++k) sums[k] += weights[j + k] * static_cast<double>(row[j + k]);
    for (std::size_t j = whole; j < d; ++j) sums[j - whole] += weights[j] * static_cast<double>(row[j]);
    out[i] = form.intercept + (((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7])));
  }
}

PredictorState state_of_sum(const LinearForm& form, std::size_t rows) {
  const auto rank = static_cast<double>(form.weights.size()), count = static_cast<double>(rows);
  return {{{"rank", rank}, {"rows", count}},
          {{"weights", form.weights}, {"importance", {}}, {"intercept", {form.intercept}}, {"rank", {rank}}, {"rows", {count}}}};
}

Result<PredictorState> state_or_sum(const Predictor& predictor, std::size_t rows) {
  auto state = predictor.state();
  if (state) return state;
  if (const auto form = predictor.linear_form()) return state_of_sum(*form, rows);
  return state;
}

void LinearFormPredictor::learnt(double intercept, std::vector<double> weights, std::span<const float> features, std::size_t n,
                                 std::vector<double> told) {
  told_ = std::move(told);
  form_ = {intercept, std::move(weights)};
  const std::size_t d = form_.weights.size();
  std::vector<double> mean(d), squares(d);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) mean[j] += static_cast<double>(features[i * d + j]);
  for (double& m : mean) m /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      const double off = static_cast<double>(features[i * d + j]) - mean[j];
      squares[j] += off * off;
    }
  importance_.resize(d);
  for (std::size_t j = 0; j < d; ++j) importance_[j] = std::fabs(form_.weights[j]) * std::sqrt(squares[j]);
  const double sum = std::accumulate(importance_.begin(), importance_.end(), 0.0);
  if (sum > 0)
    for (double& share : importance_) share /= sum;
  else
    importance_.clear();
}

Result<PredictorState> LinearFormPredictor::state() const {
  PredictorState state{nlohmann::json::object(), {{"weights", form_.weights}, {"importance", importance_}}};
  state.arrays.push_back({"intercept", {form_.intercept}});
  for (std::size_t i = 0; i < told_.size(); ++i) {
    state.facts[told_names_[i]] = told_[i];
    state.arrays.push_back({told_names_[i], {told_[i]}});  // JSON has no number that is not finite
  }
  return state;
}

Result<void> LinearFormPredictor::restore(const PredictorState& state) {
  auto weights = saved_array(state, name(), "weights");
  if (!weights) return weights.failure();
  auto importance = saved_array(state, name(), "importance");
  if (!importance) return importance.failure();
  auto intercept = saved_array(state, name(), "intercept", 1);
  if (!intercept) return intercept.failure();
  std::vector<double> told;
  for (const std::string& fact : told_names_) {
    auto saved = saved_array(state, name(), fact, 1);
    if (!saved) return saved.failure();
    told.push_back(saved->front());
  }
  told_ = std::move(told);
  form_ = {intercept->front(), std::move(*weights)};
  importance_ = std::move(*importance);
  return {};
}

}  // namespace nas
