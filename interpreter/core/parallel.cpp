#include "core/parallel.h"

#include <algorithm>
#include <chrono>

namespace nas {
namespace {

/// Waits until `done()` for about a fifth of a millisecond, other threads going first; false if it never was.
template <typename Done>
bool wait_awake(Done done) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::microseconds(200);
  do {
    for (int i = 0; i < 64; ++i) {
      if (done()) return true;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    std::this_thread::yield();
  } while (Clock::now() < until);
  return done();
}

std::uint32_t parts_of(std::uint64_t open) {
  return static_cast<std::uint32_t>(open);
}

}  // namespace

ThreadPool::ThreadPool(std::size_t threads) : size_(std::max<std::size_t>(threads, 1)) {}

ThreadPool::~ThreadPool() {
  ending_ = true;
  open_ += std::uint64_t{1} << 32;
  open_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::run(std::size_t parts, Loop loop) {
  while (threads_.size() + 1 < size_) threads_.emplace_back(&ThreadPool::work, this);
  loop_ = loop;
  thrown_.assign(parts, nullptr);
  unfinished_ = parts;
  open_ = (((open_ >> 32) + 1) << 32) + parts;
  open_.notify_all();
  take_parts();
  const auto done = [&] { return unfinished_.load() == 0; };
  if (!wait_awake(done))
    for (std::size_t left = unfinished_; left != 0; left = unfinished_) unfinished_.wait(left);
  for (const std::exception_ptr& one : thrown_)
    if (one) std::rethrow_exception(one);
}

void ThreadPool::take_parts() {
  for (std::uint64_t open = open_; parts_of(open) != 0;) {
    if (!open_.compare_exchange_weak(open, open - 1)) continue;
    const std::size_t part = parts_of(open) - 1;
    try {
      loop_.call(loop_.body, part);
    } catch (...) {
      thrown_[part] = std::current_exception();
    }
    if (--unfinished_ == 0) unfinished_.notify_one();
    open = open_;
  }
}

void ThreadPool::work() {
  while (true) {
    const std::uint64_t seen = open_;
    if (ending_) return;
    if (parts_of(seen) != 0) {
      take_parts();
      continue;
    }
    if (!wait_awake([&] { return open_.load(std::memory_order_acquire) != seen; })) open_.wait(seen);
  }
}

}  // namespace nas
