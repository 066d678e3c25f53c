#pragma once
#include <string>

#include "syntax/tree.h"

namespace nas::syntax {

/// The tree as nested words, without places: two scripts of the same meaning have the same dump.
std::string dump(const Script& script);
std::string dump(const Expr& expr);

}  // namespace nas::syntax
