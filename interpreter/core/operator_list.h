#pragma once

#include <vector>

#include "core/layer.h"

namespace nas {

/// True for a (chosen) list with an operator in it, as `pick(2, of = [conv(k = 3), skip()])` gives.
bool lists_operators(const Value& value);

/// The list with every operator in it applied to the tensors. An operator is applied once, so that it has one set of weights
/// however many of the lists that can be chosen hold it.
Value apply_listed(LayerBuilder& builder, const Value& lists, const std::vector<Value>& x);

}  // namespace nas
