// Tactics through scripts: what cannot be done is said before anything runs, and first looks are journalled as measurements are.
#include "engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class TacticsOfScripts : public EngineTest {
 protected:
  static std::string script(const std::string& search) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from linear_model(\"accuracy.csv\", unit = 1%)\n"
           "objective minimize macs\nsearch front = " +
           search + "\n";
  }
  std::string said(const std::string& search) const {
    const Outcome outcome = run(script(search));
    EXPECT_EQ(outcome.status, Status::script_error) << outcome.failure;
    EXPECT_TRUE(outcome.finished.empty());
    return outcome.diagnostics;
  }
  std::string shown(const std::string& message, const std::string& search, const std::string& marked,
                    const std::string& label) const {
    const std::string text = "search front = " + search;
    const std::size_t column = text.find(marked) + 1;
    return "error[E707]: " + message + "\n --> " + folder_ + "/script.nas:5:" + std::to_string(column) + "\n5 | " + text +
           "\n  | " + std::string(column - 1, ' ') + std::string(marked.size(), '^') + " " + label +
           "\n  = More: nas explain E707\n";
  }
};

TEST_F(TacticsOfScripts, IslandsNeedAPopulationThatIsLargeEnough) {
  EXPECT_EQ(said("nsga2(population = 50) with islands(60)"),
            shown("60 islands are more than the population of 50", "nsga2(population = 50) with islands(60)", "islands(60)",
                  "take at most 12 islands, or a larger population"));
  EXPECT_EQ(said("nsga2(population = 50) with direct(), islands(20)"),
            shown("20 islands leave 2 networks each of a population of 50, and nsga2 needs 4",
                  "nsga2(population = 50) with direct(), islands(20)", "islands(20)",
                  "take at most 12 islands, or a larger population"));
  EXPECT_EQ(said("nsga2(population = 5) with islands(2)"),
            shown("2 islands leave 2 networks each of a population of 5, and nsga2 needs 4",
                  "nsga2(population = 5) with islands(2)", "islands(2)", "take a population of at least 8"));
  EXPECT_EQ(said("cmaes() with islands(2) of minimize macs"),
            shown("islands share a population, and cmaes chooses its own", "cmaes() with islands(2) of minimize macs",
                  "islands(2)", "write cmaes(population = 20)"));
  EXPECT_EQ(
      said("random() with islands(2)"),
      shown(
          "islands share a population, and random has none", "random() with islands(2)", "islands(2)",
          "these have one: age_moea, cmaes, ctaea, evolution, ga, mo_cmaes, moead, nsga2, nsga3, regularized_evolution, rnsga2, "
          "sms_emoa, unsga3"));
}

TEST_F(TacticsOfScripts, FirstLooksNeedSomethingThatIsEvaluatedOnImages) {
  EXPECT_EQ(said("nsga2() with concurrent(images = 100)"),
            shown("concurrent looks at few images first, and nothing in this search is evaluated on images",
                  "nsga2() with concurrent(images = 100)", "concurrent(images = 100)",
                  "leave images out; accuracy from trained weights is evaluated on images"));
}

TEST_F(TacticsOfScripts, IslandsGoWithEveryOtherTactic) {
  const std::string weak = "predictor ridge() of accuracy\n";
  for (const char* with : {"direct(), islands(3, interval = 2)", "full(samples = 40, validate = 10), islands(3, interval = 2)",
                           "concurrent(iter = 2, evaluate = 20), islands(2, topology = complete)"}) {
    const std::string text = weak + script(std::string("nsga2(population = 30, generations = 6) with ") + with +
                                           "\nexport front as csv to \"out/front.csv\"");
    const Outcome one = run(text);
    ASSERT_EQ(one.status, Status::ok) << with << one.diagnostics << one.failure;
    const std::string bytes = file("out/front.csv");
    Options two = base_options(folder_ + "/two");
    std::filesystem::create_directory(folder_ + "/two");
    std::filesystem::copy_file(folder_ + "/accuracy.csv", folder_ + "/two/accuracy.csv");
    two.threads = 2;
    ASSERT_EQ(run(two, folder_ + "/two", text).status, Status::ok);
    EXPECT_EQ(read_text(folder_ + "/two/out/front.csv"), bytes) << with;
    std::filesystem::remove_all(folder_ + "/two");
  }
  // Warm start and popdb stand beside it.
  const Outcome all =
      run(script("nsga2(population = 60, generations = 15) with direct()\nsearch second = nsga2(population = 20, "
                 "generations = 5) with direct(), islands(2), warm_start(front), popdb(front, min_cluster_size = "
                 "8, min_samples = 3)\nshow second"));
  ASSERT_EQ(all.status, Status::ok) << all.diagnostics << all.failure;
  EXPECT_NE(all.printed.find("warm start: "), std::string::npos) << all.printed;
  EXPECT_NE(all.printed.find("popdb: "), std::string::npos) << all.printed;
}

/// Accuracies on `images` images that come nearer to the truth with their number; counts evaluations by images.
class ImagesRunner : public FakeRunner {
 public:
  static inline std::map<std::int64_t, int> evaluated;
  static inline std::function<void(int)> at_each;
  ImagesRunner() : FakeRunner("weights") {}
  Result<void> evaluate(const Weights&, std::span<const WeightSlot>, std::span<const Network> networks,
                        const EvaluateOptions& options, const std::function<bool()>& cancelled,
                        const std::function<void(std::size_t, const Score&)>& done) override {
    for (std::size_t i = 0; i < networks.size(); ++i) {
      if (cancelled()) return Failure{"cancelled", "interrupted", ""};
      const double error = 1.0 / (1.0 + static_cast<double>(networks[i].params()) * 1e-4);
      const double noise = static_cast<double>(stable_hash(std::to_string(networks[i].macs())) % 1000) / 1000 - 0.5;
      done(i, {1 - 0.3 * error + noise / static_cast<double>(options.images + 1), 1, 0});
      int total = 0;
      ++evaluated[options.images];
      for (const auto& [images, count] : evaluated) total += count;
      if (at_each) at_each(total);
    }
    return {};
  }
};

TEST_F(TacticsOfScripts, FirstLooksAreJournalledAndGoOnWhereTheyWereInterrupted) {
  options_.extend = [](Registry& registry) {
    struct NoArgs {};
    registry.add(Declare<NoArgs>(ComponentKind::dataset, "toy_images", "Nothing.").builds([](const NoArgs&, Services&) {
      auto dataset = std::make_shared<Dataset>();
      dataset->name = "toy_images";
      dataset->key = "toy";
      return std::shared_ptr<void>(dataset);
    }));
  };
  options_.open_runner = [] { return Result<std::unique_ptr<NetworkRunner>>(std::make_unique<ImagesRunner>()); };
  const std::string text =
      "seed 3\ndataset fashion = toy_images()\nspace net = tiny_mobilenet()\ndevice host = cpu()\n"
      "train weights = supernet(epochs = 1) of net on host using fashion\nobjective maximize accuracy from weights\n"
      "objective minimize macs\npredictor ridge() of accuracy\nsearch front = nsga2(population = 60, generations = 10) with "
      "concurrent(iter = 3, evaluate = 10, images = 200, candidates = 3)\nexport front.archive as csv to \"out/front.csv\"\nshow "
      "front.evaluations, front\n";
  ImagesRunner::evaluated.clear();
  const Outcome whole = run(text);
  ASSERT_EQ(whole.status, Status::ok) << whole.diagnostics << whole.failure;
  const auto counts = ImagesRunner::evaluated;
  EXPECT_EQ(counts.at(2000), 40);
  // Three rounds look at 30 networks each; those that were looked at before are known.
  EXPECT_GT(counts.at(200), 60);
  EXPECT_LE(counts.at(200), 90);
  EXPECT_NE(whole.printed.find("concurrent: 90 first looks on 200 images each"), std::string::npos) << whole.printed;
  const std::string bytes = file("out/front.csv");

  std::filesystem::remove_all(folder_ + "/store");
  std::filesystem::remove_all(folder_ + "/out");
  write_text(folder_ + "/script.nas", text);
  ImagesRunner::evaluated.clear();
  {
    Interpreter interpreter(options_);
    ASSERT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
    ImagesRunner::at_each = [&](int total) {
      if (total == 57) interpreter.cancel();
    };
    EXPECT_EQ(interpreter.run(), Status::interrupted);
    ImagesRunner::at_each = nullptr;
  }
  ASSERT_EQ(run(text).status, Status::ok);
  EXPECT_EQ(ImagesRunner::evaluated.at(200), counts.at(200));
  EXPECT_EQ(ImagesRunner::evaluated.at(2000), 40);
  EXPECT_EQ(file("out/front.csv"), bytes);
}

TEST_F(TacticsOfScripts, HistoriesThatTeachNothingAreSaidInFull) {
  const auto shown_whole = [&](const std::string& code, const std::string& message, int line, const std::string& text,
                               const std::string& label) {
    return "error[" + code + "]: " + message + "\n --> " + folder_ + "/script.nas:" + std::to_string(line) + ":1\n" +
           std::to_string(line) + " | " + text + "\n  | " + std::string(text.size(), '^') + " " + label +
           "\n  = More: nas explain " + code + "\n";
  };
  const std::string learns = "search second = ga() over net with direct(), popdb(first) of minimize macs";
  const Outcome few =
      run("seed 1\nspace net = tiny_mobilenet()\nsearch first = random(evaluations = 30) of minimize macs\n" + learns + "\n");
  EXPECT_EQ(few.status, Status::stage_failed);
  EXPECT_EQ(few.diagnostics, shown_whole("E826", "popdb finds no cluster of 50 networks among the 3 that first has kept", 4,
                                         learns, "a longer search, or a smaller min_cluster_size"));
  const std::string starts = "search second = ga() over small with direct(), warm_start(first) of minimize macs";
  const Outcome none =
      run("space net = tiny_mobilenet()\nspace small = reduced(net, without = [\"stage[1].depth = 3\"])\n"
          "search first = exhaustive() over net of maximize params\n" +
          starts + "\n");
  EXPECT_EQ(none.status, Status::stage_failed);
  EXPECT_EQ(none.diagnostics, shown_whole("E825", "warm_start has no network to start from", 4, starts,
                                          "the networks that were offered do not exist in this space"));
}

TEST_F(TacticsOfScripts, WhatAWarmStartFromAnotherSpaceMapsIsSaid) {
  const std::string small =
      "def space small() {\n  let widths = [24, 40]\n  input = image(channels = 1, size = 28)\n  stem = conv(kernel = 3, out = "
      "16, "
      "stride = 2)\n  repeat stage in 1..2 {\n    depth = choice(1, 2)\n    repeat block in depth {\n      mbconv(kernel = "
      "choice(3, "
      "7), expand = choice(2, 4), out = widths[stage], stride = if block == 1 then 2 else 1)\n    }\n  }\n"
      "  extra = choice(skip(), conv(kernel = 3))\n  head = linear(10)\n}\nseed 1\nspace net = tiny_mobilenet()\nspace other = "
      "small()\n"
      "objective maximize params\nobjective minimize macs\n";
  const Outcome outcome =
      run(small +
          "search first = nsga2(population = 20, generations = 5) over net with direct()\n"
          "search second = nsga2(population = 20, generations = 2) over other with direct(), warm_start(first)\n"
          "show second\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::size_t at = outcome.printed.find("warm start: ");
  ASSERT_NE(at, std::string::npos) << outcome.printed;
  const std::string note = outcome.printed.substr(at, outcome.printed.find('\n', at) - at);
  EXPECT_EQ(note.substr(note.find(" networks of ")),
            " networks of first; not known there: extra; the nearest option taken for stage[1].depth, stage[1].block[1].kernel, "
            "stage[1].block[2].kernel and 7 more");
}

}  // namespace
