// NSGA-II of pagmo on the same two linear surrogates. usage: pagmo_nsga2 WEIGHTS POPULATION GENERATIONS SEEDS [START]
#include <chrono>
#include <cstdio>
#include <fstream>
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/utils/hypervolume.hpp>
#include <vector>

namespace {

struct Ofa {
  std::vector<double> accuracy, latency;  // 45 x 3

  pagmo::vector_double fitness(const pagmo::vector_double& x) const {
    double a = 0, l = 0;
    for (std::size_t stage = 0; stage < 5; ++stage) {
      const auto depth = static_cast<std::size_t>(x[stage * 9]) + 2;
      for (std::size_t i = 0; i < 1 + 2 * depth; ++i) {
        const std::size_t gene = stage * 9 + i;
        const auto option = static_cast<std::size_t>(x[gene]);
        a += accuracy[gene * 3 + option];
        l += latency[gene * 3 + option];
      }
    }
    return {-a, l};
  }
  pagmo::vector_double::size_type get_nobj() const { return 2; }
  pagmo::vector_double::size_type get_nix() const { return 45; }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    return {pagmo::vector_double(45, 0), pagmo::vector_double(45, 2)};
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  Ofa ofa{std::vector<double>(135), std::vector<double>(135)};
  std::ifstream file(argv[1]);
  std::size_t gene, option;
  double a, l;
  while (file >> gene >> option >> a >> l) {
    ofa.accuracy[gene * 3 + option] = a;
    ofa.latency[gene * 3 + option] = l;
  }
  const auto population = static_cast<unsigned>((std::atoi(argv[2]) + 3) / 4 * 4);  // it wants a multiple of four
  const unsigned start = argc > 5 ? static_cast<unsigned>(std::atoi(argv[5])) : 1;
  for (unsigned seed = start; seed < start + static_cast<unsigned>(std::atoi(argv[4])); ++seed) {
    const auto began = std::chrono::steady_clock::now();
    pagmo::population p(pagmo::problem(ofa), population, seed);
    pagmo::algorithm algorithm(pagmo::nsga2(static_cast<unsigned>(std::atoi(argv[3])), 0.9, 15, 0.02, 20, seed));
    p = algorithm.evolve(p);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    auto points = p.get_f();
    std::erase_if(points, [](const auto& f) { return f[0] >= -70 || f[1] >= 85; });
    std::printf("%.6f %.6f\n", seconds, points.empty() ? 0.0 : pagmo::hypervolume(points).compute({-70, 85}));
    std::fflush(stdout);
  }
}
