#include "stdlib/tactics/warm_start.h"

#include <algorithm>

#include "tests/engine/engine_fixture.h"
#include "tests/space/space_fixture.h"

namespace nas::testing {
namespace {

constexpr const char* kSmall =
    "def space small() {\n  let widths = [24, 40]\n  input = image(channels = 1, size = 28)\n  stem = conv(kernel = 3, out = 16, "
    "stride = 2)\n"
    "  repeat stage in 1..2 {\n    depth = choice(1, 2)\n    repeat block in depth {\n"
    "      mbconv(kernel = choice(3, 7), expand = choice(2, 4), out = widths[stage], stride = if block == 1 then 2 else 1)\n    "
    "}\n  }\n"
    "  extra = choice(skip(), conv(kernel = 3))\n  head = linear(10)\n}\n";

TEST(MapNetwork, WithinOneSpaceChangesNothing) {
  const auto made = compile_stdlib("tiny_mobilenet");
  Stream random(1, "map");
  for (int i = 0; i < 100; ++i) {
    const Arch arch = *made->space->sample(random);
    const MappedNetwork mapped = map_network(*made->space, arch, *made->space);
    // Genes of blocks that are not there have no say, whatever stands in for them.
    EXPECT_EQ(mapped.arch, arch);
    EXPECT_TRUE(mapped.unmatched.empty());
    EXPECT_TRUE(mapped.moved.empty());
  }
}

TEST(MapNetwork, MatchesGenesByNameAndOptionsByTextThenByNearestNumber) {
  const auto from = compile_stdlib("tiny_mobilenet");
  const auto to = compile(kSmall);
  ASSERT_EQ(to->errors(), "");
  const Arch arch = *from->space->parse("ks=5-3-5-3-5-3,e=2-3-4-4-2-2,d=1-3");
  const MappedNetwork mapped = map_network(*from->space, arch, *to->space);
  const auto values = to->space->gene_values(mapped.arch);
  auto value = [&](const std::string& gene) {
    for (const auto& [name, option] : values)
      if (name == gene) return option;
    return std::string("-");
  };
  EXPECT_EQ(value("stage[1].depth"), "1");
  EXPECT_EQ(value("stage[2].depth"), "2");            // 3 has no counterpart, 2 is the nearest
  EXPECT_EQ(value("stage[1].block[1].kernel"), "3");  // 5 is as near to 3 as to 7: the first
  EXPECT_EQ(value("stage[1].block[1].expand"), "2");
  EXPECT_EQ(value("stage[2].block[1].expand"), "4");
  EXPECT_EQ(value("stage[1].block[2].kernel"), "-");  // not in this network
  EXPECT_EQ(mapped.unmatched, std::vector<std::string>{"extra"});
  EXPECT_NE(std::find(mapped.moved.begin(), mapped.moved.end(), "stage[2].depth"), mapped.moved.end());
}

class WarmStart : public EngineTest {
 protected:
  static std::string script(const std::string& second) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"accuracy.csv\", unit = "
           "1%)\nobjective minimize macs\n"
           "search first = nsga2(population = 20, generations = 10) with direct()\n" +
           second;
  }
};

TEST_F(WarmStart, ASearchThatStartsFromAFrontDoesNotFallBehindIt) {
  const Outcome outcome =
      run(script("search second = nsga2(population = 40, generations = 1) with direct(), warm_start(first)\n"
                 "search third = random(evaluations = 40) with direct(), warm_start(first.front)\n"
                 "require compare(second, first).first >= compare(second, first).second\nshow second\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_NE(outcome.printed.find("networks of first\n"), std::string::npos) << outcome.printed;
}

TEST_F(WarmStart, FromAnExportedFileAndItsContentIsPartOfTheKey) {
  const std::string text = script("export first as csv to \"out/first.csv\"\n");
  ASSERT_EQ(run(text).status, Status::ok);
  std::filesystem::copy_file(folder_ + "/out/first.csv", folder_ + "/start.csv");
  const std::string warm =
      script("search second = nsga2(population = 40, generations = 1) with warm_start(file = \"start.csv\")\n");
  const Outcome one = run(warm);
  ASSERT_EQ(one.status, Status::ok) << one.diagnostics;
  EXPECT_EQ(run(warm).action.at("second"), "reuse");
  // One network less is another start.
  std::string rows = read_text(folder_ + "/start.csv");
  rows.erase(rows.rfind('\n', rows.size() - 2) + 1);
  write_text(folder_ + "/start.csv", rows);
  const Outcome two = run(warm);
  EXPECT_EQ(two.planned.at("second"), "the values behind tactics have changed");
}

TEST_F(WarmStart, WhatCannotBeStartedFromIsSaidBeforeAnythingRuns) {
  const auto diagnostics = [&](const std::string& second) {
    const Outcome outcome = run(script(second));
    EXPECT_EQ(outcome.status, Status::script_error);
    EXPECT_TRUE(outcome.finished.empty());
    return outcome.diagnostics.substr(0, outcome.diagnostics.find('\n'));
  };
  EXPECT_EQ(diagnostics("search second = nsga2() with warm_start(file = \"none.csv\")\n"),
            "error[E801]: there is no file " + folder_ + "/none.csv");
  write_text(folder_ + "/start.csv", "ks,accuracy\n3-3-3-3-3-3,1\n");
  EXPECT_EQ(diagnostics("search second = nsga2() with warm_start(file = \"start.csv\")\n"),
            "error[E813]: the columns of start.csv match no spelling of space tiny_mobilenet");
  EXPECT_EQ(diagnostics("search second = nsga2() with warm_start()\n"),
            "error[E403]: warm_start needs results or a file to start from");
  EXPECT_EQ(diagnostics("search second = nsga2() with warm_start(net)\n"),
            "error[E404]: warm_start takes results of searches, and this is a space");
  EXPECT_EQ(diagnostics("search second = nsga2() with direct(), full()\n"),
            "error[E706]: direct and full would both run the search");
}

}  // namespace
}  // namespace nas::testing
