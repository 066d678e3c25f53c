// Profiles, predictors that learn from them, transfers to other devices: values, resume, reuse, and what is said when it cannot
// be.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/space.h"
#include "learning_fixture.h"

using namespace nas;
using namespace nas::testing;

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
  EXPECT_TRUE(
      adapted_words.starts_with("oneproxy, 61 rows, its penalty chosen by the error on 29 more\n"
                                "  on 90 networks, each unseen in one of 5 folds:\n    oneproxy            Spearman 0.99"))
      << adapted_words;
  EXPECT_NE(adapted_words.find("\n    ridge from scratch  Spearman "), std::string::npos) << adapted_words;
  EXPECT_NE(adapted_words.find("\n    lin as it is        Spearman "), std::string::npos) << adapted_words;
  // The published form, and non-negative weights, adapt too.
  EXPECT_GT(
      std::get<0>(agreement("oneproxy(form = multiplicative, weights = nonnegative, select = rank) of lin from probe on second")),
      scaled);
}

TEST_F(Learning, APredictorOverManyDevicesKnowsAnotherByAFewNetworks) {
  std::string devices = "seed 3\nspace net = tiny_mobilenet()\n";
  std::string profiles = "profile base = latency over net on [";
  for (int i = 0; i < 6; ++i) {
    devices += fmt::format("device d{} = board(slow = {}, extra = {})\n", i, 1 + 0.5 * i, (5 * i) % 6);
    profiles += fmt::format("{}d{}", i == 0 ? "" : ", ", i);
  }
  const std::string text = devices + "device fresh = board(slow = 2, extra = 4.5)\n" + profiles +
                           "] { samples = 120 }\nprofile probe = latency over net on fresh { samples = 12, like = base[1] }\n"
                           "profile test = latency over net on fresh { samples = 200 }\n"
                           "transfer fit = hardware_features(base) from probe on fresh\n"
                           "show spearman(fit, test) > 0.99, rmse_share(fit, test) < 5%\nshow fit\nshow spearman(probe, base[1])";
  const Outcome outcome = run(text);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(Board::measured, 6 * 120 + 12 + 200);
  EXPECT_TRUE(
      outcome.printed.starts_with("true  true\nhardware_features, 6 devices x 120 networks, 12 reference networks, alpha "))
      << outcome.printed;
  EXPECT_NE(outcome.printed.find("\n    ridge from scratch  cannot learn from so few\n"), std::string::npos) << outcome.printed;
  options_.fresh = true;
  options_.threads = 2;
  EXPECT_EQ(run(text).printed, outcome.printed);
}

TEST_F(Learning, EveryTransferIsPrintedBesideFromScratch) {
  for (const char* transfer : {"residual()", "scale()", "finetune(epochs = 10)", "from_scratch()"}) {
    const std::string text =
        script(fmt::format("predictor known = {} from base\nprofile probe = latency over net on second {{ samples = 60 }}\n"
                           "transfer fit = {} of known from probe on second\nshow fit",
                           std::string(transfer).starts_with("f") ? "mlp(epochs = 20)" : "gbdt()", transfer),
               120);
    options_.threads = 1;
    const Outcome one = run(text);
    ASSERT_EQ(one.status, Status::ok) << one.diagnostics << one.failure;
    EXPECT_NE(one.printed.find("\n  learnt without 12 of the networks, on these:\n"), std::string::npos) << one.printed;
    EXPECT_NE(one.printed.find("from"), std::string::npos) << one.printed;
    EXPECT_NE(one.printed.find("scratch"), std::string::npos) << one.printed;
    EXPECT_NE(one.printed.find("known as it is"), std::string::npos) << one.printed;
    options_.threads = 2;
    EXPECT_EQ(run(text).printed, one.printed);
  }
}

TEST_F(Learning, AgreementsBesideRanks) {
  // The second device takes three times as long and 2 ms more for one option: errors are known.
  const Outcome outcome =
      run(script("profile probe = latency over net on second { samples = 60, like = base }\n"
                 "show within(base, probe, 1%), within(probe, probe, 1%), top_recall(probe, probe, 5), mape(probe, probe, 1ms)\n"
                 "show mape(base, probe) > 0.5, mape(base, probe, 100s) < 0.01, top_recall(base, probe, 60)"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed, "0  1  1  0\ntrue  true  1\n");
  const Outcome many =
      run(script("profile probe = latency over net on second { samples = 10, like = base }\n"
                 "show top_recall(base, probe, 11)"));
  EXPECT_NE((many.diagnostics + many.failure).find("top_recall asks for the best 11 networks, there are 10"), std::string::npos)
      << many.diagnostics << many.failure;
}

TEST_F(Learning, APredictionHasAnIntervalWhereTheMethodGivesOne) {
  const Outcome outcome = run(script(
      "predictor sure = ridge() from base\npredictor unsure = gp() from base\n"
      "let a = net.largest\nshow sure.predicted(a)\n"
      "show unsure.predicted(a).low < unsure.predicted(a).value, unsure.predicted(a).deviation > 0s\n"
      "show (unsure.predicted(a).high - unsure.predicted(a).low) / unsure.predicted(a).deviation\nshow unsure.predicted(a)"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  EXPECT_EQ(outcome.printed.find("interval"), outcome.printed.rfind("interval"));
  EXPECT_NE(outcome.printed.find("\ntrue  true\n3.92\n"), std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find(" ms (95 % interval "), std::string::npos) << outcome.printed;
  const Outcome without = run(script("predictor sure = ridge() from base\nshow sure.predicted(net.largest).low"));
  EXPECT_NE((without.diagnostics + without.failure).find("has no part low"), std::string::npos)
      << without.diagnostics << without.failure;
}

TEST_F(Learning, LearningCurvesAndResidualsAreDrawnTheSameOnTwoThreads) {
  const std::string text = script(
      "predictor trees = gbdt() from base\nprofile probe = latency over net on second { samples = 40 }\n"
      "profile test = latency over net on second { samples = 60 }\ntransfer fit = scale() of trees from probe on second\n"
      "plot learning(fit, sizes = [10, 20, 32], repeats = 3) to \"learning.svg\"\n"
      "plot residuals(fit, test, genes = 4) to \"residuals.svg\"");
  ASSERT_EQ(run(text).status, Status::ok);
  const std::string learning = file("learning.svg"), residuals = file("residuals.svg");
  EXPECT_NE(learning.find("fit: error on networks that it has not seen, 8 of 40"), std::string::npos);
  EXPECT_NE(learning.find("gbdt from scratch"), std::string::npos);
  EXPECT_NE(residuals.find("Where fit is wrong on test: 60 networks, RMSE "), std::string::npos);
  options_.fresh = true;
  options_.threads = 2;
  ASSERT_EQ(run(text).status, Status::ok);
  EXPECT_EQ(file("learning.svg"), learning);
  EXPECT_EQ(file("residuals.svg"), residuals);
  const auto failure = [&](const std::string& rest) {
    const Outcome outcome = run(script("predictor known = ridge() from base\n" + rest));
    return first_error(outcome);
  };
  EXPECT_EQ(failure("plot learning(known, sizes = [20, 60]) to \"l.svg\""),
            "error[E841]: learning asks for 60 networks, 48 of the 60 may be learnt from");
  EXPECT_EQ(failure("plot learning(known, sizes = [5]) to \"l.svg\""),
            "error[E840]: known cannot learn from 5 networks: ridge needs at least 10 measured networks, there are 5");
}

// A correlation that is undefined must not decide a branch in silence.
TEST_F(Learning, RanksOfValuesThatAreAllEqualAreAMistake) {
  const Outcome outcome =
      run(script("device flat = board(slow = 0)\nprofile same = latency over net on flat { samples = 12 }\n"
                 "predictor known = ridge() from base\nshow spearman(known, same)"));
  EXPECT_EQ(first_error(outcome), "error[E841]: spearman needs an order, and all 12 values of same are equal");
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

TEST_F(Learning, GraphsAreLearntFromWhereTheSpaceHasThem) {
  const auto text = [](const std::string& gcn, const std::string& rest) {
    return "seed 3\nspace nb = nasbench201()\ndevice first = board()\nprofile base = latency over nb on first { samples = 80 }\n"
           "predictor graph = " +
           gcn + " from base\n" + rest;
  };
  const std::string search =
      "search front = random(evaluations = 60) using graph of minimize latency@first, maximize params\n"
      "export front.archive as csv to \"values.csv\"\nexport graph as predictor to \"graph.predictor\"\nshow graph";
  const Outcome first = run(text("gcn(features = cell, epochs = 20)", search));
  ASSERT_EQ(first.status, Status::ok) << first.diagnostics << first.failure;
  EXPECT_TRUE(first.printed.starts_with("gcn, 4 layers of 64, explains ")) << first.printed;
  const std::string values = file("values.csv"), saved = file("graph.predictor");
  options_.fresh = true;
  options_.threads = 2;
  EXPECT_EQ(run(text("gcn(features = cell, epochs = 20)", search)).printed, first.printed);
  EXPECT_EQ(file("values.csv"), values);
  EXPECT_EQ(file("graph.predictor"), saved);
  write_text(folder_ + "/copy.predictor", saved);
  const Outcome read = run(
      "seed 3\nspace nb = nasbench201()\ndevice first = board()\npredictor graph = saved(\"copy.predictor\") of latency@first\n" +
      search);
  ASSERT_EQ(read.status, Status::ok) << read.diagnostics << read.failure;
  EXPECT_EQ(file("values.csv"), values);
  EXPECT_EQ(file("graph.predictor"), saved);
  // Members of an ensemble see what is named for it.
  const Outcome many = run(text("ensemble(of = gcn, members = 2, features = cell)", search));
  ASSERT_EQ(many.status, Status::ok) << many.diagnostics << many.failure;
  EXPECT_TRUE(many.printed.starts_with("ensemble of 2 gcn, the first: gcn, 4 layers of 64, explains ")) << many.printed;
  // Where the space has features graph none need be named: what is tuned has those that its members read.
  const auto cells = [](const std::string& rest) {
    return "seed 3\nspace net = darts_cell(cells = 2)\ndevice first = board()\n"
           "profile base = latency over net on first { samples = 30 }\n" +
           rest;
  };
  const Outcome unnamed =
      run(cells("predictor a = ensemble(of = gcn, members = 2) from base\nshow a\n"
                "predictor b = ensemble(of = gcn, members = 2, features = graph) from base\nshow b"));
  ASSERT_EQ(unnamed.status, Status::ok) << unnamed.diagnostics << unnamed.failure;
  const auto half = unnamed.printed.size() / 2;
  EXPECT_EQ(unnamed.printed.substr(0, half), unnamed.printed.substr(half));
  EXPECT_NE(unnamed.printed.find("features graph"), std::string::npos) << unnamed.printed;
  const Outcome tuned =
      run(cells("tune best = ensemble(of = choice(gcn, ridge), members = 2) from base by grid(folds = 2)\nshow best"));
  ASSERT_EQ(tuned.status, Status::ok) << tuned.diagnostics << tuned.failure;
  EXPECT_EQ(tuned.printed.find("of = gcn") != std::string::npos, tuned.printed.find("features graph") != std::string::npos)
      << tuned.printed;
  const Outcome paths = run(text("gcn(features = path_84)", "show graph"));
  EXPECT_EQ(first_error(paths), "error[E840]: graph cannot learn from base: row 1 of the features is no graph");
}
