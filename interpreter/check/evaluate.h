#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "core/value.h"
#include "syntax/tree.h"

namespace nas {

/// Names and their values; lookups go outwards.
class Scope {
 public:
  explicit Scope(const Scope* parent = nullptr) : parent_(parent) {}
  void set(const std::string& name, Value value, Span where = {}) { names_[name] = {std::move(value), where}; }
  const Value* find(const std::string& name) const;
  const Value* find_here(const std::string& name) const;
  std::optional<Span> where(const std::string& name) const;
  void collect_names(std::vector<std::string>& names) const;

 private:
  struct Entry {
    Value value;
    Span where;
  };
  const Scope* parent_;
  std::map<std::string, Entry> names_;
};

/// Limits on what a script may make the checker do; an error names the limit that was met.
struct EvaluateLimits {
  int call_depth = 200;
  std::size_t steps = 5'000'000;
};

/// Evaluates expressions: at script level, and inside space bodies where values may depend on choices. What a name, a call
/// or `metric@device` means beyond plain values is decided by the derived class.
class Evaluator {
 public:
  Evaluator(Diagnostics& diagnostics, EvaluateLimits limits = {}) : diagnostics_(diagnostics), limits_(limits) {}
  virtual ~Evaluator() = default;

  Value evaluate(const syntax::Expr& expr, const Scope& scope);
  /// A user function: arguments are bound by position or name, defaults evaluated where it was defined.
  Value make_function(const std::string& name, const std::vector<syntax::Parameter>& parameters, const syntax::Expr& body,
                      const Scope& scope, bool recursive);
  Diagnostics& diagnostics() { return diagnostics_; }

  Value binary(const std::string& op, const Value& a, const Value& b, Span op_span, Span a_span, Span b_span);
  Value unary(const std::string& op, const Value& a, Span span);
  Value index(const Value& object, const Value& index, Span span);

 protected:
  /// A name that no scope knows; nullopt = unknown.
  virtual std::optional<Value> resolve_name(const std::string& name, Span span) { return std::nullopt; }
  /// A call that is not one of a plain function; nullopt = not known here either.
  virtual std::optional<Value> resolve_call(const syntax::Call& call, Span span, const Scope& scope) { return std::nullopt; }
  /// Calling a value that is neither function nor name (an operator on tensors).
  virtual std::optional<Value> apply_value(const Value& callee, const std::vector<Value>& arguments, Span span) {
    return std::nullopt;
  }
  virtual Value at_device(const syntax::AtDevice& at, Span span, const Scope& scope);
  virtual Value choice(const syntax::ChoiceExpr& choice, Span span, const Scope& scope);
  virtual Value repeat(const syntax::RepeatExpr& repeat, Span span, const Scope& scope);
  /// A member or index path that means something as a whole (gene families); nullopt = evaluate step by step.
  virtual std::optional<Value> path(const syntax::Expr& expr, const Scope& scope) { return std::nullopt; }
  virtual std::vector<std::string> known_names() const { return {}; }
  /// What a call may name beyond built-in and user functions, for did-you-mean.
  virtual std::vector<std::string> known_functions() const { return {}; }

  /// The value of an argument that can be one of these words: `act = relu` is `act = "relu"`, unless relu is a name in scope.
  Value evaluate_labelled(const syntax::Expr& expr, const std::vector<std::string>& labels, const Scope& scope);
  Value unknown_name(const std::string& name, Span span, const Scope& scope);
  Value unknown_function(const std::string& name, Span span, const Scope& scope);
  Value comparison(const std::vector<Value>& operands, const std::vector<Span>& spans, const std::vector<std::string>& ops,
                   Span span);
  Value member(const Value& object, const std::string& name, Span span);

  Diagnostics& diagnostics_;
  EvaluateLimits limits_;
  std::size_t steps_ = 0;
  int depth_ = 0;
  std::set<const syntax::Expr*> called_;  ///< bodies of functions

 private:
  const std::vector<std::string>* labels_ = nullptr;  ///< words that the argument being read can be

  Value evaluate_node(const syntax::Expr& expr, const Scope& scope);
  /// Where a part is known only after the run: the value that `f` makes of the parts then. What it reports fails the stage.
  static std::optional<Value> after_the_run(const std::vector<Value>& parts,
                                            std::function<Value(Evaluator&, const std::vector<Value>&)> f);
  Value call(const syntax::Call& call, Span span, const Scope& scope);
  std::optional<Value> builtin(const std::string& name, const std::vector<Value>& arguments, Span span);
};

/// The functions that a script can call everywhere: "len", "min".
const std::vector<std::string>& builtin_functions();

/// A metric as a formula: `macs`, `latency@host`.
Formula metric_formula(const MetricId& id);
/// A formula, or a number as one.
std::optional<Formula> as_formula(const Value& value);
/// a and b joined by an operator into one program over the union of their metrics; `sign` is how the operator is written.
Formula joined(const Formula& a, const Formula& b, MetricExpr::Op op, const std::string& sign);

/// A number without a dimension.
bool plain_number(const Value& value);
/// The types that a parameter of a `def` can be declared with.
const std::vector<std::string>& parameter_types();
/// What a value is, for a sentence about a type that it is not: "2.5" where a whole number is wanted, else its kind.
std::string described(const Value& value, const std::string& type);
/// Whether a value, or everything that a choice can make of it, is of a declared type. An unknown type fits everything.
bool is_of_type(const Value& value, const std::string& type);

}  // namespace nas
