#include "check/explain.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "tests/check/check_fixture.h"

namespace nas {
static void PrintTo(const Explanation& explanation, std::ostream* out) {
  *out << explanation.title;
}
}  // namespace nas

namespace nas::testing {
namespace {

/// Mistakes that a script alone shows; others stand in files, devices or stores, and have tests of their own.
std::vector<Explanation> with_scripts() {
  std::vector<Explanation> found;
  for (const auto& e : all_explanations())
    if (*e.wrong) found.push_back(e);
  return found;
}

class EveryExplanation : public ::testing::TestWithParam<Explanation> {};

// The wrong example shows its own code and no other.
TEST_P(EveryExplanation, WrongExampleGivesExactlyItsCode) {
  const Checked checked = check_text(GetParam().wrong);
  EXPECT_EQ(checked.codes, std::set<std::string>{GetParam().code}) << checked.text;
}

TEST_P(EveryExplanation, RightExampleGivesNothing) {
  const Checked checked = check_text(GetParam().right);
  EXPECT_TRUE(checked.codes.empty()) << checked.text;
}

INSTANTIATE_TEST_SUITE_P(Codes, EveryExplanation, ::testing::ValuesIn(with_scripts()),
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
