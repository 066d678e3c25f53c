#include "stdlib/predictors/nested.h"

#include <fmt/format.h>

namespace nas {

void save_part(PredictorState& whole, const std::string& name, PredictorState part) {
  whole.facts[name] = std::move(part.facts);
  for (auto& [array, values] : part.arrays) whole.arrays.push_back({name + "/" + array, std::move(values)});
}

PredictorState saved_part(const PredictorState& whole, const std::string& name) {
  PredictorState part{whole.facts.is_object() ? whole.facts.value(name, nlohmann::json::object()) : nlohmann::json::object(), {}};
  for (const auto& [array, values] : whole.arrays)
    if (array.starts_with(name + "/")) part.arrays.push_back({array.substr(name.size() + 1), values});
  return part;
}

double MeanOfPredictors::times() const {
  std::size_t sum = 0;
  for (const Member& member : members_) sum += member.times;
  return static_cast<double>(sum);
}

std::vector<double> MeanOfPredictors::predict_by_member(std::span<const float> features, std::size_t n) const {
  std::vector<double> all(members_.size() * n);
  for (std::size_t m = 0; m < members_.size(); ++m) members_[m].predictor->predict(features, n, std::span(all).subspan(m * n, n));
  return all;
}

void MeanOfPredictors::predict(std::span<const float> features, std::size_t n, std::span<double> out) const {
  if (members_.size() == 1) return members_[0].predictor->predict(features, n, out);
  const std::vector<double> all = predict_by_member(features, n);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t m = 0; m < members_.size(); ++m) sum += static_cast<double>(members_[m].times) * all[m * n + i];
    out[i] = sum / times();
  }
}

std::optional<LinearForm> MeanOfPredictors::linear_form() const {
  LinearForm mean;
  for (const Member& member : members_) {
    const auto form = member.predictor->linear_form();
    if (!form) return std::nullopt;
    const double share = static_cast<double>(member.times) / times();
    mean.weights.resize(form->weights.size());
    mean.intercept += share * form->intercept;
    for (std::size_t j = 0; j < mean.weights.size(); ++j) mean.weights[j] += share * form->weights[j];
  }
  return mean;
}

std::vector<double> MeanOfPredictors::importance() const {
  std::vector<double> mean;
  for (const Member& member : members_) {
    const auto shares = member.predictor->importance();
    if (shares.empty() || (!mean.empty() && shares.size() != mean.size())) return {};
    mean.resize(shares.size());
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += static_cast<double>(member.times) / times() * shares[j];
  }
  return mean;
}

Result<PredictorState> MeanOfPredictors::with_members(PredictorState whole) const {
  for (std::size_t m = 0; m < members_.size(); ++m) {
    auto part = members_[m].predictor->state();
    if (!part) return part;
    save_part(whole, fmt::format("member{}", m), std::move(*part));
  }
  return whole;
}

Result<void> MeanOfPredictors::restore_members(const PredictorState& state) {
  for (std::size_t m = 0; m < members_.size(); ++m)
    if (auto read = members_[m].predictor->restore(saved_part(state, fmt::format("member{}", m))); !read) return read;
  return {};
}

Result<std::shared_ptr<Predictor>> make_named(const std::vector<Component>& components, const std::string& name,
                                              Services& services) {
  for (const Component& component : components) {
    if (component.name != name) continue;
    auto built = component.build(nlohmann::json::object(), services);
    if (!built) return built.failure();
    return std::static_pointer_cast<Predictor>(*built);
  }
  return Failure{"", fmt::format("there is no predictor {}", name), ""};
}

void takes_names(Component& component, const std::string& argument, const std::vector<Component>& components) {
  for (ArgSpec& spec : component.args) {
    if (spec.name != argument) continue;
    if (spec.type == ArgType::text) spec.type = ArgType::choice;
    for (const Component& named : components) spec.labels.push_back(named.name);
  }
}

}  // namespace nas
