#include "check/until.h"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "core/units.h"

namespace nas {
namespace {

constexpr const char* kExamples = "e.g. evaluations >= 500, stalled(20) or elapsed > 1h";

class UntilReader {
 public:
  UntilReader(const std::function<Value(const syntax::Expr&)>& evaluate, Diagnostics& diagnostics)
      : evaluate_(evaluate), diagnostics_(diagnostics) {}

  void condition(const syntax::Expr& expr) {
    const auto* binary = std::get_if<syntax::Binary>(&expr.node);
    if (binary && binary->op == "or") {
      condition(*binary->left);
      condition(*binary->right);
      return;
    }
    if (binary && binary->op == "and") {
      wrong("E304", binary->op_span, "the conditions of until are joined by or, not by and", "",
            "the first one that holds ends the search");
      return;
    }
    if (const auto* call = std::get_if<syntax::Call>(&expr.node)) return stalled(*call, expr.span);
    if (binary && (binary->op == "<" || binary->op == "<=" || binary->op == ">" || binary->op == ">="))
      return compared(*binary, expr.span);
    if (const std::string* name = name_of(expr))
      wrong("E301", expr.span, fmt::format("until needs a condition, and {} is a name", *name), kExamples);
    else if (const Value value = evaluate_(expr); value.poisoned())
      good_ = false;
    else
      wrong("E301", expr.span, fmt::format("until needs a condition, and this is {}", value.kind()), kExamples);
  }

  std::optional<UntilClause> result() {
    if (!good_) return std::nullopt;
    return UntilClause{limits_, text_};
  }
  void wrong(const char* code, Span span, const std::string& message, const std::string& label = "",
             const std::string& note = "") {
    diagnostics_.error(code, span, message, label, note);
    good_ = false;
  }

 private:
  static const std::string* name_of(const syntax::Expr& expr) {
    const auto* name = std::get_if<syntax::NameRef>(&expr.node);
    return name ? &name->name : nullptr;
  }

  void add(const std::string& text) { text_ += (text_.empty() ? "" : " or ") + text; }

  bool once(bool given, const char* what, Span span) {
    if (given)
      wrong("E402", span, fmt::format("until has a condition on {} twice", what), "the first one that holds ends the search");
    return !given;
  }

  /// A plain whole number of at least `least`; nothing after a mistake.
  std::optional<std::int64_t> whole(const syntax::Expr& expr, const std::string& what, std::int64_t least) {
    const Value value = evaluate_(expr);
    if (value.poisoned()) {
      good_ = false;
      return std::nullopt;
    }
    const auto number = value.number();
    if (value.later()) {
      wrong("E301", expr.span,
            fmt::format("{} is a number that is known before the run, and this value is known after it", what));
    } else if (number && !number->dimension.none()) {
      wrong("E303", expr.span, fmt::format("{} is a whole number, and this is {}", what, dimension_phrase(number->dimension)));
    } else if (!number) {
      wrong("E301", expr.span, fmt::format("{} is a whole number, and this is {}", what, value.kind()));
    } else if (number->si < static_cast<double>(least) || number->si > 1e15) {
      wrong("E405", expr.span, fmt::format("{} is {}", what, value.print()), fmt::format("it must be at least {}", least));
    } else if (number->si != static_cast<double>(static_cast<std::int64_t>(number->si))) {
      wrong("E404", expr.span, fmt::format("{} is a whole number, and this is {}", what, value.print()));
    } else {
      return static_cast<std::int64_t>(number->si);
    }
    return std::nullopt;
  }

  void stalled(const syntax::Call& call, Span span) {
    const std::string* name = name_of(*call.callee);
    if (!name || *name != "stalled")
      return wrong("E201", call.callee->span,
                   fmt::format("until knows evaluations, stalled and elapsed, and not {}", name ? *name : "this"), kExamples);
    const bool one = call.arguments.size() == 1 && call.arguments[0].value &&
                     (!call.arguments[0].name || call.arguments[0].name->text == "rounds");
    if (!one) return wrong("E403", span, "stalled needs a number of rounds", "e.g. stalled(20)");
    const auto rounds = whole(*call.arguments[0].value, "the number of rounds of stalled", 1);
    if (!rounds || !once(limits_.stalled > 0, "stalled", span)) return;
    limits_.stalled = static_cast<int>(std::min<std::int64_t>(*rounds, std::numeric_limits<int>::max()));
    add(fmt::format("stalled({})", *rounds));
  }

  void compared(const syntax::Binary& binary, Span span) {
    const std::string *left = name_of(*binary.left), *right = name_of(*binary.right);
    auto known = [](const std::string* name) {
      return name && (*name == "evaluations" || *name == "elapsed" || *name == "stalled");
    };
    const bool flipped = !known(left) && known(right);
    const std::string* name = flipped ? right : left;
    if (!known(name)) {
      const Span at = name ? (flipped ? binary.right->span : binary.left->span) : span;
      return wrong("E201", at, fmt::format("until knows evaluations, stalled and elapsed, and not {}", name ? *name : "this"),
                   kExamples);
    }
    if (*name == "stalled") return wrong("E304", span, "stalled takes its rounds in brackets", "e.g. stalled(20)");
    const syntax::Expr& bound = flipped ? *binary.left : *binary.right;
    const bool grows = (binary.op[0] == '>') != flipped;
    if (!grows)
      return wrong("E304", span, fmt::format("{} only grows: the search would end at once", *name),
                   *name == "elapsed" ? "write elapsed > 1h" : "write evaluations >= 500");
    const bool open = binary.op.size() == 1;
    if (*name == "evaluations") {
      const auto count = whole(bound, "the number of evaluations", open ? 0 : 1);
      if (!count || !once(limits_.evaluations > 0, "evaluations", span)) return;
      limits_.evaluations = *count + (open ? 1 : 0);
      add(fmt::format("evaluations {} {}", open ? ">" : ">=", *count));
      return;
    }
    const Value value = evaluate_(bound);
    if (value.poisoned()) {
      good_ = false;
      return;
    }
    const auto number = value.number();
    const Dimension time = dimension_named("time");
    if (value.later())
      return wrong("E301", bound.span,
                   "elapsed is compared with a time that is known before the run, and this value is known after it");
    if (!number)
      return wrong("E301", bound.span, fmt::format("elapsed is compared with {}", value.kind()), "write a time, e.g. 1h");
    if (number->dimension.none())
      return wrong("E302", bound.span, "elapsed is compared with a plain number",
                   fmt::format("write a unit, e.g. {}s", value.print()), fmt::format("elapsed is a time ({}).", units_of(time)));
    if (number->dimension != time)
      return wrong("E303", bound.span, fmt::format("elapsed is compared with {}", dimension_phrase(number->dimension)),
                   "write a time, e.g. 1h");
    if (!(number->si > 0)) return wrong("E405", bound.span, "the time of elapsed is not more than 0", "e.g. 1h");
    if (!once(limits_.elapsed > 0, "elapsed", span)) return;
    limits_.elapsed = number->si;
    add(fmt::format("elapsed > {}", quantity_literal(number->si, time)));
  }

  const std::function<Value(const syntax::Expr&)>& evaluate_;
  Diagnostics& diagnostics_;
  Until limits_;
  std::string text_;
  bool good_ = true;
};

}  // namespace

std::optional<UntilClause> read_until(const syntax::Clause& clause, const std::function<Value(const syntax::Expr&)>& evaluate,
                                      Diagnostics& diagnostics) {
  UntilReader reader(evaluate, diagnostics);
  for (const auto& operand : clause.operands) {
    if (!operand.value) {
      reader.wrong("E301", operand.span, "until needs a condition", kExamples);
    } else if (operand.direction == syntax::Operand::Direction::none) {
      reader.condition(*operand.value);
    }
  }
  return reader.result();
}

}  // namespace nas
