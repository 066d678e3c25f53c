#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "core/rng.h"
#include "stdlib/devices/layer_units.h"

namespace nas {

/// Which layers of a space are measured where layers that differ in their channels alone are interpolated, and how the others
/// follow from them: linearly in one channel count between two layers that are equal in everything else, and so on from what is
/// then known, count by count, which is multilinear where the measured ones are a grid.
class WidthPlan {
 public:
  /// Of the layers of one kind at most `widths` values of each channel count are measured, evenly from the least to the largest,
  /// and what cannot be interpolated besides. Of the interpolated ones a tenth, three at least, drawn from `stream`, are measured
  /// too, and tell the error: no other layer follows from them.
  WidthPlan(std::span<const LayerUnit> units, int widths, Stream stream);

  /// True where the unit is to be measured, as one that others follow from or as one held out.
  bool measures(std::size_t unit) const { return measured_[unit]; }

  /// What the layers take by unit, and how far off that is.
  struct Values {
    std::vector<double> values;                ///< measured where it was, else interpolated; NaN where it follows from none
    std::size_t interpolated = 0;              ///< values that are
    std::size_t held_out = 0;                  ///< with a value of both kinds
    double mean_error = 0, largest_error = 0;  ///< over those held out, shares of the measured value
  };
  /// `measured` by unit, NaN where there is no value.
  Values interpolated(std::span<const double> measured) const;

 private:
  /// A unit between two others: below + share * (above - below).
  struct Between {
    std::size_t unit, below, above;
    double share;
  };
  struct Kind;
  void plan(const Kind& kind, int widths);

  std::vector<bool> measured_, held_out_;
  std::vector<Between> between_;  ///< each follows from measured units and those before it
};

}  // namespace nas
