#include "repl/line_editor.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>

#ifdef NAS_LIBEDIT
#include <histedit.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cwchar>
#endif

namespace nas {
namespace {

#ifdef NAS_LIBEDIT
/// Of the terminal as it is now; it may have been resized.
std::size_t terminal_columns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}
#endif

/// What all suggestions begin with.
std::string common_start(const std::vector<Suggestion>& list) {
  std::string start = list.front().text;
  for (const auto& suggestion : list) {
    std::size_t same = 0;
    while (same < start.size() && same < suggestion.text.size() && start[same] == suggestion.text[same]) ++same;
    start.resize(same);
  }
  return start;
}

}  // namespace

std::string suggestions_text(const Suggestions& suggestions, std::size_t columns, std::size_t most) {
  std::size_t width = 0;
  const std::size_t shown = std::min(suggestions.list.size(), most);
  for (std::size_t i = 0; i < shown; ++i) width = std::max(width, suggestions.list[i].text.size());
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    std::string line = fmt::format("  {:<{}}  {}", suggestions.list[i].text, width, suggestions.list[i].hint);
    line.erase(line.find_last_not_of(' ') + 1);
    if (line.size() > columns && columns > 3) {
      std::size_t end = columns - 3;
      while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
      line = line.substr(0, end) + "...";
    }
    text += line + "\n";
  }
  if (suggestions.list.size() > shown) text += fmt::format("  and {} more\n", suggestions.list.size() - shown);
  return text;
}

#ifdef NAS_LIBEDIT

struct LineEditor::State {
  std::function<Suggestions(const std::string&, std::size_t)> complete;
  std::function<void(const std::string&)> show;
  EditLine* editor = nullptr;
  History* history = nullptr;
  std::string prompt, pasted;
  bool abandoned = false;

  static State& of(EditLine* editor) {
    State* state = nullptr;
    el_get(editor, EL_CLIENTDATA, &state);
    return *state;
  }
  static const char* prompt_of(EditLine* editor) { return of(editor).prompt.c_str(); }

  static unsigned char abandon(EditLine* editor, int) {
    State& state = of(editor);
    state.abandoned = true;
    return CC_NEWLINE;
  }
  static unsigned char suspend(EditLine* editor, int) {
    el_set(editor, EL_PREP_TERM, 0);
    std::raise(SIGTSTP);
    el_set(editor, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
  }
  /// Everything up to the end of a bracketed paste, as it is: a line end in it ends no line.
  static unsigned char paste(EditLine* editor, int) {
    constexpr std::wstring_view kEnd = L"\033[201~";
    constexpr std::size_t kEditable = 1u << 16;
    std::wstring text;
    wchar_t c = 0;
    while (el_wgetc(editor, &c) == 1) {
      text += c == L'\r' ? L'\n' : c;
      if (text.ends_with(kEnd)) break;
    }
    if (text.ends_with(kEnd)) text.resize(text.size() - kEnd.size());
    std::erase_if(text, [](wchar_t w) { return w != L'\n' && w != L'\t' && (w < 0x20 || w == 0x7f); });
    std::replace(text.begin(), text.end(), L'\t', L' ');
    while (!text.empty() && text.back() == L'\n') text.pop_back();
    if (text.size() <= kEditable) return el_winsertstr(editor, text.c_str()) == -1 ? CC_ERROR : CC_REFRESH;
    // Too long to edit: it is entered at once.
    std::mbstate_t convert{};
    char bytes[16];
    State& state = of(editor);
    for (const wchar_t w : text) {
      const std::size_t n = std::wcrtomb(bytes, w, &convert);
      if (n != static_cast<std::size_t>(-1))
        state.pasted.append(bytes, n);
      else
        convert = {};
    }
    state.show(fmt::format("[{} bytes pasted]\n", state.pasted.size()));
    return CC_NEWLINE;
  }
  static unsigned char complete_word(EditLine* editor, int) {
    State& state = of(editor);
    const LineInfo* info = el_line(editor);
    const std::string line(info->buffer, info->lastchar);
    const auto cursor = static_cast<std::size_t>(info->cursor - info->buffer);
    const Suggestions found = state.complete(line, cursor);
    if (found.list.empty()) return CC_ERROR;
    const std::string start = common_start(found.list), written = line.substr(found.begin, cursor - found.begin);
    if (start.size() > written.size()) {
      el_insertstr(editor, start.substr(written.size()).c_str());
      if (found.list.size() == 1 && !found.list[0].hint.empty() && start.ends_with(" = ")) {
        state.show("\n" + suggestions_text(found, terminal_columns(), 1));
        return CC_REDISPLAY;
      }
      return CC_REFRESH;
    }
    if (found.list.size() == 1 && found.list[0].hint.empty()) return CC_ERROR;
    state.show("\n" + suggestions_text(found, terminal_columns(), 18));
    return CC_REDISPLAY;
  }
};

LineEditor::LineEditor(std::function<Suggestions(const std::string&, std::size_t)> complete,
                       std::function<void(const std::string&)> show)
    : state_(std::make_unique<State>()) {
  state_->complete = std::move(complete);
  state_->show = std::move(show);
  state_->editor = el_init("nas", stdin, stdout, stderr);
  state_->history = history_init();
  HistEvent event;
  history(state_->history, &event, H_SETSIZE, 10000);
  history(state_->history, &event, H_SETUNIQUE, 1);
  EditLine* editor = state_->editor;
  el_set(editor, EL_CLIENTDATA, state_.get());
  el_set(editor, EL_PROMPT, &State::prompt_of);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 1);
  el_set(editor, EL_HIST, history, state_->history);
  el_set(editor, EL_ADDFN, "nas-complete", "what could stand here", &State::complete_word);
  el_set(editor, EL_ADDFN, "nas-abandon", "leave this entry", &State::abandon);
  el_set(editor, EL_ADDFN, "nas-suspend", "stop, until the shell goes on", &State::suspend);
  el_set(editor, EL_ADDFN, "nas-paste", "take what is pasted as it is", &State::paste);
  el_set(editor, EL_BIND, "^I", "nas-complete", nullptr);
  el_set(editor, EL_BIND, "^C", "nas-abandon", nullptr);
  el_set(editor, EL_BIND, "^Z", "nas-suspend", nullptr);
  el_set(editor, EL_BIND, "\033[200~", "nas-paste", nullptr);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_set(editor, EL_BIND, "\033[1;5C", "em-next-word", nullptr);
  el_set(editor, EL_BIND, "\033[1;5D", "ed-prev-word", nullptr);
  // Ctrl-C and Ctrl-Z come as keys while a line is edited, and as signals while a stage runs.
  el_set(editor, EL_SETTY, "-d", "-isig", nullptr);
  // What is typed while a stage runs is kept for the next line, and does not spoil what is printed.
  el_set(editor, EL_SETTY, "-x", "-echo", "-icanon", nullptr);
  el_source(editor, nullptr);  // a person's own bindings
}

LineEditor::~LineEditor() {
  el_end(state_->editor);
  history_end(state_->history);
}

LineEditor::Read LineEditor::read(const std::string& prompt, std::string& line) {
  State& state = *state_;
  state.prompt = prompt;
  state.abandoned = false;
  state.pasted.clear();
  el_resize(state.editor);
  el_set(state.editor, EL_PREP_TERM, 1);  // before the prompt: what is typed at its sight comes as keys
  state.show("\033[?2004h");
  int count = 0;
  const char* text = el_gets(state.editor, &count);
  state.show("\033[?2004l");
  if (state.abandoned) return Read::abandoned;
  if (text == nullptr || count <= 0) return state.pasted.empty() ? Read::end : (line = state.pasted, Read::line);
  line.assign(text, static_cast<std::size_t>(count));
  while (!line.empty() && line.back() == '\n') line.pop_back();
  line += state.pasted;
  return Read::line;
}

void LineEditor::remember(const std::string& entry) {
  HistEvent event;
  history(state_->history, &event, H_ENTER, entry.c_str());
}

#else

struct LineEditor::State {
  std::function<void(const std::string&)> show;
};

LineEditor::LineEditor(std::function<Suggestions(const std::string&, std::size_t)>, std::function<void(const std::string&)> show)
    : state_(std::make_unique<State>()) {
  state_->show = std::move(show);
}
LineEditor::~LineEditor() = default;

LineEditor::Read LineEditor::read(const std::string& prompt, std::string& line) {
  state_->show(prompt);
  return std::getline(std::cin, line) ? Read::line : Read::end;
}
void LineEditor::remember(const std::string&) {}

#endif

}  // namespace nas
