#include "report/progress_line.h"

#include <fmt/format.h>

#include <algorithm>

namespace nas {

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string progress_text(const ProgressEvent& event, bool bar) {
  std::string text = fmt::format("{}  {}", event.stage, event.what);
  if (event.total > 0) {
    const double share = std::clamp(event.done / event.total, 0.0, 1.0);
    if (bar) {
      const auto full = static_cast<std::size_t>(share * 20);
      text += "  [" + std::string(full, '#') + std::string(20 - full, '-') + "]";
    }
    text += fmt::format("  {:.0f}/{:.0f}", event.done, event.total);
    if (event.seconds > 0 && event.done > 0) {
      const double rate = event.done / event.seconds;
      text += fmt::format("  {:.3g}/s", rate);
      if (event.done < event.total) text += "  " + duration_text((event.total - event.done) / rate) + " left";
    }
  }
  if (!event.detail.empty()) text += "  " + event.detail;
  return text;
}

void ProgressLine::on(const ProgressEvent& event) {
  const std::lock_guard lock(mutex_);
  std::string text;
  switch (event.kind) {
    case ProgressEvent::Kind::started:
      tenths_[event.stage] = -1;
      return;
    case ProgressEvent::Kind::finished:
      text = fmt::format("{}  done in {}", event.stage, duration_text(event.seconds));
      break;
    case ProgressEvent::Kind::reused:
      text = fmt::format("{}  reused", event.stage);
      break;
    case ProgressEvent::Kind::skipped:
      text = fmt::format("{}  skipped: its branch was not taken", event.stage);
      break;
    case ProgressEvent::Kind::failed:
      text = fmt::format("{}  failed", event.stage);
      break;
    case ProgressEvent::Kind::step:
      if (terminal_) {
        write_("\r\033[K" + progress_text(event, true));
        bar_shown_ = true;
        return;
      }
      if (const int tenth = event.total > 0 ? static_cast<int>(10 * event.done / event.total) : 0;
          tenth > tenths_[event.stage + event.what]) {
        tenths_[event.stage + event.what] = tenth;
        write_(progress_text(event, false) + "\n");
      }
      return;
  }
  write_((bar_shown_ ? "\r\033[K" : "") + text + "\n");
  bar_shown_ = false;
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  if (bar_shown_) write_("\r\033[K");
  bar_shown_ = false;
}

}  // namespace nas
