#pragma once

#include <string>

#include "syntax/parse.h"

namespace nas {

/// `text` as the session's parser sees it alone.
struct ParsedEntry {
  SourceMap sources;
  Diagnostics diagnostics;
  syntax::Script script;

  explicit ParsedEntry(const std::string& text) { script = syntax::parse(sources, sources.add("entry", text), diagnostics); }
  bool good() const { return !diagnostics.has_errors(); }
};

}  // namespace nas
