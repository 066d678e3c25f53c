#pragma once

#include <string>
#include <vector>

#include "core/services.h"

namespace nas {

/// The measured front of a search as columns of text and numbers in printing units.
struct FrontTable {
  struct Column {
    std::string name, unit;
    std::vector<double> values, spread;
  };
  std::vector<std::string> architectures;
  std::vector<Column> columns;  ///< one per metric of the search, then macs, params and test accuracy where they are missing
  explicit FrontTable(const OutputInput& input);
};

/// Value of a metric in its printing unit, and its axis title: "latency@host [ms]".
double in_unit(const MetricId& id, double si);
std::string axis_title(const MetricId& id);

/// A network as a row of boxes, one per block, coloured by operator: the genes of each stage at a glance.
std::string network_strip_svg(const Space& space, const Arch& arch);

}  // namespace nas
