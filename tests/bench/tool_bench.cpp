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
#include "embed/session.h"
#include "tests/repl/terminal.h"

namespace {

template <typename Work>
void print_times(const std::string& name, double limit_ms, Work work) {
  std::vector<double> ms;
  for (int i = 0; i < 21; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  fmt::print("  {:<44} {:>6.1f} ms  (best of 21: {:.1f})  limit {:.0f} ms\n", name, nas::median(ms),
             *std::min_element(ms.begin(), ms.end()), limit_ms);
}

void print(const std::string& name, const std::string& arguments, double limit_ms) {
  const std::string command = NAS_BINARY_DIR "/bin/nas " + arguments + " >/dev/null 2>&1";
  print_times(name, limit_ms, [&] {
    if (std::system(command.c_str()) == -1) std::abort();
  });
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
  fmt::print("A session\n");
  print_times("from the start to the prompt", 30, [&] {
    nas::testing::Terminal terminal({NAS_BINARY_DIR "/bin/nas", "repl"},
                                    {{"TERM", "xterm"}, {"NAS_HISTORY", (folder / "history").string()}}, folder.string());
    if (!terminal.until_ends("nas>")) std::abort();
  });
  nas::Options options;
  options.stdlib_folders = {NAS_SOURCE_DIR "/stdlib"};
  options.store_folder = (folder / "store").string();
  nas::Session session(options);
  std::string names = "space net = ofa_mobilenetv3()\n";
  for (int i = 0; i < 1000; ++i) names += fmt::format("let name{} = {}\n", i, i);
  if (session.enter(names) != nas::Status::ok) std::abort();
  const std::string entry = "search front = nsga2() of maximize name9";
  print_times("completion with 1,000 names", 5, [&] {
    if (session.complete(entry, entry.size()).candidates.size() != 111) std::abort();
  });
  print_times("check of an entry behind 1,000 others", 100, [&] {
    if (session.type_of("name999 + 1").status != nas::Status::ok) std::abort();
  });
  std::filesystem::remove_all(folder);
}
