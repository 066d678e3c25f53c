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

/// How well something predicts networks that it has not learnt from.
struct Judged {
  std::string name;  ///< "oneproxy", "ridge from scratch", "known as it is"
  double spearman = 0;
  double rmse_share = 0;  ///< root mean square error over the mean; both NaN where the rows are too few to learn from
};

/// A transfer beside what it has to beat, all on the same networks, none of which any of them has learnt from.
struct Judgement {
  std::vector<Judged> each;
  std::size_t networks = 0;
  int folds = 0;  ///< 1 = networks held out once
};

/// Networks of one space that were measured on one device.
struct DeviceRows {
  std::string device;
  std::vector<Arch> networks;
  std::vector<double> values;  ///< SI units
};

/// A metric as a fitted predictor knows it: what `predictor ... from PROFILE` and `transfer` give.
struct Learnt {
  MetricId metric;
  std::shared_ptr<const Space> space;
  std::shared_ptr<const Predictor> predictor;
  std::size_t rows = 0;          ///< networks that it has learnt from
  std::string summary;           ///< how it was made and how good it is, in words
  Judgement judgement = {};      ///< of a transfer; empty where it had no probe, or too small a one
  MakePredictor make = nullptr;  ///< one of the same kind that has learnt nothing, for the features of the space
  nlohmann::json made_by = {};   ///< the name and the arguments of the component that `make` makes
  DeviceRows from = {};          ///< what it has learnt from
  /// The same from other rows: what a learning curve asks for.
  std::function<Result<std::shared_ptr<const Predictor>>(const DeviceRows& rows, Stream stream)> relearn = nullptr;
  nlohmann::json tuned = {};              ///< of `tune`: "trials" as users get them, and a "table" of them
  std::vector<std::string> choices = {};  ///< of `tune`: the arguments that were chosen, as they were written
  /// As `SavedPredictor` has it: of what it is to be made before its state is read back; null = `made_by`.
  nlohmann::json saved_as = {};

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

/// A predictor that stays as it is whatever it is given to learn from.
std::shared_ptr<Predictor> frozen(std::shared_ptr<const Predictor> predictor);

/// What a transfer starts from.
struct TransferTask {
  const Learnt* proxy = nullptr;  ///< null for a transfer that takes none
  std::shared_ptr<const Space> space;
  DeviceRows probe;                ///< networks that were measured on the device that it is for; may be empty
  std::vector<DeviceRows> others;  ///< of the profiles among its arguments
};

/// Makes the predictor of one device from that of another: `transfer name = oneproxy() of PREDICTOR from PROBE on DEVICE`.
class Transfer {
 public:
  virtual ~Transfer() = default;
  /// Probes that it needs at least; 0 = it needs none.
  virtual std::size_t rows_needed() const { return 0; }
  /// Fails where a file that it learns from cannot be read: asked before the first stage runs, and not to read back what was saved.
  virtual Result<void> ready() const { return {}; }
  /// Fails where the proxy is of no kind that it can adapt. Rows of the probe that choose something count as learnt from:
  /// `summary()` of what it gives tells what was chosen, and how good it is is told by rows that it has not seen (`judge`).
  virtual Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const = 0;
  /// What `adapt` gives before it has learnt anything, so that `restore` reads back what its `state` has saved. `proxy` makes
  /// what it started from, and may be null. Null where `adapt` gives a predictor of another component, which is saved as that.
  virtual std::shared_ptr<Predictor> unlearnt(const MakePredictor& proxy) const { return nullptr; }
};

/// The transfer, the proxy as it is, and a predictor of the same kind that learns from the probe alone, on rows of the probe that
/// none of them has seen: by five folds, or, where `once`, with a fifth held out. Empty where the rows are too few.
Judgement judge(const Transfer& transfer, const std::string& name, const TransferTask& task, const std::string& proxy_name,
                const MakePredictor& scratch, const std::string& scratch_name, bool once, Stream stream);

}  // namespace nas
