#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "check/evaluate.h"
#include "core/check.h"

namespace nas {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Formula constant_formula(const Quantity& q) {
  Formula f;
  f.expression.steps.push_back({MetricExpr::Op::constant, -1, q.si});
  f.expression.text = quantity_literal(q.si, q.dimension);
  f.dimension = q.dimension;
  return f;
}

/// "latency" of latency@host: how a sentence names the left side.
std::string subject(const Value& value) {
  if (const auto* f = value.shared_if<Formula>())
    return f->metrics.size() == 1 && f->expression.steps.size() == 1 ? f->metrics[0].name : f->expression.text;
  return value.kind();
}

Dimension dimension_of(const Value& value) {
  if (const auto* f = value.shared_if<Formula>()) return f->dimension;
  if (const auto q = value.number()) return q->dimension;
  return {};
}

std::string example_of(const Value& number, Dimension dimension) {
  const auto q = number.number();
  std::string unit;
  const std::string name = dimension_name(dimension);
  if (name == "time")
    unit = "ms";
  else if (name == "memory")
    unit = "MB";
  else if (name == "energy")
    unit = "mJ";
  else if (name == "power")
    unit = "W";
  else if (name == "frequency")
    unit = "Hz";
  return fmt::format("{}{}", q ? fmt::format("{}", q->si) : "25", unit);
}

/// "latency is a time (ns, us, ms, s)." as language.md words it; a value that is no metric is already named by its kind.
std::string dimension_sentence(const std::string& who, Dimension dimension) {
  if (dimension.none()) return who + " is a plain number.";
  std::string units = units_of(dimension);
  if (dimension_name(dimension) == "time") units = "ns, us, ms, s";
  if (units.empty()) return fmt::format("the dimension of {} is {}.", who, dimension_name(dimension));
  const std::string phrase = dimension_phrase(dimension);
  if (who == phrase) return fmt::format("{} is written with a unit ({}).", who, units);
  return fmt::format("{} is {} ({}).", who, phrase, units);
}

bool holds(const std::string& op, double a, double b) {
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  if (op == ">=") return a >= b;
  return op == "==" ? a == b : a != b;
}

}  // namespace

std::optional<Formula> as_formula(const Value& value) {
  if (const auto* f = value.shared_if<Formula>()) return *f;
  if (const auto q = value.number()) return constant_formula(*q);
  return std::nullopt;
}

Formula joined(const Formula& a, const Formula& b, MetricExpr::Op op, const std::string& sign) {
  Formula out = a;
  for (auto step : b.expression.steps) {
    if (step.op == MetricExpr::Op::metric) {
      const MetricId& id = b.metrics[static_cast<std::size_t>(step.metric)];
      auto it = std::find(out.metrics.begin(), out.metrics.end(), id);
      if (it == out.metrics.end()) it = out.metrics.insert(out.metrics.end(), id);
      step.metric = static_cast<std::int32_t>(it - out.metrics.begin());
    }
    out.expression.steps.push_back(step);
  }
  out.expression.steps.push_back({op, -1, 0});
  auto wrapped = [](const Formula& f) {
    return f.expression.steps.size() > 1 ? "(" + f.expression.text + ")" : f.expression.text;
  };
  out.expression.text = wrapped(a) + " " + sign + " " + wrapped(b);
  return out;
}

Formula metric_formula(const MetricId& id) {
  Formula f;
  f.metrics = {id};
  f.expression.steps.push_back({MetricExpr::Op::metric, 0, 0});
  f.expression.text = id.label();
  if (const auto* kind = find_metric(id)) f.dimension = dimension_named(kind->dimension);
  f.expression.dimension = dimension_name(f.dimension);
  return f;
}

Value Evaluator::unary(const std::string& op, const Value& a, Span span) {
  if (a.poisoned()) return Poison{};
  if (a.later()) return *after_the_run({a}, [op](Evaluator& e, const std::vector<Value>& v) { return e.unary(op, v[0], {}); });
  if (const auto* f = a.shared_if<Formula>(); f && op == "-") {
    Formula out = *f;
    out.expression.steps.push_back({MetricExpr::Op::negate, -1, 0});
    out.expression.text = "-" + out.expression.text;
    return out;
  }
  if (a.shared_if<Conditions>() && op == "not") {
    diagnostics_.error("E304", span, "a condition on metrics cannot be negated", "turn its comparison round");
    return Poison{};
  }
  bool failed = false;
  return lift({a}, [&](const std::vector<Value>& v, const auto&) -> Value {
    if (op == "not" && v[0].boolean()) return !*v[0].boolean();
    if (op == "-" && v[0].integer() && *v[0].integer() != std::numeric_limits<std::int64_t>::min()) return -*v[0].integer();
    if (const auto q = v[0].number(); q && op == "-") return Quantity{-q->si, q->dimension};
    if (!failed)
      diagnostics_.error("E301", span,
                         fmt::format("{} needs {}, and this is {}", op, op == "not" ? "true or false" : "a number", v[0].kind()));
    failed = true;
    return Poison{};
  });
}

std::optional<Value> Evaluator::after_the_run(const std::vector<Value>& parts,
                                              std::function<Value(Evaluator&, const std::vector<Value>&)> f) {
  Later later;
  later.stages = waits_for(parts);
  if (later.stages.empty()) return std::nullopt;
  later.now = [parts, f = std::move(f)](const FindResult& find) -> Result<Value> {
    auto now = known(parts, find);
    if (!now) return now;
    Diagnostics reported;
    Evaluator evaluator(reported);
    Value value = f(evaluator, *now->list());
    if (reported.has_errors())
      return Failure{reported.all().front().code, reported.all().front().message, reported.all().front().label};
    return value;
  };
  return Value(later);
}

Value Evaluator::binary(const std::string& op, const Value& a, const Value& b, Span op_span, Span a_span, Span b_span) {
  if (a.poisoned() || b.poisoned()) return Poison{};
  if (a.later() || b.later())
    return *after_the_run({a, b}, [op](Evaluator& e, const std::vector<Value>& v) {
      const bool compares = op == "<" || op == "<=" || op == ">" || op == ">=" || op == "==" || op == "!=";
      return compares ? e.comparison(v, {{}, {}}, {op}, {}) : e.binary(op, v[0], v[1], {}, {}, {});
    });
  if (op == "and" || op == "or") {
    const auto* ca = a.shared_if<Conditions>();
    const auto* cb = b.shared_if<Conditions>();
    if (ca || cb) {
      if (op == "or") {
        diagnostics_.error("E304", op_span, "conditions on metrics are joined by and, not by or", "",
                           "a search keeps every condition");
        return Poison{};
      }
      Conditions all = ca ? *ca : Conditions{};
      if (cb) all.items.insert(all.items.end(), cb->items.begin(), cb->items.end());
      const Value& other = ca ? b : a;
      if ((ca && cb) || always(other)) return all;
      diagnostics_.error("E304", op_span, fmt::format("a condition on metrics cannot be joined with {}", other.kind()));
      return Poison{};
    }
    bool failed = false;
    return lift({a, b}, [&](const std::vector<Value>& v, const auto&) -> Value {
      if (v[0].poisoned() || v[1].poisoned()) return Poison{};
      if (!v[0].boolean() || !v[1].boolean()) {
        if (!failed)
          diagnostics_.error("E301", v[0].boolean() ? b_span : a_span,
                             fmt::format("{} joins conditions, and this is {}", op, (v[0].boolean() ? v[1] : v[0]).kind()));
        failed = true;
        return Poison{};
      }
      return op == "and" ? *v[0].boolean() && *v[1].boolean() : *v[0].boolean() || *v[1].boolean();
    });
  }
  auto mismatch = [&](const Value& x, const Value& y) -> Value {
    const Dimension dx = dimension_of(x), dy = dimension_of(y);
    const bool y_plain = dy.none();
    if (dx.none() != dy.none()) {
      const Value& plain = y_plain ? y : x;
      const Value& other = y_plain ? x : y;
      const Dimension wanted = y_plain ? dx : dy;
      const bool written = plain.number().has_value();
      if (units_of(wanted).empty()) {
        Diagnostic& d =
            diagnostics_.error("E303", y_plain ? b_span : a_span,
                               fmt::format("{} and {} cannot be {}", subject(other), written ? "a plain number" : subject(plain),
                                           op == "+" ? "added" : "subtracted"),
                               "this is a plain number");
        d.labels.push_back({y_plain ? a_span : b_span, "the units of this do not cancel: it is " + dimension_phrase(wanted)});
        return Poison{};
      }
      Diagnostic& d =
          diagnostics_.error("E302", y_plain ? b_span : a_span,
                             fmt::format("{} and {} cannot be {}", subject(other), written ? "a plain number" : subject(plain),
                                         op == "+" ? "added" : "subtracted"),
                             written ? fmt::format("write a unit, e.g. {}", example_of(plain, wanted)) : "this is a plain number",
                             dimension_sentence(subject(other), wanted));
      d.labels.push_back(
          {y_plain ? a_span : b_span,
           written ? "" : fmt::format("divide it by a unit, e.g. {} / {}", subject(other), example_of(Value(1), wanted))});
    } else {
      Diagnostic& d = diagnostics_.error(
          "E303", b_span,
          fmt::format("{} and {} cannot be {}", dimension_phrase(dx), dimension_phrase(dy), op == "+" ? "added" : "subtracted"),
          fmt::format("this is {}", dimension_phrase(dy)));
      d.labels.push_back({a_span, fmt::format("this is {}", dimension_phrase(dx))});
    }
    return Poison{};
  };
  if (a.shared_if<Formula>() || b.shared_if<Formula>()) {
    const auto fa = as_formula(a), fb = as_formula(b);
    if (!fa || !fb) {
      diagnostics_.error("E301", fa ? b_span : a_span, fmt::format("a metric cannot be combined with {}", (fa ? b : a).kind()));
      return Poison{};
    }
    Formula out;
    if (op == "+" || op == "-") {
      if (fa->dimension != fb->dimension) return mismatch(a, b);
      out = joined(*fa, *fb, op == "+" ? MetricExpr::Op::add : MetricExpr::Op::subtract, op);
    } else if (op == "*") {
      out = joined(*fa, *fb, MetricExpr::Op::multiply, op);
      out.dimension = fa->dimension * fb->dimension;
    } else if (op == "/") {
      out = joined(*fa, *fb, MetricExpr::Op::divide, op);
      out.dimension = fa->dimension / fb->dimension;
    } else if (op == "^" && fb->metrics.empty() && fa->dimension.none()) {
      out = joined(*fa, *fb, MetricExpr::Op::power, op);
    } else {
      diagnostics_.error("E301", op_span, fmt::format("{} has no meaning for metrics", op));
      return Poison{};
    }
    out.expression.dimension = dimension_name(out.dimension);
    return out;
  }
  bool failed = false;
  return lift({a, b}, [&](const std::vector<Value>& v, const auto&) -> Value {
    if (failed || v[0].poisoned() || v[1].poisoned()) return Poison{};
    if (op == "+" && v[0].list() && v[1].list()) {
      List items = *v[0].list();
      items.insert(items.end(), v[1].list()->begin(), v[1].list()->end());
      return items;
    }
    if (op == "+" && v[0].text() && v[1].text()) return *v[0].text() + *v[1].text();
    const auto x = v[0].number(), y = v[1].number();
    if (!x || !y) {
      failed = true;
      if (op == "+" && (v[0].text() || v[1].text()))
        diagnostics_.error("E301", op_span, fmt::format("{} and {} cannot be added", v[0].kind(), v[1].kind()),
                           "values are put into a text with \"... ${value} ...\"");
      else
        diagnostics_.error("E301", x ? b_span : a_span,
                           fmt::format("{} needs numbers, and this is {}", op, (x ? v[1] : v[0]).kind()));
      return Poison{};
    }
    const auto* i = v[0].integer();
    const auto* j = v[1].integer();
    if (op == "+" || op == "-") {
      if (x->dimension != y->dimension) {
        failed = true;
        return mismatch(v[0], v[1]);
      }
      std::int64_t whole = 0;
      if (i && j && !(op == "+" ? __builtin_add_overflow(*i, *j, &whole) : __builtin_sub_overflow(*i, *j, &whole))) return whole;
      return Quantity{op == "+" ? x->si + y->si : x->si - y->si, x->dimension};
    }
    if (op == "*") {
      std::int64_t whole = 0;
      if (i && j && !__builtin_mul_overflow(*i, *j, &whole)) return whole;
      return Quantity{x->si * y->si, x->dimension * y->dimension};
    }
    if (op == "/" || op == "%") {
      if (y->si == 0) {
        failed = true;
        diagnostics_.error("E307", b_span, "division by zero");
        return Poison{};
      }
      if (op == "%") {
        if (i && j && *j == -1) return 0;
        if (i && j) return ((*i % *j) + *j) % *j;
        return Quantity{std::fmod(x->si, y->si), x->dimension};
      }
      if (i && j && *j != -1 && *i % *j == 0) return *i / *j;
      return Quantity{x->si / y->si, x->dimension / y->dimension};
    }
    if (op == "^") {
      if (!x->dimension.none() || !y->dimension.none()) {
        failed = true;
        diagnostics_.error("E303", op_span, "powers are taken of plain numbers");
        return Poison{};
      }
      const double power = std::pow(x->si, y->si);
      if (i && j && *j >= 0 && std::fabs(power) < 9e15) return static_cast<std::int64_t>(std::llround(power));
      return power;
    }
    throw Bug("operator " + op);
  });
}

Value Evaluator::comparison(const std::vector<Value>& operands, const std::vector<Span>& spans,
                            const std::vector<std::string>& ops, Span span) {
  for (const Value& operand : operands)
    if (operand.poisoned()) return Poison{};
  for (std::size_t i = 0; i + 1 < operands.size(); ++i)
    if (operands[i].later() || operands[i + 1].later()) {
      Value all = true;
      for (std::size_t k = 0; k + 1 < operands.size(); ++k) {
        const Value one = binary(ops[k], operands[k], operands[k + 1], span, spans[k], spans[k + 1]);
        all = k == 0 ? one : binary("and", all, one, span, spans[0], spans[k + 1]);
      }
      return all;
    }
  auto check_dimensions = [&](const Value& x, const Value& y, Span xs, Span ys) {
    const Dimension dx = dimension_of(x), dy = dimension_of(y);
    if (dx == dy) return true;
    if (dx.none() || dy.none()) {
      const bool y_plain = dy.none();
      const Value& plain = y_plain ? y : x;
      if (plain.number() && plain.number()->si == 0) return true;  // zero has no need of a unit
      if (!plain.number()) {
        // macs < 5ms: the metric is the plain number, so the quantity is the one to change.
        Diagnostic& d = diagnostics_.error("E303", y_plain ? xs : ys,
                                           fmt::format("{} is compared with {}", subject(plain), subject(y_plain ? x : y)),
                                           "write a plain number", dimension_sentence(subject(plain), {}));
        d.labels.push_back({y_plain ? ys : xs, ""});
        return false;
      }
      Diagnostic& d = diagnostics_.error("E302", y_plain ? ys : xs,
                                         fmt::format("{} is compared with a plain number", subject(y_plain ? x : y)),
                                         fmt::format("write a unit, e.g. {}", example_of(plain, y_plain ? dx : dy)),
                                         dimension_sentence(subject(y_plain ? x : y), y_plain ? dx : dy));
      d.labels.push_back({y_plain ? xs : ys, ""});
    } else {
      Diagnostic& d = diagnostics_.error("E303", ys, fmt::format("{} is compared with {}", subject(x), dimension_phrase(dy)),
                                         fmt::format("this is {}", dimension_phrase(dy)), dimension_sentence(subject(x), dx));
      d.labels.push_back({xs, ""});
    }
    return false;
  };
  const bool metrics =
      std::any_of(operands.begin(), operands.end(), [](const Value& v) { return v.shared_if<Formula>() != nullptr; });
  if (metrics) {
    Conditions all;
    for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
      const auto left = as_formula(operands[i]), right = as_formula(operands[i + 1]);
      if (!left || !right || ops[i] == "!=") {
        diagnostics_.error(
            "E304", left ? spans[i + 1] : spans[i],
            fmt::format("a metric cannot be compared by {} with {}", ops[i], (left ? operands[i + 1] : operands[i]).kind()));
        return Poison{};
      }
      if (!check_dimensions(operands[i], operands[i + 1], spans[i], spans[i + 1])) return Poison{};
      Conditions::Item item{{},    -kInfinity, kInfinity,
                            false, false,      left->expression.text + " " + ops[i] + " " + right->expression.text};
      const bool less = ops[i][0] == '<';
      const bool open = ops[i].size() == 1;
      double bound = 0;
      bool formula_left = true;
      if (right->metrics.empty()) {
        item.formula = *left;
        bound = operands[i + 1].number()->si;
      } else if (left->metrics.empty()) {
        item.formula = *right;
        bound = operands[i].number()->si;
        formula_left = false;
      } else {
        item.formula = joined(*left, *right, MetricExpr::Op::subtract, "-");
      }
      if (ops[i] == "==") {
        item.lower = item.upper = bound;
      } else if (less == formula_left) {
        item.upper = bound;
        item.upper_open = open;
      } else {
        item.lower = bound;
        item.lower_open = open;
      }
      all.items.push_back(std::move(item));
    }
    return all;
  }
  bool failed = false;
  return lift(operands, [&](const std::vector<Value>& v, const auto&) -> Value {
    if (failed) return Poison{};
    bool all = true;
    for (std::size_t i = 0; i + 1 < v.size(); ++i) {
      if (v[i].poisoned() || v[i + 1].poisoned()) return Poison{};
      const auto x = v[i].number(), y = v[i + 1].number();
      if (x && y) {
        if (!check_dimensions(v[i], v[i + 1], spans[i], spans[i + 1])) {
          failed = true;
          return Poison{};
        }
        all = all && holds(ops[i], x->si, y->si);
      } else if (ops[i] == "==" || ops[i] == "!=") {
        all = all && ((v[i] == v[i + 1]) == (ops[i] == "=="));
      } else {
        failed = true;
        diagnostics_.error("E301", x ? spans[i + 1] : spans[i],
                           fmt::format("{} orders numbers, and this is {}", ops[i], (x ? v[i + 1] : v[i]).kind()));
        return Poison{};
      }
    }
    return all;
  });
}

}  // namespace nas
