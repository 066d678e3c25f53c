// bench_predictor: predictors beside scikit-learn's on the same rows, in one run and on one core: seconds to learn from 1,000
// rows and to predict 100,000, with the error and the rank of both. --full searches the grid of 100 penalties for svr too (the
// peer takes minutes). Graph convolution stands beside what the same arithmetic takes at the rate of a large matrix product.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "../space/space_fixture.h"
#include "backends/eigen/perceptron.h"
#include "backends/eigen/ridge.h"
#include "backends/eigen/support_vectors.h"
#include "core/predictor.h"
#include "core/services.h"
#include "core/statistics.h"
#include "stdlib/predictors/graph_nodes.h"
#include "stdlib/register.h"

using namespace nas;

namespace {

constexpr std::size_t kLearn = 1'000, kAsk = 100'000, kColumns = 128;

/// One-hot rows of 40 choices of three and 4 of two; values are linear, with sines of neighbouring choices and 1 % noise.
struct Rows {
  std::vector<float> x;
  std::vector<double> y;
  std::span<const float> learn_x() const { return std::span(x).first(kLearn * kColumns); }
  std::span<const float> ask_x() const { return std::span(x).subspan(kLearn * kColumns); }
  std::span<const double> learn_y() const { return std::span(y).first(kLearn); }
  std::span<const double> ask_y() const { return std::span(y).subspan(kLearn); }
};

Rows draw_rows() {
  Stream stream(2020, "predictors");
  std::vector<double> weights(kColumns);
  for (double& w : weights) w = 2 * stream.uniform();
  Rows rows;
  rows.x.assign((kLearn + kAsk) * kColumns, 0.0f);
  for (std::size_t i = 0; i < kLearn + kAsk; ++i) {
    double sum = 20, before = 0;
    for (std::size_t gene = 0, column = 0; gene < 44; ++gene) {
      const std::uint32_t options = gene < 40 ? 3 : 2;
      const std::uint32_t option = stream.below(options);
      rows.x[i * kColumns + column + option] = 1;
      sum += weights[column + option];
      if (gene > 0) sum += 0.15 * std::sin(3.0 * before + 2.0 * option + static_cast<double>(gene));
      before = option;
      column += options;
    }
    rows.y.push_back(sum * (1 + 0.01 * stream.normal()));
  }
  return rows;
}

struct Timed {
  double fit = 0, predict = 0, rmse = 0, tau = 0;
};

double seconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

struct NoFiles : Services {
  Result<std::string> read_file(const std::string&) override { return Failure{}; }
  Result<std::string> input_path(const std::string&) override { return Failure{}; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

using Predict = std::function<void(std::span<const float>, std::size_t, std::span<double>)>;
/// Learns, and gives what predicts.
using Learn = std::function<Predict(const Rows&)>;

/// A predictor of the language.
Learn predictor(const std::string& name, nlohmann::json arguments) {
  return [=](const Rows& rows) -> Predict {
    static NoFiles services;
    Registry registry;
    add_predictors(registry);
    auto made = std::static_pointer_cast<Predictor>(*registry.find(ComponentKind::predictor, name)->build(arguments, services));
    if (!made->fit(rows.learn_x(), rows.learn_y(), Stream(1, "bench"))) std::abort();
    return [made](std::span<const float> x, std::size_t n, std::span<double> out) { made->predict(x, n, out); };
  };
}

/// The penalties of a grid, as the peer counts them; scaled to standardised targets.
std::vector<double> grid(double first, double step, int count, double scale = 1) {
  std::vector<double> out;
  for (int i = 0; i < count; ++i) out.push_back((first + step * i) / scale);
  return out;
}

double deviation_of(std::span<const double> y) {
  const double centre = mean(y);
  double squares = 0;
  for (const double v : y) squares += (v - centre) * (v - centre);
  return std::sqrt(squares / static_cast<double>(y.size()));
}

Timed ours(const Rows& rows, const Learn& learn) {
  std::vector<double> out(kAsk);
  auto began = std::chrono::steady_clock::now();
  const Predict predict = learn(rows);
  Timed timed;
  timed.fit = seconds_since(began);
  began = std::chrono::steady_clock::now();
  predict(rows.ask_x(), kAsk, out);
  timed.predict = seconds_since(began);
  timed.rmse = rmse(out, rows.ask_y());
  timed.tau = kendall_tau(out, rows.ask_y());
  return timed;
}

std::optional<Timed> peer(const std::string& file, const std::string& model) {
  const std::string command =
      fmt::format("{0}/peers_venv/bin/python {1}/tests/bench/peers/sklearn_predictors.py {2} {3} {4} {5} '{6}' 2>/dev/null",
                  NAS_BINARY_DIR, NAS_SOURCE_DIR, file, kLearn, kAsk, kColumns, model);
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return std::nullopt;
  Timed timed;
  const bool read = std::fscanf(pipe, "%lf %lf %lf %lf", &timed.fit, &timed.predict, &timed.rmse, &timed.tau) == 4;
  return pclose(pipe) == 0 && read ? std::optional(timed) : std::nullopt;
}

struct Row {
  std::string title;
  Learn learn;
  std::string peer;                   ///< an expression of scikit-learn
  double fit_demand, predict_demand;  ///< times faster, 0 = none
  int runs = 5;
};

double typical(const std::vector<Timed>& runs, double Timed::*part) {
  std::vector<double> values;
  for (const Timed& run : runs) values.push_back(run.*part);
  return median(values);
}

std::string ratio(double theirs, double mine, double demand) {
  if (demand == 0) return fmt::format("{:>7.1f}x", theirs / mine);
  return fmt::format("{:>7.1f}x (wanted {:g}x{})", theirs / mine, demand, theirs / mine >= demand ? "" : ", MISSED");
}

void compare(const Rows& rows, const std::string& file, const Row& row) {
  std::vector<Timed> mine, theirs;
  for (int run = 0; run < row.runs; ++run) {  // interleaved: noise of the machine meets both
    mine.push_back(ours(rows, row.learn));
    if (const auto timed = peer(file, row.peer)) theirs.push_back(*timed);
  }
  const double fit = typical(mine, &Timed::fit), predict = typical(mine, &Timed::predict);
  fmt::print("{}\n  {:<14} learns {:>10.2f} ms  predicts {:>9.2f} ms  rmse {:.4f}  tau {:.4f}\n", row.title, "ours", 1e3 * fit,
             1e3 * predict, mine[0].rmse, mine[0].tau);
  if (theirs.empty()) {
    fmt::print("  scikit-learn: not there; tests/bench/run installs it where PyPI can be reached\n");
    return;
  }
  const double their_fit = typical(theirs, &Timed::fit), their_predict = typical(theirs, &Timed::predict);
  fmt::print("  {:<14} learns {:>10.2f} ms  predicts {:>9.2f} ms  rmse {:.4f}  tau {:.4f}\n", "scikit-learn", 1e3 * their_fit,
             1e3 * their_predict, theirs[0].rmse, theirs[0].tau);
  fmt::print("  {:<14} learns {}  predicts {}\n", "ours is", ratio(their_fit, fit, row.fit_demand),
             ratio(their_predict, predict, row.predict_demand));
}

/// Operations a second of the product of 1,020 rows with 512 x 512 weights, one core.
double product_rate() {
  constexpr std::size_t kRows = 170 * Perceptron::kRowsTogether, kWide = 512;
  std::vector<float> x(kRows * kWide, 0.5f), w(kWide * kWide, 0.25f), y(kRows * kWide);
  PackedWeights scratch;
  std::vector<double> seconds;
  for (int run = 0; run < 9; ++run) {
    const auto began = std::chrono::steady_clock::now();
    multiply_rows(x.data(), w.data(), nullptr, y.data(), kRows, kWide, kWide, false, scratch);
    seconds.push_back(seconds_since(began));
  }
  return 2.0 * kRows * kWide * kWide / *std::min_element(seconds.begin(), seconds.end());
}

/// gcn with its default layers, on cells of NAS-Bench-201 and their operations.
void graph_convolution() {
  constexpr std::size_t kGraphs = 1'000, kLayers = 4, kWidth = 64;
  const auto compiled = nas::testing::compile_stdlib("nasbench201");
  const Space& space = *compiled->space;
  const std::size_t encoding = *space.find_encoding("cell"), d = space.encodings()[encoding].columns.size();
  std::vector<std::uint8_t> genomes;
  std::vector<double> y;
  Stream stream(2020, "graphs");
  for (std::size_t i = 0; i < kGraphs; ++i) {
    const Arch arch = *space.sample(stream);
    genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    y.push_back(static_cast<double>(space.macs(arch.genes)));
  }
  std::vector<float> x(kGraphs * d);
  space.encode(encoding, genomes, kGraphs, x);
  // Multiplications and additions of a network on its way forward: of the last layer the global node alone is asked. The way
  // back is the product with the weights (not below the first layer) and that with what entered.
  double forward = 0, back = 0;
  NodeKinds kinds;
  GraphBatch graphs;
  for (std::size_t i = 0; i < kGraphs; ++i) {
    const auto cells = graphs_of_row(std::span(x).subspan(i * d, d));
    if (i == 0) kinds = NodeKinds::of(*cells);
    append_operators(*cells, kinds, graphs);
  }
  for (std::size_t l = 0; l < kLayers; ++l) {
    const auto nodes = static_cast<double>(l + 1 < kLayers ? graphs.nodes() : graphs.size()),
               inputs = l == 0 ? static_cast<double>(kinds.size()) : kWidth;
    forward += 2 * nodes * inputs * kWidth;
    back += (l == 0 ? 1 : 2) * 2 * nodes * inputs * kWidth;
  }
  static NoFiles services;
  Registry registry;
  add_predictors(registry);
  const Component& gcn = *registry.find(ComponentKind::predictor, "gcn");
  std::vector<double> few, many, asked, out(kGraphs);
  constexpr int kFew = 2, kMany = 12;
  for (int run = 0; run < 3; ++run)
    for (const int epochs : {kFew, kMany}) {
      const auto made = std::static_pointer_cast<Predictor>(*gcn.build({{"epochs", epochs}}, services));
      auto began = std::chrono::steady_clock::now();
      if (!made->fit(x, y, Stream(1, "bench"))) std::abort();
      (epochs == kFew ? few : many).push_back(seconds_since(began));
      began = std::chrono::steady_clock::now();
      made->predict(x, kGraphs, out);
      asked.push_back(seconds_since(began));
    }
  const double epoch = (median(many) - median(few)) / (kMany - kFew), predict = median(asked), rate = product_rate();
  const double train_limit = (forward + back) / rate, predict_limit = forward / rate;
  fmt::print("gcn, {} layers of {}, {} cells of NAS-Bench-201 with {:.1f} nodes, batches of 16\n", kLayers, kWidth, kGraphs,
             static_cast<double>(graphs.nodes()) / kGraphs);
  fmt::print("  {:<14} learns {:>7.2f} ms an epoch  predicts {:>9.0f} networks/s\n", "ours", 1e3 * epoch, kGraphs / predict);
  fmt::print("  {:<14} learns {:>7.2f} ms an epoch  predicts {:>9.0f} networks/s: its products at {:.1f} GFLOP/s\n", "limit",
             1e3 * train_limit, kGraphs / predict_limit, 1e-9 * rate);
  fmt::print("  {:<14} learns {:>7.0f} % of it        predicts {:>9.0f} %\n", "ours is", 100 * train_limit / epoch,
             100 * predict_limit / predict);
}

}  // namespace

int main(int argc, char** argv) {
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}) setenv(name, "1", 1);  // of the peer
  bool full = false;  // bench_predictor [--full] [--only svr]
  std::string only;
  for (int i = 1; i < argc; ++i) {
    full = full || std::string(argv[i]) == "--full";
    if (i + 1 < argc && std::string(argv[i]) == "--only") only = argv[i + 1];
  }
  const Rows rows = draw_rows();
  const std::string file = (std::filesystem::temp_directory_path() / fmt::format("nas_rows_{}.bin", getpid())).string();
  {
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(rows.x.data()), static_cast<std::streamsize>(4 * rows.x.size()));
    out.write(reinterpret_cast<const char*>(rows.y.data()), static_cast<std::streamsize>(8 * rows.y.size()));
  }
  // The peer's penalties are for targets in their own unit, ours for a deviation of one.
  const double unit = deviation_of(rows.learn_y());
  const double gamma = 1.0 / kColumns;
  auto svr_grid = [&](double step, int count) -> Learn {
    return [=](const Rows& r) -> Predict {
      auto model = std::make_shared<SupportVectors>(fit_svr_cross_validated(
          r.learn_x(), r.learn_y(), kColumns, {false, 0, gamma}, grid(step, step, count, unit), 5, Stream(1, "bench")));
      return [model](std::span<const float> x, std::size_t n, std::span<double> out) { model->predict(x, n, out); };
    };
  };
  const Learn ridge_grid = [](const Rows& r) -> Predict {
    auto fit = std::make_shared<RidgeFit>(
        fit_ridge_cross_validated(r.learn_x(), r.learn_y(), kColumns, grid(0.1, 0.1, 100), 5, Stream(1, "bench")));
    return [fit](std::span<const float> x, std::size_t n, std::span<double> out) {
      for (std::size_t i = 0; i < n; ++i) {
        out[i] = fit->intercept;
        for (std::size_t j = 0; j < kColumns; ++j) out[i] += fit->weights[j] * static_cast<double>(x[i * kColumns + j]);
      }
    };
  };
  std::vector<Row> table{
      {"ridge, alpha 1", predictor("ridge", {{"alpha", 1}}), "Ridge(alpha=1)", 3, 4, 9},
      {"ridge, 100 penalties in 5 folds", ridge_grid,
       "GridSearchCV(Ridge(), {\"alpha\": np.arange(1, 101) / 10}, cv=5, scoring=\"neg_mean_squared_error\")", 30, 0, 3},
      {"lasso, 60 penalties in 5 folds", predictor("lasso", nlohmann::json::object()), "LassoCV(alphas=60, cv=5)", 0, 0, 3},
      {"svr, C 10, epsilon 0", predictor("svr", {{"c", 10 / unit}, {"epsilon", 0}, {"gamma", gamma}}),
       "SVR(C=10, gamma=\"auto\", epsilon=0)", 5, 100, 3},
      {"svr, C 100, epsilon 0", predictor("svr", {{"c", 100 / unit}, {"epsilon", 0}, {"gamma", gamma}}),
       "SVR(C=100, gamma=\"auto\", epsilon=0)", 5, 100, 3},
      {"knn, k 5", predictor("knn", {{"k", 5}, {"weights", "uniform"}}), "KNeighborsRegressor(5)", 0, 10, 5},
      {"forest, 100 trees, all columns", predictor("random_forest", {{"trees", 100}, {"columns", "all"}}),
       "RandomForestRegressor(100)", 8, 5, 3},
      {"forest, 100 trees, square root of the columns", predictor("random_forest", {{"trees", 100}, {"columns", "sqrt"}}),
       "RandomForestRegressor(100, max_features=\"sqrt\")", 5, 5, 3},
      {"gbdt, 200 trees of depth 3", predictor("gbdt", nlohmann::json::object()), "GradientBoostingRegressor(n_estimators=200)",
       0, 0, 3},
      {"mlp 64-64, 200 epochs of batches of 200", predictor("mlp", {{"batch", 200}, {"rate", 0.02}, {"weight_decay", 2}}),
       "MLPRegressor(hidden_layer_sizes=(64, 64), batch_size=200, max_iter=200, tol=0, n_iter_no_change=200)", 3, 3, 3},
  };
  if (full)
    table.push_back(
        {"svr, 100 penalties in 5 folds", svr_grid(1, 100),
         "GridSearchCV(SVR(gamma=\"auto\", epsilon=0), {\"C\": np.arange(1, 101)}, cv=5, scoring=\"neg_mean_squared_error\")", 20,
         100, 1});
  else
    table.push_back({"svr, 10 penalties in 5 folds", svr_grid(10, 10),
                     "GridSearchCV(SVR(gamma=\"auto\", epsilon=0), {\"C\": np.arange(10, 101, 10)}, cv=5, "
                     "scoring=\"neg_mean_squared_error\")",
                     20, 100, 1});
  fmt::print("{} rows of {} zeros and ones to learn from, {} to predict; one core\n", kLearn, kColumns, kAsk);
  for (const Row& row : table)
    if (only.empty() || row.title.starts_with(only)) compare(rows, file, row);
  std::filesystem::remove(file);
  if (only.empty() || only == "gcn") graph_convolution();
}
