#pragma once

#include <span>
#include <vector>

#include "core/pareto.h"
#include "core/search.h"

namespace nas {

/// The front of a result, or of several results together, as points to be minimised.
struct FrontPoints {
  std::size_t objectives = 0;
  std::vector<double> values;  ///< row-major
  std::vector<Arch> networks;  ///< one a row

  std::size_t size() const { return networks.size(); }
};
/// The results have the same objectives. Of equal points the first is kept.
FrontPoints front_points(std::span<const SearchResult* const> results);

/// How far a point may fall short of another one in an objective: by an amount, or by a share of the other one's value.
struct Slack {
  double size = 0;
  bool relative = false;
};

// Indicators of a front beside a known one, which is not empty. Where objectives are added up or compared with each other, each
// is measured in the range that the known front has in it; where that range is nothing, in the size of the value, or in ones.

double igd_plus(const FrontPoints& front, const FrontPoints& known);
double additive_epsilon(const FrontPoints& front, const FrontPoints& known);
/// The share of the known front that some point of `front` reaches in every objective, to within `slack` (empty = none).
double coverage(const FrontPoints& front, const FrontPoints& known, std::span<const Slack> slack);
/// The share of the known front that is found: a network of equal values, or, `by_network`, the network itself.
double recall(const FrontPoints& front, const FrontPoints& known, bool by_network);

}  // namespace nas
