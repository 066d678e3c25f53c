#pragma once

#include <string>

#include "core/diagnostic.h"
#include "syntax/tree.h"

namespace nas::syntax {

/// Limits that keep a hostile text from costing more than a moment; an error names the limit that was met.
struct ParseLimits {
  std::size_t file_bytes = 4u << 20;
  int nesting = 200;
};

/// Parses the text of `source`. Every syntax error of the file is reported (E1xx); the tree holds what could be read.
Script parse(const SourceMap& sources, std::uint32_t source, Diagnostics& diagnostics, const ParseLimits& limits = {});

/// The canonical layout of a script: idempotent, keeps every comment, never changes the meaning.
/// Text with syntax errors is returned unchanged, its errors in `diagnostics`.
std::string format(const SourceMap& sources, std::uint32_t source, Diagnostics& diagnostics);

}  // namespace nas::syntax
