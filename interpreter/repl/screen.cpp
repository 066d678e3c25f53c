#include "repl/screen.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace nas {
namespace {

/// Bytes of the code point that begins at `at`.
std::size_t length_at(const std::string& text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

/// Bytes of an escape sequence that begins at `at`; 0 where none does.
std::size_t escape_at(const std::string& text, std::size_t at) {
  if (text[at] != '\033' || at + 1 >= text.size() || text[at + 1] != '[') return 0;
  std::size_t end = at + 2;
  while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
  return std::min(end + 1, text.size()) - at;
}

std::string cut_to(const std::string& line, std::size_t columns, bool unicode) {
  if (columns_of(line) <= columns) return line;
  const std::string mark = unicode ? "…" : "...";
  const std::size_t room = columns - std::min(columns, columns_of(mark));
  std::string out;
  std::size_t used = 0;
  bool coloured = false;
  for (std::size_t at = 0; at < line.size();) {
    if (const std::size_t escape = escape_at(line, at)) {
      out += line.substr(at, escape);
      coloured = true;
      at += escape;
      continue;
    }
    if (used == room) break;
    const std::size_t length = length_at(line, at);
    out += line.substr(at, length);
    at += length;
    ++used;
  }
  return out + (coloured ? "\033[0m" : "") + mark;
}

void write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

/// One key, without waiting for Enter.
char key() {
  termios before{};
  if (tcgetattr(STDIN_FILENO, &before) != 0) return 'q';
  termios raw = before;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  char pressed = 'q';
  if (read(STDIN_FILENO, &pressed, 1) != 1) pressed = 'q';
  tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
  return pressed;
}

}  // namespace

std::size_t columns_of(const std::string& text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t escape = escape_at(text, at)) {
      at += escape;
      continue;
    }
    at += length_at(text, at);
    ++columns;
  }
  return columns;
}

std::string as_ascii(const std::string& text) {
  static const std::pair<const char*, const char*> kSigns[] = {{"±", "+-"}, {"×", "x"},  {"µ", "u"},  {"…", "..."}, {"–", "-"},
                                                               {"—", "-"},  {"→", "->"}, {"≤", "<="}, {"≥", ">="},  {"é", "e"}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (length == 1) {
      out += static_cast<unsigned char>(text[at]) < 0x80 ? text[at] : '?';
    } else {
      const std::string sign = text.substr(at, length);
      const auto known = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& s) { return sign == s.first; });
      out += known == std::end(kSigns) ? "?" : known->second;
    }
    at += length;
  }
  return out;
}

int Screen::columns() const {
  winsize size{};
  return terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}
int Screen::rows() const {
  winsize size{};
  return terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

std::string Screen::shown(const std::string& text) const {
  return terminal && !unicode ? as_ascii(text) : text;
}

void Screen::show(const std::string& text, bool cut) const {
  clear_line();
  if (!terminal) return write(text);
  std::vector<std::string> lines;
  const std::string ours = shown(text);
  for (std::size_t at = 0; at < ours.size();) {
    const std::size_t end = std::min(ours.find('\n', at), ours.size());
    const std::string line = ours.substr(at, end - at);
    lines.push_back(cut ? cut_to(line, static_cast<std::size_t>(columns()), unicode) : line);
    at = end + 1;
  }
  const auto page = static_cast<std::size_t>(std::max(2, rows() - 1));
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.size() - at <= page + 1 ? lines.size() : at + page;
    std::string shown_lines;
    for (; at < end; ++at) shown_lines += lines[at] + "\n";
    write(shown_lines);
    if (at == lines.size()) return;
    write(fmt::format("-- {} more lines: space goes on, q ends --", lines.size() - at));
    const char pressed = key();
    write("\r\033[K");
    if (pressed == 'q' || pressed == 'Q' || pressed == 3 || pressed == 4) return;
  }
}

void Screen::tell(const std::string& text) const {
  clear_line();
  const std::string ours = shown(text);
  std::fwrite(ours.data(), 1, ours.size(), stderr);
  std::fflush(stderr);
}

}  // namespace nas
