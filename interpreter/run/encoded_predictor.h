#pragma once

#include <memory>

#include "core/predictor.h"
#include "core/space.h"

namespace nas {

/// `predictor x(features = name)`: gives a predictor the columns of a named encoding of the space instead of one-hot genes.
std::shared_ptr<Predictor> encoded(std::shared_ptr<Predictor> predictor, std::shared_ptr<const Space> space,
                                   std::size_t encoding);

}  // namespace nas
