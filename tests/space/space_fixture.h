#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "check/space_compile.h"
#include "syntax/parse.h"
#include "tests/fixture.h"

namespace nas::testing {

/// A compiled space together with what it points into.
struct CompiledSpace {
  SourceMap sources;
  Diagnostics diagnostics;
  syntax::Script script;
  std::optional<Space> space;

  std::string errors() const {
    std::string text;
    for (const auto& d : diagnostics.all()) text += render_text(d, sources, false);
    return text;
  }
};

/// Compiles the first `def space` of a text; arguments override its defaults.
inline std::unique_ptr<CompiledSpace> compile(const std::string& text,
                                              std::vector<std::pair<std::string, Value>> arguments = {}) {
  auto made = std::make_unique<CompiledSpace>();
  made->script = syntax::parse(made->sources, made->sources.add("space.nas", text), made->diagnostics);
  for (const auto& statement : made->script.statements)
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) {
      Scope scope;
      Evaluator evaluator(made->diagnostics);
      Scope earlier(&scope);  // a default may speak of the arguments before it
      for (const auto& parameter : def->parameters) {
        auto given = std::find_if(arguments.begin(), arguments.end(), [&](const auto& a) { return a.first == parameter.name.text; });
        if (given == arguments.end() && parameter.value)
          given = arguments.insert(given, {parameter.name.text, evaluator.evaluate(*parameter.value, earlier)});
        if (given != arguments.end()) earlier.set(given->first, given->second);
      }
      made->space = compile_space(*def, arguments, scope, all_layers(), made->diagnostics);
      break;
    }
  return made;
}

inline std::unique_ptr<CompiledSpace> compile_stdlib(const std::string& name,
                                                     std::vector<std::pair<std::string, Value>> arguments = {}) {
  return compile(stdlib_space(name).value(), std::move(arguments));
}

}  // namespace nas::testing
