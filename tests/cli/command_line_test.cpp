// The real tool as a process: exact texts and exit codes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/text_table.h"
#include "report/progress_line.h"

namespace {

namespace fs = std::filesystem;
const std::string kTool = NAS_BINARY_DIR "/bin/nas";

struct Outcome {
  int code;
  std::string text;
};

/// Runs a shell line with $nas as the tool; stdout and stderr together.
Outcome shell(const std::string& line) {
  const std::string whole = "nas='" + kTool + "'; cd '" + testing::TempDir() + "'; { " + line + "; } 2>&1 </dev/null";
  FILE* pipe = popen(whole.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

class Tool : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kTool)) GTEST_SKIP() << "the tool is not built";
  }
};

TEST_F(Tool, UnknownCommandSuggestsTheNearest) {
  const auto outcome = shell("$nas chek f.nas");
  EXPECT_EQ(outcome.text, "nas: there is no command chek\n  did you mean check?\n");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(Tool, ScriptThatIsMissingIsABadCommandLine) {
  EXPECT_EQ(shell("$nas run").text, "nas: which script?\n  e.g. nas run examples/quickstart.nas\n");
  EXPECT_EQ(shell("$nas run").code, 2);
  EXPECT_EQ(shell("$nas check /nowhere/f.nas").code, 2);
}

TEST_F(Tool, ParameterWithoutAValueIsABadCommandLine) {
  const auto outcome = shell("$nas run f.nas -p rounds");
  EXPECT_EQ(outcome.text, "nas: -p takes name=value, not rounds\n  More: nas --help\n");
  EXPECT_EQ(outcome.code, 2);
}

TEST_F(Tool, UnknownOptionIsABadCommandLine) {
  const auto outcome = shell("$nas runs --frmat json");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(outcome.text.starts_with("nas: ")) << outcome.text;
}

TEST_F(Tool, UnknownShellComponentCodeAndKindAreBadCommandLines) {
  EXPECT_EQ(shell("$nas completion tcsh").text, "nas: no completion for tcsh\n  bash, zsh or fish\n");
  EXPECT_EQ(shell("$nas doc nsga3").text, "nas: there is no component nsga3\n  did you mean nsga2?\n");
  EXPECT_EQ(shell("$nas explain E999").code, 2);
  EXPECT_EQ(shell("$nas list predictor").code, 0);
}

TEST_F(Tool, EveryCommandExplainsItselfWithAnExample) {
  for (const char* command : {"run", "check", "plan", "fmt", "doc", "list", "explain", "runs", "show", "diff", "completion"}) {
    const auto outcome = shell(std::string("$nas ") + command + " --help");
    EXPECT_EQ(outcome.code, 0) << command;
    EXPECT_NE(outcome.text.find("Example"), std::string::npos) << command << "\n" << outcome.text;
  }
}

TEST_F(Tool, VersionIsOneLine) {
  EXPECT_EQ(shell("$nas version").text, shell("$nas --version").text);
  EXPECT_TRUE(shell("$nas version").text.starts_with("nas "));
}

TEST_F(Tool, BashCompletionIsShellCodeThatCompletes) {
  const auto bash =
      shell("bash -c 'eval \"$('$nas' completion bash)\"; COMP_WORDS=(nas expl); COMP_CWORD=1; _nas; echo ${COMPREPLY[0]}'");
  EXPECT_EQ(bash.text, "explain\n");
}

TEST_F(Tool, ABrokenScriptExitsWithOneAndJsonHoldsTheSameDiagnostics) {
  std::ofstream(testing::TempDir() + "/broken.nas") << "space net = tiny_mobilnet()\n";
  const auto text = shell("$nas check broken.nas");
  EXPECT_EQ(text.code, 1);
  EXPECT_NE(text.text.find("--> broken.nas:1:"), std::string::npos) << text.text;
  EXPECT_EQ(text.text.find('\033'), std::string::npos) << "no colours in a pipe";
  const auto json = shell("$nas check broken.nas --format json");
  EXPECT_EQ(json.code, 1);
  const auto parsed = nlohmann::json::parse(json.text);
  EXPECT_EQ(parsed["status"], 1);
  EXPECT_FALSE(parsed["diagnostics"].empty());
}

TEST_F(Tool, FormattingIsCheckedAndThenDone) {
  std::ofstream(testing::TempDir() + "/loose.nas") << "seed    1\n";
  EXPECT_EQ(shell("$nas fmt --check loose.nas").text, "loose.nas is not in canonical layout\n");
  EXPECT_EQ(shell("$nas fmt --check loose.nas").code, 1);
  EXPECT_EQ(shell("$nas fmt loose.nas").code, 0);
  EXPECT_EQ(shell("$nas fmt --check loose.nas").code, 0);
  EXPECT_EQ(shell("cat loose.nas").text, "seed 1\n");
}

TEST(FrontTable, ColumnsAreAlignedWithUnitsAndPredictedValuesAreMarked) {
  const nlohmann::json result = {
      {"front",
       {{{"name", "architecture"}, {"unit", ""}, {"type", "text"}, {"values", {"3-5", "7-7"}}},
        {{"name", "accuracy"}, {"unit", "%"}, {"type", "number"}, {"measured", true}, {"values", {86.25, 9.5}}},
        {{"name", "latency@host"}, {"unit", "ms"}, {"type", "number"}, {"measured", false}, {"values", {1.5, nullptr}}}}}};
  EXPECT_EQ(nas::front_table("front", result),
            "front: 2 networks on the front, ~ marks what is only predicted\n"
            "  accuracy (%)  latency@host (ms)  architecture\n"
            "         86.25             ~1.500  3-5\n"
            "          9.50                  -  7-7\n");
}

TEST(ProgressLine, ShowsRateAndRemainingTime) {
  nas::ProgressEvent event{"front", "measuring", 10, 40, 5, "loss 0.61"};
  EXPECT_EQ(nas::progress_text(event, true), "front  measuring  [#####---------------]  10/40  2/s  15 s left  loss 0.61");
  EXPECT_EQ(nas::duration_text(125), "2 min 05 s");
  EXPECT_EQ(nas::duration_text(4200), "1 h 10 min");
}

}  // namespace
