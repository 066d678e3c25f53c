#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/rng.h"
#include "run/torch_module.h"

namespace nas::testing {

inline constexpr int kSide = 8, kClasses = 3;

/// A data set of noisy bars (one place per class) in IDX files of its own folder.
class Bars : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!torch_module_present()) GTEST_SKIP() << "built without NAS_TORCH";
    folder_ = std::filesystem::temp_directory_path() / ("nas_torch_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    data_.key = "bars";
    data_.train_count = 384;
    data_.validation_count = 96;
    data_.test_count = 96;
    data_.image = {1, kSide, kSide};
    data_.classes = kClasses;
    write("train", 480, data_.train_images, data_.train_labels);
    write("test", 96, data_.test_images, data_.test_labels);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  void write(const std::string& name, int count, std::string& images_path, std::string& labels_path) {
    Stream stream(5, name);
    std::string images{'\0', '\0',  '\b', 3, '\0', '\0', static_cast<char>(count >> 8), static_cast<char>(count), 0, 0,
                       0,    kSide, 0,    0, 0,    kSide};
    std::string labels{'\0', '\0', '\b', 1, '\0', '\0', static_cast<char>(count >> 8), static_cast<char>(count)};
    for (int n = 0; n < count; ++n) {
      const auto label = static_cast<int>(stream.below(kClasses));
      labels += static_cast<char>(label);
      for (int y = 0; y < kSide; ++y)
        for (int x = 0; x < kSide; ++x) images += static_cast<char>(stream.below(120) + (y / 3 == label ? 100 : 0));
    }
    images_path = folder_ / (name + "-images");
    labels_path = folder_ / (name + "-labels");
    std::ofstream(images_path, std::ios::binary) << images;
    std::ofstream(labels_path, std::ios::binary) << labels;
  }

  NetworkRunner::TrainOptions options(const std::string& name) const {
    NetworkRunner::TrainOptions o;
    o.epochs = 8;
    o.batch = 32;
    o.seed = 3;
    o.checkpoint_seconds = 0;
    o.checkpoint_path = folder_ / (name + ".checkpoint");
    o.weights_path = folder_ / (name + ".weights");
    return o;
  }

  std::filesystem::path folder_;
  Dataset data_;
};

}  // namespace nas::testing
