// bench_tool: what the tool takes to start, to find a mistake and to check a long script, beside the limits set for it.
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/statistics.h"

namespace {

void print(const std::string& name, const std::string& arguments, double limit_ms) {
  const std::string command = NAS_BINARY_DIR "/bin/nas " + arguments + " >/dev/null 2>&1";
  std::vector<double> ms;
  for (int i = 0; i < 21; ++i) {
    const auto start = std::chrono::steady_clock::now();
    if (std::system(command.c_str()) == -1) std::abort();
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  fmt::print("  {:<44} {:>6.1f} ms  (best of 21: {:.1f})  limit {:.0f} ms\n", name, nas::median(ms),
             *std::min_element(ms.begin(), ms.end()), limit_ms);
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}_tool", getpid());
  std::filesystem::create_directories(folder);
  const auto broken = folder / "broken.nas", lines = folder / "lines.nas", search = folder / "search.nas";
  std::ofstream(broken) << "space net = nasbench201()\nsearch front = nsga9()\n";
  std::ofstream long_script(lines);
  for (int i = 0; i < 1000; ++i) fmt::print(long_script, "let x{} = {}ms + 2us\n", i, i);
  long_script.close();
  std::ofstream(search) << "space net = ofa_mobilenetv3()\n"
                           "search front = nsga2(population = 50, generations = 200) of maximize params, minimize macs\n";
  fmt::print("The tool, whole processes with the shell that starts them\n");
  print("nas --version", "--version", 5);
  print("first diagnostic of a broken script", "check " + broken.string(), 10);
  print("check of 1,000 lines", "check " + lines.string(), 20);
  print("run of NSGA-II 50 x 200 on the OFA space", "run --fresh --store " + (folder / "store").string() + " " + search.string(),
        10);
  std::filesystem::remove_all(folder);
}
