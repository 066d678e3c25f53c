// The clause `until` of a search: what it means, and every mistake in its words.
#include <gtest/gtest.h>

#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

std::string script(const std::string& until, const std::string& before = "") {
  return "space net = tiny_mobilenet()\n" + before + "search s = nsga2() of minimize macs, minimize params " + until + "\n";
}

struct Meaning {
  std::string until;
  std::int64_t evaluations;
  int stalled;
  double elapsed;
  std::string text;
};

TEST(Until, ConditionsMeanWhatTheySay) {
  const Meaning meanings[] = {
      {"until evaluations >= 500", 500, 0, 0, "evaluations >= 500"},
      {"until evaluations > 500", 501, 0, 0, "evaluations > 500"},
      {"until 500 <= evaluations", 500, 0, 0, "evaluations >= 500"},
      {"until evaluations >= 2k", 2000, 0, 0, "evaluations >= 2000"},
      {"until stalled(20)", 0, 20, 0, "stalled(20)"},
      {"until stalled(rounds = 3)", 0, 3, 0, "stalled(3)"},
      {"until elapsed > 1h", 0, 0, 3600, "elapsed > 3600s"},
      {"until elapsed >= 90s", 0, 0, 90, "elapsed > 90s"},
      {"until elapsed > 1h or evaluations >= 10 or stalled(2)", 10, 2, 3600,
       "elapsed > 3600s or evaluations >= 10 or stalled(2)"},
      {"until stalled(5), evaluations >= 10", 10, 5, 0, "stalled(5) or evaluations >= 10"},
  };
  for (const Meaning& m : meanings) {
    const Checked checked = check_text(script(m.until));
    ASSERT_EQ(checked.text, "") << m.until;
    const CheckedSearch& search = *checked.stage("s")->search;
    EXPECT_EQ(search.until.evaluations, m.evaluations) << m.until;
    EXPECT_EQ(search.until.stalled, m.stalled) << m.until;
    EXPECT_DOUBLE_EQ(search.until.elapsed, m.elapsed) << m.until;
    EXPECT_EQ(search.until_text, m.text);
  }
  // Bounds are values of the language.
  const Checked checked = check_text(script("until evaluations >= 3 * n", "let n = 100\n"));
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(checked.stage("s")->search->until.evaluations, 300);
}

// A length that is written stays; one that is not leaves the end to `until`.
TEST(Until, TakesThePlaceOfALengthThatIsNotWritten) {
  const auto arguments = [](const std::string& call) {
    const Checked checked =
        check_text("space net = tiny_mobilenet()\nsearch s = " + call + " of minimize macs, minimize params until stalled(3)\n");
    EXPECT_EQ(checked.text, "");
    return checked.stage("s")->search->algorithm.without_length();
  };
  EXPECT_EQ(arguments("nsga2(population = 20)").at("generations"), 1000000);
  EXPECT_EQ(arguments("nsga2(population = 20, generations = 7)").at("generations"), 7);
  EXPECT_EQ(arguments("nsga2(20, 7)").at("generations"), 7);
  EXPECT_EQ(arguments("nsga2(20)").at("population"), 20);
}

struct Mistake {
  const char* name;
  std::string until;
  std::string shown;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

constexpr const char* kLine = "search s = nsga2() of minimize macs, minimize params ";

/// The whole rendered text of a mistake whose caret begins `at` columns into the clause.
std::string shown(const std::string& code, const std::string& message, const std::string& until, std::size_t at,
                  std::size_t width, const std::string& label, const std::string& note = "") {
  const std::size_t column = std::string(kLine).size() + at;
  return "error[" + code + "]: " + message + "\n --> b.nas:2:" + std::to_string(column + 1) + "\n2 | " + kLine + until +
         "\n  | " + std::string(column, ' ') + std::string(width, '^') + (label.empty() ? "" : " " + label) +
         "\n  = " + (note.empty() ? "" : note + (note.back() == '.' ? "  " : ".  ")) + "More: nas explain " + code + "\n";
}

const std::string kExamples = "e.g. evaluations >= 500, stalled(20) or elapsed > 1h";

class UntilMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(UntilMistakes, AreShownWhole) {
  EXPECT_EQ(check_text(script(GetParam().until)).text, GetParam().shown);
}

const Mistake kMistakes[] = {
    {"ANumber", "until 3", shown("E301", "until needs a condition, and this is a plain number", "until 3", 6, 1, kExamples)},
    {"AName", "until evaluations",
     shown("E301", "until needs a condition, and evaluations is a name", "until evaluations", 6, 11, kExamples)},
    {"AnUnknownQuantity", "until generations >= 3",
     shown("E201", "until knows evaluations, stalled and elapsed, and not generations", "until generations >= 3", 6, 11,
           kExamples)},
    {"AnUnknownCall", "until stuck(3)",
     shown("E201", "until knows evaluations, stalled and elapsed, and not stuck", "until stuck(3)", 6, 5, kExamples)},
    {"AMetric", "until latency < 3ms",
     shown("E201", "until knows evaluations, stalled and elapsed, and not latency", "until latency < 3ms", 6, 7, kExamples)},
    {"ZeroEvaluations", "until evaluations >= 0",
     shown("E405", "the number of evaluations is 0", "until evaluations >= 0", 21, 1, "it must be at least 1")},
    {"HalfAnEvaluation", "until evaluations >= 2.5",
     shown("E404", "the number of evaluations is a whole number, and this is 2.5", "until evaluations >= 2.5", 21, 3, "")},
    {"EvaluationsInSeconds", "until evaluations >= 5s",
     shown("E303", "the number of evaluations is a whole number, and this is a time", "until evaluations >= 5s", 21, 2, "")},
    {"EvaluationsFall", "until evaluations <= 5",
     shown("E304", "evaluations only grows: the search would end at once", "until evaluations <= 5", 6, 16,
           "write evaluations >= 500")},
    {"ElapsedWithoutUnit", "until elapsed > 3600",
     shown("E302", "elapsed is compared with a plain number", "until elapsed > 3600", 16, 4, "write a unit, e.g. 3600s",
           "elapsed is a time (ns, us, ms, s, min, h).")},
    {"ElapsedInBytes", "until elapsed > 3MB",
     shown("E303", "elapsed is compared with a memory size", "until elapsed > 3MB", 16, 3, "write a time, e.g. 1h")},
    {"ElapsedInWords", "until elapsed > \"long\"",
     shown("E301", "elapsed is compared with a text", "until elapsed > \"long\"", 16, 6, "write a time, e.g. 1h")},
    {"NoTime", "until elapsed > 0s",
     shown("E405", "the time of elapsed is not more than 0", "until elapsed > 0s", 16, 2, "e.g. 1h")},
    {"StalledForNoRound", "until stalled(0)",
     shown("E405", "the number of rounds of stalled is 0", "until stalled(0)", 14, 1, "it must be at least 1")},
    {"StalledWithoutRounds", "until stalled()",
     shown("E403", "stalled needs a number of rounds", "until stalled()", 6, 9, "e.g. stalled(20)")},
    {"StalledCompared", "until stalled > 3",
     shown("E304", "stalled takes its rounds in brackets", "until stalled > 3", 6, 11, "e.g. stalled(20)")},
    {"JoinedByAnd", "until stalled(3) and evaluations >= 5",
     shown("E304", "the conditions of until are joined by or, not by and", "until stalled(3) and evaluations >= 5", 17, 3, "",
           "the first one that holds ends the search")},
    {"Twice", "until evaluations >= 5 or evaluations >= 9",
     shown("E402", "until has a condition on evaluations twice", "until evaluations >= 5 or evaluations >= 9", 26, 16,
           "the first one that holds ends the search")},
    {"AnObjective", "until maximize macs",
     shown("E301", "maximize stands before objectives only", "until maximize macs", 6, 13, "")},
};
INSTANTIATE_TEST_SUITE_P(All, UntilMistakes, ::testing::ValuesIn(kMistakes), [](const auto& info) { return info.param.name; });

TEST(Until, AValueThatIsKnownAfterTheRunCannotEndASearch) {
  const Checked checked = check_text(
      "space net = tiny_mobilenet()\nsearch a = nsga2() of minimize macs, minimize params\n"
      "search b = nsga2() of minimize macs, minimize params until evaluations >= a.evaluations\n");
  EXPECT_EQ(checked.text,
            "error[E301]: the number of evaluations is a number that is known before the run, and this value is known after it\n"
            " --> b.nas:3:75\n"
            "3 | search b = nsga2() of minimize macs, minimize params until evaluations >= a.evaluations\n"
            "  |                                                                           ^^^^^^^^^^^^^\n"
            "  = More: nas explain E301\n");
}

}  // namespace
}  // namespace nas::testing
