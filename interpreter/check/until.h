#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/diagnostic.h"
#include "core/search.h"
#include "core/value.h"
#include "syntax/tree.h"

namespace nas {

struct UntilClause {
  Until limits;
  std::string text;  ///< "evaluations >= 500 or stalled(20)"
};

/// The clause `until evaluations >= n or stalled(rounds) or elapsed > time` of a search, in any order, each at most once; a comma
/// means the same as `or`. Every mistake is reported; nothing after one.
std::optional<UntilClause> read_until(const syntax::Clause& clause, const std::function<Value(const syntax::Expr&)>& evaluate,
                                      Diagnostics& diagnostics);

}  // namespace nas
