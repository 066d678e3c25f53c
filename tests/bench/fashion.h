#pragma once

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "../space/space_fixture.h"
#include "core/statistics.h"
#include "run/torch_module.h"
#include "stdlib/register.h"

namespace nas::testing {

/// Fashion-MNIST as the quick start splits it; nothing, with a line that says so, where it is not installed.
inline std::optional<Dataset> fashion() {
  const auto folder = fashion_mnist_folder();
  if (!folder) {
    fmt::print("  left out: Fashion-MNIST is not on this machine (apt-get install dataset-fashion-mnist)\n");
    return std::nullopt;
  }
  Dataset data;
  data.key = "bench";
  data.train_images = *folder + "/train-images-idx3-ubyte.gz";
  data.train_labels = *folder + "/train-labels-idx1-ubyte.gz";
  data.test_images = *folder + "/t10k-images-idx3-ubyte.gz";
  data.test_labels = *folder + "/t10k-labels-idx1-ubyte.gz";
  data.train_count = 50000;
  data.validation_count = 10000;
  data.test_count = 10000;
  data.image = {1, 28, 28};
  data.classes = 10;
  return data;
}

/// The module, or nothing with a line that says so.
inline std::unique_ptr<NetworkRunner> opened_module() {
  auto opened = open_torch_module();
  if (!opened) {
    fmt::print("  left out: {}\n", opened.failure().message);
    return nullptr;
  }
  return std::move(*opened);
}

/// Wall and processor seconds since its construction or the last call of `restart`.
class Stopwatch {
 public:
  Stopwatch() { restart(); }
  void restart() {
    start_ = std::chrono::steady_clock::now();
    used_ = processor_now();
  }
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  double processor() const { return processor_now() - used_; }

 private:
  static double processor_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto s = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return s(usage.ru_utime) + s(usage.ru_stime);
  }
  std::chrono::steady_clock::time_point start_;
  double used_ = 0;
};

/// A file of this process below the folder of temporary files.
inline std::string scratch(const std::string& name) {
  return std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}_{}", getpid(), name);
}

}  // namespace nas::testing
