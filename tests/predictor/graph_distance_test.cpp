// Exact graph edit distance against all ways to match nodes, and the nearest graphs of a table against all of its rows.
#include "backends/eigen/graph_distance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../space/space_fixture.h"
#include "predictor_fixture.h"
#include "stdlib/predictors/graph_neighbours.h"

namespace nas::testing {
namespace {

/// Nodes in topological order; with `labels` the first two and the last stand for something.
CellGraph random_graph(Stream& stream, std::size_t nodes, std::size_t edges, std::uint32_t operators, bool labels) {
  CellGraph graph;
  graph.nodes = static_cast<std::uint8_t>(nodes);
  if (labels) graph.label = {1, 2}, graph.label[nodes - 1] = 3;
  for (std::size_t i = 0; i < edges; ++i) {
    const std::size_t to = 1 + stream.below(static_cast<std::uint32_t>(nodes - 1));
    graph.connect(stream.below(static_cast<std::uint32_t>(to)), to, static_cast<std::uint8_t>(1 + stream.below(operators)));
  }
  return graph;
}

/// The definition: every way to match some nodes of a with nodes of b; all others go or come, with their edges.
double by_definition(const CellGraph& a, const CellGraph& b, const EditCosts& costs) {
  std::vector<int> partner(a.nodes, -1);
  std::vector<bool> taken(b.nodes, false);
  int best = 1 << 28;
  const auto cost = [&] {
    int total = 0;
    for (std::size_t u = 0; u < a.nodes; ++u) {
      if (partner[u] < 0)
        total += costs.node;
      else if (a.label[u] != b.label[static_cast<std::size_t>(partner[u])])
        total += costs.anchored ? 1 << 20 : costs.node;
    }
    for (std::size_t v = 0; v < b.nodes; ++v) total += taken[v] ? 0 : costs.node;
    // Edges between matched nodes are kept or changed, the others go and come.
    std::array<std::array<bool, CellGraph::kNodes>, CellGraph::kNodes> seen{};
    for (std::size_t u = 0; u < a.nodes; ++u)
      for (std::size_t w = 0; w < a.nodes; ++w) {
        const bool both = partner[u] >= 0 && partner[w] >= 0;
        const auto v = static_cast<std::size_t>(std::max(partner[u], 0)), x = static_cast<std::size_t>(std::max(partner[w], 0));
        total += costs.operators[a.operators[u][w]][both ? b.operators[v][x] : 0];
        if (both) seen[v][x] = true;
      }
    for (std::size_t v = 0; v < b.nodes; ++v)
      for (std::size_t x = 0; x < b.nodes; ++x)
        if (!seen[v][x]) total += costs.operators[0][b.operators[v][x]];
    return total;
  };
  const std::function<void(std::size_t)> choose = [&](std::size_t u) {
    if (u == a.nodes) {
      best = std::min(best, cost());
      return;
    }
    if (!costs.anchored || a.label[u] == 0) choose(u + 1);
    for (std::size_t v = 0; v < b.nodes; ++v) {
      if (taken[v] || (costs.anchored && a.label[u] != b.label[v])) continue;
      taken[v] = true;
      partner[u] = static_cast<int>(v);
      choose(u + 1);
      taken[v] = false;
      partner[u] = -1;
    }
  };
  choose(0);
  return best * costs.step;
}

TEST(GraphDistance, IsTheLeastOverAllWaysToMatchNodes) {
  Stream stream(1, "graphs");
  EditCosts unit, free;
  free.anchored = false;
  EditCosts weighted(std::vector<double>{0.5, 1, 1.5, 4});
  for (int i = 0; i < 300; ++i) {
    const std::size_t n = 3 + stream.below(3), m = 3 + stream.below(3);
    const CellGraph a = random_graph(stream, n, 2 + stream.below(8), 4, true),
                    b = random_graph(stream, m, 2 + stream.below(8), 4, true);
    for (const EditCosts& costs : {unit, free, weighted})
      EXPECT_NEAR(graph_edit_distance(a, b, costs), by_definition(a, b, costs), 1e-9) << i << " " << n << " " << m;
  }
}

TEST(GraphDistance, BothSolversAgree) {
  Stream stream(2, "solvers");
  EditCosts unit, general;
  unit.anchored = general.anchored = false;
  general.unit = false;
  for (int i = 0; i < 400; ++i) {
    const std::size_t n = 2 + stream.below(8);
    const PackedGraph a = packed_graph(random_graph(stream, n, n + 3, 15, true), false),
                      b = packed_graph(random_graph(stream, 2 + stream.below(8), n + 3, 15, true), false);
    const int apart = graph_distance(a, b, unit);
    EXPECT_EQ(apart, graph_distance(a, b, general));
    for (const int cap : {apart - 2, apart, apart + 1, apart + 5}) {
      const int capped = graph_distance(a, b, unit, cap);
      if (apart < cap)
        EXPECT_EQ(capped, apart);
      else
        EXPECT_GE(capped, cap);
    }
  }
}

TEST(GraphDistance, IsAMetricAndZeroForGraphsThatDifferInTheirOrderOnly) {
  Stream stream(3, "metric");
  for (int i = 0; i < 200; ++i) {
    const CellGraph a = random_graph(stream, 6, 8, 2, true), b = random_graph(stream, 6, 8, 2, true),
                    c = random_graph(stream, 6, 8, 2, true);
    EXPECT_EQ(graph_edit_distance(a, b), graph_edit_distance(b, a));
    EXPECT_LE(graph_edit_distance(a, c), graph_edit_distance(a, b) + graph_edit_distance(b, c));
    EXPECT_EQ(graph_edit_distance(a, a), 0);
    // The three nodes in the middle change places.
    const std::array<std::size_t, 6> place{0, 1, 3, 4, 2, 5};
    CellGraph turned;
    turned.nodes = 6;
    turned.label = a.label;
    bool same = true;
    for (std::size_t to = 0; to < 6; ++to)
      for (std::size_t from = 0; from < 6; ++from) {
        turned.connect(place[from], place[to], a.operators[to][from]);
        same = same && a.operators[to][from] == b.operators[to][from];
      }
    EXPECT_EQ(graph_edit_distance(a, turned), 0);
    if (graph_edit_distance(a, b) == 0) EXPECT_EQ(by_definition(a, b, {}), 0);
    if (same) EXPECT_EQ(graph_edit_distance(a, b), 0);
  }
}

struct Cells {
  std::vector<float> rows;
  std::size_t columns = 0;
};

Cells colocnas_cells(std::size_t n, int c, std::uint64_t seed) {
  const auto made = compile_stdlib("colocnas", {{"c", c}, {"cells", 4}});
  const Space& space = *made->space;
  const auto encoding = *space.find_encoding("graph");
  Stream stream(seed, "cells");
  std::vector<std::uint8_t> genomes(n * space.gene_count());
  EXPECT_TRUE(space.sample(stream, n, genomes));
  Cells cells{{}, space.encodings()[encoding].columns.size()};
  cells.rows.resize(n * cells.columns);
  space.encode(encoding, genomes, n, cells.rows);
  return cells;
}

int all_graphs(std::span<const float> a, std::span<const float> b, const EditCosts& costs) {
  const auto x = graphs_of_row(a), y = graphs_of_row(b);
  int total = 0;
  for (std::size_t g = 0; g < x->size(); ++g)
    total += graph_distance(packed_graph((*x)[g], true), packed_graph((*y)[g], true), costs);
  return total;
}

TEST(GraphNeighbours, AreThoseOfAllRows) {
  for (const int c : {2, 4}) {
    const Cells table = colocnas_cells(300, c, 1), asked = colocnas_cells(20, c, 2);
    for (const std::vector<double>& weights : {std::vector<double>{}, {.1, .1, .05, 1, 1.5, .6, .8, 1}}) {
      GraphNeighbours neighbours;
      const auto learnt = neighbours.learn(table.rows, 300, weights);
      ASSERT_TRUE(learnt) << learnt.failure().message;
      const EditCosts costs = weights.empty() ? EditCosts() : EditCosts(weights);
      for (std::size_t i = 0; i < 20; ++i) {
        const std::span<const float> row(asked.rows.data() + i * asked.columns, asked.columns);
        std::vector<std::pair<int, std::uint32_t>> wanted;
        for (std::uint32_t other = 0; other < 300; ++other)
          wanted.emplace_back(all_graphs(row, {table.rows.data() + other * table.columns, table.columns}, costs), other);
        std::sort(wanted.begin(), wanted.end());
        std::erase_if(wanted, [farthest = wanted[4].first](const auto& w) { return w.first > farthest; });
        EXPECT_EQ(neighbours.nearest(row, 5), wanted) << c << " " << i;
      }
    }
  }
}

TEST(GraphNeighbours, GraphsOfASpaceAreItsCells) {
  const auto made = compile_stdlib("darts_cell", {{"cells", 3}});
  const auto arch = made->space->parse(
      "|sep_conv_3x3~0|sep_conv_3x3~1|+|sep_conv_3x3~0|sep_conv_3x3~1|+|skip_connect~0|sep_conv_3x3~1|+|skip_connect~0|dil_conv_"
      "3x3~2|/"
      "|max_pool_3x3~0|max_pool_3x3~1|+|max_pool_3x3~1|skip_connect~2|+|max_pool_3x3~0|skip_connect~2|+|max_pool_3x3~1|skip_"
      "connect~2|");
  ASSERT_TRUE(arch) << arch.failure().message;
  const auto graphs = cell_graphs(*made->space, *arch);
  ASSERT_TRUE(graphs);
  ASSERT_EQ(graphs->size(), 2u);
  const CellGraph& normal = graphs->front();
  EXPECT_EQ(normal.nodes, 6);
  EXPECT_EQ(normal.edges(), 8u);
  EXPECT_EQ(normal.sources[5], 0b000101u);
  EXPECT_EQ(normal.operators[5][0], 3);  // skip_connect, the third of the seven
  EXPECT_EQ(normal.operators[5][2], 6);  // dil_conv_3x3
  const auto none = cell_graphs(*compile_stdlib("tiny_mobilenet")->space, Arch{});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.failure().message, "space tiny_mobilenet has no features graph");
}

TEST(GraphKnn, AsksTheNearestCells) {
  const Cells table = colocnas_cells(200, 4, 1), asked = colocnas_cells(30, 4, 2);
  std::vector<double> y(200);
  Stream stream(5, "values");
  for (double& v : y) v = 1 + stream.uniform();
  auto knn = make_predictor("knn", {{"k", 5}, {"weights", "uniform"}});
  ASSERT_TRUE(knn->fit(table.rows, y, Stream(1, "")));
  EXPECT_EQ(knn->summary(), "knn, k 5, graph edit distance");
  const auto got = predictions(*knn, asked.rows, 30);
  for (std::size_t i = 0; i < 30; ++i) {
    const std::span<const float> row(asked.rows.data() + i * asked.columns, asked.columns);
    std::vector<std::pair<int, double>> all;
    for (std::size_t other = 0; other < 200; ++other)
      all.emplace_back(all_graphs(row, {table.rows.data() + other * table.columns, table.columns}, {}), y[other]);
    std::sort(all.begin(), all.end());
    double nearer = 0, sum = 0, edge = 0, edge_sum = 0;
    for (const auto& [apart, value] : all) {
      if (apart < all[4].first) ++nearer, sum += value;
      if (apart == all[4].first) ++edge, edge_sum += value;
    }
    EXPECT_NEAR(got[i], (sum + (5 - nearer) * edge_sum / edge) / 5, 1e-12);
    double alone = 0;
    knn->predict(row, 1, {&alone, 1});
    EXPECT_EQ(alone, got[i]);
  }
  // What was saved predicts the same.
  auto again = make_predictor("knn", {{"k", 5}, {"weights", "uniform"}});
  const auto restored = again->restore(*knn->state());
  ASSERT_TRUE(restored) << restored.failure().message;
  EXPECT_EQ(predictions(*again, asked.rows, 30), got);
  EXPECT_EQ(again->summary(), knn->summary());
  // The number of neighbours by cross-validation.
  auto chosen = make_predictor("knn", {{"k", 0}});
  ASSERT_TRUE(chosen->fit(table.rows, y, Stream(1, "")));
  EXPECT_TRUE(chosen->summary().starts_with("knn, k ")) << chosen->summary();
  EXPECT_NE(chosen->summary().find("graph edit distance, 5-fold RMSE"), std::string::npos) << chosen->summary();
}

TEST(GraphKnn, SaysWhatIsNoGraph) {
  const Rows flat = random_rows(30, 9, 0.3);
  const auto fitted = make_predictor("knn", {{"distance", "graph_edit"}})->fit(flat.x, flat.y, Stream(1, ""));
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.failure().message, "row 1 of the features is no graph");
  EXPECT_EQ(fitted.failure().hint, "column 1 of the features is no graph: it begins with the number of nodes, 2 to 48");
  Cells table = colocnas_cells(30, 2, 1);
  const std::vector<double> y(30, 1.0);
  const auto few = make_predictor("knn", {{"operator_costs", {1, 2, 3}}})->fit(table.rows, y, Stream(1, ""));
  ASSERT_FALSE(few);
  EXPECT_TRUE(few.failure().message.starts_with("operator_costs has 3 numbers, and there is an operator "))
      << few.failure().message;
  const auto large = make_predictor("knn", {{"k", 31}})->fit(table.rows, y, Stream(1, ""));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.failure().message, "knn asks for the 31 nearest of 30 measured networks");
  table.rows[table.columns + 1] = 9;  // another label of the first node
  const auto other = make_predictor("knn", {{"distance", "graph_edit"}})->fit(table.rows, y, Stream(1, ""));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.failure().message, "the graph of row 2 has other nodes than that of row 1");
}

}  // namespace
}  // namespace nas::testing
