#pragma once

#include <optional>
#include <span>
#include <string>

namespace nas {

/// One code of the language: what went wrong, a script that shows it, a script that does it right.
struct Explanation {
  const char* code;
  const char* title;
  const char* cause;
  const char* wrong;  ///< empty where the mistake is not in the script (files, stores)
  const char* right;
};
std::span<const Explanation> all_explanations();
/// The text of `nas explain CODE`.
std::optional<std::string> explain(const std::string& code);

}  // namespace nas
