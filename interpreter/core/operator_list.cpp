#include "core/operator_list.h"

#include <fmt/format.h>

#include <algorithm>

namespace nas {
namespace {

/// A choice in a structural argument (activation, squeeze and excite ...) splits the layer into one per option.
Value apply_plain(LayerBuilder& builder, const Operator& op, const std::vector<Value>& x) {
  for (const LayerParam& param : op.layer->params) {
    if (!param.structural) continue;
    const auto it = std::find_if(op.arguments.begin(), op.arguments.end(), [&](const auto& a) { return a.first == param.name; });
    if (it == op.arguments.end() || !it->second.decided()) continue;
    const Value chosen = restricted(it->second, builder.condition);
    const std::string path = builder.path;
    const Value out = builder.per_alternative(chosen, [&](const Value& option) {
      Operator plain = op;
      plain.arguments[static_cast<std::size_t>(it - op.arguments.begin())].second = option;
      if (chosen.decided()) builder.path = path + fmt::format("[{}={}]", param.name, option.print());
      return apply_plain(builder, plain, x);
    });
    builder.path = path;
    return out;
  }
  LayerArguments arguments{&op.arguments};
  return op.layer->expand(builder, arguments, x);
}

/// An input that is a (chosen) list of tensors stands for its items.
Value apply_to_lists(LayerBuilder& builder, const Operator& op, const std::vector<Value>& x) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Value chosen = restricted(x[i], builder.condition);
    const auto lists = leaves(chosen);
    if (!std::all_of(lists.begin(), lists.end(), [](const Value& v) { return v.list() != nullptr; })) continue;
    return builder.per_alternative(chosen, [&](const Value& list) {
      std::vector<Value> items(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(i));
      items.insert(items.end(), list.list()->begin(), list.list()->end());
      items.insert(items.end(), x.begin() + static_cast<std::ptrdiff_t>(i) + 1, x.end());
      return apply_to_lists(builder, op, items);
    });
  }
  return apply_plain(builder, op, x);
}

bool is_operator(const Value& value) {
  const auto all = leaves(value);
  return std::any_of(all.begin(), all.end(), [](const Value& leaf) { return leaf.op() != nullptr; });
}

/// What the operator's written inputs give for `x`; `x` itself where none are written.
std::vector<Value> inputs_of(LayerBuilder& builder, const Operator& op, const std::vector<Value>& x) {
  if (op.inputs.empty()) return x;
  std::vector<Value> inputs;
  for (const Value& input : op.inputs) {
    inputs.push_back(is_operator(input)       ? apply_operator(builder, input, x)
                     : lists_operators(input) ? apply_listed(builder, input, x)
                                              : input);
  }
  return inputs;
}

}  // namespace

bool lists_operators(const Value& value) {
  for (const Value& leaf : leaves(value))
    if (const List* items = leaf.list(); items && std::any_of(items->begin(), items->end(), is_operator)) return true;
  return false;
}

Value apply_listed(LayerBuilder& builder, const Value& lists, const std::vector<Value>& x) {
  const Value chosen = restricted(lists, builder.condition);
  const Value outside = builder.condition;
  std::vector<std::pair<Value, Value>> applied;  // operator, tensor
  auto tensor_of = [&](const Value& item) {
    const auto it = std::find_if(applied.begin(), applied.end(), [&](const auto& a) { return a.first == item; });
    return it == applied.end() ? item : it->second;
  };
  for (const Value& list : leaves(chosen)) {
    if (!list.list()) {
      builder.fail(fmt::format("a list of operators is applied here, and this is {}", list.kind()));
      return Poison{};
    }
    for (const Value& item : *list.list()) {
      if (!is_operator(item) || !(tensor_of(item) == item)) continue;
      builder.condition = both(outside, lift({chosen}, [&](const std::vector<Value>& v, const auto&) {
                                 return Value(std::find(v[0].list()->begin(), v[0].list()->end(), item) != v[0].list()->end());
                               }));
      const Value out = apply_operator(builder, item, x);
      builder.condition = outside;
      if (out.poisoned()) return out;
      applied.emplace_back(item, out);
    }
  }
  return lift({chosen}, [&](const std::vector<Value>& v, const auto&) {
    List tensors;
    for (const Value& item : *v[0].list()) tensors.push_back(tensor_of(item));
    return Value(tensors);
  });
}

Value apply_operator(LayerBuilder& builder, const Value& choice, const std::vector<Value>& x) {
  return builder.per_alternative(choice, [&](const Value& chosen) -> Value {
    if (chosen.poisoned() || chosen.inline_if<Tensor>()) return chosen;
    const Operator* op = chosen.op();
    if (!op) {
      builder.fail(fmt::format("{} cannot be applied to a tensor", chosen.kind()));
      return Poison{};
    }
    const std::string path = builder.path;
    builder.path = path.empty() ? op->name : path + "." + op->name;
    const Value out = apply_to_lists(builder, *op, inputs_of(builder, *op, x));
    builder.path = path;
    return out;
  });
}

}  // namespace nas
