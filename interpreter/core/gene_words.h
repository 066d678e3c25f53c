#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace nas {

/// A genome is worked on eight genes, one word, at a time.
inline constexpr std::size_t kWord = 8;

/// `genes` rounded up to whole words.
inline std::size_t whole_words(std::size_t genes) {
  return (genes + kWord - 1) / kWord * kWord;
}

/// The genes from `at` on as a word; zeros behind the last one.
inline std::uint64_t load_word(const std::uint8_t* at, std::size_t genes) {
  std::uint64_t word = 0;
  if (genes >= kWord) {
    std::memcpy(&word, at, kWord);
    return word;
  }
  if (genes >= 4) {  // two halves that overlap
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + genes - 4, 4);
    return first | std::uint64_t{last} << (8 * (genes - 4));
  }
  for (std::size_t i = 0; i < genes; ++i) word |= std::uint64_t{at[i]} << (8 * i);
  return word;
}

inline void store_word(std::uint8_t* at, std::size_t genes, std::uint64_t word) {
  if (genes >= kWord) {
    std::memcpy(at, &word, kWord);
    return;
  }
  if (genes >= 4) {
    const auto first = static_cast<std::uint32_t>(word), last = static_cast<std::uint32_t>(word >> (8 * (genes - 4)));
    std::memcpy(at, &first, 4);
    std::memcpy(at + genes - 4, &last, 4);
    return;
  }
  for (std::size_t i = 0; i < genes; ++i) at[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

/// Rows become columns: gene j of genome i moves to place i of word j.
inline void transpose(std::array<std::uint64_t, kWord>& words) {
  constexpr std::array<std::pair<std::size_t, std::uint64_t>, 3> kBlocks{
      {{4, 0x00000000FFFFFFFFULL}, {2, 0x0000FFFF0000FFFFULL}, {1, 0x00FF00FF00FF00FFULL}}};
  for (const auto& [half, low] : kBlocks)
    for (std::size_t i = 0; i < kWord; ++i) {
      if (i & half) continue;
      const std::uint64_t moved = ((words[i] >> (8 * half)) ^ words[i + half]) & low;
      words[i + half] ^= moved;
      words[i] ^= moved << (8 * half);
    }
}

/// How many genes of a mask of zeros and ones are 1.
inline std::uint32_t count_ones(std::span<const std::uint8_t> mask) {
  std::uint32_t count = 0;
  for (std::size_t gene = 0; gene < mask.size(); gene += kWord)
    count += static_cast<std::uint32_t>((load_word(mask.data() + gene, mask.size() - gene) * 0x0101010101010101ULL) >> 56);
  return count;
}

/// The place of the n-th 1 of a mask that has more than n.
inline std::size_t nth_one(std::span<const std::uint8_t> mask, std::uint32_t n) {
  for (std::size_t gene = 0;; gene += kWord) {
    std::uint64_t word = load_word(mask.data() + gene, mask.size() - gene);
    const auto here = static_cast<std::uint32_t>((word * 0x0101010101010101ULL) >> 56);
    if (n >= here) {
      n -= here;
      continue;
    }
    for (; n > 0; --n) word &= word - 1;
    return gene + static_cast<std::size_t>(std::countr_zero(word)) / 8;
  }
}

}  // namespace nas
