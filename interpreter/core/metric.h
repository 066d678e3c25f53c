#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/space.h"

namespace nas {

/// What is known about a metric. Values are doubles in SI base units (s, B, J; counts and shares are plain:
/// accuracy 0.861 is 86.1 %). Printing picks the unit.
struct MetricKind {
  std::string name;           ///< accuracy loss latency energy memory params macs throughput, or the program's own
  std::string dimension;      ///< "time", "memory", "energy", "power", "frequency", "share", "count", ""
  bool maximise = false;      ///< the better direction
  bool exact = false;         ///< computed from the network itself, never predicted
  bool needs_device = false;  ///< only meaningful as metric@device
  std::string unit;           ///< how tables and plots print it: "ms", "%", "M", "MiB", ""
  double scale = 1;           ///< value in `unit` = SI value / scale
  bool operator==(const MetricKind&) const = default;
};
/// Of the language itself; null for any other name. What scripts may name besides is in the interpreter's `Registry`.
const MetricKind* find_metric(std::string_view name);
std::span<const MetricKind> all_metrics();

/// `latency@host`, `accuracy`, `macs`.
struct MetricId {
  std::string name;
  std::string device = {};                     ///< name of the device stage, empty where the metric needs none
  std::shared_ptr<const MetricKind> own = {};  ///< of a metric that the program brings; null for those of the language

  std::string label() const { return device.empty() ? name : name + "@" + device; }
  bool operator==(const MetricId& other) const { return name == other.name && device == other.device; }
};
/// What is known about a metric where it stands: `memory` is computed from the network, `memory@device` is measured there. Null
/// where the language has no metric of that name, and it is not the program's own.
const MetricKind* find_metric(const MetricId& id);
/// True where a device may give it: metric@device.
bool may_stand_on_device(const MetricKind& kind);

/// One value of one metric of one network, as its source gives it: measured, looked up or computed, or a model's where the
/// source says so (`MetricSource::predicts`).
struct Measurement {
  double value = 0;        ///< SI base units
  double spread = 0;       ///< half width of the 95 % confidence interval where the source repeats, else 0
  std::int64_t count = 1;  ///< repetitions behind the value
  bool capped = false;     ///< a time cap ended the repetitions before the interval was narrow enough
  bool disturbed = false;  ///< the drift guard flagged the series
  double seconds = 0;      ///< what the measurement cost
};

/// What a source may use while it measures. Time, randomness and progress arrive from outside.
struct MeasureContext {
  std::function<bool()> cancelled = [] { return false; };
  int threads = 1;
};

/// Batch values of computed and looked-up metrics for inner loops: n canonical rows -> out[n]. Only sources with such a
/// fast path have one (macs, params, tables, linear models). Called from several threads at once.
class BatchMetric {
 public:
  virtual ~BatchMetric() = default;
  virtual void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const = 0;
  /// The values of both where two metrics read the same tables; false where one is best asked after the other.
  virtual bool values_of_both(const BatchMetric& /*other*/, std::span<const std::uint8_t> /*genomes*/, std::size_t /*n*/,
                              std::span<double> /*out*/, std::span<double> /*other_out*/) const {
    return false;
  }
  /// So many rows are worth a thread of their own: a tenth of a millisecond, or more.
  virtual std::size_t rows_per_thread() const { return 2048; }
};

/// Where the values of one metric come from: computed from the network, a table, a trained super-network, a device.
class MetricSource {
 public:
  virtual ~MetricSource() = default;
  /// Everything that changes the values (content hashes, never paths): part of the journal's key.
  virtual std::string key() const = 0;
  /// Plain words for reports: "computed", "table accuracy.csv", "measured on 1 thread of <cpu>".
  virtual std::string provenance() const = 0;
  enum class Cost { computed, looked_up, measured };
  virtual Cost cost() const = 0;
  /// True where a model gives the values (a perceptron, a regression, a sum over layers): they are shown as predicted.
  virtual bool predicts() const { return false; }
  /// Calls `done(i, measurement)` once for every network in order, as each is made, so that the host can journal it.
  /// A network that the source does not know or cannot run fails the call, naming it.
  virtual Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                               const std::function<void(std::size_t, const Measurement&)>& done) const = 0;
  /// The fast path for inner loops over one space; null where there is none.
  virtual Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const {
    return std::shared_ptr<const BatchMetric>();
  }
  /// The same metric on so many images, coarser and cheaper; null where it is not evaluated on images.
  virtual std::shared_ptr<const MetricSource> on_images(std::int64_t images) const { return nullptr; }
  /// What can be known before the first stage runs: do the values fit the space and the metric? Fails as `measure` would.
  virtual Result<void> ready(const Space& space, const MetricKind& metric) const { return {}; }
  /// The networks of the space that it knows, where they are a list (a table's rows): what `pool(space, source)` keeps.
  virtual Result<std::vector<Arch>> networks(const Space& space) const {
    return Failure{"E824", "this source has no list of networks", "a pool is made of the rows of a table: pool(net, table(...))"};
  }
  /// True where measurements of this source must run alone on the machine.
  virtual bool exclusive() const { return false; }
};

/// A source whose batch form gives all of its values.
class BatchSource : public MetricSource {
 public:
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override;
};

/// An arithmetic expression over metrics, as a postfix program: objectives and constraints compile to it once.
struct MetricExpr {
  enum class Op : std::uint8_t { metric, constant, add, subtract, multiply, divide, negate, power, minimum, maximum };
  struct Step {
    Op op = Op::constant;
    std::int32_t metric = -1;  ///< index into the search's list of metrics
    double constant = 0;
  };
  std::vector<Step> steps;
  std::string text;       ///< as written, for labels
  std::string dimension;  ///< of the result; "" where dimensionless

  /// Values of the metrics in, value of the expression out. `metrics` is row-major n x m.
  void evaluate(std::span<const double> metrics, std::size_t m, std::span<double> out) const;
};

}  // namespace nas
