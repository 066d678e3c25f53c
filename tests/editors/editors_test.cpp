// The files below editors/ are made from the words of the grammar and from the registry, and colour every script of the project.
// NAS_WRITE_EDITORS=1 makes them anew.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "core/metric.h"
#include "core/units.h"
#include "syntax/tokens.h"
#include "tests/cli/shell.h"
#include "tests/docs/pages.h"
#include "tests/editors/editor_files.h"

namespace fs = std::filesystem;
using namespace nas;
using namespace nas::testing;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

const fs::path kEditors = fs::path(NAS_SOURCE_DIR) / "editors";

bool has_python(const std::string& module) {
  return run_line("python3 -c 'import " + module + "'").code == 0;
}

TEST(EditorFiles, AreThoseThatTheLanguageGives) {
  const auto files = editor_files(words_of_the_language());
  ASSERT_EQ(files.size(), 5u);
  for (const auto& [name, text] : files) {
    if (std::getenv("NAS_WRITE_EDITORS")) {
      fs::create_directories((kEditors / name).parent_path());
      std::ofstream(kEditors / name, std::ios::binary) << text;
    }
    EXPECT_EQ(slurp(kEditors / name), text) << name << ": NAS_WRITE_EDITORS=1 build/bin/test_editors";
  }
}

TEST(EditorFiles, KnowEveryWordOfTheGrammar) {
  const Words words = words_of_the_language();
  EXPECT_THAT(words.heads, Contains("search"));
  EXPECT_THAT(words.heads, Contains("foreach"));
  EXPECT_THAT(words.heads, Contains("spelling"));
  EXPECT_THAT(words.operators, Contains("maximize"));
  EXPECT_THAT(words.operators, Contains("repeat"));
  EXPECT_THAT(words.clauses, Contains("until"));
  EXPECT_THAT(words.constants, Contains("true"));
  EXPECT_THAT(words.components, Contains("nsga2"));
  EXPECT_THAT(words.components, Contains("mbconv"));
  EXPECT_THAT(words.components, Contains("tiny_mobilenet"));
  EXPECT_THAT(words.metrics, Contains("latency"));
  EXPECT_THAT(words.units, Contains("GiB"));
}

TEST(EditorFiles, TheTextMateGrammarIsJsonWithPatternsThatCompile) {
  const auto grammar = nlohmann::json::parse(slurp(kEditors / "vscode/syntaxes/nas.tmLanguage.json"));
  EXPECT_EQ(grammar["scopeName"], "source.nas");
  for (const char* file : {"package.json", "language-configuration.json"})
    EXPECT_TRUE(nlohmann::json::parse(slurp(kEditors / "vscode" / file)).is_object()) << file;
  if (!has_python("re")) GTEST_SKIP() << "python3 is not installed: patterns are not compiled";
  const auto flat = grammar.flatten();
  for (const auto& [place, value] : flat.items())
    if (place.ends_with("/match") || place.ends_with("/begin") || place.ends_with("/end"))
      EXPECT_EQ(run_line("python3 -c 'import re, sys; re.compile(sys.argv[1])' " + quoted(value.get<std::string>())).code, 0)
          << place;
}

/// All scripts of the project and those on its pages, as files of a folder.
std::vector<fs::path> every_script(const fs::path& folder) {
  std::vector<fs::path> scripts;
  for (const char* top : {"examples", "stdlib", "tests"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(NAS_SOURCE_DIR) / top))
      if (entry.path().extension() == ".nas") scripts.push_back(entry.path());
  for (const auto& page : pages())
    for (const Fence& fence : fences(slurp(page))) {
      if (fence.label != "nas") continue;
      scripts.push_back(folder / fmt::format("{}_{}.nas", page.stem().string(), fence.line));
      std::ofstream(scripts.back(), std::ios::binary) << fence.text;
    }
  return scripts;
}

class Pygments : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    if (!has_python("pygments")) GTEST_SKIP() << "python3-pygments is not installed";
  }
  /// "Kind text" of the tokens of a script, one a line, without blanks.
  std::string tokens(const std::string& script) {
    write("s.nas", script);
    return python(
        "for kind, text in NasLexer().get_tokens(open(sys.argv[1]).read()):\n"
        "  if text.strip() or 'Error' in str(kind): print(str(kind)[6:], text.strip())\n",
        quoted((folder_ / "s.nas").string()));
  }
  std::string python(const std::string& program, const std::string& arguments) {
    write("p.py", "import sys\nsys.path.insert(0, sys.argv.pop(1))\nfrom nas_pygments import NasLexer\n" + program);
    return run_line("python3 -B " + quoted((folder_ / "p.py").string()) + " " + quoted((kEditors / "pygments").string()) + " " +
                    arguments)
        .text;
  }
};

TEST_F(Pygments, ReadsEveryScriptWithoutAnErrorAndLosesNothing) {
  const auto scripts = every_script(folder_);
  EXPECT_GT(scripts.size(), 40u);
  std::string arguments;
  for (const auto& script : scripts) arguments += quoted(script.string()) + " ";
  EXPECT_EQ(python("for name in sys.argv[1:]:\n"
                   "  text = open(name).read()\n"
                   "  tokens = list(NasLexer(stripnl=False, ensurenl=False).get_tokens(text))\n"
                   "  if ''.join(t for _, t in tokens) != text: print(name, 'has lost text')\n"
                   "  for kind, t in tokens:\n"
                   "    if 'Error' in str(kind): print(name, repr(t))\n",
                   arguments),
            "");
}

TEST_F(Pygments, TellsKindsOfWordsApart) {
  EXPECT_EQ(tokens("search front = nsga2(population = 40) with direct()  # c\n  of maximize macs, minimize latency@host\n  where "
                   "macs < 2.5M\n"),
            "Keyword.Declaration search\nName.Variable front\nOperator =\nName.Builtin nsga2\nPunctuation (\nName.Attribute "
            "population\n"
            "Operator =\nLiteral.Number 40\nPunctuation )\nKeyword with\nName.Builtin direct\nPunctuation (\nPunctuation "
            ")\nComment.Single # c\n"
            "Keyword of\nOperator.Word maximize\nName.Constant macs\nPunctuation ,\nOperator.Word minimize\nName.Constant "
            "latency\nOperator @\n"
            "Name host\nKeyword where\nName.Constant macs\nOperator <\nLiteral.Number 2.5\nKeyword.Type M\n");
  EXPECT_EQ(tokens("let train = 1\nshow train, with, \"a ${train + 1}\\n\"\n"),
            "Keyword.Declaration let\nName.Variable train\nOperator =\nLiteral.Number 1\nKeyword.Declaration show\nName "
            "train\nPunctuation ,\n"
            "Name with\nPunctuation ,\nLiteral.String.Double \"\nLiteral.String.Double a\nLiteral.String.Interpol ${\nName "
            "train\nOperator "
            "+\nLiteral.Number 1\n"
            "Literal.String.Interpol }\nLiteral.String.Escape \\n\nLiteral.String.Double \"\n");
}

TEST_F(Pygments, WhatTheLanguageDoesNotReadIsAnError) {
  EXPECT_THAT(tokens("show 1; 2\n"), HasSubstr("Error ;"));
  EXPECT_THAT(tokens("show 5parsec\n"), HasSubstr("Error parsec"));
  EXPECT_THAT(tokens("show \"open\nshow 1\n"), HasSubstr("Error"));
}

TEST_F(Pygments, IsAPackageThatPipInstalls) {
  if (!has_python("pip") || !has_python("setuptools")) GTEST_SKIP() << "python3 has no pip or no setuptools";
  write("x.nas", "seed 1\n");
  const Outcome installed = run_line("cp -r " + quoted((kEditors / "pygments").string()) + " " +
                                     quoted((folder_ / "copy").string()) + " && cd " + quoted(folder_.string()) +
                                     " && python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-index "
                                     "--no-build-isolation --target there ./copy");
  if (installed.code != 0 && installed.text.find("wheel") != std::string::npos) GTEST_SKIP() << "python3 has no wheel";
  ASSERT_EQ(installed.code, 0) << installed.text;
  EXPECT_EQ(run_line("cd " + quoted(folder_.string()) + " && PYTHONPATH=there python3 -m pygments -f null -l nas x.nas").text,
            "seed 1\n");
}

TEST(Vim, ColoursWordsWhereTheyHaveAMeaning) {
  if (run_line("vim --version | grep -q '+syntax'").code != 0) GTEST_SKIP() << "vim with syntax colours is not installed";
  const std::string pattern = (fs::temp_directory_path() / "nas_vim_XXXXXX").string();
  std::string folder = pattern;
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/s.nas")
      << "search front = nsga2(population = 40) with direct()  # c\nlet train = 5ms\nshow \"a ${train}\", true\n";
  std::ofstream(folder + "/ask.vim")
      << "filetype plugin on\nsyntax on\nedit " << folder << "/s.nas\n"
      << "let out = [&filetype, &commentstring]\n"
         "for place in [[1,1],[1,16],[1,22],[1,39],[1,55],[2,1],[2,5],[2,13],[2,14],[3,6],[3,11],[3,20]]\n"
         "  call add(out, synIDattr(synID(place[0], place[1], 1), 'name'))\nendfor\n"
      << "call writefile(out, '" << folder << "/out')\nqall!\n";
  run_line("timeout 60 vim -N -u NONE -i NONE -es --cmd 'set rtp+=" + (kEditors / "vim").string() + "' -S " + folder +
           "/ask.vim");
  EXPECT_EQ(slurp(folder + "/out"),
            "nas\n# "
            "%s\nnasHead\nnasComponent\nnasArgument\nnasClause\nnasComment\nnasHead\nnasName\nnasNumber\nnasUnit\nnasString\nnasH"
            "ole\nnasConstant\n");
  fs::remove_all(folder);
}

}  // namespace
