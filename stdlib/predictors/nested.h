#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/component.h"
#include "core/predictor.h"

namespace nas {

/// Adds what a predictor inside another has learnt, under a name of its own.
void save_part(PredictorState& whole, const std::string& name, PredictorState part);
/// That part again; empty where there is none.
PredictorState saved_part(const PredictorState& whole, const std::string& name);

/// One predictor of a component of this list, with its default arguments.
Result<std::shared_ptr<Predictor>> make_named(const std::vector<Component>& components, const std::string& name,
                                              Services& services);

/// Lets an argument of a component be one or more of the names of the list, written without quotes.
void takes_names(Component& component, const std::string& argument, const std::vector<Component>& components);

}  // namespace nas
