#pragma once

#include <functional>
#include <string>

namespace nas {

/// Where a session writes: what the terminal can show, and output that never floods it.
struct Screen {
  bool terminal = false;  ///< both ends are a person's
  bool unicode = false;   ///< else drawings and texts are ASCII
  bool colours = false;   ///< of what goes to the standard output
  bool error_colours = false;
  std::function<void()> clear_line = [] {};  ///< takes away what stands on the last line for the moment

  /// Of the standard output now; 80 x 24 where it is no terminal.
  int columns() const;
  int rows() const;

  /// Text for the standard output. On a terminal long lines are cut and more than a screen is shown page by page; `cut` is false
  /// for what must stay whole.
  void show(const std::string& text, bool cut = true) const;
  /// Text for the standard error output.
  void tell(const std::string& text) const;
  /// `text` with ASCII in place of what a terminal without UTF-8 cannot show.
  std::string shown(const std::string& text) const;
};

/// Columns that a text without line ends takes; colours take none.
std::size_t columns_of(const std::string& text);
/// ASCII for the signs that nas writes, "?" for others.
std::string as_ascii(const std::string& text);

}  // namespace nas
