#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/metric.h"
#include "core/predictor.h"
#include "core/value.h"

namespace nas {

/// The features of networks of a space, networks x Space::feature_count(), row-major.
std::vector<float> features_of(const Space& space, std::span<const Arch> networks);

/// A metric as a fitted predictor knows it: what `predictor ... from PROFILE` and `transfer` give.
struct Learnt {
  MetricId metric;
  std::shared_ptr<const Space> space;
  std::shared_ptr<const Predictor> predictor;
  std::size_t rows = 0;  ///< networks that it has learnt from
  std::string summary;   ///< how it was made and how good it is, in words

  /// SI values of networks of its space.
  std::vector<double> predict(std::span<const Arch> networks) const;
};

/// The same as a value after the run.
class LearntHandle : public Handle {
 public:
  virtual const Learnt& learnt() const = 0;
};

/// Its values as those of a metric's source; they are shown as predicted. `key` stands for how it was made.
std::shared_ptr<const MetricSource> learnt_source(std::shared_ptr<const Learnt> learnt, std::string key);

/// What a predictor of one device is adapted to: networks of its space that were measured on another.
struct ProbeRows {
  std::span<const Arch> networks;
  std::span<const double> values;  ///< SI units
};

/// A predictor that stays as it is whatever it is given to learn from.
std::shared_ptr<Predictor> frozen(std::shared_ptr<const Predictor> predictor);

/// Makes the predictor of one device from that of another: `transfer name = oneproxy() of PREDICTOR from PROBE on DEVICE`.
class Transfer {
 public:
  virtual ~Transfer() = default;
  /// Probes that it needs at least; 0 = it needs none.
  virtual std::size_t rows_needed() const { return 0; }
  /// Fails where the proxy is of no kind that it can adapt. `summary()` of what it gives tells how good it is.
  virtual Result<std::shared_ptr<const Predictor>> adapt(const Learnt& proxy, const ProbeRows& probe, Stream stream) const = 0;
};

}  // namespace nas
