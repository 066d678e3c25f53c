#pragma once

#include <memory>

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

Component knn_predictor();
Component lasso_predictor();
Component linear_predictor();
Component ridge_predictor();
Component svr_predictor();

}  // namespace nas
