#include <fmt/format.h>

#include <array>

#include "core/layer.h"

namespace nas {
namespace {

std::int64_t out_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad) {
  return (size + 2 * pad - kernel) / stride + 1;
}

std::int64_t padding(Window window, std::int64_t kernel) {
  return window == Window::same ? kernel / 2 : window == Window::dilated ? 2 * (kernel / 2) : window == Window::shifted ? -1 : 0;
}

}  // namespace

Value LayerBuilder::input(const Value& shape) {
  Site site;
  site.kind = LayerKind::input;
  site.path = "input";
  site.in = site.out = shape;
  program_.sites.push_back(std::move(site));
  return Tensor{static_cast<std::int32_t>(program_.sites.size() - 1)};
}

Value LayerBuilder::conv(const std::string& name, const Value& x, const Value& out, const Value& kernel, const Value& stride,
                         const Value& groups, bool bias, Window window) {
  Site site;
  site.kind = LayerKind::conv;
  site.bias = bias;
  site.kernel = kernel;
  site.stride = stride;
  site.groups = groups;
  site.pad = lift({kernel}, [window](const std::vector<Value>& v, const auto&) {
    return v[0].integer() ? Value(padding(window, *v[0].integer())) : Value(0);
  });
  site.inputs = {x};
  return add_site(
      std::move(site), name,
      [window](const std::vector<Shape>& in, const std::vector<std::int64_t>& n, std::string& error) -> std::optional<Shape> {
        const auto [channels, kernel, stride, groups] = std::array{n[0], n[1], n[2], n[3]};
        if (in[0].channels % groups != 0 || channels % groups != 0) {
          error = fmt::format("{} channels to {} cannot be divided into {} groups", in[0].channels, channels, groups);
          return std::nullopt;
        }
        const auto windows = [&, kernel = kernel, stride = stride](std::int64_t size) {
          if (window == Window::shifted) return (size - 1 - kernel) / stride + 1;
          const std::int64_t spread = window == Window::dilated ? 2 * (kernel - 1) + 1 : kernel;
          return out_size(size, spread, stride, padding(window, kernel));
        };
        const Shape out{channels, windows(in[0].height), windows(in[0].width)};
        if (out.height < 1 || out.width < 1) {
          error = fmt::format("a {0}x{0} kernel does not fit on {1}x{2}", kernel, in[0].height, in[0].width);
          return std::nullopt;
        }
        return out;
      },
      {out, kernel, stride, groups});
}

Value LayerBuilder::depthwise(const std::string& name, const Value& x, const Value& kernel, const Value& stride, Window window) {
  const Value width = channels(x);
  return conv(name, x, width, kernel, stride, width, false, window);
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

}  // namespace nas
