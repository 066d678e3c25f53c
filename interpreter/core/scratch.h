#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace nas {

/// Bytes for the length of a call: on the stack for genomes up to 512 genes, so that search loops do not allocate.
class Scratch {
 public:
  explicit Scratch(std::size_t size)
      : heap_(size > kScratch ? new std::uint8_t[size] : nullptr), span_(heap_ ? heap_.get() : stack_.data(), size) {}
  std::span<std::uint8_t> span() { return span_; }

 private:
  static constexpr std::size_t kScratch = 512;
  std::array<std::uint8_t, kScratch> stack_;
  std::unique_ptr<std::uint8_t[]> heap_;
  std::span<std::uint8_t> span_;
};

}  // namespace nas
