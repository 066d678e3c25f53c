// The real tool as a process: exact texts and exit codes.
#include <algorithm>
#include <sstream>

#include "core/text_table.h"
#include "report/progress_line.h"
#include "report/run_text.h"
#include "shell.h"

using namespace nas::testing;

namespace {

namespace fs = std::filesystem;

const std::string kComputed =
    "seed 1\nspace net = tiny_mobilenet()\nsearch front = nsga2(population = 12, generations = 5) with direct()\n"
    "  of maximize params, minimize macs\n";

class Tool : public InFolder {
 protected:
  void SetUp() override {
    if (!fs::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
    InFolder::SetUp();
  }
  /// Runs a shell line in the test's folder, with $nas as the tool.
  Outcome shell(const std::string& line) const {
    Outcome outcome = run_line("nas=" NAS_BINARY_DIR "/bin/nas; unset NO_COLOR; cd " + quoted(folder_.string()) + "; " + line);
    outcome.text = shown(outcome.text);
    return outcome;
  }
  std::string text_of(const std::string& line) const { return shell(line).text; }
  int code_of(const std::string& line) const { return shell(line).code; }
};

// --- the command line -----------------------------------------------------------------------------------------------

TEST_F(Tool, WrongCommandsOptionsAndWordsAreNamed) {
  const std::pair<const char*, const char*> cases[] = {
      {"chek f.nas", "nas: there is no command chek\n  did you mean check?\n"},
      {"f.nas", "nas: there is no command f.nas\n  did you mean nas run f.nas?\n"},
      {"--foo", "nas: there is no option --foo\n  More: nas --help\n"},
      {"runs --frmat json", "nas: there is no option --frmat\n  did you mean --format?\n"},
      {"runs -x", "nas: there is no option -x\n  More: nas runs --help\n"},
      {"run f.nas g.nas", "nas: g.nas is one word too many\n  More: nas run --help\n"},
      {"run --seed", "nas: --seed takes a value\n  More: nas run --help\n"},
      {"run f.nas --seed x", "nas: --seed is a whole number, not x\n  More: nas run --help\n"},
      {"run f.nas --seed -1", "nas: --seed is a whole number, not -1\n  More: nas run --help\n"},
      {"run f.nas --threads 2000", "nas: --threads is a whole number from 0 to 1024, not 2000\n  More: nas run --help\n"},
      {"check f.nas --format xml", "nas: --format is text or json, not xml\n  More: nas check --help\n"},
      {"plan f.nas --color red", "nas: --color is auto, always or never, not red\n  More: nas plan --help\n"},
      {"run f.nas -p rounds", "nas: -p takes name=value, not rounds\n  e.g. -p rounds=3\n"},
      {"run f.nas -p =3", "nas: -p takes name=value, not =3\n  e.g. -p rounds=3\n"},
      {"run", "nas: which script?\n  e.g. nas run examples/quickstart.nas\n"},
      {"check", "nas: which script?\n  e.g. nas check examples/quickstart.nas\n"},
      {"fmt", "nas: which scripts?\n  e.g. nas fmt --check examples/*.nas\n"},
      {"diff r1", "nas: which two runs?\n  e.g. nas diff r1 r2; names: nas runs\n"},
      {"doc", "nas: what is to be documented?\n  e.g. nas doc nsga2; names: nas list --all\n"},
      {"doc cpuu", "nas: there is no component cpuu\n  did you mean cpu?\n"},
      {"doc cpuu --format json", "nas: there is no component cpuu\n  did you mean cpu?\n"},
      {"list predictorz", "nas: there is no kind predictorz\n  did you mean predictors?\n"},
      {"explain E999", "nas: there is no code E999\n  all codes: nas explain\n"},
      {"completion", "nas: for which shell?\n  bash, zsh or fish\n"},
      {"completion tcsh", "nas: no completion for tcsh\n  bash, zsh or fish\n"},
      {"man rnu", "nas: there is no command rnu\n  did you mean run?\n"},
      {"man --all nowhere", "nas: nowhere/nas-check.1 cannot be written\n"},
      {"help rnu", "nas: there is no command rnu\n  did you mean run?\n"},
  };
  for (const auto& [line, text] : cases) {
    const auto outcome = shell(std::string("$nas ") + line);
    EXPECT_EQ(outcome.text, text) << line;
    EXPECT_EQ(outcome.code, 2) << line;
  }
}

TEST_F(Tool, ScriptsThatCannotBeReadAreNamed) {
  write("quick.nas", "seed 1\n");
  EXPECT_EQ(text_of("$nas run quik.nas"), "nas: there is no file quik.nas\n  did you mean quick.nas?\n");
  EXPECT_EQ(text_of("$nas check sub/f.nas"), "nas: there is no file sub/f.nas\n  More: nas check --help\n");
  EXPECT_EQ(text_of("$nas plan ."), "nas: . is a folder, not a file\n  More: nas plan --help\n");
  EXPECT_EQ(text_of("$nas fmt gone.nas"), "nas: there is no file gone.nas\n  More: nas fmt --help\n");
  EXPECT_EQ(code_of("$nas run quik.nas"), 2);
  EXPECT_EQ(text_of("$nas run gone.nas --format json"),
            "{\"event\":\"end\",\"failure\":\"there is no file gone.nas\",\"status\":2}\n");
}

TEST_F(Tool, AScriptComesFromTheStandardInputOrAPipe) {
  EXPECT_EQ(text_of("echo 'show 1 + 1' | $nas run -"), "2\n");
  EXPECT_EQ(
      text_of("echo 'show 1 + x' | $nas check -"),
      "error[E201]: x is not known here\n --> standard input:1:10\n1 | show 1 + x\n  |          ^\n  = More: nas explain E201\n"
      "1 error in standard input\n");
  EXPECT_EQ(text_of("bash -c \"$nas run <(echo 'show 3')\""), "3\n");
  EXPECT_EQ(text_of("echo 'seed    1' | $nas fmt -"), "seed 1\n");
}

TEST_F(Tool, EveryCommandExplainsItselfWithAnExample) {
  const auto whole = text_of("$nas --help");
  EXPECT_EQ(text_of("$nas help"), whole);
  EXPECT_EQ(shell("$nas").code, 2);
  EXPECT_EQ(text_of("$nas"), whole);
  for (const char* command : {"run", "check", "plan", "repl", "fmt", "doc", "list", "explain", "runs", "show", "diff", "compare",
                              "lsp", "version", "completion", "man", "help"}) {
    EXPECT_NE(whole.find(std::string("\n  ") + command + " "), std::string::npos) << command;
    const auto outcome = shell(std::string("$nas ") + command + " --help");
    EXPECT_EQ(outcome.code, 0) << command;
    EXPECT_NE(outcome.text.find(std::string("\n  nas ") + command), std::string::npos) << command << "\n" << outcome.text;
    EXPECT_EQ(text_of(std::string("$nas help ") + command), outcome.text);
  }
}

TEST_F(Tool, HelpOnAScriptShowsItsParameters) {
  write("f.nas", "param rounds : int = 5 in 1..20 \"rounds of search\"\nparam name : string = \"a\"\nshow rounds\n");
  const auto outcome = shell("$nas run f.nas --help");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.text.find("\nParameters of f.nas:\n  -p rounds=5  (int, 1..20)  rounds of search\n  -p name="),
            std::string::npos)
      << outcome.text;
  write("g.nas", "show 1\n");
  EXPECT_TRUE(text_of("$nas plan g.nas -h").ends_with("\nNo parameters of g.nas\n"));
  EXPECT_EQ(code_of("$nas plan gone.nas -h"), 2);
}

TEST_F(Tool, ParametersAreCheckedLikeTheScript) {
  write("f.nas", "param rounds : int = 5 in 1..20\nshow rounds\n");
  EXPECT_EQ(text_of("$nas run f.nas -p rounds=7"), "7\n");
  EXPECT_EQ(text_of("$nas run f.nas -p rounds=7 -p rounds=8"), text_of("$nas run f.nas -p rounds=8 -p rounds=8"));
  EXPECT_EQ(text_of("$nas run f.nas -p rounds=70"),
            "error[E405]: param rounds is 70\n --> -p rounds:1:14\n1 | let rounds = 70\n  |              ^^ it must be between 1 "
            "and 20\n"
            "  = More: nas explain E405\n1 error in f.nas\n");
  EXPECT_EQ(text_of("$nas run f.nas -p round=7"),
            "error[E401]: the script has no param round\n --> -p round:1:1\n1 | round=7\n  | ^^^^^ did you mean rounds?\n"
            "  = its params are rounds.  More: nas explain E401\n1 error in f.nas\n");
  EXPECT_EQ(code_of("$nas run f.nas -p round=7"), 1);
}

TEST_F(Tool, VersionIsOneLine) {
  EXPECT_EQ(text_of("$nas version"), "nas 0.1.0\n");
  EXPECT_EQ(text_of("$nas --version"), "nas 0.1.0\n");
  EXPECT_EQ(text_of("$nas version --format json"), "{\"version\":\"0.1.0\"}\n");
}

// --- exit codes -----------------------------------------------------------------------------------------------------

TEST_F(Tool, ExitCodesSayHowItEnded) {
  write("ok.nas", "show 1\n");
  write("wrong.nas", "space net = tiny_mobilnet()\n");
  write("unmet.nas", kComputed + "require front.evaluations > 100000, \"too few networks\"\n");
  write("empty.nas",
        kComputed + "search none = random(evaluations = 5) of minimize macs where macs < 300k and 1 * params > 60k\n");
  EXPECT_EQ(code_of("$nas run ok.nas"), 0);
  EXPECT_EQ(code_of("$nas run wrong.nas"), 1);
  EXPECT_EQ(code_of("$nas run"), 2);
  const auto unmet = shell("$nas run unmet.nas --quiet");
  EXPECT_EQ(unmet.text, "nas: too few networks\n  front.evaluations > 100000\n");
  EXPECT_EQ(unmet.code, 4);
  const auto empty = shell("$nas run empty.nas --quiet");
  EXPECT_TRUE(
      empty.text.starts_with("nas: no network of net met the conditions of none\n  macs < 300000: the smallest value seen is "))
      << empty.text;
  EXPECT_EQ(empty.code, 5);
}

TEST_F(Tool, AStageThatFailsExitsWithThree) {
  // The file's place becomes a folder while the search runs: only the stage itself can notice.
  write("f.nas", kComputed + "export front as csv to \"front.csv\"\n");
  fs::create_directories(folder_ / "front.csv");
  const auto outcome = shell("$nas run f.nas --quiet");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_TRUE(outcome.text.starts_with("error[E803]: front.csv cannot be written\n --> f.nas:5:1\n")) << outcome.text;
}

TEST_F(Tool, AnOutputFolderThatCannotBeWrittenIsFoundBeforeTheFirstStage) {
  write("f.nas", kComputed + "export front as csv to \"front.csv\"\n");
  write("file", "");
  const auto outcome = shell("$nas run f.nas --out file/below");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.text,
            "error[E803]: front.csv cannot be written: the folder FOLDER/file is not writable\n --> f.nas:5:1\n"
            "5 | export front as csv to \"front.csv\"\n  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ choose another folder with --out\n"
            "  = More: nas explain E803\n1 error in f.nas\n");
}

// A broken promise inside: stood in for by a library function that throws where it never does.
TEST_F(Tool, ABugOfOursExitsWithSeventy) {
  if (std::string(NAS_SANITIZE) != "") GTEST_SKIP() << "preloading and sanitizers do not go together";
  write("bug.cpp",
        "#include <cstring>\n#include <fcntl.h>\n#include <stdexcept>\n#include <sys/syscall.h>\n#include <unistd.h>\n"
        "extern \"C\" int open64(const char* path, int flags, ...) {\n"
        "  if (std::strstr(path, \"store.sqlite\")) throw std::logic_error(\"a promise was broken\");\n"
        "  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, 0600));\n}\n");
  ASSERT_EQ(code_of("c++ -shared -fPIC -o bug.so bug.cpp"), 0);
  write("f.nas", "show 1\n");
  const auto outcome = shell("LD_PRELOAD=./bug.so $nas run f.nas");
  EXPECT_EQ(outcome.code, 70);
  EXPECT_EQ(outcome.text, "nas: this is a bug of nas, not of your script: a promise was broken\n");
}

TEST_F(Tool, AnInterruptedRunSaysSoAndGoesOnLater) {
  write("long.nas",
        "param generations : int = 1000000\nspace net = tiny_mobilenet()\nshow 7\nsearch front = nsga2(generations = "
        "generations) with "
        "direct() of maximize params, minimize macs\n");
  for (const char* signal : {"INT", "TERM"}) {
    // Interrupted once the search has begun: `show` has been printed by then.
    const auto outcome = shell(
        std::string(
            "set -m; rm -f shown; $nas run long.nas >shown 2>&1 & while ! [ -s shown ]; do sleep 0.05; done; sleep 0.2; kill -") +
        signal + " $!; wait $!");
    EXPECT_EQ(outcome.code, 130) << signal;
    EXPECT_EQ(read("shown"), "7\ninterrupted: run again to resume\n") << signal;
  }
  EXPECT_NE(text_of("$nas runs").find("r1   interrupted  "), std::string::npos);
  EXPECT_EQ(code_of("$nas run long.nas -p generations=3"), 0);
}

// --- what is printed, and where to ----------------------------------------------------------------------------------

TEST_F(Tool, ABrokenScriptAsTextAndAsJson) {
  write("broken.nas", "space net = tiny_mobilnet()\n");
  const auto text = shell("$nas check broken.nas");
  EXPECT_EQ(text.code, 1);
  EXPECT_TRUE(
      text.text.starts_with("error[E205]: there is no space component tiny_mobilnet\n --> broken.nas:1:13\n"
                            "1 | space net = tiny_mobilnet()\n  |             ^^^^^^^^^^^^^ did you mean tiny_mobilenet?\n"))
      << text.text;
  EXPECT_TRUE(text.text.ends_with("More: nas explain E205\n1 error in broken.nas\n")) << text.text;
  for (const char* command : {"check", "plan", "run"}) {
    const auto json = shell(std::string("$nas ") + command + " broken.nas --format json");
    EXPECT_EQ(json.code, 1);
    const auto parsed = nlohmann::json::parse(json.text);
    EXPECT_EQ(parsed["status"], 1);
    EXPECT_EQ(parsed["diagnostics"][0]["code"], "E205");
    EXPECT_EQ(parsed["diagnostics"][0]["line"], 1);
    EXPECT_EQ(parsed["diagnostics"][0]["column"], 13);
  }
}

TEST_F(Tool, ColoursComeOnATerminalAndGoWithNoColor) {
  write("broken.nas", "space net = tiny_mobilnet()\n");
  const auto coloured = [&](const std::string& line) { return text_of(line).find('\033') != std::string::npos; };
  EXPECT_FALSE(coloured("$nas check broken.nas")) << "a pipe";
  EXPECT_TRUE(coloured("$nas check broken.nas --color always"));
  if (code_of("script -qec true /dev/null") != 0) GTEST_SKIP() << "no script(1) here";
  EXPECT_TRUE(coloured("script -qec \"$nas check broken.nas\" /dev/null"));
  EXPECT_FALSE(coloured("NO_COLOR=1 script -qec \"$nas check broken.nas\" /dev/null"));
  EXPECT_TRUE(coloured("NO_COLOR= script -qec \"$nas check broken.nas\" /dev/null")) << "empty counts as not set";
  EXPECT_FALSE(coloured("script -qec \"$nas check broken.nas --color never\" /dev/null"));
}

TEST_F(Tool, ProgressIsLinesInALogAndOneBarOnATerminal) {
  write("f.nas",
        "seed 1\nspace net = tiny_mobilenet()\nshow 5\nsearch front = random(evaluations = 2000) with direct() of maximize "
        "params, minimize macs\n");
  const auto log = shell("$nas run f.nas 2>&1 >/dev/null");
  EXPECT_TRUE(log.text.find("front  done in ") != std::string::npos) << log.text;
  EXPECT_EQ(log.text.find_first_of("\r\033"), std::string::npos) << "no bar in a log";
  EXPECT_EQ(text_of("$nas run f.nas 2>&1 >/dev/null"), "front  reused\n");
  EXPECT_EQ(text_of("$nas run f.nas --quiet"), "5\n") << "only what the script shows";
  if (code_of("script -qec true /dev/null") != 0) GTEST_SKIP() << "no script(1) here";
  const auto terminal = text_of("script -qec \"$nas run f.nas --fresh\" /dev/null");
  EXPECT_NE(terminal.find("front  done in "), std::string::npos) << terminal;
}

TEST_F(Tool, AReaderMayLeaveAndAFullDiskIsNotSilent) {
  EXPECT_EQ(text_of("$nas list --all | head -n 1"),
            text_of("$nas list --all").substr(0, text_of("$nas list --all").find('\n') + 1));
  EXPECT_EQ(text_of("$nas doc --all | true"), "");
  write("f.nas", kComputed + "export front as csv to \"front.csv\"\n");
  EXPECT_EQ(text_of("$nas run f.nas 2>errors | true; grep written errors"), "");
  EXPECT_TRUE(fs::exists(folder_ / "front.csv")) << "a reader that leaves does not stop a run";
  const auto full = shell("$nas list >/dev/full");
  EXPECT_EQ(full.text, "nas: the output cannot be written: No space left on device\n");
  EXPECT_EQ(full.code, 3);
}

TEST_F(Tool, EveryReportIsThereAsJson) {
  write("f.nas", kComputed);
  const auto events = text_of("$nas run f.nas --format json");
  std::istringstream lines(events);
  std::vector<nlohmann::json> parsed;
  for (std::string line; std::getline(lines, line);) parsed.push_back(nlohmann::json::parse(line));
  ASSERT_GE(parsed.size(), 3u);
  EXPECT_EQ(parsed.front()["event"], "started");
  EXPECT_EQ(parsed.back()["event"], "end");
  EXPECT_EQ(parsed.back()["status"], 0);
  EXPECT_EQ(parsed.back()["run"], "r1");
  EXPECT_EQ(parsed.back()["results"]["front"]["front"][0]["name"], "architecture");
  const auto json = [&](const std::string& line) { return nlohmann::json::parse(text_of("$nas " + line + " --format json")); };
  EXPECT_EQ(json("check f.nas")["status"], 0);
  EXPECT_EQ(json("plan f.nas")["stages"][1]["action"], "reuse");
  EXPECT_EQ(text_of("$nas plan f.nas --json"), text_of("$nas plan f.nas --format json"));
  EXPECT_EQ(json("fmt --check f.nas")[0]["changed"], false);
  EXPECT_EQ(json("doc nsga2")[0]["args"][0]["name"], "population");
  EXPECT_EQ(json("doc conv")[0]["kind"], "layer");
  EXPECT_EQ(json("doc tiny_mobilenet")[0]["kind"], "space");
  const auto spaces = json("list spaces");
  EXPECT_EQ(std::count(spaces.begin(), spaces.end(), "tiny_mobilenet"), 1);
  EXPECT_EQ(json("explain E302")["code"], "E302");
  EXPECT_EQ(json("runs")[0]["status"], "ok");
  EXPECT_EQ(json("show")["run"], "r1");
  EXPECT_EQ(json("show r1")["script"], "f.nas");
  EXPECT_TRUE(json("diff r1 r1").empty());
}

TEST_F(Tool, CodesAreListedAndExplainedInAnyCase) {
  EXPECT_TRUE(text_of("$nas explain").starts_with("E101  a bracket without its partner\n"));
  EXPECT_TRUE(text_of("$nas explain e302").starts_with("E302: a bare number where a unit is needed\n\n"));
}

TEST_F(Tool, FormattingIsCheckedAndThenDone) {
  write("loose.nas", "seed    1\n");
  EXPECT_EQ(text_of("$nas fmt --check loose.nas"), "loose.nas is not in canonical layout\n");
  EXPECT_EQ(code_of("$nas fmt --check loose.nas"), 1);
  EXPECT_EQ(code_of("$nas fmt loose.nas"), 0);
  EXPECT_EQ(shell("$nas fmt --check loose.nas").code, 0);
  EXPECT_EQ(read("loose.nas"), "seed 1\n");
  write("broken.nas", "let a = (1\n");
  EXPECT_EQ(code_of("$nas fmt broken.nas"), 1);
  EXPECT_EQ(read("broken.nas"), "let a = (1\n") << "a script with mistakes is left as it is";
}

// --- runs -----------------------------------------------------------------------------------------------------------

TEST_F(Tool, RunsAreListedShownAndCompared) {
  EXPECT_EQ(text_of("$nas runs"), "nas: there is no run store in .nas\n  nas run makes it; another folder: --store FOLDER\n");
  EXPECT_EQ(code_of("$nas show"), 2);
  write("f.nas",
        "param size : int = 12\nseed 1\nspace net = tiny_mobilenet()\nsearch front = nsga2(population = size, generations = 5) "
        "with direct()\n"
        "  of maximize params, minimize macs\n");
  ASSERT_EQ(code_of("$nas run f.nas --quiet"), 0);
  ASSERT_EQ(code_of("$nas run f.nas --quiet -p size=16 --seed 2"), 0);
  const auto runs = text_of("$nas runs");
  EXPECT_TRUE(runs.starts_with("run  status  started (UTC)        took          script\nr1   ok      20")) << runs;
  EXPECT_EQ(std::count(runs.begin(), runs.end(), '\n'), 3);
  const auto shown = text_of("$nas show");
  EXPECT_TRUE(shown.starts_with("r2: f.nas, ok, took ")) << shown;
  EXPECT_NE(shown.find("\n  seed       2\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("\nscript\n  param size : int = 12\n"), std::string::npos) << shown;
  EXPECT_EQ(text_of("$nas show r2"), shown);
  const auto compared = text_of("$nas diff r1 r2");
  EXPECT_TRUE(compared.starts_with("r1 -> r2\n  seed                         1  ->  2\n")) << compared;
  EXPECT_NE(compared.find("\nplan\n  - seed 1\n"), std::string::npos) << compared;
  EXPECT_NE(compared.find("  + search  front  nsga2(population = 16, generations = 5) over net"), std::string::npos) << compared;
  EXPECT_EQ(compared.find("\nscript\n"), std::string::npos) << "the script is the same";
  EXPECT_EQ(text_of("$nas diff r1 r1"), "r1 and r1 differ in nothing but their time\n");
  EXPECT_EQ(text_of("$nas show r9"), "nas: there is no run r9\n  names: nas runs; another folder: --store FOLDER\n");
  EXPECT_EQ(text_of("$nas diff r1 r9"), "nas: there is no run r9\n  names: nas runs; another folder: --store FOLDER\n");
}

TEST_F(Tool, SearchesOfTheStoreAreTestedAgainstEachOther) {
  const std::string space = "space net = tiny_mobilenet()\n", of = " of maximize params, minimize macs";
  write("two.nas", space + "search genetic = nsga2(population = 20, generations = 10)" + of + " { seeds = 1..5 }\n" +
                       "search blind = random(evaluations = 60)" + of + " { seeds = 1..5 }\n");
  write("one.nas", space + "search blind = random(evaluations = 30)" + of + "\n");
  write("memory.nas", space + "search other = random(evaluations = 30) of maximize params, minimize memory\n");
  write("none.nas", "show 1\n");
  for (const char* script : {"two.nas", "one.nas", "memory.nas", "none.nas"})
    ASSERT_EQ(code_of(std::string("$nas run --quiet ") + script), 0) << script;
  const auto text = text_of("$nas compare r1.genetic r1.blind");
  EXPECT_TRUE(text.starts_with("r1.genetic: 5 runs, median 9")) << text;
  EXPECT_NE(text.find(", 200 evaluations\nr1.blind: 5 runs, median "), std::string::npos) << text;
  EXPECT_NE(text.find(", 60 evaluations\n75.21 % take r1.genetic 14 evaluations, and r1.blind 60 evaluations\n"),
            std::string::npos)
      << text;
  EXPECT_TRUE(text.ends_with(
      " evaluations\na run of r1.genetic is the better one with probability 1.00; p = 0.00794 (Mann-Whitney, two-sided)\n"))
      << text;
  // The function of the language says the same.
  write("both.nas", shell("cat two.nas").text + "show compare(genetic, blind)\n");
  std::string shown = text_of("$nas run --quiet both.nas");
  for (std::size_t at; (at = shown.find("genetic")) != std::string::npos;) shown.replace(at, 7, "r1.G");
  for (std::size_t at; (at = shown.find("blind")) != std::string::npos;) shown.replace(at, 5, "r1.B");
  std::string wanted = text;
  for (std::size_t at; (at = wanted.find("genetic")) != std::string::npos;) wanted.replace(at, 7, "G");
  for (std::size_t at; (at = wanted.find("blind")) != std::string::npos;) wanted.replace(at, 5, "B");
  EXPECT_EQ(shown, wanted);
  // A run with one search needs no name, and one run against one shows nothing.
  EXPECT_TRUE(text_of("$nas compare r2 r1.blind").starts_with("r2.blind: 1 run, median "));
  EXPECT_TRUE(text_of("$nas compare r2 r2").ends_with("p = 1 (Mann-Whitney, two-sided); so few runs give no p below 1\n"));
  EXPECT_EQ(text_of("$nas compare r1 r2"), "nas: r1 has 2 searches: genetic, blind\n  say which one, e.g. r1.genetic\n");
  EXPECT_EQ(text_of("$nas compare r1.genetc r2"), "nas: r1 has no search genetc\n  did you mean genetic?\n");
  EXPECT_EQ(text_of("$nas compare r2.x r2"), "nas: r2 has no search x\n  it has blind\n");
  EXPECT_EQ(text_of("$nas compare r2 r9"), "nas: there is no run r9\n  names: nas runs; another folder: --store FOLDER\n");
  EXPECT_EQ(text_of("$nas compare r2 r4"), "nas: r4 has no search that ended\n  runs and what became of them: nas runs\n");
  EXPECT_EQ(text_of("$nas compare r2 r3"),
            "nas: r2.blind and r3.other have different objectives\n  r2.blind: maximize params, minimize macs; r3.other: "
            "maximize params, "
            "minimize memory\n");
  EXPECT_EQ(text_of("$nas compare r2"), "nas: which two searches?\n  e.g. nas compare r1 r2; names: nas runs\n");
  EXPECT_EQ(code_of("$nas compare r2 r9"), 2);
  EXPECT_EQ(text_of("cd /; $nas compare r1 r2 --store /nowhere"),
            "nas: there is no run store in /nowhere\n  names: nas runs; another folder: --store FOLDER\n");
  EXPECT_EQ(text_of("$nas compare r1.genetic r1.blind --format json | grep '\"p\"'"), "  \"p\": 0.007936507936507936,\n");
}

// --- completion -----------------------------------------------------------------------------------------------------

class Completion : public Tool {
 protected:
  /// What bash offers for the last of these words.
  std::string bash(const std::string& words, int count) const {
    return text_of("bash -c 'eval \"$('$nas' completion bash)\"; COMP_WORDS=('$nas' " + words +
                   "); COMP_CWORD=" + std::to_string(count) + "; _nas; echo ${COMPREPLY[@]}'");
  }
};

TEST_F(Completion, BashCompletesCommandsOptionsValuesNamesAndFiles) {
  write("one.nas", "show 1\n");
  write("a b.nas", "show 1\n");
  write("other.txt", "");
  ASSERT_EQ(code_of("$nas run one.nas --quiet"), 0);
  EXPECT_EQ(bash("expl", 1), "explain\n");
  EXPECT_EQ(bash("run --fo", 2), "--format\n");
  EXPECT_EQ(bash("run --format js", 3), "json\n");
  EXPECT_EQ(bash("check o", 2), "one.nas\n");
  EXPECT_EQ(bash("check a", 2), "a b.nas\n");
  EXPECT_EQ(bash("doc tiny", 2), "tiny_mobilenet\n");
  EXPECT_EQ(bash("list pred", 2), "predictors\n");
  EXPECT_EQ(bash("explain E30", 2).substr(0, 10), "E301 E302 ");
  EXPECT_EQ(bash("show r", 2), "r1\n");
  EXPECT_EQ(bash("completion f", 2), "fish\n");
  EXPECT_EQ(bash("help ver", 2), "version\n");
}

TEST_F(Completion, ZshLoadsItAndFishCompletes) {
  const bool zsh = code_of("command -v zsh") == 0, fish = code_of("command -v fish") == 0;
  if (zsh)
    EXPECT_EQ(
        text_of("zsh -fc 'autoload -U compinit; compinit -u -d ./dump; eval \"$('$nas' completion zsh)\"; echo ${_comps[nas]}'"),
        "_nas\n");
  if (fish) {
    const auto offers = [&](const std::string& line) {
      return text_of(
          "export PATH=\"${nas%/*}:$PATH\"; HOME=$PWD fish --no-config -c 'nas completion fish | source; complete -C \"" + line +
          "\"'");
    };
    EXPECT_EQ(offers("nas expl"), "explain\tcause of an error, a wrong and a right example; without a code, all codes\n");
    EXPECT_EQ(offers("nas list pred"), "predictors\n");
    EXPECT_EQ(offers("nas run --thr"), "--threads\thow many at once; 0 for all cores, as without it\n");
  }
  if (!zsh && !fish) GTEST_SKIP() << "neither zsh nor fish here";
}

// --- the texts themselves -------------------------------------------------------------------------------------------

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

TEST(FamilyTable, HasALineForEveryRunAndTellsNotesOnce) {
  const auto run = [](int seed, nlohmann::json archs, nlohmann::json best, int evaluations, double volume, nlohmann::json notes) {
    const nlohmann::json accuracy = {{"name", "accuracy"}, {"type", "number"}, {"measured", false}, {"values", archs}};
    return nlohmann::json{{"seed", seed},
                          {"front", {{{"name", "architecture"}, {"unit", ""}, {"type", "text"}, {"values", archs}}, accuracy}},
                          {"objectives",
                           {{{"name", "accuracy"}, {"unit", "%"}, {"measured", false}, {"best", best[0]}},
                            {{"name", "macs / params"}, {"unit", ""}, {"measured", true}, {"best", best[1]}}}},
                          {"evaluations", evaluations},
                          {"hypervolume", volume},
                          {"notes", notes}};
  };
  const auto all = nlohmann::json::array({"stopped early", "slow"}), one = nlohmann::json::array({"stopped early"});
  const std::vector<nlohmann::json> runs = {run(3, {"3-5", "7-7"}, {81.5, 12.25}, 300, 1234.5678, all),
                                            run(10, nlohmann::json::array(), {nullptr, nullptr}, 7, 0, one)};
  EXPECT_EQ(nas::family_table("rounds", runs),
            "rounds: 2 runs, ~ marks what is only predicted\n"
            "  seed  networks  best accuracy (%)  best macs / params  evaluations  hypervolume\n"
            "     3         2             ~81.50               12.25          300         1235\n"
            "    10         0                  -                   -            7            0\n"
            "  `show rounds[1]` prints the front of the first\n"
            "  stopped early\n"
            "  seed 3: slow\n");
  EXPECT_EQ(nas::family_table("best[15 ms]", runs).find("show"), std::string::npos) << "a pass of foreach cannot be named";
}

// A formula has no source of its own: it is what its metrics are.
TEST_F(Tool, FormulasOfComputedMetricsAreComputed) {
  write("f.nas",
        "space net = tiny_mobilenet()\nsearch several = random() with direct() over net of maximize params / macs\n"
        "  until evaluations >= 2 { seeds = 1..2 }\n");
  EXPECT_TRUE(text_of("$nas run f.nas 2>/dev/null").starts_with("several: 2 runs, all computed\n"));
}

TEST_F(Tool, AFamilyOfRunsIsOneTableASingleRunItsFront) {
  write("f.nas",
        "space net = tiny_mobilenet()\nsearch several = random() with direct() over net of maximize params, minimize macs\n"
        "  until evaluations >= 5 { seeds = 1..3 }\n"
        "search single = random() with direct() over net of maximize params until evaluations >= 5 { seeds = [4] }\n");
  EXPECT_EQ(text_of("$nas run f.nas 2>/dev/null"),
            "several: 3 runs, all computed\n"
            "  seed  networks  best params (M)  best macs (M)  evaluations  hypervolume\n"
            "     1         5           0.0451          1.025            5     1.55e+09\n"
            "     2         4           0.0483          0.885            5     3.75e+09\n"
            "     3         3           0.0474          0.818            5    4.782e+09\n"
            "  `show several[1]` prints the front of the first\n"
            "single[seed 4]: 1 network on the front, all computed\n"
            "  params (M)  architecture\n"
            "      0.0455  ks=3-5-3-5-3-5,e=3-2-4-2-4-3,d=3-3\n");
}

TEST_F(Tool, WhatAScriptShowsIsNotPrintedAgainAtTheEnd) {
  write("twice.nas",
        "space net = tiny_mobilenet()\nsearch front = random(evaluations = 5) of minimize macs\nsearch rest = random(evaluations "
        "= 6) "
        "of minimize params\nshow front\nshow 1 / 3, [2 / 3, 5, 2.5ms], 1e9 / 7, 4 / 2\n");
  const std::string text = text_of("$nas run twice.nas 2>/dev/null");
  EXPECT_EQ(text.find("front: 1 network on the front"), text.rfind("front: 1 network on the front")) << text;
  EXPECT_NE(text.find("rest: 1 network on the front"), std::string::npos) << text;
  EXPECT_NE(text.find("\n0.333333  [0.666667, 5, 2.5 ms]  142857142.85714287  2\n"), std::string::npos) << text;
}

TEST_F(Tool, AMissingStandardLibraryIsSaidWithWhereItWasLookedFor) {
  write("f.nas", "space net = ofa_mobilenetv3()\n");
  const auto outcome = shell("mkdir -p a/bin empty/spaces; cp $nas a/bin/nas; NAS_STDLIB=$PWD/empty a/bin/nas check f.nas");
  EXPECT_EQ(outcome.text,
            "error[E205]: there is no space component ofa_mobilenetv3, and no standard library\n"
            " --> f.nas:1:13\n"
            "1 | space net = ofa_mobilenetv3()\n"
            "  |             ^^^^^^^^^^^^^^^ set NAS_STDLIB to its folder, the one with spaces/tiny_mobilenet.nas in it\n"
            "  = it was looked for in FOLDER/empty, FOLDER/a/share/nas/stdlib, FOLDER/stdlib.  More: nas explain E205\n"
            "1 error in f.nas\n");
  EXPECT_EQ(outcome.code, 1);
}

TEST(RunText, ARunAndADifferenceReadWell) {
  const nlohmann::json record = {{"run", "r3"},
                                 {"script", "f.nas"},
                                 {"status", "failed"},
                                 {"started", "2026-01-31T23:59:00Z"},
                                 {"ended", "2026-02-01T00:01:05Z"},
                                 {"text", "seed 1\n\nshow 1\n"},
                                 {"facts",
                                  {{"seed", 1},
                                   {"failure", "no room"},
                                   {"versions", {{"nas", "0.1.0"}, {"torch", "LibTorch 1.13.1"}}},
                                   {"devices", {{"host", {{"cores", 2}, {"cpu", "a processor"}}}}},
                                   {"stages", {"weights", "front"}},
                                   {"seconds", {{"front", 65.2}, {"weights", 0.04}}},
                                   {"plan", "seed 1\n"}}},
                                 {"measurements",
                                  {{{"metric", "latency@host"}, {"count", 1}, {"seconds", 2.5}},
                                   {{"metric", "accuracy"}, {"count", 12}, {"seconds", 61.0}}}}};
  EXPECT_EQ(nas::run_text(record),
            "r3: f.nas, failed, took 2 min 05 s\n  started    2026-01-31 23:59:00 UTC\n  failure    no room\n  seed       1\n"
            "  versions   nas 0.1.0, LibTorch 1.13.1\n\ndevice host\n  cores      2\n  cpu        a processor\n\ntimes\n"
            "  weights          0.0 s\n  front            1 min 05 s\n\nmeasured in this run\n  latency@host             1 "
            "network, 2.5 s\n"
            "  accuracy                 12 networks, 1 min 01 s\n\nplan\n  seed 1\n\nscript\n  seed 1\n\n  show 1\n");
  const nlohmann::json changes = {{{"field", "/run"}, {"a", "r1"}, {"b", "r2"}},
                                  {{"field", "/status"}, {"a", "failed"}, {"b", "ok"}},
                                  {{"field", "/facts/seconds/front"}, {"a", 0.011}, {"b", 0.012}},
                                  {{"field", "/facts/devices/host/threads"}, {"a", 1}, {"b", nullptr}},
                                  {{"field", "/text"}, {"a", "a\nb\nc\n"}, {"b", "a\nx\nc\nd\n"}}};
  EXPECT_EQ(nas::diff_text("r1", "r2", changes),
            "r1 -> r2\n  status                       failed  ->  ok\n  devices.host.threads         1  ->  -\n\nscript\n  - b\n "
            " + x\n  + d\n");
}

TEST(ProgressLine, ShowsRateAndRemainingTime) {
  nas::ProgressEvent event{"front", "measuring", 10, 40, 5, "loss 0.61"};
  EXPECT_EQ(nas::progress_text(event, 0, false), "front  measuring  10/40  loss 0.61");
  EXPECT_EQ(nas::progress_text(event, 2, true), "front  measuring  [#####---------------]  10/40  2/s  15 s left  loss 0.61");
  EXPECT_EQ(nas::duration_text(125), "2 min 05 s");
  EXPECT_EQ(nas::duration_text(4200), "1 h 10 min");
}

TEST(ProgressLine, TellsWhatBecameOfEachStage) {
  std::string log, terminal;
  nas::ProgressLine lines(false, [&](const std::string&text) { log += text; }),
      bar(true, [&](const std::string&text) { terminal += text; });
  using Kind = nas::ProgressEvent::Kind;
  const auto tell = [&](const nas::ProgressEvent& event) {
    lines.on(event);
    bar.on(event);
  };
  tell({"front", "started", 0, 0, 0, "", Kind::started});
  for (int done = 1; done <= 20; ++done) tell({"front", "measuring", static_cast<double>(done), 20, 1.0 * done, "", Kind::step});
  tell({"front", "finished", 0, 0, 20, "", Kind::finished});
  tell({"other", "reused", 0, 0, 3, "", Kind::reused});
  tell({"branch", "skipped", 0, 0, 0, "", Kind::skipped});
  tell({"file", "failed", 0, 0, 0, "", Kind::failed});
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 14) << log;  // ten tenths and four ends
  EXPECT_TRUE(log.ends_with("front  done in 20 s\nother  reused\nbranch  skipped: its branch was not taken\nfile  failed\n"))
      << log;
  EXPECT_EQ(std::count(terminal.begin(), terminal.end(), '\n'), 4);
  EXPECT_NE(terminal.find("\r\033[Kfront  measuring  [####################]  20/20  1/s"), std::string::npos) << terminal;
}

// Every round's rate is its own: what a search did before it, and what an interrupted training had done, do not count.
TEST(ProgressLine, CountsEveryRoundFromItsOwnFirstStep) {
  std::string log;
  nas::ProgressLine lines(false, [&](const std::string& text) { log += text; });
  const auto tell = [&](const char* what, double done, double total, double seconds) {
    lines.on({"front", what, done, total, seconds, "", nas::ProgressEvent::Kind::step});
  };
  tell("training", 200, 400, 0.5);
  tell("training", 240, 400, 10.5);
  tell("accuracy", 1, 4, 30);
  tell("accuracy", 2, 4, 30.5);
  tell("accuracy", 4, 4, 31.5);
  tell("accuracy", 1, 4, 40);
  tell("accuracy", 3, 4, 44);
  EXPECT_EQ(log,
            "front  training  240/400  4/s  40 s left\nfront  accuracy  1/4\nfront  accuracy  4/4  2/s\nfront  accuracy  1/4\n"
            "front  accuracy  3/4  0.5/s  2.0 s left\n");
}

}  // namespace
