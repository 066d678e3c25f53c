#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "check/space_compiler.h"
#include "core/operator_list.h"

namespace nas {

std::optional<Value> SpaceCompiler::resolve_name(const std::string& name, Span) {
  if (find_metric(name)) return Value(metric_formula({name}));
  if (name == "x") {
    need_input();
    return flow_;
  }
  return std::nullopt;
}

std::vector<std::string> SpaceCompiler::known_names() const {
  auto names = layers_.names();
  for (const char* word : {"choice", "pick", "image", "tokens", "macs", "params", "memory", "x"}) names.emplace_back(word);
  return names;
}

std::vector<std::string> SpaceCompiler::known_functions() const {
  auto names = layers_.names();
  for (const char* word : {"choice", "pick", "image", "tokens"}) names.emplace_back(word);
  return names;
}

std::optional<Value> SpaceCompiler::resolve_call(const syntax::Call& call, Span span, const Scope& scope) {
  const auto* name = std::get_if<syntax::NameRef>(&call.callee->node);
  if (!name) return std::nullopt;
  if (name->name == "choice") return choice_call(call, span, scope);
  if (name->name == "index" && in_spelling_) return index_call(call, span, scope);
  if (name->name == "onehot" && in_features_) return onehot_call(call, span, scope);
  if (name->name == "mean" && in_features_) return mean_call(call, span, scope);
  if (name->name == "pick") return pick_call(call, span, scope);
  if (name->name == "image") return input_call(call, span, scope, {"channels", "size"}, false);
  if (name->name == "tokens") return input_call(call, span, scope, {"length", "width"}, true);
  if (const LayerComponent* layer = layers_.find(name->name)) return layer_call(*layer, call, span, scope);
  return std::nullopt;
}

Value SpaceCompiler::input_call(const syntax::Call& call, Span span, const Scope& scope, const std::vector<std::string>& names,
                                bool sequence) {
  std::vector<Value> given(names.size());
  std::size_t position = 0;
  for (const auto& argument : call.arguments) {
    std::size_t at = position;
    if (argument.name) {
      at = static_cast<std::size_t>(std::find(names.begin(), names.end(), argument.name->text) - names.begin());
    } else {
      ++position;
    }
    if (at >= names.size()) {
      diagnostics_.error("E401", argument.name ? argument.name->span : argument.value->span,
                         fmt::format("{} takes {}", sequence ? "tokens" : "image", fmt::join(names, " and ")));
      return Poison{};
    }
    given[at] = evaluate(*argument.value, scope);
  }
  bool failed = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (given[i].none()) {
      if (!failed) diagnostics_.error("E403", span, fmt::format("{} needs {}", sequence ? "tokens" : "image", names[i]));
      failed = true;
      continue;
    }
    for (const Value& leaf : leaves(given[i]))
      if (!failed && (!leaf.integer() || *leaf.integer() < 1)) {
        if (!leaf.poisoned())
          diagnostics_.error("E404", span,
                             fmt::format("{} is a whole number of at least 1, and this is {}", names[i], leaf.print()));
        failed = true;
      }
  }
  if (failed) return Poison{};
  return builder_.input(lift(given, [&](const std::vector<Value>& v, const auto&) -> Value {
    return sequence ? Shape{*v[1].integer(), *v[0].integer(), 1} : Shape{*v[0].integer(), *v[1].integer(), *v[1].integer()};
  }));
}

Value SpaceCompiler::layer_call(const LayerComponent& layer, const syntax::Call& call, Span span, const Scope& scope) {
  Operator op;
  op.layer = &layer;
  op.name = layer.name;
  op.span = span;
  for (const LayerParam& param : layer.params) op.arguments.emplace_back(param.name, param.default_value);
  const std::string outer_owner = std::exchange(owner_, layer.name);
  const std::string outer_hint = hint_;
  std::set<std::string> seen;
  std::size_t position = 0;
  bool failed = false;
  for (const auto& argument : call.arguments) {
    if (!argument.value) {
      failed = true;
      continue;
    }
    const LayerParam* param = nullptr;
    if (argument.name) {
      param = layer.find_param(argument.name->text);
      if (!param) {
        std::vector<std::string> known;
        for (const LayerParam& p : layer.params) {
          known.push_back(p.name);
          known.insert(known.end(), p.aliases.begin(), p.aliases.end());
        }
        const std::string near = did_you_mean(argument.name->text, known);
        diagnostics_.error("E401", argument.name->span, fmt::format("{} has no argument {}", layer.name, argument.name->text),
                           near.empty() ? "" : fmt::format("did you mean {}?", near),
                           known.empty() ? fmt::format("{} takes no arguments.", layer.name)
                                         : fmt::format("{} takes {}.", layer.name, fmt::join(known, ", ")));
        failed = true;
        continue;
      }
    } else if (layer.inputs < 0) {
      const Value input = evaluate(*argument.value, scope);
      if (input.poisoned())
        failed = true;
      else if (const List* items = input.list())
        op.inputs.insert(op.inputs.end(), items->begin(), items->end());
      else
        op.inputs.push_back(input);
      continue;
    } else if (position < layer.params.size()) {
      param = &layer.params[position++];
    } else {
      diagnostics_.error("E404", argument.value->span,
                         fmt::format("{} takes at most {} arguments", layer.name, layer.params.size()));
      failed = true;
      continue;
    }
    if (!seen.insert(param->name).second) {
      diagnostics_.error("E402", argument.name ? argument.name->span : argument.value->span,
                         fmt::format("{} of {} is given twice", param->name, layer.name));
      failed = true;
      continue;
    }
    hint_ = param->name;
    const Value value = evaluate_labelled(*argument.value, param->labels, scope);
    if (!check_layer_argument(layer, *param, value, argument.value->span)) {
      failed = true;
      continue;
    }
    for (auto& [name, slot] : op.arguments)
      if (name == param->name) slot = value;
    if (!value.decided() || !is_operator(value)) record(join(prefix_, param->name), value);
  }
  hint_ = outer_hint;
  owner_ = outer_owner;
  for (const LayerParam& param : layer.params)
    if (param.required && !seen.count(param.name)) {
      diagnostics_.error("E403", span, fmt::format("{} needs {}", layer.name, param.name), param.help);
      failed = true;
    }
  if (failed) return Poison{};
  if (layer.inputs < 0 && !op.inputs.empty()) {
    bool tensors = true;
    for (const Value& input : op.inputs) {
      for (const Value& leaf : leaves(input)) tensors = tensors && (leaf.inline_if<Tensor>() || leaf.list());
      tensors = tensors && !lists_operators(input);
    }
    if (tensors) return apply_value(Value(op), {}, span).value_or(Value(Poison{}));
  }
  return op;
}

bool SpaceCompiler::check_layer_argument(const LayerComponent& layer, const LayerParam& param, const Value& value, Span span) {
  using Type = LayerParam::Type;
  for (const Value& leaf : leaves(value)) {
    if (leaf.poisoned()) return false;
    if (leaf.none()) continue;
    const char* wanted = nullptr;
    if (param.type == Type::whole && !leaf.integer()) wanted = "a whole number";
    if (param.type == Type::number && !(leaf.number() && leaf.number()->dimension.none())) wanted = "a number";
    if (param.type == Type::boolean && !leaf.boolean()) wanted = "true or false";
    if (param.type == Type::text && !leaf.text() && !leaf.shared_if<Function>()) wanted = "a text";
    if (param.type == Type::tensor && !leaf.inline_if<Tensor>() && !leaf.op()) wanted = "a tensor";
    if (wanted) {
      const bool fraction = param.type == Type::whole && leaf.number() && leaf.number()->dimension.none();
      diagnostics_.error(
          "E404", span,
          fmt::format("{} of {} is {}, and this is {}", param.name, layer.name, wanted, fraction ? leaf.print() : leaf.kind()));
      return false;
    }
    if (param.at_least && leaf.number() && leaf.number()->si < *param.at_least) {
      diagnostics_.error("E404", span, fmt::format("{} of {} is {}", param.name, layer.name, leaf.print()),
                         fmt::format("it must be at least {}", *param.at_least));
      return false;
    }
    if (!param.labels.empty() && leaf.text() &&
        std::find(param.labels.begin(), param.labels.end(), *leaf.text()) == param.labels.end()) {
      const std::string near = did_you_mean(*leaf.text(), param.labels);
      diagnostics_.error("E404", span, fmt::format("{} of {} cannot be {}", param.name, layer.name, *leaf.text()),
                         near.empty() ? "" : fmt::format("did you mean {}?", near),
                         fmt::format("it can be {}.", fmt::join(param.labels, ", ")));
      return false;
    }
  }
  return true;
}

std::optional<Value> SpaceCompiler::apply_value(const Value& callee, const std::vector<Value>& arguments, Span span) {
  const bool listed = !is_operator(callee) && lists_operators(callee);
  if (!is_operator(callee) && !listed) return std::nullopt;
  for (const Value& argument : arguments) {
    for (const Value& leaf : leaves(argument))
      if (leaf.poisoned()) return Value(Poison{});
    if (!is_tensor(argument)) {
      diagnostics_.error("E301", span, fmt::format("an operator is applied to tensors, and this is {}", argument.kind()));
      return Value(Poison{});
    }
  }
  builder_.path = prefix_;
  const Value out = listed ? apply_listed(builder_, callee, arguments) : apply_operator(builder_, callee, arguments);
  builder_.path = prefix_;
  report_shapes();
  return out;
}

}  // namespace nas
