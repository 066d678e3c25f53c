#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/partial_source.h"
#include "core/search.h"
#include "run/store.h"

namespace nas {

/// Stands between a search and its sources: what the store knows is not measured again, and every new measurement is in the
/// store before the next one is made.
class Journal : public Measurer {
 public:
  struct Options {
    std::string run;             ///< that measurements are booked under
    bool only_this_run = false;  ///< what other runs measured does not count as known
    int threads = 1;
    std::function<bool()> cancelled = [] { return false; };
    std::function<void(const std::string& what, double done, double total)> progress = [](const std::string&, double, double) {};
  };
  /// The store and the task must outlive it.
  Journal(Store& store, const SearchTask& task, Options options) : store_(store), task_(task), options_(std::move(options)) {}

  /// Networks that a `PartialSource` has no value for get NaN; E843 where it has none for any.
  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override;
  Result<void> measure_on(std::int64_t images, std::span<const Arch> archs, std::vector<Measurement>& out) override;
  std::size_t missing(std::span<const Arch> archs) const override;
  /// What is to be said in the end: networks that have no value, with the reasons, and what sources remark.
  std::vector<std::string> notes() const;

 private:
  /// Metric j of the task from `source`, into its column of `out`.
  Result<void> measure_metric(std::size_t j, const MetricSource& source, std::span<const Arch> archs,
                              std::vector<Measurement>& out);
  std::optional<Measurement> known_measurement(const MetricSource& source, const Arch& arch) const;
  std::optional<std::string> known_reason(const MetricSource& source, const Arch& arch) const;

  struct Unmeasured {
    std::string source, genes, reason;
  };
  /// What became of a source's networks so far.
  struct Tally {
    bool any_value = false;
    /// Networks without a value behind the last one with a value. Once another network has one, the fault was theirs and goes
    /// into the store; until then it may be the source's, and the next run asks for them again.
    std::vector<Unmeasured> suspended;
  };

  Store& store_;
  const SearchTask& task_;
  Options options_;
  std::map<std::string, Tally> tallies_;  ///< by key of the source
  std::vector<std::string> unknown_;      ///< a sentence for each network without a value
};

}  // namespace nas
