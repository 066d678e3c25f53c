#include "stdlib/predictors/saved_process.h"

#include <fmt/format.h>

#include "stdlib/predictors/rows.h"

namespace nas {

PredictorState state_of_process(const GaussianProcess& process, const std::vector<double>& targets) {
  const auto& features = process.rows().features();
  const auto& shape = process.shape();
  return {{{"length", shape.length}, {"noise", shape.noise}, {"rows", targets.size()}},
          {{"features", {features.begin(), features.end()}}, {"targets", targets}, {"shape", {shape.length, shape.noise}}}};
}

Result<std::pair<GaussianProcess, std::vector<double>>> process_of_state(const PredictorState& state, const std::string& name) {
  auto targets = saved_array(state, name, "targets");
  if (!targets) return targets.failure();
  auto features = saved_array(state, name, "features");
  if (!features) return features.failure();
  auto shape = saved_array(state, name, "shape", 2);
  if (!shape) return shape.failure();
  const std::size_t n = targets->size();
  if (n == 0 || features->size() % n != 0) return Failure{"", fmt::format("the saved {} does not fit together", name), ""};
  const std::vector<float> rows(features->begin(), features->end());
  GaussianProcess process(rows, *targets, rows.size() / n, {(*shape)[0], (*shape)[1]});
  if (auto good = has_inverse(process, name); !good) return good.failure();
  return std::pair(std::move(process), std::move(*targets));
}

Result<void> has_inverse(const GaussianProcess& process, const std::string& name) {
  if (process.valid()) return {};
  return Failure{"",
                 fmt::format("{} cannot invert its kernel with length {:.3g} and noise {:.3g}", name, process.shape().length,
                             process.shape().noise),
                 "a larger noise helps"};
}

}  // namespace nas
