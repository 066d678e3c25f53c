#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nas {

/// What may stand at a place of a line.
struct Suggestion {
  std::string text, hint;
};
struct Suggestions {
  std::size_t begin = 0;  ///< byte of the line where the word begins
  std::vector<Suggestion> list;
};

/// Lines from a person at a terminal, with editing, history and completion. Without libedit: plain lines.
class LineEditor {
 public:
  enum class Read { line, abandoned, end };

  /// `complete` gets the line and the place in it.
  LineEditor(std::function<Suggestions(const std::string& line, std::size_t cursor)> complete,
             std::function<void(const std::string& text)> show);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// One line, which holds line ends where it was pasted or taken from the history; Ctrl-C abandons it, Ctrl-D ends.
  Read read(const std::string& prompt, std::string& line);
  /// A whole entry, for the arrow keys and Ctrl-R.
  void remember(const std::string& entry);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A list of suggestions with their hints, so many that they fit a screen.
std::string suggestions_text(const Suggestions& suggestions, std::size_t columns, std::size_t most);

}  // namespace nas
