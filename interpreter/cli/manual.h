#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace nas {

/// The manual pages as man(7) text, by file: "nas.1", "nas-run.1" ... Made from the declarations behind `--help`; the same bytes every
/// time.
std::map<std::string, std::string> manual_pages(const CLI::App& app, const std::string& version);

}  // namespace nas
