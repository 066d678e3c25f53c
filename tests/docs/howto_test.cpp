// The worked examples of docs/howto.md: built here, run here, and quoted on the page letter by letter.
#include <gtest/gtest.h>

#include "check/check_script.h"
#include "embed/interpreter.h"
#include "howto/bottleneck.cpp"
#include "howto/climb.cpp"
#include "howto/nearest.cpp"
#include "pages.h"
#include "run/engine.h"
#include "stdlib/register.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::filesystem::path howto(const std::string& file) {
  return source_folder() / "tests/docs/howto" / file;
}

/// A script checked against the standard library plus the page's own components, and run in a new folder.
class Extended {
 public:
  explicit Extended(const std::string& script) : text_(slurp(howto(script))) {
    add_stdlib(registry_);
    registry_.add(nearest());
    registry_.add(climb());
    add_image_layers(layers_);
    add_sequence_layers(layers_);
    add_bottleneck(layers_);
    CheckInput input;
    input.registry = &registry_;
    input.layers = &layers_;
    input.sources = &sources_;
    input.diagnostics = &diagnostics_;
    input.stdlib_space = [](const std::string& name) -> std::optional<std::string> {
      return slurp(source_folder() / "stdlib/spaces" / (name + ".nas"));
    };
    checked_ = check_script(sources_.add(script, text_), input);
  }

  std::string errors() const {
    std::string text;
    for (const auto& d : diagnostics_.all()) text += render_text(d, sources_, false);
    return text;
  }
  const CheckedScript& script() const { return checked_.script; }
  std::filesystem::path folder() const { return folder_.path(); }
  int run() {
    EngineOptions options;
    options.store_folder = (folder() / "store").string();
    options.output_folder = options.script_folder = folder().string();
    options.script_name = "howto.nas";
    options.script_text = text_;
    options.registry = &registry_;
    EngineProgress progress;
    progress.step = [](const auto&, const auto&, double, double, const auto&) {};
    progress.event = [](const auto&, const char*, double) {};
    progress.print = [](const auto&) {};
    engine_ = std::make_unique<Engine>(checked_.script, options, progress, cancelled_);
    for (const auto& [failure, span] : engine_->prepare()) ADD_FAILURE() << failure.message;
    const int code = engine_->run("");
    EXPECT_EQ(code, 0) << engine_->failure().message;
    return code;
  }
  nlohmann::json result(const std::string& stage) const { return engine_->result(stage); }

 private:
  TemporaryFolder folder_;
  std::string text_;
  Registry registry_;
  LayerVocabulary layers_;
  SourceMap sources_;
  Diagnostics diagnostics_;
  CheckResult checked_;
  std::atomic<bool> cancelled_{false};
  std::unique_ptr<Engine> engine_;
};

}  // namespace

TEST(Howto, ThePageQuotesTheFiles) {
  const std::string page = slurp(source_folder() / "docs/howto.md");
  int quoted = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(howto(""))) {
    if (entry.is_directory()) continue;
    EXPECT_NE(page.find("\n" + slurp(entry.path()) + "```\n"), std::string::npos) << entry.path();
    ++quoted;
  }
  EXPECT_EQ(quoted, 9);
}

TEST(Howto, PredictorAveragesItsNeighbours) {
  // Four networks of two one-hot genes; distances from the first: 0, 2, 2, 4.
  const std::vector<float> x = {1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1};
  const std::vector<double> y = {10, 20, 40, 80};
  std::vector<double> out(4);
  const std::vector<std::pair<int, double>> first_row = {{1, 10}, {2, 15}, {3, 70.0 / 3}, {4, 37.5}};
  for (const auto& [k, expected] : first_row) {
    Nearest predictor({k});
    ASSERT_TRUE(predictor.fit(x, y, Stream(1, "fit")));
    predictor.predict(x, 4, out);
    EXPECT_DOUBLE_EQ(out[0], expected) << k;
  }
  EXPECT_DOUBLE_EQ(out[3], 37.5);
  Nearest predictor({5});
  EXPECT_FALSE(predictor.fit(x, y, Stream(1, "fit")));
}

TEST(Howto, PredictorServesASearch) {
  Extended script("use_nearest.nas");
  ASSERT_EQ(script.errors(), "");
  std::filesystem::copy_file(source_folder() / "examples/data/board.csv", script.folder() / "board.csv");
  ASSERT_EQ(script.run(), 0);
  const auto result = script.result("front");
  EXPECT_EQ(result.at("evaluations"), 14) << result.dump();
}

TEST(Howto, SearchEndsWhereNoNeighbourIsBetter) {
  Extended script("use_climb.nas");
  ASSERT_EQ(script.errors(), "");
  const Space& space = *script.script().stages.at(0).space;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Climb search({1000});
    ASSERT_TRUE(search.start(space, 1, {}, Stream(seed, "climb")));
    Population batch;
    while (search.ask(batch) && batch.size() > 0) {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch.objectives[i] = -static_cast<double>(space.params(batch.genome(i)));
        batch.violations[i] = std::max(0.0, static_cast<double>(space.macs(batch.genome(i))) - 3e6);
      }
      search.tell(batch);
    }
    const Arch best = search.population().arch(0);
    EXPECT_LE(space.macs(best.genes), 3'000'000);
    for (const Arch& other : space.neighbours(best))
      EXPECT_TRUE(space.macs(other.genes) > 3'000'000 || space.params(other.genes) <= space.params(best.genes));
  }
  EXPECT_EQ(script.run(), 0);
}

TEST(Howto, LayerHasTheBlocksOperationsAndParameters) {
  Extended script("use_bottleneck.nas");
  ASSERT_EQ(script.errors(), "");
  const Space& space = *script.script().stages.at(0).space;
  EXPECT_EQ(space.networks(), 4 + 16 + 64);
  auto block_params = [](std::int64_t m, std::int64_t k) { return 32 * m + m * m * k * k + m * 32 + 2 * (m + m + 32); };
  auto block_macs = [](std::int64_t m, std::int64_t k) { return (32 * m + m * m * k * k + m * 32) * 32 * 32; };
  const std::int64_t other_params = 3 * 32 * 9 + 2 * 32 + 32 * 10 + 10, other_macs = 3 * 32 * 9 * 32 * 32 + 32 * 10;
  EXPECT_EQ(space.params(space.smallest().genes), other_params + block_params(8, 3));
  EXPECT_EQ(space.macs(space.smallest().genes), other_macs + block_macs(8, 3));
  EXPECT_EQ(space.params(space.largest().genes), other_params + 3 * block_params(16, 5));
  EXPECT_EQ(space.macs(space.largest().genes), other_macs + 3 * block_macs(16, 5));
}

TEST(Howto, SpaceRuns) {
  TemporaryFolder folder;
  std::string printed;
  Callbacks callbacks;
  callbacks.print = [&](const std::string& text) { printed += text; };
  Interpreter interpreter(options_in(folder.path()), callbacks);
  ASSERT_TRUE(interpreter.load_file(howto("flat.nas").string()));
  ASSERT_EQ(interpreter.run(), Status::ok) << interpreter.failure_text() << interpreter.render_diagnostics(false);
  EXPECT_NE(printed.find("42 networks"), std::string::npos) << printed;  // 3 widths x (2 + 4 + 8) kernels
}
