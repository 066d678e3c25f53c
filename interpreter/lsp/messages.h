#pragma once

#include <optional>
#include <string>

namespace nas {

/// Cuts a stream of bytes into messages of the base protocol: headers, an empty line, as many bytes as Content-Length says.
class MessageReader {
 public:
  /// Longer messages are passed over: a hostile client must not fill the memory.
  explicit MessageReader(std::size_t most_bytes = 64u << 20) : most_bytes_(most_bytes) {}

  void feed(const std::string& bytes) { pending_ += bytes; }

  struct Next {
    std::string content;
    std::string complaint;  ///< a sentence, in place of a message that cannot be read
  };
  /// The next message, or what is wrong with it; nothing until more bytes have come.
  std::optional<Next> next();
  /// At the end of the stream: what is wrong with what is left, or "".
  std::string at_end() const;

 private:
  std::optional<Next> complain(std::string sentence);

  std::size_t most_bytes_;
  std::string pending_;
  bool lost_ = false;            ///< bytes are passed over until a header begins
  std::size_t passed_over_ = 0;  ///< bytes of a message that is too long, still to come
};

/// A message with its header.
std::string framed(const std::string& content);

}  // namespace nas
