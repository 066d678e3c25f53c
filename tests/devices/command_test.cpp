// `command(...)`: another program measures. What it answers is measured, once; what it does wrong is told and survived.
#include <set>

#include "device_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Command : public DeviceTest {};

/// The networks of a table written by `export as csv`, by what stands in its first columns.
std::size_t rows_of_file(const std::vector<std::string>& lines) {
  return lines.empty() ? 0 : lines.size() - 1;
}

}  // namespace

TEST_F(Command, ItsValuesAreMeasuredOncePerNetworkAndInTheUnitThatTheScriptNames) {
  write_program("  echo \"{\\\"id\\\": $id, \\\"value\\\": 2.5, \\\"spread\\\": 0.5, \\\"count\\\": 7}\"");
  const Outcome outcome = run(board_script("", "export base as csv to \"base.csv\"\nshow base"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(outcome.printed, "latency@board of 12 networks: 2.5 to 2.5 ms, median 2.5 ms\n");
  const auto table = lines("base.csv");
  ASSERT_EQ(rows_of_file(table), 12u);
  EXPECT_NE(table[0].find("latency_board_ms,latency_board_ms_spread,latency_board_ms_count,"), std::string::npos) << table[0];
  EXPECT_NE(table[1].find(",2.5,0.5,7,"), std::string::npos) << table[1];
  EXPECT_TRUE(table[1].ends_with(",true")) << table[1];
  EXPECT_EQ(lines("started").size(), 1u);
  const auto asked = lines("asked");
  EXPECT_EQ(asked.size(), 12u);
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()).size(), 12u);
  EXPECT_TRUE(all_gone());
  // Again: from the store, and the program is not even started.
  ASSERT_EQ(run(board_script("", "show base")).status, Status::ok);
  EXPECT_EQ(lines("started").size(), 1u);
  // Another program under the same name has values of its own.
  write_program("  echo \"{\\\"id\\\": $id, \\\"value\\\": 4}\"");
  EXPECT_EQ(run(board_script("", "show base")).printed, "latency@board of 12 networks: 4 to 4 ms, median 4 ms\n");
}

TEST_F(Command, ASearchMeasuresWithItAndItsFrontIsMeasured) {
  write_program(kRight);
  const Outcome outcome =
      run("seed 2\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1ms)\npredictor ridge()\n"
          "search front = nsga2(population = 10, generations = 3) with concurrent(iter = 2, evaluate = 12)\n"
          "  of maximize params, minimize latency@board\nexport front as csv to \"front.csv\"\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  const auto asked = lines("asked");
  EXPECT_GT(asked.size(), 12u);
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()).size(), asked.size());
  EXPECT_EQ(read("front.csv").find(",false\n"), std::string::npos);
}

// Bytes that a program has counted, beside those that follow from the network.
TEST_F(Command, MemoryIsMeasuredWhereADeviceIsNamedAndComputedElsewhere) {
  write_program(
      "  case $line in *'\"metric\":\"memory\"'*) ;; *) exit 9 ;; esac\n  echo \"{\\\"id\\\": $id, \\\"value\\\": $((macs / "
      "1000))}\"");
  const Outcome outcome =
      run("seed 2\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1KB)\n"
          "profile held = memory over net on board { samples = 30 }\npredictor known = ridge() from held\n"
          "search front = nsga2(population = 10, generations = 3) with concurrent(iter = 1, evaluate = 12) using known\n"
          "  of minimize memory@board, minimize memory\n  where memory@board < 3MB\n"
          "export front as csv to \"front.csv\"\nshow held, front.best.memory < 200KB\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_TRUE(outcome.printed.starts_with("memory@board of 30 networks: 0.838 to 1.487 MB, median ")) << outcome.printed;
  EXPECT_TRUE(outcome.printed.ends_with("true\n")) << outcome.printed;
  const auto table = lines("front.csv");
  EXPECT_NE(table[0].find(",memory_board_B,"), std::string::npos) << table[0];
  EXPECT_NE(table[0].find(",memory_B,"), std::string::npos) << table[0];
  EXPECT_TRUE(table[1].ends_with(",true")) << table[1];
}

TEST_F(Command, WithoutPermissionNothingIsStarted) {
  options_.allow_run = false;
  write_program(kRight);
  EXPECT_EQ(run(board_script("", "show base")).text,
            "error[E842]: this script would start a program: sh board.sh\n"
            " --> s.nas:3:1\n"
            "3 | device board = command(\"sh board.sh\", unit = 1ms)\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ if that is what you want, allow it: nas run --allow-run\n"
            "  = More: nas explain E842\n");
  EXPECT_EQ(lines("started").size(), 0u);
}

TEST_F(Command, AProgramThatIsNotThereIsSaidBeforeAnythingRuns) {
  EXPECT_EQ(
      run("space net = tiny_mobilenet()\ndevice board = command(\"./not_there 5\", unit = 1ms)\n"
          "profile base = latency over net on board\nshow base\n")
          .text,
      "error[E819]: there is no program ./not_there\n"
      " --> s.nas:2:1\n"
      "2 | device board = command(\"./not_there 5\", unit = 1ms)\n"
      "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a name is looked for in PATH; a path is relative to the script\n"
      "  = More: nas explain E819\n");
  EXPECT_EQ(sentence(run("space net = tiny_mobilenet()\ndevice board = command(\"sh 'board.sh\", unit = 1ms)\n"
                         "profile base = latency over net on board\nshow base\n")),
            "error[E844]: the command sh 'board.sh has a ' without its partner");
  EXPECT_EQ(sentence(run("space net = tiny_mobilenet()\ndevice board = command(\" \", unit = 1ms)\n"
                         "profile base = latency over net on board\nshow base\n")),
            "error[E844]: the command names no program");
  EXPECT_EQ(run("device _board = command(\"\", unit = 1ms)\nshow 1\n").text,
            "error[E844]: the command names no program\n"
            " --> s.nas:1:1\n"
            "1 | device _board = command(\"\", unit = 1ms)\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ e.g. command(\"python3 board.py\", unit = 1ms)\n"
            "  = More: nas explain E844\n");
}

TEST_F(Command, ItsUnitIsThatOfTheMetric) {
  const std::string begin = "space net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\"";
  const std::string end = ")\nprofile base = latency over net on board\nshow base\n";
  EXPECT_EQ(sentence(run(begin + end)), "error[E302]: command says no unit for latency");
  EXPECT_EQ(sentence(run(begin + ", unit = 1mJ" + end)), "error[E303]: the unit of command is an energy, and latency is a time");
}

TEST_F(Command, WordsInQuotesStayTogetherAndNoShellLooksAtThem) {
  write_program("  echo \"{\\\"id\\\": $id, \\\"value\\\": 1, \\\"note\\\": \\\"$*\\\"}\"", "printf '%s\\n' \"$@\" > words\n");
  ASSERT_EQ(run("space net = tiny_mobilenet()\n"
                "device board = command(\"sh board.sh 'one word' *.sh \\$HOME a\\\"b c\\\"d\", unit = 1ms)\n"
                "profile base = latency over net on board { samples = 2 }\nshow base\n")
                .status,
            Status::ok);
  EXPECT_EQ(read("words"), "one word\n*.sh\n$HOME\nab cd\n");
}

TEST_F(Command, AShellLooksAtThemWhereTheScriptAsksForOne) {
  write_program(kRight, "echo \"$1\" > words\n");
  const Outcome outcome =
      run("space net = tiny_mobilenet()\ndevice board = command(\"WORD=7; sh board.sh \\$WORD\", unit = 1ms, shell = true)\n"
          "profile base = latency over net on board { samples = 2 }\nshow base\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(read("words"), "7\n");
}

// Everything that a program can do instead of answering, always: the stage fails, and says what the program did last.
TEST_F(Command, AProgramThatNeverAnswersFailsTheStageWithItsReason) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"exit 3", "it ended with exit code 3"},
      {"echo 'no board at port 5' >&2; exit 1", "it ended with exit code 1: no board at port 5"},
      {"kill -9 $$", "it was ended by signal 9 (Killed)"},
      {"sleep 1000", "it gave no answer within 0.3 s"},
      {"exec 1>&-; exec sleep 1000", "it closed its output"},
      {"echo hello", "it answered with no JSON object: hello"},
      {"echo", "it answered with an empty line"},
      {"echo \"{\\\"id\\\": $id, \\\"value\\\": NaN}\"", "it answered with no JSON object: {\"id\": 1, \"value\": NaN}"},
      {"echo \"{\\\"id\\\": $id, \\\"value\\\": -1}\"", "its value is -1, and has to be positive"},
      {"echo \"{\\\"id\\\": $id, \\\"value\\\": 0}\"", "its value is 0, and has to be positive"},
      {"echo \"{\\\"id\\\": $id, \\\"value\\\": \\\"fast\\\"}\"", "its value is no number: {\"id\": 1, \"value\": \"fast\"}"},
      {"echo \"{\\\"id\\\": $id}\"", "its answer has no value: {\"id\": 1}"},
      {"echo '{\"value\": 2}'", "its answer has no id: {\"value\": 2}"},
      {"echo '{\"id\": 77, \"value\": 2}'", "it answered for network 77, and was asked for network 1"},
      {"printf '{\"id\": %s, \"value\": 2}\\n{\"id\": %s, \"value\": 2}\\n' $id $id", "it answered more often than it was asked"},
      {"yes x | tr -d '\\n'", "it answered with more than a megabyte without a line end"},
  };
  int number = 0;
  for (const auto& [answer, reason] : cases) {
    write_program(answer);
    const std::string limit = answer == "sleep 1000" ? ", time_out = 0.3s" : "";
    options_.store_folder = (folder_.path() / fmt::format("store{}", ++number)).string();
    const Outcome outcome = run(board_script(limit + ", retries = 0, failures = 1", "show base"));
    EXPECT_EQ(outcome.status, Status::stage_failed) << answer;
    EXPECT_EQ(
        outcome.text,
        fmt::format("error[E843]: sh board.sh has given no value for 1 network: {}\n"
                    " --> s.nas:4:1\n"
                    "4 | profile base = latency over net on board {{ samples = 12 }}\n"
                    "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ docs/devices.md says what it is asked and "
                    "what it has to answer\n"
                    "  = More: nas explain E843\n",
                    reason))
        << answer;
    EXPECT_TRUE(all_gone()) << answer;
  }
}

TEST_F(Command, WhatItSaysAboutANetworkIsKeptAndTheOthersGoOn) {
  write_program("  if [ $((macs % 5)) -lt 2 ]; then echo \"{\\\"id\\\": $id, \\\"error\\\": \\\"out of memory\\\"}\"; else\n" +
                std::string(kRight) + "\nfi");
  const std::string script = board_script("", "export base as csv to \"base.csv\"\nshow base", 30);
  const Outcome outcome = run(script);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(lines("asked").size(), 30u);
  EXPECT_EQ(lines("started").size(), 1u);
  const std::size_t with_values = rows_of_file(lines("base.csv"));
  EXPECT_LT(with_values, 30u);
  EXPECT_TRUE(outcome.printed.starts_with(fmt::format("latency@board of {} networks: ", with_values))) << outcome.printed;
  EXPECT_NE(outcome.printed.find("\n  no latency@board of "), std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find(": it says: out of memory\n"), std::string::npos) << outcome.printed;
  // A network that has no value is not asked for again by a run that goes on in the same store.
  ASSERT_EQ(run(board_script("", "show base", 31)).status, Status::ok);
  EXPECT_LE(lines("asked").size(), 31u);
  // Where all have none, there is nothing to go on with.
  write_program("  echo \"{\\\"id\\\": $id, \\\"error\\\": \\\"out of memory\\\"}\"");
  EXPECT_EQ(sentence(run(board_script("", "show base"))),
            "error[E843]: none of 12 networks has a latency@board: it says: out of memory");
}

TEST_F(Command, ASearchPassesOverNetworksWithoutAValue) {
  write_program("  if [ $macs -gt 900000 ]; then exit 9; fi\n" + std::string(kRight));
  const Outcome outcome = run(
      "seed 2\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1ms, retries = 0, failures = 100)\n"
      "search front = nsga2(population = 16, generations = 3) with direct()\n"
      "  of maximize macs, minimize latency@board\nexport front as csv to \"front.csv\"\nshow front.best.macs <= 900k\nshow "
      "front");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_TRUE(outcome.printed.starts_with("true\n")) << outcome.printed;
  EXPECT_NE(outcome.printed.find(": it ended with exit code 9\n"), std::string::npos) << outcome.printed;
  // Predictors learn from the networks that have a value.
  const Outcome learnt = run(
      "seed 2\nspace net = tiny_mobilenet()\ndevice board = command(\"sh board.sh\", unit = 1ms, retries = 0, failures = 100)\n"
      "predictor ridge()\nsearch front = nsga2(population = 16, generations = 3) with concurrent(iter = 2, evaluate = 20)\n"
      "  of maximize macs, minimize latency@board\nshow front.best.macs <= 900k\n");
  EXPECT_EQ(learnt.printed, "true\n") << learnt.text;
}

TEST_F(Command, AProgramThatEndsNowAndThenIsStartedAgain) {
  // Every start answers two requests.
  write_program("  n=$((n + 1)); if [ $n -gt 2 ]; then echo gone >&2; exit 4; fi\n" + std::string(kRight), "n=0\n");
  const Outcome outcome = run(board_script("", "show base"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(lines("started").size(), 6u);
  EXPECT_NE(outcome.printed.find("\n  sh board.sh was started 5 times more: it ended with exit code 4: gone\n"),
            std::string::npos)
      << outcome.printed;
  EXPECT_TRUE(outcome.printed.starts_with("latency@board of 12 networks: ")) << outcome.printed;
}

TEST_F(Command, AnInterruptedProfileGoesOnAndMeasuresNothingTwice) {
  write_program(kRight);
  const std::string script = board_script("", "export base as csv to \"base.csv\"\n");
  EXPECT_EQ(run(script, [](int measured) { return measured == 5; }).status, Status::interrupted);
  EXPECT_EQ(lines("asked").size(), 5u);
  EXPECT_TRUE(all_gone());
  ASSERT_EQ(run(script).status, Status::ok);
  const auto asked = lines("asked");
  EXPECT_EQ(asked.size(), 12u);
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()).size(), 12u);
  const std::string bytes = read("base.csv");
  options_.fresh = true;
  ASSERT_EQ(run(script).status, Status::ok);
  EXPECT_EQ(read("base.csv"), bytes);
}

TEST_F(Command, CancellingEndsAProgramThatHangs) {
  // The fourth request is never answered; the program ignores a polite request to end, and has a child of its own.
  write_program(
      "  n=$((n + 1)); if [ $n -eq 4 ]; then sleep 1000 & echo $! >> started; echo > hangs; wait; fi\n" + std::string(kRight),
      "trap '' TERM INT\nn=0\n");
  write("s.nas", board_script("", "show base"));
  Interpreter interpreter(options_);
  ASSERT_TRUE(interpreter.load_file((folder_.path() / "s.nas").string()));
  std::thread canceller([&] {
    for (int wait = 0; wait < 6000 && !std::filesystem::exists(folder_.path() / "hangs"); ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    interpreter.cancel();
  });
  EXPECT_EQ(interpreter.run(), Status::interrupted);
  canceller.join();
  EXPECT_EQ(lines("started").size(), 2u);
  EXPECT_TRUE(all_gone());
}

// What the page shows is a program that works.
TEST_F(Command, TheProgramOfThePageRuns) {
  if (std::system("python3 -c 'import json' 2>/dev/null") != 0) GTEST_SKIP() << "there is no python3 here";
  const auto page = fences(slurp(source_folder() / "docs/devices.md"));
  std::string script;
  for (const Fence& fence : page) {
    if (fence.label == "python") write("board.py", fence.text);
    if (fence.label == "nas" && script.empty()) script = fence.text;
  }
  const Outcome outcome = run(script);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_TRUE(outcome.printed.starts_with("latency@board of 40 networks: ")) << outcome.printed;
}
