#pragma once

#include <map>
#include <set>
#include <string>

#include "check/check_script.h"
#include "stdlib/register.h"
#include "tests/fixture.h"

namespace nas::testing {

/// What checking one script reported, its codes and the whole text, and what it understood.
struct Checked {
  std::shared_ptr<SourceMap> sources = std::make_shared<SourceMap>();
  std::shared_ptr<Diagnostics> diagnostics = std::make_shared<Diagnostics>();
  std::set<std::string> codes;
  std::string text;
  CheckResult result;

  const CheckedScript& script() const { return result.script; }
  const CheckedStage* stage(const std::string& name) const {
    for (const auto& stage : result.script.stages)
      if (stage.name == name) return &stage;
    return nullptr;
  }
};

/// What a script under test may see besides the standard library.
struct World {
  std::map<std::string, std::string> files = {};                 ///< for import
  std::vector<std::pair<std::string, std::string>> params = {};  ///< -p
};

/// Checks a script against the whole standard library, or against another registry.
inline Checked check_text(const std::string& script, const World& world = {}, const Registry* other = nullptr) {
  // What a checked script points into lives as long as the test.
  static const Registry registry = [] {
    Registry made;
    add_stdlib(made);
    return made;
  }();
  Checked out;
  CheckInput input;
  input.registry = other ? other : &registry;
  input.layers = &all_layers();
  input.sources = out.sources.get();
  input.diagnostics = out.diagnostics.get();
  input.params = world.params;
  input.import = [&world](const std::string& path, const std::string&) -> std::optional<std::pair<std::string, std::string>> {
    const auto it = world.files.find(path);
    if (it == world.files.end()) return std::nullopt;
    return std::pair(it->first, it->second);
  };
  input.stdlib_space = stdlib_space;
  input.stdlib_spaces = [] { return std::vector<std::string>{"nasbench201", "ofa_mobilenetv3", "tiny_mobilenet"}; };
  out.result = check_script(out.sources->add("b.nas", script), input);
  for (const auto& d : out.diagnostics->all()) {
    out.codes.insert(d.code);
    out.text += render_text(d, *out.sources, false);
  }
  return out;
}

/// Names of the stages of one word, in order.
inline std::vector<std::string> names_of(const Checked& checked, const std::string& word) {
  std::vector<std::string> names;
  for (const auto& stage : checked.script().stages)
    if (stage.word == word) names.push_back(stage.name);
  return names;
}

}  // namespace nas::testing
