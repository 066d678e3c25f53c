#pragma once

#include <string>

#include "core/value.h"

namespace nas {

/// Appends `value.print()`; whole numbers and shapes, of which spellings and keys have thousands, without a text of their own.
void append_text(std::string& text, const Value& value);

/// How `show` prints a value: plain numbers with a fraction to six digits, everything else as `value.print()`.
std::string shown_text(const Value& value);

}  // namespace nas
