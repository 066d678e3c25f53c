#include "repl/history_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace nas {
namespace {

std::string escaped(const std::string& entry) {
  std::string line;
  for (const char c : entry) {
    if (c == '\\')
      line += "\\\\";
    else if (c == '\n')
      line += "\\n";
    else if (c != '\r' && c != '\0')
      line += c;
  }
  return line + "\n";
}

std::string unescaped(const std::string& line) {
  std::string entry;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size())
      entry += line[++i] == 'n' ? '\n' : line[i];
    else
      entry += line[i];
  }
  return entry;
}

}  // namespace

std::string HistoryFile::usual_path() {
  auto set = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value ? value : "";
  };
  if (const char* given = std::getenv("NAS_HISTORY")) return given;
  if (const auto state = set("XDG_STATE_HOME"); !state.empty()) return state + "/nas/history";
  if (const auto home = set("HOME"); !home.empty()) return home + "/.local/state/nas/history";
  return "";
}

std::vector<std::string> HistoryFile::read() {
  std::vector<std::string> entries;
  if (path_.empty()) return entries;
  std::error_code error;
  if (!std::filesystem::exists(path_, error)) return entries;
  std::ifstream file(path_, std::ios::binary);
  if (!file || std::filesystem::is_directory(path_, error)) {
    complaint_ = fmt::format("the history {} cannot be read: {}", path_, std::strerror(file ? EISDIR : errno));
    return entries;
  }
  constexpr std::size_t kLongest = 1u << 20;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.size() <= kLongest) entries.push_back(unescaped(line));
  if (entries.size() <= kKept) return entries;
  // Twice as many as are kept: written anew, without the oldest.
  const bool rewrite = entries.size() > 2 * kKept;
  entries.erase(entries.begin(), entries.end() - kKept);
  if (rewrite) {
    const std::string fresh = path_ + ".new";
    std::ofstream out(fresh, std::ios::binary);
    for (const auto& entry : entries) out << escaped(entry);
    out.close();
    if (out)
      std::filesystem::rename(fresh, path_, error);
    else
      std::filesystem::remove(fresh, error);
  }
  return entries;
}

void HistoryFile::add(const std::string& entry) {
  if (path_.empty() || !complaint_.empty()) return;
  std::error_code error;
  if (const auto folder = std::filesystem::path(path_).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder, error);
  const int file = open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::string line = escaped(entry);
  const bool written = file >= 0 && write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (!written) complaint_ = fmt::format("the history {} cannot be written: {}", path_, std::strerror(errno));
  if (file >= 0) close(file);
}

std::string HistoryFile::complaint() {
  if (told_ || complaint_.empty()) return "";
  told_ = true;
  return complaint_;
}

}  // namespace nas
