#include <gtest/gtest.h>

#include <ctime>
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

const char* const kSpaces = R"(import "devices.nas" as hw
def double(x: int) = 2 * x
def space own(width: int = 8, classes: int = 10) {
  let widths = [width, double(width)]
  rule falling(n) = if n < 2 then 1 else falling(n - 1)
  input = image(channels = 3, size = 16)
  stem = conv(k = 3, out = width, act = relu)
  repeat stage in 1..2 {
    depth = choice(1, 2)
    repeat block in depth {
      op = choice { mbconv(k = choice(3, 5), expand = choice(2, 3), out = widths[stage]), skip() if block > 1 }
      op
    }
  }
  add(pick(2, of = [conv(k = 1, out = 8), conv(k = 3, out = 8), conv(k = 5, out = 8)]))
  head = linear(falling(3) * classes)
  require macs < 600M and params < 5M
  spelling own { d = stage[*].depth, k = stage[*].block[*].kernel }
}
space net = own(width = 16)
space small = pool(net, table("rows.csv", value = "top1", unit = 1%))
space cells = nasbench201(cells = 2)
let one = net.smallest
search f = random(evaluations = 20) over net of minimize (macs - 1) * params / 3, minimize latency@hw.host / 1ms
when f.hypervolume > 0.5 { export f.best as nas to "out/${one.macs}.nas" }
otherwise { plot pareto(f) to "out/a.svg" { x = macs } }
show small, cells.networks, len([1, 2, 3]) + max(1, 2), f.best.latency
)";

/// CPU time of this thread: a busy machine is no slow check.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// One to three bits of the script taken out, doubled, moved or replaced; now and then it ends too early.
std::string damaged(std::string script, std::mt19937& random) {
  static const std::vector<std::string> words = {
      "(",    ")",   "{",       "}",    "[",  "]", "=",    ".", ",", "@",   "\n",  "\"", "1",  "x",    "0",       "-",    "..",
      "9999", "1e9", "choice(", "pick", "ms", "%", " if ", "*", "^", "/ 0", "net", "#",  "${", "else", "repeat ", "@net", "é"};
  const int changes = 1 + static_cast<int>(random() % 3);
  for (int c = 0; c < changes && !script.empty(); ++c) {
    const std::size_t at = random() % script.size(), length = 1 + random() % 12;
    switch (random() % 9) {
      case 0:
      case 1:
        script.erase(at, length);
        break;
      case 2:
      case 3:
        script.insert(at, script.substr(random() % script.size(), length));
        break;
      case 4:
        script.insert(at, script.substr(random() % script.size(), 10 * length));
        break;
      case 5:
      case 6:
        script.replace(at, 1, words[random() % words.size()]);
        break;
      case 7:
        script.insert(at, words[random() % words.size()]);
        break;
      default:
        if (random() % 4 == 0) script.resize(at + 1);
    }
  }
  return script;
}

// A damaged script is reported, never crashes the check and never holds it for a second.
TEST(DamagedScripts, NeitherCrashNorHang) {
  std::mt19937 random(7);
  const World world{.files = {{"devices.nas", "device host = cpu(threads = 1)\n"}}};
  double slowest = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string script = damaged(i % 2 == 0 ? kScript : kSpaces, random);
    SCOPED_TRACE(script);
    const double start = cpu_seconds();
    check_text(script, world);
    const double took = cpu_seconds() - start;
    ASSERT_LT(took, 1);
    slowest = std::max(slowest, took);
  }
  RecordProperty("slowest_ms", static_cast<int>(1000 * slowest));
}

TEST(DamagedScripts, TheWholeScriptsHaveNoMistake) {
  const World world{.files = {{"devices.nas", "device host = cpu(threads = 1)\n"}}};
  for (const char* script : {kScript, kSpaces}) EXPECT_EQ(check_text(script, world).text, "");
}

}  // namespace
}  // namespace nas::testing
