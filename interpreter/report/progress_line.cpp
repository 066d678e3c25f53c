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

std::string progress_text(const ProgressEvent& event, double per_second, bool bar) {
  std::string text = fmt::format("{}  {}", event.stage, event.what);
  if (event.total > 0) {
    const double share = std::clamp(event.done / event.total, 0.0, 1.0);
    if (bar) {
      const auto full = static_cast<std::size_t>(share * 20);
      text += "  [" + std::string(full, '#') + std::string(20 - full, '-') + "]";
    }
    text += fmt::format("  {:.0f}/{:.0f}", event.done, event.total);
    if (per_second > 0) {
      text += fmt::format("  {:.3g}/s", per_second);
      if (event.done < event.total) text += "  " + duration_text((event.total - event.done) / per_second) + " left";
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
      steps_.erase(event.stage);
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
      step(event);
      return;
  }
  write_((bar_shown_ ? "\r\033[K" : "") + text + "\n");
  bar_shown_ = false;
}

void ProgressLine::step(const ProgressEvent& event) {
  Steps& steps = steps_[event.stage];
  if (steps.what != event.what || event.done < steps.done)
    steps = {event.what, event.done, event.seconds, event.done, 0, steps.shown};
  steps.done = event.done;
  const double seconds = event.seconds - steps.since, per_second = seconds < 0.2 ? 0 : (event.done - steps.from) / seconds;
  if (terminal_) {
    write_("\r\033[K" + progress_text(event, per_second, true));
    bar_shown_ = true;
    return;
  }
  const int tenth = event.total > 0 ? static_cast<int>(10 * event.done / event.total) : 0;
  if (tenth <= steps.tenth || event.seconds < steps.shown + 1) return;
  steps.tenth = tenth;
  steps.shown = event.seconds;
  write_(progress_text(event, per_second, false) + "\n");
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  if (bar_shown_) write_("\r\033[K");
  bar_shown_ = false;
}

}  // namespace nas
