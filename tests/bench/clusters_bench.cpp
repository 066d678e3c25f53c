// bench_clusters: HDBSCAN of packed one-hot networks beside the package hdbscan and scipy's exact spanning tree, in one run.
// --full lets the peer cluster 50,000 networks too (minutes); 100,000 would take it half an hour.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "../space/space_fixture.h"
#include "core/hdbscan.h"
#include "two_threads.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Networks around eight hidden centres with a quarter of the genes redrawn; the last tenth is drawn freely.
std::vector<std::uint8_t> networks(const Space& space, std::size_t n) {
  Stream stream(7, "clusters");
  std::vector<std::vector<std::uint8_t>> centres;
  const auto draw = [&](std::size_t gene) {
    return static_cast<std::uint8_t>(stream.below(static_cast<std::uint32_t>(space.genes()[gene].options.size())));
  };
  for (int c = 0; c < 8; ++c) {
    centres.emplace_back();
    for (std::size_t g = 0; g < space.gene_count(); ++g) centres.back().push_back(draw(g));
  }
  std::vector<std::uint8_t> genomes;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::uint8_t> genome = centres[i % centres.size()];
    const double redrawn = i >= n - n / 10 ? 1 : 0.25;
    for (std::size_t g = 0; g < genome.size(); ++g)
      if (stream.uniform() < redrawn) genome[g] = draw(g);
    space.canonicalise(genome);
    genomes.insert(genomes.end(), genome.begin(), genome.end());
  }
  return genomes;
}

/// The columns of the one-hot features as bytes, for the peers.
std::size_t write_bytes(const std::string& file, const Space& space, const BitRows& rows) {
  std::ofstream out(file, std::ios::binary);
  const std::size_t columns = space.feature_count();
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t c = 0; c < columns; ++c) out.put(static_cast<char>(rows.bits[i * rows.words + c / 64] >> (c % 64) & 1));
  return columns;
}

std::optional<std::vector<double>> peer(const std::string& arguments) {
  const std::string command = fmt::format("{0}/peers_venv/bin/python {1}/tests/bench/peers/hdbscan_clusters.py {2} 2>/dev/null",
                                          NAS_BINARY_DIR, NAS_SOURCE_DIR, arguments);
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return std::nullopt;
  std::vector<double> numbers;
  for (double number = 0; std::fscanf(pipe, "%lf", &number) == 1;) numbers.push_back(number);
  if (pclose(pipe) != 0 || numbers.empty()) return std::nullopt;
  return numbers;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

int main(int argc, char** argv) {
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"}) setenv(name, "1", 1);  // of the peers
  const bool full = argc > 1 && std::string(argv[1]) == "--full";
  const auto made = compile_stdlib("ofa_mobilenetv3");
  if (!made->space) {
    fmt::print(stderr, "{}", made->errors());
    return 1;
  }
  const Space& space = *made->space;
  const std::string file = (std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}.bits", getpid())).string();
  fmt::print("HDBSCAN of networks of OFA-MobileNetV3, one-hot, min_cluster_size 50, min_samples 10\n");
  fmt::print("  two threads finish independent arithmetic {:.2f}x as fast as one on this machine\n", two_threads_ceiling());
  bool found = false;
  for (const std::size_t n : {std::size_t{2'000}, std::size_t{10'000}, std::size_t{50'000}, std::size_t{100'000}}) {
    const BitRows rows = one_hot_bits(space, networks(space, n));
    double seconds[2] = {1e300, 1e300};
    Clusters clusters;
    for (int run = 0; run < (n <= 10'000 ? 5 : 1); ++run)
      for (const int threads : {1, 2}) {
        HdbscanOptions options;
        options.threads = threads;
        const auto began = std::chrono::steady_clock::now();
        clusters = hdbscan(rows, options);
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        seconds[threads - 1] = std::min(seconds[threads - 1], took);
      }
    const auto noise = std::count(clusters.labels.begin(), clusters.labels.end(), -1);
    // The limit of performance.md: half the pairs, distances counted once: 5.5 s for 100,000 on one core.
    const double limit = 5.5 * std::pow(static_cast<double>(n) / 1e5, 2);
    fmt::print(
        "  {:>7} networks  ours {:>8.3f} s on 1 thread, {:>8.3f} s on 2 ({:.2f}x)  limit {:.3f} s  {} clusters, {:.1f} % noise"
        "  peak {:.0f} MB\n",
        n, seconds[0], seconds[1], seconds[0] / seconds[1], limit, clusters.count,
        100.0 * static_cast<double>(noise) / static_cast<double>(n), peak_megabytes());
    if (n > 10'000 && !(full && n == 50'000)) continue;
    const std::size_t columns = write_bytes(file, space, rows);
    if (const auto theirs = peer(fmt::format("{} {} fit", file, columns))) {
      found = true;
      fmt::print("  {:>7}           hdbscan {:>8.3f} s ({:.0f}x ours)  {} clusters, {:.1f} % noise  peak {:.0f} MB\n", "",
                 (*theirs)[0], (*theirs)[0] / seconds[0], (*theirs)[2], 100 * (*theirs)[3], (*theirs)[1]);
    }
    if (n > 2'000) continue;
    if (const auto tree = peer(fmt::format("{} {} tree", file, columns)))
      fmt::print("  {:>7}           weight of the spanning tree {:.6f}, scipy's {:.6f}{}\n", "", clusters.tree_weight, (*tree)[0],
                 std::fabs(clusters.tree_weight - (*tree)[0]) <= 1e-6 * (*tree)[0] ? "" : " DIFFERENT");
  }
  std::filesystem::remove(file);
  if (!found) fmt::print("  hdbscan: not there; tests/bench/run installs it where PyPI can be reached\n");
}
