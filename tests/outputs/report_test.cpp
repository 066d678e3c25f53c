// The report: well-formed, offline, escaped, complete; drawings that add up to the network.
#include "stdlib/outputs/report.h"

#include <gtest/gtest.h>

#include "core/component.h"
#include "core/layer_profile.h"
#include "core/learnt.h"
#include "shown.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/outputs/network_drawing.h"
#include "stdlib/register.h"

using namespace nas;
using namespace nas::testing;

TEST(NetworkDrawing, BlocksAddUpToTheNetwork) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3"}) {
    auto made = compile_stdlib(name);
    const Space& space = *made->space;
    Stream stream(3, "drawing");
    for (int i = 0; i < 10; ++i) {
      const Arch arch = *space.sample(stream);
      std::int64_t macs = 0, params = 0;
      std::size_t genes = 0;
      for (const NetworkBlock& block : network_blocks(space, arch)) {
        macs += block.macs;
        params += block.params;
        genes += block.genes.size();
      }
      EXPECT_EQ(macs, space.macs(arch.genes)) << name;
      EXPECT_EQ(params, space.params(arch.genes)) << name;
      const std::string svg = network_svg(space, arch, 900);
      EXPECT_EQ(xml_error(svg), "");
      // Every choice that is active is drawn somewhere.
      for (const auto& [gene, option] : space.gene_values(arch))
        EXPECT_NE(svg.find(gene.substr(gene.rfind('.') + 1) + " " + option), std::string::npos) << gene << " " << option;
    }
  }
}

TEST(NetworkDrawing, BlocksOfTheOfaSpaceAreItsBlocks) {
  auto made = compile_stdlib("ofa_mobilenetv3");
  const auto blocks = network_blocks(*made->space, made->space->smallest());
  std::vector<std::string> names;
  for (const auto& b : blocks) names.push_back(b.group + (b.name.empty() ? "" : "." + b.name));
  EXPECT_EQ(names[3], "stage[1].block[1]");
  EXPECT_EQ(blocks[3].genes, (std::vector<std::string>{"kernel 3", "expand 3"}));
  EXPECT_EQ(blocks[3].out, (Shape{24, 56, 56}));
  EXPECT_EQ(std::count_if(blocks.begin(), blocks.end(), [](const auto& b) { return b.group.rfind("stage", 0) == 0; }), 10);
}

TEST(Report, IsWellFormedOfflineAndComplete) {
  const Shown s = shown("tiny_mobilenet", 80);
  const RunFacts facts = run_facts();
  const std::string html = report_html({s.input}, facts);
  EXPECT_EQ(xml_error(html), "");
  // Nothing is fetched: the only address is the name of the SVG language, and the page forbids the rest.
  EXPECT_EQ(count_of(html, "http"), count_of(html, "xmlns=\"http://www.w3.org/2000/svg\"") + count_of(html, "http-equiv"));
  EXPECT_EQ(count_of(html, "src="), 0u);
  EXPECT_EQ(count_of(html, "<script"), 0u);
  EXPECT_EQ(count_of(html, "href=\""), count_of(html, "href=\"#"));
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const char* part : {"seed 1", "highest accuracy", "lowest latency@host", "Pareto front in tiny_mobilenet", "The front",
                           "test accuracy [%]", "Convergence", "Predicted against measured", "0.812", "Chosen networks",
                           "Training", "55,000 training, 5,000 validation and 10,000 test images", "Script", "Plan",
                           "100 measurements", "A processor", "LibTorch", "2 min 34 s", "2026-01-02T03:04:05Z"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  // One row per network of the front, with its test accuracy.
  const auto begin = html.find("<h3>The front</h3>");
  const std::string table = html.substr(begin, html.find("</table>", begin) - begin);
  EXPECT_EQ(count_of(table, "<tr>"), s.input.result->front.size() + 1);
  for (std::size_t k = 0; k < s.input.result->front.size(); ++k)
    EXPECT_NE(table.find(s.space->spell(s.input.result->rows[s.input.result->front[k]].arch)), std::string::npos);
  EXPECT_EQ(html, report_html({s.input}, facts));
}

TEST(Report, EscapesEverythingFromOutside) {
  Shown s = shown("tiny_mobilenet", 40);
  const std::string evil = "</pre><script>x</script>\"'&\x01\xFF";
  s.input.name = evil;
  auto result = std::make_shared<SearchResult>(*s.input.result);
  result->constraints[0].label = evil;
  result->objectives[0].label = evil;
  result->rounds[0].predictor = evil;
  s.input.result = result;
  RunFacts facts = run_facts();
  facts.script_name = facts.script_text = facts.plan_text = facts.started = evil;
  facts.device[evil.substr(0, 20)] = evil;
  facts.versions["v"] = evil;
  facts.stage_seconds = {{evil, 1}};
  facts.weights[0].summary = facts.weights[0].dataset.name = evil;
  const std::string html = report_html({s.input, s.input}, facts);
  EXPECT_EQ(xml_error(html), "");
  EXPECT_EQ(count_of(html, "<script"), 0u);
}

TEST(Report, ShowsPredictorsBesideSearches) {
  const Shown s = shown("tiny_mobilenet", 40);
  const std::string evil = "</td><script>x</script>\"'&\x01\xFF";
  auto learnt = std::make_shared<Learnt>();
  learnt->metric = {"latency", "host"};
  learnt->space = s.space;
  learnt->rows = 60;
  learnt->summary = evil;
  learnt->judgement = {{{evil, 0.912, 0.034}, {"ridge from scratch", NAN, NAN}}, 12, 1};
  OutputInput input;
  input.name = "best";
  input.space = s.space;
  input.learnt = learnt;
  const RunFacts facts = run_facts();
  const std::string plain = report_html({input, s.input}, facts);
  EXPECT_EQ(xml_error(plain), "");
  for (const char* part :
       {"<a href=\"#result1\">best</a>", "<h2 id=\"result1\">best</h2>", "latency@host in space tiny_mobilenet",
        "from 60 networks", "Learnt without 12 of the networks, on these.", "<td>0.912</td><td>3.40</td>",
        "<td class=\"arch\">ridge from scratch</td><td>-</td><td>-</td>", "<h3>The front</h3>"})
    EXPECT_NE(plain.find(part), std::string::npos) << part;
  EXPECT_EQ(plain.find("Trials"), std::string::npos);
  EXPECT_EQ(plain.find("All fronts"), std::string::npos);  // there is one
  EXPECT_EQ(count_of(plain, "<script"), 0u);
  // Of a tune its trials, too.
  learnt->choices = {"rate", "layers"};
  auto row = [&](int trial, nlohmann::json rmse, bool chosen) {
    return nlohmann::json{
        {"trial", trial},     {"bracket", 1},   {"rung", 1},        {"budget", 9},
        {"rmse_share", rmse}, {"kendall", 0.5}, {"chosen", chosen}, {"arguments", {{"rate", 0.01}, {"layers", {64, 32}}}}};
  };
  learnt->tuned = {
      {"rows", {row(1, nullptr, false), row(2, 0.0123, true)}}, {"unit", "epochs"}, {"chosen", evil}, {"selection", evil}};
  const std::string tuned = report_html({input}, facts);
  EXPECT_EQ(xml_error(tuned), "");
  EXPECT_EQ(count_of(tuned, "<script"), 0u);
  EXPECT_NE(
      tuned.find(
          "<tr><td>1</td><td>1</td><td>1</td><td>9</td><td>-</td><td>0.500</td><td>0.01</td><td>[64, 32]</td><td></td></tr>\n"
          "<tr><td>2</td><td>1</td><td>1</td><td>9</td><td>1.23</td><td>0.500</td><td>0.01</td><td>[64, 32]</td>"
          "<td>chosen</td></tr>"),
      std::string::npos)
      << tuned.substr(tuned.find("Trials"), 900);
}

TEST(Report, UnusualResults) {
  Shown s = shown("tiny_mobilenet", 40);
  const RunFacts facts = run_facts();
  auto changed = [&](auto change) {
    auto result = std::make_shared<SearchResult>(*s.input.result);
    OutputInput input = s.input;
    change(*result, input);
    input.result = result;
    const std::string html = report_html({input}, facts);
    EXPECT_EQ(xml_error(html), "");
    EXPECT_EQ(html.find("nan"), std::string::npos);
    return html;
  };
  EXPECT_NE(changed([](SearchResult& r, OutputInput& in) {
              r.front.clear(), in.test_accuracy.clear();
            }).find("No network met the conditions: the front is empty."),
            std::string::npos);
  changed([](SearchResult& r, OutputInput& in) { r.front.resize(1), in.test_accuracy.resize(1); });
  changed([](SearchResult& r, OutputInput& in) { r.rounds.clear(), r.hypervolume.clear(), in.test_accuracy.clear(); });
  changed([](SearchResult& r, OutputInput&) { r.rounds[0].kendall_tau = r.rounds[1].mape = NAN; });
  changed([](SearchResult& r, OutputInput&) { r.objectives.resize(1); });
  changed([](SearchResult& r, OutputInput&) { r.rows.clear(), r.front.clear(), r.hypervolume.clear(); });
  const std::string predicted = changed([](SearchResult& r, OutputInput&) {
    r.rows[r.front[0]].predicted = {0.9, 1e-3};
    r.rows[r.front[0]].measured.clear();
  });
  EXPECT_NE(predicted.find("predicted, not measured"), std::string::npos);
  const std::string disturbed = changed([](SearchResult& r, OutputInput&) { r.rows[r.front[0]].measured[1].disturbed = true; });
  EXPECT_NE(disturbed.find("the machine was busy"), std::string::npos);
}

TEST(Outputs, EveryComponentRendersAndRefusesNothing) {
  Registry registry;
  add_outputs(registry);
  struct NoServices : Services, LayerProfiles {
    std::shared_ptr<const LayerProfile> layer_profile(const std::string&) const override {
      auto profile = std::make_shared<LayerProfile>();
      const auto made = compile_stdlib("tiny_mobilenet");
      const auto units = units_of_space(*made->space);
      for (const LayerUnit& unit : *units) profile->rows.push_back({unit.key, 1e-3, 1e-5, 30});
      return profile;
    }
    Result<std::string> read_file(const std::string&) override { return Failure{}; }
    Result<std::string> input_path(const std::string&) override { return Failure{}; }
    Result<NetworkRunner*> runner() override { return Failure{}; }
    int threads() const override { return 1; }
    Result<std::string> graph_svg(const std::string& graph) override { return "<svg>" + graph + "</svg>"; }
  } services;
  Shown s = shown("tiny_mobilenet", 60), again = shown("tiny_mobilenet", 60, 2);
  gather_around_the_ends(s);
  s.input.family = again.input.family = "front";  // attainment is of several runs
  for (const auto kind : {ComponentKind::plot, ComponentKind::export_format, ComponentKind::report})
    for (const Component* component : registry.of_kind(kind)) {
      if (component->needs_weights) continue;  // network_files_test
      auto built = component->build({{"min_cluster_size", 5}, {"min_samples", 2}}, services);
      ASSERT_TRUE(built);
      const auto output = std::static_pointer_cast<Output>(*built);
      const auto takes = [&](const char* kind) {
        return std::any_of(component->args.begin(), component->args.end(),
                           [&](const ArgSpec& a) { return a.stage_kind == kind; });
      };
      if (takes("Predictor") || component->name == "predictor") continue;  // device_charts_test, predictor_charts_test
      const auto bytes = output->render({s.input, takes("Profile") ? s.input : again.input}, run_facts());
      ASSERT_TRUE(bytes) << component->name << bytes.failure().message;
      EXPECT_GT(bytes->size(), 200u) << component->name;
      const auto none = output->render({}, run_facts());
      ASSERT_FALSE(none) << component->name;
      EXPECT_EQ(none.failure().message, "there is no result to show");
      EXPECT_EQ(none.failure().hint, "every branch that would have given one was skipped");
    }
}
