#include "stdlib/register.h"

#include "stdlib/predictors/predictors.h"

namespace nas {

void add_predictors(Registry& registry) {
  registry.add(ridge_predictor());
  registry.add(linear_predictor());
  registry.add(lasso_predictor());
  registry.add(knn_predictor());
  registry.add(svr_predictor());
}

}  // namespace nas
