#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <thread>
#include <vector>

namespace nas {

/// Threads that share out the parts of a loop with the thread that asks for it. They start with the first loop of several parts,
/// wait for the next one awake for a little while, then asleep, and end with the pool. Only one thread may ask at a time.
class ThreadPool {
 public:
  /// `threads` with the asking one; at least that one.
  explicit ThreadPool(std::size_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  std::size_t size() const { return size_; }

  /// Calls f(part, begin, end) on equal parts of 0 ... n, no more of them than threads, and returns when all have ended; the
  /// exception of the first part that has one is thrown here. What f writes for an item must not depend on the part that it
  /// falls into. A part that no thread has begun yet is done by the asking one, so that a busy machine costs no waiting.
  template <typename F>
  void in_parts(std::size_t n, std::size_t parts, F&& f) {
    parts = std::min({parts, n, size_});
    if (parts <= 1) {
      f(std::size_t{0}, std::size_t{0}, n);
      return;
    }
    auto part = [&](std::size_t i) { f(i, n * i / parts, n * (i + 1) / parts); };
    run(parts, {[](void* body, std::size_t i) { (*static_cast<decltype(part)*>(body))(i); }, &part});
  }

 private:
  /// What the threads are to do: `call(body, part)` for every part.
  struct Loop {
    void (*call)(void*, std::size_t) = nullptr;
    void* body = nullptr;
  };
  void run(std::size_t parts, Loop loop);
  /// Does parts until none is left that nobody has begun.
  void take_parts();
  void work();

  // What the threads write stands on lines of the cache of their own.
  std::size_t size_;
  Loop loop_;
  /// Number of the loop in the upper half, parts that nobody has begun in the lower one; a part is taken by counting down, which
  /// fails for a thread that comes late for its loop.
  alignas(64) std::atomic<std::uint64_t> open_ = 0;
  alignas(64) std::atomic<std::size_t> unfinished_ = 0;
  alignas(64) std::atomic<bool> ending_ = false;
  std::vector<std::exception_ptr> thrown_;  ///< by part
  std::vector<std::thread> threads_;
};

}  // namespace nas
