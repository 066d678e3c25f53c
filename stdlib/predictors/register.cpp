#include "stdlib/register.h"

#include "stdlib/predictors/predictors.h"

namespace nas {

void add_predictors(Registry& registry) {
  registry.add(ridge_predictor());
  registry.add(linear_predictor());
  registry.add(lasso_predictor());
  registry.add(knn_predictor());
  registry.add(svr_predictor());
  registry.add(gp_predictor());
  registry.add(random_forest_predictor());
  registry.add(gbdt_predictor());
  registry.add(mlp_predictor());
  const auto all = [&] {
    std::vector<Component> kinds;
    for (const Component* component : registry.of_kind(ComponentKind::predictor)) kinds.push_back(*component);
    return kinds;
  };
  const auto tried = all();  // not lpm: a minute for a thousand rows, and mlp does better on them
  registry.add(lpm_predictor());
  registry.add(gcn_predictor());  // nor this: its columns are graphs, those of the others are not
  registry.add(ensemble_predictor(all()));
  registry.add(auto_predictor(tried));
  registry.add(saved_predictor());
  // Those that look at the networks themselves.
  registry.add(kernel_predictor());
  registry.add(lut_predictor());
  registry.add(roofline_predictor());
}

}  // namespace nas
