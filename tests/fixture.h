#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "core/layer.h"

namespace nas::testing {

inline std::filesystem::path source_folder() {
  return NAS_SOURCE_DIR;
}

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The text of a space of the standard library, nothing where there is none of that name.
inline std::optional<std::string> stdlib_space(const std::string& name) {
  const auto path = source_folder() / "stdlib/spaces" / (name + ".nas");
  if (!std::filesystem::exists(path)) return std::nullopt;
  return slurp(path);
}

/// Every layer of the language; operators point into it, so it lives as long as the test program.
inline const LayerVocabulary& all_layers() {
  static const LayerVocabulary layers = [] {
    LayerVocabulary made;
    add_image_layers(made);
    add_sequence_layers(made);
    return made;
  }();
  return layers;
}

/// The folder of real measurements beside the checkout, where there is one.
inline std::optional<std::filesystem::path> shared_data() {
  if (const char* given = std::getenv("NAS_SHARED_DATA")) return given;
  for (std::filesystem::path at = source_folder(); at.has_relative_path(); at = at.parent_path())
    if (std::filesystem::exists(at.parent_path() / "shared/data/README.md")) return at.parent_path() / "shared/data";
  return std::nullopt;
}

}  // namespace nas::testing
