// Stages that no statement declares: the true front of a space on a device, and devices whose tables are compared.
#include "tests/check/mistake.h"

namespace nas::testing {
namespace {

const std::string kDevices =
    "device pixel3 = table(\"t.csv\", value = \"a\", unit = 1ms)\ndevice raspi4 = table(\"t.csv\", value = \"b\", unit = 1ms)\n"
    "device edgegpu = table(\"t.csv\", value = \"c\", unit = 1ms)\ndevice fpga = table(\"t.csv\", value = \"d\", unit = 1ms)\n"
    "device eyeriss = table(\"t.csv\", value = \"e\", unit = 1ms)\n"
    "objective maximize accuracy from table(\"t.csv\", value = \"f\", unit = 1%)\n"
    "let all = [pixel3, raspi4, edgegpu, fpga, eyeriss]\n";

/// A table of another device and of accuracy.
const std::string kTables =
    "space net = nasbench201()\ndevice phone = table(\"t.csv\", value = \"a\", unit = 1ms)\n"
    "device board = table(\"t.csv\", value = \"b\", unit = 1ms)\nobjective maximize accuracy from table(\"t.csv\", value = "
    "\"f\", "
    "unit = 1%)\n";

TEST(ImpliedStages, TheContractsThirdSampleHasNoMistake) {
  const Checked checked = check_text(slurp(std::filesystem::path(NAS_SOURCE_DIR) / "tests/syntax/samples/one_proxy.nas"),
                                     {{{"devices/hwnasbench.nas", kDevices}}});
  EXPECT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "search"),
            (std::vector<std::string>{"front[raspi4]", "nb.true_front(raspi4)", "front[edgegpu]", "nb.true_front(edgegpu)",
                                      "front[fpga]", "nb.true_front(fpga)", "front[eyeriss]", "nb.true_front(eyeriss)"}));
  EXPECT_EQ(checked.stage("pareto[fpga]")->shows, (std::vector<std::string>{"front[fpga]", "nb.true_front(fpga)"}));
  EXPECT_EQ(checked.stage("heatmap")->shows,
            (std::vector<std::string>{"latency@pixel3 of nb", "latency@raspi4 of nb", "latency@edgegpu of nb",
                                      "latency@fpga of nb", "latency@eyeriss of nb"}));
}

TEST(ImpliedStages, OfAllNetworksByAccuracyAndLatencyOnce) {
  const Checked checked =
      check_text(kTables +
                 "device other = table(\"t.csv\", value = \"c\", unit = 1ms)\n"
                 "show net.true_front(board).hypervolume, net.true_front(board).size\n"
                 "search front = nsga2() with warm_start(net.true_front(other)), direct() of maximize accuracy, "
                 "minimize latency@phone\nplot pareto(front, net.true_front(board)) to \"out/a.svg\"\n");
  EXPECT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "search"), (std::vector<std::string>{"net.true_front(board)", "net.true_front(other)", "front"}));
  const CheckedSearch& search = *checked.stage("net.true_front(board)")->search;
  EXPECT_EQ(search.algorithm.component->name, "exhaustive");
  ASSERT_EQ(search.objectives.size(), 2u);
  EXPECT_EQ(search.objectives[0].label, "accuracy");
  EXPECT_TRUE(search.objectives[0].maximise);
  EXPECT_EQ(search.objectives[1].label, "latency@board");
  EXPECT_FALSE(search.objectives[1].maximise);
}

TEST(ImpliedStages, TheyBelongToNoBranch) {
  const Checked checked = check_text(kTables +
                                     "search front = nsga2() with direct() of maximize accuracy, minimize latency@phone\n"
                                     "when front.size > 3 { show net.true_front(phone).size, spearman(phone, board) }\n"
                                     "show net.true_front(phone).size, spearman(phone, board)\n");
  EXPECT_EQ(checked.text, "");
  for (const char* name : {"net.true_front(phone)", "latency@phone of net"}) {
    ASSERT_NE(checked.stage(name), nullptr) << name;
    EXPECT_TRUE(checked.stage(name)->when.empty()) << name;
  }
}

TEST(ImpliedStages, OtherSourcesMakeAnotherFront) {
  const Checked checked = check_text(
      "space net = nasbench201()\ndevice phone = table(\"t.csv\", value = \"a\", unit = 1ms)\n"
      "foreach set in [\"x\", \"y\", \"x\"] {\n"
      "  objective maximize accuracy from table(\"t.csv\", value = \"acc_${set}\", unit = 1%)\n"
      "  show net.true_front(phone).size\n}\n");
  EXPECT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "search"), (std::vector<std::string>{"net.true_front(phone)", "net.true_front(phone) 2"}));
  for (const auto& [name, column] : {std::pair("net.true_front(phone)", "acc_x"), std::pair("net.true_front(phone) 2", "acc_y")})
    EXPECT_EQ(checked.stage(name)->search->metrics[0].source.arguments["value"], column) << name;
}

TEST(ImpliedStages, DevicesOfTablesAreComparedOverAllNetworks) {
  const Checked checked =
      check_text(kTables + "show spearman(phone, board), kendall([phone, board]), spearman([phone, board])\n");
  EXPECT_EQ(checked.text, "");
  EXPECT_EQ(names_of(checked, "profile"), (std::vector<std::string>{"latency@phone of net", "latency@board of net"}));
  EXPECT_EQ(checked.stage("latency@phone of net")->search->tactics[0].arguments["samples"], 15625);
}

class ImpliedStageMistakes : public Mistaken {};

TEST_P(ImpliedStageMistakes, IsSaidOnceInTheseWords) {
  const Checked checked = check_text(GetParam().text);
  EXPECT_EQ(checked.text, GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, ImpliedStageMistakes,
    ::testing::ValuesIn(std::vector<Mistake>{
        {"ATrueFrontOfNoDevice", kTables + "show net.true_front()\n", R"~(error[E404]: true_front takes one device
 --> b.nas:5:6
5 | show net.true_front()
  |      ^^^^^^^^^^^^^^^^ e.g. net.true_front(phone)
  = More: nas explain E404
)~"},
        {"ATrueFrontOfASpace", kTables + "show net.true_front(net)\n", R"~(error[E404]: true_front takes one device
 --> b.nas:5:6
5 | show net.true_front(net)
  |      ^^^^^^^^^^^^^^^^^^^ e.g. net.true_front(phone)
  = More: nas explain E404
)~"},
        {"ATrueFrontWithoutAccuracy",
         "space net = nasbench201()\ndevice phone = table(\"t.csv\", value = \"a\", unit = 1ms)\n"
         "show net.true_front(phone).size\n",
         R"~(error[E601]: accuracy has no source
 --> b.nas:3:6
3 | show net.true_front(phone).size
  |      ^^^^^^^^^^^^^^^^^^^^^ say where it comes from: objective maximize accuracy from weights
  = a source is a trained super-network, a table or a linear model.  More: nas explain E601
)~"},
        {"ATrueFrontOfAPlot", kTables + "device host = cpu()\nplot pareto(phone.true_front(net)) to \"out/a.svg\"\n",
         R"~(error[E207]: a device has no part true_front
 --> b.nas:6:19
6 | plot pareto(phone.true_front(net)) to "out/a.svg"
  |                   ^^^^^^^^^^
  = it has name.  More: nas explain E207
)~"},
        {"DevicesThatAreMeasured", kTables + "device host = cpu()\nshow spearman(phone, host)\n",
         R"~(error[E301]: spearman compares what was measured, and this is a device
 --> b.nas:6:22
6 | show spearman(phone, host)
  |                      ^^^^ profile it: profile base = latency over net on [...], then name the profile
  = More: nas explain E301
)~"},
        {"DevicesWithoutOneSpace", kTables + "space other = tiny_mobilenet()\nshow spearman(phone, board)\n",
         R"~(error[E301]: spearman compares what was measured, and this is a device
 --> b.nas:6:15
6 | show spearman(phone, board)
  |               ^^^^^ profile it: profile base = latency over net on [...], then name the profile
  = More: nas explain E301
)~"},
        {"DevicesOfALargeSpace",
         "space net = ofa_mobilenetv3()\ndevice phone = table(\"t.csv\", value = \"a\", unit = 1ms)\n"
         "device board = table(\"t.csv\", value = \"b\", unit = 1ms)\nshow spearman(phone, board)\n",
         R"~(error[E301]: spearman compares what was measured, and this is a device
 --> b.nas:4:15
4 | show spearman(phone, board)
  |               ^^^^^ profile it: profile base = latency over net on [...], then name the profile
  = More: nas explain E301
)~"},
        {"AHeatmapOfKendall", kTables + "plot heatmap(kendall([phone, board])) to \"out/h.svg\"\n",
         R"~(error[E404]: heatmap takes profiles, and this is a value that is known after the run
 --> b.nas:5:14
5 | plot heatmap(kendall([phone, board])) to "out/h.svg"
  |              ^^^^^^^^^^^^^^^^^^^^^^^
  = More: nas explain E404
)~"},
        {"AnErrorOfDevices", kTables + "show mape(phone, board)\n",
         R"~(error[E301]: mape compares what was measured, and this is a device
 --> b.nas:5:11
5 | show mape(phone, board)
  |           ^^^^^ profile it: profile base = latency over net on [...], then name the profile
  = More: nas explain E301
)~"},
    }),
    mistake_name);

}  // namespace
}  // namespace nas::testing
