// The installed tree, moved elsewhere, with the source and the build out of sight: the tool works, and a program that knows
// only the installed headers builds, runs and does what the page says.
#include <gtest/gtest.h>

#include <regex>

#include "installed.h"

namespace {

using namespace installed;

TEST_F(Installed, TheToolWorksFromWhereItWasMoved) {
  EXPECT_EQ(away("\"$nas\" version").text, "nas 0.1.0\n");
  EXPECT_NE(away("\"$nas\" list spaces").text.find("\nofa_mobilenetv3\n"), std::string::npos);
  EXPECT_EQ(away("\"$nas\" doc tiny_mobilenet | head -1").text, "space tiny_mobilenet\n");
  EXPECT_EQ(away("\"$nas\" doc ridge | head -1").text, "predictor ridge\n");
  const fs::path examples = tree_ / "share/doc/nas/examples";
  for (const char* name : {"own_table", "nasbench201", "own_space", "constrained"}) {
    const std::string script = quoted((examples / (std::string(name) + ".nas")).string());
    const auto checked = away("\"$nas\" check " + script);
    EXPECT_EQ(checked.code, 0) << checked.text;
    const auto ran = away("\"$nas\" run --quiet --out files --store store " + script);
    EXPECT_EQ(ran.code, 0) << ran.text;
  }
  for (const char* file : {"board.svg", "board.csv", "nasbench201.svg", "nasbench201.json", "pocket.svg", "pocket.csv"})
    EXPECT_TRUE(fs::exists(folder_ / "files/out" / file)) << file;
  const auto checked = away("\"$nas\" check " + quoted((examples / "quickstart.nas").string()));
  EXPECT_EQ(checked.code, 0) << checked.text;
}

TEST_F(Installed, CompletionScriptsLieWhereShellsLookAndComplete) {
  const std::string file = quoted((tree_ / "share/bash-completion/completions/nas").string());
  EXPECT_EQ(away("bash -c \"source " + file + "; COMP_WORDS=(nas expl); COMP_CWORD=1; _nas; echo \\${COMPREPLY[0]}\"").text,
            "explain\n");
  for (const char* shell_name : {"bash", "zsh", "fish"})
    EXPECT_EQ(away(std::string("\"$nas\" completion ") + shell_name).code, 0) << shell_name;
  EXPECT_EQ(slurp(tree_ / "share/zsh/site-functions/_nas"), away("\"$nas\" completion zsh").text);
  EXPECT_EQ(slurp(tree_ / "share/fish/vendor_completions.d/nas.fish"), away("\"$nas\" completion fish").text);
}

// The quick start up to its training: data, space, device, super-network, with a hundredth of an epoch.
TEST_F(Installed, TheTorchModuleIsFoundBesideTheTool) {
  if (!fs::exists(tree_ / "lib/nas/libnas_torch.so")) GTEST_SKIP() << "built without LibTorch";
  if (!fs::exists("/usr/share/datasets/fashion-mnist") && shell("dpkg -s dataset-fashion-mnist").code != 0)
    GTEST_SKIP() << "no Fashion-MNIST here";
  std::istringstream quickstart(slurp(fs::path(NAS_SOURCE_DIR) / "examples/quickstart.nas"));
  std::ofstream script(folder_ / "first_stages.nas");
  for (std::string line; std::getline(quickstart, line);) {
    script << line << "\n";
    if (line.starts_with("train")) break;
  }
  script.close();
  const auto ran = away("\"$nas\" run first_stages.nas -p epochs=0.01");
  EXPECT_EQ(ran.code, 0) << ran.text;
  EXPECT_NE(ran.text.find("weights  done in "), std::string::npos) << ran.text;
  const auto shown = away("\"$nas\" show r1 --format json");
  EXPECT_NE(shown.text.find("LibTorch"), std::string::npos) << shown.text;
}

TEST_F(Installed, AProgramThatKnowsOnlyTheInstalledHeadersBuildsAndRuns) {
  const fs::path program = folder_ / "embedder", from = fs::path(NAS_SOURCE_DIR) / "tests";
  fs::copy(from / "install/embedder", program);
  fs::copy(from / "docs/howto/nearest.cpp", program);
  // Each installed header is there with all that it includes.
  std::ofstream headers(program / "every_header.cpp");
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(tree_ / "include/nas")) {
    if (entry.path().extension() != ".h") continue;
    headers << "#include \"" << fs::relative(entry.path(), tree_ / "include/nas").string() << "\"\n";
    ++count;
  }
  headers.close();
  EXPECT_GE(count, 15);
  std::ofstream(program / "CMakeLists.txt", std::ios::app) << "target_sources(embedder PRIVATE every_header.cpp)\n";
  const auto built =
      away("cmake -S embedder -B embedder/build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH=" + quoted(tree_.string()) +
           sanitized() + " && cmake --build embedder/build");
  ASSERT_EQ(built.code, 0) << built.text;
  const auto ran = away("embedder/build/embedder results");
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(std::regex_match(
      ran.text,
      std::regex("plan: space net\nplan: show show\nplan: search front\nplan: export export csv\n(prints: 1820112\nfinished: "
                 "front|finished: front\nprints: 1820112)\n"
                 "finished: export csv\nfront: [1-9][0-9]* networks, the largest has 0\\.0[0-9]+ M parameters\ncancelled: 130\n"
                 "E205: there is no search component nsga9\nown component: known\n")))
      << ran.text;
  EXPECT_TRUE(fs::exists(folder_ / "results/front.csv"));
}

// The worked example of docs/howto.md, built out of tree, and everything that is no plug-in for this program.
TEST_F(Installed, APlugInBringsASearchAndWhatIsNoneIsRefused) {
  const fs::path howto = fs::path(NAS_SOURCE_DIR) / "tests/docs/howto";
  fs::copy(howto / "plugin", folder_ / "climb");
  fs::copy(howto / "climb.cpp", folder_ / "climb");
  fs::copy(howto / "use_climb.nas", folder_ / "use_climb.nas");
  const auto build = [&] {
    const auto built =
        away("cmake -S climb -B climb/build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH=" + quoted(tree_.string()) +
             sanitized() + " && cmake --build climb/build");
    EXPECT_EQ(built.code, 0) << built.text;
  };
  build();
  const std::string with = " --plugin climb/build/libclimb.so";
  EXPECT_NE(away("\"$nas\" doc climb" + with).text.find("search climb\n"), std::string::npos);
  EXPECT_NE(away("\"$nas\" check use_climb.nas").code, 0) << "without the plug-in there is no such search";
  const auto ran = away("\"$nas\" run use_climb.nas" + with);
  EXPECT_EQ(ran.code, 0) << ran.text;
  EXPECT_NE(ran.text.find("best  done in "), std::string::npos) << ran.text;
  EXPECT_NE(away("\"$nas\" run use_climb.nas" + with).text.find("best  reused"), std::string::npos);
  // A changed plug-in makes another result.
  std::ofstream(folder_ / "climb/climb.cpp", std::ios::app) << "int nas_another_version = 1;\n";
  build();
  const auto changed = away("\"$nas\" run use_climb.nas" + with);
  EXPECT_NE(changed.text.find("best  done in "), std::string::npos) << changed.text;

  const auto refused = [&](const std::string& file, const std::string& sentence) {
    const auto outcome = away("\"$nas\" run use_climb.nas --plugin " + file);
    EXPECT_EQ(outcome.text, sentence);
    EXPECT_EQ(outcome.code, 2);
  };
  const auto library = [&](const std::string& name, const std::string& code) {
    std::ofstream(folder_ / (name + ".cpp")) << code;
    const auto built = away("c++ -shared -fPIC -o " + name + ".so " + name + ".cpp");
    ASSERT_EQ(built.code, 0) << built.text;
  };
  refused("none.so", "nas: there is no file none.so\n  paths are relative to the current folder\n");
  library("empty", "int nothing;\n");
  refused("empty.so", "nas: empty.so is no plug-in: it has no NAS_PLUGIN(...)\n  docs/howto.md shows how a plug-in is built\n");
  library("old",
          "extern \"C\" const char* nas_plugin_interface() { return \"0.0.9-12345678\"; }\n"
          "extern \"C\" void nas_plugin_add(void*) {}\n");
  const std::string header = slurp(tree_ / "include/nas/core/plugin_interface.h");
  std::smatch ours;
  ASSERT_TRUE(std::regex_search(header, ours, std::regex("\"(0\\.1\\.0-[0-9a-f]{8})\"")));
  refused("old.so", "nas: the plug-in old.so is for the interface 0.0.9-12345678, this program has " + ours[1].str() +
                        "\n  build it again with the headers of this program\n");
  std::ofstream(folder_ / "text.so") << "no library\n";
  refused("text.so", "nas: the plug-in text.so cannot be opened: " + (folder_ / "text.so").string() +
                         ": file too short\n  docs/howto.md shows how a plug-in is built\n");
  refused("climb/build/libclimb.so" + with,
          "nas: the plug-in climb/build/libclimb.so brings the search climb, which is there already\n  give it another name\n");
}

TEST(EmbeddingPage, QuotesTheProgramThatIsTested) {
  const std::string page = slurp(fs::path(NAS_SOURCE_DIR) / "docs/embedding.md");
  for (const char* file : {"main.cpp", "CMakeLists.txt"}) {
    const std::string text = slurp(fs::path(NAS_SOURCE_DIR) / "tests/install/embedder" / file);
    EXPECT_NE(page.find("\n" + text + "```"), std::string::npos) << file;
  }
}

}  // namespace
