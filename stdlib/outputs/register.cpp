#include "stdlib/register.h"

#include <fmt/format.h>

#include "core/component.h"
#include "core/services.h"
#include "stdlib/outputs/device_charts.h"
#include "stdlib/outputs/exports.h"
#include "stdlib/outputs/layer_export.h"
#include "stdlib/outputs/network_files.h"
#include "stdlib/outputs/network_graph.h"
#include "stdlib/outputs/predictor_charts.h"
#include "stdlib/outputs/predictor_export.h"
#include "stdlib/outputs/report.h"
#include "stdlib/outputs/result_charts.h"

namespace nas {

template <>
struct Labels<Part> {
  static constexpr const char* names[] = {"front", "best", "archive"};
};

/// What a script can be written of.
enum class ScriptPart { front, best, archive, space };
template <>
struct Labels<ScriptPart> {
  static constexpr const char* names[] = {"front", "best", "archive", "space"};
};

enum class NetworkPart { best };
template <>
struct Labels<NetworkPart> {
  static constexpr const char* names[] = {"best"};
};

namespace {

struct ParetoArgs {
  std::vector<StageRef> results;
  std::string x, y;
};
struct ConvergenceArgs {
  std::vector<StageRef> results;
  bool missing = false;
};
struct AttainmentArgs {
  std::vector<StageRef> results;
  std::vector<double> levels = {0.25, 0.5, 0.75};
};
struct FrontsArgs {
  std::vector<StageRef> results;
};
struct ClustersArgs {
  StageRef result;
  int min_cluster_size = 50;
  int min_samples = 10;
};
struct HeatmapArgs {
  std::vector<StageRef> profiles;
};
struct ScatterArgs {
  StageRef first, second;
};
struct PredictionArgs {
  StageRef predictor, profile;
};
struct LearningArgs {
  StageRef predictor;
  std::vector<int> sizes;
  int repeats = 5;
};
struct ResidualsArgs {
  StageRef predictor, profile;
  int genes = 16;
};
struct NetworkArgs {
  StageRef network;
};
struct ExportArgs {
  Part part = Part::front;
};
struct ScriptArgs {
  ScriptPart part = ScriptPart::front;
};
struct NetworkFileArgs {
  NetworkPart part = NetworkPart::best;
};
struct ReportArgs {
  std::vector<StageRef> results;
};

template <typename F>
class RenderedBy : public Output {
 public:
  explicit RenderedBy(F render) : render_(std::move(render)) {}
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts& facts) const override {
    if (inputs.empty())
      return Failure{"E818", "there is no result to show", "every branch that would have given one was skipped"};
    return render_(inputs, facts);
  }

 private:
  F render_;
};

template <typename F>
std::shared_ptr<void> output(F render) {
  return std::static_pointer_cast<Output>(std::make_shared<RenderedBy<F>>(std::move(render)));
}

/// The same for what depends on the results alone: `draw` gives a Result<std::string> from them.
template <typename F>
std::shared_ptr<void> drawing_output(F draw) {
  return output([draw](const std::vector<OutputInput>& in, const RunFacts&) { return draw(in); });
}

/// The same for a chart: `draw` gives a Result<Chart> from the searches.
template <typename F>
std::shared_ptr<void> chart_output(F draw) {
  return drawing_output([draw](const std::vector<OutputInput>& in) -> Result<std::string> {
    auto chart = draw(in);
    if (!chart) return chart.failure();
    return chart->svg();
  });
}

template <typename Args = ExportArgs, typename F>
Component export_component(std::string name, std::string doc, std::string parts, std::string details,
                           std::vector<std::string> examples, F text) {
  Declare<Args> declaration(ComponentKind::export_format, std::move(name), std::move(doc));
  declaration.arg("part", &Args::part, std::move(parts)).details(std::move(details)).writes_file();
  for (std::string& example : examples) declaration.example(std::move(example));
  return declaration.builds([text](const Args& a, Services&) {
    return output([text, part = a.part](const std::vector<OutputInput>& in, const RunFacts& facts) {
      return text(ResultTable(in[0]), facts, part);
    });
  });
}

NetworkFacts facts_of(const ResultTable& table, std::size_t row) {
  const OutputInput& input = table.input();
  NetworkFacts facts = {{"space", input.space->name()}, {"architecture", input.space->spell(table.row(row).arch)}};
  for (const Column& column : table.columns()) {
    const Reading reading = table.read(column, table.row(row));
    facts.emplace_back(column.label, (reading.measured ? "" : "~") + print_reading(column, reading));
  }
  return facts;
}

/// An export of the best network with its weights: `write` gives a Result<std::string> from network, weights and facts.
template <typename F>
Component network_export(std::string name, std::string doc, std::string details, F write) {
  const std::string example = fmt::format("export front.best as {} to \"out/best.{}\"", name, name == "torch" ? "pt" : name);
  return Declare<NetworkFileArgs>(ComponentKind::export_format, std::move(name), std::move(doc))
      .arg("part", &NetworkFileArgs::part, "which network: the best one by the first objective")
      .details(std::move(details))
      .writes_file()
      .needs_weights()
      .example(example)
      .builds([write](const NetworkFileArgs&, Services& services) {
        return output([write, &services](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> {
          const ResultTable table(in[0]);
          const auto rows = rows_of(table, Part::best);
          if (!rows) return rows.failure();
          const Space& space = *in[0].space;
          const Arch& arch = table.row(rows->front()).arch;
          auto runner = services.runner();
          if (!runner) return runner.failure();
          const Network network = space.network(arch);
          const auto weights = (*runner)->extract(*in[0].weights, space.weight_slots(), network, {});
          if (!weights) return weights.failure();
          return write(network, *weights, facts_of(table, rows->front()));
        });
      });
}

constexpr const char* kParts = "which networks: the front, the best one by the first objective, or all that were kept";

/// Charts of how good fronts are and what they are made of.
void add_front_charts(Registry& registry) {
  registry.add(
      Declare<AttainmentArgs>(ComponentKind::plot, "attainment",
                              "What a share of the runs of a family attains, as SVG: its attainment surfaces.")
          .arg("results", &AttainmentArgs::results, "families of runs to draw")
          .refers_to("Family")
          .required()
          .arg("levels", &AttainmentArgs::levels, "shares of the runs, one line each", between(0.001, 1))
          .details("Left of and below a line (towards the worse values) lies what at least that share of the seeds reached. "
                   "`plot pareto` draws the median and the range alone.")
          .objectives(2, 2)
          .paper("Grunert da Fonseca, Fonseca and Hall, EMO 2001, doi:10.1007/3-540-44719-9_15")
          .writes_file()
          .example("plot attainment(front, levels = [50%, 100%]) to \"out/attainment.svg\"")
          .builds([](const AttainmentArgs& a, Services&) {
            return chart_output([levels = a.levels](const std::vector<OutputInput>& in) { return attainment_chart(in, levels); });
          }));
  registry.add(
      Declare<FrontsArgs>(ComponentKind::plot, "parallel",
                          "The networks on the front over one axis for each objective and metric, as SVG.")
          .arg("results", &FrontsArgs::results, "searches to draw")
          .refers_to("Result")
          .required()
          .details("For fronts of three and more objectives. The objectives come first, then what else is known of every "
                   "network; better, for the first search, is up on every axis.")
          .writes_file()
          .example("plot parallel(front) to \"out/parallel.svg\"")
          .builds([](const FrontsArgs&, Services&) { return drawing_output(parallel_svg); }));
  registry.add(
      Declare<FrontsArgs>(ComponentKind::plot, "genes",
                          "How often the networks on the front choose each option of each gene, as SVG.")
          .arg("results", &FrontsArgs::results, "searches to draw; the runs of a family are counted together")
          .refers_to("Result")
          .required()
          .details(
              "Shares are of the networks in which the gene has a say; where these are not all, the last column says how many.")
          .writes_file()
          .example("plot genes(front) to \"out/genes.svg\"")
          .builds([](const FrontsArgs&, Services&) { return drawing_output(gene_svg); }));
  registry.add(
      Declare<ClustersArgs>(ComponentKind::plot, "clusters",
                            "The networks of a search by the clusters that they form, over its objectives, as SVG.")
          .arg("result", &ClustersArgs::result, "search whose networks are clustered")
          .refers_to("Result")
          .required()
          .arg("min_cluster_size", &ClustersArgs::min_cluster_size, "networks that make a cluster", between(2, 1000000))
          .arg("min_samples", &ClustersArgs::min_samples, "neighbours of a network in a dense region", between(1, 1000000))
          .details("HDBSCAN on one-hot encodings, as `popdb` uses it.")
          .paper("Campello, Moulavi and Sander, PAKDD 2013, doi:10.1007/978-3-642-37456-2_14")
          .writes_file()
          .example("plot clusters(front, min_cluster_size = 20) to \"out/clusters.svg\"")
          .builds([](const ClustersArgs& a, Services&) {
            return chart_output(
                [a](const std::vector<OutputInput>& in) { return cluster_chart(in[0], a.min_cluster_size, a.min_samples); });
          }));
}

/// Pictures of profiles: how devices and predictors agree.
void add_device_charts(Registry& registry) {
  registry.add(
      Declare<HeatmapArgs>(ComponentKind::plot, "heatmap",
                           "How alike devices order networks: rank correlations of profiles, as SVG.")
          .arg("profiles", &HeatmapArgs::profiles, "profiles of one space, or one profile of several devices")
          .refers_to("Profile")
          .required()
          .details("Spearman's correlation with average ranks over the networks that all profiles hold. Alike devices stand "
                   "beside one "
                   "another (average linkage on 1 - correlation); hovering shows the 95 % interval of Bonett and Wright (2000). "
                   "A device "
                   "that agrees with the others well can stand for them: see `transfer`.")
          .paper("Lu, Yang, Jiang, Shi, Ren, One Proxy Device Is Enough, SIGMETRICS 2022, doi:10.1145/3489048.3522660, figure 2")
          .writes_file()
          .example("plot heatmap(all) to \"out/monotonicity.svg\"")
          .builds([](const HeatmapArgs&, Services&) { return drawing_output(heatmap_svg); }));
  registry.add(
      Declare<ScatterArgs>(ComponentKind::plot, "latency_scatter", "The networks of two profiles, one axis each, as SVG.")
          .arg("first", &ScatterArgs::first, "profile on the x axis")
          .refers_to("Profile")
          .required()
          .arg("second", &ScatterArgs::second, "profile on the y axis")
          .refers_to("Profile")
          .required()
          .writes_file()
          .example("plot latency_scatter(base, probe) to \"out/devices.svg\"")
          .builds([](const ScatterArgs&, Services&) {
            return chart_output([](const std::vector<OutputInput>& in) { return latency_scatter(in.front(), in.back()); });
          }));
  registry.add(
      Declare<PredictionArgs>(ComponentKind::plot, "predicted_vs_measured",
                              "What a predictor says of the networks of a profile, as SVG.")
          .arg("predictor", &PredictionArgs::predictor, "predictor that has learnt from a profile, or a transfer")
          .refers_to("Predictor")
          .required()
          .arg("profile", &PredictionArgs::profile, "profile of networks that it has not learnt from")
          .refers_to("Profile")
          .required()
          .writes_file()
          .example("plot predicted_vs_measured(fit, probe) to \"out/predictions.svg\"")
          .builds([](const PredictionArgs&, Services&) {
            return chart_output([](const std::vector<OutputInput>& in) -> Result<Chart> {
              if (in.size() < 2 || !in[0].learnt)
                return Failure{"E818", "there is no predictor to show", "every branch that would have given one was skipped"};
              return predicted_vs_measured(in[0], in[1]);
            });
          }));
}

void add_predictor_charts(Registry& registry) {
  registry.add(
      Declare<LearningArgs>(ComponentKind::plot, "learning",
                            "The error of a predictor over how many networks it has learnt from, as SVG.")
          .arg("predictor", &LearningArgs::predictor, "predictor that has learnt from a profile, or a transfer")
          .refers_to("Predictor")
          .required()
          .arg("sizes", &LearningArgs::sizes, "how many networks; left out: doubling from ten", between(1, 10000000))
          .arg("repeats", &LearningArgs::repeats, "draws of the networks, each with others held out", between(1, 1000))
          .details(
              "A fifth of its profile is held out, and the predictor is learnt anew from networks of the rest; the line is the "
              "mean of the draws, the band their range. Of a transfer, the proxy's kind from scratch is drawn beside it: how "
              "many measurements it saves.")
          .writes_file()
          .example("plot learning(fit, sizes = [10, 20, 50]) to \"out/learning.svg\"")
          .builds([](const LearningArgs& a, Services&) {
            return output([a](const std::vector<OutputInput>& in, const RunFacts& facts) -> Result<std::string> {
              auto chart = learning_chart(in[0], a.sizes, a.repeats, facts.seed);
              if (!chart) return chart.failure();
              return chart->svg();
            });
          }));
  registry.add(
      Declare<ResidualsArgs>(ComponentKind::plot, "residuals",
                             "Where a predictor is wrong: its mean error by the options of each gene, as SVG.")
          .arg("predictor", &ResidualsArgs::predictor, "predictor that has learnt from a profile, or a transfer")
          .refers_to("Predictor")
          .required()
          .arg("profile", &ResidualsArgs::profile, "profile of networks that it has not learnt from")
          .refers_to("Profile")
          .required()
          .arg("genes", &ResidualsArgs::genes, "those that explain most of the error", between(1, 1000))
          .details(
              "Predicted less measured, as a share of the mean of what was measured. A gene with options apart from zero is one "
              "whose effect the predictor has not learnt; what single genes do not explain are interactions, or noise. What is "
              "wrong everywhere counts for none.")
          .writes_file()
          .example("plot residuals(fit, probe) to \"out/residuals.svg\"")
          .builds([](const ResidualsArgs& a, Services&) {
            return output([a](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> {
              if (in.size() < 2 || !in[0].learnt)
                return Failure{"E818", "there is no predictor to show", "every branch that would have given one was skipped"};
              return residuals_svg(in[0], in[1], static_cast<std::size_t>(a.genes));
            });
          }));
}

}  // namespace

void add_outputs(Registry& registry) {
  registry.add(
      Declare<ParetoArgs>(ComponentKind::plot, "pareto",
                          "Measured networks and the Pareto front of one or more searches, as SVG.")
          .arg("results", &ParetoArgs::results, "searches to draw")
          .refers_to("Result")
          .required()
          .arg("x", &ParetoArgs::x, "what lies on the x axis, e.g. macs or latency@host; \"\" = the objective to be minimised")
          .refers_to("Metric")
          .arg("y", &ParetoArgs::y, "what lies on the y axis; \"\" = the other objective")
          .refers_to("Metric")
          .details("Solid points lie on the front, hollow ones too but a model gave their values; faint ones are dominated, "
                   "crosses break a condition. Conditions on an axis are shaded.")
          .writes_file()
          .version(3)
          .example("plot pareto(front) to \"out/front.svg\"")
          .builds([](const ParetoArgs& a, Services&) {
            return chart_output([x = a.x, y = a.y](const std::vector<OutputInput>& in) { return pareto_chart(in, x, y); });
          }));
  add_front_charts(registry);
  add_device_charts(registry);
  add_predictor_charts(registry);
  registry.add(Declare<ConvergenceArgs>(ComponentKind::plot, "convergence",
                                        "Hypervolume of the front over the networks measured or evaluated so far, as SVG.")
                   .arg("results", &ConvergenceArgs::results, "searches to draw")
                   .refers_to("Result")
                   .required()
                   .arg("missing", &ConvergenceArgs::missing, "what is missing to the best, on a logarithmic scale")
                   .details("Of a family of runs ({ seeds = 1..5 }) the mean is drawn, and behind it the range of its seeds. "
                            "Searches for the same "
                            "objectives are measured against one reference point.")
                   .writes_file()
                   .version(3)
                   .example("plot convergence(front) to \"out/convergence.svg\"")
                   .builds([](const ConvergenceArgs& a, Services&) {
                     return output(
                         [missing = a.missing](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> {
                           return convergence_chart(in, missing).svg();
                         });
                   }));
  registry.add(
      Declare<NetworkArgs>(ComponentKind::plot, "network", "One network, layer by layer, with shapes and operations, as SVG.")
          .arg("network", &NetworkArgs::network, "an architecture, or a search for the best one it found")
          .refers_to("Result|Arch")
          .required()
          .details("Norms and activations stand with the layer before them; passes of a repeat are framed. The fuller a "
                   "box, the larger its share of the network's operations. Drawn by Graphviz.")
          .writes_file()
          .needs_program("dot")
          .example("plot network(front.best) to \"out/best.svg\"")
          .builds([](const NetworkArgs&, Services& services) {
            return output([&services](const std::vector<OutputInput>& in, const RunFacts&) -> Result<std::string> {
              const ResultTable table(in[0]);
              const auto rows = rows_of(table, Part::best);
              if (!rows) return rows.failure();
              const Arch& arch = table.row(rows->front()).arch;
              return services.graph_svg(network_graph(in[0].space->network(arch), in[0].space->spell(arch)));
            });
          }));
  registry.add(export_component("csv", "Networks of a result, one a row, units in the header.", kParts,
                                "The first columns spell the network as the space does, so that table(...) reads the file back.",
                                {"export front as csv to \"out/front.csv\""},
                                [](const ResultTable& table, const RunFacts&, Part part) { return csv_of(table, part); }));
  registry.add(export_component(
      "json", "Networks of a result with genes, metrics and units.", kParts, "", {"export front as json to \"out/front.json\""},
      [](const ResultTable& table, const RunFacts& facts, Part part) { return json_of(table, facts, part); }));
  registry.add(layer_export());
  registry.add(yaml_export());
  registry.add(predictor_export());
  registry.add(export_component<ScriptArgs>(
      "nas", "A script that rebuilds exactly these networks, or the space that was searched.",
      std::string(kParts) + "; space: what popdb has left of the space",
      "It ends with an error when the space has come to mean other networks.",
      {"export front.best as nas to \"out/best.nas\"", "export front.space as nas to \"out/space.nas\""},
      [](const ResultTable& table, const RunFacts&, ScriptPart part) {
        return part == ScriptPart::space ? space_script_of(table) : script_of(table, static_cast<Part>(part));
      }));
  registry.add(network_export(
      "onnx", "The best network with its weights as an ONNX model.",
      "Opset 17. Input: images, N x channels x height x width, float32, each pixel (p / 255 - image_mean) / image_deviation; "
      "both "
      "numbers stand in the model's metadata. Output: logits, N x classes. Batch norms keep the statistics of the network's own "
      "recalibration.",
      onnx_model));
  registry.add(network_export(
      "torch", "The best network with its weights as a file for PyTorch.",
      "torch.load reads it: the layers as JSON and a state dict. nas_torch.load (python/nas_torch.py) makes a torch.nn.Module of "
      "it, to evaluate or to train on.",
      [](const Network& network, const NetworkWeights& weights, const NetworkFacts& facts) -> Result<std::string> {
        return torch_file(network, weights, facts);
      }));
  registry.add(
      Declare<ReportArgs>(
          ComponentKind::report, "report",
          "One HTML page that needs no network: fronts, convergence, predictions, drawings, script, plan, machine.")
          .arg("results", &ReportArgs::results, "searches to show")
          .refers_to("Result")
          .writes_file()
          .version(2)
          .details("Predictors are shown beside searches: what each is made of, how it was judged, and of a `tune` the table "
                   "of its "
                   "trials.")
          .example("report front to \"out/report.html\"")
          .builds([](const ReportArgs&, Services&) {
            return output([](const std::vector<OutputInput>& in, const RunFacts& facts) -> Result<std::string> {
              return report_html(in, facts);
            });
          }));
}

}  // namespace nas
