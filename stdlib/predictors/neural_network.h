#pragma once

#include <string>
#include <vector>

#include "backends/eigen/perceptron_training.h"
#include "core/predictor.h"
#include "stdlib/predictors/fine_tuning.h"

namespace nas {

/// What a predictor that is a perceptron is made of.
struct NetworkShape {
  std::string name;                 ///< of the predictor, for sentences
  std::vector<std::size_t> hidden;  ///< 0 = as many as there are features
  Perceptron::Activation activation = Perceptron::Activation::relu;
};

/// A perceptron from features to one number. Targets are standardised; features are too, unless all of them are 0 or 1.
class NeuralNetwork : public Predictor, public FineTunable {
 public:
  NeuralNetwork(NetworkShape shape, PerceptronTraining training) : shape_(std::move(shape)), training_(training) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override;
  Result<void> fine_tune(std::span<const float> features, std::span<const double> targets, const FineTuning& tuning,
                         Stream stream) override;
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override;
  Result<PredictorState> state() const override;
  Result<void> restore(const PredictorState& state) override;
  std::string summary() const override;
  std::size_t rows_needed() const override { return 10; }

 private:
  std::vector<std::size_t> sizes(std::size_t features) const;
  void train(std::span<const float> features, std::span<const double> targets, const PerceptronTraining& training, Stream stream);
  std::vector<float> standardised(std::span<const float> features, std::size_t n) const;

  NetworkShape shape_;
  PerceptronTraining training_;
  Perceptron net_;
  std::vector<double> centre_, scale_;  ///< of features; empty where they are taken as they are
  double mean_ = 0, deviation_ = 0;     ///< of targets
  double unexplained_ = 0;              ///< share of their variance, in the last epoch
};

}  // namespace nas
