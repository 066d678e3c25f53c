#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/component.h"
#include "core/csv.h"
#include "core/layer_profile.h"
#include "core/metric.h"
#include "core/network.h"
#include "core/services.h"

namespace nas {

/// Arguments of `lut(...)`; `unit` is the SI value of one unit of the column.
struct LutArgs {
  std::string file;
  std::string value = "mean_ms";
  double unit = 1;
  std::string device;  ///< of a table of operators with several devices
};

/// What a layer table calls one layer: once-for-all's operator with its shapes, and for an inverted bottleneck its middle
/// channels, kernel, stride, shortcut, squeeze and excite and h-swish. `resolution` is the height of the network's input, 0 where
/// the table does not tell them apart. Convolutions have one name whatever their place: their shapes tell them apart.
struct LayerKey {
  std::string op;  ///< "conv", "expanded_conv", "pool", "linear"
  Shape in, out;
  std::int64_t resolution = 0, mid = 0;
  std::int32_t kernel = 0, stride = 0;
  bool idskip = false, se = false, hswish = false;

  /// "expanded_conv-input:14x14x96-output:14x14x136-expand:288-kernel:3-stride:1-idskip:0-se:1-hs:1", as once-for-all writes it.
  std::string text() const;
};

/// The layers of a network that a table times, in order: inverted bottlenecks as one, norms and activations with the layer
/// before.
std::vector<LayerKey> layer_keys(const Network& network);

/// What a table knows one layer call by, as a network of its own and at any resolution: one key, a classifier with the pool
/// before it among them; none where no table has such a layer, several where tables keep its layers apart.
std::vector<LayerKey> call_keys(const Network& call);

/// A device known by a table of layers: the latency of a network is the sum over its layers (once-for-all's tables).
class LayerTable : public BatchSource, public std::enable_shared_from_this<LayerTable> {
 public:
  /// E801, E805, E808 for the file, E809 for a missing column, E810 for a field.
  static Result<std::shared_ptr<LayerTable>> open(const LutArgs& args, Services& services);

  /// Layers and their values in SI units; of one layer twice the first counts.
  static std::shared_ptr<LayerTable> of(std::span<const std::pair<LayerKey, double>> layers);

  /// The layers of a profile, each measured alone; its correction is left to the caller.
  static std::shared_ptr<LayerTable> of(const LayerProfile& profile);

  /// Of a table of layer calls: the sum over those of a network. A layer without a row counts as free.
  double of_units(const Network& network) const;
  std::string key() const override { return key_; }
  std::string provenance() const override { return "summed over the layers of " + args_.file; }
  Cost cost() const override { return Cost::looked_up; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override;
  /// E832 for a layer of the space that the table does not have, with the nearest one that it has.
  Result<void> ready(const Space& space, const MetricKind& metric) const override;

 private:
  struct Sums;
  class UnitBatch;
  LayerTable(LutArgs args, std::string key) : args_(std::move(args)), key_(std::move(key)) {}
  bool add(const LayerKey& layer, double value);  ///< false where the table has it
  Result<std::shared_ptr<const Sums>> sums(const Space& space) const;
  Failure missing(const std::string& wanted, const std::string& path) const;
  /// A table as `export ... as lut` writes it: one row a layer call, by its key.
  Result<void> read_units(const Csv& csv);

  LutArgs args_;
  std::string key_;
  bool units_ = false;                    ///< rows are layer calls
  double whole_ = 0;                      ///< what every network takes besides its layer calls
  bool resolutions_ = false;              ///< the table tells input sizes apart
  bool classifiers_ = false;              ///< it has classifiers with the pool before them
  std::map<std::string, double> values_;  ///< by LayerKey::text, SI units
  mutable std::mutex mutex_;
  mutable std::vector<std::pair<std::string, std::shared_ptr<const Sums>>> known_;  ///< by space key
};

/// The source that a `lut` device stands for: a table of layers, of layer calls, or of operators by their place.
Result<std::shared_ptr<MetricSource>> open_lut(const LutArgs& args, Services& services);

/// The row of a table of layer calls that stands for every network as a whole.
inline constexpr const char* kWholeNetwork = "network";

Component lut_device();

}  // namespace nas
