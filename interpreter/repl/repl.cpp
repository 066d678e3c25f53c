#include "repl/repl.h"

#include <fmt/format.h>
#include <langinfo.h>
#include <unistd.h>

#include <atomic>
#include <clocale>
#include <csignal>
#include <cstring>
#include <deque>
#include <iostream>

#include "embed/session.h"
#include "repl/commands.h"
#include "repl/history_file.h"
#include "repl/line_editor.h"
#include "repl/screen.h"
#include "report/progress_line.h"

namespace nas {
namespace {

// A signal handler can reach nothing else.
std::atomic<Session*> running_session{nullptr};
std::atomic<bool> session_interrupted{false};
void on_interrupt(int) {
  session_interrupted = true;
  if (Session* session = running_session.load()) session->cancel();
}

void catch_interrupts() {
  struct sigaction action = {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves does not stop a run
}

Suggestions suggested(Session& session, const std::string& before, const std::string& line, std::size_t cursor) {
  Suggestions suggestions;
  if (before.empty() && line.starts_with(":")) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos || cursor <= space) {
      for (const auto& command : Desk::commands())
        if (std::string_view(command.name).starts_with(line.substr(0, cursor)))
          suggestions.list.push_back({std::string(command.name) + (*command.arguments ? " " : ""),
                                      fmt::format("{}{}{}", command.arguments, *command.arguments ? "  " : "", command.help)});
      return suggestions;
    }
    const std::string command = line.substr(0, space), rest = line.substr(space + 1);
    if (command == ":load" || command == ":save") {
      const auto found = session.complete("\"" + rest, cursor - space);
      suggestions.begin = found.begin - 1 + space + 1;
      for (const auto& candidate : found.candidates) suggestions.list.push_back({candidate.text, candidate.hint});
      return suggestions;
    }
    if (command == ":doc") {
      suggestions.begin = space + 1;
      for (const auto& kind : session.interpreter().component_names(""))
        for (const auto& name : session.interpreter().component_names(kind))
          if (name.starts_with(rest)) suggestions.list.push_back({name, kind});
    }
    const auto found = session.complete("show " + rest, 5 + cursor - space - 1);
    suggestions.begin = found.begin - 5 + space + 1;
    for (const auto& candidate : found.candidates) suggestions.list.push_back({candidate.text, candidate.hint});
    return suggestions;
  }
  const std::string text = before + line;
  const auto found = session.complete(text, before.size() + cursor);
  if (found.begin < before.size()) return suggestions;
  suggestions.begin = found.begin - before.size();
  for (const auto& candidate : found.candidates) suggestions.list.push_back({candidate.text, candidate.hint});
  return suggestions;
}

constexpr const char* kPrompt = "nas> ";
constexpr const char* kContinued = "...> ";

/// The entry that was just typed, once more in colours, where all of it is still on the screen.
void repaint(const Screen& screen, const std::string& entry, bool one_read) {
  if (!screen.colours || entry.empty() || entry[0] == ':' || !one_read) return;
  const auto columns = static_cast<std::size_t>(screen.columns());
  if (entry.find('\n') != std::string::npos || columns_of(entry) + std::strlen(kPrompt) >= columns) return;
  std::printf("\033[A\r%s%s\033[K\n", kPrompt, coloured_entry(entry).c_str());
  std::fflush(stdout);
}

int with_a_person(Session& session, Desk& desk, const Screen& screen) {
  HistoryFile history(HistoryFile::usual_path());
  std::string before;
  LineEditor editor([&](const std::string& line, std::size_t cursor) { return suggested(session, before, line, cursor); },
                    [&](const std::string& text) {
                      const std::string ours = screen.shown(text);
                      std::fwrite(ours.data(), 1, ours.size(), stdout);
                      std::fflush(stdout);
                    });
  for (const auto& entry : history.read()) editor.remember(entry);
  while (!desk.finished()) {
    if (const std::string complaint = history.complaint(); !complaint.empty()) screen.tell(fmt::format("nas: {}\n", complaint));
    before.clear();
    std::string entry, line;
    bool abandoned = false, one_read = true;
    while (true) {
      const auto read = editor.read(entry.empty() ? kPrompt : kContinued, line);
      if (read == LineEditor::Read::end) {
        std::printf("\n");
        if (entry.empty()) return 0;
        abandoned = true;
        break;
      }
      if (read == LineEditor::Read::abandoned) {
        std::printf("%s\n", entry.empty() ? "" : "^C");
        abandoned = true;
        break;
      }
      one_read = entry.empty();
      entry += (entry.empty() ? "" : "\n") + line;
      before = entry + "\n";
      if (entry.starts_with(":") || Session::finished(entry)) break;
    }
    if (abandoned || entry.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    repaint(screen, entry, one_read);
    editor.remember(entry);
    history.add(entry);
    running_session = &session;
    desk.take(entry);
    running_session = nullptr;
  }
  return 0;
}

/// Entries as they come; of a stage the next line is awaited, which may be one of its clauses.
int from_a_pipe(Session& session, Desk& desk, const Screen& screen) {
  std::deque<std::string> ahead;
  auto next = [&](std::string& line) {
    if (!ahead.empty()) {
      line = std::move(ahead.front());
      ahead.pop_front();
      return true;
    }
    if (!std::getline(std::cin, line)) return false;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return true;
  };
  auto says_nothing = [](const std::string& line) {
    const auto first = line.find_first_not_of(" \t");
    return first == std::string::npos || line[first] == '#';
  };
  bool good = true;
  running_session = &session;
  for (std::string line; !desk.finished() && !session_interrupted && next(line);) {
    std::string entry = line;
    if (!entry.starts_with(":")) {
      while (!Session::finished(entry) && next(line)) entry += "\n" + line;
      while (Session::takes_clauses(entry) && !session_interrupted) {
        std::deque<std::string> looked;
        while (next(line)) {
          looked.push_back(line);
          if (!says_nothing(line)) break;
        }
        const bool goes_on = !looked.empty() && Session::begins_with_clause(looked.back());
        if (!goes_on) {
          ahead.insert(ahead.begin(), looked.begin(), looked.end());
          break;
        }
        for (const auto& more : looked) entry += "\n" + more;
        while (!Session::finished(entry) && next(line)) entry += "\n" + line;
      }
    }
    good = desk.take(entry) && good;
    if (desk.interrupted()) break;
  }
  running_session = nullptr;
  if (desk.interrupted() || session_interrupted) return static_cast<int>(Status::interrupted);
  return good ? 0 : static_cast<int>(Status::script_error);
}

}  // namespace

int run_repl(const ReplRequest& request) {
  std::setlocale(LC_CTYPE, "");
  Screen screen;
  screen.terminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  screen.unicode = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  screen.colours = screen.terminal && request.colours;
  screen.error_colours = screen.terminal && request.error_colours;
  ProgressLine progress(screen.terminal, [&](const std::string& text) {
    const std::string ours = screen.shown(text);
    std::fwrite(ours.data(), 1, ours.size(), stderr);
    std::fflush(stderr);
  });
  screen.clear_line = [&] { progress.clear(); };
  Callbacks callbacks;
  callbacks.print = [&](const std::string& text) { screen.show(text.empty() || text.back() != '\n' ? text + "\n" : text); };
  callbacks.progress = [&](const ProgressEvent& event) {
    if (!screen.terminal) return;
    if (event.kind == ProgressEvent::Kind::started)
      return progress.on({event.stage, "running, Ctrl-C stops it", 0, 0, 0, "", ProgressEvent::Kind::step});
    const bool short_one = event.kind != ProgressEvent::Kind::step && event.seconds < 1;
    if (event.kind == ProgressEvent::Kind::reused || event.kind == ProgressEvent::Kind::failed || short_one)
      progress.clear();
    else
      progress.on(event);
  };
  Session session(request.options, callbacks);
  Desk desk(session, screen);
  catch_interrupts();
  bool good = true;
  if (!request.file.empty()) good = desk.take(":load " + request.file);
  if (screen.terminal) {
    if (request.file.empty())
      screen.tell(fmt::format("{}; :help says what can be done, Ctrl-D leaves\n", Interpreter::version_text()));
    return with_a_person(session, desk, screen);
  }
  const int code = from_a_pipe(session, desk, screen);
  return code == 0 && !good ? static_cast<int>(Status::script_error) : code;
}

}  // namespace nas
