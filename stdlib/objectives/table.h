#pragma once

#include <mutex>

#include "core/component.h"
#include "core/csv.h"
#include "core/metric.h"
#include "core/services.h"

namespace nas {

enum class Duplicates { error, first, mean };
template <>
struct Labels<Duplicates> {
  static constexpr const char* names[] = {"error", "first", "mean"};
};

/// Arguments of `table(...)`; `unit` is the SI value of one unit of the column.
struct TableArgs {
  std::string file;
  std::string value;
  double unit = 1;
  std::optional<double> missing;
  Duplicates duplicates = Duplicates::error;
};

/// A table of networks and one value each, matched to a space by the spelling whose columns the file has.
/// Rows are read once per space; a look-up is one probe into an open-addressing table and allocates nothing.
class Table : public MetricSource {
 public:
  /// E801, E805 for the file, E808 for its form, E809 for a value column that is not there.
  static Result<std::shared_ptr<Table>> open(const TableArgs& args, Services& services);

  std::string key() const override { return key_; }
  std::string provenance() const override { return "looked up in " + args_.file; }
  Cost cost() const override { return Cost::looked_up; }
  /// E810 and E811 for a row, E812 for a network on two rows, E813 for columns of no spelling, E814 for a network without a row.
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override;
  /// Also E823 for accuracies that are shares where percent was said, or the other way round.
  Result<void> ready(const Space& space, const MetricKind& metric) const override;

  /// The networks of the rows in file order, each once; rows that lack the value are left out where a column is named.
  Result<std::vector<Arch>> networks(const Space& space) const override;

 private:
  class Index;
  Table(TableArgs args, Csv csv, std::string key) : args_(std::move(args)), csv_(std::move(csv)), key_(std::move(key)) {}
  Result<const Index*> index(const Space& space) const;
  Result<std::unique_ptr<Index>> build(const Space& space) const;
  struct Matched {
    std::size_t spelling = 0;
    bool is_text = false;
    std::vector<std::size_t> lengths;               ///< values of each field
    std::vector<std::vector<std::size_t>> columns;  ///< of each field
  };
  Result<Matched> match(const Space& space) const;
  Result<Arch> arch_of(const Space& space, const Matched& matched, std::size_t row) const;
  Result<std::size_t> value_column(const std::vector<std::vector<std::size_t>>& spelled) const;

  TableArgs args_;
  Csv csv_;
  std::string key_;
  mutable std::mutex mutex_;
  mutable std::vector<std::pair<std::string, std::shared_ptr<const Index>>> indices_;  ///< by space key
};

}  // namespace nas
