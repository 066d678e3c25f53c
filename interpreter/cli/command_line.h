#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "embed/interpreter.h"
#include "embed/serve.h"

namespace nas {

/// Everything that a command line can say.
struct Request {
  Options options;
  ServeOptions serving;
  std::string script, format = "text", colour = "auto", name, other, shell, seed, threads, folder;
  std::vector<std::string> params, scripts, plugins;
  bool quiet = false, dot = false, mermaid = false, json_plan = false, check_only = false, all = false, help = false,
       version = false, stdio = false;

  bool json_wanted() const { return format == "json"; }
  /// Whether what is written to this descriptor is coloured: --color, then NO_COLOR, then whether it is a terminal.
  bool colours(int descriptor) const;
};

/// What is wrong with a command line, and what to write instead.
struct UsageError {
  std::string sentence, hint;
};

/// Declares the commands and their options, which fill `request`. Help, completion and messages are made from this.
void define(CLI::App& app, Request& request);

/// What the parser did not understand, in our words.
UsageError explained(const CLI::ParseError& error, const CLI::App& app);

/// Values that the parser takes as text: --format, --color, --seed, --threads, -p. Fills `request.options`.
std::optional<UsageError> read_values(Request& request);

/// "did you mean NAME?", or `otherwise` where no name is near.
std::string meant(const std::string& wanted, const std::vector<std::string>& known, const std::string& otherwise);

}  // namespace nas
