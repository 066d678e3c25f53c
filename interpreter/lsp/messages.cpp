#include "lsp/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace nas {
namespace {

constexpr std::string_view kLength = "content-length:";
constexpr std::size_t kLongestHeader = 4096;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::optional<MessageReader::Next> MessageReader::complain(std::string sentence) {
  lost_ = true;
  return Next{"", std::move(sentence)};
}

std::optional<MessageReader::Next> MessageReader::next() {
  if (passed_over_ > 0) {
    const std::size_t gone = std::min(passed_over_, pending_.size());
    pending_.erase(0, gone);
    if ((passed_over_ -= gone) > 0) return std::nullopt;
  }
  if (lost_) {
    // The next header begins with its name; what stands before it belongs to nothing.
    const auto at = lower(pending_).find(kLength);
    if (at == std::string::npos) {
      pending_.erase(0, pending_.size() - std::min(pending_.size(), kLength.size()));
      return std::nullopt;
    }
    pending_.erase(0, at);
    lost_ = false;
  }
  const auto end = pending_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (pending_.size() <= kLongestHeader) return std::nullopt;
    pending_.erase(0, 1);
    return complain(fmt::format("no header ends within {} bytes", kLongestHeader));
  }
  std::size_t length = 0;
  bool known = false;
  for (std::size_t at = 0; at < end;) {
    const std::size_t line_end = std::min(pending_.find("\r\n", at), end);
    const std::string line = lower(pending_.substr(at, line_end - at));
    at = line_end + 2;
    if (!line.starts_with(kLength)) {
      const std::size_t name = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz-");
      if (name != 0 && name != std::string::npos && line[name] == ':') continue;
      pending_.erase(0, 1);
      return complain("a line of the header is not NAME: VALUE");
    }
    std::string number = line.substr(kLength.size());
    number.erase(0, std::min(number.find_first_not_of(' '), number.size()));
    const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), length);
    if (error != std::errc() || stop != number.data() + number.size()) {
      pending_.erase(0, end);
      return complain(fmt::format("Content-Length is a whole number, not {}", number.substr(0, 40)));
    }
    known = true;
  }
  if (!known) {
    pending_.erase(0, end);
    return complain("a header has no Content-Length");
  }
  if (length > most_bytes_) {
    pending_.erase(0, end + 4);
    passed_over_ = length;
    return Next{"", fmt::format("a message of {} bytes is too long; the limit is {}", length, most_bytes_)};
  }
  if (pending_.size() < end + 4 + length) return std::nullopt;
  Next next{pending_.substr(end + 4, length), ""};
  pending_.erase(0, end + 4 + length);
  return next;
}

std::string MessageReader::at_end() const {
  if (lost_ || (pending_.empty() && passed_over_ == 0)) return "";
  if (passed_over_ > 0) return fmt::format("the input ended inside a message: {} bytes are missing", passed_over_);
  const auto end = pending_.find("\r\n\r\n");
  if (end == std::string::npos) return "the input ended inside a header";
  return fmt::format("the input ended inside a message, after {} bytes of it", pending_.size() - end - 4);
}

std::string framed(const std::string& content) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", content.size(), content);
}

}  // namespace nas
