#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace installed {

namespace fs = std::filesystem;

struct Outcome {
  int code;
  std::string text;
};

inline Outcome shell(const std::string& line) {
  FILE* pipe = popen(("{ " + line + "; } 2>&1 </dev/null").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

inline std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

inline std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Installed : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
    std::string pattern = (fs::temp_directory_path() / "nas_install_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const auto installed = shell("cmake --install " NAS_BINARY_DIR " --prefix " + quoted((folder_ / "first").string()));
    ASSERT_EQ(installed.code, 0) << installed.text;
    tree_ = folder_ / "moved to/another place";
    fs::create_directories(tree_.parent_path());
    fs::rename(folder_ / "first", tree_);
  }
  void TearDown() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  /// Runs a line in the test's folder, where source and build are hidden by empty file systems if this machine lets us.
  Outcome away(const std::string& line) const {
    static const bool can_hide = shell("unshare -rm mount -t tmpfs none " NAS_BINARY_DIR).code == 0;
    const std::string there = "cd " + quoted(folder_.string()) + "; nas=" + quoted((tree_ / "bin/nas").string()) + "; ";
    if (!can_hide) return shell(there + line);
    const fs::path script = folder_ / "away.sh";
    std::ofstream(script) << "mount -t tmpfs none " NAS_BINARY_DIR " && mount -t tmpfs none " NAS_SOURCE_DIR " || exit 99\n"
                          << there << line << "\n";
    return shell("unshare -rm sh " + quoted(script.string()));
  }

  fs::path folder_, tree_;
};

/// What CMake is told where this build has sanitizers: what links it needs them too.
inline std::string sanitized() {
  const std::string flags = std::string(NAS_SANITIZE).empty() ? "" : "=-fsanitize=" NAS_SANITIZE;
  return flags.empty() ? "" : " -DCMAKE_CXX_FLAGS" + flags + " -DCMAKE_C_FLAGS" + flags;
}

}  // namespace installed
