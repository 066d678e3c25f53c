#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/result.h"
#include "run/store.h"

namespace nas {

/// `Interpreter::compare_json`. Fails with a sentence and what to write instead.
Result<nlohmann::json> compare_searches(Store& store, const std::string& a, const std::string& b);

}  // namespace nas
