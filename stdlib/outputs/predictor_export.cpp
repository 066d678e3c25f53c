#include "stdlib/outputs/predictor_export.h"

#include <fmt/format.h>

#include "core/learnt.h"
#include "core/saved_predictor.h"
#include "core/services.h"
#include "stdlib/predictors/linear_form_predictor.h"

namespace nas {
namespace {

struct PredictorExportArgs {};

class PredictorFile : public Output {
 public:
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts&) const override {
    if (inputs.empty() || !inputs[0].learnt)
      return Failure{"E818", "there is no predictor to show", "every branch that would have given one was skipped"};
    const Learnt& learnt = *inputs[0].learnt;
    auto state = state_or_sum(*learnt.predictor, learnt.rows);
    if (!state)
      return Failure{"E849", fmt::format("{} cannot be saved: {}", inputs[0].name, state.failure().message),
                     "save the predictor that it was made of"};
    return to_bytes({learnt.saved_as.is_null() ? learnt.made_by : learnt.saved_as, learnt.metric.name, learnt.space->key(),
                     learnt.space->name(), learnt.rows, std::move(*state)});
  }
};

}  // namespace

Component predictor_export() {
  return Declare<PredictorExportArgs>(ComponentKind::export_format, "predictor",
                                      "What a predictor has learnt, as `saved(...)` reads it back.")
      .details(
          "One line of JSON (the component and its arguments, the metric, the space, the names and lengths of arrays), and "
          "behind "
          "it the numbers as they are in memory: it predicts the same to the last bit. Of a transfer that is a sum over the "
          "genes "
          "the sum is saved, of another one (residual, hardware_features of the concatenated form, scale of what is no sum) what "
          "it has learnt and the predictor that it started from.")
      .writes_file()
      .example("export known as predictor to \"out/known.predictor\"")
      .builds([](const PredictorExportArgs&, Services&) {
        return std::static_pointer_cast<void>(std::static_pointer_cast<Output>(std::make_shared<PredictorFile>()));
      });
}

}  // namespace nas
