#include "stdlib/predictors/neural_network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/statistics.h"
#include "stdlib/predictors/rows.h"

namespace nas {
namespace {

std::string array_name(const char* what, std::size_t layer) {
  return fmt::format("{}_{}", what, layer + 1);
}

}  // namespace

std::vector<std::size_t> NeuralNetwork::sizes(std::size_t features) const {
  std::vector<std::size_t> all{features};
  for (const std::size_t hidden : shape_.hidden) all.push_back(hidden == 0 ? features : hidden);
  all.push_back(1);
  return all;
}

std::vector<float> NeuralNetwork::standardised(std::span<const float> features, std::size_t n) const {
  std::vector<float> out(features.begin(), features.end());
  const std::size_t d = centre_.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j)
      out[i * d + j] = static_cast<float>((static_cast<double>(features[i * d + j]) - centre_[j]) * scale_[j]);
  return out;
}

Result<void> NeuralNetwork::fit(std::span<const float> features, std::span<const double> targets, Stream stream) {
  if (auto good = check_rows(shape_.name, rows_needed(), features, targets); !good) return good;
  const std::size_t n = targets.size(), d = features.size() / n;
  centre_.clear();
  scale_.clear();
  if (std::any_of(features.begin(), features.end(), [](float value) { return value != 0 && value != 1; })) {
    centre_.assign(d, 0);
    scale_.assign(d, 0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < d; ++j) centre_[j] += static_cast<double>(features[i * d + j]) / static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < d; ++j) scale_[j] += std::pow(static_cast<double>(features[i * d + j]) - centre_[j], 2);
    // A column that never changes tells nothing, now or later.
    for (std::size_t j = 0; j < d; ++j) {
      const double deviation = std::sqrt(scale_[j] / static_cast<double>(n));
      scale_[j] = deviation > 1e-12 * std::abs(centre_[j]) ? 1 / deviation : 0;
    }
  }
  tuned_rows_ = best_epoch_ = 0;
  net_ = random_perceptron(sizes(d), shape_.activation, stream.split("weights"));
  train(features, targets, training_, stream.split("batches"));
  return converged();
}

Result<void> NeuralNetwork::converged() const {
  bool finite = std::isfinite(unexplained_);
  for (const auto& layer : net_.layers())
    for (const float weight : layer.weights) finite = finite && std::isfinite(weight);
  if (finite) return {};
  return Failure{"", fmt::format("{} did not converge: its weights grew until they were no numbers", shape_.name),
                 "take a smaller rate"};
}

Result<std::shared_ptr<Predictor>> NeuralNetwork::fine_tuned(std::span<const float> features, std::span<const double> targets,
                                                             const FineTuning& tuning, Stream stream) const {
  if (auto good = check_rows(shape_.name, 2, features, targets); !good) return good.failure();
  const std::size_t known = net_.inputs(), given = features.size() / targets.size();
  if (given != known)
    return Failure{"", fmt::format("{} has learnt from {} features, not {}", shape_.name, known, given), "fit it first"};
  PerceptronTraining training = training_;
  training.epochs = tuning.epochs;
  training.batch = tuning.batch;
  training.rate = tuning.rate;
  const std::size_t layers = net_.layers().size();
  training.first_layer = tuning.layers == 0 || tuning.layers >= layers ? 0 : layers - tuning.layers;
  auto tuned = std::make_shared<NeuralNetwork>(*this);
  const auto held = static_cast<std::size_t>(tuning.validation * static_cast<double>(targets.size()));
  tuned->tuned_rows_ = static_cast<double>(targets.size());
  tuned->best_epoch_ = -1;
  if (held > 0 && held + 2 <= targets.size())
    tuned->best_epoch_ = tuned->train_until_best(features, targets, training, held, tuning.patience, stream.split("batches"));
  else
    tuned->train(features, targets, training, stream.split("batches"));
  if (auto good = tuned->converged(); !good) return good.failure();
  return std::shared_ptr<Predictor>(std::move(tuned));
}

int NeuralNetwork::train_until_best(std::span<const float> features, std::span<const double> targets,
                                    const PerceptronTraining& training, std::size_t held, int patience, Stream stream) {
  const std::size_t learnt = targets.size() - held, d = features.size() / targets.size();
  const std::span<const float> last = features.subspan(learnt * d);
  std::vector<double> said(held);
  Perceptron best_net = net_;
  double best = std::numeric_limits<double>::infinity();
  int epoch = 0, best_epoch = 0;
  const auto look = [&] {
    predict(last, held, said);
    if (const double error = rmse(said, targets.subspan(learnt)); error < best) {
      best = error;
      best_epoch = epoch;
      best_net = net_;
    }
    return epoch++ - best_epoch < patience;
  };
  // What it knows, with the mean and the deviation of the new targets, is where it starts.
  PerceptronTraining none = training;
  none.epochs = 0;
  train(features.first(learnt * d), targets.first(learnt), none, stream);
  look();
  train(features.first(learnt * d), targets.first(learnt), training, std::move(stream), look);
  net_ = std::move(best_net);
  net_.pack();
  return best_epoch;
}

void NeuralNetwork::train(std::span<const float> features, std::span<const double> targets, const PerceptronTraining& training,
                          Stream stream, const std::function<bool()>& after_epoch) {
  const std::size_t n = targets.size();
  mean_ = mean(targets);
  double squares = 0;
  for (const double target : targets) squares += (target - mean_) * (target - mean_);
  deviation_ = std::sqrt(squares / static_cast<double>(n));
  std::vector<float> y(n, 0);
  unexplained_ = 0;
  if (deviation_ <= 1e-12 * std::abs(mean_)) {
    deviation_ = 0;  // there is nothing to learn: every prediction is the mean
    return;
  }
  for (std::size_t i = 0; i < n; ++i) y[i] = static_cast<float>((targets[i] - mean_) / deviation_);
  unexplained_ = centre_.empty() ? train_perceptron(net_, features, y, training, stream, after_epoch)
                                 : train_perceptron(net_, standardised(features, n), y, training, stream, after_epoch);
}

void NeuralNetwork::predict(std::span<const float> features, std::size_t n, std::span<double> out) const {
  if (centre_.empty()) {
    net_.run(features, n, out);
  } else {
    constexpr std::size_t kRows = 1024;
    const std::size_t d = centre_.size();
    for (std::size_t begin = 0; begin < n; begin += kRows) {
      const std::size_t count = std::min(kRows, n - begin);
      net_.run(standardised(features.subspan(begin * d, count * d), count), count, out.subspan(begin, count));
    }
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = mean_ + deviation_ * out[i];
}

Result<PredictorState> NeuralNetwork::state() const {
  PredictorState state;
  state.facts["inputs"] = net_.inputs();
  state.facts["standardised"] = !centre_.empty();
  state.arrays.emplace_back("targets", std::vector<double>{mean_, deviation_, unexplained_});
  if (tuned_rows_ > 0) state.arrays.emplace_back("tuned", std::vector<double>{tuned_rows_, best_epoch_});
  if (!centre_.empty()) {
    state.arrays.emplace_back("centre", centre_);
    state.arrays.emplace_back("scale", scale_);
  }
  for (std::size_t l = 0; l < net_.layers().size(); ++l) {
    const auto& layer = net_.layers()[l];
    std::vector<double> weights;
    for (std::size_t o = 0; o < layer.outputs; ++o)
      for (std::size_t i = 0; i < layer.inputs; ++i) weights.push_back(static_cast<double>(layer.weights[i * layer.width + o]));
    state.arrays.emplace_back(array_name("weights", l), std::move(weights));
    state.arrays.emplace_back(
        array_name("bias", l),
        std::vector<double>(layer.bias.begin(), layer.bias.begin() + static_cast<std::ptrdiff_t>(layer.outputs)));
  }
  return state;
}

Result<void> NeuralNetwork::restore(const PredictorState& state) {
  const auto inputs = state.facts.value("inputs", std::size_t{0});
  const auto targets = saved_array(state, shape_.name, "targets", 3);
  if (!targets) return targets.failure();
  std::vector<double> centre, scale;
  if (state.facts.value("standardised", false)) {
    for (auto& [name, into] : {std::pair<const char*, std::vector<double>*>{"centre", &centre}, {"scale", &scale}}) {
      auto values = saved_array(state, shape_.name, name, inputs);
      if (!values) return values.failure();
      *into = std::move(*values);
    }
  }
  const auto all = sizes(inputs);
  Perceptron net(shape_.activation);
  for (std::size_t l = 0; l + 1 < all.size(); ++l) {
    const auto weights = saved_array(state, shape_.name, array_name("weights", l), all[l] * all[l + 1]);
    if (!weights) return weights.failure();
    const auto bias = saved_array(state, shape_.name, array_name("bias", l), all[l + 1]);
    if (!bias) return bias.failure();
    net.add_layer(all[l], all[l + 1], std::vector<float>(weights->begin(), weights->end()),
                  std::vector<float>(bias->begin(), bias->end()));
  }
  const auto tuned = saved_array(state, shape_.name, "tuned", 2);
  tuned_rows_ = tuned ? (*tuned)[0] : 0;
  best_epoch_ = tuned ? (*tuned)[1] : 0;
  net.pack();
  net_ = std::move(net);
  centre_ = std::move(centre);
  scale_ = std::move(scale);
  mean_ = (*targets)[0];
  deviation_ = (*targets)[1];
  unexplained_ = (*targets)[2];
  return {};
}

std::string NeuralNetwork::summary() const {
  std::vector<std::size_t> all;
  for (const auto& layer : net_.layers()) all.push_back(layer.inputs);
  all.push_back(1);
  if (tuned_rows_ > 0)
    return fmt::format("{}, layers {}, fine-tuned on {} networks{}", shape_.name, fmt::join(all, "-"), tuned_rows_,
                       best_epoch_ < 0 ? "" : fmt::format(", stopped after epoch {}", best_epoch_));
  return fmt::format("{}, layers {}, explains {:.2f} % of the variance it was trained on", shape_.name, fmt::join(all, "-"),
                     100 * (1 - unexplained_));
}

}  // namespace nas
