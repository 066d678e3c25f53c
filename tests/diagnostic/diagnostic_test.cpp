#include "core/diagnostic.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/check.h"

namespace nas {
namespace {

Span at(const SourceMap& sources, std::string_view what, std::uint32_t source = 0) {
  const auto begin = static_cast<std::uint32_t>(sources.text(source).find(what));
  return {source, begin, begin + static_cast<std::uint32_t>(what.size())};
}

// The picture of the contract, character by character.
TEST(Render, IsThePictureOfTheContract) {
  SourceMap sources;
  sources.add("b.nas", std::string(14, '\n') + "  where latency@xeon < 25 and macs < 600M\n");
  Diagnostic d{"E302",
               Severity::error,
               at(sources, "25"),
               "latency is compared with a plain number",
               "write a unit, e.g. 25ms",
               "latency is a time (ns, us, ms, s)",
               {{at(sources, "latency@xeon"), ""}}};
  EXPECT_EQ(render_text(d, sources, false),
            "error[E302]: latency is compared with a plain number\n"
            "  --> b.nas:15:24\n"
            "15 |   where latency@xeon < 25 and macs < 600M\n"
            "   |         ------------   ^^ write a unit, e.g. 25ms\n"
            "   = latency is a time (ns, us, ms, s).  More: nas explain E302\n");
}

TEST(Render, PutsLabelsOfOtherLinesIntoTheirOwnBlocks) {
  SourceMap sources;
  sources.add("a.nas", "let k = 3\n\nlet k = 4\n");
  sources.add("b.nas", "let other = 1\n");
  Diagnostic d{"E202",
               Severity::error,
               {0, 15, 16},
               "'k' is declared twice",
               "again here",
               "",
               {{{0, 4, 5}, "first here"}, {{1, 4, 9}, "seen here"}}};
  EXPECT_EQ(render_text(d, sources, false),
            "error[E202]: 'k' is declared twice\n"
            " --> a.nas:3:5\n"
            "1 | let k = 3\n"
            "  |     - first here\n"
            "3 | let k = 4\n"
            "  |     ^ again here\n"
            " ::: b.nas:1\n"
            "1 | let other = 1\n"
            "  |     ----- seen here\n"
            "  = More: nas explain E202\n");
}

// The caret stands under the character whatever width the ones before it take.
TEST(Render, AlignsAfterTabsAndWideCharacters) {
  SourceMap sources;
  sources.add("a.nas", "\té漢 bad\n");
  Diagnostic d{"E108", Severity::error, at(sources, "bad"), "m", "here", "", {}};
  EXPECT_EQ(render_text(d, sources, false),
            "error[E108]: m\n"
            " --> a.nas:1:5\n"
            "1 |     é漢 bad\n"
            "  |         ^^^ here\n"
            "  = More: nas explain E108\n");
}

TEST(Render, CutsLongLinesAroundTheCaret) {
  SourceMap sources;
  sources.add("a.nas", std::string(300, 'a') + "bad" + std::string(300, 'c'));
  Diagnostic d{"E108", Severity::error, at(sources, "bad"), "m", "here", "", {}};
  EXPECT_EQ(render_text(d, sources, false), "error[E108]: m\n --> a.nas:1:301\n1 | ..." + std::string(60, 'a') + "bad" +
                                                std::string(57, 'c') + "...\n  | " + std::string(63, ' ') +
                                                "^^^ here\n  = More: nas explain E108\n");
}

TEST(Render, ColoursOnRequest) {
  SourceMap sources;
  sources.add("a.nas", "x\n");
  Diagnostic d{"W901", Severity::warning, {0, 0, 1}, "m", "", "", {}};
  EXPECT_EQ(render_text(d, sources, true),
            "\x1b[1;33mwarning[W901]\x1b[0m: \x1b[1mm\x1b[0m\n \x1b[34m-->\x1b[0m a.nas:1:1\n\x1b[34m1 |\x1b[0m x\n"
            "\x1b[34m  |\x1b[0m \x1b[1;33m^\x1b[0m\n \x1b[34m = \x1b[0mMore: nas explain W901\n");
}

TEST(Render, JsonNamesPlacesAndSurvivesBadBytes) {
  SourceMap sources;
  sources.add("a.nas", "let k = 3\nlet k = \xff\n");
  Diagnostic d{"E202", Severity::error, {0, 14, 15}, "m \xff", "l", "n", {{{0, 4, 5}, "first"}}};
  const auto json = nlohmann::json::parse(render_json(d, sources));
  EXPECT_EQ(json["code"], "E202");
  EXPECT_EQ(json["line"], 2);
  EXPECT_EQ(json["column"], 5);
  EXPECT_EQ(json["end_column"], 6);
  EXPECT_EQ(json["labels"][0]["text"], "first");
  EXPECT_EQ(json["labels"][0]["line"], 1);
}

TEST(SourceMap, CountsCodePointsAndDropsLineEnds) {
  SourceMap sources;
  sources.add("a", "é x\r\nzwei");
  EXPECT_EQ(sources.position(0, 3).column, 3u);
  EXPECT_EQ(sources.line(0, 1), "é x");
  EXPECT_EQ(sources.line(0, 2), "zwei");
  EXPECT_EQ(sources.position(0, 6).line, 2u);
  EXPECT_EQ(sources.position(0, 99).column, 5u);
}

TEST(Diagnostics, AreOrderedByPlaceAndKeptOnce) {
  Diagnostics d;
  d.error("E2", {0, 5, 6}, "b");
  d.error("E1", {0, 1, 2}, "a");
  d.error("E2", {0, 5, 6}, "b");
  d.warning("W9", {0, 0, 1}, "w");
  d.sort_and_deduplicate();
  ASSERT_EQ(d.all().size(), 3u);
  EXPECT_EQ(d.all()[0].code, "W9");
  EXPECT_EQ(d.all()[1].code, "E1");
  EXPECT_EQ(d.error_count(), 2u);
}

TEST(DidYouMean, TakesTheNearestWithinAThird) {
  const std::vector<std::string> known = {"search", "space", "seed"};
  EXPECT_EQ(did_you_mean("serach", known), "search");  // exchanged neighbours are one step
  EXPECT_EQ(did_you_mean("spac", known), "space");
  EXPECT_EQ(did_you_mean("banana", known), "");
  EXPECT_EQ(did_you_mean("mb", {"ms", "MB"}), "MB");  // the same letters in another case
  EXPECT_EQ(did_you_mean("lat", {"last", "latency"}), "last");
  EXPECT_EQ(did_you_mean("acc", {"macs", "accuracy"}), "accuracy");  // the beginning of a name
  EXPECT_EQ(did_you_mean("ac", {"accuracy"}), "");
  EXPECT_EQ(did_you_mean("q", {"k"}), "");  // nothing in common is no suggestion
}

std::string seen;
TEST(Check, ShowsBothValuesToTheHookAndThrows) {
  BugHook before = set_bug_hook([](const std::string& text) { seen = text; });
  EXPECT_THROW(NAS_CHECK_EQ(1 + 1, 3), Bug);
  EXPECT_NE(seen.find("broken promise: 1 + 1 == 3: 2 and 3"), std::string::npos) << seen;
  EXPECT_THROW(NAS_CHECK(seen.empty()), Bug);
  NAS_CHECK(true);
  set_bug_hook(before);
}

}  // namespace
}  // namespace nas
