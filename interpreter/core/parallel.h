#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace nas {

/// Calls f(part, begin, end) on equal parts of 0 ... n, each on a thread of its own, the first on this one, and returns when all
/// have ended; the first exception of a part is thrown here. What f writes for an item must not depend on the part that it falls
/// into.
template <typename F>
void in_parts(std::size_t n, std::size_t parts, F f) {
  parts = std::clamp<std::size_t>(parts, 1, std::max<std::size_t>(n, 1));
  std::vector<std::exception_ptr> thrown(parts);
  auto run = [&](std::size_t part) {
    try {
      f(part, n * part / parts, n * (part + 1) / parts);
    } catch (...) {
      thrown[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t part = 1; part < parts; ++part) threads.emplace_back(run, part);
    run(0);
  }
  for (const std::exception_ptr& one : thrown)
    if (one) std::rethrow_exception(one);
}

}  // namespace nas
