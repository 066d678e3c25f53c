// `sim(...)`: the roofline model against closed forms; simulated values are never shown as measured.
#include "core/network.h"
#include "device_fixture.h"
#include "stdlib/devices/roofline.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Sim : public DeviceTest {
 protected:
  /// One convolution of 8 channels of 4x4 from 2 of 4x4, kernel 3 or 5, then the mean of each channel and 4 numbers from them.
  static std::string space() {
    return "def space s() {\n  input = image(channels = 2, size = 4)\n  first = conv(k = choice(3, 5), out = 8, act = none)\n  "
           "head = "
           "linear(4)\n}\nspace net = s()\n";
  }
};

}  // namespace

TEST_F(Sim, EveryLayerTakesTheLongerOfItsOperationsAndItsBytesAndTheLaunch) {
  // Convolution, kernel 3: 16 * 8 * 2 * 9 = 2304 operations; 2 * 16 read, 8 * 16 written, 8 * 2 * 9 weights: 304 values, 1216 B.
  // Mean: no operation; 128 read, 8 written: 136 values, 544 B. Linear: 32 operations; 8, 4, 36 with the bias: 48 values, 192 B.
  const std::string script = space() +
                             "device fast = sim(peak = 1kHz, bandwidth = 1KB / 1s)\n"   // 2.304, .544, .192 s
                             "device wide = sim(peak = 1kHz, bandwidth = 1GB / 1s)\n"   // 2.304, 0, .032 s
                             "device cheap = sim(peak = 1GHz, bandwidth = 1KB / 1s)\n"  // 1.216, .544, .192 s
                             "device slow = sim(peak = 1GHz, bandwidth = 1GB / 1s, launch = 10ms)\n"
                             "device bytes = sim(peak = 1GHz, bandwidth = 1KB / 1s, word = 1B)\n"
                             "device many = sim(peak = 1GHz, bandwidth = 1KB / 1s, batch = 2)\n"
                             "foreach board in [fast, wide, cheap, slow, bytes, many] {\n"
                             "  search s = exhaustive() of minimize latency@board\n  show s.best.latency\n}\n"
                             "search most = exhaustive() of maximize throughput@many\nshow most.best.throughput\n";
  const Outcome outcome = run(script);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  // Two images: activations twice, weights once: (2 * 160 + 144) + 2 * 136 + (2 * 12 + 36) = 796 values.
  EXPECT_EQ(outcome.printed, "3.04 s\n2.336 s\n1.952 s\n30.003 ms\n488 ms\n3.184 s\n0.628141 Hz\n");
}

TEST_F(Sim, EveryLayerIsShownWithItsBound) {
  const Outcome outcome =
      run(space() +
          "device board = sim(peak = 1kHz, bandwidth = 1KB / 1s)\ndevice slow = sim(peak = 1GHz, bandwidth = 1GB / 1s, launch "
          "= 10ms)\nshow layers(net.smallest, board)\nshow layers(net.smallest, slow)\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(outcome.printed,
            "board: 3 layers, 3040 ms, simulated\n"
            "  layer               MACs (M)   KB          us  bound\n"
            "  first.conv.conv        0.002  1.2  2304000.00  compute\n"
            "  head.linear.pool       0.000  0.5   544000.00  memory\n"
            "  head.linear.linear     0.000  0.2   192000.00  memory\n"
            "slow: 3 layers, 30 ms, simulated\n"
            "  layer               MACs (M)   KB        us  bound\n"
            "  first.conv.conv        0.002  1.2  10002.30  launch\n"
            "  head.linear.pool       0.000  0.5  10000.54  launch\n"
            "  head.linear.linear     0.000  0.2  10000.19  launch\n");
}

TEST(Roofline, NormsActivationsAndRenamingsCostNothingAndEveryOtherLayerItsShare) {
  for (const char* name : {"ofa_mobilenetv3", "nasbench201", "hat_transformer", "vit"}) {
    const auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    const Network network = made->space->network(made->space->largest());
    // Where operations are all that counts, the sum is the network's operations over the peak.
    double seconds = 0;
    std::int64_t macs = 0;
    for (const LayerTime& layer : roofline(network, {.peak = 1e9, .bandwidth = 1e30})) {
      seconds += layer.seconds;
      macs += layer.macs;
      EXPECT_GT(layer.bytes, 0) << layer.layer;
    }
    EXPECT_EQ(macs, network.macs()) << name;
    EXPECT_NEAR(seconds, 1e-9 * static_cast<double>(network.macs()), 1e-12 * static_cast<double>(network.macs())) << name;
    // Where only launches count, it is their number.
    const auto launches = roofline(network, {.peak = 1e30, .bandwidth = 1e30, .launch = 1});
    EXPECT_EQ(
        std::count_if(network.layers.begin(), network.layers.end(), [](const Layer& layer) { return layer_macs(layer) > 0; }) <=
            static_cast<std::ptrdiff_t>(launches.size()),
        true);
    EXPECT_LT(launches.size(), network.layers.size());
  }
}

TEST_F(Sim, ItsValuesAreShownAsPredictedAndSearchedWithoutMeasuring) {
  const Outcome outcome =
      run("seed 1\nspace net = tiny_mobilenet()\ndevice board = sim(peak = 10GHz, bandwidth = 1GB / 1s, launch = 5us)\n"
          "search front = nsga2(population = 20, generations = 10) of minimize latency@board, maximize params\nshow front\n"
          "export front as csv to \"front.csv\"\nprofile base = latency over net on board { samples = 30 }\nshow base\n");
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_NE(outcome.printed.find("~ marks what is only predicted"), std::string::npos) << outcome.printed;
  EXPECT_EQ(read("front.csv").find(",true\n"), std::string::npos);
  EXPECT_NE(outcome.printed.find("latency@board of 30 networks: "), std::string::npos) << outcome.printed;
}

TEST_F(Sim, MistakesAreSaid) {
  const auto mistake = [&](const std::string& device, const std::string& rest = "show board\n") {
    return run("space net = tiny_mobilenet()\ndevice board = " + device + "\n" + rest).text;
  };
  EXPECT_EQ(mistake("sim(peak = 100GHz, bandwidth = 10GB)"),
            "error[E303]: bandwidth of sim is a bandwidth, and this is a memory size\n"
            " --> s.nas:2:47\n"
            "2 | device board = sim(peak = 100GHz, bandwidth = 10GB)\n"
            "  |                                               ^^^^ write a size over a time, e.g. 10GB / 1s\n"
            "  = More: nas explain E303\n");
  EXPECT_EQ(sentence({{}, mistake("sim(peak = 100, bandwidth = 10GB / 1s)"), ""}),
            "error[E302]: peak of sim is a frequency, and this is a plain number");
  EXPECT_EQ(sentence({{}, mistake("sim(peak = 100GHz)"), ""}), "error[E403]: sim needs bandwidth");
  EXPECT_EQ(sentence({{}, mistake("sim(peak = 0GHz, bandwidth = 10GB / 1s)"), ""}), "error[E405]: peak of sim is 0 Hz");
  const std::string good = "sim(peak = 100GHz, bandwidth = 10GB / 1s)";
  EXPECT_EQ(sentence({{}, mistake(good, "search s = random() of minimize energy@board\n"), ""}),
            "error[E703]: board (sim) cannot give energy");
  EXPECT_EQ(mistake(good, "show layers(net, board)\n"),
            "error[E301]: a network is needed here, and this is a space\n"
            " --> s.nas:3:13\n"
            "3 | show layers(net, board)\n"
            "  |             ^^^ e.g. net.largest, or net.arch(\"...\")\n"
            "  = More: nas explain E301\n");
  EXPECT_EQ(sentence({{}, mistake(good, "show layers(net.largest)\n"), ""}), "error[E404]: layers takes a network and a device");
  EXPECT_EQ(sentence({{}, mistake("cpu()", "show layers(net.largest, board)\n"), ""}),
            "error[E703]: board (cpu) is not known layer by layer");
}
