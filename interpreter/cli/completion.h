#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace nas {

/// The completion script for bash, zsh or fish, made from the same definitions as the command line itself.
std::optional<std::string> completion_script(const CLI::App& app, const std::string& shell);

}  // namespace nas
