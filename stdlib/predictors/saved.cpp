#include "stdlib/predictors/predictors.h"

namespace nas {
namespace {

struct SavedArgs {
  std::string file;
};

}  // namespace

Component saved_predictor() {
  return Declare<SavedArgs>(ComponentKind::predictor, "saved", "A predictor that an earlier run has exported.")
      .arg("file", &SavedArgs::file, "what `export known as predictor` has written")
      .required()
      .details(
          "It predicts what it predicted there, to the last bit, over the same space; the metric is named with `of`, on the "
          "device "
          "that it is meant for here. Nothing is learnt.")
      .example("predictor known = saved(\"known.predictor\") of latency@host over net")
      .builds([](const SavedArgs&, Services&) -> Result<std::shared_ptr<void>> {
        return Failure{"E849", "a saved predictor learns nothing", "name it: predictor known = saved(...) of METRIC"};
      });
}

}  // namespace nas
