#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "core/space.h"

namespace nas {

/// A model that is a sum over the features: prediction = intercept + sum of weights[j] * feature[j].
/// Searches turn it into per-gene tables and never build features in their inner loop.
struct LinearForm {
  double intercept = 0;
  std::vector<double> weights;  ///< one per column of Space::features
};

/// What a predictor has learnt: facts for people (JSON) and arrays of numbers by name. Enough to predict the same again.
struct PredictorState {
  nlohmann::json facts;
  std::vector<std::pair<std::string, std::vector<double>>> arrays;
};

/// How a predictor that has learnt goes on learning from a few rows of another device.
struct FineTuning {
  int epochs = 100;  ///< at most
  int batch = 50;
  double rate = 1e-3;
  std::size_t layers = 0;  ///< the last ones that go on learning; 0 = all
  double validation = 0;   ///< share of the rows, the last ones, that only tell when to stop; 0 = none: all epochs are trained
  int patience = 20;       ///< epochs without a smaller error on those; the best epoch's weights are kept
};

/// Learns one metric from measured networks. Batches only: X is n x Space::feature_count(), row-major.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// Throws away what was learnt before and learns from the n rows. Targets in SI units; a predictor standardises inside.
  /// Fails on fewer rows than it needs or on values that are not finite.
  virtual Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) = 0;
  /// May be called from several threads at once; a row's value does not depend on the rows beside it.
  virtual void predict(std::span<const float> features, std::size_t n, std::span<double> out) const = 0;
  /// The same with the standard deviation of each prediction, SI units; false, and nothing is written, where the method has none.
  virtual bool predict_with_deviation(std::span<const float> features, std::size_t n, std::span<double> out,
                                      std::span<double> deviation) const {
    return false;
  }
  virtual std::optional<LinearForm> linear_form() const { return std::nullopt; }
  /// How much each feature column matters to what was learnt: shares that sum to 1; empty where the method has no such notion.
  virtual std::vector<double> importance() const { return {}; }
  /// What was learnt, and a predictor made of the same arguments that takes it over: it predicts the same to the last bit.
  virtual Result<PredictorState> state() const { return Failure{"", "this predictor cannot be saved", ""}; }
  virtual Result<void> restore(const PredictorState& state) { return Failure{"", "this predictor cannot be read back", ""}; }
  /// A copy that has gone on learning from a few rows of another device or metric; this one stays as it is. Inputs stay
  /// standardised as before; targets are standardised anew, so that units and scale of the two need not agree.
  virtual Result<std::shared_ptr<Predictor>> fine_tuned(std::span<const float> features, std::span<const double> targets,
                                                        const FineTuning& tuning, Stream stream) const {
    return Failure{"", "it cannot go on learning from what it knows", "mlp and lpm can"};
  }
  /// What cross-validation chose, for reports: "alpha 0.37, 5-fold MAPE 1.2 %".
  virtual std::string summary() const = 0;
  virtual std::size_t rows_needed() const { return 2; }
};

using MakePredictor = std::function<std::shared_ptr<Predictor>()>;

}  // namespace nas
