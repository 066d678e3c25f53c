// pagmo's non-dominated sort and hypervolume. usage: pagmo_fronts FILE ROWS OBJECTIVES SORT   (FILE: doubles, row by row; SORT: 0
// leaves the sort out). Prints seconds of the sort (of one) and of the hypervolume up to 1.1 (best of seven), and the number of
// fronts.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <pagmo/utils/hypervolume.hpp>
#include <pagmo/utils/multi_objective.hpp>
#include <vector>

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const auto rows = static_cast<std::size_t>(std::atoll(argv[2])), objectives = static_cast<std::size_t>(std::atoll(argv[3]));
  std::vector<double> values(rows * objectives);
  std::ifstream(argv[1], std::ios::binary)
      .read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(8 * values.size()));
  std::vector<pagmo::vector_double> points;
  for (std::size_t i = 0; i < rows; ++i)
    points.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(i * objectives),
                        values.begin() + static_cast<std::ptrdiff_t>((i + 1) * objectives));
  double sorting = 0, measuring = 1e300;
  std::size_t fronts = 0;
  if (std::atoi(argv[4]) != 0) {
    const std::clock_t began = std::clock();
    fronts = std::get<0>(pagmo::fast_non_dominated_sorting(points)).size();
    sorting = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  }
  for (int run = 0; run < 7; ++run) {
    pagmo::hypervolume volume(points, false);
    volume.set_copy_points(false);
    const std::clock_t began = std::clock();
    volume.compute(pagmo::vector_double(objectives, 1.1));
    measuring = std::min(measuring, static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
  }
  std::printf("%.9f %.9f %zu\n", sorting, measuring, fronts);
}
