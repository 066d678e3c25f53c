#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/pareto.h"
#include "core/search.h"
#include "core/value.h"

namespace nas {

/// The volume that the feasible networks seen so far dominate, network by network.
class HypervolumeCurve {
 public:
  /// Objectives are minimised; `reference` bounds the volume. Exact for up to four of them, else that of a SampledVolume.
  explicit HypervolumeCurve(std::vector<double> reference);
  /// Appends the volume after one more network: O(log n) for two objectives, else one pass over the front where the front
  /// dominates it. Where the volume is not `wanted`, it stays at what it was until it is.
  void add(std::span<const double> objectives, bool feasible, bool wanted = true);
  const std::vector<double>& values() const { return values_; }
  /// The volume of all that were added.
  double volume();

 private:
  bool enters_front(std::span<const double> objectives);

  std::vector<double> reference_, front_, values_;
  Staircase staircase_;                   ///< stands for the front of two objectives
  std::optional<SampledVolume> sampled_;  ///< of more than four objectives
  double volume_ = 0;                     ///< as last taken
  bool grown_ = false;                    ///< since the volume was last taken
};

/// The objectives of the rows from `first` on, behind one another, all minimised.
std::vector<double> objectives_of(const SearchResult& result, std::size_t first = 0);

/// The worst of the results' reference points in every objective: volumes against it are comparable. All have the same
/// objectives.
std::vector<double> common_reference(std::span<const SearchResult* const> results);

/// The volume of a result's front after each of its rows, against `reference`. From three objectives on, of more than a
/// thousand rows it is taken at 250 of them (40 from four objectives on) and at the last.
std::vector<double> hypervolume_curve(const SearchResult& result, std::vector<double> reference);

/// Two families of runs beside each other. One run each gives a p of 1.
struct Comparison {
  std::vector<double> first, second;  ///< final hypervolume of each run, as a share of that of all fronts together
  double p = 1;                       ///< two-sided Mann-Whitney test of equal distributions
  double effect = 0.5;                ///< Vargha and Delaney's A: probability that a run of the first has the larger volume
  double first_evaluations = 0, second_evaluations = 0;  ///< medians
  double target = 0;  ///< the smaller of the two medians of the final hypervolumes, as a share like them
  double first_needs = 0,
         second_needs = 0;  ///< evaluations until the target is reached, medians; infinite where fewer than half do

  /// The smallest p that so many runs can give: nothing is told apart where it is large.
  double least_p() const;
  /// In words: a line for each side, and the test.
  std::string text(const std::string& first_name, const std::string& second_name) const;
};
/// The results have the same objectives.
Comparison compare(std::span<const SearchResult* const> first, std::span<const SearchResult* const> second);

/// The result of a search, as a value after the run.
class ResultHandle : public Handle {
 public:
  virtual const SearchResult& result() const = 0;
};

/// A comparison as a value: `p`, `effect`, `first` and `second` (medians), `first_needs` and `second_needs`.
std::shared_ptr<const Handle> comparison_handle(Comparison comparison, std::string first, std::string second);

}  // namespace nas
