// Charts of how good fronts are and what they are made of: every mark at its value, equal bytes for equal input.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "core/hdbscan.h"
#include "shown.h"
#include "stdlib/outputs/attainment.h"
#include "stdlib/outputs/result_charts.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Runs of one search that differ in their seed.
std::vector<OutputInput> family(const std::string& name, std::vector<Shown>& runs) {
  std::vector<OutputInput> inputs;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    inputs.push_back(runs[k].input);
    inputs.back().name = name + "[seed " + std::to_string(k + 1) + "]";
    inputs.back().family = name;
  }
  return inputs;
}

std::vector<Shown> several(std::size_t n) {
  std::vector<Shown> runs;
  for (std::size_t seed = 1; seed <= n; ++seed) runs.push_back(shown("tiny_mobilenet", 60, seed));
  return runs;
}

/// How many runs reach latency x with accuracy y.
std::size_t attain(const std::vector<OutputInput>& runs, double x, double y) {
  return static_cast<std::size_t>(std::count_if(runs.begin(), runs.end(), [&](const OutputInput& run) {
    const ResultTable table(run);
    return std::any_of(table.front().begin(), table.front().end(), [&](std::size_t i) {
      return table.read(table.objectives()[1], table.row(i)).value <= x + 1e-12 &&
             table.read(table.objectives()[0], table.row(i)).value >= y - 1e-12;
    });
  }));
}

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex expression(pattern);
  for (auto it = std::sregex_iterator(text.begin(), text.end(), expression); it != std::sregex_iterator(); ++it)
    found.push_back((*it)[1]);
  return found;
}

}  // namespace

TEST(AttainmentChart, EachLineIsWhatThatManyRunsReachAndNoMore) {
  std::vector<Shown> shown_runs = several(5);
  const auto runs = family("front", shown_runs);
  const auto chart = attainment_chart(runs, {0.75, 0.2, 0.5, 1, 0.5});
  ASSERT_TRUE(chart) << chart.failure().message;
  ASSERT_EQ(chart->series.size(), 4u);
  const std::vector<std::size_t> needed{1, 3, 4, 5};
  const std::vector<std::string> names{"front: 1 of 5 seeds (20 %)", "front: 3 of 5 seeds (median)", "front: 4 of 5 seeds (75 %)",
                                       "front: 5 of 5 seeds (100 %)"};
  for (std::size_t k = 0; k < 4; ++k) {
    const auto& series = chart->series[k];
    EXPECT_EQ(series.name, names[k]);
    ASSERT_FALSE(series.points.empty());
    for (const ChartPoint& p : series.points) {
      EXPECT_GE(attain(runs, p.x, p.y), needed[k]);
      EXPECT_LT(attain(runs, p.x, p.y + 1e-6), needed[k]) << "a better accuracy is reached by as many";
    }
  }
  EXPECT_EQ(chart->x_title, "latency@host [ms]");
  EXPECT_EQ(chart->y_title, "accuracy [%]");
  EXPECT_EQ(xml_error(chart->svg()), "");
  EXPECT_EQ(count_of(chart->svg(), "stroke-dasharray=\"7 4\""), 2u);  // in the legend and in the picture
  EXPECT_EQ(chart->svg(), attainment_chart(runs, {0.2, 0.5, 0.75, 1})->svg());
}

TEST(AttainmentChart, TheMedianOfAParetoChartIsTheSameLine) {
  std::vector<Shown> shown_runs = several(3);
  const auto runs = family("front", shown_runs);
  std::vector<std::pair<double, double>> median, line;
  const auto surfaces = attainment_chart(runs, {0.5}), fronts = pareto_chart(runs);
  for (const ChartPoint& p : surfaces->series[0].points) line.emplace_back(p.x, p.y);
  for (const ChartPoint& p : fronts->series[0].points)
    if (p.mark == ChartMark::none) median.emplace_back(p.x, p.y);
  EXPECT_EQ(line, median);
}

TEST(ParallelChart, HasALineForEveryNetworkOfTheFrontAndTheBetterEndOnTop) {
  const Shown s = shown("tiny_mobilenet", 80);
  const auto svg = parallel_svg({s.input});
  ASSERT_TRUE(svg);
  EXPECT_EQ(xml_error(*svg), "");
  // Accuracy, latency, macs, params: four places on each line, in the order of the front.
  const auto lines = all_matches(*svg, "<path d=\"([^\"]*)\" fill=\"none\"[^>]*><title>");
  const auto& result = *s.input.result;
  ASSERT_EQ(lines.size(), result.front.size());
  std::vector<std::array<double, 4>> y;
  for (const std::string& line : lines) {
    std::array<double, 4> at{}, x{};
    ASSERT_EQ(
        std::sscanf(line.c_str(), "M%lf %lfL%lf %lfL%lf %lfL%lf %lf", &x[0], &at[0], &x[1], &at[1], &x[2], &at[2], &x[3], &at[3]),
        8)
        << line;
    y.push_back(at);
  }
  for (std::size_t i = 1; i < result.front.size(); ++i) {
    const auto &a = result.rows[result.front[i - 1]], &b = result.rows[result.front[i]];
    EXPECT_EQ(y[i - 1][0] <= y[i][0], a.measured[0].value >= b.measured[0].value) << "the higher accuracy is up";
    EXPECT_EQ(y[i - 1][1] <= y[i][1], a.measured[1].value <= b.measured[1].value) << "the lower latency is up";
  }
  for (const char* words : {">accuracy<", ">[%]<", ">latency@host<", ">[ms]<", ">macs<", ">params<", ">[M]<", "better is up"})
    EXPECT_NE(svg->find(words), std::string::npos) << words;
  EXPECT_EQ(*svg, *parallel_svg({s.input}));
}

TEST(ParallelChart, WhatIsOnlyPredictedIsDashed) {
  Shown s = shown("tiny_mobilenet", 40);
  auto result = std::make_shared<SearchResult>(*s.input.result);
  EXPECT_EQ(parallel_svg({s.input})->find("stroke-dasharray"), std::string::npos);
  SearchRow& row = result->rows[result->front[1]];
  row.predicted = {row.measured[0].value, row.measured[1].value};
  row.measured.clear();
  s.input.result = result;
  const auto svg = parallel_svg({s.input});
  EXPECT_EQ(count_of(*svg, "stroke-dasharray"), 2u);
  EXPECT_NE(svg->find("with predicted values"), std::string::npos);
}

TEST(ParallelChart, SeveralSearchesShareTheAxesThatAllHave) {
  const Shown a = shown("tiny_mobilenet", 40);
  Shown b = shown("tiny_mobilenet", 40, 2, "phone");
  b.input.name = "second";
  const auto svg = parallel_svg({a.input, b.input});
  ASSERT_TRUE(svg);
  EXPECT_EQ(svg->find(">latency@host<"), std::string::npos);  // the other one knows it of its phone only
  EXPECT_NE(svg->find(">accuracy<"), std::string::npos);
  EXPECT_NE(svg->find(">second<"), std::string::npos);
  EXPECT_EQ(all_matches(*svg, "<path d=\"([^\"]*)\" fill=\"none\"[^>]*><title>").size(),
            a.input.result->front.size() + b.input.result->front.size());
}

TEST(ParallelChart, TheFirstSearchSaysWhichEndIsUpWhereTheyDisagree) {
  const Shown a = shown("tiny_mobilenet", 40);
  Shown b = shown("tiny_mobilenet", 40, 2);
  b.input.name = "second";
  auto worst = std::make_shared<SearchResult>(*b.input.result);
  for (Objective& objective : worst->objectives) objective.maximise = !objective.maximise;
  b.input.result = worst;
  const auto ticks = [](const std::string& svg) { return svg.substr(0, svg.find("fill=\"none\"")); };
  const auto both = parallel_svg({a.input, b.input}), turned = parallel_svg({b.input, a.input});
  ASSERT_TRUE(both);
  for (const char* axis : {">accuracy<", ">latency@host<", ">macs<", ">params<"}) EXPECT_NE(both->find(axis), std::string::npos);
  EXPECT_NE(ticks(*both), ticks(*turned));
}

TEST(GeneChart, CountsWhatTheFrontChooses) {
  const Shown s = shown("tiny_mobilenet", 80);
  const auto svg = gene_svg({s.input});
  ASSERT_TRUE(svg);
  EXPECT_EQ(xml_error(*svg), "");
  const Space& space = *s.space;
  std::vector<std::uint8_t> active(space.gene_count());
  for (std::size_t g = 0; g < space.gene_count(); ++g)
    for (std::size_t o = 0; o < space.genes()[g].options.size(); ++o) {
      std::size_t has = 0, chooses = 0;
      for (const std::size_t i : s.input.result->front) {
        const auto& genes = s.input.result->rows[i].arch.genes;
        space.active(genes, active);
        has += active[g];
        chooses += active[g] && genes[g] == o;
      }
      const std::string words = space.genes()[g].name + " = " + space.genes()[g].options[o] + ": " + std::to_string(chooses) +
                                " of " + std::to_string(has) + " networks<";
      EXPECT_NE(svg->find(words), std::string::npos) << words;
    }
  EXPECT_EQ(*svg, *gene_svg({s.input}));
  // The runs of a family are counted together.
  std::vector<Shown> runs = several(2);
  const auto both = gene_svg(family("front", runs));
  const std::size_t networks = runs[0].input.result->front.size() + runs[1].input.result->front.size();
  EXPECT_NE(both->find("What the " + std::to_string(networks) + " networks on the front choose: front over 2 seeds"),
            std::string::npos);
}

TEST(ClusterChart, ColoursEveryNetworkByItsCluster) {
  Shown s = shown("tiny_mobilenet", 60);
  gather_around_the_ends(s);
  const auto chart = cluster_chart(s.input, 5, 2);
  ASSERT_TRUE(chart) << chart.failure().message;
  std::vector<std::uint8_t> genomes;
  for (const SearchRow& row : s.input.result->rows) genomes.insert(genomes.end(), row.arch.genes.begin(), row.arch.genes.end());
  const Clusters clusters = hdbscan(one_hot_bits(*s.space, genomes), {5, 2, 1});
  ASSERT_GT(clusters.count, 0);
  ASSERT_EQ(chart->series.size(), static_cast<std::size_t>(clusters.count) + 1);
  for (std::int32_t label = -1; label < clusters.count; ++label) {
    const auto& series = chart->series[static_cast<std::size_t>(label + 1)];
    const auto size = static_cast<std::size_t>(std::count(clusters.labels.begin(), clusters.labels.end(), label));
    EXPECT_EQ(series.points.size(), size);
    EXPECT_EQ(series.name, label < 0 ? "in no cluster (" + std::to_string(size) + ")"
                                     : "cluster " + std::to_string(label + 1) + " (" + std::to_string(size) + " networks)");
  }
  EXPECT_EQ(xml_error(chart->svg()), "");
  EXPECT_EQ(chart->svg(), cluster_chart(s.input, 5, 2)->svg());
}

TEST(ClusterChart, WithoutAClusterThereIsNothingToDraw) {
  const Shown s = shown("tiny_mobilenet", 40);
  const auto chart = cluster_chart(s.input, 50, 10);
  ASSERT_FALSE(chart);
  EXPECT_EQ(chart.failure().code, "E826");
  EXPECT_EQ(chart.failure().message, "there is no cluster of 50 networks among the 40 of front");
  EXPECT_EQ(chart.failure().hint, "a longer search, or a smaller min_cluster_size");
}
