#include "core/value_text.h"

#include <fmt/format.h>

#include <cmath>

namespace nas {

void append_text(std::string& text, const Value& value) {
  auto append = [&](std::int64_t whole) {
    if (whole >= 0 && whole < 10) {
      text += static_cast<char>('0' + whole);
      return;
    }
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

std::string shown_text(const Value& value) {
  if (const List* items = value.list()) {
    std::string text = "[";
    for (const Value& item : *items) text += (text.size() > 1 ? ", " : "") + shown_text(item);
    return text + "]";
  }
  const auto* number = value.inline_if<Quantity>();
  const bool fraction = number && number->dimension.none() && std::fabs(number->si) < 1e6 && number->si != std::trunc(number->si);
  return fraction ? fmt::format("{:.6g}", number->si) : value.print();
}

}  // namespace nas
