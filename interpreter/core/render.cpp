#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/diagnostic.h"

namespace nas {
namespace {

constexpr std::size_t widest_line = 120;

struct Paint {
  bool on;
  std::string operator()(const char* code, std::string_view text) const {
    return on && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

/// Columns that a code point takes on a terminal.
std::size_t width_of(char32_t c) {
  auto within = [c](char32_t from, char32_t to) { return c >= from && c <= to; };
  if (within(0x0300, 0x036F) || within(0x200B, 0x200F) || within(0xFE00, 0xFE0F)) return 0;
  if (within(0x1100, 0x115F) || within(0x2E80, 0xA4CF) || within(0xAC00, 0xD7A3) || within(0xF900, 0xFAFF) ||
      within(0xFE30, 0xFE6F) || within(0xFF00, 0xFF60) || within(0xFFE0, 0xFFE6) || within(0x1F300, 0x1FAFF) ||
      within(0x20000, 0x3FFFD)) {
    return 2;
  }
  return 1;
}

/// A source line as a terminal shows it, with the column at which each byte stands.
struct Shown {
  struct Cell {
    std::size_t byte;
    std::size_t column;
    std::size_t width;
    std::string text;
  };
  std::vector<Cell> cells;
  std::size_t width = 0;
  std::size_t bytes = 0;

  explicit Shown(std::string_view line) : bytes(line.size()) {
    for (std::size_t i = 0; i < line.size();) {
      const auto lead = static_cast<unsigned char>(line[i]);
      Cell cell{i, width, 1, {}};
      std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
      bool valid = lead < 0x80 || (lead >= 0xC2 && lead < 0xF5 && i + length <= line.size());
      char32_t point = lead < 0x80 ? lead : lead & (0xFFu >> (length + 1));
      for (std::size_t k = 1; valid && k < length; ++k) {
        valid = (static_cast<unsigned char>(line[i + k]) & 0xC0) == 0x80;
        point = (point << 6) | (static_cast<unsigned char>(line[i + k]) & 0x3F);
      }
      if (lead == '\t') {
        cell.text = "    ";
        cell.width = 4;
      } else if (!valid || point < 0x20 || (point >= 0x7F && point < 0xA0)) {
        length = 1;
        cell.text = "\xEF\xBF\xBD";
      } else {
        cell.text = line.substr(i, length);
        cell.width = width_of(point);
      }
      i += length;
      width += cell.width;
      cells.push_back(std::move(cell));
    }
  }

  std::size_t column(std::size_t byte) const {
    if (byte >= bytes) return width;
    auto at = std::upper_bound(cells.begin(), cells.end(), byte, [](std::size_t b, const Cell& c) { return b < c.byte; });
    return at == cells.begin() ? 0 : (at - 1)->column;
  }
};

struct Mark {
  std::uint32_t source = 0;
  std::uint32_t line = 1;
  std::size_t begin = 0;  ///< bytes within the line
  std::size_t end = 0;
  bool primary = false;
  std::string text;
};

Mark mark_of(const Span& span, const SourceMap& sources, bool primary, const std::string& text) {
  Mark mark;
  mark.source = span.source;
  mark.line = sources.position(span.source, span.begin).line;
  const std::string_view line = sources.line(span.source, mark.line);
  const std::string_view all = sources.text(span.source);
  const std::size_t start = line.data() && !all.empty() ? static_cast<std::size_t>(line.data() - all.data()) : 0;
  mark.begin = span.begin > start ? std::min<std::size_t>(span.begin - start, line.size()) : 0;
  mark.end = span.end > start ? std::min<std::size_t>(span.end - start, line.size()) : 0;
  mark.end = std::max(mark.end, mark.begin);
  mark.primary = primary;
  mark.text = text;
  return mark;
}

/// One source line with the marks under it.
std::string block(const SourceMap& sources, std::vector<Mark> marks, std::size_t gutter, const Paint& paint, const char* tone) {
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  auto focus = std::find_if(marks.begin(), marks.end(), [](const Mark& m) { return m.primary; });
  if (focus == marks.end()) focus = marks.begin();
  std::string_view line = sources.line(marks[0].source, marks[0].line);
  // Of a line of megabytes only the surroundings of the caret are looked at.
  constexpr std::size_t near = 1000;
  std::size_t skipped = 0;
  const bool cut_behind = line.size() > focus->begin + 2 * near;
  if (focus->begin > near) {
    skipped = focus->begin - near;
    while (skipped > 0 && (static_cast<unsigned char>(line[skipped]) & 0xC0) == 0x80) --skipped;
  }
  line = line.substr(skipped, focus->begin - skipped + 2 * near);
  for (Mark& mark : marks) {
    mark.begin = mark.begin > skipped ? std::min(mark.begin - skipped, line.size()) : 0;
    mark.end = mark.end > skipped ? std::min(mark.end - skipped, line.size()) : 0;
  }
  const Shown shown(line);

  std::size_t from = 0, to = shown.width;
  if (shown.width > widest_line) {
    const std::size_t centre = shown.column(focus->begin);
    from = centre > widest_line / 2 ? centre - widest_line / 2 : 0;
    to = std::min(shown.width, from + widest_line);
    from = to - widest_line;
  }
  // A cut must not fall into a wide character.
  std::string text;
  std::size_t first_column = from, last_column = from;
  bool started = false;
  for (const auto& cell : shown.cells) {
    if (cell.column < from || cell.column + cell.width > to) continue;
    if (!started) first_column = cell.column;
    started = true;
    text += cell.text;
    last_column = cell.column + cell.width;
  }
  const std::string head = from > 0 || skipped > 0 ? "..." : "", tail = to < shown.width || cut_behind ? "..." : "";
  auto place = [&](std::size_t column) { return head.size() + std::min(column, last_column) - std::min(first_column, column); };

  struct Row {
    std::string text;
    const char* tone = nullptr;
  };
  std::string under;
  std::size_t at = 0;
  const Mark* last = &marks.back();
  std::vector<const Mark*> below;
  for (const Mark& mark : marks) {
    std::size_t begin = place(shown.column(mark.begin));
    std::size_t end = std::max(begin + 1, place(shown.column(mark.end)));
    if (begin < at) begin = at;
    if (end <= begin) end = begin + 1;
    under += std::string(begin - at, ' ');
    under += paint(mark.primary ? tone : "34", std::string(end - begin, mark.primary ? '^' : '-'));
    at = end;
    if (&mark != last && !mark.text.empty()) below.push_back(&mark);
  }
  if (!last->text.empty()) under += " " + paint(last->primary ? tone : "34", last->text);

  const std::string bar = paint("34", fmt::format("{:>{}} |", "", gutter));
  std::string shown_text = head + text + tail;
  while (!shown_text.empty() && shown_text.back() == ' ') shown_text.pop_back();
  std::string out =
      paint("34", fmt::format("{:>{}} |", marks[0].line, gutter)) + (shown_text.empty() ? "" : " ") + shown_text + "\n";
  out += bar + " " + under + "\n";
  for (auto mark = below.rbegin(); mark != below.rend(); ++mark) {
    out += bar + " " + std::string(place(shown.column((*mark)->begin)), ' ') +
           paint((*mark)->primary ? tone : "34", (*mark)->text) + "\n";
  }
  return out;
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, bool colour) {
  const Paint paint{colour};
  const bool error = diagnostic.severity == Severity::error;
  const char* tone = error ? "1;31" : "1;33";

  std::vector<Mark> marks{mark_of(diagnostic.span, sources, true, diagnostic.label)};
  for (const Label& label : diagnostic.labels) marks.push_back(mark_of(label.span, sources, false, label.text));
  const std::uint32_t home = diagnostic.span.source;
  std::stable_sort(marks.begin(), marks.end(), [home](const Mark& a, const Mark& b) {
    return std::tuple(a.source != home, a.source, a.line) < std::tuple(b.source != home, b.source, b.line);
  });
  std::uint32_t largest = 1;
  for (const Mark& mark : marks) largest = std::max(largest, mark.line);
  const std::size_t gutter = std::to_string(largest).size();

  const auto position = sources.position(home, diagnostic.span.begin);
  std::string out = paint(tone, fmt::format("{}[{}]", error ? "error" : "warning", diagnostic.code)) + ": " +
                    paint("1", diagnostic.message) + "\n";
  out += std::string(gutter, ' ') + paint("34", "-->") +
         fmt::format(" {}:{}:{}\n", sources.name(home), position.line, position.column);
  std::uint32_t source = home;
  for (std::size_t i = 0; i < marks.size();) {
    std::size_t j = i;
    std::vector<Mark> together;
    while (j < marks.size() && marks[j].source == marks[i].source && marks[j].line == marks[i].line)
      together.push_back(marks[j++]);
    if (marks[i].source != source) {
      source = marks[i].source;
      out += std::string(gutter, ' ') + paint("34", ":::") + fmt::format(" {}:{}\n", sources.name(source), marks[i].line);
    }
    out += block(sources, std::move(together), gutter, paint, tone);
    i = j;
  }
  std::string note = diagnostic.note;
  if (!note.empty()) note += std::string(".!?").find(note.back()) == std::string::npos ? ".  " : "  ";
  out += std::string(gutter, ' ') + paint("34", " = ") + note + "More: nas explain " + diagnostic.code + "\n";
  return out;
}

}  // namespace nas
