// bench_real: every search on three problems of published measurements, at equal evaluations: hypervolume and time, medians over
// the seeds, and pymoo's searches beside them. One table; NAS_SHARED_DATA names the folder of the tables.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>

#include "../space/space_fixture.h"
#include "core/files.h"
#include "core/pareto.h"
#include "core/services.h"
#include "core/statistics.h"
#include "embed/interpreter.h"
#include "stdlib/devices/lut.h"
#include "stdlib/objectives/perceptron_source.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// One way in which a peer looks at a problem's networks.
struct PeerWay {
  const char *kind, *words, *only;  ///< only one algorithm, null = all
};

struct Problem {
  const char *name, *statements, *cost, *most, *wish;  ///< the objective, about its largest value, a point near the front
  int evaluations;
  double accuracy, slowest;  ///< the reference point, in percent and in the cost's unit; 0 = the largest cost of the whole front
  bool exhaustive;           ///< the true front is known
  std::vector<PeerWay> peers;
};

const Problem kProblems[] = {
    {"NAS-Bench-201, pixel 3",
     "space net = nasbench201()\ndevice board = table(\"${data}/nasbench201.csv.gz\", value = \"lat_pixel3\", unit = 1ms)\n"
     "objective maximize accuracy from table(\"${data}/nasbench201.csv.gz\", value = \"acc_cifar10\", unit = 1%)\nobjective "
     "minimize "
     "latency@board\n",
     "latency@board",
     "37ms",
     "93%, 12ms",
     1000,
     0,
     36.7665,
     true,
     {{"nasbench201", "", nullptr}}},
    {"once-for-all, Note 10",
     "space net = ofa_mobilenetv3(width = 1.2, resolution = [160, 176, 192, 208, 224])\ndevice board = "
     "lut(\"${data}/note10_lut_w12.csv.gz\", unit = 1ms)\n"
     "objective maximize accuracy from perceptron(\"${data}/ofa_mobilenetv3_w12_accuracy_mlp.json\", features = \"ofa_128\", "
     "unit = "
     "1)\nobjective minimize latency@board\n",
     "latency@board",
     "100ms",
     "78%, 30ms",
     5000,
     70,
     100,
     false,
     {{"ofa", ", a population at once", nullptr}, {"ofa_rows", ", one network at a time", "NSGA2"}}},
    {"1,819 ImageNet rows",
     "space ofa = ofa_mobilenetv3(width = 1.0)\n"
     "space net = pool(ofa, table(\"${data}/ofa_mobilenetv3_w10_accuracy.csv.gz\", duplicates = mean))\n"
     "objective maximize accuracy from table(\"${data}/ofa_mobilenetv3_w10_accuracy.csv.gz\", value = \"top1\", unit = 1%, "
     "duplicates = "
     "mean)\nobjective minimize macs\n",
     "macs",
     "600M",
     "75%, 250M",
     400,
     70,
     600,
     true,
     {{"pool", ", moved to the nearest row", nullptr}}}};

/// A search and how it is put to a problem: with both objectives, or, where it takes one, as runs along a line of weights that
/// share the evaluations.
struct Search {
  std::string call;
  bool weighted = false;
  bool learns = false;  ///< measures what predictors choose; both metrics from tables are learnt
  std::string name() const { return call.substr(0, call.find('(')); }
};
constexpr int kWeights = 10;

std::string statements_of(const Search& search, const Problem& problem, int seeds) {
  std::string text = std::string("param data : string = \".\"\n") + problem.statements;
  const std::string until = fmt::format(" until evaluations >= {}", problem.evaluations);
  if (search.call == "exhaustive()") return text + "search s = exhaustive() over net\n";
  if (search.learns) {
    // 50 first networks and rounds of 50.
    text += "predictor ridge() of accuracy\n";
    if (std::string(problem.cost) != "macs") text += fmt::format("predictor ridge() of {}\n", problem.cost);
    return text + fmt::format("search s = {}(initial = 50, evaluate = 50, rounds = {}) over net {{ seeds = 1..{} }}\n",
                              search.name(), problem.evaluations / 50 - 1, seeds);
  }
  if (!search.weighted) {
    const std::string call =
        search.call == "rnsga2" ? fmt::format("rnsga2(population = 50, reference = [{}])", problem.wish) : search.call;
    return text + fmt::format("search s = {} with direct() over net{} {{ seeds = 1..{} }}\n", call, until, seeds);
  }
  for (int k = 0; k < kWeights; ++k)
    text += fmt::format(
        "search s{0} = {1} with direct() over net of maximize {2} * accuracy / 100% - {3} * {4} / {5} until evaluations >= {6} "
        "{{ seeds = 1..{7} }}\n",
        k, search.call, (k + 0.5) / kWeights, 1 - (k + 0.5) / kWeights, problem.cost, problem.most,
        problem.evaluations / kWeights, seeds);
  return text;
}

struct Row {
  std::vector<double> volumes, seconds;
};

void add_points(const Front& front, const Problem& problem, std::vector<double>& points) {
  const auto &accuracy = front.find("accuracy")->numbers, &cost = front.find(problem.cost)->numbers;
  for (std::size_t i = 0; i < accuracy.size(); ++i) points.insert(points.end(), {-accuracy[i], cost[i]});
}

/// Volume and seconds of every run of one search; nothing where it cannot run.
std::optional<Row> ours(const std::string& folder, const Problem& problem, const Search& search, int seeds) {
  Options options;
  options.stdlib_folders = {NAS_SOURCE_DIR "/stdlib"};
  const auto scratch = std::filesystem::temp_directory_path() / fmt::format("nas_bench_real_{}", getpid());
  options.store_folder = scratch / "store";
  options.output_folder = scratch;
  options.threads = 1;
  options.fresh = true;
  std::map<std::string, double> seconds;
  Callbacks callbacks;
  callbacks.progress = [&](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::finished) seconds[event.stage] = event.seconds;
  };
  options.params = {{"data", folder}};
  Interpreter interpreter(options, callbacks);
  interpreter.load_text("bench.nas", statements_of(search, problem, seeds));
  if (interpreter.run() != Status::ok) {
    fmt::print(stderr, "{}{}", interpreter.render_diagnostics(false), interpreter.failure_text());
    return std::nullopt;
  }
  // The runs of one seed stand one family apart.
  const auto names = interpreter.result_names();
  Row row;
  for (std::size_t seed = 0; seed < std::min<std::size_t>(names.size(), static_cast<std::size_t>(seeds)); ++seed) {
    std::vector<double> points;
    double took = 0;
    for (std::size_t i = seed; i < names.size(); i += static_cast<std::size_t>(seeds)) {
      add_points(*interpreter.front(names[i]), problem, points);
      took += seconds[names[i]];
    }
    row.volumes.push_back(hypervolume(points, 2, std::vector<double>{-problem.accuracy, problem.slowest}));
    row.seconds.push_back(took);
  }
  std::error_code error;
  std::filesystem::remove_all(scratch, error);
  return row;
}

/// The same by pymoo, which reads the published tables by itself, on one thread. The seconds are those of its search; those of
/// the whole process and how many networks it looked at follow.
struct PeerRow {
  Row row;
  std::vector<double> process, networks;
};

std::optional<std::string> spoken(const std::string& command) {
  FILE* pipe = popen(("OPENBLAS_NUM_THREADS=1 " + command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  std::string text;
  for (int c; (c = std::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
  return pclose(pipe) == 0 ? std::optional(text) : std::nullopt;
}

std::optional<PeerRow> peer(const std::string& folder, const std::string& kind, const std::string& search, const Problem& problem,
                            int seeds) {
  PeerRow made;
  for (int seed = 1; seed <= seeds; ++seed) {
    const auto began = std::chrono::steady_clock::now();
    const auto text = spoken(fmt::format(
        "timeout 600 {}/peers_venv/bin/python {}/tests/bench/peers/pymoo_real.py {} {} {} {} {} {} {}", NAS_BINARY_DIR,
        NAS_SOURCE_DIR, kind, search, folder, problem.evaluations, problem.accuracy, problem.slowest, seed));
    double seconds = 0, volume = 0, networks = 0;
    if (!text || std::sscanf(text->c_str(), "%lf %lf %lf", &seconds, &volume, &networks) != 3) return std::nullopt;
    made.process.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    made.row.seconds.push_back(seconds);
    made.row.volumes.push_back(volume);
    made.networks.push_back(networks);
  }
  return made;
}

void print(const std::string& name, const std::optional<Row>& row, double best, const std::string& more = "") {
  if (!row) {
    fmt::print("    {:<39} cannot run here\n", name);
    return;
  }
  auto volumes = row->volumes, seconds = row->seconds;
  fmt::print("    {:<39} {:>7.2f} %  {:>9.3f} s{}\n", name, 100 * median(volumes) / best, median(seconds), more);
}

void print_peer(const std::string& name, const std::optional<PeerRow>& made, const Problem& problem, double best) {
  std::string more;
  if (made) {
    more = fmt::format("  {:>9.3f} s", median(made->process));
    if (const double networks = median(made->networks); networks < problem.evaluations)
      more += fmt::format("  found {:.0f} different networks only", networks);
  }
  print("pymoo " + name, made ? std::optional(made->row) : std::nullopt, best, more);
}

/// Says how far the peer's values of once-for-all's networks lie from ours and from the published ones.
void compare_values(const std::string& folder) {
  struct Files : Services {
    Result<std::string> read_file(const std::string& path) override { return read_whole_file(path); }
    Result<std::string> input_path(const std::string& path) override { return path; }
    Result<NetworkRunner*> runner() override { return Failure{"", "there is none", ""}; }
    int threads() const override { return 1; }
  } files;
  LutArgs lut;
  lut.file = folder + "/note10_lut_w12.csv.gz";
  lut.unit = 1e-3;
  PerceptronArgs perceptron;
  perceptron.file = folder + "/ofa_mobilenetv3_w12_accuracy_mlp.json";
  perceptron.features = "ofa_128";
  const auto latency = LayerTable::open(lut, files);
  const auto accuracy = PerceptronSource::open(perceptron, files);
  Stream stream(2024, "networks");
  std::string text = "ks,e,d,resolution,predicted_acc,note10_lut_ms\n";
  for (int resolution = 160; resolution <= 224; resolution += 16) {
    const auto made = compile_stdlib("ofa_mobilenetv3", {{"width", 1.2}, {"resolution", resolution}});
    for (int i = 0; i < 20; ++i) {
      const auto arch = made->space->sample(stream);
      double values[2] = {};
      std::size_t at = 0;
      const auto keep = [&](std::size_t, const Measurement& m) { values[at] = m.value; };
      if (!arch || !(*accuracy)->measure(*made->space, std::span(&*arch, 1), {}, keep)) std::abort();
      at = 1;
      if (!(*latency)->measure(*made->space, std::span(&*arch, 1), {}, keep)) std::abort();
      const auto fields = made->space->spell(*arch, 0);
      text += fmt::format("{},{},{},{},{:.17g},{:.17g}\n", fmt::join(fields[0], " "), fmt::join(fields[1], " "),
                          fmt::join(fields[2], " "), resolution, values[0], 1e3 * values[1]);
    }
  }
  const std::string random = (std::filesystem::temp_directory_path() / fmt::format("nas_bench_real_{}.csv", getpid())).string();
  std::ofstream(random) << text;
  for (const auto& [path, whose] : {std::pair(random, "ours"), std::pair(folder + "/ofa_w12_golden.csv", "published")}) {
    const auto said = spoken(fmt::format("{}/peers_venv/bin/python {}/tests/bench/peers/ofa_note10.py {} {}", NAS_BINARY_DIR,
                                         NAS_SOURCE_DIR, folder, path));
    int count = 0;
    double worst[4];
    if (said && std::sscanf(said->c_str(), "%d %lf %lf %lf %lf", &count, worst, worst + 1, worst + 2, worst + 3) == 5)
      fmt::print("    the peer's values of {} networks differ from {} by {:.1e} points and {:.1e} ms at most\n", count,
                 whose == std::string("ours") ? "ours" : "the published ones", 100 * std::max(worst[0], worst[2]),
                 std::max(worst[1], worst[3]));
  }
  std::filesystem::remove(random);
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string(argv[1]) == "--quick";
  const auto folder = shared_data();
  if (!folder) {
    fmt::print("Searches on published measurements: the tables are not there (set NAS_SHARED_DATA)\n");
    return 0;
  }
  const int seeds = quick ? 3 : 9;
  fmt::print(
      "Searches on published measurements on one thread, medians of {} seeds (pymoo {}): share of the best hypervolume, "
      "time of a search, of pymoo's whole process too\n",
      seeds, quick ? 1 : 3);
  const std::vector<Search> searches = {{"random()"},
                                        {"nsga2(population = 50)"},
                                        {"nsga3(population = 50)"},
                                        {"unsga3(population = 50)"},
                                        {"age_moea(population = 50)"},
                                        {"moead(population = 50)"},
                                        {"ctaea(population = 50)"},
                                        {"sms_emoa(population = 50)"},
                                        {"mo_cmaes(population = 50)"},
                                        {"rnsga2"},
                                        {"evolution(population = 50)"},
                                        {"ga(population = 20)", true},
                                        {"cmaes()", true},
                                        {"regularized_evolution(population = 20, sample = 5)", true},
                                        {"local()", true},
                                        {"weaknas", false, true},
                                        {"bananas", false, true}};
  const std::vector<std::string> peers =
      quick ? std::vector<std::string>{"NSGA2"}
            : std::vector<std::string>{"NSGA2", "NSGA3", "UNSGA3", "AGEMOEA", "MOEAD", "CTAEA", "SMSEMOA"};
  for (const Problem& problem : kProblems) {
    std::map<std::string, std::optional<Row>> rows;
    for (const Search& search : searches) rows[search.name()] = ours(*folder, problem, search, seeds);
    double best = 0;
    for (const auto& [search, row] : rows)
      if (row) best = std::max(best, *std::max_element(row->volumes.begin(), row->volumes.end()));
    std::optional<Row> truth;
    if (problem.exhaustive) truth = ours(*folder, problem, {"exhaustive()"}, 1);
    if (truth) best = truth->volumes[0];
    fmt::print("  {}, {} evaluations, of the {} front\n", problem.name, problem.evaluations,
               problem.exhaustive ? "true" : "best");
    if (truth) print("exhaustive, every network", truth, best);
    for (const Search& search : searches)
      print(search.name() + (search.weighted ? fmt::format(", {} weights", kWeights)
                             : search.learns ? ", ridge"
                                             : ""),
            rows[search.name()], best);
    for (const PeerWay& way : problem.peers)
      for (const std::string& search : peers)
        if (!way.only || search == way.only)
          print_peer(search + way.words, peer(*folder, way.kind, search, problem, quick ? 1 : 3), problem, best);
    if (problem.peers.size() > 1) compare_values(*folder);
    std::fflush(stdout);
  }
}
