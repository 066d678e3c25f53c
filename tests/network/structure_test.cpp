// Networks that are one graph of layers, whatever genotype they came from.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

#include "../space/space_fixture.h"
#include "core/network_structure.h"
#include "core/rng.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// A cell of NAS-Bench-201: operators of the edges 0>1, 0>2, 1>2, 0>3, 1>3, 2>3, in the benchmark's order.
using Cell = std::array<int, 6>;
constexpr std::array<std::pair<int, int>, 6> kEdges{{{0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}}};

std::vector<Cell> all_cells() {
  std::vector<Cell> cells;
  for (int code = 0; code < 15625; ++code) {
    Cell cell;
    for (int edge = 0, left = code; edge < 6; ++edge, left /= 5) cell[static_cast<std::size_t>(edge)] = left % 5;
    cells.push_back(cell);
  }
  return cells;
}

/// How the benchmark's own code tells cells apart (CellStructure::to_unique_str with zeros considered): a text for each node.
std::string published_text(const Cell& cell) {
  std::array<std::string, 4> node;
  node[0] = "0";
  for (int to = 1; to < 4; ++to) {
    std::vector<std::string> terms;
    for (std::size_t edge = 0; edge < 6; ++edge) {
      if (kEdges[edge].second != to) continue;
      const std::string& from = node[static_cast<std::size_t>(kEdges[edge].first)];
      terms.push_back(cell[edge] == 0 || from == "#" ? "#"
                      : cell[edge] == 1              ? from
                                                     : "(" + from + ")@" + std::to_string(cell[edge]));
    }
    std::sort(terms.begin(), terms.end());
    for (const std::string& term : terms) node[static_cast<std::size_t>(to)] += (&term == &terms.front() ? "" : "+") + term;
  }
  return node[3];
}

/// The cell as operators that take sums of operators (counts by operator, the cell's input last), in the least of all orders: an
/// independent form that cells share where one is the other with its operators renamed.
std::vector<int> least_form(const Cell& cell) {
  using Sum = std::array<int, 7>;  // of the six edges' operators and the input
  std::array<Sum, 4> node{};
  node[0][6] = 1;
  std::array<Sum, 6> takes{};
  const auto empty = [](const Sum& sum) { return std::all_of(sum.begin(), sum.end(), [](int times) { return times == 0; }); };
  for (std::size_t edge = 0; edge < 6; ++edge) {
    const Sum& from = node[static_cast<std::size_t>(kEdges[edge].first)];
    Sum& to = node[static_cast<std::size_t>(kEdges[edge].second)];
    if (cell[edge] == 0 || empty(from)) continue;
    if (cell[edge] == 1) {
      for (std::size_t t = 0; t < 7; ++t) to[t] += from[t];
    } else {
      takes[edge] = from;
      ++to[edge];
    }
  }
  std::set<std::size_t> live;
  const std::function<void(const Sum&)> reach = [&](const Sum& sum) {
    for (std::size_t t = 0; t < 6; ++t)
      if (sum[t] > 0 && live.insert(t).second) reach(takes[t]);
  };
  reach(node[3]);
  std::vector<std::size_t> order(live.begin(), live.end());
  std::vector<int> least;
  std::sort(order.begin(), order.end());
  do {
    std::vector<int> form{static_cast<int>(order.size())};
    const auto add = [&](const Sum& sum) {
      for (const std::size_t t : order) form.push_back(sum[t]);
      form.push_back(sum[6]);
    };
    for (const std::size_t t : order) form.push_back(cell[t]);
    if (!std::is_sorted(form.begin() + 1, form.end())) continue;  // by operator first: fewer orders
    for (const std::size_t t : order) add(takes[t]);
    add(node[3]);
    if (least.empty() || form < least) least = std::move(form);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

std::string spelling_of(const Cell& cell) {
  static const char* const names[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"};
  const auto op = [&](std::size_t edge, int from) { return std::string(names[cell[edge]]) + "~" + std::to_string(from) + "|"; };
  return "|" + op(0, 0) + "+|" + op(1, 0) + op(2, 1) + "+|" + op(3, 0) + op(4, 1) + op(5, 2);
}

std::uint64_t key_of(const std::string& body) {
  const auto made = compile("def space s() {\n  input = image(channels = 4, size = 8)\n" + body + "}\n");
  EXPECT_TRUE(made->space) << made->errors();
  return made->space ? structure_key(made->space->network(made->space->smallest())) : 0;
}

}  // namespace

// All 15,625 cells: as many structures as there are least forms, and the same ones. The benchmark's own text finds 6,466; where
// it calls two cells equal they compute the same sums of the same operators.
TEST(Structure, OfNasBench201IsThatOfItsCells) {
  const auto made = compile_stdlib("nasbench201", {{"cells", std::int64_t{1}}});
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  std::map<std::uint64_t, std::vector<int>> form_of;
  std::map<std::vector<int>, std::uint64_t> key_of_form;
  std::set<std::string> texts;
  for (const Cell& cell : all_cells()) {
    const auto arch = space.parse(0, {{spelling_of(cell)}});
    ASSERT_TRUE(arch) << arch.failure().message;
    const std::uint64_t key = structure_key(space.network(*arch));
    const auto form = least_form(cell);
    EXPECT_EQ(form_of.emplace(key, form).first->second, form) << spelling_of(cell);
    EXPECT_EQ(key_of_form.emplace(form, key).first->second, key) << spelling_of(cell);
    texts.insert(published_text(cell));
  }
  EXPECT_EQ(texts.size(), 6466u);
  EXPECT_EQ(form_of.size(), 5425u);
  EXPECT_EQ(key_of_form.size(), 5425u);
}

// The whole network of fifteen cells tells what one cell tells.
TEST(Structure, OfManyCellsIsThatOfOne) {
  const auto one = compile_stdlib("nasbench201", {{"cells", std::int64_t{1}}}), five = compile_stdlib("nasbench201");
  std::map<std::uint64_t, std::uint64_t> large_of;
  Stream stream(3, "cells");
  for (int i = 0; i < 400; ++i) {
    const Arch arch = *one->space->sample(stream);
    const std::uint64_t large = structure_key(five->space->network(arch));
    EXPECT_EQ(large_of.emplace(structure_key(one->space->network(arch)), large).first->second, large);
  }
  std::set<std::uint64_t> different;
  for (const auto& [small, large] : large_of) different.insert(large);
  EXPECT_EQ(different.size(), large_of.size());
}

TEST(Structure, WhatDoesNotCountIsLeftOut) {
  const std::string plain = "  a = conv(kernel = 3, out = 4)(x)\n  add(a, x)\n";
  const std::uint64_t key = key_of(plain);
  // Another order, another name, a sum of one, nothing added, a layer that nobody reads.
  EXPECT_EQ(key_of("  a = conv(kernel = 3, out = 4)(x)\n  add(x, a)\n"), key);
  EXPECT_EQ(key_of("  other = conv(kernel = 3, out = 4)(x)\n  add(other, x)\n"), key);
  EXPECT_EQ(key_of("  a = conv(kernel = 3, out = 4)(x)\n  n = zero()(x)\n  add(add(a, n), x)\n"), key);
  EXPECT_EQ(key_of("  a = conv(kernel = 3, out = 4)(x)\n  dead = conv(kernel = 5, out = 4)(a)\n  add(a, x)\n"), key);
  EXPECT_EQ(key_of("  n = zero()(x)\n  a = conv(kernel = 3, out = 4)(x)\n  b = conv(kernel = 5, out = 4)(n)\n  add(a, b, x)\n"),
            key);
  // Sums of sums are one sum, and what lies side by side may change places.
  EXPECT_EQ(key_of("  a = conv(kernel = 1, out = 4)(x)\n  b = conv(kernel = 3, out = 4)(x)\n  add(add(a, b), x)\n"),
            key_of("  a = conv(kernel = 1, out = 4)(x)\n  b = conv(kernel = 3, out = 4)(x)\n  add(a, add(x, b))\n"));
  EXPECT_EQ(key_of("  a = conv(kernel = 1, out = 4)(x)\n  b = conv(kernel = 3, out = 4)(x)\n  concat(a, b)\n"),
            key_of("  a = conv(kernel = 1, out = 4)(x)\n  b = conv(kernel = 3, out = 4)(x)\n  concat(b, a)\n"));
}

TEST(Structure, WhatCountsTellsNetworksApart) {
  const std::vector<std::string> all = {
      "  a = conv(kernel = 3, out = 4)(x)\n  add(a, x)\n", "  a = conv(kernel = 5, out = 4)(x)\n  add(a, x)\n",
      "  a = conv(kernel = 3, out = 4)(x)\n", "  a = conv(kernel = 3, out = 4)(x)\n  add(a, x, x)\n",
      // One layer read twice is not two layers.
      "  a = conv(kernel = 3, out = 4)(x)\n  b = conv(kernel = 1, out = 4)(a)\n  c = conv(kernel = 1, out = 4)(a)\n  add(b, c)\n",
      "  a = conv(kernel = 3, out = 4)(x)\n  d = conv(kernel = 3, out = 4)(x)\n  b = conv(kernel = 1, out = 4)(a)\n"
      "  c = conv(kernel = 1, out = 4)(d)\n  add(b, c)\n",
      // A second path from the one or from the other of two equal layers.
      "  a = conv(kernel = 3, out = 4)(x)\n  d = conv(kernel = 3, out = 4)(x)\n  b = conv(kernel = 1, out = 4)(a)\n  add(a, b, "
      "d)\n",
      "  a = conv(kernel = 3, out = 4)(x)\n  d = conv(kernel = 3, out = 4)(x)\n  b = conv(kernel = 1, out = 4)(a)\n  add(b, d)\n",
      "  a = conv(kernel = 3, out = 4)(x)\n  n = zero()(x)\n  concat(a, n)\n",
      "  a = conv(kernel = 3, out = 4)(x)\n  concat(a, a)\n", "  n = zero()(x)\n  conv(kernel = 3, out = 4)(n)\n"};
  std::set<std::uint64_t> keys;
  for (const std::string& body : all) EXPECT_TRUE(keys.insert(key_of(body)).second) << body;
}

// DARTS's cells: nodes that nobody reads but the cell's end may change places.
TEST(Structure, NodesOfADartsCellMayChangePlaces) {
  const auto made = compile_stdlib("darts_cell");
  const Space& space = *made->space;
  const std::string reduce =
      "/|max_pool_3x3~0|max_pool_3x3~1|+|max_pool_3x3~1|skip_connect~2|+|max_pool_3x3~0|skip_connect~2|+|max_pool_3x3~1|"
      "skip_connect~2|";
  const auto key = [&](const std::string& normal) {
    const auto arch = space.parse(0, {{normal + reduce}});
    EXPECT_TRUE(arch) << arch.failure().message;
    return arch ? structure_key(space.network(*arch)) : 0;
  };
  const std::string two = "|sep_conv_3x3~0|sep_conv_3x3~1|+", other = "|sep_conv_5x5~0|skip_connect~1|+";
  const std::string rest = "|dil_conv_3x3~0|dil_conv_3x3~1|+|dil_conv_5x5~0|dil_conv_5x5~1|";
  EXPECT_EQ(key(two + other + rest), key(other + two + rest));
  EXPECT_NE(key(two + other + rest), key(two + two + rest));
  EXPECT_NE(key(two + other + rest), key("|sep_conv_3x3~0|sep_conv_5x5~1|+" + other + rest));
}
