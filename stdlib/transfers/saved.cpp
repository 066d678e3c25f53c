// What transfers save besides their own numbers.
#include <fmt/format.h>

#include "stdlib/predictors/nested.h"
#include "stdlib/transfers/transfers.h"

namespace nas {

Result<PredictorState> Adapted::state_with(Result<PredictorState> proxy) const {
  if (!proxy) return proxy;
  PredictorState whole{{{"summary", summary_}}, {}};
  save_part(whole, "proxy", std::move(*proxy));
  return whole;
}

Result<std::shared_ptr<const Predictor>> Adapted::restore_with(const MakePredictor& proxy, const PredictorState& state,
                                                               const std::string& name) {
  if (!proxy) return Failure{"", fmt::format("the saved {} names no predictor that it started from", name), ""};
  auto made = proxy();
  if (auto read = made->restore(saved_part(state, "proxy")); !read) return read.failure();
  summary_ = state.facts.value("summary", "");
  return std::shared_ptr<const Predictor>(std::move(made));
}

}  // namespace nas
