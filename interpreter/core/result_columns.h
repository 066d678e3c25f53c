#pragma once

#include <string>
#include <vector>

#include "core/search.h"

namespace nas {

/// Something that can be read off every network of a result: a metric of the search, an objective, or macs, params, memory.
struct Column {
  std::string label;  ///< "latency@host"
  std::string unit;   ///< how it is printed: "ms", "%", "M", ""
  double scale = 1;   ///< printed value = SI value / scale
  bool maximise = false;
  std::string metric;     ///< name of its metric, empty for a formula over several
  MetricExpr expression;  ///< over the metrics of the result; empty where the value comes from the network itself

  std::string title() const { return unit.empty() ? label : label + " [" + unit + "]"; }
};

/// What the networks of a search will show; known before it runs.
class ResultColumns {
 public:
  ResultColumns(const std::vector<MetricId>& metrics, const std::vector<Objective>& objectives);

  /// The metrics of the search, then macs and params where they are not among them.
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<Column>& objectives() const { return objectives_; }
  const std::vector<std::string>& labels() const { return labels_; }
  /// A column by its label; a metric's name alone where only one column has it; macs, params, memory always. Null if unknown.
  const Column* find(const std::string& label) const;

 private:
  std::vector<Column> columns_, objectives_, extra_;
  std::vector<std::string> labels_;
};

/// What a chart of points lies between.
struct Axes {
  Column x, y;
  bool objectives = false;  ///< x and y are all the objectives: the front is a staircase
};
/// The axes by name, or the first two objectives, the one to be minimised on x. E816 for a column that `name` does not have.
Result<Axes> axes_of(const std::string& name, const ResultColumns& columns, const std::string& x = "", const std::string& y = "");

/// Two axes can be one when they print the same metric; devices may differ.
bool comparable(const Column& a, const Column& b);

/// E817 where two results that are drawn with these axes cannot lie in one picture: `named` says that axes can be named, and
/// then comparable ones do; else they must be the same.
Result<void> share_axes(const std::string& first, const Axes& a, const std::string& second, const Axes& b, bool named);

}  // namespace nas
