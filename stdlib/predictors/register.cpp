#include "stdlib/register.h"

#include "stdlib/predictors/predictors.h"

namespace nas {

void add_predictors(Registry& registry) {
  registry.add(ridge_predictor());
}

}  // namespace nas
