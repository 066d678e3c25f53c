#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/parallel.h"

namespace nas {
namespace {

TEST(ThreadPool, EveryItemIsDoneOnceAndInAPartOfItsOwn) {
  for (const std::size_t threads : {0u, 1u, 2u, 3u, 5u}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), std::max<std::size_t>(threads, 1));
    for (const std::size_t n : {0u, 1u, 2u, 7u, 1000u})
      for (const std::size_t parts : {0u, 1u, 2u, 4u, 100u}) {
        std::vector<int> done(n, 0), part_of(n, -1);
        pool.in_parts(n, parts, [&](std::size_t part, std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            ++done[i];
            part_of[i] = static_cast<int>(part);
          }
        });
        EXPECT_EQ(done, std::vector<int>(n, 1));
        EXPECT_TRUE(std::is_sorted(part_of.begin(), part_of.end()));
        if (n > 0) {
          const std::size_t used = std::min({std::max<std::size_t>(parts, 1), n, pool.size()});
          EXPECT_EQ(part_of.back() + 1, static_cast<int>(used)) << threads << " " << n << " " << parts;
        }
      }
  }
}

// Threads that come late for one loop must not take parts of the next, nor leave any.
TEST(ThreadPool, LoopsMayFollowEachOtherAsFastAsTheyCan) {
  ThreadPool pool(3);
  std::vector<std::uint64_t> sums(3);
  std::uint64_t expected = 0;
  for (std::uint64_t round = 0; round < 20'000; ++round) {
    pool.in_parts(3, 3, [&, round](std::size_t part, std::size_t begin, std::size_t) { sums[part] += round * (begin + 1); });
    expected += round;
  }
  EXPECT_EQ(sums, (std::vector<std::uint64_t>{expected, 2 * expected, 3 * expected}));
}

TEST(ThreadPool, ThreadsThatFellAsleepComeBack) {
  ThreadPool pool(2);
  std::atomic<int> done = 0;
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    pool.in_parts(2, 2, [&](std::size_t, std::size_t, std::size_t) { ++done; });
    EXPECT_EQ(done, 2 * (round + 1));
  }
}

// Both parts wait until the other has begun: one thread alone would wait for ever.
TEST(ThreadPool, PartsRunAtTheSameTime) {
  ThreadPool pool(2);
  std::atomic<int> begun = 0;
  pool.in_parts(2, 2, [&](std::size_t, std::size_t, std::size_t) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
  });
  EXPECT_EQ(begun, 2);
}

TEST(ThreadPool, TheFirstPartThatThrowsIsHeardAndThePoolGoesOn) {
  for (const std::size_t threads : {1u, 4u}) {
    ThreadPool pool(threads);
    std::string heard;
    try {
      pool.in_parts(4, 4, [](std::size_t part, std::size_t, std::size_t) {
        if (part != 1) throw std::runtime_error(std::to_string(part));
      });
    } catch (const std::runtime_error& error) {
      heard = error.what();
    }
    EXPECT_EQ(heard, "0");
    std::atomic<std::size_t> done = 0;
    pool.in_parts(100, 4, [&](std::size_t, std::size_t begin, std::size_t end) { done += end - begin; });
    EXPECT_EQ(done, 100u);
  }
}

}  // namespace
}  // namespace nas
