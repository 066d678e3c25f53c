// bench_search: searches for fronts on two linear surrogates over OFA-MobileNetV3, ranks and hypervolumes, beside their peers
// and the limit, in one run.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>

#include "../space/space_fixture.h"
#include "core/pareto.h"
#include "core/statistics.h"
#include "processes.h"
#include "stdlib/searches/age_moea.h"
#include "stdlib/searches/mo_cmaes.h"
#include "stdlib/searches/nsga2.h"
#include "stdlib/searches/rnsga2.h"
#include "stdlib/searches/sms_emoa.h"
#include "stdlib/tactics/search_state.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Sample {
  double seconds, quality;
  double program = 0;  ///< of a peer: the seconds of its whole process
};

/// A linear form as a predictor that has already learnt.
class Fixed : public Predictor {
 public:
  explicit Fixed(LinearForm form) : form_(std::move(form)) {}
  Result<void> fit(std::span<const float>, std::span<const double>, Stream) override { return {}; }
  void predict(std::span<const float>, std::size_t, std::span<double>) const override {}
  std::optional<LinearForm> linear_form() const override { return form_; }
  std::string summary() const override { return "fixed"; }

 private:
  LinearForm form_;
};

/// Surrogates with the shape of the published ones: accuracy 70-80 %, latency 20-85 ms, larger options better and slower.
std::pair<LinearForm, LinearForm> surrogates(const Space& space) {
  Stream stream(2020, "surrogates");
  LinearForm accuracy, latency;
  for (const Gene& gene : space.genes())
    for (std::size_t option = 0; option < gene.options.size(); ++option) {
      const double size = gene.options.size() < 2 ? 0 : static_cast<double>(option) / 2;
      const bool block = gene.name.find("block") != std::string::npos;
      accuracy.weights.push_back(block ? 1.7 + 0.45 * size * stream.uniform() : 1.7);
      latency.weights.push_back(block ? 0.9 + 1.3 * size * stream.uniform() + 0.1 * stream.uniform() : 1.0);
    }
  return {accuracy, latency};
}

using MakeSearch = std::function<std::unique_ptr<SearchAlgorithm>(int population, int generations)>;
/// What a final population is worth, of values to be minimised.
using Quality = std::function<double(const Population&)>;

double volume(const Population& rows) {
  return hypervolume(rows.objectives, 2, std::vector<double>{-70, 85});
}
/// The mean distance to the point of the R-NSGA-II rows of the ten different rows nearest to it: of a whole population it would
/// be how far apart epsilon keeps the others. The front is 40 points of accuracy and 38 ms long, each counting 1: the searches
/// normalise by it, and any other scale has another nearest network.
double distance_to_wish(const Population& rows) {
  std::vector<std::pair<double, std::vector<double>>> distances;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto f = rows.objective(i);
    distances.push_back({std::hypot((f[0] + 85) / 40, (f[1] - 30) / 38), {f.begin(), f.end()}});
  }
  std::sort(distances.begin(), distances.end());
  distances.erase(std::unique(distances.begin(), distances.end()), distances.end());
  distances.resize(std::min<std::size_t>(10, distances.size()));
  double sum = 0;
  for (const auto& [distance, row] : distances) sum += distance;
  return sum / static_cast<double>(distances.size());
}

template <typename Algorithm, typename Args>
MakeSearch makes(Args args) {
  return [args](int population, int generations) mutable {
    args.population = population;
    args.generations = generations;
    return std::make_unique<Algorithm>(args);
  };
}

Sample ours(const Space& space, const std::pair<LinearForm, LinearForm>& forms, SearchAlgorithm& algorithm, std::uint64_t seed,
            const Quality& quality) {
  SearchTask task;
  task.space = &space;
  task.metrics.resize(2);
  const MetricExpr first{{{MetricExpr::Op::metric, 0, 0}}, "accuracy", ""},
      second{{{MetricExpr::Op::metric, 1, 0}}, "latency", ""};
  task.objectives = {{first, true, "accuracy"}, {second, false, "latency"}};
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::shared_ptr<Predictor>> predictors;
  predictors.push_back(std::make_shared<Fixed>(forms.first));
  predictors.push_back(std::make_shared<Fixed>(forms.second));
  BatchEvaluator evaluator(task, std::move(predictors));
  if (!algorithm.start(space, 2, {}, Stream(seed, "bench"))) std::abort();
  Population batch;
  while (algorithm.ask(batch) && batch.size() > 0) {
    evaluator.evaluate(batch);
    algorithm.tell(batch);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return {seconds, quality(algorithm.population())};
}

/// One run of a peer; nothing where the peer is not there.
std::optional<Sample> peer(const std::string& command) {
  const auto began = std::chrono::steady_clock::now();
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  Sample sample{};
  const bool read = std::fscanf(pipe, "%lf %lf", &sample.seconds, &sample.quality) == 2, ended = pclose(pipe) == 0;
  sample.program = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return ended && read ? std::optional(sample) : std::nullopt;
}

/// The typical seconds of ours: the search alone, and as a whole program from its start to its end (0 = not asked).
struct Ours {
  double search = 0, program = 0;
};

void print(const std::string& name, const std::vector<Sample>& samples, const Ours& ours, const char* quality,
           double wanted = 0) {
  std::vector<double> seconds, qualities, programs;
  for (const Sample& s : samples) {
    seconds.push_back(s.seconds);
    qualities.push_back(s.quality);
    programs.push_back(s.program);
  }
  const auto [low, high] = std::minmax_element(seconds.begin(), seconds.end());
  double ratio = median(seconds) / ours.search;
  fmt::print("  {:<34} {:>10.2f} ms  ({:.2f}-{:.2f})  {} {:>8.4g}  {:>7.1f}x ours", name, 1e3 * median(seconds), 1e3 * *low,
             1e3 * *high, quality, median(qualities), ratio);
  if (ours.program > 0 && median(programs) > 0) {
    ratio = median(programs) / ours.program;
    fmt::print(", process {:.0f} ms: {:.1f}x", 1e3 * median(programs), ratio);
  }
  if (wanted > 0) fmt::print(" (wanted {:g}x{})", wanted, ratio >= wanted ? "" : ", MISSED");
  fmt::print("\n");
}

/// The seconds of `nas run` of a search of this size over the same space, on params and MACs, from the start of the process to
/// its end.
double program_seconds(int population, int generations) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}_run", getpid());
  std::filesystem::create_directories(folder);
  const std::string script = folder / "search.nas";
  std::ofstream(script) << fmt::format(
      "space net = ofa_mobilenetv3()\nsearch front = nsga2(population = {}, generations = {}) of maximize params, minimize "
      "macs\n",
      population, generations);
  std::vector<double> seconds;
  for (int i = 0; i < 9; ++i) {
    const auto began = std::chrono::steady_clock::now();
    if (run_silently({NAS_BINARY_DIR "/bin/nas", "run", "--fresh", "--store", folder / "store", script}) != 0) std::abort();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  }
  std::filesystem::remove_all(folder);
  return median(seconds);
}

/// A program beside ours: its command before the arguments WEIGHTS POPULATION GENERATIONS SEEDS START, and how to get it.
struct Peer {
  std::string name, command, missing;
  double wanted = 0;  ///< times ours, whole process by whole process where that is asked
  int most_seeds = 9;
};

struct Work {
  std::string title;
  MakeSearch make;
  int population, generations, seeds, peer_seeds;
  std::vector<Peer> peers;
  double limit_us = 0;  ///< per individual and generation, 0 = none known
  Quality quality = volume;
  const char* quality_name = "hypervolume";
  bool whole_program = false;
};

void compare(const Space& space, const std::string& weights, const Work& work) {
  const auto forms = surrogates(space);
  std::vector<Sample> mine;
  std::vector<std::vector<Sample>> theirs(work.peers.size());
  auto run = [&](int seed) {
    return ours(space, forms, *work.make(work.population, work.generations), static_cast<std::uint64_t>(seed), work.quality);
  };
  run(99);                                          // warm caches
  for (int seed = 1; seed <= work.seeds; ++seed) {  // interleaved: noise of the machine meets all alike
    mine.push_back(run(seed));
    for (std::size_t p = 0; p < work.peers.size(); ++p)
      if (seed > std::min(work.peer_seeds, work.peers[p].most_seeds)) {
        continue;
      } else if (const auto sample = peer(
                     fmt::format("{} {} {} {} 1 {}", work.peers[p].command, weights, work.population, work.generations, seed)))
        theirs[p].push_back(*sample);
  }
  std::vector<double> seconds;
  for (const Sample& s : mine) seconds.push_back(s.seconds);
  const Ours typical{median(seconds), work.whole_program ? program_seconds(work.population, work.generations) : 0};
  fmt::print("{} {} x {}, 45 genes, two linear surrogates, {} seeds\n", work.title, work.population, work.generations,
             work.seeds);
  print("ours", mine, typical, work.quality_name);
  if (work.whole_program)
    fmt::print("  {:<34} {:>10.2f} ms  from the start of the process to its end, on params and MACs\n", "ours, nas run",
               1e3 * typical.program);
  if (work.peer_seeds == 0 && !work.peers.empty()) fmt::print("  peers are left out of this size by --quick\n");
  for (std::size_t p = 0; p < work.peers.size() && work.peer_seeds > 0; ++p) {
    if (theirs[p].empty())
      fmt::print("  {}: not there; {}\n", work.peers[p].name, work.peers[p].missing);
    else
      print(fmt::format("{} ({} seeds)", work.peers[p].name, theirs[p].size()), theirs[p], typical, work.quality_name,
            work.peers[p].wanted);
  }
  const double individuals = static_cast<double>(work.population) * work.generations;
  if (work.limit_us > 0)
    fmt::print("  {:<34} {:>10.2f} ms  ours per individual and generation: {:.2f} us\n",
               fmt::format("limit ({} us per individual)", work.limit_us), 1e-3 * work.limit_us * individuals,
               1e6 * typical.search / individuals);
}

/// The least that is possible for 100,000 points, in ms: radix sort and one sweep for two objectives, a balanced tree for three.
/// Smaller sets scale by n log n.
double limit_ms(std::size_t n, std::size_t m, bool volume) {
  const double at_most = m == 2 ? (volume ? 2.5 : 3) : (volume ? 13.5 : 35), size = static_cast<double>(n);
  return at_most * size * std::log(size) / (1e5 * std::log(1e5));
}

std::optional<std::vector<double>> numbers_of(const std::string& command, std::size_t count) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  std::vector<double> numbers;
  for (double number; numbers.size() < count && std::fscanf(pipe, "%lf", &number) == 1;) numbers.push_back(number);
  return pclose(pipe) == 0 && numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

/// Ranks and volumes beside moocore and pagmo on the same points.
void compare_fronts(const std::string& python, bool quick) {
  const std::string file = (std::filesystem::temp_directory_path() / fmt::format("nas_points_{}.bin", getpid())).string();
  fmt::print("Non-dominated sort and hypervolume up to 1.1, best of seven (pagmo's sort: one), processor time, times ours\n");
  bool found = false;
  for (const std::size_t n : {1000u, 10000u, 100000u})
    for (const std::size_t m : {2u, 3u})
      for (const char* kind : {"cloud", "late", "sphere"}) {
        if (quick && n == 100000) continue;
        const auto moocore = numbers_of(
            fmt::format("{} {}/tests/bench/peers/moocore_fronts.py {} {} {} {}", python, NAS_SOURCE_DIR, file, n, m, kind), 4);
        if (!moocore) continue;
        found = true;
        std::vector<double> points(n * m);
        std::ifstream(file, std::ios::binary)
            .read(reinterpret_cast<char*>(points.data()), static_cast<std::streamsize>(8 * points.size()));
        // pagmo's sort holds every pair: 20 GB for 100,000 points.
        const auto pagmo =
            numbers_of(fmt::format("{}/bin/pagmo_fronts {} {} {} {}", NAS_BINARY_DIR, file, n, m, n < 100000 ? 1 : 0), 3);
        std::vector<std::uint32_t> ranks(n);
        double ranking = 1e300, measuring = 1e300, mine = 0;
        for (int run = 0; run < 7; ++run) {
          const std::clock_t began = std::clock();
          non_dominated_ranks(points, m, ranks);
          const std::clock_t ranked = std::clock();
          mine = hypervolume(points, m, std::vector<double>(m, 1.1));
          ranking = std::min(ranking, static_cast<double>(ranked - began) / CLOCKS_PER_SEC);
          measuring = std::min(measuring, static_cast<double>(std::clock() - ranked) / CLOCKS_PER_SEC);
        }
        const int mine_fronts = static_cast<int>(*std::max_element(ranks.begin(), ranks.end())) + 1;
        auto volumes_differ = [&](double value) { return std::fabs(mine - value) > 1e-9 * value; };
        std::string line = fmt::format("  {} objectives, {:>6} {:<6}  sort {:>8.3f} ms", m, n, kind, 1e3 * ranking);
        line += fmt::format(" (limit {:.3f})  moocore {:>4.1f}x{}", limit_ms(n, m, false), (*moocore)[0] / ranking,
                            mine_fronts == (*moocore)[3] ? "" : " DIFFERENT FRONTS");
        if (pagmo && n < 100000)
          line +=
              fmt::format("  pagmo {:>5.0f}x{}", (*pagmo)[0] / ranking, mine_fronts == (*pagmo)[2] ? "" : " DIFFERENT FRONTS");
        line += fmt::format("   volume {:>7.3f} ms (limit {:.3f})  moocore {:>4.1f}x{}", 1e3 * measuring, limit_ms(n, m, true),
                            (*moocore)[1] / measuring, volumes_differ((*moocore)[2]) ? " DIFFERENT VOLUME" : "");
        if (pagmo) line += fmt::format("  pagmo {:>4.1f}x", (*pagmo)[1] / measuring);
        fmt::print("{}\n", line);
        std::fflush(stdout);
      }
  std::filesystem::remove(file);
  if (!found) fmt::print("  moocore: not there; tests/bench/run installs it where PyPI can be reached\n");
}

}  // namespace

int main(int argc, char** argv) {
  stay_on_one_core();
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}) setenv(name, "1", 1);  // of the peers
  bool quick = false;  // bench_search [--quick] [--only NSGA-II]
  std::string only;
  for (int i = 1; i < argc; ++i) {
    quick = quick || std::string(argv[i]) == "--quick";
    if (i + 1 < argc && std::string(argv[i]) == "--only") only = argv[i + 1];
  }
  const auto made = compile_stdlib("ofa_mobilenetv3");
  if (!made->space) {
    fmt::print(stderr, "{}", made->errors());
    return 1;
  }
  const Space& space = *made->space;
  // The peers see the 45 genes with three options, in order: depth, then kernel and expansion of four blocks, per stage.
  const std::string weights = (std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}.txt", getpid())).string();
  {
    const auto forms = surrogates(space);
    std::ofstream file(weights);
    std::size_t column = 0;
    int index = 0;
    for (const Gene& gene : space.genes()) {
      for (std::size_t option = 0; option < gene.options.size(); ++option, ++column)
        if (gene.options.size() == 3)
          file << index << ' ' << option << ' '
               << fmt::format("{} {}\n", forms.first.weights[column], forms.second.weights[column]);
      index += gene.options.size() == 3;
    }
    if (index != 45) {
      fmt::print(stderr, "expected 45 genes with three options, found {}\n", index);
      return 1;
    }
  }
  const std::string python = NAS_BINARY_DIR "/peers_venv/bin/python", scripts = NAS_SOURCE_DIR "/tests/bench/peers/";
  const std::string installs = "tests/bench/run installs it where PyPI can be reached";
  auto pymoo = [&](const char* algorithm, double wanted) {
    return Peer{"pymoo 0.6.2", fmt::format("{} {}pymoo_search.py {}", python, scripts, algorithm), installs, wanted};
  };
  Peer by_row = pymoo("nsga2_rows", 200);
  by_row.name += ", a predict a network";
  auto pagmo = [](double wanted) {
    return Peer{"pagmo", NAS_BINARY_DIR "/bin/pagmo_nsga2", "apt-get install libpagmo-dev", wanted, 99};
  };
  const Peer deap{"DEAP 1.4.1", fmt::format("{} {}deap_mo_cmaes.py", python, scripts), installs, 10};
  const Peer deap_nsga2{"DEAP 1.4.1", fmt::format("{} {}deap_nsga2.py", python, scripts), installs, 20};
  // Microseconds per individual and generation: a measured floor probe of NSGA-II; one distance to everybody else, as AGE-MOEA
  // needs; one triangular update and draw of 45 numbers.
  constexpr double kProbe = 0.54, kDistance = 0.0025, kCovariance = 4;
  auto run = [&](const Work& work) {
    if (only.empty() || work.title == only) compare(space, weights, work);
  };
  RNsga2Args wish;
  wish.reference = {-85, 30};
  run({"NSGA-II",
       makes<Nsga2>(GeneticArgs{}),
       50,
       200,
       quick ? 9 : 99,
       quick ? 9 : 99,
       {pymoo("nsga2", 50), by_row, pagmo(3), deap_nsga2},
       kProbe,
       volume,
       "hypervolume",
       true});
  run({"NSGA-II",
       makes<Nsga2>(GeneticArgs{}),
       1000,
       500,
       quick ? 3 : 9,
       quick ? 0 : 9,
       {pymoo("nsga2", 80), pagmo(20), deap_nsga2},
       kProbe,
       volume,
       "hypervolume",
       true});
  run({"AGE-MOEA",
       makes<AgeMoea>(GeneticArgs{}),
       50,
       200,
       9,
       quick ? 0 : 9,
       {pymoo("age_moea", 50)},
       kProbe + 2 * 50 * kDistance});
  run({"AGE-MOEA",
       makes<AgeMoea>(GeneticArgs{}),
       1000,
       50,
       9,
       quick ? 0 : 9,
       {pymoo("age_moea", 50)},
       kProbe + 2 * 1000 * kDistance});
  run({"R-NSGA-II",
       makes<RNsga2>(wish),
       100,
       50,
       9,
       9,
       {pymoo("rnsga2", 50)},
       kProbe,
       distance_to_wish,
       "distance to the point"});
  run({"R-NSGA-II",
       makes<RNsga2>(wish),
       1000,
       50,
       9,
       quick ? 0 : 9,
       {pymoo("rnsga2", 50)},
       kProbe,
       distance_to_wish,
       "distance to the point"});
  run({"MO-CMA-ES", makes<MoCmaes>(MoCmaesArgs{}), 50, 200, 9, quick ? 0 : 9, {deap}, kCovariance});
  run({"SMS-EMOA", makes<SmsEmoa>(GeneticArgs{}), 50, 200, 9, 0, {}});
  if (only.empty()) compare_fronts(python, quick);
  std::filesystem::remove(weights);
}
