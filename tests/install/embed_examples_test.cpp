// The examples of the C interface, built as a new user would: against the installed and moved tree, by CMake and by pkg-config.
#include <gtest/gtest.h>

#include <regex>

#include "installed.h"

namespace {

using namespace installed;

const std::string kSaidByC =
    "finished: front\nprints: true\nfront: several networks\nbest: 83.6 %\ntold: as many as were asked for\nmistakes: 2\n"
    "mistaken:1:13: error[E205]: there is no space component tiny_mobilenett\n"
    "nas_result_find_column: the interpreter of this result was destroyed\n";
const std::string kSaidByCpp =
    "cancelled: 130\nmeasured: 40, then 20 more\nfront: best of measured networks is the first: yes\n"
    "mutants: 3, of some operations\nnas_result_number: front is a list, not a number\n";

class EmbedExamples : public Installed {
 protected:
  std::string of_example(const std::string& language) const {
    return quoted((tree_ / "share/doc/nas/examples/embed" / language).string());
  }
};

TEST_F(EmbedExamples, BuildWithCMakeAndRun) {
  for (const auto& [language, said] : {std::pair("c", kSaidByC), std::pair("cpp", kSaidByCpp)}) {
    const std::string folder = std::string("build_") + language;
    const auto built = away("cmake -S " + of_example(language) + " -B " + folder +
                            " -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH=" + quoted(tree_.string()) + sanitized() +
                            " && cmake --build " + folder);
    ASSERT_EQ(built.code, 0) << built.text;
    const auto ran = away(folder + "/embed_" + language + " results_" + language);
    EXPECT_EQ(ran.text, said);
    EXPECT_EQ(ran.code, 0);
  }
}

TEST_F(EmbedExamples, BuildWithPkgConfigAndRun) {
  if (!std::string(NAS_SANITIZE).empty()) GTEST_SKIP() << "one way of building is enough for a sanitizer";
  // Names of folders with blanks come with backslashes from pkg-config: the shell reads the line once more.
  const auto built = away("eval \"cc -std=c99 -Wall -Wextra -pedantic -Werror " + of_example("c") +
                          "/main.c -o by_pkg_config $(PKG_CONFIG_PATH=" + quoted((tree_ / "lib/pkgconfig").string()) +
                          " pkg-config --cflags --libs nas)\"");
  ASSERT_EQ(built.code, 0) << built.text;
  EXPECT_EQ(away("LD_LIBRARY_PATH=" + quoted((tree_ / "lib").string()) + " ./by_pkg_config results").text, kSaidByC);
}

TEST_F(EmbedExamples, TheLibraryShowsItsOwnFunctionsOnly) {
  const auto shown = away("nm -D --defined-only " + quoted((tree_ / "lib/libnas.so").string()));
  ASSERT_EQ(shown.code, 0) << shown.text;
  const std::string header = slurp(tree_ / "include/nas/nas.h");
  std::istringstream lines(shown.text);
  int functions = 0;
  for (std::string line; std::getline(lines, line); ++functions) {
    const std::string name = line.substr(line.rfind(' ') + 1);
    EXPECT_NE(header.find(" " + name + "("), std::string::npos) << line;
  }
  // And each that the header declares is there.
  const std::regex declared("NAS_API [a-z_0-9 ]+[ *]+(nas_[a-z_]+)\\(");
  int declarations = 0;
  for (auto it = std::sregex_iterator(header.begin(), header.end(), declared); it != std::sregex_iterator(); ++it, ++declarations)
    EXPECT_NE(shown.text.find(" " + (*it)[1].str() + "\n"), std::string::npos) << (*it)[1];
  EXPECT_EQ(functions, declarations);
  EXPECT_GT(functions, 45);
}

// Blocks of C, of C++ and of CMake on the page are parts of programs that are built and run.
TEST(EmbeddingPage, QuotesTheExamples) {
  const fs::path root = NAS_SOURCE_DIR;
  std::string known = slurp(root / "interpreter/embed/include/nas/nas.h");
  for (const char* file : {"examples/embed/c/main.c", "examples/embed/c/CMakeLists.txt", "examples/embed/cpp/main.cpp",
                           "tests/install/embedder/main.cpp", "tests/install/embedder/CMakeLists.txt"})
    known += "\n" + slurp(root / file);
  const std::string page = slurp(root / "docs/embedding.md");
  const std::regex fence("```(c|cpp|cmake)\n([^`]*)```");
  int quoted_blocks = 0;
  for (auto it = std::sregex_iterator(page.begin(), page.end(), fence); it != std::sregex_iterator(); ++it, ++quoted_blocks)
    EXPECT_NE(known.find((*it)[2].str()), std::string::npos) << (*it)[2];
  EXPECT_GE(quoted_blocks, 6);
}

}  // namespace
