#pragma once

#include <string>
#include <vector>

#include "core/result_columns.h"
#include "core/services.h"

namespace nas {

/// The value of a column for one network, in the column's unit.
struct Reading {
  double value = 0;
  double spread = 0;
  std::int64_t count = 0;
  bool measured = false;  ///< measured, looked up or computed; false: predicted only
  bool capped = false, disturbed = false;
};

/// One search result as columns and rows.
class ResultTable {
 public:
  explicit ResultTable(const OutputInput& input);

  const ResultColumns& known() const { return columns_; }
  const std::vector<Column>& columns() const { return columns_.columns(); }
  const std::vector<Column>& objectives() const { return columns_.objectives(); }
  const Column* find(const std::string& label) const { return columns_.find(label); }

  Reading read(const Column& column, const SearchRow& row) const;
  /// What the predictors said before the network was measured, in the column's unit; NaN where they said nothing.
  double predicted(const Column& column, const SearchRow& row) const;
  const SearchRow& row(std::size_t i) const { return input_.result->rows[i]; }
  /// Rows of the front; empty when nothing was feasible.
  const std::vector<std::size_t>& front() const { return input_.result->front; }
  bool on_front(std::size_t row) const { return on_front_[row]; }
  const OutputInput& input() const { return input_; }

 private:
  double metric_value(std::size_t metric, const SearchRow& row) const;

  const OutputInput& input_;
  ResultColumns columns_;
  std::vector<bool> on_front_;
};

/// Four significant digits, no exponent between 0.001 and 10 million: "24.31", "0.8612", "118.4", "12840".
std::string print_number(double value);
/// "24.31 ms", "86.1 %".
std::string print_reading(const Column& column, const Reading& reading);

}  // namespace nas
