#pragma once

#include "syntax/tokens.h"
#include "syntax/tree.h"

/// The precedence of operators, weakest first:
/// `or`, `and`, `not`, comparisons (which chain), `a..b step c`, `+ -`, `* / %`, unary `-`, `^` (to the right).
namespace nas::syntax {

/// More parts than this in a value, with those around it, are an error (E112): trees stay shallow enough to recurse over.
inline constexpr std::size_t longest_value = 2000;

/// A piece of a flat value: an operand, or an operator before (`prefix`) or between operands.
struct ValuePart {
  Kind op = Kind::name;
  Span span;
  ExprPtr value;           ///< null for an operator
  std::size_t prefix = 0;  ///< 1 for an operator that stands before its operand
};

/// The tree of `parts`; null after an error (E104, a `step` without range).
ExprPtr apply_precedence(std::vector<ValuePart> parts, Diagnostics& diagnostics);

template <class Node>
ExprPtr make_expr(Span span, Node node) {
  auto expr = std::make_unique<Expr>();
  expr->span = span;
  expr->node = std::move(node);
  return expr;
}

}  // namespace nas::syntax
