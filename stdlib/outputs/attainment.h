#pragma once

#include <string>
#include <vector>

#include "stdlib/outputs/result_table.h"
#include "stdlib/outputs/run_groups.h"

namespace nas {

/// One step of the surfaces that a family of runs attains (Grunert da Fonseca, Fonseca and Hall, EMO 2001).
struct Attained {
  double x;
  std::vector<double> y;  ///< the best y of each run at no worse x, the best run first; not finite where a run has none
};
/// The steps of all runs, from the best x on.
std::vector<Attained> attained(const RunGroup& group, const Axes& axes);

}  // namespace nas
