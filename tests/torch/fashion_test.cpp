#include <gtest/gtest.h>

#include <filesystem>

#include "../space/space_fixture.h"
#include "core/component.h"
#include "core/rng.h"
#include "run/torch_module.h"
#include "stdlib/register.h"

namespace nas {
namespace {

// Sixty steps on real images. Every network was trained with the statistics of its own batches; scored with statistics that are
// not its own it falls to guessing (1 of 10), with those of 512 training images it does not.
TEST(Fashion, AccuracyCollapsesWithoutRecalibration) {
  if (!torch_module_present()) GTEST_SKIP() << "built without NAS_TORCH";
  const auto images = fashion_mnist_folder();
  if (!images) GTEST_SKIP() << "Fashion-MNIST is not installed (apt-get install dataset-fashion-mnist)";
  auto opened = open_torch_module();
  ASSERT_TRUE(opened) << opened.failure().message;
  NetworkRunner& runner = **opened;
  Dataset data;
  data.key = "fashion";
  data.train_images = *images + "/train-images-idx3-ubyte.gz";
  data.train_labels = *images + "/train-labels-idx1-ubyte.gz";
  data.test_images = *images + "/t10k-images-idx3-ubyte.gz";
  data.test_labels = *images + "/t10k-labels-idx1-ubyte.gz";
  data.train_count = 50000;
  data.validation_count = 10000;
  data.test_count = 10000;
  data.image = {1, 28, 28};
  data.classes = 10;
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  auto network = [&](std::int64_t step, int i) {
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(i == 0 ? space.largest() : i == 1 ? space.smallest() : *space.sample(stream));
  };
  NetworkRunner::TrainOptions training;
  training.images = 60 * 64;
  training.batch = 64;
  training.epochs = 1;
  training.learning_rate = 0.1;
  training.threads = 2;
  training.seed = 1;
  const std::string place = (std::filesystem::temp_directory_path() / ("nas_fashion_" + std::to_string(getpid()))).string();
  training.checkpoint_path = place + ".checkpoint";
  training.weights_path = place + ".weights";
  const auto weights = runner.train(space.weight_slots(), network, data, training, {});
  ASSERT_TRUE(weights) << weights.failure().message;
  const std::vector<Network> networks{network(0, 0), network(0, 1), network(0, 2)};
  auto accuracies = [&](std::int64_t recalibration) {
    NetworkRunner::EvaluateOptions o;
    o.images = 1000;
    o.recalibration_images = recalibration;
    std::vector<double> values(networks.size());
    auto done = runner.evaluate(
        *weights, space.weight_slots(), networks, o, [] { return false; },
        [&](std::size_t i, const NetworkRunner::Score& s) { values[i] = s.accuracy; });
    EXPECT_TRUE(done);
    return values;
  };
  const auto with = accuracies(512), without = accuracies(0);
  std::filesystem::remove(training.weights_path);
  for (std::size_t i = 0; i < networks.size(); ++i) {
    SCOPED_TRACE("network " + std::to_string(i) + ": " + std::to_string(with[i]) + " with, " + std::to_string(without[i]) +
                 " without");
    EXPECT_GT(with[i], 0.5);
    EXPECT_LT(without[i], with[i] - 0.3);
    RecordProperty("with_" + std::to_string(i), std::to_string(with[i]));
    RecordProperty("without_" + std::to_string(i), std::to_string(without[i]));
  }
}

}  // namespace
}  // namespace nas
