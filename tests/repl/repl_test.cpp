// Sessions as a person has them: by keystrokes in a terminal, screens compared; and through a pipe.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "terminal.h"
#include "tests/cli/shell.h"

using namespace nas::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

namespace fs = std::filesystem;

const std::string kTool = NAS_BINARY_DIR "/bin/nas";
const std::string kGreeting = "nas 0.1.0; :help says what can be done, Ctrl-D leaves\n";
const std::string kSearch =
    "search front = nsga2(population = 8, generations = 4) with direct() of maximize params, minimize macs";
/// A search that goes on for a long time.
const std::string kLong =
    "search long = nsga2(population = 400, generations = 900000) with direct() of maximize params, minimize macs";

class Repl : public InFolder {
 protected:
  void SetUp() override {
    if (!fs::exists(kTool)) GTEST_SKIP() << "the tool is not built";
    InFolder::SetUp();
  }
  /// A session in a terminal; NO_COLOR unless `colours`.
  std::unique_ptr<Terminal> terminal(const std::vector<std::string>& arguments = {"repl"}, const std::string& locale = "C.UTF-8",
                                     int rows = 24, bool colours = false) {
    std::vector<std::string> command = {kTool};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto made = std::make_unique<Terminal>(
        command,
        std::vector<std::pair<std::string, std::string>>{{"TERM", "xterm"},
                                                         {"LC_ALL", locale},
                                                         {"NO_COLOR", colours ? "" : "1"},
                                                         {"NAS_HISTORY", (folder_ / "history").string()}},
        folder_.string(), 80, rows);
    EXPECT_TRUE(made->until_ends("nas>")) << made->screen();
    return made;
  }
  /// What a session through a pipe prints to both outputs, and its exit code.
  Outcome piped(const std::string& entries, const std::string& more = "") {
    write("entries.txt", entries);
    return run_line("cd " + quoted(folder_.string()) + " && LC_ALL=C.UTF-8 " + kTool + " repl " + more + " < entries.txt");
  }
};

}  // namespace

TEST_F(Repl, ValuesAreShownAndThePromptComesBack) {
  auto t = terminal({});
  t->type("let a = 2\r");
  t->type("a + 3\r");
  ASSERT_TRUE(t->until_ends("\n5\nnas>")) << t->screen();
  EXPECT_EQ(t->screen(), kGreeting + "nas> let a = 2\nnas> a + 3\n5\nnas>");
  t->type("\x04");
  EXPECT_EQ(t->wait(), 0);
}

TEST_F(Repl, AMistakeIsShownWithItsCaretAndChangesNothing) {
  auto t = terminal();
  t->type("let a = 25ms + 3\r:quit\r");
  EXPECT_EQ(t->wait(), 0);
  EXPECT_EQ(t->screen(), kGreeting +
                             "nas> let a = 25ms + 3\n"
                             "error[E302]: a time and a plain number cannot be added\n"
                             " --> entry 1:1:16\n"
                             "1 | let a = 25ms + 3\n"
                             "  |         ----   ^ write a unit, e.g. 3ms\n"
                             "  = a time is written with a unit (ns, us, ms, s).  More: nas explain E302\n"
                             "nas> :quit");
}

TEST_F(Repl, AnEntryGoesOnUntilItIsFinishedAndCtrlCLeavesIt) {
  auto t = terminal();
  t->type("let a = [1,\r2\r]\ra\r");
  ASSERT_TRUE(t->until_ends("[1, 2]\nnas>")) << t->screen();
  t->type("let b = (1 +\r2\x03");
  ASSERT_TRUE(t->until_ends("^C\nnas>")) << t->screen();
  t->type("b\r");
  ASSERT_TRUE(t->until_ends("explain E201\nnas>")) << t->screen();
  EXPECT_EQ(t->screen(), kGreeting +
                             "nas> let a = [1,\n...> 2\n...> ]\nnas> a\n[1, 2]\n"
                             "nas> let b = (1 +\n...> 2^C\n"
                             "nas> b\n"
                             "error[E201]: b is not known here\n"
                             " --> entry 3:1:1\n"
                             "1 | b\n"
                             "  | ^\n"
                             "  = More: nas explain E201\n"
                             "nas>");
}

TEST_F(Repl, AWordIsCompletedAndAmbiguousOnesAreListedWithHints) {
  auto t = terminal();
  t->type("sea\tfront = nsga2(pop\t");
  ASSERT_TRUE(t->until_ends("nas> search front = nsga2(population =")) << t->screen();
  t->type("8, mutation\t");
  ASSERT_TRUE(t->until_ends("nas> search front = nsga2(population = 8, mutation")) << t->screen();
  t->type("\t");
  ASSERT_TRUE(t->until_shows("share of children that mutate\nnas> search front = nsga2(population = 8, mutation")) << t->screen();
  EXPECT_THAT(t->screen(), HasSubstr("  mutation =         one of reset, step, block, default reset: "));
  EXPECT_THAT(t->screen(), HasSubstr("  population =   whole number, 4 to 100000, default 50: "));
  t->type("\x03:sa\t");
  ASSERT_TRUE(t->until_shows("  :save ")) << t->screen();
  EXPECT_THAT(t->screen(), HasSubstr("  :sample   SPACE [N]  networks drawn at random\n"));
}

TEST_F(Repl, WholeEntriesAreRememberedBetweenSessionsAndFoundWithCtrlR) {
  {
    auto t = terminal();
    t->type("let a = [1,\r2]\rlet zebra = 5\r:quit\r");
    EXPECT_EQ(t->wait(), 0);
  }
  EXPECT_EQ(read("history"), "let a = [1,\\n2]\nlet zebra = 5\n:quit\n");
  auto t = terminal();
  t->type("\x10\x10\x10");  // the entry before, three times
  ASSERT_TRUE(t->until_shows("nas> let a = [1,\n2]")) << t->screen();
  t->type("\r");
  ASSERT_TRUE(t->until_ends("nas>")) << t->screen();
  t->type("a\r");
  ASSERT_TRUE(t->until_ends("[1, 2]\nnas>")) << t->screen();
  t->type("\x12zeb");
  ASSERT_TRUE(t->until_shows("bck:zeb")) << t->screen();
  t->type("\r");
  ASSERT_TRUE(t->until_shows("nas> let zebra = 5")) << t->screen();
}

TEST_F(Repl, WhatIsPastedIsOneEntry) {
  auto t = terminal();
  t->type("\033[200~let a = 1\nlet b = 2\033[201~\r");
  ASSERT_TRUE(t->until_ends("nas>")) << t->screen();
  t->type("a + b\r");
  ASSERT_TRUE(t->until_ends("\n3\nnas>")) << t->screen();
  EXPECT_EQ(read("history"), "let a = 1\\nlet b = 2\na + b\n");
}

TEST_F(Repl, AMegabytePastedIsAnEntryLikeAnother) {
  auto t = terminal();
  t->type("\033[200~let a = \"" + std::string(1 << 20, 'x') + "\"\033[201~");
  ASSERT_TRUE(t->until_shows("[1048586 bytes pasted]")) << t->screen();
  ASSERT_TRUE(t->until_ends("nas>")) << t->screen();
  t->type("a == \"x\"\r");
  ASSERT_TRUE(t->until_ends("\nfalse\nnas>")) << t->screen();
}

TEST_F(Repl, ControlCharactersAndBrokenBytesAreSaidNotObeyed) {
  auto t = terminal();
  t->type("\033[200~let a\x01\x07 = 1\033[201~\ra\r");
  ASSERT_TRUE(t->until_ends("\n1\nnas>")) << t->screen();
  const Outcome outcome = piped("let a = \"\xff\"\n2 + 2\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.text, HasSubstr("error[E111]: byte 10 of the script is not UTF-8\n --> entry 1:1:10\n"));
  EXPECT_THAT(outcome.text, HasSubstr("4\n"));
}

TEST_F(Repl, CtrlCStopsAStageAndTheSessionGoesOn) {
  auto t = terminal();
  t->type("space net = ofa_mobilenetv3()\r" + kLong + "\rlong\r");
  ASSERT_TRUE(t->until_shows("long  ")) << t->screen();  // its bar
  const auto start = std::chrono::steady_clock::now();
  t->type("\x03");
  ASSERT_TRUE(t->until_ends("interrupted: ask again to go on; what was measured is kept\nnas>")) << t->screen();
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 10) << "0.5 s on a quiet machine";
  t->type("2 + 3\r");
  ASSERT_TRUE(t->until_ends("\n5\nnas>")) << t->screen();
  t->type("\x04");
  EXPECT_EQ(t->wait(), 0);
}

TEST_F(Repl, AKilledSessionsResultsAreThereInTheNext) {
  {
    auto t = terminal();
    t->type("seed 1\rspace net = tiny_mobilenet()\r" + kSearch + "\rfront.evaluations\r");
    ASSERT_TRUE(t->until_ends("\n32\nnas>")) << t->screen();
    kill(t->child(), SIGKILL);
    EXPECT_EQ(t->wait(), -SIGKILL);
  }
  const Outcome outcome = piped("seed 1\nspace net = tiny_mobilenet()\n" + kSearch + "\n:plan front\n");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("reused, "));
}

TEST_F(Repl, MoreThanAScreenComesPageByPage) {
  auto t = terminal({"repl"}, "C.UTF-8", 10);
  t->type(":help\r");
  ASSERT_TRUE(t->until_ends("more lines: space goes on, q ends --")) << t->screen();
  t->type(" ");
  ASSERT_TRUE(t->until_shows(":compare")) << t->screen();
  t->type("q");
  ASSERT_TRUE(t->until_ends("\nnas>")) << t->screen();
}

TEST_F(Repl, WithoutUtf8EverythingIsAscii) {
  auto t = terminal({"repl"}, "C");
  t->type("seed 1\rspace net = tiny_mobilenet()\r" + kSearch + "\rnet\r");
  ASSERT_TRUE(t->until_shows("  head ")) << t->screen();
  ASSERT_TRUE(t->until_ends("nas>")) << t->screen();
  t->type("front\r");
  ASSERT_TRUE(t->until_shows("  hypervolume ")) << t->screen();
  t->type(" ");
  ASSERT_TRUE(t->until_ends("nas>")) << t->screen();
  for (const char c : t->bytes()) ASSERT_LT(static_cast<unsigned char>(c), 0x80);
}

TEST_F(Repl, ColoursComeUnlessTheyAreNotWanted) {
  auto coloured = terminal({"repl"}, "C.UTF-8", 24, true);
  coloured->type("let a = 1\r:quit\r");
  EXPECT_EQ(coloured->wait(), 0);
  EXPECT_THAT(coloured->bytes(), HasSubstr("\033[1;34mlet\033[0m a = \033[36m1\033[0m"));
  EXPECT_EQ(coloured->screen(), kGreeting + "nas> let a = 1\nnas> :quit");
  auto plain = terminal();
  plain->type("let a = 1\rlet b = (\x03:quit\r");
  EXPECT_EQ(plain->wait(), 0);
  EXPECT_THAT(plain->bytes(), Not(HasSubstr("\033[1;34m")));
}

TEST_F(Repl, AHistoryThatCannotBeKeptIsSaidOnce) {
  fs::create_directories(folder_ / "history");
  auto t = terminal();
  t->type("1\r2\r:quit\r");
  EXPECT_EQ(t->wait(), 0);
  EXPECT_EQ(shown(t->bytes()).find("the history FOLDER/history cannot be read: Is a directory"),
            shown(t->bytes()).rfind("the history FOLDER/history cannot be read: Is a directory"));
  EXPECT_THAT(shown(t->bytes()), HasSubstr("nas: the history FOLDER/history cannot be read: Is a directory"));
}

TEST_F(Repl, AClauseOnALineOfItsOwnGoesOnWithTheStage) {
  auto t = terminal();
  t->type("space net = tiny_mobilenet()\rsearch front = random(evaluations = 6) of maximize params, minimize macs\r");
  t->type("where macs < 1M\r:plan front\r");
  ASSERT_TRUE(t->until_shows(" where macs < 1M")) << t->screen();
}

TEST_F(Repl, AWindowMayBeResizedWhileALineIsTypedAndBetweenLines) {
  auto t = terminal();
  t->type("let long_name = 1234567 +");
  ASSERT_TRUE(t->until_ends("1234567 +"));
  t->resize(50, 20);
  t->type(" 1\rlong_name * 10\r");
  ASSERT_TRUE(t->until_shows("12345680")) << t->screen();
  // Hints are cut to the new width.
  t->type("search f = nsga2(crossover\t\t");
  ASSERT_TRUE(t->until_shows("crossover_share = ")) << t->screen();
  for (std::size_t at = 0, end; at < t->screen().size(); at = end + 1) {
    end = std::min(t->screen().find('\n', at), t->screen().size());
    EXPECT_LE(end - at, 50u) << t->screen();
  }
  ASSERT_TRUE(t->until_shows("one of uniform, one_point...")) << t->screen();
}

TEST_F(Repl, ParametersComeFromTheCommandLineAndCommentsAreSaved) {
  write("entries.txt", "# how often\nparam rounds : int = 5 in 1..20\nrounds\n# the end\n:save s.nas\n");
  const Outcome outcome = run_line("cd " + quoted(folder_.string()) + " && " + kTool + " repl -p rounds=9 < entries.txt");
  EXPECT_TRUE(outcome.text.starts_with("9\nwrote s.nas\n")) << outcome.text;
  EXPECT_EQ(read("s.nas"), "# how often\nparam rounds : int = 9 in 1..20\n# the end\n");
  EXPECT_EQ(run_line("cd " + quoted(folder_.string()) + " && " + kTool + " repl -p rounds < entries.txt").text,
            "nas: -p takes name=value, not rounds\n  e.g. -p rounds=3\n");
}

TEST_F(Repl, APipeHasNoPromptNoColoursAndSaysMistakesOnTheErrorOutput) {
  const Outcome outcome = piped("let a = 2\n# a comment\n\na * 21\n");
  EXPECT_EQ(outcome.text, "42\n");
  EXPECT_EQ(outcome.code, 0);
  write("entries.txt", "let a = 2\nb\n:sve\na\n");
  const Outcome errors = run_line("cd " + quoted(folder_.string()) + " && " + kTool + " repl < entries.txt 2>&1 >/dev/null");
  EXPECT_EQ(errors.code, 1);
  EXPECT_EQ(errors.text,
            "error[E201]: b is not known here\n"
            " --> entry 2:1:1\n"
            "1 | b\n"
            "  | ^\n"
            "  = More: nas explain E201\n"
            "nas: there is no command :sve\n"
            "  did you mean :save?\n");
}

TEST_F(Repl, APipesEntriesMayHaveClausesOnLinesOfTheirOwnAndEndUnfinished) {
  const Outcome outcome = piped(
      "seed 1\nspace net = tiny_mobilenet()\nsearch front = nsga2(population = 8, generations = 4) with direct()\n  # both at "
      "once\n  of maximize params, minimize macs\n"
      "front.evaluations\nlet a = (1\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.text,
            "32\n"
            "error[E101]: '(' is never closed\n"
            " --> entry 5:1:9\n"
            "1 | let a = (1\n"
            "  |         ^ write ')' where it ends\n"
            "  = More: nas explain E101\n");
}

TEST_F(Repl, EveryRefusalHasItsSentence) {
  const std::pair<const char*, const char*> refusals[] = {
      {":", "nas: there is no command :\n  all commands: :help\n"},
      {":hlep", "nas: there is no command :hlep\n  did you mean :help?\n"},
      {":type", "nas: the type of what?\n  e.g. :type front.best.latency\n"},
      {":doc", "nas: what is to be documented?\n  e.g. :doc nsga2\n"},
      {":doc nsag2", "nas: there is no component nsag2\n  did you mean nsga2?\n"},
      {":sample", "nas: of which space?\n  e.g. :sample net 3\n"},
      {":sample a", "nas: a is no space\n  e.g. :sample net 3\n"},
      {":sample a many", "nas: how many is a whole number from 1 to 10000, not many\n  e.g. :sample net 3\n"},
      {":draw", "nas: of which space?\n  e.g. :sample net 3\n"},
      {":show", "nas: which front?\n  e.g. :show front by latency limit 10\n"},
      {":show a", "nas: a is no front\n  a search gives one\n"},
      {":show a limit 0", "nas: limit takes a whole number from 1, not 0\n  e.g. :show front by latency limit 10\n"},
      {":show a sorted", "nas: sorted is neither by nor limit\n  e.g. :show front by latency limit 10\n"},
      {":compare a", "nas: which two searches?\n  e.g. :compare front other\n"},
      {":open", "nas: the picture of what?\n  e.g. :open front\n"},
      {":open a", "nas: there is no picture of a\n  of a front, a space or a network there is one\n"},
      {":save", "nas: to which file?\n  e.g. :save search.nas\n"},
      {":save no/such/folder.nas", "nas: no/such/folder.nas cannot be written\n"},
      {":load", "nas: which file?\n  e.g. :load search.nas\n"},
      {":load none.nas", "nas: there is no file none.nas\n"},
      {":drop", "nas: which name?\n  e.g. :drop front\n"},
      {":drop aa", "nas: no entry declares aa\n  did you mean a?\n"},
      {":set colour", "nas: there is no setting colour\n  settings are rows, time; a param is set by declaring it again\n"},
      {":set row 3", "nas: there is no setting row\n  did you mean rows?\n"},
      {":set rows many", "nas: rows is a whole number from 1 to 20, not many\n"},
      {":set time", "nas: time is on or off, not nothing\n"},
      {"require a > 5, \"a is too small\"", "nas: a is too small\n  a > 5\n"},
  };
  for (const auto& [entry, sentence] : refusals) {
    const Outcome outcome = piped(std::string("let a = 2\n") + entry + "\n");
    EXPECT_EQ(outcome.text, sentence) << entry;
    EXPECT_EQ(outcome.code, 1) << entry;
  }
}

TEST_F(Repl, AFrontIsListedAsWanted) {
  const std::string session = "seed 1\nspace net = tiny_mobilenet()\n" + kSearch + "\n";
  const Outcome listed = piped(session + ":show front by macs limit 2\n");
  EXPECT_EQ(listed.code, 0);
  EXPECT_THAT(listed.text,
              ::testing::MatchesRegex(
                  "front: 2 of [0-9]+ networks by macs, all computed\n  params \\(M\\)  macs \\(M\\)  architecture\n.*\n.*\n"));
  const Outcome wrong = piped(session + ":show front by latency\n");
  EXPECT_EQ(wrong.text, "nas: front has no column latency\n  its columns are params, macs\n");
}

TEST_F(Repl, WhatIsSavedRunsAndGivesTheSame) {
  const Outcome outcome =
      piped("seed 1\nspace net = tiny_mobilenet()\nseed 2\n" + kSearch + "\nfront.hypervolume\n:save saved.nas\n");
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_EQ(read("saved.nas"), "seed 2\nspace net = tiny_mobilenet()\n" + kSearch + "\n");
  const std::string in_folder = "cd " + quoted(folder_.string()) + " && ";
  EXPECT_EQ(run_line(in_folder + kTool + " fmt --check saved.nas").code, 0);
  write("again.nas", read("saved.nas") + "show front.hypervolume\n");
  const Outcome again = run_line(in_folder + kTool + " run --quiet --store fresh again.nas");
  EXPECT_EQ(again.code, 0) << again.text;
  EXPECT_EQ(outcome.text, "declared again: seed\n" + again.text + "wrote saved.nas\n");
}

TEST_F(Repl, AFileBeginsASessionAndPicturesAreWritten) {
  write("f.nas", "seed 1\nspace net = tiny_mobilenet()\n" + kSearch + "\nplot pareto(front) to \"out/p.svg\"\n");
  const Outcome outcome = piped(":open front\n:run\n", "f.nas");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.text,
              ::testing::MatchesRegex("f.nas: seed, net, front\nwrote front.svg\nwrote out/p.svg|f.nas: seed, net, front\nwrote "
                                      "front.svg\nfront: [0-9]+ networks on the front of 32 evaluated\nwrote out/p.svg\n"));
  EXPECT_THAT(read("front.svg"), HasSubstr("<svg"));
  EXPECT_THAT(read("out/p.svg"), HasSubstr("<svg"));
}
