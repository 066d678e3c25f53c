// What every search keeps to, found through the registry, so that a new one is tested with the others: nothing is measured twice,
// an interrupted run goes on to the same result, threads do not matter, and nothing feasible is an end, not a loop.
#include <fmt/format.h>

#include <atomic>

#include "engine_fixture.h"
#include "stdlib/register.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// An accuracy that is measured, counts its measurements, and can call out at one of them.
class Counted : public MetricSource {
 public:
  static inline std::atomic<int> measured{0};
  static inline std::function<void(int)> at_each;
  std::string key() const override { return "counted"; }
  std::string provenance() const override { return "counted"; }
  Cost cost() const override { return Cost::measured; }
  Result<void> measure(const Space& space, std::span<const Arch> archs, const MeasureContext& context,
                       const std::function<void(std::size_t, const Measurement&)>& done) const override {
    for (std::size_t i = 0; i < archs.size(); ++i) {
      if (context.cancelled()) return Failure{"cancelled", "interrupted", ""};
      done(i, {.value = 1 - 1e4 / static_cast<double>(space.params(archs[i].genes) + archs[i].hash() % 1000)});
      const int count = ++measured;
      if (at_each) at_each(count);
    }
    return {};
  }
};

const Registry& registry() {
  static const Registry all = [] {
    Registry registry;
    add_stdlib(registry);
    return registry;
  }();
  return all;
}

void add_counted(Registry& registry) {
  struct None {};
  registry.add(Declare<None>(ComponentKind::source, "counted", "Counts.").gives({"accuracy"}).builds([](const None&, Services&) {
    return std::shared_ptr<void>(std::static_pointer_cast<MetricSource>(std::make_shared<Counted>()));
  }));
}

/// A search, alone or on islands.
class EverySearch : public EngineTest, public ::testing::WithParamInterface<std::pair<std::string, bool>> {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    options_.extend = add_counted;
    Counted::measured = 0;
    Counted::at_each = nullptr;
  }

  /// A short run of it on as many of accuracy, macs and params as it needs, two of them where it may.
  static std::string script(const std::string& where = "", const std::string& space = "space net = tiny_mobilenet()\n") {
    const Component& search = *registry().find(ComponentKind::search, GetParam().first);
    std::string arguments;
    for (const auto& [name, value] : {std::pair{"population", "20"}, {"initial", "20"}, {"evaluate", "10"}, {"children", "5"}})
      if (search.find_arg(name)) arguments += (arguments.empty() ? "" : ", ") + std::string(name) + " = " + value;
    if (search.find_arg("reference")) arguments += ", reference = [90%, 1M]";
    const bool learns = search.find_arg("candidates") != nullptr;
    return "seed 5\n" + space + "objective maximize accuracy from counted()\n" +
           (search.max_objectives > 1 ? "objective minimize macs\n" : "") + (learns ? "predictor ridge() of accuracy\n" : "") +
           "search front = " + GetParam().first + "(" + arguments + ")" + where +
           (GetParam().second ? " with islands(3, interval = 1)" : "") +
           " until evaluations >= 70\nexport front as csv to \"out/front.csv\"\nshow front.evaluations\n";
  }
};

TEST_P(EverySearch, AnInterruptedRunGoesOnToTheSameResultAndMeasuresNothingTwice) {
  const Outcome whole = run(script());
  ASSERT_EQ(whole.status, Status::ok) << whole.diagnostics << whole.failure;
  EXPECT_EQ(whole.printed, "70\n");
  EXPECT_EQ(Counted::measured, 70);
  const std::string bytes = read_text(folder_ + "/out/front.csv");
  EXPECT_NE(bytes.find('\n'), std::string::npos);

  // In a new store: stopped at the 33rd measurement, then run again, on two threads.
  const std::string folder = stopped_and_gone_on<Counted>(script(), add_counted, 33);
  EXPECT_EQ(Counted::measured, 70);
  EXPECT_EQ(read_text(folder + "/out/front.csv"), bytes);
}

// What genes are called is the author's taste: a search sees numbers of options, which genes belong together, and no more.
TEST_P(EverySearch, RelabellingTheGenesChangesNothing) {
  const auto bytes = [&](const std::string& stage, const std::string& block, const std::string& depth) {
    const std::string space = fmt::format(R"(def space own() {{
  input = image(channels = 1, size = 28)
  stem = conv(kernel = 3, out = 16, stride = 2)
  repeat {0} in 1..2 {{
    {2} = choice(1, 2, 3)
    repeat {1} in {2} {{ mbconv(kernel = choice(3, 5), expand = choice(2, 3, 4), out = 16) }}
  }}
  head = linear(10)
  spelling own {{
    ks = {0}[*].{1}[*].kernel
    e  = {0}[*].{1}[*].expand
    d  = {0}[*].{2}
  }}
}}
space net = own()
)",
                                          stage, block, depth);
    options_.store_folder = folder_ + "/store_of_" + stage;
    const Outcome outcome = run(script("", space));
    EXPECT_EQ(outcome.status, Status::ok) << outcome.diagnostics << outcome.failure;
    return read_text(folder_ + "/out/front.csv");
  };
  const std::string front = bytes("stage", "block", "depth");
  EXPECT_NE(front.find("true"), std::string::npos) << front;
  EXPECT_EQ(bytes("a", "zz", "m"), front);
}

TEST_P(EverySearch, AConditionThatOnlyMeasuringCanRefuteEndsTheSearchEmpty) {
  if (!registry().find(ComponentKind::search, GetParam().first)->hard_constraints) GTEST_SKIP() << "it keeps no conditions";
  const Outcome outcome = run(script(" where accuracy > 99.99%"));
  EXPECT_EQ(outcome.status, Status::empty_result) << outcome.diagnostics << outcome.failure;
  EXPECT_TRUE(
      outcome.failure.starts_with("no network of net met the conditions of front\n  accuracy > 0.9999: the largest value "
                                  "seen is "))
      << outcome.failure;
  EXPECT_EQ(Counted::measured, 70);
}

std::vector<std::pair<std::string, bool>> searches() {
  std::vector<std::pair<std::string, bool>> all;
  for (const Component* search : registry().of_kind(ComponentKind::search)) {
    all.emplace_back(search->name, false);
    if (search->find_arg("population")) all.emplace_back(search->name, true);
  }
  return all;
}
INSTANTIATE_TEST_SUITE_P(All, EverySearch, ::testing::ValuesIn(searches()),
                         [](const auto& info) { return info.param.first + (info.param.second ? "_on_islands" : ""); });

}  // namespace
