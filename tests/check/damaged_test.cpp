#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "tests/check/check_fixture.h"

namespace nas::testing {
namespace {

const char* const kScript = R"(param rounds : int = 5 in 1..20 "rounds of concurrent search"
seed 1
dataset fashion = fashion_mnist()
space   net     = tiny_mobilenet()
device  host    = cpu(threads = 1, batch = 1)
train   weights = supernet(epochs = 3) of net on host using fashion
objective maximize accuracy from weights
objective minimize latency@host
predictor ridge() of accuracy, latency@host
search  front   = nsga2(population = 40, generations = 200) with concurrent(iter = rounds)
  where 1ms < latency@host < 25ms and macs < 600M
foreach n in [10, 20] {
  search more = nsga2(population = n) over net of maximize accuracy, minimize macs
}
require front.best.accuracy > 0.5, "too bad"
show front.hypervolume, net.largest.macs
)";

// A damaged script is reported, never crashes the check and never holds it for a second.
TEST(DamagedScripts, NeitherCrashNorHang) {
  std::mt19937 random(7);
  const std::string whole = kScript;
  for (int i = 0; i < 500; ++i) {
    std::string script = whole;
    const int changes = 1 + static_cast<int>(random() % 3);
    for (int c = 0; c < changes; ++c) {
      const std::size_t at = random() % script.size();
      const std::size_t length = 1 + random() % 12;
      switch (random() % 4) {
        case 0:
          script.erase(at, length);
          break;
        case 1:
          script.insert(at, script.substr(random() % script.size(), length));
          break;
        case 2:
          script[at] = "(){}[]=.,@\n\"1x"[random() % 14];
          break;
        default:
          script.resize(at + 1);
          break;
      }
    }
    SCOPED_TRACE(script);
    const auto start = std::chrono::steady_clock::now();
    check_text(script);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  }
}

TEST(DamagedScripts, TheWholeScriptHasNoMistake) {
  const Checked checked = check_text(kScript);
  EXPECT_TRUE(checked.codes.empty()) << checked.text;
}

}  // namespace
}  // namespace nas::testing
