#include "core/layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "core/operator_list.h"

namespace nas {
namespace {

/// nullopt = the condition never holds below this point.
std::optional<Value> restrict_rest(const Value& value, const Value& condition) {
  if (never(condition)) return std::nullopt;
  const Decided* v = value.decided();
  const Decided* c = condition.decided();
  if (!c) return value;
  if (!v) return value;
  const std::uint16_t gene = std::min(v->gene, c->gene);
  const std::size_t n = v->gene == gene ? v->options.size() : c->options.size();
  std::vector<std::optional<Value>> options;
  const Value* known = nullptr;
  for (std::size_t i = 0; i < n; ++i)
    options.push_back(restrict_rest(v->gene == gene ? v->options[i] : value, c->gene == gene ? c->options[i] : condition));
  for (const auto& option : options)
    if (option) {
      known = &*option;
      break;
    }
  if (!known) return std::nullopt;
  std::vector<Value> filled;
  for (const auto& option : options) filled.push_back(option ? *option : *known);
  // With several different values left the gene stays; a condition gene that the value ignores disappears.
  return decide(gene, std::move(filled));
}

}  // namespace

Value restricted(const Value& value, const Value& condition) {
  if (!value.decided() || !condition.decided()) return value;
  return restrict_rest(value, condition).value_or(value);
}

std::int64_t make_divisible(double v, std::int64_t divisor) {
  // No width is larger than this; what the layers make of it is their mistake to report.
  constexpr double kLargest = 1e15;
  v = v > kLargest ? kLargest : v > 0 ? v : 0;
  const double d = static_cast<double>(divisor);
  auto n = std::max(divisor, static_cast<std::int64_t>(std::floor((v + d / 2) / d)) * divisor);
  if (static_cast<double>(n) < 0.9 * v) n += divisor;
  return n;
}

std::optional<Activation> activation_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Activation::tanh); ++i)
    if (activation_name(static_cast<Activation>(i)) == name) return static_cast<Activation>(i);
  return std::nullopt;
}

const Value& LayerArguments::operator[](std::string_view name) const {
  for (const auto& [key, value] : *values)
    if (key == name) return value;
  throw Bug(fmt::format("layer argument {} is not declared", name));
}

std::string LayerArguments::text(std::string_view name) const {
  const auto* text = (*this)[name].text();
  return text ? *text : std::string();
}

const LayerParam* LayerComponent::find_param(std::string_view name) const {
  for (const LayerParam& param : params)
    if (param.name == name || std::find(param.aliases.begin(), param.aliases.end(), name) != param.aliases.end()) return &param;
  return nullptr;
}

const LayerComponent* LayerVocabulary::find(std::string_view name) const {
  for (const auto& layer : layers_)
    if (layer->name == name) return layer.get();
  return nullptr;
}

std::vector<std::string> LayerVocabulary::names() const {
  std::vector<std::string> names;
  for (const auto& layer : layers_) names.push_back(layer->name);
  std::sort(names.begin(), names.end());
  return names;
}

void LayerBuilder::fail(std::string message, std::vector<Decision> decisions) {
  if (decisions.empty())
    lift({condition}, [&](const std::vector<Value>& v, const std::vector<Decision>& way) {
      if (decisions.empty() && always(v[0])) decisions = way;
      return Value();
    });
  errors.push_back({std::move(message), path, std::move(decisions)});
}

Value LayerBuilder::shape(const Value& tensor) const {
  Value result;
  bool first = true;
  for (const Value& leaf : leaves(tensor)) {
    const auto* t = leaf.inline_if<Tensor>();
    const Value out = t ? program_.sites[static_cast<std::size_t>(t->site)].out : Value();
    if (first) {
      result = out;
      first = false;
    } else if (!(out == result)) {
      const Value here = lift({tensor}, [&](const std::vector<Value>& v, const auto&) { return Value(v[0] == leaf); });
      result = select(here, out, result);
    }
  }
  return result;
}

Value LayerBuilder::merged(const Value& tensors) {
  const Value here = restricted(tensors, condition);
  if (!here.decided()) return here;
  for (const Value& leaf : leaves(here))
    if (!leaf.inline_if<Tensor>()) return here;
  Site site;
  site.kind = LayerKind::add;
  site.merges = true;
  site.path = path;
  site.condition = condition;
  site.inputs = {here};
  site.in = site.out = restricted(shape(here), condition);
  program_.sites.push_back(std::move(site));
  return Tensor{static_cast<std::int32_t>(program_.sites.size() - 1)};
}

Value LayerBuilder::channels(const Value& tensor) const {
  return lift({shape(tensor)}, [](const std::vector<Value>& v, const auto&) {
    const auto* s = v[0].inline_if<Shape>();
    return s ? Value(s->channels) : Value(1);
  });
}

namespace {
/// Whether counts of operations or parameters could leave the integers: no dimension above 1e9, no layer above 1e15 operations.
bool too_large(LayerKind kind, const std::vector<Shape>& in, const std::vector<std::int64_t>& numbers, const Shape& out) {
  constexpr double kDimension = 1e9, kWork = 1e15;
  double work = in.empty() ? 1 : static_cast<double>(in[0].channels);
  for (const std::int64_t n : {out.channels, out.height, out.width}) work *= static_cast<double>(n);
  if (kind == LayerKind::conv) work *= static_cast<double>(numbers[1]) * static_cast<double>(numbers[1]);
  for (const std::int64_t n : numbers)
    if (static_cast<double>(n) > kDimension) return true;
  return work > kWork || static_cast<double>(std::max({out.channels, out.height, out.width})) > kDimension;
}
}  // namespace

Value LayerBuilder::add_site(Site site, const std::string& name,
                             const std::function<std::optional<Shape>(const std::vector<Shape>&, const std::vector<std::int64_t>&,
                                                                      std::string&)>& out_shape,
                             const std::vector<Value>& numbers) {
  site.path = name.empty() ? path : path.empty() ? name : path + "." + name;
  site.condition = condition;
  std::vector<Value> arguments;
  for (Value& input : site.inputs) {
    if (input.poisoned()) return Poison{};
    input = restricted(input, condition);
    for (const Value& leaf : leaves(input))
      if (leaf.poisoned() || !leaf.inline_if<Tensor>()) return Poison{};
    arguments.push_back(restricted(shape(input), condition));
  }
  site.in = arguments.empty() ? Value() : arguments.front();
  const std::size_t inputs = arguments.size();
  for (const Value& number : numbers) arguments.push_back(restricted(number, condition));
  const std::size_t count = arguments.size();
  bool failed = false, final = false;
  auto shape_of = [&](const std::vector<Value>& v, const std::vector<Decision>& decisions) -> Value {
    if (final && !always(v[count])) return Value();
    std::vector<Shape> in;
    std::vector<std::int64_t> plain;
    for (std::size_t i = 0; i < count; ++i) {
      if (i < inputs) {
        const auto* s = v[i].inline_if<Shape>();
        if (!s) return Poison{};
        in.push_back(*s);
      } else {
        const auto* n = v[i].integer();
        if (!n) return Poison{};
        plain.push_back(*n);
      }
    }
    std::string error;
    auto out = out_shape(in, plain, error);
    if (out && too_large(site.kind, in, plain, *out)) {
      error = fmt::format("a layer that makes {}x{}x{} is too large", out->channels, out->height, out->width);
      out.reset();
    }
    if (out) return *out;
    if (final && !failed) errors.push_back({error, site.path, decisions});
    failed = true;
    return Poison{};
  };
  site.out = lift(arguments, shape_of);
  if (failed) {
    // Only what happens where the layer is reached counts; the way there is part of the message.
    failed = false;
    final = true;
    arguments.push_back(condition);
    site.out = restricted(lift(arguments, shape_of), condition);
  }
  if (failed) return Poison{};
  for (Value* value : {&site.kernel, &site.stride, &site.pad, &site.groups, &site.heads}) *value = restricted(*value, condition);
  if (site.in.none()) site.in = site.out;
  program_.sites.push_back(std::move(site));
  return Tensor{static_cast<std::int32_t>(program_.sites.size() - 1)};
}

Value LayerBuilder::when(const Value& wanted, const Value& x, const std::function<Value(const Value& x)>& then) {
  if (always(wanted)) return then(x);
  const Value outside = condition;
  const Value inside = both(condition, wanted);
  if (never(inside)) return x;
  condition = inside;
  const Value changed = then(x);
  condition = outside;
  return merged(select(restricted(wanted, outside), changed, x));
}

Value LayerBuilder::per_alternative(const Value& choice, const std::function<Value(const Value& alternative)>& then) {
  const Value chosen = restricted(choice, condition);
  if (!chosen.decided()) return then(chosen);
  const Value outside = condition;
  std::optional<Value> joined;
  for (const Value& alternative : leaves(chosen)) {
    const Value here = lift({chosen}, [&](const std::vector<Value>& v, const auto&) { return Value(v[0] == alternative); });
    condition = both(outside, here);
    if (never(condition)) continue;
    const Value out = then(alternative);
    joined = joined && !out.poisoned() ? select(here, out, *joined) : out;
    if (joined->poisoned()) break;
  }
  condition = outside;
  return joined->poisoned() ? *joined : merged(*joined);
}

}  // namespace nas
