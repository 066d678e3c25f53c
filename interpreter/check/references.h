#pragma once

#include <set>
#include <string>

#include "syntax/tree.h"

namespace nas {

/// Every name that an expression refers to, bodies included.
void collect_references(const syntax::Expr& expr, std::set<std::string>& names);

/// Every name that the statements refer to. `spellings` says whether being spelled counts.
void collect_references(const syntax::Body& body, std::set<std::string>& names, bool spellings = true);

}  // namespace nas
