#pragma once

#include <functional>
#include <string>
#include <vector>

#include "backends/eigen/perceptron_training.h"
#include "core/predictor.h"

namespace nas {

/// What a predictor that is a perceptron is made of.
struct NetworkShape {
  std::string name;                 ///< of the predictor, for sentences
  std::vector<std::size_t> hidden;  ///< 0 = as many as there are features
  Perceptron::Activation activation = Perceptron::Activation::relu;
};

/// A perceptron from features to one number. Targets are standardised; features are too, unless all of them are 0 or 1.
class NeuralNetwork : public Predictor {
 public:
  NeuralNetwork(NetworkShape shape, PerceptronTraining training) : shape_(std::move(shape)), training_(training) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override;
  Result<std::shared_ptr<Predictor>> fine_tuned(std::span<const float> features, std::span<const double> targets,
                                                const FineTuning& tuning, Stream stream) const override;
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override;
  Result<PredictorState> state() const override;
  Result<void> restore(const PredictorState& state) override;
  std::string summary() const override;
  std::size_t rows_needed() const override { return 10; }

 private:
  std::vector<std::size_t> sizes(std::size_t features) const;
  void train(std::span<const float> features, std::span<const double> targets, const PerceptronTraining& training, Stream stream,
             const std::function<bool()>& after_epoch = {});
  /// Trains on the first rows and keeps the weights that were best on the last `held` ones; returns their epoch, 0 = as it was.
  int train_until_best(std::span<const float> features, std::span<const double> targets, const PerceptronTraining& training,
                       std::size_t held, int patience, Stream stream);
  /// Fails where training has left weights that are no numbers.
  Result<void> converged() const;
  std::vector<float> standardised(std::span<const float> features, std::size_t n) const;

  NetworkShape shape_;
  PerceptronTraining training_;
  Perceptron net_;
  std::vector<double> centre_, scale_;      ///< of features; empty where they are taken as they are
  double mean_ = 0, deviation_ = 0;         ///< of targets
  double unexplained_ = 0;                  ///< share of their variance, in the last epoch
  double tuned_rows_ = 0, best_epoch_ = 0;  ///< of a fine-tuned one: rows, and the epoch kept (-1 = all were trained)
};

}  // namespace nas
