// Profiles, predictors that learn from them, transfers to other devices: values, resume, reuse, and what is said when it cannot
// be.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/space.h"
#include "engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// A device that counts what it measures. Its latency is a sum over the options: `slow` times that of the first one, plus what
/// one option costs more; 0 gives every network the same.
struct BoardArgs {
  double slow = 1;
  double extra = 0;
};
class Board : public Device, public MetricSource, public std::enable_shared_from_this<Board> {
 public:
  static inline std::atomic<int> measured{0};
  static inline std::function<void(int)> at_each;
  explicit Board(const BoardArgs& args) : args_(args) {}
  nlohmann::json identity() const override { return {{"board", key()}}; }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind&) const override {
    return std::static_pointer_cast<const MetricSource>(shared_from_this());
  }
  std::string key() const override { return fmt::format("board {} {}", args_.slow, args_.extra); }
  std::string provenance() const override { return "counted"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
      std::vector<float> x(space.feature_count());
      space.features(archs[i].genes, 1, x);
      double ms = 2;
      for (std::size_t j = 0; j < x.size(); ++j)
        ms += args_.slow * (0.1 + 0.05 * std::sqrt(static_cast<double>(j + 1))) * static_cast<double>(x[j]);
      done(i, {.value = args_.slow > 0 ? 1e-3 * (ms + args_.extra * static_cast<double>(x[1])) : 1e-3});
      const int count = ++measured;
      if (at_each) at_each(count);
    }
    return {};
  }

 private:
  BoardArgs args_;
};

void add_boards(Registry& registry) {
  registry.add(Declare<BoardArgs>(ComponentKind::device, "board", "Counts.")
                   .arg("slow", &BoardArgs::slow, "how much slower than the first one")
                   .arg("extra", &BoardArgs::extra, "what the second feature costs besides")
                   .gives({"latency"})
                   .builds([](const BoardArgs& a, Services&) {
                     return std::shared_ptr<void>(std::static_pointer_cast<Device>(std::make_shared<Board>(a)));
                   }));
}

class Learning : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = add_boards;
    Board::measured = 0;
    Board::at_each = nullptr;
  }
  static std::string script(const std::string& rest, int samples = 60) {
    return fmt::format(
        "seed 3\nspace net = tiny_mobilenet()\ndevice first = board()\ndevice second = board(slow = 3, extra = 2)\n"
        "profile base = latency over net on first {{ samples = {} }}\n{}\n",
        samples, rest);
  }
};

}  // namespace

TEST_F(Learning, AProfileMeasuresEachNetworkOnceAndGoesOnWhereItWasInterrupted) {
  const std::string text = script("export base as csv to \"base.csv\"\nshow base");
  const Outcome whole = run(text);
  ASSERT_EQ(whole.status, Status::ok) << whole.diagnostics << whole.failure;
  EXPECT_EQ(Board::measured, 60);
  EXPECT_TRUE(whole.printed.starts_with("latency@first of 60 networks: ")) << whole.printed;
  const std::string bytes = file("base.csv");
  EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), 61);
  EXPECT_NE(bytes.find("latency_first_ms"), std::string::npos) << bytes.substr(0, 80);
  // Again: from the store.
  EXPECT_EQ(run(text).reused, (std::vector<std::string>{"base", "export csv"}));
  EXPECT_EQ(Board::measured, 60);
  // A larger one holds these, and measures only what is new.
  ASSERT_EQ(run(script("show base", 90)).status, Status::ok);
  EXPECT_LE(Board::measured, 150);
  // In a new store, interrupted and run again: nothing is measured twice, and the bytes are the same.
  const std::string folder = stopped_and_gone_on<Board>(text, add_boards, 23);
  EXPECT_EQ(Board::measured, 60);
  EXPECT_EQ(read_text(folder + "/base.csv"), bytes);
}

TEST_F(Learning, APredictorOfASumIsExactAndASearchUsesItsValuesAsPredictions) {
  const Outcome outcome = run(script(
      "predictor lin = ridge(alpha = 1e-9) of latency@first from base\n"
      "profile test = latency over net on first { samples = 50 }\n"
      "show spearman(lin, test) > 0.9999, kendall(lin, test) > 0.999, mape(lin, test) < 0.1%, rmse_share(lin, test) < 0.1%\n"
      "search front = nsga2(population = 20, generations = 10) using lin of minimize latency@first, maximize params\n"
      "show front.evaluations\nexport front as csv to \"front.csv\"",
      200));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "true  true  true  true\n200\n");
  EXPECT_EQ(Board::measured, 250);  // the search measured nothing
  EXPECT_NE(file("front.csv").find(",false\n"), std::string::npos);
  EXPECT_EQ(file("front.csv").find(",true\n"), std::string::npos);
}

TEST_F(Learning, ATransferGivesThePredictorOfTheOtherDevice) {
  const auto agreement = [&](const std::string& transfer) {
    const Outcome outcome =
        run(script("predictor lin = ridge(alpha = 1e-9) from base\nprofile probe = latency over net on second { samples = 90 }\n"
                   "profile test = latency over net on second { samples = 200 }\ntransfer fit = " +
                       transfer + "\nshow spearman(fit, test)\nshow rmse_share(fit, test)\nshow fit",
                   300));
    EXPECT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
    const std::size_t second = outcome.printed.find('\n') + 1;
    return std::tuple(std::stod(outcome.printed), std::stod(outcome.printed.substr(second)),
                      outcome.printed.substr(outcome.printed.find('\n', second) + 1));
  };
  const auto [reused, reused_error, reused_words] = agreement("reuse(lin) on second");
  const auto [scaled, scaled_error, scaled_words] = agreement("scale() of lin from probe on second");
  const auto [adapted, adapted_error, adapted_words] = agreement("oneproxy() of lin from probe on second");
  EXPECT_EQ(reused, scaled);  // a line does not change an order
  EXPECT_GT(adapted, 0.999);
  EXPECT_GT(adapted, scaled);
  EXPECT_LT(scaled_error, reused_error);
  EXPECT_LT(adapted_error, scaled_error);
  EXPECT_TRUE(scaled_words.starts_with("scale, ")) << scaled_words;
  EXPECT_TRUE(adapted_words.starts_with("oneproxy, 61 rows: Spearman ")) << adapted_words;
  EXPECT_NE(adapted_words.find("by ridge from scratch"), std::string::npos) << adapted_words;
  // The published form, and non-negative weights, adapt too.
  EXPECT_GT(
      std::get<0>(agreement("oneproxy(form = multiplicative, weights = nonnegative, select = rank) of lin from probe on second")),
      scaled);
}

TEST_F(Learning, BothBranchesGiveOneNameAndTheOneThatWasTakenServes) {
  const auto text = [](double threshold) {
    return script(
        fmt::format("predictor lin = ridge() from base\nprofile probe = latency over net on second {{ samples = 40 }}\n"
                    "when spearman(lin, probe) >= {} {{ transfer fit = reuse(lin) on second }}\n"
                    "otherwise {{ transfer fit = oneproxy() of lin from probe on second }}\n"
                    "search front = random(evaluations = 30) using fit of minimize latency@second, maximize params\nshow fit",
                    threshold));
  };
  const Outcome low = run(text(-1.0)), high = run(text(1.01));
  ASSERT_EQ(low.status, Status::ok) << low.diagnostics << low.failure;
  ASSERT_EQ(high.status, Status::ok) << high.diagnostics << high.failure;
  EXPECT_TRUE(low.printed.starts_with("ridge")) << low.printed;
  EXPECT_TRUE(high.printed.starts_with("oneproxy")) << high.printed;
  EXPECT_EQ(Board::measured, 100);  // the second run measured nothing
}

TEST_F(Learning, ThreadsDoNotMatterAndAnotherSeedIsAnotherResult) {
  const auto text = [](int seed) {
    return "seed " + std::to_string(seed) +
           script(
               "predictor lin = ridge() from base\nprofile probe = latency over net on second { samples = 40 }\n"
               "transfer fit = oneproxy() of lin from probe on second\n"
               "search front = nsga2(population = 20, generations = 5) using fit of minimize latency@second, maximize params\n"
               "export front as csv to \"front.csv\"")
               .substr(6);
  };
  ASSERT_EQ(run(text(3)).status, Status::ok);
  const std::string bytes = file("front.csv");
  options_.fresh = true;
  options_.threads = 2;
  ASSERT_EQ(run(text(3)).status, Status::ok);
  EXPECT_EQ(file("front.csv"), bytes);
  ASSERT_EQ(run(text(4)).status, Status::ok);
  EXPECT_NE(file("front.csv"), bytes);
}

TEST_F(Learning, OfATableOnlyItsRowsAreDrawn) {
  std::string csv = "ks,e,d,ms\n";
  const auto rows = {"3-3-3-3-3-3,2-2-2-2-2-2,1-1,1.5", "5-5-5-5-5-5,4-4-4-4-4-4,3-3,4.5", "3-3-3-5-5-5,2-2-2-3-3-3,3-3,2.5"};
  for (const char* row : rows) csv += std::string(row) + "\n";
  write_text(folder_ + "/t.csv", csv);
  const Outcome outcome =
      run("space net = tiny_mobilenet()\ndevice phone = table(\"t.csv\", value = \"ms\", unit = 1ms)\nprofile p = latency over "
          "net on phone "
          "{ samples = 100 }\nshow p\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "latency@phone of 3 networks: 1.5 to 4.5 ms, median 2.5 ms\n");
}

TEST_F(Learning, WhatCannotBeLearntIsSaid) {
  const auto failure = [&](const std::string& rest, int samples = 60) {
    const Outcome outcome = run(script(rest, samples));
    EXPECT_NE(outcome.status, Status::ok);
    return outcome.diagnostics + outcome.failure;
  };
  EXPECT_NE(failure("predictor lin = ridge() from base\nshow lin", 5)
                .find("lin cannot learn from base: ridge needs at least 10 measured networks, there are 5"),
            std::string::npos)
      << failure("predictor lin = ridge() from base\nshow lin", 5);
  const std::string no_probe = failure("predictor lin = ridge() from base\ntransfer fit = oneproxy() of lin on second\nshow fit");
  EXPECT_EQ(no_probe,
            "error[E840]: oneproxy needs at least 10 networks that were measured on second, there are 0\n --> " + folder_ +
                "/script.nas:7:16\n7 | transfer fit = oneproxy() of lin on second\n  |                ^^^^^^^^^^ say which "
                "profile they are in with from\n  = More: nas explain E840\n");
  EXPECT_NE(failure("predictor lin = ridge() from base\nprofile probe = latency over net on second { samples = 6 }\n"
                    "transfer fit = oneproxy() of lin from probe\nshow fit")
                .find("oneproxy needs at least 10 networks that were measured on second, there are 6\n --> "),
            std::string::npos);
  EXPECT_NE(failure("profile probe = latency over net on second { samples = 4 }\nshow spearman(base, probe)", 4)
                .find("spearman needs at least 3 networks that base and probe both know, there are "),
            std::string::npos);
}
