// bench_real: every search for fronts on three problems of published measurements, at equal evaluations: hypervolume and time,
// medians over the seeds, and pymoo's searches beside them on the first. One table; NAS_SHARED_DATA names the folder of the
// tables.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "../fixture.h"
#include "core/pareto.h"
#include "core/statistics.h"
#include "embed/interpreter.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Problem {
  const char *name, *statements, *cost;
  int evaluations;
  double accuracy, slowest;  ///< the reference point, in percent and in the cost's unit; 0 = the largest cost of the whole front
  bool exhaustive;           ///< the true front is known
};

const Problem kProblems[] = {
    {"NAS-Bench-201, pixel 3",
     "space net = nasbench201()\ndevice board = table(\"${data}/nasbench201.csv.gz\", value = \"lat_pixel3\", unit = 1ms)\n"
     "objective maximize accuracy from table(\"${data}/nasbench201.csv.gz\", value = \"acc_cifar10\", unit = 1%)\nobjective "
     "minimize "
     "latency@board\n",
     "latency@board", 1000, 0, 36.7665, true},
    {"once-for-all, Note 10",
     "space net = ofa_mobilenetv3(width = 1.2, resolution = [160, 176, 192, 208, 224])\ndevice board = "
     "lut(\"${data}/note10_lut_w12.csv.gz\", unit = 1ms)\n"
     "objective maximize accuracy from perceptron(\"${data}/ofa_mobilenetv3_w12_accuracy_mlp.json\", features = \"ofa_128\", "
     "unit = "
     "1)\nobjective minimize latency@board\n",
     "latency@board", 5000, 70, 100, false},
    {"1,819 ImageNet rows",
     "space ofa = ofa_mobilenetv3(width = 1.0)\n"
     "space net = pool(ofa, table(\"${data}/ofa_mobilenetv3_w10_accuracy.csv.gz\", duplicates = mean))\n"
     "objective maximize accuracy from table(\"${data}/ofa_mobilenetv3_w10_accuracy.csv.gz\", value = \"top1\", unit = 1%, "
     "duplicates = "
     "mean)\nobjective minimize macs\n",
     "macs", 400, 70, 600, true}};

struct Row {
  std::vector<double> volumes, seconds;
};

double volume(const Front& front, const Problem& problem) {
  const auto &accuracy = front.find("accuracy")->numbers, &cost = front.find(problem.cost)->numbers;
  std::vector<double> points;
  for (std::size_t i = 0; i < accuracy.size(); ++i) points.insert(points.end(), {-accuracy[i], cost[i]});
  return hypervolume(points, 2, std::vector<double>{-problem.accuracy, problem.slowest});
}

/// Volume and seconds of every run of one search; nothing where it cannot run.
std::optional<Row> ours(const std::string& folder, const Problem& problem, const std::string& search, const std::string& until,
                        int seeds) {
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
  interpreter.load_text("bench.nas",
                        std::string("param data : string = \".\"\n") + problem.statements +
                            fmt::format("search s = {} with direct() over net {} {{ seeds = 1..{} }}\n", search, until, seeds));
  Row row;
  if (interpreter.run() != Status::ok) {
    fmt::print(stderr, "{}{}", interpreter.render_diagnostics(false), interpreter.failure_text());
    return std::nullopt;
  }
  for (const auto& name : interpreter.result_names()) {
    row.volumes.push_back(volume(*interpreter.front(name), problem));
    row.seconds.push_back(seconds[name]);
  }
  std::error_code error;
  std::filesystem::remove_all(scratch, error);
  return row;
}

/// The same by pymoo, which reads the values of all networks from a file.
std::optional<Row> peer(const std::string& table, const std::string& search, const Problem& problem, int seeds) {
  Row row;
  for (int seed = 1; seed <= seeds; ++seed) {
    FILE* pipe = popen(fmt::format("{}/peers_venv/bin/python {}/tests/bench/peers/pymoo_table.py {} {} {} {} {} 2>/dev/null",
                                   NAS_BINARY_DIR, NAS_SOURCE_DIR, search, table, problem.evaluations, problem.slowest, seed)
                           .c_str(),
                       "r");
    double seconds = 0, volume = 0;
    const bool read = pipe && std::fscanf(pipe, "%lf %lf", &seconds, &volume) == 2;
    if (!pipe || pclose(pipe) != 0 || !read) return std::nullopt;
    row.seconds.push_back(seconds);
    row.volumes.push_back(volume);
  }
  return row;
}

void print(const std::string& name, const std::optional<Row>& row, double best) {
  if (!row) {
    fmt::print("    {:<24} cannot run here\n", name);
    return;
  }
  auto volumes = row->volumes, seconds = row->seconds;
  fmt::print("    {:<24} {:>8.2f} %  {:>9.3f} s\n", name, 100 * median(volumes) / best, median(seconds));
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
  fmt::print("Searches on published measurements, medians of {} seeds: share of the best hypervolume, time of a search\n", seeds);
  const std::vector<std::string> searches = {"random()",
                                             "nsga2(population = 50)",
                                             "nsga3(population = 50)",
                                             "unsga3(population = 50)",
                                             "age_moea(population = 50)",
                                             "moead(population = 50)",
                                             "ctaea(population = 50)",
                                             "sms_emoa(population = 50)",
                                             "mo_cmaes(population = 50)",
                                             "evolution(population = 50)"};
  for (const Problem& problem : kProblems) {
    std::map<std::string, std::optional<Row>> rows;
    for (const auto& search : searches)
      rows[search] = ours(*folder, problem, search, fmt::format("until evaluations >= {}", problem.evaluations), seeds);
    double best = 0;
    for (const auto& [search, row] : rows)
      if (row) best = std::max(best, *std::max_element(row->volumes.begin(), row->volumes.end()));
    if (problem.exhaustive)
      if (const auto truth = ours(*folder, problem, "exhaustive()", "", 1)) best = truth->volumes[0];
    fmt::print("  {}, {} evaluations, of the {} front\n", problem.name, problem.evaluations,
               problem.exhaustive ? "true" : "best");
    for (const auto& search : searches) print(search.substr(0, search.find('(')), rows[search], best);
    if (&problem != kProblems) continue;
    for (const char* search : {"NSGA2", "AGEMOEA", "SMSEMOA"})
      print(fmt::format("pymoo {}", search), peer(*folder / "nasbench201.csv.gz", search, problem, quick ? 1 : 3), best);
  }
}
