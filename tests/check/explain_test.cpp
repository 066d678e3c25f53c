#include "check/explain.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

class EveryExplanation : public ::testing::TestWithParam<Explanation> {};

// The wrong example shows its own code and no other.
TEST_P(EveryExplanation, WrongExampleGivesExactlyItsCode) {
  if (!*GetParam().wrong) GTEST_SKIP() << "the mistake is not in a script";
  const Checked checked = check_text(GetParam().wrong);
  EXPECT_EQ(checked.codes, std::set<std::string>{GetParam().code}) << checked.text;
}

TEST_P(EveryExplanation, RightExampleGivesNothing) {
  if (!*GetParam().wrong) GTEST_SKIP() << "the mistake is not in a script";
  const Checked checked = check_text(GetParam().right);
  EXPECT_TRUE(checked.codes.empty()) << checked.text;
}

INSTANTIATE_TEST_SUITE_P(Codes, EveryExplanation, ::testing::ValuesIn(all_explanations().begin(), all_explanations().end()),
                         [](const auto& info) { return std::string(info.param.code); });

// Every code that the sources can print has an explanation, and each code is explained once.
TEST(Explanations, CoverEveryCodeInTheSources) {
  std::set<std::string> explained;
  for (const auto& e : all_explanations()) EXPECT_TRUE(explained.insert(e.code).second) << e.code;
  const std::regex code("\"([EW][0-9]{3})\"");
  for (const char* room : {"interpreter", "stdlib"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(NAS_SOURCE_DIR) / room)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = slurp(entry.path());
      for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it)
        EXPECT_TRUE(explained.count((*it)[1])) << (*it)[1] << " of " << entry.path() << " has no explanation";
    }
}

TEST(Explanations, PrintTitleCauseAndBothExamples) {
  EXPECT_EQ(
      explain("E307"),
      "E307: division by zero\n\nThe value behind the / is zero.\n\nWrong:\n    let a = 1 / 0\n\nRight:\n    let a = 1 / 2\n");
  EXPECT_EQ(explain("E999"), std::nullopt);
}

}  // namespace
}  // namespace nas::testing
