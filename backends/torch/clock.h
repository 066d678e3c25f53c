#pragma once

#include <chrono>

namespace nas::torch_backend {

using Clock = std::chrono::steady_clock;

/// Wall-clock time since `start`, in seconds.
inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace nas::torch_backend
