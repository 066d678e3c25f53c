#pragma once

#include <cstddef>
#include <span>

#include "core/result.h"
#include "core/rng.h"

namespace nas {

struct FineTuning {
  int epochs = 100;
  int batch = 50;
  double rate = 1e-3;
  std::size_t layers = 0;  ///< the last ones that go on learning; 0 = all
};

/// A predictor that can go on learning from what it knows, whether it was fitted or restored: a `Predictor` that is one too
/// (`dynamic_cast<FineTunable*>`). `fit` begins anew.
class FineTunable {
 public:
  virtual ~FineTunable() = default;
  /// Learns from a few rows of another device or metric. Inputs stay standardised as before; targets are standardised anew, so
  /// that units and scale of the two need not agree.
  virtual Result<void> fine_tune(std::span<const float> features, std::span<const double> targets, const FineTuning& tuning,
                                 Stream stream) = 0;
};

}  // namespace nas
