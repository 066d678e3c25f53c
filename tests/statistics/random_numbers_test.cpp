// The random numbers are those of Philox 4x32-10 (Salmon et al., SC 2011), whichever instructions the processor has.
#include <gtest/gtest.h>

#include <array>

#include "core/rng.h"

using namespace nas;

namespace {

/// As the paper's section 3.3 defines it, word by word.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53u} * counter[0], b = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

}  // namespace

TEST(RandomNumbers, ReferenceGivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
}

TEST(RandomNumbers, OfAStreamAreThoseOfItsNameAtEveryPosition) {
  const std::uint64_t key = stable_hash("search", 7);
  Stream stream(7, "search");
  const auto number = [&](std::uint64_t position) {
    const std::uint64_t counter = position / 2;
    const auto words = philox({static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(counter >> 32), 0, 0},
                              {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
    return position % 2 ? words[2] | std::uint64_t{words[3]} << 32 : words[0] | std::uint64_t{words[1]} << 32;
  };
  for (std::uint64_t position = 0; position < 1000; ++position) ASSERT_EQ(stream.next(), number(position)) << position;
  for (const std::uint64_t position : {std::uint64_t{3}, (std::uint64_t{1} << 33) - 3, std::uint64_t{1} << 40}) {
    stream.seek(position);
    for (std::uint64_t i = 0; i < 20; ++i) ASSERT_EQ(stream.next(), number(position + i)) << position + i;
  }
}
