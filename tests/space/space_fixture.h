#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "check/space_compile.h"
#include "syntax/parse.h"

namespace nas::testing {

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A compiled space together with what it points into.
struct CompiledSpace {
  SourceMap sources;
  Diagnostics diagnostics;
  syntax::Script script;
  LayerVocabulary layers;
  std::optional<Space> space;

  std::string errors() const {
    std::string text;
    for (const auto& d : diagnostics.all()) text += render_text(d, sources, false);
    return text;
  }
};

/// Compiles the first `def space` of a text; arguments override its defaults.
inline std::unique_ptr<CompiledSpace> compile(const std::string& text, std::vector<std::pair<std::string, Value>> arguments = {}) {
  auto made = std::make_unique<CompiledSpace>();
  add_image_layers(made->layers);
  add_sequence_layers(made->layers);
  made->script = syntax::parse(made->sources, made->sources.add("space.nas", text), made->diagnostics);
  for (const auto& statement : made->script.statements)
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) {
      Scope scope;
      Evaluator evaluator(made->diagnostics);
      for (const auto& parameter : def->parameters) {
        const bool given = std::any_of(arguments.begin(), arguments.end(), [&](const auto& a) { return a.first == parameter.name.text; });
        if (!given && parameter.value) arguments.emplace_back(parameter.name.text, evaluator.evaluate(*parameter.value, scope));
      }
      made->space = compile_space(*def, arguments, scope, made->layers, made->diagnostics, def->name.span);
      break;
    }
  return made;
}

inline std::unique_ptr<CompiledSpace> compile_stdlib(const std::string& name, std::vector<std::pair<std::string, Value>> arguments = {}) {
  return compile(slurp(std::filesystem::path(NAS_SOURCE_DIR) / "stdlib/spaces" / (name + ".nas")), std::move(arguments));
}

/// The folder of real measurements beside the checkout, where there is one.
inline std::optional<std::filesystem::path> shared_data() {
  if (const char* given = std::getenv("NAS_SHARED_DATA")) return given;
  for (std::filesystem::path at = NAS_SOURCE_DIR; at.has_relative_path(); at = at.parent_path())
    if (std::filesystem::exists(at.parent_path() / "shared/data/README.md")) return at.parent_path() / "shared/data";
  return std::nullopt;
}

}  // namespace nas::testing
