#include "lsp/positions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace nas {
namespace {

/// Bytes of the character that begins with this one; 1 of what is no UTF-8.
std::size_t bytes_of(unsigned char first) {
  return first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
}
std::size_t units_of(std::size_t bytes, Counting counting) {
  if (counting == Counting::utf8) return bytes;
  return counting == Counting::utf16 && bytes == 4 ? 2 : 1;
}

int hex(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

Lines::Lines(const std::string& text) : starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) starts_.push_back(i + 1);
}

Lines::Position Lines::position(const std::string& text, std::size_t offset, Counting counting) const {
  offset = std::min(offset, text.size());
  const auto line = static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin()) - 1;
  Position position{line, 0};
  for (std::size_t at = starts_[line]; at < offset;) {
    const std::size_t bytes = bytes_of(static_cast<unsigned char>(text[at]));
    if (at + bytes > offset) break;
    position.character += units_of(bytes, counting);
    at += bytes;
  }
  return position;
}

std::size_t Lines::offset(const std::string& text, Position position, Counting counting) const {
  if (position.line >= starts_.size()) return text.size();
  std::size_t at = starts_[position.line];
  for (std::size_t units = 0; at < text.size() && text[at] != '\n' && text[at] != '\r';) {
    const std::size_t bytes = std::min(bytes_of(static_cast<unsigned char>(text[at])), text.size() - at);
    units += units_of(bytes, counting);
    if (units > position.character) break;
    at += bytes;
  }
  return at;
}

std::string path_of(const std::string& uri) {
  if (!uri.starts_with("file://")) return uri;
  std::string path;
  const std::size_t begin = std::min(uri.find('/', 7), uri.size());
  for (std::size_t i = begin; i < uri.size(); ++i) {
    const int high = i + 2 < uri.size() && uri[i] == '%' ? hex(uri[i + 1]) : -1, low = high < 0 ? -1 : hex(uri[i + 2]);
    if (low < 0) {
      path += uri[i];
    } else {
      path += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return path;
}

std::string uri_of(const std::string& path) {
  if (!path.starts_with('/')) return path;
  std::string uri = "file://";
  for (const char c : path) {
    if (std::isalnum(static_cast<unsigned char>(c)) || std::string_view("/-._~").find(c) != std::string_view::npos)
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return uri;
}

std::string plain_path(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return (error ? std::filesystem::path(path) : absolute).lexically_normal().string();
}

}  // namespace nas
