#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/csv.h"
#include "core/metric.h"
#include "stdlib/devices/lut.h"

namespace nas {

/// A device known by what each operator takes at each place: rows `layer,op,value`, places counted from 0 in the order of the
/// space's choices, or named by them; a row `base` is what every network takes (FBNet's tables as HW-NAS-Bench sums them).
class OperatorTable : public BatchSource {
 public:
  /// Whether a table has this form.
  static bool fits(const Csv& csv) { return csv.find("layer") && csv.find("op"); }
  /// E809 for a missing column, E810 for a field, E812 for a row twice, E814 where no row is of the device that was named.
  static Result<std::shared_ptr<OperatorTable>> read(const Csv& csv, const LutArgs& args, std::string key);

  std::string key() const override { return key_; }
  std::string provenance() const override { return "summed over the operators of " + args_.file; }
  Cost cost() const override { return Cost::looked_up; }
  bool predicts() const override { return true; }
  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override;
  /// E832 for an option of a choice that has no row.
  Result<void> ready(const Space& space, const MetricKind& metric) const override;

 private:
  OperatorTable(LutArgs args, std::string key) : args_(std::move(args)), key_(std::move(key)) {}
  /// Seconds by gene and option.
  Result<std::vector<std::vector<double>>> by_gene(const Space& space) const;

  LutArgs args_;
  std::string key_;
  double base_ = 0;
  std::map<std::string, std::map<std::string, double>> values_;  ///< by place and operator
};

}  // namespace nas
