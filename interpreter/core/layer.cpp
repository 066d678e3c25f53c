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

std::int64_t out_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad) {
  return (size + 2 * pad - kernel) / stride + 1;
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

Value LayerBuilder::input(const Value& shape) {
  Site site;
  site.kind = LayerKind::input;
  site.path = "input";
  site.in = site.out = shape;
  program_.sites.push_back(std::move(site));
  return Tensor{static_cast<std::int32_t>(program_.sites.size() - 1)};
}

Value LayerBuilder::conv(const std::string& name, const Value& x, const Value& out, const Value& kernel, const Value& stride,
                         const Value& groups, bool bias, bool padded) {
  Site site;
  site.kind = LayerKind::conv;
  site.bias = bias;
  site.kernel = kernel;
  site.stride = stride;
  site.groups = groups;
  site.pad = lift({kernel}, [padded](const std::vector<Value>& v, const auto&) {
    return padded && v[0].integer() ? Value(*v[0].integer() / 2) : Value(0);
  });
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [padded](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        const auto [channels, kernel, stride, groups] = std::array{n[0], n[1], n[2], n[3]};
        if (in[0].channels % groups != 0 || channels % groups != 0) {
          error = fmt::format("{} channels to {} cannot be divided into {} groups", in[0].channels, channels, groups);
          return std::nullopt;
        }
        const std::int64_t pad = padded ? kernel / 2 : 0;
        const Shape out{channels, out_size(in[0].height, kernel, stride, pad), out_size(in[0].width, kernel, stride, pad)};
        if (out.height < 1 || out.width < 1) {
          error = fmt::format("a {0}x{0} kernel does not fit on {1}x{2}", kernel, in[0].height, in[0].width);
          return std::nullopt;
        }
        return out;
      },
      {out, kernel, stride, groups});
}

Value LayerBuilder::depthwise(const std::string& name, const Value& x, const Value& kernel, const Value& stride) {
  const Value width = channels(x);
  return conv(name, x, width, kernel, stride, width);
}

namespace {
std::optional<Shape> same_shape(const std::vector<Shape>& in, const std::vector<std::int64_t>&, std::string&) {
  return in[0];
}
}  // namespace

Value LayerBuilder::batch_norm(const std::string& name, const Value& x, float epsilon) {
  Site site;
  site.kind = LayerKind::batch_norm;
  site.epsilon = epsilon;
  site.inputs = {x};
  return add_site(std::move(site), name, same_shape, {});
}

Value LayerBuilder::layer_norm(const std::string& name, const Value& x, float epsilon) {
  Site site;
  site.kind = LayerKind::layer_norm;
  site.epsilon = epsilon;
  site.inputs = {x};
  return add_site(std::move(site), name, same_shape, {});
}

Value LayerBuilder::activation(const std::string& name, const Value& x, Activation act) {
  if (act == Activation::none) return x;
  Site site;
  site.kind = LayerKind::activation;
  site.act = act;
  site.inputs = {x};
  return add_site(std::move(site), name, same_shape, {});
}

Value LayerBuilder::pool(const std::string& name, LayerKind kind, const Value& x, const Value& kernel, const Value& stride,
                         bool ceil) {
  Site site;
  site.kind = kind;
  site.kernel = kernel;
  site.stride = stride;
  // An even kernel tiles without padding; an odd one keeps the size at stride 1.
  site.pad = lift({kernel}, [](const std::vector<Value>& v, const auto&) {
    const auto* k = v[0].integer();
    return k && *k % 2 == 1 ? Value(*k / 2) : Value(0);
  });
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [ceil](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        const std::int64_t pad = n[0] % 2 == 1 ? n[0] / 2 : 0;
        auto pooled = [&](std::int64_t size) {
          const std::int64_t whole = out_size(size, n[0], n[1], pad);
          // One window more, if it starts before the right padding.
          return whole + (ceil && (whole - 1) * n[1] + n[0] < size + 2 * pad && whole * n[1] < size + pad);
        };
        const Shape out{in[0].channels, pooled(in[0].height), pooled(in[0].width)};
        if (in[0].height + 2 * pad < n[0] || in[0].width + 2 * pad < n[0]) {
          error = fmt::format("a {0}x{0} pool does not fit on {1}x{2}", n[0], in[0].height, in[0].width);
          return std::nullopt;
        }
        return out;
      },
      {kernel, stride});
}

Value LayerBuilder::global_pool(const std::string& name, const Value& x) {
  Site site;
  site.kind = LayerKind::global_avg_pool;
  site.inputs = {x};
  return add_site(std::move(site), name,
                  [](const std::vector<Shape>& in, const auto&, std::string&) -> std::optional<Shape> {
                    return Shape{in[0].channels, 1, 1};
                  },
                  {});
}

Value LayerBuilder::linear(const std::string& name, const Value& x, const Value& out, bool bias) {
  Site site;
  site.kind = LayerKind::linear;
  site.bias = bias;
  site.inputs = {x};
  return add_site(std::move(site), name,
                  [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string&) -> std::optional<Shape> {
                    return Shape{n[0], in[0].height, in[0].width};
                  },
                  {out});
}

Value LayerBuilder::combine(const std::string& name, LayerKind kind, const std::vector<Value>& x) {
  if (x.size() == 1) return x[0];
  Site site;
  site.kind = kind;
  site.inputs = x;
  return add_site(std::move(site), name,
                  [kind](const std::vector<Shape>& in, const auto&, std::string& error) -> std::optional<Shape> {
                    auto text = [](const Shape& s) { return fmt::format("{}x{}x{}", s.channels, s.height, s.width); };
                    Shape out = in[0];
                    for (std::size_t i = 1; i < in.size(); ++i) {
                      const Shape& s = in[i];
                      if (kind == LayerKind::add) {
                        if (s == out) continue;
                        error = fmt::format("add of {} and {}", text(out), text(s));
                        return std::nullopt;
                      }
                      if (kind == LayerKind::multiply) {
                        if (s.channels == out.channels && ((s.height == 1 && s.width == 1) || s == out)) continue;
                        error = fmt::format("multiply of {} and {}", text(out), text(s));
                        return std::nullopt;
                      }
                      const bool length = kind == LayerKind::concat_length;
                      const bool fits = length ? s.channels == out.channels && s.width == out.width
                                               : s.height == out.height && s.width == out.width;
                      if (!fits) {
                        error = fmt::format("concat of {} and {}", text(out), text(s));
                        return std::nullopt;
                      }
                      (length ? out.height : out.channels) += length ? s.height : s.channels;
                    }
                    return out;
                  },
                  {});
}

Value LayerBuilder::zero(const std::string& name, const Value& x, const Value& stride) {
  Site site;
  site.kind = LayerKind::zero;
  site.stride = stride;
  site.inputs = {x};
  return add_site(std::move(site), name,
                  [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string&) -> std::optional<Shape> {
                    return Shape{in[0].channels, (in[0].height - 1) / n[0] + 1, (in[0].width - 1) / n[0] + 1};
                  },
                  {stride});
}

Value LayerBuilder::embedding(const std::string& name, const Value& x, const Value& rows, const Value& out) {
  Site site;
  site.kind = LayerKind::embedding;
  site.kernel = rows;
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        if (in[0].channels == 1 && in[0].width == 1) return Shape{n[0], in[0].height, 1};
        error = fmt::format("an embedding looks up tokens(length = ..., width = 1), and this is {}x{}x{}", in[0].channels,
                            in[0].height, in[0].width);
        return std::nullopt;
      },
      {out, rows});
}

Value LayerBuilder::learned(const std::string& name, const Value& x, const Value& length, const Value& rows) {
  Site site;
  site.kind = LayerKind::learned;
  site.kernel = rows;
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        if (n[0] <= n[1]) return Shape{in[0].channels, n[0], 1};
        error = fmt::format("{} positions of a learnt table of {}", n[0], n[1]);
        return std::nullopt;
      },
      {length, rows});
}

Value LayerBuilder::first_rows(const std::string& name, const Value& x, const Value& count) {
  Site site;
  site.kind = LayerKind::first_rows;
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        if (in[0].width == 1 && n[0] <= in[0].height) return Shape{in[0].channels, n[0], 1};
        error = fmt::format("the first {} of {} tokens", n[0], in[0].width == 1 ? in[0].height : 0);
        return std::nullopt;
      },
      {count});
}

Value LayerBuilder::flatten(const std::string& name, const Value& x) {
  Site site;
  site.kind = LayerKind::flatten;
  site.inputs = {x};
  return add_site(std::move(site), name,
                  [](const std::vector<Shape>& in, const auto&, std::string&) -> std::optional<Shape> {
                    return Shape{in[0].channels, in[0].height * in[0].width, 1};
                  },
                  {});
}

Value LayerBuilder::attention(const std::string& name, const Value& query, const Value& key, const Value& value,
                              const Value& heads, bool causal) {
  Site site;
  site.kind = LayerKind::attention;
  site.causal = causal;
  site.heads = heads;
  site.inputs = {query, key, value};
  site.kernel = lift({shape(key)}, [](const std::vector<Value>& v, const auto&) {
    const auto* s = v[0].inline_if<Shape>();
    return s ? Value(s->height) : Value(1);
  });
  return add_site(
      std::move(site), name,
      [](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        for (const Shape& tokens : in)
          if (tokens.width != 1) {
            error = fmt::format("attention is over tokens, and this is an image of {}x{}", tokens.height, tokens.width);
            return std::nullopt;
          }
        if (in[1].height != in[2].height || in[1].channels != in[0].channels) {
          error = fmt::format("attention over {} keys of width {} and {} values with queries of width {}", in[1].height,
                              in[1].channels, in[2].height, in[0].channels);
          return std::nullopt;
        }
        if (in[0].channels % n[0] != 0) {
          error = fmt::format("width {} cannot be divided into {} heads", in[0].channels, n[0]);
          return std::nullopt;
        }
        return Shape{in[2].channels, in[0].height, 1};
      },
      {heads});
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
