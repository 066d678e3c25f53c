// Conditions that cannot be met, and searches that do not suit what they are asked for: said before anything runs.
#include "engine_fixture.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Conditions : public EngineTest {
 protected:
  static std::string script(const std::string& search) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"accuracy.csv\", unit = 1%)\n"
           "objective minimize macs\nsearch front = " +
           search + "\n";
  }
  /// The message and its hint, without the lines of the script.
  std::string said(const std::string& search, const std::string& before = "") {
    const Outcome outcome = run(before + script(search));
    EXPECT_EQ(outcome.status, Status::script_error) << outcome.failure;
    EXPECT_TRUE(outcome.finished.empty());
    return outcome.diagnostics;
  }
  std::string shown(const std::string& code, const std::string& message, int line, const std::string& text, std::size_t column,
                    std::size_t width, const std::string& label) const {
    const std::string number = std::to_string(line), at = ":" + number + ":" + std::to_string(column);
    return "error[" + code + "]: " + message + "\n --> " + folder_ + "/script.nas" + at + "\n" + number + " | " + text +
           "\n  | " + std::string(column - 1, ' ') + std::string(width, '^') + " " + label + "\n  = More: nas explain " + code +
           "\n";
  }
};

TEST_F(Conditions, MacsAndParametersAreBoundedExactly) {
  EXPECT_EQ(said("nsga2() where macs < 1k"),
            shown("E827", "no network of net meets macs < 1000", 5, "search front = nsga2() where macs < 1k", 30, 9,
                  "macs reaches from 274800 to 1.82011M"));
  EXPECT_EQ(said("nsga2() where params > 1G"),
            shown("E827", "no network of net meets params > 1G", 5, "search front = nsga2() where params > 1G", 30, 11,
                  "params reaches from 6106 to 63978"));
}

// The range is that of the networks that the space's own requirement leaves.
TEST_F(Conditions, WhatASpaceRequiresNarrowsTheRange) {
  const Outcome outcome =
      run("def space toy() {\n  input = image(channels = 3, size = 8)\n"
          "  repeat block in choice(1, 2, 3) { conv(kernel = choice(1, 3, 5), out = choice(4, 8)) }\n  head = linear(10)\n"
          "  require macs < 30k\n}\nspace net = toy()\nsearch best = random() of minimize params where macs > 31k\n");
  EXPECT_EQ(outcome.status, Status::script_error);
  EXPECT_EQ(outcome.diagnostics,
            "error[E827]: no network of net meets macs > 31000\n"
            " --> " +
                folder_ +
                "/script.nas:8:49\n"
                "8 | search best = random() of minimize params where macs > 31k\n"
                "  |                                                 ^^^^^^^^^^ macs reaches from 808 to 29520\n"
                "  = More: nas explain E827\n");
}

TEST_F(Conditions, AValueThatIsAlmostOutOfReachIsFound) {
  // The smallest network alone meets it: 1 of the space's networks, which 200 or 2,000 samples would miss.
  const Outcome outcome = run(script("nsga2(population = 20, generations = 3) where macs <= 274800"));
  EXPECT_NE(outcome.status, Status::script_error) << outcome.diagnostics;
}

TEST_F(Conditions, ALookedUpValueIsDrivenToItsEnds) {
  EXPECT_EQ(said("nsga2() where accuracy > 99% and macs < 2M"),
            shown("E827", "no network of net was found that meets accuracy > 0.99", 5,
                  "search front = nsga2() where accuracy > 99% and macs < 2M", 30, 28,
                  "accuracy was found from 0.6 to 0.74, sampled and then driven towards the condition"));
}

TEST_F(Conditions, ARangeHasBothItsEnds) {
  const Outcome good = run(script("nsga2(population = 20, generations = 5) where 400k < macs < 900k"));
  EXPECT_EQ(good.status, Status::ok) << good.diagnostics << good.failure;
  EXPECT_EQ(said("nsga2() where 3M < macs < 4M"),
            shown("E827", "no network of net meets 3M < macs", 5, "search front = nsga2() where 3M < macs < 4M", 30, 14,
                  "macs reaches from 274800 to 1.82011M"));
}

// 66,564 networks, more than are walked through: what is refused must be impossible, and most of what is impossible is refused.
TEST_F(Conditions, OperationsAgainstParametersAreRefusedOnlyWithProof) {
  const auto made = compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  std::vector<std::pair<std::int64_t, std::int64_t>> all;
  std::vector<std::uint8_t> genome(space.gene_count());
  for (bool more = space.first_network(genome); more; more = space.next_network(genome))
    all.emplace_back(space.macs(genome), space.params(genome));
  int impossible = 0, refused = 0;
  for (int macs = 300; macs < 1800; macs += 250)
    for (int params = 7; params < 64; params += 8) {
      for (const bool fewer : {true, false}) {
        const bool possible = std::any_of(all.begin(), all.end(), [&](const auto& network) {
          return fewer ? network.first < macs * 1000 && network.second > params * 1000
                       : network.first > macs * 1000 && network.second < params * 1000;
        });
        const std::string where = fewer ? "macs < " + std::to_string(macs) + "k and params > " + std::to_string(params) + "k"
                                        : "macs > " + std::to_string(macs) + "k and params < " + std::to_string(params) + "k";
        write_text(folder_ + "/script.nas",
                   "space net = tiny_mobilenet()\nsearch a = nsga2() of minimize macs, minimize params where " + where + "\n");
        Interpreter interpreter(options_);
        ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
        const bool planned = interpreter.plan() == Status::ok;
        if (!planned) {
          EXPECT_FALSE(possible) << where << interpreter.render_diagnostics(false);
        }
        impossible += !possible;
        refused += !planned;
      }
    }
  EXPECT_GT(impossible, 10);
  EXPECT_GE(refused, impossible - impossible / 4) << "of " << impossible;
}

TEST_F(Conditions, AContradictionOfTheTwoSaysWhatTheOneLeavesOfTheOther) {
  EXPECT_EQ(
      said("nsga2() where macs < 400k and params > 60k"),
      shown("E827", "no network of net meets macs < 400000 and params > 60000", 5,
            "search front = nsga2() where macs < 400k and params > 60k", 30, 28, "where macs < 400000 params stays below 24886"));
  EXPECT_EQ(
      said("nsga2() where params < 20k and macs > 1.6M"),
      shown("E827", "no network of net meets macs > 1.6M and params < 20000", 5,
            "search front = nsga2() where params < 20k and macs > 1.6M", 30, 28, "where macs > 1.6M params stays above 22465"));
}

TEST_F(Conditions, SearchesThatLearnSayWhatTheyLack) {
  EXPECT_EQ(said("weaknas()"), shown("E707", "weaknas learns from measurements, and no predictor is declared for accuracy", 5,
                                     "search front = weaknas()", 16, 9, "write predictor ridge() of accuracy before the search"));
  EXPECT_EQ(said("bananas() of minimize macs, minimize params"),
            shown("E707", "bananas learns from measurements, and everything in this search is computed", 5,
                  "search front = bananas() of minimize macs, minimize params", 16, 9,
                  "these do not learn: age_moea, ctaea, evolution, exhaustive, mo_cmaes, moead, nsga2, nsga3, random, rnsga2, "
                  "sms_emoa, unsga3"));
  const std::string predictor = "predictor ridge() of accuracy\n";
  EXPECT_EQ(said("bananas() with full(samples = 20)", predictor),
            shown("E707", "bananas learns by itself, and with full it would learn from predictions", 6,
                  "search front = bananas() with full(samples = 20)", 16, 9, "leave the tactic out, or write with direct()"));
}

TEST_F(Conditions, ExhaustiveSaysHowLargeTheSpaceIs) {
  const Outcome outcome = run("space net = ofa_mobilenetv3()\nsearch all = exhaustive() of minimize macs\n");
  EXPECT_EQ(outcome.status, Status::script_error);
  EXPECT_EQ(
      outcome.diagnostics,
      "error[E707]: exhaustive looks at every network, and space ofa_mobilenetv3 has 21,758,655,492,572,485,851; it goes up to "
      "10,000,000\n"
      " --> " +
          folder_ +
          "/script.nas:2:14\n"
          "2 | search all = exhaustive() of minimize macs\n"
          "  |              ^^^^^^^^^^^^ take a search that samples, or a smaller space: pool(net, table(...)) keeps the rows of "
          "a table\n"
          "  = More: nas explain E707\n");
}

}  // namespace
