// Predictors that know what layers do, learnt from whole networks of published tables, beside ridge regression on the choices.
#include "run_example.h"

using namespace nas;
using namespace nas::testing;

TEST(Kernels, FromAHundredNetworksAreNearerThanRidgeOnThreeDevices) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the published tables are not beside this checkout (set NAS_SHARED_DATA)";
  TemporaryFolder folder;
  const ExampleRun run = run_example("real_data/kernels.nas", {{"data", data->string()}}, folder.path());
  ASSERT_EQ(run.status, Status::ok) << run.text;
  for (const auto& [device, kernel_at_most] : {std::pair("pixel", 0.005), std::pair("phone", 0.004), std::pair("gpu", 0.045)}) {
    const auto at = run.printed.find(std::string("\n") + device + "  100  ");
    ASSERT_NE(at, std::string::npos) << run.printed;
    double ridge = 0, roofline = 0, kernel = 0;
    ASSERT_EQ(
        std::sscanf(run.printed.c_str() + at + 1 + std::string(device).size() + 7, "%lf %lf %lf", &ridge, &roofline, &kernel), 3);
    std::printf("%s, 100 networks: ridge %.2f %%, roofline %.2f %%, kernel %.2f %%\n", device, 100 * ridge, 100 * roofline,
                100 * kernel);
    EXPECT_LT(kernel, kernel_at_most) << device;
    EXPECT_LT(kernel, roofline) << device;
    EXPECT_LT(kernel, ridge) << device;
    EXPECT_LT(roofline, 0.06) << device;
  }
}
