#include "syntax/operators.h"

#include <fmt/format.h>

namespace nas::syntax {
namespace {

enum Strength { weakest, or_strength, and_strength, not_strength, comparing, ranging, adding, multiplying, negating, raising };

Strength strength_of(Kind op) {
  switch (op) {
    case Kind::or_:
      return or_strength;
    case Kind::and_:
      return and_strength;
    case Kind::less:
    case Kind::less_equal:
    case Kind::greater:
    case Kind::greater_equal:
    case Kind::equal:
    case Kind::unequal:
      return comparing;
    case Kind::dots:
      return ranging;
    case Kind::plus:
    case Kind::minus:
      return adding;
    case Kind::times:
    case Kind::divide:
    case Kind::modulo:
      return multiplying;
    case Kind::power:
      return raising;
    default:
      return weakest;
  }
}

const char* text_of(Kind op) {
  switch (op) {
    case Kind::or_:
      return "or";
    case Kind::and_:
      return "and";
    case Kind::not_:
      return "not";
    case Kind::less:
      return "<";
    case Kind::less_equal:
      return "<=";
    case Kind::greater:
      return ">";
    case Kind::greater_equal:
      return ">=";
    case Kind::equal:
      return "==";
    case Kind::unequal:
      return "!=";
    case Kind::plus:
      return "+";
    case Kind::minus:
      return "-";
    case Kind::times:
      return "*";
    case Kind::divide:
      return "/";
    case Kind::modulo:
      return "%";
    default:
      return "^";
  }
}

Span around(const Span& a, const Span& b) {
  return {a.source, a.begin, b.end};
}

class Climb {
 public:
  explicit Climb(std::vector<ValuePart> parts) : parts_(std::move(parts)) {}

  ExprPtr value(int at_least) {
    ExprPtr left;
    ValuePart& first = parts_[next_++];
    if (first.value) {
      left = std::move(first.value);
    } else {
      ExprPtr operand = value(first.op == Kind::minus ? negating : not_strength);
      const Span whole = around(first.span, operand->span);
      left = make_expr(whole, Unary{text_of(first.op), std::move(operand)});
    }
    while (next_ < parts_.size()) {
      const ValuePart& op = parts_[next_];
      const Strength strength = strength_of(op.op);
      if (strength == weakest || strength < at_least) break;
      if (strength == comparing) {
        left = comparison(std::move(left));
      } else if (strength == ranging) {
        ++next_;
        ExprPtr last = value(ranging + 1);
        ExprPtr step;
        if (next_ < parts_.size() && parts_[next_].op == Kind::step) {
          ++next_;
          step = value(ranging + 1);
        }
        const Span whole = around(left->span, step ? step->span : last->span);
        left = make_expr(whole, RangeExpr{std::move(left), std::move(last), std::move(step)});
      } else {
        ++next_;
        ExprPtr right = value(strength == raising ? raising : strength + 1);
        const Span whole = around(left->span, right->span);
        left = make_expr(whole, Binary{text_of(op.op), op.span, std::move(left), std::move(right)});
      }
    }
    return left;
  }

  const ValuePart* rest() const { return next_ < parts_.size() ? &parts_[next_] : nullptr; }

 private:
  ExprPtr comparison(ExprPtr left) {
    std::vector<ExprPtr> operands;
    std::vector<std::string> ops;
    const Span first_op = parts_[next_].span;
    operands.push_back(std::move(left));
    while (next_ < parts_.size() && strength_of(parts_[next_].op) == comparing && !parts_[next_].value) {
      ops.emplace_back(text_of(parts_[next_++].op));
      operands.push_back(value(comparing + 1));
    }
    const Span whole = around(operands.front()->span, operands.back()->span);
    if (ops.size() == 1) return make_expr(whole, Binary{ops[0], first_op, std::move(operands[0]), std::move(operands[1])});
    return make_expr(whole, Comparison{std::move(operands), std::move(ops)});
  }

  std::vector<ValuePart> parts_;
  std::size_t next_ = 0;
};

}  // namespace

ExprPtr apply_precedence(std::vector<ValuePart> parts, Diagnostics& diagnostics) {
  for (const auto& part : parts) {
    if (part.op == Kind::name && !part.value) return nullptr;  // reported where it was read
  }
  Climb climb(std::move(parts));
  ExprPtr value = climb.value(weakest);
  if (const ValuePart* rest = climb.rest()) {
    diagnostics.error("E104", rest->span, "'step' belongs to a range", "write 'first..last step width'");
    return nullptr;
  }
  return value;
}

}  // namespace nas::syntax
