#pragma once

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

/// How much faster two threads finish independent arithmetic than one on this machine: 2 on two cores of their own, less where
/// they are two lanes of one core or others use them. The best of five.
inline double two_threads_ceiling() {
  const auto work = [] {
    std::vector<float> x(2048, 0.5f), y(2048, 1.0f);
    for (int round = 0; round < 100000; ++round)
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = y[i] * 0.999f + x[i];
    volatile float kept = y[7];
    (void)kept;
  };
  const auto seconds = [](auto&& run) {
    double best = 1e300;
    for (int i = 0; i < 5; ++i) {
      const auto began = std::chrono::steady_clock::now();
      run();
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    return best;
  };
  const double one = seconds([&] {
    work();
    work();
  });
  const double two = seconds([&] {
    std::thread other(work);
    work();
    other.join();
  });
  return one / two;
}
