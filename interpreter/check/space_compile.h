#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/evaluate.h"
#include "core/layer.h"
#include "core/space.h"
#include "syntax/tree.h"

namespace nas {

/// Runs the body of a `def space` once, with choices as diagrams, and links the resulting program.
/// `arguments` are the space's parameters by name, complete; `scope` is where the space was defined. All mistakes are
/// reported (E2 to E5); nullopt when there was one. What the arguments do not allow is reported at `call`, where that is in
/// another file than the space.
std::optional<Space> compile_space(const syntax::DefSpace& def, const std::vector<std::pair<std::string, Value>>& arguments,
                                   const Scope& scope, const LayerVocabulary& layers, Diagnostics& diagnostics,
                                   std::optional<Span> call = std::nullopt);

/// Bounds on what one space may unroll to.
struct SpaceLimits {
  static constexpr std::size_t kGenes = 4000;
  static constexpr std::size_t kOptions = 255;
  static constexpr std::size_t kSites = 50000;
};

}  // namespace nas
