#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "check/check_script.h"

namespace nas::plan {

/// What is known about one stage before the run; the run makes the decision, this only shows it.
struct StageView {
  std::string action;              ///< "run", "reuse", "always"
  std::string reason;
  std::int64_t measurements = 0;
  std::int64_t known = 0;          ///< networks that the store knows already
  double seconds = 0;              ///< what the reused result cost, or what the stage took last time; 0 = unknown
  std::int64_t trials = 0, known_trials = 0;  ///< of a `tune` whose rows are known, and those that the store knows already
};

std::string as_text(const CheckedScript& script, const std::vector<StageView>& views);
std::string as_dot(const CheckedScript& script, const std::vector<StageView>& views);
std::string as_mermaid(const CheckedScript& script);
nlohmann::json as_json(const CheckedScript& script, const std::vector<StageView>& views);

}  // namespace nas::plan
