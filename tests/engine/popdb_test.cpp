#include <gmpxx.h>

#include <algorithm>
#include <set>

#include "tests/engine/engine_fixture.h"
#include "tests/space/space_fixture.h"

namespace nas::testing {
namespace {

constexpr const char* kBlocks =
    "def space blocks() {\n  input = image(channels = 3, size = 8)\n  repeat stage in 1..2 {\n    depth = choice(1, 2)\n    "
    "repeat block in depth {\n"
    "      mbconv(kernel = choice(3, 5, 7), expand = choice(2, 4), out = 8)\n    }\n  }\n  head = linear(10)\n}\n";

/// Canonical genomes of all networks whose active genes keep to the options.
std::set<std::vector<std::uint8_t>> kept_networks(const Space& space, const std::vector<std::vector<bool>>& keep) {
  std::set<std::vector<std::uint8_t>> networks;
  std::vector<std::uint8_t> genome(space.gene_count(), 0);
  for (;;) {
    auto canonical = genome;
    space.canonicalise(canonical);
    std::vector<std::uint8_t> active(genome.size());
    space.active(canonical, active);
    bool kept = true;
    for (std::size_t g = 0; g < genome.size(); ++g) kept = kept && (!active[g] || keep[g][canonical[g]]);
    if (kept) networks.insert(canonical);
    std::size_t g = 0;
    while (g < genome.size() && ++genome[g] == space.genes()[g].options.size()) genome[g++] = 0;
    if (g == genome.size()) return networks;
  }
}

TEST(ReducedSpace, HoldsExactlyTheNetworksOfTheOptionsThatAreLeft) {
  const auto made = compile(kBlocks);
  const Space& space = *made->space;
  Stream random(1, "reduced");
  for (int round = 0; round < 10; ++round) {
    std::vector<std::vector<bool>> keep;
    for (const Gene& gene : space.genes()) {
      std::vector<bool> kept(gene.options.size());
      for (std::size_t o = 0; o < kept.size(); ++o) kept[o] = random.below(2) == 0;
      kept[random.below(static_cast<std::uint32_t>(kept.size()))] = true;
      keep.push_back(kept);
    }
    const auto networks = kept_networks(space, keep);
    const auto reduced = space.reduced_to(keep);
    ASSERT_TRUE(reduced);
    EXPECT_EQ(reduced->networks(), mpz_class(static_cast<unsigned long>(networks.size())));
    EXPECT_EQ(reduced->key(), space.key());
    std::set<std::vector<std::uint8_t>> drawn;
    std::int64_t fewest = INT64_MAX;
    for (const auto& genome : networks) fewest = std::min(fewest, space.macs(genome));
    EXPECT_EQ(space.macs(reduced->smallest().genes), fewest);
    for (int i = 0; i < 200; ++i) {
      auto arch = *reduced->sample(random);
      ASSERT_TRUE(networks.count(arch.genes));
      drawn.insert(arch.genes);
      auto child = arch.genes;
      reduced->mutate(child, random);
      ASSERT_TRUE(networks.count(child));
      const auto other = *reduced->sample(random);
      reduced->crossover(arch.genes, other.genes, child, random);
      ASSERT_TRUE(networks.count(child));
      for (const Arch& neighbour : reduced->neighbours(arch)) ASSERT_TRUE(networks.count(neighbour.genes));
    }
    if (networks.size() <= 8) EXPECT_EQ(drawn.size(), networks.size());
  }
}

TEST(ReducedSpace, WithoutAnyOptionOfAGeneIsEmpty) {
  const auto made = compile(kBlocks);
  std::vector<std::vector<bool>> keep;
  for (const Gene& gene : made->space->genes()) keep.emplace_back(gene.options.size(), true);
  keep[0].assign(keep[0].size(), false);
  EXPECT_FALSE(made->space->reduced_to(keep));
}

class PopDb : public EngineTest {
 protected:
  /// Kernels of 3 are better and cheaper than those of 5: good regions do without 5.
  static std::string script(const std::string& second) {
    return "seed 1\nspace net = tiny_mobilenet()\nobjective maximize accuracy from slow()\nobjective minimize macs\n"
           "search first = nsga2(population = 50, generations = 20) with direct()\n" +
           second;
  }
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = [](Registry& registry) {
      registry.add(Declare<NoArgs>(ComponentKind::source, "slow", "Looked up one by one.")
                       .gives({"accuracy"})
                       .builds([](const NoArgs&, Services&) {
                         return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<KernelsOfThree>()));
                       }));
    };
  }

 private:
  struct NoArgs {};
  class KernelsOfThree : public MetricSource {
   public:
    std::string key() const override { return "kernels of three"; }
    std::string provenance() const override { return "made up"; }
    Cost cost() const override { return Cost::looked_up; }
    Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                         const std::function<void(std::size_t, const Measurement&)>& done) const override {
      for (std::size_t i = 0; i < archs.size(); ++i) {
        double value = 0.5;
        for (const auto& [gene, option] : space.gene_values(archs[i]))
          if (gene.find("kernel") != std::string::npos) value += option == "3" ? 0.02 : -0.05;
        done(i, {value});
      }
      return {};
    }
  };
};

TEST_F(PopDb, TheSecondSearchKeepsToWhatTheClustersUse) {
  const Outcome outcome =
      run(script("search second = random(evaluations = 100) with direct(), popdb(first, min_cluster_size = 15, min_samples = 3, "
                 "drop_below = 20%)\n"
                 "export second.archive as csv to \"out/second.csv\"\nshow second\n"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::size_t at = outcome.printed.find("popdb: ");
  ASSERT_NE(at, std::string::npos) << outcome.printed;
  EXPECT_NE(outcome.printed.find(" of 14 genes lose options; ", at), std::string::npos) << outcome.printed.substr(at);
  EXPECT_NE(outcome.printed.find(" networks are left of 66564\n", at), std::string::npos) << outcome.printed.substr(at);
  const std::size_t left = outcome.printed.find("; ", outcome.printed.find("lose options", at)) + 2;
  const long networks = std::strtol(outcome.printed.c_str() + left, nullptr, 10);
  EXPECT_GT(networks, 0);
  EXPECT_LT(networks, 66564 / 2);
}

TEST_F(PopDb, AHistoryThatTeachesNothingIsAFailureInWords) {
  const Outcome few =
      run(script("search second = random(evaluations = 100) with direct(), popdb(first, min_cluster_size = 5000)\n"));
  EXPECT_EQ(few.status, Status::stage_failed);
  EXPECT_NE(few.diagnostics.find("error[E826]: popdb finds no cluster of 5000 networks among the "), std::string::npos)
      << few.diagnostics;
  EXPECT_NE(few.diagnostics.find("a longer search, or a smaller min_cluster_size"), std::string::npos);
  const Outcome other =
      run(script("space big = ofa_mobilenetv3()\nsearch second = random(evaluations = 10) over big with direct(), popdb(first) "
                 "of minimize macs, minimize params\n"));
  EXPECT_NE((other.diagnostics + other.failure).find("popdb learns from first, which searched another space"), std::string::npos)
      << other.diagnostics << other.failure;
}

TEST_F(PopDb, TheSpaceThatIsLeftIsWrittenAsAScriptThatAnySearchUses) {
  const std::string popdb = "popdb(first, min_cluster_size = 15, min_samples = 3, drop_below = 20%)";
  const std::string text =
      script("search second = random(evaluations = 100) with direct(), " + popdb +
             "\nexport second.space as nas to \"out/space.nas\"\nexport second.archive as csv to \"out/second.csv\"\n"
             "show second\n");
  const Outcome outcome = run(text);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::string written = file("out/space.nas");
  // The sizes are those that the result says.
  const std::size_t lose = outcome.printed.find("lose options; ") + 14;
  const std::string left = outcome.printed.substr(lose, outcome.printed.find(' ', lose) - lose);
  EXPECT_EQ(written.find("# The space of second, without the options that popdb left out.\n# 66564 networks before, " + left +
                         " after.\nspace net = tiny_mobilenet("),
            0u)
      << written;
  EXPECT_NE(written.find("\nspace small = reduced(net, without = [\"stage["), std::string::npos) << written;
  EXPECT_NE(written.find("\nrequire small.networks == " + left + ", \"small is another space now\"\n"), std::string::npos)
      << written;

  // Run alone, the script's own requirement holds; imported, a search over it finds only networks that second could have found.
  const Outcome alone = run(written);
  EXPECT_EQ(alone.status, Status::ok) << alone.diagnostics << alone.failure;
  write_text(folder_ + "/space.nas", written);
  const Outcome used =
      run("import \"space.nas\" as popdb\nsearch third = exhaustive() over popdb.small of minimize macs, maximize params\n"
          "show third.evaluations\nlet all = popdb.small.networks\nshow all\n");
  EXPECT_EQ(used.status, Status::ok) << used.diagnostics << used.failure;
  // Written again it is the same file.
  std::filesystem::remove_all(folder_ + "/out");
  ASSERT_EQ(run(text).status, Status::ok);
  EXPECT_EQ(file("out/space.nas"), written);
}

TEST_F(PopDb, ASearchOverAReducedSpaceReusesWhatWasMeasuredInTheWholeOne) {
  const std::string text =
      "seed 1\nspace net = tiny_mobilenet()\nspace small = reduced(net, without = [\"stage[1].block[1].kernel = 5\", "
      "\"stage[2].depth = 3\"])\nsearch a = exhaustive() over small with direct() of minimize macs, maximize params\n"
      "export a.archive as csv to \"out/a.csv\"\nexport a.space as nas to \"out/a.nas\"\n";
  const Outcome outcome = run(text);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
  const std::string rows = file("out/a.csv");
  EXPECT_EQ(outcome.action.at("a"), "run");
  EXPECT_EQ(run(text).action.at("a"), "reuse");
  // Another reduction of the same space is another search.
  const Outcome other =
      run("seed 1\nspace net = tiny_mobilenet()\nspace small = reduced(net, without = [\"stage[2].depth = 3\"])\n"
          "search a = exhaustive() over small with direct() of minimize macs, maximize params\n");
  EXPECT_EQ(other.action.at("a"), "run");
  EXPECT_NE(file("out/a.nas").find("[\"stage[1].block[1].kernel = 5\", \"stage[2].depth = 3\"])\n"), std::string::npos)
      << file("out/a.nas");
}

TEST_F(PopDb, AWrittenSpaceIsInCanonicalLayoutHoweverLongItIs) {
  std::string options;
  for (int stage = 1; stage <= 2; ++stage)
    for (int block = 1; block <= 3; ++block)
      for (const char* option : {"kernel = 5", "expand = 2", "expand = 3"}) {
        options += std::string(options.empty() ? "" : ", ") + "\"stage[" + std::to_string(stage) + "].block[" +
                   std::to_string(block) + "]." + option + "\"";
        ASSERT_EQ(
            run("space net = tiny_mobilenet()\nspace small = reduced(net, without = [" + options +
                "])\nsearch a = random(evaluations = 3) over small of minimize macs\nexport a.space as nas to \"out/a.nas\"\n")
                .status,
            Status::ok);
        Interpreter interpreter(options_);
        interpreter.load_text("a.nas", file("out/a.nas"));
        EXPECT_EQ(interpreter.formatted(), file("out/a.nas"));
      }
}

TEST_F(PopDb, MistakesAroundReducedSpaces) {
  auto said = [&](const std::string& line) {
    const Outcome outcome = run("space net = tiny_mobilenet()\n" + line + "\n");
    EXPECT_EQ(outcome.status, Status::script_error);
    return outcome.diagnostics;
  };
  const auto shown = [&](const std::string& code, const std::string& message, const std::string& line, std::size_t column,
                         std::size_t width, const std::string& label) {
    return "error[" + code + "]: " + message + "\n --> " + folder_ + "/script.nas:2:" + std::to_string(column) + "\n2 | " + line +
           "\n  | " + std::string(column - 1, ' ') + std::string(width, '^') + (label.empty() ? "" : " " + label) +
           "\n  = More: nas explain " + code + "\n";
  };
  EXPECT_EQ(said("space small = reduced(net)"),
            shown("E403", "reduced needs a space and the options that it is to be without", "space small = reduced(net)", 15, 12,
                  "e.g. space small = reduced(net, without = [\"stage[1].depth = 4\"])"));
  EXPECT_EQ(said("space small = reduced(3, without = [\"a = 3\"])"),
            shown("E301", "reduced needs a space, and this is a plain number", "space small = reduced(3, without = [\"a = 3\"])",
                  23, 1, ""));
  EXPECT_EQ(said("space small = reduced(net, without = [3])"),
            shown("E301", "without needs a list of texts, and this is a list", "space small = reduced(net, without = [3])", 38, 3,
                  "e.g. [\"stage[1].depth = 4\"]"));
  EXPECT_EQ(said("space small = reduced(net, without = [\"stage[1].dept = 3\"])"),
            shown("E401", "space tiny_mobilenet has no gene stage[1].dept",
                  "space small = reduced(net, without = [\"stage[1].dept = 3\"])", 38, 21, "did you mean stage[1].depth?"));
  EXPECT_EQ(said("space small = reduced(net, without = [\"body = 3\"])"),
            shown("E401", "space tiny_mobilenet has no gene body", "space small = reduced(net, without = [\"body = 3\"])", 38, 12,
                  "it has stage[1].depth, stage[1].block[1].kernel, stage[1].block[1].expand, stage[1].block[2].kernel, "
                  "stage[1].block[2].expand, stage[1].block[3].kernel and 8 more"));
  EXPECT_EQ(said("space small = reduced(net, without = [\"stage[1].depth = 9\"])"),
            shown("E405", "9 is not an option of stage[1].depth",
                  "space small = reduced(net, without = [\"stage[1].depth = 9\"])", 38, 22, "it can be 1, 2, 3"));
  EXPECT_EQ(said("space small = reduced(net, without = [\"stage[1].depth\"])"),
            shown("E405", "\"stage[1].depth\" is not an option of a gene",
                  "space small = reduced(net, without = [\"stage[1].depth\"])", 38, 18, "e.g. \"stage[1].depth = 1\""));
}

TEST_F(PopDb, ASpaceIsWrittenAsAScriptOnly) {
  const Outcome outcome =
      run("space net = tiny_mobilenet()\nsearch a = random() of minimize macs\nexport a.space as csv to \"out/a.csv\"\n");
  EXPECT_EQ(outcome.diagnostics,
            "error[E405]: csv cannot write the space\n --> " + folder_ +
                "/script.nas:3:8\n3 | export a.space as csv to \"out/a.csv\"\n  |        ^^^^^^^ write as nas\n"
                "  = More: nas explain E405\n");
}

}  // namespace
}  // namespace nas::testing
