#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace nas {

/// What could be written at a place.
struct Candidate {
  std::string text;  ///< what takes the place of the word
  std::string hint;  ///< "whole number, at least 1, default 5: how many neighbours vote"
};
struct Completion {
  std::size_t begin = 0;  ///< where the word begins
  std::vector<Candidate> candidates;
};

/// What stands where something is completed.
struct CompletionScope {
  nlohmann::json names;                            ///< as `Interpreter::names_json`
  std::map<std::string, std::string> definitions;  ///< texts of the script's `def`s, by name
  std::vector<Candidate> locals;                   ///< names of the body in which the cursor stands
  std::string folder;                              ///< of files in texts
  const nlohmann::json* schemas = nullptr;         ///< as `Interpreter::components_json`
  nlohmann::json metrics;                          ///< as `Interpreter::metrics_json`
  std::size_t most_bytes = 1u << 16;               ///< nothing is completed in longer texts
};

/// What could stand at `cursor` (a byte of `text`): from the schemas, the names in scope, and the files of the folder.
Completion complete(const CompletionScope& scope, const std::string& text, std::size_t cursor);

/// The arguments of a component, layer, space or function of the script: "population = " with what is known of it.
std::vector<Candidate> arguments_of(const CompletionScope& scope, const std::string& kind, const std::string& callee);

/// The call in whose brackets a place lies.
struct CallPlace {
  std::string callee, kind;  ///< kind: as `component_kind`
  std::size_t position = 0;  ///< commas before it
  std::string argument;      ///< the name that is written before the value at the place
};
std::optional<CallPlace> call_at(const std::string& text, std::size_t cursor);

/// "whole number, at least 1, default 5: how many neighbours vote", of an argument as `Interpreter::components_json` has it.
std::string argument_hint(const nlohmann::json& argument);

}  // namespace nas
