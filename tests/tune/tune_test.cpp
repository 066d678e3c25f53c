// `tune` as a stage: which configuration is taken, what is told of it, and what a killed run leaves to the next one.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <set>
#include <sstream>
#include <tuple>

#include "core/predictor.h"
#include "core/space.h"
#include "tests/engine/engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// The latency of a network on the board, SI units: a sum over its columns.
double truth(std::span<const float> x) {
  double ms = 2;
  for (std::size_t j = 0; j < x.size(); ++j)
    ms += (0.1 + 0.05 * std::sqrt(static_cast<double>(j + 1))) * static_cast<double>(x[j]);
  return 1e-3 * ms;
}

struct BoardArgs {
  double slow = 1;
};
class Board : public Device, public MetricSource, public std::enable_shared_from_this<Board> {
 public:
  explicit Board(const BoardArgs& args) : args_(args) {}
  nlohmann::json identity() const override { return {{"board", key()}}; }
  Result<std::shared_ptr<const MetricSource>> source(const MetricKind&) const override {
    return std::static_pointer_cast<const MetricSource>(shared_from_this());
  }
  std::string key() const override { return fmt::format("board {}", args_.slow); }
  std::string provenance() const override { return "known"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      std::vector<float> x(space.feature_count());
      space.features(archs[i].genes, 1, x);
      done(i, {.value = args_.slow * truth(x)});
    }
    return {};
  }

 private:
  BoardArgs args_;
};

/// Knows the board, and is off by what its arguments say: `shift` ms, and 1 ms / epochs. Counts its fits, and the largest number
/// of rows that any of them saw.
struct OracleArgs {
  double shift = 0;
  int epochs = 100;
  bool upside_down = false;
};
class Oracle : public Predictor {
 public:
  static inline std::atomic<int> fits{0};
  static inline std::vector<std::set<double>> seen;  ///< targets of each fit, where there is one thread
  static inline bool looks = false;
  static inline std::function<void(int)> at_each;
  explicit Oracle(const OracleArgs& args) : args_(args) {}
  Result<void> fit(std::span<const float>, std::span<const double> targets, Stream) override {
    if (targets.size() < 2) return Failure{"", "oracle needs 2 rows", ""};
    const int count = ++fits;
    if (looks) seen.emplace_back(targets.begin(), targets.end());
    if (at_each) at_each(count);
    return {};
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::size_t d = features.size() / n;
    // Half of the rows are too high and half too low, so that an error of ranks goes with that of values.
    for (std::size_t i = 0; i < n; ++i) {
      const double value = truth(features.subspan(i * d, d));
      const double off = 1e-3 * (std::fabs(args_.shift) + 1.0 / args_.epochs);
      const bool odd = static_cast<std::int64_t>(std::llround(value * 1e7)) % 2 != 0;
      out[i] = (args_.upside_down ? -1 : 1) * value + (odd ? off : -off);
    }
  }
  std::string summary() const override { return fmt::format("oracle, shift {}, epochs {}", args_.shift, args_.epochs); }

 private:
  OracleArgs args_;
};
/// The same with a budget of rows: what it knows grows with them.
struct CounterArgs {
  double shift = 0;
};
class Counter : public Predictor {
 public:
  explicit Counter(const CounterArgs& args) : args_(args) {}
  Result<void> fit(std::span<const float>, std::span<const double> targets, Stream) override {
    if (targets.size() < rows_needed()) return Failure{"", "counter needs 12 rows", ""};
    rows_ = static_cast<double>(targets.size());
    return {};
  }
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::size_t d = features.size() / n;
    for (std::size_t i = 0; i < n; ++i) out[i] = truth(features.subspan(i * d, d)) + 1e-3 * (args_.shift + 1 / rows_);
  }
  std::string summary() const override { return fmt::format("counter, {} rows", rows_); }
  std::size_t rows_needed() const override { return 12; }

 private:
  CounterArgs args_;
  double rows_ = 0;
};

template <typename Interface, typename Made, typename Args>
std::shared_ptr<void> made(const Args& args) {
  return std::static_pointer_cast<Interface>(std::make_shared<Made>(args));
}

void add_known(Registry& registry) {
  registry.add(Declare<BoardArgs>(ComponentKind::device, "board", "Known.")
                   .arg("slow", &BoardArgs::slow, "factor")
                   .gives({"latency"})
                   .builds([](const BoardArgs& a, Services&) { return made<Device, Board>(a); }));
  registry.add(Declare<OracleArgs>(ComponentKind::predictor, "oracle", "Knows the board.")
                   .arg("shift", &OracleArgs::shift, "off by so many ms", between(0, 10))
                   .arg("epochs", &OracleArgs::epochs, "off by 1 ms over them", between(1, 1000))
                   .arg("upside_down", &OracleArgs::upside_down, "orders networks the other way round")
                   .builds([](const OracleArgs& a, Services&) { return made<Predictor, Oracle>(a); }));
  registry.add(Declare<CounterArgs>(ComponentKind::predictor, "counter", "Knows the board better from more rows.")
                   .arg("shift", &CounterArgs::shift, "off by so many ms")
                   .builds([](const CounterArgs& a, Services&) { return made<Predictor, Counter>(a); }));
}

class Tune : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = add_known;
    Oracle::fits = 0;
    Oracle::at_each = nullptr;
    Oracle::seen.clear();
    Oracle::looks = false;
  }
  static std::string script(const std::string& rest, int samples = 60) {
    return fmt::format(
        "seed 3\nspace net = tiny_mobilenet()\ndevice first = board()\ndevice second = board(slow = 3)\n"
        "profile base = latency over net on first {{ samples = {} }}\n{}\n",
        samples, rest);
  }
  std::string printed(const std::string& rest, int samples = 60) {
    const Outcome outcome = run(script(rest, samples));
    EXPECT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
    return outcome.printed;
  }
  std::string failure(const std::string& rest, int samples = 60) {
    const Outcome outcome = run(script(rest, samples));
    EXPECT_NE(outcome.status, Status::ok);
    const std::string all = outcome.diagnostics + outcome.failure;
    const auto at = std::min(all.find("error["), all.size());
    return all.substr(at, all.find('\n', at) - at);
  }
};

const char* const kShifts = "shift = choice(0.4, 0.2, 0, 0.1, 0.3)";

}  // namespace

TEST_F(Tune, TheConfigurationThatIsBestByConstructionIsTaken) {
  for (const char* method :
       {"grid()", "random(trials = 5)", "asha(budget = 27)", "asha(budget = 27, brackets = 3, eta = 2)", "grid(criterion = rank)",
        "asha(budget = 50, min_budget = 50, criterion = rank, folds = 2, held_out = 50%)"}) {
    const std::string text = printed(fmt::format("tune best = oracle({}) from base by {}\nshow best", kShifts, method));
    EXPECT_NE(text.find(" took shift = 0 out of 5 configurations by "), std::string::npos) << method << "\n" << text;
    EXPECT_NE(text.find("\n  oracle, shift 0, epochs "), std::string::npos) << text;
  }
}

TEST_F(Tune, WhatIsToldOfItComesFromRowsThatChoseNothing) {
  // 60 networks: 12 held out, 48 that choose. The oracle is off by 1 ms / 50 epochs wherever it looks, and by default by half.
  EXPECT_EQ(printed(fmt::format("tune best = oracle({}, epochs = 50) from base by grid()\nshow best", kShifts)),
            "grid took shift = 0 out of 5 configurations by 5 trials:\n"
            "  oracle, shift 0, epochs 50\n"
            "  chosen on 48 networks in 5 folds: RMSE 0.3 % of the mean, Kendall tau 0.824\n"
            "  learnt without 12 of the networks, on these:\n"
            "    best                      Spearman 0.951  RMSE 0.3 % of the mean\n"
            "    oracle with its defaults  Spearman 0.986  RMSE 0.2 % of the mean\n");
}

TEST_F(Tune, TheTableOfTrialsHasALineForEach) {
  EXPECT_EQ(printed("tune best = oracle(shift = choice(0.2, 0)) from base by grid()\nshow best.trials"),
            "  trial  RMSE [% of the mean]  Kendall tau  shift\n"
            "      1                  3.55        0.816    0.2\n"
            "      2                  0.17        0.865      0  chosen\n");
  EXPECT_EQ(
      printed("tune best = oracle(shift = choice(0.2, 0, 0.1, 0.3)) from base by asha(budget = 4, eta = 2)\nshow best.trials"),
      "  trial  bracket  rung  epochs  RMSE [% of the mean]  Kendall tau  shift\n"
      "      1        1     1       1                 20.29        0.534    0.2\n"
      "      2        1     1       1                 18.60        0.534    0.1\n"
      "      3        1     1       1                 21.98        0.534    0.3\n"
      "      4        1     1       1                 16.91        0.534      0\n"
      "      5        1     2       2                 10.15        0.567    0.1\n"
      "      6        1     2       2                  8.45        0.567      0\n"
      "      7        1     3       4                  4.23        0.816      0  chosen\n");
}

TEST_F(Tune, TheResultIsAPredictorWhereverOneIsTaken) {
  const std::string text = printed(
      "tune best = ridge(alpha = choice(1e-6, 1, 100)) of latency@first from base by grid()\n"
      "profile test = latency over net on first { samples = 50 }\nprofile probe = latency over net on second { samples = 30 }\n"
      "predictor same = ridge(alpha = 1e-6) from base\n"
      "show spearman(best, test) > 0.999, rmse_share(best, test) < 1%\n"
      "show best.predicted(net.largest).value / same.predicted(net.largest).value\n"
      "transfer fit = oneproxy() of best from probe on second\nshow rmse_share(fit, probe) < 1%\n"
      "search front = nsga2(population = 20, generations = 5) using best of minimize latency@first, maximize params\n"
      "export front as csv to \"front.csv\"\nexport best as predictor to \"best.predictor\"\n"
      "plot learning(best, sizes = [20, 40]) to \"learning.svg\"\nplot residuals(best, test) to \"residuals.svg\"",
      120);
  EXPECT_TRUE(text.starts_with("true  true\n1\n")) << text;
  EXPECT_TRUE(text.ends_with("true\n")) << text;
  EXPECT_NE(file("best.predictor").find("\"alpha\":1e-06"), std::string::npos);
  EXPECT_NE(file("front.csv").find(",false\n"), std::string::npos);
}

TEST_F(Tune, ARowsBudgetIsSharedOutAmongPredictorsWithoutEpochs) {
  // 120 networks: 24 held out, and 96 - 20 that a trial may learn from; 12 rows are what it needs: 76, 25 and no 8.
  const std::string text =
      printed("tune best = counter(shift = choice(0.4, 0.2, 0, 0.1, 0.3, 0.5)) from base by asha()\nshow best.trials", 120);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 6 + 2) << text;
  EXPECT_NE(text.find(" rows "), std::string::npos) << text;
  EXPECT_NE(text.find("     1    25  "), std::string::npos) << text;
}

TEST_F(Tune, AKilledRunGoesOnWhereItWasAndEndsTheSame) {
  const std::string whole = script(
      "tune best = oracle(shift = choice(0.4, 0.2, 0, 0.1, 0.3, 0.6, 0.7, 0.8)) from base by asha(budget = 9)\n"
      "show best, best.trials");
  const Outcome all = run(whole);
  ASSERT_EQ(all.status, Status::ok) << all.diagnostics << all.failure;
  const int fits = Oracle::fits;
  // 8, 2 and 1 trials of 5 folds, two fits for what is told, one for what is taken.
  EXPECT_EQ(fits, 5 * 11 + 3);
  // Again: every trial is known.
  Oracle::fits = 0;
  EXPECT_EQ(run(whole).printed, all.printed);
  EXPECT_EQ(Oracle::fits, 3);
  // In a new store, ended in the middle of the fourth trial.
  const std::string folder = folder_ + "/again";
  std::filesystem::create_directory(folder);
  Options options = base_options(folder);
  options.extend = add_known;
  write_text(folder + "/script.nas", whole);
  Oracle::fits = 0;
  {
    Interpreter interpreter(options);
    ASSERT_TRUE(interpreter.load_file(folder + "/script.nas"));
    Oracle::at_each = [&](int count) {
      if (count == 18) interpreter.cancel();
    };
    EXPECT_EQ(interpreter.run(), Status::interrupted);
    Oracle::at_each = nullptr;
  }
  EXPECT_EQ(Oracle::fits, 18);
  options.threads = 2;
  std::string printed;
  Callbacks callbacks;
  callbacks.print = [&](const std::string& some) { printed += some; };
  Interpreter interpreter(options, callbacks);
  ASSERT_TRUE(interpreter.load_file(folder + "/script.nas"));
  EXPECT_EQ(interpreter.run(), Status::ok);
  EXPECT_EQ(Oracle::fits, 18 + fits - 15);
  EXPECT_EQ(printed, all.printed);
}

TEST_F(Tune, ThreadsDoNotMatterAndAnotherSeedIsAnotherChoiceOfRows) {
  const auto text = [](int seed) {
    return "seed " + std::to_string(seed) +
           script(
               "tune best = mlp(layers = choice([8], [16, 8]), rate = choice(0.001, 0.01, 0.1)) from base "
               "by asha(budget = 9, brackets = 2)\n"
               "search front = nsga2(population = 20, generations = 5) using best of minimize latency@first, maximize params\n"
               "show best, best.trials\nexport front as csv to \"front.csv\"\nexport best as predictor to \"best.predictor\"")
               .substr(6);
  };
  const Outcome one = run(text(3));
  ASSERT_EQ(one.status, Status::ok) << one.diagnostics << one.failure;
  const std::string front = file("front.csv"), best = file("best.predictor");
  options_.fresh = true;
  options_.threads = 2;
  EXPECT_EQ(run(text(3)).printed, one.printed);
  EXPECT_EQ(file("front.csv"), front);
  EXPECT_EQ(file("best.predictor"), best);
  EXPECT_NE(run(text(4)).printed, one.printed);
}

TEST_F(Tune, HeldOutRowsHaveNoPartInTheChoice) {
  for (const auto& [method, trials, held] : {std::tuple("grid()", 5, 12u), std::tuple("grid(held_out = 50%, folds = 3)", 5, 30u),
                                             std::tuple("asha(budget = 4, eta = 2)", 8, 12u)}) {
    Oracle::seen.clear();
    Oracle::looks = true;
    options_.fresh = true;
    const std::string text = printed(fmt::format("tune best = oracle({}) from base by {}\nshow best", kShifts, method));
    const std::size_t folds = std::string(method).find("folds = 3") == std::string::npos ? 5 : 3, fits = folds * trials;
    ASSERT_EQ(Oracle::seen.size(), fits + 3) << text;
    ASSERT_EQ(Oracle::seen.back().size(), 60u);  // what is taken has learnt from all rows
    std::set<double> chose;
    for (std::size_t i = 0; i < fits; ++i) chose.insert(Oracle::seen[i].begin(), Oracle::seen[i].end());
    EXPECT_EQ(chose.size(), 60 - held);
    // What is told was learnt from exactly those that chose.
    EXPECT_EQ(Oracle::seen[fits], chose);
    EXPECT_EQ(Oracle::seen[fits + 1], chose);
    EXPECT_NE(text.find(fmt::format("chosen on {} networks in {} folds: ", 60 - held, folds)), std::string::npos) << text;
    EXPECT_NE(text.find(fmt::format("learnt without {} of the networks, on these:", held)), std::string::npos) << text;
  }
}

TEST_F(Tune, AConfigurationThatCannotLearnLoses) {
  const std::string text = printed("tune best = knn(k = choice(200, 3)) from base by grid()\nshow best\nshow best.trials");
  EXPECT_NE(text.find("grid took k = 3 out of 2 configurations by 2 trials"), std::string::npos) << text;
  EXPECT_NE(text.find("\n      1                     -            -  200"), std::string::npos) << text;
}

TEST_F(Tune, WhatCannotBeTunedIsSaid) {
  EXPECT_EQ(failure("tune best = ridge(alpha = choice(1, 2)) from base by grid()\nshow best", 12),
            "error[E840]: tuning ridge by 5 folds needs at least 13 networks, 3 of them held out, and base holds 12");
  EXPECT_EQ(
      failure("tune best = ridge(alpha = choice(1, 2)) from base by grid()\nshow best", 13),
      "error[E840]: no configuration of ridge could be judged on base: ridge needs at least 10 measured networks, there are 8");
  EXPECT_EQ(failure("tune best = knn(k = choice(90, 100)) from base by grid()\nshow best"),
            "error[E840]: no configuration of knn could be judged on base: knn asks for the 100 nearest of 38 measured networks");
  EXPECT_EQ(failure("tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = 60)\nshow best"),
            "error[E840]: asha has a budget of 60 rows, and a trial may learn from 38");
  EXPECT_EQ(failure("tune best = ridge(alpha = choice(1, 2)) from base by asha(budget = 9)\nshow best"),
            "error[E840]: asha has a budget of 9 rows, and a trial takes 10 at least");
  EXPECT_EQ(failure("tune best = mlp(rate = choice(0.1, 0.2)) from base by asha(budget = 9, brackets = 4)\nshow best"),
            "error[E840]: asha has 4 brackets, and 1 to 9 epochs by eta = 3 allow 3");
}

TEST_F(Tune, EverySeedOfAFamilyIsWhatAScriptOfThatSeedSays) {
  const auto text = [](int seed, const std::string& seeds) {
    return fmt::format(
        "seed {}\nspace net = tiny_mobilenet()\ndevice first = board()\n"
        "profile base = latency over net on first {{ samples = 60, seeds = [9] }}\n"
        "tune best = mlp(rate = choice(0.001, 0.01, 0.1), layers = [8]) from base[1] by asha(budget = 9) {}\n",
        seed, seeds);
  };
  std::string one_by_one;
  for (const int seed : {3, 4}) {
    const Outcome outcome = run(text(seed, "") + "show best\nshow best.trials");
    ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
    one_by_one += outcome.printed;
  }
  const Outcome family =
      run(text(7, "{ seeds = [3, 4] }") +
          "show best[1]\nshow best[1].trials\nshow best[2]\nshow best[2].trials\nreport best to \"best.html\"");
  ASSERT_EQ(family.status, Status::ok) << family.diagnostics << family.failure;
  std::istringstream lines(one_by_one);
  for (std::string line; std::getline(lines, line);)  // widths of the columns of names differ
    EXPECT_TRUE(line.find("Spearman") != std::string::npos || family.printed.find(line) != std::string::npos) << line << "\nin\n"
                                                                                                              << family.printed;
  const std::string report = file("best.html");
  for (const char* part : {"best[seed 3]</h2>", "best[seed 4]</h2>", "<h3>Trials</h3>", "<th>epochs</th>", "<td>chosen</td>"})
    EXPECT_NE(report.find(part), std::string::npos) << part;
}

TEST_F(Tune, TheReportHasTheTableOfTrials) {
  const Outcome outcome =
      run(script("tune best = oracle(shift = choice(0.2, 0), upside_down = choice(true, false)) from base by grid()\n"
                 "search front = random(evaluations = 50) using best of minimize latency@first, maximize params\n"
                 "show best.trials\nreport front, best to \"best.html\""));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::string report = file("best.html");
  const auto begin = report.find("<h3>Trials</h3>");
  ASSERT_NE(begin, std::string::npos);
  std::string table = report.substr(begin, report.find("</table>", begin) - begin);
  table = table.substr(table.find("<thead>"));
  // Cell by cell what `show` prints.
  std::string words;
  bool tag = false;
  for (const char c : table) {
    if (c == '<') tag = true;
    if (!tag) words += c;
    if (c == '>') tag = false, words += ' ';
  }
  const auto tokens = [](const std::string& text) {
    std::istringstream in(text);
    return std::vector<std::string>(std::istream_iterator<std::string>(in), {});
  };
  EXPECT_EQ(tokens(words), tokens(outcome.printed));
  EXPECT_NE(report.find("<p>grid took shift = 0, upside_down = false out of 4 configurations by 4 trials.</p>"),
            std::string::npos);
  EXPECT_NE(report.find("Learnt without 12 of the networks, on these."), std::string::npos);
  EXPECT_NE(report.find("<td class=\"arch\">oracle with its defaults</td>"), std::string::npos);
}

TEST_F(Tune, ThePlanKnowsTheTrialsThatTheRunFinds) {
  const std::string text =
      script("tune best = oracle(shift = choice(0.4, 0.2, 0, 0.1, 0.3, 0.6, 0.7, 0.8)) from base by asha(budget = 9)\nshow best");
  const auto plan = [&](bool json = false) {
    write_text(folder_ + "/script.nas", text);
    Interpreter interpreter(options_);
    EXPECT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
    interpreter.plan();
    if (json) return interpreter.plan_json().dump();
    std::string trials;
    std::istringstream lines(interpreter.plan_text(false));
    for (std::string line; std::getline(lines, line);)
      if (line.find(" trials") != std::string::npos) trials += line.substr(line.find_first_not_of(' ')) + "\n";
    return trials;
  };
  EXPECT_EQ(plan(), "");  // of a profile that is still to be made
  // Ended in the middle of the fourth trial.
  {
    write_text(folder_ + "/script.nas", text);
    Interpreter interpreter(options_);
    ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
    Oracle::at_each = [&](int count) {
      if (count == 18) interpreter.cancel();
    };
    EXPECT_EQ(interpreter.run(), Status::interrupted);
    Oracle::at_each = nullptr;
  }
  EXPECT_EQ(plan(), "11 trials; the store knows 3 already\n");
  Oracle::fits = 0;
  ASSERT_EQ(run(text).status, Status::ok);
  EXPECT_EQ(Oracle::fits, 5 * (11 - 3) + 3);  // as planned, and three fits for what is told and taken
  EXPECT_EQ(plan(), "11 trials; the store knows 11 already\n");
  EXPECT_NE(plan(true).find("\"trials\":11,\"trials_known\":11"), std::string::npos);
  options_.fresh = true;
  EXPECT_EQ(plan(), "");  // the profile is made again
  options_.fresh = false;
  // A choice more, and the trials of the others that are drawn again are known.
  const std::string grid = "tune best = oracle(shift = choice({})) from base by grid()\nshow best";
  ASSERT_EQ(run(script(fmt::format(fmt::runtime(grid), "0.4, 0.2"))).status, Status::ok);
  const std::string more = script(fmt::format(fmt::runtime(grid), "0.4, 0.2, 0"));
  write_text(folder_ + "/script.nas", more);
  Interpreter interpreter(options_);
  ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
  interpreter.plan();
  EXPECT_NE(interpreter.plan_text(false).find("3 trials; the store knows 2 already\n"), std::string::npos)
      << interpreter.plan_text(false);
}

TEST_F(Tune, ThePlanSaysWhatIsTried) {
  write_text(folder_ + "/script.nas",
             script("tune best = mlp(layers = choice([8], [16, 8]), epochs = 20) from base by random(trials = 2)\nshow best"));
  Interpreter interpreter(options_);
  ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
  interpreter.plan();
  const std::string plan = interpreter.plan_text(false);
  EXPECT_NE(plan.find("mlp(epochs = 20, layers = choice([8], [16,8])) of latency@first from base by random(trials = 2), 2 "
                      "configurations\n"),
            std::string::npos)
      << plan;
}
