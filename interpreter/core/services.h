#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/metric.h"
#include "core/network.h"
#include "core/result.h"
#include "core/search.h"
#include "core/space.h"

namespace nas {

struct Learnt;

/// Images with labels on disk, split so that training, validation and test never mix.
/// Made by `dataset` components; read by the back ends through paths and hashes.
struct Dataset {
  std::string name;                                                    ///< "fashion_mnist"
  std::string key;                                                     ///< hash of the content
  std::string train_images, train_labels, test_images, test_labels;    ///< IDX files, plain or gzip
  std::int64_t train_count = 0, validation_count = 0, test_count = 0;  ///< validation = the last rows of the training files
  Shape image;
  int classes = 0;
};

/// Which part of a data set an evaluation sees. Searches see `validation`; only reports see `test`.
enum class Split { train, validation, test };

/// A trained super-network.
struct Weights {
  std::string path;  ///< the weights file, inside the store
  std::string key;   ///< hash of the content: part of every measurement's key
  std::string space_key;
  Dataset dataset;
  std::vector<std::pair<double, double>> loss;  ///< (images seen, training loss), thinned for plots
  double seconds = 0;
  std::string summary;  ///< "3 epochs, 60,000 images, 61 s"
};

/// The arrays of one network of its own, by layer of the `Network`: float32, row-major, empty where a layer has none.
struct NetworkWeights {
  struct Array {
    std::vector<std::int64_t> shape;  ///< conv: out x in / groups x kernel x kernel; linear: out x in; norms and biases: channels
    std::vector<float> values;
  };
  struct Layer {
    Array weight, bias;    ///< of norms: scale and shift
    Array mean, variance;  ///< of batch norms, recalibrated for this network
  };
  std::vector<Layer> layers;
  float image_mean = 0, image_deviation = 1;  ///< the network's inputs are (pixel / 255 - mean) / deviation
};

/// Trains, evaluates and times concrete networks; implemented over the LibTorch module, opened on first use.
class NetworkRunner {
 public:
  virtual ~NetworkRunner() = default;
  virtual std::string version() const = 0;  ///< "LibTorch 1.13.1"

  struct TrainOptions {
    double epochs = 3;
    std::int64_t images = 0;  ///< per epoch, 0 = all
    int batch = 128;
    double learning_rate = 0.15, momentum = 0.9, weight_decay = 1e-4, label_smoothing = 0.1;
    int random_networks = 1;  ///< of the sandwich, besides the largest and the smallest
    std::uint64_t seed = 0;
    int threads = 1;
    double checkpoint_seconds = 10;  ///< between two checkpoints, 0 = after every step
    std::string checkpoint_path;     ///< written atomically while training; a later call continues from it
    std::string weights_path;        ///< the result, written atomically
  };
  struct Progress {
    std::function<void(double done, double total, double loss)> step = [](double, double, double) {};
    std::function<bool()> cancelled = [] { return false; };
  };
  /// `network(step, i)` gives the i-th network of a step's sandwich: 0 the largest, 1 the smallest, then random ones.
  virtual Result<Weights> train(std::span<const WeightSlot> slots,
                                const std::function<Network(std::int64_t step, int i)>& network, const Dataset& dataset,
                                const TrainOptions& options, const Progress& progress) = 0;

  /// Where the time of a call goes ("recalibration", "warm-up"), told now and then; empty = not asked for.
  using Spent = std::function<void(std::string_view part, double seconds)>;

  struct Score {
    double accuracy = 0;  ///< share of right answers
    double loss = 0;
    double seconds = 0;
  };
  struct EvaluateOptions {
    Split split = Split::validation;
    std::int64_t images = 2000;                ///< the first ones of the split, 0 = all
    std::int64_t recalibration_images = 1000;  ///< of the training split, for the batch norm statistics of each network
    int threads = 1;
    Spent spent;
  };
  virtual Result<void> evaluate(const Weights& weights, std::span<const WeightSlot> slots, std::span<const Network> networks,
                                const EvaluateOptions& options, const std::function<bool()>& cancelled,
                                const std::function<void(std::size_t, const Score&)>& done) = 0;

  /// The weights of one network, cut out of a super-network's as `evaluate` uses them; of the options only those of the
  /// recalibration count.
  virtual Result<NetworkWeights> extract(const Weights& weights, std::span<const WeightSlot> slots, const Network& network,
                                         const EvaluateOptions& options) {
    return Failure{"E848", "there are no weights to cut out of " + weights.summary, "this program brings a runner of its own"};
  }

  enum class Precision { float32, bfloat16, float16 };
  struct LatencyOptions {
    int gpu = -1;  ///< which CUDA device runs the networks, from 0; below 0: this machine's processor
    int threads = 1;
    int batch = 1;
    Precision precision = Precision::float32;  ///< of weights and of everything between layers
    double interval = 0.02;   ///< wanted half width of the median's 95 % confidence interval, as a share of the median
    double time_cap_s = 0.5;  ///< per network
    double drift = 0.05;      ///< a reference network that moves by more than this share flags the series
    double least_s = 0;       ///< a series lasts at least this long
    std::function<void(bool begins)> series = [](bool) {
    };  ///< right before the first and right after the last timed pass of a network
    Spent spent;
  };
  /// Value: median seconds of one forward pass of the extracted network.
  virtual Result<void> latency(std::span<const Network> networks, const Network& reference, const LatencyOptions& options,
                               const std::function<bool()>& cancelled,
                               const std::function<void(std::size_t, const Measurement&)>& done) = 0;
};

/// A machine, table or model that gives values of metrics for networks: what `device` components make.
class Device {
 public:
  virtual ~Device() = default;
  /// Everything that changes its values: CPU model, threads, batch, library versions; or the content of a table.
  virtual nlohmann::json identity() const = 0;
  /// The source of `metric@this`, or a Failure (E7) that says which metrics it can give.
  virtual Result<std::shared_ptr<const MetricSource>> source(const MetricKind& metric) const = 0;
};

/// What components may reach while they are built or run: files, the network runner, other stages' results. Nothing else.
class Services {
 public:
  virtual ~Services() = default;
  /// Bytes of a file that the script names (relative to the script), with gzip undone. E801 when it is missing.
  virtual Result<std::string> read_file(const std::string& path) = 0;
  /// Where the file lies, for readers that stream it.
  virtual Result<std::string> input_path(const std::string& path) = 0;
  /// Opens the LibTorch module on first use. E804 with the build option when it is absent.
  virtual Result<NetworkRunner*> runner() = 0;
  /// Versions that decide what the module trains ("training") and times ("timing"), known without opening it; null where there is
  /// none.
  virtual nlohmann::json module_identity() const { return nullptr; }
  virtual int threads() const = 0;
  /// Networks that an earlier search found, and the space that they lie in.
  struct Found {
    std::shared_ptr<const Space> space;  ///< null where its branch was not taken
    std::vector<Arch> networks;          ///< all that were measured, in order
    std::vector<Arch> front;
  };
  virtual Found found_by(const std::string& stage) const { return {}; }
  /// A Graphviz graph as SVG, drawn by the program `dot`. E819 when it is missing, E830 when it fails.
  virtual Result<std::string> graph_svg(const std::string& graph) {
    return Failure{"E819", "there is no program dot here", graph.empty() ? "" : "graphs are drawn by Graphviz"};
  }
};

/// A `train` component: `supernet(epochs = 3)`.
class Training {
 public:
  virtual ~Training() = default;
  virtual Result<Weights> train(const Space& space, const Dataset& dataset, std::uint64_t seed, const std::string& folder,
                                Services& services, const NetworkRunner::Progress& progress) const = 0;
};

/// Everything that an output component (plot, export, report) may show.
struct OutputInput {
  std::string name;    ///< of the search stage
  std::string family;  ///< of runs that differ in their seed, where it is one of them; else empty
  std::shared_ptr<const Space> space;
  std::shared_ptr<const SearchResult> result;
  std::shared_ptr<const Learnt> learnt;  ///< of a predictor, which has no result
  /// Accuracy on the test split of the front's networks (same order as result->front), empty where there is none.
  std::vector<double> test_accuracy;
  std::string space_script;                ///< the `space ...` statement with its arguments, for `export as nas`
  std::shared_ptr<const Weights> weights;  ///< of the super-network that gave accuracy or loss; null where none did
};
struct RunFacts {
  std::string script_name, script_text, plan_text;
  std::uint64_t seed = 0;
  nlohmann::json device;  ///< identities of devices by name
  nlohmann::json versions;
  std::vector<std::pair<std::string, double>> stage_seconds;  ///< of this run or of the run whose result is reused
  std::string started;                                        ///< ISO 8601, UTC
  std::vector<Weights> weights;
};

/// `plot`, `export` and `report` components: the bytes of one file. The host writes it whole or not at all.
class Output {
 public:
  virtual ~Output() = default;
  virtual Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts& facts) const = 0;
};

}  // namespace nas
