#pragma once

#include <string>
#include <vector>

namespace nas {

/// What was entered in earlier sessions: a file with a line for each entry, line ends inside written as \n. Entries are
/// appended one by one as they are made, so that sessions side by side keep theirs and a kill loses none.
class HistoryFile {
 public:
  /// NAS_HISTORY, else nas/history below XDG_STATE_HOME or ~/.local/state; "" where none of them is set.
  static std::string usual_path();

  explicit HistoryFile(std::string path) : path_(std::move(path)) {}
  /// The entries, oldest first, at most `kKept` of them. A file that is not there has none.
  std::vector<std::string> read();
  void add(const std::string& entry);
  /// Why the file is of no use, in a sentence, the first time this is asked; else "".
  std::string complaint();

 private:
  static constexpr std::size_t kKept = 5000;

  std::string path_, complaint_;
  bool told_ = false;
};

}  // namespace nas
