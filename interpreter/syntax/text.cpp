#include "syntax/text.h"

#include <fmt/format.h>

#include <cstdlib>

namespace nas::syntax {
namespace {

/// First byte that is not UTF-8, or npos.
std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || i + length > text.size()) return i;
    std::uint32_t point = lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0) != 0x80) return i;
      point = (point << 6) | (next & 0x3F);
    }
    const bool too_long = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (too_long || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace

bool readable(std::string_view text, std::uint32_t source, std::size_t limit_bytes, Diagnostics& diagnostics) {
  if (text.size() > limit_bytes) {
    diagnostics.error("E110", {source, 0, 0}, fmt::format("the script has {} bytes, the limit is {}", text.size(), limit_bytes),
                      "", "data belongs into tables that the script names");
    return false;
  }
  if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(bad);
    diagnostics.error("E111", {source, at, at + 1}, fmt::format("byte {} of the script is not UTF-8", bad + 1), "",
                      "save the file as UTF-8");
    return false;
  }
  return true;
}

NumberLiteral read_number(std::string_view text) {
  NumberLiteral literal;
  literal.text = text;
  std::size_t at = 0;
  auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at > from;
  };
  digits();
  literal.integral = true;
  if (at + 1 < text.size() && text[at] == '.') {
    ++at;
    digits();
    literal.integral = false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t before = at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits()) {
      literal.integral = false;
    } else {
      at = before;
    }
  }
  literal.number = std::strtod(std::string(text.substr(0, at)).c_str(), nullptr);
  literal.unit = text.substr(at);
  return literal;
}

StringLiteral read_string(std::string_view quoted, std::uint32_t begin, std::uint32_t source, Diagnostics& diagnostics,
                          const ReadHole& read_hole) {
  StringLiteral literal;
  std::string piece;
  std::size_t end = quoted.size();
  if (end > 1 && quoted.back() == '"') --end;
  auto at = [&](std::size_t i) { return begin + static_cast<std::uint32_t>(i); };
  for (std::size_t i = 1; i < end; ++i) {
    const char c = quoted[i];
    if (c == '\\' && i + 1 < end) {
      const char escaped = quoted[++i];
      if (escaped == 'n') {
        piece += '\n';
      } else if (escaped == 't') {
        piece += '\t';
      } else if (escaped == '"' || escaped == '\\' || escaped == '$') {
        piece += escaped;
      } else {
        std::size_t stop = i + 1;
        while (stop < end && (static_cast<unsigned char>(quoted[stop]) & 0xC0) == 0x80) ++stop;
        diagnostics.error("E114", {source, at(i - 1), at(stop)},
                          fmt::format("'{}' is no escape", quoted.substr(i - 1, stop - i + 1)),
                          "the escapes are \\n \\t \\\" \\\\ \\$");
      }
      continue;
    }
    if (c != '$' || i + 1 >= end || quoted[i + 1] != '{') {
      piece += c;
      continue;
    }
    const std::size_t close = quoted.substr(0, end).find('}', i);
    if (close == std::string_view::npos) {
      diagnostics.error("E101", {source, at(i), at(i + 2)}, "'${' is never closed",
                        "write '}' where it ends, or \\$ for a dollar sign");
      break;
    }
    const std::string_view inside = quoted.substr(i + 2, close - i - 2);
    if (inside.find_first_not_of(" \t") == std::string_view::npos) {
      diagnostics.error("E115", {source, at(i), at(close + 1)}, "'${}' holds no value", "write a value between the brackets");
    } else if (ExprPtr hole = read_hole(inside, at(i + 2))) {
      if (!piece.empty()) literal.pieces.push_back({std::move(piece), nullptr});
      piece.clear();
      literal.pieces.push_back({"", std::move(hole)});
    }
    i = close;
  }
  if (!piece.empty() || literal.pieces.empty()) literal.pieces.push_back({std::move(piece), nullptr});
  return literal;
}

std::string read_plain_string(std::string_view quoted, std::uint32_t begin, std::uint32_t source, Diagnostics& diagnostics) {
  StringLiteral literal = read_string(quoted, begin, source, diagnostics, [&](std::string_view inside, std::uint32_t at) {
    diagnostics.error("E115", {source, at - 2, at + static_cast<std::uint32_t>(inside.size()) + 1},
                      "this text cannot hold a value", "write \\$ for a dollar sign");
    return nullptr;
  });
  std::string text;
  for (const auto& piece : literal.pieces) text += piece.text;
  return text;
}

}  // namespace nas::syntax
