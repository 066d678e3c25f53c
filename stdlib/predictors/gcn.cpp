#include <fmt/format.h>

#include <cmath>

#include "backends/eigen/graph_network.h"
#include "core/statistics.h"
#include "stdlib/predictors/graph_nodes.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {

enum class Readout { global, mean };
template <>
struct Labels<Readout> {
  static constexpr std::string_view names[] = {"global", "mean"};
};

namespace {

struct GcnArgs {
  int layers = 4;
  int width = 64;
  Readout readout = Readout::global;
  bool ranking = false;
  int epochs = 300;
  int batch = 16;
  double rate = 3e-3;
  double weight_decay = 0.2;
};

class Gcn : public Predictor {
 public:
  explicit Gcn(const GcnArgs& args) : args_(args) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    if (auto good = check_rows("gcn", rows_needed(), features, targets); !good) return good;
    const std::size_t n = targets.size(), d = features.size() / n;
    GraphBatch graphs;
    for (std::size_t i = 0; i < n; ++i) {
      const auto cells = graphs_of_row(features.subspan(i * d, d));
      if (!cells) return Failure{"", fmt::format("row {} of the features is no graph", i + 1), cells.failure().message};
      if (i == 0) kinds_ = NodeKinds::of(*cells);
      if (cells->size() != kinds_.cells)
        return Failure{"", fmt::format("row {} has {} graphs, and the first has {}", i + 1, cells->size(), kinds_.cells), ""};
      append_operators(*cells, kinds_, graphs);
    }
    net_ = GraphNetwork(kinds_.size(), static_cast<std::size_t>(args_.layers), static_cast<std::size_t>(args_.width),
                        args_.readout == Readout::mean, stream.split("weights"));
    mean_ = nas::mean(targets);
    double squares = 0;
    for (const double target : targets) squares += (target - mean_) * (target - mean_);
    deviation_ = std::sqrt(squares / static_cast<double>(n));
    quality_ = 0;
    if (deviation_ <= 1e-12 * std::abs(mean_)) {
      deviation_ = 0;  // there is nothing to learn: every prediction is the mean
      return {};
    }
    std::vector<float> y(n);
    for (std::size_t i = 0; i < n; ++i) y[i] = static_cast<float>((targets[i] - mean_) / deviation_);
    const double loss = train_graph_network(
        net_, graphs, y, {args_.epochs, args_.batch, args_.rate, args_.weight_decay, args_.ranking}, stream.split("batches"));
    quality_ = 1 - 2 * loss;
    bool finite = std::isfinite(loss);
    for (const auto& layer : net_.layers())
      for (const float weight : layer.weights) finite = finite && std::isfinite(weight);
    if (!finite) return Failure{"", "gcn did not converge: its weights grew until they were no numbers", "take a smaller rate"};
    if (args_.ranking) calibrate(graphs, targets);
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    constexpr std::size_t kTogether = 256;
    const std::size_t d = features.size() / std::max<std::size_t>(n, 1);
    GraphBatch graphs;
    std::vector<float> said(kTogether);
    for (std::size_t begin = 0; begin < n; begin += kTogether) {
      const std::size_t count = std::min(kTogether, n - begin);
      graphs.clear();
      for (std::size_t i = 0; i < count; ++i)
        if (const auto cells = graphs_of_row(features.subspan((begin + i) * d, d)); cells)
          append_operators(std::span(*cells).first(std::min(cells->size(), kinds_.cells)), kinds_, graphs);
        else
          append_operators({}, kinds_, graphs);
      net_.run(graphs, std::span(said).first(count));
      for (std::size_t i = 0; i < count; ++i) out[begin + i] = mean_ + deviation_ * static_cast<double>(said[i]);
    }
  }

  Result<PredictorState> state() const override {
    PredictorState state;
    state.facts["cells"] = kinds_.cells;
    state.arrays.emplace_back("anchors", std::vector<double>(kinds_.anchors.begin(), kinds_.anchors.end()));
    state.arrays.emplace_back("targets", std::vector<double>{mean_, deviation_, quality_});
    const auto keep = [&](const std::string& name, const std::vector<float>& values) {
      state.arrays.emplace_back(name, std::vector<double>(values.begin(), values.end()));
    };
    for (std::size_t l = 0; l < net_.layers().size(); ++l) {
      keep(fmt::format("weights_{}", l + 1), net_.layers()[l].weights);
      keep(fmt::format("bias_{}", l + 1), net_.layers()[l].bias);
    }
    keep("head", net_.head());
    return state;
  }

  Result<void> restore(const PredictorState& state) override {
    const auto targets = saved_array(state, "gcn", "targets", 3);
    if (!targets) return targets.failure();
    const auto anchors = saved_array(state, "gcn", "anchors");
    if (!anchors) return anchors.failure();
    NodeKinds kinds{state.facts.value("cells", std::size_t{0}), {}};
    for (const double anchor : *anchors) kinds.anchors.push_back(static_cast<std::uint8_t>(anchor));
    GraphNetwork net(kinds.size(), static_cast<std::size_t>(args_.layers), static_cast<std::size_t>(args_.width),
                     args_.readout == Readout::mean, Stream(0, "restored"));
    const auto take = [&](const std::string& name, std::vector<float>& into) -> Result<void> {
      const auto values = saved_array(state, "gcn", name, into.size());
      if (!values) return values.failure();
      into.assign(values->begin(), values->end());
      return {};
    };
    for (std::size_t l = 0; l < net.layers().size(); ++l) {
      if (auto taken = take(fmt::format("weights_{}", l + 1), net.layers()[l].weights); !taken) return taken;
      if (auto taken = take(fmt::format("bias_{}", l + 1), net.layers()[l].bias); !taken) return taken;
    }
    if (auto taken = take("head", net.head()); !taken) return taken;
    kinds_ = std::move(kinds);
    net_ = std::move(net);
    mean_ = (*targets)[0];
    deviation_ = (*targets)[1];
    quality_ = (*targets)[2];
    return {};
  }

  std::string summary() const override {
    const std::string shape = fmt::format("gcn, {} layers of {}", args_.layers, args_.width);
    if (args_.ranking) return fmt::format("{}, by pairs, Kendall tau {:.3f} on what it was trained on", shape, quality_);
    return fmt::format("{}, explains {:.2f} % of the variance it was trained on", shape, 100 * quality_);
  }
  std::size_t rows_needed() const override { return 10; }

 private:
  /// Scores of pairs have no unit: the line through the targets gives them one, and keeps their order.
  void calibrate(const GraphBatch& graphs, std::span<const double> targets) {
    std::vector<float> said(targets.size());
    net_.run(graphs, said);
    const std::vector<double> scores(said.begin(), said.end());
    const double middle = nas::mean(scores);
    double both = 0, squares = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      both += (scores[i] - middle) * (targets[i] - mean_);
      squares += (scores[i] - middle) * (scores[i] - middle);
    }
    deviation_ = squares > 0 ? std::max(0.0, both / squares) : 0;
    mean_ -= deviation_ * middle;
    const double tau = kendall_tau(scores, targets);
    quality_ = std::isfinite(tau) ? tau : 0;
  }

  GcnArgs args_;
  NodeKinds kinds_;
  GraphNetwork net_;
  double mean_ = 0, deviation_ = 0;  ///< of targets; where pairs are learnt from, the line from scores to them
  double quality_ = 0;               ///< share of the variance explained, or Kendall's tau, on what it was trained on
};

}  // namespace

Component gcn_predictor() {
  return Declare<GcnArgs>(ComponentKind::predictor, "gcn", "Graph convolution over the operators of a network's cells (BRP-NAS).")
      .arg("layers", &GcnArgs::layers, "graph convolutions, each with a rectifier", between(1, 16))
      .arg("width", &GcnArgs::width, "numbers a node has behind each of them", between(1, 4096))
      .arg("readout", &GcnArgs::readout, "where the value is read from: the global node, or the mean of all nodes")
      .arg("ranking", &GcnArgs::ranking,
           "pairs are put in order instead of values met: of two networks one is the larger with the softmax of their scores")
      .arg("epochs", &GcnArgs::epochs, "passes over the rows", between(1, 1000000))
      .arg("batch", &GcnArgs::batch, "networks a step", between(1, 1000000))
      .arg("rate", &GcnArgs::rate, "of the first step of Adam; it falls to zero as a cosine", between(1e-9, 10))
      .arg("weight_decay", &GcnArgs::weight_decay, "the share of a weight that a step of rate 1 takes off", between(0, 100))
      .details(
          "Takes features that are graphs, `graph` unless told otherwise (NAS-Bench-201's is `cell`). Every operator is a node "
          "that "
          "hears from those its data come from and those they go to, and a global node from all; the layers are relu(A H W + b) "
          "with A_ij = 1 / sqrt(d_i d_j). Targets are standardised inside. The published networks have 4 layers of 600; 64 learn "
          "a "
          "thousand rows in seconds. With ranking, what is predicted is the score on the line that fits the targets best: its "
          "order "
          "is what was learnt. Trained in batches on one thread, in single precision.")
      .paper(
          "Dudziak et al., BRP-NAS: Prediction-based NAS using GCNs, NeurIPS 2020, sections 3.1 and 4; Kipf and Welling, ICLR "
          "2017")
      .example("predictor gcn(layers = 3, width = 128) of accuracy")
      .reads_graphs()
      .builds(makes_predictor<Gcn>());
}

}  // namespace nas
