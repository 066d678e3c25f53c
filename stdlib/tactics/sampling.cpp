#include "stdlib/tactics/sampling.h"

#include <algorithm>

namespace nas {
namespace {

constexpr std::size_t kStrata = 20;
/// Candidates for every network that is wanted: the ends of the range are rare.
constexpr std::size_t kCandidates = 50;

/// Candidates fall into ranges of MACs of equal width; in turn each range gives one, as long as it has any.
Result<void> stratify(const Space& space, Stream& stream, std::size_t n, std::span<std::uint8_t> out) {
  const std::size_t length = space.gene_count(), drawn = kCandidates * n;
  std::vector<std::uint8_t> rows(drawn * length);
  if (auto sampled = space.sample_evenly(stream, drawn, rows); !sampled) return sampled;
  const auto row = [&](std::size_t i) { return std::span(rows).subspan(i * length, length); };
  const auto low = static_cast<double>(space.macs(space.smallest().genes)),
             high = static_cast<double>(space.macs(space.largest().genes));
  std::vector<std::vector<std::size_t>> strata(kStrata);
  for (std::size_t i = 0; i < drawn; ++i) {
    const double place = high > low ? (static_cast<double>(space.macs(row(i))) - low) / (high - low) : 0;
    strata[std::min(kStrata - 1, static_cast<std::size_t>(std::max(0.0, place) * kStrata))].push_back(i);
  }
  for (auto& stratum : strata) std::reverse(stratum.begin(), stratum.end());
  for (std::size_t taken = 0, turn = 0; taken < n; ++turn) {
    auto& stratum = strata[turn % kStrata];
    if (stratum.empty()) continue;
    std::copy_n(row(stratum.back()).begin(), length, out.begin() + static_cast<std::ptrdiff_t>(taken++ * length));
    stratum.pop_back();
  }
  return {};
}

}  // namespace

Result<void> draw_rows(const Space& space, Sampling sampling, Stream& stream, std::size_t n, std::span<std::uint8_t> out) {
  switch (sampling) {
    case Sampling::latin_hypercube:
      return space.sample_evenly(stream, n, out);
    case Sampling::uniform:
      return space.sample(stream, n, out);
    case Sampling::stratified:
      return stratify(space, stream, n, out);
  }
  return {};
}

}  // namespace nas
