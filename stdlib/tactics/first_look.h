#pragma once

#include "stdlib/tactics/search_state.h"

namespace nas {

/// Candidates are looked at on few images before the promising ones are measured on all (successive halving: Jamieson and
/// Talwalkar, AISTATS 2016). What a look shows and what was predicted are averaged, each weighted by the inverse of its mean
/// squared error on the networks that were measured in full so far; alike until eight of those are known.
class FirstLook {
 public:
  FirstLook(const SearchTask& task, std::int64_t images) : task_(task), images_(images), known_(task.metrics.size()) {}

  /// Looks at the candidates; `metrics` are their computed and predicted values, n x metrics. A population of them with better
  /// values.
  Result<Population> look(std::span<const Arch> candidates, std::span<const double> metrics, Measurer& measurer);
  /// Networks of the last look that were measured in full meanwhile.
  void learn(std::span<const SearchRow> measured);
  std::int64_t looks() const { return looks_; }
  std::int64_t images() const { return images_; }

 private:
  /// A network's value as predicted, as looked at, and as measured.
  struct Triple {
    double predicted, coarse, full;
  };
  double estimate(std::size_t metric, double predicted, double coarse) const;

  const SearchTask& task_;
  std::int64_t images_, looks_ = 0;
  std::vector<std::vector<Triple>> known_;  ///< per metric
  std::vector<Arch> candidates_;
  std::vector<double> metrics_, coarse_;  ///< of the last look
};

}  // namespace nas
