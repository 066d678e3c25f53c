#pragma once

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "embed/interpreter.h"
#include "tests/fixture.h"

namespace nas::testing {

/// A fenced block of a page: the words behind the fence and the text inside.
struct Fence {
  std::string label, text;
  int line = 0;
};

inline std::vector<Fence> fences(const std::string& page) {
  std::vector<Fence> found;
  std::istringstream lines(page);
  std::string line;
  bool inside = false;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.rfind("```", 0) == 0) {
      if (!inside) found.push_back({line.substr(3), "", number});
      inside = !inside;
    } else if (inside) {
      found.back().text += line + "\n";
    }
  }
  return found;
}

/// Options of an interpreter that keeps its store and its outputs in `folder`.
inline Options options_in(const std::filesystem::path& folder) {
  Options options;
  options.stdlib_folders = {(source_folder() / "stdlib").string()};
  options.store_folder = (folder / "store").string();
  options.output_folder = folder.string();
  return options;
}

/// README.md and every page of docs/, sorted.
inline std::vector<std::filesystem::path> pages() {
  std::vector<std::filesystem::path> found{source_folder() / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "docs"))
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

inline std::vector<std::filesystem::path> example_scripts() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "examples"))
    if (entry.path().extension() == ".nas") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// A new empty folder, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "nas_docs_XXXXXX").string();
    path_ = mkdtemp(name.data()) ? name : "";
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace nas::testing
