// Charts: well-formed, escaped, honest about what was measured, correct staircases, equal bytes for equal input.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/comparison.h"
#include "shown.h"
#include "stdlib/outputs/result_charts.h"

using namespace nas;
using namespace nas::testing;

TEST(Ticks, AreRoundAndInside) {
  EXPECT_EQ(round_ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(round_ticks(0.9, 1.73, 9),
            (std::vector<double>{9 * 0.1, 10 * 0.1, 11 * 0.1, 12 * 0.1, 13 * 0.1, 14 * 0.1, 15 * 0.1, 16 * 0.1, 17 * 0.1}));
  EXPECT_EQ(round_ticks(-3, 3, 3), (std::vector<double>{-2, 0, 2}));
  EXPECT_EQ(round_ticks(0, 9.6, 4), (std::vector<double>{0, 2.5, 5, 7.5}));
  EXPECT_EQ(round_ticks(5, 5, 4), (std::vector<double>{5}));
  EXPECT_EQ(round_ticks(12e6, 61e6, 5).size(), 5u);  // 20M ... 60M
}

TEST(EscapeXml, NothingFromOutsideReachesTheMarkup) {
  EXPECT_EQ(escape_xml("<script>alert(\"1\" & '2')</script>"),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
  EXPECT_EQ(escape_xml(std::string("a\0b\x1b[31m\x7f\n\t", 11)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD[31m\xEF\xBF\xBD\n\t");
  EXPECT_EQ(escape_xml("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82"), "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82");
  // Not UTF-8: a lone byte, a cut sequence, an overlong slash, a surrogate.
  EXPECT_EQ(escape_xml("\xFF|\xC3|\xC0\xAF|\xED\xA0\x80"),
            "\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Shortened, CutsCodePointsNotBytes) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde\xE2\x80\xA6");
  EXPECT_EQ(shortened("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 3), "\xC3\xA9\xC3\xA9\xE2\x80\xA6");
}

namespace {

Chart staircase(ChartSeries::Line line, bool x_upward, bool y_upward) {
  Chart chart;
  chart.width = 418;
  chart.height = 354;
  chart.x_upward = x_upward;
  chart.y_upward = y_upward;
  ChartSeries series;
  series.line = line;
  series.extended = true;
  for (const auto& [x, y] : {std::pair{1.0, 1.0}, {2.0, 2.0}, {3.0, 3.0}})
    series.points.push_back({x, x_upward == y_upward ? 4 - y : y, "", ChartMark::solid});
  chart.series.push_back(std::move(series));
  return chart;
}

std::string line_of(const Chart& chart) {
  const std::string svg = chart.svg();
  const auto end = svg.find("\" fill=\"none\" stroke=\"#0072B2\" stroke-width=\"1.8\"");
  const auto begin = svg.rfind("d=\"", end) + 3;
  std::string shape;
  for (const char c : svg.substr(begin, end - begin))
    if (c >= 'A' && c <= 'Z') shape += c;
  return shape;
}

}  // namespace

TEST(Staircase, BoundsWhatTheFrontDominatesForEveryPairOfDirections) {
  using Line = ChartSeries::Line;
  // Cost on x, quality on y: up to the first point, across to the next before rising, on to the costly end.
  EXPECT_EQ(line_of(staircase(Line::across_then_up, false, true)), "MVHVHVH");
  EXPECT_EQ(line_of(staircase(Line::across_then_up, false, false)), "MVHVHVH");
  EXPECT_EQ(line_of(staircase(Line::up_then_across, true, true)), "MHVHVHV");
  EXPECT_EQ(line_of(staircase(Line::up_then_across, true, false)), "MHVHVHV");
  // The line stops at a condition instead of running on into what it forbids.
  Chart limited = staircase(Line::across_then_up, false, true);
  const auto last = [](const std::string& svg) {
    const auto end = svg.find("\" fill=\"none\" stroke=\"#0072B2\"");
    const auto h = svg.rfind('H', end);
    return std::stod(svg.substr(h + 1, end - h - 1));
  };
  EXPECT_DOUBLE_EQ(last(limited.svg()), 400);  // the frame
  limited.limits.push_back({true, -INFINITY, 3.05, "cost < 3.05"});
  EXPECT_LT(last(limited.svg()), 395);
  EXPECT_GT(last(limited.svg()), 370);
}

TEST(Chart, SurvivesEmptyConstantAndBrokenData) {
  for (const std::vector<ChartPoint>& points : {std::vector<ChartPoint>{},
                                                {{1, 1}},
                                                {{0, 0}},
                                                {{5, 2}, {5, 2}},
                                                {{NAN, 1}, {INFINITY, 2}},
                                                {{1e-9, 1e12}, {2e-9, 1e12}},
                                                {{-1e300, 0}, {1e300, 1}}}) {
    Chart chart;
    chart.title = "t";
    chart.series.push_back({"s", points, ChartSeries::Line::across_then_up, true});
    const std::string svg = chart.svg();
    EXPECT_EQ(xml_error(svg), "");
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

TEST(ParetoChart, SaysWhatWasMeasuredAndWhatWasNot) {
  Shown s = shown("tiny_mobilenet", 80);
  auto result = std::make_shared<SearchResult>(*s.input.result);
  SearchRow predicted = result->rows[0];
  predicted.measured.clear();
  predicted.predicted = {0.9, 9e-4};
  result->rows.push_back(predicted);
  s.input.result = result;
  const auto chart = pareto_chart({s.input});
  ASSERT_TRUE(chart);
  std::map<ChartMark, std::size_t> marks;
  for (const auto& p : chart->series[0].points) ++marks[p.mark];
  const auto infeasible = static_cast<std::size_t>(
      std::count_if(result->rows.begin(), result->rows.end(), [](const auto& r) { return !r.feasible; }));
  EXPECT_EQ(marks[ChartMark::solid], result->front.size());
  EXPECT_EQ(marks[ChartMark::hollow], 1u);
  EXPECT_EQ(marks[ChartMark::cross], infeasible);
  EXPECT_EQ(marks[ChartMark::faint], 80 - infeasible - result->front.size());
  for (const auto& p : chart->series[0].points) EXPECT_EQ(p.on_line, p.mark == ChartMark::solid);
  EXPECT_EQ(chart->x_title, "latency@host [ms]");
  EXPECT_EQ(chart->y_title, "accuracy [%]");
  const std::string svg = chart->svg();
  EXPECT_EQ(xml_error(svg), "");
  for (const char* words : {"front: measured, on the front", "predicted only", "dominated", "breaks a condition",
                            "outside latency@host &lt; 1.4ms", ", predicted\n", "disturbed"})
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  EXPECT_EQ(svg, pareto_chart({s.input})->svg());
}

// Every value has a source; where that is a model, nothing that is drawn, exported or told says "measured".
TEST(ParetoChart, ValuesOfAModelAreMarkedAsPredicted) {
  Shown s = shown("tiny_mobilenet", 80);
  auto result = std::make_shared<SearchResult>(*s.input.result);
  result->from_model = {false, true};
  s.input.result = result;
  s.input.test_accuracy.clear();
  std::map<ChartMark, std::size_t> marks;
  const auto chart = pareto_chart({s.input});
  ASSERT_TRUE(chart);
  for (const auto& p : chart->series[0].points) ++marks[p.mark];
  EXPECT_EQ(marks[ChartMark::hollow], result->front.size());
  EXPECT_EQ(marks.count(ChartMark::solid), 0u);
  EXPECT_NE(chart->svg().find("predicted only"), std::string::npos);
  EXPECT_EQ(convergence_chart({s.input}, false).title, "Hypervolume of the front: front");
  EXPECT_EQ(convergence_chart({s.input}, false).x_title, "evaluated networks");
  const ResultTable table(s.input);
  const SearchRow& row = table.row(table.front()[0]);
  EXPECT_TRUE(table.read(*table.find("accuracy"), row).measured);
  EXPECT_FALSE(table.read(*table.find("latency@host"), row).measured);
  EXPECT_TRUE(table.read(*table.find("macs"), row).measured);
}

TEST(ParetoChart, PointsStandAtTheirValues) {
  const Shown s = shown("tiny_mobilenet", 40);
  const auto chart = pareto_chart({s.input});
  const auto& result = *s.input.result;
  std::vector<std::pair<double, double>> wanted, drawn;
  for (const auto& row : result.rows) wanted.emplace_back(row.measured[1].value / 1e-3, row.measured[0].value / 0.01);
  for (const auto& p : chart->series[0].points) drawn.emplace_back(p.x, p.y);
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(drawn, wanted);
}

TEST(ParetoChart, AxesByNameAndTheirMistakes) {
  const Shown s = shown("tiny_mobilenet", 40);
  const auto macs = pareto_chart({s.input}, "macs", "latency");
  ASSERT_TRUE(macs);
  EXPECT_EQ(macs->x_title, "macs [M]");
  EXPECT_EQ(macs->y_title, "latency@host [ms]");
  EXPECT_EQ(macs->series[0].line, ChartSeries::Line::none);  // these are not the objectives: no staircase
  EXPECT_EQ(pareto_chart({s.input}, "memory")->x_title, "memory [MB]");
  const auto typo = pareto_chart({s.input}, "latncy@host");
  ASSERT_FALSE(typo);
  EXPECT_EQ(typo.failure().code, "E816");
  EXPECT_EQ(typo.failure().message, "front has no latncy@host to draw as x");
  EXPECT_EQ(typo.failure().hint, "did you mean latency@host?");
  const auto unknown = pareto_chart({s.input}, "", "beauty");
  EXPECT_EQ(unknown.failure().message, "front has no beauty to draw as y");
  EXPECT_EQ(unknown.failure().hint, "it has accuracy, latency@host, macs, params, memory");
  const auto nothing = pareto_chart({});
  EXPECT_EQ(nothing.failure().code, "E818");
  EXPECT_EQ(nothing.failure().message, "there is no result to draw");
}

TEST(ParetoChart, TwoDevicesShareAnAxisTwoMetricsDoNot) {
  Shown a = shown("tiny_mobilenet", 40), b = shown("tiny_mobilenet", 40, 2, "phone");
  b.input.name = "second";
  const auto both = pareto_chart({a.input, b.input});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->x_title, "latency [ms]");
  EXPECT_EQ(both->series[0].name, "front (latency@host)");
  EXPECT_EQ(both->series[1].name, "second (latency@phone)");
  auto result = std::make_shared<SearchResult>(*b.input.result);
  result->metrics[1] = {"energy", "phone"};
  result->objectives[1].label = "energy@phone";
  b.input.result = result;
  const auto apart = pareto_chart({a.input, b.input});
  ASSERT_FALSE(apart);
  EXPECT_EQ(apart.failure().code, "E817");
  EXPECT_EQ(apart.failure().message, "front is drawn as accuracy over latency@host, second as accuracy over energy@phone");
  EXPECT_EQ(apart.failure().hint, "name what lies on the x axis, e.g. x = \"macs\"");
  EXPECT_TRUE(pareto_chart({a.input, b.input}, "macs"));
}

TEST(ParetoChart, ComposedObjectivesAreDrawnAsTheyAreMinimised) {
  Shown s = shown("tiny_mobilenet", 20);
  auto result = std::make_shared<SearchResult>(*s.input.result);
  // 2 * latency@host, a time
  Objective twice{{}, false, "2 * latency@host"};
  twice.expression.steps = {{MetricExpr::Op::constant, -1, 2}, {MetricExpr::Op::metric, 1, 0}, {MetricExpr::Op::multiply, -1, 0}};
  twice.expression.dimension = "time";
  result->objectives[1] = twice;
  s.input.result = result;
  const auto chart = pareto_chart({s.input});
  EXPECT_EQ(chart->x_title, "2 * latency@host [ms]");
  double low = INFINITY;
  for (const auto& row : result->rows) low = std::min(low, row.measured[1].value);
  EXPECT_NEAR(chart->series[0].points[0].x, 2e3 * low, 1e-12);
}

TEST(ConvergenceChart, IsTheShareOfTheFinalHypervolume) {
  const Shown s = shown("tiny_mobilenet", 80);
  const Chart chart = convergence_chart({s.input});
  EXPECT_DOUBLE_EQ(chart.series[0].points.back().y, 100);
  EXPECT_DOUBLE_EQ(chart.series[0].points.back().x, 80);
  const auto& curve = s.input.result->hypervolume;
  for (const auto& p : chart.series[0].points)
    EXPECT_DOUBLE_EQ(p.y, 100 * curve[static_cast<std::size_t>(p.x) - 1] / curve.back());
  ASSERT_EQ(chart.rules.size(), 2u);
  EXPECT_EQ(chart.rules[0].x, 40);
  EXPECT_EQ(chart.rules[1].label, "round 1");
  // Two searches against one reference point: the worse one does not reach 100 %.
  Shown b = shown("tiny_mobilenet", 80, 9);
  const Chart both = convergence_chart({s.input, b.input});
  EXPECT_DOUBLE_EQ(std::max(both.series[0].points.back().y, both.series[1].points.back().y), 100);
  EXPECT_LT(std::min(both.series[0].points.back().y, both.series[1].points.back().y), 100);
  EXPECT_EQ(xml_error(both.svg()), "");
}

TEST(ConvergenceChart, OfWhatIsMissingIsTheRestOnALogarithmicScale) {
  const Shown a = shown("tiny_mobilenet", 80), b = shown("tiny_mobilenet", 80, 9);
  const Chart reached = convergence_chart({a.input, b.input}), missing = convergence_chart({a.input, b.input}, true);
  ASSERT_EQ(missing.series.size(), reached.series.size());
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t i = 0; i < reached.series[s].points.size(); ++i)
      EXPECT_DOUBLE_EQ(missing.series[s].points[i].y, 100 - reached.series[s].points[i].y);
  EXPECT_EQ(missing.y_title, "missing share of the best final hypervolume [%]");
  EXPECT_EQ(reached.y_title, "share of the best final hypervolume [%]");
  EXPECT_EQ(xml_error(missing.svg()), "");
  // Equal ratios are equal ways: 100, 10 and 1 stand at equal distances; what is not positive stands at the foot.
  Chart chart;
  chart.y_logarithmic = true;
  chart.series.push_back({"",
                          {{0, 100, "", ChartMark::solid},
                           {1, 10, "", ChartMark::solid},
                           {2, 1, "", ChartMark::solid},
                           {3, 0, "", ChartMark::solid}}});
  std::vector<double> y;
  const std::string svg = chart.svg();
  for (std::size_t at = svg.find("cy=\""); at != std::string::npos; at = svg.find("cy=\"", at + 1))
    y.push_back(std::stod(svg.substr(at + 4)));
  ASSERT_EQ(y.size(), 4u);
  EXPECT_NEAR(y[1] - y[0], y[2] - y[1], 0.11);
  EXPECT_GT(y[3], y[2]);
  for (const char* tick : {">1<", ">10<", ">100<"}) EXPECT_NE(svg.find(tick), std::string::npos) << tick;
}

TEST(FamilyCharts, DrawTheMiddleAndTheRangeOfTheSeeds) {
  std::vector<Shown> runs;
  for (const std::uint64_t seed : {1u, 2u, 3u}) runs.push_back(shown("tiny_mobilenet", 80, seed));
  std::vector<OutputInput> inputs;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    inputs.push_back(runs[k].input);
    inputs[k].name = "front[seed " + std::to_string(k + 1) + "]";
    inputs[k].family = "front";
  }
  const Chart mean = convergence_chart(inputs);
  ASSERT_EQ(mean.series.size(), 1u);
  EXPECT_EQ(mean.series[0].name, "front (3 seeds)");
  ASSERT_EQ(mean.series[0].band.size(), mean.series[0].points.size());
  std::vector<const SearchResult*> results;
  for (const auto& run : runs) results.push_back(run.input.result.get());
  std::vector<std::vector<double>> curves;
  double best = 0;
  for (const auto* result : results) {
    curves.push_back(hypervolume_curve(*result, common_reference(results)));
    best = std::max(best, curves.back().back());
  }
  for (std::size_t i = 0; i < mean.series[0].points.size(); ++i) {
    const auto& band = mean.series[0].band[i];
    const auto at = static_cast<std::size_t>(band.x) - 1;
    const std::array values{100 * curves[0][at] / best, 100 * curves[1][at] / best, 100 * curves[2][at] / best};
    EXPECT_DOUBLE_EQ(band.low, *std::min_element(values.begin(), values.end()));
    EXPECT_DOUBLE_EQ(band.high, *std::max_element(values.begin(), values.end()));
    EXPECT_NEAR(mean.series[0].points[i].y, (values[0] + values[1] + values[2]) / 3, 1e-9);
  }
  const auto fronts = pareto_chart(inputs);
  ASSERT_TRUE(fronts);
  ASSERT_EQ(fronts->series.size(), 1u);
  ASSERT_FALSE(fronts->series[0].band.empty());
  // At every x of the line at least half of the runs attain its y, and the band holds the line.
  for (const ChartPoint& p : fronts->series[0].points) {
    if (p.mark != ChartMark::none) continue;
    int attain = 0;
    for (const auto& run : runs) {
      const ResultTable table(run.input);
      attain += std::any_of(table.front().begin(), table.front().end(), [&](std::size_t i) {
        return table.read(table.objectives()[1], table.row(i)).value <= p.x &&
               table.read(table.objectives()[0], table.row(i)).value >= p.y;
      });
    }
    EXPECT_GE(attain, 2);
    for (const auto& band : fronts->series[0].band)
      if (band.x == p.x) EXPECT_TRUE(band.low <= p.y && p.y <= band.high);
  }
  EXPECT_EQ(xml_error(fronts->svg()), "");
  EXPECT_NE(fronts->svg().find("class=\"chart-band\""), std::string::npos);
}

TEST(PredictionChart, HoldsExactlyTheNetworksThatWerePredictedFirst) {
  const Shown s = shown("tiny_mobilenet", 80);
  const ResultTable table(s.input);
  const Chart chart = prediction_chart(table, table.columns()[1]);
  ASSERT_EQ(chart.series.size(), 2u);
  EXPECT_EQ(chart.series[0].name, "round 1");
  EXPECT_EQ(chart.series[0].points.size() + chart.series[1].points.size(), 40u);
  EXPECT_DOUBLE_EQ(chart.series[0].points[0].x, s.input.result->rows[40].predicted[1] / 1e-3);
  EXPECT_DOUBLE_EQ(chart.series[0].points[0].y, s.input.result->rows[40].measured[1].value / 1e-3);
  EXPECT_EQ(xml_error(chart.svg()), "");
}
