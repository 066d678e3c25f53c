// Metrics and searches that a C++ program drives itself; the C interface, which stands on them, has more (tests/c_api).
#include "embed/host_metric.h"

#include <thread>

#include "../engine/engine_fixture.h"
#include "embed/ask_tell.h"

using namespace nas;
using namespace nas::testing;

namespace {

const std::string kOwn =
    "seed 4\nspace net = tiny_mobilenet()\nobjective maximize accuracy from own(gain = 0.5)\nobjective minimize macs\n"
    "search front = nsga2(population = 12, generations = 3) with direct()\n";

double value_of(const Space& space, const Arch& arch) {
  return 0.5 - 1e4 / static_cast<double>(100000 + space.params(arch.genes));
}

HostMetric own(int& count) {
  HostMetric metric;
  metric.name = "own";
  metric.metric = "accuracy";
  metric.version = "1";
  metric.args = *arguments_from_schema({{{"name", "gain"}, {"type", "number"}, {"default", 1}, {"at_least", 0}}});
  metric.evaluate = [&count](const HostBatch& batch, std::span<double> values) -> Result<void> {
    EXPECT_EQ(batch.arguments, nlohmann::json({{"gain", 0.5}}));
    EXPECT_EQ(batch.genomes.size(), batch.archs.size() * batch.space->gene_count());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = value_of(*batch.space, batch.archs[i]);
    count += static_cast<int>(values.size());
    return {};
  };
  return metric;
}

class Host : public EngineTest {};

TEST_F(Host, AMetricComesInByAddAndByExtendAlike) {
  int count = 0;
  std::vector<nlohmann::json> fronts;
  for (const bool extended : {false, true}) {
    Options options = options_;
    options.fresh = true;
    if (extended) options.extend = [&](Registry& registry) { EXPECT_TRUE(add_host_metric(registry, own(count))); };
    Interpreter interpreter(options);
    if (!extended) {
      ASSERT_TRUE(interpreter.add(own(count)));
    }
    const auto again = interpreter.add(own(count));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.failure().message, "there is a source own already");
    count = 0;
    interpreter.load_text("own", kOwn);
    ASSERT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false) << interpreter.failure_text();
    fronts.push_back(interpreter.result_json("front"));
    EXPECT_EQ(fronts.back()["evaluations"], count);
  }
  EXPECT_EQ(fronts[0], fronts[1]);
}

TEST_F(Host, ASearchThatIsAskedAndToldOutlivesItsInterpreter) {
  int count = 0;
  nlohmann::json ran;
  std::unique_ptr<AskTell> search;
  {
    Interpreter interpreter(options_);
    ASSERT_TRUE(interpreter.add(own(count)));
    interpreter.load_text("own", kOwn);
    ASSERT_EQ(interpreter.run(), Status::ok);
    ran = interpreter.result_json("front");
    auto opened = AskTell::open(interpreter, "front");
    ASSERT_TRUE(opened) << opened.failure().message;
    search = std::move(*opened);
  }
  ASSERT_EQ(search->metrics().size(), 2u);
  while (true) {
    const auto asked = search->ask();
    ASSERT_TRUE(asked);
    if (asked->empty()) break;
    std::vector<double> values;
    for (const Arch& arch : *asked) values.insert(values.end(), {value_of(*search->space(), arch), 0.0});
    ASSERT_TRUE(search->tell(values));
  }
  EXPECT_EQ(search->result_json(), ran);
}

// What the embedder has comes before the disk; what is logged comes once.
TEST_F(Host, ImportsFilesAndLinesGoThroughTheOptions) {
  options_.import = [](const std::string& path, const std::string& from) -> std::optional<ScriptText> {
    EXPECT_EQ(from, "main");
    if (path != "memory") return std::nullopt;
    return ScriptText{"the memory", "let answer = 41 + 1\n"};
  };
  options_.open_file = [](const std::string& path) -> std::optional<std::string> {
    if (path == "main.nas") return "import \"memory\" as m\nshow m.answer\n";
    return std::nullopt;
  };
  std::vector<std::string> heard;
  Callbacks callbacks;
  callbacks.print = [&](const std::string& text) { heard.push_back(text); };
  callbacks.log = [&](LogLevel level, const std::string& line) {
    heard.push_back(std::to_string(static_cast<int>(level)) + " " + line);
  };
  Interpreter interpreter(options_, callbacks);
  ASSERT_TRUE(interpreter.load_file("main.nas"));
  interpreter.load_text("main", "import \"memory\" as m\nshow m.answer\nlet b = 1\n");
  EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.render_diagnostics(false);
  EXPECT_EQ(heard, (std::vector<std::string>{"1 main:3:5: warning[W901]: let b is never used", "42\n"}));
}

}  // namespace
