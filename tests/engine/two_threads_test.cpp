// The quick start, then the same networks on two threads: its training and its search serve the second script.
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
  EXPECT_NE(second.printed.find("to the same hypervolume: 5 networks from the quick start's front, 27 from nothing"), std::string::npos)
      << second.printed;
  EXPECT_GT(file("out/two_threads.svg").size(), 2000u);
}
