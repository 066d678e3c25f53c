// The session of docs/repl.md, typed again. NAS_WRITE_REFERENCE=1 writes what it prints into the page.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/cli/shell.h"

using namespace nas::testing;

namespace {

struct TypedEntry {
  std::string typed;  ///< as it stands on the page, prompts and all
  std::string entry, printed;
};

/// The entries of the page's session; `begin` and `end` are where its block stands.
std::vector<TypedEntry> session_of(const std::string& page, std::size_t& begin, std::size_t& end) {
  const std::string fence = "```text\n";
  begin = page.find(fence + "nas> ") + fence.size();
  end = page.find("```", begin);
  std::vector<TypedEntry> entries;
  std::istringstream lines(page.substr(begin, end - begin));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("nas> "))
      entries.push_back({line + "\n", line.substr(5) + "\n", ""});
    else if (line.starts_with("...> ")) {
      entries.back().typed += line + "\n";
      entries.back().entry += line.substr(5) + "\n";
    } else {
      entries.back().printed += line + "\n";
    }
  }
  return entries;
}

}  // namespace

TEST_F(InFolder, TheSessionOfThePageIsARealOne) {
  const std::filesystem::path path = NAS_SOURCE_DIR "/docs/repl.md";
  const std::string tool = NAS_BINARY_DIR "/bin/nas", page = slurp(path);
  if (!std::filesystem::exists(tool)) GTEST_SKIP() << "the tool is not built";
  std::size_t begin = 0, end = 0;
  const auto entries = session_of(page, begin, end);
  ASSERT_GE(entries.size(), 15u);
  const std::string mark = "<end of entry>";
  std::string typed;
  for (const auto& entry : entries) typed += entry.entry + "\"" + mark + "\"\n";
  write("entries.txt", typed);
  std::string printed = run_line("cd " + quoted(folder_.string()) + " && LC_ALL=C.UTF-8 " + tool + " repl < entries.txt").text;
  std::string block;
  int marks = 0;
  for (const auto& entry : entries) {
    const std::size_t at = printed.find(mark);
    ASSERT_NE(at, std::string::npos) << printed;
    std::string its = printed.substr(0, at);
    printed.erase(0, at + mark.size() + 1);
    // Entries are counted, and so were the marks.
    for (std::size_t i = its.find("--> entry "); i != std::string::npos; i = its.find("--> entry ", i + 1)) {
      const std::size_t number = i + 10, colon = its.find(':', number);
      its.replace(number, colon - number, std::to_string(std::stoi(its.substr(number, colon - number)) - marks));
    }
    block += entry.typed + its;
    ++marks;
    if (!std::getenv("NAS_WRITE_REFERENCE")) EXPECT_EQ(entry.printed, its) << entry.typed;
  }
  if (std::getenv("NAS_WRITE_REFERENCE"))
    std::ofstream(path, std::ios::binary) << page.substr(0, begin) + block + page.substr(end);
}
