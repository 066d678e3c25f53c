// Graph convolution: gradients against finite differences, the definition on dense matrices, and what every predictor promises,
// on graphs.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "backends/eigen/graph_network.h"
#include "core/statistics.h"
#include "predictor_fixture.h"
#include "stdlib/predictors/graph_nodes.h"

namespace nas::testing {
namespace {

/// A cell of `nodes` nodes as a row of features: the first and the last stand for themselves.
std::vector<float> graph_row(const CellGraph& graph) {
  std::vector<float> row{static_cast<float>(graph.nodes)};
  for (std::size_t node = 0; node < graph.nodes; ++node) row.push_back(graph.label[node]);
  for (std::size_t to = 1; to < graph.nodes; ++to)
    for (std::size_t from = 0; from < to; ++from) row.push_back(graph.operators[to][from]);
  return row;
}

CellGraph random_cell(Stream& stream, std::size_t nodes = 5) {
  CellGraph graph;
  graph.nodes = static_cast<std::uint8_t>(nodes);
  graph.label[0] = 1;
  graph.label[nodes - 1] = 2;
  for (std::size_t to = 1; to < nodes; ++to)
    for (std::size_t from = 0; from < to; ++from) graph.connect(from, to, static_cast<std::uint8_t>(stream.below(5)));
  return graph;
}

/// Rows of graphs; the target is a sum over the operators and what flows through two of a kind in a row.
Rows graph_rows(std::size_t n, std::uint64_t seed, double noise = 0, std::size_t nodes = 5) {
  Stream stream(seed, "graphs");
  Rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    const CellGraph graph = random_cell(stream, nodes);
    const auto row = graph_row(graph);
    rows.d = row.size();
    rows.x.insert(rows.x.end(), row.begin(), row.end());
    double value = 3;
    for (std::size_t to = 1; to < nodes; ++to)
      for (std::size_t from = 0; from < to; ++from) {
        constexpr double kCosts[] = {0, 1, 2.5, 0.3, 4};
        value += kCosts[graph.operators[to][from]];
        for (std::size_t before = 0; before < from; ++before)
          value += graph.operators[to][from] == 4 && graph.operators[from][before] == 4 ? 1.5 : 0;
      }
    rows.y.push_back(1e-3 * (value + noise * stream.normal()));
  }
  return rows;
}

GraphBatch batch_of(const Rows& rows) {
  GraphBatch graphs;
  NodeKinds kinds;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto cells = graphs_of_row({rows.row(i), rows.d});
    EXPECT_TRUE(cells);
    if (i == 0) kinds = NodeKinds::of(*cells);
    append_operators(*cells, kinds, graphs);
  }
  return graphs;
}

/// The definition, on dense matrices in double.
std::vector<double> by_definition(const GraphNetwork& net, const GraphBatch& graphs) {
  std::vector<double> out;
  for (std::size_t g = 0; g < graphs.size(); ++g) {
    const std::size_t low = graphs.first[g], n = graphs.first[g + 1] - low;
    std::vector<std::vector<double>> a(n, std::vector<double>(n, 0)), h(n, std::vector<double>(net.kinds(), 0));
    for (std::size_t i = 0; i < n; ++i) {
      h[i][graphs.kind[low + i]] = 1;
      for (std::size_t e = graphs.begin[low + i]; e < graphs.begin[low + i + 1]; ++e)
        a[i][graphs.from[e] - low] += static_cast<double>(graphs.share[e]);
    }
    for (const auto& layer : net.layers()) {
      std::vector<std::vector<double>> next(n, std::vector<double>(layer.width, 0));
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < layer.width; ++j) {
          double sum = static_cast<double>(layer.bias[j]);
          for (std::size_t k = 0; k < n; ++k)
            for (std::size_t c = 0; c < layer.inputs; ++c)
              sum += a[i][k] * h[k][c] * static_cast<double>(layer.weights[c * layer.width + j]);
          next[i][j] = std::max(0.0, sum);
        }
      h = std::move(next);
    }
    double value = static_cast<double>(net.head().back());
    for (std::size_t i = net.mean() ? 0 : n - 1; i < n; ++i)
      for (std::size_t j = 0; j + 1 < net.head().size(); ++j)
        value += h[i][j] * static_cast<double>(net.head()[j]) / (net.mean() ? static_cast<double>(n) : 1);
    out.push_back(value);
  }
  return out;
}

double loss_by_definition(const GraphNetwork& net, const GraphBatch& graphs, const std::vector<float>& y, bool ranking) {
  const auto s = by_definition(net, graphs);
  double loss = 0, pairs = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!ranking) loss += std::pow(s[i] - static_cast<double>(y[i]), 2) / 2;
    for (std::size_t j = 0; ranking && j < y.size(); ++j)
      if (y[i] > y[j]) {
        loss -= std::log(std::exp(s[i]) / (std::exp(s[i]) + std::exp(s[j])));
        ++pairs;
      }
  }
  return loss / (ranking ? pairs : static_cast<double>(y.size()));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
}

TEST(Gcn, ValuesAreThoseOfTheDefinition) {
  const Rows rows = graph_rows(9, 4);
  const GraphBatch graphs = batch_of(rows);
  for (const bool mean : {false, true})
    for (const std::size_t width : {5, 16, 40}) {
      GraphNetwork net(batch_of(rows).size() > 0 ? NodeKinds::of(*graphs_of_row({rows.row(0), rows.d})).size() : 0, 3, width,
                       mean, Stream(2, "net"));
      std::vector<float> out(9);
      net.run(graphs, out);
      const auto wanted = by_definition(net, graphs);
      for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(static_cast<double>(out[i]), wanted[i], 1e-5 * (1 + std::fabs(wanted[i])));
    }
}

TEST(Gcn, GradientsAreThoseOfFiniteDifferences) {
  const Rows rows = graph_rows(7, 4, 0, 4);
  const GraphBatch graphs = batch_of(rows);
  const std::size_t kinds = NodeKinds::of(*graphs_of_row({rows.row(0), rows.d})).size();
  const std::vector<float> y{0.3f, -1.2f, 0.8f, 0.1f, 2.0f, -0.4f, 0.1f};
  for (const bool ranking : {false, true})
    for (const bool mean : {false, true}) {
      constexpr std::size_t kWidth = 6;
      GraphNetwork net(kinds, 3, kWidth, mean, Stream(3, "net"));
      for (auto& layer : net.layers())
        for (std::size_t j = 0; j < kWidth; ++j) layer.bias[j] = 0.1f * static_cast<float>(j);
      std::vector<float> gradient;
      EXPECT_NEAR(graph_gradient(net, graphs, y, ranking, gradient), loss_by_definition(net, graphs, y, ranking), 1e-5);
      const auto difference = [&](float& parameter) {
        const float was = parameter;
        constexpr float kStep = 1e-3f;
        parameter = was + kStep;
        const double above = loss_by_definition(net, graphs, y, ranking);
        parameter = was - kStep;
        const double below = loss_by_definition(net, graphs, y, ranking);
        parameter = was;
        return (above - below) / (2 * static_cast<double>(kStep));
      };
      std::size_t at = 0, moved = 0;
      const auto check = [&](float& parameter, bool padding) {
        const double wanted = padding ? 0 : difference(parameter), got = static_cast<double>(gradient[at++]);
        EXPECT_NEAR(got, wanted, 2e-3 * (1 + std::fabs(wanted))) << at;
        moved += std::fabs(got) > 1e-3;
      };
      for (std::size_t l = 0; l < net.layers().size(); ++l) {
        auto& layer = net.layers()[l];
        for (std::size_t i = 0; i < layer.inputs; ++i)
          for (std::size_t j = 0; j < layer.width; ++j)
            check(layer.weights[i * layer.width + j], j >= kWidth || (l > 0 && i >= kWidth));
        for (std::size_t j = 0; j < layer.width; ++j) check(layer.bias[j], j >= kWidth);
      }
      for (std::size_t j = 0; j < net.head().size(); ++j) check(net.head()[j], j >= kWidth && j + 1 < net.head().size());
      EXPECT_EQ(at, gradient.size());
      EXPECT_GT(moved, 20u);
    }
}

// A chain of two operators between what comes in and what goes out, by hand.
TEST(Gcn, OperatorsBecomeNodesThatHearFromThoseBeforeThem) {
  CellGraph cell;
  cell.nodes = 3;
  cell.label = {1, 0, 2};
  cell.connect(0, 1, 3);
  cell.connect(1, 2, 5);
  const std::vector<CellGraph> cells{cell};
  const NodeKinds kinds = NodeKinds::of(cells);
  EXPECT_EQ(kinds.size(), 1u + 15 + 2);
  GraphBatch graphs;
  append_operators(cells, kinds, graphs);
  // Input, operator 3, operator 5, output, global.
  EXPECT_EQ(graphs.kind, (std::vector<std::uint32_t>{16, 3, 5, 17, 0}));
  EXPECT_EQ(graphs.begin, (std::vector<std::uint32_t>{0, 2, 5, 8, 10, 15}));
  EXPECT_EQ(graphs.from, (std::vector<std::uint32_t>{0, 1, 1, 0, 2, 2, 1, 3, 3, 2, 4, 0, 1, 2, 3}));
  EXPECT_FLOAT_EQ(graphs.share[0], 0.5f);                                      // 1 / sqrt(2 2)
  EXPECT_FLOAT_EQ(graphs.share[1], static_cast<float>(std::sqrt(1.0 / 6)));    // 1 / sqrt(2 3)
  EXPECT_FLOAT_EQ(graphs.share[4], static_cast<float>(1.0 / 3));               // 1 / sqrt(3 3)
  EXPECT_FLOAT_EQ(graphs.share[10], 0.2f);                                     // 1 / sqrt(5 5)
  EXPECT_FLOAT_EQ(graphs.share[12], static_cast<float>(std::sqrt(1.0 / 15)));  // 1 / sqrt(5 3)
}

TEST(Gcn, ABatchPredictsWhatEachRowAlonePredicts) {
  const Rows train = graph_rows(60, 1), asked = graph_rows(300, 2);
  for (const bool ranking : {false, true}) {
    const auto gcn = make_predictor("gcn", {{"epochs", 5}, {"ranking", ranking}, {"width", 20}});
    ASSERT_TRUE(gcn->fit(train.x, train.y, Stream(1, "fit")));
    const auto batch = predictions(*gcn, asked.x, asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      double alone = 0;
      gcn->predict({asked.row(i), asked.d}, 1, {&alone, 1});
      EXPECT_EQ(alone, batch[i]) << i;
    }
  }
}

TEST(Gcn, LearnsTheSameBytesFromTheSameStreamAndPredictsTheSameAfterARoundTrip) {
  const Rows train = graph_rows(60, 1), asked = graph_rows(40, 2);
  for (const nlohmann::json& arguments : {nlohmann::json{{"epochs", 20}},
                                          {{"epochs", 20}, {"ranking", true}},
                                          {{"epochs", 20}, {"readout", "mean"}, {"width", 24}}}) {
    const auto first = make_predictor("gcn", arguments), second = make_predictor("gcn", arguments);
    ASSERT_TRUE(first->fit(train.x, train.y, Stream(1, "fit")));
    ASSERT_TRUE(second->fit(asked.x, asked.y, Stream(2, "other")));  // what was learnt before is thrown away
    ASSERT_TRUE(second->fit(train.x, train.y, Stream(1, "fit")));
    const auto wanted = predictions(*first, asked.x, 40);
    EXPECT_TRUE(same_bits(predictions(*second, asked.x, 40), wanted));
    const auto state = first->state();
    ASSERT_TRUE(state);
    const PredictorState read{nlohmann::json::parse(state->facts.dump()), state->arrays};
    const auto restored = make_predictor("gcn", arguments);
    ASSERT_TRUE(restored->restore(read));
    EXPECT_TRUE(same_bits(predictions(*restored, asked.x, 40), wanted));
    EXPECT_EQ(restored->summary(), first->summary());
    for (std::size_t i = 0; i < state->arrays.size(); ++i) {
      PredictorState damaged = *state;
      damaged.arrays.erase(damaged.arrays.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(make_predictor("gcn", arguments)->restore(damaged)) << state->arrays[i].first;
    }
  }
}

TEST(Gcn, NamesOfNodesDoNotMatter) {
  // Nodes 1 and 2 of a diamond change places: the same graph, written the other way round.
  Stream stream(9, "relabelled");
  Rows there = graph_rows(0, 1), back = there;
  for (int i = 0; i < 50; ++i) {
    CellGraph graph, turned;
    for (CellGraph* one : {&graph, &turned}) one->nodes = 4, one->label = {1, 0, 0, 2};
    for (const auto& [from, to] : {std::pair<std::size_t, std::size_t>{0, 1}, {0, 2}, {1, 3}, {2, 3}, {0, 3}}) {
      const auto op = static_cast<std::uint8_t>(stream.below(5));
      const auto other = [](std::size_t node) { return node == 1 ? 2 : node == 2 ? std::size_t{1} : node; };
      graph.connect(from, to, op);
      turned.connect(other(from), other(to), op);
    }
    for (auto& [rows, one] : {std::pair<Rows*, CellGraph*>{&there, &graph}, {&back, &turned}}) {
      const auto row = graph_row(*one);
      rows->d = row.size();
      rows->x.insert(rows->x.end(), row.begin(), row.end());
      rows->y.push_back(1 + graph.operators[3][1] + 2.0 * graph.operators[2][0]);
    }
  }
  const auto gcn = make_predictor("gcn", {{"epochs", 30}});
  ASSERT_TRUE(gcn->fit(there.x, there.y, Stream(1, "fit")));
  const auto a = predictions(*gcn, there.x, 50), b = predictions(*gcn, back.x, 50);
  EXPECT_NE(there.x, back.x);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_NEAR(a[i], b[i], 1e-5 * std::fabs(a[i])) << i;
}

TEST(Gcn, LearnsWhatFollowsFromTheGraph) {
  const Rows train = graph_rows(300, 1), test = graph_rows(200, 2);
  const auto gcn = make_predictor("gcn", {{"epochs", 150}});
  ASSERT_TRUE(gcn->fit(train.x, train.y, Stream(1, "fit")));
  const auto said = predictions(*gcn, test.x, test.size());
  EXPECT_GT(spearman(said, test.y), 0.98);
  EXPECT_LT(rmse_over_mean(said, test.y), 0.06);
  const auto pairs = make_predictor("gcn", {{"epochs", 150}, {"ranking", true}});
  ASSERT_TRUE(pairs->fit(train.x, train.y, Stream(1, "fit")));
  EXPECT_GT(spearman(predictions(*pairs, test.x, test.size()), test.y), 0.98);
}

TEST(Gcn, UnitsOfTargetsDoNotMatterAndConstantsAreLearnt) {
  const Rows train = graph_rows(60, 1), asked = graph_rows(20, 2);
  Rows scaled = train;
  for (double& y : scaled.y) y *= 0x1p-10;
  for (const bool ranking : {false, true}) {
    const nlohmann::json arguments{{"epochs", 20}, {"ranking", ranking}};
    const auto first = make_predictor("gcn", arguments), second = make_predictor("gcn", arguments);
    ASSERT_TRUE(first->fit(train.x, train.y, Stream(1, "fit")));
    ASSERT_TRUE(second->fit(scaled.x, scaled.y, Stream(1, "fit")));
    const auto a = predictions(*first, asked.x, 20), b = predictions(*second, asked.x, 20);
    for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(b[i] * 0x1p10, a[i], 1e-6 * std::fabs(a[i])) << i;
    const std::vector<double> constant(scaled.size(), 7.25);
    ASSERT_TRUE(second->fit(scaled.x, constant, Stream(1, "fit")));
    for (const double value : predictions(*second, asked.x, 20)) EXPECT_NEAR(value, 7.25, 1e-9);
    EXPECT_EQ(second->summary().find("nan"), std::string::npos);
  }
}

// As members of an ensemble: the mean of those that learnt from rows drawn by hand, and its deviation.
TEST(Gcn, MembersOfAnEnsembleSeeGraphs) {
  const Rows train = graph_rows(40, 1, 0.1), asked = graph_rows(15, 2);
  const auto whole = make_predictor("ensemble", {{"of", nlohmann::json::array({"gcn"})}, {"members", 2}});
  ASSERT_TRUE(whole->fit(train.x, train.y, Stream(1, "fit")));
  std::vector<std::vector<double>> each;
  for (std::uint64_t m = 0; m < 2; ++m) {
    Stream drawn = Stream(1, "fit").split(m);
    Rows own;
    for (std::size_t i = 0; i < train.size(); ++i) {
      const std::size_t row = drawn.below(static_cast<std::uint32_t>(train.size()));
      own.x.insert(own.x.end(), train.row(row), train.row(row) + train.d);
      own.y.push_back(train.y[row]);
    }
    const auto member = make_predictor("gcn");
    ASSERT_TRUE(member->fit(own.x, own.y, drawn.split("fit")));
    each.push_back(predictions(*member, asked.x, asked.size()));
  }
  std::vector<double> value(asked.size()), deviation(asked.size());
  ASSERT_TRUE(whole->predict_with_deviation(asked.x, asked.size(), value, deviation));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    EXPECT_DOUBLE_EQ(value[i], (each[0][i] + each[1][i]) / 2);
    EXPECT_NEAR(deviation[i], std::fabs(each[0][i] - each[1][i]) / std::sqrt(2), 1e-15);
  }
  const auto state = whole->state();
  ASSERT_TRUE(state);
  const auto restored = make_predictor("ensemble", {{"of", nlohmann::json::array({"gcn"})}, {"members", 2}});
  ASSERT_TRUE(restored->restore(*state));
  EXPECT_EQ(predictions(*restored, asked.x, asked.size()), value);
  const Rows columns = random_rows(40, 12, 0);
  EXPECT_EQ(whole->fit(columns.x, columns.y, Stream(1, "fit")).failure().message, "row 1 of the features is no graph");
}

TEST(Gcn, SaysWhatItCannotLearnFrom) {
  const auto said = [](const Rows& rows) {
    const auto fitted = make_predictor("gcn")->fit(rows.x, rows.y, Stream(1, ""));
    return fitted ? std::string() : fitted.failure().message;
  };
  EXPECT_EQ(said(graph_rows(9, 1)), "gcn needs at least 10 measured networks, there are 9");
  Rows rows = graph_rows(20, 1);
  rows.y[6] = std::nan("");
  EXPECT_EQ(said(rows), "row 7 of the measurements is not a finite number");
  rows = graph_rows(20, 1);
  rows.x[3 * rows.d] = 0.5f;
  EXPECT_EQ(said(rows), "row 4 of the features is no graph");
  EXPECT_EQ(said(random_rows(20, 12, 0)), "row 1 of the features is no graph");
  // Two graphs in the place of one.
  rows = graph_rows(20, 1);
  const auto two = [] {
    CellGraph small;
    small.nodes = 2;
    small.label = {1, 2};
    std::vector<float> row;
    while (row.size() + 4 <= 16) {
      const auto one = graph_row(small);
      row.insert(row.end(), one.begin(), one.end());
    }
    return row;
  }();
  ASSERT_EQ(two.size(), rows.d);
  std::copy(two.begin(), two.end(), rows.x.begin() + static_cast<std::ptrdiff_t>(5 * rows.d));
  EXPECT_EQ(said(rows), "row 6 has 4 graphs, and the first has 1");
}

}  // namespace
}  // namespace nas::testing
