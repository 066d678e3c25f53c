// Every row of the published tables: what a space says about a spelled network equals what its authors printed.
#include <gtest/gtest.h>

#include <cmath>

#include "csv_rows.h"

using namespace nas;
using namespace nas::testing;

TEST(PublishedRows, NasBench201MacsAndParamsOfAllNetworks) {
  const auto rows = csv_rows("nasbench201.csv.gz");
  if (rows.empty()) GTEST_SKIP() << "nasbench201.csv.gz is not beside this checkout";
  EXPECT_EQ(rows.size(), 15625u);
  auto made = compile_stdlib("nasbench201");
  ASSERT_TRUE(made->space) << made->errors();
  int wrong = 0;
  for (const auto& row : rows) {
    auto arch = made->space->parse(row.at("arch"));
    ASSERT_TRUE(arch) << row.at("arch") << ": " << arch.failure().message;
    ASSERT_EQ(made->space->spell(*arch), row.at("arch"));
    // The table prints millions with every digit, so the integers are compared.
    wrong += made->space->macs(arch->genes) != std::llround(std::stod(row.at("flops_m")) * 1e6);
    wrong += made->space->params(arch->genes) != std::llround(std::stod(row.at("params_m")) * 1e6);
  }
  EXPECT_EQ(wrong, 0);
}

TEST(PublishedRows, OfaMobileNetV3Width10) {
  const auto rows = csv_rows("ofa_mobilenetv3_w10_accuracy.csv.gz");
  if (rows.empty()) GTEST_SKIP() << "ofa_mobilenetv3_w10_accuracy.csv.gz is not beside this checkout";
  EXPECT_EQ(rows.size(), 1819u);
  std::map<std::string, std::unique_ptr<CompiledSpace>> spaces;
  int wrong = 0;
  for (const auto& row : rows) {
    auto& made = spaces[row.at("resolution")];
    if (!made) made = compile_stdlib("ofa_mobilenetv3", {{"resolution", std::stoi(row.at("resolution"))}});
    ASSERT_TRUE(made->space) << made->errors();
    std::vector<std::vector<std::string>> fields(4);
    for (int i = 0; i < 20; ++i) fields[0].push_back(row.at("ks" + std::to_string(i)));
    for (int i = 0; i < 20; ++i) fields[1].push_back(row.at("e" + std::to_string(i)));
    for (int i = 0; i < 5; ++i) fields[2].push_back(row.at("d" + std::to_string(i)));
    fields[3] = {row.at("resolution")};
    auto arch = made->space->parse(0, fields);
    ASSERT_TRUE(arch) << arch.failure().message;
    wrong += made->space->macs(arch->genes) != std::stoll(row.at("macs"));
    wrong += made->space->params(arch->genes) != std::stoll(row.at("params"));
  }
  EXPECT_EQ(wrong, 0);
}

TEST(PublishedRows, OfaSpecialisedMobileNets) {
  const auto rows = csv_rows("ofa_specialized_nets.csv");
  if (rows.empty()) GTEST_SKIP() << "ofa_specialized_nets.csv is not beside this checkout";
  int checked = 0;
  for (const auto& row : rows) {
    if (row.at("family") != "mbv3") continue;
    auto made = compile_stdlib("ofa_mobilenetv3",
                               {{"width", std::stod(row.at("width_mult"))}, {"resolution", std::stoi(row.at("resolution"))}});
    ASSERT_TRUE(made->space) << made->errors();
    std::vector<std::vector<std::string>> fields{{}, {}, split(row.at("depths"), ' '), {row.at("resolution")}};
    for (const auto& stage : split(row.at("stages(k:e per block)"), '|')) {
      int blocks = 0;
      for (const auto& block : split(stage, ' '))
        if (!block.empty()) {
          fields[0].push_back(block.substr(0, 1));
          fields[1].push_back(block.substr(2));
          ++blocks;
        }
      for (; blocks < 4; ++blocks) {
        fields[0].push_back("3");
        fields[1].push_back("3");
      }
    }
    auto arch = made->space->parse(0, fields);
    ASSERT_TRUE(arch) << arch.failure().message;
    EXPECT_EQ(made->space->macs(arch->genes), std::stoll(row.at("macs"))) << row.at("net_id");
    EXPECT_EQ(made->space->params(arch->genes), std::stoll(row.at("params"))) << row.at("net_id");
    ++checked;
  }
  EXPECT_EQ(checked, 17);
}
