#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace nas::testing {

/// Seconds that a test waits for what comes at once on a quiet machine.
inline constexpr int kPatience = 30;

/// What a terminal of so many columns and rows shows after the bytes that it got: as much of a VT100 as line editors use.
class VirtualScreen {
 public:
  VirtualScreen(int columns, int rows)
      : columns_(columns),
        cells_(static_cast<std::size_t>(rows), std::vector<std::string>(static_cast<std::size_t>(columns), " ")) {}

  void feed(const std::string& bytes) {
    pending_ += bytes;
    while (!pending_.empty()) {
      const std::size_t used = step();
      if (used == 0) return;
      pending_.erase(0, used);
    }
  }
  /// Lines without what is blank at their ends, up to the last that is not empty.
  std::string text() const {
    std::string text;
    for (const auto& row : cells_) {
      std::string line;
      for (const auto& cell : row) line += cell;
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
  }

 private:
  std::size_t step() {
    const auto c = static_cast<unsigned char>(pending_[0]);
    if (c == 0x1b) return escape();
    if (c == '\r') return column_ = 0, 1;
    if (c == '\n') return down(), 1;
    if (c == '\b') return column_ = std::max(0, column_ - 1), 1;
    if (c == '\t') return column_ = std::min(columns_ - 1, (column_ / 8 + 1) * 8), 1;
    if (c < 0x20 || c == 0x7f) return 1;
    const std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (pending_.size() < length) return 0;
    if (column_ == columns_) column_ = 0, down();
    cell(row_, column_++) = pending_.substr(0, length);
    return length;
  }
  std::size_t escape() {
    if (pending_.size() < 2) return 0;
    if (pending_[1] != '[') return pending_[1] == '(' ? (pending_.size() < 3 ? 0 : 3) : 2;
    std::size_t end = 2;
    while (end < pending_.size() && (pending_[end] < '@' || pending_[end] > '~')) ++end;
    if (end == pending_.size()) return 0;
    const std::string arguments = pending_.substr(2, end - 2);
    const int n = std::max(1, std::atoi(arguments.c_str()));
    column_ = std::min(column_, columns_ - (pending_[end] == 'm' ? 0 : 1));
    const auto rows = static_cast<int>(cells_.size());
    switch (pending_[end]) {
      case 'A':
        row_ = std::max(0, row_ - n);
        break;
      case 'B':
        row_ = std::min(rows - 1, row_ + n);
        break;
      case 'C':
        column_ = std::min(columns_ - 1, column_ + n);
        break;
      case 'D':
        column_ = std::max(0, column_ - n);
        break;
      case 'G':
        column_ = std::min(columns_, n) - 1;
        break;
      case 'H': {
        const auto semicolon = arguments.find(';');
        row_ = std::min(rows, n) - 1;
        column_ = semicolon == std::string::npos ? 0 : std::max(1, std::atoi(arguments.c_str() + semicolon + 1)) - 1;
        break;
      }
      case 'J':
        for (int row = arguments == "2" ? 0 : row_; row < rows; ++row)
          for (int column = row == row_ && arguments != "2" ? column_ : 0; column < columns_; ++column) cell(row, column) = " ";
        break;
      case 'K':
        for (int column = column_; column < columns_; ++column) cell(row_, column) = " ";
        break;
      case 'P': {
        auto& line = cells_[static_cast<std::size_t>(row_)];
        for (int i = 0; i < n; ++i) line.erase(line.begin() + column_), line.emplace_back(" ");
        break;
      }
      case '@': {
        auto& line = cells_[static_cast<std::size_t>(row_)];
        for (int i = 0; i < n; ++i) line.insert(line.begin() + column_, " "), line.pop_back();
        break;
      }
      default:
        break;  // colours, modes
    }
    return end + 1;
  }
  void down() {
    if (++row_ < static_cast<int>(cells_.size())) return;
    row_ = static_cast<int>(cells_.size()) - 1;
    cells_.erase(cells_.begin());
    cells_.emplace_back(static_cast<std::size_t>(columns_), " ");
  }
  std::string& cell(int row, int column) { return cells_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]; }

  int columns_, row_ = 0, column_ = 0;
  std::vector<std::vector<std::string>> cells_;
  std::string pending_;
};

/// A program in a terminal of its own, driven by keystrokes.
class Terminal {
 public:
  Terminal(const std::vector<std::string>& command, const std::vector<std::pair<std::string, std::string>>& environment,
           const std::string& folder, int columns = 80, int rows = 24)
      : screen_(columns, rows) {
    winsize size{static_cast<unsigned short>(rows), static_cast<unsigned short>(columns), 0, 0};
    child_ = forkpty(&master_, nullptr, nullptr, &size);
    if (child_ < 0) std::abort();  // a signal to process -1 would reach everyone
    if (child_ != 0) return;
    if (chdir(folder.c_str()) != 0) _exit(99);
    for (const auto& [name, value] : environment) value.empty() ? unsetenv(name.c_str()) : setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(words[0], words.data());
    _exit(98);
  }
  ~Terminal() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(master_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void type(const std::string& keys) {
    for (std::size_t at = 0; at < keys.size();) {
      read_some(0);  // or both ends would wait for each other
      pollfd ready{master_, POLLOUT, 0};
      if (poll(&ready, 1, 10) <= 0 || !(ready.revents & POLLOUT)) continue;
      const auto n = write(master_, keys.data() + at, std::min<std::size_t>(keys.size() - at, 1024));
      if (n <= 0) return;
      at += static_cast<std::size_t>(n);
    }
  }
  /// The window gets another size; what stands in it is gone.
  void resize(int columns, int rows) {
    read_some(0);
    screen_ = VirtualScreen(columns, rows);
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    ioctl(master_, TIOCSWINSZ, &size);
  }
  /// Whether `done` of the screen comes true in time.
  template <typename Done>
  bool until(Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(kPatience);
    while (!done(screen_.text())) {
      if (std::chrono::steady_clock::now() > end || !read_some(100)) return done(screen_.text());
    }
    return true;
  }
  bool until_ends(const std::string& text) {
    return until([&](const std::string& screen) { return screen.ends_with(text); });
  }
  bool until_shows(const std::string& text) {
    return until([&](const std::string& screen) { return screen.find(text) != std::string::npos; });
  }
  std::string screen() const { return screen_.text(); }
  const std::string& bytes() const { return bytes_; }
  /// Waits for the end; the exit status, -signal for one that was killed.
  int wait() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(kPatience);
    while (read_some(100))
      if (std::chrono::steady_clock::now() > end) {
        kill(child_, SIGKILL);
        break;
      }
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  pid_t child() const { return child_; }

 private:
  /// False where nothing can come any more.
  bool read_some(int milliseconds) {
    pollfd ready{master_, POLLIN, 0};
    if (poll(&ready, 1, milliseconds) <= 0) return true;
    char buffer[4096];
    const auto n = read(master_, buffer, sizeof buffer);
    if (n <= 0) return false;
    bytes_.append(buffer, static_cast<std::size_t>(n));
    screen_.feed(std::string(buffer, static_cast<std::size_t>(n)));
    return true;
  }

  VirtualScreen screen_;
  std::string bytes_;
  int master_ = -1;
  pid_t child_ = -1;
};

}  // namespace nas::testing
