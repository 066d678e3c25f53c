#pragma once

#include <fmt/format.h>

#include <string>

#include "core/value.h"

namespace nas {

/// Appends `value.print()`; whole numbers and shapes, of which spellings and keys have thousands, without a text of their own.
inline void append_text(std::string& text, const Value& value) {
  auto append = [&](std::int64_t whole) {
    const fmt::format_int digits(whole);
    text.append(digits.data(), digits.size());
  };
  if (const auto* whole = value.inline_if<std::int64_t>()) {
    append(*whole);
  } else if (const auto* shape = value.inline_if<Shape>()) {
    append(shape->channels);
    text += 'x';
    append(shape->height);
    text += 'x';
    append(shape->width);
  } else {
    text += value.print();
  }
}

}  // namespace nas
