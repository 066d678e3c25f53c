#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace nas {

/// `nas runs`: a line a run. `runs` is what `Interpreter::runs_json` gives.
std::string runs_text(const nlohmann::json& runs);

/// `nas show RUN`: how it ended, its device and versions, times, measurements, plan and script.
std::string run_text(const nlohmann::json& record);

/// `nas diff A B`: scripts and plans line by line, everything else field by field. `changes` is what
/// `Interpreter::diff_runs_json` gives.
std::string diff_text(const std::string& a, const std::string& b, const nlohmann::json& changes);

}  // namespace nas
