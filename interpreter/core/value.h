#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/diagnostic.h"
#include "core/metric.h"
#include "core/network.h"
#include "core/units.h"

namespace nas {

class Value;
class Space;
struct LayerComponent;
using List = std::vector<Value>;

/// A number with its dimension, in SI base units.
struct Quantity {
  double si = 0;
  Dimension dimension;
  bool operator==(const Quantity&) const = default;
};
/// `a..b step c`, both ends included.
struct Range {
  double first = 0, last = 0, step = 1;
  bool integral = true;
  Dimension dimension;
  bool operator==(const Range&) const = default;
  std::size_t size() const;
};
/// What flows between layers inside a space: the output of one site.
struct Tensor {
  std::int32_t site = 0;
  bool operator==(const Tensor&) const = default;
};
/// A layer call with its arguments that has not been applied to anything yet.
struct Operator {
  const LayerComponent* layer = nullptr;
  std::vector<std::pair<std::string, Value>> arguments;  ///< complete, in the order of the layer's parameters
  std::vector<Value> inputs;                             ///< tensors or operators given positionally (add, concat)
  std::string name;                                      ///< for paths
  Span span;
};
/// A named result of a stage, a device, a space ... : things that script-level check knows more about than values do.
class Handle {
 public:
  virtual ~Handle() = default;
  virtual std::string type_name() const = 0;                          ///< "Space", "Device", "Result"
  virtual std::string print() const = 0;
  virtual std::optional<Value> member(const std::string& name) const = 0;
  virtual std::vector<std::string> members() const { return {}; }
};
/// A callable value: user `def`, `rule` or something built in.
struct Function {
  std::string name;
  std::function<Value(const std::vector<Value>& arguments, Span call)> call;
};
/// A metric, or arithmetic over metrics; `expression.steps[i].metric` indexes `metrics`.
struct Formula {
  std::vector<MetricId> metrics;
  MetricExpr expression;
  Dimension dimension;
};
/// Conditions on metrics joined by `and`: lower <= formula <= upper.
struct Conditions {
  struct Item {
    Formula formula;
    double lower, upper;
    bool lower_open, upper_open;
    std::string text;
  };
  std::vector<Item> items;
};
/// A value that depends on a gene: one value per option of the gene. Only `decide` makes one, so that it is reduced.
struct Decided {
  std::uint16_t gene = 0;
  std::vector<Value> options;
};
/// Finds a stage's result after the run; null where its branch was not taken.
using FindResult = std::function<std::shared_ptr<const Handle>(const std::string& stage)>;
/// A value that is known only after stages have run. `now` computes it from their results.
struct Later {
  std::vector<std::string> stages;
  std::function<Result<Value>(const FindResult& find)> now;
};
/// Stands for something that was wrong and has been reported; operations on it give it again, silently.
struct Poison {
  bool operator==(const Poison&) const = default;
};

/// An immutable value of the language, cheap to copy.
class Value {
 public:
  using Content = std::variant<std::monostate, Poison, bool, std::int64_t, Quantity, std::shared_ptr<const std::string>,
                               std::shared_ptr<const List>, Range, Tensor, Shape, std::shared_ptr<const Operator>,
                               std::shared_ptr<const Handle>, std::shared_ptr<const Function>, std::shared_ptr<const Formula>,
                               std::shared_ptr<const Conditions>, std::shared_ptr<const Decided>, std::shared_ptr<const Later>>;

  Value() = default;
  Value(Poison p) : content_(p) {}
  Value(bool b) : content_(b) {}
  Value(std::int64_t i) : content_(i) {}
  Value(int i) : content_(std::int64_t{i}) {}
  Value(Quantity q) : content_(q) {}
  Value(double d) : content_(Quantity{d, {}}) {}
  Value(std::string s) : content_(std::make_shared<const std::string>(std::move(s))) {}
  Value(const char* s) : Value(std::string(s)) {}
  Value(List items) : content_(std::make_shared<const List>(std::move(items))) {}
  Value(Range r) : content_(r) {}
  Value(Tensor t) : content_(t) {}
  Value(Shape s) : content_(s) {}
  Value(Operator o) : content_(std::make_shared<const Operator>(std::move(o))) {}
  Value(std::shared_ptr<const Operator> o) : content_(std::move(o)) {}
  Value(std::shared_ptr<const Handle> h) : content_(std::move(h)) {}
  Value(Function f) : content_(std::make_shared<const Function>(std::move(f))) {}
  Value(Formula f) : content_(std::make_shared<const Formula>(std::move(f))) {}
  Value(Conditions c) : content_(std::make_shared<const Conditions>(std::move(c))) {}
  Value(Later l) : content_(std::make_shared<const Later>(std::move(l))) {}

  bool none() const { return std::holds_alternative<std::monostate>(content_); }
  bool poisoned() const { return std::holds_alternative<Poison>(content_); }
  template <typename T>
  const T* inline_if() const { return std::get_if<T>(&content_); }
  template <typename T>
  const T* shared_if() const {
    const auto* pointer = std::get_if<std::shared_ptr<const T>>(&content_);
    return pointer ? pointer->get() : nullptr;
  }
  const bool* boolean() const { return inline_if<bool>(); }
  const std::int64_t* integer() const { return inline_if<std::int64_t>(); }
  const std::string* text() const { return shared_if<std::string>(); }
  const List* list() const { return shared_if<List>(); }
  const Decided* decided() const { return shared_if<Decided>(); }
  const Handle* handle() const { return shared_if<Handle>(); }
  std::shared_ptr<const Handle> shared_handle() const;
  std::shared_ptr<const Operator> shared_operator() const;
  const Operator* op() const { return shared_if<Operator>(); }
  const Later* later() const { return shared_if<Later>(); }
  /// An integer or a quantity as a quantity.
  std::optional<Quantity> number() const;

  /// "a whole number", "a time", "a list", "a space": for sentences.
  std::string kind() const;
  /// As `show` prints it.
  std::string print() const;
  /// Structural for plain values, identity for operators, handles and functions.
  bool operator==(const Value& other) const;

  /// Identity of the shared node, for memo tables; null for inline values.
  const void* identity() const;
  const Content& content() const { return content_; }

 private:
  friend Value decide(std::uint16_t gene, std::vector<Value> options);
  Content content_;
};

/// The stages that a value waits for, also within lists, each once; none for a value that is known already.
std::vector<std::string> waits_for(const Value& value);
/// The value, when the stages that it waits for have run.
Result<Value> known(const Value& value, const FindResult& find);

/// The value that is options[i] when the gene has option i. Equal options collapse to one value.
Value decide(std::uint16_t gene, std::vector<Value> options);

/// One step of a path through decisions.
struct Decision {
  std::uint16_t gene;
  std::uint8_t option;
};

/// Applies f to every combination of plain values that the arguments can take together, keeping the diagram reduced and
/// its genes in ascending order. `path` is the list of decisions that lead to the combination.
Value lift(const std::vector<Value>& arguments,
           const std::function<Value(const std::vector<Value>& plain, const std::vector<Decision>& path)>& f);

/// The plain value for one genome.
const Value& at_genome(const Value& value, const std::uint8_t* genome);
/// All distinct plain values in order of first appearance.
std::vector<Value> leaves(const Value& value);
/// The genes that the value depends on, ascending.
std::vector<std::uint16_t> support(const Value& value);

Value both(const Value& a, const Value& b);      ///< logical and of (decided) bools
Value either(const Value& a, const Value& b);    ///< logical or
Value negated(const Value& a);
/// `then` where the condition holds, else `otherwise`.
Value select(const Value& condition, const Value& then, const Value& otherwise);
bool always(const Value& condition);
bool never(const Value& condition);

}  // namespace nas
