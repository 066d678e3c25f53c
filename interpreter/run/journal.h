#pragma once

#include <functional>
#include <optional>
#include <string>

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

  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override;
  Result<void> measure_on(std::int64_t images, std::span<const Arch> archs, std::vector<Measurement>& out) override;
  std::size_t missing(std::span<const Arch> archs) const override;

 private:
  /// Metric j of the task from `source`, into its column of `out`.
  Result<void> measure_metric(std::size_t j, const MetricSource& source, std::span<const Arch> archs,
                              std::vector<Measurement>& out);
  std::optional<Measurement> known_measurement(const std::string& source, const Arch& arch) const;

  Store& store_;
  const SearchTask& task_;
  Options options_;
};

}  // namespace nas
