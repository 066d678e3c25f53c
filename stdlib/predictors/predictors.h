#pragma once

#include <memory>
#include <vector>

#include "core/component.h"
#include "core/predictor.h"

namespace nas {

/// `.builds(makes_predictor<Ridge>())`: a predictor that is made of its arguments alone.
template <typename Made>
auto makes_predictor() {
  return [](const auto& arguments, Services&) {
    return std::shared_ptr<void>(std::static_pointer_cast<Predictor>(std::make_shared<Made>(arguments)));
  };
}

Component gp_predictor();
Component kernel_predictor();
Component knn_predictor();
Component lasso_predictor();
Component linear_predictor();
Component gbdt_predictor();
Component gcn_predictor();
Component lpm_predictor();
Component lut_predictor();
Component mlp_predictor();
Component random_forest_predictor();
Component ridge_predictor();
Component roofline_predictor();
Component saved_predictor();
Component svr_predictor();

// Made of those that are registered so far.
Component auto_predictor(const std::vector<Component>& kinds);
Component ensemble_predictor(const std::vector<Component>& kinds);

}  // namespace nas
