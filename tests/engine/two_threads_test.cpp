// Scripts about one thread and two: the quick start, whose training and search serve a second script, and layers and transfer.
#include <fmt/format.h>

#include <map>
#include <regex>

#include "engine_fixture.h"
#include "stdlib/register.h"
#include "tests/fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Also times networks: their MACs over the threads, the second thread half as good as the first.
class TimingRunner : public FakeRunner {
 public:
  using FakeRunner::FakeRunner;
  Result<void> latency(std::span<const Network> networks, const Network&, const LatencyOptions& options,
                       const std::function<bool()>&, const std::function<void(std::size_t, const Measurement&)>& done) override {
    for (std::size_t i = 0; i < networks.size(); ++i) {
      Measurement m;
      m.value = 1e-9 * static_cast<double>(networks[i].macs()) / (options.threads == 1 ? 1.0 : 1.5);
      done(i, m);
    }
    return {};
  }
};

class TwoThreads : public EngineTest {};

}  // namespace

TEST_F(TwoThreads, TheQuickStartsTrainingAndFrontServe) {
  if (!fashion_mnist_folder()) GTEST_SKIP() << "dataset-fashion-mnist is not installed";
  options_.open_runner = []() -> Result<std::unique_ptr<NetworkRunner>> {
    return std::unique_ptr<NetworkRunner>(std::make_unique<TimingRunner>("weights"));
  };
  const auto script = [](const char* name) { return read_text((source_folder() / "examples" / name).string()); };
  ASSERT_EQ(run(script("quickstart.nas")).status, Status::ok);
  const Outcome second = run(script("quickstart_two_threads.nas"));
  ASSERT_EQ(second.status, Status::ok) << second.failure << second.diagnostics;
  EXPECT_EQ(second.action.at("weights"), "reuse");
  EXPECT_EQ(second.action.at("front"), "reuse");
  EXPECT_NE(second.printed.find("to the same hypervolume: 5 networks from the quick start's front, 27 from nothing"),
            std::string::npos)
      << second.printed;
  EXPECT_GT(file("out/two_threads.svg").size(), 2000u);
}

// A machine on which a layer takes a nanosecond a hundred MACs and two threads are half as fast again: layers add up to networks,
// and one thread's predictor is right about two once it is scaled.
TEST_F(TwoThreads, LayersAddUpAndOneThreadTellsOfTwo) {
  options_.open_runner = []() -> Result<std::unique_ptr<NetworkRunner>> {
    return std::unique_ptr<NetworkRunner>(std::make_unique<TimingRunner>("weights"));
  };
  const Outcome outcome = run(read_text((source_folder() / "examples/this_machine.nas").string()));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.failure << outcome.diagnostics;
  const std::regex sums(
      R"(  26 different layers measured\n  whole networks take 1 times the sum of their layers \+ 0 ms; error over 20 networks 0\.0 % before)");
  EXPECT_EQ(std::distance(std::sregex_iterator(outcome.printed.begin(), outcome.printed.end(), sums), std::sregex_iterator()), 2)
      << outcome.printed;
  std::map<std::string, std::pair<double, double>> said;  // Spearman's correlation and the error
  const std::regex line(R"((as it is|adapted|from scratch): Spearman (\S+), error (\S+)\n)");
  for (auto it = std::sregex_iterator(outcome.printed.begin(), outcome.printed.end(), line); it != std::sregex_iterator(); ++it)
    said[(*it)[1]] = {std::stod((*it)[2]), std::stod((*it)[3])};
  ASSERT_EQ(said.size(), 3u) << outcome.printed;
  EXPECT_NEAR(said["as it is"].second, 0.5, 0.02);
  EXPECT_EQ(said["adapted"].first, said["as it is"].first);  // a factor keeps the order
  for (const char* learnt : {"adapted", "from scratch"}) {
    EXPECT_GT(said[learnt].first, 0.97) << learnt;
    EXPECT_LT(said[learnt].second, 0.05) << learnt;
  }
  // 16 x 14 x 14 outputs of 9 products each.
  for (const auto& [name, ms] : {std::pair("one", "0.028224"), std::pair("two", "0.018816")})
    EXPECT_NE(file(fmt::format("out/layers_{}.csv", name))
                  .find(fmt::format("conv 1x28x28>16x14x14 k3 s2 p1; batch_norm; activation relu,{0},{0},0,1\n", ms)),
              std::string::npos)
        << name;
}
