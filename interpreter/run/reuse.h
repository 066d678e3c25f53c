#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "check/check_script.h"

namespace nas {

/// The reuse key of a stage: a hash of the fields that decide about its result.
std::string key_of(const nlohmann::json& fields);
std::string genes_text(const Arch& arch);

/// The first field in which two sets of key fields differ, in words; empty when there is none. Inputs come last: what is
/// written in the stage itself is the nearer reason.
std::string first_difference(const nlohmann::json& now, const nlohmann::json& before, const std::string& path = "");

/// Whether a stage's record can be restored: a damaged one counts as not there. `space` is that of a search.
bool complete(const CheckedStage& stage, const Space* space, const nlohmann::json& record);

}  // namespace nas
