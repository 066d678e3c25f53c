#pragma once

#include <functional>

#include "syntax/tree.h"

/// What stands inside single tokens: numbers with units, texts with escapes and holes; and whether a file is text at all.
namespace nas::syntax {

/// False, with an error, for a text over the limit (E110) or one that is not UTF-8 (E111).
bool readable(std::string_view text, std::uint32_t source, std::size_t limit_bytes, Diagnostics& diagnostics);

NumberLiteral read_number(std::string_view text);

/// Parses the inside of `${...}`, which begins at byte `begin` of the source; null after an error.
using ReadHole = std::function<ExprPtr(std::string_view inside, std::uint32_t begin)>;

/// `quoted` as written, from its opening quote, which stands at byte `begin`; E114 for an unknown escape, E115 for a bad hole.
StringLiteral read_string(std::string_view quoted, std::uint32_t begin, std::uint32_t source, Diagnostics& diagnostics,
                          const ReadHole& read_hole);

/// A text in a place where no holes are possible (paths of imports, messages, help).
std::string read_plain_string(std::string_view quoted, std::uint32_t begin, std::uint32_t source, Diagnostics& diagnostics);

}  // namespace nas::syntax
