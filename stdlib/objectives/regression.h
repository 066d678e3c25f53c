#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/csv.h"
#include "core/metric.h"
#include "core/services.h"

namespace nas {

/// Arguments of `regression(...)`; `unit` is the SI value of one unit of the column.
struct RegressionArgs {
  std::string file;
  std::string value;
  double unit = 1;
  int folds = 5;
};

/// Ridge regression on a table of features that others measured, where the networks themselves are not told. The features are
/// those encoding of the space whose columns the file has, and products of two of them.
class Regression : public BatchSource {
 public:
  /// E801, E805, E808 for the file, E809 for the value column.
  static Result<std::shared_ptr<Regression>> open(const RegressionArgs& args, Services& services);

  std::string key() const override { return key_; }
  std::string provenance() const override;
  Cost cost() const override { return Cost::looked_up; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override;
  /// E813 where the file has the columns of none of the space's encodings, E810 for a field.
  Result<void> ready(const Space& space, const MetricKind& metric) const override;

 private:
  struct Model;
  Regression(RegressionArgs args, Csv csv, std::string key)
      : args_(std::move(args)), csv_(std::move(csv)), key_(std::move(key)) {}
  Result<std::shared_ptr<const Model>> model(const Space& space) const;

  RegressionArgs args_;
  Csv csv_;
  std::string key_;
  mutable std::mutex mutex_;
  mutable std::vector<std::pair<std::string, std::shared_ptr<const Model>>> models_;  ///< by the encoding's key
};

Component regression_component(ComponentKind kind);

}  // namespace nas
