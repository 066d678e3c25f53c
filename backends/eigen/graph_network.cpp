#include "backends/eigen/graph_network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "backends/eigen/perceptron.h"
#include "backends/eigen/training_steps.h"
#include "core/check.h"
#include "core/clones.h"

namespace nas {
namespace {

constexpr std::size_t kGraphRows = Perceptron::kRowsTogether, kGraphLanes = 16;

std::size_t whole_rows(std::size_t rows) {
  return (rows + kGraphRows - 1) / kGraphRows * kGraphRows;
}

/// y (rows x width) = for each row the shares of the rows of x that its node hears from. `nodes` names the nodes of the rows.
NAS_CLONES void hear(const float* __restrict x, std::size_t width, const std::uint32_t* begin, const std::uint32_t* from,
                     const float* share, const std::uint32_t* nodes, std::size_t rows, float* __restrict y) {
  for (std::size_t i = 0; i < rows; ++i) {
    float* out = y + i * width;
    std::fill_n(out, width, 0.0f);
    for (std::uint32_t e = begin[nodes[i]]; e < begin[nodes[i] + 1]; ++e) {
      const float* row = x + from[e] * width;
      const float s = share[e];
      for (std::size_t j = 0; j < width; ++j) out[j] += s * row[j];
    }
  }
}

/// The other way: x (nodes x width) receives the shares of y.
NAS_CLONES void give_back(const float* __restrict y, std::size_t width, const std::uint32_t* begin, const std::uint32_t* from,
                          const float* share, const std::uint32_t* nodes, std::size_t rows, float* __restrict x) {
  for (std::size_t i = 0; i < rows; ++i)
    for (std::uint32_t e = begin[nodes[i]]; e < begin[nodes[i] + 1]; ++e) {
      float* row = x + from[e] * width;
      const float s = share[e];
      for (std::size_t j = 0; j < width; ++j) row[j] += s * y[i * width + j];
    }
}

NAS_CLONES void where_positive(float* delta, const float* value, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) delta[i] = value[i] > 0.0f ? delta[i] : 0.0f;
}

/// What one batch needs, kept from batch to batch: nothing is allocated once the largest has been seen.
class GraphPass {
 public:
  explicit GraphPass(const GraphNetwork& net) : net_(net), heard_(net.layers().size()), values_(net.layers().size()) {
    for (const auto& layer : net.layers())
      gradient_.push_back({std::vector<float>(whole_rows(layer.inputs) * layer.width), std::vector<float>(layer.width)});
    head_.resize(net.head().size());
  }

  struct Slope {
    std::vector<float> weights, bias;
  };
  const std::vector<Slope>& slopes() const { return gradient_; }
  const std::vector<float>& head_slope() const { return head_; }

  /// One number per graph.
  const std::vector<float>& forward(const GraphBatch& graphs) {
    const std::size_t last = net_.layers().size() - 1, all = graphs.nodes();
    every_.resize(all);
    std::iota(every_.begin(), every_.end(), 0u);
    globals_.resize(graphs.size());
    for (std::size_t g = 0; g < graphs.size(); ++g) globals_[g] = graphs.first[g + 1] - 1;
    for (std::size_t l = 0; l <= last; ++l) {
      const auto& layer = net_.layers()[l];
      const auto& nodes = nodes_of(l);
      const std::size_t rows = nodes.size(), padded = whole_rows(rows);
      fit(heard_[l], padded * layer.inputs);
      fit(values_[l], padded * layer.width);
      if (l == 0)
        hear_kinds(graphs, nodes, layer.inputs);
      else
        hear(values_[l - 1].data(), layer.inputs, graphs.begin.data(), graphs.from.data(), graphs.share.data(), nodes.data(),
             rows, heard_[l].data());
      std::fill_n(heard_[l].begin() + static_cast<std::ptrdiff_t>(rows * layer.inputs), (padded - rows) * layer.inputs, 0.0f);
      multiply_rows(heard_[l].data(), layer.weights.data(), layer.bias.data(), values_[l].data(), padded, layer.inputs,
                    layer.width, true, packed_);
    }
    const std::size_t width = net_.layers()[last].width;
    out_.resize(graphs.size());
    for (std::size_t g = 0; g < graphs.size(); ++g) {
      const auto [begin, end] = read_out(graphs, g);
      float sum = 0;
      for (std::size_t i = begin; i < end; ++i)
        for (std::size_t j = 0; j < width; ++j) sum += net_.head()[j] * values_[last][i * width + j];
      out_[g] = sum / static_cast<float>(end - begin) + net_.head()[width];
    }
    return out_;
  }

  /// From the slope of the loss by each number.
  void backward(const GraphBatch& graphs, std::span<const float> slope) {
    const std::size_t last = net_.layers().size() - 1, width = net_.layers()[last].width;
    fit(delta_, whole_rows(nodes_of(last).size()) * width);
    std::fill_n(delta_.begin(), whole_rows(nodes_of(last).size()) * width, 0.0f);
    std::fill(head_.begin(), head_.end(), 0.0f);
    for (std::size_t g = 0; g < graphs.size(); ++g) {
      const auto [begin, end] = read_out(graphs, g);
      const float each = slope[g] / static_cast<float>(end - begin);
      head_[width] += slope[g];
      for (std::size_t i = begin; i < end; ++i)
        for (std::size_t j = 0; j < width; ++j) {
          head_[j] += each * values_[last][i * width + j];
          delta_[i * width + j] = each * net_.head()[j];
        }
    }
    for (std::size_t l = last + 1; l-- > 0;) {
      const auto& layer = net_.layers()[l];
      const auto& nodes = nodes_of(l);
      const std::size_t rows = whole_rows(nodes.size()), inputs = whole_rows(layer.inputs);
      where_positive(delta_.data(), values_[l].data(), rows * layer.width);
      std::fill(delta_.begin() + static_cast<std::ptrdiff_t>(nodes.size() * layer.width),
                delta_.begin() + static_cast<std::ptrdiff_t>(rows * layer.width), 0.0f);
      fit(turned_, std::max(inputs * rows, layer.inputs * layer.width));
      turn_rows(heard_[l].data(), rows, layer.inputs, turned_.data());
      std::fill(turned_.begin() + static_cast<std::ptrdiff_t>(layer.inputs * rows),
                turned_.begin() + static_cast<std::ptrdiff_t>(inputs * rows), 0.0f);
      multiply_rows(turned_.data(), delta_.data(), nullptr, gradient_[l].weights.data(), inputs, rows, layer.width, false,
                    packed_);
      sum_columns(delta_.data(), rows, layer.width, gradient_[l].bias.data());
      if (l == 0) break;
      turn_rows(layer.weights.data(), layer.inputs, layer.width, turned_.data());
      fit(before_, rows * layer.inputs);
      multiply_rows(delta_.data(), turned_.data(), nullptr, before_.data(), rows, layer.width, layer.inputs, false, packed_);
      const std::size_t below = whole_rows(graphs.nodes()) * layer.inputs;
      fit(delta_, below);
      std::fill_n(delta_.begin(), below, 0.0f);
      give_back(before_.data(), layer.inputs, graphs.begin.data(), graphs.from.data(), graphs.share.data(), nodes.data(),
                nodes.size(), delta_.data());
    }
  }

 private:
  static void fit(std::vector<float>& x, std::size_t n) {
    if (x.size() < n) x.resize(n);
  }
  /// Of the last layer only the global nodes are asked, unless it is read out as a mean.
  const std::vector<std::uint32_t>& nodes_of(std::size_t layer) const {
    return layer + 1 == net_.layers().size() && !net_.mean() ? globals_ : every_;
  }
  std::pair<std::size_t, std::size_t> read_out(const GraphBatch& graphs, std::size_t g) const {
    return net_.mean() ? std::pair<std::size_t, std::size_t>(graphs.first[g], graphs.first[g + 1])
                       : std::pair<std::size_t, std::size_t>(g, g + 1);
  }
  void hear_kinds(const GraphBatch& graphs, const std::vector<std::uint32_t>& nodes, std::size_t kinds) {
    std::fill_n(heard_[0].begin(), nodes.size() * kinds, 0.0f);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::uint32_t e = graphs.begin[nodes[i]]; e < graphs.begin[nodes[i] + 1]; ++e)
        if (const std::uint32_t kind = graphs.kind[graphs.from[e]]; kind < kinds) heard_[0][i * kinds + kind] += graphs.share[e];
  }

  const GraphNetwork& net_;
  std::vector<std::uint32_t> every_, globals_;
  std::vector<std::vector<float>> heard_, values_;  ///< of each layer: what enters, and what leaves
  std::vector<Slope> gradient_;
  std::vector<float> head_, out_, delta_, before_, turned_;
  PackedWeights packed_;
};

/// The loss of a batch and its slope by each output.
double loss_of(std::span<const float> out, std::span<const float> y, bool ranking, std::vector<float>& slope) {
  const std::size_t n = y.size();
  slope.assign(n, 0.0f);
  double loss = 0;
  if (!ranking) {
    for (std::size_t i = 0; i < n; ++i) {
      const float apart = out[i] - y[i];
      loss += static_cast<double>(apart) * static_cast<double>(apart) / (2 * static_cast<double>(n));
      slope[i] = apart / static_cast<float>(n);
    }
    return loss;
  }
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) pairs += y[i] > y[j];
  if (pairs == 0) return 0;
  const float each = 1.0f / static_cast<float>(pairs);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (!(y[i] > y[j])) continue;
      const float apart = out[i] - out[j];
      const float wrong = 1 / (1 + std::exp(apart));  // 1 - p
      loss += static_cast<double>(each) * std::log1p(std::exp(-static_cast<double>(apart)));
      slope[i] -= each * wrong;
      slope[j] += each * wrong;
    }
  return loss;
}

}  // namespace

void GraphBatch::clear() {
  first.assign(1, 0);
  begin.assign(1, 0);
  kind.clear();
  from.clear();
  share.clear();
}

void GraphBatch::append(const GraphBatch& others, std::size_t g) {
  const std::uint32_t low = others.first[g], high = others.first[g + 1], shift = first.back();
  for (std::uint32_t node = low; node < high; ++node) {
    kind.push_back(others.kind[node]);
    for (std::uint32_t e = others.begin[node]; e < others.begin[node + 1]; ++e) {
      from.push_back(others.from[e] - low + shift);
      share.push_back(others.share[e]);
    }
    begin.push_back(static_cast<std::uint32_t>(from.size()));
  }
  first.push_back(shift + high - low);
}

GraphNetwork::GraphNetwork(std::size_t kinds, std::size_t layers, std::size_t width, bool mean, Stream stream)
    : width_(width), mean_(mean) {
  const std::size_t wide = (width + kGraphLanes - 1) / kGraphLanes * kGraphLanes;
  for (std::size_t l = 0; l < layers; ++l) {
    Layer layer{l == 0 ? kinds : wide, wide, {}, std::vector<float>(wide, 0)};
    layer.weights.assign(layer.inputs * wide, 0);
    Stream own = stream.split(l);
    // Of a row of the first layer a few columns are not zero.
    const double deviation = l == 0 ? 1 : std::sqrt(2 / static_cast<double>(width));
    for (std::size_t i = 0; i < (l == 0 ? kinds : width); ++i)
      for (std::size_t j = 0; j < width; ++j) layer.weights[i * wide + j] = static_cast<float>(deviation * own.normal());
    layers_.push_back(std::move(layer));
  }
  head_.assign(wide + 1, 0);
  Stream own = stream.split("head");
  for (std::size_t j = 0; j < width; ++j)
    head_[j] = static_cast<float>(0.1 * std::sqrt(2 / static_cast<double>(width)) * own.normal());
}

void GraphNetwork::run(const GraphBatch& graphs, std::span<float> out) const {
  const auto said = GraphPass(*this).forward(graphs);
  std::copy(said.begin(), said.end(), out.begin());
}

double graph_gradient(const GraphNetwork& net, const GraphBatch& graphs, std::span<const float> y, bool ranking,
                      std::vector<float>& gradient) {
  GraphPass pass(net);
  std::vector<float> slope;
  const double loss = loss_of(pass.forward(graphs), y, ranking, slope);
  pass.backward(graphs, slope);
  gradient.clear();
  for (std::size_t l = 0; l < net.layers().size(); ++l) {
    const auto& [weights, bias] = pass.slopes()[l];
    gradient.insert(gradient.end(), weights.begin(),
                    weights.begin() + static_cast<std::ptrdiff_t>(net.layers()[l].weights.size()));
    gradient.insert(gradient.end(), bias.begin(), bias.end());
  }
  gradient.insert(gradient.end(), pass.head_slope().begin(), pass.head_slope().end());
  return loss;
}

double train_graph_network(GraphNetwork& net, const GraphBatch& graphs, std::span<const float> y, const GraphTraining& training,
                           Stream stream) {
  const std::size_t n = graphs.size();
  NAS_CHECK_EQ(y.size(), n);
  const std::size_t batch = std::min(n, static_cast<std::size_t>(training.batch));
  GraphPass pass(net);
  struct Moments {
    std::vector<float> mean, square;
  };
  std::vector<Moments> moments;  // weights and biases of each layer, then the head
  const auto keep = [&](std::size_t size) { moments.push_back({std::vector<float>(size), std::vector<float>(size)}); };
  for (const auto& layer : net.layers()) keep(layer.weights.size()), keep(layer.bias.size());
  keep(net.head().size());
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  GraphBatch together;
  std::vector<float> targets(batch), slope;
  const std::size_t batches = (n + batch - 1) / batch;
  const double steps = static_cast<double>(batches) * training.epochs;
  std::size_t step = 0;
  double loss = 0;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
    loss = 0;
    for (std::size_t begin = 0; begin < n; begin += batch) {
      const std::size_t count = std::min(batch, n - begin);
      together.clear();
      for (std::size_t i = 0; i < count; ++i) {
        together.append(graphs, order[begin + i]);
        targets[i] = y[order[begin + i]];
      }
      loss += loss_of(pass.forward(together), std::span(targets).first(count), training.ranking, slope) /
              static_cast<double>(batches);
      pass.backward(together, slope);
      const double rate = training.rate * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / steps)) / 2;
      ++step;
      const auto size = static_cast<float>(rate / (1 - std::pow(0.9, static_cast<double>(step))));
      const auto root = static_cast<float>(1 / std::sqrt(1 - std::pow(0.999, static_cast<double>(step))));
      std::size_t k = 0;
      const auto take = [&](std::vector<float>& w, const std::vector<float>& g, double decay) {
        take_adam_step(w.data(), moments[k].mean.data(), moments[k].square.data(), g.data(), w.size(), size, root,
                       static_cast<float>(rate * decay));
        ++k;
      };
      for (std::size_t l = 0; l < net.layers().size(); ++l) {
        take(net.layers()[l].weights, pass.slopes()[l].weights, training.weight_decay);
        take(net.layers()[l].bias, pass.slopes()[l].bias, 0);
      }
      take(net.head(), pass.head_slope(), 0);
    }
  }
  return loss;
}

}  // namespace nas
