#pragma once

#include <string_view>

#include "core/component.h"
#include "core/space.h"

namespace nas {

/// How the networks are drawn that predictors learn from first.
enum class Sampling {
  latin_hypercube,  ///< every option of every gene equally often (McKay, Beckman, Conover, Technometrics 21, 1979)
  uniform,          ///< every network with the same probability
  stratified,       ///< equally many from equal ranges of MACs
};
template <>
struct Labels<Sampling> {
  static constexpr std::string_view names[] = {"latin_hypercube", "uniform", "stratified"};
};

/// n networks into rows of `out`, n x genes; they may repeat.
Result<void> draw_rows(const Space& space, Sampling sampling, Stream& stream, std::size_t n, std::span<std::uint8_t> out);

}  // namespace nas
