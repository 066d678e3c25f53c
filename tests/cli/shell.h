#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fixture.h"

namespace nas::testing {

struct Outcome {
  int code = -1;     ///< exit status; -signal for one that was killed
  std::string text;  ///< stdout and stderr together, as they came
};

/// Runs a line in a shell with nothing on its standard input.
inline Outcome run_line(const std::string& line) {
  FILE* pipe = popen(("{ " + line + "\n} 2>&1 </dev/null").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), text};
}

inline std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

/// A test with a new folder of its own.
class InFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_cli_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return slurp(folder_ / name); }
  /// `text` with every mention of the folder as FOLDER.
  std::string shown(std::string text) const {
    const std::string name = folder_.string();
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.replace(at, name.size(), "FOLDER");
    return text;
  }

  std::filesystem::path folder_;
};

}  // namespace nas::testing
