#pragma once

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "check/check_script.h"
#include "stdlib/register.h"

namespace nas::testing {

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What checking one script reported: its codes and the whole text.
struct Checked {
  std::set<std::string> codes;
  std::string text;
};

/// Checks a script against the standard library, without the outputs.
inline Checked check_text(const std::string& script) {
  Registry registry;
  add_datasets(registry);
  add_devices(registry);
  add_sources(registry);
  add_trainings(registry);
  add_predictors(registry);
  add_searches(registry);
  add_tactics(registry);
  LayerVocabulary layers;
  add_image_layers(layers);
  add_sequence_layers(layers);
  SourceMap sources;
  Diagnostics diagnostics;
  CheckInput input;
  input.registry = &registry;
  input.layers = &layers;
  input.sources = &sources;
  input.diagnostics = &diagnostics;
  const std::filesystem::path spaces = std::filesystem::path(NAS_SOURCE_DIR) / "stdlib/spaces";
  input.stdlib_space = [spaces](const std::string& name) -> std::optional<std::string> {
    const auto path = spaces / (name + ".nas");
    if (!std::filesystem::exists(path)) return std::nullopt;
    return slurp(path);
  };
  input.stdlib_spaces = [] { return std::vector<std::string>{"nasbench201", "ofa_mobilenetv3", "tiny_mobilenet"}; };
  check_script(sources.add("b.nas", script), input);
  Checked out;
  for (const auto& d : diagnostics.all()) {
    out.codes.insert(d.code);
    out.text += render_text(d, sources, false);
  }
  return out;
}

}  // namespace nas::testing
