#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "backends/api/nas_backend.h"

namespace nas::torch_backend {

/// f(0) ... f(n - 1) on up to `threads` threads; the first exception is thrown again here. Small networks gain nothing from
/// several threads inside one convolution, and one thread each gives the same bytes whatever the number of threads.
template <typename F>
void side_by_side(int threads, int n, F&& f) {
  std::atomic<int> next{0};
  std::mutex mutex;
  std::exception_ptr failed;
  auto work = [&] {
    for (int i = next++; i < n; i = next++) {
      try {
        f(i);
      } catch (...) {  // at a thread's top: passed on below
        const std::lock_guard lock(mutex);
        if (!failed) failed = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (int t = 1; t < std::min(threads, n); ++t) others.emplace_back(work);
  work();
  for (auto& other : others) other.join();
  if (failed) std::rethrow_exception(failed);
}

/// Whether the work is to end: asked by one thread at a time, and not again after a yes.
class Cancelled {
 public:
  explicit Cancelled(const nas_control& control) : control_(control) {}
  bool operator()() {
    const std::lock_guard lock(asking_);
    return yes_ = yes_ || (control_.cancelled && control_.cancelled(control_.user));
  }
  bool yet() const { return yes_; }

 private:
  const nas_control& control_;
  std::atomic<bool> yes_{false};
  std::mutex asking_;
};

}  // namespace nas::torch_backend
