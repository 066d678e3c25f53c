#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/rng.h"

namespace nas {

/// Graphs packed one behind the other. Each node is of one kind and hears from some nodes of its graph; the last node of a graph
/// is its global one.
struct GraphBatch {
  static constexpr std::uint32_t kNoKind = 0xffffffff;
  std::vector<std::uint32_t> first{0};  ///< graphs + 1
  std::vector<std::uint32_t> kind;      ///< of each node
  std::vector<std::uint32_t> begin{0};  ///< nodes + 1, into `from` and `share`
  std::vector<std::uint32_t> from;      ///< nodes, counted over all graphs
  std::vector<float> share;             ///< of each that is heard from

  std::size_t size() const { return first.size() - 1; }
  std::size_t nodes() const { return kind.size(); }
  void clear();
  /// Adds graph g of others.
  void append(const GraphBatch& others, std::size_t g);
};

/// Graph convolution (Kipf and Welling, ICLR 2017, equation 2): H_l = max(0, A H_{l-1} W_l + b_l), H_0 one column per kind and A
/// the shares; then one number per graph from its global node (or the mean of its nodes).
class GraphNetwork {
 public:
  struct Layer {
    std::size_t inputs, width;         ///< behind the first layer inputs are padded, as widths are, to whole lanes of 16
    std::vector<float> weights, bias;  ///< inputs x width; zero where they are padded
  };
  GraphNetwork() = default;
  /// Weights are drawn as He et al. 2015 do, those of the head a tenth of that; biases are zero.
  GraphNetwork(std::size_t kinds, std::size_t layers, std::size_t width, bool mean, Stream stream);

  std::size_t kinds() const { return layers_.empty() ? 0 : layers_.front().inputs; }
  std::size_t width() const { return width_; }
  bool mean() const { return mean_; }
  std::vector<Layer>& layers() { return layers_; }
  const std::vector<Layer>& layers() const { return layers_; }
  /// A weight for each column of the last layer, padded, and one number that is added.
  std::vector<float>& head() { return head_; }
  const std::vector<float>& head() const { return head_; }

  /// One number per graph, which does not depend on the graphs beside it.
  void run(const GraphBatch& graphs, std::span<float> out) const;

 private:
  std::size_t width_ = 0;
  bool mean_ = false;
  std::vector<Layer> layers_;
  std::vector<float> head_;
};

struct GraphTraining {
  int epochs = 200;
  int batch = 32;           ///< graphs, drawn anew in each epoch
  double rate = 3e-3;       ///< of the first step of Adam; it falls to zero as a cosine
  double weight_decay = 0;  ///< of weights, apart from the gradient
  bool ranking = false;     ///< pairs of a batch are put in order instead of values met
};

/// The gradient of a batch: of half the mean squared error, or, where `ranking`, of the mean over the pairs of different targets
/// of -log p, p = exp(s_i) / (exp(s_i) + exp(s_j)) for the larger target i. For each layer its weights (inputs x width) and
/// biases, then the head. Returns the loss.
double graph_gradient(const GraphNetwork& net, const GraphBatch& graphs, std::span<const float> y, bool ranking,
                      std::vector<float>& gradient);

/// On one thread, in an order that the stream alone decides. Returns the mean loss of the last epoch's batches.
double train_graph_network(GraphNetwork& net, const GraphBatch& graphs, std::span<const float> y, const GraphTraining& training,
                           Stream stream);

}  // namespace nas
