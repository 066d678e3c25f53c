#include "core/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "core/check.h"

namespace nas {

std::size_t Range::size() const {
  if (step == 0 || (last - first) / step < 0) return 0;
  return static_cast<std::size_t>(std::floor((last - first) / step + 1e-9)) + 1;
}

std::optional<Quantity> Value::number() const {
  if (const auto* i = integer()) return Quantity{static_cast<double>(*i), {}};
  if (const auto* q = inline_if<Quantity>()) return *q;
  return std::nullopt;
}

std::shared_ptr<const Handle> Value::shared_handle() const {
  const auto* pointer = std::get_if<std::shared_ptr<const Handle>>(&content_);
  return pointer ? *pointer : nullptr;
}

std::shared_ptr<const Operator> Value::shared_operator() const {
  const auto* pointer = std::get_if<std::shared_ptr<const Operator>>(&content_);
  return pointer ? *pointer : nullptr;
}

std::string Value::kind() const {
  struct Visitor {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(Poison) const { return "an unknown value"; }
    std::string operator()(bool) const { return "true or false"; }
    std::string operator()(std::int64_t) const { return "a plain number"; }
    std::string operator()(const Quantity& q) const { return dimension_phrase(q.dimension); }
    std::string operator()(const std::shared_ptr<const std::string>&) const { return "a text"; }
    std::string operator()(const std::shared_ptr<const List>&) const { return "a list"; }
    std::string operator()(const Range&) const { return "a range"; }
    std::string operator()(const Tensor&) const { return "a tensor"; }
    std::string operator()(const Shape&) const { return "a shape"; }
    std::string operator()(const std::shared_ptr<const Operator>&) const { return "an operator"; }
    std::string operator()(const std::shared_ptr<const Handle>& h) const {
      std::string name = h->type_name();
      for (char& c : name) c = static_cast<char>(std::tolower(c));
      return (std::string("aeiou").find(name[0]) != std::string::npos ? "an " : "a ") + name;
    }
    std::string operator()(const std::shared_ptr<const Function>&) const { return "a function"; }
    std::string operator()(const std::shared_ptr<const Formula>&) const { return "a metric"; }
    std::string operator()(const std::shared_ptr<const Conditions>&) const { return "a condition on metrics"; }
    std::string operator()(const std::shared_ptr<const Decided>&) const { return "a value that depends on a choice"; }
    std::string operator()(const std::shared_ptr<const Later>&) const { return "a value that is known after the run"; }
  };
  return std::visit(Visitor{}, content_);
}

std::string Value::print() const {
  struct Visitor {
    std::string operator()(std::monostate) const { return "none"; }
    std::string operator()(Poison) const { return "?"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const { return fmt::to_string(i); }
    std::string operator()(const Quantity& q) const {
      if (q.dimension.none()) return fmt::format("{}", q.si);
      return format_quantity(q.si, q.dimension);
    }
    std::string operator()(const std::shared_ptr<const std::string>& s) const { return *s; }
    std::string operator()(const std::shared_ptr<const List>& items) const {
      std::string text = "[";
      for (std::size_t i = 0; i < items->size(); ++i) text += (i ? ", " : "") + (*items)[i].print();
      return text + "]";
    }
    std::string operator()(const Range& r) const {
      std::string text = Value(Quantity{r.first, r.dimension}).print() + ".." + Value(Quantity{r.last, r.dimension}).print();
      return r.step == 1 ? text : text + " step " + Value(Quantity{r.step, r.dimension}).print();
    }
    std::string operator()(const Tensor& t) const { return fmt::format("tensor {}", t.site); }
    std::string operator()(const Shape& s) const { return fmt::format("{}x{}x{}", s.channels, s.height, s.width); }
    std::string operator()(const std::shared_ptr<const Operator>& o) const { return o->name + "(...)"; }
    std::string operator()(const std::shared_ptr<const Handle>& h) const { return h->print(); }
    std::string operator()(const std::shared_ptr<const Function>& f) const { return f->name + "(...)"; }
    std::string operator()(const std::shared_ptr<const Formula>& f) const { return f->expression.text; }
    std::string operator()(const std::shared_ptr<const Conditions>& c) const {
      std::string text;
      for (const auto& item : c->items) text += (text.empty() ? "" : " and ") + item.text;
      return text;
    }
    std::string operator()(const std::shared_ptr<const Decided>& d) const {
      std::string text = "choice(";
      for (std::size_t i = 0; i < d->options.size(); ++i) text += (i ? ", " : "") + d->options[i].print();
      return text + ")";
    }
    std::string operator()(const std::shared_ptr<const Later>&) const { return "(after the run)"; }
  };
  return std::visit(Visitor{}, content_);
}

const void* Value::identity() const {
  return std::visit(
      [](const auto& held) -> const void* {
        if constexpr (requires { held.get(); }) {
          return held.get();
        } else {
          return nullptr;
        }
      },
      content_);
}

bool Value::operator==(const Value& other) const {
  if (content_.index() != other.content_.index()) return false;
  if (identity() && identity() == other.identity()) return true;
  if (const auto* a = text()) return *a == *other.text();
  if (const auto* a = list()) return *a == *other.list();
  if (const auto* a = decided()) return a->gene == other.decided()->gene && a->options == other.decided()->options;
  if (identity()) return false;
  return std::visit(
      [&](const auto& a) -> bool {
        using T = std::decay_t<decltype(a)>;
        if constexpr (requires { a.get(); }) {
          return false;
        } else {
          return a == std::get<T>(other.content_);
        }
      },
      content_);
}

std::vector<std::string> waits_for(const Value& value) {
  std::vector<std::string> stages;
  auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& stage : more)
      if (std::find(stages.begin(), stages.end(), stage) == stages.end()) stages.push_back(stage);
  };
  if (const Later* later = value.later()) add(later->stages);
  if (const List* list = value.list())
    for (const Value& item : *list) add(waits_for(item));
  return stages;
}

Result<Value> known(const Value& value, const FindResult& find) {
  if (const Later* later = value.later()) return later->now(find);
  if (waits_for(value).empty()) return value;
  List items;
  for (const Value& item : *value.list()) {
    auto now = known(item, find);
    if (!now) return now;
    items.push_back(std::move(*now));
  }
  return Value(std::move(items));
}

Value decide(std::uint16_t gene, std::vector<Value> options) {
  NAS_CHECK(!options.empty());
  if (std::all_of(options.begin() + 1, options.end(), [&](const Value& v) { return v == options.front(); }))
    return options.front();
  Value value;
  value.content_ = std::make_shared<const Decided>(Decided{gene, std::move(options)});
  return value;
}

namespace {

using PlainFunction = std::function<Value(const std::vector<Value>&, const std::vector<Decision>&)>;

/// The arguments where `gene` has `option`.
void restrict_to(std::uint16_t gene, std::size_t option, std::span<const Value* const> arguments, std::span<const Value*> out) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Decided* d = arguments[i]->decided();
    out[i] = d && d->gene == gene ? &d->options[option] : arguments[i];
  }
}

/// The first decision of several values; null where all are plain.
const Decided* first_decision(std::span<const Value* const> arguments) {
  const Decided* first = nullptr;
  for (const Value* argument : arguments)
    if (const Decided* d = argument->decided(); d && (!first || d->gene < first->gene)) first = d;
  return first;
}

Value lift_rest(std::span<const Value* const> arguments, const PlainFunction& f, std::vector<Value>& plain,
                std::vector<Decision>& path) {
  const Decided* first = first_decision(arguments);
  if (!first) {
    for (std::size_t i = 0; i < arguments.size(); ++i) plain[i] = *arguments[i];
    return f(plain, path);
  }
  constexpr std::size_t kFew = 8;
  std::array<const Value*, kFew> few;
  std::vector<const Value*> many(arguments.size() > kFew ? arguments.size() : 0);
  const std::span<const Value*> rest = many.empty() ? std::span(few).first(arguments.size()) : std::span(many);
  std::vector<Value> options;
  options.reserve(first->options.size());
  for (std::size_t option = 0; option < first->options.size(); ++option) {
    restrict_to(first->gene, option, arguments, rest);
    path.push_back({first->gene, static_cast<std::uint8_t>(option)});
    options.push_back(lift_rest(rest, f, plain, path));
    path.pop_back();
  }
  return decide(first->gene, std::move(options));
}

/// As `lift` for what conditions decide: `known` gives the result as soon as it is one of the arguments, else null. What is no
/// condition does not hold.
template <std::size_t N, typename Known>
Value lift_conditions(const std::array<const Value*, N>& arguments, const Known& known) {
  if (const Value* result = known(arguments)) return *result;
  const Decided* first = first_decision(arguments);
  if (!first) return Value(false);
  std::vector<Value> options;
  options.reserve(first->options.size());
  for (std::size_t option = 0; option < first->options.size(); ++option) {
    std::array<const Value*, N> rest;
    restrict_to(first->gene, option, arguments, rest);
    options.push_back(lift_conditions(rest, known));
  }
  return decide(first->gene, std::move(options));
}

}  // namespace

Value lift(const std::vector<Value>& arguments, const PlainFunction& f) {
  if (std::none_of(arguments.begin(), arguments.end(), [](const Value& v) { return v.decided() != nullptr; }))
    return f(arguments, {});
  std::vector<const Value*> pointers;
  pointers.reserve(arguments.size());
  for (const Value& argument : arguments) pointers.push_back(&argument);
  std::vector<Value> plain(arguments.size());
  std::vector<Decision> path;
  return lift_rest(pointers, f, plain, path);
}

const Value& at_genome(const Value& value, const std::uint8_t* genome) {
  const Value* at = &value;
  while (const Decided* d = at->decided()) at = &d->options[genome[d->gene]];
  return *at;
}

std::vector<Value> leaves(const Value& value) {
  std::vector<Value> found;
  const auto visit = [&](const auto& self, const Value& v) -> void {
    if (const Decided* d = v.decided()) {
      for (const Value& option : d->options) self(self, option);
    } else if (std::find(found.begin(), found.end(), v) == found.end()) {
      found.push_back(v);
    }
  };
  visit(visit, value);
  return found;
}

std::vector<std::uint16_t> support(const Value& value) {
  std::vector<std::uint16_t> genes;
  const auto visit = [&](const auto& self, const Value& v) -> void {
    const Decided* d = v.decided();
    if (!d) return;
    if (std::find(genes.begin(), genes.end(), d->gene) == genes.end()) genes.push_back(d->gene);
    for (const Value& option : d->options) self(self, option);
  };
  visit(visit, value);
  std::sort(genes.begin(), genes.end());
  return genes;
}

bool always(const Value& condition) {
  return condition.boolean() && *condition.boolean();
}
bool never(const Value& condition) {
  return condition.boolean() && !*condition.boolean();
}

Value both(const Value& a, const Value& b) {
  return lift_conditions<2>({&a, &b}, [](const auto& v) -> const Value* {
    if (always(*v[0]) || never(*v[1])) return v[1];
    if (always(*v[1]) || never(*v[0])) return v[0];
    return nullptr;
  });
}

Value either(const Value& a, const Value& b) {
  return lift_conditions<2>({&a, &b}, [](const auto& v) -> const Value* {
    if (never(*v[0]) || always(*v[1])) return v[1];
    if (never(*v[1]) || always(*v[0])) return v[0];
    return nullptr;
  });
}

Value negated(const Value& a) {
  return lift({a}, [](const std::vector<Value>& v, const auto&) { return Value(!always(v[0])); });
}

Value select(const Value& condition, const Value& then, const Value& otherwise) {
  return lift_conditions<3>({&condition, &then, &otherwise}, [](const auto& v) -> const Value* {
    return always(*v[0]) ? v[1] : v[0]->decided() ? nullptr : v[2];
  });
}

}  // namespace nas
