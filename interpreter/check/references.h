#pragma once

#include <set>
#include <string>

#include "syntax/tree.h"

namespace nas {

/// Every name that an expression refers to, bodies included.
void collect_references(const syntax::Expr& expr, std::set<std::string>& names);

/// Which mentions count besides names that stand alone.
struct Mentions {
  bool spellings = true;  ///< in a spelling
  bool parts = false;     ///< behind a dot: `kernel` of stage[2].kernel
};

/// Every name that the statements refer to.
void collect_references(const syntax::Body& body, std::set<std::string>& names, Mentions mentions = {});

}  // namespace nas
