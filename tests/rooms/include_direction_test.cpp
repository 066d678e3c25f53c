// Includes point one way: the table of docs/architecture.md, checked on every line of the product.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

/// What each room may include; "nothing of ours" is an empty set. A room may always include itself.
const std::map<std::string, std::set<std::string>> kAllowed = {
    {"core", {}},
    {"syntax", {"core", "grammar"}},
    {"check", {"core", "syntax"}},
    {"plan", {"core", "syntax", "check"}},
    {"run", {"core", "syntax", "check", "plan", "backends/api", "backends/eigen", "stdlib"}},
    {"embed", {"core", "syntax", "check", "plan", "run", "stdlib", "backends/api", "backends/eigen"}},
    {"report", {"embed"}},
    {"repl", {"embed", "report"}},
    {"lsp", {"embed"}},
    {"cli", {"embed", "lsp", "repl", "report"}},
    {"python", {"core", "embed"}},
    {"stdlib", {"core", "backends/eigen"}},
    {"grammar", {}},
    {"backends/api", {}},
    {"backends/eigen", {"core", "backends/api"}},
    {"backends/torch", {"core", "backends/api"}},
};

/// The room of a path as it is included or lies below the root; empty for what is not ours.
std::string room_of(std::string path) {
  if (path.starts_with("interpreter/")) path = path.substr(12);
  for (const auto& [room, allowed] : kAllowed)
    if (path.starts_with(room + "/")) return room;
  return "";
}

/// "file:line: why" for a line of `file` that points the wrong way, else empty.
std::string wrong(const std::string& file, int number, const std::string& line) {
  static const std::regex include(R"re(^\s*#\s*include\s*"([^"]+)")re");
  std::smatch match;
  if (!std::regex_search(line, match, include)) return "";
  const std::string from = room_of(file), to = room_of(match[1]);
  if (from.empty() || to.empty() || from == to || kAllowed.at(from).count(to) > 0) return "";
  std::string allowed;
  for (const auto& room : kAllowed.at(from)) allowed += (allowed.empty() ? "" : ", ") + room;
  return file + ":" + std::to_string(number) + ": " + from + " includes " + std::string(match[1]) + "; it may include " +
         (allowed.empty() ? "nothing of ours" : allowed);
}

TEST(Rooms, EveryIncludePointsTheAllowedWay) {
  const fs::path root = NAS_SOURCE_DIR;
  std::size_t files = 0;
  std::string mistakes;
  for (const char* top : {"interpreter", "stdlib", "backends", "grammar"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h" && extension != ".cu") continue;
      ++files;
      std::ifstream in(entry.path());
      std::string line;
      for (int number = 1; std::getline(in, line); ++number)
        if (const auto text = wrong(fs::relative(entry.path(), root).string(), number, line); !text.empty())
          mistakes += text + "\n";
    }
  }
  EXPECT_GT(files, 50u);
  EXPECT_EQ(mistakes, "");
}

TEST(Rooms, AWrongIncludeIsNamedWithItsPlaceAndWhatIsAllowed) {
  EXPECT_EQ(wrong("interpreter/cli/tool.cpp", 7, "#include \"core/space.h\""),
            "interpreter/cli/tool.cpp:7: cli includes core/space.h; it may include embed, lsp, repl, report");
  EXPECT_EQ(wrong("interpreter/core/space.h", 3, "#include \"stdlib/register.h\""),
            "interpreter/core/space.h:3: core includes stdlib/register.h; it may include nothing of ours");
  EXPECT_EQ(wrong("interpreter/cli/tool.cpp", 7, "#include \"embed/interpreter.h\""), "");
}

TEST(Rooms, FewFilesIncludeTheParserGenerator) {
  std::set<std::string> users;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(NAS_SOURCE_DIR) / "interpreter")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    std::string line;
    while (std::getline(in, line))
      if (line.starts_with("#include") &&
          (line.find("antlr4") != std::string::npos || line.find("NasParser.h") != std::string::npos ||
           line.find("NasLexer.h") != std::string::npos))
        users.insert(entry.path().filename().string());
  }
  EXPECT_LE(users.size(), 2u) << "1.1 s of compile time each";
}

}  // namespace
