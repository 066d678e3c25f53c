#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nas {

/// In what a client counts the characters of a line.
enum class Counting { utf8, utf16, utf32 };

/// The lines of a text, and places in it as clients write them.
class Lines {
 public:
  explicit Lines(const std::string& text);

  struct Position {
    std::size_t line = 0, character = 0;  ///< both from 0
  };
  /// A place behind the text is its end; one inside a character is the character's beginning.
  Position position(const std::string& text, std::size_t offset, Counting counting) const;
  /// Behind a line: the line's end. Behind the text: its end.
  std::size_t offset(const std::string& text, Position position, Counting counting) const;

 private:
  std::vector<std::size_t> starts_;
};

/// "file:///a%20b.nas" as a path; other addresses are returned as they are.
std::string path_of(const std::string& uri);
std::string uri_of(const std::string& path);
/// A path as one and the same text, however it was written: absolute, without "." and "..".
std::string plain_path(const std::string& path);

}  // namespace nas
