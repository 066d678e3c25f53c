#include <gtest/gtest.h>

#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

constexpr const char* kSpace = "space net = tiny_mobilenet()\n";

TEST(Families, AreOneStageForEverySeedUnderOneStream) {
  const Checked checked = check_text(std::string(kSpace) +
                                     "search a = random() of maximize macs, minimize params { seeds = [3, 1] }\n"
                                     "show a[1].best.macs, mean(a.best.macs), a\n"
                                     "plot pareto(a) to \"out/a.svg\"\n");
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "search"), (std::vector<std::string>{"a[seed 3]", "a[seed 1]"}));
  for (const std::uint64_t seed : {3u, 1u}) {
    const CheckedStage* run = checked.stage("a[seed " + std::to_string(seed) + "]");
    EXPECT_EQ(run->stream, "a");
    EXPECT_EQ(run->seed, seed);
  }
  EXPECT_EQ(checked.stage("pareto")->shows, (std::vector<std::string>{"a[seed 3]", "a[seed 1]"}));
  EXPECT_EQ(checked.stage("show")->needs, (std::vector<std::string>{"a[seed 3]", "a[seed 1]"}));
}

TEST(Families, MembersArePickedLikeItems) {
  const Checked checked = check_text(std::string(kSpace) +
                                     "search random() of maximize macs, minimize params { seeds = 1..3 }\nshow "
                                     "random[-1].best.macs, compare(random[1], random[2]).p\n");
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(checked.stage("show")->needs, (std::vector<std::string>{"random[seed 3]", "random[seed 1]", "random[seed 2]"}));
}

TEST(Families, WhatHasNoChanceInItTakesNoSeeds) {
  EXPECT_EQ(
      check_text(std::string(kSpace) +
                 "search a = random() of maximize macs, minimize params\nplot pareto(a) to \"out/a.svg\" { seeds = 1..5 }\n")
          .text,
      R"~(error[E704]: plot does not depend on a seed
 --> b.nas:3:33
3 | plot pareto(a) to "out/a.svg" { seeds = 1..5 }
  |                                 ^^^^^
  = train, search, profile and tune take seeds.  More: nas explain E704
)~");
}

TEST(Families, OfTunesAreOneForEverySeed) {
  const Checked checked = check_text(std::string(kSpace) +
                                     "device host = cpu()\nprofile base = latency over net on host\n"
                                     "profile test = latency over net on host { samples = 20 }\n"
                                     "tune best = ridge(alpha = choice(1, 2)) from base by grid() { seeds = [3, 1] }\n"
                                     "show best[1].trials, best\nplot residuals(best[2], test) to \"out/r.svg\"\n"
                                     "report best to \"out/r.html\"\n");
  ASSERT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "tune"), (std::vector<std::string>{"best[seed 3]", "best[seed 1]"}));
  for (const std::uint64_t seed : {3u, 1u}) {
    const CheckedStage* run = checked.stage("best[seed " + std::to_string(seed) + "]");
    EXPECT_EQ(run->stream, "best");
    EXPECT_EQ(run->seed, seed);
    EXPECT_TRUE(run->tuning);
  }
  EXPECT_EQ(checked.stage("show")->needs, (std::vector<std::string>{"best[seed 3]", "best[seed 1]"}));
  EXPECT_EQ(checked.stage("report")->shows, (std::vector<std::string>{"best[seed 3]", "best[seed 1]"}));
}

TEST(Families, WhatLearnsFromAListOfProfilesIsAList) {
  const std::string begin = std::string(kSpace) +
                            "device host = cpu()\ndevice two = cpu(threads = 2)\nprofile base = latency over net on host\n"
                            "predictor known = ridge() from base\n";
  const Checked seeds = check_text(begin +
                                   "profile probe = latency over net on two { samples = 20, seeds = [5, 2] }\n"
                                   "transfer fit = scale() of known from probe\nprofile test = latency over net on two\n"
                                   "show mean(spearman(fit, test)), fit[2]\n");
  ASSERT_EQ(seeds.text, "");
  EXPECT_EQ(names_of(seeds, "profile"), (std::vector<std::string>{"base", "probe[seed 5]", "probe[seed 2]", "test"}));
  EXPECT_EQ(names_of(seeds, "transfer"), (std::vector<std::string>{"fit[seed 5]", "fit[seed 2]"}));
  const CheckedStage* fit = seeds.stage("fit[seed 2]");
  EXPECT_EQ(fit->learning->probe, "probe[seed 2]");
  EXPECT_EQ(fit->learning->metric.label(), "latency@two");
  EXPECT_EQ(fit->stream, "fit");
  EXPECT_EQ(fit->seed, 2u);
  EXPECT_EQ(seeds.stage("show")->needs, (std::vector<std::string>{"fit[seed 5]", "test", "fit[seed 2]"}));

  const Checked devices = check_text(begin +
                                     "profile all = latency over net on [host, two]\n"
                                     "predictor each = gbdt() from all\nshow each[2].predicted(net.largest)\n");
  ASSERT_EQ(devices.text, "");
  EXPECT_EQ(names_of(devices, "predictor"), (std::vector<std::string>{"known", "each[host]", "each[two]"}));
  EXPECT_EQ(devices.stage("each[two]")->learning->probe, "all[two]");
  EXPECT_EQ(devices.stage("each[two]")->seed, std::nullopt);

  const Checked mixed = check_text(begin +
                                   "profile other = latency over net on two\npredictor both = ridge() from [base, other]\n"
                                   "tune one = ridge(alpha = choice(1, 2)) from [other] by grid()\nshow both, one\n");
  ASSERT_EQ(mixed.text, "");
  EXPECT_EQ(names_of(mixed, "predictor"), (std::vector<std::string>{"known", "both[base]", "both[other]"}));
  EXPECT_EQ(names_of(mixed, "tune"), (std::vector<std::string>{"one[other]"}));
}

TEST(Families, SeedsAreDistinctWholeNumbers) {
  const auto text = [](const std::string& seeds) {
    return check_text(std::string(kSpace) + "search a = random() of maximize macs, minimize params { seeds = " + seeds +
                      " }\nshow a\n")
        .text;
  };
  EXPECT_EQ(text("[1, 2, 1]"), R"~(error[E402]: seed 1 is given twice
 --> b.nas:2:65
2 | search a = random() of maximize macs, minimize params { seeds = [1, 2, 1] }
  |                                                                 ^^^^^^^^^
  = More: nas explain E402
)~");
  EXPECT_EQ(text("[1, -2]"), R"~(error[E404]: a seed is a whole number of at least 0, and this is -2
 --> b.nas:2:65
2 | search a = random() of maximize macs, minimize params { seeds = [1, -2] }
  |                                                                 ^^^^^^^
  = More: nas explain E404
)~");
  EXPECT_EQ(text("5"), R"~(error[E301]: seeds runs over a list or a range, and this is a plain number
 --> b.nas:2:65
2 | search a = random() of maximize macs, minimize params { seeds = 5 }
  |                                                                 ^
  = More: nas explain E301
)~");
  EXPECT_EQ(text("[]"), R"~(error[E404]: seeds is empty: there would be no run
 --> b.nas:2:65
2 | search a = random() of maximize macs, minimize params { seeds = [] }
  |                                                                 ^^
  = More: nas explain E404
)~");
  EXPECT_EQ(text("1..100000"), R"~(error[E208]: seeds would run 100000 times; the limit is 10000
 --> b.nas:2:65
2 | search a = random() of maximize macs, minimize params { seeds = 1..100000 }
  |                                                                 ^^^^^^^^^
  = More: nas explain E208
)~");
}

TEST(Families, AMistakeIsReportedOnceNotPerSeed) {
  EXPECT_EQ(check_text(std::string(kSpace) +
                       "search a = random(evaluation = 5) of maximize macs, minimize params { seeds = 1..5 }\nshow a\n")
                .text,
            R"~(error[E401]: random has no argument evaluation
 --> b.nas:2:19
2 | search a = random(evaluation = 5) of maximize macs, minimize params { seeds = 1..5 }
  |                   ^^^^^^^^^^ did you mean evaluations?
  = random takes evaluations.  More: nas explain E401
)~");
}

TEST(Families, OnlyEqualObjectivesCompare) {
  const std::string script = std::string(kSpace) +
                             "search a = random() of maximize macs, minimize params { seeds = 1..2 }\nsearch b = random() of "
                             "maximize macs, minimize memory\n";
  EXPECT_EQ(check_text(script + "show compare(a, b)\n").text, R"~(error[E705]: a[seed 1] and b have different objectives
 --> b.nas:4:6
4 | show compare(a, b)
  |      ^^^^^^^^^^^^^
  = a[seed 1]: maximize macs, minimize params; b: maximize macs, minimize memory.  More: nas explain E705
)~");
  EXPECT_EQ(check_text(script + "show compare(a)\n").text,
            R"~(error[E404]: compare takes two results of searches, or two families of them
 --> b.nas:4:6
4 | show compare(a)
  |      ^^^^^^^^^^ e.g. compare(first, second)
  = More: nas explain E404
)~");
  EXPECT_EQ(check_text(script + "show compare(a, net)\n").text,
            R"~(error[E301]: the result of a search is needed here, and this is a space
 --> b.nas:4:17
4 | show compare(a, net)
  |                 ^^^
  = More: nas explain E301
)~");
}

}  // namespace
}  // namespace nas::testing
